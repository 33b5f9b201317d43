//! Sagas that wait: for a server that takes them up, for the end of a pause, or for an operator.

use anyhow::Context;
use domain::checkout::saga::{Event, Saga};
use domain::checkout::{HeldUp, LONGEST_WAIT_MS};
use domain::operator::{DeskError, SetAside, Why};
use domain::order::{OrderId, OrderNumber, OrderState};
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use super::audit::SET_ASIDE;
use super::giving_up::give_up;
use super::saga_log::{insert_event, read};
use crate::sql::{MAX_CLOCK_SKEW_MS, Sql, latest_lease_ms, now_ms};

/// Sagas that recovery takes up at once.
pub(super) const RECOVERY_BATCH: i64 = 100;

/// The next purchases after an order whose sagas have no end yet, at most [`RECOVERY_BATCH`]: those
/// that no other living server drives and whose pause is over, or was noted by a clock that was set back, or
/// of whose payment was heard since they were taken up.
pub(super) async fn unfinished(sql: &Sql, server: &str, after: &str) -> anyhow::Result<Vec<(OrderId, String)>> {
    let statement = "SELECT order_id, purchase FROM sagas
                     WHERE finished = 0 AND set_aside = 0
                         AND (not_before_ms <= $1 OR not_before_ms > $5 OR heard = 1)
                         AND order_id > $2 AND (taken_by = $3 OR NOT EXISTS (
                             SELECT 1 FROM leases
                             WHERE name = sagas.taken_by AND until_ms > $1 AND until_ms <= $6))
                     ORDER BY order_id LIMIT $4";
    let now = now_ms();
    let rows = sqlx::query(statement)
        .bind(now)
        .bind(after)
        .bind(server)
        .bind(RECOVERY_BATCH)
        .bind(now + LONGEST_WAIT_MS + MAX_CLOCK_SKEW_MS)
        .bind(latest_lease_ms(now))
        .fetch_all(sql.readers())
        .await
        .context("looking for unfinished sagas")?;
    rows.into_iter().map(|row| Ok((row.try_get::<String, _>("order_id")?.parse()?, row.try_get("purchase")?))).collect()
}

/// Notes that something happened to the payment of an order; `false` where nothing goes on with the order.
pub(super) async fn hear(sql: &Sql, order: OrderId) -> anyhow::Result<bool> {
    let mut transaction = sql.begin().await?;
    let heard = sqlx::query("UPDATE sagas SET heard = 1 WHERE order_id = $1 AND finished = 0")
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("noting that something happened to a payment")?;
    transaction.commit().await.context("committing what was heard of a payment")?;
    Ok(heard.rows_affected() == 1)
}

