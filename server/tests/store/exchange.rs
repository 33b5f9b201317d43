//! Exchanges: another variant instead of the money for what comes back. It is kept from the moment that it is asked
//! for, sent once, and never charged for.

use futures::future::join_all;

use super::dispatch::{SEND, SETTLED_WITHIN, is_settled};
use super::returns::{ASK, RECEIVE};
use crate::support::books::Stock;
use crate::support::html::Form;
use crate::support::purchase::{ADD, PAYS, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres, until};

const WITHDRAW: &str = "/api/orders/returns/withdrawals";
const REFUSE: &str = "/api/operator/orders/returns/refusals";
pub(super) const SEND_EXCHANGE: &str = "/api/operator/orders/exchanges/dispatches";
/// The fields of the only line of an order.
const UNITS: &str = "units-0";
const WANTED: &str = "exchange-0";

const NOTHING: Stock = Stock { on_hand: 0, reserved: 0, allocated: 0 };

/// An open store with mugs, the clay one the last of its kind, and an operator.
pub(super) async fn open(mut shop: Shop) -> (Shop, Browser) {
    let rows = [
        "MUG-M | MUG | Enamel mug | 9.00 GBP | Moss | Kitchen | 9",
        "MUG-C | MUG | Enamel mug | 9.00 GBP | Clay | Kitchen | 1",
        "MUG-S | MUG | Enamel mug | 7.50 GBP | Sea | Kitchen | 4",
        "MUG-G | MUG | Enamel mug | 12.00 GBP | Gold | Kitchen | 5",
        "LAMP | | Walnut desk lamp | 24.50 GBP | | Home | 9",
    ];
    let columns = "id | item_group_id | title | price | color | product_type | quantity";
    shop.import(&feed(columns, &rows)).await.went_well();
    shop.open().await;
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}

/// A shopper to whom two mugs of moss were sent, for £21.95 with delivery; the order as they see it, and where its
/// operator does.
pub(super) async fn sent(shop: &Shop, olga: &mut Browser) -> (Browser, Page, String) {
    let mut ada = shop.browser();
    let form = ada.open("/products/enamel-mug?sku=MUG-M").await.form_of(ADD, "MUG-M");
    ada.submit(&form.with("quantity", "2")).await.is(200);
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent", "Captured £21.95"]);
    let order = ada.open(&order.path).await;
    (ada, order, sheet)
}

/// The form that asks to exchange some units of an order.
async fn exchanging(browser: &mut Browser, order: &Page, units: &str, wanted: &str) -> Form {
    let way = order.links(&format!("/orders/{}/return", number_on(order))).remove(0);
    browser.open(&way).await.form(ASK).with(UNITS, units).with(WANTED, wanted)
}

pub(super) async fn ask(browser: &mut Browser, order: &Page, units: &str, wanted: &str) -> Page {
    let form = exchanging(browser, order, units, wanted).await;
    browser.submit(&form).await
}

/// Waits until a letter about an order has some words in its subject, and answers what it says.
pub(super) async fn letter(shop: &Shop, subject: &str) -> String {
    until("the letter is written", SETTLED_WITHIN, async || {
        shop.order_letters().into_iter().find(|letter| letter.subject.contains(subject)).map(|letter| letter.text)
    })
    .await
}

