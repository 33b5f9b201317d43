//! What comes back of orders that were sent: its shopper asks, its operator receives, and it is refunded once.

use futures::future::join_all;
use sqlx::{Connection, PgConnection};

use super::dispatch::{DELIVER, SEND, SETTLED_WITHIN, is_settled};
use crate::support::books::{Movement, Stock};
use crate::support::html::Form;
use crate::support::purchase::{INVOICE, PAYS, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres, until};

pub(super) const ASK: &str = "/api/orders/returns";
const WITHDRAW: &str = "/api/orders/returns/withdrawals";
pub(super) const RECEIVE: &str = "/api/operator/orders/returns/receipts";
const REFUSE: &str = "/api/operator/orders/returns/refusals";

/// An open store that sent a lamp and a mug: £33.50 less a tenth, with £3.95 for delivery.
struct Sent {
    shop: Shop,
    olga: Browser,
    ada: Browser,
    /// The order as its shopper sees it, and where its operator does.
    order: Page,
    sheet: String,
}

async fn open(mut shop: Shop) -> (Shop, Browser) {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 9", "MUG | Blue mug | 9.00 GBP | 12"];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    shop.open().await;
    let promotions = ["tenth | A tenth off | TENTH | percent | 10 | | | | | | combinable"];
    shop.import_promotions(&promotions).await.went_well();
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}

async fn fill_cart(browser: &mut Browser) {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.put_into_cart("blue-mug", "1").await;
    browser.apply_coupon("TENTH").await.is(200);
}

