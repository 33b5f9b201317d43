//! Gift cards: they pay before the card or the invoice, never more than is on them, and get back what is given back
//! beyond what was paid otherwise.

use std::ffi::OsStr;
use std::fs;

use futures::future::join_all;

use crate::support::purchase::{CANCEL, CARD, DECLINED, INVOICE, PAYS, PLACE, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, postgres};

const APPLY: &str = "/api/checkout/gift-cards";
const REMOVE: &str = "/api/checkout/gift-cards/removals";
const COVERED: &str = "/api/checkout/gift-cards/payments";
/// Its check character is right, and nobody was ever given it.
const NOBODYS: &str = "0000-0000-0000-0000";
const GOODS: [&str; 1] = ["LAMP | Walnut desk lamp | 24.50 GBP | 9"];
const COLUMNS: &str = "id | title | price | quantity";

pub(super) async fn shop() -> Shop {
    Shop::with_feed(&feed(COLUMNS, &GOODS)).await
}

/// Issues a gift card, also while the store is open, and answers its code.
pub(super) async fn issue(shop: &Shop, amount: &str, currency: &str) -> String {
    let arguments = ["gift-cards", "issue", "--amount", amount, "--currency", currency].map(OsStr::new);
    let code = shop.run_on_data(&arguments).await.went_well().stdout.trim().to_owned();
    assert_eq!((code.len(), code.lines().count()), (19, 1), "{code}");
    code
}

/// What the command line says of a gift card.
pub(super) async fn shown(shop: &Shop, code: &str) -> String {
    shop.run_on_data(&["gift-cards", "show", code].map(OsStr::new)).await.went_well().stdout
}

#[track_caller]
pub(super) fn has_left(shown: &str, left: &str) {
    assert!(shown.contains(&format!(" has {left} left")), "not {left}: {shown}");
}

async fn orders(shop: &Shop, arguments: &[&str]) {
    shop.run_orders(arguments).await.went_well();
    shop.check_ledger().await.went_well();
}

async fn come_to_payment(browser: &mut Browser) -> Page {
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let delivery = browser.give_address().await;
    browser.take_delivery(&delivery).await
}

async fn apply(browser: &mut Browser, payment: &Page, code: &str) -> Page {
    let applied = browser.submit(&payment.form(APPLY).with("gift_card", code)).await;
    assert!(applied.is(200).path.starts_with("/checkout/payment"), "{}", applied.path);
    applied
}

/// Comes to the review of a lamp for £28.45, with a gift card and a bank's card.
pub(super) async fn come_to_review(browser: &mut Browser, code: &str, card: &str) -> Page {
    let payment = come_to_payment(browser).await;
    let payment = apply(browser, &payment, code).await;
    browser.give_card(&payment, card).await
}

#[tokio::test]
async fn a_gift_card_pays_a_part_and_the_card_the_rest() {
    let shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let tail = &code[15..];
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &code.to_lowercase().replace('-', " ")).await;
    let line = format!("Gift card ···· {tail} −£20.00");
    payment.says(&[&line, "Left to pay £8.45", "pays £20.00 of £20.00 left on it"]);
    assert!(!payment.html.contains(&code) && !payment.path.contains(tail), "a code is never shown again");
    let review = browser.give_card(&payment, PAYS).await;
    let tenders = format!("Gift card ···· {tail} £20.00, Card ending in 4242 £8.45");
    review.says(&[&line, "Place order and pay £8.45", &tenders]);
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada.", &line, "Paid otherwise £8.45"]);
    confirmation.says(&[&format!("Payment Gift card ···· {tail} £20.00 Card ending in 4242 £8.45")]);
    let number = number_on(&confirmation);
    let held = [("customer", -2845), ("gateway", 845), ("gift_card", 2000)];
    assert_eq!(shop.ledger_sums("pending").await, held.map(|(account, sum)| (account.to_owned(), sum)));
    shop.check_ledger().await.went_well();
    has_left(&shown(&shop, &code).await, "£0.00 of £20.00");
    // The next order begins without it.
    come_to_payment(&mut browser).await.does_not_say(&line);

    // The bank's money moves first, both ways.
    orders(&shop, &["capture", &number, "--amount", "5.00", "--keep-rest"]).await;
    assert_eq!(shop.moved_at_gateway().await, (500, 0));
    orders(&shop, &["capture", &number]).await;
    assert_eq!(shop.moved_at_gateway().await, (845, 0));
    orders(&shop, &["refund", &number, "10.00", "--reason", "A scratch"]).await;
    assert_eq!(shop.moved_at_gateway().await, (845, 845));
    let movements = shown(&shop, &code).await;
    has_left(&movements, "£1.55 of £20.00");
    assert!(movements.contains(&format!("hold {number} −£20.00")), "{movements}");
    orders(&shop, &["refund", &number, "18.45", "--reason", "Broken"]).await;
    has_left(&shown(&shop, &code).await, "£20.00 of £20.00");
    assert_eq!(shop.moved_at_gateway().await, (845, 845));
    let sheet = shop.operator("olga@example.com").await.open(&format!("/operator/orders/{number}")).await;
    sheet.says(&[&line, &tenders, "Paid otherwise £8.45", "Gift cards hold a part"]);
}

