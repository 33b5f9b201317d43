//! Inventory: keeps stock in SQL. Only this module writes the tables `stock`, `stock_movements`,
//! `stock_counts`, `reservations`, `bundle_parts`, `order_bundle_parts`, `locations`, `stock_places` and
//! `stock_allocations`; the checkout's transactions call its statements, so that stock and order change together.
//! Every change of stock is written down as a movement. Orders are promised what there is at all locations together;
//! where they are sent from follows the movements (`sourcing`), and costs nothing where all of a SKU lies at the
//! first location.

mod audit;
mod bundle;
mod count;
mod ending;
mod exchange;
pub(crate) mod live;
mod location;
mod movement;
mod place;
mod policy;
mod reservation;
mod room;
mod sourcing;

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::ports::{Inventory, InventoryUnavailable};
use domain::inventory::{AvailableUnits, Bundle, OnSale, Supply};
use domain::shipment::store_day;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row};

use crate::fault::at_boundary;
use crate::sql::Sql;
use count::supply;
use policy::{TERMS, on_sale_of};

pub(crate) use audit::RULES;
pub(crate) use bundle::BundleFile;
pub(crate) use count::CountedFile;
pub(crate) use exchange::{Keeping, move_kept, reserve_kept, take_back};
pub(crate) use location::SqlLocations;
pub(crate) use policy::waits;
pub(crate) use reservation::{
    Refused, StockTurn, allocate, dispatch, expire, give_back, give_back_refunded, lock, release, reserve, take,
};
pub(crate) use room::SqlStockRoom;

const SKUS_PER_STATEMENT: usize = 500;

/// What can be bought of some SKUs, bundles among them.
#[derive(Debug)]
pub(crate) struct WithParts {
    /// Of the SKUs, and of the parts of bundles.
    pub(crate) on_sale: HashMap<Sku, OnSale>,
    /// What those are made of that are bundles.
    pub(crate) bundles: HashMap<Sku, Bundle>,
}

#[derive(Debug, Clone)]
pub(crate) struct SqlInventory {
    sql: Sql,
}

impl SqlInventory {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    /// Where stock is kept, and what is told of it.
    pub(crate) const fn sql(&self) -> &Sql {
        &self.sql
    }

    pub(crate) async fn read_available(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, AvailableUnits>> {
        let on_sale = self.read_on_sale(skus).await?;
        Ok(on_sale.into_iter().map(|(sku, on_sale)| (sku, on_sale.available)).collect())
    }

    pub(crate) async fn read_on_sale(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, OnSale>> {
        let mut found = self.read_shelves(skus).await?;
        self.put_together(&mut found).await?;
        Ok(found)
    }

    /// The same, with what is in those that are bundles.
    pub(crate) async fn read_with_parts(&self, skus: &[Sku]) -> anyhow::Result<WithParts> {
        let mut found = self.read_shelves(skus).await?;
        let (bundles, mut on_sale) = self.put_together(&mut found).await?;
        on_sale.extend(found);
        Ok(WithParts { on_sale, bundles })
    }

    /// What lies there of some SKUs themselves: of a bundle nothing.
    async fn read_shelves(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, OnSale>> {
        let today = store_day(Timestamp::now());
        // What is not known is not there.
        let mut found: HashMap<Sku, OnSale> = skus.iter().map(|sku| (sku.clone(), OnSale::default())).collect();
        for some in skus.chunks(SKUS_PER_STATEMENT) {
            // PostgreSQL wants its placeholders numbered; nothing else is put into the statement.
            let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let statement = format!(
                "SELECT sku, on_hand - reserved - allocated AS free, is_bundle, {TERMS} FROM stock WHERE sku IN ({})",
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(statement));
            for sku in some {
                query = query.bind(sku.as_str());
            }
            for row in query.fetch_all(self.sql.readers()).await.context("reading what is available")? {
                found.insert(row.try_get::<String, _>("sku")?.parse()?, on_sale_of(&row, today)?);
            }
        }
        Ok(found)
    }

    async fn write_supply(&self, supplies: &[(Sku, Supply)]) -> anyhow::Result<()> {
        // In the order in which checkouts lock them, so that neither waits for the other.
        let ordered: BTreeMap<&Sku, Supply> = supplies.iter().map(|(sku, supply)| (sku, *supply)).collect();
        let mut transaction = self.sql.begin().await?;
        for (sku, said) in ordered {
            supply(&mut transaction, sku, said).await.with_context(|| format!("setting the stock of {sku}"))?;
        }
        transaction.commit().await.context("committing stock")
    }
}

#[async_trait]
impl Inventory for SqlInventory {
    async fn on_sale(&self, skus: &[Sku]) -> Result<HashMap<Sku, OnSale>, InventoryUnavailable> {
        at_boundary(self.read_on_sale(skus).await, InventoryUnavailable)
    }

    async fn bundles(&self, skus: &[Sku]) -> Result<HashMap<Sku, Bundle>, InventoryUnavailable> {
        at_boundary(self.read_bundles(skus).await, InventoryUnavailable)
    }

    async fn supply(&self, supplies: &[(Sku, Supply)]) -> Result<(), InventoryUnavailable> {
        at_boundary(self.write_supply(supplies).await, InventoryUnavailable)
    }
}
