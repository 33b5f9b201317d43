use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::ports::{CatalogUnavailable, CatalogWriter};
use domain::catalog::{Category, CategoryId, Product, ProductDraft, ProductError, ProductId, Sku, Slug};
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCatalog;
use super::card::card_of;
use crate::fault::at_boundary;
use crate::graph::{from_value, object, record, to_value};

/// What was stored of a product before it is replaced: what the cache has to forget.
struct Stored {
    slug: Slug,
    category: CategoryId,
    skus: Vec<Sku>,
    in_stock: bool,
    added_at: Timestamp,
}

impl GraphCatalog {
    /// Writes products whose stock is known; the others keep what was noted of theirs.
    pub(crate) async fn write_products(&self, products: Vec<(Product, Option<bool>)>) -> anyhow::Result<()> {
        let _writing = self.writing.lock().await;
        let before = self.stored(&products.iter().map(|(product, _)| product.id.clone()).collect::<Vec<_>>()).await?;
        let (products, stocked): (Vec<_>, Vec<_>) = products.into_iter().unzip();
        let products =
            products.into_iter().map(|product| with_first_day(product, &before)).collect::<Result<_, _>>()?;
        let products: Vec<Product> = self.with_own_slugs(products).await?;
        let mut rows = Rows::default();
        for (product, stocked) in products.iter().zip(stocked) {
            let known = before.get(&product.id);
            let in_stock = stocked.or(known.map(|stored| stored.in_stock)).unwrap_or(true);
            rows.push(product, in_stock)?;
            let gone = known.into_iter().flat_map(|stored| &stored.skus);
            rows.unsold.extend(gone.filter(|sku| product.variant(sku).is_none()).map(|sku| record("variant", sku)));
        }
        self.graph.query(PUT_PRODUCTS, &rows.variables()).await?;
        for product in &products {
            let known = before.get(&product.id);
            let slugs: Vec<Slug> = known.map(|s| s.slug.clone()).into_iter().chain([product.slug.clone()]).collect();
            let skus: Vec<Sku> = known
                .map(|stored| stored.skus.clone())
                .into_iter()
                .flatten()
                .chain(product.variants.iter().map(|variant| variant.sku.clone()))
                .collect();
            let categories: Vec<CategoryId> =
                known.map(|s| s.category.clone()).into_iter().chain([product.category.clone()]).collect();
            self.cache.forget_product(&slugs, &skus, &categories).await;
        }
        Ok(())
    }