#[tokio::test]
async fn a_gift_card_leaves_as_much_as_a_card_can_be_charged_or_nothing() {
    let shop = shop().await;
    let code = issue(&shop, "28.40", "GBP").await;
    let mut browser = shop.browser();
    let review = come_to_review(&mut browser, &code, PAYS).await;
    review.says(&["−£28.15", "Left to pay £0.30", "£0.25 stay on your gift card", "less than £0.30"]);
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada.", "Paid otherwise £0.30"]);
    has_left(&shown(&shop, &code).await, "£0.25 of £28.40");
    orders(&shop, &["capture", &number_on(&confirmation)]).await;
    assert_eq!(shop.moved_at_gateway().await, (30, 0));
}

#[tokio::test]
async fn what_a_gift_card_pays_altogether_asks_for_no_card_and_comes_back_when_it_is_cancelled() {
    let shop = shop().await;
    let code = issue(&shop, "30.00", "GBP").await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &code).await;
    payment.says(&["Left to pay £0.00", "No card is needed."]);
    assert!(payment.forms(CARD).is_empty() && payment.forms(APPLY).is_empty());
    let review = browser.submit(&payment.form(COVERED)).await;
    assert_eq!(review.is(200).path, "/checkout/review");
    review.says(&["Place order, nothing left to pay"]);
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["confirmed".to_owned()], 0));
    has_left(&shown(&shop, &code).await, "£1.55 of £30.00");
    shop.check_ledger().await.went_well();
    let order = browser.follow_order(&confirmation).await;
    let cancelled = browser.submit(&order.form(CANCEL)).await;
    assert_eq!(cancelled.heading(), "Cancelled");
    cancelled.says(&["What gift cards held of it is on them again."]);
    has_left(&shown(&shop, &code).await, "£30.00 of £30.00");
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    shop.check_ledger().await.went_well();

    // It pays again, is captured and sent without a bank, and is given back by a refund.
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &code).await;
    let review = browser.submit(&payment.form(COVERED)).await;
    let number = number_on(&browser.place(&review).await);
    orders(&shop, &["capture", &number, "--amount", "28.00"]).await;
    // What is not captured with the last capture is on the card again.
    has_left(&shown(&shop, &code).await, "£2.00 of £30.00");
    orders(&shop, &["refund", &number, "28.00", "--reason", "Broken"]).await;
    has_left(&shown(&shop, &code).await, "£30.00 of £30.00");
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["cancelled".into(), "refunded".into()], 0));
}

#[tokio::test]
async fn a_declined_card_gives_the_gift_card_back_and_it_pays_again() {
    let shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let mut browser = shop.browser();
    let review = come_to_review(&mut browser, &code, DECLINED).await;
    let payment = browser.place(&review).await;
    payment.says(&["Your bank declined the card.", "pays £20.00 of £20.00 left on it", "Left to pay £8.45"]);
    has_left(&shown(&shop, &code).await, "£20.00 of £20.00");
    assert!(shop.ledger_sums("pending").await.iter().all(|(_, sum)| *sum == 0));
    shop.check_ledger().await.went_well();
    let review = browser.give_card(&payment, PAYS).await;
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);
    shop.check_ledger().await.went_well();
    let order = browser.follow_order(&confirmation).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    has_left(&shown(&shop, &code).await, "£20.00 of £20.00");
    assert_eq!(shop.holds().await, 0);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_gift_card_that_was_removed_pays_nothing() {
    let shop = shop().await;
    let (first, second) = (issue(&shop, "20.00", "GBP").await, issue(&shop, "5.00", "GBP").await);
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &first).await;
    let payment = apply(&mut browser, &payment, &second).await;
    payment.says(&["Left to pay £3.45"]);
    let removal = payment.forms(REMOVE).into_iter().next().expect("a way to remove the first one");
    let payment = browser.submit(&removal).await;
    payment.says(&["−£5.00", "Left to pay £23.45"]);
    payment.does_not_say("−£20.00");
    let payment = browser.submit(&payment.form(REMOVE)).await;
    payment.does_not_say("Left to pay");
    let review = browser.give_card(&payment, PAYS).await;
    review.says(&["Place order, £28.45"]);
    browser.place(&review).await.says(&["Thank you, Ada."]);
    has_left(&shown(&shop, &first).await, "£20.00 of £20.00");
    shop.check_ledger().await.went_well();
}

