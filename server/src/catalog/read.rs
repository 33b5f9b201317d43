use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use domain::cart::LineFacts;
use domain::catalog::listing::{ListPage, ListRequest, ProductCard, answer};
use domain::catalog::ports::{Catalog, CatalogUnavailable, Found, SitemapEntry};
use domain::catalog::{Category, CategoryId, CategoryName, CategoryTree, Product, ProductId, Rating, Sku, Slug};
use domain::inventory::OnSale;
use domain::text::Texts;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCatalog;
use super::cache::{Address, MAX_LINE_FACTS, Shelf};
use crate::fault::at_boundary;
use crate::graph::{from_value, record};

const CARDS_PER_READ: u32 = 500;
const SKUS_PER_READ: usize = 100;
/// How often they are read while stock turns so often that nothing that was read may stay.
const MAX_READS: u32 = 5;

impl GraphCatalog {
    async fn read_address(&self, slug: &Slug) -> anyhow::Result<Option<Address>> {
        let statement = "SELECT VALUE product.document FROM ONLY $address";
        let mut answer = self.graph.query(statement, &[("address", record("address", slug))]).await?;
        let Some(document) = answer.one::<Value>(0)?.filter(|value| !value.is_nullish()) else { return Ok(None) };
        let product: Product = from_value(document).with_context(|| format!("reading the product at {slug}"))?;
        Ok(Some(if product.slug == *slug {
            Address::Product(Arc::new(product))
        } else {
            Address::Moved(product.slug.clone())
        }))
    }

    async fn read_products_of(&self, skus: &[&Sku]) -> anyhow::Result<Vec<Arc<Product>>> {
        let variants = skus.iter().map(|sku| record("variant", sku)).collect::<Vec<_>>();
        // Variants of one product share its document.
        let statement = "SELECT VALUE document
                         FROM array::distinct((SELECT VALUE product FROM $variants WHERE sold = true))";
        let mut answer = self.graph.query(statement, &[("variants", variants.into_value())]).await?;
        let documents = answer.rows::<Value>(0)?;
        documents.into_iter().map(|document| from_value(document).map(Arc::new)).collect()
    }

    /// All categories.
    pub(super) async fn read_tree(&self) -> anyhow::Result<Arc<CategoryTree>> {
        let mut answer = self.graph.query("SELECT VALUE { id: path, name: name } FROM category", &[]).await?;
        let categories: anyhow::Result<Vec<Category>> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect();
        Ok(Arc::new(categories?.into_iter().collect()))
    }

    /// The categories that hold products, and those above them.
    async fn read_filled_tree(&self) -> anyhow::Result<Arc<CategoryTree>> {
        #[derive(serde::Deserialize)]
        struct Row {
            id: CategoryId,
            name: CategoryName,
            is_filled: bool,
        }
        // One edge is enough: a category may hold very many.
        let statement = "SELECT VALUE { id: path, name: name, is_filled: ->(contains LIMIT 1) != [] } FROM category";
        let mut answer = self.graph.query(statement, &[]).await?;
        let (mut all, mut filled) = (Vec::new(), Vec::new());
        for row in answer.rows::<Value>(0)? {
            let Row { id, name, is_filled } = from_value(row)?;
            filled.extend(is_filled.then(|| id.clone()));
            all.push(Category { id, name });
        }
        let tree: CategoryTree = all.into_iter().collect();
        Ok(Arc::new(tree.without_empty(&filled)))
    }

    /// Cards of a top category in the store's own order: the first after a rank.
    async fn read_cards(&self, top: &CategoryId, after: &str, limit: u32) -> anyhow::Result<Vec<Ranked>> {
        let statement = "SELECT VALUE { card: card, rank: rank } FROM listing
                         WHERE top = $top AND rank > $after ORDER BY rank LIMIT $limit";
        let variables = [
            ("top", top.to_string().into_value()),
            ("after", after.to_owned().into_value()),
            ("limit", i64::from(limit).into_value()),
        ];
        let mut answer = self.graph.query(statement, &variables).await?;
        answer.rows::<Value>(0)?.into_iter().map(from_value).collect()
    }

    /// All cards of a top category, read in parts: an answer of the graph takes many times their memory.
    async fn read_shelf(&self, top: &CategoryId) -> anyhow::Result<Shelf> {
        let (mut cards, mut after, mut texts) = (Vec::new(), String::new(), Texts::default());
        loop {
            let part = self.read_cards(top, &after, CARDS_PER_READ).await?;
            let next = part.last().map(|last| last.rank.clone());
            let is_last = part.len() < CARDS_PER_READ as usize;
            cards.extend(part.into_iter().map(|Ranked { mut card, .. }| {
                card.share_texts(&mut texts);
                Arc::new(card)
            }));
            match next {
                Some(next) if !is_last => after = next,
                _ => return Ok(cards.into()),
            }
        }
    }

