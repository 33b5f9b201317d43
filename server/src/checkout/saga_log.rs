//! The saga's log, and the transactions that are a step of the saga and an entry of the log at
//! once.

use anyhow::Context;
use domain::checkout::saga::{Event, Purchase};
use domain::order::{Order, OrderId, OrderStep};
use domain::payment::ledger::{Account, Dues, LedgerError, Posting, Tender};
use domain::payment::{AuthorizationId, Movement, MovementKind, OpenRefund, Proceeds, Tally};
use domain::pricing::Money;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::event::{Fact, publish};
use crate::inventory::StockTurn;
use crate::operator::{NewDeed, write_deed};
use crate::payment::aftermath::let_follow;
use crate::payment::gift_card::{end_redemption, give_back};
use crate::payment::{Booking, SellersPart};
use crate::sql::{Cell, Sql, locking, rows};
use crate::{inventory, order, payment, pricing};

/// What a saga was begun with.
pub(super) fn parse_purchase(stored: &str) -> anyhow::Result<Purchase> {
    serde_json::from_str(stored).context("reading a saga")
}

/// Stores events that changed nothing else.
pub(super) async fn append(sql: &Sql, order: OrderId, position: usize, events: &[Event]) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[Entry { order, position, events }]).await?;
    transaction.commit().await.context("committing an event of a saga")
}

/// One transaction: the log, where the order goes from now on, the outbox. Nothing is left to be driven: what
/// is at rest stays at rest.
///
/// # Errors
/// [`Overtaken`] when something else happened to the order at the same time.
pub(super) async fn change_address(sql: &Sql, order: &Order, position: usize) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    let event = Event::AddressChanged { version: order.address_version() };
    insert_event(&mut transaction, order.id, position, &event).await?;
    order::set_contact(&mut transaction, order).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order: order.id }]).await?;
    transaction.commit().await.context("committing a change of an address")
}

/// One transaction: the order `cancelling`, the log, the saga unfinished again, so that a crash
/// right after it cancels too, the outbox, and the deed of an operator who asked. The server that was asked
/// drives it on.
///
/// # Errors
/// Also when the order is not confirmed any more, or somebody else asked at the same time.
pub(super) async fn request_cancellation(
    sql: &Sql,
    server: &str,
    order: OrderId,
    position: usize,
    deed: Option<NewDeed<'_>>,
) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_event(&mut transaction, order, position, &Event::CancellationRequested).await?;
    order::set_states(&mut transaction, &[order], OrderStep::RequestCancellation).await?;
    note(&mut transaction, deed).await?;
    go_on(&mut transaction, order, Some(server)).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order }]).await?;
    transaction.commit().await.context("committing a request to cancel")
}

/// One transaction: the log, the saga unfinished again, the deed of an operator who asked that money moves, or
/// that the order is sent. A server that was asked drives it on; else the first one that sees it.
///
/// # Errors
/// [`Overtaken`] when something else happened to the order at the same time.
pub(super) async fn store_request(
    sql: &Sql,
    server: Option<&str>,
    order: OrderId,
    position: usize,
    event: &Event,
    deed: Option<NewDeed<'_>>,
) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_event(&mut transaction, order, position, event).await?;
    go_on(&mut transaction, order, server).await?;
    note(&mut transaction, deed).await?;
    transaction.commit().await.context("committing what is asked of an order")
}

async fn note(connection: &mut AnyConnection, deed: Option<NewDeed<'_>>) -> anyhow::Result<()> {
    match deed {
        Some(deed) => write_deed(connection, deed).await,
        None => Ok(()),
    }
}

/// Makes a saga unfinished that had ended.
pub(super) async fn go_on(connection: &mut AnyConnection, order: OrderId, server: Option<&str>) -> anyhow::Result<()> {
    let statement = "UPDATE sagas SET finished = 0, set_aside = 0, held_up = 0, not_before_ms = 0, taken_by = $1
                     WHERE order_id = $2";
    sqlx::query(statement)
        .bind(server.map(str::to_owned))
        .bind(order.to_string())
        .execute(connection)
        .await
        .context("taking a saga up again")?;
    Ok(())
}

