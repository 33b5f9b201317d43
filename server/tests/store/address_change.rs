//! A shopper who has an order sent elsewhere before it is sent.

use std::ffi::OsStr;
use std::time::Duration;

use futures::future::join_all;

use crate::support::account::PASSWORD;
use crate::support::html::Form;
use crate::support::purchase::{CANCEL, CHANGE_ADDRESS, number_on};
use crate::support::{Browser, Page, Shop, feed, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const CHANGED: &str = "Delivery address changed";

async fn shop() -> Shop {
    Shop::with_feed(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await
}

/// The ways from the page of an order to the form of its address: one or none.
fn way_to_form(order: &Page) -> Vec<String> {
    order.links(&format!("/orders/{}/address", number_on(order)))
}

async fn open_form(browser: &mut Browser, order: &Page) -> Page {
    browser.open(&way_to_form(order).remove(0)).await
}

fn filled(form: Form, line1: &str, city: &str, postcode: &str) -> Form {
    form.with("name", "Grace Hopper").with("line1", line1).with("city", city).with("postcode", postcode)
}

fn to_york(form: Form) -> Form {
    filled(form, "1 High Street", "York", "yo17hh")
}

/// How often an order page says that the address was changed.
fn changes_on(order: &Page) -> usize {
    order.text().matches(CHANGED).count()
}

#[tokio::test]
async fn an_order_goes_to_another_address_and_says_since_when() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    order.is(200).says(&["12 St James's Square", "Change the address"]);
    assert_eq!(changes_on(&order), 0);
    let page = open_form(&mut browser, &order).await;
    page.is(200).says(&["Where should it go instead?", "cancel it, which costs nothing, and order again"]);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let form = page.form(CHANGE_ADDRESS);
    for (name, value) in [("name", "Ada Lovelace"), ("line1", "12 St James's Square"), ("country", "GB")] {
        assert_eq!(form.field(name), Some(value));
    }

    let changed = browser.submit(&to_york(form)).await;
    let new = ["Grace Hopper", "1 High Street", "York YO1 7HH", "ada@example.com", "£28.45", CHANGED];
    changed.is(200).says(&new);
    changed.says(&["The order goes to the address below."]);
    changed.does_not_say("St James");
    assert_eq!(changed.html.matches("<time").count(), 3, "placed, authorised and changed, each at its time");
    let number = number_on(&order);
    let found = shop.browser().look_up(&number, "ada@example.com").await;
    found.is(200).says(&new);
    assert_eq!(shop.stock("LAMP").await.allocated, 1);
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();

    // It can still be cancelled.
    let cancelled = browser.submit(&changed.form(CANCEL)).await;
    assert_eq!(cancelled.is(200).heading(), "Cancelled");
    cancelled.says(&["1 High Street", CHANGED]);
    assert!(way_to_form(&cancelled).is_empty());
}

#[tokio::test]
async fn an_order_that_was_charged_goes_where_it_went_before() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let page = open_form(&mut browser, &order).await;
    let number = number_on(&order);
    let capture = ["orders", "capture", &number, "--amount", "20.00", "--keep-rest"].map(OsStr::new);
    shop.run_on_data(&capture).await.went_well();

    let too_late = "It is too late to change the address, for the order was charged and is on its way";
    let refused = browser.submit(&to_york(page.form(CHANGE_ADDRESS))).await;
    assert_eq!(number_on(&refused), number);
    refused.is(200).says(&[too_late, "12 St James's Square"]);
    refused.does_not_say("High Street");
    assert_eq!((changes_on(&refused), way_to_form(&refused)), (0, vec![]));
    let form_again = browser.open(&page.path).await;
    assert_eq!(number_on(&form_again), number, "the form leads to the order");
    form_again.is(200).says(&[too_late]);
}

