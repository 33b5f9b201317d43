//! All orders, as those who run the store look through them.

use anyhow::Context;
use domain::operator::{AwaitedReturn, ORDERS_PER_SHEET, OrdersQuery};
use domain::order::{OrderId, OrderNumber, OrderPage, OrderState};
use sqlx::{AssertSqlSafe, Row};

use super::shelf::page_of;
use super::store::{order_of, select_orders};
use crate::sql::{Sql, pattern_of};

/// What narrows a list down to some words. Each index is looked through instead of all orders with their
/// documents.
const FOUND: &str = "AND (number = $3 OR number IN (SELECT number FROM orders WHERE LOWER(number) LIKE $4 ESCAPE '!')
                          OR customer IN (SELECT customer FROM orders WHERE customer LIKE $4 ESCAPE '!'))";

/// What narrows a list down to orders of which something waits to be taken back.
const ASKS_RETURN: &str = "AND id IN (SELECT order_id FROM order_returns WHERE state = 'requested')";

/// What narrows a list down to orders for which something waits to be sent instead of what came back.
const AWAITS_REPLACEMENT: &str = "AND id IN (SELECT order_id FROM order_returns JOIN order_exchanges
                                      ON return_id = order_returns.id WHERE order_exchanges.state = 'allocated')";

/// A page of all orders, the newest first.
pub(crate) async fn list_all(sql: &Sql, query: &OrdersQuery) -> anyhow::Result<OrderPage> {
    let words = query.words.as_str();
    let state = query.state.map(narrowed_to).unwrap_or_default();
    let found = if query.words.is_empty() { "" } else { FOUND };
    let returns = match query.returns {
        Some(AwaitedReturn::Receipt) => ASKS_RETURN,
        Some(AwaitedReturn::Replacement) => AWAITS_REPLACEMENT,
        None => "",
    };
    let statement = select_orders!("WHERE id < $1");
    let statement = format!("{statement} {state} {returns} {found} ORDER BY id DESC LIMIT $2");
    // Ids are hexadecimal digits: every one of them is less than this.
    let before = query.older_than.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let mut reading = sqlx::query(AssertSqlSafe(statement)).bind(before).bind(i64::try_from(ORDERS_PER_SHEET + 1)?);
    if !query.words.is_empty() {
        // However it is typed, a whole number is one order's.
        let number = words.parse::<OrderNumber>().map(|number| number.to_string()).unwrap_or_default();
        reading = reading.bind(number).bind(pattern_of(words));
    }
    let rows = reading.fetch_all(sql.readers()).await.context("listing all orders")?;
    Ok(page_of(rows.iter().map(order_of).collect::<Result<_, _>>()?, ORDERS_PER_SHEET))
}

/// What narrows a list down to a state. An order that waits has a saga that goes on, and those are few; an
/// index knows the other states that are rare.
fn narrowed_to(state: OrderState) -> String {
    let goes_on = match state {
        OrderState::Pending | OrderState::Cancelling => "AND id IN (SELECT order_id FROM sagas WHERE finished = 0)",
        _ => "",
    };
    format!("AND state = '{}' {goes_on}", state.parameter())
}

/// How many orders there are with ids after one.
pub(crate) async fn count_after(sql: &Sql, id: OrderId) -> anyhow::Result<u32> {
    let row = sqlx::query("SELECT COUNT(*) AS orders FROM orders WHERE id > $1")
        .bind(id.to_string())
        .fetch_one(sql.readers())
        .await
        .context("counting orders")?;
    Ok(u32::try_from(row.try_get::<i64, _>("orders")?)?)
}