#[tokio::test]
async fn what_is_wanted_is_kept_then_sent_and_nothing_is_charged() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    let way = order.links(&format!("/orders/{}/return", number_on(&order))).remove(0);
    let page = ada.open(&way).await;
    page.is(200).says(&["In exchange: Clay In exchange: Sea (£1.50 less)", "Nothing is ever charged for an exchange"]);
    page.does_not_say("Gold");
    let form = page.form(ASK).with(UNITS, "1").with(WANTED, "MUG-C");
    let asked = ada.submit(&form).await;
    asked.is(200).says(&[
        "It is noted.",
        "1 × Enamel mug, Moss – in exchange for Clay, which is kept until",
        "When it is here we send what you want in exchange, and nothing is charged.",
    ]);
    ada.submit(&form).await.is(200);
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 1, allocated: 0 });
    shop.browser().open("/products/enamel-mug?sku=MUG-C").await.says(&["Sold out"]);
    shop.check_ledger().await.went_well();

    let page = olga.open(&sheet).await;
    page.says(&["Return asked Exchange", "What is kept in exchange is to be sent then."]);
    let received = olga.submit(&page.form(RECEIVE).with("shelf", "yes")).await;
    received.is(200).says(&["The return is received", "Exchange to send", "1 × MUG-C, Clay", "Refunded £0.00"]);
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 0, allocated: 1 });
    assert_eq!(shop.stock("MUG-M").await, Stock { on_hand: 8, reserved: 0, allocated: 0 });
    olga.open("/operator/orders?returns=exchange").await.says(&[&number_on(&order), "Exchange to send"]);
    ada.open(&order.path).await.says(&["It is here, and exchanged", "in exchange for Clay, which will be packed next"]);
    shop.check_ledger().await.went_well();

    let form = received.form(SEND_EXCHANGE);
    for _ in 0..2 {
        olga.submit(&form).await.is(200).says(&["The exchange is sent", "Exchange sent", "Sent the exchange for a"]);
    }
    assert_eq!(shop.stock("MUG-C").await, NOTHING);
    let left = shop.movements("MUG-C").await;
    let exchanged = left.iter().filter(|movement| movement.reason == "exchange");
    let moved: Vec<_> = exchanged.map(|movement| (movement.on_hand, movement.reserved, movement.allocated)).collect();
    assert_eq!(moved, [(0, 1, 0), (0, -1, 1), (-1, 0, -1)], "kept, put aside, sent: {left:?}");
    olga.open("/operator/orders?returns=exchange").await.says(&["No such order"]);
    ada.open(&order.path).await.says(&["in exchange for Clay, which is on its way", "1 × Enamel mug"]);
    let told = letter(&shop, "Your exchange of order").await;
    assert!(told.contains("1 × Enamel mug, Clay, instead of Moss") && told.contains("Nothing is charged"), "{told}");
    assert_eq!(shop.moved_at_gateway().await, (2195, 0));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_costs_less_brings_the_difference_and_the_rest_its_money() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    let asked = ask(&mut ada, &order, "1", "MUG-S").await;
    asked.is(200).says(&["we send what you want in exchange, and you get back £1.50"]);
    let page = olga.open(&sheet).await;
    page.says(&["£1.50 go back to its shopper."]);
    olga.submit(&page.form(RECEIVE)).await.is(200).says(&["Exchange to send", "Refunded £1.50"]);
    assert_eq!(shop.moved_at_gateway().await, (2195, 150));
    is_settled(&shop).await;
    // The other one comes back for money: delivery stays paid, for something was sent instead.
    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "1", "").await.says(&["you get back £9.00"]);
    let page = olga.open(&sheet).await;
    olga.submit(&page.form(RECEIVE)).await.is(200).says(&["Refunded £10.50"]);
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_refused_or_withdrawn_is_sold_again() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    let free = Stock { on_hand: 1, reserved: 0, allocated: 0 };
    let asked = ask(&mut ada, &order, "1", "MUG-C").await;
    let receive = olga.open(&sheet).await.form(RECEIVE);
    let form = asked.form(WITHDRAW);
    for _ in 0..2 {
        ada.submit(&form).await.is(200).says(&["You keep it", "was to be exchanged for Clay"]);
        assert_eq!(shop.stock("MUG-C").await, free);
    }
    olga.submit(&receive).await.says(&["This return was decided already"]);
    is_settled(&shop).await;

    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "1", "MUG-C").await.says(&["in exchange for Clay, which is kept until"]);
    let refusal = olga.open(&sheet).await.form(REFUSE).with("refusal", "It was used for months.");
    for _ in 0..2 {
        olga.submit(&refusal).await.is(200).says(&["The return is refused", "Exchange ended"]);
        assert_eq!(shop.stock("MUG-C").await, free);
    }
    until("it is sold again", SETTLED_WITHIN, async || {
        let page = shop.browser().open("/products/enamel-mug?sku=MUG-C").await;
        page.text().contains("Only 1 left in stock").then_some(())
    })
    .await;
    assert_eq!(shop.moved_at_gateway().await, (2195, 0));
    is_settled(&shop).await;
}

