//! The demo store: what is made of a seed.

use super::dispatch::is_settled;
use crate::support::books::Stock;
use crate::support::{Browser, Page, Shop};

/// What only the page of a bundle has.
const BUNDLE: &str = "id=\"bundle-title\"";

#[tokio::test]
async fn the_same_seed_makes_the_same_store() {
    let (store, same, other) = (demo_store(7).await, demo_store(7).await, demo_store(8).await);
    assert_eq!(store, same);
    assert_ne!(store, other);
}

#[tokio::test]
async fn its_bundles_are_found_and_bought_and_take_the_stock_of_their_parts() {
    let mut shop = Shop::new();
    shop.demo(200, 7).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    let mut bundles = Vec::new();
    for path in products_of(&shop, &mut browser).await.iter().filter(|path| path.contains("-set-")) {
        let page = browser.open(path).await;
        if page.html.contains(BUNDLE) {
            bundles.push(page);
        }
    }
    assert_eq!(bundles.len(), 3);
    let in_stock = |page: &Page| page.linked_data().iter().any(|thing| is_product(thing) && is_in_stock(thing));
    let bundle = bundles.into_iter().find(in_stock).expect("a bundle whose parts are there");
    let found = browser.open(&format!("/search?q={}&in-stock=yes", bundle.heading().replace(' ', "+"))).await;
    assert!(found.cards().contains(&bundle.path), "{:?}", found.cards());
    let parts = parts_of(&bundle);
    assert!(parts.len() > 1, "{parts:?}");
    browser.buy(bundle.path.strip_prefix("/products/").unwrap(), "1").await.says(&["Thank you, Ada."]);
    is_settled(&shop).await;
    for part in &parts {
        assert_eq!(shop.stock(part).await.allocated, 1, "{part}");
    }
}

/// The paths of all products.
async fn products_of(shop: &Shop, browser: &mut Browser) -> Vec<String> {
    let map = browser.get("/sitemaps/products-1.xml").await.is(200).html.replace(shop.url(), "");
    map.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// The SKUs that the page of a bundle says are in it.
fn parts_of(page: &Page) -> Vec<String> {
    let list = page.html.split_once(BUNDLE).unwrap().1.split("</section>").next().unwrap();
    list.split("?sku=").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn is_product(thing: &serde_json::Value) -> bool {
    thing["@type"].as_str().is_some_and(|kind| kind.starts_with("Product"))
}

fn is_in_stock(product: &serde_json::Value) -> bool {
    product["offers"]["availability"] == "https://schema.org/InStock"
}

/// What the demo says that it made, and each product: as search engines read it, and what of it there is.
async fn demo_store(seed: u32) -> (String, Vec<(String, Stock)>) {
    let mut shop = Shop::new();
    let said = shop.demo(40, seed).await.went_well().stdout;
    assert!(said.contains("Made 40 demo products"), "{said}");
    shop.open().await;
    let mut browser = shop.browser();
    let mut products = Vec::new();
    for path in products_of(&shop, &mut browser).await {
        let data = browser.open(&path).await.is(200).linked_data();
        let product = data.into_iter().find(is_product).unwrap();
        let first = product["hasVariant"].as_array().map_or(&product, |variants| &variants[0]);
        let stock = shop.stock(first["sku"].as_str().unwrap()).await;
        products.push((product.to_string().replace(shop.url(), ""), stock));
    }
    assert_eq!(products.len(), 40);
    (said.replace(&format!("seed {seed}"), "seed"), products)
}
