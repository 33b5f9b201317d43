//! What crawlers read.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::support::{Shop, feed};

async fn shop() -> Shop {
    let rows =
        ["LAMP | Walnut desk lamp | 24.50 GBP | Home > Lighting", "STOOL | Oak stool | 61.00 GBP | Home > Seating"];
    Shop::with_feed(&feed("id | title | price | product_type", &rows)).await
}

/// The addresses in a site map, without the store's own.
fn locations(xml: &str, url: &str) -> Vec<String> {
    let entries = xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap());
    entries.map(|location| location.strip_prefix(url).expect("an address of this store").to_owned()).collect()
}

#[tokio::test]
async fn robots_find_the_site_map_and_stay_out_of_the_checkout() {
    let shop = shop().await;
    let robots = shop.browser().get("/robots.txt").await;
    let lines: Vec<&str> = robots.is(200).html.lines().collect();
    assert!(lines.contains(&"User-agent: *"), "{lines:?}");
    for path in ["/account", "/api/", "/cart", "/checkout", "/history", "/lists/", "/operator", "/orders", "/search"] {
        assert!(lines.contains(&format!("Disallow: {path}").as_str()), "{path} in {lines:?}");
    }
    assert!(lines.contains(&format!("Sitemap: {}/sitemap.xml", shop.url()).as_str()), "{lines:?}");
    assert!(!lines.contains(&"Disallow: /"), "the store may be read");
}

#[tokio::test]
async fn the_index_leads_to_every_page_of_the_store() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let index = browser.get("/sitemap.xml").await;
    assert_eq!(index.is(200).header("content-type"), Some("application/xml; charset=utf-8"));
    let maps = locations(&index.html, shop.url());
    assert_eq!(maps, ["/sitemaps/categories.xml", "/sitemaps/help.xml", "/sitemaps/products-1.xml"]);
    let mut found = Vec::new();
    for map in &maps {
        let page = browser.get(map).await;
        assert!(page.is(200).html.contains("http://www.sitemaps.org/schemas/sitemap/0.9"));
        found.extend(locations(&page.html, shop.url()));
    }
    found.sort();
    let expected = [
        "/",
        "/c/home",
        "/c/home/lighting",
        "/c/home/seating",
        "/help",
        "/help/accessibility",
        "/help/contact",
        "/help/delivery",
        "/help/orders",
        "/help/payment",
        "/help/privacy",
        "/help/returns",
        "/products/oak-stool",
        "/products/walnut-desk-lamp",
    ];
    assert_eq!(found, expected);
    for path in &found {
        let page = browser.get(path).await;
        assert_eq!(page.is(200).canonical(), Some(format!("{}{path}", shop.url())), "a site map names right addresses");
    }
}

#[tokio::test]
async fn a_site_map_page_that_does_not_exist_is_not_found() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in ["products-0.xml", "products-2.xml", "products-99999999999.xml", "products-1", "nonsense.xml"] {
        browser.get(&format!("/sitemaps/{path}")).await.is(404);
    }
}

#[tokio::test]
async fn an_empty_store_has_an_index_and_a_front_page() {
    let mut shop = Shop::new();
    shop.open().await;
    let mut browser = shop.browser();
    let index = browser.get("/sitemap.xml").await;
    assert_eq!(locations(&index.is(200).html, shop.url()), ["/sitemaps/categories.xml", "/sitemaps/help.xml"]);
    browser.open("/").await.is(200);
    browser.open("/search?q=lamp").await.is(200).says(&["Nothing found for “lamp”"]);
    browser.open("/cart").await.is(200);
}

#[tokio::test]
async fn crawlers_hear_of_what_has_changed_and_of_nothing_else() {
    let rows = |price: &str| {
        let lamp = format!("LAMP | Walnut desk lamp | {price} GBP | Home");
        feed("id | title | price | product_type", &[&lamp, "STOOL | Oak stool | 61.00 GBP | Home"])
    };
    let mut shop = Shop::with_feed(&rows("24.50")).await;
    let before = changes(&shop).await;
    shop.close().await;
    shop.import(&rows("19.99")).await.went_well();
    shop.open().await;
    let after = changes(&shop).await;
    assert_eq!(before["/products/oak-stool"], after["/products/oak-stool"]);
    assert!(before["/products/walnut-desk-lamp"] < after["/products/walnut-desk-lamp"], "{before:?} {after:?}");
}

/// When each product changed, as its site map says.
async fn changes(shop: &Shop) -> BTreeMap<String, Timestamp> {
    let map = shop.browser().get("/sitemaps/products-1.xml").await;
    let moments = map.is(200).html.split("<lastmod>").skip(1);
    let moments = moments.map(|rest| rest.split("</lastmod>").next().unwrap().parse().unwrap());
    locations(&map.html, shop.url()).into_iter().zip(moments).collect()
}
