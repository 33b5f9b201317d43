//! The saga's log, and the transactions that are a step of the saga and an entry of the log at
//! once.

use anyhow::Context;
use domain::checkout::IdempotencyKey;
use domain::checkout::saga::{Event, Purchase, Shortage};
use domain::order::{OrderId, OrderState, OrderStep};
use sqlx::{AnyConnection, Row};

use crate::event::{Fact, publish};
use crate::inventory::StockTurn;
use crate::sql::Sql;
use crate::{inventory, order};

/// What became of the first transaction.
pub(super) enum Beginning {
    Begun {
        log: Vec<Event>,
    },
    Short {
        shortages: Vec<Shortage>,
    },
    /// The key bought something already.
    Known {
        order: OrderId,
    },
}

/// The order that a key bought, if any.
pub(super) async fn find_order(sql: &Sql, key: IdempotencyKey) -> anyhow::Result<Option<OrderId>> {
    let row = sqlx::query("SELECT order_id FROM idempotency_keys WHERE key = $1")
        .bind(key.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking a key up")?;
    row.map(|row| Ok(row.try_get::<String, _>("order_id")?.parse()?)).transpose()
}

/// One transaction: the order as `pending`, all reservations or none, the key, the log, the outbox.
pub(super) async fn begin(sql: &Sql, purchase: &Purchase) -> anyhow::Result<Beginning> {
    let mut transaction = sql.begin().await?;
    order::insert(&mut transaction, &purchase.order(OrderState::Pending)).await?;
    let kept = sqlx::query("INSERT INTO idempotency_keys (key, order_id) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
        .bind(purchase.key.to_string())
        .bind(purchase.order.to_string())
        .execute(&mut *transaction)
        .await
        .context("keeping a key")?;
    if kept.rows_affected() == 0 {
        transaction.rollback().await?;
        let order = find_order(sql, purchase.key).await?.context("a key was taken and is gone")?;
        return Ok(Beginning::Known { order });
    }
    let turns = match inventory::reserve(&mut transaction, purchase.order, &purchase.lines).await? {
        Ok(turns) => turns,
        Err(shortages) => {
            transaction.rollback().await?;
            return Ok(Beginning::Short { shortages });
        }
    };
    sqlx::query("INSERT INTO sagas (order_id, purchase) VALUES ($1, $2)")
        .bind(purchase.order.to_string())
        .bind(serde_json::to_string(purchase)?)
        .execute(&mut *transaction)
        .await
        .context("beginning a saga")?;
    let log = vec![Event::Begun, Event::Reserved];
    for (position, event) in log.iter().enumerate() {
        insert_event(&mut transaction, purchase.order, position, event).await?;
    }
    publish_turns(&mut transaction, turns).await?;
    transaction.commit().await.context("committing the beginning of a purchase")?;
    Ok(Beginning::Begun { log })
}

/// Stores an event that changed nothing else.
pub(super) async fn append(sql: &Sql, order: OrderId, position: usize, event: &Event) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_event(&mut transaction, order, position, event).await?;
    transaction.commit().await.context("committing an event of a saga")
}

/// One transaction: the order `confirmed`, reservations to allocations, the log, the outbox.
pub(super) async fn confirm(sql: &Sql, order: OrderId, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::Confirm).await?;
    inventory::allocate(&mut transaction, order).await?;
    finish(&mut transaction, order, position, &Event::Confirmed).await?;
    transaction.commit().await.context("committing a confirmed order")
}

/// One transaction: the order `declined`, reservations released, the key given back, the log, the
/// outbox.
pub(super) async fn release(sql: &Sql, order: OrderId, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::Decline).await?;
    let turns = inventory::release(&mut transaction, order).await?;
    sqlx::query("DELETE FROM idempotency_keys WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("giving a key back")?;
    publish_turns(&mut transaction, turns).await?;
    finish(&mut transaction, order, position, &Event::Released).await?;
    transaction.commit().await.context("committing a declined order")
}

/// The purchases whose sagas have no end yet.
pub(super) async fn unfinished(sql: &Sql) -> anyhow::Result<Vec<Purchase>> {
    let rows = sqlx::query("SELECT purchase FROM sagas WHERE finished = 0 ORDER BY order_id")
        .fetch_all(sql.readers())
        .await
        .context("looking for unfinished sagas")?;
    rows.into_iter().map(|row| serde_json::from_str(row.try_get("purchase")?).context("reading a saga")).collect()
}

/// The log of a saga, in order.
pub(super) async fn read(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<Event>> {
    let rows = sqlx::query("SELECT event FROM saga_events WHERE order_id = $1 ORDER BY position")
        .bind(order.to_string())
        .fetch_all(sql.readers())
        .await
        .context("reading a saga's log")?;
    rows.into_iter().map(|row| Ok(serde_json::from_str(row.try_get("event")?)?)).collect()
}

async fn finish(connection: &mut AnyConnection, order: OrderId, position: usize, event: &Event) -> anyhow::Result<()> {
    insert_event(connection, order, position, event).await?;
    sqlx::query("UPDATE sagas SET finished = 1 WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *connection)
        .await
        .context("ending a saga")?;
    publish(connection, &Fact::OrderChanged { order }).await
}

/// Two drivers of one saga can't both store an event at one position: the slower one stops.
async fn insert_event(
    connection: &mut AnyConnection,
    order: OrderId,
    position: usize,
    event: &Event,
) -> anyhow::Result<()> {
    sqlx::query("INSERT INTO saga_events (order_id, position, event) VALUES ($1, $2, $3)")
        .bind(order.to_string())
        .bind(i64::try_from(position)?)
        .bind(serde_json::to_string(event)?)
        .execute(connection)
        .await
        .context("storing an event of a saga")?;
    Ok(())
}

async fn publish_turns(connection: &mut AnyConnection, turns: Vec<StockTurn>) -> anyhow::Result<()> {
    for StockTurn { sku } in turns {
        publish(connection, &Fact::StockTurned { sku }).await?;
    }
    Ok(())
}
