//! What happens to payments after they were captured: refunds that fail or are made elsewhere, and disputes.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use super::dispatch::REFUND;
use crate::support::account::Letter;
use crate::support::purchase::number_on;
use crate::support::sandbox::Sandbox;
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Ran, Shop, feed, postgres, until};

const KEY: &str = "sk_test_of_this_store";
const WEBHOOK_SECRET: &str = "whsec_of_this_store";
pub(super) const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const TROUBLE: &str = "/operator/sagas";
const REPEAT: &str = "/api/operator/refunds/repetitions";
const SETTLE: &str = "/api/operator/refunds/settlements";
/// A refund of it fails after it was answered.
const FAILS_REFUND: &str = "4000 0000 0000 5126";
/// What is captured of it is disputed.
const DISPUTED: &str = "4000 0000 0000 0259";
/// The bank only asks about what is captured of it.
const ASKED_ABOUT: &str = "4000 0000 0000 1976";

pub(super) async fn filled(mut shop: Shop) -> Shop {
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop.open().await;
    shop
}

/// A store and its gateway, which is another process and tells it of nothing.
async fn shop_with_silent_gateway() -> (Shop, Sandbox) {
    let sandbox = Sandbox::open(&["--sandbox-key", KEY]).await;
    let shop = Shop::new().with([
        ("CARTOGRAPH_GATEWAY_URL", sandbox.url.clone()),
        ("CARTOGRAPH_GATEWAY_KEY", KEY.to_owned()),
        ("CARTOGRAPH_GATEWAY_WEBHOOK_SECRET", WEBHOOK_SECRET.to_owned()),
    ]);
    (filled(shop).await, sandbox)
}

/// A store and its gateway, which is another process that tells it of all that happens.
pub(super) async fn shop_with_gateway() -> (Shop, Sandbox) {
    let (shop, mut sandbox) = shop_with_silent_gateway().await;
    let webhooks = format!("{}/payment/webhooks", shop.url());
    sandbox.kill().await;
    sandbox.reopen_with(&["--sandbox-webhook-url", &webhooks, "--sandbox-webhook-secret", WEBHOOK_SECRET]).await;
    (shop, sandbox)
}

pub(super) async fn orders(shop: &Shop, arguments: &[&str]) -> Ran {
    shop.run_orders(arguments).await
}

pub(super) async fn capture(shop: &Shop, number: &str) {
    orders(shop, &["capture", number]).await.went_well();
}

pub(super) async fn refund(shop: &Shop, number: &str, amount: &str) {
    orders(shop, &["refund", number, amount, "--reason", "One arrived broken"]).await.went_well();
}

/// Buys a lamp at a gateway elsewhere, with its name for a card, and opens the page of the order.
pub(super) async fn buy_elsewhere(browser: &mut Browser, sandbox: &Sandbox, token: &str) -> Page {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    let payment = browser.take_delivery(&delivery).await;
    let form = payment.form(&format!("{}/payment_methods", sandbox.url));
    let returned = form.field("return_url").expect("a card form leads back").to_owned();
    let path = returned.strip_prefix(&browser.url()).expect("to this store").to_owned();
    let review = browser.open(&format!("{path}&payment_method={token}&last_four=4242")).await;
    let confirmation = browser.place(&review).await;
    browser.follow_order(&confirmation).await
}

/// Asks the gateway as somebody does in its own pages.
pub(super) async fn ask(sandbox: &Sandbox, path: &str, form: &[(&str, &str)]) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}{path}", sandbox.url);
    let request = if form.is_empty() { client.get(url) } else { client.post(url).form(form) };
    request.bearer_auth(KEY).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// The gateway's name for the payment of the only order.
pub(super) async fn payment_of(shop: &Shop, sandbox: &Sandbox) -> String {
    let order = shop.order_ids().await.remove(0);
    let query = format!("/v1/payment_intents/search?query=metadata%5B%27order%27%5D%3A%27{order}%27");
    ask(sandbox, &query, &[]).await["data"][0]["id"].as_str().unwrap().to_owned()
}

/// Waits until the operators' page says something.
async fn until_told(olga: &mut Browser, words: &str) -> Page {
    until(words, SETTLED_WITHIN, async || {
        let page = olga.open(TROUBLE).await;
        page.text().contains(words).then_some(page)
    })
    .await
}

/// Buys a lamp at the gateway within the store, captures its money, and answers the order's page and its number.
async fn buy_and_capture(shop: &Shop, browser: &mut Browser, card: &str) -> (Page, String) {
    let review = browser.come_to_review("walnut-desk-lamp", "1", card).await;
    let confirmation = browser.place(&review).await;
    let order = browser.follow_order(&confirmation).await;
    let number = number_on(&order);
    capture(shop, &number).await;
    (order, number)
}

