//! Alerts: one letter when something is back or costs less, to whoever asked for it and nobody else.

use std::fs;
use std::time::Duration;

use super::letter::left_to_operator;
use crate::support::account::{DELETE, Letter, PASSWORD};
use crate::support::mailbox::{Mailbox, Taken};
use crate::support::stock::{COUNT, OLGA, rows};
use crate::support::wish_list::ADD_WISH;
use crate::support::{Browser, Page, Shop, feed, until};

const ASK: &str = "/api/alerts";
const CONFIRM: &str = "/api/alerts/confirmations";
const REMOVE: &str = "/api/alerts/removals";
const STOP: &str = "/api/alerts/stops";
const DROP: &str = "/api/operator/events/removals";
const RUG: &str = "/alerts/new?sku=RUG&about=stock";
const LAMP: &str = "/alerts/new?sku=LAMP&about=price";
const ADA: &str = "ada@example.com";
const DEADLINE: Duration = Duration::from_secs(30);

async fn count(operator: &mut Browser, sku: &str, units: &str) {
    operator.post(COUNT, &[("sku", sku), ("on_hand", units)]).await.is(302);
}

/// Asks as somebody who is signed in.
async fn ask(browser: &mut Browser, path: &str) -> Page {
    let form = browser.open(path).await.form(ASK);
    browser.submit(&form).await
}

/// Asks as a guest.
async fn ask_as(browser: &mut Browser, path: &str, email: &str) -> Page {
    let form = browser.open(path).await.form(ASK).with("email", email);
    browser.submit(&form).await
}

/// The letter about something that has come.
async fn told(shop: &Shop, to: &str, subject: &str) -> Letter {
    until("the letter comes", DEADLINE, async || {
        shop.letters().into_iter().find(|letter| letter.to == to && letter.subject == subject)
    })
    .await
}

/// What went to an address with a subject.
fn of(taken: &[Taken], to: &str, subject: &str) -> Vec<Taken> {
    let subject = format!("\r\nSubject: {subject}\r\n");
    let fits = |letter: &&Taken| letter.to == format!("<{to}>") && letter.message.contains(&subject);
    taken.iter().filter(fits).cloned().collect()
}

