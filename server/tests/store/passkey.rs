//! Passkeys, as far as they go without a device that signs: what is asked, and everything that is refused. That a
//! browser's passkey opens a session is shown in `end2end/passkey.spec.ts`.

use std::net::TcpListener;

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use serde_json::json;

use domain::account::PASSKEY_OFFERS_PER_NETWORK;

use super::account::{ADA_EMAIL, shop};
use crate::support::account::{
    ADD_PASSKEY, ASK_FOR_PASSKEY, BEGIN_PASSKEY, DELETE, OFFER_PASSKEYS, PASSWORD, REMOVE_PASSKEY, RENAME_PASSKEY,
    RESET, SHOW_PASSKEY, SIGN_IN,
};
use crate::support::{Browser, Page, Shop};

const SPENT: &str = "That took too long or was done already; please begin again.";
const REFUSED: &str = "That passkey does not open an account here";
/// What the library keeps of a passkey that its device calls `AQID`.
const KNOWN: &str = "INSERT INTO account_passkeys (id, account_id, credential_id, name, document, added_ms)
    SELECT '0197b2c4d5e67f8091a2b3c4d5e6f708', id, 'AQID', 'My phone', '{\"cred\":{\"cred_id\":\"AQID\",\"cred\":{\"type_\":
    \"ES256\",\"key\":{\"EC_EC2\":{\"curve\":\"SECP256R1\",\"x\":[194,126,127,109,252,23,131,21,252,6,223,99,44,254,140,27,
    230,17,94,5,133,28,104,41,144,69,171,149,161,26,200,243],\"y\":[143,123,183,156,24,178,21,248,117,159,162,69,171,52,188,
    252,26,59,6,47,103,92,19,58,117,103,249,0,219,8,95,196]}}},\"counter\":2,\"transports\":null,\"user_verified\":true,
    \"backup_eligible\":false,\"backup_state\":false,\"registration_policy\":\"required\",\"extensions\":{},\"attestation\":
    {\"data\":\"None\",\"metadata\":\"None\"},\"attestation_format\":\"none\"}}', 1790000000000 FROM accounts
    WHERE email_key = 'ada@example.com'";

/// A store at an address where browsers take passkeys.
async fn named_shop() -> Shop {
    let mut shop = Shop::new();
    // A port that was free a moment ago: the store's public address names it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (data, site, listen) = (shop.data(), shop.folder().join("site"), format!("127.0.0.1:{port}"));
    let (data, site) = (data.to_str().unwrap(), site.to_str().unwrap());
    let base_url = format!("http://localhost:{port}");
    let arguments = ["serve", "--base-url", &base_url, "--listen", &listen, "--data", data, "--site", site];
    shop.open_with(&arguments.map(std::ffi::OsStr::new), &[]).await;
    shop
}

/// What a browser says of a passkey that a device calls so, of which nothing is true.
fn forged(credential_id: &str, user: &str) -> String {
    let response = json!({
        "authenticatorData": "AQID", "clientDataJSON": "e30", "signature": "AQID", "userHandle": user,
    });
    json!({ "id": credential_id, "rawId": credential_id, "type": "public-key", "clientExtensionResults": {}, "response": response })
        .to_string()
}

async fn begin(browser: &mut Browser, name: &str) -> Page {
    let form = browser.open("/account/security").await.form(BEGIN_PASSKEY);
    browser.submit(&form.with("passkey_name", name).with("passkey_password", PASSWORD)).await
}

/// Asks to sign in with a passkey, and shows one.
async fn show(browser: &mut Browser, credential: &str) -> Page {
    let form = browser.open("/account/sign-in?next=%2Faccount%2Forders").await.form(ASK_FOR_PASSKEY);
    let page = browser.submit(&form).await;
    page.is(200).says(&["Your browser asks you now which passkey to take"]);
    assert!(page.html.contains("challenge") && page.header("cache-control") == Some("no-store"));
    browser.submit(&page.form(SHOW_PASSKEY).with("credential", credential)).await
}

/// What a browser at a client's address is asked that can offer its passkeys, as its script gets it: a form would be
/// led back to its page.
async fn offered(browser: &mut Browser, client: &'static str) -> String {
    let headers = [
        (ACCEPT, HeaderValue::from_static("*/*")),
        ("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(client)),
    ];
    let origin = browser.url();
    let request = browser.request(Method::POST, OFFER_PASSKEYS).header("origin", origin);
    let answer = browser.send(request.headers(HeaderMap::from_iter(headers))).await;
    serde_json::from_str(&answer.is(200).html).unwrap()
}

#[tokio::test]
async fn a_store_without_a_name_offers_no_passkeys_and_says_so() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let page = ada.open("/account/security").await;
    page.is(200).says(&["browsers take no passkeys"]);
    assert!(page.forms(BEGIN_PASSKEY).is_empty());
    let fields = [("passkey_name", "My phone"), ("passkey_password", PASSWORD)];
    let answer = ada.post(BEGIN_PASSKEY, &fields).await;
    ada.go_on(answer).await.says(&["Browsers take no passkeys at this store's address"]);
    let mut stranger = shop.browser();
    let page = stranger.open("/account/sign-in").await;
    assert!(page.forms(ASK_FOR_PASSKEY).is_empty());
    let answer = stranger.post(ASK_FOR_PASSKEY, &[("next", "")]).await;
    stranger.go_on(answer).await.says(&["Browsers take no passkeys at this store's address"]);
    assert_eq!(offered(&mut stranger, "203.0.113.7").await, "");
}

#[tokio::test]
async fn a_browser_may_offer_its_passkeys_where_nobody_asked_to_sign_in() {
    let shop = named_shop().await;
    shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut browser = shop.browser();
    let page = browser.open("/account/sign-in?next=%2Faccount%2Forders").await;
    assert!(page.html.contains("username webauthn") && browser.cookie("ceremony").is_none(), "a page asks for nothing");
    let form = page.form(SHOW_PASSKEY).with("credential", &forged("AQID", "AAAAAAAAAAAAAAAAAAAAAA"));
    let question = offered(&mut browser, "203.0.113.7").await;
    let options: serde_json::Value = serde_json::from_str(&question).unwrap();
    assert_eq!((&options["rpId"], &options["userVerification"]), (&json!("localhost"), &json!("required")));
    // Pages side by side ask one question, which waits as long as one of them is open, and is answered once.
    shop.change_books("UPDATE account_ceremonies SET until_ms = until_ms - 3000000").await;
    assert_eq!(offered(&mut browser, "203.0.113.7").await, question);
    shop.change_books("UPDATE account_ceremonies SET until_ms = until_ms - 3000000").await;
    let refused = browser.submit(&form).await;
    refused.says(&[REFUSED]);
    assert_eq!(refused.form(SIGN_IN).field("next"), Some("/account/orders"), "the way on is kept");
    browser.submit(&form).await.says(&[SPENT]);
    let next = offered(&mut browser, "203.0.113.7").await;
    assert!(!next.is_empty() && next != question);
    shop.change_books("UPDATE account_ceremonies SET until_ms = 0").await;
    assert_ne!(offered(&mut browser, "203.0.113.7").await, next, "too old");
}

#[tokio::test]
async fn those_who_look_at_the_sign_in_keep_nobody_out() {
    let shop = named_shop().await;
    shop.member(ADA_EMAIL, "Ada Lovelace").await;
    shop.change_books("DELETE FROM account_attempts").await;
    assert!(!offered(&mut shop.browser(), "203.0.113.7").await.is_empty());
    let all_but_one = PASSKEY_OFFERS_PER_NETWORK.attempts - 1;
    shop.change_books(format!("UPDATE account_attempts SET attempts = {all_but_one}").leak()).await;
    assert!(!offered(&mut shop.browser(), "203.0.113.7").await.is_empty(), "the last of the limit");
    assert_eq!(offered(&mut shop.browser(), "203.0.113.7").await, "");
    assert!(!offered(&mut shop.browser(), "203.0.113.8").await.is_empty(), "another network");
    // Every way in stays open to them.
    let mut browser = shop.browser();
    let origin = browser.url();
    let fields = [("email", ADA_EMAIL), ("password", PASSWORD)];
    let request = browser.request(Method::POST, SIGN_IN).header("origin", origin);
    let answer = browser.send(request.header("x-forwarded-for", "203.0.113.7").form(&fields)).await;
    browser.go_on(answer).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn a_passkey_is_asked_for_by_who_knows_the_password_and_once() {
    let shop = named_shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let form = ada.open("/account/security").await.form(BEGIN_PASSKEY);
    let fill = |name: &str, password: &str| form.clone().with("passkey_name", name).with("passkey_password", password);
    let refused = ada.submit(&fill("My phone", "not the right words")).await;
    refused.says(&["That is not your password."]);
    assert_eq!(refused.form(BEGIN_PASSKEY).field("passkey_name"), Some("My phone"), "what was typed is kept");
    ada.submit(&fill(" ", PASSWORD)).await.says(&["Please give the passkey a name"]);
    let page = ada.submit(&fill("My phone", PASSWORD)).await;
    page.is(200).says(&["Add a passkey", "My phone", "scripts are off"]);
    for part in ["localhost", "residentKey", "required"] {
        assert!(page.html.contains(part), "no {part} in {}", page.html);
    }
    let form = page.form(ADD_PASSKEY);
    let ceremony = ada.cookie("ceremony").unwrap().to_owned();
    ada.submit(&form.clone().with("credential", "{}")).await.says(&["That passkey could not be added"]);
    // Whatever was answered, it was answered.
    ada.set_cookie("ceremony", &ceremony);
    ada.submit(&form.clone().with("credential", "{}")).await.says(&[SPENT]);
    ada.set_cookie("ceremony", "");
    ada.submit(&form.with("credential", "{}")).await.says(&[SPENT]);
    assert_eq!(ada.open("/account/security/passkey").await.path, "/account/security");
}

#[tokio::test]
async fn what_a_browser_was_asked_is_of_no_use_later_elsewhere_or_to_others() {
    let shop = named_shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    let form = begin(&mut ada, "My phone").await.form(ADD_PASSKEY).with("credential", "{}");
    eve.set_cookie("ceremony", ada.cookie("ceremony").unwrap());
    eve.submit(&form).await.says(&[SPENT]);
    // What was asked for a new passkey signs nobody in.
    begin(&mut ada, "My phone").await.is(200);
    let mut stranger = shop.browser();
    stranger.set_cookie("ceremony", ada.cookie("ceremony").unwrap());
    let answer = stranger.post(SHOW_PASSKEY, &[("credential", "{}"), ("next", "")]).await;
    stranger.go_on(answer).await.says(&[SPENT]);
    begin(&mut ada, "My phone").await.is(200);
    shop.change_books("UPDATE account_ceremonies SET until_ms = 0").await;
    ada.submit(&form).await.says(&[SPENT]);
    // Somebody else's page posts nothing.
    let mut browser = shop.browser();
    let request = browser.request(Method::POST, ASK_FOR_PASSKEY).header("origin", "https://evil.example");
    browser.send(request.form(&[("next", "")])).await.is(403);
}

#[tokio::test]
async fn nobody_learns_which_passkeys_there_are() {
    let shop = named_shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    shop.change_books(KNOWN).await;
    let mut stranger = shop.browser();
    let user = "AAAAAAAAAAAAAAAAAAAAAA";
    let mut answers = Vec::new();
    for credential in [&forged("AQID", user), &forged("BAUG", user), "{}", "nonsense", ""] {
        let refused = show(&mut stranger, credential).await;
        refused.is(200).says(&[REFUSED]);
        assert_eq!(refused.form(SIGN_IN).field("next"), Some("/account/orders"), "the way on is kept");
        answers.push(refused.text());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    stranger.get("/account").await.is(302);
    ada.open("/account/security").await.says(&["Never used yet"]);
    // Nobody guesses a passkey, and whoever guesses at the password keeps none out.
    for _ in 0..10 {
        stranger.sign_in(ADA_EMAIL, "not the right words").await.says(&["don't belong together"]);
    }
    stranger.sign_in(ADA_EMAIL, PASSWORD).await.says(&["tried too often"]);
    show(&mut stranger, &forged("AQID", user)).await.says(&[REFUSED]);
}

#[tokio::test]
async fn a_passkey_is_renamed_taken_along_and_removed_by_its_owner() {
    let shop = named_shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve").await;
    shop.change_books(KNOWN).await;
    let page = ada.open("/account/security").await;
    let (rename, remove) = (page.form(RENAME_PASSKEY), page.form(REMOVE_PASSKEY));
    for form in [&rename, &remove] {
        eve.submit(form).await.says(&["That passkey is no longer one of yours."]);
    }
    ada.submit(&rename.clone().with("name", &"x".repeat(41))).await.says(&["Please give the passkey a name"]);
    ada.submit(&rename.with("name", "Old phone")).await.says(&["Your passkey has another name.", "Old phone"]);
    let export = ada.get("/account/export").await.html;
    let data: serde_json::Value = serde_json::from_str(&export).unwrap();
    assert_eq!((&data["passkeys"][0]["name"], &data["asks_for_codes"]), (&json!("Old phone"), &json!(false)));
    assert!(!export.contains("AQID"), "{export}");
    ada.submit(&remove).await.says(&["Your passkey is removed."]);
    let letter = shop.last_letter(ADA_EMAIL);
    assert!(letter.subject.contains("A passkey was removed") && letter.text.contains("Old phone"), "{letter:?}");

    shop.change_books(KNOWN).await;
    begin(&mut ada, "My laptop").await.is(200);
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.says(&["Your account is removed"]);
    let rows = shop.account_rows().await;
    let kept = |table: &str| rows.iter().find(|(name, _)| *name == table).unwrap().1;
    assert_eq!((kept("account_passkeys"), kept("account_ceremonies")), (0, 0));
}

#[tokio::test]
async fn an_account_has_ten_passkeys_at_most() {
    let shop = named_shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let others = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9)
        INSERT INTO account_passkeys (id, account_id, credential_id, name, document, added_ms)
        SELECT '0197b2c4d5e67f8091a2b3c4d5e6f7' || (10 + n), id, 'AQI' || n, 'Key ' || n, '{}', n FROM accounts, numbers";
    shop.change_books(others).await;
    begin(&mut ada, "The tenth").await.says(&["Add a passkey"]);
    shop.change_books(KNOWN).await;
    begin(&mut ada, "One too many").await.says(&["An account has at most 10 passkeys"]);
}

#[tokio::test]
async fn a_new_password_shows_the_passkeys_that_go_on_working() {
    let shop = named_shop().await;
    shop.member(ADA_EMAIL, "Ada Lovelace").await;
    shop.change_books(KNOWN).await;
    let mut mailbox = shop.browser();
    mailbox.ask_for_link("/account/forgotten", ADA_EMAIL).await;
    let form = mailbox.open(&shop.last_letter(ADA_EMAIL).link()).await.form(RESET);
    let page = mailbox.submit(&form.with("password", "four other plain words")).await;
    page.is(200).says(&["Your new password is set.", "My phone"]);
    assert!(page.path.starts_with("/account/security?"), "{}", page.path);
}
