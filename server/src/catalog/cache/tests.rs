//! What is told before and after writes.

use std::future::ready;
use std::path::Path;
use std::pin::pin;
use std::slice::from_ref;

use anyhow::anyhow;
use domain::catalog::listing::{ListRequest, answer};
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{OwnRatings, ProductDraft};
use domain::pricing::Price;
use futures::poll;
use jiff::Timestamp;
use tokio::sync::Notify;

use super::*;
use crate::catalog::card::card_of;
use crate::catalog::changes::SearchedProduct;
use crate::catalog::{Demand, GraphCatalog, Shelving};
use crate::context::Databases;
use crate::inventory::SqlInventory;
use crate::{demo, import};

const LAMP: &str = "LAMP\tDesk lamp\t24.50 GBP\tin_stock\tHome > Lighting";
const BENCH: &str = "BENCH\tOak bench\t61.00 GBP\tin_stock\tGarden > Seating";

async fn put(catalog: &GraphCatalog, databases: &Databases, folder: &Path, rows: &[&str]) {
    let header = "id\ttitle\tprice\tavailability\tproduct_type";
    let file = folder.join("feed.tsv");
    std::fs::write(&file, [&[header], rows].concat().join("\n")).unwrap();
    let shelving = Shelving::new(catalog.clone(), SqlInventory::new(databases.sql.clone()));
    let put = import::products(&file, &folder.join("report.csv"), &shelving, Timestamp::now(), false).await;
    assert_eq!(put.unwrap().rejected, 0);
}

/// All that is kept of one product.
struct Kept {
    product: Arc<Product>,
    of_sku: Arc<Product>,
    card: Arc<ProductCard>,
    facts: Arc<LineFacts>,
}

impl Kept {
    /// What is told of a product that is alone on its shelf and has one variant.
    async fn of(catalog: &GraphCatalog, key: &str, slug: &str) -> Self {
        let (sku, id): (Sku, ProductId) = (key.parse().unwrap(), key.parse().unwrap());
        let Found::Product(product) = catalog.product(&slug.parse().unwrap()).await.unwrap() else {
            panic!("{slug} is not sold")
        };
        let list = catalog.list(&product.category, &ListRequest::default()).await.unwrap();
        let kept = Self {
            of_sku: catalog.products_of(from_ref(&sku)).await.unwrap().remove(&sku).unwrap(),
            card: catalog.cards(from_ref(&id)).await.unwrap().remove(&id).unwrap(),
            facts: catalog.line_facts(from_ref(&sku)).await.unwrap().remove(&sku).unwrap(),
            product,
        };
        assert_eq!(list.cards, [kept.card.as_ref().clone()]);
        kept
    }

    fn prices(&self) -> [Price; 4] {
        [self.product.lowest_price(), self.of_sku.lowest_price(), self.card.price, self.facts.price]
    }

    /// Which of it is still the same in memory.
    fn stayed(&self, later: &Self) -> [bool; 4] {
        [
            Arc::ptr_eq(&self.product, &later.product),
            Arc::ptr_eq(&self.of_sku, &later.of_sku),
            Arc::ptr_eq(&self.card, &later.card),
            Arc::ptr_eq(&self.facts, &later.facts),
        ]
    }
}

/// In the place of a read of what is in memory.
fn nothing_is_read<T>() -> impl Future<Output = anyhow::Result<T>> {
    ready(Err(anyhow!("it was not in memory")))
}

