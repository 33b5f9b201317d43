//! Promotions: what is taken off is explained wherever it is shown, and no limit is ever passed.

use std::time::Duration;

use futures::future::join_all;

use crate::support::purchase::{APPLY_COUPON, CANCEL, DECLINED, PAYS, PLACE, REMOVE_COUPON};
use crate::support::{Browser, Page, Shop, feed, postgres, until};

const SETTLED_WITHIN: Duration = Duration::from_secs(40);
const ROWS_REJECTED: i32 = 3;
const COLUMNS: &str = "id | title | price | product_type | quantity";
const GOODS: [&str; 2] =
    ["MUG | Enamel mug | 4.99 GBP | Kitchen > Mugs | 99", "LAMP | Walnut desk lamp | 24.50 GBP | Home | 99"];
const THREE_FOR_TWO: &str = "mugs | 3 for 2 | | bundle | 2+1 | category:kitchen | | | | | combinable";
const WELCOME: &str = "welcome | Welcome | WELCOME-10 | percent | 10 | | | | | | combinable";

async fn shop_with(promotions: &[&str]) -> Shop {
    let shop = Shop::with_feed(&feed(COLUMNS, &GOODS)).await;
    shop.import_promotions(promotions).await.went_well();
    shop
}

#[tokio::test]
async fn an_automatic_promotion_is_explained_from_the_cart_to_the_order() {
    let shop = shop_with(&[THREE_FOR_TWO]).await;
    let mut browser = shop.browser();
    let cart = browser.put_into_cart("enamel-mug", "2").await;
    cart.does_not_say("3 for 2");
    let cart = browser.put_into_cart("enamel-mug", "1").await;
    cart.says(&["3 for 2: −£4.99", "Items (3) £14.97", "3 for 2 −£4.99", "Delivery £3.95", "£13.93"]);
    let review = browser.check_out(PAYS).await;
    review.says(&["3 for 2: −£4.99", "3 for 2 −£4.99", "Place order, £13.93"]);
    let order = browser.place(&review).await;
    order.is(200).says(&["Thank you, Ada.", "3 for 2: −£4.99", "3 for 2 −£4.99", "£13.93"]);
    assert_eq!(shop.orders().await[0].total_minor_units, 13_93);
    assert_eq!((shop.uses("mugs").await, shop.redemptions("mugs").await), (1, vec!["redeemed".to_owned()]));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_coupon_is_kept_with_the_cart_until_it_is_removed_or_used() {
    let shop = shop_with(&[WELCOME, THREE_FOR_TWO]).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = browser.apply_coupon(" welcome-10 ").await;
    cart.is(200).says(&["Coupon code WELCOME-10", "Welcome: −£2.45", "£26.00"]);
    let cart = browser.submit(&cart.form(REMOVE_COUPON)).await;
    cart.is(200).does_not_say("Welcome");
    cart.says(&["£28.45"]);
    browser.apply_coupon("WELCOME-10").await;
    browser.put_into_cart("enamel-mug", "3").await.says(&["3 for 2: −£4.99", "Welcome −£3.95"]);
    let review = browser.check_out(PAYS).await;
    review.says(&["Welcome −£3.95", "3 for 2 −£4.99", "Place order, £34.48"]);
    browser.place(&review).await.says(&["Thank you, Ada.", "Welcome −£3.95", "£34.48"]);
    assert_eq!((shop.uses("welcome").await, shop.uses("mugs").await), (1, 1));
    let cart = browser.put_into_cart("walnut-desk-lamp", "1").await;
    cart.does_not_say("WELCOME-10");
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_code_that_is_not_taken_says_why_and_the_cart_is_kept() {
    let shop = shop_with(&[
        "past | Past | SUMMER-24 | percent | 10 | | 2024-06-01T00:00:00Z | 2024-09-01T00:00:00Z | | | combinable",
        "next | Next | SUMMER-99 | percent | 10 | | 2099-06-01T00:00:00Z | | | | combinable",
        "once | Once | ONLY-ONCE | percent | 10 | | | | 1 | | combinable",
        "mugs | Mugs | MUGS-ONLY | percent | 10 | category:kitchen/mugs | | | | | exclusive",
        "half | Half | | percent | 50 | sku:MUG | | | | | exclusive",
    ])
    .await;
    let mut first = shop.browser();
    first.put_into_cart("walnut-desk-lamp", "1").await;
    first.apply_coupon("ONLY-ONCE").await;
    let review = first.check_out(PAYS).await;
    first.place(&review).await.says(&["Thank you, Ada."]);

    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    for (code, words) in [
        ("NO-SUCH-CODE", "We don't know that code"),
        ("<b>10%</b>", "We don't know that code"),
        ("summer-24", "That code has expired."),
        ("summer-99", "That code is not valid yet."),
        ("only-once", "That code was used as often as it can be."),
    ] {
        let refused = browser.apply_coupon(code).await;
        refused.is(200).says(&[words, "Walnut desk lamp", "£28.45"]);
        assert_eq!(refused.form(APPLY_COUPON).field("code"), Some(code), "nothing typed is lost");
        browser.open("/cart").await.does_not_say("Remove coupon");
    }
    // What depends on the cart is kept with it, and counts as soon as it fits.
    browser
        .apply_coupon("MUGS-ONLY")
        .await
        .says(&["Coupon code MUGS-ONLY", "makes no difference to what is in your cart"]);
    let cart = browser.put_into_cart("enamel-mug", "1").await;
    cart.says(&["Half: −£2.50", "Other offers save you more than that code"]);
}

/// Shoppers who all see the discount of one code on their review pages.
async fn at_review(shop: &Shop, count: usize, code: &str, card: &str) -> Vec<(Browser, Page)> {
    let arrivals = (0..count).map(|_| async {
        let mut browser = shop.browser();
        browser.put_into_cart("walnut-desk-lamp", "1").await;
        browser.apply_coupon(code).await;
        let review = browser.check_out(card).await;
        review.says(&["Place order, £26.00"]);
        (browser, review)
    });
    join_all(arrivals).await
}

const FIVE_USES: &str = "welcome | Welcome | WELCOME-10 | percent | 10 | | | | 5 | | combinable | ";
/// £2.45 five times, and not a sixth time.
const FIVE_DISCOUNTS: &str = "welcome | Welcome | WELCOME-10 | percent | 10 | | | | | | combinable | 14.69 GBP";

async fn twenty_shoppers_after_the_last_five(shop: &Shop, promotion: &str) {
    const LIMIT: usize = 5;
    const SHOPPERS: usize = 20;
    shop.import_promotions(&[promotion]).await.went_well();
    let presses = at_review(shop, SHOPPERS, "WELCOME-10", PAYS).await.into_iter();
    let answers = join_all(presses.map(|(mut browser, review)| async move {
        let page = browser.submit(&review.form(PLACE)).await;
        (browser, page)
    }))
    .await;
    let (served, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, page)| page.path.starts_with("/orders/"));
    assert_eq!((served.len(), late.len()), (LIMIT, SHOPPERS - LIMIT));
    for (_, page) in &late {
        assert!(page.is(200).path.starts_with("/checkout/review"), "{}", page.path);
        page.says(&["The total has changed", "£28.45", "That code was used as often as it can be."]);
    }
    until("all is settled", SETTLED_WITHIN, async || (shop.order_states().await == ["confirmed"; LIMIT]).then_some(()))
        .await;
    assert_eq!(shop.redemptions("welcome").await, ["redeemed"; LIMIT]);
    assert_eq!((shop.uses("welcome").await, shop.payments().await), (5, 5));
    shop.check_ledger().await.went_well();

    // Who still wants it pays what the page says now.
    let (mut browser, page) = late.into_iter().next().unwrap();
    browser.place(&page).await.says(&["Thank you, Ada.", "£28.45"]);
    assert_eq!(shop.uses("welcome").await, 5);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn twenty_shoppers_after_the_last_five_uses_get_five() {
    twenty_shoppers_after_the_last_five(&Shop::with_feed(&feed(COLUMNS, &GOODS)).await, FIVE_USES).await;
}

#[tokio::test]
async fn twenty_shoppers_after_the_last_of_a_budget_get_what_it_covers() {
    let shop = Shop::with_feed(&feed(COLUMNS, &GOODS)).await;
    twenty_shoppers_after_the_last_five(&shop, FIVE_DISCOUNTS).await;
    assert_eq!(shop.spent("welcome").await, 12_25);
}

#[tokio::test]
async fn postgres_keeps_the_limit_among_many_writers() {
    twenty_shoppers_after_the_last_five(&shop_on_postgres().await, FIVE_USES).await;
}

#[tokio::test]
async fn postgres_keeps_the_budget_among_many_writers() {
    let shop = shop_on_postgres().await;
    twenty_shoppers_after_the_last_five(&shop, FIVE_DISCOUNTS).await;
    assert_eq!(shop.spent("welcome").await, 12_25);
}

async fn shop_on_postgres() -> Shop {
    let mut shop = Shop::on(postgres::database().await);
    shop.import(&feed(COLUMNS, &GOODS)).await.went_well();
    shop.open().await;
    shop
}

#[tokio::test]
async fn a_declined_card_gives_the_coupon_back() {
    let shop = shop_with(&["welcome | Welcome | WELCOME-10 | percent | 10 | | | | 1 | 1 | combinable"]).await;
    let (mut browser, review) = at_review(&shop, 1, "WELCOME-10", DECLINED).await.remove(0);
    let payment = browser.place(&review).await;
    payment.says(&["Your bank declined the card."]);
    assert_eq!((shop.uses("welcome").await, shop.redemptions("welcome").await), (0, vec!["released".to_owned()]));
    shop.check_ledger().await.went_well();
    let review = browser.give_card(&payment, PAYS).await;
    browser.place(&review).await.says(&["Thank you, Ada.", "£26.00"]);
    assert_eq!(shop.redemptions("welcome").await, ["redeemed", "released"]);
    assert_eq!(shop.uses("welcome").await, 1);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_shopper_uses_a_code_as_often_as_one_may() {
    let shop = shop_with(&["welcome | Welcome | WELCOME-10 | percent | 10 | | | | | 2 | combinable"]).await;
    // Three windows of one shopper at once, so that the review pages promise more than there is.
    let ready = at_review(&shop, 3, "WELCOME-10", PAYS).await.into_iter();
    let answers = join_all(ready.map(|(mut browser, review)| async move { browser.place(&review).await })).await;
    let served = answers.iter().filter(|page| page.path.starts_with("/orders/")).count();
    assert_eq!((served, shop.uses("welcome").await), (2, 2));
    let late = answers.iter().find(|page| !page.path.starts_with("/orders/")).unwrap();
    late.says(&["The total has changed", "You have used that code as often as you can."]);

    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.apply_coupon("WELCOME-10").await.says(&["Welcome: −£2.45"]);
    let review = browser.check_out(PAYS).await;
    review.says(&["You have used that code as often as you can.", "Place order, £28.45"]);
    browser.place(&review).await.says(&["Thank you, Ada.", "£28.45"]);
    assert_eq!(shop.uses("welcome").await, 2);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn an_order_that_promotions_make_free_needs_no_bank() {
    let shop = shop_with(&[
        "gift | Gift | GIFT-100 | percent | 100 | | | | | | combinable",
        "post | Free post | | free_delivery | | | | | | | combinable",
    ])
    .await;
    let mut browser = shop.browser();
    browser.put_into_cart("enamel-mug", "1").await.says(&["Free post: −£3.95", "Delivery Free post: −£3.95 Free"]);
    browser.apply_coupon("GIFT-100").await.says(&["Gift: −£4.99", "£0.00"]);
    let review = browser.check_out(DECLINED).await;
    let confirmation = browser.place(&review).await;
    confirmation.says(&["Thank you, Ada.", "£0.00"]);
    assert_eq!((shop.order_states().await, shop.payments().await), (vec!["confirmed".to_owned()], 0));
    shop.check_ledger().await.went_well();
    let order = browser.follow_order(&confirmation).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    assert_eq!((shop.order_states().await, shop.stock("MUG").await.allocated), (vec!["cancelled".to_owned()], 0));
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_cancelled_order_gives_the_coupon_back() {
    let shop = shop_with(&["welcome | Welcome | WELCOME-10 | percent | 10 | | | | 1 | 1 | combinable"]).await;
    let (mut browser, review) = at_review(&shop, 1, "WELCOME-10", PAYS).await.remove(0);
    let confirmation = browser.place(&review).await;
    let order = browser.follow_order(&confirmation).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    assert_eq!((shop.uses("welcome").await, shop.redemptions("welcome").await), (0, vec!["released".to_owned()]));
    shop.check_ledger().await.went_well();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.apply_coupon("WELCOME-10").await.says(&["Welcome: −£2.45", "£26.00"]);
}

#[tokio::test]
async fn a_budget_is_given_back_with_an_order_and_counted_anew_by_an_import() {
    let with_budget =
        |budget: &str| format!("welcome | Welcome | WELCOME-10 | percent | 10 | | | | | | combinable | {budget}");
    let shop = shop_with(&[&with_budget("3.00 GBP")]).await;
    let (mut browser, review) = at_review(&shop, 1, "WELCOME-10", PAYS).await.remove(0);
    let confirmation = browser.place(&review).await;
    assert_eq!(shop.spent("welcome").await, 2_45);
    let mut late = shop.browser();
    late.put_into_cart("walnut-desk-lamp", "1").await;
    late.apply_coupon("WELCOME-10").await.says(&["That code was used as often as it can be.", "£28.45"]);

    // Pounds that were taken off are none of a budget in dollars, and are of one in pounds again.
    shop.import_promotions(&[&with_budget("9.00 USD")]).await.went_well();
    assert_eq!(shop.spent("welcome").await, 0);
    shop.check_ledger().await.went_well();
    shop.import_promotions(&[&with_budget("4.90 GBP")]).await.went_well();
    assert_eq!(shop.spent("welcome").await, 2_45);
    late.apply_coupon("WELCOME-10").await.says(&["Welcome: −£2.45", "£26.00"]);
    late.put_into_cart("walnut-desk-lamp", "1").await.says(&["That code was used as often as it can be."]);

    let order = browser.follow_order(&confirmation).await;
    assert_eq!(browser.submit(&order.form(CANCEL)).await.heading(), "Cancelled");
    assert_eq!((shop.spent("welcome").await, shop.uses("welcome").await), (0, 0));
    late.open("/cart").await.says(&["Welcome: −£4.90"]);
    shop.check_ledger().await.went_well();
}

#[tokio::test]
async fn a_promotion_of_a_seller_is_for_what_it_sells() {
    let goods = ["MUG | Enamel mug | 4.99 GBP | 99 | Orla", "LAMP | Walnut desk lamp | 24.50 GBP | 99 | "];
    let shop = Shop::with_feed(&feed("id | title | price | quantity | external_seller_id", &goods)).await;
    let rows = [
        "orla | Orla week | ORLA-20 | percent | 20 | seller:Orla | | | | | combinable",
        "own | Our own | STORE-10 | percent | 10 | seller:store | | | | | combinable",
    ];
    shop.import_promotions(&rows).await.went_well();
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    browser.apply_coupon("ORLA-20").await.says(&["makes no difference to what is in your cart"]);
    browser.put_into_cart("enamel-mug", "1").await.says(&["Orla week −£1.00", "£32.44"]);
    let cart = browser.open("/cart").await;
    browser.submit(&cart.form(REMOVE_COUPON)).await;
    browser.apply_coupon("STORE-10").await.says(&["Our own −£2.45", "£30.99"]);
}

#[tokio::test]
async fn free_delivery_is_shown_where_delivery_is_chosen() {
    let shop = shop_with(&["post | Free post | | free_delivery | | | | | | | exclusive"]).await;
    let mut browser = shop.browser();
    browser.put_into_cart("enamel-mug", "1").await;
    let delivery = browser.give_address().await;
    delivery.says(&["Standard delivery Free", "Express delivery £7.95"]);
    let express = delivery.form("/api/checkout/delivery").with("delivery", "express");
    browser.submit(&express).await.says(&["Delivery £7.95", "£12.94"]);
    browser.open("/checkout/delivery").await.says(&["Standard delivery Free"]);
}

#[tokio::test]
async fn a_second_import_updates_and_bad_rows_are_reported() {
    let shop = shop_with(&[WELCOME]).await;
    let (mut browser, review) = at_review(&shop, 1, "WELCOME-10", PAYS).await.remove(0);
    // The operator ends it while somebody is about to use it.
    let ran = shop
        .import_promotions(&[
            "welcome | Hello | HELLO-20 | percent | 20 | | | | 7 | | exclusive",
            "Bad id | Name | | percent | 10 | | | | | | exclusive",
            "bad-percent | Name | | percent | 101 | | | | | | exclusive",
            "bad-scope | Name | | percent | 10 | MUG | | | | | exclusive",
            "bad-until | Name | | percent | 10 | | 2026-01-02T00:00:00Z | 2026-01-01T00:00:00Z | | | exclusive",
        ])
        .await;
    assert_eq!(ran.code, ROWS_REJECTED, "{ran:?}");
    assert!(ran.stdout.contains("5 rows read: 1 promotions written, 4 rows rejected"), "{ran:?}");
    let report = std::fs::read_to_string(shop.folder().join("import-report-promotions.tsv.csv")).unwrap();
    let lines: Vec<&str> = report.lines().skip(1).collect();
    for (line, begin) in lines.iter().zip(["3,id,Bad id,", "4,value,101,", "5,scope,MUG,", "6,until,2026-01-01T"]) {
        assert!(line.starts_with(begin), "{begin}: {line}");
    }
    assert_eq!(lines.len(), 4);
    browser.place(&review).await.says(&["The total has changed", "£28.45", "We don't know that code"]);
    browser.open("/cart").await.says(&["We don't know that code"]);
    assert_eq!(shop.uses("welcome").await, 0);
}

#[tokio::test]
async fn a_store_keeps_a_limited_number_of_promotions() {
    let rows = |count: usize| (0..count).map(|n| format!("p{n} | P | CODE-{n} | percent | 1 | | | | | | combinable"));
    let shop = Shop::new();
    let full: Vec<String> = rows(1_000).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    shop.import_promotions(&full).await.went_well();
    shop.import_promotions(&full).await.went_well();
    let more: Vec<String> = rows(1_001).skip(1_000).collect();
    shop.import_promotions(&[&more[0]]).await.refused_with(&["at most 1000 promotions", "run the import again"]);
}

#[tokio::test]
async fn uses_that_do_not_agree_are_named() {
    let mut shop = shop_with(&[WELCOME]).await;
    let (mut browser, review) = at_review(&shop, 1, "WELCOME-10", PAYS).await.remove(0);
    browser.place(&review).await.says(&["Thank you, Ada."]);
    shop.close().await;
    let file = shop.data().join("store.sqlite");
    let untouched = std::fs::read(&file).unwrap();
    for (statement, words) in [
        ("UPDATE promotions SET used = 0", ["used as often as orders redeem it", "welcome: used 0"]),
        ("UPDATE promotions SET spent_minor_units = 1", ["has spent of its budget what", "welcome: spent 1"]),
        ("UPDATE redemptions SET state = 'held'", ["redeems promotions as its state asks for", "CG-"]),
    ] {
        shop.change_books(statement).await;
        let checked = shop.check_ledger().await;
        assert_eq!(checked.code, 1, "{statement}: {checked:?}");
        assert!(words.iter().all(|word| checked.stdout.contains(word)), "{statement}: {checked:?}");
        std::fs::write(&file, &untouched).unwrap();
    }
    shop.check_ledger().await.went_well();
}
