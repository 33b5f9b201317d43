//! Paying on invoice: for customers with an account, up to a limit for an order and for all that is open, by
//! the same port as cards.

use std::ffi::OsStr;

use crate::support::purchase::{CANCEL, CARD, INVOICE, PAYS, decide_five_invoices_at_once, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres};

const OFFER: &str = "Pay on invoice";
const PAID: &str = "/api/operator/orders/payments";
const REPAID: &str = "/api/operator/orders/repayments";

async fn shop() -> Shop {
    let rows =
        ["LAMP | Walnut desk lamp | 24.50 GBP", "DESK | Oak desk | 500.00 GBP", "SOFA | Green sofa | 500.01 GBP"];
    Shop::with_feed(&feed("id | title | price", &rows)).await
}

async fn come_to_payment(browser: &mut Browser, slug: &str) -> Page {
    browser.put_into_cart(slug, "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

/// Takes the invoice and places the order.
async fn place(browser: &mut Browser, payment: &Page) -> Page {
    let review = browser.submit(&payment.form(INVOICE)).await;
    assert_eq!(review.is(200).path, "/checkout/review");
    review.says(&["Invoice, due in 14 days"]);
    browser.place(&review).await
}

/// Places the order of one product on invoice.
async fn order(browser: &mut Browser, slug: &str) -> Page {
    let payment = come_to_payment(browser, slug).await;
    place(browser, &payment).await
}

/// Buys a lamp on invoice and opens the page of the order.
async fn buy(browser: &mut Browser) -> Page {
    let confirmation = order(browser, "walnut-desk-lamp").await;
    confirmation.is(200).says(&["Thank you, Ada.", "Invoice, due in 14 days"]);
    browser.follow_order(&confirmation).await
}

async fn orders(shop: &Shop, arguments: &[&str]) {
    shop.run_orders(arguments).await.went_well();
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
async fn what_an_invoice_does_not_bill_is_let_go_of_and_owed_no_more() {
    let shop = shop().await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&buy(&mut browser).await);
    orders(&shop, &["capture", &number, "--amount", "20.00", "--keep-rest"]).await;
    orders(&shop, &["release", &number]).await;
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    orders(&shop, &["refund", &number, "20.00", "--reason", "Never made"]).await;
    assert_eq!(shop.order_states().await, ["refunded"]);
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
async fn what_is_open_has_a_limit_and_what_is_paid_or_cancelled_is_open_no_more() {
    let shop = shop().await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        // Both together are all that may be open.
        let confirmation = order(&mut browser, "oak-desk").await;
        confirmation.is(200).says(&["Thank you, Ada."]);
        numbers.push(number_on(&confirmation));
    }
    let refused = order(&mut browser, "walnut-desk-lamp").await;
    assert!(refused.is(200).path.starts_with("/checkout/payment"), "{}", refused.path);
    refused.says(&[
        "With this order your open invoices would come to more than we sell on invoice.",
        "Nothing was charged and your cart is kept.",
        "Please pay one of your open invoices first, or pay this order by card.",
    ]);
    assert_eq!(shop.stock("LAMP").await.reserved, 0);
    // Others owe nothing for that.
    let mut eve = shop.member("eve@example.com", "Eve").await;
    order(&mut eve, "oak-desk").await.says(&["Thank you, Ada."]);

    let pay = ["orders", "paid", &numbers[0]].map(OsStr::new);
    shop.run_on_data(&pay).await.refused_with(&["is billed on invoice and not paid yet"]);
    orders(&shop, &["capture", &numbers[0]]).await;
    for (amount, words) in
        [("499.99", "£499.99 is not what is owed at this moment, which is £500.00"), ("ten", "like 12.90")]
    {
        let other = ["orders", "paid", &numbers[0], "--amount", amount].map(OsStr::new);
        shop.run_on_data(&other).await.refused_with(&[words]);
    }
    let paid = shop.run_on_data(&pay).await.went_well();
    assert!(paid.stdout.contains(&format!("£500.00 of {} was paid.", numbers[0])), "{paid:?}");
    shop.check_ledger().await.went_well();
    shop.run_on_data(&pay).await.refused_with(&["is billed on invoice and not paid yet"]);
    let posted = shop.ledger_sums("posted").await;
    for sum in [("bank", 50_000), ("receivable", 0)] {
        assert!(posted.contains(&(sum.0.to_owned(), sum.1)), "{sum:?} in {posted:?}");
    }
    place(&mut browser, &refused).await.says(&["Thank you, Ada.", "Walnut desk lamp"]);

    let refused = order(&mut browser, "oak-desk").await;
    refused.says(&["With this order your open invoices"]);
    let form = browser.open(&format!("/orders/{}", numbers[1])).await.form(CANCEL);
    assert_eq!(browser.submit(&form).await.heading(), "Cancelled");
    place(&mut browser, &refused).await.says(&["Thank you, Ada.", "Oak desk"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn orders_at_the_same_moment_come_to_no_more_than_the_limit() {
    decide_five_invoices_at_once(Shop::new()).await;
}

/// What accounts of invoices hold: owed by customers, owed back to them, and in the bank.
async fn owed(shop: &Shop) -> [i64; 3] {
    let posted = shop.ledger_sums("posted").await;
    let sum = |name: &str| posted.iter().find(|(account, _)| account == name).map_or(0, |(_, sum)| *sum);
    [sum("receivable"), sum("payable"), sum("bank")]
}

/// Buys a lamp on invoice, pays £20.00 of it and is given £5.00 back; answers its number.
async fn pay_and_give_back(shop: &Shop) -> String {
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&buy(&mut browser).await);
    orders(shop, &["capture", &number, "--amount", "20.00", "--keep-rest"]).await;
    orders(shop, &["paid", &number]).await;
    let repay = ["orders", "repaid", &number].map(OsStr::new);
    shop.run_on_data(&repay).await.refused_with(&["is owed back on an invoice"]);
    orders(shop, &["refund", &number, "5.00", "--reason", "A scratch"]).await;
    assert_eq!(owed(shop).await, [0, -500, 2000]);
    number
}

/// Whatever the database, what is refunded of a paid invoice is owed back until it is paid out.
async fn is_owed_back(mut shop: Shop) {
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop.open().await;
    let number = pay_and_give_back(&shop).await;
    // What is billed then is paid by it first.
    orders(&shop, &["capture", &number]).await;
    assert_eq!(owed(&shop).await, [345, 0, 2000]);
    orders(&shop, &["refund", &number, "8.45", "--reason", "Another scratch"]).await;
    assert_eq!(owed(&shop).await, [0, -500, 2000]);
    let other = ["orders", "repaid", &number, "--amount", "5.01"].map(OsStr::new);
    shop.run_on_data(&other).await.refused_with(&["£5.01 is not what is owed at this moment, which is £5.00"]);
    let repay = ["orders", "repaid", &number, "--amount", "5.00"].map(OsStr::new);
    let repaid = shop.run_on_data(&repay).await.went_well();
    assert!(repaid.stdout.contains(&format!("£5.00 of {number} was paid back.")), "{repaid:?}");
    assert_eq!(owed(&shop).await, [0, 0, 1500]);
    shop.check_ledger().await.went_well();
    shop.run_on_data(&repay).await.refused_with(&["is owed back on an invoice"]);
    let mut olga = shop.operator("olga@example.com").await;
    olga.open("/operator/ledger").await.says(&["Owed back to customers", "What was owed back was paid out"]);
}

#[tokio::test]
async fn what_is_refunded_of_a_paid_invoice_is_owed_back() {
    is_owed_back(Shop::new()).await;
}

#[tokio::test]
async fn what_is_refunded_of_a_paid_invoice_is_owed_back_on_postgresql() {
    is_owed_back(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_customers_owed_less_than_nothing_is_owed_back_from_the_next_start_on() {
    let mut shop = shop().await;
    let number = pay_and_give_back(&shop).await;
    shop.close().await;
    for statement in [
        "UPDATE ledger_entries SET account = 'receivable' WHERE account = 'payable'",
        "DROP TABLE ledger_sums",
        "ALTER TABLE ledger_entries DROP COLUMN seller",
        "ALTER TABLE invoices DROP COLUMN repaid_minor_units",
        "DELETE FROM _sqlx_migrations WHERE description IN ('ledger sums', 'repaid invoices', 'seller accounts')",
    ] {
        shop.change_books(statement).await;
    }
    assert_eq!(owed(&shop).await, [-500, 0, 2000]);
    shop.open().await;
    assert_eq!(owed(&shop).await, [0, -500, 2000]);
    shop.check_ledger().await.went_well();
    shop.operator("olga@example.com").await.open("/operator/ledger").await.says(&["An account was put right"]);
    orders(&shop, &["repaid", &number]).await;
    assert_eq!(owed(&shop).await, [0, 0, 1500]);
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

#[tokio::test]
async fn an_operator_notes_what_was_transferred_for_an_invoice() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&buy(&mut ada).await);
    let (mut olga, sheet) = (shop.operator(OLGA).await, format!("/operator/orders/{number}"));
    assert!(olga.open(&sheet).await.forms(PAID).is_empty(), "nothing is billed yet");
    orders(&shop, &["capture", &number, "--amount", "20.00", "--keep-rest"]).await;
    let form = olga.open(&sheet).await.form(PAID);
    assert_eq!(form.field("transferred"), Some("20.00"));
    let refused = olga.submit(&form.clone().with("transferred", "19.99")).await;
    refused.is(200).says(&["£19.99 is not what is owed at this moment, which is £20.00"]);
    assert_eq!(refused.form(PAID).field("transferred"), Some("19.99"));
    let paid = olga.submit(&form).await;
    paid.is(200).says(&["The payment of the invoice is noted.", "Noted that the invoice was paid"]);
    assert!(paid.forms(PAID).is_empty() && paid.forms(REPAID).is_empty());
    // A form that is posted twice notes nothing twice.
    olga.submit(&form).await.is(200).says(&["it may have been noted before"]);
    assert_eq!(owed(&shop).await, [0, 0, 2000]);

    orders(&shop, &["refund", &number, "5.00", "--reason", "A scratch"]).await;
    let form = olga.open(&sheet).await.form(REPAID);
    assert_eq!(form.field("transferred"), Some("5.00"));
    olga.submit(&form).await.is(200).says(&["The transfer back to the customer is noted.", OLGA]);
    assert_eq!(owed(&shop).await, [0, 0, 1500]);
    // A customer notes nothing.
    ada.post(PAID, &[("number", number.as_str()), ("transferred", "1.00")]).await.is(302);
    assert_eq!(owed(&shop).await, [0, 0, 1500]);
    shop.check_ledger().await.went_well();
}
