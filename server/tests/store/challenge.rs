//! Payments that a shopper has to confirm with their bank: the browser's return and the gateway's notice,
//! in any order, or one of them alone.

use std::time::Duration;

use super::faults::CHALLENGES;
use crate::support::books::Stock;
use crate::support::purchase::{PAYS, PLACE};
use crate::support::{Browser, Page, Shop, feed, until};

const NOTICE_FIRST: &str = "4000 0000 0000 7015";
const NOTICE_LATE: &str = "4000 0000 0000 7023";
const NOTICE_TWICE: &str = "4000 0000 0000 7031";
const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const ALL_THERE: Stock = Stock { on_hand: 2, reserved: 0, allocated: 0 };
const ONE_SOLD: Stock = Stock { on_hand: 2, reserved: 0, allocated: 1 };

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 2"])).await
}

/// Places an order and comes to the bank's page.
async fn come_to_bank(browser: &mut Browser, card: &str) -> Page {
    let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
    let bank = browser.place(&review).await;
    assert_eq!(bank.is(200).heading(), "Is this payment yours?");
    bank.says(&["£28.45"]);
    assert!(bank.path.starts_with("/sandbox/challenges/pi_"), "{}", bank.path);
    bank
}

/// Answers the bank; where it leads to is up to the caller.
async fn answer(browser: &mut Browser, bank: &Page, answer: &str) -> Page {
    browser.post(&bank.path, &[("answer", answer)]).await
}

async fn settles(shop: &Shop, states: &[&str], stock: Stock) {
    until("all is settled", SETTLED_WITHIN, async || (shop.order_states().await == states).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, stock);
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_confirmed_payment_leads_to_an_order_whoever_tells_first() {
    for card in [CHALLENGES, NOTICE_FIRST, NOTICE_LATE, NOTICE_TWICE] {
        let shop = shop().await;
        let mut browser = shop.browser();
        let bank = come_to_bank(&mut browser, card).await;
        assert_eq!((shop.order_states().await, shop.holds().await), (vec!["pending".to_owned()], 0));
        shop.check_ledger().await.went_well();
        let returned = answer(&mut browser, &bank, "confirm").await;
        let order = browser.go_on(returned).await;
        order.is(200).says(&["Thank you, Ada."]);
        order.does_not_say("Your bank has not answered");
        settles(&shop, &["confirmed"], ONE_SOLD).await;
        assert_eq!((shop.payments().await, shop.holds().await), (1, 1));
    }
}

#[tokio::test]
async fn a_browser_that_never_comes_back_is_not_needed() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, CHALLENGES).await;
    answer(&mut browser, &bank, "confirm").await;
    settles(&shop, &["confirmed"], ONE_SOLD).await;
    browser.open("/cart").await.says(&["Your cart is empty"]);
    // It comes back at last, twice.
    let number = shop.orders().await.remove(0).number;
    for _ in 0..2 {
        browser.open(&format!("/checkout/challenge?order={number}")).await.says(&["Thank you, Ada.", &number]);
    }
    let stranger = shop.browser().open(&format!("/checkout/challenge?order={number}")).await;
    assert_eq!(stranger.is(200).path, "/orders");
    stranger.does_not_say("Ada");
}

#[tokio::test]
async fn a_notice_that_never_comes_is_not_needed() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, NOTICE_LATE).await;
    let returned = answer(&mut browser, &bank, "confirm").await;
    // The notice dies with the server.
    shop.kill().await;
    shop.open().await;
    browser.follow(&shop);
    browser.open(returned.location()).await.says(&["Thank you, Ada."]);
    settles(&shop, &["confirmed"], ONE_SOLD).await;
}

#[tokio::test]
async fn a_notice_that_comes_while_somebody_else_looks_is_kept() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, NOTICE_FIRST).await;
    // Another server has taken the purchase up, and looked at the gateway before the shopper answered.
    let _alive = shop.live_elsewhere("another server").await;
    shop.change_books("UPDATE sagas SET taken_by = 'another server'").await;
    // The notice is there before the browser is led back, which never comes.
    answer(&mut browser, &bank, "confirm").await;
    assert_eq!(shop.order_states().await, ["pending"]);
    // It saw nothing new, and leaves the purchase to whoever hears of it.
    shop.change_books("UPDATE sagas SET taken_by = NULL").await;
    settles(&shop, &["confirmed"], ONE_SOLD).await;
}

