//! What the gateway keeps of captures is posted once, and the check of the books compares it with what the gateway tells.

use super::aftermath::{
    SETTLED_WITHIN, ask, buy_elsewhere, capture, filled, orders, payment_of, refund, shop_with_gateway, sum, until_kept,
};
use crate::support::purchase::number_on;
use crate::support::stock::OLGA;
use crate::support::{Shop, postgres, until};

/// Sells a lamp, of which the gateway keeps £0.68, and answers the number of the order.
async fn sell(shop: &Shop) -> String {
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    capture(shop, &number).await;
    until_kept(shop, 68).await;
    number
}

async fn see_what_the_gateway_keeps(shop: Shop) {
    let shop = filled(shop).await;
    let mut olga = shop.operator(OLGA).await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    assert_eq!(shop.fees().await, 0, "nothing is kept of what is only held");
    // Of each part 1.5 % and £0.25.
    orders(&shop, &["capture", &number, "--amount", "20.00", "--keep-rest"]).await.went_well();
    until_kept(&shop, 55).await;
    shop.check_ledger().await.went_well();
    capture(&shop, &number).await;
    until_kept(&shop, 55 + 38).await;
    shop.check_ledger().await.went_well();
    let page = olga.open("/operator/ledger").await;
    page.is(200).says(&["Fees of the gateway Moved £0.93", "Payment gateway Moved £27.52", "The gateway kept a fee"]);
    // What goes back brings nothing of it back.
    refund(&shop, &number, "28.45").await;
    shop.check_ledger().await.went_well();
    assert_eq!((sum(&shop, "gateway").await, shop.fees().await), (0, 93));
}

#[tokio::test]
async fn what_the_gateway_keeps_of_captures_is_in_the_books() {
    see_what_the_gateway_keeps(Shop::new()).await;
}

#[tokio::test]
async fn what_the_gateway_keeps_of_captures_is_in_the_books_on_postgresql() {
    see_what_the_gateway_keeps(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_a_gateway_elsewhere_keeps_is_posted_once_however_often_it_tells_of_the_payment() {
    let (shop, sandbox) = shop_with_gateway().await;
    let number = number_on(&buy_elsewhere(&mut shop.browser(), &sandbox, "pm_card_visa").await);
    capture(&shop, &number).await;
    until_kept(&shop, 68).await;
    // Of each of these the gateway tells twice.
    let payment = payment_of(&shop, &sandbox).await;
    for left in [2_345, 1_845] {
        ask(&sandbox, "/v1/refunds", &[("payment_intent", &payment), ("amount", "500")]).await;
        until("the refund is in the books", SETTLED_WITHIN, async || {
            (sum(&shop, "gateway").await == left).then_some(())
        })
        .await;
    }
    assert_eq!(shop.fees().await, 68);
    shop.check_ledger().await.went_well();
    // What is not as the gateway says is named, as soon as nothing more is to be asked of it.
    until("all of it is looked at", SETTLED_WITHIN, async || shop.follows_nothing().await.then_some(())).await;
    shop.change_books("UPDATE gateway_fees SET minor_units = 67").await;
    let broken = until("the check asks the gateway", SETTLED_WITHIN, async || {
        let checked = shop.check_ledger().await;
        checked.stdout.contains("the gateway has kept the fees").then_some(checked)
    })
    .await;
    assert_eq!(broken.code, 1, "{broken:?}");
    for words in [
        "the ledger has the fees that the gateway told of",
        "the gateway kept 67 minor units of GBP; the ledger says 68",
        &format!("{number}: the gateway kept £0.68 of {payment}; the books say £0.67"),
    ] {
        assert!(broken.stdout.contains(words), "{words}: {broken:?}");
    }
}

#[tokio::test]
async fn fees_that_the_embedded_gateway_has_and_the_books_have_not_are_named() {
    let mut shop = filled(Shop::new()).await;
    let number = sell(&shop).await;
    until("the payment is looked at", SETTLED_WITHIN, async || shop.follows_nothing().await.then_some(())).await;
    shop.close().await;
    shop.change_books("UPDATE sandbox_balance_transactions SET fee_minor_units = 70").await;
    let broken = shop.check_ledger().await;
    assert_eq!(broken.code, 1, "{broken:?}");
    let words = format!("{number}: the gateway kept 70 minor units; the books say 68");
    assert!(broken.stdout.contains(&words), "{broken:?}");
}

#[tokio::test]
async fn nobody_asks_for_the_fees_of_captures_from_before_they_were_kept() {
    let mut shop = filled(Shop::new()).await;
    let number = sell(&shop).await;
    shop.close().await;
    for statement in [
        "DELETE FROM ledger_entries WHERE posting_id IN (SELECT id FROM ledger_postings WHERE kind = 'fee')",
        "DELETE FROM ledger_postings WHERE kind = 'fee'",
        "DELETE FROM ledger_sums",
        "INSERT INTO ledger_sums (account, layer, currency, part, minor_units)
         SELECT account, layer, currency, 0, SUM(minor_units) FROM ledger_entries GROUP BY account, layer, currency",
        "DELETE FROM heard_payments",
        "DROP TABLE gateway_fees",
        "DROP TABLE fees_since",
        "DROP TABLE sandbox_balance_transactions",
        "DELETE FROM _sqlx_migrations WHERE description = 'fees'",
    ] {
        shop.change_books(statement).await;
    }
    shop.open().await;
    shop.check_ledger().await.went_well();
    refund(&shop, &number, "10.00").await;
    // What is captured from then on has them.
    sell(&shop).await;
    shop.check_ledger().await.went_well();
}