    /// The whole shelf of the top category that a category is in: those below share its cards.
    async fn shelf_around(&self, category: &CategoryId) -> anyhow::Result<Shelf> {
        let top = top_of(category);
        self.cache.shelf(&top, || self.read_shelf(&top)).await
    }

    async fn first_cards(&self, category: &CategoryId, limit: u32) -> anyhow::Result<Vec<Arc<ProductCard>>> {
        // The front page shows every top category: after a start, it does not wait for all their shelves.
        if *category == top_of(category) && self.cache.known_shelf(category).await.is_none() {
            let first = self.read_cards(category, "", limit).await?;
            return Ok(first.into_iter().map(|ranked| Arc::new(ranked.card)).collect());
        }
        let shelf = self.shelf_around(category).await?;
        let cards = shelf.iter().filter(|card| card.category.is_within(category));
        Ok(cards.take(limit as usize).cloned().collect())
    }

    pub(super) async fn find_cards(&self, ids: &[ProductId]) -> anyhow::Result<HashMap<ProductId, Arc<ProductCard>>> {
        let mut found = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        let shelves = self.cache.known_shelves().await;
        for id in ids {
            match self.cache.card(id, &shelves).await {
                Some(card) => drop(found.insert(id.clone(), card)),
                None => missing.push(record("listing", id)),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let before = self.cache.moment().await;
        let statement = "SELECT VALUE card FROM $listings";
        let mut answer = self.graph.query(statement, &[("listings", missing.into_value())]).await?;
        for card in answer.rows::<Value>(0)? {
            let card: Arc<ProductCard> = Arc::new(from_value(card)?);
            self.cache.keep_card(card.clone(), before).await;
            found.insert(card.id.clone(), card);
        }
        Ok(found)
    }

    pub(super) async fn tree(&self) -> anyhow::Result<Arc<CategoryTree>> {
        self.cache.tree(|| self.read_filled_tree()).await
    }

    pub(crate) async fn find_products_of(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, Arc<Product>>> {
        let mut found = HashMap::with_capacity(skus.len());
        let mut missing = Vec::new();
        for sku in skus {
            match self.cache.product(sku).await {
                Some(product) => drop(found.insert(sku.clone(), product)),
                None => missing.push(sku),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let before = self.cache.moment().await;
        for product in self.read_products_of(&missing).await? {
            for variant in product.variants.iter().filter(|variant| missing.contains(&&variant.sku)) {
                self.cache.keep_product(variant.sku.clone(), product.clone(), before).await;
                found.insert(variant.sku.clone(), product.clone());
            }
        }
        Ok(found)
    }

    /// What a cart needs of the SKUs that are sold, but for their stock.
    pub(crate) async fn line_facts(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, Arc<LineFacts>>> {
        let mut found = HashMap::with_capacity(skus.len());
        let mut missing = Vec::new();
        for sku in skus {
            match self.cache.line_facts(sku) {
                Some(facts) => drop(found.insert(sku.clone(), facts)),
                None => missing.push(sku.clone()),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let (before, shelves) = (self.cache.moment().await, self.cache.known_shelves().await);
        for (sku, product) in self.find_products_of(&missing).await? {
            if let Some(facts) = self.learn_line(&product, &sku, &shelves, before).await {
                found.insert(sku, facts);
            }
        }
        Ok(found)
    }

    /// Keeps what a cart needs of a SKU of a product that was read after the moment `before`.
    async fn learn_line(&self, product: &Product, sku: &Sku, shelves: &[Shelf], before: u64) -> Option<Arc<LineFacts>> {
        let mut facts = LineFacts::of(product, sku, OnSale::default())?;
        if let Some(card) = self.cache.card(&product.id, shelves).await {
            facts.share_texts(&card);
        }
        let facts = Arc::new(facts);
        self.cache.keep_line_facts(sku.clone(), facts.clone(), before).await;
        Some(facts)
    }

    /// Reads what carts need of as many SKUs as are kept in memory, so that a rush after a start does not
    /// wait for it.
    pub(crate) async fn learn_lines(&self) -> anyhow::Result<()> {
        for some in self.some_skus(MAX_LINE_FACTS).await?.chunks(SKUS_PER_READ) {
            for _ in 0..MAX_READS {
                if self.learn_some_lines(some).await? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The same of some SKUs; answers whether it stays: nothing does where something was forgotten while it was read.
    pub(super) async fn learn_some_lines(&self, skus: &[Sku]) -> anyhow::Result<bool> {
        let (before, shelves) = (self.cache.moment().await, self.cache.known_shelves().await);
        // The products themselves are not kept: they would push out those that somebody looked at.
        for product in self.read_products_of(&skus.iter().collect::<Vec<_>>()).await? {
            for sku in skus.iter().filter(|sku| product.variant(sku).is_some()) {
                self.learn_line(&product, sku, &shelves, before).await;
            }
        }
        Ok(self.cache.moment().await == before)
    }

    /// The product that a SKU belongs to, while it is sold.
    pub(crate) async fn product_of(&self, sku: &Sku) -> anyhow::Result<Option<Arc<Product>>> {
        Ok(self.find_products_of(std::slice::from_ref(sku)).await?.remove(sku))
    }

    /// The products that SKUs belong to, or belonged to last, sold still or not; each with those SKUs and all of
    /// its own.
    pub(crate) async fn products_behind(&self, skus: &[Sku]) -> anyhow::Result<HashMap<ProductId, BTreeSet<Sku>>> {
        #[derive(serde::Deserialize)]
        struct Row {
            sku: Sku,
            product: ProductId,
            own: Option<Vec<Sku>>,
        }
        let statement = "SELECT VALUE { sku: record::id(id), product: record::id(product),
                         own: product.document.variants.sku } FROM $variants";
        let variants = skus.iter().map(|sku| record("variant", sku)).collect::<Vec<_>>();
        let mut answer = self.graph.query(statement, &[("variants", variants.into_value())]).await?;
        let mut found: HashMap<ProductId, BTreeSet<Sku>> = HashMap::new();
        for row in answer.rows::<Value>(0)? {
            let Row { sku, product, own } = from_value(row)?;
            found.entry(product).or_default().extend(own.into_iter().flatten().chain([sku]));
        }
        Ok(found)
    }

    /// SKUs that are sold, at most so many.
    pub(crate) async fn some_skus(&self, limit: u32) -> anyhow::Result<Vec<Sku>> {
        let statement = "SELECT VALUE record::id(id) FROM variant WHERE sold = true LIMIT $limit";
        let mut answer = self.graph.query(statement, &[("limit", i64::from(limit).into_value())]).await?;
        answer.rows::<String>(0)?.into_iter().map(|sku| Ok(sku.parse()?)).collect()
    }

    async fn read_sitemap(&self, page: u32, entries_per_page: u32) -> anyhow::Result<Vec<SitemapEntry>> {
        let statement =
            "SELECT VALUE { slug: card.slug, changed_at: changed_at } FROM listing START $start LIMIT $limit";
        let start = i64::from(page) * i64::from(entries_per_page);
        let variables = [("start", start.into_value()), ("limit", i64::from(entries_per_page).into_value())];
        let mut answer = self.graph.query(statement, &variables).await?;
        answer
            .rows::<Value>(0)?
            .into_iter()
            .map(|row| {
                let entry: StoredEntry = from_value(row)?;
                Ok(SitemapEntry { slug: entry.slug, changed_at: entry.changed_at })
            })
            .collect()
    }

    /// How many records a table has.
    pub(super) async fn read_count(&self, table: &str) -> anyhow::Result<u32> {
        #[derive(serde::Deserialize)]
        struct Counted {
            count: u32,
        }
        let mut answer = self.graph.query(&format!("SELECT count() FROM {table} GROUP ALL"), &[]).await?;
        // Nothing to count is no row.
        match answer.rows::<Value>(0)?.into_iter().next() {
            Some(row) => Ok(from_value::<Counted>(row)?.count),
            None => Ok(0),
        }
    }
}

/// A card and its stored place in the store's own order.
#[derive(serde::Deserialize)]
struct Ranked {
    card: ProductCard,
    rank: String,
}

#[derive(serde::Deserialize)]
struct StoredEntry {
    slug: Slug,
    changed_at: jiff::Timestamp,
}

pub(super) fn top_of(category: &CategoryId) -> CategoryId {
    category.lineage().last().unwrap_or_else(|| category.clone())
}

/// The place of a card in the store's own order, as text that sorts: what can be bought before what
/// can't, then by trusted rating.
pub(super) fn rank(card: &ProductCard) -> String {
    const UNRATED_HUNDREDTHS: u32 = 340;
    const MOST_HUNDREDTHS: u32 = 999;
    let trusted = card.rating.map_or(UNRATED_HUNDREDTHS, Rating::trusted_hundredths);
    format!("{}{:03}{}", u8::from(!card.in_stock), MOST_HUNDREDTHS.saturating_sub(trusted), card.slug)
}

#[async_trait]
impl Catalog for GraphCatalog {
    async fn product(&self, slug: &Slug) -> Result<Found, CatalogUnavailable> {
        let address = at_boundary(self.cache.address(slug, self.read_address(slug)).await, CatalogUnavailable)?;
        Ok(match address {
            None => Found::Nothing,
            Some(Address::Moved(slug)) => Found::Moved(slug),
            Some(Address::Product(product)) if product.withdrawn => {
                Found::Withdrawn { title: product.title.clone(), category: product.category.clone() }
            }
            Some(Address::Product(product)) => Found::Product(product),
        })
    }

    async fn products_of(&self, skus: &[Sku]) -> Result<HashMap<Sku, Arc<Product>>, CatalogUnavailable> {
        at_boundary(self.find_products_of(skus).await, CatalogUnavailable)
    }

    async fn cards(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, Arc<ProductCard>>, CatalogUnavailable> {
        at_boundary(self.find_cards(ids).await, CatalogUnavailable)
    }

    async fn categories(&self) -> Result<Arc<CategoryTree>, CatalogUnavailable> {
        at_boundary(self.tree().await, CatalogUnavailable)
    }

    async fn list(&self, category: &CategoryId, request: &ListRequest) -> Result<ListPage, CatalogUnavailable> {
        let read = async {
            let shelf = self.shelf_around(category).await?;
            if *category == top_of(category) {
                return Ok(answer(&shelf, request));
            }
            let cards: Vec<_> = shelf.iter().filter(|card| card.category.is_within(category)).cloned().collect();
            Ok(answer(&cards, request))
        };
        let page = self.cache.list(category, request.to_query(), read).await;
        Ok(at_boundary(page, CatalogUnavailable)?.as_ref().clone())
    }

    async fn shelf(&self, category: &CategoryId, limit: u32) -> Result<Vec<Arc<ProductCard>>, CatalogUnavailable> {
        at_boundary(self.first_cards(category, limit).await, CatalogUnavailable)
    }

    async fn sitemap(&self, page: u32, entries_per_page: u32) -> Result<Vec<SitemapEntry>, CatalogUnavailable> {
        at_boundary(self.read_sitemap(page, entries_per_page).await, CatalogUnavailable)
    }

    async fn count(&self) -> Result<u32, CatalogUnavailable> {
        at_boundary(self.cache.count(|| self.read_count("listing")).await, CatalogUnavailable)
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::listing::ListRequest;
    use domain::catalog::ports::Catalog;

    const PRODUCTS: u32 = 300;
    const SHOWN: u32 = 10;

    #[tokio::test]
    async fn a_site_map_names_each_product_on_one_of_its_pages() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = crate::demo_catalog(folder.path(), 3).await.unwrap();
        let page = async |number: u32, entries_per_page: u32| {
            let entries = catalog.sitemap(number, entries_per_page).await.unwrap();
            entries.into_iter().map(|entry| entry.slug).collect::<Vec<_>>()
        };
        let all = page(0, 3).await;
        assert!(all.len() == 3 && all[0] != all[1] && all[1] != all[2] && all[0] != all[2], "{all:?}");
        assert_eq!(page(0, 2).await, all[..2]);
        assert_eq!(page(1, 2).await, all[2..]);
        assert!(page(2, 2).await.is_empty());
    }

    #[tokio::test]
    async fn a_shelf_begins_with_the_same_cards_before_it_is_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = crate::demo_catalog(folder.path(), PRODUCTS).await.unwrap();
        for category in catalog.categories().await.unwrap().top() {
            let cold = catalog.forgetful().shelf(&category.id, SHOWN).await.unwrap();
            let list = catalog.list(&category.id, &ListRequest::default()).await.unwrap();
            let warm = catalog.shelf(&category.id, SHOWN).await.unwrap();
            assert!(!cold.is_empty(), "{} is not empty", category.id);
            assert_eq!(cold, warm, "{}", category.id);
            assert!(list.cards.iter().zip(&cold).all(|(listed, shown)| listed.id == shown.id), "{}", category.id);
        }
    }
}