/// Some shoppers have one code, see what it pays, and press the button at the same moment.
async fn one_of_many_gets_the_gift_card(shop: &Shop) {
    const SHOPPERS: usize = 6;
    let code = issue(shop, "20.00", "GBP").await;
    let arrivals = (0..SHOPPERS).map(|_| async {
        let mut browser = shop.browser();
        let review = come_to_review(&mut browser, &code, PAYS).await;
        review.says(&["Place order and pay £8.45"]);
        (browser, review)
    });
    let presses = join_all(arrivals).await.into_iter().map(|(mut browser, review)| async move {
        let page = browser.submit(&review.form(PLACE)).await;
        (browser, page)
    });
    let answers = join_all(presses).await;
    let (served, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, page)| page.path.starts_with("/orders/"));
    assert_eq!((served.len(), late.len()), (1, SHOPPERS - 1));
    for (_, page) in &late {
        assert!(page.is(200).path.starts_with("/checkout/review"), "{}", page.path);
        page.says(&["What is left on a gift card has changed", "Place order, £28.45"]);
    }
    has_left(&shown(shop, &code).await, "£0.00 of £20.00");
    assert_eq!(shop.payments().await, 1);
    shop.check_ledger().await.went_well();
    // Who still wants it pays what the page says now.
    let (mut browser, page) = late.into_iter().next().unwrap();
    browser.place(&page).await.says(&["Thank you, Ada."]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn of_many_orders_at_once_one_gets_the_gift_card() {
    one_of_many_gets_the_gift_card(&shop().await).await;
}

#[tokio::test]
async fn of_many_orders_at_once_one_gets_the_gift_card_on_postgresql() {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&feed(COLUMNS, &GOODS)).await.went_well();
    shop.open().await;
    one_of_many_gets_the_gift_card(&shop).await;
}

#[tokio::test]
async fn a_code_that_is_not_taken_says_why() {
    let shop = shop().await;
    let (euros, blocked) = (issue(&shop, "50.00", "EUR").await, issue(&shop, "50.00", "GBP").await);
    let (empty, good) = (issue(&shop, "1.00", "GBP").await, issue(&shop, "1.00", "GBP").await);
    shop.run_on_data(&["gift-cards", "block", &blocked].map(OsStr::new)).await.went_well();
    let mut first = shop.browser();
    let review = come_to_review(&mut first, &empty, PAYS).await;
    first.place(&review).await.says(&["Thank you, Ada."]);

    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    for (code, words, is_kept) in [
        ("7K4M", "That is no code of a gift card; it has 16 letters and digits", true),
        (NOBODYS, "We don't know a gift card with that code", true),
        (&euros, "That gift card is in another currency than your order", false),
        (&blocked, "That gift card is blocked", false),
        (&empty, "Nothing is left on that gift card.", false),
    ] {
        let refused = apply(&mut browser, &payment, code).await;
        refused.says(&[words]);
        refused.does_not_say("Left to pay");
        assert!(!refused.path.contains(code), "a code is no part of an address");
        let kept = if is_kept { code } else { "" };
        assert_eq!(refused.form(APPLY).field("gift_card"), Some(kept), "{code}");
        assert_eq!(refused.html.contains(code), is_kept, "a code of a gift card is no part of a page");
    }
    let payment = apply(&mut browser, &payment, &good).await;
    payment.says(&["Left to pay £27.45"]);
    apply(&mut browser, &payment, &good).await.says(&["That gift card pays for this order already."]);
}

#[tokio::test]
async fn nobody_finds_a_gift_card_by_trying() {
    const TRIES: usize = 10;
    let shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    for _ in 0..TRIES {
        apply(&mut browser, &payment, NOBODYS).await.says(&["We don't know a gift card with that code"]);
    }
    apply(&mut browser, &payment, &code).await.says(&["Too many codes were tried; please wait"]);
}

