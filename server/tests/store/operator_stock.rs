//! Stock, as those who run the store see and count it.

use crate::support::books::{Movement, Stock};
use crate::support::purchase::{DECLINED, PAYS, PLACE, number_on};
use crate::support::stock::{APPLY_SHEET, COUNT, DROP_SHEET, LAMP, OLGA, OPEN_SHEET, shop};
use crate::support::{Page, Shop, feed, until};

/// The SKUs that a page of the stock lists, in its order.
fn listed(page: &Page) -> Vec<String> {
    let skus = page.links("/operator/stock/skus/").into_iter();
    skus.map(|link| link["/operator/stock/skus/".len()..].to_owned()).collect()
}

#[tokio::test]
async fn stock_is_found_by_sku_by_title_and_by_what_is_left() {
    let (_shop, mut olga) = shop().await;
    let all = olga.open("/operator/stock").await;
    all.is(200).says(&["All 4", "Low or sold out 2", "Sold out 1", "Walnut desk lamp"]);
    assert_eq!(listed(&all), ["LAMP", "MUG_50%25", "RUG", "STOOL"]);
    for (asked, found) in [
        ("?q=stool", &["STOOL"][..]),
        ("?q=oo", &["STOOL"]),
        ("?q=walnut", &["LAMP"]),
        ("?q=g_5", &["MUG_50%25"]),
        ("?q=0%25", &["MUG_50%25"]),
        ("?q=l_mp", &[]),
        ("?only=low", &["RUG", "STOOL"]),
        ("?only=out", &["RUG"]),
        ("?only=out&q=stool", &[]),
        ("?after=MUG_50%25", &["RUG", "STOOL"]),
        ("?only=%27+OR+1=1", &["LAMP", "MUG_50%25", "RUG", "STOOL"]),
        ("?q=%27+OR+1=1+--", &[]),
    ] {
        let page = olga.open(&format!("/operator/stock{asked}")).await;
        assert_eq!(listed(page.is(200)), found, "{asked}");
    }
    olga.open("/operator/stock?q=nothing").await.says(&["No SKU answers this"]);
    olga.open("/operator/stock/skus/MUG_50%25").await.is(200).says(&["Blue mug", "SKU MUG_50%"]);
    olga.open("/operator/stock/skus/NOTHING").await.is(404);
}

