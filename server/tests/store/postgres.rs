//! A store on PostgreSQL: the same statements, with many writers at once.

use std::time::Duration;

use futures::future::{join, join_all};

use crate::support::account::{ADDRESS, DELETE, PASSWORD, REMOVE_ADDRESS};
use crate::support::books::Stock;
use crate::support::purchase::{ADA, CANCEL, DECLINED, LATE, PAYS, PLACE, decide_five_invoices_at_once, number_on};
use crate::support::rush::{press_one_button_fifty_times, sell_the_last_twenty};
use crate::support::{Shop, feed, postgres, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);
/// The gateway tells the store before it leads the browser back.
const NOTICE_FIRST: &str = "4000 0000 0000 7015";

/// A store with this many lamps left, and a stool.
async fn shop_with(units: i64) -> Shop {
    let mut shop = Shop::on(postgres::database().await);
    let rows =
        [format!("LAMP | Walnut desk lamp | 24.50 GBP | {units}"), "STOOL | Oak stool | 61.00 GBP | 9".to_owned()];
    let rows = rows.each_ref().map(String::as_str);
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    shop.open().await;
    shop
}

#[tokio::test]
async fn a_purchase_is_placed_and_found_again_after_a_restart() {
    let mut shop = shop_with(100).await;
    assert!(!shop.data().join("store.sqlite").exists());
    let mut browser = shop.browser();
    browser.put_into_cart("oak-stool", "1").await;
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", "£110.00"]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    assert_eq!(shop.orders().await[0].total_minor_units, 11_000);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 100, reserved: 0, allocated: 2 });
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;

    // The schema is brought up to date by each start: by the import, and now for the third time.
    shop.close().await;
    shop.open().await;
    browser.follow(&shop);
    browser.open(&order.path).await.is(200).says(&["Thank you, Ada.", "Oak stool"]);
    let number = number_on(&order);
    browser.look_up(&number, "ada@example.com").await.is(200).says(&[&number, "Payment authorised", "£110.00"]);
    let form = review.form(PLACE);
    let again = browser.submit(&form).await;
    assert!(again.is(200).path.starts_with(&format!("/orders/{number}")), "{}", again.path);
    assert_eq!((shop.orders().await.len(), shop.payments().await), (1, 1));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_payment_is_confirmed_with_the_bank_captured_and_refunded_in_parts() {
    let shop = shop_with(9).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", "4000 0027 6000 3184").await;
    let bank = browser.place(&review).await;
    let returned = browser.post(&bank.path, &[("answer", "confirm")]).await;
    let order = browser.go_on(returned).await;
    order.is(200).says(&["Thank you, Ada."]);
    let number = number_on(&order);
    for arguments in [
        &["orders", "capture", &number, "--amount", "20.00", "--keep-rest"][..],
        &["orders", "capture", &number],
        &["orders", "refund", &number, "3.45", "--reason", "One arrived broken"],
        &["orders", "refund", &number, "10.00", "--reason", "One was late"],
    ] {
        let all: Vec<_> = arguments.iter().map(std::ffi::OsStr::new).collect();
        shop.run_on_data(&all).await.went_well();
        shop.check_ledger().await.went_well();
    }
    let posted = shop.ledger_sums("posted").await;
    let sums = [("gateway", 1500), ("refunds", 1122), ("revenue", -2371), ("tax", -251)];
    assert_eq!(posted, sums.map(|(account, sum)| (account.to_owned(), sum)));
}

#[tokio::test]
async fn a_confirmed_payment_leads_to_one_order_whoever_tells_of_it() {
    let shop = shop_with(9).await;
    // The gateway tells while the browser comes back, before, after, twice; and the last browser never comes back.
    let cards = ["4000 0027 6000 3184", NOTICE_FIRST, "4000 0000 0000 7023", "4000 0000 0000 7031", NOTICE_FIRST];
    for (orders, card) in (1..).zip(cards) {
        let mut browser = shop.browser();
        let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
        let bank = browser.place(&review).await;
        assert_eq!(bank.is(200).heading(), "Is this payment yours?");
        let returned = browser.post(&bank.path, &[("answer", "confirm")]).await;
        if orders < cards.len() {
            browser.go_on(returned).await.is(200).says(&["Thank you, Ada."]);
        }
        until("all is settled", SETTLED_WITHIN, async || {
            (shop.order_states().await == vec!["confirmed"; orders]).then_some(())
        })
        .await;
    }
    until("all sagas have ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 5 });
    assert_eq!((shop.payments().await, shop.holds().await), (5, 5));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn orders_on_invoice_at_the_same_moment_come_to_no_more_than_the_limit() {
    decide_five_invoices_at_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn two_stores_that_start_at_once_bring_the_schema_up_to_date_once() {
    let database = postgres::database().await;
    let (mut one, mut other) = (Shop::on(database.clone()), Shop::on(database));
    join(one.open(), other.open()).await;
    for shop in [&one, &other] {
        shop.browser().open("/").await.is(200);
        assert_eq!(shop.stocked_skus().await, 0);
    }
}

#[tokio::test]
async fn five_hundred_shoppers_after_the_last_twenty_get_twenty() {
    sell_the_last_twenty(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn fifty_presses_of_one_button_buy_once() {
    press_one_button_fifty_times(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn a_declined_card_gives_back_what_was_reserved() {
    let shop = shop_with(1).await;
    let mut unlucky = shop.browser();
    let review = unlucky.come_to_review("walnut-desk-lamp", "1", DECLINED).await;
    let declined = unlucky.place(&review).await;
    declined.is(200).says(&["Your bank declined the card.", "Nothing was charged and your cart is kept."]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    // The card is another one; the button's key is the same and buys now.
    let review = unlucky.give_card(&declined, PAYS).await;
    unlucky.place(&review).await.says(&["Thank you, Ada."]);
    assert_eq!(shop.order_states().await, ["declined", "confirmed"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 1 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn many_presses_of_cancel_give_back_once() {
    let shop = shop_with(1).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let confirmation = browser.place(&review).await;
    let form = browser.follow_order(&confirmation).await.form(CANCEL);
    let presses = (0..10).map(|_| {
        let (mut window, form) = (browser.clone(), form.clone());
        async move { window.submit(&form).await }
    });
    for page in join_all(presses).await {
        assert!(page.is(200).path.starts_with("/orders/CG-") && !page.path.contains("__err"), "{}", page.path);
    }
    until("all is settled", SETTLED_WITHIN, async || (shop.order_states().await == ["cancelled"]).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    assert_eq!((shop.payments().await, shop.holds().await), (1, 0));
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
}

#[tokio::test]
async fn a_purchase_whose_server_died_is_finished_by_another_one() {
    let mut dying = shop_with(1).await;
    let mut other = Shop::on(dying.sql_url());
    other.open().await;
    let mut browser = dying.browser();
    let form = browser.come_to_review("walnut-desk-lamp", "1", LATE).await.form(PLACE);
    tokio::spawn(browser.request(reqwest::Method::POST, PLACE).form(&form.fields).send());
    until("the bank was asked", SETTLED_WITHIN, async || (other.payments().await == 1).then_some(())).await;
    dying.kill().await;
    until("it is confirmed", SETTLED_WITHIN, async || (other.order_states().await == ["confirmed"]).then_some(()))
        .await;
    until("its saga has ended", SETTLED_WITHIN, async || (other.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(other.payments().await, 1, "nobody pays twice");
    until("everybody has heard", SETTLED_WITHIN, async || (other.waiting_events().await == 0).then_some(())).await;
    // The bank is not asked for the money once more, and so nobody waits for it once more.
    let log = other.log();
    assert_eq!(log.matches("ERROR").count(), 0, "{log}");
    other.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_account_is_kept_there_as_well() {
    let shop = shop_with(100).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let form = ada.open("/account/addresses/new").await.form(ADDRESS);
    let form = ADA[1..].iter().fold(form, |form, (name, value)| form.with(name, value));
    for street in ["1 Mill Lane", "2 Mill Lane"] {
        ada.submit(&form.clone().with("line1", street).with("default", "yes")).await.is(200).says(&[street]);
    }
    let removal = ada.open("/account/addresses").await.forms(REMOVE_ADDRESS).remove(0);
    ada.submit(&removal).await.says(&["1 Mill Lane", "The checkout begins here"]);

    let devices: Vec<_> = (0..6).map(|_| shop.browser()).collect();
    let signing_in = devices.into_iter().map(|mut browser| async move {
        browser.put_into_cart("oak-stool", "1").await;
        browser.sign_in("ada@example.com", PASSWORD).await.is(200).says(&["Good day, Ada"]);
    });
    join_all(signing_in).await;
    ada.open("/cart").await.says(&["£366.00"]);
    let review = ada.check_out(PAYS).await;
    let number = number_on(&ada.place(&review).await);
    ada.open("/account/orders?q=STOOL").await.says(&[&number]);
    ada.open("/account/orders?q=lamp").await.says(&["No order with"]);
    ada.open(&format!("/orders/{number}")).await.is(200).says(&["Oak stool"]);

    let guesses = (0..12).map(|_| {
        let mut browser = shop.browser();
        async move { browser.sign_in("eve@example.com", "not the right words").await.text() }
    });
    let refused = join_all(guesses).await.iter().filter(|answer| answer.contains("tried too often")).count();
    assert_eq!(refused, 2, "attempts at the same moment are all counted");

    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.says(&["Your account is removed"]);
    assert!(shop.account_rows().await.iter().all(|(_, rows)| *rows == 0));
}
