//! Orders, as those who run the store find them, and what they do with their money.

use futures::future::join_all;

use super::dispatch::{CANCEL_FOR, CAPTURE, REFUND, SETTLED_WITHIN};
use crate::support::books::Stock;
use crate::support::html::Form;
use crate::support::purchase::{DECLINED, PLACE, number_on};
use crate::support::stock::OLGA;
use crate::support::{Browser, Page, Shop, feed, until};

const ORDERS: &str = "/operator/orders";

async fn shop() -> (Shop, Browser) {
    let rows = ["LAMP | Walnut desk lamp | 24.50 GBP | 9"];
    let shop = Shop::with_feed(&feed("id | title | price | quantity", &rows)).await;
    let olga = shop.operator(OLGA).await;
    (shop, olga)
}

/// An open store with an order of £28.45, its operator and their page of the order.
async fn sold() -> (Shop, Browser, Page) {
    let (shop, mut olga) = shop().await;
    let number = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    let page = olga.open(&format!("{ORDERS}/{number}")).await;
    (shop, olga, page)
}

/// The numbers of the orders that a page lists, in its order.
fn listed(page: &Page) -> Vec<String> {
    let links = page.links("/operator/orders/").into_iter();
    links.map(|link| link["/operator/orders/".len()..].to_owned()).collect()
}

fn refund_of(page: &Page, amount: &str, reason: &str) -> Form {
    page.form(REFUND).with("refund", amount).with("reason", reason)
}

#[tokio::test]
async fn orders_are_found_by_number_by_address_and_by_how_they_stand() {
    let (shop, mut olga) = shop().await;
    olga.open("/operator").await.says(&["Orders today 0"]);
    olga.open(ORDERS).await.is(200).says(&["No orders yet"]);
    let paid = number_on(&shop.browser().buy_and_follow("walnut-desk-lamp", "1").await);
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "2", DECLINED).await;
    browser.submit(&review.form(PLACE)).await.says(&["declined"]);
    let declined = shop.orders().await.remove(1).number;
    olga.open("/operator").await.says(&["Orders today 2"]);

    let all = olga.open(ORDERS).await;
    all.is(200).says(&[
        "Order Customer Units Total Stands Captured Refunded",
        "Ada Lovelace ada@example.com 1 £28.45 Card ending in 4242 Confirmed – –",
        "Ada Lovelace ada@example.com 2 £49.00 Card ending in 0002 Declined – –",
    ]);
    assert_eq!(listed(&all), [declined.clone(), paid.clone()]);
    let typed = paid.to_lowercase().replace('-', "");
    for (asked, found) in [
        (format!("?q={paid}"), vec![&paid]),
        (format!("?q={typed}"), vec![&paid]),
        (format!("?q={}", &paid[..8].to_lowercase()), vec![&paid]),
        ("?q=ADA%40example.com".to_owned(), vec![&declined, &paid]),
        ("?q=da%40ex&state=confirmed".to_owned(), vec![&paid]),
        ("?state=declined".to_owned(), vec![&declined]),
        ("?state=pending".to_owned(), vec![]),
        ("?state=nonsense&older=nonsense".to_owned(), vec![&declined, &paid]),
        ("?q=%25".to_owned(), vec![]),
        ("?q=%27+OR+1=1".to_owned(), vec![]),
    ] {
        let page = olga.open(&format!("{ORDERS}{asked}")).await;
        assert_eq!(listed(page.is(200)).iter().collect::<Vec<_>>(), found, "{asked}");
    }
    olga.open(&format!("{ORDERS}?q=nobody")).await.says(&["No such order", "All orders"]);
    // The states are links that keep the words.
    let searched = olga.open(&format!("{ORDERS}?q=ada")).await;
    assert!(searched.links(ORDERS).contains(&"/operator/orders?q=ada&state=shipped".to_owned()));
    olga.open(&format!("{ORDERS}/CG-00000-00000")).await.is(404);
    olga.open(&format!("{ORDERS}/nonsense")).await.is(404);
}

