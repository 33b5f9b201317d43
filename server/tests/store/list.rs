//! Category pages: what they show, in which order, and that each list has one address.

use crate::support::{Page, Shop, feed};

/// Thirty lamps from 1.00 to 30.00 GBP; every third is sold out, the brands take turns. One more
/// lies on a shelf below.
async fn shop() -> Shop {
    let lamp = |n: u32| {
        let brand = if n.is_multiple_of(2) { "Even & Sons" } else { "Odd" };
        let availability = if n.is_multiple_of(3) { "out_of_stock" } else { "in_stock" };
        format!("L{n:02} | Lamp {n:02} | {n}.00 GBP | {brand} | Home > Lamps | {availability}")
    };
    let mut rows: Vec<String> = (1..=30).map(lamp).collect();
    rows.push("B1 | Bulb | 0.50 GBP | Odd | Home > Lamps > Bulbs | in_stock".to_owned());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    Shop::with_feed(&feed("id | title | price | brand | product_type | availability", &rows)).await
}

/// The numbers of the lamps in the order they stand on a page.
fn lamps(page: &Page) -> Vec<u32> {
    page.cards().iter().filter_map(|card| card.strip_prefix("/products/lamp-")?.parse().ok()).collect()
}

#[tokio::test]
async fn a_category_shows_everything_below_it_page_by_page() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let first = browser.open("/c/home").await;
    first.is(200).says(&["31 items"]);
    assert_eq!(first.cards().len(), 24);
    assert!(first.links("/c/").contains(&"/c/home/lamps".to_owned()));
    let second =
        browser.open(&first.links("/c/home?").iter().find(|link| link.ends_with("?page=2")).cloned().unwrap()).await;
    assert_eq!(second.is(200).cards().len(), 7);
    assert!(second.cards().iter().all(|card| !first.cards().contains(card)), "nothing stands on both pages");
    assert_eq!(second.canonical(), Some(format!("{}/c/home?page=2", shop.url())));
    assert_ne!(first.title(), second.title());
    // Another order or other cards are the same shelf for search engines.
    let tabled = browser.open("/c/home?view=list").await;
    assert_eq!(tabled.is(200).canonical(), Some(format!("{}/c/home", shop.url())));
    assert_eq!(browser.open("/c/home?sort=price-up").await.canonical(), None);
    browser.open("/c/home/lamps/bulbs").await.is(200).says(&["1 item"]);
    browser.open("/c/home?page=3").await.is(404);
    browser.open("/c/home?page=9999").await.is(404);
}

#[tokio::test]
async fn a_list_has_one_address() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for (asked, right) in [
        ("/c/home/", "/c/home"),
        ("/c/home?page=1", "/c/home"),
        ("/c/home?page=nonsense", "/c/home"),
        ("/c/home?page=-1", "/c/home"),
        ("/c/home?sort=featured", "/c/home"),
        ("/c/home?sort=by-magic&nothing=1", "/c/home"),
        ("/c/home?page=2&sort=price-up", "/c/home?sort=price-up&page=2"),
        ("/c/home?in-stock=yes&brand=Odd", "/c/home?brand=Odd&in-stock=yes"),
        ("/c/home?brand=Even+%26+Sons", "/c/home?brand=Even%20%26%20Sons"),
        ("/c/home?price-from=5.00&price-to=", "/c/home?price-from=5"),
        ("/c/home?price-from=%C2%A35", "/c/home?price-from=5"),
    ] {
        let moved = browser.get(asked).await;
        assert!(moved.is(301).location().ends_with(right), "{asked} leads to {}", moved.location());
        let page = browser.go_on(moved).await;
        assert_eq!(page.is(200).path, right, "{asked}");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_by_price_brand_and_availability() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for (query, expected) in [
        ("?price-from=10&price-to=12&sort=price-up", vec![10, 11, 12]),
        ("?price-from=11.01&price-to=12.99", vec![12]),
        ("?brand=Odd&price-from=26&sort=price-up", vec![27, 29]),
        ("?brand=Even%20%26%20Sons&brand=Odd&price-from=29&sort=price-up", vec![29, 30]),
        ("?price-from=26&in-stock=yes&sort=price-up", vec![26, 28, 29]),
    ] {
        let page = browser.open(&format!("/c/home/lamps{query}")).await;
        assert_eq!(lamps(page.is(200)), expected, "{query}");
        assert_eq!((page.canonical(), page.meta("robots").as_deref()), (None, Some("noindex")), "{query}");
    }
    let nothing = browser.open("/c/home/lamps?price-from=500").await;
    nothing.is(200).says(&["0 items", "Clear all filters"]);
}

