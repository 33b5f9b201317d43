//! A power cut in the middle of a purchase, and several servers that could each go on with it.

use std::time::Duration;

use crate::support::books::Stock;
use crate::support::purchase::{LATE, PAYS, PLACE};
use crate::support::{Browser, Shop, feed, now_ms, until};

const DEADLINE: Duration = Duration::from_mins(1);
/// What a clock noted that was set back since.
const FAR_AWAY_MS: i64 = i64::MAX / 2;

/// A store with lamps, and somebody who has pressed "Place order" while the bank keeps them waiting.
async fn waiting_for_the_bank() -> (Shop, Browser) {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", LATE).await.form(PLACE);
    tokio::spawn(browser.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    until("the bank was asked", DEADLINE, async || (shop.payments().await == 1).then_some(())).await;
    (shop, browser)
}

async fn is_confirmed(shop: &Shop) {
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    assert_eq!((shop.payments().await, shop.stock("LAMP").await.allocated), (1, 1));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_purchase_that_was_interrupted_is_finished_after_the_restart() {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "3", LATE).await.form(PLACE);
    let pressing = {
        let request = browser.request(reqwest::Method::POST, PLACE).form(&form.fields);
        tokio::spawn(request.send())
    };
    // The bank holds the money already, and the store does not know it yet.
    until("the bank was asked", DEADLINE, async || (shop.payments().await == 1).then_some(())).await;
    assert_eq!(shop.order_states().await, ["pending"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 3, allocated: 0 });
    shop.kill().await;
    assert!(pressing.await.unwrap().is_err(), "the shopper saw no answer");

    shop.open().await;
    browser.follow(&shop);
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 3 });
    assert_eq!(shop.payments().await, 1, "nobody pays twice");
    until("the cart is empty", DEADLINE, async || {
        browser.open("/cart").await.text().contains("Your cart is empty").then_some(())
    })
    .await;

    let number = shop.orders().await.remove(0).number;
    browser.look_up(&number, "ada@example.com").await.is(200).says(&["Payment authorised", "£73.50"]);
    // The shopper presses the old button again.
    let again = browser.submit(&form).await;
    assert!(again.is(200).path.starts_with(&format!("/orders/{number}")), "{}", again.path);
    assert_eq!(shop.orders().await.len(), 1);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_gateway_that_has_forgotten_what_it_was_asked_holds_the_money_once() {
    let (mut shop, _) = waiting_for_the_bank().await;
    shop.kill().await;
    // A day later no gateway knows the key any more.
    shop.change_books("UPDATE sandbox_intents SET idempotency_key = NULL").await;
    shop.open().await;
    is_confirmed(&shop).await;
}

