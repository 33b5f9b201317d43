//! Real catalogs: dirty texts, other currencies, a long history.

use std::ffi::OsStr;
use std::path::Path;

use crate::support::purchase::{ADD, DELIVERY, PAYS, number_on};
use crate::support::real_data::real_data;
use crate::support::{Browser, Ran, Shop};

async fn import(shop: &Shop, what: &str, file: &Path) -> Ran {
    let ran = shop.run_on_data(&["import".as_ref(), what.as_ref(), file.as_os_str()]).await;
    assert!([0, 3].contains(&ran.code), "{ran:?}");
    ran
}

/// The number before some words in what an import said.
fn number_before(ran: &Ran, words: &str) -> usize {
    let start = ran.stdout.find(words).unwrap_or_else(|| panic!("no {words:?} in {ran:?}"));
    ran.stdout[..start].split_whitespace().next_back().unwrap().parse().unwrap()
}

async fn products_in_site_map(browser: &mut Browser) -> Vec<String> {
    let map = browser.get("/sitemaps/products-1.xml").await;
    let entries = map.is(200).html.split("/products/").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    entries.collect()
}

/// Buys one unit and finds the order again.
async fn buy(shop: &Shop, slug: &str) {
    let mut browser = shop.browser();
    let title = browser.open(&format!("/products/{slug}")).await.is(200).heading();
    let review = browser.come_to_review(slug, "1", PAYS).await;
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", &title]);
    let found = shop.browser().look_up(&number_on(&order), "ada@example.com").await;
    found.is(200).says(&[&title, "Payment authorised"]);
}

#[tokio::test]
async fn the_electronics_of_several_shops_are_imported_and_bought() {
    let Some(products) = real_data("electronics/products.tsv.xz") else { return };
    let mut shop = Shop::new();
    let ran = import(&shop, "products", &products).await;
    assert_eq!(number_before(&ran, " rows read"), 10_080);
    let products = number_before(&ran, " products with");
    assert!(products > 9_900, "{ran:?}");
    shop.open().await;
    let mut browser = shop.browser();
    let slugs = products_in_site_map(&mut browser).await;
    assert_eq!(slugs.len(), products);
    browser.open("/").await.is(200);
    browser.open("/c/electronics-general").await.is(200);
    assert!(!browser.open("/search?q=iphone%20case").await.is(200).cards().is_empty());
    for slug in slugs.iter().step_by(500) {
        let page = browser.open(&format!("/products/{slug}")).await;
        assert_eq!(page.is(200).thing("Product")["offers"]["priceCurrency"], "USD", "{slug}");
    }
    buy(&shop, "elite-screens-cinewhite-cinema235-series-fixed-frame-wide-screen-85-diagonal").await;
}

#[tokio::test]
async fn a_gift_shop_with_its_history_is_imported_and_bought_from() {
    let Some(products) = real_data("online-retail/products.tsv.xz") else { return };
    let Some(orders) = real_data("online-retail/orders.csv.xz") else { return };
    let mut shop = Shop::new();
    let ran = import(&shop, "products", &products).await;
    assert_eq!(number_before(&ran, " rows read"), 3_743);
    let products = number_before(&ran, " products with");
    assert!(products > 3_700, "{ran:?}");
    let history = import(&shop, "orders", &orders).await;
    assert_eq!(number_before(&history, " rows read"), 429_115);
    assert!(number_before(&history, " orders with") > 10_000, "{history:?}");
    shop.open().await;
    let mut browser = shop.browser();
    assert_eq!(products_in_site_map(&mut browser).await.len(), products);
    let found = browser.open("/search?q=political%20globe").await;
    assert_eq!(found.is(200).cards(), ["/products/inflatable-political-globe"]);
    assert!(!found.forms(ADD).is_empty());
    buy(&shop, "inflatable-political-globe").await;
    let delivery = {
        browser.put_into_cart("inflatable-political-globe", "1").await;
        browser.give_address().await
    };
    assert_eq!(delivery.form(DELIVERY).field("delivery"), Some("standard"));
}

#[tokio::test]
async fn what_a_gift_shops_customers_bought_is_recommended_better_than_by_cosine() {
    let Some(orders) = real_data("online-retail/orders.csv.xz") else { return };
    let arguments = ["evaluate", "recommendations", "--holdout", "2011-09-01", "--orders"].map(OsStr::new);
    let said = Shop::new().run(&[&arguments[..], &[orders.as_os_str()]].concat(), &[]).await.went_well().stdout;
    let ratio = |ranker: &str, metric: &str| -> f64 {
        let beside_cosine = format!("{ranker} / item-to-item cosine ");
        let told = said.split_once(&beside_cosine).and_then(|(_, rest)| rest.split_once(&format!("{metric} ")));
        let told = told.and_then(|(_, rest)| rest.split(' ').next()).and_then(|number| number.parse().ok());
        told.unwrap_or_else(|| panic!("no {metric} of {ranker} in {said}"))
    };
    for metric in ["HR@10", "NDCG@10"] {
        assert!(ratio("ratios: ours", metric) >= 1.25, "{said}");
        assert!(ratio("ours, as shelves show", metric) >= 1.15, "{said}");
    }
}
