//! A shopper who changes their mind before the parcel is sent.

use std::time::Duration;

use futures::future::join_all;
use percent_encoding::percent_decode_str;

use crate::support::books::Stock;
use crate::support::purchase::{CANCEL, LATE, PAYS, PLACE, number_on};
use crate::support::{Shop, feed, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const ALL_BACK: Stock = Stock { on_hand: 1, reserved: 0, allocated: 0 };

/// A store with one lamp left.
async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price | quantity", &["LAMP | Walnut desk lamp | 24.50 GBP | 1"])).await
}

async fn is_cancelled(shop: &Shop) {
    until("the order is cancelled", SETTLED_WITHIN, async || {
        (shop.order_states().await == ["cancelled"]).then_some(())
    })
    .await;
    assert_eq!(shop.stock("LAMP").await, ALL_BACK);
    assert_eq!((shop.payments().await, shop.holds().await), (1, 0), "nobody holds money for nothing");
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_cancelled_order_gives_back_its_money_and_its_units() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    order.is(200).says(&[
        "Cancel this order",
        "Nothing has been charged.",
        &format!("Cancel order {}", number_on(&order)),
    ]);
    assert_eq!((shop.holds().await, shop.stock("LAMP").await.allocated), (1, 1));
    let in_stock = "/search?q=lamp&in-stock=yes";
    until("the search knows that it is sold", SETTLED_WITHIN, async || {
        browser.open(in_stock).await.cards().is_empty().then_some(())
    })
    .await;

    let cancelled = browser.submit(&order.form(CANCEL)).await;
    assert_eq!(cancelled.is(200).path, order.path);
    assert_eq!(cancelled.heading(), "Cancelled");
    cancelled.says(&["Nothing was charged and nothing will be sent.", "£0.00 charged, £28.45 released"]);
    let times = cancelled.html.matches("<time").count();
    assert_eq!(times, 2, "placed and cancelled, each at its time");
    cancelled.does_not_say("Arrives");
    cancelled.does_not_say("Delivered");
    assert!(cancelled.forms(CANCEL).is_empty());
    is_cancelled(&shop).await;
    until("the search knows that it came back", SETTLED_WITHIN, async || {
        (browser.open(in_stock).await.cards().len() == 1).then_some(())
    })
    .await;
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    // What came back can be bought.
    shop.browser().buy_and_follow("walnut-desk-lamp", "1").await.says(&["Payment authorised"]);
    assert_eq!(shop.order_states().await, ["cancelled", "confirmed"]);
}

#[tokio::test]
async fn cancelling_again_changes_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let form = order.form(CANCEL);
    for _ in 0..3 {
        let cancelled = browser.submit(&form).await;
        assert_eq!((cancelled.path.as_str(), cancelled.heading().as_str()), (order.path.as_str(), "Cancelled"));
    }
    is_cancelled(&shop).await;
}

#[tokio::test]
async fn the_button_that_placed_a_cancelled_order_does_not_place_it_again() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let confirmation = browser.place(&review).await;
    let order = browser.follow_order(&confirmation).await;
    browser.submit(&order.form(CANCEL)).await.says(&["Cancelled"]);
    let again = browser.submit(&review.form(PLACE)).await;
    assert_eq!((number_on(&again), again.heading()), (number_on(&order), "Cancelled".to_owned()));
    is_cancelled(&shop).await;
}

#[tokio::test]
async fn ten_presses_cancel_once() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let form = browser.buy_and_follow("walnut-desk-lamp", "1").await.form(CANCEL);
    let presses = (0..10).map(|_| {
        let (mut window, form) = (browser.clone(), form.clone());
        async move { window.submit(&form).await }
    });
    for page in join_all(presses).await {
        let heading = page.is(200).heading();
        assert!(["Cancelled", "We are cancelling your order"].contains(&heading.as_str()), "{heading}");
        assert!(!page.path.contains("__err"), "{}", page.path);
    }
    is_cancelled(&shop).await;
}

#[tokio::test]
async fn nobody_cancels_without_access() {
    let shop = shop().await;
    let order = shop.browser().buy_and_follow("walnut-desk-lamp", "1").await;
    let form = order.form(CANCEL);
    let mut stranger = shop.browser();
    for access in ["", "nonsense", &"x".repeat(500)] {
        stranger.submit(&form.clone().with("access", access)).await.is(404).does_not_say("Ada");
    }
    stranger.submit(&form.clone().with("number", "CG-00000-00000")).await.is(404);
    stranger.submit(&form.with("number", "my order")).await.is(200).says(&["We have no such order"]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    assert_eq!((shop.holds().await, shop.stock("LAMP").await.allocated), (1, 1));
}

#[tokio::test]
async fn an_order_that_waits_for_the_bank_can_not_be_cancelled_yet() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", LATE).await;
    // The bank holds the money already and answers after the shopper has stopped waiting.
    let pressing = {
        let (mut window, form) = (browser.clone(), review.form(PLACE));
        tokio::spawn(async move { window.submit(&form).await })
    };
    until("the bank was asked", SETTLED_WITHIN, async || (shop.payments().await == 1).then_some(())).await;
    let number = shop.orders().await.remove(0).number;
    let pending = browser.look_up(&number, "ada@example.com").await;
    assert!(pending.forms(CANCEL).is_empty());
    let access = pending.path.split("access=").nth(1).expect("an order's address has its proof");
    let access = percent_decode_str(access).decode_utf8().unwrap().into_owned();
    let answer = browser.post(CANCEL, &[("number", &number), ("access", &access)]).await;
    let told = browser.go_on(answer).await;
    told.is(200).says(&["Your bank has not answered yet, and the order can be cancelled as soon as it has"]);
    pressing.await.unwrap().is(200);
    until("the order is confirmed", SETTLED_WITHIN, async || {
        (shop.order_states().await == ["confirmed"]).then_some(())
    })
    .await;
    let confirmed = browser.look_up(&number, "ada@example.com").await;
    browser.submit(&confirmed.form(CANCEL)).await.is(200);
    is_cancelled(&shop).await;
}

#[tokio::test]
async fn a_cancellation_that_a_power_cut_interrupts_is_finished_after_the_restart() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let request = browser.request(reqwest::Method::POST, CANCEL).form(&order.form(CANCEL).fields);
    let pressing = tokio::spawn(request.send());
    until("it was asked for", SETTLED_WITHIN, async || (shop.order_states().await != ["confirmed"]).then_some(()))
        .await;
    shop.kill().await;
    // The answer may have been faster than the power cut.
    let _answer = pressing.await.unwrap();
    shop.open().await;
    browser.follow(&shop);
    is_cancelled(&shop).await;
    assert_eq!(browser.open(&order.path).await.is(200).heading(), "Cancelled");
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_is_asked_again_after_a_power_cut() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    browser.follow(&shop);
    let cancelling = browser.submit(&order.form(CANCEL)).await;
    assert_eq!(cancelling.is(200).heading(), "We are cancelling your order");
    cancelling.says(&["There is nothing more for you to do."]);
    assert!(cancelling.forms(CANCEL).is_empty());
    let again = browser.submit(&order.form(CANCEL)).await;
    assert_eq!(again.is(200).heading(), "We are cancelling your order");
    assert_eq!((shop.order_states().await, shop.holds().await), (vec!["cancelling".to_owned()], 1));
    assert_eq!(shop.stock("LAMP").await.allocated, 1, "units come back with the money");
    shop.kill().await;

    shop.open().await;
    browser.follow(&shop);
    is_cancelled(&shop).await;
    assert_eq!(browser.open(&order.path).await.is(200).heading(), "Cancelled");
}
