//! Codes of an app, after the password.

use std::collections::BTreeSet;

use futures::future::join_all;

use super::account::{ADA_EMAIL, shop};
use crate::support::account::{
    BEGIN_CODES, CODES_OFF, CODES_ON, DELETE, PASSWORD, RENEW_RECOVERY, RESET, SIGN_IN, TYPE_CODE,
};
use crate::support::totp::{App, recovery_codes};
use crate::support::{Browser, Page, Shop};

const WRONG: &str = "That code is not right, or was used already";

/// Types a code on the page that asks for it.
async fn type_code(browser: &mut Browser, page: &Page, code: &str) -> Page {
    browser.submit(&page.form(TYPE_CODE).with("code", code)).await
}

/// Comes as far as the right password leads.
async fn come_to_code(shop: &Shop) -> (Browser, Page) {
    let mut browser = shop.browser();
    let page = browser.sign_in(ADA_EMAIL, PASSWORD).await;
    page.is(200).says(&["Code of your app"]);
    assert_eq!(page.path, "/account/sign-in/code");
    (browser, page)
}

#[tokio::test]
async fn an_account_asks_for_a_code_after_the_password() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let page = ada.open("/account/security").await;
    page.says(&["Codes are off."]);
    let form = page.form(BEGIN_CODES);
    ada.submit(&form.clone().with("codes_password", "not the right words")).await.says(&["That is not your password."]);
    let page = ada.submit(&form.with("codes_password", PASSWORD)).await;
    page.is(200).says(&["Scan this picture", "Or type the key"]);
    assert!(page.html.contains("<svg") && page.header("cache-control") == Some("no-store"));
    ada.submit(&page.form(CODES_ON).with("code", "nonsense")).await.says(&[WRONG]);
    // Nothing is asked for before the app has the key.
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);

    let app = App::with_key_on(&page);
    let used = app.now();
    let page = ada.submit(&page.form(CODES_ON).with("code", &used)).await;
    page.is(200).says(&["Your recovery codes", "Codes are on."]);
    assert_eq!(recovery_codes(&page).iter().collect::<BTreeSet<_>>().len(), 10);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let file = page.links("data:text/plain").remove(0);
    assert!(recovery_codes(&page).iter().all(|code| file.contains(code)), "{file}");
    assert!(shop.last_letter(ADA_EMAIL).subject.contains("Codes are on"));
    let again = ada.open("/account/security/codes").await;
    again.says(&["Codes are on. You have 10 recovery codes left."]);
    assert_eq!(again.path, "/account/security", "recovery codes are shown once");

    let (mut laptop, page) = come_to_code(&shop).await;
    laptop.get("/account").await.is(302);
    type_code(&mut laptop, &page, &used).await.says(&[WRONG]);
    type_code(&mut laptop, &page, &app.ahead(1)).await.says(&["Good day, Ada"]);
    // The page has nothing to ask any more.
    assert_eq!(shop.browser().get("/account/sign-in/code").await.is(302).location(), "/account/sign-in");
}

#[tokio::test]
async fn the_key_of_an_app_can_be_taken_over_for_half_an_hour() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let form = ada.open("/account/security").await.form(BEGIN_CODES);
    ada.submit(&form.with("codes_password", PASSWORD)).await.says(&["Or type the key"]);
    let minutes = |count: i64| format!("UPDATE account_totp SET made_ms = made_ms - {}", count * 60_000);
    shop.change_books(minutes(29).leak()).await;
    let page = ada.open("/account/security/codes").await;
    page.says(&["Or type the key"]);
    shop.change_books(minutes(1).leak()).await;
    assert_eq!(ada.open("/account/security/codes").await.path, "/account/security");
    ada.submit(&page.form(CODES_ON).with("code", &App::with_key_on(&page).now())).await.says(&["Codes are off."]);
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn a_code_leads_to_the_page_that_asked_for_the_sign_in() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (app, _) = ada.turn_codes_on().await;
    let mut laptop = shop.browser();
    laptop.put_into_cart("walnut-desk-lamp", "2").await;
    let form = laptop.open("/account/orders").await.form(SIGN_IN);
    let page = laptop.submit(&form.with("email", ADA_EMAIL).with("password", PASSWORD)).await;
    let refused = type_code(&mut laptop, &page, "000 000").await;
    refused.says(&[WRONG]);
    let inside = type_code(&mut laptop, &refused, &app.ahead(1)).await;
    assert_eq!(inside.is(200).path, "/account/orders");
    laptop.open("/cart").await.says(&["Walnut desk lamp"]);
}

