//! What many bought later is shown to who bought the first, and what stands on a list leads on as well.

use std::fmt::Write as _;
use std::time::Duration;

use super::cart::{MOVE_BACK, SAVE};
use crate::support::account::{DELETE, PASSWORD};
use crate::support::html::shown_under;
use crate::support::purchase::{CANCEL, PAYS};
use crate::support::wish_list::{ADD_WISH, REMOVE_WISH};
use crate::support::{Browser, Page, Shop, feed, until};

const LEARNT_WITHIN: Duration = Duration::from_secs(40);
const NEXT: &str = "Often bought next";
const FOR_YOU: &str = "For you";
const DISMISSAL: &str = "/api/recommendations/dismissals";
const RETURN: &str = "/api/recommendations/returns";
const LAMP: &str = "/operator/graph/product/LAMP";

/// So many customers bought a bulb some days after a lamp, and so many others a shade. Of the many who bought candles
/// some bought a match with it.
async fn shop(with_bulb: usize, with_shade: usize) -> Shop {
    let mut shop = Shop::new();
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 9",
        "SHADE | Linen shade | 12.00 GBP | 9",
        "BULB | Warm bulb | 4.00 GBP | 9",
        "CANDLE | Beeswax candle | 3.00 GBP | 9",
        "MATCH | Long match | 1.00 GBP | 9",
    ];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    let mut csv = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n".to_owned();
    let mut order = 0;
    let mut bought = |customer: String, day: u32, skus: &[&str]| {
        order += 1;
        for sku in skus {
            writeln!(csv, "{order},2026-10-{day:02}T10:00:00Z,{customer},UK,{sku},1,5.00").unwrap();
        }
    };
    for (kind, customers, sku) in [("bulb", with_bulb, "BULB"), ("shade", with_shade, "SHADE")] {
        for customer in 0..customers {
            // The later order stands first.
            bought(format!("{kind}-{customer}"), 20, &[sku]);
            bought(format!("{kind}-{customer}"), 2, &["LAMP"]);
        }
    }
    (0..40).for_each(|customer| bought(format!("candle-{customer}"), 9, &["CANDLE"]));
    (0..8).for_each(|customer| bought(format!("match-{customer}"), 9, &["CANDLE", "MATCH"]));
    let file = shop.file("orders.csv", csv);
    shop.run_on_data(&["import".as_ref(), "orders".as_ref(), file.as_os_str()]).await.went_well();
    shop.open().await;
    shop
}

/// Whether the graph shows an edge of a kind around what a page is about.
fn has_edge(page: &Page, relation: &str) -> bool {
    page.html.contains(&format!("inspection__edge--{relation}"))
}

async fn home_with(browser: &mut Browser, heading: &str) -> Page {
    until(&format!("{heading:?} on the first page"), LEARNT_WITHIN, async || {
        let home = browser.open("/").await;
        (!shown_under(&home, heading).is_empty()).then_some(home)
    })
    .await
}

#[tokio::test]
async fn who_bought_something_is_shown_what_many_bought_later() {
    let shop = shop(6, 4).await;
    let mut member = shop.member("olga@example.com", "Olga").await;
    let review = member.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    member.place(&review).await.says(&["Thank you"]);
    let home = home_with(&mut member, NEXT).await;
    assert_eq!(shown_under(&home, NEXT), ["warm-bulb"], "four are too few to be told about");
    home.says(&["Why this?", "Often bought after Walnut desk lamp, by 6 customers."]);
    // Who bought the later thing is not led back.
    let mut other = shop.member("bulb@example.com", "Bo").await;
    let review = other.come_to_review("warm-bulb", "1", PAYS).await;
    other.place(&review).await.says(&["Thank you"]);
    assert!(shown_under(&other.open("/").await, NEXT).is_empty());
    assert!(!shop.browser().open("/").await.text().contains(NEXT), "nobody knows them");

    let form = home.forms(DISMISSAL).into_iter().find(|form| form.field("product") == Some("BULB")).unwrap();
    let home = member.submit(&form).await;
    home.says(&["Warm bulb will not be recommended to you any more."]);
    assert!(shown_under(&home, NEXT).is_empty());
    let home = member.submit(&home.form(RETURN)).await;
    assert_eq!(shown_under(&home, NEXT), ["warm-bulb"]);
    member.put_into_cart("warm-bulb", "1").await;
    assert!(shown_under(&member.open("/").await, NEXT).is_empty(), "it is in the cart");
}

