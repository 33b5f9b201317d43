//! Letters to shoppers about their orders: each is written once, whatever fails on the way.

use std::ffi::OsStr;
use std::fs;
use std::time::Duration;

use super::dispatch::{REFUND, SEND};
use super::faults::{END, SWITCH};
use crate::support::account::Letter;
use crate::support::purchase::{CANCEL, PAYS, number_on};
use crate::support::{Browser, Page, Shop, feed, until};

const DEADLINE: Duration = Duration::from_mins(1);
const ADA: &str = "ada@example.com";
const OLGA: &str = "olga@example.com";
const REVIVE: &str = "/api/operator/events/revivals";

async fn import() -> Shop {
    let shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop
}

async fn shop() -> Shop {
    let mut shop = import().await;
    shop.open().await;
    shop
}

async fn buy(browser: &mut Browser) -> Page {
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    browser.place(&review).await
}

/// Waits until a letter that can't be sent was tried as often as any, and answers the page that it is left on.
pub(super) async fn left_to_operator(shop: &Shop, operator: &mut Browser, deadline: Duration) -> Page {
    until("the letter waits", deadline, async || (shop.letters_tried().await > 0).then_some(())).await;
    until("it is left to an operator", deadline, async || {
        // The post may note another attempt at the same moment.
        shop.change_books("UPDATE outbox SET attempts = 39, not_before_ms = 0 WHERE consumer = 'mail' AND dead = 0")
            .await;
        let page = operator.open("/operator/sagas").await;
        page.text().contains("Events that were not delivered").then_some(page)
    })
    .await
}

/// Waits until there are so many letters about orders, and answers them.
async fn letters(shop: &Shop, count: usize) -> Vec<Letter> {
    until("the letters are written", DEADLINE, async || {
        let letters = shop.order_letters();
        (letters.len() == count).then_some(letters)
    })
    .await
}

async fn everybody_has_heard(shop: &Shop) {
    until("everybody has heard", DEADLINE, async || (shop.waiting_events().await == 0).then_some(())).await;
}

/// The one letter whose subject has some words.
#[track_caller]
fn about<'a>(letters: &'a [Letter], words: &str) -> &'a Letter {
    let found = letters.iter().find(|letter| letter.subject.contains(words));
    found.unwrap_or_else(|| panic!("no letter about {words:?} among {letters:?}"))
}

#[tokio::test]
async fn whoever_bought_gets_one_letter_that_leads_to_the_order() {
    let shop = shop().await;
    let order = buy(&mut shop.browser()).await;
    let number = number_on(&order);
    let letters = letters(&shop, 1).await;
    let letter = &letters[0];
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        (ADA, &*format!("Order {number} at Cartograph is confirmed"))
    );
    for words in
        ["2 × Walnut desk lamp: £49.00", "Total: £49.00", "12 St James's Square", "Card ending in 4242, £49.00"]
    {
        assert!(letter.text.contains(words), "nothing about {words:?} in {}", letter.text);
    }
    let mut mailbox = shop.browser();
    mailbox.open(&letter.link_to("/orders/")).await.is(200).says(&[&number, "Walnut desk lamp", "Getting ready"]);

    // Whoever delivered it took it away. Hearing of the order again is no reason for another.
    everybody_has_heard(&shop).await;
    for file in fs::read_dir(shop.data().join("mail")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    shop.change_books(
        "INSERT INTO outbox (id, consumer, key, payload)
         SELECT again || id, 'mail', id, '{\"fact\":\"order_changed\",\"order\":\"' || id || '\"}'
         FROM orders, (SELECT '1-' AS again UNION SELECT '2-' AS again) AS twice",
    )
    .await;
    everybody_has_heard(&shop).await;
    assert_eq!(shop.order_letters().len(), 0);
}

#[tokio::test]
async fn whoever_cancels_is_told_what_becomes_of_the_money() {
    let shop = shop().await;
    let mut browser = shop.browser();
    let confirmation = buy(&mut browser).await;
    letters(&shop, 1).await;
    let order = browser.follow_order(&confirmation).await;
    browser.submit(&order.form(CANCEL)).await.is(200);
    let letters = letters(&shop, 2).await;
    let letter = about(&letters, "is cancelled");
    assert!(letter.text.contains("£0.00 charged, £49.00 released"), "{}", letter.text);
}

