//! What the store leaves to a person, and the way back.

use std::ffi::OsStr;
use std::time::Duration;

use domain::operator::DeadEvent;

use crate::support::purchase::{LATE, PAYS, PLACE, number_on};
use crate::support::{Browser, Page, Ran, Shop, feed, now_ms, until};

const DEADLINE: Duration = Duration::from_mins(1);

/// A store that lost its power while a bank kept a shopper waiting, and the number of the order.
async fn interrupted_shop() -> (Shop, String) {
    let shop = shop_interrupted_in(1).await;
    let number = shop.orders().await.remove(0).number;
    (shop, number)
}

/// A store that lost its power while a bank kept so many shoppers waiting.
async fn shop_interrupted_in(purchases: i64) -> Shop {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut forms = Vec::new();
    for _ in 0..purchases {
        let mut browser = shop.browser();
        let form = browser.come_to_review("walnut-desk-lamp", "1", LATE).await.form(PLACE);
        forms.push((browser, form));
    }
    for (browser, form) in &forms {
        tokio::spawn(browser.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    }
    until("the bank was asked", DEADLINE, async || (shop.payments().await == purchases).then_some(())).await;
    shop.kill().await;
    shop.change_books("DELETE FROM leases").await;
    shop
}

async fn sagas(shop: &Shop, arguments: &[&str]) -> Ran {
    let arguments: Vec<&OsStr> = ["sagas"].iter().chain(arguments).map(OsStr::new).collect();
    shop.run_on_data(&arguments).await
}

/// Sees that the purchase waits for a person, takes it up again and sees it to its end.
async fn is_set_aside_and_resumed(shop: &Shop, number: &str, reason: &str, mend: Option<&'static str>) {
    until("it is set aside", DEADLINE, async || (shop.sagas_set_aside().await == 1).then_some(())).await;
    let listed = sagas(shop, &[]).await.went_well().stdout;
    for word in [number, reason, "1 purchases are set aside"] {
        assert!(listed.contains(word), "nothing about {word:?} in {listed}");
    }
    if let Some(statement) = mend {
        shop.change_books(statement).await;
    }
    let resumed = sagas(shop, &["--resume", number]).await.went_well().stdout;
    assert!(resumed.contains("0 purchases are set aside"), "{resumed}");
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    assert_eq!((shop.payments().await, shop.stock("LAMP").await.allocated), (1, 1));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_purchase_that_faults_hold_up_too_often_is_set_aside_and_taken_up_again() {
    let (mut shop, number) = interrupted_shop().await;
    shop.change_books("UPDATE orders SET state = 'declined'").await;
    shop.change_books("UPDATE sagas SET held_up = 11").await;
    shop.open().await;
    is_set_aside_and_resumed(&shop, &number, "Declined can't Confirm", Some("UPDATE orders SET state = 'pending'"))
        .await;
}

#[tokio::test]
async fn a_purchase_whose_bank_never_answered_is_asked_about_again() {
    let (mut shop, number) = interrupted_shop().await;
    shop.change_books(NEVER_ANSWERED).await;
    shop.open().await;
    is_set_aside_and_resumed(&shop, &number, "the payment gateway never answered", None).await;
}

#[tokio::test]
async fn only_what_is_set_aside_is_taken_up_again() {
    let (shop, number) = interrupted_shop().await;
    sagas(&shop, &["--resume", &number]).await.refused_with(&[&number, "is not set aside"]);
    sagas(&shop, &["--resume", "CG-00000-00000"]).await.refused_with(&["there is no order CG-00000-00000"]);
    sagas(&shop, &["--resume", "my order"]).await.refused_with(&["must look like CG-"]);
}

#[tokio::test]
async fn an_event_that_failed_too_often_is_delivered_again() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    shop.change_books(
        "INSERT INTO outbox (id, consumer, key, payload, attempts, dead, last_error)
         VALUES ('1', 'catalog', 'LAMP', '{\"fact\":\"stock_turned\",\"sku\":\"LAMP\"}', 12, 1, 'the disk was full')",
    )
    .await;
    let listed = sagas(&shop, &[]).await.went_well().stdout;
    assert!(listed.contains("catalog did not hear of LAMP: the disk was full"), "{listed}");
    let revived = sagas(&shop, &["--revive-events"]).await.went_well().stdout;
    assert!(revived.contains("1 events are delivered again"), "{revived}");
    until("the catalog has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
}

#[tokio::test]
async fn letters_that_wait_are_told_apart_from_what_else_is_on_its_way() {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    until("nothing is on its way", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
    shop.kill().await;
    shop.change_books(
        "INSERT INTO outbox (id, consumer, key, payload, attempts, dead)
         VALUES ('1', 'catalog', 'LAMP', '{}', 0, 0), ('2', 'mail', 'A', '{}', 0, 0), ('3', 'mail', 'B', '{}', 0, 0),
                ('4', 'mail', 'C', '{}', 12, 1)",
    )
    .await;
    let listed = sagas(&shop, &[]).await.went_well().stdout;
    assert!(listed.contains("1 events were not delivered, 3 are on their way, 2 of them to the post."), "{listed}");
}

#[tokio::test]
async fn of_many_dead_events_the_first_are_shown_and_all_are_counted() {
    const MAX_SHOWN: usize = DeadEvent::MAX_SHOWN as usize;
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut olga = shop.operator(OLGA).await;
    let dead = |id: usize| {
        format!("('{id:04}', 'catalog', 'DEAD', '{{\"fact\":\"stock_turned\",\"sku\":\"DEAD\"}}', 12, 1, NULL)")
    };
    let into = "INSERT INTO outbox (id, consumer, key, payload, attempts, dead, last_error) VALUES";
    let rows: Vec<String> = (1..=MAX_SHOWN).map(dead).collect();
    shop.change_books(format!("{into} {}", rows.join(", ")).leak()).await;
    let page = olga.open("/operator/sagas").await;
    page.does_not_say("The first ");
    assert_eq!(page.forms(REVIVE).len(), MAX_SHOWN);
    shop.change_books(format!("{into} {}", dead(MAX_SHOWN + 1)).leak()).await;
    let page = olga.open("/operator/sagas").await;
    page.says(&["The first 200 of 201."]);
    assert_eq!(page.forms(REVIVE).len(), MAX_SHOWN);
    let listed = sagas(&shop, &[]).await.went_well().stdout;
    assert!(listed.contains("201 events were not delivered"), "{listed}");
}

const RESUME: &str = "/api/operator/sagas/resumptions";
const REVIVE: &str = "/api/operator/events/revivals";
const DROP: &str = "/api/operator/events/removals";
const OLGA: &str = "olga@example.com";

#[tokio::test]
async fn an_operator_sees_a_purchase_that_is_set_aside_and_resumes_it() {
    let (mut shop, number) = interrupted_shop().await;
    shop.change_books("UPDATE orders SET state = 'declined'").await;
    shop.change_books("UPDATE sagas SET held_up = 11").await;
    shop.open().await;
    let mut olga = shop.operator(OLGA).await;
    until("it is set aside", DEADLINE, async || (shop.sagas_set_aside().await == 1).then_some(())).await;
    olga.open("/operator").await.says(&["Purchases set aside 1"]);
    let page = olga.open("/operator/sagas").await;
    page.is(200).says(&["Purchases that are set aside", &number, "Declined can't Confirm"]);
    // A customer sees nothing of it, and resumes nothing.
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.post(RESUME, &[("number", number.as_str())]).await.is(302);
    assert_eq!(shop.sagas_set_aside().await, 1);
    shop.change_books("UPDATE orders SET state = 'pending'").await;
    let done = olga.submit(&page.form(RESUME)).await;
    done.is(200).says(&["is taken up again within seconds", "Nothing waits for you", "Resumed the order", OLGA]);
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    olga.submit(&page.form(RESUME)).await.says(&["This purchase is not set aside any more"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_operator_sees_events_that_were_not_delivered_and_decides_what_becomes_of_them() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut olga = shop.operator(OLGA).await;
    olga.open("/operator/sagas").await.is(200).says(&["Nothing waits for you", "No event is on its way"]);
    shop.change_books(
        "INSERT INTO outbox (id, consumer, key, payload, attempts, dead, last_error)
         VALUES ('1', 'catalog', 'LAMP', '{\"fact\":\"stock_turned\",\"sku\":\"LAMP\"}', 12, 1, 'the disk was full'),
             ('2', 'catalog', 'STOOL', '{\"fact\":\"stock_turned\",\"sku\":\"STOOL\"}', 12, 1, NULL)",
    )
    .await;
    let page = olga.open("/operator/sagas").await;
    page.says(&["LAMP catalog 12 the disk was full", "STOOL catalog 12 Nobody noted why"]);
    let of = |page: &Page, action: &str, event: &str| {
        let found = page.forms(action).into_iter().find(|form| form.field("event") == Some(event));
        found.unwrap_or_else(|| panic!("no form to {action} for {event}"))
    };
    let dropped = olga.submit(&of(&page, DROP, "2")).await;
    dropped.says(&["The event is given up", "Gave the event up 2"]);
    dropped.does_not_say("STOOL");
    let revived = olga.submit(&of(&page, REVIVE, "1")).await;
    revived.says(&["The event is delivered again within seconds", "Let the event be delivered again 1"]);
    until("the catalog has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
    olga.submit(&of(&page, REVIVE, "1")).await.says(&["This event does not wait for you any more"]);
}

#[tokio::test]
async fn an_operator_reads_the_ledger_and_has_the_books_checked() {
    let shop =
        Shop::with_feed(&feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 90"])).await;
    let mut olga = shop.operator(OLGA).await;
    olga.open("/operator/ledger").await.is(200).says(&["Nothing is posted yet"]);
    olga.open("/operator/ledger?check=yes").await.says(&["The books agree", "over 0 orders"]);
    let mut numbers = Vec::new();
    for _ in 0..27 {
        let mut browser = shop.browser();
        let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
        numbers.push(number_on(&browser.place(&review).await));
    }
    let page = olga.open("/operator/ledger").await;
    page.is(200).says(&["Payment gateway Held £768.15", "Customers Held −£768.15", "A bank holds money", &numbers[26]]);
    page.does_not_say(&numbers[1]);
    let older = page.links("/operator/ledger?older=").remove(0);
    olga.open(&older).await.is(200).says(&[&numbers[0], &numbers[1]]);
    olga.open("/operator/ledger?check=yes").await.says(&["The books agree", "over 27 orders"]);
    shop.change_books("UPDATE stock SET on_hand = 91").await;
    let broken = olga.open("/operator/ledger?check=yes").await;
    broken.is(200).says(&[
        "rules are broken over 27 orders",
        "Does not hold: stock is the sum of its movements",
        "LAMP: on hand 91",
    ]);
}

const UNDO: &str = "/api/operator/sagas/undoings";
const SETTLE: &str = "/api/operator/sagas/settlements";
/// A bank that never answered.
const NEVER_ANSWERED: &str = "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 32)
     INSERT INTO saga_events SELECT order_id, n, '{\"event\":\"unanswered\"}' FROM sagas, numbers";

/// An open store with a purchase that is set aside, because a bank never answered, and an operator.
async fn shop_with_a_silent_bank() -> (Shop, String, Browser) {
    let (mut shop, number) = interrupted_shop().await;
    shop.change_books(NEVER_ANSWERED).await;
    shop.open().await;
    until("it is set aside", DEADLINE, async || (shop.sagas_set_aside().await == 1).then_some(())).await;
    let olga = shop.operator(OLGA).await;
    (shop, number, olga)
}

#[tokio::test]
async fn what_an_operator_undoes_gives_its_units_back_and_lets_go_of_the_money() {
    let (shop, number, mut olga) = shop_with_a_silent_bank().await;
    assert_eq!((shop.stock("LAMP").await.reserved, shop.holds().await), (1, 1));
    let page = olga.open("/operator/sagas").await;
    page.says(&[&number, "the payment gateway never answered", "Undo", "Close by hand"]);
    let done = olga.submit(&page.form(UNDO)).await;
    done.is(200).says(&["The purchase is given up", "Undid the order", &number]);
    assert_eq!(shop.stock("LAMP").await.reserved, 0);
    until("it is declined", DEADLINE, async || (shop.order_states().await == ["declined"]).then_some(())).await;
    assert_eq!((shop.holds().await, shop.unfinished_sagas().await), (0, 0));
    olga.open("/operator/stock/skus/LAMP").await.says(&["Given up in time", "−1 reserved", &number]);
    olga.submit(&page.form(UNDO)).await.says(&["This purchase is not set aside any more"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_an_operator_closes_by_hand_ends_without_the_gateway() {
    let (shop, number, mut olga) = shop_with_a_silent_bank().await;
    let page = olga.open("/operator/sagas").await;
    // Without the promise nothing is closed.
    olga.submit(&page.form(SETTLE)).await.says(&["Please confirm that the gateway holds no money"]);
    assert_eq!(shop.sagas_set_aside().await, 1);
    shop.change_books("UPDATE sandbox_intents SET status = 'canceled'").await;
    let done = olga.submit(&page.form(SETTLE).with("settled", "yes")).await;
    done.is(200).says(&["The purchase ends within seconds", "Closed the order by hand", &number]);
    until("it is declined", DEADLINE, async || (shop.order_states().await == ["declined"]).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await.reserved, 0);
    shop.check_ledger().await.went_well();
}

/// Moments of an order that was placed so many seconds ago.
fn placed_ago(seconds: i64) -> String {
    jiff::Timestamp::from_second(now_ms() / 1_000 - seconds).unwrap().to_string()
}

#[tokio::test]
async fn a_purchase_whose_log_cannot_be_read_waits_for_a_person_and_keeps_no_other_from_ending() {
    let mut shop = shop_interrupted_in(2).await;
    shop.change_books(NEVER_ANSWERED).await;
    shop.change_books("UPDATE saga_events SET event = 'torn' WHERE order_id = (SELECT min(order_id) FROM sagas)").await;
    shop.change_books("UPDATE sagas SET held_up = 11").await;
    shop.change_books_with("UPDATE orders SET placed_at = $1", &placed_ago(601)).await;
    shop.open().await;
    until("both are set aside", DEADLINE, async || (shop.sagas_set_aside().await == 2).then_some(())).await;
    until("units are back", DEADLINE, async || (shop.stock("LAMP").await.reserved == 1).then_some(())).await;
    let mut olga = shop.operator(OLGA).await;
    olga.open("/operator/sagas").await.says(&["the payment gateway never answered", "reading an event"]);
    assert!(shop.log().contains("a purchase can't be given up"), "{}", shop.log());
}

#[tokio::test]
async fn a_reservation_lasts_ten_minutes_and_ends_also_after_a_restart() {
    let (mut shop, _) = interrupted_shop().await;
    shop.change_books(NEVER_ANSWERED).await;
    // Nearly ten minutes ago: it is set aside and keeps its units.
    shop.change_books_with("UPDATE orders SET placed_at = $1", &placed_ago(540)).await;
    shop.open().await;
    until("it is set aside", DEADLINE, async || (shop.sagas_set_aside().await == 1).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await.reserved, 1);
    shop.kill().await;
    shop.change_books_with("UPDATE orders SET placed_at = $1", &placed_ago(601)).await;
    shop.open().await;
    until("its units are back", DEADLINE, async || (shop.stock("LAMP").await.reserved == 0).then_some(())).await;
    // Nobody knows yet what the bank did: the order waits, and the books agree all the same.
    assert_eq!((shop.order_states().await, shop.sagas_set_aside().await), (vec!["pending".to_owned()], 1));
    shop.check_ledger().await.went_well();
    let last = shop.movements("LAMP").await.pop().unwrap();
    assert_eq!((last.reason.as_str(), last.reserved), ("expiry", -1));
    // Once it is asked again, what the bank holds is let go of.
    let mut olga = shop.operator(OLGA).await;
    let page = olga.open("/operator/sagas").await;
    assert!(page.forms(UNDO).is_empty(), "it is given up already");
    olga.submit(&page.form(RESUME)).await.is(200);
    until("it is declined", DEADLINE, async || (shop.order_states().await == ["declined"]).then_some(())).await;
    assert_eq!((shop.holds().await, shop.stock("LAMP").await.allocated), (0, 0));
    shop.check_ledger().await.went_well();
}
