//! What moves of a store's balance, and what the sandbox keeps of it
//! (<https://docs.stripe.com/api/balance_transactions>): as much as Stripe asks of stores in the European Economic Area
//! for standard cards
//! (<https://support.stripe.com/questions/pricing-updates-for-businesses-based-in-the-european-economic-area-(eea)>).

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Query, State};
use domain::pricing::{Currency, Money};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::intent::{Intent, told};
use super::refusal::Refusal;
use super::{Sandbox, fresh_id};
use crate::payment::amount::WireAmount;
use crate::sql::rows;

/// What is kept of a capture, in thousandths of it: 1.5 %.
const KEPT_THOUSANDTHS: i128 = 15;
/// What is kept of a capture besides, in thousandths of a unit of its currency: €0.25.
const KEPT_UNIT_THOUSANDTHS: i128 = 250;
/// What a dispute costs, in thousandths of a unit of its currency: €20.
const DISPUTE_UNIT_THOUSANDTHS: i128 = 20_000;

/// What is kept of a capture.
pub(super) fn fee_of_capture(captured: Money) -> Money {
    let currency = captured.currency();
    let part = KEPT_THOUSANDTHS * i128::from(captured.minor_units());
    nearest(part + KEPT_UNIT_THOUSANDTHS * minor_units_of_one(currency), currency)
}

/// What is kept for a dispute over an amount of a currency.
pub(super) fn fee_of_dispute(currency: Currency) -> Money {
    nearest(DISPUTE_UNIT_THOUSANDTHS * minor_units_of_one(currency), currency)
}

fn minor_units_of_one(currency: Currency) -> i128 {
    10_i128.pow(u32::from(currency.exponent().unwrap_or_default()))
}

/// The nearest amount that there is to so many thousandths of a minor unit, which are not below zero; of two that are
/// as near the greater one (<https://support.stripe.com/questions/rounding-rules-for-stripe-fees>).
fn nearest(thousandths: i128, currency: Currency) -> Money {
    let finest = i128::from(WireAmount::finest_minor_units(currency));
    let step = 1_000 * finest;
    let minor_units = (thousandths + step / 2) / step * finest;
    Money::new(i64::try_from(minor_units).unwrap_or(i64::MAX), currency)
}

/// Moves an amount of a store's balance, for a charge or a dispute of an intent, and keeps a fee.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    intent: &Intent,
    source: &str,
    amount_minor_units: i64,
    fee: Money,
) -> Result<(), Refusal> {
    sqlx::query(
        "INSERT INTO sandbox_balance_transactions
             (id, intent_id, source, amount_minor_units, fee_minor_units, created_seconds)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(fresh_id("txn"))
    .bind(intent.id.clone())
    .bind(source.to_owned())
    .bind(amount_minor_units)
    .bind(fee.minor_units())
    .bind(Timestamp::now().as_second())
    .execute(connection)
    .await?;
    Ok(())
}

/// What moved for charges and disputes, by their names, the newest first.
pub(super) async fn moved_for(
    connection: &mut AnyConnection,
    sources: &[String],
) -> Result<HashMap<String, Vec<Value>>, Refusal> {
    let statement =
        "SELECT moved.id, source, moved.amount_minor_units, fee_minor_units, moved.created_seconds, currency
                     FROM sandbox_balance_transactions AS moved JOIN sandbox_intents ON sandbox_intents.id = intent_id
                     WHERE source IN";
    let mut moved: HashMap<String, Vec<Value>> = HashMap::new();
    for row in rows::with_keys(connection, statement, sources, "ORDER BY moved.id DESC").await? {
        moved.entry(row.try_get("source")?).or_default().push(transaction_of(&row)?);
    }
    Ok(moved)
}

fn transaction_of(row: &AnyRow) -> Result<Value, Refusal> {
    let (id, source): (String, String) = (row.try_get("id")?, row.try_get("source")?);
    let code: String = row.try_get("currency")?;
    let currency = Currency::from_code(&code).ok_or_else(|| anyhow::anyhow!("{code} is no currency"))?;
    let told_of = |name: &str| anyhow::Ok(told(Money::new(row.try_get(name)?, currency)));
    let (amount, fee) = (told_of("amount_minor_units")?, told_of("fee_minor_units")?);
    let code = code.to_ascii_lowercase();
    let details =
        json!({ "amount": fee, "currency": code, "description": "Sandbox processing fees", "type": "stripe_fee" });
    Ok(json!({
        "id": id,
        "object": "balance_transaction",
        "amount": amount,
        "created": row.try_get::<i64, _>("created_seconds")?,
        "currency": code,
        "fee": fee,
        "fee_details": if fee == 0 { json!([]) } else { json!([details]) },
        "net": amount - fee,
        "source": source,
        "status": "pending",
        "type": if source.starts_with("ch_") { "charge" } else { "adjustment" },
    }))
}

#[derive(Deserialize)]
pub(super) struct Listing {
    source: Option<String>,
}

/// All that moved for a charge or a dispute, the newest first.
pub(super) async fn list(
    State(sandbox): State<Sandbox>,
    Query(Listing { source }): Query<Listing>,
) -> Result<Json<Value>, Refusal> {
    let source = source.ok_or_else(|| Refusal::missing("source"))?;
    let mut reader = sandbox.sql.readers().acquire().await?;
    let data = moved_for(&mut reader, std::slice::from_ref(&source)).await?.remove(&source).unwrap_or_default();
    Ok(Json(json!({ "object": "list", "data": data, "has_more": false, "url": "/v1/balance_transactions" })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fee_is_rounded_to_the_nearest_amount_and_up_from_the_middle() {
        for (captured, fee) in [
            ("28.45 GBP", "0.68 GBP"),
            ("0.01 EUR", "0.25 EUR"),
            ("0.33 EUR", "0.25 EUR"),
            ("0.34 EUR", "0.26 EUR"),
            // 26.5 cents.
            ("1.00 EUR", "0.27 EUR"),
            ("1000 JPY", "15 JPY"),
            ("1050 JPY", "16 JPY"),
            // The finest amounts on the wire are a hundredth of a dinar and an ariary.
            ("10.000 KWD", "0.400 KWD"),
            ("10.330 KWD", "0.400 KWD"),
            ("10.340 KWD", "0.410 KWD"),
            ("1000 MGA", "15 MGA"),
            ("1000 ISK", "15 ISK"),
        ] {
            assert_eq!(fee_of_capture(captured.parse().unwrap()), fee.parse().unwrap(), "{captured}");
        }
        assert_eq!(fee_of_dispute(Currency::EUR), "20.00 EUR".parse().unwrap());
        assert_eq!(fee_of_dispute(Currency::JPY), "20 JPY".parse().unwrap());
    }

    proptest! {
        #[test]
        fn whatever_is_captured_its_fee_can_be_told(
            minor_units in 0..i64::MAX,
            currency in prop::sample::select(vec![Currency::GBP, Currency::JPY, Currency::MGA, Currency::KWD]),
        ) {
            let fee = fee_of_capture(Money::new(minor_units, currency));
            prop_assert!(fee.minor_units() >= 0);
            prop_assert!(WireAmount::of(fee).is_ok());
        }
    }
}