#[tokio::test]
async fn what_was_confirmed_before_a_power_cut_stays() {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let order = browser.place(&review).await;
    browser.put_into_cart("walnut-desk-lamp", "2").await;
    shop.kill().await;
    shop.open().await;
    browser.follow(&shop);
    browser.open(&order.path).await.is(200).says(&["Thank you, Ada."]);
    browser.open("/cart").await.says(&["Items (2)", "£49.00"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 1 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_another_server_drives_is_left_to_it_until_it_is_dead() {
    let (mut shop, _) = waiting_for_the_bank().await;
    shop.kill().await;
    let alive = shop.live_elsewhere("another server").await;
    shop.change_books("UPDATE sagas SET taken_by = 'another server'").await;
    shop.open().await;
    drop(alive);
    let dead_at_ms = now_ms() + 7_000;
    shop.lease_elsewhere("another server", dead_at_ms).await;
    is_confirmed(&shop).await;
    assert!(now_ms() >= dead_at_ms, "it was alive");
}

#[tokio::test]
async fn a_clock_that_was_set_back_after_a_crash_keeps_no_purchase_waiting() {
    let (mut shop, _) = waiting_for_the_bank().await;
    shop.kill().await;
    let alive = shop.live_elsewhere("another server").await;
    shop.change_books("UPDATE sagas SET taken_by = 'another server', not_before_ms = 9000000000000000").await;
    shop.open().await;
    assert_eq!(shop.order_states().await, ["pending"]);
    drop(alive);
    for name in ["another server", "outbox"] {
        shop.lease_elsewhere(name, FAR_AWAY_MS).await;
    }
    is_confirmed(&shop).await;
    until("everybody has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
}

#[tokio::test]
async fn a_server_that_was_overtaken_leaves_the_purchase_alone() {
    let (shop, _) = waiting_for_the_bank().await;
    // Another server, which took this one for dead, has heard that the bank does not answer.
    shop.change_books("INSERT INTO saga_events SELECT order_id, 2, '{\"event\":\"unanswered\"}' FROM sagas").await;
    is_confirmed(&shop).await;
    let log = shop.log();
    assert_eq!(log.matches("ERROR").count(), 1, "the bank's silence is all that is told:\n{log}");
    assert!(!log.contains("tried again"), "{log}");
}

#[tokio::test]
async fn purchases_that_are_held_up_keep_no_other_one_waiting() {
    let (mut shop, _) = waiting_for_the_bank().await;
    shop.kill().await;
    // Older ones, whose orders are gone: each of their steps fails.
    shop.change_books(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 250)
         INSERT INTO sagas (order_id, purchase)
         SELECT printf('%032d', n), replace(purchase, substr(order_id, 1, 8) || '-' || substr(order_id, 9, 4) || '-'
             || substr(order_id, 13, 4) || '-' || substr(order_id, 17, 4) || '-' || substr(order_id, 21),
             printf('00000000-0000-0000-0000-%012d', n))
         FROM sagas, numbers",
    )
    .await;
    for statement in [
        "INSERT INTO saga_events (order_id, position, event)
         SELECT sagas.order_id, position, event FROM sagas, saga_events WHERE sagas.order_id < '001'",
        "INSERT INTO saga_events (order_id, position, event)
         SELECT order_id, 2, '{\"event\":\"authorized\",\"authorization\":\"auth_1\"}' FROM sagas WHERE order_id < '001'",
    ] {
        shop.change_books(statement).await;
    }
    shop.open().await;
    is_confirmed(&shop).await;
    assert_eq!(shop.sagas_set_aside().await, 0);
}

#[tokio::test]
async fn events_are_relayed_by_one_server_at_a_time() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let alive = shop.live_elsewhere("outbox").await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    is_confirmed(&shop).await;
    assert!(shop.waiting_events().await > 0, "another server would relay them");
    drop(alive);
    let dead_at_ms = now_ms() + 2_000;
    shop.lease_elsewhere("outbox", dead_at_ms).await;
    until("everybody has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
    assert!(now_ms() >= dead_at_ms, "it was alive");
}

#[tokio::test]
async fn a_fault_is_told_once() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    shop.change_books("ALTER TABLE stock RENAME TO lost").await;
    browser.open("/checkout/review").await.does_not_say("no such table");
    let log = shop.log();
    assert!(log.contains("no such table: stock"), "{log}");
    assert!(!log.contains("stock can't be read at the moment"), "what the port answered is no news:\n{log}");
}

#[tokio::test]
async fn what_another_server_is_asked_for_while_a_cart_is_cleared_up_is_left_to_it() {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await.form(PLACE);
    shop.close().await;
    // Clearing up takes that long at least.
    shop.open_in(&[("CARTOGRAPH_FAULT", "graph.slow=1s")]).await;
    browser.follow(&shop);
    let placing = tokio::spawn(browser.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    let alive = shop.live_elsewhere("another server").await;
    shop.change_books("UPDATE sagas SET taken_by = 'another server'").await;
    shop.change_books(
        r#"INSERT INTO saga_events (order_id, position, event)
           SELECT order_id, COUNT(*), '{"event":"movement_requested","movement":{
               "id":"0190f3a1b2c37d4e8f90a1b2c3d4e5f6","kind":"capture","is_last":true,
               "amount":{"minor_units":2845,"currency":"GBP"}}}'
           FROM saga_events GROUP BY order_id"#,
    )
    .await;
    assert!(placing.await.unwrap().is_ok());
    until("the cart is empty", DEADLINE, async || {
        browser.open("/cart").await.text().contains("Your cart is empty").then_some(())
    })
    .await;
    // Longer than whoever cleared it up needs to go on.
    browser.open("/cart").await.is(200);
    assert_eq!((shop.moved_at_gateway().await, shop.unfinished_sagas().await), ((0, 0), 1));
    drop(alive);
    until("it is captured", DEADLINE, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.moved_at_gateway().await, (2845, 0));
    shop.check_ledger().await.went_well();
}
