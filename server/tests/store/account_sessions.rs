//! Who is signed in: what keeps strangers out, and what ends a session.

use futures::future::join_all;
use reqwest::Method;

use super::account::{ADA_EMAIL, shop};
use crate::support::account::{
    CHANGE_EMAIL, CHANGE_PASSWORD, CONFIRM_EMAIL, END_OTHERS, END_SESSION, PASSWORD, REGISTER, RESET, SEND_LINK,
    SIGN_IN, SIGN_OUT,
};
use crate::support::clock::Clock;
use crate::support::{Browser, Shop};

#[tokio::test]
async fn a_password_can_be_guessed_at_ten_times_only() {
    let shop = shop().await;
    shop.member(ADA_EMAIL, "Ada Lovelace").await;
    for (place, email) in [ADA_EMAIL, "nobody@example.com"].into_iter().enumerate() {
        // Many at once come no further than one after the other.
        let guesses = (0..14).map(|_| {
            let mut guesser = shop.browser();
            async move {
                let answer = guesser.post(SIGN_IN, &[("email", email), ("password", "not the right words")]).await;
                guesser.go_on(answer).await.text()
            }
        });
        let answers = join_all(guesses).await;
        let judged = answers.iter().filter(|answer| answer.contains("don't belong together")).count();
        let refused =
            answers.iter().filter(|answer| answer.contains("tried too often; please wait 15 minutes")).count();
        assert_eq!((judged, refused), (10, 4), "{place}");
    }
    shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["tried too often"]);
    // Whoever owns the mailbox is not locked out by it.
    let mut ada = shop.browser();
    ada.ask_for_link("/account/forgotten", ADA_EMAIL).await;
    let form = ada.open(&shop.last_letter(ADA_EMAIL).link()).await.form(RESET);
    ada.submit(&form.with("password", "four other plain words")).await.says(&["Good day, Ada"]);
    shop.browser().sign_in(ADA_EMAIL, "four other plain words").await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn a_network_and_a_mailbox_have_limits_of_their_own() {
    let shop = shop().await;
    let ask = async |path: &str, client: &str, fields: &[(&str, &str)]| {
        let mut browser = shop.browser();
        let request = browser.request(Method::POST, path).header("origin", shop.url());
        let answer = browser.send(request.header("x-forwarded-for", client).form(fields)).await;
        browser.go_on(answer).await.text()
    };
    for place in 0..100 {
        let email = format!("guess-{place}@example.com");
        ask(SIGN_IN, "203.0.113.7", &[("email", &email), ("password", "not the right words")]).await;
    }
    let fields = [("email", "guess-100@example.com"), ("password", "not the right words")];
    assert!(ask(SIGN_IN, "203.0.113.7", &fields).await.contains("tried too often"));
    assert!(ask(SIGN_IN, "203.0.113.8", &fields).await.contains("don't belong together"));

    for place in 0..7 {
        let client = format!("198.51.100.{place}");
        ask(SEND_LINK, &client, &[("email", ADA_EMAIL), ("wish", "register")]).await;
    }
    assert_eq!(shop.letters().len(), 5, "nobody's mailbox is filled by others");
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let shop = shop().await;
    let mut phone = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut laptop = shop.browser();
    laptop.sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);
    let mut stranger = shop.browser();
    stranger.ask_for_link("/account/forgotten", ADA_EMAIL).await;
    let link = shop.last_letter(ADA_EMAIL).link();
    laptop.ask_for_link("/account/forgotten", ADA_EMAIL).await;
    let other_link = shop.last_letter(ADA_EMAIL).link();
    let mut mailbox = shop.browser();
    let form = mailbox.open(&link).await.form(RESET).with("password", "four other plain words");
    mailbox.submit(&form).await.says(&["Good day, Ada"]);
    for browser in [&mut phone, &mut laptop] {
        assert!(browser.get("/account").await.is(302).location().starts_with("/account/sign-in"));
    }
    stranger.open(&other_link).await.says(&["This link does not work any more"]);
    mailbox.submit(&form).await.says(&["This link does not work any more"]);
    laptop.sign_in(ADA_EMAIL, PASSWORD).await.says(&["don't belong together"]);
    laptop.sign_in(ADA_EMAIL, "four other plain words").await.says(&["Good day, Ada"]);

    // Changing it in the settings ends the others and keeps this one, under another cookie.
    let before = laptop.cookie("session").unwrap().to_owned();
    let form = laptop.open("/account/settings").await.form(CHANGE_PASSWORD);
    let wrong = form.clone().with("current_password", "not the right words").with("new_password", PASSWORD);
    laptop.submit(&wrong).await.says(&["That is not your password."]);
    let form = form.with("current_password", "four other plain words").with("new_password", PASSWORD);
    laptop.submit(&form).await.is(200).says(&["Your password is changed"]);
    assert_ne!(laptop.cookie("session"), Some(before.as_str()));
    assert!(mailbox.get("/account").await.is(302).location().starts_with("/account/sign-in"));
    let mut thief = shop.browser();
    thief.set_cookie("session", &before);
    thief.get("/account").await.is(302);
}

