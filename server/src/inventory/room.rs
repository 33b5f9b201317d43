use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::ports::{InventoryUnavailable, StockRoom};
use domain::inventory::{
    Bundle, BundleError, Bundling, Cause, CountError, CountId, LOW_STOCK_UNITS, LocationId, MOVEMENTS_PER_PAGE,
    MovementId, MovementPage, MovementReason, Reference, STOCK_PER_PAGE, SaleTerms, Stock, StockChange, StockCount,
    StockEntry, StockFilter, StockPage, StockQuery, StockTotals, TermsError, UnitsOnHand, Written, with_sums,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tokio::sync::Notify;

use super::bundle::{bundling_of, set_bundle};
use super::count::{self, recount, stock_of};
use super::policy::{read_terms, set_terms};
use crate::fault::{at_boundary, refused_or_told};
use crate::import::count_sheet;
use crate::sql::{Sql, pattern_of, rows};

/// The stock as those who run the store see and count it.
#[derive(Debug, Clone)]
pub(crate) struct SqlStockRoom {
    sql: Sql,
    /// Wakes the relay when something was published.
    published: Arc<Notify>,
}

impl SqlStockRoom {
    pub(crate) const fn new(sql: Sql, published: Arc<Notify>) -> Self {
        Self { sql, published }
    }

    async fn read_list(&self, query: &StockQuery) -> anyhow::Result<StockPage> {
        // What is low is a question of each SKU.
        let most = if query.filter == StockFilter::Low { "COALESCE(low_units, $2)" } else { "$2" };
        let mut statement = format!(
            "SELECT sku, on_hand, reserved, allocated, beyond, is_bundle, low_units FROM stock
             WHERE sku > $1 AND on_hand - reserved - allocated <= {most} AND (LOWER(sku) LIKE $3 ESCAPE '!'"
        );
        for place in 0..query.titled.len() {
            write!(statement, " OR sku = ${}", place + 5)?;
        }
        // How much there is of a bundle is not on the books.
        let of_all = if query.filter == StockFilter::All { "" } else { " AND is_bundle = 0" };
        write!(statement, "){of_all} ORDER BY sku LIMIT $4")?;
        let mut reading = sqlx::query(AssertSqlSafe(statement))
            .bind(query.after.as_ref().map_or("", Sku::as_str))
            .bind(query.filter.most_units().map_or(i64::MAX, i64::from))
            .bind(pattern_of(query.words.as_str()))
            .bind(i64::try_from(STOCK_PER_PAGE + 1)?);
        for sku in &query.titled {
            reading = reading.bind(sku.as_str());
        }
        let found = reading.fetch_all(self.sql.readers()).await.context("listing stock")?;
        let mut entries = found.iter().map(entry_of).collect::<anyhow::Result<Vec<_>>>()?;
        let has_more = entries.len() > STOCK_PER_PAGE;
        entries.truncate(STOCK_PER_PAGE);
        let next = entries.last().filter(|_| has_more).map(|last| last.sku.clone());
        Ok(StockPage { entries, next })
    }

    async fn read_totals(&self) -> anyhow::Result<StockTotals> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS skus,
                 CAST(COALESCE(SUM(CASE WHEN is_bundle = 0 AND on_hand - reserved - allocated <= COALESCE(low_units, $1)
                     THEN 1 ELSE 0 END), 0) AS BIGINT) AS low,
                 CAST(COALESCE(SUM(CASE WHEN is_bundle = 0 AND on_hand - reserved - allocated <= 0
                     THEN 1 ELSE 0 END), 0) AS BIGINT) AS gone
             FROM stock",
        )
        .bind(i64::from(LOW_STOCK_UNITS))
        .fetch_one(self.sql.readers())
        .await
        .context("counting SKUs")?;
        let count = |name: &str| anyhow::Ok(u32::try_from(row.try_get::<i64, _>(name)?)?);
        Ok(StockTotals { skus: count("skus")?, low: count("low")?, out: count("gone")? })
    }

    async fn read_one(&self, sku: &Sku) -> anyhow::Result<Option<Stock>> {
        let mut reader = self.sql.readers().acquire().await.context("reading stock")?;
        Ok(read_stock(&mut reader, &[sku.to_string()]).await?.remove(sku))
    }

    async fn read_movements(&self, sku: &Sku, before: Option<&MovementId>) -> anyhow::Result<MovementPage> {
        // What moves meanwhile must not come between the movements and their sum.
        let mut snapshot = self.sql.snapshot().await?;
        // Ids are hexadecimal digits: every one of them is less than this.
        let before = before.map_or("g", MovementId::as_str);
        let found = sqlx::query(
            "SELECT stock_movements.id, reason, number, reference, on_hand, reserved, allocated, moved_at, locations.name
             FROM stock_movements LEFT JOIN orders ON orders.id = stock_movements.order_id
                 LEFT JOIN locations ON locations.id = stock_movements.location_id
             WHERE sku = $1 AND stock_movements.id < $2 ORDER BY stock_movements.id DESC LIMIT $3",
        )
        .bind(sku.as_str())
        .bind(before)
        .bind(i64::try_from(MOVEMENTS_PER_PAGE + 1)?)
        .fetch_all(&mut *snapshot)
        .await
        .context("reading movements")?;
        // The stock is the sum of all movements: those that are newer are taken off it.
        let sum = sqlx::query(
            "SELECT CAST(stock.on_hand - COALESCE(SUM(newer.on_hand), 0) AS BIGINT) AS on_hand,
                 CAST(stock.reserved - COALESCE(SUM(newer.reserved), 0) AS BIGINT) AS reserved,
                 CAST(stock.allocated - COALESCE(SUM(newer.allocated), 0) AS BIGINT) AS allocated
             FROM stock LEFT JOIN stock_movements AS newer ON newer.sku = stock.sku AND newer.id >= $2
             WHERE stock.sku = $1 GROUP BY stock.sku, stock.on_hand, stock.reserved, stock.allocated",
        )
        .bind(sku.as_str())
        .bind(before)
        .fetch_optional(&mut *snapshot)
        .await
        .context("summing movements")?;
        let sum = sum.as_ref().map(change_of).transpose()?.unwrap_or_default();
        let mut movements = found.iter().map(written_of).collect::<anyhow::Result<Vec<_>>>()?;
        let has_more = movements.len() > MOVEMENTS_PER_PAGE;
        movements.truncate(MOVEMENTS_PER_PAGE);
        let next = movements.last().filter(|_| has_more).map(|last| last.id.clone());
        Ok(MovementPage { movements: with_sums(sum, movements), next })
    }

    async fn count_one(&self, sku: &Sku, at: LocationId, on_hand: UnitsOnHand, by: &Reference) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        recount(&mut transaction, sku, at, on_hand, Some(by)).await?;
        transaction.commit().await.context("committing a count")
    }
}

