//! What the search index is fed with: products as they are now, and which of them were written
//! lately. Every write of a product stamps it with the clock of who writes, in the transaction that
//! writes it; who follows asks for everything stamped since a moment before its last look, so that
//! a transaction which took its time is not missed. What is seen twice is the same both times.

use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::{CategoryTree, Product, ProductId, Slug};
use jiff::civil::Date;
use surrealdb::types::{SurrealValue, Value};
use tokio::sync::Notify;

use super::GraphCatalog;
use super::card::{Stocked, card_of};
use super::demand::{Demand, demand_for};
use crate::graph::{Walk, from_value, record};

/// A product as the search index takes it in.
#[derive(Debug, Clone)]
pub(crate) struct SearchedProduct {
    pub(crate) product: Product,
    pub(crate) card: ProductCard,
    pub(crate) demand: Demand,
}

/// When a product, or the demand for it, was written last, in milliseconds since 1970 by the writer's clock.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Deserialize)]
pub(crate) struct Change {
    pub(crate) id: ProductId,
    pub(crate) changed_ms: i64,
    /// Both may be written in the same millisecond.
    is_of_demand: bool,
}

#[derive(serde::Deserialize)]
struct Stored {
    document: Product,
    in_stock: bool,
    #[serde(default)]
    waits_until: Option<Date>,
}

impl GraphCatalog {
    /// Told whenever this process has written products.
    pub(crate) fn written(&self) -> Arc<Notify> {
        self.written.clone()
    }

    /// Whether other processes may write products as well, without telling.
    pub(crate) const fn is_shared(&self) -> bool {
        self.graph.is_shared()
    }

    /// All categories, as they are stored.
    pub(crate) async fn stored_tree(&self) -> anyhow::Result<Arc<CategoryTree>> {
        self.read_tree().await
    }

    /// The categories that hold products, and those above them, as they were read lately.
    pub(crate) async fn known_tree(&self) -> anyhow::Result<Arc<CategoryTree>> {
        self.tree().await
    }

    /// The products that were written, or whose demand was, at a moment or after it, the first written first; one
    /// whose demand was written as well is there twice.
    pub(crate) async fn changed_since(&self, moment_ms: i64) -> anyhow::Result<Vec<Change>> {
        let statements = "
            SELECT VALUE { id: record::id(id), changed_ms: changed_ms, is_of_demand: false } FROM product
            WHERE changed_ms >= $moment;
            SELECT VALUE { id: record::id(id), changed_ms: changed_ms, is_of_demand: true } FROM demand
            WHERE changed_ms >= $moment;";
        let mut answer = self.graph.query(statements, &[("moment", moment_ms.into_value())]).await?;
        let rows = [answer.rows::<Value>(0)?, answer.rows(1)?];
        let mut changes: Vec<Change> = rows.into_iter().flatten().map(from_value).collect::<anyhow::Result<_>>()?;
        changes.sort_by_key(|change| change.changed_ms);
        Ok(changes)
    }

    /// Products by their ids, as they are stored, withdrawn ones included.
    pub(crate) async fn searched(&self, ids: &[ProductId]) -> anyhow::Result<Vec<SearchedProduct>> {
        let products: Vec<Value> = ids.iter().map(|id| record("product", id)).collect();
        let statement =
            "SELECT VALUE { document: document, in_stock: in_stock, waits_until: waits_until } FROM $products";
        let mut answer = self.graph.query(statement, &[("products", products.into_value())]).await?;
        let mut demand = demand_for(&self.graph, ids.iter()).await?;
        let searched = |row| {
            let Stored { document: product, in_stock, waits_until } = from_value(row)?;
            let card = card_of(&product, Stocked { in_stock, waits_until });
            let demand = demand.remove(&product.id).unwrap_or_default();
            anyhow::Ok(SearchedProduct { product, card, demand })
        };
        answer.rows::<Value>(0)?.into_iter().map(searched).collect()
    }

    /// The same of products that were written lately. What another process wrote takes the place of what was
    /// in memory, so that whoever finds a product sees what it was found by.
    pub(crate) async fn take_in(&self, ids: &[ProductId]) -> anyhow::Result<Vec<SearchedProduct>> {
        if !self.is_shared() {
            return self.searched(ids).await;
        }
        // Nobody here puts something newer into memory between the two.
        let _writing = self.writing.lock().await;
        let products = self.searched(ids).await?;
        self.cache.take_in(&products).await;
        Ok(products)
    }

    /// All products one after another, withdrawn ones included; see [`GraphCatalog::searched`].
    pub(crate) const fn walk(&self) -> Walk<'_> {
        Walk::through(&self.graph, "product")
    }

    /// How many products are stored, withdrawn ones included.
    pub(crate) async fn stored_count(&self) -> anyhow::Result<u32> {
        self.read_count("product").await
    }

    /// The cards of products that are sold, in the order of the ids; others are left out.
    pub(crate) async fn cards_of(&self, ids: &[ProductId]) -> anyhow::Result<Vec<Arc<ProductCard>>> {
        let mut found = self.find_cards(ids).await?;
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// The products that addresses lead to.
    pub(crate) async fn products_at(&self, addresses: &[Slug]) -> anyhow::Result<HashMap<Slug, ProductId>> {
        #[derive(serde::Deserialize)]
        struct Row {
            slug: Slug,
            product: ProductId,
        }
        let statement = "SELECT VALUE { slug: slug, product: record::id(product) } FROM $addresses";
        let addresses: Vec<Value> = addresses.iter().map(|slug| record("address", slug)).collect();
        let mut answer = self.graph.query(statement, &[("addresses", addresses.into_value())]).await?;
        let rows: anyhow::Result<Vec<Row>> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect();
        Ok(rows?.into_iter().map(|Row { slug, product }| (slug, product)).collect())
    }
}