/// Holds a saga until the transaction ends: nothing more is asked of its order meanwhile.
pub(super) async fn hold(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<()> {
    let statement = format!("SELECT order_id FROM sagas WHERE order_id = $1 {}", locking(connection));
    let held = sqlx::query(AssertSqlSafe(statement)).bind(order.to_string()).fetch_optional(connection).await;
    held.map(drop).context("holding a saga")
}

/// One transaction: the order `shipped`, its units off the shelf, the log, the outbox. What is available stays as
/// it was.
pub(super) async fn dispatch(sql: &Sql, order: OrderId, position: usize, events: &[Event]) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[Entry { order, position, events }]).await?;
    order::set_states(&mut transaction, &[order], OrderStep::Ship).await?;
    inventory::dispatch(&mut transaction, order).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order }]).await?;
    transaction.commit().await.context("committing an order that is sent")
}

/// One transaction: the order `cancelled`, allocations, promotions and gift cards given back, the ledger, the
/// log, the outbox. Its key stays taken: the button that placed it does not place it once more. The
/// saga ends when the cart was cleared up as well.
pub(super) async fn cancel(sql: &Sql, purchase: &Purchase, position: usize, events: &[Event]) -> anyhow::Result<()> {
    let order = purchase.order;
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[Entry { order, position, events }]).await?;
    order::set_states(&mut transaction, &[order], OrderStep::Cancel).await?;
    let turns = inventory::give_back(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    let voided = posting(order, purchase.payment.account(), purchase.charged(), Posting::void)?;
    let redemption = end_redemption(&mut transaction, purchase).await?;
    payment::post(&mut transaction, &voided.into_iter().chain(redemption).collect::<Vec<_>>()).await?;
    publish_turns(&mut transaction, turns).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order }, Fact::PurchaseUndone { order }]).await?;
    transaction.commit().await.context("committing a cancelled order")
}

/// One transaction: the order `refunded`, allocations and promotions given back, the log, the outbox. What went back
/// is in the ledger, and was told of, already.
pub(super) async fn close_refunded(sql: &Sql, order: OrderId, position: usize, events: &[Event]) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[Entry { order, position, events }]).await?;
    order::set_states(&mut transaction, &[order], OrderStep::Refund).await?;
    let turns = inventory::give_back_refunded(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    publish_turns(&mut transaction, turns).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order }]).await?;
    transaction.commit().await.context("committing an order that is refunded")
}

/// One transaction: the order `declined`, reservations, promotions and gift cards released, the key given back,
/// the ledger of the gift cards, the log, the outbox.
pub(super) async fn release(sql: &Sql, purchase: &Purchase, position: usize, events: &[Event]) -> anyhow::Result<()> {
    let order = purchase.order;
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[Entry { order, position, events }]).await?;
    order::set_states(&mut transaction, &[order], OrderStep::Decline).await?;
    let turns = inventory::release(&mut transaction, order).await?;
    pricing::release(&mut transaction, order).await?;
    // By the key, of which there is an index: every order that was ever confirmed has one.
    sqlx::query("DELETE FROM idempotency_keys WHERE key = $1 AND order_id = $2")
        .bind(purchase.key.to_string())
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("giving a key back")?;
    let redemption = end_redemption(&mut transaction, purchase).await?;
    payment::post(&mut transaction, redemption.as_slice()).await?;
    publish_turns(&mut transaction, turns).await?;
    mark_finished(&mut transaction, order).await?;
    publish(&mut transaction, &[Fact::OrderChanged { order }]).await?;
    transaction.commit().await.context("committing a declined order")
}

/// One transaction: the amounts of the order, what gift cards have again, the ledger, the log, the outbox; and of a
/// payment that was captured, that the gateway is asked what it kept. The tally is what has moved with the movement.
pub(super) async fn settle(
    sql: &Sql,
    purchase: &Purchase,
    movement: &Movement,
    tally: &Tally,
    captured: Option<&AuthorizationId>,
    entry: Entry<'_>,
) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    insert_events(&mut transaction, &[entry]).await?;
    if let Some(payment) = captured {
        let_follow(&mut transaction, payment).await?;
    }
    settle_within(&mut transaction, purchase, movement, tally).await?;
    transaction.commit().await.context("committing a movement of money")
}

