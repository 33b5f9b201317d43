//! Orders that are refunded in full before they are sent: they are closed, and their units are sold again.

use super::dispatch::{CANCEL_FOR, CAPTURE, REFUND, SEND, SETTLED_WITHIN, Sold, captured_pence, is_settled, sold};
use crate::support::books::{Movement, Stock};
use crate::support::purchase::CANCEL;
use crate::support::stock::LAMP;
use crate::support::{Page, Shop, postgres, until};

/// Whatever the database, an order that is refunded in full before it is sent gives its units back and is not sent.
async fn a_full_refund_closes(shop: Shop) {
    let Sold { shop, mut olga, mut ada, order, sheet } = sold(shop).await;
    let send = sheet.form(SEND);
    let refund = |page: &Page, amount: &str| page.form(REFUND).with("refund", amount).with("reason", "Never made");
    let page = olga.submit(&sheet.form(CAPTURE).with("capture", "20").with("rest", "keep")).await;
    let page = olga.submit(&refund(&page, "20")).await;
    page.is(200).says(&["Stands Confirmed", "Refunded £20.00", "The £29.00 that is held is captured with it."]);
    // All of what is held is the last of it, also when somebody wants to keep the rest.
    let page = olga.submit(&page.form(CAPTURE).with("rest", "keep")).await;
    page.is(200).says(&["Captured £49.00 £0.00 more can be", "Mark as sent"]);
    let page = olga.submit(&refund(&page, "28.99")).await;
    page.is(200).says(&["Stands Confirmed", "Refunded £48.99", "Mark as sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 2 });

    let closed = olga.submit(&refund(&page, "0.01")).await;
    closed.is(200).says(&[
        "The refund is noted.",
        "Stands Refunded",
        "Refunded £49.00 £0.00 more can be",
        "Refunded in full before it was sent, and its units are on the shelf again",
    ]);
    for action in [SEND, CAPTURE, REFUND, CANCEL_FOR] {
        assert!(closed.forms(action).is_empty(), "{action}");
    }
    let late = olga.submit(&send).await;
    late.is(200).says(&["This order can't be marked as sent as it stands", "Stands Refunded"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    let back = Movement { reason: "refund".to_owned(), on_hand: 0, reserved: 0, allocated: -2 };
    assert_eq!(shop.movements("LAMP").await.last(), Some(&back));
    olga.open(LAMP).await.says(&["Available 9", "Order refunded"]);

    let seen = ada.open(&order.path).await;
    assert_eq!(seen.is(200).heading(), "Refunded");
    seen.says(&["All that was charged is given back", "£49.00 charged, £49.00 refunded"]);
    seen.does_not_say("Getting ready");
    ada.submit(&order.form(CANCEL)).await.is(200).says(&["This order was refunded in full; nothing will be sent"]);
    assert_eq!((shop.order_states().await, captured_pence(&shop).await), (vec!["refunded".to_owned()], 0));
    is_settled(&shop).await;
}

#[tokio::test]
async fn what_is_refunded_in_full_before_it_is_sent_is_closed() {
    a_full_refund_closes(Shop::new()).await;
}

#[tokio::test]
async fn what_is_refunded_in_full_before_it_is_sent_is_closed_on_postgresql() {
    a_full_refund_closes(Shop::on(postgres::database().await)).await;
}

/// Takes back what closed an order of two lamps that was refunded in full.
const NEVER_CLOSED: [&str; 6] = [
    "UPDATE orders SET state = 'confirmed'",
    "DELETE FROM order_steps WHERE state = 'refunded'",
    "DELETE FROM saga_events WHERE event = '{\"event\":\"given_back\"}'",
    "UPDATE reservations SET state = 'allocated'",
    "UPDATE stock SET allocated = 2",
    "DELETE FROM stock_movements WHERE reason = 'refund'",
];

#[tokio::test]
async fn what_was_refunded_in_full_before_that_closed_an_order_is_closed_at_the_next_start() {
    let Sold { mut shop, mut olga, sheet, .. } = sold(Shop::new()).await;
    let page = olga.submit(&sheet.form(CAPTURE)).await;
    let refund = page.form(REFUND).with("refund", "49").with("reason", "Never made");
    olga.submit(&refund).await.says(&["Stands Refunded"]);
    is_settled(&shop).await;
    shop.close().await;
    for statement in NEVER_CLOSED {
        shop.change_books(statement).await;
    }
    let checked = shop.check_ledger().await;
    assert_eq!(checked.code, 1, "{checked:?}");
    assert!(checked.stdout.contains("what went back in full before it was sent is closed"), "{checked:?}");
    shop.change_books("DELETE FROM _sqlx_migrations WHERE description = 'refunded orders'").await;
    shop.open().await;
    until("it is closed", SETTLED_WITHIN, async || (shop.order_states().await == ["refunded"]).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
}

/// Whatever the database, an order of which all was captured as if a rest stayed held, and refunded, is closed as of
/// its refund.
async fn a_full_capture_is_the_last(shop: Shop) {
    let Sold { mut shop, mut olga, mut ada, order, sheet } = sold(shop).await;
    let page = olga.submit(&sheet.form(CAPTURE).with("capture", "20").with("rest", "keep")).await;
    let page = olga.submit(&page.form(CAPTURE).with("rest", "keep")).await;
    let refund = page.form(REFUND).with("refund", "49").with("reason", "Never made");
    olga.submit(&refund).await.says(&["Stands Refunded"]);
    is_settled(&shop).await;
    shop.close().await;
    for statement in NEVER_CLOSED {
        shop.change_books(statement).await;
    }
    for statement in [
        "UPDATE saga_events SET event = REPLACE(event, '\"is_last\":true', '\"is_last\":false')",
        "UPDATE orders SET settled = 0",
        "UPDATE ledger_postings SET posted_at = '2026-01-02T03:04:05Z' WHERE kind = 'refund'",
        "DELETE FROM _sqlx_migrations WHERE description = 'settled captures'",
    ] {
        shop.change_books(statement).await;
    }
    shop.open().await;
    until("it is closed", SETTLED_WITHIN, async || (shop.order_states().await == ["refunded"]).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    is_settled(&shop).await;
    olga.follow(&shop);
    ada.follow(&shop);
    let seen = olga.open(&sheet.path).await;
    seen.is(200).says(&["£20.00 were captured, and the rest stays held", "£29.00 were captured"]);
    seen.does_not_say("£29.00 were captured, and the rest stays held");
    let seen = ada.open(&order.path).await;
    assert!(seen.is(200).html.contains("2026-01-02T03:04:05Z"), "it was refunded then, and not today");
}

#[tokio::test]
async fn what_was_captured_in_full_before_that_was_the_last_of_it_is_closed_by_its_refund() {
    a_full_capture_is_the_last(Shop::new()).await;
}

#[tokio::test]
async fn what_was_captured_in_full_before_that_was_the_last_of_it_is_closed_by_its_refund_on_postgresql() {
    a_full_capture_is_the_last(Shop::on(postgres::database().await)).await;
}
