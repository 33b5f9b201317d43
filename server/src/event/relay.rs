use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::inventory::AvailableUnits;
use sqlx::Row;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::Fact;
use crate::catalog::GraphCatalog;
use crate::inventory::SqlInventory;
use crate::order::{OrderGraph, SqlOrders};
use crate::sql::{LEASE_MS, Leases, Sql, now_ms};

/// Who has it delivers; everybody else waits.
const LEASE: &str = "outbox";
/// A delivery that takes longer has failed, so that none outlasts the lease it began under.
const DELIVERY_TIMEOUT_MS: i64 = LEASE_MS * 2 / 3;
const BATCH_ROWS: i64 = 100;
/// How often a row is tried before it is dead.
const MAX_ATTEMPTS: i64 = 12;
/// A row that failed waits this long, twice as long the next time, and so on.
const SHORTEST_PAUSE_MS: i64 = 250;
const LONGEST_PAUSE_MS: i64 = 30_000;
/// How long the relay sleeps when nobody wakes it.
const IDLE_PAUSE: Duration = Duration::from_secs(5);
/// How long it sleeps while failed rows wait.
const RETRY_PAUSE: Duration = Duration::from_millis(250);
const FAULT_PAUSE: Duration = Duration::from_secs(30);

struct WaitingRow {
    id: String,
    key: String,
    payload: String,
    attempts: i64,
}

/// Carries the outbox to its consumers. Of several servers one does at a time, under a lease: two that
/// read what is now and write it could each overwrite the newer with the older.
#[derive(Debug)]
pub(crate) struct Relay {
    sql: Sql,
    leases: Leases,
    catalog: GraphCatalog,
    inventory: SqlInventory,
    orders: SqlOrders,
    order_graph: OrderGraph,
    wake: Arc<Notify>,
}

impl Relay {
    pub(crate) fn new(
        sql: Sql,
        leases: Leases,
        catalog: GraphCatalog,
        inventory: SqlInventory,
        orders: SqlOrders,
        order_graph: OrderGraph,
        wake: Arc<Notify>,
    ) -> Self {
        Self { sql, leases, catalog, inventory, orders, order_graph, wake }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let mut pause = IDLE_PAUSE;
        loop {
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
            pause = match self.drain().await {
                Ok(false) => IDLE_PAUSE,
                Ok(true) => RETRY_PAUSE,
                Err(fault) => {
                    tracing::error!("relaying events: {fault:#}");
                    FAULT_PAUSE
                }
            };
        }
    }

    /// Delivers what is due; answers whether rows wait for another attempt.
    async fn drain(&self) -> anyhow::Result<bool> {
        if !self.due(1).await?.is_empty() {
            let Some(until_ms) = self.leases.take(LEASE).await? else { return Ok(true) };
            let delivered = self.deliver_due(until_ms).await;
            self.leases.give_back(LEASE).await?;
            delivered?;
        }
        Ok(self.count_failing().await? > 0)
    }

    /// Delivers what is due under a lease, which is renewed on the way, until there is nothing more or
    /// the lease is lost.
    async fn deliver_due(&self, mut until_ms: i64) -> anyhow::Result<()> {
        loop {
            let rows = self.due(BATCH_ROWS).await?;
            let full = i64::try_from(rows.len())? == BATCH_ROWS;
            let mut failed_keys = HashSet::new();
            for row in rows {
                if failed_keys.contains(&row.key) {
                    continue;
                }
                if until_ms - now_ms() <= DELIVERY_TIMEOUT_MS {
                    let Some(renewed) = self.leases.take(LEASE).await? else { return Ok(()) };
                    until_ms = renewed;
                }
                match self.deliver_in_time(&row.payload).await {
                    Ok(()) => self.forget(&row.id).await?,
                    Err(fault) => {
                        let attempts = row.attempts + 1;
                        tracing::warn!(key = row.key, attempts, "an event was not delivered: {fault:#}");
                        self.note_failure(&row.id, attempts, &fault).await?;
                        failed_keys.insert(row.key);
                    }
                }
            }
            if !full {
                return Ok(());
            }
        }
    }

    async fn deliver_in_time(&self, payload: &str) -> anyhow::Result<()> {
        let limit = Duration::from_millis(DELIVERY_TIMEOUT_MS.unsigned_abs());
        timeout(limit, self.deliver(payload)).await.context("a consumer took too long")?
    }

    /// The oldest rows that may be tried now. A row waits behind an older one of its key.
    async fn due(&self, limit: i64) -> anyhow::Result<Vec<WaitingRow>> {
        let rows = sqlx::query(
            "SELECT id, key, payload, attempts FROM outbox
             WHERE dead = 0 AND not_before_ms <= $1 AND NOT EXISTS (
                 SELECT 1 FROM outbox AS older
                 WHERE older.key = outbox.key AND older.id < outbox.id AND older.dead = 0 AND older.not_before_ms > $1)
             ORDER BY id LIMIT $2",
        )
        .bind(now_ms())
        .bind(limit)
        .fetch_all(self.sql.readers())
        .await
        .context("reading the outbox")?;
        rows.into_iter()
            .map(|row| {
                Ok(WaitingRow {
                    id: row.try_get("id")?,
                    key: row.try_get("key")?,
                    payload: row.try_get("payload")?,
                    attempts: row.try_get("attempts")?,
                })
            })
            .collect()
    }

    async fn count_failing(&self) -> anyhow::Result<i64> {
        let row = sqlx::query("SELECT COUNT(*) AS failing FROM outbox WHERE dead = 0 AND attempts > 0")
            .fetch_one(self.sql.readers())
            .await
            .context("counting the outbox")?;
        Ok(row.try_get("failing")?)
    }

    async fn deliver(&self, payload: &str) -> anyhow::Result<()> {
        match serde_json::from_str(payload).context("reading an event")? {
            Fact::OrderChanged { order } => match self.orders.load(order).await? {
                Some(order) => self.order_graph.put(&order).await,
                None => Ok(()),
            },
            // The event says that something turned; what it is now is asked, so that late and
            // repeated events do no harm.
            Fact::StockTurned { sku } => {
                let Some(product) = self.catalog.product_of(&sku).await? else { return Ok(()) };
                let skus: Vec<_> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
                let available = self.inventory.read_available(&skus).await?;
                let in_stock = available.values().any(|units| *units > AvailableUnits(0));
                self.catalog.note_stock(&product, in_stock).await
            }
        }
    }

    async fn forget(&self, id: &str) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM outbox WHERE id = $1").bind(id).execute(&mut *transaction).await?;
        transaction.commit().await.context("taking an event off the outbox")
    }

    async fn note_failure(&self, id: &str, attempts: i64, fault: &anyhow::Error) -> anyhow::Result<()> {
        let dead = attempts >= MAX_ATTEMPTS;
        if dead {
            tracing::error!(id, "an event is dead; an operator has to look at it");
        }
        let mut transaction = self.sql.begin().await?;
        sqlx::query("UPDATE outbox SET attempts = $1, dead = $2, not_before_ms = $3, last_error = $4 WHERE id = $5")
            .bind(attempts)
            .bind(i64::from(dead))
            .bind(now_ms() + pause_ms(attempts))
            .bind(format!("{fault:#}"))
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await.context("noting a failed event")
    }
}

fn pause_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or_default();
    (SHORTEST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS)
}
