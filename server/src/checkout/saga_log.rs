//! The saga's log, and the transactions that are a step of the saga and an entry of the log at
//! once.

use anyhow::Context;
use domain::checkout::IdempotencyKey;
use domain::checkout::saga::{Event, Purchase, Shortage};
use domain::order::{OrderId, OrderState, OrderStep};
use domain::payment::ledger::{LedgerError, Posting};
use domain::pricing::Money;
use sqlx::{AnyConnection, Row};

use crate::event::{Fact, publish};
use crate::inventory::StockTurn;
use crate::pricing::Holding;
use crate::sql::Sql;
use crate::{inventory, order, payment, pricing};

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
    row.map(|row| parse_purchase(row.try_get("purchase")?)).transpose()
}

/// What a saga was begun with.
pub(super) fn parse_purchase(stored: &str) -> anyhow::Result<Purchase> {
    serde_json::from_str(stored).context("reading a saga")
}

/// One transaction: the order as `pending`, all reservations and uses of promotions or none, the key,
/// the log, the outbox. The server that begins a saga drives it.
pub(super) async fn begin(sql: &Sql, server: &str, purchase: &Purchase) -> anyhow::Result<Beginning> {
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
    sqlx::query("INSERT INTO sagas (order_id, purchase, taken_by) VALUES ($1, $2, $3)")
        .bind(purchase.order.to_string())
        .bind(serde_json::to_string(purchase)?)
        .bind(server)
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
    insert_event(&mut transaction, order, position, &Event::Confirmed).await?;
    order::set_state(&mut transaction, order, OrderStep::Confirm).await?;
    inventory::allocate(&mut transaction, order).await?;
    pricing::redeem(&mut transaction, order).await?;
    post(&mut transaction, purchase, Posting::authorization).await?;
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
/// right after it cancels too, the outbox. The server that was asked drives it on.
///
/// # Errors
/// Also when the order is not confirmed any more, or somebody else asked at the same time.
pub(super) async fn request_cancellation(
    sql: &Sql,
    server: &str,
    order: OrderId,
    position: usize,
) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_event(&mut transaction, order, position, &Event::CancellationRequested).await?;
    order::set_state(&mut transaction, order, OrderStep::RequestCancellation).await?;
    let again = "UPDATE sagas SET finished = 0, set_aside = 0, held_up = 0, not_before_ms = 0, taken_by = $1
                 WHERE order_id = $2";
    sqlx::query(again)
        .bind(server)
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
    insert_event(&mut transaction, order, position, &Event::Cancelled).await?;
    order::set_state(&mut transaction, order, OrderStep::Cancel).await?;
    let turns = inventory::give_back(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    post(&mut transaction, purchase, Posting::void).await?;
    publish_turns(&mut transaction, turns).await?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a cancelled order")
}

/// One transaction: the order `declined`, reservations and promotions released, the key given back,
/// the log, the outbox.
pub(super) async fn release(sql: &Sql, order: OrderId, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_event(&mut transaction, order, position, &Event::Released).await?;
    order::set_state(&mut transaction, order, OrderStep::Decline).await?;
    let turns = inventory::release(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    sqlx::query("DELETE FROM idempotency_keys WHERE order_id = $1")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("giving a key back")?;
    publish_turns(&mut transaction, turns).await?;
    mark_finished(&mut transaction, order).await?;
    publish(&mut transaction, &Fact::OrderChanged { order }).await?;
    transaction.commit().await.context("committing a declined order")
}

/// What an order's saga was begun with.
pub(super) async fn purchase_of(sql: &Sql, order: OrderId) -> anyhow::Result<Purchase> {
    let row = sqlx::query("SELECT purchase FROM sagas WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_one(sql.readers())
        .await
        .context("reading a saga")?;
    parse_purchase(row.try_get("purchase")?)
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

/// Somebody else drives the saga and stored an event at the same position: whoever learns of it stops,
/// and leaves the saga to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("somebody else drives this purchase")]
pub(super) struct Overtaken;

/// Two drivers of one saga can't both store an event at one position: the slower one waits for the
/// faster one's transaction and is [`Overtaken`]. It comes first in a transaction, so that the slower
/// one changes nothing and trips over nothing that the faster one changed.
pub(super) async fn insert_event(
    connection: &mut AnyConnection,
    order: OrderId,
    position: usize,
    event: &Event,
) -> anyhow::Result<()> {
    let statement = "INSERT INTO saga_events (order_id, position, event) VALUES ($1, $2, $3)
                     ON CONFLICT (order_id, position) DO NOTHING";
    let stored = sqlx::query(statement)
        .bind(order.to_string())
        .bind(i64::try_from(position)?)
        .bind(serde_json::to_string(event)?)
        .execute(connection)
        .await
        .context("storing an event of a saga")?;
    if stored.rows_affected() == 0 { Err(Overtaken.into()) } else { Ok(()) }
}

/// Posts the total of a purchase to the ledger, which has nothing to hold of one that is free.
async fn post(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    posting: fn(Money) -> Result<Posting, LedgerError>,
) -> anyhow::Result<()> {
    if purchase.is_free() {
        return Ok(());
    }
    payment::post(connection, purchase.order, &posting(purchase.totals.total())?).await
}

async fn publish_turns(connection: &mut AnyConnection, turns: Vec<StockTurn>) -> anyhow::Result<()> {
    for StockTurn { sku } in turns {
        publish(connection, &Fact::StockTurned { sku }).await?;
    }
    Ok(())
}
