//! The cart: every change is a form, nothing is lost, and no price comes from the browser.

use futures::future::join_all;

use crate::support::html::Form;
use crate::support::purchase::{ADD, SET_QUANTITY};
use crate::support::{Browser, Page, Shop, feed};

const REMOVE: &str = "/api/cart/lines/removals";
pub(super) const SAVE: &str = "/api/cart/saved";
pub(super) const MOVE_BACK: &str = "/api/cart/saved/moves";
const REMOVE_SAVED: &str = "/api/cart/saved/removals";
const EMPTY: &str = "Your cart is empty";
const COLUMNS: &str = "id | item_group_id | title | price | color | product_type | availability";
const LAMP: &str = "LAMP | | Walnut desk lamp | 24.50 GBP | | Home | in_stock";
const STOOL: &str = "STOOL | | Oak stool | 61.00 GBP | | Home | in_stock";

async fn shop() -> Shop {
    Shop::with_feed(&feed(COLUMNS, &[LAMP, STOOL])).await
}

/// The form that sets the quantity of a line; it says which version of the cart it saw.
fn stepper(cart: &Page, sku: &str) -> Form {
    let is_stepper = |form: &Form| form.field("sku") == Some(sku) && form.field("seen").is_some();
    let found = cart.forms(SET_QUANTITY).into_iter().find(is_stepper);
    found.unwrap_or_else(|| panic!("{sku} is not in the cart: {}", cart.text()))
}

fn quantity_of(cart: &Page, sku: &str) -> String {
    stepper(cart, sku).field("quantity").unwrap_or_default().to_owned()
}

async fn set_quantity(browser: &mut Browser, cart: &Page, sku: &str, quantity: &str) -> Page {
    browser.submit(&stepper(cart, sku).with("quantity", quantity)).await
}

#[tokio::test]
async fn what_is_added_is_in_the_cart_and_in_the_header() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.open("/cart").await.is(200).says(&[EMPTY]);
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    assert!(cart.path.starts_with("/cart"), "{}", cart.path);
    cart.is(200).says(&["Added: Walnut desk lamp", "£24.50 each", "£49.00", "Free"]);
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = browser.put_into_cart("oak-stool", "1").await;
    cart.says(&["Items (4)", "£134.50"]);
    assert_eq!((quantity_of(&cart, "LAMP").as_str(), quantity_of(&cart, "STOOL").as_str()), ("3", "1"));
    browser.open("/help").await.says(&["Cart, items: 4"]);
    assert_eq!(cart.header("cache-control"), Some("no-store"), "nobody keeps somebody's cart");
    shop.browser().open("/cart").await.says(&[EMPTY]);
}

#[tokio::test]
async fn a_card_in_a_list_can_be_added() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let form = browser.open("/c/home").await.form_of(ADD, "STOOL");
    browser.submit(&form).await.says(&["Oak stool", "£61.00"]);
}

#[tokio::test]
async fn a_quantity_is_changed_by_typing_and_by_the_buttons_beside_it() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let cart = browser.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = set_quantity(&mut browser, &cart, "LAMP", "3").await;
    cart.says(&["£73.50"]);
    let more = stepper(&cart, "LAMP").with("step", "1");
    let cart = browser.submit(&more).await;
    assert_eq!(quantity_of(&cart, "LAMP"), "4");
    let fewer = stepper(&cart, "LAMP").with("step", "-1");
    let cart = browser.submit(&fewer).await;
    assert_eq!(quantity_of(&cart, "LAMP"), "3");
    set_quantity(&mut browser, &cart, "LAMP", "0").await.says(&[EMPTY]);
}

#[tokio::test]
async fn what_is_removed_can_be_brought_back() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    let removed = browser.submit(&cart.form_of(REMOVE, "LAMP")).await;
    removed.says(&[EMPTY, "Removed Walnut desk lamp from your cart."]);
    let undone = browser.submit(&removed.form_of(ADD, "LAMP")).await;
    assert_eq!(quantity_of(&undone, "LAMP"), "2");
    let form = undone.form_of(REMOVE, "LAMP");
    browser.submit(&form).await;
    browser.submit(&form).await.says(&[EMPTY, "That is no longer in your cart."]);
}