#[tokio::test]
async fn nobody_exchanges_for_what_is_gone_dearer_or_something_else() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, _) = sent(&shop, &mut olga).await;
    let form = exchanging(&mut ada, &order, "1", "MUG-C").await;
    for wanted in ["MUG-G", "MUG-M", "LAMP", "NOTHING", "a b"] {
        let refused = ada.submit(&form.clone().with(WANTED, wanted)).await;
        refused.is(200).says(&["What you want instead can't be had for “Enamel mug”"]);
    }
    let both = ada.submit(&form.clone().with(UNITS, "2")).await;
    both.is(200).says(&["Of what you want for “Enamel mug” fewer are left by now"]);
    assert_eq!(both.form(ASK).field(WANTED), Some("MUG-C"), "what was chosen is kept");

    let mut eve = shop.browser();
    let bought = eve.open("/products/enamel-mug?sku=MUG-C").await.form_of(ADD, "MUG-C");
    eve.submit(&bought).await.is(200);
    let review = eve.check_out(PAYS).await;
    eve.place(&review).await.is(200).says(&["Your order is placed"]);
    let gone = ada.submit(&form).await;
    gone.is(200).says(&["fewer are left by now", "What do you want to send back?", "In exchange: Sea"]);
    gone.does_not_say("In exchange: Clay");
    ada.open(&order.path).await.does_not_say("We wait for your parcel");
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 0, allocated: 1 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_comes_too_late_is_a_return_for_money_and_its_shopper_is_told() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    // The operator looks at it while there is time.
    let receive = olga.open(&sheet).await.form(RECEIVE);
    shop.change_books("UPDATE order_returns SET asked_at = '2020-01-01T12:00:00Z'").await;
    until("its time is over", SETTLED_WITHIN, async || (shop.stock("MUG-C").await.reserved == 0).then_some(())).await;
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    let seen = ada.open(&order.path).await;
    seen.says(&["for its money: Clay is not kept any more", "you get back £9.00"]);
    let told = letter(&shop, "is a return now").await;
    assert!(told.contains("until Wednesday 22 January") && told.contains("you get your money instead"), "{told}");
    shop.check_ledger().await.went_well();
    olga.submit(&receive).await.is(200).says(&["Received and refunded", "Refunded £9.00", "Exchange ended"]);
    assert_eq!(shop.moved_at_gateway().await, (2195, 900));
    is_settled(&shop).await;
}

