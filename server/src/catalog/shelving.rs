use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::catalog::ports::CatalogWriter;
use domain::catalog::{Category, Product, ProductId, Sku};
use domain::inventory::AvailableUnits;
use domain::inventory::ports::Inventory;

use super::GraphCatalog;
use crate::import::{ImportedProduct, ProductSink};
use crate::inventory::SqlInventory;

/// How often stock is looked at again because it turned while it was noted.
const MAX_LOOKS: u32 = 16;

/// Puts products onto their shelves: categories and stock first, so that a product that can be seen
/// can be bought. Whoever notes in the catalog whether a product can be bought does it here, and looks at
/// the stock again afterwards: an import and the relay may note the same product at the same time, and
/// what was read first may be written last.
#[derive(Debug)]
pub(crate) struct Shelving {
    catalog: GraphCatalog,
    inventory: SqlInventory,
}

/// What was noted of a product's stock.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) skus: Vec<Sku>,
    pub(super) in_stock: bool,
}

impl Shelving {
    pub(crate) const fn new(catalog: GraphCatalog, inventory: SqlInventory) -> Self {
        Self { catalog, inventory }
    }

    /// As [`GraphCatalog::products_behind`].
    pub(crate) async fn products_behind(&self, skus: &[Sku]) -> anyhow::Result<HashMap<ProductId, BTreeSet<Sku>>> {
        self.catalog.products_behind(skus).await
    }

    pub(crate) async fn put(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        let noted = self.write_batch(batch).await?;
        self.look_again(&noted).await
    }

    /// Writes products with their stock. Answers what was noted of it.
    async fn write_batch(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<Vec<Noted>> {
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
        let available = self.inventory.read_available(&skus).await?;
        let (mut noted, mut written) = (Vec::with_capacity(products.len()), Vec::with_capacity(products.len()));
        for product in products {
            let skus = skus_of(&product);
            let in_stock = is_any_left(&skus, &available);
            noted.push(Noted { skus, in_stock });
            written.push((product, Some(in_stock)));
        }
        for loser in self.catalog.write_products(written).await? {
            self.follow(&loser).await?;
        }
        Ok(noted)
    }

    /// Notes the stock of those products anew that have turned since it was noted.
    pub(super) async fn look_again(&self, noted: &[Noted]) -> anyhow::Result<()> {
        let skus: Vec<Sku> = noted.iter().flat_map(|noted| noted.skus.iter().cloned()).collect();
        let available = self.inventory.read_available(&skus).await?;
        for Noted { skus, in_stock } in noted {
            if is_any_left(skus, &available) != *in_stock
                && let Some(sku) = skus.first()
            {
                self.follow_stock(sku).await?;
            }
        }
        Ok(())
    }

    /// Notes whether the product of a SKU can be bought, while it is sold.
    pub(crate) async fn follow_stock(&self, sku: &Sku) -> anyhow::Result<()> {
        match self.catalog.product_of(sku).await? {
            Some(product) => self.follow(&product).await,
            None => Ok(()),
        }
    }

    async fn follow(&self, product: &Product) -> anyhow::Result<()> {
        let (skus, mut noted) = (skus_of(product), None);
        for _ in 0..MAX_LOOKS {
            let in_stock = is_any_left(&skus, &self.inventory.read_available(&skus).await?);
            if noted == Some(in_stock) {
                break;
            }
            self.catalog.note_stock(product, in_stock).await?;
            noted = Some(in_stock);
        }
        Ok(())
    }
}

fn skus_of(product: &Product) -> Vec<Sku> {
    product.variants.iter().map(|variant| variant.sku.clone()).collect()
}

fn is_any_left(skus: &[Sku], available: &HashMap<Sku, AvailableUnits>) -> bool {
    skus.iter().any(|sku| available.get(sku).is_some_and(|units| units.0 > 0))
}

#[async_trait]
impl ProductSink for Shelving {
    async fn write(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        self.put(batch).await
    }
}
