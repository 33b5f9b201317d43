//! Inventory: keeps stock in SQL. Only this module writes the tables `stock`, `stock_movements`
//! and `reservations`; the checkout's transactions call its statements, so that stock and order
//! change together. Every change of stock is written down as a movement.

mod audit;
pub(crate) mod live;
mod movement;
mod reservation;

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::ports::{Inventory, InventoryUnavailable};
use domain::inventory::{AvailableUnits, Movement, Stock};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::fault::at_boundary;
use crate::sql::Sql;

pub(crate) use audit::RULES;
pub(crate) use reservation::{StockTurn, allocate, give_back, release, reserve};

const SKUS_PER_STATEMENT: usize = 500;

#[derive(Debug, Clone)]
pub(crate) struct SqlInventory {
    sql: Sql,
}

impl SqlInventory {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    pub(crate) async fn read_available(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, AvailableUnits>> {
        // What is not known is not there.
        let mut found: HashMap<Sku, AvailableUnits> =
            skus.iter().map(|sku| (sku.clone(), AvailableUnits::default())).collect();
        for some in skus.chunks(SKUS_PER_STATEMENT) {
            // PostgreSQL wants its placeholders numbered; nothing else is put into the statement.
            let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let statement = format!(
                "SELECT sku, on_hand - reserved - allocated AS available FROM stock WHERE sku IN ({})",
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(statement));
            for sku in some {
                query = query.bind(sku.as_str());
            }
            for row in query.fetch_all(self.sql.readers()).await.context("reading what is available")? {
                let units: i64 = row.try_get("available")?;
                let sku: Sku = row.try_get::<String, _>("sku")?.parse()?;
                found.insert(sku, AvailableUnits(u32::try_from(units.max(0)).unwrap_or(u32::MAX)));
            }
        }
        Ok(found)
    }

    async fn write_on_hand(&self, counts: &[(Sku, u32)]) -> anyhow::Result<()> {
        // In the order in which checkouts lock them, so that neither waits for the other.
        let ordered: BTreeMap<&Sku, u32> = counts.iter().map(|(sku, units)| (sku, *units)).collect();
        let mut transaction = self.sql.begin().await?;
        for (sku, units) in ordered {
            count(&mut transaction, sku, units).await.with_context(|| format!("setting the stock of {sku}"))?;
        }
        transaction.commit().await.context("committing stock")
    }
}

/// Takes in how many units of a SKU are on hand.
async fn count(connection: &mut AnyConnection, sku: &Sku, units: u32) -> anyhow::Result<()> {
    let first = Stock::default().count(units);
    let added = sqlx::query("INSERT INTO stock (sku, on_hand) VALUES ($1, $2) ON CONFLICT (sku) DO NOTHING")
        .bind(sku.as_str())
        .bind(first.map_or(0, |movement| movement.change().on_hand))
        .execute(&mut *connection)
        .await?;
    let is_first = added.rows_affected() == 1;
    let movement = if is_first { first } else { count_again(&mut *connection, sku, units).await? };
    match movement {
        Some(movement) => movement::write(connection, sku, None, movement).await,
        None => Ok(()),
    }
}

async fn count_again(connection: &mut AnyConnection, sku: &Sku, units: u32) -> anyhow::Result<Option<Movement>> {
    // Written to be locked: nobody reserves between reading and counting.
    let statement = "UPDATE stock SET on_hand = on_hand WHERE sku = $1 RETURNING on_hand, reserved, allocated";
    let row = sqlx::query(statement).bind(sku.as_str()).fetch_one(&mut *connection).await?;
    let part = |name: &str| anyhow::Ok(u32::try_from(row.try_get::<i64, _>(name)?)?);
    let stock = Stock::new(part("on_hand")?, part("reserved")?, part("allocated")?)?;
    let Some(movement) = stock.count(units) else { return Ok(None) };
    sqlx::query("UPDATE stock SET on_hand = $1 WHERE sku = $2")
        .bind(i64::from(stock.after(movement)?.on_hand()))
        .bind(sku.as_str())
        .execute(connection)
        .await?;
    Ok(Some(movement))
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
