mod rows;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use domain::catalog::ports::{CatalogUnavailable, CatalogWriter};
use domain::catalog::{Category, CategoryId, OwnRatings, Product, ProductDraft, ProductError, ProductId, Sku, Slug};
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCatalog;
use super::card::{Stocked, card_of};
use super::read::rank;
use crate::fault::at_boundary;
use crate::graph::{from_value, object, record, to_value};
use crate::sql::now_ms;
use rows::{PUT_PRODUCTS, Rows};

/// What stands for an id in an address: with so many characters of its digest nobody shares one.
const SLUG_DIGEST_CHARS: usize = 12;

/// What was stored of a product before it is replaced: what the cache has to forget.
struct Stored {
    slug: Slug,
    category: CategoryId,
    skus: Vec<Sku>,
    stocked: Stocked,
    added_at: Timestamp,
    own_ratings: OwnRatings,
    withdrawn: bool,
}

/// A product outside of a batch, of which the batch takes SKUs over.
struct Loser {
    product: Product,
    stocked: Stocked,
    /// What is left of it.
    rest: Option<Product>,
    /// Who takes the first of its SKUs, and its address where nothing is left of it.
    heir: ProductId,
}

impl GraphCatalog {
    /// Creates or replaces products by their ids, with their stock where it is known; the others keep
    /// what was noted of theirs. Answers what is left of the products that lost variants to them:
    /// their stock has to be noted anew.
    ///
    /// A product keeps its slug's uniqueness: where two products want the same slug, the later one
    /// gets its id appended; a changed slug leaves a permanent redirect behind. A SKU that another
    /// product had goes over to the later one; who took the last of a product's SKUs also gets its
    /// address. A withdrawn product leaves the lists, and its page answers 410 until it is put again
    /// without being withdrawn.
    pub(crate) async fn write_products(
        &self,
        products: Vec<(Product, Option<Stocked>)>,
    ) -> anyhow::Result<Vec<Product>> {
        let _writing = self.writing.lock().await;
        let before = self.stored(&products.iter().map(|(product, _)| product.id.clone()).collect::<Vec<_>>()).await?;
        let (products, stocked): (Vec<_>, Vec<_>) = products.into_iter().unzip();
        let products: Vec<Product> =
            products.into_iter().map(|product| with_its_past(product, &before)).collect::<Result<_, _>>()?;
        let written: HashSet<Sku> = skus_of(&products).cloned().collect();
        let owners = self.owners(written.iter().chain(before.values().flat_map(|stored| &stored.skus))).await?;
        let losers = self.losers(&products, &owners).await?;
        let products = self.with_own_slugs(products, &losers).await?;

        // What is taken away is written first: an import that ends between the two finds the owners
        // as they were, and takes away again.
        if !losers.is_empty() {
            let mut rows = Rows::default();
            for loser in &losers {
                rows.push_loser(loser)?;
            }
            self.graph.query(PUT_PRODUCTS, &rows.variables()).await?;
        }
        let mut rows = Rows::default();
        for (product, stocked) in products.iter().zip(stocked) {
            let known = before.get(&product.id);
            let stocked = stocked.or(known.map(|stored| stored.stocked)).unwrap_or(true.into());
            rows.push(product, stocked)?;
            let own = known.into_iter().flat_map(|stored| &stored.skus);
            let gone = own.filter(|sku| !written.contains(*sku) && owners.get(*sku) == Some(&product.id));
            rows.unsold.extend(gone.map(|sku| record("variant", sku)));
        }
        self.graph.query(PUT_PRODUCTS, &rows.variables()).await?;
        // Where a product comes or goes, a category may have become empty, or full again.
        let mut moved = losers.iter().any(|loser| loser.rest.is_none());
        for product in &products {
            let known = before.get(&product.id);
            let stood = known.filter(|stored| !stored.withdrawn).map(|stored| &stored.category);
            moved |= stood != Some(&product.category).filter(|_| !product.withdrawn);
            let slugs: Vec<Slug> = known.map(|s| s.slug.clone()).into_iter().chain([product.slug.clone()]).collect();
            let skus: Vec<Sku> = known
                .map(|stored| stored.skus.clone())
                .into_iter()
                .flatten()
                .chain(product.variants.iter().map(|variant| variant.sku.clone()))
                .collect();
            let categories: Vec<CategoryId> =
                known.map(|s| s.category.clone()).into_iter().chain([product.category.clone()]).collect();
            self.cache.forget_product(&product.id, &slugs, &skus, &categories).await;
        }
        for Loser { product, .. } in &losers {
            let skus: Vec<Sku> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
            let (slug, category) = (product.slug.clone(), product.category.clone());
            self.cache.forget_product(&product.id, &[slug], &skus, &[category]).await;
        }
        if moved {
            self.cache.forget_tree().await;
        }
        self.written.notify_one();
        Ok(losers.into_iter().filter_map(|loser| loser.rest).filter(|rest| !rest.withdrawn).collect())
    }