#[tokio::test]
async fn many_orders_have_pages_with_addresses_that_stay() {
    let (shop, mut olga) = shop().await;
    shop.browser().buy_and_follow("walnut-desk-lamp", "1").await;
    // 120 older ones, of which every fortieth was declined.
    shop.change_books(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 120)
         INSERT INTO orders (id, number, state, email, currency, total_minor_units, placed_at, document, customer)
         SELECT printf('%032x', n), printf('CG-00000-%05d', n), iif(n % 40 = 0, 'declined', 'confirmed'), email,
             currency, total_minor_units, placed_at,
             json_set(document, '$.id', printf('%032x', n), '$.number', printf('CG-00000-%05d', n)),
             'customer-' || n || '@example.com'
         FROM orders, numbers",
    )
    .await;
    let (mut page, mut seen) = (olga.open(ORDERS).await, Vec::new());
    let second = page.links("/operator/orders?older=").remove(0);
    let on_second = listed(&olga.open(&second).await);
    loop {
        seen.push(listed(page.is(200)));
        let Some(next) = page.links("/operator/orders?older=").pop() else { break };
        page = olga.open(&next).await;
    }
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 21]);
    page.says(&["Newest orders"]);
    let older: Vec<String> = (1..=120).rev().map(|n| format!("CG-00000-{n:05}")).collect();
    assert_eq!(seen.concat()[1..], older);
    // What is placed meanwhile moves nothing from page to page.
    shop.browser().buy_and_follow("walnut-desk-lamp", "1").await;
    assert_eq!(listed(&olga.open(&second).await), on_second);
    let declined = olga.open(&format!("{ORDERS}?state=declined")).await;
    assert_eq!(listed(&declined), ["CG-00000-00120", "CG-00000-00080", "CG-00000-00040"]);
    assert_eq!(listed(&olga.open(&format!("{ORDERS}?q=customer-77%40")).await), ["CG-00000-00077"]);
    assert_eq!(listed(&olga.open(&format!("{ORDERS}?q=00000-0011")).await).len(), 10);
}

