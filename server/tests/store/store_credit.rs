//! Store credit: an operator gives it to an account, whose owner alone spends it, never more than there is, and gets it
//! back as gift cards do.

use std::time::Duration;

use domain::payment::gift_card::CREDIT_MOVEMENTS_SHOWN;
use futures::future::{join, join_all};
use sqlx::Connection as _;

use super::dispatch::SEND;
use super::returns::{RECEIVE, ask};
use crate::support::account::FIND_ACCOUNT;
use crate::support::purchase::{CANCEL, CARD, PAYS, PLACE, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres, until};

const GIVE: &str = "/api/operator/accounts/credits";
const USE: &str = "/api/checkout/store-credit";
const COVERED: &str = "/api/checkout/gift-cards/payments";
const ADA_EMAIL: &str = "ada@example.com";
const WHY: &str = "Your lamp came late";
const DEADLINE: Duration = Duration::from_secs(20);
/// An account has one cart, and with it one checkout: for two of them at once it gets another one behind its back.
const FIRST_CART: &str =
    "UPDATE accounts SET cart_id = '6f1d2c3b4a5948d7a1b2c3d4e5f60718' WHERE email_key = 'ada@example.com'";
const SECOND_CART: &str =
    "UPDATE accounts SET cart_id = '7a2e3d4c5b6a49e8b2c3d4e5f6071829' WHERE email_key = 'ada@example.com'";

async fn shop() -> Shop {
    Shop::with_feed(&goods()).await
}

fn goods() -> String {
    feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 9"])
}

/// The page of Ada's account, for an operator.
async fn sheet(olga: &mut Browser) -> Page {
    let form = olga.open("/operator/accounts").await.form(FIND_ACCOUNT);
    olga.submit(&form.with("email", ADA_EMAIL)).await
}

async fn give(olga: &mut Browser, amount: &str) -> Page {
    let form = sheet(olga).await.form(GIVE);
    olga.submit(&form.with("amount", amount).with("credit_reason", WHY)).await
}

async fn has_left(ada: &mut Browser, left: &str) {
    ada.open("/account/credit").await.is(200).says(&[&format!("{left} left")]);
}

async fn come_to_payment(browser: &mut Browser) -> Page {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

/// Comes to the review of a lamp for £28.45, of which store credit pays a part and a bank's card the rest.
async fn come_to_review(browser: &mut Browser) -> Page {
    let payment = come_to_payment(browser).await;
    let payment = browser.submit(&payment.form(USE)).await;
    assert!(payment.is(200).path.starts_with("/checkout/payment"), "{}", payment.path);
    browser.give_card(&payment, PAYS).await
}

#[tokio::test]
async fn credit_is_given_once_with_a_reason_and_spent_by_its_owner() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    ada.open("/account/credit").await.is(200).says(&["You have none."]);
    for (amount, reason, words) in
        [("0", WHY, "An amount looks like 20.00"), ("20.00", " ", "Please say why"), ("5000.01", WHY, "at most 5000")]
    {
        let form = sheet(&mut olga).await.form(GIVE).with("amount", amount).with("credit_reason", reason);
        let refused = olga.submit(&form).await;
        refused.says(&[words]);
        assert_eq!(refused.form(GIVE).field("amount"), Some(amount), "what was typed is kept");
    }
    let form = sheet(&mut olga).await.form(GIVE).with("amount", "20.00").with("credit_reason", WHY);
    for _ in 0..2 {
        let given = olga.submit(&form).await;
        given.is(200).says(&[
            "The store credit is given.",
            "It has £20.00 left.",
            "Gave store credit to the account",
            WHY,
        ]);
    }
    give(&mut olga, "7.00 EUR").await.is(200).says(&["It has €7.00 and £20.00 left."]);
    olga.open("/operator/gift-cards").await.says(&["No gift cards"]);
    let mine = ada.open("/account/credit").await;
    mine.is(200).says(&["£20.00 left", "€7.00 left", &format!("Given by the store: {WHY}")]);
    mine.does_not_say(OLGA);
    let owed = [("gift_card", -2700), ("issued", 2700)];
    assert_eq!(shop.ledger_sums("posted").await, owed.map(|(account, sum)| (account.to_owned(), sum)));
    shop.check_ledger().await.went_well();

    let payment = come_to_payment(&mut ada).await;
    payment.says(&["You have £20.00 of store credit."]);
    let payment = ada.submit(&payment.form(USE)).await;
    payment.says(&["Store credit −£20.00", "Left to pay £8.45", "pays £20.00 of £20.00 left on it"]);
    assert!(payment.forms(USE).is_empty());
    let review = ada.give_card(&payment, PAYS).await;
    let confirmation = ada.place(&review).await;
    confirmation.says(&["Thank you, Ada.", "Payment Store credit £20.00 Card ending in 4242 £8.45"]);
    has_left(&mut ada, "£0.00").await;
    let number = number_on(&confirmation);
    ada.open("/account/credit").await.says(&[&format!("Pays for your order {number}"), "−£20.00"]);
    shop.check_ledger().await.went_well();
    come_to_payment(&mut ada).await.does_not_say("of store credit.");
}