fn sheet_of(number: &str) -> String {
    format!("/operator/orders/{number}")
}

/// Waits until there are so many letters about orders, and answers the one about a refund that failed.
async fn letter_of_failure(shop: &Shop, count: usize) -> Letter {
    let letters = until("the letters are written", SETTLED_WITHIN, async || {
        let letters = shop.order_letters();
        (letters.len() >= count).then_some(letters)
    })
    .await;
    assert_eq!(letters.len(), count, "{letters:?}");
    let found = letters.into_iter().find(|letter| letter.subject.contains("did not reach you"));
    found.expect("a letter about the refund that failed")
}

/// Lets everybody hear of all orders again, and the books follow their payments again.
async fn tell_all_again(shop: &Shop) {
    shop.change_books(
        "INSERT INTO heard_payments (authorization_id, times, attempts, due_ms)
         SELECT id, 1, 0, 0 FROM sandbox_intents WHERE 1 = 1
         ON CONFLICT (authorization_id) DO UPDATE SET times = heard_payments.times + 1, due_ms = 0",
    )
    .await;
    shop.change_books(
        "INSERT INTO outbox (id, consumer, key, payload)
         SELECT 'again-' || id, 'mail', id, '{\"fact\":\"order_changed\",\"order\":\"' || id || '\"}' FROM orders",
    )
    .await;
    until("the payments are followed", SETTLED_WITHIN, async || (shop.heard_payments().await == 0).then_some(())).await;
    until("everybody has heard", SETTLED_WITHIN, async || (shop.waiting_events().await == 0).then_some(())).await;
}

pub(super) async fn sum(shop: &Shop, account: &str) -> i64 {
    let sums = shop.ledger_sums("posted").await;
    sums.into_iter().find(|(name, _)| name == account).map(|(_, sum)| sum).unwrap_or_default()
}

/// Waits until the ledger says that the gateway kept so much, in minor units.
pub(super) async fn until_kept(shop: &Shop, minor_units: i64) {
    until("the fees are posted", SETTLED_WITHIN, async || (shop.fees().await == minor_units).then_some(())).await;
}