#[tokio::test]
async fn prices_are_read_and_written_with_the_decimals_of_their_currency() {
    for (currency, prices, query, shown, fields, words) in [
        (
            "JPY",
            ["900", "1500", "15000"],
            "?price-from=1000&price-to=1500",
            "1500",
            ("1000", "1500"),
            "¥1,000 to ¥1,500",
        ),
        (
            "KWD",
            ["1.250", "1.255", "1.260"],
            "?price-from=1.251&price-to=1.259",
            "1.255",
            ("1.251", "1.259"),
            "KWD 1.251 to KWD 1.259",
        ),
        (
            "GBP",
            ["1.25", "1.26", "12.50"],
            "?price-from=1.26&price-to=12.49",
            "1.26",
            ("1.26", "12.49"),
            "£1.26 to £12.49",
        ),
    ] {
        let rows =
            prices.map(|price| format!("{} | Lamp for {price} | {price} {currency} | Home", price.replace('.', "-")));
        let shop =
            Shop::with_feed(&feed("id | title | price | product_type", &rows.each_ref().map(String::as_str))).await;
        let mut browser = shop.browser();
        let page = browser.get(&format!("/c/home{query}")).await;
        assert_eq!(page.is(200).cards(), [format!("/products/lamp-for-{}", shown.replace('.', "-"))], "{currency}");
        assert!(page.text().replace('\u{a0}', " ").contains(words), "{words} on {}", page.text());
        let form = page.forms("/c/home").into_iter().find(|form| form.field("price-from").is_some());
        let form = form.expect("prices are a form");
        assert_eq!((form.field("price-from"), form.field("price-to")), (Some(fields.0), Some(fields.1)));
        // Sorting keeps them, and the form leads back to where it came from.
        let again = form.fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        assert_eq!(browser.open(&format!("/c/home?{again}")).await.path, format!("/c/home{query}"));
    }
}

#[tokio::test]
async fn the_filters_of_a_list_are_links_that_work() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let all = browser.open("/c/home/lamps").await;
    all.says(&["Brand", "Even & Sons", "Odd"]);
    let odd =
        all.links("/c/home/lamps?").into_iter().find(|link| link.ends_with("?brand=Odd")).expect("a link to a brand");
    let page = browser.open(&odd).await;
    page.says(&["16 items"]);
    assert!(lamps(&page).iter().all(|lamp| lamp % 2 == 1), "{:?}", lamps(&page));
    assert!(page.links("/c/home/lamps").contains(&"/c/home/lamps".to_owned()), "the filter can be taken away");
    let prices = page.forms("/c/home/lamps").into_iter().find(|form| form.field("price-from").is_some());
    let prices = prices.expect("prices are a form");
    assert_eq!(prices.field("brand"), Some("Odd"), "the form keeps the other filters");
}

#[tokio::test]
async fn a_list_is_sorted_as_asked() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let up = lamps(&browser.open("/c/home/lamps?sort=price-up").await);
    assert_eq!(up, (1..=23).collect::<Vec<_>>(), "the bulb comes first");
    let down = lamps(&browser.open("/c/home/lamps?sort=price-down").await);
    assert_eq!(down, (7..=30).rev().collect::<Vec<_>>());
    let featured = browser.open("/c/home/lamps").await;
    assert!(lamps(&featured).iter().take(20).all(|lamp| lamp % 3 != 0), "what can be bought comes first");
}

#[tokio::test]
async fn an_unknown_category_is_not_found() {
    let shop = shop().await;
    let mut browser = shop.browser();
    for path in ["/c/nowhere", "/c/home/nowhere", "/c/lamps", "/c/Home", "/c/"] {
        browser.open(path).await.is(404);
    }
}
