//! What the store learns from searches, and who sees it.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, REFERER};

use crate::support::purchase::PAYS;
use crate::support::{Browser, Shop, feed, postgres, until};

/// Counts are written down every few seconds; a busy machine gets more.
const COUNTED_WITHIN: Duration = Duration::from_secs(30);
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const LAMP: &str = "/products/walnut-desk-lamp";

fn products() -> String {
    let rows = [
        "ZX-8841 | Walnut desk lamp | 24.50 GBP | Orla | Home > Lighting | in_stock",
        "QK-1207 | Brass floor lamp | 89.00 GBP | Tarn | Home > Lighting | in_stock",
        "PV-5530 | Oak stool | 61.00 GBP | Orla | Home > Seating | in_stock",
    ];
    feed("id | title | price | brand | product_type | availability", &rows)
}

/// Waits until the page of the counts says something.
async fn is_counted(operator: &mut Browser, words: &str) {
    until(words, COUNTED_WITHIN, async || {
        let page = operator.open("/operator/searches").await;
        page.is(200).text().contains(words).then_some(())
    })
    .await;
}

async fn suggested(shop: &Shop, typed: &str) -> String {
    let mut browser = shop.browser();
    let anything = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("*/*"))]);
    let request = browser.request(Method::GET, &format!("/api/search/suggestions?q={typed}")).headers(anything);
    browser.send(request).await.html
}

#[tokio::test]
async fn only_operators_are_told_why_a_result_stands_where_it_stands() {
    let shop = Shop::with_feed(&products()).await;
    let asked = "/search?q=lamp&explain=1";
    let customer = shop.member("ada@example.com", "Ada Lovelace").await;
    for mut browser in [shop.browser(), customer] {
        let page = browser.get(asked).await;
        // It stays where it is: an operator may sign in with this browser later.
        page.is(200).says(&["Results for “lamp”"]);
        page.does_not_say("Why this order");
        page.does_not_say("popularity");
    }
    let mut operator = shop.operator("olga@example.com").await;
    let plain = operator.open("/search?q=lamp&sort=newest").await;
    plain.says(&["Why this order?", "Only operators see this."]);
    let page = operator.open(asked).await;
    page.is(200).says(&["Why this order", "A score is the sum of its parts", "× "]);
    assert_eq!(page.path, asked);
    let explained = "/search?q=lamp&sort=newest&explain=1".to_owned();
    assert!(plain.links("/search").contains(&explained), "{:?}", plain.links("/search"));
    let newest = operator.open(&explained).await;
    newest.is(200).says(&["Sorted by “Newest arrivals”, then by id"]);
    assert!(!newest.links("/search").contains(&explained), "it does not lead to itself");
}

