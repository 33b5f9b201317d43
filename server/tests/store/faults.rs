//! Faults that are switched on: what the store bears, what it tells, and who may switch them.

use std::time::Duration;

use crate::support::html::Form;
use crate::support::purchase::{PAYS, number_on};
use crate::support::review::REVIEW;
use crate::support::{Browser, Page, Shop, feed, until};

const DEADLINE: Duration = Duration::from_mins(1);
const FAULTS: &str = "/operator/faults";
pub(super) const SWITCH: &str = "/api/operator/faults/switches";
pub(super) const END: &str = "/api/operator/faults/removals";
const OLGA: &str = "olga@example.com";
pub(super) const CHALLENGES: &str = "4000 0027 6000 3184";

async fn import() -> Shop {
    let shop = Shop::new();
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | Home", "STOOL | Oak stool | 61.00 GBP | Home"];
    shop.import(&feed("id | title | price | product_type", &rows)).await.went_well();
    shop
}

async fn shop() -> Shop {
    let mut shop = import().await;
    shop.open().await;
    shop
}

/// The form that switches a fault on, or the one that ends it.
fn form_of(page: &Page, action: &str, fault: &str) -> Form {
    let found = page.forms(action).into_iter().find(|form| form.field("fault") == Some(fault));
    found.unwrap_or_else(|| panic!("no form to {action} for {fault}"))
}

async fn switch(olga: &mut Browser, fault: &str, strength: &str) -> Page {
    let form = form_of(&olga.open(FAULTS).await, SWITCH, fault);
    olga.submit(&form.with("strength", strength)).await
}

async fn end(olga: &mut Browser, fault: &str) {
    let form = form_of(&olga.open(FAULTS).await, END, fault);
    olga.submit(&form).await.is(200).says(&["The fault is off."]);
}

/// Sees the only order confirmed, paid once and cleared up after.
async fn is_confirmed(shop: &Shop) {
    until("the order is confirmed", DEADLINE, async || (shop.order_states().await == ["confirmed"]).then_some(()))
        .await;
    until("the saga has ended", DEADLINE, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    assert_eq!((shop.payments().await, shop.holds().await, shop.stock("LAMP").await.allocated), (1, 1, 1));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_order_waits_for_a_gateway_that_is_down_and_is_finished_later() {
    let mut shop = import().await;
    shop.open_in(&[("CARTOGRAPH_FAULT", "payments.down")]).await;
    let mut olga = shop.operator(OLGA).await;
    olga.open("/operator").await.is(200).says(&["This store fails on purpose: payments.down."]);
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let order = browser.place(&review).await;
    order.is(200).says(&["Your bank has not answered yet; we finish the order when it does"]);
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["pending".to_owned()], 0));
    end(&mut olga, "payments.down").await;
    is_confirmed(&shop).await;
    browser.look_up(&number_on(&order), "ada@example.com").await.is(200).says(&["Payment authorised"]);
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_again_and_nobody_pays_twice() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    switch(&mut olga, "payments.timeout", "1").await.is(200).says(&["The fault is on."]);
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    browser.place(&review).await.is(200).says(&["Your bank has not answered yet"]);
    // The bank holds the money already.
    assert_eq!((shop.order_states().await, shop.holds().await), (vec!["pending".to_owned()], 1));
    end(&mut olga, "payments.timeout").await;
    is_confirmed(&shop).await;
}

#[tokio::test]
async fn a_gateway_that_declines_costs_nothing() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    switch(&mut olga, "payments.decline", "1").await.is(200);
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let payment = browser.place(&review).await;
    assert!(payment.is(200).path.starts_with("/checkout/payment"), "{}", payment.path);
    payment.says(&["Nothing was charged and your cart is kept."]);
    assert_eq!((shop.payments().await, shop.stock("LAMP").await.reserved), (0, 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn whoever_sees_the_review_buys_it_also_without_the_graph() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    switch(&mut olga, "graph.down", "").await.is(200).says(&["On, 1", "graph.down"]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", "Walnut desk lamp"]);
    order.does_not_say("Your bank has not answered");
    assert_eq!(shop.order_states().await, ["confirmed"]);
    // The button that is pressed twice buys once.
    assert_eq!(number_on(&browser.place(&review).await), number_on(&order));
    browser.open("/cart").await.is(503).says(&["Your cart can't be opened at the moment"]);
    end(&mut olga, "graph.down").await;
    is_confirmed(&shop).await;
    browser.open("/cart").await.is(200).says(&["Your cart is empty"]);
}

#[tokio::test]
async fn a_shopper_who_is_at_their_bank_comes_back_to_an_order_also_without_the_graph() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "1", CHALLENGES).await;
    let bank = browser.place(&review).await;
    assert_eq!(bank.is(200).heading(), "Is this payment yours?");
    switch(&mut olga, "graph.down", "1").await.is(200);
    let returned = browser.post(&bank.path, &[("answer", "confirm")]).await;
    browser.go_on(returned).await.is(200).says(&["Thank you, Ada."]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    end(&mut olga, "graph.down").await;
    is_confirmed(&shop).await;
}

#[tokio::test]
async fn without_the_graph_every_page_answers_and_none_is_broken() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    switch(&mut olga, "graph.down", "1").await.is(200);
    for path in [
        "/",
        "/c/home",
        "/products/walnut-desk-lamp",
        "/products/oak-stool",
        "/search?q=lamp",
        "/cart",
        "/checkout",
        "/checkout/payment",
        "/checkout/review",
        "/orders",
        "/history",
        "/account/sign-in",
        "/help",
    ] {
        let page = browser.open(path).await;
        assert!(matches!(page.status.as_u16(), 200 | 503), "{path}: {}", page.status);
        assert!(!page.heading().is_empty() && page.count_of("a") > 0, "{path} leads nowhere");
        page.does_not_say("on purpose");
    }
    // What is posted is refused with words and can be posted again.
    browser.post("/api/cart/lines", &[("sku", "STOOL"), ("quantity", "1")]).await.is(302);
    end(&mut olga, "graph.down").await;
    browser.open("/cart").await.is(200).says(&["Walnut desk lamp"]);
}

