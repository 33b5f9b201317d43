use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::catalog::ports::CatalogWriter;
use domain::catalog::{Category, Product, ProductId, Sku};
use domain::inventory::OnSale;
use domain::inventory::ports::Inventory;

use super::GraphCatalog;
use super::card::Stocked;
use crate::alert::announce;
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
    pub(super) stocked: Stocked,
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
        self.look_again(&noted).await?;
        let skus: Vec<Sku> = noted.into_iter().flat_map(|noted| noted.skus).collect();
        let bundles = self.follow_bundles(&skus).await?;
        announce(self.inventory.sql(), &[skus, bundles].concat()).await
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
        let on_sale = self.inventory.read_on_sale(&skus).await?;
        let (mut noted, mut written) = (Vec::with_capacity(products.len()), Vec::with_capacity(products.len()));
        for product in products {
            let skus = skus_of(&product);
            let stocked = stocked_of(&skus, &on_sale);
            noted.push(Noted { skus, stocked });
            written.push((product, Some(stocked)));
        }
        for loser in self.catalog.write_products(written).await? {
            self.follow(&loser).await?;
        }
        Ok(noted)
    }

    /// Notes the stock of those products anew that have turned since it was noted.
    pub(super) async fn look_again(&self, noted: &[Noted]) -> anyhow::Result<()> {
        let skus: Vec<Sku> = noted.iter().flat_map(|noted| noted.skus.iter().cloned()).collect();
        let on_sale = self.inventory.read_on_sale(&skus).await?;
        for noted in noted {
            if stocked_of(&noted.skus, &on_sale) != noted.stocked
                && let Some(sku) = noted.skus.first()
            {
                self.follow_one(sku).await?;
            }
        }
        Ok(())
    }

    /// Notes whether the product of a SKU can be bought, while it is sold, and those of bundles that it is a part of.
    /// Answers which bundles those are.
    pub(crate) async fn follow_stock(&self, sku: &Sku) -> anyhow::Result<Vec<Sku>> {
        self.follow_one(sku).await?;
        self.follow_bundles(std::slice::from_ref(sku)).await
    }

    async fn follow_bundles(&self, parts: &[Sku]) -> anyhow::Result<Vec<Sku>> {
        let bundles = self.inventory.bundles_with(parts).await?;
        for bundle in &bundles {
            self.follow_one(bundle).await?;
        }
        Ok(bundles.into_iter().collect())
    }

    async fn follow_one(&self, sku: &Sku) -> anyhow::Result<()> {
        match self.catalog.product_of(sku).await? {
            Some(product) => self.follow(&product).await,
            None => Ok(()),
        }
    }

    async fn follow(&self, product: &Product) -> anyhow::Result<()> {
        let (skus, mut noted) = (skus_of(product), None);
        for _ in 0..MAX_LOOKS {
            let stocked = stocked_of(&skus, &self.inventory.read_on_sale(&skus).await?);
            if noted == Some(stocked) {
                break;
            }
            self.catalog.note_stock(product, stocked).await?;
            noted = Some(stocked);
        }
        Ok(())
    }
}

fn skus_of(product: &Product) -> Vec<Sku> {
    product.variants.iter().map(|variant| variant.sku.clone()).collect()
}

fn stocked_of(skus: &[Sku], on_sale: &HashMap<Sku, OnSale>) -> Stocked {
    Stocked::of(skus.iter().filter_map(|sku| on_sale.get(sku).copied()))
}

#[async_trait]
impl ProductSink for Shelving {
    async fn write(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        self.put(batch).await
    }
}
