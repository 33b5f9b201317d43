use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use async_trait::async_trait;
use domain::browsing::Viewer;
use domain::catalog::Sku;
use domain::order::OrderId;
use sqlx::AnyConnection;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::waiting::{Failure, Share, WaitingRow, pause_ms};
use super::{Fact, publish};
use crate::alert::DueAlerts;
use crate::browsing::GraphBrowsing;
use crate::cart::GraphCarts;
use crate::catalog::Shelving;
use crate::checkout::Drafts;
use crate::order::{OrderGraph, SqlOrders, rebuild_page};
use crate::review::GraphReviews;
use crate::sql::{GroupCommit, LEASE_MS, Leases, Queue, Sql, Write, now_ms, rows};
use crate::wish_list::GraphWishLists;

/// Who has it delivers; everybody else waits.
pub(crate) const RELAYING: &str = "outbox";
/// A delivery that takes longer has failed, so that none outlasts the lease it began under.
const DELIVERY_TIMEOUT_MS: i64 = LEASE_MS * 2 / 3;
const BATCH_ROWS: i64 = 256;
/// Whoever is woken waits for those that come right after: many go to the graph at once.
const GATHERING_PAUSE: Duration = Duration::from_millis(50);
/// How long the lease is kept while nothing comes: taking and leaving it is a wait for the disk each.
const LINGERING: Duration = Duration::from_secs(1);
/// How long the relay sleeps while it has the lease, for other servers can't deliver their events and
/// don't wake it.
const LOOK_PAUSE: Duration = Duration::from_millis(250);
/// How often a row is tried before it is dead.
const MAX_ATTEMPTS: i64 = 12;
const LONGEST_PAUSE_MS: i64 = 30_000;
/// All but letters. A row waits behind an older one of its key.
const SHARE: Share = Share {
    condition: "consumer <> 'mail'",
    when: "NOT EXISTS (
        SELECT 1 FROM outbox AS older
        WHERE older.key = outbox.key AND older.id < outbox.id AND older.dead = 0
            AND older.consumer <> 'mail' AND older.not_before_ms > $1 AND older.not_before_ms <= $3)",
    longest_pause_ms: LONGEST_PAUSE_MS,
};
/// How long the relay sleeps when nobody wakes it: so much later, at most, is heard what a command beside an open
/// store changes. Each look asks the outbox twice, by an index, and the outbox is empty then.
const IDLE_PAUSE: Duration = Duration::from_millis(500);
/// How long it sleeps while failed rows wait.
const RETRY_PAUSE: Duration = Duration::from_millis(250);
const FAULT_PAUSE: Duration = Duration::from_secs(30);

/// Carries the outbox to its consumers. Of several servers one does at a time, under a lease: two that
/// read what is now and write it could each overwrite the newer with the older.
#[derive(Debug)]
pub(crate) struct Relay {
    sql: Sql,
    leases: Leases,
    consumers: Consumers,
    forgetting: Arc<Queue<Forget>>,
    wake: Arc<Notify>,
    /// Wakes the post.
    posted: Arc<Notify>,
}

/// Who hears of events, and what they are told from.
#[derive(Debug)]
pub(crate) struct Consumers {
    pub(crate) shelving: Shelving,
    pub(crate) orders: SqlOrders,
    pub(crate) order_graph: OrderGraph,
    pub(crate) reviews: GraphReviews,
    pub(crate) wish_lists: GraphWishLists,
    pub(crate) carts: GraphCarts,
    pub(crate) drafts: Drafts,
    pub(crate) browsing: GraphBrowsing,
    pub(crate) alerts: DueAlerts,
}

/// Takes events off the outbox that were delivered, by their ids.
struct Forget;

#[async_trait]
impl Write for Forget {
    type Job = Vec<String>;
    type Outcome = ();

    async fn write(&self, connection: &mut AnyConnection, jobs: &[Vec<String>]) -> anyhow::Result<Vec<()>> {
        rows::with_keys(connection, "DELETE FROM outbox WHERE id IN", &jobs.concat(), "").await?;
        Ok(vec![(); jobs.len()])
    }
}