#[tokio::test]
async fn a_review_that_can_not_be_taken_without_the_graph_comes_back_as_it_was_typed() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let form = ada.open("/products/walnut-desk-lamp/review").await.form(REVIEW);
    let form = form.with("stars", "4").with("title", "Warm light").with("text", "Reads well.\nStands firm.");
    switch(&mut olga, "graph.down", "1").await.is(200);
    let page = ada.submit(&form).await;
    page.is(200).says(&["nothing is lost, please try again in a moment"]);
    assert_eq!((page.form(REVIEW).field("stars"), page.form(REVIEW).field("title")), (Some("4"), Some("Warm light")));
    assert_eq!(page.raw_of("textarea").trim(), "Reads well.\nStands firm.");
    end(&mut olga, "graph.down").await;
    ada.submit(&form).await.is(200).says(&["Your review is shown below", "Stands firm."]);
}

#[tokio::test]
async fn the_shelves_stay_open_while_the_search_is_down() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    switch(&mut olga, "search.down", "1").await.is(200);
    let mut browser = shop.browser();
    let mut cards = browser.open("/c/home").await.is(200).cards();
    cards.sort();
    assert_eq!(cards, ["/products/oak-stool", "/products/walnut-desk-lamp"]);
    let page = browser.open("/search?q=lamp").await;
    page.is(503).says(&["Search does not answer at the moment", "every product is in a category"]);
    assert!(!page.links("/c/").is_empty(), "it leads on");
    end(&mut olga, "search.down").await;
    assert_eq!(browser.open("/search?q=lamp").await.is(200).cards(), ["/products/walnut-desk-lamp"]);
}

#[tokio::test]
async fn a_letter_that_can_not_be_sent_is_no_secret() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    switch(&mut olga, "mail.down", "1").await.is(200);
    let mut browser = shop.browser();
    let refused = browser.ask_for_link("/account/register", "ada@example.com").await;
    refused.says(&["does not answer at the moment; nothing is lost, please try again"]);
    refused.does_not_say("Look into your mailbox");
    end(&mut olga, "mail.down").await;
    browser.ask_for_link("/account/register", "ada@example.com").await.is(200).says(&["Look into your mailbox"]);
}

#[tokio::test]
async fn operators_switch_faults_and_it_is_written_down() {
    let mut shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let page = olga.open(FAULTS).await;
    page.is(200).says(&["payments.timeout", "search.slow", "Off"]);
    page.does_not_say("fails on purpose:");
    let wrong = switch(&mut olga, "search.slow", "soon").await;
    wrong.is(200).says(&["A time must be from 1ms to 30s, like 500ms."]);
    assert_eq!(form_of(&wrong, SWITCH, "search.slow").field("strength"), Some("soon"), "what was typed is kept");
    switch(&mut olga, "mail.down", "2").await.says(&["A chance must be from 0 to 1 with at most three decimals"]);
    let unknown = olga.post(SWITCH, &[("fault", "stock.down"), ("strength", "1")]).await;
    olga.go_on(unknown).await.says(&["A fault must be one of payments.timeout"]);

    switch(&mut olga, "search.slow", "20ms").await.says(&["The fault is on.", "On, 20ms"]);
    switch(&mut olga, "mail.down", "0.001").await.says(&["search.slow=20ms, mail.down=0.001"]);
    olga.open("/operator").await.says(&["This store fails on purpose: search.slow=20ms, mail.down=0.001."]);
    olga.open("/operator/sagas").await.says(&[&format!("{OLGA} Let the store fail on purpose search.slow=20ms")]);
    // No chance is off.
    switch(&mut olga, "mail.down", "0").await.says(&["The fault is off.", "fails on purpose: search.slow=20ms."]);
    end(&mut olga, "search.slow").await;
    olga.open("/operator").await.does_not_say("fails on purpose:");
    olga.open("/operator/sagas").await.says(&[&format!("{OLGA} Let it fail no more search.slow")]);

    // What is on ends with the server.
    switch(&mut olga, "search.slow", "1ms").await.is(200);
    shop.close().await;
    shop.open().await;
    olga.follow(&shop);
    olga.open("/operator").await.is(200).does_not_say("fails on purpose:");
}

#[tokio::test]
async fn nobody_else_switches_a_fault() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut stranger = shop.browser();
    let down = [("fault", "search.down"), ("strength", "1")];
    for browser in [&mut ada, &mut stranger] {
        browser.post(SWITCH, &down).await.is(302);
        browser.post(END, &down[..1]).await.is(302);
    }
    // A form on another website is none of an operator's.
    let foreign = olga.request(reqwest::Method::POST, SWITCH).header("origin", "https://evil.example").form(&down);
    olga.send(foreign).await.is(403);
    olga.open(FAULTS).await.is(200).does_not_say("fails on purpose:");
    stranger.open("/search?q=lamp").await.is(200);
}