fn link_in(letter: &Taken, start: &str) -> String {
    let text = &letter.message;
    let start = text.find(start).unwrap_or_else(|| panic!("no link to {start} in {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_sold_out_is_told_of_when_it_is_back() {
    let shop = Shop::with_feed(&rows()).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let page = ada.open("/products/woollen-rug").await;
    page.says(&["Tell me when it is back"]);
    let link = page.links("/alerts/new?").remove(0);
    assert_eq!(link, RUG);
    let page = ada.open(&link).await;
    page.is(200).says(&["Woollen rug It is sold out.", "Back to the product"]);
    assert!(!page.links("/products/woollen-rug?sku=RUG").is_empty());
    let asked = ada.submit(&page.form(ASK)).await;
    asked.is(200).says(&["We will tell you", "Woollen rug", "When it is back in stock"]);
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    // Who asks twice waits once.
    assert_eq!(ask(&mut ada, RUG).await.forms(REMOVE).len(), 1);
    assert!(ada.open("/account/export").await.html.contains("\"waits_for\":{\"kind\":\"stock\"}"));
    count(&mut olga, "RUG", "3").await;
    let letter = told(&shop, ADA, "Woollen rug is back in stock").await;
    assert!(letter.text.contains("Only 3 left in stock. It costs £80.00."), "{}", letter.text);
    ada.open(&letter.link_to("/products/")).await.is(200).says(&["Woollen rug", "Only 3 left in stock"]);
    until("the alert ends", DEADLINE, async || {
        ada.open("/account/alerts").await.text().contains("You wait for nothing").then_some(())
    })
    .await;
    // There is nothing to wait for any more.
    ada.open(RUG).await.is(200).says(&["It can be bought already"]);
    let answer = ada.post(ASK, &[("sku", "RUG"), ("about", "stock")]).await;
    ada.go_on(answer).await.says(&["It can be bought already"]);
}

#[tokio::test]
async fn who_waits_for_a_bundle_is_told_when_its_part_is_back() {
    let mut shop = Shop::new();
    let goods = ["MUG | Blue mug | 9.00 GBP | 1", "TRAY | Oak tray | 21.00 GBP | 5", "TEA | Tea set | 36.00 GBP | 0"];
    shop.import(&feed("id | title | price | quantity", &goods)).await.went_well();
    shop.open().await;
    shop.import_bundles(&["TEA,TRAY,1", "TEA,MUG,2"]).await.went_well();
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ask(&mut ada, "/alerts/new?sku=TEA&about=stock").await.says(&["We will tell you", "Tea set"]);
    count(&mut olga, "MUG", "9").await;
    let letter = told(&shop, ADA, "Tea set is back in stock").await;
    assert!(letter.text.contains("Only 4 left in stock. It costs £36.00."), "{}", letter.text);
}

#[tokio::test]
async fn who_can_not_be_written_to_waits_no_longer_and_may_ask_again() {
    const NOBODY: &str = "nobody@example.com";
    let mailbox = Mailbox::open(&["8BITMIME"]);
    let url = format!("smtp://127.0.0.1:{}", mailbox.port());
    // Whoever is told while letters go to a folder is refused by the mail server later.
    let mut shop = Shop::with_feed(&rows()).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(NOBODY, "Ada Lovelace").await;
    ask(&mut ada, RUG).await.says(&["We will tell you"]);
    shop.close().await;
    shop.open_in(&[("CARTOGRAPH_MAIL_SMTP", url.as_str())]).await;
    ada.follow(&shop);
    olga.follow(&shop);
    count(&mut olga, "RUG", "3").await;
    until("the alert ends", DEADLINE, async || {
        ada.open("/account/alerts").await.text().contains("You wait for nothing").then_some(())
    })
    .await;
    olga.open("/operator/sagas").await.says(&["Events that were not delivered"]);
    count(&mut olga, "RUG", "0").await;
    assert_eq!(ask(&mut ada, RUG).await.forms(REMOVE).len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_given_up_ends_its_alert() {
    let shop = Shop::with_feed(&rows()).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ask(&mut ada, RUG).await.says(&["We will tell you"]);
    // A file stands where the folder should be.
    let folder = shop.data().join("mail");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "").unwrap();
    count(&mut olga, "RUG", "3").await;
    let page = left_to_operator(&shop, &mut olga, DEADLINE).await;
    // It can be tried again until then.
    assert_eq!(ada.open("/account/alerts").await.forms(REMOVE).len(), 1);
    olga.submit(&page.form(DROP)).await.is(200).says(&["The event is given up"]);
    ada.open("/account/alerts").await.says(&["You wait for nothing"]);
    count(&mut olga, "RUG", "0").await;
    assert_eq!(ask(&mut ada, RUG).await.forms(REMOVE).len(), 1);
}

#[tokio::test]
async fn two_events_give_one_letter() {
    let mailbox = Mailbox::open(&["8BITMIME"]);
    let url = format!("smtp://127.0.0.1:{}", mailbox.port());
    let mut shop = Shop::new().with([("CARTOGRAPH_MAIL_SMTP", url)]);
    shop.import(&rows()).await.went_well();
    shop.open().await;
    let mut olga = shop.operator(OLGA).await;
    let mut guest = shop.browser();
    let (asked, back) = ("May Cartograph write to you?", "Woollen rug is back in stock");
    for email in [ADA, "bob@example.com"] {
        ask_as(&mut guest, RUG, email).await.is(200).says(&["Look into your mailbox", email]);
        let letter = until("the letter comes", DEADLINE, async || of(&mailbox.taken(), email, asked).pop()).await;
        let form = guest.open(&link_in(&letter, "/alerts/confirm?token=")).await.form(CONFIRM);
        guest.submit(&form).await.is(200).says(&["as soon as it is back in stock"]);
        // The stock turns, back and forth; whoever waits after that waits for the next time.
        for units in ["4", "0", "4"] {
            count(&mut olga, "RUG", units).await;
        }
        until("the news comes", DEADLINE, async || of(&mailbox.taken(), email, back).pop()).await;
        count(&mut olga, "RUG", "0").await;
    }
    // Bob's came after all that could have been written to Ada.
    assert_eq!(of(&mailbox.taken(), ADA, back).len(), 1);
    let news = of(&mailbox.taken(), ADA, back).remove(0);
    assert!(news.message.contains("\r\nMessage-ID: <alert-"), "a letter that comes twice is known: {}", news.message);
}

#[tokio::test]
async fn a_price_that_fell_is_told_of_and_one_that_rose_is_not() {
    let goods = |lamp: &str, stool: &str| {
        let rows = [format!("LAMP | Walnut desk lamp | {lamp} GBP"), format!("STOOL | Oak stool | {stool} GBP")];
        feed("id | title | price", &rows.each_ref().map(String::as_str))
    };
    let mut shop = Shop::with_feed(&goods("24.50", "61.00")).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    // A wish list leads there.
    let form = ada.open("/products/walnut-desk-lamp").await.form(ADD_WISH);
    let link = ada.submit(&form).await.links("/alerts/new?").remove(0);
    assert_eq!(link, LAMP);
    ada.open(&link).await.says(&["Tell me when the price falls", "£24.50"]);
    ask(&mut ada, &link).await.says(&["Walnut desk lamp", "When it costs less than £24.50"]);
    ask(&mut ada, "/alerts/new?sku=STOOL&about=price").await.says(&["When it costs less than £61.00"]);
    for (lamp, stool) in [("24.50", "70.00"), ("20.50", "61.00")] {
        shop.close().await;
        shop.import(&goods(lamp, stool)).await.went_well();
        shop.open().await;
        ada.follow(&shop);
    }
    let letter = told(&shop, ADA, "Walnut desk lamp costs less now").await;
    let words = "Walnut desk lamp costs £20.50 at Cartograph now. It was £24.50 when you asked us to tell you.";
    assert!(letter.text.contains(words), "{}", letter.text);
    let page = until("the alert ends", DEADLINE, async || {
        let page = ada.open("/account/alerts").await;
        (page.forms(REMOVE).len() == 1).then_some(page)
    })
    .await;
    page.says(&["Oak stool"]);
    page.does_not_say("Walnut desk lamp");
    assert!(!shop.letters().iter().any(|letter| letter.subject.contains("Oak stool")));

    // The link of the letter removes the other one, without a sign-in, and only when its button is pressed.
    let mut guest = shop.browser();
    let ending = letter.link_to("/alerts/stop?key=");
    let page = guest.open(&ending).await;
    page.is(200).says(&["about one more thing"]);
    assert_eq!(ada.open("/account/alerts").await.forms(REMOVE).len(), 1);
    guest.submit(&page.form(STOP)).await.is(200).says(&["All your alerts are removed"]);
    ada.open("/account/alerts").await.says(&["You wait for nothing"]);
    let (head, tail) = ending.split_at(ending.len() - 1);
    let forged = format!("{head}{}", if tail == "0" { "1" } else { "0" });
    guest.open(&forged).await.is(404);
    guest.open("/alerts/stop?key=nonsense").await.is(404);
}

#[tokio::test]
async fn nobody_learns_of_an_address_and_no_stranger_is_written_to() {
    let shop = Shop::with_feed(&rows()).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    ask(&mut ada, RUG).await.says(&["We will tell you"]);
    let mut guest = shop.browser();
    let known = ask_as(&mut guest, RUG, ADA).await;
    let unknown = ask_as(&mut guest, RUG, "bob@example.com").await;
    assert_eq!(known.text().replace(ADA, "…"), unknown.text().replace("bob@example.com", "…"));
    assert_eq!(known.path, unknown.path);
    assert!(!known.path.contains("example.com"), "{}", known.path);
    for email in [ADA, "bob@example.com"] {
        assert_eq!(shop.last_letter(email).subject, "May Cartograph write to you?");
    }
    let wrong = ask_as(&mut guest, RUG, "bob").await;
    wrong.says(&["An e-mail address looks like"]);
    assert_eq!(wrong.form(ASK).field("email"), Some("bob"));
    // Programs that check mail open every link; only its button uses it up.
    let link = shop.last_letter("bob@example.com").link_to("/alerts/confirm?token=");
    guest.open(&link).await.is(200).says(&["Woollen rug", "When it is back in stock"]);
    let form = guest.open(&link).await.form(CONFIRM);
    guest.submit(&form).await.is(200).says(&["as soon as it is back in stock"]);
    guest.open(&link).await.says(&["This link does not work any more"]);
    let answer = guest.submit(&form).await;
    answer.says(&["This link does not work any more"]);
    guest.open("/alerts/confirm?token=nonsense").await.says(&["This link does not work any more"]);
    // Who never confirmed as a guest hears of it once, as the customer that they are.
    count(&mut olga, "RUG", "3").await;
    told(&shop, "bob@example.com", "Woollen rug is back in stock").await;
    told(&shop, ADA, "Woollen rug is back in stock").await;
    let news = shop.letters().into_iter().filter(|letter| letter.subject == "Woollen rug is back in stock");
    assert_eq!(news.count(), 2);
}

#[tokio::test]
async fn alerts_are_their_owners_and_go_with_the_account() {
    let shop = Shop::with_feed(&rows()).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    let mut eve = shop.member("eve@example.com", "Eve Stranger").await;
    let page = ask(&mut ada, RUG).await;
    let id = page.form(REMOVE).field("id").unwrap().to_owned();
    eve.post(REMOVE, &[("id", &id)]).await.is(302);
    let mut guest = shop.browser();
    guest.post(REMOVE, &[("id", &id)]).await.is(302);
    let page = ada.open("/account/alerts").await;
    assert_eq!(page.forms(REMOVE).len(), 1);
    ada.submit(&page.form(REMOVE)).await.says(&["The alert is removed", "You wait for nothing"]);
    ask(&mut ada, RUG).await.says(&["We will tell you"]);
    ask(&mut eve, RUG).await.says(&["We will tell you"]);
    let form = ada.open("/account/settings").await.form(DELETE);
    ada.submit(&form.with("deletion_password", PASSWORD)).await.is(200);
    count(&mut olga, "RUG", "3").await;
    told(&shop, "eve@example.com", "Woollen rug is back in stock").await;
    assert!(!shop.letters().iter().any(|letter| letter.to == ADA && letter.subject.contains("back in stock")));
    for nonsense in ["/alerts/new", "/alerts/new?sku=NOTHING&about=stock", "/alerts/new?sku=RUG&about=weather"] {
        guest.open(nonsense).await.is(404);
    }
}

#[tokio::test]
async fn a_customer_waits_for_so_many_things_and_no_more() {
    let rows: Vec<String> = (0..=50).map(|n| format!("L{n} | Lamp {n} | 24.50 GBP")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let shop = Shop::with_feed(&feed("id | title | price", &rows)).await;
    let mut ada = shop.member(ADA, "Ada Lovelace").await;
    for n in 0..50 {
        ada.post(ASK, &[("sku", format!("L{n}").as_str()), ("about", "price")]).await.is(302);
    }
    let answer = ada.post(ASK, &[("sku", "L50"), ("about", "price")]).await;
    ada.go_on(answer).await.says(&["You have 50 alerts"]);
    assert_eq!(ada.open("/account/alerts").await.forms(REMOVE).len(), 50);
}
