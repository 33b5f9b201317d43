//! Money after an order is confirmed: captured and refunded in parts, by the command line, while the store
//! is open or not.

use std::ffi::OsStr;
use std::time::Duration;

use futures::future::join_all;

use crate::support::purchase::{CANCEL, number_on};
use crate::support::{Ran, Shop, feed, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

async fn orders(shop: &Shop, arguments: &[&str]) -> Ran {
    shop.run_orders(arguments).await
}

async fn capture(shop: &Shop, number: &str, more: &[&str]) -> Ran {
    orders(shop, &[&["capture", number], more].concat()).await
}

async fn refund(shop: &Shop, number: &str, amount: &str) -> Ran {
    orders(shop, &["refund", number, amount, "--reason", "One arrived broken"]).await
}

#[tokio::test]
async fn an_order_is_captured_and_refunded_in_parts() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let number = number_on(&order);
    refund(&shop, &number, "1").await.refused_with(&["only £0.00 of this order can be refunded"]);
    let first = capture(&shop, &number, &["--amount", "20.00", "--keep-rest"]).await.went_well();
    assert!(first.stdout.contains(&format!("£20.00 of {number} was captured.")), "{first:?}");
    shop.check_ledger().await.went_well();
    capture(&shop, &number, &["--amount", "8.46"]).await.refused_with(&["only £8.45 of this order can be captured"]);
    capture(&shop, &number, &[]).await.went_well();
    capture(&shop, &number, &[]).await.refused_with(&["an amount must be above zero"]);
    for amount in ["10.00", "3.45"] {
        let back = refund(&shop, &number, amount).await.went_well();
        assert!(back.stdout.contains("was refunded"), "{back:?}");
        shop.check_ledger().await.went_well();
    }
    refund(&shop, &number, "15.01").await.refused_with(&["only £15.00 of this order can be refunded"]);
    refund(&shop, &number, "0").await.refused_with(&["above zero"]);
    browser.open(&order.path).await.says(&["£28.45 charged, £13.45 refunded"]);
    refund(&shop, &number, "15").await.went_well();
    shop.check_ledger().await.went_well();
    let posted = shop.ledger_sums("posted").await;
    let sums = [("gateway", 0), ("refunds", 2371), ("revenue", -2371), ("tax", 0)];
    assert_eq!(posted, sums.map(|(account, sum)| (account.to_owned(), sum)));
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    assert!(!shop.log().contains("One arrived broken"), "a reason is for the books");
}

#[tokio::test]
async fn the_last_capture_lets_go_of_the_rest() {
    let shop = shop().await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    capture(&shop, &number, &["--amount", "20.00"]).await.went_well();
    assert_eq!(shop.holds().await, 0, "the gateway holds nothing more");
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    capture(&shop, &number, &["--amount", "1"]).await.refused_with(&["only £0.00 of this order can be captured"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_was_captured_is_not_cancelled() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let form = order.form(CANCEL);
    capture(&shop, &number_on(&order), &["--amount", "1", "--keep-rest"]).await.went_well();
    assert!(browser.open(&order.path).await.forms(CANCEL).is_empty());
    browser.submit(&form).await.is(200).says(&["This order can't be cancelled as it stands"]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_order_without_money_moves_none() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let number = number_on(&order);
    browser.submit(&order.form(CANCEL)).await.says(&["Cancelled"]);
    capture(&shop, &number, &[]).await.refused_with(&["the order is not paid"]);
    capture(&shop, "CG-00000-00000", &[]).await.refused_with(&["there is no such order"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_is_asked_of_a_closed_store_is_done_when_it_opens() {
    let mut shop = shop().await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.close().await;
    let asked = capture(&shop, &number, &[]).await.went_well();
    assert!(asked.stdout.contains("is to be captured"), "{asked:?}");
    refund(&shop, &number, "1").await.refused_with(&["is being changed at the moment"]);
    shop.open().await;
    until("it was captured", SETTLED_WITHIN, async || {
        shop.ledger_sums("posted").await.contains(&("gateway".into(), 2845)).then_some(())
    })
    .await;
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_gateway_that_has_forgotten_what_it_was_asked_moves_no_money_twice() {
    let mut shop = shop().await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    let part = ["orders", "capture", &number, "--amount", "10.00", "--keep-rest"];
    let back = ["orders", "refund", &number, "4.00", "--reason", "One arrived broken"];
    for (asked, moved) in [(part, (1000, 0)), (back, (1000, 400))] {
        until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
        shop.close().await;
        shop.open_in(&[("CARTOGRAPH_FAULT", "payments.timeout")]).await;
        let asking = shop.start_on_data(&asked.map(OsStr::new));
        until("the gateway has done it", SETTLED_WITHIN, async || {
            (shop.moved_at_gateway().await == moved).then_some(())
        })
        .await;
        assert_eq!(shop.unfinished_sagas().await, 1, "nobody knows it");
        drop(asking);
        shop.close().await;
        // A day later no gateway knows the key any more.
        shop.change_books("DELETE FROM sandbox_answers").await;
        shop.open().await;
        until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
        assert_eq!(shop.moved_at_gateway().await, moved);
        shop.check_ledger().await.went_well();
    }
}

#[tokio::test]
async fn many_refunds_at_once_give_back_no_more_than_was_captured() {
    let shop = shop().await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    capture(&shop, &number, &[]).await.went_well();
    let asked = join_all((0..6).map(|_| refund(&shop, &number, "10.00"))).await;
    let done = asked.iter().filter(|ran| ran.code == 0).count();
    assert!((1..=2).contains(&done), "{asked:?}");
    let left = shop.ledger_sums("posted").await.into_iter().find(|(account, _)| account == "gateway");
    assert_eq!(left, Some(("gateway".into(), 2845 - i64::try_from(done).unwrap() * 1000)));
    shop.check_ledger().await.went_well();
}
