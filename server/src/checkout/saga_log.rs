//! The saga's log, and the transactions that are a step of the saga and an entry of the log at
//! once.

use anyhow::Context;
use domain::checkout::IdempotencyKey;
use domain::checkout::saga::{Event, Purchase, Shortage};
use domain::order::{OrderId, OrderState, OrderStep};
use domain::payment::ledger::Posting;
use sqlx::{AnyConnection, Row};

use crate::event::{Fact, publish};
use crate::inventory::StockTurn;
use crate::pricing::Holding;
use crate::sql::Sql;
use crate::{inventory, order, payment, pricing};

/// Sagas that recovery takes up at once.
const RECOVERY_BATCH: i64 = 100;

/// What became of the first transaction.
pub(super) enum Beginning {
    Begun {
        log: Vec<Event>,
    },
    Short {
        shortages: Vec<Shortage>,
    },
    /// A promotion was used up meanwhile.
    UsedUp,
    /// The key bought something already.
    Known {
        purchase: Box<Purchase>,
    },
}

/// What a key bought, if anything.
pub(super) async fn find_purchase(sql: &Sql, key: IdempotencyKey) -> anyhow::Result<Option<Purchase>> {
    let statement = "SELECT purchase FROM idempotency_keys JOIN sagas ON sagas.order_id = idempotency_keys.order_id
                     WHERE key = $1";
    let row = sqlx::query(statement).bind(key.to_string()).fetch_optional(sql.readers()).await;
    let row = row.context("looking a key up")?;
    row.map(|row| serde_json::from_str(row.try_get("purchase")?).context("reading a saga")).transpose()
}

/// One transaction: the order as `pending`, all reservations and uses of promotions or none, the key,
/// the log, the outbox.
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
        let purchase = find_purchase(sql, purchase.key).await?.context("a key was taken and is gone")?;
        return Ok(Beginning::Known { purchase: Box::new(purchase) });
    }
    let turns = match inventory::reserve(&mut transaction, purchase.order, &purchase.lines).await? {
        Ok(turns) => turns,
        Err(shortages) => {
            transaction.rollback().await?;
            return Ok(Beginning::Short { shortages });
        }
    };
    if pricing::hold(&mut transaction, purchase).await? == Holding::UsedUp {
        transaction.rollback().await?;
        return Ok(Beginning::UsedUp);
    }
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

/// One transaction: the order `confirmed`, reservations to allocations, promotions redeemed, the
/// ledger, the log, the outbox. The saga ends when the cart was cleared up as well.
pub(super) async fn confirm(sql: &Sql, purchase: &Purchase, position: usize) -> anyhow::Result<()> {
    let order = purchase.order;
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::Confirm).await?;
    inventory::allocate(&mut transaction, order).await?;
    pricing::redeem(&mut transaction, order).await?;
    if !purchase.is_free() {
        payment::post(&mut transaction, order, &Posting::authorization(purchase.totals.total())?).await?;
    }
    insert_event(&mut transaction, order, position, &Event::Confirmed).await?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a confirmed order")
}

/// Ends a saga after so many events. `false` when its log has more of them by now: the shopper
/// cancelled meanwhile, and the saga goes on.
pub(super) async fn end(sql: &Sql, order: OrderId, events: usize) -> anyhow::Result<bool> {
    let mut transaction = sql.begin().await?;
    // Marks it first, for that locks the saga: who adds to the log was waited for and is seen by the
    // next statement, or marks the saga as unfinished again afterwards.
    mark_finished(&mut transaction, order).await?;
    let added = sqlx::query("SELECT position FROM saga_events WHERE order_id = $1 AND position >= $2 LIMIT 1")
        .bind(order.to_string())
        .bind(i64::try_from(events)?)
        .fetch_optional(&mut *transaction)
        .await
        .context("looking for later events of a saga")?;
    if added.is_some() {
        transaction.rollback().await?;
        return Ok(false);
    }
    transaction.commit().await.context("committing the end of a saga")?;
    Ok(true)
}

