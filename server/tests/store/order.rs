//! The order page, and how a guest finds it again.

use crate::support::purchase::{LOOK_UP, number_on};
use crate::support::{Page, Shop, feed};

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

#[tokio::test]
async fn an_order_is_found_by_its_number_and_its_e_mail_address() {
    let shop = shop().await;
    let number = number_on(&shop.browser().buy("walnut-desk-lamp", "1").await);
    let bare = number.replace('-', "").to_lowercase();
    for (number, email) in [
        (number.as_str(), "ada@example.com"),
        (number.as_str(), "ADA@Example.COM"),
        (bare.as_str(), " ada@example.com "),
    ] {
        let found = shop.browser().look_up(number, email).await;
        found.is(200).says(&["Walnut desk lamp", "£28.45", "Payment authorised", "ada@example.com"]);
        assert!(!found.path.contains("example"), "an e-mail address stays out of addresses: {}", found.path);
        assert_eq!(found.header("cache-control"), Some("no-store"));
        assert_eq!(found.meta("robots").as_deref(), Some("noindex"));
    }
}

#[tokio::test]
async fn a_wrong_number_and_a_wrong_e_mail_address_are_answered_alike() {
    let shop = shop().await;
    let number = number_on(&shop.browser().buy("walnut-desk-lamp", "1").await);
    let mut answers = Vec::new();
    for (number, email) in [
        (number.as_str(), "eve@example.com"),
        ("CG-00000-00000", "ada@example.com"),
        ("nonsense", "ada@example.com"),
        (number.as_str(), "nonsense"),
        ("", ""),
    ] {
        let refused = shop.browser().look_up(number, email).await;
        refused.is(200).says(&["We have no such order"]);
        assert_eq!(refused.form(LOOK_UP).field("number"), Some(number), "the number is kept");
        assert_eq!(refused.form(LOOK_UP).field("email"), Some(email), "the e-mail address is kept");
        assert!(!refused.path.contains("example"), "and stays out of addresses: {}", refused.path);
        answers.push(refused.text());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_confirmation_says_where_its_letter_goes_and_a_status_when_each_step_was() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let confirmation = browser.buy("walnut-desk-lamp", "1").await;
    confirmation.is(200).says(&["A letter about it goes to ada@example.com", "Cartograph"]);
    confirmation.does_not_say("released");
    let status = browser.follow_order(&confirmation).await;
    assert_eq!(status.html.matches("<time").count(), 2, "placed and authorised: {}", status.text());
    status.says(&[" UTC"]);
}

#[tokio::test]
async fn an_order_is_shown_to_nobody_without_its_access() {
    let shop = shop().await;
    let mine = shop.browser().buy("walnut-desk-lamp", "1").await;
    let theirs = shop.browser().buy("walnut-desk-lamp", "1").await;
    let number = number_on(&mine);
    let access = |page: &Page| page.path.split("access=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    assert_ne!(access(&mine), access(&theirs));
    let mut stranger = shop.browser();
    let wrong = [
        format!("/orders/{number}"),
        format!("/orders/{number}?access="),
        format!("/orders/{number}?access=nonsense"),
        format!("/orders/{number}?access={}", access(&theirs)),
        format!("/orders/CG-00000-00000?access={}", access(&mine)),
        "/orders/nonsense".to_owned(),
    ];
    for path in wrong {
        let page = stranger.open(&path).await;
        page.is(404).does_not_say("Ada");
    }
    stranger.open(&format!("/orders/{number}?access={}", access(&mine))).await.is(200).says(&["Walnut desk lamp"]);
}

#[tokio::test]
async fn an_order_stays_as_it_was_placed() {
    let mut shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy("walnut-desk-lamp", "1").await;
    shop.close().await;
    shop.import(&feed("id | title | price", &["LAMP | Another lamp | 99.00 GBP"])).await.went_well();
    shop.open().await;
    browser.follow(&shop);
    let page = browser.open(&order.path).await;
    page.is(200).says(&["Walnut desk lamp", "£28.45"]);
    page.does_not_say("Another lamp");
    page.does_not_say("£99.00");
}
