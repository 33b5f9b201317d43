//! Exchanges that can't be sent: an operator ends them and says why. What was put aside is sold again, and what came
//! back brings its money, once.

use futures::future::join_all;

use super::dispatch::{SETTLED_WITHIN, is_settled};
use super::exchange::{SEND_EXCHANGE, ask, letter, open, sent};
use super::returns::RECEIVE;
use crate::support::books::Stock;
use crate::support::{Shop, postgres, until};

pub(super) const END: &str = "/api/operator/orders/exchanges/ends";
const WHY: &str = "It fell from the shelf.";

const FREE: Stock = Stock { on_hand: 1, reserved: 0, allocated: 0 };

/// Whatever the database, and however often it is pressed.
async fn what_cannot_be_sent_brings_its_money_once(shop: Shop) {
    let (shop, mut olga) = open(shop).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    let form = olga.open(&sheet).await.form(RECEIVE);
    let received = olga.submit(&form).await;
    received.is(200).says(&["Exchange to send", "What is put aside is sold again, and £9.00 go back to its shopper."]);
    let (end, send) = (received.form(END).with("why", WHY), received.form(SEND_EXCHANGE));
    let presses = (0..3).map(|_| {
        let (mut browser, form) = (olga.clone(), end.clone());
        async move { browser.submit(&form).await }
    });
    for page in join_all(presses).await {
        page.is(200).says(&["The exchange is ended", "Refunded £9.00"]);
    }
    let ended = olga.submit(&end).await;
    ended.is(200).says(&["The exchange is ended", "Received and refunded Exchange ended", "Refunded £9.00"]);
    ended.says(&["Not sent in exchange: It fell from the shelf.", "£9.00 are to be refunded Exchange not sent"]);
    assert!(ended.forms(END).is_empty() && ended.forms(SEND_EXCHANGE).is_empty());
    olga.submit(&send).await.says(&["Nothing of this return waits to be sent"]);
    olga.open("/operator/orders?returns=exchange").await.says(&["No such order"]);

    assert_eq!(shop.stock("MUG-C").await, FREE);
    let left = shop.movements("MUG-C").await;
    let exchanged = left.iter().filter(|movement| movement.reason == "exchange");
    let moved: Vec<_> = exchanged.map(|movement| (movement.on_hand, movement.reserved, movement.allocated)).collect();
    assert_eq!(moved, [(0, 1, 0), (0, -1, 1), (0, 0, -1)], "kept, put aside, given back: {left:?}");
    assert_eq!(shop.moved_at_gateway().await, (2195, 900));
    let seen = ada.open(&order.path).await;
    seen.says(&["It is here, and refunded", "for its money: Clay is not kept any more", "£9.00 went back to you"]);
    seen.says(&["What you wanted in exchange can't be sent. It fell from the shelf."]);
    let told = letter(&shop, "is a return now").await;
    assert!(told.contains(WHY) && told.contains("is here, and you get your money for it instead"), "{told}");
    until("it is sold again", SETTLED_WITHIN, async || {
        let page = shop.browser().open("/products/enamel-mug?sku=MUG-C").await;
        page.text().contains("Only 1 left in stock").then_some(())
    })
    .await;
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_there_brings_its_money() {
    what_cannot_be_sent_brings_its_money_once(Shop::new()).await;
}

#[tokio::test]
async fn what_is_there_brings_its_money_on_postgresql() {
    what_cannot_be_sent_brings_its_money_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_is_not_here_yet_becomes_a_return_for_money() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    let page = olga.open(&sheet).await;
    page.says(&["What is kept is sold again, and the return is one for money from then on."]);
    let end = page.form(END).with("why", WHY);
    for _ in 0..2 {
        let ended = olga.submit(&end).await;
        ended.is(200).says(&["The exchange is ended", "Return asked Exchange ended", "Refunded £0.00"]);
        ended.says(&["Ended the exchange for a return of the order"]);
        assert_eq!(shop.stock("MUG-C").await, FREE);
    }
    let seen = ada.open(&order.path).await;
    seen.says(&["What you wanted in exchange can't be sent. It fell from the shelf.", "you get back £9.00"]);
    let told = letter(&shop, "is a return now").await;
    assert!(told.contains(WHY) && told.contains("when what you send back is here"), "{told}");
    assert_eq!(shop.moved_at_gateway().await, (2195, 0));
    is_settled(&shop).await;

    let form = olga.open(&sheet).await.form(RECEIVE);
    olga.submit(&form).await.is(200).says(&["The return is received", "Received and refunded", "Refunded £9.00"]);
    olga.submit(&end).await.is(200).says(&["The exchange is ended", "Refunded £9.00"]);
    assert_eq!(shop.moved_at_gateway().await, (2195, 900));
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_store_that_dies_while_the_rest_goes_back_goes_on_with_it() {
    let (mut shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.says(&["you get back £3.00"]);
    let form = olga.open(&sheet).await.form(RECEIVE);
    olga.submit(&form).await.is(200).says(&["Exchange to send", "Refunded £3.00", "£18.95 go back to its shopper."]);
    is_settled(&shop).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    let end = olga.open(&sheet).await.form(END).with("why", WHY);
    let noted = olga.submit(&end).await;
    noted.is(200).says(&[
        "It is noted and will be done",
        "Received, not refunded yet Exchange ended",
        "Refunded £3.00",
    ]);
    assert!(noted.forms(END).is_empty() && noted.forms(RECEIVE).is_empty(), "it goes on");
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 0 });
    shop.kill().await;
    shop.open().await;
    olga.follow(&shop);
    ada.follow(&shop);
    until("it is refunded", SETTLED_WITHIN, async || {
        olga.clone().open(&sheet).await.text().contains("Refunded £21.95").then_some(())
    })
    .await;
    olga.submit(&end).await.says(&["The exchange is ended", "Received and refunded", "Refunded £21.95"]);
    ada.open(&order.path).await.says(&["It is here, and refunded", "£21.95 went back to you"]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 0 });
    assert_eq!(shop.moved_at_gateway().await, (2195, 2195));
    is_settled(&shop).await;

    shop.close().await;
    shop.change_books("UPDATE order_returns SET first_refund_minor_units = 299").await;
    let checked = shop.check_ledger().await;
    assert_eq!(checked.code, 1, "{checked:?}");
    assert!(checked.stdout.contains("what came back is refunded as the ledger says"), "{}", checked.stdout);
    shop.change_books("UPDATE order_returns SET first_refund_minor_units = 300").await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_refund_that_the_gateway_refuses_is_asked_for_again() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    let form = olga.open(&sheet).await.form(RECEIVE);
    let received = olga.submit(&form).await;
    received.is(200).says(&["Exchange to send", "Refunded £0.00"]);
    shop.change_books("UPDATE sandbox_intents SET captured_minor_units = 0").await;
    let refused = olga.submit(&received.form(END).with("why", WHY)).await;
    refused.is(200).says(&["The gateway did not give the £9.00 back.", "Refund it again", "Exchange ended"]);
    assert_eq!(shop.stock("MUG-C").await, FREE);
    shop.change_books("UPDATE sandbox_intents SET captured_minor_units = 2195").await;
    olga.submit(&refused.form(RECEIVE)).await.is(200).says(&["The return is received", "Refunded £9.00"]);
    ada.open(&order.path).await.says(&["It is here, and refunded", "£9.00 went back to you"]);
    assert_eq!(shop.moved_at_gateway().await, (2195, 900));
    is_settled(&shop).await;
}

