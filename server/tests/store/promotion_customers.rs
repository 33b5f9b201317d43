//! Whose a promotion is: what one shopper may use is counted by account and by e-mail address.

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
    let form = browser.open("/checkout/address").await.forms(CONTACT).pop().expect("a form for the address");
    let form = ADA.iter().fold(form, |form, (name, value)| form.with(name, value)).with("email", email);
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
