//! What the search box suggests while somebody types.

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};

use crate::support::{Page, Shop, feed};

async fn shop() -> Shop {
    let rows = [
        "ZX-8841 | Walnut desk lamp | 24.50 GBP | Orla | Home > Lighting > Table lamps | in_stock",
        "QK-1207 | Brass floor lamp | 89.00 GBP | Lampert | Home > Lighting | out_of_stock",
        "PV-5530 | Oak stool | 61.00 GBP | Orla | Home > Seating | in_stock",
    ];
    Shop::with_feed(&feed("id | title | price | brand | product_type | availability", &rows)).await
}

/// The options of a list box, as a page of their own.
async fn suggested(shop: &Shop, typed: &str) -> Page {
    let mut page = asked(shop, &format!("/api/search/suggestions?q={typed}")).await;
    page.is(200);
    page.html = serde_json::from_str(&page.html).unwrap();
    page
}

/// An answer as a script gets it; a form would be led back to its page.
async fn asked(shop: &Shop, path: &str) -> Page {
    let mut browser = shop.browser();
    let anything = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("*/*"))]);
    let request = browser.request(Method::GET, path).headers(anything);
    browser.send(request).await
}

#[tokio::test]
async fn letters_become_queries_shelves_brands_and_products() {
    let shop = shop().await;
    let page = suggested(&shop, "lam").await;
    page.says(&["Searches", "lamp", "Categories", "Table lamps in Home, Lighting", "Brands", "Lampert", "Products"]);
    page.says(&["Walnut desk lamp £24.50", "Brass floor lamp £89.00 sold out"]);
    for link in page.links("/") {
        shop.browser().open(&link).await.is(200);
    }
    let (products, brands) = (page.links("/products/"), page.links("/search?q="));
    assert!(products.contains(&"/products/walnut-desk-lamp".to_owned()), "{products:?}");
    assert!(brands.iter().any(|link| link.ends_with("&brand=Lampert")), "{brands:?}");
}

#[tokio::test]
async fn a_slip_of_the_finger_is_forgiven() {
    let shop = shop().await;
    for typed in ["walmut", "qalnut", "alnut"] {
        let page = suggested(&shop, typed).await;
        assert!(page.links("/products/").contains(&"/products/walnut-desk-lamp".to_owned()), "{}", page.text());
    }
}

#[tokio::test]
async fn any_letters_have_an_answer() {
    let shop = shop().await;
    let long = "lamp".repeat(1_000);
    for typed in ["", "%20", "%00", "zzzzzz", "%3Cb%3E", "%22", "%F0%9F%92%A1", "%FF%FE", "lam%E9", &long] {
        assert!(!suggested(&shop, typed).await.html.contains("<b><b>"), "{typed}");
    }
    assert_eq!(suggested(&shop, "").await.html, "");
    let none = asked(&shop, "/api/search/suggestions").await;
    assert_eq!(none.is(200).html, "\"\"");
}
