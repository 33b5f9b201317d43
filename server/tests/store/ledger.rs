//! The books: they agree after whatever happened, and the audit sees it when they don't.

use futures::future::join_all;

use crate::support::books::Movement;
use crate::support::purchase::{DECLINED, PAYS, PLACE};
use crate::support::{Shop, feed};

async fn shop_with(units: u32) -> Shop {
    let row = format!("LAMP | Walnut desk lamp | 24.50 GBP | {units}");
    Shop::with_feed(&feed("id | title | price | quantity", &[&row])).await
}

/// An open store where one order was paid and one declined.
async fn busy_shop() -> Shop {
    let shop = shop_with(9).await;
    for card in [PAYS, DECLINED] {
        let mut browser = shop.browser();
        let review = browser.come_to_review("walnut-desk-lamp", "2", card).await;
        browser.place(&review).await.is(200);
    }
    shop
}

#[tokio::test]
async fn the_books_agree_while_the_store_is_open() {
    let shop = busy_shop().await;
    let checked = shop.check_ledger().await.went_well();
    assert!(checked.stdout.contains("The books agree") && checked.stdout.contains("2 orders"), "{checked:?}");
}

#[tokio::test]
async fn an_empty_store_has_books_that_agree() {
    Shop::new().check_ledger().await.went_well();
}

#[tokio::test]
async fn every_change_of_stock_is_written_down_with_its_reason() {
    let mut shop = busy_shop().await;
    shop.close().await;
    shop.import(&feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 1"])).await.went_well();
    let movement = |reason: &str, on_hand, reserved, allocated| Movement {
        reason: reason.to_owned(),
        on_hand,
        reserved,
        allocated,
    };
    assert_eq!(
        shop.movements("LAMP").await,
        [
            movement("count", 9, 0, 0),
            movement("reservation", 0, 2, 0),
            movement("allocation", 0, -2, 2),
            movement("reservation", 0, 2, 0),
            movement("release", 0, -2, 0),
            // Two are promised to somebody: they are there, whatever the feed says.
            movement("count", -7, 0, 0),
        ]
    );
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn whatever_does_not_agree_is_named() {
    let tampered = [
        ("UPDATE stock SET on_hand = on_hand + 1", ["stock is the sum of its movements", "LAMP"]),
        ("UPDATE stock SET allocated = allocated - 1", ["what is reserved and allocated is what orders hold", "LAMP"]),
        ("UPDATE reservations SET state = 'reserved'", ["the units that its state asks for", "CG-"]),
        ("UPDATE ledger_entries SET minor_units = 1 WHERE position = 0", ["every posting sums to zero", "GBP"]),
        (
            "UPDATE ledger_sums SET minor_units = 1",
            ["what each account holds is the sum of its entries", "gateway pending"],
        ),
        ("DELETE FROM ledger_sums", ["what each account holds is the sum of its entries", "customer pending: 0"]),
        ("DELETE FROM ledger_entries", ["every posting has entries", "of order"]),
        ("UPDATE orders SET state = 'declined'", ["the ledger holds what is not captured", "declined"]),
        ("DELETE FROM sandbox_intents", ["the gateway holds the total", "CG-"]),
        ("UPDATE sandbox_intents SET status = 'requires_capture'", ["holds no money of an order that ended", "CG-"]),
        ("UPDATE sandbox_intents SET order_reference = order_reference || 'x'", ["no money without an order", "pi_"]),
        ("UPDATE orders SET captured_minor_units = 1", ["captured and refunded what orders say", "CG-"]),
        ("UPDATE orders SET refunded_minor_units = 1", ["nothing refunded beyond what was captured", "CG-"]),
        (
            "UPDATE sandbox_intents SET captured_minor_units = 1 WHERE status = 'requires_capture'",
            ["the gateway has captured and refunded", "CG-"],
        ),
        ("UPDATE orders SET state = 'pending'", ["has a saga that goes on", "CG-"]),
        (
            "UPDATE orders SET state = 'shipped' WHERE state = 'confirmed'",
            ["what was sent is charged", "are allocated"],
        ),
        (
            "UPDATE orders SET state = 'refunded' WHERE state = 'confirmed'",
            ["what went back in full before it was sent is closed", "0 of 0 captured refunded"],
        ),
        ("UPDATE reservations SET state = 'sent' WHERE state = 'allocated'", ["is what orders hold", "are sent"]),
    ];
    let mut shop = busy_shop().await;
    shop.close().await;
    shop.check_ledger().await.went_well();
    let file = shop.data().join("store.sqlite");
    let untouched = std::fs::read(&file).unwrap();
    for (statement, words) in tampered {
        shop.change_books(statement).await;
        let checked = shop.check_ledger().await;
        assert_eq!(checked.code, 1, "{statement}: {checked:?}");
        for word in words {
            assert!(checked.stdout.contains(word), "{statement}: nothing about {word:?} in {}", checked.stdout);
        }
        std::fs::write(&file, &untouched).unwrap();
    }
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn books_from_before_sums_were_kept_are_summed_up() {
    let mut shop = busy_shop().await;
    shop.close().await;
    for statement in [
        "DROP TABLE ledger_sums",
        "ALTER TABLE ledger_entries DROP COLUMN seller",
        "DELETE FROM _sqlx_migrations WHERE description IN ('ledger sums', 'seller accounts')",
    ] {
        shop.change_books(statement).await;
    }
    shop.open().await;
    shop.check_ledger().await.went_well();
    let mut olga = shop.operator("olga@example.com").await;
    olga.open("/operator/ledger").await.is(200).says(&["Payment gateway Held £"]);
    // What is posted from then on is added.
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    browser.place(&review).await.is(200);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn the_books_agree_at_every_moment_of_a_run_on_the_last_units() {
    let shop = shop_with(5).await;
    let arrivals = (0..24).map(|n| {
        let shop = &shop;
        async move {
            let mut browser = shop.browser();
            let card = if n % 3 == 0 { DECLINED } else { PAYS };
            let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
            (browser, review.form(PLACE))
        }
    });
    let ready = join_all(arrivals).await;
    let presses = ready.into_iter().map(|(mut browser, form)| async move { browser.submit(&form).await });
    let checks = async {
        for _ in 0..5 {
            shop.check_ledger().await.went_well();
        }
    };
    futures::future::join(join_all(presses), checks).await;
    shop.check_ledger().await.went_well();
}