#[tokio::test]
async fn a_gift_card_that_is_blocked_meanwhile_pays_nothing() {
    let shop = shop().await;
    let code = issue(&shop, "30.00", "GBP").await;
    let mut browser = shop.browser();
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &code).await;
    let review = browser.submit(&payment.form(COVERED)).await;
    let blocked = shop.run_on_data(&["gift-cards", "block", &code].map(OsStr::new)).await.went_well();
    assert!(blocked.stdout.contains("is blocked, with £30.00 on it"), "{blocked:?}");
    // Nothing else was chosen: the way leads to where that can be done.
    let refused = browser.place(&review).await;
    assert!(refused.is(200).path.starts_with("/checkout/payment"), "{}", refused.path);
    refused.says(&["That gift card is blocked"]);
    let review = browser.give_card(&refused, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_invoice_is_over_what_gift_cards_leave() {
    let shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let mut browser = shop.member("ada@example.com", "Ada Lovelace").await;
    let payment = come_to_payment(&mut browser).await;
    let payment = apply(&mut browser, &payment, &code).await;
    let review = browser.submit(&payment.form(INVOICE)).await;
    let number = number_on(&browser.place(&review).await);
    orders(&shop, &["capture", &number]).await;
    let paid = shop.run_on_data(&["orders", "paid", &number].map(OsStr::new)).await.went_well();
    assert!(paid.stdout.contains("£8.45"), "{paid:?}");
    orders(&shop, &["refund", &number, "10.00", "--reason", "A scratch"]).await;
    has_left(&shown(&shop, &code).await, "£1.55 of £20.00");
    let repaid = shop.run_on_data(&["orders", "repaid", &number].map(OsStr::new)).await.went_well();
    assert!(repaid.stdout.contains("£8.45"), "{repaid:?}");
    shop.check_ledger().await.went_well();
    assert_eq!(shop.payments().await, 0);
}

#[tokio::test]
async fn who_reads_the_database_spends_nothing_and_who_changes_it_is_told_of() {
    let mut shop = shop().await;
    let code = issue(&shop, "20.00", "GBP").await;
    let mut browser = shop.browser();
    let review = come_to_review(&mut browser, &code, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada."]);
    shop.close().await;
    let file = shop.data().join("store.sqlite");
    let untouched = fs::read(&file).unwrap();
    let kept = String::from_utf8_lossy(&untouched);
    assert!(!kept.contains(&code) && !kept.contains(&code.replace('-', "")));
    for (statement, words) in [
        ("UPDATE gift_cards SET balance_minor_units = 500", "what is left on a gift card is what its movements say"),
        (
            "DELETE FROM gift_card_movements WHERE kind = 'hold'",
            "what is left on a gift card is what its movements say",
        ),
        (
            "UPDATE ledger_entries SET minor_units = minor_units * 2 WHERE account = 'gift_card' AND layer = 'posted'",
            "gift cards have what the ledger says",
        ),
        (
            "UPDATE ledger_entries SET minor_units = 0 WHERE account = 'issued'",
            "the ledger says what gift cards were made over",
        ),
        ("UPDATE orders SET state = 'declined'", "an order has of gift cards what it holds and has spent"),
    ] {
        shop.change_books(statement).await;
        let checked = shop.check_ledger().await;
        assert_eq!(checked.code, 1, "{statement}: {checked:?}");
        assert!(checked.stdout.contains(words), "{statement}: {checked:?}");
        fs::write(&file, &untouched).unwrap();
    }
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn gift_cards_are_issued_within_their_limits() {
    let shop = shop().await;
    let issued = |amount: &'static str, currency: &'static str, count: &'static str| {
        let arguments = ["gift-cards", "issue", "--amount", amount, "--currency", currency, "--count", count];
        let shop = &shop;
        async move { shop.run_on_data(&arguments.map(OsStr::new)).await }
    };
    let codes = issued("12.50", "EUR", "3").await.went_well().stdout;
    let codes: std::collections::BTreeSet<&str> = codes.lines().collect();
    assert_eq!(codes.len(), 3);
    for (amount, currency, words) in [
        ("0", "GBP", "above zero"),
        ("5000.01", "GBP", "at most £5,000.00"),
        ("1.005", "GBP", "2 decimal places"),
        ("1", "QQQ", "not a currency code"),
    ] {
        issued(amount, currency, "1").await.refused_with(&[words]);
    }
    issued("1", "GBP", "1001").await.refused_with(&["--count"]);
    let unknown = shop.run_on_data(&["gift-cards", "show", NOBODYS].map(OsStr::new)).await;
    unknown.refused_with(&["there is no gift card with that code, ending in 0000"]);
    shop.check_ledger().await.went_well();
    // What is owed to those who have the codes stands in the books.
    let book = shop.operator(OLGA).await.open("/operator/ledger").await;
    book.says(&["Gift cards Moved −€37.50", "Gift cards made Moved €37.50", "Gift cards were made"]);
}
