//! What comes back of orders, in SQL. Only this module writes the tables `order_returns` and
//! `order_return_lines`; the checkout's transactions call its statements.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::inventory::Quantity;
use domain::order::exchange::{EndNote, Exchange};
use domain::order::returns::{
    RefusalNote, Return, ReturnError, ReturnId, ReturnLine, ReturnReason, ReturnRequest, ReturnState, ReturnStep,
};
use domain::order::{Order, OrderId};
use domain::payment::{Movement, MovementId};
use domain::pricing::{Currency, Money};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::exchange;
use crate::sql::{Cell, Sql, locking, rows};

/// The returns of an order, the oldest first.
pub(crate) async fn read_returns(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<Return>> {
    let mut reader = sql.readers().acquire().await.context("reading returns")?;
    returns_of(&mut reader, order).await
}

async fn returns_of(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<Return>> {
    let lines = sqlx::query(
        "SELECT return_id, sku, quantity FROM order_return_lines JOIN order_returns ON order_returns.id = return_id
         WHERE order_id = $1 ORDER BY sku",
    )
    .bind(order.to_string())
    .fetch_all(&mut *connection)
    .await
    .context("reading the lines of returns")?;
    let mut lines_of: HashMap<ReturnId, Vec<ReturnLine>> = HashMap::new();
    for row in &lines {
        let quantity = Quantity::try_from(u32::try_from(row.try_get::<i64, _>("quantity")?)?)?;
        let line = ReturnLine { sku: row.try_get::<String, _>("sku")?.parse()?, quantity };
        lines_of.entry(row.try_get::<String, _>("return_id")?.parse()?).or_default().push(line);
    }
    let mut exchanges_of = exchange::exchanges_of(connection, order).await?;
    let found = sqlx::query(
        "SELECT order_returns.id, order_returns.state, reason, note, asked_at, decided_at, refusal, exchange_end,
             refund_minor_units, movement_id, first_refund_minor_units, currency
         FROM order_returns JOIN orders ON orders.id = order_id WHERE order_id = $1",
    )
    .bind(order.to_string())
    .fetch_all(&mut *connection)
    .await
    .context("reading returns")?;
    let mut returns: Vec<Return> =
        found.iter().map(|row| return_of(row, &mut lines_of, &mut exchanges_of)).collect::<anyhow::Result<_>>()?;
    returns.sort_by_key(|found| (found.asked_at, found.id));
    Ok(returns)
}

fn return_of(
    row: &AnyRow,
    lines_of: &mut HashMap<ReturnId, Vec<ReturnLine>>,
    exchanges_of: &mut HashMap<ReturnId, Vec<Exchange>>,
) -> anyhow::Result<Return> {
    let id: ReturnId = row.try_get::<String, _>("id")?.parse()?;
    let (state, reason): (String, String) = (row.try_get("state")?, row.try_get("reason")?);
    let (note, refusal): (Option<String>, Option<String>) = (row.try_get("note")?, row.try_get("refusal")?);
    let (decided_at, movement): (Option<String>, Option<String>) =
        (row.try_get("decided_at")?, row.try_get("movement_id")?);
    let currency: Currency = row.try_get::<String, _>("currency")?.parse()?;
    let exchange_end: Option<String> = row.try_get("exchange_end")?;
    let (refund, first): (Option<i64>, Option<i64>) =
        (row.try_get("refund_minor_units")?, row.try_get("first_refund_minor_units")?);
    let money = |minor_units| Money::new(minor_units, currency);
    Ok(Return {
        id,
        lines: lines_of.remove(&id).unwrap_or_default(),
        exchanges: exchanges_of.remove(&id).unwrap_or_default(),
        reason: ReturnReason::from_parameter(&reason).with_context(|| format!("a return for {reason}"))?,
        note: note.map(|note| note.parse()).transpose()?,
        state: ReturnState::from_parameter(&state).with_context(|| format!("a return can't be {state}"))?,
        asked_at: row.try_get::<String, _>("asked_at")?.parse()?,
        decided_at: decided_at.map(|at| at.parse()).transpose()?,
        refusal: refusal.map(|refusal| refusal.parse()).transpose()?,
        exchange_end: exchange_end.map(|why| why.parse()).transpose()?,
        refund: refund.map(money),
        movement: movement.map(|movement| movement.parse()).transpose()?,
        first_refund: first.map(money),
    })
}

/// Stores what a shopper asks to return, with what is to be sent for it instead; the caller reserves that. Answers
/// whether it did: what was asked for under its key before is not asked for again. Two who ask at the same time ask
/// one after the other, so that nothing is asked for twice.
///
/// # Errors
/// A [`ReturnError`] where it can't be asked for.
pub(crate) async fn ask(
    connection: &mut AnyConnection,
    order: &Order,
    request: &ReturnRequest,
    exchanges: Vec<Exchange>,
    now: Timestamp,
) -> anyhow::Result<bool> {
    let statement = format!("SELECT id FROM orders WHERE id = $1 {}", locking(connection));
    sqlx::query(AssertSqlSafe(statement))
        .bind(order.id.to_string())
        .fetch_one(&mut *connection)
        .await
        .context("locking an order")?;
    let returns = returns_of(connection, order.id).await?;
    if returns.iter().any(|found| found.id == request.id()) {
        return Ok(false);
    }
    let asked = Return { exchanges, ..order.asked_return(&returns, request, now)? };
    insert(connection, order.id, &asked).await?;
    exchange::insert(connection, asked.id, &asked.exchanges, now).await?;
    Ok(true)
}

async fn insert(connection: &mut AnyConnection, order: OrderId, asked: &Return) -> anyhow::Result<()> {
    let inserted = sqlx::query(
        "INSERT INTO order_returns (id, order_id, state, reason, note, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(asked.id.to_string())
    .bind(order.to_string())
    .bind(asked.state.parameter())
    .bind(asked.reason.parameter())
    .bind(asked.note.as_ref().map(ToString::to_string))
    .bind(asked.asked_at.to_string())
    .execute(&mut *connection)
    .await
    .context("storing a return")?;
    if inserted.rows_affected() == 0 {
        // Another order has a return of this key.
        return Err(ReturnError::NoSuchReturn.into());
    }
    let row = |line: &ReturnLine| -> [Cell; 3] {
        [asked.id.to_string().into(), line.sku.as_str().into(), i64::from(line.quantity.get()).into()]
    };
    let into = "INSERT INTO order_return_lines (return_id, sku, quantity) VALUES";
    rows::write(connection, into, asked.lines.iter().map(row).collect(), "").await.map(drop)
}

/// Takes a return that was asked for one step on, which is not its receipt. Answers whether it did: another one
/// may have been faster.
pub(crate) async fn decide(
    connection: &mut AnyConnection,
    order: OrderId,
    id: ReturnId,
    step: ReturnStep,
    refusal: Option<&RefusalNote>,
) -> anyhow::Result<bool> {
    let next = ReturnState::Requested.after(step)?;
    let decided = sqlx::query(
        "UPDATE order_returns SET state = $1, decided_at = $2, refusal = $3
         WHERE id = $4 AND order_id = $5 AND state = 'requested'",
    )
    .bind(next.parameter())
    .bind(Timestamp::now().to_string())
    .bind(refusal.map(ToString::to_string))
    .bind(id.to_string())
    .bind(order.to_string())
    .execute(connection)
    .await
    .context("deciding a return")?;
    Ok(decided.rows_affected() == 1)
}

/// Notes that a return is there, and the movement of money that gives its refund back; without one nothing is to be
/// given back. A return that was there already gets another movement. Answers whether the return was still as it
/// was read.
pub(crate) async fn note_receipt(
    connection: &mut AnyConnection,
    order: OrderId,
    found: &Return,
    movement: Option<&Movement>,
) -> anyhow::Result<bool> {
    let state = if movement.is_some() { ReturnState::Received } else { ReturnState::Refunded };
    let noted = sqlx::query(
        "UPDATE order_returns SET state = $1, decided_at = COALESCE(decided_at, $2), refund_minor_units = $3,
             movement_id = $4
         WHERE id = $5 AND order_id = $6 AND state = $7 AND COALESCE(movement_id, '') = $8",
    )
    .bind(state.parameter())
    .bind(Timestamp::now().to_string())
    .bind(movement.map_or(0, |movement| movement.amount.minor_units()))
    .bind(movement.map(|movement| movement.id.to_string()))
    .bind(found.id.to_string())
    .bind(order.to_string())
    .bind(found.state.parameter())
    .bind(found.movement.map(|movement| movement.to_string()).unwrap_or_default())
    .execute(connection)
    .await
    .context("noting that a return is there")?;
    Ok(noted.rows_affected() == 1)
}

/// Notes that an operator ended the exchanges of a return, and why. Answers whether the return was still as it was
/// read.
pub(crate) async fn note_exchange_end(
    connection: &mut AnyConnection,
    order: OrderId,
    found: &Return,
    why: &EndNote,
) -> anyhow::Result<bool> {
    let noted = sqlx::query(
        "UPDATE order_returns SET exchange_end = $1
         WHERE id = $2 AND order_id = $3 AND state = $4 AND COALESCE(movement_id, '') = $5 AND exchange_end IS NULL",
    )
    .bind(why.as_str())
    .bind(found.id.to_string())
    .bind(order.to_string())
    .bind(found.state.parameter())
    .bind(found.movement.map(|movement| movement.to_string()).unwrap_or_default())
    .execute(connection)
    .await
    .context("noting that an exchange is ended")?;
    Ok(noted.rows_affected() == 1)
}

/// Notes the movement of money that gives back what a return brings since its exchanges ended. What was given back
/// before stays noted beside it; what was to be and was not is a part of this movement. The caller has noted the end.
pub(crate) async fn owe(
    connection: &mut AnyConnection,
    order: OrderId,
    found: &Return,
    movement: &Movement,
) -> anyhow::Result<()> {
    let next = found.state.after(ReturnStep::Owe)?;
    sqlx::query(
        "UPDATE order_returns SET
             first_refund_minor_units = CASE WHEN state = 'refunded' AND movement_id IS NOT NULL
                 THEN refund_minor_units END,
             first_movement_id = CASE WHEN state = 'refunded' THEN movement_id END,
             state = $1, refund_minor_units = $2, movement_id = $3
         WHERE id = $4 AND order_id = $5",
    )
    .bind(next.parameter())
    .bind(movement.amount.minor_units())
    .bind(movement.id.to_string())
    .bind(found.id.to_string())
    .bind(order.to_string())
    .execute(connection)
    .await
    .context("noting what a return brings since its exchange ended")?;
    Ok(())
}

/// Notes that money was given back, where a return waited for it.
pub(crate) async fn note_return_refunded(
    connection: &mut AnyConnection,
    order: OrderId,
    movement: MovementId,
) -> anyhow::Result<()> {
    sqlx::query(
        "UPDATE order_returns SET state = 'refunded' WHERE order_id = $1 AND movement_id = $2 AND state = 'received'",
    )
    .bind(order.to_string())
    .bind(movement.to_string())
    .execute(connection)
    .await
    .context("noting that a return is refunded")?;
    Ok(())
}

/// Those of some orders that have a return which waits to be received.
pub(crate) async fn asked_among(sql: &Sql, orders: &[OrderId]) -> anyhow::Result<BTreeSet<OrderId>> {
    let keys: Vec<String> = orders.iter().map(OrderId::to_string).collect();
    let mut reader = sql.readers().acquire().await.context("looking for returns")?;
    let statement = "SELECT order_id FROM order_returns WHERE state = 'requested' AND order_id IN";
    let found = rows::with_keys(&mut reader, statement, &keys, "").await?;
    found.iter().map(|row| Ok(row.try_get::<String, _>("order_id")?.parse()?)).collect()
}