#[tokio::test]
async fn a_code_and_a_recovery_code_are_good_once() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (app, page) = ada.turn_codes_on().await;
    let recovery = recovery_codes(&page);
    for code in [app.ahead(1), recovery[0].to_lowercase()] {
        let mut comers = Vec::new();
        for _ in 0..3 {
            comers.push(come_to_code(&shop).await);
        }
        let answers = comers.iter_mut().map(|(browser, page)| {
            let code = code.clone();
            async move { type_code(browser, page, &code).await.text() }
        });
        let answers = join_all(answers).await;
        let inside = answers.iter().filter(|answer| answer.contains("Good day, Ada")).count();
        let refused = answers.iter().filter(|answer| answer.contains(WRONG)).count();
        assert_eq!((inside, refused), (1, 2), "{answers:?}");
    }
    let letter = shop.last_letter(ADA_EMAIL);
    assert!(letter.subject.contains("A recovery code was used") && letter.text.contains("9 left"), "{letter:?}");

    let form = ada.open("/account/security").await.form(RENEW_RECOVERY);
    ada.submit(&form.clone().with("renewal_password", "not the right words"))
        .await
        .says(&["That is not your password."]);
    let page = ada.submit(&form.with("renewal_password", PASSWORD)).await;
    page.is(200).says(&["You have new recovery codes."]);
    let renewed = recovery_codes(&page);
    let (mut laptop, page) = come_to_code(&shop).await;
    type_code(&mut laptop, &page, &recovery[1]).await.says(&[WRONG]);
    type_code(&mut laptop, &page, &renewed[0]).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn codes_can_be_guessed_at_ten_times_only() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (_, page) = ada.turn_codes_on().await;
    let recovery = recovery_codes(&page);
    for _ in 0..2 {
        // Knowing the password forgets no guesses.
        let (mut guesser, page) = come_to_code(&shop).await;
        for _ in 0..5 {
            type_code(&mut guesser, &page, "AAAA-AAAA-AAAA-AAAA").await.says(&[WRONG]);
        }
    }
    let (mut guesser, page) = come_to_code(&shop).await;
    type_code(&mut guesser, &page, &recovery[0]).await.says(&["tried too often; please wait"]);
}

#[tokio::test]
async fn a_right_password_alone_is_no_session_and_does_not_last() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (app, _) = ada.turn_codes_on().await;
    let (mut laptop, page) = come_to_code(&shop).await;
    let token = laptop.cookie("half_signed_in").unwrap().to_owned();
    let mut thief = shop.browser();
    thief.set_cookie("session", &token);
    thief.get("/account").await.is(302);

    shop.change_books("UPDATE account_half_signed_in SET until_ms = 0").await;
    let late = type_code(&mut laptop, &page, &app.ahead(1)).await;
    late.says(&["That took too long; please sign in again."]);
    assert!(late.path.starts_with("/account/sign-in?"), "{}", late.path);

    // A letter proves no more than a password does.
    let (mut laptop, _) = come_to_code(&shop).await;
    let mut mailbox = shop.browser();
    mailbox.ask_for_link("/account/forgotten", ADA_EMAIL).await;
    let form = mailbox.open(&shop.last_letter(ADA_EMAIL).link()).await.form(RESET);
    let page = mailbox.submit(&form.with("password", "four other plain words")).await;
    page.says(&["Code of your app"]);
    mailbox.get("/account").await.is(302);
    // Whoever came in by the old password begins again.
    laptop.get("/account/sign-in/code").await.is(302);
    type_code(&mut mailbox, &page, &app.ahead(1)).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn codes_are_turned_off_taken_along_and_removed() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (_, page) = ada.turn_codes_on().await;
    let export = ada.get("/account/export").await.html;
    let data: serde_json::Value = serde_json::from_str(&export).unwrap();
    assert_eq!(data["asks_for_codes"], true);
    assert!(recovery_codes(&page).iter().all(|code| !export.contains(code)));
    let form = ada.open("/account/security").await.form(CODES_OFF);
    ada.submit(&form.clone().with("off_password", "not the right words")).await.says(&["That is not your password."]);
    ada.submit(&form.with("off_password", PASSWORD)).await.says(&["Your account asks for no codes any more."]);
    assert!(shop.last_letter(ADA_EMAIL).subject.contains("Codes are off"));
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);

    ada.turn_codes_on().await;
    come_to_code(&shop).await;
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.says(&["Your account is removed"]);
    let kept = shop.account_rows().await;
    assert!(kept.iter().all(|(_, rows)| *rows == 0), "{kept:?}");
}

#[tokio::test]
async fn no_key_is_logged_and_no_recovery_code_is_kept() {
    let mut shop = shop().await;
    shop.close().await;
    shop.open_in(&[("CARTOGRAPH_LOG", "info,server=trace,tower_http=trace,app=trace")]).await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let (app, page) = ada.turn_codes_on().await;
    let recovery = recovery_codes(&page);
    let (mut laptop, page) = come_to_code(&shop).await;
    type_code(&mut laptop, &page, &recovery[0]).await.says(&["Good day, Ada"]);
    let log = shop.log();
    assert!(log.contains("/account/sign-in/code") && !log.contains(&app.key), "{log}");
    let written = std::fs::read(shop.data().join("store.sqlite")).unwrap();
    let waiting = std::fs::read(shop.data().join("store.sqlite-wal")).unwrap_or_default();
    let kept = String::from_utf8_lossy(&[written, waiting].concat()).into_owned();
    for code in recovery.iter().flat_map(|code| [code.clone(), code.replace('-', "")]) {
        assert!(!log.contains(&code) && !kept.contains(&code), "{code} is in the log or in the database");
    }
}

#[tokio::test]
async fn an_operator_who_lost_the_app_is_let_in_by_the_command_line() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    ada.turn_codes_on().await;
    let made = shop.operators(&["add", ADA_EMAIL]).await.went_well();
    let password = made.stdout.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    shop.browser().sign_in(ADA_EMAIL, password).await.says(&["Good day, Ada"]);
}