#[tokio::test]
async fn a_write_forgets_what_it_changed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    let catalog = GraphCatalog::new(databases.graph.clone());
    put(&catalog, &databases, folder.path(), &[LAMP, BENCH]).await;
    let lamp = async || Kept::of(&catalog, "LAMP", "desk-lamp").await;
    let bench = async || Kept::of(&catalog, "BENCH", "oak-bench").await;
    let price = |raw: &str| raw.parse::<Price>().unwrap();
    let (first, other, tree) = (lamp().await, bench().await, catalog.categories().await.unwrap());
    assert_eq!(catalog.count().await.unwrap(), 2);

    put(&catalog, &databases, folder.path(), &[&LAMP.replace("24.50", "19.99")]).await;
    let cheaper = lamp().await;
    assert_eq!((first.prices(), cheaper.prices()), ([price("24.50 GBP"); 4], [price("19.99 GBP"); 4]));
    assert_eq!(first.stayed(&cheaper), [false; 4]);

    catalog.note_stock(&cheaper.product, false).await.unwrap();
    let sold_out = lamp().await;
    assert!(cheaper.card.in_stock && !sold_out.card.in_stock);
    assert_eq!(cheaper.stayed(&sold_out), [true, true, false, true]);

    catalog.rate(&sold_out.product.id, OwnRatings::new(5, 1).unwrap()).await.unwrap();
    let rated = lamp().await;
    assert_eq!((rated.product.rating, rated.of_sku.rating), (rated.card.rating, rated.card.rating));
    assert!(rated.card.rating.is_some() && !rated.card.in_stock);

    assert_eq!(other.stayed(&bench().await), [true; 4]);
    assert!(Arc::ptr_eq(&tree, &catalog.categories().await.unwrap()));
    let page = catalog.cache.list(&other.product.category, ListRequest::default().to_query(), nothing_is_read());
    assert_eq!(page.await.unwrap().total, 1);
    assert_eq!(catalog.count().await.unwrap(), 2);
    databases.close().await;
}

#[tokio::test]
async fn what_carts_need_is_read_again_where_stock_turned_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    put(&GraphCatalog::new(databases.graph.clone()), &databases, folder.path(), &[LAMP, BENCH]).await;
    let catalog = GraphCatalog::new(databases.graph.clone());
    let skus: [Sku; 2] = ["LAMP", "BENCH"].map(|sku| sku.parse().unwrap());
    let lamp = catalog.product_of(&skus[0]).await.unwrap().unwrap();
    let known = || skus.iter().filter(|sku| catalog.cache.line_facts(sku).is_some()).count();

    let mut reading = pin!(catalog.learn_some_lines(&skus));
    assert!(poll!(reading.as_mut()).is_pending());
    catalog.note_stock(&lamp, false).await.unwrap();
    assert!(!reading.await.unwrap());
    assert_eq!(known(), 0);

    let (learnt, turned) = tokio::join!(catalog.learn_lines(), catalog.note_stock(&lamp, true));
    assert!(learnt.is_ok() && turned.is_ok());
    assert_eq!(known(), 2);
    databases.close().await;
}

#[tokio::test]
async fn a_category_is_told_of_while_something_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    let catalog = GraphCatalog::new(databases.graph.clone());
    put(&catalog, &databases, folder.path(), &[LAMP, BENCH]).await;
    let told = async || {
        let tree = catalog.categories().await.unwrap();
        tree.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>()
    };
    let (all, left) = (["garden", "garden/seating", "home", "home/lighting"], ["home", "home/lighting"]);
    assert_eq!(told().await, all);
    let bench = Product::clone(&Kept::of(&catalog, "BENCH", "oak-bench").await.product);
    let write = async |product: &Product| catalog.write_products(vec![(product.clone(), None)]).await.unwrap();

    write(&bench.clone().off_sale()).await;
    assert_eq!(told().await, left);
    write(&bench).await;
    assert_eq!(told().await, all);
    let elsewhere = ProductDraft { category: "home/lighting".parse().unwrap(), ..bench.clone().into() };
    write(&elsewhere.clone().try_into().unwrap()).await;
    assert_eq!(told().await, left);
    write(&bench).await;
    assert_eq!(told().await, all);
    // Another product takes the only variant over.
    let heir = ProductDraft { id: "SEAT".parse().unwrap(), ..elsewhere };
    write(&heir.try_into().unwrap()).await;
    assert_eq!(told().await, left);
    databases.close().await;
}

fn home() -> CategoryId {
    "home".parse().unwrap()
}

/// A page of a shelf whose cards are read once the gate is open.
async fn page(cache: &Cache, gate: &Notify, cards: &[Arc<ProductCard>]) -> Arc<ListPage> {
    let read_shelf = || async {
        gate.notified().await;
        anyhow::Ok(Shelf::from(cards.to_vec()))
    };
    let (home, request) = (home(), ListRequest::default());
    let read = async { anyhow::Ok(answer(&cache.shelf(&home, read_shelf).await?, &request)) };
    cache.list(&home, request.to_query(), read).await.unwrap()
}