#[tokio::test]
async fn an_order_is_captured_and_refunded_in_parts_and_no_further() {
    let (shop, mut olga, page) = sold().await;
    page.is(200).says(&[
        "Stands Confirmed",
        "Total £28.45",
        "Captured £0.00 £28.45 more can be",
        "LAMP Walnut desk lamp",
        "12 St James's Square",
        "Placed, and its units were reserved",
        "The bank holds the total",
        "£28.45 is held for this order.",
    ]);
    assert!(page.forms(REFUND).is_empty(), "nothing is captured yet");
    let number = page.path.strip_prefix("/operator/orders/").unwrap().to_owned();
    assert_eq!(page.form(CAPTURE).field("capture"), Some("28.45"), "all of it, unless somebody says less");
    let page = olga.submit(&page.form(CAPTURE).with("capture", "20").with("rest", "keep")).await;
    page.is(200).says(&["The money is captured.", "Captured £20.00 £8.45 more can be", "£20.00 more can be", OLGA]);
    assert!(page.forms(CANCEL_FOR).is_empty(), "what was captured is refunded and not cancelled");
    shop.check_ledger().await.went_well();

    let refused = olga.submit(&page.form(CAPTURE).with("capture", "8.46").with("rest", "keep")).await;
    refused.is(200).says(&["Only £8.45 of this order can be captured."]);
    assert_eq!(refused.form(CAPTURE).field("capture"), Some("8.46"), "what was typed is kept");
    assert_eq!(refused.form(CAPTURE).field("rest"), Some("keep"));
    let page = olga.open(&format!("{ORDERS}/{number}")).await;
    let page = olga.submit(&page.form(CAPTURE)).await;
    page.says(&["Captured £28.45 £0.00 more can be"]);
    assert!(page.forms(CAPTURE).is_empty());

    let mut page = olga.submit(&refund_of(&page, "10.00", "One arrived broken")).await;
    page.says(&["The refund is noted.", "Refunded £10.00 £18.45 more can be", "One arrived broken"]);
    for (amount, reason, words) in [
        ("18.46", "Too late", "Only £18.45 of this order can be refunded."),
        ("0", "Too late", "An amount must be above zero and in the order's currency, like 12.90."),
        ("ten", "Too late", "An amount must be above zero and in the order's currency, like 12.90."),
        ("1", "", "Please say in at most 200 characters why it is given back."),
    ] {
        page = olga.submit(&refund_of(&page, amount, reason)).await;
        page.is(200).says(&[words, "Refunded £10.00 £18.45 more can be"]);
        let kept = page.form(REFUND);
        assert_eq!((kept.field("refund"), kept.field("reason")), (Some(amount), Some(reason)), "{amount} {reason}");
    }
    let page = olga.submit(&refund_of(&page, "18.45", "Came too late")).await;
    page.says(&["Refunded £28.45 £0.00 more can be", "£18.45 are to be refunded Came too late", "Money was refunded"]);
    assert!(page.forms(REFUND).is_empty() && page.forms(CAPTURE).is_empty());
    shop.check_ledger().await.went_well();
    let posted = shop.ledger_sums("posted").await;
    let sums = [("gateway", 0), ("refunds", 2371), ("revenue", -2371), ("tax", 0)];
    assert_eq!(posted, sums.map(|(account, sum)| (account.to_owned(), sum)));
    assert!(!shop.log().contains("One arrived broken"), "a reason is for the books");

    let shopper = shop.browser().look_up(&number, "ada@example.com").await;
    shopper.says(&["£28.45 charged, £28.45 refunded", "your bank may take some days to show it"]);
    olga.open(ORDERS).await.says(&["Refunded £28.45 £28.45"]);
    let ledger = page.links("/operator/ledger?order=").remove(0);
    let ledger = olga.open(&ledger).await;
    ledger.is(200).says(&[&format!("Ledger of {number}"), "A bank holds money", "Money was captured"]);
    ledger.does_not_say("The books agree");
    olga.open("/operator/sagas").await.says(&[OLGA, "Captured money of the order", "Refunded money of the order"]);
}

