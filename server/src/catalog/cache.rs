//! What was read lately. A write forgets exactly what it changed; a read that was under way
//! while something was forgotten does not stay. What other processes write in a shared database is
//! not told here: there, what was read is believed for a short time only.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::cart::LineFacts;
use domain::catalog::listing::{ListPage, ProductCard};
use domain::catalog::{CategoryId, CategoryTree, Product, ProductId, Sku, Slug};
use moka::future::Cache as Moka;

use super::read::{rank, top_of};
use crate::fault::shared;

const MAX_PRODUCTS: u64 = 500;
const MAX_SKUS: u64 = 500;
/// What a cart needs of a SKU is less than a tenth of its product.
pub(super) const MAX_LINE_FACTS: u32 = 50_000;
const MAX_LISTS: u64 = 200;
/// Cards that are asked for one by one while their shelf is not in memory.
const MAX_CARDS: u64 = 2_000;
/// Shelves are weighed by their cards.
const MAX_SHELF_CARDS: u64 = 150_000;
/// How long what others may change is believed: prices shortly, shelves longer, as they are dear.
const SHARED_PRODUCT_AGE: Duration = Duration::from_secs(5);
const SHARED_SHELF_AGE: Duration = Duration::from_mins(1);
const FOREVER: Duration = Duration::from_hours(100 * 365 * 24);

/// The cards of a top category in the store's own order, which are found by their products as well.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    cards: Arc<[Arc<ProductCard>]>,
    places: Arc<HashMap<ProductId, u32>>,
}

impl Shelf {
    fn card(&self, id: &ProductId) -> Option<&Arc<ProductCard>> {
        self.cards.get(*self.places.get(id)? as usize)
    }
}

impl From<Vec<Arc<ProductCard>>> for Shelf {
    fn from(cards: Vec<Arc<ProductCard>>) -> Self {
        let places = cards.iter().zip(0..).map(|(card, place)| (card.id.clone(), place)).collect();
        Self { cards: cards.into(), places: Arc::new(places) }
    }
}

impl Deref for Shelf {
    type Target = [Arc<ProductCard>];

    fn deref(&self) -> &Self::Target {
        &self.cards
    }
}

/// What an address leads to, as far as it can be kept.
#[derive(Debug, Clone)]
pub(super) enum Address {
    Product(Arc<Product>),
    Moved(Slug),
}

/// A category and the canonical query of what was asked of it.
type ListKey = (CategoryId, String);

#[derive(Debug)]
pub(super) struct Cache {
    addresses: Moka<Slug, Address>,
    products: Moka<Sku, Arc<Product>>,
    line_facts: Moka<Sku, Arc<LineFacts>>,
    shelves: Moka<CategoryId, Shelf>,
    cards: Moka<ProductId, Arc<ProductCard>>,
    tree: Moka<(), Arc<CategoryTree>>,
    /// How many products are sold.
    count: Moka<(), u32>,
    lists: Moka<ListKey, Arc<ListPage>>,
    forgotten: AtomicU64,
}

impl Cache {
    /// An empty cache of a database that other processes write to as well, or that they don't.
    pub(super) fn new(is_shared: bool) -> Self {
        let shelf_weight = |_: &CategoryId, shelf: &Shelf| u32::try_from(shelf.len()).unwrap_or(u32::MAX).max(1);
        let believed = |age: Duration| if is_shared { age } else { FOREVER };
        Self {
            addresses: bounded(MAX_PRODUCTS, believed(SHARED_PRODUCT_AGE)),
            products: bounded(MAX_SKUS, believed(SHARED_PRODUCT_AGE)),
            line_facts: bounded(MAX_LINE_FACTS.into(), believed(SHARED_PRODUCT_AGE)),
            shelves: Moka::builder()
                .max_capacity(MAX_SHELF_CARDS)
                .weigher(shelf_weight)
                .time_to_live(believed(SHARED_SHELF_AGE))
                .build(),
            cards: bounded(MAX_CARDS, believed(SHARED_PRODUCT_AGE)),
            tree: bounded(1, believed(SHARED_SHELF_AGE)),
            count: bounded(1, believed(SHARED_SHELF_AGE)),
            lists: bounded(MAX_LISTS, believed(SHARED_PRODUCT_AGE)),
            forgotten: AtomicU64::new(0),
        }
    }

    pub(super) async fn address<F>(&self, slug: &Slug, read: F) -> anyhow::Result<Option<Address>>
    where
        F: Future<Output = anyhow::Result<Option<Address>>>,
    {
        if let Some(known) = self.addresses.get(slug).await {
            return Ok(Some(known));
        }
        let before = self.forgotten.load(Ordering::Acquire);
        let found = read.await?;
        if let Some(address) = &found {
            self.keep(&self.addresses, slug.clone(), address.clone(), before).await;
        }
        Ok(found)
    }

    pub(super) async fn product(&self, sku: &Sku) -> Option<Arc<Product>> {
        self.products.get(sku).await
    }

    /// The moment before a read, to be handed to [`Cache::keep_product`] or [`Cache::keep_card`] after it.
    pub(super) fn moment(&self) -> u64 {
        self.forgotten.load(Ordering::Acquire)
    }

    pub(super) async fn keep_product(&self, sku: Sku, product: Arc<Product>, before: u64) {
        self.keep(&self.products, sku, product, before).await;
    }

