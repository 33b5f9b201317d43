//! What was read lately. A write forgets exactly what it changed. Whoever asks after a write is told
//! nothing from before it: a read that was under way while something was forgotten does not stay, and
//! is not shared with those who came later. What other processes write in a shared database is heard of by
//! who follows it ([`Cache::take_in`]); in case nobody does, what was read there is believed for a short time
//! only.

mod forgetting;

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::cart::LineFacts;
use domain::catalog::listing::{ListPage, ProductCard};
use domain::catalog::{CategoryId, CategoryTree, Product, ProductId, Sku, Slug};
use moka::Expiry;
use moka::future::Cache as Moka;
use quick_cache::sync::Cache as Compact;
use tokio::sync::{RwLock, RwLockReadGuard};

use super::read::top_of;
use crate::reading::{Reading, read_after};

const MAX_PRODUCTS: u64 = 500;
const MAX_SKUS: u64 = 500;
/// What a cart needs of a SKU is less than a tenth of its product.
pub(super) const MAX_LINE_FACTS: u32 = 50_000;
/// A tenth more: the parts of that cache fill unevenly.
const LINE_FACTS_ROOM: usize = MAX_LINE_FACTS as usize / 10 * 11;
const MAX_LISTS: u64 = 100;
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

/// A shelf of a shared database is believed for so long since it was read, however often cards were
/// replaced on it meanwhile.
struct Believed(Option<Duration>);

