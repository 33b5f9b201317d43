//! An account: opened, signed in to, changed, and removed.

use std::collections::BTreeSet;

use futures::future::join_all;

use crate::support::account::{
    ADDRESS, CHANGE_EMAIL, CONFIRM_EMAIL, DEFAULT_ADDRESS, DELETE, PASSWORD, REGISTER, REMOVE_ADDRESS, RENAME, SIGN_IN,
};
use crate::support::purchase::{ADA, CONTACT, PAYS};
use crate::support::{Browser, Page, Shop, feed};

pub(super) const ADA_EMAIL: &str = "ada@example.com";

pub(super) async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

#[tokio::test]
async fn an_account_is_opened_by_a_letter_and_signed_in_to() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let opened = browser.register(&shop, "Ada@Example.com", "Ada Lovelace").await;
    opened.is(200).says(&["Good day, Ada", "Your account is open"]);
    assert_eq!(opened.header("cache-control"), Some("no-store"));
    assert_eq!((opened.header("etag"), opened.meta("robots").as_deref()), (None, Some("noindex")));
    browser.open("/").await.says(&["Your account: Ada"]);
    let letter = shop.last_letter("Ada@Example.com");
    assert!(letter.subject.contains("Open your account"), "{letter:?}");

    browser.sign_out().await.is(200).says(&["New here?"]);
    let front = browser.open("/").await;
    front.says(&["Sign in"]);
    front.does_not_say("Ada");
    let page = browser.get("/account").await;
    assert_eq!(page.is(302).location(), "/account/sign-in?next=%2Faccount");
    browser.sign_in("ADA@example.com", PASSWORD).await.is(200).says(&["Good day, Ada"]);
}

#[tokio::test]
async fn a_link_works_once_and_looking_at_it_spends_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.ask_for_link("/account/register", ADA_EMAIL).await;
    let link = shop.last_letter(ADA_EMAIL).link();
    let mut scanner = shop.browser();
    scanner.open(&link).await.is(200).says(&["Open your account"]);
    let form = browser.open(&link).await.form(REGISTER);
    for (name, password, words) in [
        (" ", PASSWORD, "Please tell us what to call you"),
        ("Ada", "too short", "at least 10 characters"),
        ("Ada", "password123", "first passwords that anybody would try"),
        ("Ada", ADA_EMAIL, "first passwords that anybody would try"),
    ] {
        let refused = browser.submit(&form.clone().with("name", name).with("password", password)).await;
        refused.is(200).says(&[words]);
        let again = refused.form(REGISTER);
        assert_eq!(again.field("name").map(str::trim), Some(name.trim()));
        assert_eq!(again.field("password"), Some(""), "a password is never sent back");
    }
    let two = [browser.clone(), scanner.clone()].map(|mut browser| {
        let form = form.clone().with("name", "Ada").with("password", PASSWORD);
        async move { browser.submit(&form).await }
    });
    let opened = join_all(two).await.iter().filter(|page| page.path.starts_with("/account?")).count();
    assert_eq!(opened, 1, "of two who use a link at once, one gets it");
    scanner.open(&link).await.is(200).says(&["This link does not work any more"]);
    for nonsense in ["/account/link", "/account/link?token=", "/account/link?token=00"] {
        scanner.open(nonsense).await.is(200).says(&["This link does not work any more"]);
    }
}