impl Relay {
    /// `wake` is told of new events, and `posted` tells the post of them.
    pub(crate) fn new(
        sql: Sql,
        leases: Leases,
        consumers: Consumers,
        [wake, posted]: [Arc<Notify>; 2],
        commits: &mut GroupCommit,
    ) -> Self {
        Self { sql, leases, consumers, forgetting: commits.queue(Forget), wake, posted }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let (mut pause, mut until_ms, mut used) = (IDLE_PAUSE, None, Instant::now());
        loop {
            tokio::select! {
                () = self.wake.notified() => {
                    self.posted.notify_one();
                    tokio::time::sleep(GATHERING_PAUSE).await;
                }
                () = tokio::time::sleep(pause) => {}
            }
            pause = match self.drain(&mut until_ms, &mut used).await {
                Ok(false) if until_ms.is_some() => LOOK_PAUSE,
                Ok(false) => IDLE_PAUSE,
                Ok(true) => RETRY_PAUSE,
                Err(fault) => {
                    tracing::error!("relaying events: {fault:#}");
                    FAULT_PAUSE
                }
            };
        }
    }

    /// Delivers what is due; answers whether rows wait for another attempt. The lease, if any, lasts until
    /// a moment; it is left to others when nothing was due for a while since it was used.
    async fn drain(&self, until_ms: &mut Option<i64>, used: &mut Instant) -> anyhow::Result<bool> {
        if SHARE.due(&self.sql, 1).await?.is_empty() {
            if used.elapsed() >= LINGERING && until_ms.take().is_some() {
                self.leases.give_back(RELAYING).await?;
            }
        } else if self.holds_lease(until_ms).await? {
            self.deliver_due(until_ms).await?;
            *used = Instant::now();
        } else {
            return Ok(true);
        }
        SHARE.waits(&self.sql, 1).await
    }

    /// Takes or renews the lease unless it outlasts one more delivery. One that lasts longer than any is nobody's:
    /// the clock was set back.
    async fn holds_lease(&self, until_ms: &mut Option<i64>) -> anyhow::Result<bool> {
        let outlasts = |until_ms: i64| (DELIVERY_TIMEOUT_MS + 1..=LEASE_MS).contains(&(until_ms - now_ms()));
        if !until_ms.is_some_and(outlasts) {
            *until_ms = self.leases.take(RELAYING).await?;
        }
        Ok(until_ms.is_some())
    }

    /// Delivers what is due until there is nothing more or the lease is lost.
    async fn deliver_due(&self, until_ms: &mut Option<i64>) -> anyhow::Result<()> {
        loop {
            let rows = SHARE.due(&self.sql, BATCH_ROWS).await?;
            let is_full = i64::try_from(rows.len())? == BATCH_ROWS;
            if !self.holds_lease(until_ms).await? {
                return Ok(());
            }
            let mut failed_keys = HashSet::new();
            for row in self.deliver_orders(rows).await? {
                if failed_keys.contains(&row.key) {
                    continue;
                }
                if !self.holds_lease(until_ms).await? {
                    return Ok(());
                }
                match self.in_time(self.deliver(&row.payload)).await {
                    Ok(()) => self.forget(vec![row]).await?,
                    Err(fault) => {
                        let attempts = row.attempts + 1;
                        tracing::warn!(key = row.key, attempts, "an event was not delivered: {fault:#}");
                        self.note_failure(&row, attempts, &fault).await?;
                        failed_keys.insert(row.key);
                    }
                }
            }
            if !is_full {
                return Ok(());
            }
        }
    }