#[tokio::test]
async fn a_change_of_address_that_was_asked_for_with_an_old_password_does_nothing() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let ask = async |password: &str| {
        let mut thief = shop.browser();
        thief.sign_in(ADA_EMAIL, password).await.says(&["Good day, Ada"]);
        let form = thief.open("/account/settings").await.form(CHANGE_EMAIL).with("new_email", "eve@example.com");
        thief.submit(&form.with("email_password", password)).await.says(&["We sent a letter to eve@example.com."]);
        let link = shop.last_letter("eve@example.com").link();
        thief.open(&link).await.form(CONFIRM_EMAIL);
        link
    };
    let does_nothing = async |link: &str| {
        shop.browser().open(link).await.says(&["This link does not work any more"]);
    };
    let link = ask(PASSWORD).await;
    let form = ada.open("/account/settings").await.form(CHANGE_PASSWORD);
    let form = form.with("current_password", PASSWORD).with("new_password", "four other plain words");
    ada.submit(&form).await.is(200).says(&["Your password is changed"]);
    does_nothing(&link).await;

    // Neither does one that is older than a role.
    let link = ask("four other plain words").await;
    let made = shop.operators(&["add", ADA_EMAIL]).await.went_well().stdout;
    let password = made.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    does_nothing(&link).await;
    let link = ask(password).await;
    shop.operators(&["remove", ADA_EMAIL]).await.went_well();
    does_nothing(&link).await;
    shop.browser().sign_in(ADA_EMAIL, password).await.says(&["Good day, Ada"]);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let shop = shop().await;
    let mut phone = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let mut laptop = shop.browser();
    laptop.sign_in(ADA_EMAIL, PASSWORD).await;
    let page = laptop.open("/account/sessions").await;
    page.is(200).says(&["This device", "Last used on"]);
    let forms = page.forms(END_SESSION);
    assert_eq!(forms.len(), 2);
    laptop.submit(&forms[1]).await.is(200);
    assert!(phone.get("/account").await.is(302).location().starts_with("/account/sign-in"));
    phone.sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day"]);
    let form = laptop.open("/account/sessions").await.form(END_OTHERS);
    laptop.submit(&form).await.is(200).does_not_say("Last used on");
    phone.get("/account").await.is(302);

    // A sign-in gets a new token and ends the session that the browser had.
    let before = laptop.cookie("session").unwrap().to_owned();
    let fields = [("email", ADA_EMAIL), ("password", PASSWORD)];
    let answer = laptop.post(SIGN_IN, &fields).await;
    let cookie = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned());
    let cookie = cookie.into_iter().find(|cookie| cookie.starts_with("session=")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/;"), "{cookie}");
    assert!(!cookie.contains("Secure"), "a store on http keeps its sessions: {cookie}");
    let mut thief = shop.browser();
    thief.set_cookie("session", &before);
    thief.get("/account").await.is(302);
    assert_eq!(laptop.open("/account/sessions").await.forms(END_SESSION).len(), 1);

    for _ in 0..25 {
        shop.browser().sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day"]);
    }
    let page = shop.browser().sign_in(ADA_EMAIL, PASSWORD).await;
    page.is(200);
    let mut last = shop.browser();
    last.sign_in(ADA_EMAIL, PASSWORD).await;
    assert_eq!(last.open("/account/sessions").await.forms(END_SESSION).len(), 20, "there is a limit");
}

