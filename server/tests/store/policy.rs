//! Things that are sold before they are there, and things of which one customer may buy so many.

use std::ffi::OsStr;

use domain::inventory::day_in_year;
use domain::shipment::store_day;
use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use jiff::civil::Date;
use jiff::{Span, Timestamp};

use super::dispatch::{SEND, SETTLED_WITHIN};
use super::returns::{RECEIVE, ask};
use crate::support::books::Stock;
use crate::support::purchase::{ADA, CANCEL, CONTACT, DECLINED, PAYS, PLACE, SET_QUANTITY, number_on};
use crate::support::stock::{COUNT, LAMP, OLGA};
use crate::support::{Browser, Page, Shop, feed, postgres, until};

pub(super) const TERMS: &str = "/api/operator/stock/terms";
const SLUG: &str = "walnut-desk-lamp";

/// A day to come.
fn day() -> Date {
    store_day(Timestamp::now()).checked_add(Span::new().days(40)).unwrap()
}

/// A feed with one lamp, of which so many are there or sold for later.
fn lamp(availability: &str, date: &str, quantity: u32) -> String {
    let row = format!("LAMP | Walnut desk lamp | 24.50 GBP | {availability} | {date} | {quantity}");
    feed("id | title | price | availability | availability_date | quantity", &[&row])
}

/// Fills a store with lamps that are sold for later, and opens it.
async fn sells_later(mut shop: Shop, policy: &str, units: u32) -> Shop {
    shop.import(&lamp(policy, &day().to_string(), units)).await.went_well();
    shop.open().await;
    shop
}

/// An open store with nine lamps, of which a customer may buy so many.
async fn limited(mut shop: Shop, units: &str) -> (Shop, Browser) {
    shop.import(&lamp("in_stock", "", 9)).await.went_well();
    shop.open().await;
    let mut olga = shop.operator(OLGA).await;
    let form = olga.open(LAMP).await.form(TERMS).with("limit_units", units);
    olga.submit(&form).await.is(200).says(&["It is sold like this from now on."]);
    (shop, olga)
}

/// Everything up to the review, under an e-mail address.
async fn come_to_review_as(browser: &mut Browser, email: &str, quantity: &str) -> Page {
    browser.put_into_cart(SLUG, quantity).await;
    let form = browser.open("/checkout/address").await.forms(CONTACT).pop().expect("a form for the address");
    let form = ADA.iter().fold(form, |form, (name, value)| form.with(name, value)).with("email", email);
    let delivery = browser.submit(&form).await;
    let payment = browser.take_delivery(&delivery).await;
    browser.give_card(&payment, PAYS).await
}

/// Everything up to the order, under an e-mail address.
async fn buy_as(shop: &Shop, email: &str, quantity: &str) -> Page {
    let mut browser = shop.browser();
    let review = come_to_review_as(&mut browser, email, quantity).await;
    browser.place(&review).await
}

/// Brings many shoppers to the review, who press the button at one moment. Answers where that led each.
pub(super) async fn press_at_once(shop: &Shop, shoppers: usize) -> Vec<Page> {
    let arrivals = (0..shoppers).map(|_| async {
        let mut browser = shop.browser();
        let review = browser.come_to_review(SLUG, "1", PAYS).await;
        (browser, review.form(PLACE))
    });
    let ready: Vec<(Browser, _)> = stream::iter(arrivals).buffer_unordered(16).collect().await;
    join_all(ready.into_iter().map(|(mut browser, form)| async move { browser.submit(&form).await })).await
}

pub(super) fn served(answers: &[Page]) -> usize {
    answers.iter().filter(|page| page.path.starts_with("/orders/CG-")).count()
}

async fn is_settled(shop: &Shop, orders: usize) {
    until("all is settled", SETTLED_WITHIN, async || {
        (shop.order_states().await == vec!["confirmed"; orders]).then_some(())
    })
    .await;
    shop.check_ledger().await.went_well();
}