    /// The product that each SKU belongs to, as far as it was ever written.
    pub(crate) async fn owners(
        &self,
        skus: impl Iterator<Item = &Sku> + Send,
    ) -> anyhow::Result<HashMap<Sku, ProductId>> {
        #[derive(serde::Deserialize)]
        struct Row {
            sku: Sku,
            owner: ProductId,
        }
        let statement = "SELECT VALUE { sku: record::id(id), owner: record::id(product) } FROM $variants";
        let variants = skus.map(|sku| record("variant", sku)).collect::<Vec<_>>();
        let mut answer = self.graph.query(statement, &[("variants", variants.into_value())]).await?;
        let rows: anyhow::Result<Vec<Row>> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect();
        Ok(rows?.into_iter().map(|Row { sku, owner }| (sku, owner)).collect())
    }

    /// The products that are not in a batch and lose SKUs to it. Those in the batch are written
    /// without what they lost anyway.
    async fn losers(&self, products: &[Product], owners: &HashMap<Sku, ProductId>) -> anyhow::Result<Vec<Loser>> {
        let in_batch: HashSet<&ProductId> = products.iter().map(|product| &product.id).collect();
        let mut lost: HashMap<&ProductId, (ProductId, Vec<Sku>)> = HashMap::new();
        for (product, sku) in
            products.iter().flat_map(|product| product.variants.iter().map(move |v| (product, &v.sku)))
        {
            if let Some(owner) = owners.get(sku).filter(|owner| !in_batch.contains(owner)) {
                let (_, skus) = lost.entry(owner).or_insert_with(|| (product.id.clone(), Vec::new()));
                skus.push(sku.clone());
            }
        }
        if lost.is_empty() {
            return Ok(Vec::new());
        }
        #[derive(serde::Deserialize)]
        struct Row {
            document: Product,
            in_stock: bool,
            #[serde(default)]
            waits_until: Option<Date>,
        }
        let statement =
            "SELECT VALUE { document: document, in_stock: in_stock, waits_until: waits_until } FROM $products";
        let records = lost.keys().map(|id| record("product", id)).collect::<Vec<_>>();
        let mut answer = self.graph.query(statement, &[("products", records.into_value())]).await?;
        let mut losers = Vec::with_capacity(lost.len());
        for row in answer.rows::<Value>(0)? {
            let Row { document: product, in_stock, waits_until } = from_value(row)?;
            let Some((heir, lost)) = lost.remove(&product.id) else { continue };
            let rest = product.without(&lost);
            losers.push(Loser { product, stocked: Stocked { in_stock, waits_until }, rest, heir });
        }
        Ok(losers)
    }

