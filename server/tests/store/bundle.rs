//! Bundles: sold as one, and taken from the stock of their parts.

use domain::inventory::day_in_year;
use domain::shipment::store_day;
use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use jiff::{Span, Timestamp};

use super::dispatch::{SEND, SETTLED_WITHIN, is_settled};
use super::policy::TERMS;
use super::returns::{ASK, RECEIVE};
use crate::live::{listen, next};
use crate::support::books::{Movement, Stock};
use crate::support::purchase::{CANCEL, DECLINED, PAYS, PLACE, SET_QUANTITY, number_on};
use crate::support::stock::{COUNT, OLGA, OPEN_SHEET};
use crate::support::{Browser, Page, Shop, feed, postgres, until};

const BUNDLE: &str = "/api/operator/stock/bundles";
const TEA: &str = "/operator/stock/skus/TEA";
const IN_TEA: &str = "With 2 × Blue mug and 1 × Oak tray";

fn rows(mugs: u32, trays: u32) -> String {
    let (mug, tray) = (format!("MUG | Blue mug | 9.00 GBP | {mugs}"), format!("TRAY | Oak tray | 21.00 GBP | {trays}"));
    let rows = [&mug, &tray, "TEA | Tea set | 36.00 GBP | 3", "GIFT | Gift box | 10.00 GBP | 0"];
    feed("id | title | price | quantity", &rows)
}

/// An open store with a tea set of two mugs and a tray.
async fn sells_tea(mut shop: Shop, mugs: u32, trays: u32) -> Shop {
    shop.import(&rows(mugs, trays)).await.went_well();
    shop.open().await;
    shop.import_bundles(&["TEA,TRAY,1", "TEA,MUG,2"]).await.went_well();
    shop
}

const fn held(on_hand: i64, allocated: i64) -> Stock {
    Stock { on_hand, reserved: 0, allocated }
}

async fn make(olga: &mut Browser, sku: &str, parts: &str) -> Page {
    let form = olga.open(&format!("/operator/stock/skus/{sku}")).await.form(BUNDLE);
    olga.submit(&form.with("parts", parts)).await
}

#[tokio::test]
async fn a_bundle_is_shown_and_sold_with_its_parts() {
    let shop = sells_tea(Shop::new(), 9, 5).await;
    // What a feed says of it counts for nothing.
    assert_eq!(shop.stock("TEA").await, held(0, 0));
    let mut listening = listen(&shop, "watch=5:TEA&watch=5:MUG").await;
    assert_eq!(next(&mut listening).await, "4,6");
    let mut ada = shop.browser();
    let page = ada.open("/products/tea-set").await;
    page.is(200).says(&["In this bundle", "2 × Blue mug", "1 × Oak tray", "Only 4 left in stock"]);
    assert_eq!(page.links("/products/blue-mug?sku="), ["/products/blue-mug?sku=MUG"]);

    ada.put_into_cart("tea-set", "2").await;
    let cart = ada.open("/cart").await;
    cart.says(&["2 × Blue mug", "1 × Oak tray", "£72.00"]);
    assert_eq!(cart.links("/products/oak-tray?sku="), ["/products/oak-tray?sku=TRAY"]);
    let review = ada.check_out(PAYS).await;
    review.says(&[IN_TEA]);
    let confirmation = ada.place(&review).await;
    confirmation.says(&["Thank you, Ada."]);
    let order = ada.follow_order(&confirmation).await;
    order.says(&["Tea set", IN_TEA]);
    assert_eq!(next(&mut listening).await, "2,5");
    let stock = (shop.stock("MUG").await, shop.stock("TRAY").await, shop.stock("TEA").await);
    assert_eq!(stock, (held(9, 4), held(5, 2), held(0, 0)));

    let mut olga = shop.operator(OLGA).await;
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent", IN_TEA]);
    assert_eq!((shop.stock("MUG").await, shop.stock("TRAY").await), (held(5, 0), held(3, 0)));
    is_settled(&shop).await;
    shop.change_books("UPDATE order_bundle_parts SET units_each = 3 WHERE part_sku = 'MUG'").await;
    let checked = shop.check_ledger().await;
    assert!(checked.code == 1 && checked.stdout.contains("takes 6 of MUG for bundles, and holds 4"), "{checked:?}");
}