    /// Delivers what is told of orders all at once. Answers what is left to be delivered one by one: other
    /// events, and all of them where that failed.
    async fn deliver_orders(&self, rows: Vec<WaitingRow>) -> anyhow::Result<Vec<WaitingRow>> {
        let orders: HashSet<OrderId> = rows.iter().filter_map(WaitingRow::order).collect();
        if orders.is_empty() {
            return Ok(rows);
        }
        let orders: Vec<OrderId> = orders.into_iter().collect();
        if let Err(fault) = self.in_time(self.put_orders(&orders)).await {
            tracing::warn!("{} events are delivered one by one: {fault:#}", rows.len());
            return Ok(rows);
        }
        let (delivered, left): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.order().is_some());
        self.forget(delivered).await?;
        Ok(left)
    }

    /// Notes that events were delivered.
    async fn forget(&self, rows: Vec<WaitingRow>) -> anyhow::Result<()> {
        self.forgetting.write(rows.into_iter().map(|row| row.id).collect()).await
    }

    async fn in_time(&self, delivering: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
        let limit = Duration::from_millis(DELIVERY_TIMEOUT_MS.unsigned_abs());
        timeout(limit, delivering).await.context("a consumer took too long")?
    }

    async fn deliver(&self, payload: &str) -> anyhow::Result<()> {
        match serde_json::from_str(payload).context("reading an event")? {
            Fact::OrderChanged { order } => self.put_orders(&[order]).await,
            Fact::ContactForgotten { order } => {
                let Consumers { orders, order_graph, .. } = &self.consumers;
                order_graph.put_anew(&orders.load_all(&[order]).await?).await
            }
            Fact::GraphRebuilt { after } => self.rebuild(after).await,
            Fact::PurchaseUndone { order } => self.undo_purchase(order).await,
            // The event says that something turned; what it is now is asked, so that late and
            // repeated events do no harm.
            Fact::StockTurned { sku } => {
                let bundles = self.consumers.shelving.follow_stock(&sku).await?;
                for sku in bundles.iter().chain([&sku]) {
                    self.tell_who_waits(sku).await?;
                }
                Ok(())
            }
            Fact::OfferChanged { sku } => self.tell_who_waits(&sku).await,
            Fact::AlertDue { .. } => bail!("an alert that is due is for the post"),
            Fact::AccountClosed { account, cart } => {
                if let Some(cart) = cart {
                    self.consumers.drafts.forget(cart).await?;
                    self.consumers.carts.forget(cart).await?;
                }
                self.consumers.browsing.remove_all(Viewer::Account(account)).await?;
                self.consumers.reviews.forget_all(account).await?;
                self.consumers.wish_lists.forget(account).await
            }
        }
    }

    /// Lets the post write to those who waited for a SKU, where it is sold now as they want it.
    async fn tell_who_waits(&self, sku: &Sku) -> anyhow::Result<()> {
        if self.consumers.alerts.look(sku).await? {
            self.posted.notify_one();
        }
        Ok(())
    }

    /// Takes the mark of a buyer from what was written about the products of an order, sold still or not.
    async fn undo_purchase(&self, order: OrderId) -> anyhow::Result<()> {
        let Consumers { shelving, orders, reviews, .. } = &self.consumers;
        let Some(account) = orders.owner_of(order).await? else { return Ok(()) };
        let order = orders.load(order).await?.context("an order is gone")?;
        let skus: Vec<Sku> = order.lines.into_iter().map(|line| line.sku).collect();
        for (product, skus) in shelving.products_behind(&skus).await? {
            let skus: Vec<Sku> = skus.into_iter().collect();
            reviews.unmark(account, &product, &skus).await?;
        }
        Ok(())
    }

    /// Writes a page of the graph's orders anew, and says that the next one is to be written; after the last one,
    /// what customers have on their lists and saved for later.
    async fn rebuild(&self, after: Option<OrderId>) -> anyhow::Result<()> {
        let Consumers { orders, order_graph, .. } = &self.consumers;
        let rebuilt = rebuild_page(orders, order_graph, after).await?;
        tracing::info!("{} orders of the graph were written anew, {} removed", rebuilt.orders, rebuilt.removed);
        let Some(last) = rebuilt.last else {
            self.consumers.wish_lists.write_saved_anew().await?;
            return self.consumers.carts.write_saved_anew().await;
        };
        let mut transaction = self.sql.begin().await?;
        publish(&mut transaction, &[Fact::GraphRebuilt { after: Some(last) }]).await?;
        transaction.commit().await.context("saying that the next page is to be written")?;
        self.wake.notify_one();
        Ok(())
    }

    /// Takes orders into the graph as they are now.
    async fn put_orders(&self, orders: &[OrderId]) -> anyhow::Result<()> {
        self.consumers.order_graph.put(&self.consumers.orders.load_all(orders).await?).await
    }

    async fn note_failure(&self, row: &WaitingRow, attempts: i64, fault: &anyhow::Error) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        let failure = Failure {
            attempts,
            dead: attempts >= MAX_ATTEMPTS,
            pause_ms: pause_ms(attempts, LONGEST_PAUSE_MS),
            why: format!("{fault:#}"),
        };
        failure.note(&mut transaction, &row.id).await?;
        transaction.commit().await.context("noting a failed event")
    }
}
