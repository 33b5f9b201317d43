//! Orders that are sent and delivered: their units leave the stock and their money is captured, each once.

use std::time::Duration;

use futures::future::{join, join_all};

use crate::support::books::{Movement, Stock};
use crate::support::purchase::{CANCEL, CHANGE_ADDRESS, PAYS, number_on};
use crate::support::stock::{COUNT, LAMP, OLGA};
use crate::support::{Browser, Page, Shop, feed, postgres, until};

pub(super) const SEND: &str = "/api/operator/orders/dispatches";
pub(super) const DELIVER: &str = "/api/operator/orders/deliveries";
pub(super) const CAPTURE: &str = "/api/operator/orders/captures";
pub(super) const REFUND: &str = "/api/operator/orders/refunds";
pub(super) const CANCEL_FOR: &str = "/api/operator/orders/cancellations";
pub(super) const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const SENT: Stock = Stock { on_hand: 7, reserved: 0, allocated: 0 };

/// An open store that sold two of its nine lamps for £49.00.
pub(super) struct Sold {
    pub(super) shop: Shop,
    pub(super) olga: Browser,
    pub(super) ada: Browser,
    /// The order as its shopper sees it, and as its operator does.
    pub(super) order: Page,
    pub(super) sheet: Page,
}

/// Opens an empty store and sells the lamps.
pub(super) async fn sold(mut shop: Shop) -> Sold {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 9"];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    shop.open().await;
    let (mut olga, mut ada) = (shop.operator(OLGA).await, shop.browser());
    let order = ada.buy_and_follow("walnut-desk-lamp", "2").await;
    let sheet = olga.open(&sheet_of(&order)).await;
    Sold { shop, olga, ada, order, sheet }
}

/// Where those who run the store see the order of a shopper's page.
pub(super) fn sheet_of(order: &Page) -> String {
    format!("/operator/orders/{}", number_on(order))
}

pub(super) async fn is_settled(shop: &Shop) {
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();
}

/// What the gateway owes the store for captures, in pence.
pub(super) async fn captured_pence(shop: &Shop) -> i64 {
    let sums = shop.ledger_sums("posted").await;
    sums.into_iter().find(|(account, _)| account == "gateway").map_or(0, |(_, sum)| sum)
}