/// In the transaction that stores its event: the same for what somebody gave back in the gateway's own pages; where
/// that closes the order, the first server that sees it goes on with its saga.
pub(super) async fn settle_elsewhere(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    movement: &Movement,
    tally: &Tally,
    closes: bool,
) -> anyhow::Result<()> {
    if closes {
        go_on(connection, purchase.order, None).await?;
    }
    settle_within(connection, purchase, movement, tally).await
}

async fn settle_within(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    movement: &Movement,
    tally: &Tally,
) -> anyhow::Result<()> {
    let order = purchase.order;
    let by = if purchase.payment.token.is_invoice() {
        Tender::Invoice { balance: payment::lock_balance(connection, order).await? }
    } else {
        Tender::Gateway
    };
    order::set_amounts(connection, order, tally).await?;
    order::note_return_refunded(connection, order, movement.id).await?;
    let (total, before) = (purchase.totals.total(), moved_before(movement, tally)?);
    let shares = purchase.gift_cards.shares(total, before, movement.amount)?;
    let booking = |posting| Booking { order, movement: Some(movement.id), posting };
    let mut postings = Vec::with_capacity(2);
    match movement.kind {
        MovementKind::Capture { is_last } => {
            let tax = purchase.totals.tax_in(before, movement.amount)?;
            let dues = Dues { tax, proceeds: captured_for_sellers(connection, purchase, movement, before).await? };
            postings.push(booking(Posting::capture(by, shares, dues)?));
            let captured = before.plus(movement.amount)?;
            let rest = total.minus(captured)?;
            if is_last && rest.minor_units() > 0 {
                give_back(connection, purchase, movement, captured, rest).await?;
                let rest = purchase.gift_cards.shares(total, captured, rest)?;
                postings.push(booking(Posting::release(purchase.payment.account(), rest)?));
            }
        }
        MovementKind::Refund { tax: own, proceeds: ref of_sellers, .. } => {
            let owed = Money::new(payment::tax_owed(connection, order).await?, total.currency());
            let open = OpenRefund { amount: tally.open_to_refund(total).plus(movement.amount)?, tax: owed };
            let tax = open.tax_in(movement.amount, own);
            let SellersPart { captured, refunded } = payment::sellers_part(connection, order).await?;
            let (net, open) = (movement.amount.minus(tax)?, open.amount.minus(open.tax)?);
            let proceeds = captured.without(&refunded).shared(open, net, of_sellers.as_ref());
            give_back(connection, purchase, movement, before, movement.amount).await?;
            postings.push(booking(Posting::refund(by, shares, Dues { tax, proceeds })?));
        }
        MovementKind::Release => {
            give_back(connection, purchase, movement, before, movement.amount).await?;
            postings.push(booking(Posting::release(purchase.payment.account(), shares)?));
        }
    }
    payment::post(connection, &postings).await?;
    publish(connection, &[Fact::OrderChanged { order }]).await?;
    // It was told of with its refund, and not once more when the rest is let go of.
    let is_refund = matches!(movement.kind, MovementKind::Refund { .. });
    if is_refund && tally.is_given_back() {
        publish(connection, &[Fact::PurchaseUndone { order }]).await?;
    }
    Ok(())
}

/// What of an amount that is captured, after others were, is its sellers'.
async fn captured_for_sellers(
    connection: &mut AnyConnection,
    purchase: &Purchase,
    movement: &Movement,
    before: Money,
) -> anyhow::Result<Proceeds> {
    let proceeds = purchase.proceeds();
    if proceeds.is_empty() {
        return Ok(proceeds);
    }
    let totals = purchase.totals;
    let without_tax = |amount: Money| amount.minus(totals.tax_in(before, amount)?);
    let (open, net) = (without_tax(totals.total().minus(before)?)?, without_tax(movement.amount)?);
    let captured = payment::sellers_part(connection, purchase.order).await?.captured;
    Ok(proceeds.without(&captured).shared(open, net, None))
}

