use std::collections::HashMap;

use async_trait::async_trait;
use domain::catalog::ports::CatalogWriter;
use domain::catalog::{Category, Sku};
use domain::inventory::ports::Inventory;

use super::GraphCatalog;
use crate::import::{ImportedProduct, ProductSink};
use crate::inventory::SqlInventory;

/// Puts products onto their shelves: categories and stock first, so that a product that can be seen
/// can be bought.
#[derive(Debug)]
pub(crate) struct Shelving {
    catalog: GraphCatalog,
    inventory: SqlInventory,
}

impl Shelving {
    pub(crate) const fn new(catalog: GraphCatalog, inventory: SqlInventory) -> Self {
        Self { catalog, inventory }
    }

    pub(crate) async fn put(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        let mut categories: HashMap<_, Category> = HashMap::new();
        let mut supplied = Vec::new();
        let mut products = Vec::with_capacity(batch.len());
        for ImportedProduct { product, path, supplies } in batch {
            for category in path.steps() {
                categories.insert(category.id.clone(), category.clone());
            }
            supplied.extend(supplies);
            products.push(product);
        }
        let categories: Vec<Category> = categories.into_values().collect();
        self.catalog.put_categories(&categories).await?;
        self.inventory.supply(&supplied).await?;
        // What a feed counts may be promised to others already: what is left is asked.
        let skus: Vec<Sku> = supplied.into_iter().map(|(sku, _)| sku).collect();
        let available = self.inventory.available(&skus).await?;
        let is_available = |sku: &Sku| available.get(sku).is_some_and(|units| units.0 > 0);
        let products = products.into_iter().map(|product| {
            let in_stock = product.variants.iter().any(|variant| is_available(&variant.sku));
            (product, Some(in_stock))
        });
        for loser in self.catalog.write_products(products.collect()).await? {
            let skus: Vec<Sku> = loser.variants.iter().map(|variant| variant.sku.clone()).collect();
            let available = self.inventory.available(&skus).await?;
            self.catalog.note_stock(&loser, available.values().any(|units| units.0 > 0)).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl ProductSink for Shelving {
    async fn write(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        self.put(batch).await
    }
}
