//! What many bought together is shown with what they bought, and why.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::time::Duration;

use crate::support::html::shown_under;
use crate::support::purchase::{CANCEL, PAYS};
use crate::support::{Browser, Page, Shop, feed, until};

const LEARNT_WITHIN: Duration = Duration::from_secs(40);
const TOGETHER: &str = "Often bought together";

/// So many customers bought a lamp and a shade, and so many others a lamp and a bulb. Everybody bought
/// candles, by themselves.
fn history(with_shade: usize, with_bulb: usize) -> String {
    let mut csv = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n".to_owned();
    let mut order = 0;
    let mut bought = |customer: usize, skus: &[&str]| {
        order += 1;
        for sku in skus {
            writeln!(csv, "{order},2026-10-{:02}T10:00:00Z,{customer},UK,{sku},1,5.00", order % 28 + 1).unwrap();
        }
    };
    (0..with_shade).for_each(|customer| bought(customer, &["LAMP", "SHADE"]));
    (0..with_bulb).for_each(|customer| bought(100 + customer, &["LAMP", "BULB"]));
    (0..40).for_each(|customer| bought(customer, &["CANDLE"]));
    csv
}

async fn shop(with_shade: usize, with_bulb: usize) -> Shop {
    shop_with(&history(with_shade, with_bulb)).await
}

const ROWS: [&str; 4] = [
    "LAMP | Walnut desk lamp | 24.50 GBP | 9",
    "SHADE | Linen shade | 12.00 GBP | 3",
    "BULB | Warm bulb | 4.00 GBP | 9",
    "CANDLE | Beeswax candle | 3.00 GBP | 9",
];

async fn shop_with(history: &str) -> Shop {
    shop_of(&ROWS, history).await
}

async fn shop_of(rows: &[&str], history: &str) -> Shop {
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price | quantity", rows)).await.went_well();
    let file = shop.file("orders.csv", history);
    let import: [&OsStr; 3] = ["import".as_ref(), "orders".as_ref(), file.as_os_str()];
    // Whoever imports it again counts nothing twice.
    for _ in 0..2 {
        shop.run_on_data(&import).await.went_well();
    }
    shop.open().await;
    shop
}

async fn until_shown(browser: &mut Browser, path: &str, heading: &str, slug: &str) -> Page {
    until(&format!("{slug} under {heading:?} on {path}"), LEARNT_WITHIN, async || {
        let page = browser.open(path).await;
        shown_under(&page, heading).contains(&slug.to_owned()).then_some(page)
    })
    .await
}