#[tokio::test]
async fn the_stock_has_pages() {
    let lines: Vec<String> = (100..221).map(|n| format!("SKU-{n} | Thing number {n} | 1.00 GBP | {n}")).collect();
    let shop =
        Shop::with_feed(&feed("id | title | price | quantity", &lines.iter().map(String::as_str).collect::<Vec<_>>()))
            .await;
    let mut olga = shop.operator(OLGA).await;
    let (mut page, mut seen) = (olga.open("/operator/stock").await, Vec::new());
    loop {
        seen.push(listed(&page));
        let Some(next) = page.links("/operator/stock?").into_iter().find(|link| link.contains("after=")) else { break };
        page = olga.open(&next).await;
    }
    assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 21]);
    assert_eq!(seen.concat(), (100..221).map(|n| format!("SKU-{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_movement_says_why_by_whom_and_what_there_was_then() {
    let (shop, mut olga) = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("walnut-desk-lamp", "2", PAYS).await;
    let number = number_on(&browser.place(&review).await);
    let review = browser.come_to_review("walnut-desk-lamp", "3", DECLINED).await;
    browser.submit(&review.form(PLACE)).await.says(&["declined"]);
    let page = olga.open(LAMP).await;
    page.is(200).says(&["Walnut desk lamp", "On hand 80", "Allocated 2", "Available 78"]);
    let text = page.text();
    let movements = &text[text.find("Movements When").unwrap()..];
    let mut rest = movements;
    for words in [
        "Payment declined",
        "−3 reserved 80 0 2",
        "Order placed",
        "+3 reserved 80 3 2",
        "Order confirmed",
        &number,
        "−2 reserved, +2 allocated 80 0 2",
        "Order placed",
        "+2 reserved 80 2 0",
        "Counted",
        "A feed",
        "+80 on hand 80 0 0",
    ] {
        let place = rest.find(words).unwrap_or_else(|| panic!("no {words:?}, in its order, in {movements}"));
        rest = &rest[place..];
    }
    let counted = page.form(COUNT).with("on_hand", "75");
    let page = olga.submit(&counted).await;
    page.is(200).says(&["Your count is on the books", "On hand 75", "Available 73", OLGA, "−5 on hand 75 0 2"]);
    let last = shop.movements("LAMP").await.pop().unwrap();
    assert_eq!(last, Movement { reason: "count".into(), on_hand: -5, reserved: 0, allocated: 0 });
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn movements_have_pages_whose_sums_go_on() {
    let (shop, mut olga) = shop().await;
    for units in 0..60 {
        let units = units.to_string();
        olga.post(COUNT, &[("sku", "STOOL"), ("on_hand", units.as_str())]).await.is(302);
    }
    let page = olga.open("/operator/stock/skus/STOOL").await;
    page.says(&["+1 on hand 59 0 0", "+1 on hand 11 0 0"]);
    page.does_not_say("+1 on hand 9 0 0");
    let older = page.links("/operator/stock/skus/STOOL?older=").remove(0);
    let page = olga.open(&older).await;
    page.is(200).says(&["+1 on hand 9 0 0", "−5 on hand 0 0 0", "+5 on hand 5 0 0", "Newest movements"]);
    assert!(page.links("/operator/stock/skus/STOOL?older=").is_empty());
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_count_is_taken_up_to_its_limits() {
    let (shop, mut olga) = shop().await;
    let mut browser = shop.browser();
    let review = browser.come_to_review("oak-stool", "3", PAYS).await;
    browser.place(&review).await.is(200);
    for (on_hand, words) in [
        ("2", "3 units are promised to orders"),
        ("-1", "must be a whole number"),
        ("a dozen", "must be a whole number"),
        ("100000001", "must be at most 100000000"),
    ] {
        let form = olga.open("/operator/stock/skus/STOOL").await.form(COUNT).with("on_hand", on_hand);
        olga.submit(&form).await.is(200).says(&[words]);
        assert_eq!(shop.stock("STOOL").await, Stock { on_hand: 5, reserved: 0, allocated: 3 }, "{on_hand}");
    }
    for on_hand in ["3", "100000000"] {
        olga.post(COUNT, &[("sku", "STOOL"), ("on_hand", on_hand)]).await.is(302);
        assert_eq!(shop.stock("STOOL").await.on_hand.to_string(), on_hand);
    }
    let answer = olga.post(COUNT, &[("sku", "NOTHING"), ("on_hand", "1")]).await;
    olga.go_on(answer).await.says(&["There is no stock of this SKU"]);
}

#[tokio::test]
async fn what_was_sold_out_is_sold_again_when_somebody_finds_some() {
    let (_shop, mut olga) = shop().await;
    olga.open("/products/woollen-rug").await.says(&["Sold out"]);
    olga.post(COUNT, &[("sku", "RUG"), ("on_hand", "40")]).await.is(302);
    olga.open("/products/woollen-rug").await.is(200).does_not_say("Sold out");
    // Lists hear of it as well.
    until("a search shows it in stock", std::time::Duration::from_secs(20), async || {
        let page = olga.clone().open("/search?q=woollen").await;
        (!page.text().contains("Sold out")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn nobody_else_counts() {
    let (shop, mut olga) = shop().await;
    let sheet = olga.open("/operator/stock/counts").await.form(OPEN_SHEET).with("sheet", "sku,on_hand\nLAMP,1");
    let open = olga.submit(&sheet).await.form(APPLY_SHEET);
    let mut customer = shop.member("ada@example.com", "Ada Lovelace").await;
    let mut stranger = shop.browser();
    for browser in [&mut customer, &mut stranger] {
        for (action, fields) in [
            (COUNT, vec![("sku", "LAMP"), ("on_hand", "1")]),
            (OPEN_SHEET, vec![("sheet", "sku,on_hand\nLAMP,1")]),
            (APPLY_SHEET, vec![("count", open.field("count").unwrap())]),
            (DROP_SHEET, vec![("count", open.field("count").unwrap())]),
        ] {
            let answer = browser.post(action, &fields).await;
            let page = browser.go_on(answer).await;
            assert!(page.status == 403 || page.path.starts_with("/account/sign-in"), "{action}: {}", page.path);
            page.does_not_say("80");
        }
    }
    assert_eq!(shop.stock("LAMP").await.on_hand, 80);
    olga.submit(&open).await.says(&["The count is on the books"]);
    // A form on somebody else's page changes nothing, whoever is signed in.
    let request = olga.request(reqwest::Method::POST, COUNT).header(reqwest::header::ORIGIN, "https://evil.example");
    assert_eq!(request.form(&[("sku", "LAMP"), ("on_hand", "7")]).send().await.unwrap().status(), 403);
    assert_eq!(shop.stock("LAMP").await.on_hand, 1);
}
