//! Sagas that wait: for a server that takes them up, for the end of a pause, or for an operator.

use anyhow::{Context, ensure};
use domain::checkout::HeldUp;
use domain::checkout::saga::{Event, Saga};
use domain::order::{OrderId, OrderNumber};
use sqlx::Row;

use super::saga_log::{insert_event, read};
use crate::sql::{Sql, now_ms};

/// Sagas that recovery takes up at once.
pub(super) const RECOVERY_BATCH: i64 = 100;

/// The next purchases after an order whose sagas have no end yet, at most [`RECOVERY_BATCH`]: those
/// that no other living server drives and whose pause is over.
pub(super) async fn unfinished(sql: &Sql, server: &str, after: &str) -> anyhow::Result<Vec<(OrderId, String)>> {
    let statement = "SELECT order_id, purchase FROM sagas
                     WHERE finished = 0 AND set_aside = 0 AND not_before_ms <= $1 AND order_id > $2
                         AND (taken_by = $3 OR NOT EXISTS (
                             SELECT 1 FROM leases WHERE name = sagas.taken_by AND until_ms > $1))
                     ORDER BY order_id LIMIT $4";
    let rows = sqlx::query(statement)
        .bind(now_ms())
        .bind(after)
        .bind(server)
        .bind(RECOVERY_BATCH)
        .fetch_all(sql.readers())
        .await
        .context("looking for unfinished sagas")?;
    rows.into_iter().map(|row| Ok((row.try_get::<String, _>("order_id")?.parse()?, row.try_get("purchase")?))).collect()
}

/// Takes a saga for a server; `false` when it has ended or another living server was faster.
pub(super) async fn claim(sql: &Sql, server: &str, order: OrderId) -> anyhow::Result<bool> {
    let mut transaction = sql.begin().await?;
    let taken = sqlx::query(
        "UPDATE sagas SET taken_by = $1
         WHERE order_id = $2 AND finished = 0 AND set_aside = 0 AND (taken_by = $1 OR NOT EXISTS (
             SELECT 1 FROM leases WHERE name = sagas.taken_by AND until_ms > $3))",
    )
    .bind(server)
    .bind(order.to_string())
    .bind(now_ms())
    .execute(&mut *transaction)
    .await
    .context("taking a saga")?;
    transaction.commit().await.context("committing who drives a saga")?;
    Ok(taken.rows_affected() == 1)
}

/// Notes that a fault within the store holds a saga up: it is taken up again after a pause, or left to
/// an operator.
pub(super) async fn hold_up(sql: &Sql, order: OrderId, fault: &anyhow::Error) -> anyhow::Result<HeldUp> {
    let mut transaction = sql.begin().await?;
    let row =
        sqlx::query("UPDATE sagas SET held_up = held_up + 1, last_error = $1 WHERE order_id = $2 RETURNING held_up")
            .bind(format!("{fault:#}"))
            .bind(order.to_string())
            .fetch_one(&mut *transaction)
            .await
            .context("counting what holds a saga up")?;
    let held_up = HeldUp::after(u32::try_from(row.try_get::<i64, _>("held_up")?)?);
    let (set_aside, pause_ms) = match held_up {
        HeldUp::TakeUpAgain { pause_ms } => (0, i64::try_from(pause_ms)?),
        HeldUp::SetAside => (1, 0),
    };
    sqlx::query("UPDATE sagas SET set_aside = $1, not_before_ms = $2, taken_by = NULL WHERE order_id = $3")
        .bind(set_aside)
        .bind(now_ms() + pause_ms)
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("letting a saga wait")?;
    transaction.commit().await.context("committing what holds a saga up")?;
    Ok(held_up)
}

/// Leaves a saga to an operator: recovery does not take it up again.
pub(super) async fn set_aside(sql: &Sql, order: OrderId, reason: &str) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE sagas SET set_aside = 1, last_error = $1 WHERE order_id = $2")
        .bind(reason)
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("setting a saga aside")?;
    transaction.commit().await.context("committing what is set aside")
}

/// A purchase that waits for an operator.
#[derive(Debug)]
pub(crate) struct SetAside {
    pub(crate) number: OrderNumber,
    /// Where the order stands.
    pub(crate) state: String,
    pub(crate) last_error: Option<String>,
}

/// The purchases that wait for an operator, the oldest first.
pub(crate) async fn list_set_aside(sql: &Sql) -> anyhow::Result<Vec<SetAside>> {
    let rows = sqlx::query(
        "SELECT number, state, last_error FROM sagas JOIN orders ON orders.id = sagas.order_id
         WHERE finished = 0 AND set_aside = 1 ORDER BY order_id",
    )
    .fetch_all(sql.readers())
    .await
    .context("looking for what is set aside")?;
    rows.into_iter()
        .map(|row| {
            Ok(SetAside {
                number: row.try_get::<String, _>("number")?.parse()?,
                state: row.try_get("state")?,
                last_error: row.try_get("last_error")?,
            })
        })
        .collect()
}

/// Takes a purchase up again that was set aside: an open store goes on with it within seconds.
///
/// # Errors
/// Also when no purchase of that number is set aside.
pub(crate) async fn resume(sql: &Sql, number: OrderNumber) -> anyhow::Result<()> {
    let found = sqlx::query("SELECT id FROM orders WHERE number = $1")
        .bind(number.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking for an order")?
        .with_context(|| format!("there is no order {number}"))?;
    let order: OrderId = found.try_get::<String, _>("id")?.parse()?;
    let log = read(sql, order).await?;
    let mut transaction = sql.begin().await?;
    let resumed = sqlx::query(
        "UPDATE sagas SET set_aside = 0, held_up = 0, not_before_ms = 0
         WHERE order_id = $1 AND finished = 0 AND set_aside = 1",
    )
    .bind(order.to_string())
    .execute(&mut *transaction)
    .await
    .context("taking a saga up again")?;
    ensure!(resumed.rows_affected() == 1, "{number} is not set aside");
    // Where the gateway never answered, the saga itself ends in being set aside.
    if Saga::replay(&log).is_set_aside() {
        insert_event(&mut transaction, order, log.len(), &Event::Resumed).await?;
    }
    transaction.commit().await.context("committing what is taken up again")
}