#[tokio::test]
async fn what_is_saved_for_later_waits_beside_the_cart() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("oak-stool", "1").await;
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    let saved = browser.submit(&cart.form_of(SAVE, "LAMP")).await;
    saved.says(&["Saved Walnut desk lamp for later.", "Saved for later", "Items (1)", "£61.00"]);
    let back = browser.submit(&saved.form_of(MOVE_BACK, "LAMP")).await;
    assert_eq!(quantity_of(&back, "LAMP"), "2");
    back.does_not_say("Saved for later");
    let saved = browser.submit(&back.form_of(SAVE, "STOOL")).await;
    let removed = browser.submit(&saved.form_of(REMOVE_SAVED, "STOOL")).await;
    removed.does_not_say("Oak stool");
    removed.says(&["Walnut desk lamp", "£49.00"]);
}

#[tokio::test]
async fn who_adds_more_than_there_is_hears_it_at_once() {
    let columns = format!("{COLUMNS} | quantity");
    let shop = Shop::with_feed(&feed(&columns, &[&format!("{LAMP} | 3")])).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "2").await.says(&["Added: Walnut desk lamp."]);
    let cart = browser.put_into_cart("walnut-desk-lamp", "50").await;
    cart.is(200).says(&["Walnut desk lamp: Added 1; that is all we have.", "Items (3)", "£73.50"]);
    assert_eq!(quantity_of(&cart, "LAMP"), "3");
    let refused = browser.put_into_cart("walnut-desk-lamp", "1").await;
    refused.is(200).says(&["Your cart holds all 3 that we have already.", "Items (3)"]);
    assert_eq!(quantity_of(&refused, "LAMP"), "3");
}

#[tokio::test]
async fn nothing_is_added_of_what_is_sold_out() {
    let shop = Shop::with_feed(&feed(COLUMNS, &[&LAMP.replace("in_stock", "out_of_stock")])).await;
    let mut browser = shop.browser();
    let answer = browser.post(ADD, &[("sku", "LAMP"), ("quantity", "1")]).await;
    browser.go_on(answer).await.is(200).says(&["It is sold out at the moment.", EMPTY]);
}

#[tokio::test]
async fn many_windows_add_no_more_than_there_is() {
    let columns = format!("{COLUMNS} | quantity");
    let shop = Shop::with_feed(&feed(&columns, &[&format!("{LAMP} | 3")])).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let windows: Vec<Browser> = std::iter::repeat_n(browser.clone(), 6).collect();
    let added = windows.into_iter().map(|mut window| async move {
        window.post(ADD, &[("sku", "LAMP"), ("quantity", "1")]).await.location().to_owned()
    });
    let answers = join_all(added).await;
    assert_eq!(answers.iter().filter(|location| location.contains("added=LAMP")).count(), 2, "{answers:?}");
    assert_eq!(quantity_of(&browser.open("/cart").await, "LAMP"), "3");
}

#[tokio::test]
async fn the_amounts_count_what_can_be_bought() {
    let columns = format!("{COLUMNS} | quantity");
    let shop = Shop::with_feed(&feed(&columns, &[&format!("{LAMP} | 2")])).await;
    let mut browser = shop.browser();
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    let cart = set_quantity(&mut browser, &cart, "LAMP", "52").await;
    cart.is(200).says(&["Only 2 left: the total counts 2, not 52.", "Items (2)", "£49.00"]);
    cart.does_not_say("£1,274.00");
    let (_, main) = cart.html.split_once("<main").unwrap();
    assert!(!main.contains("href=\"/checkout\""), "it can't be checked out like this");
}

#[tokio::test]
async fn what_is_brought_back_stands_where_it_stood() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = browser.put_into_cart("oak-stool", "1").await;
    let removed = browser.submit(&cart.form_of(REMOVE, "LAMP")).await;
    let undone = browser.submit(&removed.form_of(ADD, "LAMP")).await;
    let lines = undone.forms(REMOVE);
    let skus: Vec<_> = lines.iter().map(|form| form.field("sku")).collect();
    assert_eq!(skus, [Some("LAMP"), Some("STOOL")]);
}

#[tokio::test]
async fn an_address_tells_of_no_change_that_was_not_made() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    for (address, words) in [
        ("/cart?added=STOOL&quantity=1", "Added:"),
        ("/cart?added=LAMP&quantity=2", "Added:"),
        ("/cart?saved=LAMP", "for later."),
        ("/cart?removed=LAMP&quantity=1", "Removed Walnut"),
    ] {
        browser.open(address).await.does_not_say(words);
    }
}

