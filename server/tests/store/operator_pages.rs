//! The pages of those who run the store, and who sees them.

use crate::support::account::SIGN_IN;
use crate::support::{Shop, feed};

const PAGES: [&str; 14] = [
    "/operator",
    "/operator/orders",
    "/operator/stock",
    "/operator/stock/skus/LAMP",
    "/operator/stock/counts",
    "/operator/stock/locations",
    "/operator/stock/locations/new",
    "/operator/sagas",
    "/operator/ledger",
    "/operator/letters",
    "/operator/searches",
    "/operator/reviews",
    "/operator/graph",
    "/operator/faults",
];

#[tokio::test]
async fn the_pages_are_for_those_who_run_the_store_alone() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut stranger = shop.browser();
    let mut customer = shop.member("ada@example.com", "Ada Lovelace").await;
    customer.open("/account").await.is(200).does_not_say("Run the store");
    let mut operator = shop.operator("olga@example.com").await;
    operator.open("/account").await.is(200).says(&["Run the store"]);
    for path in PAGES {
        let answer = stranger.get(path).await;
        answer.is(302);
        assert_eq!(answer.location(), format!("/account/sign-in?next={}", path.replace('/', "%2F")), "{path}");
        let answer = customer.get(path).await;
        answer.is(403).says(&["This page is for those who run the store"]);
        answer.does_not_say("Operators");
        let answer = operator.get(path).await;
        answer.is(200).says(&["Operators", "To the store"]);
        assert_eq!(answer.meta("robots").as_deref(), Some("noindex"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.count_of("h1"), 1, "{path}");
    }
}

#[tokio::test]
async fn the_sign_in_leads_to_the_page_that_was_asked_for() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let made = shop.operators(&["add", "olga@example.com"]).await.went_well().stdout;
    let password = made.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    let mut browser = shop.browser();
    let form = browser.open("/operator").await.form(SIGN_IN);
    let page = browser.submit(&form.with("email", "olga@example.com").with("password", password)).await;
    assert_eq!(page.path, "/operator");
    page.is(200).says(&["Running Cartograph", "The embedded sandbox takes test cards"]);
    // Who runs the store no more is signed out with it.
    shop.operators(&["remove", "olga@example.com"]).await.went_well();
    assert_eq!(browser.open("/operator").await.path, "/account/sign-in?next=%2Foperator");
}