#[tokio::test]
async fn another_country_is_refused_kindly_and_what_was_typed_is_kept() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let form = open_form(&mut browser, &order).await.form(CHANGE_ADDRESS);
    let to_paris = filled(form, "5 Rue de Rivoli", "Paris", "75001").with("country", "FR");
    let refused = browser.submit(&to_paris).await;
    refused.is(200).says(&[
        "this order can only go to another address in the United Kingdom",
        "please cancel it, which costs nothing, and order again",
    ]);
    assert!(!refused.path.contains("Rivoli"), "what was typed stays out of addresses: {}", refused.path);
    let kept = refused.form(CHANGE_ADDRESS);
    for (name, value) in [("line1", "5 Rue de Rivoli"), ("city", "Paris"), ("postcode", "75001"), ("country", "GB")] {
        assert_eq!(kept.field(name), Some(value));
    }

    let wrong = browser.submit(&filled(kept, "1 High Street", "", "nonsense")).await;
    wrong.is(200).says(&["2 fields need your attention", "Town or city is needed", "Postcode must look like SW1A 1AA"]);
    let kept = wrong.form(CHANGE_ADDRESS);
    assert_eq!((kept.field("line1"), kept.field("postcode")), (Some("1 High Street"), Some("nonsense")));
    let unchanged = browser.open(&order.path).await;
    unchanged.says(&["Ada Lovelace", "12 St James's Square"]);
    assert_eq!(changes_on(&unchanged), 0);

    let changed = browser.submit(&to_york(kept)).await;
    changed.is(200).says(&["1 High Street"]);
    let form = open_form(&mut browser, &changed).await.form(CHANGE_ADDRESS);
    assert_eq!(form.field("city"), Some("York"), "the form begins with where the order goes");
}

#[tokio::test]
async fn nobody_has_an_order_sent_elsewhere_without_its_access() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let form = to_york(open_form(&mut browser, &order).await.form(CHANGE_ADDRESS));
    let number = number_on(&order);
    let mut stranger = shop.browser();
    for access in ["", "nonsense", &"x".repeat(500)] {
        stranger.submit(&form.clone().with("access", access)).await.is(404).does_not_say("Ada");
    }
    for path in [format!("/orders/{number}/address"), format!("/orders/{number}/address?access=nonsense")] {
        stranger.open(&path).await.is(404).does_not_say("Ada");
    }
    stranger.submit(&form.clone().with("number", "CG-00000-00000")).await.is(404);
    stranger.submit(&form.with("number", "my order")).await.is(200).says(&["We have no such order"]);
    let unchanged = browser.open(&order.path).await;
    unchanged.says(&["Ada Lovelace", "12 St James's Square"]);
    assert_eq!(changes_on(&unchanged), 0);
}

#[tokio::test]
async fn one_form_changes_the_address_once_and_no_later_change_is_undone() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("walnut-desk-lamp", "1").await;
    let form = open_form(&mut browser, &order).await.form(CHANGE_ADDRESS);
    let first = to_york(form.clone());
    let presses = (0..10).map(|_| {
        let (mut window, first) = (browser.clone(), first.clone());
        async move { window.submit(&first).await }
    });
    for page in join_all(presses).await {
        page.is(200).says(&["1 High Street"]);
        assert_eq!(changes_on(&page), 1);
        assert!(!page.path.contains("__err"), "{}", page.path);
    }

    // A form from before the change says so, and goes ahead when it is sent again.
    let late = browser.submit(&filled(form, "2 Mill Lane", "Leeds", "LS1 4AP")).await;
    late.is(200).says(&["The address was changed meanwhile"]);
    let again = late.form(CHANGE_ADDRESS);
    assert_eq!(again.field("line1"), Some("2 Mill Lane"));
    let changed = browser.submit(&again).await;
    changed.is(200).says(&["2 Mill Lane", "Leeds LS1 4AP"]);
    assert_eq!(changes_on(&changed), 2);
    let replayed = browser.submit(&first).await;
    replayed.is(200).says(&["The address was changed meanwhile"]);
    browser.open(&order.path).await.says(&["2 Mill Lane"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn the_owner_of_an_account_needs_no_look_up() {
    let shop = shop().await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let number = number_on(&ada.buy_and_follow("walnut-desk-lamp", "1").await);
    let mut laptop = shop.browser();
    laptop.sign_in("ada@example.com", PASSWORD).await;
    let order = laptop.open(&format!("/orders/{number}")).await;
    let form = open_form(&mut laptop, &order).await.form(CHANGE_ADDRESS);
    laptop.submit(&to_york(form)).await.is(200).says(&["1 High Street", CHANGED]);
    let mut eve = shop.member("eve@example.com", "Eve").await;
    eve.get(&format!("/orders/{number}/address")).await.is(404);
}
