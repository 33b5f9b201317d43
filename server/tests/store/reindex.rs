//! The search index: that it keeps up with the catalog, and that it can be lost.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::future::join3;

use crate::support::purchase::PAYS;
use crate::support::{Browser, Shop, feed, until};

/// A change is found within a second, and an index of a few products is made in a moment; a busy
/// machine gets more.
const FOUND_WITHIN: Duration = Duration::from_secs(20);
const COLUMNS: &str = "id | title | price | product_type | quantity";
const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP | Home > Lighting | 2";
const STOOL: &str = "STOOL | Oak stool | 61.00 GBP | Home > Seating | 80";

async fn shop() -> Shop {
    Shop::with_feed(&feed(COLUMNS, &[LAMP, STOOL])).await
}

fn index_folder(shop: &Shop) -> PathBuf {
    shop.data().join("search")
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

async fn finds(browser: &mut Browser, words: &str) -> Vec<String> {
    browser.open(&format!("/search?q={words}")).await.is(200).cards()
}

/// Waits until a search is answered, and asserts that everything else was there meanwhile.
async fn comes_back(shop: &Shop) {
    let mut browser = shop.browser();
    until("search comes back", FOUND_WITHIN, async || {
        browser.open("/c/home").await.is(200);
        let page = browser.open("/search?q=lamp").await;
        if page.status.as_u16() == 503 {
            page.says(&["Search is being made ready", "Every product is in a category"]);
            assert!(page.links("/c/").contains(&"/c/home".to_owned()), "the shelves lead on");
            assert!(page.header("retry-after").is_some());
            return None;
        }
        (page.is(200).cards() == ["/products/walnut-desk-lamp"]).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_sells_out_is_found_as_sold_out_a_moment_later() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let in_stock = "lamp&in-stock=yes";
    assert_eq!(finds(&mut browser, in_stock).await, ["/products/walnut-desk-lamp"]);
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    let sold = Instant::now();
    until("the lamp is known to be sold out", FOUND_WITHIN, async || {
        finds(&mut browser, in_stock).await.is_empty().then_some(())
    })
    .await;
    println!("what sold out is found so {} ms after the order was confirmed", sold.elapsed().as_millis());
    browser.open("/search?q=lamp").await.says(&["1 item", "Sold out"]);
}

#[tokio::test]
async fn an_import_changes_what_is_found() {
    let mut shop = shop().await;
    shop.close().await;
    let renamed = "LAMP | Bankers light | 30.00 GBP | Home > Lighting | 2 | ";
    let expired = "STOOL | Oak stool | 61.00 GBP | Home > Seating | 80 | 2020-01-01T00:00:00Z";
    let columns = format!("{COLUMNS} | expiration_date");
    shop.import(&feed(&columns, &[renamed, expired])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    assert_eq!(finds(&mut browser, "bankers").await, ["/products/bankers-light"]);
    assert_eq!(finds(&mut browser, "walnut").await, Vec::<String>::new());
    assert_eq!(finds(&mut browser, "stool").await, Vec::<String>::new());
}

#[tokio::test]
async fn an_index_is_written_anew_on_request() {
    let mut shop = shop().await;
    shop.close().await;
    let before = files(&index_folder(&shop));
    let ran = shop.run_on_data(&["reindex".as_ref() as &OsStr]).await.went_well();
    assert!(ran.stdout.contains("The search index holds 2 products."), "{ran:?}");
    let after = files(&index_folder(&shop));
    assert!(before.iter().all(|file| !after.contains(file) || file.ends_with("current")), "the old index is gone");
    shop.open().await;
    assert_eq!(finds(&mut shop.browser(), "lamp").await, ["/products/walnut-desk-lamp"]);
}

#[tokio::test]
async fn an_open_store_writes_its_index_anew_on_request_and_searches_go_on() {
    let shop = shop().await;
    let mut shopper = shop.browser();
    let review = shopper.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    let before = files(&index_folder(&shop));
    let mut browser = shop.browser();
    let asking = async {
        let ran = shop.run_on_data(&["reindex".as_ref() as &OsStr]).await.went_well();
        assert!(ran.stdout.contains("The search index holds 2 products."), "{ran:?}");
    };
    let searching = async {
        for _ in 0..20 {
            assert_eq!(finds(&mut browser, "lamp").await, ["/products/walnut-desk-lamp"]);
        }
    };
    let buying = async {
        shopper.place(&review).await.says(&["Thank you, Ada."]);
    };
    join3(asking, searching, buying).await;
    let after = files(&index_folder(&shop));
    assert!(before.iter().all(|file| !after.contains(file) || file.ends_with("current")), "the old index is gone");
    until("what was bought meanwhile is known to be sold out", FOUND_WITHIN, async || {
        finds(&mut browser, "lamp&in-stock=yes").await.is_empty().then_some(())
    })
    .await;
    shop.run_on_data(&["reindex".as_ref() as &OsStr]).await.went_well();
    assert_eq!(finds(&mut browser, "lamp").await, ["/products/walnut-desk-lamp"]);
    assert!(!shop.log().contains("ERROR"), "{}", shop.log());
}

#[tokio::test]
async fn a_lost_index_is_made_anew_while_the_store_is_open() {
    let mut shop = shop().await;
    shop.close().await;
    fs::remove_dir_all(index_folder(&shop)).unwrap();
    shop.open().await;
    comes_back(&shop).await;
}

#[tokio::test]
async fn an_index_with_one_damaged_file_is_made_anew_while_the_store_is_open() {
    let mut shop = shop().await;
    let flipped: fn(Vec<u8>) -> Vec<u8> = |mut bytes| {
        let place = bytes.len() / 4;
        bytes[place] ^= 0xff;
        bytes
    };
    let cut: fn(Vec<u8>) -> Vec<u8> = |bytes| bytes[..bytes.len() / 2].to_vec();
    for (kind, harm) in [("idx", flipped), ("term", flipped), ("fast", cut), ("store", cut)] {
        shop.close().await;
        let folder = index_folder(&shop);
        let of_kind = files(&folder).into_iter().filter(|file| file.extension() == Some(OsStr::new(kind)));
        let harmed: Vec<PathBuf> = of_kind.collect();
        assert!(!harmed.is_empty());
        for file in &harmed {
            fs::write(file, harm(fs::read(file).unwrap())).unwrap();
        }
        shop.open().await;
        comes_back(&shop).await;
        assert!(harmed.iter().all(|file| !file.exists()), "another index took its place");
    }
}

#[tokio::test]
async fn a_damaged_index_is_made_anew_while_the_store_is_open() {
    let mut shop = shop().await;
    for harm in [b"".as_slice(), b"nonsense"] {
        shop.close().await;
        for file in files(&index_folder(&shop)) {
            fs::write(file, harm).unwrap();
        }
        shop.open().await;
        comes_back(&shop).await;
    }
}
