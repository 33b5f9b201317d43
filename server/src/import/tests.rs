//! Whole imports, from the bytes of a file to what a sink holds and what the report says.

mod feeds;
mod groups;
mod history;
mod real_data;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::catalog::{Product, ProductId, Sku};
use domain::inventory::Supply;
use domain::order::HistoricOrderId;
use domain::pricing::Currency;
use jiff::Timestamp;

use super::*;

/// A store in memory: replaces products by id, adds unknown lines to orders.
#[derive(Debug, Default)]
struct Shelf {
    products: Mutex<BTreeMap<ProductId, ImportedProduct>>,
    orders: Mutex<BTreeMap<HistoricOrderId, HistoricOrder>>,
}

#[async_trait]
impl ProductSink for Shelf {
    async fn write(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()> {
        let mut products = self.products.lock().unwrap();
        products.extend(batch.into_iter().map(|imported| (imported.product.id.clone(), imported)));
        Ok(())
    }
}

#[async_trait]
impl OrderSink for Shelf {
    async fn write(&self, batch: Vec<HistoricOrder>) -> anyhow::Result<()> {
        let mut orders = self.orders.lock().unwrap();
        for order in batch {
            let known =
                orders.entry(order.id.clone()).or_insert_with(|| HistoricOrder { lines: vec![], ..order.clone() });
            for line in order.lines {
                if known.lines.iter().all(|(sku, _, _)| *sku != line.0) {
                    known.lines.push(line);
                }
            }
        }
        Ok(())
    }
}

impl Shelf {
    fn product(&self, id: &str) -> Product {
        self.imported(id).unwrap_or_else(|| panic!("{id} was not imported")).product
    }

    fn imported(&self, id: &str) -> Option<ImportedProduct> {
        self.products.lock().unwrap().get(&id.parse().unwrap()).cloned()
    }

    fn supplies(&self, id: &str) -> Vec<Supply> {
        self.imported(id).unwrap().supplies.iter().map(|(_, supply)| *supply).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.products.lock().unwrap().keys().map(ToString::to_string).collect()
    }

    fn skus(&self) -> usize {
        self.products
            .lock()
            .unwrap()
            .values()
            .flat_map(|imported| &imported.supplies)
            .map(|(sku, _)| sku)
            .collect::<std::collections::BTreeSet<&Sku>>()
            .len()
    }
}

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().unwrap()
}

/// What an import of some bytes left behind.
struct Outcome {
    result: Result<Summary, ImportError>,
    /// The report's rows without the header: line, field, value, reason.
    report: Vec<[String; 4]>,
}

impl Outcome {
    fn summary(&self) -> &Summary {
        self.result.as_ref().unwrap_or_else(|error| panic!("{error}"))
    }

    fn error(&self) -> String {
        self.result.as_ref().expect_err("the import should have stopped").to_string()
    }

    /// Line, field and reason of each rejected row, by line; a row that waits for the rest of its
    /// group is reported after rows that could not be read at all.
    fn refused(&self) -> Vec<(&str, &str, &str)> {
        let mut refused: Vec<_> = self
            .report
            .iter()
            .map(|[line, field, _, reason]| (line.as_str(), field.as_str(), reason.as_str()))
            .collect();
        refused.sort_by_key(|(line, _, _)| line.parse::<u64>().unwrap());
        refused
    }
}

async fn import_into(shelf: &Shelf, feed: impl AsRef<[u8]>) -> Outcome {
    with_file(feed.as_ref(), async |source, report| products(source, report, shelf, now(), false).await).await
}

async fn import(feed: impl AsRef<[u8]>) -> (Shelf, Outcome) {
    let shelf = Shelf::default();
    let outcome = import_into(&shelf, feed).await;
    (shelf, outcome)
}

async fn import_orders(shelf: &Shelf, history: impl AsRef<[u8]>) -> Outcome {
    let read = async |source: &Path, report: &Path| orders(source, Some(report), shelf, Currency::GBP, false).await;
    with_file(history.as_ref(), read).await
}

async fn with_file(bytes: &[u8], run: impl AsyncFn(&Path, &Path) -> Result<Summary, ImportError>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let (source, report) = (folder.path().join("feed"), folder.path().join("report.csv"));
    std::fs::File::create(&source).unwrap().write_all(bytes).unwrap();
    let result = run(&source, &report).await;
    Outcome { result, report: read_report(&report) }
}

fn read_report(path: &Path) -> Vec<[String; 4]> {
    if !path.exists() {
        return Vec::new();
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    assert_eq!(reader.headers().unwrap(), vec!["line", "field", "value", "reason"]);
    reader.records().map(|row| std::array::from_fn(|column| row.as_ref().unwrap()[column].to_owned())).collect()
}
