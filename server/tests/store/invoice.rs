//! Paying on invoice: for customers with an account, up to a limit, by the same port as cards.

use std::ffi::OsStr;

use crate::support::purchase::{CANCEL, CARD, PAYS, number_on};
use crate::support::{Browser, Page, Shop, feed};

const INVOICE: &str = "/api/checkout/invoices";
const OFFER: &str = "Pay on invoice";

async fn shop() -> Shop {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP", "SOFA | Green sofa | 500.01 GBP"];
    Shop::with_feed(&feed("id | title | price", &rows)).await
}

async fn come_to_payment(browser: &mut Browser, slug: &str) -> Page {
    browser.put_into_cart(slug, "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

/// Buys a lamp on invoice and opens the page of the order.
async fn buy(browser: &mut Browser) -> Page {
    let payment = come_to_payment(browser, "walnut-desk-lamp").await;
    let review = browser.submit(&payment.form(INVOICE)).await;
    assert_eq!(review.is(200).path, "/checkout/review");
    review.says(&["Invoice, due in 14 days"]);
    let confirmation = browser.place(&review).await;
    confirmation.is(200).says(&["Thank you, Ada.", "Invoice, due in 14 days"]);
    browser.follow_order(&confirmation).await
}

async fn orders(shop: &Shop, arguments: &[&str]) {
    let all: Vec<&OsStr> = ["orders"].iter().chain(arguments).map(OsStr::new).collect();
    shop.run_on_data(&all).await.went_well();
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_customer_pays_on_invoice_and_no_gateway_hears_of_it() {
    let shop = shop().await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&buy(&mut browser).await);
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["confirmed".to_owned()], 0));
    assert_eq!(shop.ledger_sums("pending").await, [("customer".into(), -2845), ("receivable".into(), 2845)]);
    shop.check_ledger().await.went_well();
    orders(&shop, &["capture", &number, "--amount", "20.00", "--keep-rest"]).await;
    orders(&shop, &["capture", &number]).await;
    orders(&shop, &["refund", &number, "4.50", "--reason", "A scratch"]).await;
    let posted = shop.ledger_sums("posted").await;
    let sums = [("receivable", 2395), ("refunds", 376), ("revenue", -2371), ("tax", -400)];
    assert_eq!(posted, sums.map(|(account, sum)| (account.to_owned(), sum)));
}

#[tokio::test]
async fn an_order_on_invoice_is_cancelled_as_any_other() {
    let shop = shop().await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let order = buy(&mut browser).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_guest_pays_at_once() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser, "walnut-desk-lamp").await;
    assert!(payment.forms(INVOICE).is_empty());
    payment.does_not_say(OFFER);
    let posted = browser.post::<&str, &str>(INVOICE, &[]).await;
    assert!(browser.go_on(posted).await.path.starts_with("/checkout/payment"));
    // Whoever makes an address up that a gateway might lead back to gets no goods for it.
    let back = payment.form(CARD).field("return_url").expect("a card form leads back").to_owned();
    let refused = browser.open(&format!("{back}&payment_method=invoice&last_four=4242")).await;
    assert!(refused.path.starts_with("/checkout/payment"), "{}", refused.path);
    let again = browser.open("/checkout/payment").await;
    let review = browser.give_card(&again, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
}

#[tokio::test]
async fn what_is_dearer_than_the_limit_is_paid_at_once() {
    let shop = shop().await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    come_to_payment(&mut browser, "green-sofa").await.does_not_say(OFFER);
}
