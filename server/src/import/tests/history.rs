use domain::order::HistoricOrderKind;

use super::*;

const HISTORY: &str = "\
sku,order_id,placed_at,customer_id,country,quantity,unit_price,note
A,1,2010-12-01T08:26:00Z,17850,United Kingdom,6,0,gift
A,1,2010-12-01T08:26:00Z,17850,United Kingdom,2,2.55,
B,1,2010-12-01T08:26:00Z,17850,United Kingdom,1,1.00,
A,C2,2010-12-02T08:26:00Z,,France,-1,2.55,
A,3,2010-12-03T08:26:00Z,,France,-10,0,a correction
A,4,yesterday,,France,1,1.00,
C,1,2010-12-01T08:26:00Z,17850,United Kingdom,3,4.00,
";

#[tokio::test]
async fn lines_become_orders() {
    let shelf = Shelf::default();
    let outcome = import_orders(&shelf, HISTORY).await;
    assert_eq!(outcome.summary().written, Written::Orders { orders: 3, lines: 4 });
    assert_eq!((outcome.summary().rows, outcome.summary().rejected), (7, 2));
    let refused: Vec<(&str, &str)> = outcome.refused().iter().map(|(line, field, _)| (*line, *field)).collect();
    assert_eq!(refused, [("6", "quantity"), ("7", "placed_at")]);
    assert_eq!(outcome.report[1][2], "yesterday");

    let orders = shelf.orders.lock().unwrap();
    assert_eq!(orders.len(), 2);
    let first = &orders[&"1".parse().unwrap()];
    let lines: Vec<String> =
        first.lines.iter().map(|(sku, quantity, price)| format!("{quantity} {sku} at {price}")).collect();
    assert_eq!(lines, ["8 A at £2.55", "1 B at £1.00", "3 C at £4.00"]);
    assert_eq!(first.country.as_deref(), Some("United Kingdom"));
    let back = &orders[&"C2".parse().unwrap()];
    assert_eq!((back.kind, &back.customer), (HistoricOrderKind::Cancellation, &None));
}

#[tokio::test]
async fn a_second_import_adds_nothing() {
    let shelf = Shelf::default();
    import_orders(&shelf, HISTORY).await;
    let before = shelf.orders.lock().unwrap().clone();
    import_orders(&shelf, HISTORY).await;
    assert_eq!(*shelf.orders.lock().unwrap(), before);
}

#[tokio::test]
async fn a_history_needs_its_columns() {
    let outcome = import_orders(&Shelf::default(), "order_id,sku\n1,A\n").await;
    assert!(outcome.error().contains("has no column placed_at and no column customer_id"), "{}", outcome.error());
    let outcome = import_orders(&Shelf::default(), "<rss></rss>").await;
    assert!(outcome.error().contains("is XML; save it as an order history"), "{}", outcome.error());
}