#[tokio::test]
async fn a_line_holds_999_units_and_not_one_more() {
    let columns = format!("{COLUMNS} | quantity");
    let shop = Shop::with_feed(&feed(&columns, &[&format!("{LAMP} | 2000"), &format!("{STOOL} | 2000")])).await;
    let mut browser = shop.browser();
    let limit = "At most 999 of one thing fit into a cart.";
    let cart = browser.put_into_cart("walnut-desk-lamp", "999").await;
    assert_eq!(quantity_of(&cart, "LAMP"), "999");
    for too_many in ["1000", "1000001", "99999999999999999999"] {
        let refused = set_quantity(&mut browser, &cart, "LAMP", too_many).await;
        refused.is(200).says(&[limit]);
        assert_eq!(quantity_of(&refused, "LAMP"), "999", "{too_many}");
    }
    let refused = browser.put_into_cart("walnut-desk-lamp", "1").await;
    refused.says(&[limit]);
    browser.put_into_cart("oak-stool", "1000").await.says(&[limit]);
    let cart = browser.open("/cart").await;
    assert_eq!(quantity_of(&cart, "LAMP"), "999");
    cart.does_not_say("Oak stool");
}

/// The fields of a form, as they are posted.
type Posted<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn nonsense_changes_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let cart = browser.put_into_cart("walnut-desk-lamp", "2").await;
    for nonsense in ["two", "-1", "1.5", "", "0x10", "💡"] {
        let refused = set_quantity(&mut browser, &cart, "LAMP", nonsense).await;
        refused.is(200).says(&["A quantity is a whole number"]);
        assert_eq!(quantity_of(&refused, "LAMP"), "2", "{nonsense:?}");
        let form = [("sku", "LAMP"), ("quantity", nonsense)];
        let answer = browser.post(ADD, &form).await;
        browser.go_on(answer).await.is(200).says(&["A quantity is a whole number"]);
    }
    let posts: [(&str, Posted<'_>, &str); 5] = [
        (ADD, &[("sku", "LAMP"), ("quantity", "0")], "A quantity is a whole number"),
        (ADD, &[("sku", "not a sku"), ("quantity", "1")], "The form was out of date"),
        (ADD, &[("quantity", "1")], "The form was out of date"),
        (SET_QUANTITY, &[("sku", "LAMP"), ("quantity", "5"), ("step", "many")], "The form was out of date"),
        (REMOVE, &[], "The form was out of date"),
    ];
    for (path, fields, said) in posts {
        let answer = browser.post(path, fields).await;
        let page = browser.go_on(answer).await;
        page.is(200).says(&[said]);
    }
    assert_eq!(quantity_of(&browser.open("/cart").await, "LAMP"), "2");
}

#[tokio::test]
async fn what_is_not_sold_can_not_be_added() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let answer = browser.post(ADD, &[("sku", "ZEPPELIN"), ("quantity", "1")]).await;
    browser.go_on(answer).await.is(200).says(&["That is no longer sold.", EMPTY]);
    let answer = browser.post(SET_QUANTITY, &[("sku", "LAMP"), ("quantity", "1")]).await;
    browser.go_on(answer).await.is(200).says(&["That is no longer in your cart.", EMPTY]);
}

#[tokio::test]
async fn a_cart_holds_a_hundred_different_things() {
    let rows: Vec<String> = (0..=100).map(|n| format!("S{n} | | Screw {n} | 0.10 GBP | | Home | in_stock")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed(COLUMNS, &rows)).await;
    let mut browser = shop.browser();
    for n in 0..100 {
        let answer = browser.post(ADD, &[("sku", format!("S{n}")), ("quantity", "1".to_owned())]).await;
        assert!(!answer.location().contains("__err"), "{n}: {}", answer.location());
    }
    let answer = browser.post(ADD, &[("sku", "S100"), ("quantity", "1")]).await;
    let cart = browser.go_on(answer).await;
    cart.is(200).says(&["A cart holds 100 different things", "Items (100)", "£10.00"]);
    let answer = browser.post(ADD, &[("sku", "S7"), ("quantity", "1")]).await;
    browser.go_on(answer).await.says(&["Items (101)"]);
}

#[tokio::test]
async fn no_change_is_lost_when_many_come_at_once() {
    let shop = shop().await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let windows: Vec<Browser> = std::iter::repeat_n(browser.clone(), 9).collect();
    let added = windows.into_iter().map(|mut window| async move {
        window.post(ADD, &[("sku", "LAMP"), ("quantity", "1")]).await.location().to_owned()
    });
    let answers = join_all(added).await;
    assert!(answers.iter().all(|location| !location.contains("__err")), "{answers:?}");
    assert_eq!(quantity_of(&browser.open("/cart").await, "LAMP"), "10");
}