/// Takes a saga for a server; `false` when it has ended or another living server was faster. It waits no more,
/// also where the server dies at once, and what was heard of its payment by now is done with: whoever takes it
/// asks the gateway afterwards.
pub(super) async fn claim(sql: &Sql, server: &str, order: OrderId) -> anyhow::Result<bool> {
    let now = now_ms();
    let mut transaction = sql.begin().await?;
    let taken = sqlx::query(
        "UPDATE sagas SET taken_by = $1, heard = 0, not_before_ms = 0
         WHERE order_id = $2 AND finished = 0 AND set_aside = 0 AND (taken_by = $1 OR NOT EXISTS (
             SELECT 1 FROM leases WHERE name = sagas.taken_by AND until_ms > $3 AND until_ms <= $4))",
    )
    .bind(server)
    .bind(order.to_string())
    .bind(now)
    .bind(latest_lease_ms(now))
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

/// Leaves a saga to whoever hears of its payment first; recovery takes it up when the moment has passed, or
/// after the longest wait, for the clock may have been set back since the moment was set.
pub(super) async fn let_wait(sql: &Sql, order: OrderId, until: Timestamp) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE sagas SET taken_by = NULL, not_before_ms = $1 WHERE order_id = $2")
        .bind(until.as_millisecond().min(now_ms() + LONGEST_WAIT_MS))
        .bind(order.to_string())
        .execute(&mut *transaction)
        .await
        .context("letting a saga wait for its shopper")?;
    transaction.commit().await.context("committing what waits for its shopper")
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

/// The purchases that wait for an operator, the oldest first, at most [`SetAside::MAX_SHOWN`].
pub(crate) async fn list_set_aside(sql: &Sql) -> anyhow::Result<Vec<SetAside>> {
    let rows = sqlx::query(
        "SELECT order_id, number, state, last_error FROM sagas JOIN orders ON orders.id = sagas.order_id
         WHERE finished = 0 AND set_aside = 1 ORDER BY order_id LIMIT $1",
    )
    .bind(i64::from(SetAside::MAX_SHOWN))
    .fetch_all(sql.readers())
    .await
    .context("looking for what is set aside")?;
    let mut set_aside = Vec::with_capacity(rows.len());
    for row in rows {
        let (state, order): (String, String) = (row.try_get("state")?, row.try_get("order_id")?);
        // A log that can't be read leaves one way on: to mend it.
        let saga = read(sql, order.parse()?).await.map(|log| Saga::replay(&log)).unwrap_or_default();
        set_aside.push(SetAside {
            number: row.try_get::<String, _>("number")?.parse()?,
            state: OrderState::from_parameter(&state).with_context(|| format!("an order can't be {state}"))?,
            why: Why::noted(row.try_get::<Option<String>, _>("last_error")?.as_deref()),
            can_be_undone: saga.can_be_given_up(),
            can_be_settled: saga.is_set_aside(),
        });
    }
    Ok(set_aside)
}

/// How many purchases wait for an operator.
pub(crate) async fn count_set_aside(sql: &Sql) -> anyhow::Result<u64> {
    let counting = sqlx::query_scalar(SET_ASIDE).fetch_one(sql.readers());
    let count: i64 = counting.await.context("counting what is set aside")?;
    Ok(u64::try_from(count)?)
}

/// Takes a purchase up again that was set aside: an open store goes on with it within seconds after the
/// transaction.
///
/// # Errors
/// [`DeskError::NotSetAside`] when no purchase of that number is set aside.
pub(crate) async fn resume(connection: &mut AnyConnection, sql: &Sql, number: OrderNumber) -> anyhow::Result<()> {
    let order = find(sql, number).await?;
    take_up_again(connection, order, number).await?;
    let log = read(sql, order).await?;
    // Where the gateway never answered, the saga itself ends in being set aside.
    if Saga::replay(&log).is_set_aside() {
        insert_event(connection, order, log.len(), &Event::Resumed).await?;
    }
    Ok(())
}

/// Gives a purchase up that was set aside and is not paid: its units go back to the shelf, and an open
/// store lets go of what the gateway turns out to hold.
///
/// # Errors
/// [`DeskError::NotSetAside`], or [`DeskError::CantUndo`] where there is nothing to be given up.
pub(crate) async fn undo(connection: &mut AnyConnection, sql: &Sql, number: OrderNumber) -> anyhow::Result<()> {
    let order = find(sql, number).await?;
    take_up_again(connection, order, number).await?;
    let log = read(sql, order).await?;
    if !give_up(connection, sql, order).await? {
        return Err(DeskError::CantUndo.into());
    }
    if Saga::replay(&log).is_set_aside() {
        insert_event(connection, order, log.len() + 1, &Event::Resumed).await?;
    }
    Ok(())
}

/// Ends a purchase, or a cancellation, whose gateway never answered, without asking it any more: an
/// operator has seen to it that no money is held.
///
/// # Errors
/// [`DeskError::NotSetAside`], or [`DeskError::CantSettle`] where it is not the gateway that holds it up.
pub(crate) async fn settle_by_hand(
    connection: &mut AnyConnection,
    sql: &Sql,
    number: OrderNumber,
) -> anyhow::Result<()> {
    let order = find(sql, number).await?;
    take_up_again(connection, order, number).await?;
    let log = read(sql, order).await?;
    if !Saga::replay(&log).is_set_aside() {
        return Err(DeskError::CantSettle.into());
    }
    insert_event(connection, order, log.len(), &Event::SettledByHand).await
}

async fn find(sql: &Sql, number: OrderNumber) -> anyhow::Result<OrderId> {
    let found = sqlx::query("SELECT id FROM orders WHERE number = $1")
        .bind(number.to_string())
        .fetch_optional(sql.readers())
        .await
        .context("looking for an order")?;
    let found = found.ok_or(DeskError::NotSetAside).with_context(|| format!("there is no order {number}"))?;
    Ok(found.try_get::<String, _>("id")?.parse()?)
}

async fn take_up_again(connection: &mut AnyConnection, order: OrderId, number: OrderNumber) -> anyhow::Result<()> {
    let taken_up = sqlx::query(
        "UPDATE sagas SET set_aside = 0, held_up = 0, not_before_ms = 0
         WHERE order_id = $1 AND finished = 0 AND set_aside = 1",
    )
    .bind(order.to_string())
    .execute(connection)
    .await
    .context("taking a saga up again")?;
    if taken_up.rows_affected() == 1 {
        return Ok(());
    }
    Err(DeskError::NotSetAside).with_context(|| format!("{number} is not set aside"))
}
