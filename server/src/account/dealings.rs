//! What the orders of an account led to, and what was done for it, as rows for its owner to take along. Other features
//! keep these tables; they are only read here.

use anyhow::Context;
use domain::account::AccountId;
use serde_json::{Map, Value, json};
use sqlx::any::AnyRow;
use sqlx::{Column, Row};

use crate::sql::Sql;

/// Each under its name in the file, with the columns under theirs: what belongs to an account, the oldest first.
const DEALINGS: [(&str, &str); 9] = [
    (
        "order_steps",
        "SELECT number, order_steps.state, reached_at FROM order_steps JOIN orders ON orders.id = order_id
         WHERE orders.account_id = $1 ORDER BY reached_at, number",
    ),
    (
        "invoices",
        "SELECT number, amount_minor_units, invoices.currency, invoices.captured_minor_units AS billed_minor_units,
             invoices.refunded_minor_units AS credited_minor_units, paid_minor_units, repaid_minor_units, voided
         FROM invoices JOIN orders ON orders.id = order_id WHERE orders.account_id = $1 ORDER BY order_id",
    ),
    (
        "returns",
        "SELECT order_returns.id, number, order_returns.state, reason, note, asked_at, decided_at, refusal,
             exchange_end, first_refund_minor_units, refund_minor_units, currency
         FROM order_returns JOIN orders ON orders.id = order_id WHERE orders.account_id = $1
         ORDER BY asked_at, order_returns.id",
    ),
    (
        "returned_lines",
        "SELECT return_id, sku, quantity FROM order_return_lines JOIN order_returns ON order_returns.id = return_id
             JOIN orders ON orders.id = order_id
         WHERE orders.account_id = $1 ORDER BY asked_at, return_id, sku",
    ),
    (
        "exchanges",
        "SELECT return_id, line_sku, order_exchanges.sku, quantity, choices, unit_minor_units, currency,
             order_exchanges.state, since
         FROM order_exchanges JOIN order_returns ON order_returns.id = return_id JOIN orders ON orders.id = order_id
         WHERE orders.account_id = $1 ORDER BY since, return_id, line_sku",
    ),
    (
        "gift_cards",
        "SELECT number, tail, kind, minor_units, gift_cards.currency, moved_at
         FROM gift_card_movements JOIN gift_cards ON gift_cards.id = gift_card_id JOIN orders ON orders.id = order_id
         WHERE orders.account_id = $1 ORDER BY moved_at, gift_card_movements.id",
    ),
    (
        "promotions",
        "SELECT number, promotion_id, redemptions.state, discount_minor_units, redemptions.currency
         FROM redemptions JOIN orders ON orders.id = order_id WHERE orders.account_id = $1 ORDER BY order_id, promotion_id",
    ),
    (
        "letters",
        "SELECT number, kind, written_at FROM order_letters JOIN orders ON orders.id = order_id
         WHERE orders.account_id = $1 ORDER BY order_id, kind",
    ),
    // By whom is the store's own matter.
    ("done_for_you", "SELECT kind, reason, done_at FROM operator_deeds WHERE subject = $1 ORDER BY id"),
];

/// Everything of it.
pub(super) async fn read(sql: &Sql, account: AccountId) -> anyhow::Result<Map<String, Value>> {
    let mut reader = sql.readers().acquire().await.context("reading what an account is to take along")?;
    let mut all = Map::new();
    for (name, statement) in DEALINGS {
        let found = sqlx::query(statement).bind(account.to_string()).fetch_all(&mut *reader).await;
        let rows = found.with_context(|| format!("reading the {name} of an account"))?;
        all.insert(name.to_owned(), rows.iter().map(object_of).collect::<anyhow::Result<Value>>()?);
    }
    Ok(all)
}

/// A row with its columns by their names: whole numbers, texts or nothing.
fn object_of(row: &AnyRow) -> anyhow::Result<Value> {
    let columns = row.columns().iter().map(|column| -> anyhow::Result<(String, Value)> {
        let place = column.ordinal();
        let value = match row.try_get::<Option<i64>, _>(place) {
            Ok(number) => json!(number),
            Err(_) => json!(row.try_get::<Option<String>, _>(place)?),
        };
        Ok((column.name().to_owned(), value))
    });
    columns.collect::<anyhow::Result<Map<_, _>>>().map(Value::Object)
}
