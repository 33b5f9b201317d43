//! The cart of an account: one on every device, and a guest's is brought along at sign-in, once.

use futures::future::join_all;
use reqwest::header::{ACCEPT, COOKIE};

use crate::support::account::{PASSWORD, SIGN_IN};
use crate::support::purchase::{ADD, CONTACT};
use crate::support::{Browser, Page, Shop, feed};

const ADA: &str = "ada@example.com";

async fn shop() -> Shop {
    let rows: Vec<String> = (1..=12).map(|n| format!("T{n} | Thing number {n} | {n}.00 GBP | 500")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    Shop::with_feed(&feed("id | title | price | quantity", &rows)).await
}

async fn add(browser: &mut Browser, sku: &str, quantity: &str) {
    browser.post(ADD, &[("sku", sku), ("quantity", quantity)]).await.is(302);
}

/// What the cart page says is in the cart: SKU and quantity, in order.
fn lines(page: &Page) -> Vec<(String, String)> {
    let forms = page.forms("/api/cart/lines/quantity");
    let field = |form: &crate::support::html::Form, name| form.field(name).unwrap_or_default().to_owned();
    forms.iter().map(|form| (field(form, "sku"), field(form, "quantity"))).collect()
}

fn line(sku: &str, quantity: &str) -> (String, String) {
    (sku.to_owned(), quantity.to_owned())
}

#[tokio::test]
async fn a_guests_cart_comes_along_once() {
    let shop = shop().await;
    let mut phone = shop.member(ADA, "Ada Lovelace").await;
    add(&mut phone, "T1", "2").await;
    let mut laptop = shop.browser();
    add(&mut laptop, "T2", "1").await;
    add(&mut laptop, "T1", "1").await;
    laptop.sign_in(ADA, PASSWORD).await.says(&["Good day"]);
    let merged = [line("T1", "3"), line("T2", "1")];
    for browser in [&mut phone, &mut laptop] {
        assert_eq!(lines(&browser.open("/cart").await), merged);
    }
    // Neither a second sign-in nor a sign-out brings anything twice.
    laptop.sign_out().await;
    assert!(lines(&laptop.open("/cart").await).is_empty());
    laptop.sign_in(ADA, PASSWORD).await;
    assert_eq!(lines(&laptop.open("/cart").await), merged);
    // What is added after the sign-out is a guest's, and comes along the next time.
    laptop.sign_out().await;
    add(&mut laptop, "T3", "1").await;
    assert_eq!(lines(&phone.open("/cart").await), merged);
    laptop.sign_in(ADA, PASSWORD).await;
    assert_eq!(lines(&phone.open("/cart").await), [line("T1", "3"), line("T2", "1"), line("T3", "1")]);
}

#[tokio::test]
async fn a_cart_does_not_follow_into_another_account() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    add(&mut ada, "T1", "2").await;
    shop.member("eve@example.com", "Eve").await;
    let fields = [("email", "eve@example.com"), ("password", PASSWORD)];
    ada.post(SIGN_IN, &fields).await.is(302);
    assert!(lines(&ada.open("/cart").await).is_empty());
    ada.sign_out().await;
    ada.sign_in(ADA, PASSWORD).await;
    assert_eq!(lines(&ada.open("/cart").await), [line("T1", "2")]);
}

#[tokio::test]
async fn devices_that_sign_in_together_lose_and_double_nothing() {
    let shop = shop().await;
    let mut first = shop.member(ADA, "Ada Lovelace").await;
    add(&mut first, "T1", "1").await;
    // Four devices with three lines each; each sends its sign-in twice at the same moment, as an
    // impatient finger does.
    let mut devices = Vec::new();
    for device in 0..4 {
        let mut browser = shop.browser();
        for sku in [1, device + 2, device + 3] {
            add(&mut browser, &format!("T{sku}"), "1").await;
        }
        devices.push(browser.clone());
        devices.push(browser);
    }
    let signing_in = devices.into_iter().map(|mut browser| async move {
        browser.post(SIGN_IN, &[("email", ADA), ("password", PASSWORD)]).await.is(302);
        browser
    });
    let devices = join_all(signing_in).await;
    let mut found = lines(&first.open("/cart").await);
    found.sort();
    let mut expected = vec![line("T1", "5"), line("T2", "1"), line("T6", "1")];
    expected.extend((3..6).map(|sku| line(&format!("T{sku}"), "2")));
    expected.sort();
    assert_eq!(found, expected);
    for mut browser in devices {
        browser.sign_out().await;
        assert!(lines(&browser.open("/cart").await).is_empty(), "nothing is left behind");
    }
}

#[tokio::test]
async fn an_address_that_a_guest_typed_is_not_typed_again() {
    let shop = shop().await;
    shop.member(ADA, "Ada Lovelace").await;
    let mut browser = shop.browser();
    add(&mut browser, "T1", "1").await;
    browser.give_address().await.is(200);
    browser.sign_in(ADA, PASSWORD).await;
    let form = browser.open("/checkout/address").await.form(CONTACT);
    assert_eq!(form.field("line1"), Some("12 St James's Square"));
    assert_eq!(browser.open("/checkout").await.path, "/checkout/delivery");
}

#[tokio::test]
async fn what_a_member_changes_does_not_go_astray_while_nobody_can_tell_who_they_are() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    add(&mut ada, "T1", "2").await;
    let guests = ada.cookie("cart").map(str::to_owned);
    shop.change_books("ALTER TABLE account_sessions RENAME TO sessions_away").await;
    // Pages go on, as for a guest.
    ada.open("/").await.is(200).does_not_say("Your account: Ada");
    let added = [("sku", "T2"), ("quantity", "1")];
    ada.post(ADD, &added).await.is(503).says(&["Please try again in a moment"]);
    assert_eq!(ada.cookie("cart"), guests.as_deref());
    assert!(lines(&ada.open("/cart").await).is_empty(), "nothing went to a guest's cart");
    let session = format!("session={}", ada.cookie("session").unwrap());
    let script = reqwest::Client::new().post(format!("{}{ADD}", shop.url())).form(&added);
    let heard = script.header(ACCEPT, "application/json").header(COOKIE, session).send().await.unwrap();
    assert_eq!((heard.status().as_u16(), heard.text().await.unwrap().as_str()), (503, "\"Unavailable\""));
    // Who has no session posts as ever.
    add(&mut shop.browser(), "T3", "1").await;
    shop.change_books("ALTER TABLE sessions_away RENAME TO account_sessions").await;
    assert_eq!(lines(&ada.open("/cart").await), [line("T1", "2")]);
    add(&mut ada, "T2", "1").await;
    assert_eq!(lines(&ada.open("/cart").await), [line("T1", "2"), line("T2", "1")]);
}