impl Expiry<CategoryId, Reading<Shelf>> for Believed {
    fn expire_after_create(&self, _: &CategoryId, _: &Reading<Shelf>, _: Instant) -> Option<Duration> {
        self.0
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

/// How often something was forgotten.
#[derive(Debug, Default)]
struct Forgotten {
    /// Anything at all.
    any: u64,
    tree: u64,
    count: u64,
    /// By top category.
    shelves: HashMap<CategoryId, u64>,
}

impl Forgotten {
    fn shelf(&self, top: &CategoryId) -> u64 {
        self.shelves.get(top).copied().unwrap_or_default()
    }
}

#[derive(Debug)]
pub(super) struct Cache {
    addresses: Moka<Slug, Address>,
    products: Moka<Sku, Arc<Product>>,
    /// With the moment they were kept at: for so many, an age that the cache itself knows of takes more
    /// memory than they do.
    line_facts: Compact<Sku, (Instant, Arc<LineFacts>)>,
    line_facts_age: Duration,
    shelves: Moka<CategoryId, Reading<Shelf>>,
    cards: Moka<ProductId, Arc<ProductCard>>,
    tree: Moka<(), Reading<Arc<CategoryTree>>>,
    /// How many products are sold.
    count: Moka<(), Reading<u32>>,
    /// Pages are as old as their shelf.
    lists: Moka<ListKey, Reading<Arc<ListPage>>>,
    /// Held while something is forgotten: who begins to read meanwhile waits, and finds nothing of it.
    forgotten: RwLock<Forgotten>,
}

impl Cache {
    /// An empty cache of a database that other processes write to as well, or that they don't.
    pub(super) fn new(is_shared: bool) -> Self {
        let shelf_weight =
            |_: &CategoryId, shelf: &Reading<Shelf>| u32::try_from(shelf.value.len()).unwrap_or(u32::MAX).max(1);
        let believed = |age: Duration| if is_shared { age } else { FOREVER };
        Self {
            addresses: bounded(MAX_PRODUCTS, believed(SHARED_PRODUCT_AGE)),
            products: bounded(MAX_SKUS, believed(SHARED_PRODUCT_AGE)),
            line_facts: Compact::new(LINE_FACTS_ROOM),
            line_facts_age: believed(SHARED_PRODUCT_AGE),
            shelves: Moka::builder()
                .max_capacity(MAX_SHELF_CARDS)
                .weigher(shelf_weight)
                .expire_after(Believed(is_shared.then_some(SHARED_SHELF_AGE)))
                .build(),
            cards: bounded(MAX_CARDS, believed(SHARED_PRODUCT_AGE)),
            tree: bounded(1, believed(SHARED_SHELF_AGE)),
            count: bounded(1, believed(SHARED_SHELF_AGE)),
            lists: bounded(MAX_LISTS, believed(SHARED_PRODUCT_AGE)),
            forgotten: RwLock::default(),
        }
    }

    pub(super) async fn address<F>(&self, slug: &Slug, read: F) -> anyhow::Result<Option<Address>>
    where
        F: Future<Output = anyhow::Result<Option<Address>>>,
    {
        if let Some(known) = self.addresses.get(slug).await {
            return Ok(Some(known));
        }
        let before = self.moment().await;
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
    pub(super) async fn moment(&self) -> u64 {
        self.forgotten.read().await.any
    }

    pub(super) async fn keep_product(&self, sku: Sku, product: Arc<Product>, before: u64) {
        self.keep(&self.products, sku, product, before).await;
    }

    /// The shelves that are in memory.
    pub(super) async fn known_shelves(&self) -> Vec<Shelf> {
        let forgotten = self.forgotten.read().await;
        let known = self.shelves.iter().filter(|(top, shelf)| shelf.forgotten >= forgotten.shelf(top));
        known.map(|(_, shelf)| shelf.value).collect()
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
    pub(super) fn line_facts(&self, sku: &Sku) -> Option<Arc<LineFacts>> {
        let (kept_at, facts) = self.line_facts.get(sku)?;
        (kept_at.elapsed() < self.line_facts_age).then_some(facts)
    }

    pub(super) async fn keep_line_facts(&self, sku: Sku, facts: Arc<LineFacts>, before: u64) {
        if let Some(_held) = self.unless_forgotten(before).await {
            self.line_facts.insert(sku, (Instant::now(), facts));
        }
    }

    /// All cards of a top category.
    pub(super) async fn shelf<F, R>(&self, top: &CategoryId, read: F) -> anyhow::Result<Shelf>
    where
        F: Fn() -> R,
        R: Future<Output = anyhow::Result<Shelf>>,
    {
        let asked = self.forgotten.read().await.shelf(top);
        read_after(asked, &self.shelves, top, read).await
    }

    pub(super) async fn known_shelf(&self, top: &CategoryId) -> Option<Shelf> {
        let asked = self.forgotten.read().await.shelf(top);
        let known = self.shelves.get(top).await?;
        (known.forgotten >= asked).then_some(known.value)
    }

    pub(super) async fn tree<F, R>(&self, read: F) -> anyhow::Result<Arc<CategoryTree>>
    where
        F: Fn() -> R,
        R: Future<Output = anyhow::Result<Arc<CategoryTree>>>,
    {
        let asked = self.forgotten.read().await.tree;
        read_after(asked, &self.tree, &(), read).await
    }

    /// A page of a list, which is dear to count and sort anew.
    pub(super) async fn list<F>(&self, category: &CategoryId, query: String, read: F) -> anyhow::Result<Arc<ListPage>>
    where
        F: Future<Output = anyhow::Result<ListPage>>,
    {
        let asked = self.forgotten.read().await.shelf(&top_of(category));
        let key = (category.clone(), query);
        if let Some(known) = self.lists.get(&key).await
            && known.forgotten >= asked
        {
            return Ok(known.value);
        }
        let page = Arc::new(read.await?);
        self.lists.insert(key, Reading { forgotten: asked, value: page.clone() }).await;
        Ok(page)
    }

    pub(super) async fn count<F, R>(&self, read: F) -> anyhow::Result<u32>
    where
        F: Fn() -> R,
        R: Future<Output = anyhow::Result<u32>>,
    {
        let asked = self.forgotten.read().await.count;
        read_after(asked, &self.count, &(), read).await
    }

    async fn keep<K, V>(&self, cache: &Moka<K, V>, key: K, value: V, before: u64)
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        if let Some(_held) = self.unless_forgotten(before).await {
            cache.insert(key, value).await;
        }
    }

    /// Nothing where something was forgotten since the moment `before`. To be held until what was read after that
    /// moment is kept, so that what is forgotten meanwhile is forgotten after it.
    async fn unless_forgotten(&self, before: u64) -> Option<RwLockReadGuard<'_, Forgotten>> {
        let forgotten = self.forgotten.read().await;
        (forgotten.any == before).then_some(forgotten)
    }
}

fn bounded<K, V>(entries: u64, age: Duration) -> Moka<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Moka::builder().max_capacity(entries).time_to_live(age).build()
}

#[cfg(test)]
mod tests;
