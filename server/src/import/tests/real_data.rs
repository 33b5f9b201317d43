//! What the importers make of real catalogs and a real order history.

use super::*;

#[path = "../../../tests/support/real_data.rs"]
mod at_hand;

use at_hand::real_data;

async fn import_catalog(file: &str) -> Option<(Shelf, Outcome)> {
    let source = real_data(file)?;
    let shelf = Shelf::default();
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.csv");
    let result = products(&source, &report, &shelf, now(), false).await;
    Some((shelf, Outcome { result, report: read_report(&report) }))
}

#[tokio::test]
async fn the_gift_shop_is_imported_whole() {
    let Some((shelf, outcome)) = import_catalog("online-retail/products.tsv.xz").await else { return };
    assert_eq!(outcome.report, Vec::<[String; 4]>::new());
    assert_eq!(outcome.summary().written, Written::Products { products: 3_743, variants: 3_743 });
    assert_eq!(shelf.product("21228").title.as_str(), "Pocket Mirror \"Glamorous\"");
}

#[tokio::test]
async fn the_electronics_shops_are_imported_whole() {
    let Some((shelf, outcome)) = import_catalog("electronics/products.tsv.xz").await else { return };
    assert_eq!(outcome.report, Vec::<[String; 4]>::new());
    assert_eq!(outcome.summary().written, Written::Products { products: 10_080, variants: 10_080 });
    assert_eq!(outcome.summary().notes.count(super::super::report::Note::TitleCut), 24);
    assert_eq!(shelf.product("E00002").category.as_str(), "projection-screens");
}

#[tokio::test]
async fn offers_without_prices_are_refused_as_a_file() {
    let Some((shelf, outcome)) = import_catalog("offers/products.tsv.xz").await else { return };
    assert!(outcome.error().contains("has no column price"));
    assert!(shelf.ids().is_empty());
}

#[tokio::test]
async fn the_order_history_is_imported_without_its_stock_corrections() {
    let Some(source) = real_data("online-retail/orders.csv.xz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.csv");
    let shelf = Shelf::default();
    let result = orders(&source, Some(&report), &shelf, Currency::GBP, false).await;
    let outcome = Outcome { result, report: read_report(&report) };
    // Counts of stock were written down as purchases of fewer than no units, for nothing.
    assert_eq!((outcome.summary().rows, outcome.summary().rejected), (429_115, 1_157));
    assert!(outcome.report.iter().all(|[_, field, value, _]| field == "quantity" && value.starts_with('-')));
    let orders = shelf.orders.lock().unwrap();
    let Written::Orders { orders: handed_over, .. } = outcome.summary().written else { panic!("orders are orders") };
    // One order stands in two places of the file.
    assert_eq!(handed_over, orders.len() as u64 + 1);
}