/// So many shoppers order a lamp of which twenty are sold for later.
async fn twenty_are_promised(shop: Shop, shoppers: usize) {
    const UNITS: usize = 20;
    let shop = sells_later(shop, "backorder", 20).await;
    let back = format!("Back in stock on {}, order now", day_in_year(day()));
    shop.browser().open(&format!("/products/{SLUG}")).await.is(200).says(&[&back, "Add to cart"]);
    let answers = press_at_once(&shop, shoppers).await;
    assert_eq!(served(&answers), UNITS, "{:?}", answers.iter().map(|page| &page.path).collect::<Vec<_>>());
    for late in answers.iter().filter(|page| !page.path.starts_with("/orders/CG-")) {
        let text = late.is(200).text();
        assert!(text.contains("Somebody was faster") || text.contains("can't be bought as it is"), "{text}");
    }
    is_settled(&shop, UNITS).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 20 });
    shop.browser().open(&format!("/products/{SLUG}")).await.says(&["Sold out"]);
}

#[tokio::test]
async fn three_hundred_shoppers_after_twenty_that_are_to_come_get_twenty() {
    twenty_are_promised(Shop::new(), 300).await;
}

#[tokio::test]
async fn so_they_do_on_postgresql() {
    twenty_are_promised(Shop::on(postgres::database().await), 60).await;
}

