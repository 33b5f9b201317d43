//! What the store leaves to a person, and the way back.

use std::ffi::OsStr;
use std::time::Duration;

use crate::support::purchase::{LATE, PLACE};
use crate::support::{Ran, Shop, feed, until};

const DEADLINE: Duration = Duration::from_mins(1);

/// A store that lost its power while a bank kept a shopper waiting, and the number of the order.
async fn interrupted_shop() -> (Shop, String) {
    let mut shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", LATE).await.form(PLACE);
    tokio::spawn(browser.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    until("the bank was asked", DEADLINE, async || (shop.payments().await == 1).then_some(())).await;
    shop.kill().await;
    shop.change_books("DELETE FROM leases").await;
    let number = shop.orders().await.remove(0).number;
    (shop, number)
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
    shop.change_books(
        "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 32)
         INSERT INTO saga_events SELECT order_id, n, '{\"event\":\"unanswered\"}' FROM sagas, numbers",
    )
    .await;
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
