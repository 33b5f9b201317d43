//! That a running store finds what was written to its catalog, and how soon. Over HTTP the same is seen
//! for a purchase; an import into an embedded database needs its store to be closed, so it runs here.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use domain::search::SearchRequest;
use domain::search::ports::Search;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::insight::SqlInsight;
use super::{Follower, IndexSearch};
use crate::catalog::{GraphCatalog, Shelving};
use crate::context::Databases;
use crate::import;
use crate::inventory::SqlInventory;

/// A change is found within a second; a busy machine gets more.
const FOUND_WITHIN: Duration = Duration::from_secs(10);
const LOOK_INTERVAL: Duration = Duration::from_millis(5);

/// A store whose index follows its catalog.
struct Running {
    folder: TempDir,
    databases: Databases,
    shelving: Shelving,
    search: IndexSearch,
    following: JoinHandle<()>,
}

impl Running {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let databases = Databases::open_embedded(folder.path()).await.unwrap();
        let catalog = GraphCatalog::new(databases.graph.clone());
        let shelving = Shelving::new(catalog.clone(), SqlInventory::new(databases.sql.clone()));
        let search = IndexSearch::open(catalog, SqlInsight::new(databases.sql.clone()), folder.path());
        let following = tokio::spawn(Follower::new(search.clone(), folder.path()).run());
        Self { folder, databases, shelving, search, following }
    }

    /// Another store over the same catalog and folder.
    fn beside(&self) -> (IndexSearch, JoinHandle<()>) {
        let catalog = self.search.catalog.clone();
        let search = IndexSearch::open(catalog, SqlInsight::new(self.databases.sql.clone()), self.folder.path());
        let following = tokio::spawn(Follower::new(search.clone(), self.folder.path()).run());
        (search, following)
    }

    async fn close(mut self) {
        self.following.abort();
        // It was told to stop, and says so.
        let _ = (&mut self.following).await;
        self.databases.close().await;
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes products to the catalog, as an import does: title, price and units of each.
    async fn put(&self, rows: &[(&str, &str, u32)]) {
        let mut feed = "id\ttitle\tprice\tavailability\tquantity\n".to_owned();
        for (number, (title, price, units)) in rows.iter().enumerate() {
            let availability = if *units > 0 { "in_stock" } else { "out_of_stock" };
            writeln!(feed, "P{number}\t{title}\t{price} GBP\t{availability}\t{units}").unwrap();
        }
        std::fs::write(self.file("feed.tsv"), feed).unwrap();
        let report = self.file("report.csv");
        let put = import::products(&self.file("feed.tsv"), &report, &self.shelving, Timestamp::now(), false).await;
        assert_eq!(put.unwrap().rejected, 0);
    }

    async fn found(&self, pairs: &[(&str, &str)]) -> Vec<String> {
        found(&self.search, pairs).await
    }

    /// Waits until a search finds just these, and says how long that took.
    async fn comes_to_find(&self, what: &str, pairs: &[(&str, &str)], titles: &[&str]) {
        comes_to_find(&self.search, what, pairs, titles).await;
    }
}

/// The titles of what a search finds, the best first.
async fn found(search: &IndexSearch, pairs: &[(&str, &str)]) -> Vec<String> {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let found = search.search(&SearchRequest::from_pairs(&pairs)).await;
    found.map(|results| results.list.cards.into_iter().map(|card| card.title.to_string()).collect()).unwrap_or_default()
}