#[tokio::test]
async fn lists_follow_the_parts() {
    let shop = sells_tea(Shop::new(), 5, 5).await;
    let mut browser = shop.browser();
    let in_stock = "/search?q=tea&in-stock=yes";
    assert_eq!(browser.open("/search?q=tea").await.cards(), ["/products/tea-set"]);
    // One mug is left, which is too few.
    browser.buy("blue-mug", "4").await.says(&["Thank you, Ada."]);
    browser.open("/products/tea-set").await.says(&["Sold out"]);
    until("lists say that it is sold out", SETTLED_WITHIN, async || {
        shop.browser().open(in_stock).await.cards().is_empty().then_some(())
    })
    .await;
    let mut olga = shop.operator(OLGA).await;
    olga.post(COUNT, &[("sku", "MUG"), ("on_hand", "6")]).await.is(302);
    until("lists sell it again", SETTLED_WITHIN, async || {
        (shop.browser().open(in_stock).await.cards().len() == 1).then_some(())
    })
    .await;
    let short = sells_tea(Shop::new(), 1, 5).await;
    until("what is short from the start is not sold", SETTLED_WITHIN, async || {
        short.browser().open(in_stock).await.cards().is_empty().then_some(())
    })
    .await;
}

/// Twelve shoppers want the last tray, every other one in a tea set.
async fn the_last_part_is_sold_once(shop: Shop) {
    let shop = sells_tea(shop, 30, 1).await;
    let arrivals = (0..12).map(|number| {
        let mut browser = shop.browser();
        async move {
            let slug = if number % 2 == 0 { "tea-set" } else { "oak-tray" };
            let review = browser.come_to_review(slug, "1", PAYS).await;
            (browser, review.form(PLACE))
        }
    });
    let ready: Vec<(Browser, _)> = stream::iter(arrivals).buffer_unordered(6).collect().await;
    let presses = ready.into_iter().map(|(mut browser, form)| async move { browser.submit(&form).await });
    let answers = join_all(presses).await;
    let served = answers.iter().filter(|page| page.path.starts_with("/orders/CG-")).count();
    assert_eq!(served, 1, "{:?}", answers.iter().map(|page| &page.path).collect::<Vec<_>>());
    is_settled(&shop).await;
    assert_eq!(shop.stock("TRAY").await, held(1, 1));
    let mugs = shop.stock("MUG").await;
    assert!(mugs == held(30, 0) || mugs == held(30, 2), "all parts or none: {mugs:?}");
    shop.browser().open("/products/tea-set").await.says(&["Sold out"]);
}

#[tokio::test]
async fn the_last_part_goes_to_a_bundle_or_is_sold_alone() {
    the_last_part_is_sold_once(Shop::new()).await;
}

