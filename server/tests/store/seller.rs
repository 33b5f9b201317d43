//! What sellers are owed: what was captured for their goods, without tax, until it goes back.

use super::dispatch::SEND;
use super::returns::{RECEIVE, ask};
use crate::support::purchase::{PAYS, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres};

const LEDGER: &str = "/operator/ledger";

/// An open store with a lamp of its own, a mug of somebody's, and a bowl of somebody else's.
async fn open(mut shop: Shop) -> (Shop, Browser) {
    let rows = [
        "LAMP | Walnut desk lamp | 24.00 GBP | 9 | ",
        "MUG | Blue mug | 12.00 GBP | 9 | Fell & Co",
        "BOWL | Oak bowl | 6.00 GBP | 9 | Ling",
    ];
    shop.import(&feed("id | title | price | quantity | external_seller_id", &rows)).await.went_well();
    shop.open().await;
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}

async fn orders(shop: &Shop, arguments: &[&str]) {
    shop.run_orders(arguments).await.went_well();
    shop.check_ledger().await.went_well();
}

/// Buys one of each, and opens the page of the order.
async fn buy(ada: &mut Browser) -> Page {
    for slug in ["walnut-desk-lamp", "blue-mug", "oak-bowl"] {
        ada.put_into_cart(slug, "1").await;
    }
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    ada.follow_order(&confirmation).await
}

async fn are_owed_until_it_goes_back(shop: Shop) {
    let (mut shop, mut olga) = open(shop).await;
    let mut ada = shop.browser();
    let order = buy(&mut ada).await;
    order.says(&["Sold by Fell & Co", "Sold by Ling"]);
    olga.open(LEDGER).await.does_not_say("Owed to sellers");
    let number = number_on(&order);
    // In parts, of which nobody says what they are for.
    orders(&shop, &["capture", &number, "--amount", "10.01", "--keep-rest"]).await;
    let sheet = format!("/operator/orders/{number}");
    let send = olga.open(&sheet).await.form(SEND);
    olga.submit(&send).await.is(200).says(&["The order is sent"]);
    shop.check_ledger().await.went_well();
    let owed = ["Owed to sellers", "Fell & Co £10.00", "Ling £5.00", "Seller: Fell & Co Moved"];
    olga.open(LEDGER).await.is(200).says(&owed);

    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "Blue mug").await.is(200).says(&["you get back £12.00"]);
    let receive = olga.open(&sheet).await.form(RECEIVE);
    olga.submit(&receive).await.is(200).says(&["Received and refunded"]);
    shop.check_ledger().await.went_well();
    let page = olga.open(LEDGER).await;
    page.says(&["Ling £5.00"]);
    page.does_not_say("Fell & Co £10.00");

    orders(&shop, &["refund", &number, "1.00", "--reason", "It came late"]).await;
    let (captured, refunded) = shop.moved_at_gateway().await;
    let rest = format!("{}.{:02}", (captured - refunded) / 100, (captured - refunded) % 100);
    orders(&shop, &["refund", &number, &rest, "--reason", "It came very late"]).await;
    olga.open(LEDGER).await.does_not_say("Owed to sellers");
    let sums = shop.ledger_sums("posted").await;
    assert!(sums.contains(&("seller".to_owned(), 0)), "{sums:?}");

    shop.close().await;
    let taken = "UPDATE ledger_entries SET seller = 'Vale' WHERE account = 'seller' AND minor_units > 0";
    shop.change_books(taken).await;
    let checked = shop.check_ledger().await;
    assert_eq!(checked.code, 1, "{checked:?}");
    for words in
        ["gives back of an order at most what it brought", "on the account seller of Vale", "seller Vale posted"]
    {
        assert!(checked.stdout.contains(words), "nothing about {words:?} in {}", checked.stdout);
    }
}

#[tokio::test]
async fn sellers_are_owed_what_is_captured_for_their_goods_until_it_goes_back() {
    are_owed_until_it_goes_back(Shop::new()).await;
}

#[tokio::test]
async fn sellers_are_owed_what_is_captured_for_their_goods_on_postgresql() {
    are_owed_until_it_goes_back(Shop::on(postgres::database().await)).await;
}
