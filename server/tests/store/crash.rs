//! Power cuts in the middle of a rush, each at a random moment.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::{join, join_all};
use futures::stream::{self, StreamExt as _};

use crate::support::purchase::PAYS;
use crate::support::rush::{Ready, often};
use crate::support::{Shop, feed, postgres, until};

/// More rounds are run by hand: `CARTOGRAPH_CRASH_ROUNDS=100 cargo test … power_cut_in_a_rush`.
const ROUNDS: (&str, usize) = ("CARTOGRAPH_CRASH_ROUNDS", 2);
const SHOPPERS: usize = 24;
const SHOPPERS_AT_ONCE: usize = 8;
/// Later than the last answer of a rush.
const LATEST_MS: u64 = 400;
/// A dead server's purchases are taken up once its lease is over.
const RECOVERED_WITHIN: Duration = Duration::from_mins(1);

/// Shoppers who stand before their review, with two lines each.
async fn shoppers(shop: &Shop) -> Vec<Ready> {
    let arrivals = (0..SHOPPERS).map(|_| async {
        let mut browser = shop.browser();
        browser.put_into_cart("oak-stool", "1").await;
        let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
        Ready::at(browser, &review)
    });
    stream::iter(arrivals).buffer_unordered(SHOPPERS_AT_ONCE).collect().await
}

/// Cuts the power of a store that is empty before and not open, round after round.
async fn cut_the_power(mut shop: Shop) {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 100000", "STOOL | Oak stool | 61.00 GBP | 100000"];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    shop.open().await;
    let mut seen = BTreeSet::new();
    for round in 1..=often(ROUNDS) {
        let mut ready = shoppers(&shop).await;
        let moment = Duration::from_millis(rand::random_range(0..LATEST_MS));
        let cut = async {
            tokio::time::sleep(moment).await;
            shop.kill().await;
        };
        let (answers, ()) = join(join_all(ready.iter().map(Ready::press)), cut).await;
        let told = answers.iter().flatten().count();
        println!("round {round}: cut after {} ms, {told} of {SHOPPERS} had their order", moment.as_millis());
        seen.extend(answers.into_iter().flatten());

        shop.open().await;
        until("all is settled", RECOVERED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
        shop.check_ledger().await.went_well();
        let confirmed = shop.orders().await.into_iter().filter(|order| order.state == "confirmed");
        let confirmed: BTreeSet<String> = confirmed.map(|order| order.number).collect();
        assert!(seen.is_subset(&confirmed), "an order is lost: {seen:?} are not all in {confirmed:?}");
        assert_eq!(shop.holds().await, i64::try_from(confirmed.len()).unwrap(), "each is paid once, and nothing else");

        // Everybody presses again, and has one order in the end, the one they saw.
        for shopper in &mut ready {
            shopper.browser.follow(&shop);
            seen.insert(shopper.press().await.expect("the store is open"));
        }
        assert_eq!(seen.len(), round * SHOPPERS);
        assert_eq!(shop.order_states().await, vec!["confirmed"; round * SHOPPERS]);
        shop.check_ledger().await.went_well();
    }
}

#[tokio::test]
async fn a_power_cut_in_a_rush_loses_no_order_that_a_shopper_saw() {
    cut_the_power(Shop::new()).await;
}

#[tokio::test]
async fn a_power_cut_in_a_rush_loses_no_order_on_postgresql() {
    cut_the_power(Shop::on(postgres::database().await)).await;
}