/// The stock of some SKUs, as far as they were ever stocked.
pub(super) async fn read_stock(connection: &mut AnyConnection, skus: &[String]) -> anyhow::Result<HashMap<Sku, Stock>> {
    let statement = "SELECT sku, on_hand, reserved, allocated, beyond, is_bundle, low_units FROM stock WHERE sku IN";
    let found = rows::with_keys(connection, statement, skus, "").await?;
    found.iter().map(|row| entry_of(row).map(|StockEntry { sku, stock, .. }| (sku, stock))).collect()
}

fn entry_of(row: &AnyRow) -> anyhow::Result<StockEntry> {
    let low_units = row.try_get::<Option<i64>, _>("low_units")?.map_or(Ok(LOW_STOCK_UNITS), u32::try_from)?;
    Ok(StockEntry { sku: row.try_get::<String, _>("sku")?.parse()?, stock: stock_of(row)?, low_units })
}

fn change_of(row: &AnyRow) -> anyhow::Result<StockChange> {
    Ok(StockChange {
        on_hand: row.try_get("on_hand")?,
        reserved: row.try_get("reserved")?,
        allocated: row.try_get("allocated")?,
    })
}

fn written_of(row: &AnyRow) -> anyhow::Result<Written> {
    let (number, reference): (Option<String>, Option<String>) = (row.try_get("number")?, row.try_get("reference")?);
    let cause = match (number, reference) {
        (Some(number), _) => Cause::Order(number.parse()?),
        (None, Some(reference)) => Cause::Other(reference.parse()?),
        (None, None) => Cause::Feed,
    };
    let moved_at: String = row.try_get("moved_at")?;
    let reason: String = row.try_get("reason")?;
    Ok(Written {
        id: row.try_get::<String, _>("id")?.parse()?,
        reason: MovementReason::from_parameter(&reason).with_context(|| format!("a movement for {reason}"))?,
        change: change_of(row)?,
        cause,
        at: row.try_get::<Option<String>, _>("name")?.map(|name| name.parse()).transpose()?,
        // What was there before movements were written down has the database's own form.
        moved_at: moved_at.parse().or_else(|_| format!("{}Z", moved_at.get(..19).unwrap_or_default()).parse())?,
    })
}