#[tokio::test]
async fn a_preorder_says_its_day_wherever_it_is_seen() {
    let shop = sells_later(Shop::new(), "preorder", 5).await;
    let mut browser = shop.browser();
    let released = format!("Released on {}, order now", day_in_year(day()));
    let product = browser.open(&format!("/products/{SLUG}")).await;
    product.is(200).says(&[&released]);
    let offer = product.thing("Product")["offers"].clone();
    assert_eq!(offer["availability"], "https://schema.org/PreOrder");
    assert_eq!(offer["availabilityStarts"], day().to_string());
    assert_eq!(browser.open("/search?q=lamp&in-stock=yes").await.cards(), [format!("/products/{SLUG}")]);

    browser.put_into_cart(SLUG, "1").await;
    browser.open("/cart").await.says(&[&released]);
    let review = browser.check_out(PAYS).await;
    let expected = format!("Expected in stock on {}", day_in_year(day()));
    review.says(&[&expected]);
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);
    let order = browser.follow_order(&confirmation).await;
    order.says(&[&expected]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 1 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn feeds_say_what_is_sold_for_later() {
    let mut shop = sells_later(Shop::new(), "preorder", 5).await;
    let page = format!("/products/{SLUG}");
    for (availability, date, quantity, words) in [
        ("backorder", format!("{}T09:00+0100", day()), 5, format!("Back in stock on {}", day_in_year(day()))),
        ("backorder", String::new(), 0, "Sold out".to_owned()),
        ("preorder", "2020-01-31".to_owned(), 5, "Sold out".to_owned()),
        ("preorder", day().to_string(), 5, format!("Released on {}", day_in_year(day()))),
        ("in_stock", String::new(), 80, "In stock".to_owned()),
        ("backorder", day().to_string(), 5, format!("Back in stock on {}", day_in_year(day()))),
        ("out_of_stock", String::new(), 0, "Sold out".to_owned()),
    ] {
        shop.close().await;
        shop.import(&lamp(availability, &date, quantity)).await.went_well();
        shop.open().await;
        shop.browser().open(&page).await.is(200).says(&[&words]);
    }
    shop.close().await;
    let refused = shop.import(&lamp("backorder", "soon", 5)).await;
    assert_eq!(refused.code, 3, "{refused:?}");
    let report = std::fs::read_to_string(shop.folder().join("import-report-feed.tsv.csv")).unwrap();
    assert!(report.contains("availability_date"), "{report}");
}

#[tokio::test]
async fn what_comes_in_is_for_whoever_ordered_first() {
    first_come_first_served(Shop::new()).await;
}

#[tokio::test]
async fn so_it_is_on_postgresql() {
    first_come_first_served(Shop::on(postgres::database().await)).await;
}

async fn first_come_first_served(shop: Shop) {
    let shop = sells_later(shop, "backorder", 9).await;
    let mut olga = shop.operator(OLGA).await;
    let (first, second) = (buy_as(&shop, "ada@example.com", "2").await, buy_as(&shop, "grace@example.com", "2").await);
    let sheet = |order: &Page| format!("/operator/orders/{}", number_on(order));
    let (first, second) = (sheet(&first), sheet(&second));
    olga.open(LAMP).await.says(&["On hand 0", "Allocated 4", "Available 0", "Waited for 4"]);
    let waits = "This order waits for units that are not in stock yet";

    for (on_hand, sent, waiting) in [("1", None, vec![&first, &second]), ("3", Some(&first), vec![&second])] {
        olga.post(COUNT, &[("sku", "LAMP"), ("on_hand", on_hand)]).await.is(302);
        for order in waiting {
            let form = olga.open(order).await.form(SEND);
            olga.submit(&form).await.is(200).says(&[waits, "Stands Confirmed"]);
        }
        if let Some(order) = sent {
            let form = olga.open(order).await.form(SEND);
            olga.submit(&form).await.says(&["The order is sent"]);
        }
    }
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 2 });
    // What there is for somebody can't be counted away, and one who comes now waits for the last in the line.
    let answer = olga.post(COUNT, &[("sku", "LAMP"), ("on_hand", "0")]).await;
    olga.go_on(answer).await.says(&["1 units are promised to orders"]);
    olga.post(COUNT, &[("sku", "LAMP"), ("on_hand", "2")]).await.is(302);
    let third = sheet(&buy_as(&shop, "edsger@example.com", "1").await);
    let form = olga.open(&third).await.form(SEND);
    olga.submit(&form).await.says(&[waits]);
    let form = olga.open(&second).await.form(SEND);
    olga.submit(&form).await.says(&["The order is sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 1 });
    // Who gives up the wait gives nothing back that was there.
    let form = olga.open(&third).await.form("/api/operator/orders/cancellations");
    olga.submit(&form).await.is(200);
    until("it is cancelled", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 0 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_is_waited_for_is_waited_for_no_more_once_it_is_refunded_and_comes_back_like_anything_else() {
    let shop = sells_later(Shop::new(), "backorder", 9).await;
    let (mut olga, mut ada) = (shop.operator(OLGA).await, shop.browser());
    let number = number_on(&ada.buy_and_follow(SLUG, "2").await);
    let refund = ["orders", "refund", number.as_str(), "49.00", "--reason", "Takes too long"].map(OsStr::new);
    shop.run_on_data(&["orders", "capture", number.as_str()].map(OsStr::new)).await.went_well();
    shop.run_on_data(&refund).await.went_well();
    assert_eq!(shop.order_states().await, ["refunded"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 0 });
    olga.open(LAMP).await.does_not_say("Waited for");

    let order = ada.buy_and_follow(SLUG, "2").await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    olga.post(COUNT, &[("sku", "LAMP"), ("on_hand", "2")]).await.is(302);
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.says(&["The order is sent"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 0, reserved: 0, allocated: 0 });
    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "Walnut desk lamp").await.says(&["1 × Walnut desk lamp", "you get back £24.50"]);
    let page = olga.open(&sheet).await;
    olga.submit(&page.form(RECEIVE).with("shelf", "yes")).await.says(&["The return is received"]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 1, reserved: 0, allocated: 0 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_was_declined_counts_for_no_limit_and_what_was_returned_does() {
    let (shop, mut olga) = limited(Shop::new(), "2").await;
    let mut ada = shop.browser();
    let review = ada.come_to_review(SLUG, "2", DECLINED).await;
    let payment = ada.place(&review).await;
    payment.says(&["Your bank declined the card."]);
    let review = ada.give_card(&payment, PAYS).await;
    let confirmation = ada.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);
    let order = ada.follow_order(&confirmation).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.says(&["The order is sent"]);
    let order = ada.open(&order.path).await;
    ask(&mut ada, &order, "Walnut desk lamp").await.is(200);
    let page = olga.open(&sheet).await;
    olga.submit(&page.form(RECEIVE).with("shelf", "yes")).await.says(&["The return is received"]);
    // Who sends back what they had has had it.
    buy_as(&shop, "ada@example.com", "1").await.says(&["Something in your cart is limited for each customer"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn nobody_buys_more_than_a_customer_may() {
    let (shop, _olga) = limited(Shop::new(), "2").await;
    let mut browser = shop.browser();
    browser.open(&format!("/products/{SLUG}")).await.says(&["In stock", "Limit 2 per customer"]);
    let told = browser.put_into_cart(SLUG, "3").await;
    told.is(200).says(&["At most 2 for each customer, and your cart asks for 3."]);
    let cart = browser.open("/cart").await;
    cart.says(&["At most 2 for each customer: the total counts 2, not 3.", "can't be bought as it is"]);
    browser.post(SET_QUANTITY, &[("sku", "LAMP"), ("quantity", "2")]).await.is(302);
    browser.open("/cart").await.says(&["At most 2 for each customer."]);
    let review = browser.check_out(PAYS).await;
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);

    // However the address is written, and wherever the cart is.
    let again = buy_as(&shop, "ADA@example.com", "1").await;
    assert!(again.path.starts_with("/cart"), "{}", again.path);
    again.is(200).says(&["Something in your cart is limited for each customer", "Walnut desk lamp"]);
    buy_as(&shop, "grace@example.com", "2").await.says(&["Thank you, Ada."]);
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 4 });

    // What is given back may be bought again.
    let order = browser.follow_order(&confirmation).await;
    browser.submit(&order.form(CANCEL)).await.is(200);
    until("it is cancelled", SETTLED_WITHIN, async || (shop.stock("LAMP").await.allocated == 2).then_some(())).await;
    buy_as(&shop, "ada@example.com", "1").await.says(&["Thank you, Ada."]);
    buy_as(&shop, "ada@example.com", "2").await.says(&["Something in your cart is limited for each customer"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_account_and_a_guest_of_one_address_are_one_customer() {
    let (shop, _olga) = limited(Shop::new(), "2").await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let review = ada.come_to_review(SLUG, "2", PAYS).await;
    ada.place(&review).await.says(&["Thank you, Ada."]);
    buy_as(&shop, "ada@example.com", "1").await.says(&["Something in your cart is limited for each customer"]);
    assert_eq!(shop.orders().await.len(), 1);
}

/// Twelve windows of one customer, who may buy three, are at the button at one moment.
async fn three_are_sold(shop: Shop) {
    let (shop, _olga) = limited(shop, "3").await;
    let answers = press_at_once(&shop, 12).await;
    assert_eq!(served(&answers), 3, "{:?}", answers.iter().map(|page| &page.path).collect::<Vec<_>>());
    for late in answers.iter().filter(|page| !page.path.starts_with("/orders/CG-")) {
        late.is(200).says(&["Something in your cart is limited for each customer"]);
    }
    is_settled(&shop, 3).await;
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 3 });
}

#[tokio::test]
async fn a_limit_holds_when_orders_race() {
    three_are_sold(Shop::new()).await;
}

#[tokio::test]
async fn a_limit_holds_when_orders_race_on_postgresql() {
    three_are_sold(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn an_operator_says_how_it_is_sold() {
    let shop = Shop::with_feed(&lamp("out_of_stock", "", 0)).await;
    let mut olga = shop.operator(OLGA).await;
    let form = olga.open(LAMP).await.form(TERMS).with("policy", "backorder");
    for (date, units, limit, words) in [
        ("", "5", "", "Please give the day that it is expected"),
        ("2020-01-31", "5", "", "The day that it is expected has passed"),
        (&*day().to_string(), "none", "", "must be a whole number"),
        (&*day().to_string(), "5", "1000", "must be at most 999"),
    ] {
        let form = form.clone().with("policy_day", date).with("policy_units", units).with("limit_units", limit);
        let refused = olga.submit(&form).await;
        refused.is(200).says(&[words]);
        // What was typed stays.
        let typed = refused.form(TERMS);
        assert_eq!(typed.field("policy"), Some("backorder"));
        assert_eq!(typed.field("policy_units"), Some(units));
    }
    let form = form.with("policy_day", &day().to_string()).with("policy_units", "5").with("limit_units", "");
    olga.submit(&form).await.is(200).says(&["It is sold like this from now on."]);
    let mut browser = shop.browser();
    browser.open(&format!("/products/{SLUG}")).await.says(&["Back in stock on"]);
    until("lists sell it as well", SETTLED_WITHIN, async || {
        (browser.open("/search?q=lamp&in-stock=yes").await.cards().len() == 1).then_some(())
    })
    .await;
    let last = olga.open(LAMP).await.form(TERMS).with("policy", "stop");
    let answer = browser.post(TERMS, &[("sku", "LAMP"), ("policy", "stop")]).await;
    assert!(browser.go_on(answer).await.path.starts_with("/account/sign-in"));
    browser.open(&format!("/products/{SLUG}")).await.says(&["Back in stock on"]);
    olga.submit(&last).await.is(200);
    browser.open(&format!("/products/{SLUG}")).await.says(&["Sold out"]);
}