#[tokio::test]
async fn an_old_window_does_not_overwrite_a_newer_change() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let old = browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.put_into_cart("walnut-desk-lamp", "4").await;
    let refused = set_quantity(&mut browser, &old, "LAMP", "2").await;
    refused.is(200).says(&["Your cart was changed in another window; here is how it is now."]);
    assert_eq!(quantity_of(&refused, "LAMP"), "5");
}

#[tokio::test]
async fn a_forged_cookie_opens_nobodys_cart() {
    let shop = shop().await;
    let mut owner = shop.browser();
    owner.put_into_cart("walnut-desk-lamp", "1").await;
    let signed = owner.cookie("cart").expect("a cart has a cookie").to_owned();
    let id: String = signed.chars().rev().take(32).collect::<Vec<_>>().into_iter().rev().collect();
    let mut tampered = signed.clone();
    let first = if tampered.remove(0) == 'A' { 'B' } else { 'A' };
    tampered.insert(0, first);
    for forged in [id.as_str(), tampered.as_str(), "", "nonsense", &"x".repeat(4_000)] {
        let mut thief = shop.browser();
        thief.set_cookie("cart", forged);
        thief.open("/cart").await.is(200).says(&[EMPTY]);
        thief.put_into_cart("oak-stool", "1").await.does_not_say("Walnut");
        assert_ne!(thief.cookie("cart"), Some(forged), "the thief gets a cart of its own");
    }
    let cart = owner.open("/cart").await;
    cart.says(&["Walnut desk lamp"]);
    cart.does_not_say("Oak stool");
}

#[tokio::test]
async fn a_price_from_the_browser_counts_for_nothing() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let fields = [("sku", "STOOL"), ("quantity", "1"), ("price", "0.01 GBP"), ("total", "0.01"), ("currency", "USD")];
    let answer = browser.post(ADD, &fields).await;
    let cart = browser.go_on(answer).await;
    cart.is(200).says(&["Oak stool", "£61.00"]);
    cart.does_not_say("0.01");
}

#[tokio::test]
async fn a_cart_outlives_the_store_and_shows_the_prices_and_the_stock_of_now() {
    let columns = COLUMNS;
    let mugs = [
        "MUG-M | MUG | Enamel mug | 9.00 GBP | Moss | Kitchen | in_stock",
        "MUG-C | MUG | Enamel mug | 9.00 GBP | Clay | Kitchen | in_stock",
    ];
    let mut shop = Shop::with_feed(&feed(columns, &[LAMP, STOOL, mugs[0], mugs[1]])).await;
    let mut browser = shop.browser();
    for sku in ["LAMP", "STOOL", "MUG-C"] {
        browser.post(ADD, &[("sku", sku), ("quantity", "3")]).await;
    }
    shop.close().await;
    let dearer = LAMP.replace("24.50", "26.00");
    let sold_out = STOOL.replace("in_stock", "out_of_stock");
    // The mug is made in one colour only from now on.
    let columns = format!("{columns} | quantity");
    let rows = [format!("{dearer} | 2"), format!("{sold_out} | "), format!("{} | ", mugs[0])];
    shop.import(&feed(&columns, &rows.each_ref().map(String::as_str))).await.went_well();
    shop.open().await;
    browser.follow(&shop);

    let cart = browser.open("/cart").await;
    cart.is(200).says(&[
        "£26.00 each",
        "Only 2 left: the total counts 2, not 3.",
        "Sold out",
        "No longer sold: please remove it to go on.",
    ]);
    assert_eq!(quantity_of(&cart, "LAMP"), "3", "nothing is taken out of a cart behind its owner's back");
    let (_, main) = cart.html.split_once("<main").unwrap();
    assert!(!main.contains("href=\"/checkout\""), "such a cart can't be checked out");
    let refused = browser.open("/checkout").await;
    assert!(refused.path.starts_with("/cart"), "{}", refused.path);
    refused.says(&["Something in your cart can't be bought as it is any more."]);

    browser.submit(&refused.form_of(REMOVE, "MUG-C")).await;
    browser.submit(&refused.form_of(REMOVE, "STOOL")).await;
    let fits =
        browser.open("/cart").await.forms(SET_QUANTITY).into_iter().find(|form| form.field("quantity") == Some("2"));
    let ready = browser.submit(&fits.expect("a button sets the quantity to what is left")).await;
    ready.says(&["£52.00"]);
    assert_eq!(ready.links("/checkout"), ["/checkout"]);
}

#[tokio::test]
async fn shoppers_are_told_for_how_long_their_cart_is_kept() {
    let mut shop = Shop::new();
    shop.open().await;
    shop.browser().open("/help/privacy").await.is(200).says(&["not changed it for 180 days", "for 30 days after you"]);
}
