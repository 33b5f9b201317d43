//! The demo store: what is made of a seed.

use crate::support::Shop;
use crate::support::books::Stock;

#[tokio::test]
async fn the_same_seed_makes_the_same_store() {
    let (store, same, other) = (demo_store(7).await, demo_store(7).await, demo_store(8).await);
    assert_eq!(store, same);
    assert_ne!(store, other);
}

/// What the demo says that it made, and each product: as search engines read it, and what of it there is.
async fn demo_store(seed: u32) -> (String, Vec<(String, Stock)>) {
    let mut shop = Shop::new();
    let said = shop.demo(40, seed).await.went_well().stdout;
    assert!(said.contains("Made 40 demo products"), "{said}");
    shop.open().await;
    let mut browser = shop.browser();
    let map = browser.get("/sitemaps/products-1.xml").await.is(200).html.replace(shop.url(), "");
    let mut products = Vec::new();
    for path in map.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()) {
        let data = browser.open(path).await.is(200).linked_data();
        let is_product =
            |thing: &serde_json::Value| thing["@type"].as_str().is_some_and(|kind| kind.starts_with("Product"));
        let product = data.into_iter().find(is_product).unwrap();
        let first = product["hasVariant"].as_array().map_or(&product, |variants| &variants[0]);
        let stock = shop.stock(first["sku"].as_str().unwrap()).await;
        products.push((product.to_string().replace(shop.url(), ""), stock));
    }
    assert_eq!(products.len(), 40);
    (said.replace(&format!("seed {seed}"), "seed"), products)
}
