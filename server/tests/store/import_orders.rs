//! Imports of orders from before: what other sellers and other software sold.

use std::fmt::Write as _;

use super::import::{COLUMNS, DEADLINE, LAMP, ROWS_REJECTED, import_file, rejected};
use crate::support::{Shop, feed, until};

#[tokio::test]
async fn an_order_history_is_taken_in_with_its_cancellations() {
    let mut shop = Shop::new();
    shop.import(&feed(COLUMNS, &[LAMP, "STOOL | Oak stool | 61.00 GBP | Home"])).await.went_well();
    let history = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n\
                   536365,2010-12-01T08:26:00Z,17850,United Kingdom,LAMP,6,2.55\n\
                   536365,2010-12-01T08:26:00Z,17850,United Kingdom,STOOL,2,61\n\
                   536366,2010-12-01T08:28:00Z,,France,LAMP,1,2.55\n\
                   C536367,2010-12-02T09:41:00Z,17850,United Kingdom,LAMP,-2,2.55\n";
    let file = shop.file("orders.csv", history);
    for _ in 0..2 {
        let ran = import_file(&shop, "orders", &file).await.went_well();
        assert!(ran.stdout.contains("4 rows read: 3 orders with 4 lines written"), "{ran:?}");
    }
    let bad = history.replace(",6,2.55", ",-6,2.55").replace("2010-12-01T08:28:00Z", "yesterday");
    let file = shop.file("bad.csv", bad);
    let ran = import_file(&shop, "orders", &file).await;
    assert_eq!(ran.code, ROWS_REJECTED, "{ran:?}");
    let lines = rejected(&shop, "bad.csv");
    assert!(lines[0].starts_with("2,quantity,-6,"), "{lines:?}");
    assert!(lines[1].starts_with("4,placed_at,yesterday,"), "{lines:?}");
    assert_eq!(lines.len(), 2);

    shop.open().await;
    let mut operator = shop.operator("olga@example.com").await;
    let order = operator.open("/operator/graph/order/history-536365").await;
    order.is(200).says(&["Walnut desk lamp", "6 ×", "Oak stool", "2 ×"]);
    let customer = operator.open("/operator/graph/customer/history-17850").await;
    customer.is(200).says(&["history-536365", "history-C536367"]);
    customer.does_not_say("history-536366");
}

#[tokio::test]
async fn an_order_history_that_was_interrupted_is_run_again() {
    const ORDERS: usize = 12_000;
    // When this row is met, orders before it are written and orders after it are not.
    const REFUSED_BEFORE: usize = 4_000;
    let mut shop = Shop::new();
    shop.import(&feed(COLUMNS, &[LAMP, "STOOL | Oak stool | 61.00 GBP | Home"])).await.went_well();
    let mut history = "order_id,placed_at,customer_id,country,sku,quantity,unit_price\n".to_owned();
    for order in 1..=ORDERS {
        let lines: &[&str] = if order == REFUSED_BEFORE { &["LAMP,none"] } else { &[] };
        for line in lines.iter().chain(&["LAMP,6", "STOOL,2"]) {
            writeln!(history, "{order},2010-12-01T08:26:00Z,,France,{line},2.55").unwrap();
        }
    }
    let file = shop.file("orders.csv", history);
    let mut first = shop.start_on_data(&["import".as_ref(), "orders".as_ref(), file.as_os_str()]);
    let report = shop.folder().join("import-report-orders.csv.csv");
    until("the row is refused", DEADLINE, async || report.exists().then_some(())).await;
    first.kill().await.unwrap();
    shop.open().await;
    let mut operator = shop.operator("olga@example.com").await;
    let path = |order: usize| format!("/operator/graph/order/history-{order}");
    operator.open(&path(1)).await.is(200);
    operator.open(&path(ORDERS)).await.is(404);

    shop.close().await;
    let ran = import_file(&shop, "orders", &file).await;
    assert_eq!(ran.code, ROWS_REJECTED, "{ran:?}");
    assert!(ran.stdout.contains("24001 rows read: 12000 orders with 24000 lines written"), "{ran:?}");
    assert_eq!(rejected(&shop, "orders.csv").len(), 1);
    shop.open().await;
    operator.follow(&shop);
    for order in (1..=ORDERS).step_by(250).chain([ORDERS]) {
        let page = operator.open(&path(order)).await;
        page.is(200).says(&["2 edges", "Walnut desk lamp", "6 ×", "Oak stool", "2 ×"]);
    }
}
