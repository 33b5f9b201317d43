//! Inventory: keeps stock in SQL. Only this module writes the tables `stock` and `reservations`;
//! the checkout's transactions call its statements, so that stock and order change together.

mod reservation;

use std::collections::HashMap;

use anyhow::Context;
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::AvailableUnits;
use domain::inventory::ports::{Inventory, InventoryUnavailable};
use sqlx::Row;

use crate::fault::at_boundary;
use crate::sql::Sql;

pub(crate) use reservation::{StockTurn, allocate, release, reserve};

#[derive(Debug, Clone)]
pub(crate) struct SqlInventory {
    sql: Sql,
}

impl SqlInventory {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    async fn read_available(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, AvailableUnits>> {
        let mut found = HashMap::with_capacity(skus.len());
        let mut connection = self.sql.readers().acquire().await?;
        for sku in skus {
            let row = sqlx::query("SELECT on_hand - reserved - allocated AS available FROM stock WHERE sku = $1")
                .bind(sku.as_str())
                .fetch_optional(&mut *connection)
                .await?;
            let units: i64 = row.map(|row| row.try_get("available")).transpose()?.unwrap_or_default();
            found.insert(sku.clone(), AvailableUnits(u32::try_from(units.max(0)).unwrap_or(u32::MAX)));
        }
        Ok(found)
    }

    async fn write_on_hand(&self, counts: &[(Sku, u32)]) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        for (sku, units) in counts {
            // What is promised to somebody is there, whatever a feed says.
            sqlx::query(
                "INSERT INTO stock (sku, on_hand) VALUES ($1, $2)
                 ON CONFLICT (sku) DO UPDATE SET on_hand =
                    CASE WHEN excluded.on_hand < stock.reserved + stock.allocated
                         THEN stock.reserved + stock.allocated ELSE excluded.on_hand END",
            )
            .bind(sku.as_str())
            .bind(i64::from(*units))
            .execute(&mut *transaction)
            .await
            .with_context(|| format!("setting the stock of {sku}"))?;
        }
        transaction.commit().await.context("committing stock")
    }
}

#[async_trait]
impl Inventory for SqlInventory {
    async fn available(&self, skus: &[Sku]) -> Result<HashMap<Sku, AvailableUnits>, InventoryUnavailable> {
        at_boundary(self.read_available(skus).await, InventoryUnavailable)
    }

    async fn set_on_hand(&self, counts: &[(Sku, u32)]) -> Result<(), InventoryUnavailable> {
        at_boundary(self.write_on_hand(counts).await, InventoryUnavailable)
    }
}