#[tokio::test]
async fn whoever_asks_after_a_write_is_told_of_it_while_an_older_reading_goes_on() {
    let cards: Vec<Arc<ProductCard>> =
        demo::products(1, 2).map(|made| Arc::new(card_of(&made.product, true))).collect();
    let (cache, gate) = (Cache::new(false), Notify::new());
    let mut early = pin!(page(&cache, &gate, &cards[..1]));
    assert!(poll!(&mut early).is_pending());
    cache.forget_product(&cards[1].id, &[], &[], &[home()]).await;
    let mut late = pin!(page(&cache, &gate, &cards));
    assert!(poll!(&mut late).is_pending());
    gate.notify_one();
    assert_eq!(early.await.total, 1);
    gate.notify_one();
    assert_eq!(late.await.total, 2);
    let kept = cache.list(&home(), ListRequest::default().to_query(), nothing_is_read()).await;
    assert_eq!(kept.unwrap().total, 2);
    assert_eq!(cache.known_shelf(&home()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_read_before_a_write_is_not_kept_after_it() {
    let product = Arc::new(demo::products(1, 1).next().unwrap().product);
    let (cache, sku) = (Cache::new(false), product.first_variant().sku.clone());
    let before = cache.moment().await;
    cache.forget_product(&product.id, from_ref(&product.slug), from_ref(&sku), &[]).await;
    cache.keep_product(sku.clone(), product.clone(), before).await;
    assert!(cache.product(&sku).await.is_none());
    cache.keep_product(sku.clone(), product, cache.moment().await).await;
    assert!(cache.product(&sku).await.is_some());
}

/// A product, filed under a category.
fn filed(product: &Product, category: &str) -> Product {
    ProductDraft { category: category.parse().unwrap(), ..product.clone().into() }.try_into().unwrap()
}

fn stored(product: Product, in_stock: bool) -> SearchedProduct {
    SearchedProduct { card: card_of(&product, in_stock), product, demand: Demand::default() }
}

#[tokio::test]
async fn what_another_process_wrote_takes_the_place_of_what_was_in_memory() {
    let products: Vec<Product> = demo::products(1, 2).map(|made| filed(&made.product, "home")).collect();
    let [lamp, stool] = products.as_slice() else { panic!("two were asked for") };
    let cards: Vec<Arc<ProductCard>> = products.iter().map(|product| Arc::new(card_of(product, true))).collect();
    let cache = Cache::new(true);
    cache.shelf(&home(), || ready(Ok(Shelf::from(cards.clone())))).await.unwrap();
    let sku = &lamp.first_variant().sku;
    cache.keep_product(sku.clone(), Arc::new(lamp.clone()), cache.moment().await).await;
    let shelf = async || cache.known_shelf(&home()).await.unwrap();
    let in_stock = async |product: &Product| shelf().await.card(&product.id).map(|card| card.in_stock);
    let counted = async |count: u32| cache.count(|| ready(Ok(count))).await.unwrap();
    assert_eq!(counted(2).await, 2);

    cache.take_in(&[stored(lamp.clone(), false)]).await;
    assert_eq!((in_stock(lamp).await, in_stock(stool).await), (Some(false), Some(true)));
    assert!(cache.product(sku).await.is_none());
    assert_eq!(counted(1).await, 2, "all are where they were");

    let before = shelf().await;
    cache.take_in(&[stored(lamp.clone(), false)]).await;
    assert!(Arc::ptr_eq(&before.cards, &shelf().await.cards), "what stands there already stays");

    cache.take_in(&[stored(filed(lamp, "garden"), true)]).await;
    assert_eq!(in_stock(lamp).await, None);
    assert_eq!(counted(1).await, 1);
    cache.take_in(&[stored(lamp.clone(), true), stored(stool.clone().off_sale(), true)]).await;
    assert_eq!((in_stock(lamp).await, in_stock(stool).await), (Some(true), None));
}
