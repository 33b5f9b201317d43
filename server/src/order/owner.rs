//! Whose order it is: bought by an account, or claimed by the owner of its e-mail address.

use std::fmt::Write;

use anyhow::Context;
use domain::account::AccountId;
use domain::catalog::Sku;
use domain::checkout::Email;
use domain::order::{ORDERS_PER_PAGE, OrderId, OrderNumber, OrderPage, OrderQuery, OrderState};
use domain::search::SearchText;
use sqlx::{AnyConnection, Row};

use super::shelf::{narrowed_to, page_of};
use super::store::{order_of, select_orders};
use crate::sql::{Sql, pattern_of, rows};

/// Words of a search that are looked for; nobody remembers more of an order.
const MAX_WORDS: usize = 8;

/// Makes every order that was placed with a proved e-mail address, and is nobody's yet, an account's.
pub(crate) async fn claim_all(connection: &mut AnyConnection, account: AccountId, email: &Email) -> anyhow::Result<()> {
    let rows = sqlx::query(
        "UPDATE orders SET account_id = $1 WHERE customer = $2 AND account_id IS NULL RETURNING id, words, state, document,
             captured_minor_units, refunded_minor_units",
    )
    .bind(account.to_string())
    .bind(email.key())
    .fetch_all(&mut *connection)
    .await
    .context("claiming orders")?;
    for row in rows {
        // Orders from before there were accounts were not made ready to be searched.
        if row.try_get::<&str, _>("words")?.is_empty() {
            let order = order_of(&row)?;
            sqlx::query("UPDATE orders SET words = $1 WHERE id = $2")
                .bind(order.words())
                .bind(order.id.to_string())
                .execute(&mut *connection)
                .await
                .context("making an order ready to be searched")?;
        }
    }
    Ok(())
}

/// Whose order it is, if anybody's.
pub(crate) async fn owner_of(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Option<AccountId>> {
    let found = sqlx::query("SELECT account_id FROM orders WHERE id = $1")
        .bind(order.to_string())
        .fetch_optional(connection)
        .await
        .context("looking whose order it is")?;
    let Some(row) = found else { return Ok(None) };
    let owner: Option<String> = row.try_get("account_id")?;
    Ok(owner.map(|owner| owner.parse::<AccountId>()).transpose()?)
}

/// The orders of an account stay, and are nobody's.
pub(crate) async fn disown(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("UPDATE orders SET account_id = NULL WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("disowning orders")?;
    Ok(())
}

/// Whether an order is nobody's and was placed with an e-mail address.
pub(super) async fn can_claim(sql: &Sql, email: &Email, number: OrderNumber) -> anyhow::Result<bool> {
    let found = sqlx::query("SELECT id FROM orders WHERE number = $1 AND customer = $2 AND account_id IS NULL")
        .bind(number.to_string())
        .bind(email.key())
        .fetch_optional(sql.readers())
        .await
        .context("looking whether an order can be claimed")?;
    Ok(found.is_some())
}

/// Whether an order is an account's.
pub(super) async fn owns(sql: &Sql, account: AccountId, number: OrderNumber) -> anyhow::Result<bool> {
    let found = sqlx::query("SELECT id FROM orders WHERE number = $1 AND account_id = $2")
        .bind(number.to_string())
        .bind(account.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking whose order it is")?;
    Ok(found.is_some())
}

/// Whether an account was sold one of some SKUs: in an order that is paid for and was not taken back, nor all
/// that was captured of it given back.
pub(super) async fn has_bought(sql: &Sql, account: AccountId, skus: &[Sku]) -> anyhow::Result<bool> {
    let bought = OrderState::ALL.into_iter().filter(|state| state.is_bought());
    let bought: Vec<String> = bought.map(|state| format!("'{}'", state.parameter())).collect();
    let skus: Vec<String> = skus.iter().map(Sku::to_string).collect();
    let mut reader = sql.readers().acquire().await.context("looking what an account bought")?;
    // Of a bundle the parts are held.
    for (held, column) in [("reservations", "sku"), ("order_bundle_parts", "bundle_sku")] {
        let looking = format!(
            "SELECT 1 FROM orders JOIN {held} AS held ON held.order_id = orders.id
             WHERE orders.account_id = '{account}' AND orders.state IN ({})
                 AND NOT (captured_minor_units > 0 AND refunded_minor_units >= captured_minor_units)
                 AND held.{column} IN",
            bought.join(", ")
        );
        if !rows::with_keys(&mut reader, &looking, &skus, "LIMIT 1").await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One page of an account's orders from the books alone, the newest first.
pub(super) async fn list(sql: &Sql, account: AccountId, query: &OrderQuery) -> anyhow::Result<OrderPage> {
    let patterns: Vec<String> = words_of(&query.words).iter().map(|word| pattern_of(word)).collect();
    let mut statement = select_orders!("WHERE account_id = $1 AND id < $2").to_owned();
    for place in 0..patterns.len() {
        write!(statement, " AND words LIKE ${} ESCAPE '!'", place + 4)?;
    }
    let narrowed = query.progress.map(narrowed_to).unwrap_or_default();
    write!(statement, " {narrowed} ORDER BY id DESC LIMIT $3")?;
    // Ids are hexadecimal digits: every one of them is less than this.
    let before = query.older_than.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let mut reading = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(account.to_string())
        .bind(before)
        .bind(i64::try_from(ORDERS_PER_PAGE + 1)?);
    for pattern in patterns {
        reading = reading.bind(pattern);
    }
    let rows = reading.fetch_all(sql.readers()).await.context("listing orders")?;
    Ok(page_of(rows.iter().map(order_of).collect::<Result<_, _>>()?, ORDERS_PER_PAGE))
}

/// The words of a search, in lower case.
pub(super) fn words_of(words: &SearchText) -> Vec<String> {
    words.as_str().split_whitespace().take(MAX_WORDS).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_in_lower_case_and_only_so_many() {
        let words = words_of(&"100% Wool_".into());
        assert_eq!(words, ["100%", "wool_"]);
        assert_eq!(words.iter().map(|word| pattern_of(word)).collect::<Vec<_>>(), ["%100!%%", "%wool!_%"]);
        assert!(words_of(&SearchText::default()).is_empty());
        assert_eq!(words_of(&"a b c d e f g h i j".into()).len(), MAX_WORDS);
    }
}
