//! What those who run the store do for somebody who lost the app and the recovery codes.

use super::account::{ADA_EMAIL, shop};
use crate::support::account::{CODES_OFF_FOR, FIND_ACCOUNT, PASSWORD};
use crate::support::html::Form;
use crate::support::{Browser, Page, Shop};

const ACCOUNTS: &str = "/operator/accounts";
const WHY: &str = "Named the two lamps of the last order";

/// Somebody who runs the store, with their password.
async fn olga(shop: &Shop) -> (Browser, String) {
    let made = shop.operators(&["add", "olga@example.com"]).await.went_well().stdout;
    let password = made.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap().to_owned();
    let mut browser = shop.browser();
    browser.sign_in("olga@example.com", &password).await.is(200);
    (browser, password)
}

async fn find(operator: &mut Browser, email: &str) -> Page {
    let form = operator.open(ACCOUNTS).await.form(FIND_ACCOUNT);
    operator.submit(&form.with("email", email)).await
}

fn confirmed(form: &Form, why: &str, password: &str) -> Form {
    form.clone().with("reason", why).with("operator_password", password)
}

async fn is_asked_for_a_code(shop: &Shop, email: &str) {
    shop.browser().sign_in(email, PASSWORD).await.says(&["Code of your app"]);
}

#[tokio::test]
async fn an_operator_lets_in_who_lost_the_app_and_the_recovery_codes() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    ada.turn_codes_on().await;
    let mut laptop = shop.browser();
    let page = laptop.sign_in(ADA_EMAIL, PASSWORD).await;
    page.says(&["Lost your app and your recovery codes?"]);
    assert_eq!(page.links("/help/contact#"), ["/help/contact#lost-codes"]);
    laptop.open("/help/contact").await.says(&["If you lost your app and your recovery codes"]);

    let (mut olga, password) = olga(&shop).await;
    let refused = find(&mut olga, "nobody@example.com").await;
    refused.says(&["There is no account with that e-mail address."]);
    assert_eq!(refused.form(FIND_ACCOUNT).field("email"), Some("nobody@example.com"), "what was typed is kept");
    find(&mut olga, "nonsense").await.says(&["An e-mail address looks like ada@example.com"]);
    let page = find(&mut olga, "ADA@example.com").await;
    page.is(200).says(&["Account of Ada Lovelace", "Asked for after the password"]);
    assert!(!page.path.contains('@') && page.header("cache-control") == Some("no-store"), "{}", page.path);

    let form = page.form(CODES_OFF_FOR);
    olga.submit(&confirmed(&form, " ", &password)).await.says(&["Please say how you made sure who it is"]);
    olga.submit(&confirmed(&form, &"x".repeat(201), &password)).await.says(&["in at most 200 characters"]);
    let refused = olga.submit(&confirmed(&form, WHY, PASSWORD)).await;
    refused.says(&["That is not your password."]);
    assert_eq!(refused.form(CODES_OFF_FOR).field("reason"), Some(WHY), "what was typed is kept");
    is_asked_for_a_code(&shop, ADA_EMAIL).await;
    ada.open("/account").await.says(&["Good day, Ada"]);

    let page = olga.submit(&confirmed(&form, WHY, &password)).await;
    page.is(200).says(&["asks for no codes any more", "Not asked for", "olga@example.com", WHY]);
    assert!(page.forms(CODES_OFF_FOR).is_empty());
    olga.open("/operator/sagas").await.says(&["Turned off the codes of the account", WHY]);
    olga.submit(&confirmed(&form, WHY, &password)).await.says(&["This account asks for no codes."]);

    // Whoever was in is out, and so is who was on the way in; the owner hears of it, and the password is enough.
    ada.get("/account").await.is(302);
    laptop.get("/account/sign-in/code").await.is(302);
    let letter = shop.last_letter(ADA_EMAIL);
    assert!(letter.subject.contains("We turned off your codes"), "{letter:?}");
    assert!(letter.text.contains("If it was not you") && letter.text.contains("/account/forgotten"), "{letter:?}");
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn codes_are_turned_off_by_operators_alone_and_not_those_of_operators() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    ada.turn_codes_on().await;
    let (mut olga, password) = olga(&shop).await;
    let form = confirmed(&find(&mut olga, ADA_EMAIL).await.form(CODES_OFF_FOR), WHY, PASSWORD);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    eve.submit(&form).await.is(403).says(&["This page is for those who run the store"]);
    let answer = eve.post(FIND_ACCOUNT, &[("email", ADA_EMAIL)]).await;
    let answer = eve.go_on(answer).await;
    answer.is(403);
    assert!(
        answer.path.starts_with("/operator/accounts?"),
        "nobody else learns whose account is whose: {}",
        answer.path
    );
    let mut stranger = shop.browser();
    stranger.submit(&form).await.says(&["Please sign in to go on."]);
    is_asked_for_a_code(&shop, ADA_EMAIL).await;

    // Operators would let each other into everything.
    shop.change_books("UPDATE accounts SET role = 'operator' WHERE email_key = 'ada@example.com'").await;
    let page = find(&mut olga, ADA_EMAIL).await;
    page.says(&["This account runs the store"]);
    assert!(page.forms(CODES_OFF_FOR).is_empty());
    let refused = olga.submit(&form.with("operator_password", &password)).await;
    refused.says(&["its codes are turned off on the command line alone"]);
    is_asked_for_a_code(&shop, ADA_EMAIL).await;
    let unknown = olga.open(&format!("{ACCOUNTS}/0197b2c4-d5e6-7f80-91a2-b3c4d5e6f708")).await;
    unknown.is(404);
}