#[tokio::test]
async fn nobody_learns_whether_there_is_an_account() {
    let shop = shop().await;
    shop.member(ADA_EMAIL, "Ada Lovelace").await;
    for (page, known, unknown) in [
        ("/account/register", "You have an account", "Open your account"),
        ("/account/forgotten", "Choose a new password", "You have no account"),
    ] {
        let mut stranger = shop.browser();
        let answers = [
            stranger.ask_for_link(page, ADA_EMAIL).await.text().replace(ADA_EMAIL, "…"),
            stranger.ask_for_link(page, "eve@example.com").await.text().replace("eve@example.com", "…"),
        ];
        assert_eq!(answers[0], answers[1]);
        assert!(shop.last_letter(ADA_EMAIL).subject.contains(known), "{:?}", shop.last_letter(ADA_EMAIL));
        assert!(shop.last_letter("eve@example.com").subject.contains(unknown));
    }
    let mut stranger = shop.browser();
    let mut answers = BTreeSet::new();
    for (email, password) in [
        (ADA_EMAIL, "not the right words"),
        ("nobody@example.com", "not the right words"),
        (ADA_EMAIL, "short"),
        ("nonsense", PASSWORD),
    ] {
        let refused = stranger.sign_in(email, password).await;
        assert_eq!(refused.form(SIGN_IN).field("email"), Some(email), "what was typed is kept");
        assert_eq!(refused.form(SIGN_IN).field("password"), Some(""));
        assert!(!refused.path.contains("example"), "{}", refused.path);
        answers.insert(refused.is(200).text());
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(answers.first().unwrap().contains("don't belong together"), "{answers:?}");
}

#[tokio::test]
async fn name_and_e_mail_address_are_changed_by_who_knows_the_password() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let form = ada.open("/account/settings").await.form(RENAME);
    assert_eq!(form.field("name"), Some("Ada Lovelace"));
    ada.submit(&form.clone().with("name", " ")).await.says(&["Please tell us what to call you"]);
    ada.submit(&form.with("name", "Countess Lovelace")).await.says(&["Your name is changed."]);
    ada.open("/").await.says(&["Your account: Countess"]);

    shop.member("eve@example.com", "Eve").await;
    let form = ada.open("/account/settings").await.form(CHANGE_EMAIL);
    let change = |email: &str, password: &str| form.clone().with("new_email", email).with("email_password", password);
    let refused = ada.submit(&change("countess@example.com", "not the right words")).await;
    refused.says(&["That is not your password."]);
    assert_eq!(refused.form(CHANGE_EMAIL).field("new_email"), Some("countess@example.com"));
    ada.submit(&change("nonsense", PASSWORD)).await.says(&["An e-mail address looks like"]);
    let taken = ada.submit(&change("eve@example.com", PASSWORD)).await;
    taken.says(&["We sent a letter to eve@example.com."]);
    assert!(!shop.last_letter("eve@example.com").text.contains("token="));
    let sent = ada.submit(&change("countess@example.com", PASSWORD)).await;
    sent.says(&["We sent a letter to countess@example.com."]);
    assert_eq!(sent.text().replace("countess@", "…"), taken.text().replace("eve@", "…"));
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Countess"]);

    let link = shop.last_letter("countess@example.com").link();
    let form = ada.open(&link).await.form(CONFIRM_EMAIL);
    let mut mailbox = shop.browser();
    let leads_back = |page: &Page| page.path.starts_with("/account/sign-in?next=%2Faccount%2Flink%3Ftoken%3D");
    assert!(leads_back(&mailbox.open(&link).await), "the link alone proves nobody's account");
    assert!(leads_back(&mailbox.submit(&form).await));
    // Who has the new address, and an account of their own, does not give it away by a click.
    let mut eve = shop.browser();
    eve.sign_in("eve@example.com", PASSWORD).await.is(200);
    let form = eve.open(&link).await.form(CONFIRM_EMAIL);
    eve.submit(&form).await.says(&["Another account asked for this address"]);
    let form = ada.open(&link).await.form(CONFIRM_EMAIL);
    ada.submit(&form).await.is(200).says(&["countess@example.com"]);
    mailbox.sign_in(ADA_EMAIL, PASSWORD).await.says(&["don't belong together"]);
    mailbox.sign_in("countess@example.com", PASSWORD).await.says(&["Good day, Countess"]);
    assert!(shop.last_letter(ADA_EMAIL).subject.contains("was changed"), "the old address is told");
}

async fn add_address(browser: &mut Browser, line1: &str) {
    let form = browser.open("/account/addresses/new").await.form(ADDRESS);
    let form = ADA[1..].iter().fold(form, |form, (name, value)| form.with(name, value));
    let page = browser.submit(&form.with("line1", line1)).await;
    page.is(200).says(&[line1]);
    assert_eq!(page.path, "/account/addresses");
}

