//! Shoppers who wait for their bank and show that they are still there: their units stay reserved longer.

use anyhow::Context;
use domain::inventory::{SIGN_OF_LIFE_MS, reservation_ends_at};
use domain::order::OrderId;
use jiff::Timestamp;
use sqlx::Row;

use crate::sql::{Sql, now_ms};

/// Notes that the shopper of an order waits for it. An order that is settled stays as it is.
pub(super) async fn note_sign_of_life(sql: &Sql, order: OrderId) -> anyhow::Result<()> {
    let now = now_ms();
    let mut transaction = sql.begin().await?;
    sqlx::query(
        "UPDATE sagas SET seen_at_ms = $1
         WHERE order_id = $2 AND finished = 0 AND seen_at_ms < $3
             AND EXISTS (SELECT 1 FROM orders WHERE orders.id = sagas.order_id AND orders.state = 'pending')",
    )
    .bind(now)
    .bind(order.to_string())
    .bind(now - SIGN_OF_LIFE_MS)
    .execute(&mut *transaction)
    .await
    .context("noting that a shopper waits")?;
    transaction.commit().await.context("committing that a shopper waits")
}

/// Until when the units of an order are reserved for its shopper.
pub(super) async fn reserved_until(sql: &Sql, order: OrderId) -> anyhow::Result<Timestamp> {
    let statement = "SELECT placed_at, seen_at_ms FROM sagas JOIN orders ON orders.id = sagas.order_id
                     WHERE order_id = $1";
    let found = sqlx::query(statement).bind(order.to_string()).fetch_one(sql.readers()).await;
    let row = found.context("reading how long units are reserved")?;
    let made_at = row.try_get::<String, _>("placed_at")?.parse()?;
    Ok(reservation_ends_at(made_at, Timestamp::from_millisecond(row.try_get("seen_at_ms")?)?))
}