#[tokio::test]
async fn a_later_order_counts_and_counts_no_more_when_it_is_cancelled() {
    let shop = shop(4, 4).await;
    let mut operator = shop.operator("olga@example.com").await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    buyer.place(&review).await.says(&["Thank you"]);
    let review = buyer.come_to_review("warm-bulb", "1", PAYS).await;
    let placed = buyer.place(&review).await;
    let lamp = until("the fifth customer counts", LEARNT_WITHIN, async || {
        let page = operator.open(LAMP).await;
        has_edge(&page, "then_bought").then_some(page)
    });
    // Five of nine who bought the lamp, where five of 57 bought the bulb at all.
    lamp.await.says(&["Warm bulb", "5 times, 6.3 × as often as by chance"]);
    let order = buyer.follow_order(&placed).await;
    buyer.submit(&order.form(CANCEL)).await.is(200);
    until("four are told no more", LEARNT_WITHIN, async || {
        (!has_edge(&operator.open(LAMP).await, "then_bought")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_stands_on_a_list_leads_on_until_it_is_taken_off_and_goes_with_its_account() {
    const CANDLE: &str = "/operator/graph/product/CANDLE";
    let shop = shop(6, 4).await;
    let mut operator = shop.operator("olga@example.com").await;
    let mut member = shop.member("ada@example.com", "Ada").await;
    let form = member.open("/products/beeswax-candle").await.form(ADD_WISH);
    let list = member.submit(&form).await;
    let mut is_saved = async || has_edge(operator.open(CANDLE).await.is(200), "saved");
    assert!(is_saved().await);
    let home = home_with(&mut member, FOR_YOU).await;
    assert_eq!(shown_under(&home, FOR_YOU), ["long-match"]);
    home.says(&["You saved Beeswax candle, which was bought together with this in 8 orders."]);
    // The graph is the same when it is written anew.
    shop.run_on_data(&["graph".as_ref(), "rebuild".as_ref()]).await.went_well();
    assert!(is_saved().await);

    member.submit(&list.form(REMOVE_WISH)).await.is(200);
    assert!(!is_saved().await);
    member.open("/").await.does_not_say("You saved");
    let form = member.open("/products/beeswax-candle").await.form(ADD_WISH);
    member.submit(&form).await.is(200);
    assert!(is_saved().await);
    let form = member.open("/account/settings").await.form(DELETE);
    member.submit(&form.with("deletion_password", PASSWORD)).await.is(200);
    until("nothing is left of the list", LEARNT_WITHIN, async || (!is_saved().await).then_some(())).await;
}

#[tokio::test]
async fn what_is_saved_for_later_in_a_cart_leads_on_until_it_is_put_back() {
    const CANDLE: &str = "/operator/graph/product/CANDLE";
    let shop = shop(6, 4).await;
    let mut operator = shop.operator("olga@example.com").await;
    let mut member = shop.member("ada@example.com", "Ada").await;
    member.put_into_cart("beeswax-candle", "1").await;
    let mut is_saved = async || has_edge(operator.open(CANDLE).await.is(200), "saved");
    assert!(!is_saved().await);
    let cart = member.open("/cart").await;
    let cart = member.submit(&cart.form_of(SAVE, "CANDLE")).await;
    assert!(is_saved().await);
    let home = home_with(&mut member, FOR_YOU).await;
    assert_eq!(shown_under(&home, FOR_YOU), ["long-match"]);
    home.says(&["You saved Beeswax candle, which was bought together with this in 8 orders."]);
    shop.run_on_data(&["graph".as_ref(), "rebuild".as_ref()]).await.went_well();
    assert!(is_saved().await);
    member.submit(&cart.form_of(MOVE_BACK, "CANDLE")).await.is(200);
    assert!(!is_saved().await);
}
