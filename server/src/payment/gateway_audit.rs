//! Lays the books of the store beside those of a gateway elsewhere, which is asked for all its payments, a page at a
//! time. What moves meanwhile is left out: its saga has not ended.

use std::collections::{HashMap, HashSet};

use anyhow::Context as _;
use domain::operator::Broken;
use domain::order::OrderId;
use domain::payment::ports::Gateway;
use domain::payment::{HeldPayment, HeldState};
use domain::pricing::Money;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::sql::{Sql, rows};

/// How many rules are asked of a gateway elsewhere.
pub(crate) const GATEWAY_RULES: u32 = 4;
const HOLDS_TOTAL: &str = "the gateway holds the total of each order that stands, but for what gift cards pay";
const HAS_MOVED: &str = "the gateway has captured and refunded what orders say";
const HAS_KEPT: &str = "the gateway has kept the fees that the books have";
const HOLDS_NOTHING: &str = "the gateway holds no money of an order that ended, or without an order";
/// Breaches of one rule that are shown; the rest is counted.
const MAX_SHOWN: usize = 20;
/// Orders that are read at once.
const BATCH: i64 = 1_000;

/// An order as it should be at the gateway.
struct Sold {
    number: String,
    state: String,
    currency: String,
    charged_minor_units: i64,
    captured_minor_units: i64,
    refunded_minor_units: i64,
    is_settled: bool,
    /// Something of it was captured since the books have fees.
    has_fees: bool,
}

#[derive(Default)]
struct Breaches {
    total: Vec<String>,
    moved: Vec<String>,
    kept: Vec<String>,
    held: Vec<String>,
}