#[tokio::test]
async fn what_is_sent_leaves_the_stock_and_is_charged() {
    let Sold { shop, mut olga, order, sheet, .. } = sold(Shop::new()).await;
    sheet.is(200).says(&["Stands Confirmed", "The £49.00 that is held is captured with it."]);
    assert!(sheet.forms(DELIVER).is_empty(), "what was not sent can't arrive");
    olga.open(LAMP).await.says(&["On hand 9", "Allocated 2", "Available 7"]);

    let sent = olga.submit(&sheet.form(SEND)).await;
    sent.is(200).says(&[
        "The order is sent",
        "Stands Sent",
        "Captured £49.00 £0.00 more can be",
        "To be sent: £49.00 are to be captured",
        "Sent, and its units have left the stock",
        OLGA,
    ]);
    for action in [SEND, CAPTURE, CANCEL_FOR] {
        assert!(sent.forms(action).is_empty(), "{action}");
    }
    assert_eq!((shop.stock("LAMP").await, shop.order_states().await), (SENT, vec!["shipped".to_owned()]));
    let movements = shop.movements("LAMP").await;
    let dispatch = Movement { reason: "dispatch".to_owned(), on_hand: -2, reserved: 0, allocated: -2 };
    assert_eq!(movements.last(), Some(&dispatch));
    let stock = olga.open(LAMP).await;
    stock.says(&["On hand 7", "Allocated 0", "Available 7", "Order sent", "−2 on hand, −2 allocated 7 0 0"]);
    stock.says(&[&number_on(&order)]);
    shop.check_ledger().await.went_well();

    // Whoever counts the shelf now finds what the books say.
    olga.submit(&stock.form(COUNT).with("on_hand", "7")).await.is(200);
    assert_eq!((shop.stock("LAMP").await, shop.movements("LAMP").await), (SENT, movements));
    let refund = sent.form(REFUND).with("refund", "5.00").with("reason", "A scratch");
    olga.submit(&refund).await.says(&["The refund is noted.", "Refunded £5.00", "Stands Sent"]);
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_was_sent_is_neither_cancelled_nor_sent_elsewhere() {
    let Sold { shop, mut olga, mut ada, order, sheet } = sold(Shop::new()).await;
    let way = order.links(&format!("/orders/{}/address", number_on(&order))).remove(0);
    let address = ada.open(&way).await.form(CHANGE_ADDRESS).with("line1", "1 High Street");
    olga.submit(&sheet.form(SEND)).await.says(&["The order is sent"]);

    let seen = ada.open(&order.path).await;
    seen.is(200).says(&["Arrives", "Sent on", "On its way", "£49.00 charged"]);
    seen.does_not_say("Cancel this order");
    seen.does_not_say("Change the address");
    assert_eq!(seen.html.matches("<time").count(), 3, "placed, authorised and sent, each at its time");
    let late = ada.submit(&order.form(CANCEL)).await;
    late.is(200).says(&["It is too late to cancel this order, for the parcel has left", "Sent on"]);
    let late = ada.submit(&address).await;
    late.is(200).says(&["It is too late to change the address", "12 St James's Square"]);
    let late = olga.submit(&sheet.form(CANCEL_FOR)).await;
    late.is(200).says(&["This order can't be cancelled as it stands", "Stands Sent"]);
    assert_eq!((shop.stock("LAMP").await, shop.order_states().await), (SENT, vec!["shipped".to_owned()]));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_was_sent_arrives() {
    let Sold { shop, mut olga, mut ada, order, sheet } = sold(Shop::new()).await;
    let early = olga.post(DELIVER, &[("number", number_on(&order))]).await;
    olga.go_on(early)
        .await
        .is(200)
        .says(&["Only an order that was sent can be marked as delivered", "Stands Confirmed"]);
    let form = olga.submit(&sheet.form(SEND)).await.form(DELIVER);
    for _ in 0..2 {
        let delivered = olga.submit(&form).await;
        delivered.is(200).says(&["The order is delivered.", "Stands Delivered", "Marked the order as delivered"]);
        assert!(delivered.forms(DELIVER).is_empty() && delivered.forms(CANCEL_FOR).is_empty());
        assert!(!delivered.forms(REFUND).is_empty(), "what arrives may come back");
    }
    let seen = ada.look_up(&number_on(&order), "ada@example.com").await;
    assert_eq!(seen.is(200).heading(), "Delivered");
    seen.says(&["Delivered on"]);
    assert!(seen.forms(CANCEL).is_empty());
    assert_eq!((shop.stock("LAMP").await, shop.order_states().await), (SENT, vec!["delivered".to_owned()]));
    let deeds = olga.open("/operator/sagas").await;
    for deed in ["Marked the order as sent", "Marked the order as delivered"] {
        assert_eq!(deeds.text().matches(deed).count(), 1, "{deed}");
    }
    is_settled(&shop).await;
}

/// Whatever the database, a form that many windows post at once sends one parcel.
async fn presses_send_once(shop: Shop) {
    let Sold { shop, mut olga, sheet, .. } = sold(shop).await;
    let form = sheet.form(SEND);
    let presses = (0..6).map(|_| {
        let (mut window, form) = (olga.clone(), form.clone());
        async move { window.submit(&form).await }
    });
    for answered in join_all(presses).await {
        answered.is(200).says(&["The order is sent", "Stands Sent"]);
    }
    let again = olga.submit(&form).await;
    again.is(200).says(&["The order is sent", "Stands Sent"]);
    let arrivals = (0..6).map(|_| {
        let (mut window, form) = (olga.clone(), again.form(DELIVER));
        async move { window.submit(&form).await }
    });
    for answered in join_all(arrivals).await {
        answered.is(200).says(&["The order is delivered.", "Stands Delivered"]);
    }
    let movements = shop.movements("LAMP").await;
    assert_eq!(movements.iter().filter(|movement| movement.reason == "dispatch").count(), 1, "{movements:?}");
    assert_eq!((shop.stock("LAMP").await, captured_pence(&shop).await), (SENT, 4900));
    let deeds = olga.open("/operator/sagas").await;
    for deed in ["Marked the order as sent", "Marked the order as delivered"] {
        assert_eq!(deeds.text().matches(deed).count(), 1, "{deed}");
    }
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_form_that_is_posted_often_sends_once() {
    presses_send_once(Shop::new()).await;
}

#[tokio::test]
async fn a_form_that_is_posted_often_sends_once_on_postgresql() {
    presses_send_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_the_gateway_refuses_to_capture_is_not_sent() {
    let Sold { shop, mut olga, mut ada, order, sheet } = sold(Shop::new()).await;
    shop.change_books("UPDATE sandbox_intents SET status = 'canceled'").await;
    let refused = olga.submit(&sheet.form(SEND)).await;
    refused.is(200).says(&[
        "The gateway did not capture what is held for this order, so it is not marked as sent",
        "Stands Confirmed",
        "Captured £0.00",
    ]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 2 });
    ada.open(&order.path).await.is(200).says(&["Cancel this order"]);
    shop.change_books("UPDATE sandbox_intents SET status = 'requires_capture'").await;
    olga.submit(&refused.form(SEND)).await.says(&["The order is sent", "Stands Sent", "Captured £49.00"]);
    assert_eq!((shop.stock("LAMP").await, captured_pence(&shop).await), (SENT, 4900));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_the_gateway_does_not_answer_is_sent_when_it_does() {
    let Sold { mut shop, mut olga, mut ada, order, sheet } = sold(Shop::new()).await;
    is_settled(&shop).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    ada.follow(&shop);
    let asked = olga.submit(&sheet.form(SEND)).await;
    asked.is(200).says(&["It is noted and will be done", "Something goes on with this order", "Stands Confirmed"]);
    assert!(asked.forms(SEND).is_empty() && asked.forms(CAPTURE).is_empty());
    let cancelled = ada.submit(&order.form(CANCEL)).await;
    cancelled.is(200).says(&["Money of this order is being moved at this moment"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 2 });
    shop.kill().await;
    shop.open().await;
    olga.follow(&shop);
    until("it is sent", SETTLED_WITHIN, async || {
        olga.clone().open(&sheet.path).await.text().contains("Stands Sent").then_some(())
    })
    .await;
    // The form that was posted then is answered by what became of it.
    olga.submit(&sheet.form(SEND)).await.says(&["The order is sent"]);
    assert_eq!((shop.stock("LAMP").await, captured_pence(&shop).await), (SENT, 4900));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_another_server_sends_is_left_to_it() {
    let Sold { mut shop, mut olga, sheet, .. } = sold(Shop::new()).await;
    is_settled(&shop).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    olga.submit(&sheet.form(SEND)).await.is(200).says(&["It is noted and will be done"]);
    shop.kill().await;
    // Who was asked lives on; this one is another, whose gateway would answer.
    let alive = shop.live_elsewhere("another server").await;
    shop.change_books("UPDATE sagas SET taken_by = 'another server'").await;
    shop.open().await;
    olga.follow(&shop);
    let twin = olga.submit(&sheet.form(SEND)).await;
    twin.is(200).says(&["It is noted and will be done", "Stands Confirmed", "Captured £0.00"]);
    assert_eq!((shop.moved_at_gateway().await, shop.stock("LAMP").await.allocated), ((0, 0), 2));
    drop(alive);
    until("it is sent", SETTLED_WITHIN, async || (shop.order_states().await == ["shipped"]).then_some(())).await;
    // The form that was posted then is answered by what became of it.
    olga.submit(&sheet.form(SEND)).await.says(&["The order is sent"]);
    assert_eq!((shop.stock("LAMP").await, captured_pence(&shop).await), (SENT, 4900));
    is_settled(&shop).await;
}

/// Two servers of one store: a form that both are posted at the same moment sends one parcel.
#[tokio::test]
async fn two_servers_that_are_asked_at_once_send_once() {
    let database = postgres::database().await;
    let Sold { shop, mut olga, sheet, .. } = sold(Shop::on(database.clone())).await;
    is_settled(&shop).await;
    // Of a process that can't open the same graph; whoever is signed in to one is signed in to both.
    let mut other = Shop::on(database);
    other.open().await;
    let mut window = olga.clone();
    window.follow(&other);
    let form = sheet.form(SEND);
    let (one, two) = join(olga.submit(&form), window.submit(&form)).await;
    for answered in [one, two] {
        answered.is(200).says(&["The order is sent", "Stands Sent"]);
    }
    let movements = shop.movements("LAMP").await;
    assert_eq!(movements.iter().filter(|movement| movement.reason == "dispatch").count(), 1, "{movements:?}");
    assert_eq!((shop.stock("LAMP").await, captured_pence(&shop).await), (SENT, 4900));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_was_captured_before_is_not_captured_again() {
    let Sold { shop, mut olga, mut ada, sheet, .. } = sold(Shop::new()).await;
    let page = olga.submit(&sheet.form(CAPTURE).with("capture", "20").with("rest", "keep")).await;
    page.is(200).says(&["The £29.00 that is held is captured with it."]);
    olga.submit(&page.form(SEND)).await.says(&["Stands Sent", "Captured £49.00 £0.00 more can be"]);

    // Of another one the rest was let go of: it leaves with what was captured.
    let other = sheet_of(&ada.buy_and_follow("walnut-desk-lamp", "1").await);
    let page = olga.open(&other).await;
    let page = olga.submit(&page.form(CAPTURE).with("capture", "20")).await;
    page.is(200).says(&["Captured £20.00 £0.00 more can be", "Mark as sent"]);
    page.does_not_say("is captured with it");
    olga.submit(&page.form(SEND)).await.says(&["The order is sent", "Stands Sent", "Captured £20.00"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 6, reserved: 0, allocated: 0 });
    assert_eq!(captured_pence(&shop).await, 6900);
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_promotions_make_free_is_sent_and_not_cancelled_then() {
    let Sold { shop, mut olga, mut ada, .. } = sold(Shop::new()).await;
    let promotions = [
        "gift | Gift | GIFT-100 | percent | 100 | | | | | | combinable",
        "post | Free post | | free_delivery | | | | | | | combinable",
    ];
    shop.import_promotions(&promotions).await.went_well();
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    ada.apply_coupon("GIFT-100").await.says(&["£0.00"]);
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let page = olga.open(&sheet_of(&order)).await;
    page.does_not_say("is captured with it");
    olga.submit(&page.form(SEND)).await.is(200).says(&["The order is sent", "Stands Sent"]);
    ada.submit(&order.form(CANCEL)).await.is(200).says(&["It is too late to cancel this order"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 8, reserved: 0, allocated: 2 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn only_an_order_that_stands_is_sent_and_only_by_who_runs_the_store() {
    let Sold { shop, mut olga, mut ada, order, sheet } = sold(Shop::new()).await;
    let form = sheet.form(SEND);
    let mut customer = shop.member("eve@example.com", "Eve").await;
    for browser in [&mut customer, &mut ada] {
        for action in [SEND, DELIVER] {
            let answer = browser.post(action, &form.fields).await;
            let page = browser.go_on(answer).await;
            assert!(page.status == 403 || page.path.starts_with("/account/sign-in"), "{action}: {}", page.path);
        }
    }
    // A form on somebody else's page sends nothing, whoever is signed in.
    let request = olga.request(reqwest::Method::POST, SEND).header(reqwest::header::ORIGIN, "https://evil.example");
    assert_eq!(request.form(&form.fields).send().await.unwrap().status(), 403);
    let nowhere = olga.post(SEND, &[("number", "CG-00000-00000")]).await;
    olga.go_on(nowhere).await.says(&["There is no order of this number"]);
    assert_eq!(shop.order_states().await, ["confirmed"]);

    assert_eq!(ada.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    let late = olga.submit(&form).await;
    late.is(200).says(&["This order can't be marked as sent as it stands", "Stands Cancelled"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}
