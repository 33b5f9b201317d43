//! A store whose gateway is another process that speaks Stripe's API.

use std::time::Duration;

use crate::support::purchase::{CANCEL, CARD, PLACE};
use crate::support::sandbox::Sandbox;
use crate::support::{Browser, Page, Shop, feed, until};

const KEY: &str = "sk_test_of_this_store";
const WEBHOOK_SECRET: &str = "whsec_of_this_store";
const SETTLED_WITHIN: Duration = Duration::from_secs(40);

async fn shop_at(gateway: &str) -> Shop {
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    let settings = [
        ("CARTOGRAPH_GATEWAY_URL", gateway),
        ("CARTOGRAPH_GATEWAY_KEY", KEY),
        ("CARTOGRAPH_GATEWAY_WEBHOOK_SECRET", WEBHOOK_SECRET),
    ];
    shop.open_in(&settings).await;
    shop
}

/// Comes to the card form, and answers the path that the gateway leads back to.
async fn come_to_payment(browser: &mut Browser, sandbox: &Sandbox) -> String {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    let payment = browser.take_delivery(&delivery).await;
    assert!(payment.forms(CARD).is_empty());
    let form = payment.form(&format!("{}/payment_methods", sandbox.url));
    let returned = form.field("return_url").expect("a card form leads back").to_owned();
    returned.strip_prefix(&browser.url()).expect("to this store").to_owned()
}

/// Comes back from the gateway with its name for a way to pay, and to the review.
async fn pay_with(browser: &mut Browser, path: &str, token: &str) -> Page {
    browser.open(&format!("{path}&payment_method={token}&last_four=4242")).await
}

#[tokio::test]
async fn an_order_is_paid_declined_and_cancelled_at_a_gateway_elsewhere() {
    let sandbox = Sandbox::open(&["--sandbox-key", KEY]).await;
    let shop = shop_at(&sandbox.url).await;
    let mut browser = shop.browser();
    let path = come_to_payment(&mut browser, &sandbox).await;
    let review = pay_with(&mut browser, &path, "pm_card_visa_chargeDeclinedInsufficientFunds").await;
    browser.place(&review).await.says(&["There is not enough money on the card."]);
    let review = pay_with(&mut browser, &path, "pm_card_visa").await;
    let confirmation = browser.place(&review).await;
    confirmation.is(200).says(&["Thank you, Ada."]);
    let order = browser.follow_order(&confirmation).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    // Its own tables know nothing of it.
    assert_eq!(shop.payments().await, 0);
    let log = shop.log();
    assert!(!log.contains(KEY) && !log.contains(WEBHOOK_SECRET), "{log}");
}

#[tokio::test]
async fn a_wrong_key_keeps_an_order_waiting_and_takes_no_money() {
    let sandbox = Sandbox::open(&["--sandbox-key", "sk_test_of_somebody_else"]).await;
    let shop = shop_at(&sandbox.url).await;
    let mut browser = shop.browser();
    let path = come_to_payment(&mut browser, &sandbox).await;
    let review = pay_with(&mut browser, &path, "pm_card_visa").await;
    browser.place(&review).await.is(200).says(&["Your bank has not answered yet"]);
    assert_eq!(shop.order_states().await, ["pending"]);
}

#[tokio::test]
async fn a_signed_webhook_finishes_what_a_challenge_began() {
    // The sandbox was not told where the store is: what it would send is sent by hand.
    let sandbox = Sandbox::open(&["--sandbox-key", KEY]).await;
    let shop = shop_at(&sandbox.url).await;
    let mut browser = shop.browser();
    let path = come_to_payment(&mut browser, &sandbox).await;
    let review = pay_with(&mut browser, &path, "pm_card_authenticationRequired").await;
    let form = review.form(PLACE);
    let bank = browser.post(&form.action, &form.fields).await.location().to_owned();
    assert!(bank.starts_with(&format!("{}/challenges/pi_", sandbox.url)), "{bank}");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let answered = client.post(&bank).form(&[("answer", "confirm")]).send().await.unwrap();
    let returned = answered.headers()["location"].to_str().unwrap().to_owned();
    assert!(returned.starts_with(&format!("{}/checkout/challenge?order=CG-", shop.url())), "{returned}");
    assert_eq!(shop.order_states().await, ["pending"], "nobody has told the store");
    let order = shop.order_ids().await.remove(0);
    let payload = format!(r#"{{"id":"evt_1","data":{{"object":{{"metadata":{{"order":"{order}"}}}}}}}}"#);
    let tell = async |signature: String| {
        let request = browser.request(reqwest::Method::POST, "/payment/webhooks");
        let request = request.header("stripe-signature", signature).body(payload.clone());
        request.send().await.unwrap().status().as_u16()
    };
    let now = jiff::Timestamp::now().as_second();
    assert_eq!(tell(signature("whsec_wrong", now, &payload)).await, 400);
    assert_eq!(tell(signature(WEBHOOK_SECRET, now - 301, &payload)).await, 400);
    assert_eq!(shop.order_states().await, ["pending"]);
    for _ in 0..2 {
        assert_eq!(tell(signature(WEBHOOK_SECRET, now, &payload)).await, 200);
    }
    until("the order is confirmed", SETTLED_WITHIN, async || {
        (shop.order_states().await == ["confirmed"]).then_some(())
    })
    .await;
}

fn signature(secret: &str, at_seconds: i64, payload: &str) -> String {
    use hmac::Mac as _;
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at_seconds}.{payload}").as_bytes());
    format!("t={at_seconds},v1={:x}", mac.finalize().into_bytes())
}

