//! What is still held of an order of which a part was captured is let go of.

use super::dispatch::{CAPTURE, REFUND, SEND};
use crate::support::books::Stock;
use crate::support::purchase::number_on;
use crate::support::stock::OLGA;
use crate::support::{Shop, feed, postgres};

pub(super) const RELEASE: &str = "/api/operator/orders/releases";

/// Opens an empty store that has nine lamps.
async fn open(mut shop: Shop) -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 9"];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    shop.open().await;
    shop
}

/// Whatever the database, what was captured and refunded in part is closed when the rest is let go of.
async fn the_rest_is_let_go_of(shop: Shop) {
    let shop = open(shop).await;
    let (mut olga, mut ada) = (shop.operator(OLGA).await, shop.browser());
    let order = ada.buy_and_follow("walnut-desk-lamp", "2").await;
    let sheet = olga.open(&format!("/operator/orders/{}", number_on(&order))).await;
    assert!(sheet.is(200).forms(RELEASE).is_empty(), "what was never captured is cancelled");
    let page = olga.submit(&sheet.form(CAPTURE).with("capture", "20").with("rest", "keep")).await;
    let stale = page.form(RELEASE);
    assert_eq!(stale.field("release"), Some("29.00"));
    olga.submit(&page.form(CAPTURE).with("capture", "9").with("rest", "keep")).await.is(200);
    let refused = olga.submit(&stale).await;
    refused.is(200).says(&["What is let go of is all that is still held of this order, which is £20.00"]);
    assert_eq!(shop.holds().await, 1);

    let page = olga.submit(&refused.form(REFUND).with("refund", "29").with("reason", "Never made")).await;
    page.is(200).says(&["Stands Confirmed", "Refunded £29.00", "The £20.00 that is still held is let go of"]);
    let release = page.form(RELEASE);
    for _ in 0..2 {
        let closed = olga.submit(&release).await;
        closed.is(200).says(&[
            "What was still held for the order is let go of.",
            "Stands Refunded",
            "£20.00 are to be let go of",
            "£20.00 were let go of",
            "Refunded in full before it was sent, and its units are on the shelf again",
            OLGA,
        ]);
        for action in [CAPTURE, REFUND, RELEASE, SEND] {
            assert!(closed.forms(action).is_empty(), "{action}");
        }
    }
    assert_eq!((shop.holds().await, shop.moved_at_gateway().await), (0, (2900, 2900)));
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    shop.check_ledger().await.went_well();
    let seen = ada.open(&order.path).await;
    assert_eq!(seen.is(200).heading(), "Refunded");
    seen.says(&["£29.00 charged, £29.00 refunded"]);
    olga.open("/operator/sagas").await.says(&["Let go of what was held for the order", OLGA]);
}

#[tokio::test]
async fn what_was_refunded_is_closed_when_the_rest_is_let_go_of() {
    the_rest_is_let_go_of(Shop::new()).await;
}

#[tokio::test]
async fn what_was_refunded_is_closed_when_the_rest_is_let_go_of_on_postgresql() {
    the_rest_is_let_go_of(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_is_let_go_of_is_sent_for_what_was_captured() {
    let shop = open(Shop::new()).await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    let orders = async |arguments: &[&str]| shop.run_orders(arguments).await;
    orders(&["release", &number]).await.refused_with(&["nothing of this order was captured; please cancel it"]);
    orders(&["capture", &number, "--amount", "20", "--keep-rest"]).await.went_well();
    orders(&["release", &number, "--amount", "8.46"]).await.refused_with(&["still held of this order, which is £8.45"]);
    let released = orders(&["release", &number, "--amount", "8.45"]).await.went_well();
    assert!(released.stdout.contains(&format!("£8.45 of {number} was let go of.")), "{released:?}");
    orders(&["release", &number]).await.refused_with(&["still held of this order, which is £0.00"]);
    assert_eq!((shop.holds().await, shop.order_states().await), (0, vec!["confirmed".to_owned()]));
    shop.check_ledger().await.went_well();
    let mut olga = shop.operator(OLGA).await;
    let sheet = olga.open(&format!("/operator/orders/{number}")).await;
    olga.submit(&sheet.form(SEND)).await.is(200).says(&["Stands Sent", "Captured £20.00 £0.00 more can be"]);
    shop.check_ledger().await.went_well();
}