#[tokio::test]
async fn the_checkout_begins_with_the_address_book() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    ada.put_into_cart("walnut-desk-lamp", "1").await;
    let form = ada.open("/checkout/address").await.form(CONTACT);
    assert_eq!((form.field("email"), form.field("name")), (Some(ADA_EMAIL), Some("Ada Lovelace")));

    let form = ada.open("/account/addresses/new").await.form(ADDRESS);
    let refused = ada.submit(&form.with("line1", "1 Mill Lane").with("postcode", "nonsense")).await;
    refused.is(200).says(&["fields need your attention", "Postcode must look like SW1A 1AA", "Town or city is needed"]);
    assert_eq!(refused.form(ADDRESS).field("line1"), Some("1 Mill Lane"), "nothing typed is lost");
    add_address(&mut ada, "1 Mill Lane").await;
    assert_eq!(ada.open("/account/addresses/new").await.form(ADDRESS).field("line1"), Some(""));
    add_address(&mut ada, "2 Mill Lane").await;
    let page = ada.open("/checkout/address").await;
    let forms = page.forms(CONTACT);
    let lines: Vec<_> = forms.iter().map(|form| form.field("line1").unwrap()).collect();
    assert_eq!(lines, ["1 Mill Lane", "2 Mill Lane", "1 Mill Lane"], "two to choose from, and the form");
    assert_eq!(ada.submit(&forms[1]).await.is(200).path, "/checkout/delivery");
    assert_eq!(ada.open("/checkout/address").await.forms(CONTACT)[2].field("line1"), Some("2 Mill Lane"));

    let form = ada.open("/account/addresses").await.form(DEFAULT_ADDRESS);
    ada.submit(&form).await.is(200);
    let page = ada.open("/account/addresses").await;
    let (first, removals) = (page.links("/account/addresses/").remove(0), page.forms(REMOVE_ADDRESS));
    let form = ada.open(&first).await.form(ADDRESS);
    assert_eq!(form.field("line1"), Some("2 Mill Lane"), "the default one is the first");
    ada.submit(&form.with("line1", "3 Mill Lane")).await.says(&["3 Mill Lane"]);
    let page = ada.submit(&removals[0]).await;
    page.says(&["1 Mill Lane", "The checkout begins here"]);
    page.does_not_say("3 Mill Lane");

    for place in 0..19 {
        add_address(&mut ada, &format!("{place} Long Road")).await;
    }
    ada.open("/account/addresses").await.says(&["is full"]);
    let form = ada.open("/account/addresses/new").await.form(ADDRESS);
    let form = ADA[1..].iter().fold(form, |form, (name, value)| form.with(name, value));
    ada.submit(&form).await.says(&["An address book holds 20 addresses"]);
}

#[tokio::test]
async fn an_account_is_taken_along_and_removed() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    add_address(&mut ada, "1 Mill Lane").await;
    let review = ada.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let order = ada.place(&review).await;
    let export = ada.get("/account/export").await;
    assert_eq!(export.is(200).header("cache-control"), Some("no-store"));
    assert!(export.header("content-disposition").unwrap().contains("account.json"));
    let data: serde_json::Value = serde_json::from_str(&export.html).unwrap();
    assert_eq!(data["account"]["email"], ADA_EMAIL);
    assert_eq!(data["addresses"][0]["recipient"]["address"]["line1"], "1 Mill Lane");
    assert_eq!(data["orders"][0]["order"]["lines"][0]["title"], "Walnut desk lamp");
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(data["typed_in_checkout"]["line1"], data["orders"][0]["order"]["contact"]["address"]["line1"]);
    assert!(data["cart"]["lines"].is_array() && data["not_interested_in"].is_array(), "{data}");
    assert!(!export.html.contains("argon2"));
    assert!(shop.browser().get("/account/export").await.status.is_redirection());

    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.clone().with("deletion_password", "not the right words"))
        .await
        .says(&["That is not your password."]);
    let gone = ada.submit(&form.with("deletion_password", PASSWORD)).await;
    gone.is(200).says(&["Your account is removed"]);
    ada.get("/account").await.is(302);
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["don't belong together"]);
    let number = crate::support::purchase::number_on(&order);
    shop.browser().look_up(&number, ADA_EMAIL).await.is(200).says(&["Walnut desk lamp"]);
    let kept = shop.account_rows().await;
    assert!(kept.iter().all(|(_, rows)| *rows == 0), "{kept:?}");
    // Opened again, it is a new one, which claims the order by its proved address.
    let mut again = shop.member(ADA_EMAIL, "Ada Byron").await;
    again.open("/account/addresses").await.does_not_say("1 Mill Lane");
    again.open("/account/orders").await.says(&[&number]);
}

#[tokio::test]
async fn an_operator_is_made_on_the_command_line() {
    let shop = shop().await;
    let made = shop.operators(&["add", "olga@example.com"]).await.went_well();
    let password = made.stdout.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap().to_owned();
    let mut olga = shop.browser();
    olga.sign_in("olga@example.com", &password).await.says(&["Good day, Operator"]);
    assert_eq!(shop.operators(&["list"]).await.went_well().stdout, "olga@example.com\n");
    let again = shop.operators(&["add", "olga@example.com"]).await.went_well();
    assert!(!again.stdout.contains(&password), "a password is printed once");
    assert!(again.stdout.contains("with a new password"));
    olga.get("/account").await.is(302);
    shop.operators(&["remove", "olga@example.com"]).await.went_well();
    shop.operators(&["remove", "olga@example.com"]).await.refused_with(&["olga@example.com is no operator"]);
    shop.operators(&["add", "nonsense"]).await.refused_with(&["must look like ada@example.com"]);
}
