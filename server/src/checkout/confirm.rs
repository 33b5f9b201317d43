//! How purchases go well and end, many in one transaction.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::checkout::saga::Event;
use domain::order::{OrderId, OrderStep};
use domain::payment::ledger::{Account, Posting};
use domain::pricing::Money;
use sqlx::{AnyConnection, Row};

use super::saga_log::{Entry, insert_events, posting};
use crate::event::{Fact, publish};
use crate::sql::{Write, rows};
use crate::{inventory, order, payment, pricing};

/// An order whose money is held.
pub(super) struct Authorized {
    pub(super) order: OrderId,
    /// On whose side of the books it is held.
    pub(super) by: Account,
    pub(super) total: Money,
    /// The events that are not stored yet, from this position of the log on; the last one confirms it.
    pub(super) position: usize,
    pub(super) events: Vec<Event>,
}

impl<'a> From<&'a Authorized> for Entry<'a> {
    fn from(job: &'a Authorized) -> Self {
        Self { order: job.order, position: job.position, events: &job.events }
    }
}

/// One transaction: orders `confirmed`, reservations to allocations, promotions redeemed, the ledger, the
/// log, the outbox. A saga ends when its cart was cleared up as well.
pub(super) struct Confirm;

#[async_trait]
impl Write for Confirm {
    type Job = Authorized;
    type Outcome = ();

    async fn write(&self, connection: &mut AnyConnection, jobs: &[Authorized]) -> anyhow::Result<Vec<()>> {
        insert_events(connection, &jobs.iter().map(Entry::from).collect::<Vec<_>>()).await?;
        let orders: Vec<OrderId> = jobs.iter().map(|job| job.order).collect();
        order::set_states(connection, &orders, OrderStep::Confirm).await?;
        inventory::allocate(connection, &orders).await?;
        pricing::redeem(connection, &orders).await?;
        let mut postings = Vec::with_capacity(jobs.len());
        for job in jobs {
            postings.extend(posting(job.order, job.by, job.total, Posting::authorization)?);
        }
        payment::post(connection, &postings).await?;
        let facts: Vec<Fact> = orders.iter().map(|order| Fact::OrderChanged { order: *order }).collect();
        publish(connection, &facts).await?;
        Ok(vec![(); jobs.len()])
    }
}

/// A saga whose cart was cleared up after so many events.
pub(super) struct ClearedUp {
    pub(super) order: OrderId,
    pub(super) events: usize,
}

/// Ends sagas. `false` for one whose log has more events by now: the shopper cancelled meanwhile, and the
/// saga goes on.
pub(super) struct End;

#[async_trait]
impl Write for End {
    type Job = ClearedUp;
    type Outcome = bool;

    async fn write(&self, connection: &mut AnyConnection, jobs: &[ClearedUp]) -> anyhow::Result<Vec<bool>> {
        let orders: Vec<String> = jobs.iter().map(|job| job.order.to_string()).collect();
        // Marks them first, for that locks the sagas: who adds to a log was waited for and is seen by the
        // next statement, or marks the saga as unfinished again afterwards.
        rows::with_keys(connection, "UPDATE sagas SET finished = 1 WHERE order_id IN", &orders, "").await?;
        let statement = "SELECT order_id, COUNT(*) AS events FROM saga_events WHERE order_id IN";
        let mut counts = HashMap::with_capacity(jobs.len());
        for row in rows::with_keys(connection, statement, &orders, "GROUP BY order_id").await? {
            counts.insert(row.try_get::<String, _>("order_id")?, usize::try_from(row.try_get::<i64, _>("events")?)?);
        }
        let is_over = |(job, order): (&ClearedUp, &String)| counts.get(order).is_none_or(|count| *count <= job.events);
        let over: Vec<bool> = jobs.iter().zip(&orders).map(is_over).collect();
        let going_on: Vec<String> =
            orders.iter().zip(&over).filter(|(_, over)| !**over).map(|(order, _)| order.clone()).collect();
        rows::with_keys(connection, "UPDATE sagas SET finished = 0 WHERE order_id IN", &going_on, "").await?;
        Ok(over)
    }
}
