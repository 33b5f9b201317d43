//! Many at once: one key buys once, and no unit is sold twice.

use std::time::Duration;

use futures::future::join_all;

use crate::support::books::Stock;
use crate::support::purchase::{CARD, CONTACT, DECLINED, PAYS, PLACE};
use crate::support::rush::{press_one_button_fifty_times, sell_the_last_twenty};
use crate::support::{Browser, Shop, feed, until};

const LAMP: &str = "LAMP | Walnut desk lamp | 24.50 GBP";
const SETTLED_WITHIN: Duration = Duration::from_secs(40);

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &[LAMP])).await
}

/// A store with this many lamps left.
async fn shop_with(units: i64) -> Shop {
    Shop::with_feed(&feed("id | title | price | quantity", &[&format!("{LAMP} | {units}")])).await
}

#[tokio::test]
async fn placing_twice_buys_once() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await.form(PLACE);
    let first = browser.post(&form.action, &form.fields).await;
    let second = browser.post(&form.action, &form.fields).await;
    assert!(first.is(302).location().starts_with("/orders/CG-"), "{}", first.location());
    assert_eq!(first.location(), second.location());
    browser.go_on(second).await.is(200).says(&["Thank you, Ada."]);
    assert_eq!((shop.orders().await.len(), shop.payments().await), (1, 1));
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 1 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_key_tells_nobody_else_of_its_order() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await.form(PLACE);
    browser.submit(&form).await.says(&["Thank you, Ada."]);
    let mut stranger = shop.browser();
    stranger.put_into_cart("walnut-desk-lamp", "1").await;
    let answer = stranger.post(&form.action, &form.fields).await;
    assert!(answer.location().starts_with("/checkout/"), "{}", answer.location());
    assert_eq!(shop.orders().await.len(), 1);
}

#[tokio::test]
async fn what_another_window_changed_is_looked_at_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let mut window = browser.clone();
    let delivery = window.open("/checkout/address").await.form(CONTACT).with("city", "Leeds");
    window.submit(&delivery).await;
    let outdated = browser.place(&review).await;
    outdated.is(200).says(&["Something on this page was changed in another window", "Leeds"]);
    assert!(shop.orders().await.is_empty());
    browser.place(&outdated).await.says(&["Thank you, Ada.", "Leeds"]);
}

#[tokio::test]
async fn a_way_to_pay_that_the_gateway_does_not_know_holds_no_stock() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    let payment = browser.take_delivery(&delivery).await;
    let back = payment.form(CARD).field("return_url").expect("a card form leads back").to_owned();
    let review = browser.open(&format!("{back}&payment_method=pm_made_up&last_four=4242")).await;
    browser.place(&review).await.says(&["Your bank declined the card."]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 0 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn fifty_presses_of_one_button_buy_once() {
    press_one_button_fifty_times(Shop::new()).await;
}

#[tokio::test]
async fn five_hundred_shoppers_after_the_last_twenty_get_twenty() {
    sell_the_last_twenty(Shop::new()).await;
}

#[tokio::test]
async fn good_and_bad_cards_after_the_same_few_leave_no_unit_behind() {
    const UNITS: i64 = 4;
    let shop = shop_with(UNITS).await;
    let arrivals = (0..12).map(|n| {
        let shop = &shop;
        async move {
            let mut browser = shop.browser();
            let card = if n % 2 == 0 { DECLINED } else { PAYS };
            let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
            (browser, review.form(PLACE))
        }
    });
    let ready: Vec<(Browser, _)> = join_all(arrivals).await;
    join_all(ready.into_iter().map(|(mut browser, form)| async move { browser.submit(&form).await })).await;
    until("all is settled", SETTLED_WITHIN, async || {
        let states = shop.order_states().await;
        states.iter().all(|state| state != "pending").then_some(())
    })
    .await;
    let confirmed = shop.order_states().await.iter().filter(|state| *state == "confirmed").count();
    let stock = shop.stock("LAMP").await;
    assert_eq!((stock.on_hand, stock.reserved), (UNITS, 0));
    assert_eq!(stock.allocated, i64::try_from(confirmed).unwrap());
    // What a declined card gave back is there for the next one.
    while shop.stock("LAMP").await.allocated < UNITS {
        let mut browser = shop.browser();
        let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
        browser.place(&review).await.says(&["Thank you, Ada."]);
    }
    shop.browser().open("/products/walnut-desk-lamp").await.says(&["Sold out"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_list_learns_that_the_last_one_is_sold_and_that_it_came_back() {
    let shop = shop_with(1).await;
    let mut declined = shop.browser();
    let review = declined.come_to_review("walnut-desk-lamp", "1", DECLINED).await;
    declined.place(&review).await.says(&["Your bank declined the card."]);
    let in_stock = "/search?q=lamp&in-stock=yes";
    until("the search knows that it came back", SETTLED_WITHIN, async || {
        (declined.open(in_stock).await.cards().len() == 1).then_some(())
    })
    .await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    buyer.place(&review).await.says(&["Thank you, Ada."]);
    until("the search knows", SETTLED_WITHIN, async || buyer.open(in_stock).await.cards().is_empty().then_some(()))
        .await;
    assert_eq!(buyer.open("/search?q=lamp").await.cards(), ["/products/walnut-desk-lamp"]);
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
}