async fn see_a_refund_fail_and_make_it_again(shop: Shop) {
    let shop = filled(shop).await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    let (order, number) = buy_and_capture(&shop, &mut browser, FAILS_REFUND).await;
    refund(&shop, &number, "10.00").await;
    let page = until_told(&mut olga, "Failed: owed to the shopper").await;
    page.says(&[&number, "£10.00"]);
    browser.open(&order.path).await.says(&["£28.45 charged, £10.00 refunded", "£10.00 of that did not reach you"]);
    assert_eq!((sum(&shop, "payable").await, sum(&shop, "gateway").await), (-1_000, 2_845));
    shop.check_ledger().await.went_well();
    // Of the order, of what goes back, and that it did not arrive: once, however often it is told.
    let letter = letter_of_failure(&shop, 3).await;
    assert!(letter.text.contains("A refund of £10.00 for your order"), "{}", letter.text);
    assert!(letter.text.contains("There is nothing for you to do."), "{}", letter.text);
    // Whoever delivered them took them away.
    for file in fs::read_dir(shop.data().join("mail")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    tell_all_again(&shop).await;
    assert_eq!(shop.order_letters().len(), 0, "it is told once");
    olga.open("/operator/letters").await.says(&["Refund failed"]);

    let done = olga.submit(&page.form(REPEAT)).await;
    done.says(&["The refund is made once more.", "Failed, and was made once more"]);
    assert!(done.forms(REPEAT).is_empty() && done.forms(SETTLE).is_empty());
    // An old page refunds nothing more.
    olga.submit(&page.form(REPEAT)).await.says(&["This refund does not wait for you any more"]);
    olga.submit(&page.form(SETTLE).with("paid", "yes")).await.says(&["This refund does not wait for you any more"]);
    assert_eq!((sum(&shop, "payable").await, sum(&shop, "gateway").await), (0, 1_845));
    let told = browser.open(&order.path).await;
    assert!(!told.text().contains("did not reach you"));
    tell_all_again(&shop).await;
    assert_eq!(shop.order_letters().len(), 0, "nobody is told that they are owed what they have");
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_refund_that_fails_later_is_owed_until_it_is_made_again() {
    see_a_refund_fail_and_make_it_again(Shop::new()).await;
}

#[tokio::test]
async fn a_refund_that_fails_later_is_owed_until_it_is_made_again_on_postgresql() {
    see_a_refund_fail_and_make_it_again(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn a_refund_that_fails_at_a_gateway_elsewhere_can_be_settled_by_hand() {
    let (shop, sandbox) = shop_with_gateway().await;
    let mut olga = shop.operator(OLGA).await;
    let number = number_on(&buy_elsewhere(&mut shop.browser(), &sandbox, "pm_card_refundFail").await);
    capture(&shop, &number).await;
    refund(&shop, &number, "10.00").await;
    let page = until_told(&mut olga, "Failed: owed to the shopper").await;
    olga.submit(&page.form(SETTLE)).await.says(&["Please confirm that you have paid the shopper"]);
    let done = olga.submit(&page.form(SETTLE).with("paid", "yes")).await;
    done.says(&["Failed, and was paid in another way", "Settled a failed refund of the order by hand"]);
    assert_eq!((sum(&shop, "payable").await, sum(&shop, "bank").await), (0, -1_000));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_is_refunded_in_the_gateways_own_pages_is_in_the_books() {
    let (shop, sandbox) = shop_with_gateway().await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    let order = buy_elsewhere(&mut browser, &sandbox, "pm_card_visa").await;
    let number = number_on(&order);
    capture(&shop, &number).await;
    let payment = payment_of(&shop, &sandbox).await;
    ask(&sandbox, "/v1/refunds", &[("payment_intent", &payment), ("amount", "500")]).await;
    until_told(&mut olga, "Made in the gateway's own pages").await.says(&[&number, "£5.00"]);
    browser.open(&order.path).await.says(&["£28.45 charged, £5.00 refunded"]);
    let sheet = olga.open(&format!("/operator/orders/{number}")).await;
    sheet.says(&["£5.00 were refunded in the gateway's own pages", "£23.45 more can be refunded"]);
    assert_eq!(sum(&shop, "gateway").await, 2_345);
    // What the store asks for itself is not taken for somebody else's.
    refund(&shop, &number, "1.00").await;
    // All the rest closes the order, which was not sent.
    ask(&sandbox, "/v1/refunds", &[("payment_intent", &payment)]).await;
    until("the order is closed", SETTLED_WITHIN, async || (shop.order_states().await == ["refunded"]).then_some(()))
        .await;
    assert_eq!(sum(&shop, "gateway").await, 0);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_dispute_is_shown_held_and_won_or_lost() {
    for (evidence, state, gateway, lost) in
        [("winning_evidence", "Won", 2_845, 0), ("losing_evidence", "Lost", 0, 2_845)]
    {
        let (shop, sandbox) = shop_with_gateway().await;
        let mut olga = shop.operator(OLGA).await;
        let number = number_on(&buy_elsewhere(&mut shop.browser(), &sandbox, "pm_card_createDispute").await);
        capture(&shop, &number).await;
        let words = "The cardholder says that somebody else paid with the card";
        let page = until_told(&mut olga, "Waits for your answer").await;
        page.says(&[&number, words, "£28.45", "Answer by"]);
        page.does_not_say("fraudulent");
        olga.open("/operator").await.says(&["Refunds, disputes, holds 1"]);
        assert_eq!((sum(&shop, "disputed").await, sum(&shop, "gateway").await), (2_845, 0));
        // Of the capture, and for the dispute, however it ends.
        until_kept(&shop, 68 + 2_000).await;
        shop.check_ledger().await.went_well();
        let refused = orders(&shop, &["refund", &number, "1.00", "--reason", "Sorry"]).await;
        assert_ne!(refused.code, 0, "what the bank took back is not given back once more: {refused:?}");
        let sheet = olga.open(&sheet_of(&number)).await;
        sheet.says(&["Disputed £28.45", words, "Evidence is due by", "No refund", "The payment is disputed"]);
        assert!(sheet.forms(REFUND).is_empty());
        assert!(!sheet.links("/operator/sagas#disputes").is_empty());
        let key = "0190f3a1b2c37d4e8f90a1b2c3d4e5f6";
        let fields = [("number", number.as_str()), ("key", key), ("refund", "1.00"), ("reason", "Sorry")];
        let posted = olga.post(REFUND, &fields).await;
        olga.go_on(posted).await.says(&["This payment is disputed, and the gateway refunds nothing of it"]);
        assert_eq!(sum(&shop, "disputed").await, 2_845);
        let payment = payment_of(&shop, &sandbox).await;
        let disputes = ask(&sandbox, &format!("/v1/disputes?payment_intent={payment}"), &[]).await;
        let dispute = disputes["data"][0]["id"].as_str().unwrap().to_owned();
        ask(&sandbox, &format!("/v1/disputes/{dispute}"), &[("evidence[uncategorized_text]", evidence)]).await;
        until_told(&mut olga, state).await;
        let sums = (sum(&shop, "disputed").await, sum(&shop, "gateway").await, sum(&shop, "chargebacks").await);
        assert_eq!(sums, (0, gateway, lost), "{evidence}");
        assert_eq!(shop.fees().await, 68 + 2_000);
        shop.check_ledger().await.went_well();
        let sheet = olga.open(&sheet_of(&number)).await;
        assert_eq!(sheet.forms(REFUND).len(), usize::from(lost == 0), "what was won can be refunded again");
        if lost > 0 {
            sheet.says(&["The bank has given the money back to the cardholder"]);
        }
    }
}

#[tokio::test]
async fn a_refund_that_is_refused_tells_of_a_dispute_that_nobody_told() {
    let (shop, sandbox) = shop_with_silent_gateway().await;
    let mut olga = shop.operator(OLGA).await;
    let number = number_on(&buy_elsewhere(&mut shop.browser(), &sandbox, "pm_card_visa").await);
    capture(&shop, &number).await;
    // Nothing is asked of the gateway any more when the fee of the capture is known.
    until_kept(&shop, 68).await;
    sandbox.dispute_silently().await;
    let sheet = olga.open(&sheet_of(&number)).await;
    let form = sheet.form(REFUND).with("refund", "1.00").with("reason", "Sorry");
    olga.submit(&form).await.says(&["The gateway refuses it"]);
    until_told(&mut olga, "Waits for your answer").await.says(&[&number]);
    let sheet = olga.open(&sheet_of(&number)).await;
    sheet.says(&["No refund"]);
    assert!(sheet.forms(REFUND).is_empty());
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_a_bank_only_asks_about_can_be_refunded() {
    let shop = filled(Shop::new()).await;
    let mut olga = shop.operator(OLGA).await;
    let (_, number) = buy_and_capture(&shop, &mut shop.browser(), ASKED_ABOUT).await;
    until_told(&mut olga, "The bank asks, and waits for your answer").await.says(&["says that nothing arrived"]);
    let sheet = olga.open(&sheet_of(&number)).await;
    sheet.says(&["The bank asks, and waits for your answer", "A refund in full settles that"]);
    let form = sheet.form(REFUND).with("refund", "28.45").with("reason", "It is lost");
    olga.submit(&form).await.says(&["The refund is noted."]);
    assert_eq!((sum(&shop, "gateway").await, sum(&shop, "disputed").await), (0, 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_dispute_in_unknown_words_is_shown_and_holds_no_other_up() {
    let shop = filled(Shop::new()).await;
    let mut olga = shop.operator(OLGA).await;
    let (_, number) = buy_and_capture(&shop, &mut shop.browser(), DISPUTED).await;
    until_told(&mut olga, "Waits for your answer").await;
    shop.change_books("UPDATE sandbox_disputes SET status = 'arbitration', reason = 'old_grudge'").await;
    shop.change_books(
        "INSERT INTO sandbox_disputes (id, intent_id, amount_minor_units, status, reason, created_seconds)
         SELECT 'dp_zzz', intent_id, 100, 'warning_needs_response', 'duplicate', created_seconds FROM sandbox_disputes",
    )
    .await;
    tell_all_again(&shop).await;
    let page = until_told(&mut olga, "Unknown: please look at it in the gateway's own pages").await;
    page.says(&[&number, "Unknown: old grudge", "The bank asks", "The cardholder says that it was charged twice"]);
    olga.open("/operator").await.says(&["Refunds, disputes, holds 2"]);
    olga.open(&sheet_of(&number)).await.says(&["Unknown: old grudge", "No refund"]);
    assert_eq!(sum(&shop, "disputed").await, 2_845, "what was taken stays so until it is known");
    shop.check_ledger().await.went_well();
    // A word that the store knows ends it.
    shop.change_books("UPDATE sandbox_disputes SET status = 'won' WHERE id <> 'dp_zzz'").await;
    tell_all_again(&shop).await;
    until_told(&mut olga, "Won: the store has the money again").await;
    assert_eq!(sum(&shop, "disputed").await, 0);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn the_embedded_gateway_tells_of_disputes_as_well() {
    let shop = filled(Shop::on(postgres::database().await)).await;
    let mut olga = shop.operator(OLGA).await;
    let (_, number) = buy_and_capture(&shop, &mut shop.browser(), DISPUTED).await;
    until_told(&mut olga, "Waits for your answer").await.says(&[&number]);
    shop.check_ledger().await.went_well();
}