#[tokio::test]
async fn the_check_of_the_books_asks_the_gateway_for_its_own() {
    let mut sandbox = Sandbox::open(&["--sandbox-key", KEY]).await;
    let url = sandbox.url.clone();
    let shop = shop_at(&url).await;
    let settings = [("CARTOGRAPH_GATEWAY_URL", url.as_str()), ("CARTOGRAPH_GATEWAY_KEY", KEY)];
    let data = shop.data();
    let check = ["ledger".as_ref(), "check".as_ref(), "--data".as_ref(), data.as_os_str()];
    let mut browser = shop.browser();
    let path = come_to_payment(&mut browser, &sandbox).await;
    let review = pay_with(&mut browser, &path, "pm_card_visa").await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    let number = shop.orders().await.remove(0).number;
    // More payments of somebody else's than there are on a page, and holds of orders that nobody knows.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let pay = async |order: &str| {
        let form = [("amount", "500"), ("currency", "gbp"), ("payment_method", "pm_card_visa"), ("confirm", "true")];
        let form = form.into_iter().chain([("capture_method", "manual"), ("metadata[order]", order)]);
        let request = client.post(format!("{url}/v1/payment_intents")).bearer_auth(KEY);
        request.form(&form.collect::<Vec<_>>()).send().await.unwrap().error_for_status().unwrap();
    };
    for _ in 0..101 {
        pay("of another shop").await;
    }
    shop.run(&check, &settings).await.went_well();
    pay("0190f3a1b2c37d4e8f90a1b2c3d4e5f6").await;
    // What is being worked on is not asked about.
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    let order = shop.order_ids().await.remove(0);
    let found = client.get(format!("{url}/v1/payment_intents/search")).bearer_auth(KEY);
    let found = found.query(&[("query", format!("metadata['order']:'{order}'"))]).send().await.unwrap();
    let found: serde_json::Value = found.json().await.unwrap();
    let payment = found["data"][0]["id"].as_str().unwrap();
    let capture = client.post(format!("{url}/v1/payment_intents/{payment}/capture")).bearer_auth(KEY);
    capture.form(&[("amount_to_capture", "500")]).send().await.unwrap().error_for_status().unwrap();
    let broken = shop.run(&check, &settings).await;
    assert_eq!(broken.code, 1);
    for words in [
        "the gateway holds no money of an order that ended, or without an order",
        "£5.00 of no order",
        "the gateway has captured and refunded what orders say",
        &format!("{number} says 0 captured and 0 refunded; the gateway says 500 and 0"),
    ] {
        assert!(broken.stdout.contains(words), "{words}: {broken:?}");
    }
    sandbox.kill().await;
    let silent = shop.run(&check, &settings).await;
    assert_eq!(silent.code, 0, "what could be asked agrees: {silent:?}");
    assert!(silent.stdout.contains("The payment gateway did not answer"), "{silent:?}");
}

#[tokio::test]
async fn an_address_without_a_key_is_refused() {
    let shop = Shop::new();
    let refused = shop.run(&["serve".as_ref()], &[("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9")]).await;
    refused.refused_with(&["--gateway-key"]);
}

#[tokio::test]
async fn the_key_can_be_a_flag_or_stand_in_the_file() {
    let shop = Shop::new();
    let file = shop.file("keyed.toml", "gateway-url = \"http://127.0.0.1:9\"\ngateway-key = \"sk_test\"\n");
    let by_file = ["--config".as_ref(), file.as_os_str(), "serve".as_ref(), "--listen".as_ref(), "nowhere".as_ref()];
    shop.run(&by_file, &[]).await.refused_with(&["--listen", "nowhere"]);
    let by_flag = ["serve", "--gateway-key", "sk_test", "--listen", "nowhere"].map(std::ffi::OsStr::new);
    shop.run(&by_flag, &[]).await.refused_with(&["--listen", "nowhere"]);
}
