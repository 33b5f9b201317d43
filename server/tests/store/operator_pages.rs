//! The pages of those who run the store, and who sees them.

use std::ffi::OsStr;

use domain::payment::gift_card::GIFT_CARDS_PER_PAGE;

use crate::support::account::SIGN_IN;
use crate::support::{Shop, feed};

const PAGES: [&str; 16] = [
    "/operator",
    "/operator/orders",
    "/operator/stock",
    "/operator/stock/skus/LAMP",
    "/operator/stock/counts",
    "/operator/stock/locations",
    "/operator/stock/locations/new",
    "/operator/sagas",
    "/operator/ledger",
    "/operator/gift-cards",
    "/operator/letters",
    "/operator/accounts",
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

#[tokio::test]
async fn gift_cards_are_listed_by_the_end_of_their_codes() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    let mut olga = shop.operator("olga@example.com").await;
    olga.open("/operator/gift-cards").await.is(200).says(&["No gift cards"]);
    let issue = async |count: usize| {
        let count = count.to_string();
        let arguments = ["gift-cards", "issue", "--amount", "50", "--currency", "GBP", "--count", &count];
        shop.run_on_data(&arguments.map(OsStr::new)).await.went_well().stdout
    };
    let codes = issue(GIFT_CARDS_PER_PAGE).await;
    let page = olga.open("/operator/gift-cards").await;
    page.does_not_say("Older gift cards");
    page.does_not_say("`");
    assert_eq!(page.text().matches("Unused £50.00 £50.00").count(), GIFT_CARDS_PER_PAGE);
    for code in codes.lines() {
        assert!(!page.html.contains(code), "nobody reads a code");
        page.says(&[&code[15..]]);
    }

    let code = issue(1).await.trim().to_owned();
    shop.run_on_data(&["gift-cards", "block", code.as_str()].map(OsStr::new)).await.went_well();
    let page = olga.open("/operator/gift-cards").await;
    page.says(&["Older gift cards", &format!("{} Blocked £50.00 £50.00", &code[15..])]);
    let older = olga.open(&page.links("/operator/gift-cards?older=")[0]).await;
    assert_eq!(older.text().matches("Unused £50.00").count(), 1);
    older.does_not_say("Blocked");
}