#[tokio::test]
async fn a_product_shows_what_was_bought_with_it_and_says_why() {
    let shop = shop(6, 4).await;
    let mut browser = shop.browser();
    let lamp = until_shown(&mut browser, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    lamp.says(&["Why this?", "Bought together with Walnut desk lamp in 6 orders."]);
    // Four customers are too few to be told about, and a candle was bought alone.
    assert_eq!(shown_under(&lamp, TOGETHER), ["linen-shade"]);
    let candle = browser.open("/products/beeswax-candle").await;
    assert_eq!(shown_under(&candle, TOGETHER), <[&str; 0]>::default());
}

#[tokio::test]
async fn an_order_that_was_just_placed_counts() {
    let shop = shop(6, 4).await;
    let mut browser = shop.browser();
    until_shown(&mut browser, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    let mut fifth = shop.browser();
    fifth.put_into_cart("warm-bulb", "1").await;
    let review = fifth.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    fifth.place(&review).await.says(&["Thank you"]);
    // The bulb's own page was not looked at before the order.
    let bulb = until_shown(&mut browser, "/products/warm-bulb", TOGETHER, "walnut-desk-lamp").await;
    bulb.says(&["Bought together with Warm bulb in 5 orders."]);
}

#[tokio::test]
async fn an_order_that_is_cancelled_counts_no_more() {
    let shop = shop(8, 4).await;
    let mut browser = shop.browser();
    let mut buyer = shop.browser();
    buyer.put_into_cart("linen-shade", "1").await;
    let review = buyer.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let placed = buyer.place(&review).await;
    let told = async |browser: &mut Browser, orders: &str| {
        until(&format!("the shade tells of {orders}"), LEARNT_WITHIN, async || {
            let page = browser.open("/products/linen-shade").await;
            page.text().contains(&format!("Bought together with Linen shade in {orders}.")).then_some(())
        })
        .await;
    };
    told(&mut browser, "9 orders").await;
    let order = buyer.follow_order(&placed).await;
    buyer.submit(&order.form(CANCEL)).await.is(200);
    told(&mut browser, "8 orders").await;
}

#[tokio::test]
async fn a_cart_shows_what_goes_with_it_and_is_not_in_it() {
    const GOES_WITH: &str = "Goes with your cart";
    let shop = shop(8, 8).await;
    let mut browser = shop.browser();
    browser.put_into_cart("walnut-desk-lamp", "1").await;
    let cart = until_shown(&mut browser, "/cart", GOES_WITH, "linen-shade").await;
    assert_eq!(shown_under(&cart, GOES_WITH).len(), 2, "{:?}", shown_under(&cart, GOES_WITH));
    browser.put_into_cart("linen-shade", "1").await;
    assert_eq!(shown_under(&browser.open("/cart").await, GOES_WITH), ["warm-bulb"]);
}

#[tokio::test]
async fn what_is_sold_out_is_not_recommended() {
    let shop = shop(8, 8).await;
    let mut browser = shop.browser();
    until_shown(&mut browser, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("linen-shade", "3", PAYS).await;
    buyer.place(&review).await.says(&["Thank you"]);
    until("the shade is gone", LEARNT_WITHIN, async || {
        let lamp = browser.open("/products/walnut-desk-lamp").await;
        (shown_under(&lamp, TOGETHER) == ["warm-bulb"]).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_row_is_filled_where_all_that_goes_best_is_sold_out() {
    let gone: Vec<String> = (0..7).map(|number| format!("GONE{number} | Gone vase {number} | 9.00 GBP | 0")).collect();
    let rows: Vec<&str> = ROWS.into_iter().chain(gone.iter().map(String::as_str)).collect();
    let mut csv = history(0, 5);
    for (order, number) in (0..7).flat_map(|number| (0..9).map(move |order| (order, number))) {
        for sku in ["LAMP".to_owned(), format!("GONE{number}")] {
            writeln!(csv, "v{number}-{order},2026-10-02T10:00:00Z,v{order},UK,{sku},1,5.00").unwrap();
        }
    }
    let shop = shop_of(&rows, &csv).await;
    let lamp = until_shown(&mut shop.browser(), "/products/walnut-desk-lamp", TOGETHER, "warm-bulb").await;
    assert_eq!(shown_under(&lamp, TOGETHER), ["warm-bulb"]);
}

#[tokio::test]
async fn what_was_learnt_outlives_a_restart_and_is_counted_once() {
    let mut shop = shop(6, 4).await;
    let mut browser = shop.browser();
    until_shown(&mut browser, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    shop.close().await;
    shop.open().await;
    let mut browser = shop.browser();
    let mut buyer = shop.browser();
    buyer.put_into_cart("linen-shade", "1").await;
    let review = buyer.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    buyer.place(&review).await.says(&["Thank you"]);
    let shade = until("the shade tells of seven orders", LEARNT_WITHIN, async || {
        let page = browser.open("/products/linen-shade").await;
        page.text().contains("in 7 orders").then_some(page)
    });
    shade.await.says(&["Bought together with Linen shade in 7 orders."]);
}

#[tokio::test]
async fn who_bought_something_is_led_back_to_it_and_on_to_what_goes_with_it() {
    let shop = shop(8, 4).await;
    let mut stranger = shop.browser();
    until_shown(&mut stranger, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    assert!(!stranger.open("/").await.text().contains("For you"), "nobody knows them");
    let mut member = shop.member("olga@example.com", "Olga").await;
    let review = member.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    member.place(&review).await.says(&["Thank you"]);
    let home = until_shown(&mut member, "/", "Buy again", "walnut-desk-lamp").await;
    home.says(&["Good day, Olga", "You bought it on"]);
    assert_eq!(shown_under(&home, "For you"), ["linen-shade"], "four are too few to be told about");
    assert!(home.text().contains("Walnut desk lamp, which was bought together with this in 8 orders."));
    let page = member.open("/history").await;
    assert_eq!(shown_under(&page, "Buy again"), ["walnut-desk-lamp"]);
    // What is in the cart is no shelf's.
    member.put_into_cart("linen-shade", "1").await;
    member.put_into_cart("walnut-desk-lamp", "1").await;
    let home = member.open("/").await;
    assert_eq!((shown_under(&home, "Buy again").len(), shown_under(&home, "For you").len()), (0, 0));
}

#[tokio::test]
async fn what_many_buy_now_is_told_and_what_few_buy_is_not() {
    let now = jiff::Timestamp::now();
    let mut csv = history(6, 6).replace("2026-10", "2026-03");
    for customer in 0..12 {
        writeln!(csv, "c{customer},{now},{customer},UK,CANDLE,1,5.00").unwrap();
        writeln!(csv, "b{customer},{now},{},UK,BULB,1,5.00", customer % 4).unwrap();
    }
    let shop = shop_with(&csv).await;
    let home = until_shown(&mut shop.browser(), "/", "Trending now", "beeswax-candle").await;
    assert_eq!(shown_under(&home, "Trending now"), ["beeswax-candle"]);
    home.says(&["In 12 orders of the last 28 days."]);
}

#[tokio::test]
async fn what_is_bought_together_is_added_at_once() {
    const BUNDLE: &str = "/api/recommendations/bundles";
    let shop = shop(8, 8).await;
    let mut browser = shop.browser();
    until_shown(&mut browser, "/products/walnut-desk-lamp", TOGETHER, "linen-shade").await;
    let lamp = browser.open("/products/walnut-desk-lamp").await;
    lamp.says(&["£40.50", "Add all 3 to cart"]);
    let cart = browser.submit(&lamp.form(BUNDLE)).await;
    cart.is(200).says(&["Added 3 things.", "Walnut desk lamp", "Linen shade", "Warm bulb"]);
    let odd = browser.post(BUNDLE, &[("skus[0]", "NEVER"), ("skus[1]", "no sku at all/")]).await;
    assert!(odd.status.as_u16() < 500, "{}", odd.status);
    let none = browser.post(BUNDLE, &[("skus[0]", "NEVER")]).await;
    browser.go_on(none).await.says(&["None of these can be bought"]);
}

#[tokio::test]
async fn what_sold_the_most_units_comes_first_until_they_are_given_back() {
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 9",
        "SHADE | Linen lamp shade | 12.00 GBP | 9",
        "BULB | Warm lamp bulb | 4.00 GBP | 9",
    ];
    let history = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n\
        1,2026-10-01T10:00:00Z,1,UK,BULB,2,4.00\n\
        1,2026-10-01T10:00:00Z,1,UK,LAMP,4,24.50\n\
        1,2026-10-01T10:00:00Z,1,UK,SHADE,8,12.00\n";
    let shop = shop_of(&rows, history).await;
    let mut browser = shop.browser();
    let until_first = async |browser: &mut Browser, slugs: [&str; 3]| {
        until(&format!("{slugs:?} sold best"), LEARNT_WITHIN, async || {
            let cards = browser.open("/search?q=lamp&sort=best-selling").await.cards();
            cards.iter().map(|card| card.trim_start_matches("/products/")).take(3).eq(slugs).then_some(())
        })
        .await;
    };
    until_first(&mut browser, ["linen-lamp-shade", "walnut-desk-lamp", "warm-lamp-bulb"]).await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("walnut-desk-lamp", "6", PAYS).await;
    let placed = buyer.place(&review).await;
    until_first(&mut browser, ["walnut-desk-lamp", "linen-lamp-shade", "warm-lamp-bulb"]).await;
    let order = buyer.follow_order(&placed).await;
    buyer.submit(&order.form(CANCEL)).await.is(200);
    until_first(&mut browser, ["linen-lamp-shade", "walnut-desk-lamp", "warm-lamp-bulb"]).await;
}