#[tokio::test]
async fn whoever_waits_for_a_parcel_is_told_that_it_left_and_what_was_given_back() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let number = number_on(&buy(&mut shop.browser()).await);
    letters(&shop, 1).await;
    let sheet = olga.open(&format!("/operator/orders/{number}")).await;
    let sent = olga.submit(&sheet.form(SEND)).await;
    let found = letters(&shop, 2).await;
    assert!(about(&found, "is on its way").text.contains("The carrier has your parcel."));
    let refund = |page: &Page, amount: &str| page.form(REFUND).with("refund", amount).with("reason", "A scratch");
    let refunded = olga.submit(&refund(&sent, "5.00")).await;
    let found = letters(&shop, 3).await;
    assert!(about(&found, "A refund").text.contains("£49.00 charged, £5.00 refunded"));
    olga.submit(&refund(&refunded, "1.00")).await.is(200);
    let found = letters(&shop, 4).await;
    assert!(found.iter().any(|letter| letter.text.contains("£49.00 charged, £6.00 refunded")), "{found:?}");

    everybody_has_heard(&shop).await;
    let page = olga.open("/operator/letters").await;
    page.is(200).says(&[&number, "Confirmation", "On its way", "Refund", ADA]);
    let links = page.links("/operator/letters/");
    assert_eq!(links.len(), 4);
    let letter = olga.open(links.iter().find(|link| link.ends_with("-sent")).unwrap()).await;
    letter.is(200).says(&["is on its way", &format!("To {ADA}"), "Follow this order:"]);
    let url = shop.url().to_owned();
    let link = letter.links(&format!("{url}/orders/{number}")).remove(0);
    shop.browser().open(&link[url.len()..]).await.is(200).says(&["On its way", "Walnut desk lamp"]);
    olga.open(&format!("/operator/letters?order={number}")).await.says(&["Letters about", "Refund"]);
    olga.open("/operator/letters?order=CG-00000-00000").await.is(200).says(&["No letters"]);
    for nothing in ["nothing", "0197b2c4d5e67f8091a2b3c4d5e6f708-sent", &links[0].replace("/operator/letters/", "x")] {
        olga.open(&format!("/operator/letters/{nothing}")).await.is(404);
    }
}

#[tokio::test]
async fn an_order_stands_also_while_no_letter_can_be_written_and_the_letter_comes_later() {
    let mut shop = import().await;
    // A file stands where the folder should be.
    let folder = shop.data().join("mail");
    fs::write(&folder, "").unwrap();
    shop.open().await;
    let order = buy(&mut shop.browser()).await;
    order.is(200).says(&["Thank you, Ada."]);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    until("the letter waits", DEADLINE, async || (shop.letters_tried().await > 0).then_some(())).await;
    fs::remove_file(&folder).unwrap();
    letters(&shop, 1).await;
    everybody_has_heard(&shop).await;
}

#[tokio::test]
async fn a_letter_that_fails_too_often_waits_for_an_operator() {
    let mut shop = import().await;
    let folder = shop.data().join("mail");
    fs::write(&folder, "").unwrap();
    shop.open().await;
    let mut olga = shop.operator(OLGA).await;
    buy(&mut shop.browser()).await.is(200);
    let page = left_to_operator(&shop, &mut olga, DEADLINE).await;
    page.says(&["mail", "letters can't be sent at the moment"]);
    fs::remove_file(&folder).unwrap();
    olga.submit(&page.form(REVIVE)).await.is(200).says(&["The event is delivered again within seconds."]);
    letters(&shop, 1).await;
}

#[tokio::test]
async fn a_letter_does_not_wait_for_the_graph() {
    let shop = shop().await;
    let mut olga = shop.operator(OLGA).await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    let post = olga.post(SWITCH, &[("fault", "graph.down"), ("strength", "1")]).await;
    olga.go_on(post).await.is(200).says(&["The fault is on."]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada."]);
    letters(&shop, 1).await;
    // What happens to it while the graph still waits to hear of it is told as well.
    let sheet = olga.open(&format!("/operator/orders/{}", number_on(&order))).await;
    olga.submit(&sheet.form(SEND)).await.is(200);
    about(&letters(&shop, 2).await, "is on its way");
    let post = olga.post(END, &[("fault", "graph.down")]).await;
    olga.go_on(post).await.is(200);
    everybody_has_heard(&shop).await;
    assert_eq!(shop.order_letters().len(), 2);
}

#[tokio::test]
async fn an_order_that_is_faster_than_its_confirmation_is_confirmed_as_it_stands() {
    let mut shop = import().await;
    let folder = shop.data().join("mail");
    fs::write(&folder, "").unwrap();
    shop.open().await;
    let mut olga = shop.operator(OLGA).await;
    let number = number_on(&buy(&mut shop.browser()).await);
    let captured = shop.run_on_data(&["orders", "capture", number.as_str()].map(OsStr::new)).await;
    captured.went_well();
    let sheet = olga.open(&format!("/operator/orders/{number}")).await;
    olga.submit(&sheet.form(SEND)).await.is(200);
    fs::remove_file(&folder).unwrap();
    let letters = letters(&shop, 2).await;
    let confirmed = &about(&letters, "is confirmed").text;
    assert!(confirmed.contains("The carrier has your parcel.") && confirmed.contains("Total: £49.00"), "{confirmed}");
    about(&letters, "is on its way");
}

#[tokio::test]
async fn whoever_was_told_that_the_bank_is_silent_is_told_that_it_declined() {
    let mut shop = import().await;
    shop.open_in(&[("CARTOGRAPH_FAULT", "payments.down")]).await;
    let mut olga = shop.operator(OLGA).await;
    buy(&mut shop.browser()).await.is(200).says(&["Your bank has not answered yet"]);
    shop.change_books("UPDATE orders SET document = json_set(document, '$.placed_at', '2020-01-01T00:00:00Z')").await;
    let post = olga.post(SWITCH, &[("fault", "payments.decline"), ("strength", "1")]).await;
    olga.go_on(post).await.is(200);
    let post = olga.post(END, &[("fault", "payments.down")]).await;
    olga.go_on(post).await.is(200);
    let letters = letters(&shop, 1).await;
    let text = &about(&letters, "was declined").text;
    assert!(text.contains("Nothing was charged and nothing will be sent."), "{text}");
}
