//! Those who run the store look around in its graph, and have its orders written anew.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::time::Duration;

use crate::support::purchase::{ADA, PAYS, number_on};
use crate::support::{Page, Shop, feed, until};

const LEARNT_WITHIN: Duration = Duration::from_secs(40);
const GRAPH: &str = "/operator/graph";

/// Six customers bought a lamp and a shade, others something else.
async fn shop() -> Shop {
    let mut shop = Shop::new();
    let rows = [
        "LAMP | Walnut desk lamp | 24.50 GBP | 9",
        "SHADE | Linen shade | 12.00 GBP | 9",
        "CANDLE | Beeswax candle | 3.00 GBP | 9",
    ];
    shop.import(&feed("id | title | price | quantity", &rows)).await.went_well();
    let mut csv = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n".to_owned();
    for order in 0..40 {
        let skus: &[&str] = if order < 6 { &["LAMP", "SHADE"] } else { &["CANDLE"] };
        for sku in skus {
            writeln!(csv, "{order},2026-10-{:02}T10:00:00Z,{order},UK,{sku},1,5.00", order % 28 + 1).unwrap();
        }
    }
    let file = shop.file("orders.csv", csv);
    shop.run_on_data(&["import".as_ref(), "orders".as_ref(), file.as_os_str()]).await.went_well();
    shop.open().await;
    shop
}

/// The addresses that the table of a page leads to.
fn neighbours(page: &Page) -> Vec<String> {
    let table = page.html.split("<table class=\"inspection__table\"").nth(1).unwrap_or_default();
    let links = table.split("href=\"").skip(1).filter_map(|link| link.split('"').next());
    links.filter(|link| link.starts_with(GRAPH)).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn an_operator_walks_from_a_product_to_its_neighbours_and_from_an_order_to_its_customer() {
    let shop = shop().await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("beeswax-candle", "2", PAYS).await;
    let number = number_on(&buyer.place(&review).await);
    let mut operator = shop.operator("olga@example.com").await;
    for asked in ["LAMP", "walnut-desk-lamp"] {
        let found = operator.open(&format!("{GRAPH}?kind=product&asked={asked}")).await;
        assert_eq!(found.path, format!("{GRAPH}/product/LAMP"), "{asked}");
        found.is(200).says(&["Product: Walnut desk lamp"]);
    }
    let lamp = until("the lamp has edges", LEARNT_WITHIN, async || {
        let page = operator.open(&format!("{GRAPH}/product/LAMP")).await;
        page.text().contains("bought_with").then_some(page)
    })
    .await;
    lamp.says(&["bought_with", "Linen shade", "6 times", "× as often as by chance", "similar_to", "% alike"]);
    // In both directions, in the picture and in the table.
    let shade = format!("{GRAPH}/product/SHADE");
    let (products, orders): (Vec<String>, Vec<String>) =
        neighbours(&lamp).into_iter().partition(|path| path.contains("/product/"));
    assert_eq!(products, [shade.clone(), shade.clone(), shade], "both ways, and it costs about as much");
    let newest_first = (0..6).rev().map(|order| format!("{GRAPH}/order/history-{order}"));
    assert_eq!(orders, newest_first.collect::<Vec<_>>());
    assert_eq!(lamp.html.matches("inspection__node--middle").count(), 1);

    let order = until("the graph heard of the order", LEARNT_WITHIN, async || {
        let page = operator.open(&format!("{GRAPH}?kind=order&asked={number}")).await;
        (!neighbours(&page).is_empty()).then_some(page)
    })
    .await;
    order.says(&[&format!("Order: {number}"), "placed", "contains", "Beeswax candle", "2 ×"]);
    let customer = neighbours(&order).remove(0);
    let customer = operator.open(&customer).await;
    customer.is(200).says(&["Customer: ", "placed", &number]);
    let (_, email) = ADA[0];
    let by_email = operator.open(&format!("{GRAPH}?kind=customer&asked={}", email.replace('@', "%40"))).await;
    assert_eq!(by_email.path, customer.path, "who bought is found by their address");
    operator.open(&format!("{GRAPH}?kind=order&asked=CG-00000-00000")).await.is(200).says(&["There is no order"]);
    operator.open(&format!("{GRAPH}/product/NEVER")).await.is(404);
    operator.open(&format!("{GRAPH}/cart/LAMP")).await.is(404);
    // The page is for those who run the store alone.
    assert!(shop.browser().open(&format!("{GRAPH}/product/LAMP")).await.path.starts_with("/account/sign-in"));
    shop.member("ada@example.com", "Ada").await.get(&format!("{GRAPH}/product/LAMP")).await.is(403);
}

#[tokio::test]
async fn a_customer_is_one_whether_they_order_or_look_around() {
    let shop = shop().await;
    let (_, email) = ADA[0];
    let mut ada = shop.member(email, "Ada").await;
    ada.open("/products/linen-shade").await.is(200);
    let review = ada.come_to_review("beeswax-candle", "1", PAYS).await;
    let number = number_on(&ada.place(&review).await);
    let mut operator = shop.operator("olga@example.com").await;
    let by_email = format!("{GRAPH}?kind=customer&asked={}", email.replace('@', "%40"));
    let customer = until("the graph heard of both", LEARNT_WITHIN, async || {
        let page = operator.open(&by_email).await;
        (page.text().contains("placed") && page.text().contains("viewed")).then_some(page)
    })
    .await;
    customer.says(&[&number, "Linen shade"]);
    // Whoever comes from the product finds the same.
    let viewers = neighbours(&operator.open(&format!("{GRAPH}/product/SHADE")).await);
    let viewer = viewers.iter().find(|path| path.contains("/customer/account-")).unwrap();
    operator.open(viewer).await.is(200).says(&[&number, "Linen shade"]);
    let order = operator.open(&format!("{GRAPH}?kind=order&asked={number}")).await;
    let buyer = neighbours(&order).remove(0);
    assert!(!buyer.contains("account-"), "{buyer}");
    operator.open(&buyer).await.is(200).says(&[&number, "Linen shade"]);
}

#[tokio::test]
async fn the_orders_of_the_graph_are_written_anew_in_an_open_store_and_in_a_closed_one() {
    let rebuild = ["graph", "rebuild"].map(OsStr::new);
    let mut shop = shop().await;
    let mut buyer = shop.browser();
    let review = buyer.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let number = number_on(&buyer.place(&review).await);
    let ran = shop.run_on_data(&rebuild).await.went_well();
    assert!(ran.stdout.contains("The open store has written"), "{ran:?}");
    let mut operator = shop.operator("olga@example.com").await;
    let order = operator.open(&format!("{GRAPH}?kind=order&asked={number}")).await;
    order.is(200).says(&["Walnut desk lamp"]);
    shop.close().await;
    let ran = shop.run_on_data(&rebuild).await.went_well();
    assert!(ran.stdout.contains("1 orders of the graph were written anew, 0 that never were"), "{ran:?}");
    shop.open().await;
    operator.follow(&shop);
    let again = operator.open(&format!("{GRAPH}?kind=order&asked={number}")).await;
    assert_eq!(neighbours(&again), neighbours(&order));
}