async fn comes_to_find(search: &IndexSearch, what: &str, pairs: &[(&str, &str)], titles: &[&str]) {
    let begun = Instant::now();
    loop {
        let found = found(search, pairs).await;
        if found == titles {
            break;
        }
        assert!(begun.elapsed() < FOUND_WITHIN, "{what}: {found:?} instead of {titles:?}");
        tokio::time::sleep(LOOK_INTERVAL).await;
    }
    println!("{what} is found {} ms after it was written", begun.elapsed().as_millis());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_text_price_or_stock_is_found_at_once() {
    let store = Running::new().await;
    let (lamp, stool) = ("Walnut desk lamp", "Oak stool");
    store.put(&[(lamp, "24.50", 3), (stool, "61.00", 9)]).await;
    store.comes_to_find("a new product", &[("q", "lamp")], &[lamp]).await;

    store.put(&[("Bankers light", "24.50", 3), (stool, "61.00", 9)]).await;
    store.comes_to_find("a new title", &[("q", "bankers")], &["Bankers light"]).await;
    assert_eq!(store.found(&[("q", "walnut")]).await, Vec::<String>::new());

    let cheap = [("q", "light"), ("price-to", "20")];
    assert_eq!(store.found(&cheap).await, Vec::<String>::new());
    store.put(&[("Bankers light", "19.00", 3), (stool, "61.00", 9)]).await;
    store.comes_to_find("a new price", &cheap, &["Bankers light"]).await;

    let in_stock = [("q", "light"), ("in-stock", "yes")];
    assert_eq!(store.found(&in_stock).await, ["Bankers light"]);
    store.put(&[("Bankers light", "19.00", 0), (stool, "61.00", 9)]).await;
    store.comes_to_find("what sold out", &in_stock, &[]).await;
    store.put(&[("Bankers light", "19.00", 5), (stool, "61.00", 9)]).await;
    store.comes_to_find("what is back", &in_stock, &["Bankers light"]).await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn synonyms_that_the_store_begins_with_come_back_when_the_file_is_removed() {
    let store = Running::new().await;
    let sofa = "Linen sofa";
    store.put(&[(sofa, "610.00", 3)]).await;
    store.comes_to_find("a built-in synonym", &[("q", "couch")], &[sofa]).await;

    std::fs::write(store.file("synonyms.txt"), "sofa, lounger\n").unwrap();
    store.put(&[(sofa, "600.00", 3)]).await;
    store.comes_to_find("a synonym of the file", &[("q", "lounger")], &[sofa]).await;
    assert_eq!(store.found(&[("q", "couch")]).await, Vec::<String>::new());

    std::fs::remove_file(store.file("synonyms.txt")).unwrap();
    store.put(&[(sofa, "590.00", 3)]).await;
    store.comes_to_find("a built-in synonym again", &[("q", "couch")], &[sofa]).await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_stores_on_one_folder_one_writes_the_index_and_both_find_what_is_new() {
    let store = Running::new().await;
    store.put(&[("Walnut desk lamp", "24.50", 3)]).await;
    store.comes_to_find("a product", &[("q", "walnut")], &["Walnut desk lamp"]).await;
    let index = store.search.folder.current().unwrap();

    let (other, other_following) = store.beside();
    comes_to_find(&other, "what was there", &[("q", "walnut")], &["Walnut desk lamp"]).await;
    store.put(&[("Brass desk lamp", "24.50", 3)]).await;
    store.comes_to_find("a new title", &[("q", "brass")], &["Brass desk lamp"]).await;
    comes_to_find(&other, "a new title in the other store", &[("q", "brass")], &["Brass desk lamp"]).await;
    assert_eq!(store.search.folder.current().unwrap(), index, "nobody made another index");

    // When the one that wrote is gone the other one goes on.
    store.following.abort();
    store.put(&[("Oak desk lamp", "24.50", 3)]).await;
    comes_to_find(&other, "what came later", &[("q", "oak")], &["Oak desk lamp"]).await;
    assert_eq!(store.search.folder.current().unwrap(), index);
    other_following.abort();
    let _ = other_following.await;
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_fails_is_made_anew_where_it_is_damaged() {
    let store = Running::new().await;
    let lamp = "Walnut desk lamp";
    store.put(&[(lamp, "24.50", 3)]).await;
    store.comes_to_find("a product", &[("q", "walnut")], &[lamp]).await;
    let (engine, index) = (store.search.engine().unwrap(), store.search.folder.current().unwrap().unwrap());
    let meta = index.join("meta.json");
    let written = std::fs::read(&meta).unwrap();
    std::fs::write(&meta, "{").unwrap();
    let fault = anyhow::Error::from(engine.mark().unwrap_err());

    // It is whole, whatever failed.
    std::fs::write(&meta, written).unwrap();
    store.search.doubt(engine.clone(), &fault).await;
    assert!(store.search.engine().is_ok());
    std::fs::write(&meta, "{").unwrap();
    store.search.doubt(engine.clone(), &fault).await;
    store.comes_to_find("what was there", &[("q", "walnut")], &[lamp]).await;
    assert_ne!(store.search.folder.current().unwrap().unwrap(), index);
    // Who comes late with the old one closes nothing.
    store.search.doubt(engine, &fault).await;
    assert!(store.search.engine().is_ok());
    store.close().await;
}
