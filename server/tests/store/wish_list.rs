//! Wish lists: kept, noted, shared, taken back, moved to the cart.

use std::time::Duration;

use futures::future::join_all;

use crate::support::account::{DELETE, PASSWORD, SIGN_IN};
use crate::support::purchase::SET_QUANTITY;
use crate::support::wish_list::{
    ADD_WISH, MOVE_WISH, NOTE_WISH, OPEN_LIST, REMOVE_LIST, REMOVE_WISH, RENAME_LIST, SHARE_LIST, STOP_SHARING,
};
use crate::support::{Browser, Page, Shop, feed, until};

const LAMP: &str = "/products/walnut-desk-lamp";
const DEADLINE: Duration = Duration::from_secs(30);
const ADA: &str = "ada@example.com";

fn goods(lamp: &str) -> String {
    let lamp = format!("LAMP | Walnut desk lamp | {lamp} GBP");
    feed("id | title | price", &[lamp.as_str(), "STOOL | Oak stool | 61.00 GBP"])
}

async fn shop() -> Shop {
    Shop::with_feed(&goods("24.50")).await
}

/// Presses "Add to a list" on a product's page.
async fn wish(browser: &mut Browser, path: &str) -> Page {
    let form = browser.open(path).await.form(ADD_WISH);
    browser.submit(&form).await
}

fn list_of(page: &Page) -> String {
    page.path.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_a_guest_wished_for_is_on_the_list_after_the_sign_in() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ada.open("/account/lists").await.is(200).says(&["No lists yet"]);
    ada.sign_out().await;
    let door = wish(&mut ada, LAMP).await;
    assert!(door.path.starts_with("/account/sign-in?next="), "{}", door.path);
    let form = door.form(SIGN_IN).with("email", ADA).with("password", PASSWORD);
    let list = ada.submit(&form).await;
    list.is(200).says(&["My list", "It is on your list", "Walnut desk lamp", "£24.50", "Only you see this list"]);
    assert_eq!(list.header("cache-control"), Some("no-store"));
    // It is there once, however often it is wished for.
    let again = wish(&mut ada, LAMP).await;
    assert_eq!(again.forms(REMOVE_WISH).len(), 1);
    // From the cart as well, and onto another list.
    ada.put_into_cart("oak-stool", "1").await;
    let link = ada.open("/cart").await.links("/account/lists/add").remove(0);
    let page = ada.open(&link).await;
    page.says(&["Add to “ My list ”", "Oak stool"]);
    let form = page.form(OPEN_LIST);
    let birthday = ada.submit(&form.with("name", "Birthday")).await;
    birthday.is(200).says(&["Birthday", "Oak stool"]);
    ada.open("/account/lists").await.says(&["My list", "Birthday", "1 thing, private"]);
    ada.open("/account/lists/add?sku=NOTHING").await.is(404);
}

#[tokio::test]
async fn a_list_says_how_prices_went_and_leads_to_the_cart() {
    let mut shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let page = wish(&mut ada, LAMP).await;
    page.does_not_say("than when you added it");
    let list = list_of(&page);
    let form = page.form(NOTE_WISH).with("note", "For the <b>desk</b> by the window");
    ada.submit(&form).await.says(&["Your note is kept"]);
    shop.close().await;
    shop.import(&goods("20.50")).await.went_well();
    shop.open().await;
    ada.follow(&shop);
    let page = ada.open(&list).await;
    page.says(&["£20.50", "£4.00 less than when you added it"]);
    assert_eq!(page.form(NOTE_WISH).field("note"), Some("For the <b>desk</b> by the window"));
    assert!(!page.html.contains("<b>desk"));
    let form = page.form(NOTE_WISH).with("note", &"x".repeat(201));
    ada.submit(&form).await.says(&["A note has at most 200 characters"]);
    let moved = ada.submit(&page.form(MOVE_WISH)).await;
    moved.is(200).says(&["It is in your cart", "Nothing on it yet"]);
    ada.open("/cart").await.says(&["Walnut desk lamp", "£20.50"]);
    let form = ada.open(&list).await.form(RENAME_LIST).with("name", "</h1><script>alert(1)</script>");
    let renamed = ada.submit(&form).await;
    renamed.says(&["</h1><script>alert(1)</script>"]);
    assert!(!renamed.html.contains("<script>alert(1)"));
    ada.submit(&renamed.form(REMOVE_LIST)).await.says(&["The list is removed", "No lists yet"]);
}

