//! A clock that is set back an hour while orders are on their way, by a server that has lost its time or an
//! administrator.

use std::time::Duration;

use super::faults::CHALLENGES;
use crate::support::books::Stock;
use crate::support::clock::Clock;
use crate::support::purchase::{LATE, PAYS, PLACE, number_on};
use crate::support::{Browser, Page, Shop, feed, until};

const HOUR_S: i64 = 3_600;
/// A little longer than units stay reserved for a shopper who is at their bank.
const RESERVATION_LIFE_S: i64 = 601;
/// A little longer than they stay reserved for anybody.
const MAX_RESERVATION_S: i64 = 1_801;
const SETTLED_WITHIN: Duration = Duration::from_mins(1);
const SEARCH: &str = "/search?q=stool&in-stock=yes";

/// A store that goes by a clock, with lamps and one stool.
async fn open_by(clock: &Clock) -> Shop {
    let mut shop = Shop::new();
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 9", "STOOL | Oak stool | 61.00 GBP | 1"];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    open(&mut shop, clock).await;
    shop
}

async fn open(shop: &mut Shop, clock: &Clock) {
    let environment = clock.environment();
    shop.open_in(&environment.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
}

/// A shopper at the bank's page, whose order waits.
async fn at_bank(shop: &Shop) -> (Browser, Page) {
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", CHALLENGES).await;
    let bank = browser.place(&review).await;
    assert_eq!(bank.is(200).heading(), "Is this payment yours?");
    (browser, bank)
}

/// Until so many orders are in each of some states, whatever their order.
async fn states_are(shop: &Shop, expected: &[(&str, usize)]) {
    until("all is settled", SETTLED_WITHIN, async || {
        let states = shop.order_states().await;
        let fits = |(state, count): &(&str, usize)| states.iter().filter(|one| one == state).count() == *count;
        (states.len() == expected.iter().map(|(_, count)| count).sum::<usize>() && expected.iter().all(fits))
            .then_some(())
    })
    .await;
}

async fn everybody_has_heard(shop: &Shop) {
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
}

#[tokio::test]
async fn units_stay_with_whoever_waits_for_half_an_hour_at_most() {
    let Some(clock) = Clock::new() else { return };
    let shop = open_by(&clock).await;
    let (mut pays, bank) = at_bank(&shop).await;
    let paying = shop.orders().await.remove(0).number;
    let mut hesitates = at_bank(&shop).await.0;
    let hesitating = shop.orders().await.into_iter().find(|order| order.number != paying).unwrap().number;
    let _leaves = at_bank(&shop).await;
    let come_back = |number: &str| format!("/checkout/challenge?order={number}");
    for minutes in [9, 18, 27] {
        clock.set_ahead(minutes * 60);
        let again = pays.open(&come_back(&paying)).await;
        assert_eq!(again.path, bank.path, "after {minutes} minutes");
        hesitates.open(&come_back(&hesitating)).await.is(200);
        states_are(&shop, if minutes < 10 { &[("pending", 3)] } else { &[("pending", 2), ("declined", 1)] }).await;
    }
    let returned = pays.post(&bank.path, &[("answer", "confirm")]).await;
    pays.go_on(returned).await.is(200).says(&["Thank you, Ada."]);
    clock.set_ahead(MAX_RESERVATION_S);
    states_are(&shop, &[("confirmed", 1), ("declined", 2)]).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 1 });
    // An order that has ended comes back for nobody.
    hesitates.open(&come_back(&hesitating)).await;
    states_are(&shop, &[("confirmed", 1), ("declined", 2)]).await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_clock_that_is_set_back_while_orders_are_on_their_way_keeps_none_of_them() {
    let Some(clock) = Clock::new() else { return };
    let mut shop = open_by(&clock).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let first = number_on(&shop.browser().buy("walnut-desk-lamp", "1").await);
    let (mut answers, bank) = at_bank(&shop).await;
    let (mut forgets, _) = at_bank(&shop).await;
    let mut waits = shop.browser();
    let form = waits.come_to_review("walnut-desk-lamp", "1", LATE).await.form(PLACE);
    let pressing = tokio::spawn(waits.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    until("the bank was asked", SETTLED_WITHIN, async || (shop.payments().await == 4).then_some(())).await;
    everybody_has_heard(&shop).await;

    clock.set_ahead(-HOUR_S);
    // What was on its way goes on: at the bank, behind a bank that is late, and in a session.
    let returned = answers.post(&bank.path, &[("answer", "confirm")]).await;
    answers.go_on(returned).await.is(200).says(&["Thank you, Ada."]);
    pressing.await.unwrap().unwrap();
    states_are(&shop, &[("confirmed", 3), ("pending", 1)]).await;
    ada.open("/account").await.is(200).says(&["Ada"]);
    // What begins now is sold, told and found.
    let review = ada.come_to_review("oak-stool", "1", PAYS).await;
    let confirmation = ada.place(&review).await;
    confirmation.is(200).says(&["Thank you, Ada."]);
    everybody_has_heard(&shop).await;
    until("the search knows that it is sold", SETTLED_WITHIN, async || {
        ada.open(SEARCH).await.cards().is_empty().then_some(())
    })
    .await;
    ada.open("/account/orders").await.is(200).says(&[&number_on(&confirmation)]);
    // Whose time it is decides no order's place among the others.
    let numbers = shop.numbers_by_id().await;
    assert_eq!((numbers.first(), numbers.last()), (Some(&first), Some(&number_on(&confirmation))), "{numbers:?}");
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 1, allocated: 3 });
    shop.check_ledger().await.went_well();

    // A store that starts by that clock goes on as well.
    shop.close().await;
    open(&mut shop, &clock).await;
    shop.browser().buy("walnut-desk-lamp", "1").await.is(200).says(&["Thank you, Ada."]);
    states_are(&shop, &[("confirmed", 5), ("pending", 1)]).await;
    everybody_has_heard(&shop).await;

    // As soon as the hour is over again, and the reservation with it, the units go back.
    clock.set_ahead(RESERVATION_LIFE_S);
    states_are(&shop, &[("confirmed", 5), ("declined", 1)]).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 4 });
    until("all sagas have ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.holds().await, 5, "nothing is held of what was given up");
    everybody_has_heard(&shop).await;
    forgets.follow(&shop);
    forgets.open("/cart").await.says(&["Walnut desk lamp"]);
    shop.check_ledger().await.went_well();
    assert_eq!(shop.log().matches("ERROR").count(), 1, "the bank's silence is all that is told:\n{}", shop.log());
}