#[tokio::test]
async fn sessions_that_ended_by_themselves_are_not_listed() {
    let Some(clock) = Clock::new() else { return };
    let mut shop = Shop::new();
    let environment = clock.environment();
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    shop.open_in(&environment).await;
    let mut phone = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    // A customer who stays away for thirty days signs in anew.
    clock.set_ahead(31 * 86_400);
    phone.get("/account").await.is(302);
    phone.sign_in(ADA_EMAIL, PASSWORD).await.says(&["Good day, Ada"]);
    assert_eq!(phone.open("/account/sessions").await.forms(END_SESSION).len(), 1);
}

#[tokio::test]
async fn cookies_of_a_store_behind_tls_are_secure() {
    let mut shop = Shop::new();
    // A port that was free a moment ago: the store says its public address and not this one.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (data, site, listen) = (shop.data(), shop.folder().join("site"), format!("127.0.0.1:{port}"));
    let (data, site) = (data.to_str().unwrap(), site.to_str().unwrap());
    let arguments = ["serve", "--listen", &listen, "--data", data, "--site", site];
    let environment = [("CARTOGRAPH_BASE_URL", "https://shop.example")];
    shop.open_with(&arguments.map(std::ffi::OsStr::new), &environment).await;
    let mut browser = Browser::new(&format!("http://{listen}"));
    browser.post(SEND_LINK, &[("email", ADA_EMAIL), ("wish", "register")]).await;
    let letter = shop.last_letter(ADA_EMAIL);
    assert!(letter.text.contains("https://shop.example/account/link?token="), "{}", letter.text);
    let link = letter.link();
    let token = link.split('=').nth(1).unwrap();
    let answer = browser.post(REGISTER, &[("token", token), ("name", "Ada"), ("password", PASSWORD)]).await;
    let mut cookies = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let session = cookies.find(|cookie| cookie.starts_with("session=")).unwrap();
    assert!(session.contains("; Secure"), "{session}");
}

#[tokio::test]
async fn no_secret_is_kept_or_logged() {
    let mut shop = shop().await;
    shop.close().await;
    shop.open_in(&[("CARTOGRAPH_LOG", "info,server=trace,tower_http=trace,app=trace")]).await;
    let browser = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    shop.browser().sign_in(ADA_EMAIL, "not the right words").await;
    let session = browser.cookie("session").unwrap();
    let link = shop.last_letter(ADA_EMAIL).link();
    let token = link.split('=').nth(1).unwrap();
    let log = shop.log();
    assert!(log.contains("/account"), "the log tells of requests");
    let written = std::fs::read(shop.data().join("store.sqlite")).unwrap();
    let waiting = std::fs::read(shop.data().join("store.sqlite-wal")).unwrap_or_default();
    let kept = String::from_utf8_lossy(&[written, waiting].concat()).into_owned();
    assert!(kept.contains("$argon2id$"));
    for secret in [session, token, PASSWORD, "not the right words", "not+the+right+words"] {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!kept.contains(secret), "{secret} is in the database");
    }
}

#[tokio::test]
async fn nobody_is_led_out_of_the_store_by_the_sign_in() {
    let shop = shop().await;
    let mut ada = shop.member(ADA_EMAIL, "Ada Lovelace").await;
    let form = ada.open("/account").await.form(SIGN_OUT);
    ada.submit(&form).await;
    for evil in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let answer =
            shop.browser().post(SIGN_IN, &[("email", ADA_EMAIL), ("password", PASSWORD), ("next", evil)]).await;
        assert_eq!(answer.is(302).location(), "/account", "{evil}");
    }
    let page = ada.open("/account/orders?q=lamp").await;
    assert_eq!(page.form(SIGN_IN).field("next"), Some("/account/orders?q=lamp"));
    let form = page.form(SIGN_IN).with("email", ADA_EMAIL).with("password", PASSWORD);
    assert_eq!(ada.submit(&form).await.is(200).path, "/account/orders?q=lamp");
}