#[tokio::test]
async fn a_form_that_is_posted_twice_moves_money_once() {
    let (shop, mut olga, page) = sold().await;
    let capture = page.form(CAPTURE);
    for _ in 0..2 {
        olga.submit(&capture).await.says(&["The money is captured.", "Captured £28.45"]);
    }
    let page = olga.open(&page.path).await;
    let refund = refund_of(&page, "5.00", "A scratch");
    let presses = (0..6).map(|_| {
        let (mut window, form) = (olga.clone(), refund.clone());
        async move { window.submit(&form).await }
    });
    for answered in join_all(presses).await {
        answered.is(200).says(&["The refund is noted.", "Refunded £5.00"]);
    }
    // The same form a week later, with another amount in it.
    olga.submit(&refund.clone().with("refund", "6.00")).await.says(&["Refunded £5.00"]);
    let left = shop.ledger_sums("posted").await.into_iter().find(|(account, _)| account == "gateway");
    assert_eq!(left, Some(("gateway".into(), 2345)));
    let again = refund_of(&olga.open(&page.path).await, "5.00", "Another scratch");
    assert_ne!(again.field("key"), refund.field("key"));
    olga.submit(&again).await.says(&["Refunded £10.00"]);
    olga.submit(&again.with("key", "nonsense")).await.says(&["The form was out of date"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_operator_cancels_what_is_not_captured() {
    let (shop, mut olga, page) = sold().await;
    assert_eq!((shop.stock("LAMP").await.allocated, shop.holds().await), (1, 1));
    page.says(&["Cancel this order", "The £28.45 that is held is let go of"]);
    let form = page.form(CANCEL_FOR);
    let cancelled = olga.submit(&form).await;
    cancelled.is(200).says(&["The order is cancelled", "Stands Cancelled", "A cancellation was asked for", OLGA]);
    for action in [CANCEL_FOR, CAPTURE, REFUND] {
        assert!(cancelled.forms(action).is_empty(), "{action}");
    }
    assert_eq!(shop.stock("LAMP").await, Stock { on_hand: 9, reserved: 0, allocated: 0 });
    assert_eq!((shop.order_states().await, shop.holds().await), (vec!["cancelled".to_owned()], 0));
    olga.submit(&form).await.says(&["The order is cancelled"]);
    let late = olga.submit(&page.form(CAPTURE)).await;
    late.is(200).says(&["The order is not paid, or is being changed at the moment"]);
    olga.open("/operator/sagas").await.says(&["Cancelled the order", OLGA]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_was_captured_is_not_cancelled_by_an_old_page() {
    let (shop, mut olga, page) = sold().await;
    olga.submit(&page.form(CAPTURE).with("capture", "1").with("rest", "keep")).await.is(200);
    let refused = olga.submit(&page.form(CANCEL_FOR)).await;
    refused.is(200).says(&["This order can't be cancelled as it stands", "what was captured can be refunded"]);
    olga.post(CANCEL_FOR, &[("number", "CG-00000-00000")]).await.is(302);
    assert_eq!(shop.order_states().await, ["confirmed"]);
    let key = "0".repeat(32);
    let nowhere = [("number", "CG-00000-00000"), ("key", key.as_str()), ("capture", "1")];
    let nowhere = olga.post(CAPTURE, &nowhere).await;
    olga.go_on(nowhere).await.says(&["There is no order of this number"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn what_the_gateway_does_not_answer_is_said_to_be_done_later_and_is() {
    let (mut shop, mut olga, page) = sold().await;
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.close().await;
    // Nobody listens at this port.
    let elsewhere = [("CARTOGRAPH_GATEWAY_URL", "http://127.0.0.1:9"), ("CARTOGRAPH_GATEWAY_KEY", "sk_test_nobody")];
    shop.open_in(&elsewhere).await;
    olga.follow(&shop);
    let asked = olga.submit(&page.form(CAPTURE)).await;
    asked.is(200).says(&[
        "It is noted and will be done",
        "Something goes on with this order",
        "£28.45 are to be captured",
        "The payment gateway did not answer",
    ]);
    assert!(asked.forms(CAPTURE).is_empty() && asked.forms(CANCEL_FOR).is_empty());
    shop.kill().await;
    shop.open().await;
    olga.follow(&shop);
    until("it is captured", SETTLED_WITHIN, async || {
        olga.clone().open(&page.path).await.text().contains("Captured £28.45").then_some(())
    })
    .await;
    // The form that was posted then is answered by what became of it.
    olga.submit(&page.form(CAPTURE)).await.says(&["The money is captured."]);
    until("the saga has ended", SETTLED_WITHIN, async || (shop.unfinished_sagas().await == 0).then_some(())).await;
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn nobody_else_moves_money_or_reads_an_order() {
    let (shop, mut olga, page) = sold().await;
    let capture = page.form(CAPTURE);
    let mut customer = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut stranger = shop.browser();
    for browser in [&mut customer, &mut stranger] {
        let seen = browser.open(&page.path).await;
        assert!(seen.status == 403 || seen.path.starts_with("/account/sign-in"), "{}", seen.path);
        seen.does_not_say("SW1Y 4JH");
        for form in [&capture, &page.form(CANCEL_FOR), &Form { action: REFUND.to_owned(), ..capture.clone() }] {
            let answer = browser.submit(form).await;
            assert!(answer.status == 403 || answer.path.starts_with("/account/sign-in"), "{}", answer.path);
            answer.does_not_say("SW1Y 4JH");
        }
    }
    // A form on somebody else's page moves nothing, whoever is signed in.
    let request = olga.request(reqwest::Method::POST, CAPTURE).header(reqwest::header::ORIGIN, "https://evil.example");
    assert_eq!(request.form(&capture.fields).send().await.unwrap().status(), 403);
    assert!(shop.ledger_sums("posted").await.is_empty());
    assert_eq!(shop.order_states().await, ["confirmed"]);
    olga.submit(&capture).await.says(&["The money is captured."]);
}
