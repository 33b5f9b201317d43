//! The gateway's own field for cards: its settings, what the payment page lets it do, and what is posted with its
//! token.

use std::ffi::OsStr;
use std::iter::once;

use reqwest::StatusCode;
use reqwest::header::AUTHORIZATION;

use crate::support::purchase::CARD;
use crate::support::sandbox::Sandbox;
use crate::support::{Browser, Page, Shop, feed};

const RETURN: &str = "/checkout/payment/return";
const SECRET: &str = "sk_test_of_this_store";
const PUBLISHABLE: &str = "pk_test_of_this_store";

async fn shop_with(settings: &[(&str, &str)]) -> Shop {
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop.open_in(settings).await;
    shop
}

/// A store whose money Stripe holds. Nobody asks Stripe anything before an order is placed.
async fn shop_at_stripe() -> Shop {
    shop_with(&[("CARTOGRAPH_GATEWAY_KEY", SECRET), ("CARTOGRAPH_GATEWAY_PUBLISHABLE_KEY", PUBLISHABLE)]).await
}

async fn come_to_payment(browser: &mut Browser) -> Page {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

/// The part of a page's policy that begins with a name, without the name.
fn policy(page: &Page, name: &str) -> String {
    let policy = page.header("content-security-policy").expect("a page has a policy");
    let part = policy.split(';').find_map(|part| part.trim().strip_prefix(name));
    part.unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn settings_that_do_not_fit_together_are_refused_and_never_repeated() {
    let shop = Shop::new();
    let cases: [(&[&str], &[&str]); 6] = [
        (&["--gateway-key", "sk_live_hunter2"], &["--gateway-publishable-key", "pk_live_"]),
        (
            &["--gateway-key", "sk_live_hunter2", "--gateway-publishable-key", "sk_live_hunter2"],
            &["--gateway-publishable-key", "sk_…", "15 characters", "secret key", "pk_live_"],
        ),
        (
            &["--gateway-key", "sk_live_hunter2", "--gateway-publishable-key", "pk_test_hunter2"],
            &["--gateway-publishable-key", "--gateway-key", "do not belong together"],
        ),
        (&["--gateway-publishable-key", "pk_live_hunter2"], &["--gateway-publishable-key needs --gateway-key"]),
        (
            &[
                "--gateway-key",
                "sk_live_hunter2",
                "--gateway-publishable-key",
                "pk_live_hunter2",
                "--gateway-script-url",
                "https://gateway.example/v3/",
            ],
            &["--gateway-script-url needs --gateway-url"],
        ),
        (&["--gateway-script-url", "v3"], &["--gateway-script-url", "v3", "https://gateway.example/v3/"]),
    ];
    for (given, said) in cases {
        let arguments: Vec<&OsStr> = once("serve").chain(given.iter().copied()).map(OsStr::new).collect();
        let refused = shop.run(&arguments, &[]).await;
        refused.refused_with(said);
        assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
    }
    let wrong = [("CARTOGRAPH_GATEWAY_PUBLISHABLE_KEY", "sk_hunter2")];
    let help = shop.run(&["serve", "--help"].map(OsStr::new), &wrong).await.went_well();
    assert!(help.stdout.contains("--gateway-publishable-key") && !help.stdout.contains("hunter2"), "{}", help.stdout);
}

#[tokio::test]
async fn the_payment_page_alone_loads_the_field_of_stripe() {
    let shop = shop_at_stripe().await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    payment.is(200).says(&["They go straight to our payment gateway and never reach us."]);
    assert!(payment.forms(CARD).is_empty(), "no form of the store takes a number");
    for (part, is_there) in [
        ("data-script=\"https://js.stripe.com/v3/\"", true),
        (&*format!("data-key=\"{PUBLISHABLE}\""), true),
        ("scripts are off. Without them you can pay with a gift card.", true),
        (SECRET, false),
        ("<script src=\"https://js.stripe.com", false),
    ] {
        assert_eq!(payment.html.contains(part), is_there, "{part} in {}", payment.html);
    }
    let scripts = policy(&payment, "script-src");
    assert!(scripts.ends_with(" https://js.stripe.com https://*.js.stripe.com"), "{scripts}");
    assert!(!scripts.contains("'unsafe-inline'"), "{scripts}");
    let frames = "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com";
    assert_eq!(policy(&payment, "frame-src"), frames);
    assert_eq!(policy(&payment, "connect-src"), "'self' https://api.stripe.com");
    assert_eq!(payment.header("permissions-policy"), Some("payment=(self \"https://js.stripe.com\")"));
    for path in ["/", "/cart", "/checkout/delivery", "/products/walnut-desk-lamp"] {
        let page = browser.open(path).await;
        assert!(!page.is(200).html.contains("stripe.com"), "{path}");
        assert!(!page.header("content-security-policy").unwrap_or_default().contains("stripe.com"), "{path}");
        assert_eq!(page.header("permissions-policy"), None, "{path}");
    }
}

#[tokio::test]
async fn what_is_posted_is_a_token_and_four_digits_of_this_checkout() {
    let shop = shop_at_stripe().await;
    let mut browser = shop.browser();
    let form = come_to_payment(&mut browser).await.form(RETURN);
    let names: Vec<&str> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["checkout", "payment_method", "last_four"]);
    // A form that no script filled in, a number in the place of a token, and another checkout lead back.
    let good = form.clone().with("payment_method", "pm_1Nv0FG").with("last_four", "4242");
    for wrong in [
        form.clone(),
        good.clone().with("payment_method", "4242 4242 4242 4242"),
        good.clone().with("payment_method", "4242424242424242"),
        good.clone().with("last_four", "4242424242424242"),
        good.clone().with("payment_method", "invoice"),
        good.clone().with("checkout", "0123456789abcdef0123456789abcdef"),
    ] {
        let back = browser.submit(&wrong).await;
        assert!(back.path.starts_with("/checkout/payment?"), "{:?} led to {}", wrong.fields, back.path);
    }
    let review = browser.submit(&good).await;
    assert_eq!(review.path, "/checkout/review");
    review.is(200).says(&["Card ending in 4242"]);
    // From another website nothing is taken.
    let request = browser.request(reqwest::Method::POST, RETURN).header("origin", "https://evil.example");
    assert_eq!(browser.send(request.form(&good.fields)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_gateway_elsewhere_brings_its_own_field() {
    let sandbox = Sandbox::open(&["--sandbox-key", SECRET]).await;
    let script = format!("{}/v3/", sandbox.url);
    let shop = shop_with(&[
        ("CARTOGRAPH_GATEWAY_URL", sandbox.url.as_str()),
        ("CARTOGRAPH_GATEWAY_KEY", SECRET),
        ("CARTOGRAPH_GATEWAY_PUBLISHABLE_KEY", PUBLISHABLE),
        ("CARTOGRAPH_GATEWAY_SCRIPT_URL", script.as_str()),
    ])
    .await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    assert!(payment.html.contains(&format!("data-script=\"{script}\"")));
    assert!(policy(&payment, "script-src").ends_with(&format!(" {}", sandbox.url)));
    assert_eq!(policy(&payment, "frame-src"), sandbox.url);
    for (token, said) in [
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "There is not enough money on the card."),
        ("pm_card_visa", "Thank you, Ada."),
    ] {
        let payment = browser.open("/checkout/payment").await;
        let form = payment.form(RETURN).with("payment_method", token).with("last_four", "4242");
        let review = browser.submit(&form).await;
        // Where a challenge would be: a gateway without TLS.
        assert!(policy(&review, "form-action").ends_with(&sandbox.url), "{}", policy(&review, "form-action"));
        browser.place(&review).await.is(200).says(&[said]);
    }
}

#[tokio::test]
async fn the_key_of_browsers_makes_names_for_cards_and_nothing_else() {
    let sandbox = Sandbox::open(&["--sandbox-key", SECRET]).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let post = |path: &str, key: &str| {
        let request = client.post(format!("{}{path}", sandbox.url)).header(AUTHORIZATION, format!("Bearer {key}"));
        request.form(&[("type", "card"), ("card[number]", "4242424242424242")]).send()
    };
    let made = post("/v1/payment_methods", PUBLISHABLE).await.unwrap();
    assert_eq!(made.status(), StatusCode::OK);
    let made: serde_json::Value = serde_json::from_str(&made.text().await.unwrap()).unwrap();
    assert_eq!(made["id"], "pm_card_visa");
    assert_eq!(made["card"]["last4"], "4242");
    for (path, key) in [
        ("/v1/payment_intents", PUBLISHABLE),
        ("/v1/refunds", PUBLISHABLE),
        ("/v1/payment_methods", "pk_live_1"),
        ("/v1/payment_methods", "sk_test_other"),
    ] {
        assert_eq!(post(path, key).await.unwrap().status(), StatusCode::UNAUTHORIZED, "{path} with {key}");
    }
    for path in ["/v3", "/v3/"] {
        let script = client.get(format!("{}{path}", sandbox.url)).send().await.unwrap();
        assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    }
}