#[tokio::test]
async fn only_operators_end_what_waits_and_they_say_why() {
    let (shop, mut olga) = open(Shop::new()).await;
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "1", "MUG-C").await.is(200);
    let form = olga.open(&sheet).await.form(RECEIVE);
    let received = olga.submit(&form).await;
    let end = received.form(END);
    let endless = "x".repeat(201);
    for why in [" ", endless.as_str()] {
        let nameless = olga.submit(&end.clone().with("why", why)).await;
        nameless.is(200).says(&["Please say in at most 200 characters why the exchange can't be sent"]);
    }
    let end = end.with("why", WHY);
    olga.submit(&end.clone().with("id", "nonsense")).await.says(&["There is no such return of this order"]);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    for browser in [&mut eve, &mut ada] {
        let answer = browser.submit(&end).await;
        assert!(answer.status == 403 || answer.path.starts_with("/account/sign-in"), "{}", answer.path);
    }
    assert_eq!(shop.stock("MUG-C").await, Stock { on_hand: 1, reserved: 0, allocated: 1 });

    olga.submit(&received.form(SEND_EXCHANGE)).await.is(200).says(&["The exchange is sent"]);
    olga.submit(&end).await.says(&["Nothing of this return waits to be sent", "Exchange sent", "Refunded £0.00"]);
    assert_eq!(shop.moved_at_gateway().await, (2195, 0));
    is_settled(&shop).await;
}