    async fn stored(&self, ids: &[ProductId]) -> anyhow::Result<HashMap<ProductId, Stored>> {
        #[derive(serde::Deserialize)]
        struct Row {
            id: ProductId,
            slug: Slug,
            category: CategoryId,
            skus: Vec<Sku>,
            in_stock: bool,
            added_at: Timestamp,
        }
        let statement = "SELECT VALUE { id: document.id, slug: document.slug, category: document.category,
                         skus: document.variants.sku, in_stock: in_stock,
                         added_at: document.added_at } FROM $products";
        let products = ids.iter().map(|id| record("product", id)).collect::<Vec<_>>();
        let mut answer = self.graph.query(statement, &[("products", products.into_value())]).await?;
        let rows: anyhow::Result<Vec<Row>> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect();
        Ok(rows?
            .into_iter()
            .map(|row| {
                let Row { id, slug, category, skus, in_stock, added_at } = row;
                (id, Stored { slug, category, skus, in_stock, added_at })
            })
            .collect())
    }

    /// Gives each product a slug that no other product has: its own where it is free, else with
    /// its id behind it.
    async fn with_own_slugs(&self, products: Vec<Product>) -> anyhow::Result<Vec<Product>> {
        let wanted = products.iter().map(|product| record("address", &product.slug)).collect::<Vec<_>>();
        let statement = "SELECT VALUE { slug: slug, owner: owner } FROM $addresses";
        let mut answer = self.graph.query(statement, &[("addresses", wanted.into_value())]).await?;
        #[derive(serde::Deserialize)]
        struct Row {
            slug: Slug,
            owner: ProductId,
        }
        let mut owners: BTreeMap<Slug, ProductId> = BTreeMap::new();
        for row in answer.rows::<Value>(0)? {
            let row: Row = from_value(row)?;
            owners.insert(row.slug, row.owner);
        }
        let mut own = Vec::with_capacity(products.len());
        for product in products {
            let owner = owners.entry(product.slug.clone()).or_insert_with(|| product.id.clone());
            if *owner == product.id {
                own.push(product);
                continue;
            }
            let mut draft = ProductDraft::from(product);
            if let Some(slug) = draft.slug.with_ending(draft.id.as_str()) {
                draft.slug = slug;
            }
            owners.insert(draft.slug.clone(), draft.id.clone());
            own.push(Product::try_from(draft)?);
        }
        Ok(own)
    }

    async fn write_categories(&self, categories: &[Category]) -> anyhow::Result<()> {
        let known = self.read_tree().await?;
        let new: Vec<&Category> = categories
            .iter()
            .filter(|category| known.get(&category.id).is_none_or(|known| known.name != category.name))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::new();
        let mut edges = Vec::new();
        for category in new {
            rows.push(object([
                ("id", category.id.to_string().into_value()),
                ("path", category.id.to_string().into_value()),
                ("name", category.name.to_string().into_value()),
            ]));
            if let Some(parent) = category.id.parent() {
                edges.push(object([
                    ("id", category.id.to_string().into_value()),
                    ("in", record("category", &category.id)),
                    ("out", record("category", &parent)),
                ]));
            }
        }
        let statements = "INSERT INTO category $rows ON DUPLICATE KEY UPDATE name = $input.name;
                          INSERT RELATION IGNORE INTO child_of $edges;";
        let variables = [("rows", rows.into_value()), ("edges", edges.into_value())];
        self.graph.query(statements, &variables).await?;
        self.cache.forget_tree().await;
        Ok(())
    }

    /// Notes whether any variant of a product can be bought.
    pub(crate) async fn note_stock(&self, product: &Product, in_stock: bool) -> anyhow::Result<()> {
        let variables = [
            ("product", record("product", &product.id)),
            ("listing", record("listing", &product.id)),
            ("in_stock", in_stock.into_value()),
        ];
        let statements = "UPDATE $product SET in_stock = $in_stock RETURN NONE;
                          UPDATE $listing SET card.in_stock = $in_stock RETURN NONE;";
        let _writing = self.writing.lock().await;
        self.graph.query(statements, &variables).await?;
        self.cache.replace_card(&Arc::new(card_of(product, in_stock))).await;
        Ok(())
    }

    async fn write_withdrawals(&self, ids: &[ProductId]) -> anyhow::Result<()> {
        let _writing = self.writing.lock().await;
        let stored = self.stored(ids).await?;
        let skus = stored.values().flat_map(|known| &known.skus);
        let variables = [
            ("products", ids.iter().map(|id| record("product", id)).collect::<Vec<_>>().into_value()),
            ("listings", ids.iter().map(|id| record("listing", id)).collect::<Vec<_>>().into_value()),
            ("variants", skus.map(|sku| record("variant", sku)).collect::<Vec<_>>().into_value()),
        ];
        let statements = "UPDATE $products SET document.withdrawn = true RETURN NONE;
                          UPDATE $variants SET sold = false RETURN NONE;
                          DELETE $listings;";
        self.graph.query(statements, &variables).await?;
        for known in stored.into_values() {
            self.cache.forget_product(&[known.slug], &known.skus, &[known.category]).await;
        }
        Ok(())
    }
}

/// A product that is written again is not new again.
fn with_first_day(product: Product, before: &HashMap<ProductId, Stored>) -> Result<Product, ProductError> {
    match before.get(&product.id) {
        Some(known) => Product::try_from(ProductDraft { added_at: known.added_at, ..product.into() }),
        None => Ok(product),
    }
}

