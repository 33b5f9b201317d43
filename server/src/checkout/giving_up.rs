//! Purchases that nobody waits for any more: their time is over, or an operator undoes them.

use std::time::Duration;

use anyhow::Context;
use domain::checkout::saga::{Event, Saga};
use domain::inventory::{RESERVATION_LIFE_MS, reservation_is_over};
use domain::order::OrderId;
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Row};

use super::SqlCheckout;
use super::saga_log::{Overtaken, insert_event, publish_turns, read};
use crate::inventory;
use crate::sql::Sql;

const LOOK_INTERVAL: Duration = Duration::from_secs(5);
/// Purchases that are given up in one look.
const BATCH: i64 = 100;

impl SqlCheckout {
    /// Ends reservations whose time is over, at start and ever after: the units go back to the shelf, and
    /// whoever drives the purchase sees to it that no money stays held for it.
    pub(crate) async fn end_reservations(self) {
        loop {
            if let Err(fault) = self.look_after_reservations().await {
                tracing::error!("looking after reservations: {fault:#}");
            }
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
    }

    async fn look_after_reservations(&self) -> anyhow::Result<()> {
        let sql = &self.parts.sql;
        for order in reserved_too_long(sql, Timestamp::now()).await? {
            let mut transaction = sql.begin().await?;
            match give_up(&mut transaction, sql, order).await {
                Ok(true) => {
                    transaction.commit().await.context("committing what is given up")?;
                    tracing::warn!(%order, "a purchase was not paid in time: its units are sold again");
                    self.parts.published.notify_one();
                }
                Ok(false) => {}
                // Whoever drives it was faster: there is another look.
                Err(fault) if fault.is::<Overtaken>() => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}

/// Orders whose units are reserved longer than they may be, the oldest first.
async fn reserved_too_long(sql: &Sql, now: Timestamp) -> anyhow::Result<Vec<OrderId>> {
    // A second too many is asked for, since texts of moments are compared, and looked at exactly below.
    let latest = now - SignedDuration::from_millis(RESERVATION_LIFE_MS - 1_000);
    let found = sqlx::query(
        "SELECT orders.id, placed_at FROM sagas JOIN orders ON orders.id = sagas.order_id
         WHERE finished = 0 AND orders.state = 'pending' AND placed_at < $1 AND EXISTS (
             SELECT 1 FROM reservations WHERE reservations.order_id = orders.id AND reservations.state = 'reserved')
         ORDER BY orders.id LIMIT $2",
    )
    .bind(latest.to_string())
    .bind(BATCH)
    .fetch_all(sql.readers())
    .await
    .context("looking for reservations that are over")?;
    let mut over = Vec::new();
    for row in found {
        if reservation_is_over(row.try_get::<String, _>("placed_at")?.parse()?, now) {
            over.push(row.try_get::<String, _>("id")?.parse()?);
        }
    }
    Ok(over)
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