#[tokio::test]
async fn a_payment_that_is_refused_costs_nothing_and_another_card_pays() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, CHALLENGES).await;
    let returned = answer(&mut browser, &bank, "refuse").await;
    let payment = browser.go_on(returned).await;
    assert!(payment.is(200).path.starts_with("/checkout/payment"), "{}", payment.path);
    payment.says(&["The payment was not confirmed with your bank.", "Nothing was charged and your cart is kept."]);
    settles(&shop, &["declined"], ALL_THERE).await;
    // The bank's page leads back for good.
    let again = browser.open(&bank.path).await;
    assert!(again.path.starts_with("/checkout/payment"), "{}", again.path);
    let review = browser.give_card(&payment, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    settles(&shop, &["declined", "confirmed"], ONE_SOLD).await;
}

#[tokio::test]
async fn the_button_leads_to_the_same_bank_as_long_as_it_waits() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", CHALLENGES).await;
    let bank = browser.place(&review).await;
    let again = browser.submit(&review.form(PLACE)).await;
    assert_eq!(again.path, bank.path);
    // Who comes back without an answer is led to the bank again.
    let number = shop.orders().await.remove(0).number;
    let returned = browser.open(&format!("/checkout/challenge?order={number}")).await;
    assert_eq!(returned.path, bank.path);
    let answered = answer(&mut browser, &bank, "confirm").await;
    browser.go_on(answered).await.says(&["Thank you, Ada."]);
    assert_eq!((shop.orders().await.len(), shop.payments().await), (1, 1));
}

#[tokio::test]
async fn a_challenge_survives_a_power_cut() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, CHALLENGES).await;
    shop.kill().await;
    shop.open().await;
    browser.follow(&shop);
    let returned = answer(&mut browser, &bank, "confirm").await;
    browser.go_on(returned).await.says(&["Thank you, Ada."]);
    settles(&shop, &["confirmed"], ONE_SOLD).await;
}

#[tokio::test]
async fn a_challenge_that_nobody_answers_in_time_gives_everything_back() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let bank = come_to_bank(&mut browser, CHALLENGES).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 2, reserved: 1, allocated: 0 });
    shop.close().await;
    // As if it had been asked long ago.
    shop.change_books(
        "UPDATE saga_events SET event = replace(event, substr(event, instr(event, '\"until\":\"') + 9, 4), '2001')
         WHERE event LIKE '%challenged%'",
    )
    .await;
    shop.change_books("UPDATE orders SET placed_at = '2001' || substr(placed_at, 5)").await;
    shop.change_books("UPDATE sagas SET not_before_ms = 0").await;
    shop.open().await;
    browser.follow(&shop);
    settles(&shop, &["declined"], ALL_THERE).await;
    assert_eq!(shop.holds().await, 0);
    // Too late: the gateway has given it up.
    let late = answer(&mut browser, &bank, "confirm").await;
    let payment = browser.go_on(late).await;
    payment.is(200).says(&["The payment was not confirmed with your bank."]);
    assert_eq!(shop.holds().await, 0);
    settles(&shop, &["declined"], ALL_THERE).await;
}

#[tokio::test]
async fn nobody_is_believed_without_the_gateways_signature() {
    let shop = shop().await;
    let browser = shop.browser();
    for signature in ["", "t=1,v1=00", "t=99999999999,v1=", "nonsense"] {
        let request = browser.request(reqwest::Method::POST, "/payment/webhooks").header("stripe-signature", signature);
        let answer = request.body(r#"{"data":{"object":{}}}"#).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 400, "{signature}");
    }
    // What the store's own server calls is not there for anybody else.
    let answer = browser.request(reqwest::Method::POST, "/sandbox/v1/refunds").bearer_auth("sk_test_1").send().await;
    assert_eq!(answer.unwrap().status().as_u16(), 404);
}