const PUT_PRODUCTS: &str = "
    INSERT INTO product $products
        ON DUPLICATE KEY UPDATE document = $input.document, in_stock = $input.in_stock RETURN NONE;
    INSERT INTO variant $variants
        ON DUPLICATE KEY UPDATE product = $input.product, label = $input.label, sold = true RETURN NONE;
    UPDATE $unsold SET sold = false RETURN NONE;
    INSERT INTO listing $listings ON DUPLICATE KEY UPDATE
        category = $input.category, card = $input.card, words = $input.words, changed_at = $input.changed_at
        RETURN NONE;
    INSERT INTO address $addresses ON DUPLICATE KEY UPDATE product = $input.product, owner = $input.owner RETURN NONE;
    DELETE $replaced;
    INSERT RELATION INTO contains $edges RETURN NONE;
";

/// The records of a batch of products, by table.
#[derive(Default)]
struct Rows {
    products: Vec<Value>,
    variants: Vec<Value>,
    listings: Vec<Value>,
    addresses: Vec<Value>,
    edges: Vec<Value>,
    replaced: Vec<Value>,
    unsold: Vec<Value>,
}

impl Rows {
    fn push(&mut self, product: &Product, in_stock: bool) -> anyhow::Result<()> {
        let id = || product.id.to_string().into_value();
        let link = || record("product", &product.id);
        self.products.push(object([
            ("id", id()),
            ("document", to_value(product)?),
            ("in_stock", in_stock.into_value()),
        ]));
        for variant in &product.variants {
            self.variants.push(object([
                ("id", variant.sku.to_string().into_value()),
                ("product", link()),
                ("label", variant.label().into_value()),
                ("sold", (!product.withdrawn).into_value()),
            ]));
        }
        self.listings.push(object([
            ("id", id()),
            ("category", product.category.to_string().into_value()),
            ("card", to_value(&card_of(product, in_stock))?),
            ("words", words_of(product).into_value()),
            ("changed_at", product.added_at.to_string().into_value()),
        ]));
        self.addresses.push(object([
            ("id", product.slug.to_string().into_value()),
            ("slug", product.slug.to_string().into_value()),
            ("owner", id()),
            ("product", link()),
        ]));
        self.edges.push(object([("id", id()), ("in", record("category", &product.category)), ("out", link())]));
        self.replaced.push(record("contains", &product.id));
        Ok(())
    }

    fn variables(self) -> [(&'static str, Value); 7] {
        [
            ("products", self.products.into_value()),
            ("variants", self.variants.into_value()),
            ("listings", self.listings.into_value()),
            ("addresses", self.addresses.into_value()),
            ("edges", self.edges.into_value()),
            ("replaced", self.replaced.into_value()),
            ("unsold", self.unsold.into_value()),
        ]
    }
}

/// What the search looks for words in.
fn words_of(product: &Product) -> String {
    let mut words = BTreeSet::new();
    let category = product.category.as_str().replace(['/', '-'], " ");
    let brand = product.brand.as_ref().map(ToString::to_string).unwrap_or_default();
    let facts = product.attributes.iter().map(|attribute| attribute.value.to_string());
    let keys = product.variants.iter().flat_map(|v| {
        [
            v.sku.to_string(),
            v.label(),
            v.mpn.as_ref().map(ToString::to_string).unwrap_or_default(),
            v.gtin.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]
    });
    for text in [product.title.to_string(), brand, category].into_iter().chain(facts).chain(keys) {
        words.extend(text.to_lowercase().split_whitespace().map(str::to_owned));
    }
    words.into_iter().collect::<Vec<_>>().join(" ")
}

#[async_trait]
impl CatalogWriter for GraphCatalog {
    async fn put_categories(&self, categories: &[Category]) -> Result<(), CatalogUnavailable> {
        at_boundary(self.write_categories(categories).await, CatalogUnavailable)
    }

    async fn put_products(&self, products: Vec<Product>) -> Result<(), CatalogUnavailable> {
        let products = products.into_iter().map(|product| (product, None)).collect();
        at_boundary(self.write_products(products).await, CatalogUnavailable)
    }

    async fn withdraw(&self, ids: &[ProductId]) -> Result<(), CatalogUnavailable> {
        at_boundary(self.write_withdrawals(ids).await, CatalogUnavailable)
    }
}
