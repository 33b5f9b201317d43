//! Purchases that nobody waits for any more: their time is over, or an operator undoes them.

use anyhow::Context;
use domain::checkout::saga::{Event, Saga};
use domain::inventory::{MAX_RESERVATION_MS, RESERVATION_LIFE_MS, reservation_is_over};
use domain::order::OrderId;
use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::SqlCheckout;
use super::saga_log::{Overtaken, insert_event, publish_turns, read};
use super::walk::{next_after, walk};
use crate::inventory;
use crate::sql::Sql;

/// Purchases that are given up in one look.
const BATCH: i64 = 100;

impl SqlCheckout {
    /// Ends reservations whose time is over, at start and ever after: the units go back to the shelf, and
    /// whoever drives the purchase sees to it that no money stays held for it.
    pub(crate) async fn end_reservations(self) {
        walk("looking after reservations", |after| self.look_after_reservations(after)).await;
    }

    /// Gives up the next purchases after an order, and answers after which one to go on.
    async fn look_after_reservations(&self, after: String) -> anyhow::Result<String> {
        let now = Timestamp::now();
        let found = reserved_too_long(&self.parts.sql, now, &after).await?;
        let next = next_after(&found, BATCH, |(order, ..)| order.to_string())?;
        for (order, placed_at, seen_at) in found {
            if !reservation_is_over(placed_at, seen_at, now) {
                continue;
            }
            match self.give_up_in_time(order).await {
                Ok(()) => {}
                // Whoever drives it was faster: there is another look.
                Err(fault) if fault.is::<Overtaken>() => {}
                Err(fault) => tracing::error!(%order, "a purchase can't be given up: {fault:#}"),
            }
        }
        Ok(next)
    }

    async fn give_up_in_time(&self, order: OrderId) -> anyhow::Result<()> {
        let sql = &self.parts.sql;
        let mut transaction = sql.begin().await?;
        if give_up(&mut transaction, sql, order).await? {
            transaction.commit().await.context("committing what is given up")?;
            tracing::warn!(%order, "a purchase was not paid in time: its units are sold again");
            self.parts.published.notify_one();
        }
        Ok(())
    }
}

/// The next orders after one whose units are reserved longer than they may be, with the moment each was
/// placed, and that of the last sign of life of its shopper. A second too many is asked for, since texts of moments
/// are compared.
async fn reserved_too_long(
    sql: &Sql,
    now: Timestamp,
    after: &str,
) -> anyhow::Result<Vec<(OrderId, Timestamp, Timestamp)>> {
    let before = |ms: i64| now - SignedDuration::from_millis(ms - 1_000);
    let found = sqlx::query(
        "SELECT orders.id, placed_at, seen_at_ms FROM sagas JOIN orders ON orders.id = sagas.order_id
         WHERE finished = 0 AND orders.state = 'pending' AND placed_at < $1 AND orders.id > $2
             AND (seen_at_ms < $4 OR placed_at < $5) AND EXISTS (
             SELECT 1 FROM reservations WHERE reservations.order_id = orders.id AND reservations.state = 'reserved')
         ORDER BY orders.id LIMIT $3",
    )
    .bind(before(RESERVATION_LIFE_MS).to_string())
    .bind(after)
    .bind(BATCH)
    .bind(before(RESERVATION_LIFE_MS).as_millisecond())
    .bind(before(MAX_RESERVATION_MS).to_string())
    .fetch_all(sql.readers())
    .await
    .context("looking for reservations that are over")?;
    let order = |row: &AnyRow| {
        let (id, placed_at): (String, String) = (row.try_get("id")?, row.try_get("placed_at")?);
        anyhow::Ok((id.parse()?, placed_at.parse()?, Timestamp::from_millisecond(row.try_get("seen_at_ms")?)?))
    };
    found.iter().map(order).collect()
}

/// Gives a purchase up: the event in its log, and its units back. `false` when it is paid, has ended, or
/// was given up before.
///
/// # Errors
/// [`Overtaken`] when its driver stored an event at the same moment.
pub(super) async fn give_up(connection: &mut AnyConnection, sql: &Sql, order: OrderId) -> anyhow::Result<bool> {
    let log = read(sql, order).await?;
    if !Saga::replay(&log).can_be_given_up() {
        return Ok(false);
    }
    insert_event(connection, order, log.len(), &Event::GivenUp).await?;
    let turns = inventory::expire(connection, order).await?;
    publish_turns(connection, turns).await?;
    Ok(true)
}