#[tokio::test]
async fn the_latest_that_changed_it_are_shown_and_all_of_them_taken_along() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    let form = sheet(&mut olga).await.form(GIVE).with("amount", "0.01").with("credit_reason", WHY);
    for number in 0..=CREDIT_MOVEMENTS_SHOWN {
        let key = format!("{number:032x}");
        olga.post(GIVE, &form.clone().with("key", &key).fields).await.is(302);
        let gifts = number + 1;
        if gifts < CREDIT_MOVEMENTS_SHOWN {
            continue;
        }
        let shown = ada.open("/account/credit").await.text().matches(WHY).count();
        assert_eq!(shown, CREDIT_MOVEMENTS_SHOWN as usize);
        let export: serde_json::Value = serde_json::from_str(&ada.get("/account/export").await.is(200).html).unwrap();
        assert_eq!(export["store_credit"][0]["movements"].as_array().unwrap().len(), gifts as usize);
    }
}

#[tokio::test]
async fn credit_comes_back_when_its_order_is_cancelled_or_returned() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    give(&mut olga, "20.00").await.is(200);
    let review = come_to_review(&mut ada).await;
    let confirmation = ada.place(&review).await;
    has_left(&mut ada, "£0.00").await;
    let order = ada.follow_order(&confirmation).await;
    ada.submit(&order.form(CANCEL)).await.is(200).says(&["Cancelled"]);
    has_left(&mut ada, "£20.00").await;
    ada.open("/account/credit").await.says(&["Not needed for your order"]);

    let review = come_to_review(&mut ada).await;
    let confirmation = ada.place(&review).await;
    let order = ada.follow_order(&confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent"]);
    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "Walnut desk lamp").await.says(&["you get back £28.45"]);
    let form = olga.open(&sheet).await.form(RECEIVE);
    olga.submit(&form).await.is(200).says(&["The return is received"]);
    // What was charged goes back first.
    assert_eq!(shop.moved_at_gateway().await, (845, 845));
    has_left(&mut ada, "£20.00").await;
    ada.open("/account/credit").await.says(&["Given back of your order"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn nobody_else_spends_it() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    give(&mut olga, "50.00").await.is(200);
    let payment = come_to_payment(&mut ada).await;
    let payment = ada.submit(&payment.form(USE)).await;
    payment.says(&["Nothing is left to pay."]);
    let review = ada.submit(&payment.form(COVERED)).await;
    review.says(&["Place order"]);
    // Another member, and a guest, get nothing of it.
    let mut eve = shop.member("eve@example.com", "Eve").await;
    for browser in [&mut eve, &mut shop.browser()] {
        let payment = come_to_payment(browser).await;
        payment.does_not_say("of store credit");
        let refused = browser.post(USE, &[("use", "all")]).await;
        let payment = browser.go_on(refused).await;
        payment.does_not_say("Store credit −£");
        assert!(!payment.forms(CARD).is_empty(), "{}", payment.text());
    }
    // Nor does whoever takes the role of a customer give any.
    eve.post(GIVE, &[("account", "0"), ("amount", "5")]).await;
    has_left(&mut ada, "£50.00").await;
    ada.submit(&review.form(PLACE)).await.says(&["Thank you, Ada."]);
    has_left(&mut ada, "£21.55").await;
    shop.check_ledger().await.went_well();
}

/// One account on several devices, each of which has seen its credit pay, while the store gives more.
async fn is_spent_once(shop: &Shop) {
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    give(&mut olga, "20.00").await.is(200);
    let form = come_to_review(&mut ada).await.form(PLACE);
    let windows = (0..4).map(|_| async {
        let mut window = ada.clone();
        window.submit(&form).await
    });
    let gifts = (0..4).map(|_| async {
        let mut olga = olga.clone();
        give(&mut olga, "5.00").await
    });
    join(join_all(windows), join_all(gifts)).await;
    assert_eq!(shop.orders().await.len(), 1, "one key buys once");
    has_left(&mut ada, "£20.00").await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn of_many_windows_one_spends_the_credit_while_more_is_given() {
    is_spent_once(&shop().await).await;
}

#[tokio::test]
async fn of_many_windows_one_spends_the_credit_on_postgresql() {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&goods()).await.went_well();
    shop.open().await;
    is_spent_once(&shop).await;
}

/// Two checkouts of one account, each with a cart and a key of its own, have seen that the same credit pays. The second
/// one is pressed while the transaction of the first one stands before the credit.
#[tokio::test]
async fn of_two_checkouts_at_once_one_spends_the_credit() {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&goods()).await.went_well();
    shop.open().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut olga = shop.operator(OLGA).await;
    give(&mut olga, "20.00").await.is(200);
    shop.change_books(SECOND_CART).await;
    let second = come_to_review(&mut ada).await.form(PLACE);
    shop.change_books(FIRST_CART).await;
    let first = come_to_review(&mut ada).await.form(PLACE);
    assert_ne!(first.field("key"), second.field("key"));

    let holding = shop.hold_gift_cards().await;
    let (mut window, mut other) = (ada.clone(), ada.clone());
    let after_it = async {
        until("the first one stands before the credit", DEADLINE, async || {
            (shop.waiting_transactions().await > 0).then_some(())
        })
        .await;
        shop.change_books(SECOND_CART).await;
        let (late, released) = join(other.submit(&second), holding.close()).await;
        released.unwrap();
        late
    };
    let (served, late) = join(window.submit(&first), after_it).await;
    assert!(served.is(200).path.starts_with("/orders/"), "{}", served.path);
    assert!(late.is(200).path.starts_with("/checkout/review"), "{}", late.path);
    late.says(&["What is left on a gift card has changed", "Place order, £28.45"]);
    assert_eq!(shop.orders().await.len(), 1);
    has_left(&mut ada, "£0.00").await;
    shop.check_ledger().await.went_well();
    // Who still wants it pays what the page says now.
    other.place(&late).await.says(&["Thank you, Ada."]);
    has_left(&mut ada, "£0.00").await;
    shop.check_ledger().await.went_well();
}