/// What had moved the same way before a movement, after which this much has; of what is let go of, what was captured.
fn moved_before(movement: &Movement, tally: &Tally) -> anyhow::Result<Money> {
    let moved_minor_units = match movement.kind {
        MovementKind::Capture { .. } => tally.captured_minor_units(),
        MovementKind::Refund { .. } => tally.refunded_minor_units(),
        MovementKind::Release => return Ok(Money::new(tally.captured_minor_units(), movement.amount.currency())),
    };
    Ok(Money::new(moved_minor_units, movement.amount.currency()).minus(movement.amount)?)
}

/// What an order's saga was begun with.
pub(super) async fn purchase_of(sql: &Sql, order: OrderId) -> anyhow::Result<Purchase> {
    find_purchase(sql, order).await?.context("an order has no saga")
}

/// The same where there may be no such order.
pub(super) async fn find_purchase(sql: &Sql, order: OrderId) -> anyhow::Result<Option<Purchase>> {
    let row = sqlx::query("SELECT purchase FROM sagas WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking for a saga")?;
    row.map(|row| parse_purchase(row.try_get("purchase")?)).transpose()
}

/// The log of a saga, in order.
pub(crate) async fn read(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<Event>> {
    let rows = sqlx::query("SELECT event FROM saga_events WHERE order_id = $1 ORDER BY position")
        .bind(order.to_string())
        .fetch_all(sql.readers())
        .await
        .context("reading a saga's log")?;
    rows.into_iter().map(|row| serde_json::from_str(row.try_get("event")?).context("reading an event")).collect()
}

/// The gateway's name for what it holds, or held, of an order.
pub(super) fn authorization_of(log: &[Event]) -> Option<&AuthorizationId> {
    log.iter().find_map(|event| match event {
        Event::Authorized { authorization } => Some(authorization),
        _ => None,
    })
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

/// Events of a saga, from a position in its log on.
pub(super) struct Entry<'a> {
    pub(super) order: OrderId,
    pub(super) position: usize,
    pub(super) events: &'a [Event],
}

/// Two drivers of one saga can't both store an event at one position: the slower one waits for the
/// faster one's transaction and is [`Overtaken`]. It comes first in a transaction, so that the slower
/// one changes nothing and trips over nothing that the faster one changed.
pub(super) async fn insert_events(connection: &mut AnyConnection, entries: &[Entry<'_>]) -> anyhow::Result<()> {
    let mut rows: Vec<[Cell; 3]> = Vec::with_capacity(2 * entries.len());
    for Entry { order, position, events } in entries {
        for (position, event) in (*position..).zip(*events) {
            rows.push([
                order.to_string().into(),
                i64::try_from(position)?.into(),
                serde_json::to_string(event)?.into(),
            ]);
        }
    }
    let count = rows.len() as u64;
    let into = "INSERT INTO saga_events (order_id, position, event) VALUES";
    let stored = rows::write(connection, into, rows, "ON CONFLICT (order_id, position) DO NOTHING").await?;
    if stored == count { Ok(()) } else { Err(Overtaken.into()) }
}

pub(super) async fn insert_event(
    connection: &mut AnyConnection,
    order: OrderId,
    position: usize,
    event: &Event,
) -> anyhow::Result<()> {
    insert_events(connection, &[Entry { order, position, events: std::slice::from_ref(event) }]).await
}

/// What the ledger notes of the total of an order: it has nothing to hold of one that is free.
pub(super) fn posting(
    order: OrderId,
    by: Account,
    total: Money,
    posting: fn(Account, Money) -> Result<Posting, LedgerError>,
) -> Result<Option<Booking>, LedgerError> {
    if total.minor_units() == 0 {
        return Ok(None);
    }
    Ok(Some(Booking { order, movement: None, posting: posting(by, total)? }))
}

pub(super) async fn publish_turns(connection: &mut AnyConnection, turns: Vec<StockTurn>) -> anyhow::Result<()> {
    let facts: Vec<Fact> = turns.into_iter().map(|StockTurn { sku }| Fact::StockTurned { sku }).collect();
    publish(connection, &facts).await
}
