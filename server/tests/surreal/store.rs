//! A store that keeps its graph in a SurrealDB server: nothing of it is in the data folder, several
//! stores have one graph, and who doesn't know the password is kept out.

use std::ffi::OsStr;
use std::time::Duration;

use futures::future::join;

use crate::graph_server::GraphServer;
use crate::support::purchase::{PAYS, number_on};
use crate::support::{Shop, feed, postgres, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);
/// What another process wrote is believed within five seconds; a busy machine gets more.
const KNOWN_WITHIN: Duration = Duration::from_secs(20);
const COLUMNS: &str = "id | title | price | quantity";
const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP | 9";
const STOOL: &str = "STOOL | Oak stool | 61.00 GBP | 9";
const SECRET: &str = "both stores sign their cookies with this";

#[tokio::test]
async fn a_purchase_is_found_again_after_a_restart_and_the_folder_has_no_graph() {
    let server = GraphServer::start().await;
    let mut shop = Shop::new().with(server.settings());
    shop.import(&feed(COLUMNS, &[LAMP, STOOL])).await.went_well();
    shop.open().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada."]);
    browser.put_into_cart("oak-stool", "1").await.says(&["Oak stool"]);
    shop.close().await;

    shop.open().await;
    browser.follow(&shop);
    browser.open(&order.path).await.is(200).says(&["Thank you, Ada.", "Walnut desk lamp"]);
    browser.open("/cart").await.is(200).says(&["Oak stool", "£61.00"]);
    let mut operator = shop.operator("olga@example.com").await;
    let asked = format!("/operator/graph?kind=order&asked={}", number_on(&order));
    let node = until("the graph heard of the order", SETTLED_WITHIN, async || {
        let page = operator.open(&asked).await;
        page.text().contains("Walnut desk lamp").then_some(page)
    })
    .await;
    node.says(&["placed", "contains", "2 ×"]);
    shop.close().await;
    assert!(!shop.data().join("graph").exists(), "the graph is on the server");
    assert!(!shop.log().contains("ERROR"), "{}", shop.log());
}

#[tokio::test]
async fn stores_on_one_graph_have_the_same_carts_and_hear_of_what_is_imported() {
    let (server, books) = (GraphServer::start().await, postgres::database().await);
    let signed = [("CARTOGRAPH_SECRET", SECRET.to_owned())];
    let shop = || Shop::on(books.clone()).with(server.settings()).with(signed.clone());
    // An import keeps a search index of its own, as each store does.
    let (importer, mut one, mut other) = (shop(), shop(), shop());
    importer.import(&feed(COLUMNS, &[LAMP])).await.went_well();
    join(one.open(), other.open()).await;

    let mut browser = one.browser();
    browser.put_into_cart("walnut-desk-lamp", "2").await.says(&["Items (2)", "£49.00"]);
    browser.follow(&other);
    browser.open("/cart").await.is(200).says(&["Walnut desk lamp", "£24.50 each", "Items (2)"]);
    browser.put_into_cart("walnut-desk-lamp", "1").await.says(&["Items (3)"]);
    browser.follow(&one);
    browser.open("/cart").await.is(200).says(&["Items (3)", "£73.50"]);

    let cheaper = LAMP.replace("24.50", "19.99");
    importer.import(&feed(COLUMNS, &[&cheaper, STOOL])).await.went_well();
    for shop in [&one, &other] {
        browser.follow(shop);
        until("the new price is shown", KNOWN_WITHIN, async || {
            let page = browser.open("/products/walnut-desk-lamp").await;
            page.is(200).text().contains("£19.99").then_some(())
        })
        .await;
        until("the cart counts with it", KNOWN_WITHIN, async || {
            browser.open("/cart").await.is(200).text().contains("£59.97").then_some(())
        })
        .await;
        until("the new product is found", KNOWN_WITHIN, async || {
            (browser.open("/search?q=stool").await.cards() == ["/products/oak-stool"]).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_not_repeated() {
    let server = GraphServer::start().await;
    let shop = Shop::new().with(server.settings()).with([("CARTOGRAPH_GRAPH_PASSWORD", "hunter2".to_owned())]);
    let site = shop.folder().join("site");
    let serve: [&OsStr; 5] =
        ["serve".as_ref(), "--listen".as_ref(), "127.0.0.1:0".as_ref(), "--site".as_ref(), site.as_os_str()];
    let refused = shop.run_on_data(&serve).await;
    refused.refused_with(&["signing in to the graph database"]);
    assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
}
