//! One customer reaches nothing of another's, whatever id they put into whatever request.

use crate::support::account::{
    ADDRESS, BUY_AGAIN, CHANGE_PASSWORD, CLAIM, DEFAULT_ADDRESS, DELETE, END_SESSION, PASSWORD, REMOVE_ADDRESS,
};
use crate::support::purchase::{ADA, CANCEL, PAYS, number_on};
use crate::support::review::{JUDGE, REMOVE_POST};
use crate::support::wish_list::{
    ADD_WISH, MOVE_WISH, NOTE_WISH, REMOVE_LIST, REMOVE_WISH, RENAME_LIST, SHARE_LIST, STOP_SHARING,
};
use crate::support::{Browser, Page, Shop, feed};

/// What a customer has that others might name.
struct Belongings {
    browser: Browser,
    number: String,
    access: String,
    address: String,
    session: String,
    review: String,
    list: String,
}

async fn customer(shop: &Shop, email: &str, name: &str, street: &str) -> Belongings {
    let mut browser = shop.member(email, name).await;
    let form = browser.open("/account/addresses/new").await.form(ADDRESS);
    let form = ADA[1..].iter().fold(form, |form, (field, value)| form.with(field, value));
    browser.submit(&form.with("name", name).with("line1", street)).await.says(&[street]);
    let page = browser.open("/account/addresses").await;
    let address = page.form(REMOVE_ADDRESS).field("id").unwrap().to_owned();
    let session = browser.open("/account/sessions").await.form(END_SESSION).field("session").unwrap().to_owned();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let order = browser.place(&review).await;
    let number = number_on(&order);
    let access = order.path.split("access=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let page = browser.review("walnut-desk-lamp", "4", "Warm light", "It reads well enough.").await;
    let review = page.form(REMOVE_POST).field("id").unwrap().to_owned();
    let form = browser.open("/products/walnut-desk-lamp").await.form(ADD_WISH);
    let list = browser.submit(&form).await.form(SHARE_LIST).field("list").unwrap().to_owned();
    Belongings { browser, number, access, address, session, review, list }
}

/// Everything that an account shows its owner.
async fn look(browser: &mut Browser, number: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let order = format!("/orders/{number}");
    let list = browser.open("/account/lists").await.links("/account/lists/").remove(0);
    let pages =
        ["/account", "/account/orders", "/account/addresses", "/account/settings", "/products/walnut-desk-lamp"];
    for path in pages.into_iter().chain([order.as_str(), list.as_str()]) {
        let page = browser.open(path).await;
        seen.push(page.is(200).text());
    }
    seen
}

fn reveals_nothing(page: &Page) {
    for words in ["Ada", "1 Secret Street", "ada@"] {
        page.does_not_say(words);
    }
}

#[tokio::test]
async fn no_id_opens_what_is_somebody_elses() {
    let shop = Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await;
    // The order's contact is the same for both; what is Ada's alone are her name and her street.
    let mut ada = customer(&shop, "ada@owner.example", "Ada Owner", "1 Secret Street").await;
    let mut eve = customer(&shop, "eve@example.org", "Eve Stranger", "9 Other Road").await;
    let before = look(&mut ada.browser, &ada.number).await;
    let mut guest = shop.browser();

    for stranger in [&mut eve.browser, &mut guest] {
        for path in [
            format!("/orders/{}", ada.number),
            format!("/orders/{}?access={}", ada.number, eve.access),
            format!("/orders/{}/invoice.pdf", ada.number),
            format!("/orders/{}/invoice.pdf?access={}", ada.number, eve.access),
            format!("/operator/orders/{}/invoice.pdf", ada.number),
            format!("/account/addresses/{}", ada.address),
            format!("/account/lists/{}", ada.list),
            format!("/lists/{}", ada.list),
            format!("/account/orders?older={}", ada.number),
            format!("/account/orders?q={}", ada.number),
            format!("/account/export?account={}", ada.session),
        ] {
            let page = stranger.open(&path).await;
            let text = page.text().replace("Your account: Eve", "").replace(&ada.number, "");
            for words in ["Ada Owner", "1 Secret Street", "ada@owner", "Walnut desk lamp, "] {
                assert!(!text.contains(words), "{path} says {words}: {text}");
            }
            assert!(
                page.status == 404 || page.path.starts_with("/account"),
                "{path} is answered with {} at {}",
                page.status,
                page.path
            );
        }
        let mut forms: Vec<(&str, Vec<(&str, &str)>)> = vec![
            (REMOVE_ADDRESS, vec![("id", &ada.address)]),
            (DEFAULT_ADDRESS, vec![("id", &ada.address)]),
            (REMOVE_LIST, vec![("list", &ada.list)]),
            (RENAME_LIST, vec![("list", &ada.list), ("name", "Mine now")]),
            (SHARE_LIST, vec![("list", &ada.list)]),
            (STOP_SHARING, vec![("list", &ada.list)]),
            (ADD_WISH, vec![("list", &ada.list), ("sku", "LAMP")]),
            (REMOVE_WISH, vec![("list", &ada.list), ("sku", "LAMP")]),
            (NOTE_WISH, vec![("list", &ada.list), ("sku", "LAMP"), ("note", "Mine now")]),
            (MOVE_WISH, vec![("list", &ada.list), ("sku", "LAMP")]),
            (END_SESSION, vec![("session", &ada.session)]),
            (BUY_AGAIN, vec![("number", &ada.number)]),
            (CLAIM, vec![("number", &ada.number), ("access", &eve.access)]),
            (CANCEL, vec![("number", &ada.number), ("access", &eve.access)]),
            (CANCEL, vec![("number", &ada.number), ("access", "")]),
            (DELETE, vec![("deletion_password", "not the right words"), ("account", &ada.session)]),
            (CHANGE_PASSWORD, vec![("current_password", "not the right words"), ("new_password", PASSWORD)]),
        ];
        // Their reviews are for everybody to read, and nobody else's to remove.
        for (action, fields) in [
            (REMOVE_POST, vec![("product", "walnut-desk-lamp"), ("id", &*ada.review)]),
            (JUDGE, vec![("id", &*ada.review), ("why", "untrue")]),
        ] {
            stranger.post(action, &fields).await.is(302);
        }
        let mut change = vec![("id", ada.address.as_str()), ("default", "yes")];
        change.extend(ADA[1..].iter().filter(|(name, _)| *name != "line1"));
        change.push(("line1", "666 Evil Lane"));
        forms.push((ADDRESS, change));
        for (action, fields) in forms {
            let answer = stranger.post(action, &fields).await;
            let page = stranger.go_on(answer).await;
            reveals_nothing(&page);
        }
    }
    assert_eq!(look(&mut ada.browser, &ada.number).await, before, "nothing of hers has changed");
    ada.browser.open("/account/sessions").await.is(200).says(&["This device"]);
    eve.browser.open("/account/addresses").await.says(&["9 Other Road"]);
    // Her own ids still do what they should.
    let page = ada.browser.open(&format!("/account/addresses/{}", ada.address)).await;
    assert_eq!(page.form(ADDRESS).field("line1"), Some("1 Secret Street"));
    let cancelled = ada.browser.post(CANCEL, &[("number", ada.number.as_str()), ("access", &ada.access)]).await;
    cancelled.is(302);
}
