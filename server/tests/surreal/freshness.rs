//! How soon the search finds what was written, wherever it was written: on one server, and on several that
//! share a graph and PostgreSQL, each with an index of its own.

use std::time::Duration;

use domain::search::FOUND_WITHIN;
use futures::future::join;

use crate::graph_server::GraphServer;
use crate::support::stock::{COUNT, OLGA};
use crate::support::{Browser, Shop, feed, postgres, until};

/// Beside other tests everything takes longer; what is found only when the follower looks by itself takes longer still.
const DEADLINE: Duration = FOUND_WITHIN.saturating_mul(8);
const COLUMNS: &str = "id | title | price | quantity";
const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP | 9";
const STOOL: &str = "STOOL | Oak stool | 61.00 GBP | 9";
const IN_STOCK: &str = "/search?q=lamp&in-stock=yes";

/// Whether a search finds one product, and shows it with a price.
async fn finds(browser: &mut Browser, path: &str, price: &str) -> bool {
    let page = browser.open(path).await;
    page.cards().len() == 1 && page.text().contains(price)
}

/// Counts the lamps away and back again, and sees whether `browser` finds what is so now.
async fn count_and_find(operator: &mut Browser, browser: &mut Browser) {
    for on_hand in ["0", "9", "0", "9", "0", "9"] {
        operator.post(COUNT, &[("sku", "LAMP"), ("on_hand", on_hand)]).await.is(302);
        let is_sold = on_hand != "0";
        until("the new stock is found", DEADLINE, async || {
            (browser.open(IN_STOCK).await.is(200).cards().is_empty() != is_sold).then_some(())
        })
        .await;
        let shown = browser.open("/search?q=lamp").await;
        assert_eq!(shown.is(200).text().contains("Sold out"), !is_sold, "the card is as new as the index");
    }
}

#[tokio::test]
async fn what_is_counted_is_found() {
    let shop = Shop::with_feed(&feed(COLUMNS, &[LAMP, STOOL])).await;
    let (mut olga, mut browser) = (shop.operator(OLGA).await, shop.browser());
    count_and_find(&mut olga, &mut browser).await;
}

#[tokio::test]
async fn what_is_written_elsewhere_is_found_by_each_server() {
    let (server, books) = (GraphServer::start().await, postgres::database().await);
    let signed = [("CARTOGRAPH_SECRET", "both stores sign their cookies with this".to_owned())];
    let shop = || Shop::on(books.clone()).with(server.settings()).with(signed.clone());
    // An import keeps a search index of its own, as each store does.
    let (importer, mut one, mut other) = (shop(), shop(), shop());
    importer.import(&feed(COLUMNS, &[LAMP, STOOL])).await.went_well();
    join(one.open(), other.open()).await;
    let (mut at_one, mut at_other) = (one.browser(), other.browser());
    for browser in [&mut at_one, &mut at_other] {
        until("the shelves are in memory and the lamp is found", DEADLINE, async || {
            browser.open("/").await.is(200);
            finds(browser, "/search?q=walnut", "£24.50").await.then_some(())
        })
        .await;
    }

    let mut olga = one.operator(OLGA).await;
    count_and_find(&mut olga, &mut at_other).await;

    let mut former = "24.50";
    for (word, price) in [("amber", "19.99"), ("birch", "18.99"), ("cedar", "17.99")] {
        let lamp = LAMP.replace("Walnut", word).replace("24.50", price);
        importer.import(&feed(COLUMNS, &[&lamp, STOOL])).await.went_well();
        for browser in [&mut at_one, &mut at_other] {
            let path = format!("/search?q={word}");
            until("the new title and price are found", DEADLINE, async || {
                finds(browser, &format!("{path}&price-to={price}"), price).await.then_some(())
            })
            .await;
            let shown = browser.open(&path).await;
            shown.is(200).says(&[price]);
            shown.does_not_say(former);
        }
        former = price;
    }
}
