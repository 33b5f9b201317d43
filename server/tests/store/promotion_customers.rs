//! Whose a promotion is: what one shopper may use is counted by account and by e-mail address, and some are for accounts,
//! first orders or businesses alone.

use futures::future::join_all;

use crate::support::purchase::{ADA, APPLY_COUPON, CONTACT, PAYS};
use crate::support::{Browser, Page, Shop, feed};

const CODE: &str = "WELCOME-10";
const ONCE: &str = "welcome | Welcome | WELCOME-10 | percent | 10 | | | | | 1 | combinable";
const USED: &str = "You have used that code as often as you can.";

async fn shop_with(promotions: &[&str]) -> Shop {
    let lamp = "LAMP | Walnut desk lamp | 24.50 GBP | 99";
    let shop = Shop::with_feed(&feed("id | title | price | quantity", &[lamp])).await;
    shop.import_promotions(promotions).await.went_well();
    shop
}

/// Everything from the cart as it is up to the review, under an e-mail address.
async fn check_out_as(browser: &mut Browser, email: &str) -> Page {
    check_out_with(browser, &[("email", email)]).await
}

async fn check_out_with(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let form = browser.open("/checkout/address").await.forms(CONTACT).pop().expect("a form for the address");
    let form = ADA.iter().chain(fields).fold(form, |form, (name, value)| form.with(name, value));
    let delivery = browser.submit(&form).await;
    let payment = browser.take_delivery(&delivery).await;
    browser.give_card(&payment, PAYS).await
}

/// A lamp with the code, up to the review.
async fn review_as(browser: &mut Browser, email: &str) -> Page {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.apply_coupon(CODE).await;
    check_out_as(browser, email).await
}

#[tokio::test]
async fn one_account_is_one_shopper_under_any_address() {
    let shop = shop_with(&[ONCE]).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let review = review_as(&mut ada, "ada@example.com").await;
    ada.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = ada.apply_coupon(CODE).await;
    cart.says(&[USED, "£28.45"]);
    assert_eq!(cart.form(APPLY_COUPON).field("code"), Some(CODE), "nothing typed is lost");

    // The address counts as well, whoever types it.
    let mut grace = shop.member("grace@example.com", "Grace Hopper").await;
    let review = review_as(&mut grace, "grace@example.com").await;
    let mut guest = shop.browser();
    let elsewhere = review_as(&mut guest, "grace@example.com").await;
    elsewhere.says(&["Place order, £26.00"]);
    grace.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    guest.place(&elsewhere).await.says(&["The total has changed", USED, "£28.45"]);
    assert_eq!(shop.uses("welcome").await, 2);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_a_guest_used_counts_for_the_account_that_claims_it() {
    let shop = shop_with(&[ONCE]).await;
    let mut guest = shop.browser();
    let review = review_as(&mut guest, "ada@example.com").await;
    guest.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    ada.apply_coupon(CODE).await.says(&[USED, "£28.45"]);
    assert_eq!(shop.uses("welcome").await, 1);
}

/// A store with a code for some customers.
async fn shop_for(customers: &str) -> Shop {
    let row = format!("welcome | Welcome | WELCOME-10 | percent | 10 | | | | | | combinable | | {customers}");
    shop_with(&[&row]).await
}

#[tokio::test]
async fn a_code_for_accounts_is_kept_and_counts_for_who_is_signed_in() {
    let shop = shop_for("accounts").await;
    let said = "That code is for customers who are signed in.";
    let mut guest = shop.browser();
    guest.put_into_cart("walnut-desk-lamp", "1").await;
    guest.apply_coupon(CODE).await.says(&["is kept with your cart", said, "£28.45"]);
    check_out_as(&mut guest, "ada@example.com").await.says(&[said, "Place order, £28.45"]);
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    ada.apply_coupon(CODE).await.says(&["Welcome: −£2.45", "£26.00"]);
    let review = check_out_as(&mut ada, "elsewhere@example.com").await;
    ada.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_code_for_a_first_order_counts_once_it_is_known_who_buys_and_only_once() {
    let shop = shop_for("new").await;
    let spent = "That code is for a first order, and you have ordered before.";
    let (mut first, mut second) = (shop.browser(), shop.browser());
    first.put_into_cart("walnut-desk-lamp", "1").await;
    first.apply_coupon(CODE).await.says(&["counts once the checkout knows your e-mail address", "£28.45"]);
    let review = check_out_as(&mut first, "ada@example.com").await;
    review.says(&["Welcome −£2.45", "Place order, £26.00"]);
    // Both windows promise it.
    let twin = review_as(&mut second, "Ada@example.com").await;
    twin.says(&["Place order, £26.00"]);
    first.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    second.place(&twin).await.says(&["The total has changed", spent, "£28.45"]);

    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    ada.apply_coupon(CODE).await.says(&[spent, "£28.45"]);
    let mut grace = shop.member("grace@example.com", "Grace Hopper").await;
    grace.put_into_cart("walnut-desk-lamp", "1").await;
    grace.apply_coupon(CODE).await.says(&["Welcome: −£2.45"]);
    assert_eq!(shop.uses("welcome").await, 1);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn windows_of_one_new_customer_that_race_get_a_first_order_once() {
    let shop = shop_for("new").await;
    let windows = (0..4).map(|_| async {
        let mut browser = shop.browser();
        let review = review_as(&mut browser, "ada@example.com").await;
        review.says(&["Place order, £26.00"]);
        (browser, review)
    });
    let ready = join_all(windows).await.into_iter();
    let answers = join_all(ready.map(|(mut browser, review)| async move { browser.place(&review).await })).await;
    assert_eq!(answers.iter().filter(|page| page.path.starts_with("/orders/")).count(), 1);
    assert_eq!(shop.uses("welcome").await, 1);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_code_for_businesses_counts_with_a_vat_number() {
    let shop = shop_for("business").await;
    let said = "That code is for businesses, and counts once the checkout knows your VAT number.";
    let (mut private, mut business) = (shop.browser(), shop.browser());
    for browser in [&mut private, &mut business] {
        browser.put_into_cart("walnut-desk-lamp", "1").await;
        browser.apply_coupon(CODE).await.says(&["is kept with your cart", said]);
    }
    check_out_as(&mut private, "ada@example.com").await.says(&[said, "Place order, £28.45"]);
    let review = check_out_with(&mut business, &[("vat_number", "GB980780684")]).await;
    review.says(&["Welcome −£2.45", "Place order, £26.00"]);
    business.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    assert_eq!(shop.uses("welcome").await, 1);
}