/// A shopper searches, opens a result twice and buys it; what did not come from results, or what an
/// operator did, counts for nothing.
async fn a_search_is_counted_up_to_the_purchase(shop: &Shop) {
    let mut operator = shop.operator("olga@example.com").await;
    operator.open("/operator/searches").await.says(&["Nobody has searched in this time."]);
    operator.open("/search?q=brass%20lamp").await.is(200);
    operator.open("/products/brass-floor-lamp").await.is(200);

    let mut shopper = shop.browser();
    for words in ["Lamp%20WALNUT", "lamp%20walnut", "ada%40example.com", "zeppelin", "lamp%20walnut"] {
        shopper.open(&format!("/search?q={words}")).await.is(200);
    }
    // A part of the results, or the same ones sorted otherwise, is no other search.
    shopper.open("/search?q=lamp%20walnut&sort=price-up").await.is(200);
    let page = shopper.open(LAMP).await;
    assert!(
        page.header("set-cookie").is_some_and(|cookie| cookie.starts_with("found=") && !cookie.contains("Max-Age"))
    );
    assert_eq!(page.canonical().map(|address| address.ends_with(LAMP)), Some(true));
    for (product, from) in [
        (LAMP, "/search?q=lamp%20walnut"),
        (LAMP, "/search?q=oak%20stool"),
        ("/products/oak-stool", "/search?q=zeppelin"),
        (LAMP, "/c/home"),
    ] {
        let from_there = HeaderMap::from_iter([(REFERER, format!("{}{from}", shop.url()).parse().unwrap())]);
        let request = shopper.request(Method::GET, product).headers(from_there);
        let answer = shopper.send(request).await;
        assert!(answer.is(200).header("set-cookie").is_none(), "{product} from {from} is nothing new");
    }
    is_counted(&mut operator, "lamp walnut 3 1 0 1 1.0 0 –").await;
    for other in ["203.0.113.7", "203.0.113.8"] {
        let from_there = HeaderMap::from_iter([(FORWARDED_FOR, HeaderValue::from_static(other))]);
        let mut browser = shop.browser();
        let request = browser.request(Method::GET, "/search?q=lamp%20walnut").headers(from_there);
        browser.send(request).await.is(200);
    }
    is_counted(&mut operator, "lamp walnut 5 3 0 1 1.0 0 –").await;
    // Who never saw the results opens nothing from them, whatever they say; and nobody does so twice in a day.
    for address in [Some("203.0.113.9"), None] {
        let from_results = format!("{}/search?q=lamp%20walnut", shop.url()).parse().unwrap();
        let mut forged = HeaderMap::from_iter([(REFERER, from_results)]);
        forged.extend(address.map(|address| (FORWARDED_FOR, HeaderValue::from_static(address))));
        let mut browser = shop.browser();
        let request = browser.request(Method::GET, LAMP).headers(forged);
        browser.send(request).await.is(200);
    }

    assert!(!suggested(shop, "lam").await.contains("lamp%20walnut"), "nobody bought anything of it");
    let review = shopper.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    shopper.place(&review).await.says(&["Thank you, Ada."]);
    assert_eq!(shopper.cookie("found"), Some(""), "the browser forgets what it found");
    is_counted(&mut operator, "lamp walnut 5 3 0 1 1.0 1 1.0").await;
    until("it is suggested", COUNTED_WITHIN, async || {
        suggested(shop, "lam").await.contains("lamp%20walnut").then_some(())
    })
    .await;

    // One click and one purchase, of which a whole unit counts.
    until("the product stands higher", COUNTED_WITHIN, async || {
        (shop.interest("ZX-8841").await == Some((1_050, 1_000))).then_some(())
    })
    .await;

    let page = operator.open("/operator/searches?days=30").await;
    page.says(&["Searches 6", "Different queries 2", "Answered in full 83%", "Mean place bought 1.0"]);
    page.says(&[
        "Without results No product has all of the words.",
        "zeppelin 1 1 1 new Add a synonym",
        "Without clicks",
    ]);
    page.does_not_say("ada@example.com");
    page.does_not_say("brass");
    assert!(page.links("/search").contains(&"/search?q=lamp%20walnut".to_owned()));
}

#[tokio::test]
async fn what_shoppers_search_open_and_buy_is_counted_without_them() {
    let mut shop = Shop::with_feed(&products()).await;
    a_search_is_counted_up_to_the_purchase(&shop).await;
    // What waits when the store closes is written down as well.
    let mut shopper = shop.browser();
    shopper.open("/search?q=last%20one").await.is(200);
    shopper.open("/search?q=brass%20lamp").await.is(200);
    shopper.open("/products/brass-floor-lamp").await.is(200);
    shop.close().await;
    assert_eq!(shop.interest("QK-1207").await, Some((50, 0)));
    shop.open().await;
    let mut operator = shop.operator("olaf@example.com").await;
    operator.open("/operator/searches").await.says(&["last one 1 1 1", "lamp walnut 5 3 0 1 1.0 1 1.0"]);
}

#[tokio::test]
async fn searches_are_counted_on_postgresql_as_well() {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&products()).await.went_well();
    shop.open().await;
    a_search_is_counted_up_to_the_purchase(&shop).await;
}
