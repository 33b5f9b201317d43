use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::inventory::AvailableUnits;
use domain::inventory::ports::Inventory;
use sqlx::Row;
use tokio::sync::Notify;

use super::Fact;
use crate::catalog::GraphCatalog;
use crate::inventory::SqlInventory;
use crate::order::{OrderGraph, SqlOrders};
use crate::sql::Sql;

const BATCH_ROWS: i64 = 100;
/// How often a row is tried before it is dead.
const MAX_ATTEMPTS: i64 = 12;
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long the relay sleeps when nobody wakes it.
const IDLE_PAUSE: Duration = Duration::from_secs(5);

struct WaitingRow {
    id: String,
    key: String,
    payload: String,
    attempts: i64,
}

/// Carries the outbox to its consumers.
#[derive(Debug)]
pub(crate) struct Relay {
    sql: Sql,
    catalog: GraphCatalog,
    inventory: SqlInventory,
    orders: SqlOrders,
    order_graph: OrderGraph,
    wake: Arc<Notify>,
}

impl Relay {
    pub(crate) fn new(
        sql: Sql,
        catalog: GraphCatalog,
        inventory: SqlInventory,
        orders: SqlOrders,
        order_graph: OrderGraph,
        wake: Arc<Notify>,
    ) -> Self {
        Self { sql, catalog, inventory, orders, order_graph, wake }
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
                Ok(0) => IDLE_PAUSE,
                Ok(failures) => backoff(failures),
                Err(fault) => {
                    tracing::error!("relaying events: {fault:#}");
                    LONGEST_PAUSE
                }
            };
        }
    }

    /// Delivers what waits; answers the attempts of the row that failed least often, 0 when all
    /// is delivered.
    async fn drain(&self) -> anyhow::Result<i64> {
        loop {
            let rows = self.waiting().await?;
            let full = i64::try_from(rows.len())? == BATCH_ROWS;
            let mut failed_keys = HashSet::new();
            let mut least_attempts = 0;
            for row in rows {
                if failed_keys.contains(&row.key) {
                    continue;
                }
                match self.deliver(&row.payload).await {
                    Ok(()) => self.forget(&row.id).await?,
                    Err(fault) => {
                        let attempts = row.attempts + 1;
                        tracing::warn!(key = row.key, attempts, "an event was not delivered: {fault:#}");
                        self.note_failure(&row.id, attempts).await?;
                        least_attempts = if least_attempts == 0 { attempts } else { attempts.min(least_attempts) };
                        failed_keys.insert(row.key);
                    }
                }
            }
            if !full || !failed_keys.is_empty() {
                return Ok(least_attempts);
            }
        }
    }

    async fn waiting(&self) -> anyhow::Result<Vec<WaitingRow>> {
        let rows = sqlx::query("SELECT id, key, payload, attempts FROM outbox WHERE dead = 0 ORDER BY id LIMIT $1")
            .bind(BATCH_ROWS)
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
                let available = self.inventory.available(&skus).await?;
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

    async fn note_failure(&self, id: &str, attempts: i64) -> anyhow::Result<()> {
        let dead = attempts >= MAX_ATTEMPTS;
        if dead {
            tracing::error!(id, "an event is dead; an operator has to look at it");
        }
        let mut transaction = self.sql.begin().await?;
        sqlx::query("UPDATE outbox SET attempts = $1, dead = $2 WHERE id = $3")
            .bind(attempts)
            .bind(i64::from(dead))
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await.context("noting a failed event")
    }
}

fn backoff(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or_default();
    SHORTEST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}