#[tokio::test]
async fn two_devices_open_one_list_and_a_double_press_moves_one_unit() {
    let shop = shop().await;
    let ada = shop.member(ADA, "Ada Lovelace").await;
    let devices = (0..4).map(|_| {
        let mut device = ada.clone();
        async move {
            wish(&mut device, LAMP).await.is(200);
        }
    });
    join_all(devices).await;
    let mut ada = ada;
    let lists = ada.open("/account/lists").await;
    assert_eq!(lists.text().matches("My list").count(), 1, "{}", lists.text());
    let list = list_of(&wish(&mut ada, LAMP).await);
    let form = ada.open(&list).await.form(MOVE_WISH);
    let presses = (0..4).map(|_| {
        let (mut hand, form) = (ada.clone(), form.clone());
        async move {
            hand.submit(&form).await;
        }
    });
    join_all(presses).await;
    let steppers = ada.open("/cart").await.forms(SET_QUANTITY);
    let stepper = steppers.iter().find(|form| form.field("sku") == Some("LAMP") && form.field("seen").is_some());
    let units = stepper.and_then(|form| form.field("quantity"));
    assert_eq!(units, Some("1"));
}

#[tokio::test]
async fn a_list_is_shared_by_its_link_alone_until_it_is_taken_back() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let list = list_of(&wish(&mut ada, LAMP).await);
    let mut guest = shop.browser();
    let id = list.rsplit('/').next().unwrap();
    guest.open(&format!("/lists/{id}")).await.is(404);
    let form = ada.open(&list).await.form(SHARE_LIST);
    let page = ada.submit(&form).await;
    page.says(&["Whoever has the link can see the list now"]);
    let link = page.links("/lists/").remove(0);
    let seen = guest.open(&link).await;
    seen.is(200).says(&["My list", "A list of Ada L.", "Walnut desk lamp", "Add to cart"]);
    seen.does_not_say("Lovelace");
    assert_eq!((seen.meta("robots").as_deref(), seen.header("cache-control")), (Some("noindex"), Some("no-store")));
    assert!(seen.forms(REMOVE_WISH).is_empty() && !seen.html.contains(id), "nothing leads to its owner's page");
    let form = ada.open(&list).await.form(STOP_SHARING);
    ada.submit(&form).await.says(&["The link opens nothing any more"]);
    guest.open(&link).await.is(404);
    let form = ada.open(&list).await.form(SHARE_LIST);
    assert!(!ada.submit(&form).await.links("/lists/").contains(&link), "an old link stays dead");
    guest.open(&link).await.is(404);
    for nonsense in ["/lists/nonsense", "/lists/%00", "/account/lists/nonsense"] {
        let status = ada.open(nonsense).await.status.as_u16();
        assert!(status == 404 || status == 400, "{nonsense}: {status}");
    }
}

#[tokio::test]
async fn lists_are_exported_and_go_with_their_account() {
    let shop = shop().await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let page = wish(&mut ada, LAMP).await;
    let form = page.form(SHARE_LIST);
    let link = ada.submit(&form).await.links("/lists/").remove(0);
    assert!(ada.open("/account/export").await.html.contains("\"name\":\"My list\""));
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.is(200);
    let mut guest = shop.browser();
    until("the list is gone", DEADLINE, async || (guest.open(&link).await.status == 404).then_some(())).await;
}

#[tokio::test]
async fn many_wishes_at_once_are_all_kept() {
    let rows: Vec<String> = (0..8).map(|n| format!("L{n} | Lamp {n} | 24.50 GBP")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price", &rows)).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let list = list_of(&wish(&mut ada, "/products/lamp-0").await);
    let adding = (1..8).map(|number| {
        let mut window = ada.clone();
        tokio::spawn(async move {
            window.post(ADD_WISH, &[("sku", format!("L{number}"))]).await.is(302);
        })
    });
    for added in adding.collect::<Vec<_>>() {
        added.await.unwrap();
    }
    assert_eq!(ada.open(&list).await.forms(REMOVE_WISH).len(), 8);
}
