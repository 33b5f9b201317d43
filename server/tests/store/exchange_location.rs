//! Exchanges for what lies elsewhere: it is taken from there, once, however many lines it is sent for, or free there
//! again.

use super::dispatch::{SEND, is_settled};
use super::exchange::{SEND_EXCHANGE, ask, open, sent};
use super::exchange_end::END;
use super::location::{FIRST, TRANSFER, add};
use super::returns::{ASK, RECEIVE};
use crate::support::Shop;
use crate::support::books::{Place, Stock};
use crate::support::purchase::{ADD, PAYS, number_on};

#[tokio::test]
async fn two_lines_that_are_exchanged_for_one_thing_take_it_once_from_where_it_lies() {
    let (shop, mut olga) = open(Shop::new()).await;
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    let form = olga.open("/operator/stock/skus/MUG-S").await.form(TRANSFER);
    olga.submit(&form.with("from", FIRST).with("to", &leeds).with("units", "4")).await.says(&["The units are moved."]);

    let mut ada = shop.browser();
    for sku in ["MUG-M", "MUG-G"] {
        let form = ada.open(&format!("/products/enamel-mug?sku={sku}")).await.form_of(ADD, sku);
        ada.submit(&form.with("quantity", "2")).await.is(200);
    }
    let review = ada.check_out(PAYS).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let number = number_on(&order);
    let sheet = format!("/operator/orders/{number}");
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent"]);

    let order = ada.open(&order.path).await;
    let way = order.links(&format!("/orders/{number}/return")).remove(0);
    let form = ada.open(&way).await.form(ASK).with("units-0", "1").with("exchange-0", "MUG-S");
    ada.submit(&form.with("units-1", "2").with("exchange-1", "MUG-S")).await.is(200).says(&["It is noted."]);
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 3, allocated: 0 });

    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    let received = olga.submit(&form).await;
    received.is(200).says(&["Exchange to send"]);
    assert_eq!(shop.place("MUG-S", &leeds).await, Place { on_hand: 4, allocated: 3 });
    is_settled(&shop).await;

    olga.submit(&received.form(SEND_EXCHANGE)).await.is(200).says(&["The exchange is sent"]);
    assert_eq!(shop.place("MUG-S", &leeds).await, Place { on_hand: 1, allocated: 0 });
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_cannot_be_sent_from_elsewhere_is_free_there_again() {
    let (shop, mut olga) = open(Shop::new()).await;
    let leeds = add(&mut olga, "Leeds", "LS1 6HD").await;
    let form = olga.open("/operator/stock/skus/MUG-S").await.form(TRANSFER);
    olga.submit(&form.with("from", FIRST).with("to", &leeds).with("units", "4")).await.says(&["The units are moved."]);
    let (mut ada, order, sheet) = sent(&shop, &mut olga).await;
    ask(&mut ada, &order, "2", "MUG-S").await.is(200);
    let form = olga.open(&sheet).await.form(RECEIVE);
    let received = olga.submit(&form).await;
    assert_eq!(shop.place("MUG-S", &leeds).await, Place { on_hand: 4, allocated: 2 });

    let form = received.form(END).with("why", "The roof leaked.");
    olga.submit(&form).await.is(200).says(&["The exchange is ended"]);
    assert_eq!(shop.place("MUG-S", &leeds).await, Place { on_hand: 4, allocated: 0 });
    assert_eq!(shop.stock("MUG-S").await, Stock { on_hand: 4, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}