/// Whatever the database, two who want the last unit at one moment are told apart.
async fn last_unit_is_kept_once(shop: Shop) {
    let (shop, mut olga) = open(shop).await;
    let mut forms = Vec::new();
    for _ in 0..2 {
        let (mut shopper, order, _) = sent(&shop, &mut olga).await;
        let form = exchanging(&mut shopper, &order, "1", "MUG-C").await;
        forms.push((shopper, form));
    }
    let presses = forms.iter().map(|(shopper, form)| {
        let (mut shopper, form) = (shopper.clone(), form.clone());
        async move { shopper.submit(&form).await }
    });
    let answers = join_all(presses).await;
    let kept = answers.iter().filter(|page| page.text().contains("in exchange for Clay")).count();
    let told = answers.iter().filter(|page| page.text().contains("fewer are left by now")).count();
    assert_eq!((kept, told), (1, 1), "{:?}", answers.iter().map(Page::text).collect::<Vec<_>>());
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 1, allocated: 0 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn the_last_unit_is_kept_for_one_of_two() {
    last_unit_is_kept_once(Shop::new()).await;
}

#[tokio::test]
async fn the_last_unit_is_kept_for_one_of_two_on_postgresql() {
    last_unit_is_kept_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn a_store_that_dies_while_the_difference_goes_back_goes_on_with_it() {
    let (mut shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.says(&["you get back £3.00"]);
    is_settled(&shop).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    let noted = olga.submit(&form).await;
    noted.is(200).says(&["It is noted and will be done", "Received, not refunded yet", "Exchange to send"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 2 });
    shop.kill().await;
    shop.open().await;
    olga.follow(&shop);
    until("it is refunded", SETTLED_WITHIN, async || {
        olga.clone().open(&sheet).await.text().contains("Refunded £3.00").then_some(())
    })
    .await;
    olga.submit(&form).await.says(&["The return is received", "Refunded £3.00"]);
    let sent = olga.open(&sheet).await.form(SEND_EXCHANGE);
    olga.submit(&sent).await.is(200).says(&["The exchange is sent"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 2, reserved: 0, allocated: 0 });
    assert_eq!(shop.stock("MUG-M").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    assert_eq!(shop.moved_at_gateway().await, (2195, 300));
    is_settled(&shop).await;
}

#[tokio::test]
async fn nothing_is_sent_that_the_money_of_the_order_does_not_pay_for() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.is(200);
    let page = olga.open(&sheet).await;
    let refund = page.form("/api/operator/orders/refunds").with("refund", "21.95").with("reason", "A scratch");
    let refunded = olga.submit(&refund).await;
    refunded.is(200).says(&["Refunded £21.95"]);
    let refused = olga.submit(&refunded.form(RECEIVE)).await;
    refused.is(200).says(&["the rest does not pay for what is to be sent instead", "Return asked"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 2, allocated: 0 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_was_given_back_since_it_was_received_is_not_sent_as_well() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.is(200);
    let page = olga.open(&sheet).await;
    let received = olga.submit(&page.form(RECEIVE)).await;
    received.is(200).says(&["Exchange to send", "Refunded £3.00"]);
    let send = received.form(SEND_EXCHANGE);
    // Two mugs of sea are paid with £15.00 of the £18.95 that are left.
    let refund = received.form("/api/operator/orders/refunds").with("refund", "4.00").with("reason", "A scratch");
    olga.submit(&refund).await.is(200).says(&["Refunded £7.00"]);
    let refused = olga.submit(&send).await;
    refused.is(200).says(&["the rest does not pay for what is to be sent instead", "Exchange to send"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 2 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_left_still_pays_for_what_is_sent() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.is(200);
    let page = olga.open(&sheet).await;
    let received = olga.submit(&page.form(RECEIVE)).await;
    let refund = received.form("/api/operator/orders/refunds").with("refund", "3.95").with("reason", "It came late");
    olga.submit(&refund).await.is(200).says(&["Refunded £6.95"]);
    olga.submit(&received.form(SEND_EXCHANGE)).await.is(200).says(&["The exchange is sent"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 2, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_cannot_be_sent_after_all_brings_its_money() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.says(&["you get back £3.00"]);
    let form = olga.open(&sheet).await.form(RECEIVE).with("money", "yes");
    for _ in 0..2 {
        olga.submit(&form).await.is(200).says(&["Received and refunded", "Exchange ended", "Refunded £21.95"]);
    }
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 0 });
    let seen = ada.open(&order.path).await;
    seen.says(&["It is here, and refunded", "for its money: Sea is not kept any more", "£21.95 went back to you"]);
    is_settled(&shop).await;
}

#[tokio::test]
async fn only_operators_send_and_the_books_see_what_does_not_agree() {
    let (mut shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    let receive = olga.open(&sheet).await.form(RECEIVE);
    let early = Form { action: SEND_EXCHANGE.to_owned(), ..receive.clone() };
    olga.submit(&early).await.is(200).says(&["Nothing of this return waits to be sent", "Return asked"]);
    olga.submit(&receive).await.is(200).says(&["Exchange to send"]);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    for browser in [&mut eve, &mut ada] {
        let answer = browser.submit(&early).await;
        assert!(answer.status == 403 || answer.path.starts_with("/account/sign-in"), "{}", answer.path);
    }
    olga.submit(&early.clone().with("id", "nonsense")).await.says(&["There is no such return of this order"]);
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 0, allocated: 1 });
    is_settled(&shop).await;

    shop.close().await;
    for (tampered, mended, words) in [
        (
            "UPDATE order_exchanges SET state = 'sent'",
            "UPDATE order_exchanges SET state = 'allocated'",
            "what is reserved and allocated is what orders hold",
        ),
        (
            "UPDATE order_exchanges SET state = 'released'",
            "UPDATE order_exchanges SET state = 'allocated'",
            "an exchange stands as its return does",
        ),
        (
            "UPDATE order_exchanges SET quantity = 2",
            "UPDATE order_exchanges SET quantity = 1",
            "an exchange sends something else for a line, and as much as comes back",
        ),
    ] {
        shop.change_books(tampered).await;
        let checked = shop.check_ledger().await;
        assert_eq!(checked.code, 1, "{tampered}: {checked:?}");
        assert!(checked.stdout.contains(words), "{tampered}: nothing about {words:?} in {}", checked.stdout);
        shop.change_books(mended).await;
    }
    shop.check_ledger().await.went_well();
}
