//! Power cuts in the middle of a rush, each at a random moment.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use reqwest::Method;
use reqwest::header::LOCATION;

use crate::support::html::Form;
use crate::support::purchase::{PAYS, PLACE};
use crate::support::{Browser, Shop, feed, until};

/// More rounds are run by hand: `CARTOGRAPH_CRASH_ROUNDS=100 cargo test … power_cut_in_a_rush`.
const ROUNDS: &str = "2";
const SHOPPERS: usize = 24;
const SHOPPERS_AT_ONCE: usize = 8;
/// Later than the last answer of a rush.
const LATEST_MS: u64 = 400;
/// A dead server's purchases are taken up once its lease is over.
const RECOVERED_WITHIN: Duration = Duration::from_mins(1);

/// Shoppers who stand before their review, with two lines each.
async fn shoppers(shop: &Shop) -> Vec<(Browser, Form)> {
    let arrivals = (0..SHOPPERS).map(|_| async {
        let mut browser = shop.browser();
        browser.put_into_cart("oak-stool", "1").await;
        let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
        (browser, review.form(PLACE))
    });
    stream::iter(arrivals).buffer_unordered(SHOPPERS_AT_ONCE).collect().await
}

/// Presses the button and answers the order that the shopper saw, if any: the store may be gone.
async fn press(browser: &Browser, form: &Form) -> Option<String> {
    let answer = browser.request(Method::POST, PLACE).form(&form.fields).send().await.ok()?;
    let location = answer.headers().get(LOCATION)?.to_str().ok()?;
    let number = location.strip_prefix("/orders/")?.split('?').next()?;
    number.starts_with("CG-").then(|| number.to_owned())
}

#[tokio::test]
async fn a_power_cut_in_a_rush_loses_no_order_that_a_shopper_saw() {
    let rounds: usize = std::env::var("CARTOGRAPH_CRASH_ROUNDS").unwrap_or_else(|_| ROUNDS.to_owned()).parse().unwrap();
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 100000", "STOOL | Oak stool | 61.00 GBP | 100000"];
    let mut shop = Shop::with_feed(&feed("id | title | price | quantity", &rows)).await;
    let mut seen = BTreeSet::new();
    for round in 1..=rounds {
        let ready = shoppers(&shop).await;
        let presses = ready.iter().map(|(browser, form)| press(browser, form));
        let moment = Duration::from_millis(rand::random_range(0..LATEST_MS));
        let cut = async {
            tokio::time::sleep(moment).await;
            shop.kill().await;
        };
        let (answers, ()) = futures::future::join(join_all(presses), cut).await;
        let told = answers.iter().flatten().count();
        println!("round {round}: cut after {} ms, {told} of {SHOPPERS} had their order", moment.as_millis());
        seen.extend(answers.into_iter().flatten());

        shop.open().await;
        until("all is settled", RECOVERED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
        shop.check_ledger().await.went_well();
        let confirmed = shop.orders().await.into_iter().filter(|order| order.state == "confirmed");
        let confirmed: BTreeSet<String> = confirmed.map(|order| order.number).collect();
        assert!(seen.is_subset(&confirmed), "an order is lost: {seen:?} are not all in {confirmed:?}");

        // Everybody presses again, and has one order in the end, the one they saw.
        for (mut browser, form) in ready {
            browser.follow(&shop);
            seen.insert(press(&browser, &form).await.expect("the store is open"));
        }
        assert_eq!(seen.len(), round * SHOPPERS);
        assert_eq!(shop.order_states().await, vec!["confirmed"; round * SHOPPERS]);
        shop.check_ledger().await.went_well();
    }
}