/// What of the store's books a gateway's own do not agree with; `None` where it does not answer.
pub(crate) async fn audit_gateway(sql: &Sql, gateway: &dyn Gateway) -> anyhow::Result<Option<Vec<Broken>>> {
    let (mut breaches, mut seen) = (Breaches::default(), HashSet::new());
    // Whoever buys while the gateway tells its payments is not asked about.
    let began = OrderId::before_all_since(Timestamp::now());
    let mut before = None;
    loop {
        let Ok(page) = gateway.payments(before.as_ref()).await else { return Ok(None) };
        compare(sql, &page.payments, &mut breaches, &mut seen).await?;
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    look_for_missing(sql, began, &seen, &mut breaches).await?;
    let Breaches { total, moved, kept, held } = breaches;
    let rules = [(HOLDS_TOTAL, total), (HAS_MOVED, moved), (HAS_KEPT, kept), (HOLDS_NOTHING, held)];
    let broken = rules.into_iter().filter(|(_, found)| !found.is_empty());
    Ok(Some(broken.map(|(rule, found)| of_rule(rule, found)).collect()))
}

fn of_rule(rule: &'static str, mut shown: Vec<String>) -> Broken {
    let count = shown.len() as u64;
    shown.truncate(MAX_SHOWN);
    Broken { rule, count, shown }
}

async fn compare(
    sql: &Sql,
    payments: &[HeldPayment],
    breaches: &mut Breaches,
    seen: &mut HashSet<OrderId>,
) -> anyhow::Result<()> {
    let ids: Vec<String> = payments.iter().map(|payment| payment.order.to_string()).collect();
    let sold = read_sold(sql, &ids).await?;
    let known = known_of(sql, &ids).await?;
    for payment in payments.iter().filter(|payment| payment.state != HeldState::Nothing) {
        let order = payment.order.to_string();
        seen.insert(payment.order);
        let Some(sold) = sold.get(&order) else {
            if payment.state == HeldState::Held && !known.contains(&order) {
                breaches.held.push(format!("{}: {} of no order", payment.id, payment.amount));
            }
            continue;
        };
        look_at(payment, sold, breaches);
    }
    compare_fees(sql, payments, &sold, breaches).await
}

/// Lays what the gateway kept of last captures beside the books. What was captured at this moment is asked about in the
/// next one.
async fn compare_fees(
    sql: &Sql,
    payments: &[HeldPayment],
    sold: &HashMap<String, Sold>,
    breaches: &mut Breaches,
) -> anyhow::Result<()> {
    let told: Vec<_> = payments
        .iter()
        .filter_map(|payment| {
            let sold = sold.get(&payment.order.to_string()).filter(|sold| sold.has_fees)?;
            Some((payment.id.as_str(), payment.fee.as_ref()?, sold))
        })
        .collect();
    let mut reader = sql.readers().acquire().await.context("reading fees")?;
    let ids: Vec<String> = told.iter().map(|(_, fee, _)| fee.id.to_string()).collect();
    let statement = "SELECT id, currency, minor_units FROM gateway_fees WHERE id IN";
    let mut known = HashMap::with_capacity(ids.len());
    for row in rows::with_keys(&mut reader, statement, &ids, "").await? {
        let currency = row.try_get::<String, _>("currency")?.parse()?;
        known.insert(row.try_get::<String, _>("id")?, Money::new(row.try_get("minor_units")?, currency));
    }
    let ids: Vec<String> = told.iter().map(|(payment, ..)| (*payment).to_owned()).collect();
    let statement = "SELECT authorization_id FROM heard_payments WHERE authorization_id IN";
    let heard = rows::with_keys(&mut reader, statement, &ids, "").await?;
    let heard = heard.iter().map(|row| row.try_get("authorization_id")).collect::<Result<HashSet<String>, _>>()?;
    for (payment, fee, sold) in told.into_iter().filter(|(payment, ..)| !heard.contains(*payment)) {
        let books = known.get(fee.id.as_str());
        if books != Some(&fee.amount) {
            let books = books.map_or_else(|| "nothing".to_owned(), Money::to_string);
            breaches
                .kept
                .push(format!("{}: the gateway kept {} of {payment}; the books say {books}", sold.number, fee.amount));
        }
    }
    Ok(())
}

fn look_at(payment: &HeldPayment, sold: &Sold, breaches: &mut Breaches) {
    let Sold { number, state, .. } = sold;
    if matches!(state.as_str(), "declined" | "cancelled") {
        if payment.state == HeldState::Held {
            breaches.held.push(format!("{number} is {state}; the gateway holds {}", payment.amount));
        }
        return;
    }
    let (amount, currency) = (payment.amount.minor_units(), payment.amount.currency().code());
    if amount != sold.charged_minor_units || currency != sold.currency {
        let (charged, of) = (sold.charged_minor_units, &sold.currency);
        breaches.total.push(format!("{number} over {charged} {of}; the gateway holds {amount} {currency}"));
        return;
    }
    let (captured, refunded) = (payment.captured.minor_units(), payment.refunded.minor_units());
    let is_open = sold.is_settled && payment.state == HeldState::Held;
    if captured != sold.captured_minor_units || refunded != sold.refunded_minor_units || is_open {
        breaches.moved.push(format!(
            "{number} says {} captured and {} refunded; the gateway says {captured} and {refunded}",
            sold.captured_minor_units, sold.refunded_minor_units
        ));
    }
}

/// The orders of some ids whose sagas have ended, as they should be at the gateway: gift cards pay last, and what a
/// refund that failed owes is at the gateway again.
async fn read_sold(sql: &Sql, ids: &[String]) -> anyhow::Result<HashMap<String, Sold>> {
    let statement = "
        SELECT orders.id, number, orders.state, orders.currency, total_minor_units, captured_minor_units,
            refunded_minor_units, settled,
            (SELECT CAST(COALESCE(-SUM(minor_units), 0) AS BIGINT) FROM gift_card_movements
                WHERE gift_card_movements.order_id = orders.id AND kind = 'hold') AS on_gift_cards,
            (SELECT CAST(COALESCE(SUM(minor_units), 0) AS BIGINT) FROM late_refunds
                WHERE late_refunds.order_id = orders.id AND late_refunds.state IN ('failed', 'settled')) AS failed,
            (SELECT COUNT(*) FROM ledger_postings WHERE ledger_postings.order_id = orders.id AND kind = 'capture'
                AND ledger_postings.id > (SELECT posting_id FROM fees_since)) AS captures_with_fees
        FROM orders JOIN sagas ON sagas.order_id = orders.id AND sagas.finished = 1
        WHERE NOT EXISTS (SELECT 1 FROM late_refunds
                WHERE late_refunds.order_id = orders.id AND late_refunds.state IN ('asked', 'unmatched'))
            AND orders.id IN";
    let mut reader = sql.readers().acquire().await.context("reading orders")?;
    let found = rows::with_keys(&mut reader, statement, ids, "").await?;
    found.iter().map(|row| Ok((row.try_get("id")?, sold_of(row)?))).collect()
}

fn sold_of(row: &AnyRow) -> anyhow::Result<Sold> {
    let on_gift_cards: i64 = row.try_get("on_gift_cards")?;
    let charged_minor_units = row.try_get::<i64, _>("total_minor_units")? - on_gift_cards;
    let refunded = row.try_get::<i64, _>("refunded_minor_units")?.min(charged_minor_units);
    Ok(Sold {
        number: row.try_get("number")?,
        state: row.try_get("state")?,
        currency: row.try_get("currency")?,
        charged_minor_units,
        captured_minor_units: row.try_get::<i64, _>("captured_minor_units")?.min(charged_minor_units),
        refunded_minor_units: refunded - row.try_get::<i64, _>("failed")?,
        is_settled: row.try_get::<i64, _>("settled")? == 1,
        has_fees: row.try_get::<i64, _>("captures_with_fees")? > 0,
    })
}

/// Which of some ids are those of orders.
async fn known_of(sql: &Sql, ids: &[String]) -> anyhow::Result<HashSet<String>> {
    let mut reader = sql.readers().acquire().await.context("reading orders")?;
    let found = rows::with_keys(&mut reader, "SELECT id FROM orders WHERE id IN", ids, "").await?;
    found.iter().map(|row| Ok(row.try_get("id")?)).collect()
}

/// Orders that stand, are charged at the gateway, and that it does not know of.
async fn look_for_missing(
    sql: &Sql,
    began: OrderId,
    seen: &HashSet<OrderId>,
    breaches: &mut Breaches,
) -> anyhow::Result<()> {
    let statement = "
        SELECT id, number FROM orders
        WHERE state NOT IN ('pending', 'declined', 'cancelling', 'cancelled') AND id > $1 AND id < $2
            AND NOT EXISTS (SELECT 1 FROM invoices WHERE invoices.order_id = orders.id)
            AND total_minor_units > (SELECT COALESCE(-SUM(minor_units), 0) FROM gift_card_movements
                WHERE gift_card_movements.order_id = orders.id AND kind = 'hold')
        ORDER BY id LIMIT $3";
    let mut after = String::new();
    loop {
        let found = sqlx::query(statement)
            .bind(after.clone())
            .bind(began.to_string())
            .bind(BATCH)
            .fetch_all(sql.readers())
            .await
            .context("reading orders that stand")?;
        let Some(last) = found.last() else { return Ok(()) };
        after = last.try_get("id")?;
        for row in &found {
            let order: OrderId = row.try_get::<String, _>("id")?.parse()?;
            if !seen.contains(&order) {
                let number: String = row.try_get("number")?;
                breaches.total.push(format!("{number} stands; the gateway holds nothing"));
            }
        }
    }
}