fn told<T>(done: anyhow::Result<T>) -> Result<T, CountError> {
    refused_or_told(done, CountError::Unavailable)
}

#[async_trait]
impl StockRoom for SqlStockRoom {
    async fn list(&self, query: &StockQuery) -> Result<StockPage, InventoryUnavailable> {
        at_boundary(self.read_list(query).await, InventoryUnavailable)
    }

    async fn totals(&self) -> Result<StockTotals, InventoryUnavailable> {
        at_boundary(self.read_totals().await, InventoryUnavailable)
    }

    async fn find(&self, sku: &Sku) -> Result<Option<Stock>, InventoryUnavailable> {
        at_boundary(self.read_one(sku).await, InventoryUnavailable)
    }

    async fn terms(&self, sku: &Sku) -> Result<SaleTerms, InventoryUnavailable> {
        at_boundary(read_terms(&self.sql, sku).await, InventoryUnavailable).map(Option::unwrap_or_default)
    }

    async fn set_terms(&self, sku: &Sku, terms: SaleTerms, by: &Reference) -> Result<(), TermsError> {
        let set = refused_or_told(set_terms(&self.sql, sku, terms).await, TermsError::Unavailable);
        if set.is_ok() {
            tracing::info!(%sku, %by, ?terms, "set how something is sold");
        }
        self.published.notify_one();
        set
    }

    async fn bundling(&self, sku: &Sku) -> Result<Bundling, InventoryUnavailable> {
        at_boundary(bundling_of(&self.sql, sku).await, InventoryUnavailable)
    }

    async fn set_bundle(&self, sku: &Sku, bundle: Option<&Bundle>, by: &Reference) -> Result<(), BundleError> {
        let set = refused_or_told(set_bundle(&self.sql, sku, bundle, Some(by)).await, BundleError::Unavailable);
        if set.is_ok() {
            let parts = bundle.map(Bundle::typed).unwrap_or_default();
            tracing::info!(%sku, %by, %parts, "set what something is made of");
        }
        self.published.notify_one();
        set
    }

    async fn movements(&self, sku: &Sku, before: Option<&MovementId>) -> Result<MovementPage, InventoryUnavailable> {
        at_boundary(self.read_movements(sku, before).await, InventoryUnavailable)
    }

    async fn count(&self, sku: &Sku, at: LocationId, on_hand: UnitsOnHand, by: &Reference) -> Result<(), CountError> {
        let counted = told(self.count_one(sku, at, on_hand, by).await);
        self.published.notify_one();
        counted
    }

    async fn open_count(&self, text: &str, by: &Reference) -> Result<CountId, CountError> {
        told(count::open(&self.sql, count_sheet(text)?, by).await)
    }

    async fn read_count(&self, id: CountId) -> Result<Option<StockCount>, InventoryUnavailable> {
        at_boundary(count::read(&self.sql, id).await, InventoryUnavailable)
    }

    async fn apply_count(&self, id: CountId, by: &Reference) -> Result<u32, CountError> {
        let applied = told(count::apply(&self.sql, id, by).await);
        self.published.notify_one();
        applied
    }

    async fn drop_count(&self, id: CountId) -> Result<(), CountError> {
        told(count::drop_open(&self.sql, id).await)
    }
}