/// One transaction: the order `cancelling`, the log, the saga unfinished again, so that a crash
/// right after it cancels too, the outbox.
///
/// # Errors
/// Also when the order is not confirmed any more, or somebody else asked at the same time.
pub(super) async fn request_cancellation(sql: &Sql, order: OrderId, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::RequestCancellation).await?;
    insert_event(&mut transaction, order, position, &Event::CancellationRequested).await?;
    sqlx::query("UPDATE sagas SET finished = 0, set_aside = 0 WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("taking a saga up again")?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a request to cancel")
}

/// One transaction: the order `cancelled`, allocations and promotions given back, the ledger, the
/// log, the outbox. Its key stays taken: the button that placed it does not place it once more. The
/// saga ends when the cart was cleared up as well.
pub(super) async fn cancel(sql: &Sql, purchase: &Purchase, position: usize) -> anyhow::Result<()> {
    let order = purchase.order;
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::Cancel).await?;
    let turns = inventory::give_back(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    if !purchase.is_free() {
        payment::post(&mut transaction, order, &Posting::void(purchase.totals.total())?).await?;
    }
    publish_turns(&mut transaction, turns).await?;
    insert_event(&mut transaction, order, position, &Event::Cancelled).await?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a cancelled order")
}

/// Leaves a saga to an operator: recovery does not take it up again.
pub(super) async fn set_aside(sql: &Sql, order: OrderId) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE sagas SET set_aside = 1 WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("setting a saga aside")?;
    transaction.commit().await.context("committing what is set aside")
}

/// One transaction: the order `declined`, reservations and promotions released, the key given back,
/// the log, the outbox.
pub(super) async fn release(sql: &Sql, order: OrderId, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    order::set_state(&mut transaction, order, OrderStep::Decline).await?;
    let turns = inventory::release(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    sqlx::query("DELETE FROM idempotency_keys WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("giving a key back")?;
    publish_turns(&mut transaction, turns).await?;
    insert_event(&mut transaction, order, position, &Event::Released).await?;
    mark_finished(&mut transaction, order).await?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a declined order")
}

/// The oldest purchases whose sagas have no end yet, at most [`RECOVERY_BATCH`]. One that can't be
/// read is reported and keeps nobody else waiting.
pub(super) async fn unfinished(sql: &Sql) -> anyhow::Result<Vec<Purchase>> {
    let statement = "SELECT order_id, purchase FROM sagas WHERE finished = 0 AND set_aside = 0
                     ORDER BY order_id LIMIT $1";
    let rows = sqlx::query(statement).bind(RECOVERY_BATCH).fetch_all(sql.readers()).await;
    let mut purchases = Vec::new();
    for row in rows.context("looking for unfinished sagas")? {
        let order: OrderId = row.try_get::<String, _>("order_id")?.parse()?;
        let read: Result<Purchase, _> = serde_json::from_str(row.try_get("purchase")?);
        match read {
            Ok(purchase) => purchases.push(purchase),
            Err(fault) => {
                tracing::error!(%order, "a purchase can't be read and is set aside: {fault}");
                set_aside(sql, order).await?;
            }
        }
    }
    Ok(purchases)
}

/// What an order's saga was begun with.
pub(super) async fn purchase_of(sql: &Sql, order: OrderId) -> anyhow::Result<Purchase> {
    let row = sqlx::query("SELECT purchase FROM sagas WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_one(sql.readers())
        .await
        .context("reading a saga")?;
    serde_json::from_str(row.try_get("purchase")?).context("reading a saga")
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

async fn mark_finished(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<()> {
    sqlx::query("UPDATE sagas SET finished = 1 WHERE order_id = $1")
        .bind(order.to_string())
        .execute(connection)
        .await
        .context("ending a saga")?;
    Ok(())
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