#[tokio::test]
async fn what_a_bank_will_not_hold_for_long_is_told_before_it_lets_go() {
    const DAY_S: i64 = 24 * HOUR_S;
    const TROUBLE: &str = "/operator/sagas";
    let Some(clock) = Clock::new() else { return };
    let shop = open_by(&clock).await;
    let number = number_on(&shop.browser().buy("walnut-desk-lamp", "1").await);
    let captured = number_on(&shop.browser().buy("oak-stool", "1").await);
    shop.run_on_data(&["orders".as_ref(), "capture".as_ref(), captured.as_ref()]).await.went_well();
    // No session lasts for so long.
    for (email, ahead_s, told) in [
        ("ola@example.com", 5 * DAY_S - HOUR_S, None),
        ("olga@example.com", 5 * DAY_S + HOUR_S, Some("Ends soon")),
        ("oskar@example.com", 7 * DAY_S + HOUR_S, Some("Has ended, as banks usually hold it")),
    ] {
        clock.set_ahead(ahead_s);
        let mut operator = shop.operator(email).await;
        let page = operator.open(TROUBLE).await;
        match told {
            None => assert!(!page.is(200).text().contains(&number)),
            Some(words) => {
                page.is(200).says(&[&number, words, "£28.45"]);
            }
        }
        assert!(!page.text().contains(&captured), "nothing more is held for it");
    }
}