    async fn stored(&self, ids: &[ProductId]) -> anyhow::Result<HashMap<ProductId, Stored>> {
        #[derive(serde::Deserialize)]
        struct Row {
            id: ProductId,
            slug: Slug,
            category: CategoryId,
            skus: Vec<Sku>,
            in_stock: bool,
            #[serde(default)]
            waits_until: Option<Date>,
            added_at: Timestamp,
            own_ratings: Option<OwnRatings>,
            withdrawn: bool,
        }
        let statement = "SELECT VALUE { id: document.id, slug: document.slug, category: document.category,
                         skus: document.variants.sku, in_stock: in_stock, waits_until: waits_until, added_at: document.added_at,
                         own_ratings: document.rating.own, withdrawn: document.withdrawn } FROM $products";
        let products = ids.iter().map(|id| record("product", id)).collect::<Vec<_>>();
        let mut answer = self.graph.query(statement, &[("products", products.into_value())]).await?;
        let rows: anyhow::Result<Vec<Row>> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect();
        Ok(rows?
            .into_iter()
            .map(|row| {
                let Row { id, slug, category, skus, in_stock, waits_until, added_at, own_ratings, withdrawn } = row;
                let (own_ratings, stocked) = (own_ratings.unwrap_or_default(), Stocked { in_stock, waits_until });
                (id, Stored { slug, category, skus, stocked, added_at, own_ratings, withdrawn })
            })
            .collect())
    }

    /// Gives each product a slug that no other product has: its own where it is free, else with
    /// its id behind it. What a product that lost everything was called is free for its heir.
    async fn with_own_slugs(&self, products: Vec<Product>, losers: &[Loser]) -> anyhow::Result<Vec<Product>> {
        let mut owners = self.slug_owners(products.iter().map(|product| &product.slug), losers).await?;
        let mut wanted: BTreeMap<&Slug, u32> = BTreeMap::new();
        for product in &products {
            *wanted.entry(&product.slug).or_default() += 1;
        }
        let clashes = |product: &&Product| {
            wanted.get(&product.slug).is_some_and(|times| *times > 1)
                || owners.get(&product.slug).is_some_and(|owner| *owner != product.id)
        };
        let others: Vec<Slug> = products.iter().filter(clashes).flat_map(other_slugs).collect();
        if !others.is_empty() {
            owners.extend(self.slug_owners(others.iter(), losers).await?);
        }
        let mut own = Vec::with_capacity(products.len());
        for product in products {
            let is_free = |slug: &Slug| owners.get(slug).is_none_or(|owner| *owner == product.id);
            if is_free(&product.slug) {
                owners.insert(product.slug.clone(), product.id.clone());
                own.push(product);
                continue;
            }
            let slug = other_slugs(&product).into_iter().find(is_free).context("each address of a product is taken")?;
            owners.insert(slug.clone(), product.id.clone());
            own.push(Product::try_from(ProductDraft { slug, ..product.into() })?);
        }
        Ok(own)
    }

    /// The products that addresses lead to, once the losers have lost.
    async fn slug_owners(
        &self,
        slugs: impl Iterator<Item = &Slug> + Send,
        losers: &[Loser],
    ) -> anyhow::Result<BTreeMap<Slug, ProductId>> {
        #[derive(serde::Deserialize)]
        struct Row {
            slug: Slug,
            owner: ProductId,
        }
        let addresses = slugs.map(|slug| record("address", slug)).collect::<Vec<_>>();
        let statement = "SELECT VALUE { slug: slug, owner: owner } FROM $addresses";
        let mut answer = self.graph.query(statement, &[("addresses", addresses.into_value())]).await?;
        let mut owners = BTreeMap::new();
        for row in answer.rows::<Value>(0)? {
            let Row { slug, owner } = from_value(row)?;
            let emptied = losers.iter().find(|loser| loser.product.id == owner && loser.rest.is_none());
            owners.insert(slug, emptied.map_or(owner, |loser| loser.heir.clone()));
        }
        Ok(owners)
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
    pub(crate) async fn note_stock(&self, product: &Product, stocked: impl Into<Stocked>) -> anyhow::Result<()> {
        let card = card_of(product, stocked);
        let variables = [
            ("product", record("product", &product.id)),
            ("listing", record("listing", &product.id)),
            ("in_stock", card.in_stock.into_value()),
            ("waits_until", to_value(&card.waits_until)?),
            ("rank", rank(&card).into_value()),
            ("now", now_ms().into_value()),
        ];
        let statements = "UPDATE $product SET in_stock = $in_stock, waits_until = $waits_until, changed_ms = $now
                              RETURN NONE;
                          UPDATE $listing SET card.in_stock = $in_stock, card.waits_until = $waits_until, rank = $rank
                              RETURN NONE;";
        let _writing = self.writing.lock().await;
        self.graph.query(statements, &variables).await?;
        self.cache.replace_card(&Arc::new(card)).await;
        self.written.notify_one();
        Ok(())
    }
}

fn skus_of(products: &[Product]) -> impl Iterator<Item = &Sku> {
    products.iter().flat_map(|product| &product.variants).map(|variant| &variant.sku)
}

/// What a product is called where somebody else has its slug: its id behind it, or what stands for the
/// id alone, for "Lamp" with the id 2 is not "Lamp 2".
fn other_slugs(product: &Product) -> Vec<Slug> {
    let id = product.id.as_str();
    let digest = blake3::hash(id.as_bytes()).to_hex();
    [id, digest.as_str().get(..SLUG_DIGEST_CHARS).unwrap_or_default()]
        .into_iter()
        .filter_map(|ending| product.slug.with_ending(ending))
        .collect()
}

/// A product that is written again is not new again, and keeps what it was given in this store.
fn with_its_past(product: Product, before: &HashMap<ProductId, Stored>) -> Result<Product, ProductError> {
    match before.get(&product.id) {
        Some(known) => {
            let product = product.rated(known.own_ratings);
            Product::try_from(ProductDraft { added_at: known.added_at, ..product.into() })
        }
        None => Ok(product),
    }
}

#[async_trait]
impl CatalogWriter for GraphCatalog {
    async fn put_categories(&self, categories: &[Category]) -> Result<(), CatalogUnavailable> {
        at_boundary(self.write_categories(categories).await, CatalogUnavailable)
    }
}