/// Marks the order of a confirmation as sent, and opens its page.
async fn send(olga: &mut Browser, browser: &mut Browser, confirmation: &Page) -> (Page, String) {
    let order = browser.follow_order(confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent", "Captured £34.10"]);
    (browser.open(&order.path).await, sheet)
}

async fn sent(shop: Shop) -> Sent {
    let (shop, mut olga) = open(shop).await;
    let mut ada = shop.browser();
    fill_cart(&mut ada).await;
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    let (order, sheet) = send(&mut olga, &mut ada, &confirmation).await;
    Sent { shop, olga, ada, order, sheet }
}

/// The form that asks to return something of the order that a page shows.
async fn form_of(browser: &mut Browser, order: &Page) -> Page {
    let ways = order.links(&format!("/orders/{}/return", number_on(order)));
    browser.open(ways.first().expect("a way to return something")).await
}

/// The field for how many of a thing come back.
fn field_of(page: &Page, title: &str) -> String {
    let mut labels = page.html.split("for=\"units-").skip(1);
    let label = labels.find(|label| label.split("</label>").next().unwrap().contains(title)).expect("a field");
    format!("units-{}", label.split('"').next().unwrap())
}

/// The form after somebody typed how many of a thing come back.
fn asking(page: &Page, title: &str, units: &str) -> Form {
    page.form(ASK).with(&field_of(page, title), units)
}

pub(super) async fn ask(browser: &mut Browser, order: &Page, title: &str) -> Page {
    let page = form_of(browser, order).await;
    browser.submit(&asking(&page, title, "1")).await
}

#[tokio::test]
async fn what_comes_back_is_refunded_after_its_discount_and_the_rest_with_delivery() {
    let Sent { shop, mut olga, mut ada, order, sheet } = sent(Shop::new()).await;
    let page = form_of(&mut ada, &order).await;
    page.is(200).says(&["What do you want to send back?", "Walnut desk lamp", "Blue mug", "up to 1"]);
    let form = asking(&page, "Blue mug", "1").with("reason", "faulty").with("note", "The handle fell off.");
    let asked = ada.submit(&form).await;
    asked.is(200).says(&["It is noted.", "We wait for your parcel", "1 × Blue mug", "you get back £8.10"]);
    // The same form again asks for nothing more.
    let again = ada.submit(&form).await;
    assert_eq!(again.is(200).text().matches("1 × Blue mug").count(), 1);

    let listed = olga.open("/operator/orders?returns=asked").await;
    listed.is(200).says(&[&number_on(&order), "Sent Return asked"]);
    let page = olga.open(&sheet).await;
    page.says(&["Return asked", "1 × Blue mug", "It does not work", "The handle fell off.", "£8.10 go back"]);
    let received = olga.submit(&page.form(RECEIVE).with("shelf", "yes")).await;
    received.is(200).says(&[
        "The return is received",
        "Received and refunded",
        "Stands Sent",
        "Refunded £8.10 £26.00 more can be",
        "Returned: It does not work",
        OLGA,
    ]);
    assert!(received.forms(RECEIVE).is_empty() && received.forms(REFUSE).is_empty());
    let back = Movement { reason: "return".to_owned(), on_hand: 1, reserved: 0, allocated: 0 };
    assert_eq!(shop.movements("MUG").await.last(), Some(&back));
    assert_eq!(shop.stock("MUG").await, Stock { on_hand: 12, reserved: 0, allocated: 0 });
    olga.open("/operator/stock/skus/MUG").await.says(&["Returned", &number_on(&order)]);
    olga.open("/operator/orders?returns=asked").await.says(&["No such order"]);
    shop.check_ledger().await.went_well();

    let seen = ada.open(&order.path).await;
    seen.says(&["It is here, and refunded", "£8.10 went back to you", "£34.10 charged, £8.10 refunded"]);
    ask(&mut ada, &seen, "Walnut desk lamp").await.says(&["1 × Walnut desk lamp", "you get back £26.00"]);
    let page = olga.open(&sheet).await;
    // Nobody sells it again.
    let page = olga.submit(&page.form(RECEIVE)).await;
    page.is(200).says(&["Refunded £34.10 £0.00 more can be", "Stands Sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 8, reserved: 0, allocated: 0 });
    let seen = ada.open(&order.path).await;
    seen.says(&["£34.10 charged, £34.10 refunded"]);
    seen.does_not_say("Return items");
    assert_eq!(shop.moved_at_gateway().await, (3410, 3410));
    is_settled(&shop).await;
}

/// Whatever the database, a form that many windows post at once refunds once.
async fn presses_refund_once(shop: Shop) {
    let Sent { shop, mut olga, mut ada, order, sheet } = sent(shop).await;
    let page = form_of(&mut ada, &order).await;
    let form = asking(&page, "Blue mug", "1");
    let presses = (0..4).map(|_| {
        let (mut window, form) = (ada.clone(), form.clone());
        async move { window.submit(&form).await }
    });
    for asked in join_all(presses).await {
        asked.is(200).says(&["We wait for your parcel"]);
    }
    let page = olga.open(&sheet).await;
    let form = page.form(RECEIVE).with("shelf", "yes");
    let presses = (0..6).map(|_| {
        let (mut window, form) = (olga.clone(), form.clone());
        async move { window.submit(&form).await }
    });
    for received in join_all(presses).await {
        received.is(200).says(&["The return is received", "Refunded £8.10"]);
    }
    olga.submit(&form).await.says(&["The return is received", "Refunded £8.10"]);
    let movements = shop.movements("MUG").await;
    assert_eq!(movements.iter().filter(|movement| movement.reason == "return").count(), 1, "{movements:?}");
    assert_eq!(shop.moved_at_gateway().await, (3410, 810));
    let deeds = olga.open("/operator/sagas").await;
    assert_eq!(deeds.text().matches("Received a return of the order").count(), 1);
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_form_that_is_posted_often_refunds_once() {
    presses_refund_once(Shop::new()).await;
}

#[tokio::test]
async fn a_form_that_is_posted_often_refunds_once_on_postgresql() {
    presses_refund_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn who_asks_waits_for_nobody_who_notes_something_of_the_order_on_postgresql() {
    let database = postgres::database().await;
    let Sent { shop, mut ada, order, .. } = sent(Shop::on(database.clone())).await;
    let mut books = PgConnection::connect(&database).await.unwrap();
    // What a movement of stock does that a return of the order puts on the shelf, while it waits for the stock.
    let mut noting = books.begin().await.unwrap();
    sqlx::query("SELECT id FROM orders FOR KEY SHARE").execute(&mut *noting).await.unwrap();
    ask(&mut ada, &order, "Blue mug").await.is(200).says(&["We wait for your parcel"]);
    noting.rollback().await.unwrap();
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_was_bought_on_invoice_is_credited() {
    let (shop, mut olga) = open(Shop::new()).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    fill_cart(&mut ada).await;
    let delivery = ada.give_address().await;
    let payment = ada.take_delivery(&delivery).await;
    let review = ada.submit(&payment.form(INVOICE)).await;
    let confirmation = ada.place(&review).await;
    let (order, sheet) = send(&mut olga, &mut ada, &confirmation).await;
    ask(&mut ada, &order, "Walnut desk lamp").await.says(&["you get back £22.05"]);
    let page = olga.open(&sheet).await;
    olga.submit(&page.form(RECEIVE)).await.says(&["Refunded £22.05 £12.05 more can be"]);
    let owed = shop.ledger_sums("posted").await.into_iter().find(|(account, _)| account == "receivable");
    assert_eq!(owed, Some(("receivable".to_owned(), 1205)));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_refused_or_kept_can_be_asked_for_again() {
    let Sent { shop, mut olga, mut ada, order, sheet } = sent(Shop::new()).await;
    let asked = ask(&mut ada, &order, "Blue mug").await;
    let receive = olga.open(&sheet).await.form(RECEIVE);
    let form = asked.form(WITHDRAW);
    for _ in 0..2 {
        ada.submit(&form).await.is(200).says(&["You keep it"]);
    }
    let late = olga.submit(&receive).await;
    late.is(200).says(&["This return was decided already", "Withdrawn by its shopper", "Refunded £0.00"]);

    let asked = ask(&mut ada, &order, "Blue mug").await;
    let withdraw = asked.form(WITHDRAW);
    let page = olga.open(&sheet).await;
    let nameless = olga.submit(&page.form(REFUSE)).await;
    nameless.is(200).says(&["Please say in at most 200 characters why it is refused", "Return asked"]);
    let refusal = page.form(REFUSE).with("refusal", "It was used for months.");
    for _ in 0..2 {
        let refused = olga.submit(&refusal).await;
        refused.is(200).says(&["The return is refused", "Refused: It was used for months."]);
    }
    let late = ada.submit(&withdraw).await;
    late.is(200).says(&["This return was decided already", "We did not take it back", "It was used for months."]);
    ask(&mut ada, &order, "Blue mug").await.says(&["We wait for your parcel"]);
    assert_eq!(shop.moved_at_gateway().await, (3410, 0));
    is_settled(&shop).await;
}

#[tokio::test]
async fn nobody_asks_too_early_too_late_or_for_more_than_was_bought() {
    let (shop, mut olga) = open(Shop::new()).await;
    let mut ada = shop.browser();
    fill_cart(&mut ada).await;
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    let early = ada.follow_order(&confirmation).await;
    early.does_not_say("Return items");
    let way = early.path.replace('?', "/return?");
    ada.open(&way).await.is(200).says(&["This order is not sent yet", "Cancel this order"]);

    let (order, sheet) = send(&mut olga, &mut ada, &confirmation).await;
    let page = form_of(&mut ada, &order).await;
    let field = field_of(&page, "Blue mug");
    for (units, words) in [
        ("2", "Of “Blue mug” only 1 can be sent back."),
        ("0", "Please say of at least one thing how many you want to send back."),
        ("one", "How many you send back must be a whole number, like 2."),
    ] {
        let refused = ada.submit(&page.form(ASK).with(&field, units).with("note", "Too blue")).await;
        refused.is(200).says(&[words, "What do you want to send back?", "Too blue"]);
        assert_eq!(refused.form(ASK).field(&field), Some(units), "what was typed is kept");
    }
    let nonsense = page.form(ASK).with(&field, "1").with("reason", "nonsense");
    ada.submit(&nonsense).await.is(200).says(&["Please choose why you send it back."]);
    let endless = page.form(ASK).with(&field, "1").with("note", &"a".repeat(301));
    ada.submit(&endless).await.is(200).says(&["What you tell us has room for 300 characters."]);
    ada.submit(&page.form(ASK).with(&field, "1").with("key", "nonsense")).await.says(&["The form was out of date"]);

    let form = olga.open(&sheet).await.form(DELIVER);
    olga.submit(&form).await.says(&["Stands Delivered"]);
    ada.open(&order.path).await.says(&["Return items"]);
    shop.change_books("UPDATE order_steps SET reached_at = '2020-01-01T12:00:00Z'").await;
    ada.open(&order.path).await.does_not_say("Return items");
    let late = ada.submit(&page.form(ASK).with(&field, "1")).await;
    late.is(200).says(&["This order could be returned until Wednesday 15 January", "Delivered"]);
    late.does_not_say("We wait for your parcel");
    is_settled(&shop).await;
}

#[tokio::test]
async fn nobody_else_returns_receives_or_refuses() {
    let Sent { shop, mut olga, mut ada, order, sheet } = sent(Shop::new()).await;
    let page = form_of(&mut ada, &order).await;
    let form = asking(&page, "Blue mug", "1");
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let way = format!("/orders/{}/return", number_on(&order));
    for path in [way.clone(), format!("{way}?access=nonsense")] {
        eve.open(&path).await.is(404).does_not_say("Blue mug");
    }
    for access in ["", "nonsense"] {
        eve.submit(&form.clone().with("access", access)).await.is(404);
    }
    ada.open(&order.path).await.does_not_say("We wait for your parcel");
    let asked = ada.submit(&form).await;
    eve.submit(&asked.form(WITHDRAW).with("access", "nonsense")).await.is(404);
    let page = olga.open(&sheet).await;
    let (receive, refuse) = (page.form(RECEIVE), page.form(REFUSE).with("refusal", "No"));
    for browser in [&mut eve, &mut ada] {
        for form in [&receive, &refuse] {
            let answer = browser.submit(form).await;
            assert!(answer.status == 403 || answer.path.starts_with("/account/sign-in"), "{}", answer.path);
        }
    }
    let request = olga.request(reqwest::Method::POST, RECEIVE).header(reqwest::header::ORIGIN, "https://evil.example");
    assert_eq!(request.form(&receive.fields).send().await.unwrap().status(), 403);
    ada.open(&order.path).await.says(&["We wait for your parcel"]);
    olga.submit(&receive.with("id", "nonsense")).await.says(&["There is no such return of this order"]);
    assert_eq!(shop.moved_at_gateway().await, (3410, 0));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_the_gateway_does_not_answer_is_refunded_when_it_does() {
    let Sent { mut shop, mut olga, mut ada, order, sheet } = sent(Shop::new()).await;
    ask(&mut ada, &order, "Blue mug").await.is(200);
    is_settled(&shop).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    ada.follow(&shop);
    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    let noted = olga.submit(&form).await;
    noted.is(200).says(&["It is noted and will be done", "Received, not refunded yet", "Refunded £0.00"]);
    assert!(noted.forms(RECEIVE).is_empty(), "it goes on");
    ada.open(&order.path).await.says(&["It is here", "£8.10 go back to you"]);
    shop.kill().await;
    shop.open().await;
    olga.follow(&shop);
    until("it is refunded", SETTLED_WITHIN, async || {
        olga.clone().open(&sheet).await.text().contains("Received and refunded").then_some(())
    })
    .await;
    // The form that was posted then is answered by what became of it.
    olga.submit(&form).await.says(&["The return is received", "Refunded £8.10"]);
    assert_eq!(shop.stock("MUG").await, Stock { on_hand: 12, reserved: 0, allocated: 0 });
    assert_eq!(shop.moved_at_gateway().await, (3410, 810));
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_refund_that_the_gateway_refuses_is_asked_for_again() {
    let Sent { shop, mut olga, mut ada, order, sheet } = sent(Shop::new()).await;
    ask(&mut ada, &order, "Blue mug").await.is(200);
    shop.change_books("UPDATE sandbox_intents SET captured_minor_units = 0").await;
    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    let refused = olga.submit(&form).await;
    refused.is(200).says(&["It is received, but the gateway did not give the money back", "Refund it again"]);
    shop.change_books("UPDATE sandbox_intents SET captured_minor_units = 3410").await;
    olga.submit(&refused.form(RECEIVE)).await.says(&["The return is received", "Refunded £8.10"]);
    assert_eq!(shop.stock("MUG").await.on_hand, 12, "it is back on the shelf once");
    assert_eq!(shop.moved_at_gateway().await, (3410, 810));
    is_settled(&shop).await;
}