    /// The shelves that are in memory.
    pub(super) fn known_shelves(&self) -> Vec<Shelf> {
        self.shelves.iter().map(|(_, shelf)| shelf).collect()
    }

    /// A card from one of some shelves, or as it was read by itself.
    pub(super) async fn card(&self, id: &ProductId, shelves: &[Shelf]) -> Option<Arc<ProductCard>> {
        match shelves.iter().find_map(|shelf| shelf.card(id)) {
            Some(card) => Some(card.clone()),
            None => self.cards.get(id).await,
        }
    }

    /// Keeps a card that was read after the moment `before`.
    pub(super) async fn keep_card(&self, card: Arc<ProductCard>, before: u64) {
        self.keep(&self.cards, card.id.clone(), card, before).await;
    }

    /// What a cart needs of a SKU, but for its stock.
    pub(super) async fn line_facts(&self, sku: &Sku) -> Option<Arc<LineFacts>> {
        self.line_facts.get(sku).await
    }

    pub(super) async fn keep_line_facts(&self, sku: Sku, facts: Arc<LineFacts>, before: u64) {
        self.keep(&self.line_facts, sku, facts, before).await;
    }

    pub(super) async fn shelf<F>(&self, category: &CategoryId, read: F) -> anyhow::Result<Shelf>
    where
        F: Future<Output = anyhow::Result<Shelf>>,
    {
        // Reading a shelf is dear: those who ask at once share one reading.
        let before = self.forgotten.load(Ordering::Acquire);
        let shelf = self.shelves.try_get_with_by_ref(category, read).await.map_err(|fault| shared(&fault))?;
        if self.forgotten.load(Ordering::Acquire) != before {
            self.shelves.invalidate(category).await;
        }
        Ok(shelf)
    }

    pub(super) async fn known_shelf(&self, category: &CategoryId) -> Option<Shelf> {
        self.shelves.get(category).await
    }

    pub(super) async fn tree<F>(&self, read: F) -> anyhow::Result<Arc<CategoryTree>>
    where
        F: Future<Output = anyhow::Result<Arc<CategoryTree>>>,
    {
        let before = self.forgotten.load(Ordering::Acquire);
        let tree = self.tree.try_get_with((), read).await.map_err(|fault| shared(&fault))?;
        if self.forgotten.load(Ordering::Acquire) != before {
            self.tree.invalidate(&()).await;
        }
        Ok(tree)
    }

    /// A page of a list, which is dear to count and sort anew.
    pub(super) async fn list<F>(&self, category: &CategoryId, query: String, read: F) -> anyhow::Result<Arc<ListPage>>
    where
        F: Future<Output = anyhow::Result<ListPage>>,
    {
        let key = (category.clone(), query);
        if let Some(known) = self.lists.get(&key).await {
            return Ok(known);
        }
        let before = self.forgotten.load(Ordering::Acquire);
        let page = Arc::new(read.await?);
        self.keep(&self.lists, key, page.clone(), before).await;
        Ok(page)
    }

    pub(super) async fn count<F>(&self, read: F) -> anyhow::Result<u32>
    where
        F: Future<Output = anyhow::Result<u32>>,
    {
        let before = self.forgotten.load(Ordering::Acquire);
        let count = self.count.try_get_with((), read).await.map_err(|fault| shared(&fault))?;
        if self.forgotten.load(Ordering::Acquire) != before {
            self.count.invalidate(&()).await;
        }
        Ok(count)
    }

    async fn keep<K, V>(&self, cache: &Moka<K, V>, key: K, value: V, before: u64)
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        cache.insert(key.clone(), value).await;
        if self.forgotten.load(Ordering::Acquire) != before {
            cache.invalidate(&key).await;
        }
    }

    /// Forgets a product: its card, its addresses, its SKUs and the shelves it stands or stood on.
    pub(super) async fn forget_product(&self, id: &ProductId, slugs: &[Slug], skus: &[Sku], categories: &[CategoryId]) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.cards.invalidate(id).await;
        self.count.invalidate(&()).await;
        self.lists.invalidate_all();
        for slug in slugs {
            self.addresses.invalidate(slug).await;
        }
        for sku in skus {
            self.products.invalidate(sku).await;
            self.line_facts.invalidate(sku).await;
        }
        for category in categories {
            self.shelves.invalidate(&top_of(category)).await;
        }
    }

    /// Puts a product's new card in the place of its old one on its shelf, where that is in memory.
    /// The caller sees to it that nobody else does so at the same time.
    pub(super) async fn replace_card(&self, card: &Arc<ProductCard>) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.cards.invalidate(&card.id).await;
        self.lists.invalidate_all();
        let category = top_of(&card.category);
        if let Some(shelf) = self.shelves.get(&category).await {
            let others = shelf.iter().filter(|other| other.id != card.id).cloned();
            let mut cards: Vec<Arc<ProductCard>> = others.chain([card.clone()]).collect();
            cards.sort_by_cached_key(|card| rank(card));
            self.shelves.insert(category, cards.into()).await;
        }
    }

    pub(super) async fn forget_tree(&self) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.tree.invalidate(&()).await;
        self.shelves.invalidate_all();
        self.lists.invalidate_all();
    }
}

fn bounded<K, V>(entries: u64, age: Duration) -> Moka<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Moka::builder().max_capacity(entries).time_to_live(age).build()
}
