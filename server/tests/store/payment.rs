//! Cards that pay, cards that don't, and a bank that answers late.

use std::time::Duration;

use crate::support::purchase::{CARD, DECLINED, LATE, PAYS, number_on};
use crate::support::{Browser, Shop, feed, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

async fn come_to_payment(browser: &mut Browser) -> crate::support::Page {
    browser.put_into_cart("walnut-desk-lamp", "2").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

#[tokio::test]
async fn a_declined_card_costs_nothing_and_another_one_pays() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let mut payment = come_to_payment(&mut browser).await;
    for (card, reason) in [
        (DECLINED, "Your bank declined the card."),
        ("4000 0000 0000 9995", "There is not enough money on the card."),
        ("4000 0000 0000 0069", "The card has expired."),
        ("4000 0000 0000 0127", "The security code is wrong."),
    ] {
        let review = browser.give_card(&payment, card).await;
        payment = browser.place(&review).await;
        assert!(payment.is(200).path.starts_with("/checkout/payment"), "{}", payment.path);
        payment.says(&[reason, "Nothing was charged and your cart is kept."]);
        let stock = shop.stock("LAMP").await;
        assert_eq!((stock.reserved, stock.allocated), (0, 0), "{reason}");
        browser.open("/cart").await.says(&["Walnut desk lamp", "£49.00"]);
    }
    let review = browser.give_card(&payment, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    assert_eq!(shop.order_states().await, ["declined", "declined", "declined", "declined", "confirmed"]);
    let stock = shop.stock("LAMP").await;
    assert_eq!((stock.on_hand, stock.reserved, stock.allocated), (100, 0, 2));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_card_that_can_not_be_read_is_asked_for_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let good = [("number", PAYS), ("name", "A Lovelace"), ("expiry", "12/39"), ("cvc", "123")];
    let form = good.iter().fold(payment.form(CARD), |form, (name, value)| form.with(name, value));
    for (field, wrong, advice) in [
        ("number", "4242 4242 4242 4243", "Check the card number: one digit seems wrong"),
        ("number", "", "Check the card number: 12 to 19 digits"),
        ("number", "5555 5555 5555 4444", "this kind of card is not taken here"),
        ("expiry", "13/39", "Give the month and year"),
        ("expiry", "soon", "Give the month and year"),
        ("cvc", "12", "Give the security code"),
        ("name", " ", "Give the name as it stands on the card"),
    ] {
        let refused = browser.submit(&form.clone().with(field, wrong)).await;
        assert!(refused.is(200).path.starts_with("/checkout/payment"), "{}", refused.path);
        refused.says(&[advice, "One field needs your attention"]);
        assert_eq!(refused.form(CARD).field("number"), Some(""), "card details are never filled in again");
        assert!(!refused.html.contains("424242") && !refused.path.contains("4242"));
    }
    let wrong = form.clone().with("number", "4242 4242 4242 4243").with("expiry", "soon").with("cvc", "x");
    let refused = browser.submit(&wrong).await;
    refused.is(200).says(&["3 fields need your attention", "one digit seems wrong", "Give the month", "3 or 4 digits"]);
    let links = refused.links("#");
    for field in ["#number", "#expiry", "#cvc"] {
        assert!(links.iter().any(|link| link == field), "{field} in {links:?}");
    }
    assert_eq!(browser.submit(&form).await.path, "/checkout/review");
}

#[tokio::test]
async fn the_gateway_sends_nobody_to_another_website() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    for elsewhere in ["https://evil.example/", "//evil.example/", "/checkout/payment/returnevil", ""] {
        let form = payment.form(CARD).with("return_url", elsewhere).with("number", PAYS);
        let refused = browser.submit(&form.with("name", "A").with("expiry", "12/39").with("cvc", "123")).await;
        refused.is(400);
    }
}

#[tokio::test]
async fn a_bank_that_answers_late_leads_to_an_order_that_is_confirmed_later() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let review = browser.give_card(&payment, LATE).await;
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", &number_on(&order)]);
    let follow = order.links("/orders/").into_iter().find(|link| link.contains("access=")).expect("a way to follow it");
    until("the order is confirmed", SETTLED_WITHIN, async || {
        let text = browser.open(&follow).await.is(200).text();
        text.contains("Payment authorised").then_some(())
    })
    .await;
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["confirmed".to_owned()], 1));
    let stock = shop.stock("LAMP").await;
    assert_eq!((stock.on_hand, stock.reserved, stock.allocated), (100, 0, 2));
    until("the cart is empty", SETTLED_WITHIN, async || {
        browser.open("/cart").await.text().contains("Your cart is empty").then_some(())
    })
    .await;
    shop.check_ledger().await.went_well();
}