#[tokio::test]
async fn so_it_does_on_postgresql() {
    the_last_part_is_sold_once(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn what_needs_the_same_part_in_one_order_is_added_up() {
    let shop = sells_tea(Shop::new(), 6, 5).await;
    shop.import_bundles(&["GIFT,MUG,3"]).await.went_well();
    let mut ada = shop.browser();
    for (slug, quantity) in [("tea-set", "1"), ("gift-box", "1"), ("blue-mug", "2")] {
        ada.put_into_cart(slug, quantity).await;
    }
    ada.open("/cart").await.says(&["Only 1 left: the total counts 1, not 2.", "can't be bought as it is"]);
    ada.post(SET_QUANTITY, &[("sku", "MUG"), ("quantity", "1")]).await.is(302);
    let review = ada.check_out(PAYS).await;
    ada.place(&review).await.says(&["Thank you, Ada."]);
    assert_eq!((shop.stock("MUG").await, shop.stock("TRAY").await), (held(6, 6), held(5, 1)));
    let reserved = Movement { reason: "reservation".to_owned(), on_hand: 0, reserved: 6, allocated: 0 };
    assert!(shop.movements("MUG").await.contains(&reserved));
    is_settled(&shop).await;
}

#[tokio::test]
async fn parts_go_back_when_nothing_comes_of_an_order() {
    let shop = sells_tea(Shop::new(), 4, 2).await;
    let mut ada = shop.browser();
    let review = ada.come_to_review("tea-set", "2", DECLINED).await;
    ada.place(&review).await.is(200);
    until("it is released", SETTLED_WITHIN, async || (shop.stock("MUG").await.reserved == 0).then_some(())).await;
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("tea-set", "2").await;
    assert_eq!((shop.stock("MUG").await, shop.stock("TRAY").await), (held(4, 4), held(2, 2)));
    shop.browser().open("/products/tea-set").await.says(&["Sold out"]);
    browser.submit(&order.form(CANCEL)).await.is(200);
    is_settled(&shop).await;
    assert_eq!((shop.stock("MUG").await, shop.stock("TRAY").await), (held(4, 0), held(2, 0)));
    shop.browser().open("/products/tea-set").await.says(&["Only 2 left in stock"]);
}

/// Sends two tea sets, takes them apart, and gets one back.
async fn what_comes_back_is_what_was_sent(shop: Shop) {
    let shop = sells_tea(shop, 9, 5).await;
    let mut olga = shop.operator(OLGA).await;
    let mut ada = shop.browser();
    let order = ada.buy_and_follow("tea-set", "2").await;
    let changed = make(&mut olga, "TEA", "MUG,1\nGIFT,1").await;
    changed.is(200).says(&["It is sold with these parts from now on."]);
    // Nothing of a gift box is there.
    shop.browser().open("/products/tea-set").await.says(&["1 × Blue mug", "1 × Gift box", "Sold out"]);
    ada.open(&order.path).await.says(&[IN_TEA]);
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["The order is sent"]);
    assert_eq!((shop.stock("MUG").await, shop.stock("TRAY").await), (held(5, 0), held(3, 0)));

    let ways = ada.open(&order.path).await.links(&format!("/orders/{}/return", number_on(&order)));
    let form = ada.open(ways.first().expect("a way to return something")).await.form(ASK);
    ada.submit(&form.with("units-0", "1")).await.is(200).says(&["1 × Tea set", "you get back £36.00"]);
    let form = olga.open(&sheet).await.form(RECEIVE).with("shelf", "yes");
    olga.submit(&form).await.is(200).says(&["The return is received"]);
    let stock = (shop.stock("MUG").await, shop.stock("TRAY").await, shop.stock("TEA").await);
    assert_eq!(stock, (held(7, 0), held(4, 0), held(0, 0)));
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_bundle_that_changed_leaves_old_orders_alone() {
    what_comes_back_is_what_was_sent(Shop::new()).await;
}

#[tokio::test]
async fn a_bundle_that_changed_leaves_old_orders_alone_on_postgresql() {
    what_comes_back_is_what_was_sent(Shop::on(postgres::database().await)).await;
}

#[tokio::test]
async fn nobody_buys_another_bundle_than_they_saw() {
    let shop = sells_tea(Shop::new(), 9, 5).await;
    let mut ada = shop.browser();
    let review = ada.come_to_review("tea-set", "1", PAYS).await;
    shop.import_bundles(&["TEA,MUG,4", "TEA,TRAY,1"]).await.went_well();
    let refused = ada.place(&review).await;
    refused.is(200).says(&["What is in a bundle has changed", "With 4 × Blue mug and 1 × Oak tray"]);
    assert_eq!(shop.stock("MUG").await, held(9, 0));
    ada.place(&refused).await.says(&["Thank you, Ada."]);
    assert_eq!(shop.stock("MUG").await, held(9, 4));
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_limit_of_a_bundle_counts_bundles_and_one_of_a_part_what_is_bought_alone() {
    let shop = sells_tea(Shop::new(), 9, 5).await;
    let mut olga = shop.operator(OLGA).await;
    for sku in ["TEA", "MUG"] {
        let form = olga.open(&format!("/operator/stock/skus/{sku}")).await.form(TERMS).with("limit_units", "1");
        olga.submit(&form).await.is(200).says(&["It is sold like this from now on."]);
    }
    let limited = "Something in your cart is limited for each customer";
    shop.browser().buy("tea-set", "1").await.says(&["Thank you, Ada."]);
    shop.browser().buy("tea-set", "1").await.says(&[limited]);
    shop.browser().buy("blue-mug", "1").await.says(&["Thank you, Ada."]);
    shop.browser().buy("blue-mug", "1").await.says(&[limited]);
    assert_eq!(shop.stock("MUG").await, held(9, 3));
    is_settled(&shop).await;
}

#[tokio::test]
async fn a_bundle_is_sold_for_later_as_its_parts_are() {
    let shop = sells_tea(Shop::new(), 9, 0).await;
    let mut olga = shop.operator(OLGA).await;
    shop.browser().open("/products/tea-set").await.says(&["Sold out"]);
    let day = store_day(Timestamp::now()).checked_add(Span::new().days(40)).unwrap();
    let form = olga.open("/operator/stock/skus/TRAY").await.form(TERMS).with("policy", "backorder");
    let form = form.with("policy_day", &day.to_string()).with("policy_units", "2");
    olga.submit(&form).await.is(200).says(&["It is sold like this from now on."]);
    let back = format!("Back in stock on {}, order now", day_in_year(day));
    shop.browser().open("/products/tea-set").await.says(&[&back]);
    let mut ada = shop.browser();
    let order = ada.buy_and_follow("tea-set", "2").await;
    order.says(&[&format!("Expected in stock on {}", day_in_year(day))]);
    let sheet = format!("/operator/orders/{}", number_on(&order));
    let form = olga.open(&sheet).await.form(SEND);
    olga.submit(&form).await.is(200).says(&["This order waits for units that are not in stock yet"]);
    shop.browser().open("/products/tea-set").await.says(&["Sold out"]);
    is_settled(&shop).await;
}

#[tokio::test]
async fn an_operator_puts_a_bundle_together_and_takes_it_apart() {
    let shop = sells_tea(Shop::new(), 9, 5).await;
    let mut olga = shop.operator(OLGA).await;
    let page = olga.open(TEA).await;
    page.is(200).says(&["Can be sold 4", "Stock of its parts:"]);
    assert_eq!(page.links("/operator/stock/skus/").len(), 2);
    assert!(page.forms(COUNT).is_empty(), "there is nothing to count");
    let counted = olga.post(COUNT, &[("sku", "TEA"), ("on_hand", "7")]).await;
    olga.go_on(counted).await.says(&["A bundle has no stock of its own; please count its parts"]);
    let sheet = olga.post(OPEN_SHEET, &[("sheet", "sku,on_hand\nTEA,7\nMUG,10")]).await;
    olga.go_on(sheet).await.says(&["1 SKU differs", "a bundle has no stock of its own"]);
    olga.open("/operator/stock?only=out").await.says(&["GIFT"]);
    olga.open("/operator/stock?only=out").await.does_not_say("TEA");

    for (sku, parts, words) in [
        ("GIFT", "TEA,1", "TEA is a bundle, and a bundle can't be a part of another one"),
        ("MUG", "TRAY,1", "It is a part of a bundle"),
        ("GIFT", "GIFT,1", "A bundle can't be a part of itself"),
        ("GIFT", "MUG,1\nMUG,2", "MUG is named twice"),
        ("GIFT", "NOTHING,1", "NOTHING is not a SKU of this store"),
        ("GIFT", "MUG,101", "The units of MUG must be at most 100"),
        ("GIFT", "MUG", "Line 1 must be a SKU and how many units of it"),
    ] {
        let refused = make(&mut olga, sku, parts).await;
        refused.is(200).says(&[words]);
        assert!(refused.html.contains(parts), "what was typed stays: {parts}");
    }
    let mut stranger = shop.browser();
    let answer = stranger.post(BUNDLE, &[("sku", "GIFT"), ("parts", "MUG,1")]).await;
    assert!(stranger.go_on(answer).await.path.starts_with("/account/sign-in"));

    let apart = make(&mut olga, "TEA", "").await;
    apart.is(200).says(&["It is sold with these parts from now on.", "On hand 0", "Available 0"]);
    shop.browser().open("/products/tea-set").await.says(&["Sold out"]);
    olga.post(COUNT, &[("sku", "TEA"), ("on_hand", "2")]).await.is(302);
    let mut browser = shop.browser();
    let order = browser.buy_and_follow("tea-set", "1").await;
    assert_eq!((shop.stock("TEA").await, shop.stock("MUG").await), (held(2, 1), held(9, 0)));
    make(&mut olga, "TEA", "MUG,1").await.says(&["1 units of it are promised to orders"]);
    browser.submit(&order.form(CANCEL)).await.is(200);
    is_settled(&shop).await;
    make(&mut olga, "TEA", "MUG,1").await.says(&["Can be sold 9"]);
    // What it had itself is written off.
    assert_eq!(shop.stock("TEA").await, held(0, 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_file_says_what_is_in_bundles() {
    let mut shop = sells_tea(Shop::new(), 9, 5).await;
    let rows = ["GIFT,MUG,1", "TEA,NOTHING,1", "TEA,MUG,1", "TRAY,MUG,one", "TRAY,GIFT,1"];
    let imported = shop.import_bundles(&rows).await;
    assert_eq!(imported.code, 3, "{imported:?}");
    assert!(imported.stdout.contains("1 bundles written, 4 rows rejected"), "{imported:?}");
    let report = std::fs::read_to_string(shop.folder().join("import-report-bundles.csv.csv")).unwrap();
    for line in [
        "3,bundle_sku,TEA,NOTHING is not a SKU of this store",
        "4,bundle_sku,TEA,NOTHING is not a SKU of this store",
        "5,quantity,one,",
        "6,bundle_sku,TRAY,another part of this bundle can't be taken",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
    let mut browser = shop.browser();
    browser.open("/products/gift-box").await.says(&["In this bundle", "1 × Blue mug"]);
    browser.open("/products/tea-set").await.says(&["2 × Blue mug", "1 × Oak tray"]);
    // A feed that comes again leaves bundles as they are, and counts their parts.
    shop.close().await;
    shop.import(&self::rows(2, 5)).await.went_well();
    shop.open().await;
    browser = shop.browser();
    browser.open("/products/tea-set").await.says(&["Only 1 left in stock"]);
    assert_eq!(shop.stock("TEA").await, held(0, 0));
    assert_eq!(browser.open("/search?q=tea&in-stock=yes").await.cards(), ["/products/tea-set"]);
    shop.check_ledger().await.went_well();
}
