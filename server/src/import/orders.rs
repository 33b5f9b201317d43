use std::path::Path;

use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::Quantity;
use domain::order::{HistoricLine, HistoricOrderId, HistoricOrderKind};
use domain::pricing::{Currency, Money};
use jiff::Timestamp;

use super::batches::{Batches, read_and_write};
use super::report::{Notes, Rejection, Report};
use super::row::Columns;
use super::source::Source;
use super::{ImportError, Summary, Written};

/// Orders that are handed over at once.
const BATCH_ORDERS: usize = 500;
/// What [`HistoricLine::from_fields`] reads, in its order.
const COLUMNS: [&str; 7] = ["order_id", "placed_at", "customer_id", "country", "sku", "quantity", "unit_price"];
const QUANTITY: &str = COLUMNS[5];

/// An order of another shop's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HistoricOrder {
    pub(crate) id: HistoricOrderId,
    pub(crate) kind: HistoricOrderKind,
    pub(crate) placed_at: Timestamp,
    pub(crate) customer: Option<HistoricOrderId>,
    pub(crate) country: Option<Box<str>>,
    /// Each SKU once, with its units and what one cost.
    pub(crate) lines: Vec<(Sku, Quantity, Money)>,
}

/// Where an order history goes. An order whose lines do not stand together in the file is handed
/// over once for each place, with the same id and other lines: the sink adds lines that it does
/// not know to the order and leaves those it knows, so that an import can be run again.
#[async_trait]
pub(crate) trait OrderSink: Send + Sync {
    async fn write(&self, batch: Vec<HistoricOrder>) -> anyhow::Result<()>;
}

/// Imports an order history: a table, plain, gzip or xz, with the columns `order_id`, `placed_at`,
/// `customer_id`, `country`, `sku`, `quantity` and `unit_price` in any order. Prices are in
/// `currency`. Refused lines go to the file `report`, which is created with the first of them;
/// without one they are only counted.
pub(crate) async fn orders(
    source: &Path,
    report: Option<&Path>,
    sink: &dyn OrderSink,
    currency: Currency,
    progress: bool,
) -> Result<Summary, ImportError> {
    let source = Source::new(source, "an order history as CSV or TSV")?;
    let report = report.map_or_else(|| Ok(Report::nowhere()), Report::at)?;
    let read = move |batches| read(&source, report, currency, progress, batches);
    read_and_write(BATCH_ORDERS, read, async |batch| sink.write(batch).await).await
}

fn read(
    source: &Source,
    mut report: Report,
    currency: Currency,
    progress: bool,
    mut batches: Batches<HistoricOrder>,
) -> Result<Summary, ImportError> {
    let mut table = Columns::open(source, progress.then_some("Importing orders"), COLUMNS)?;
    let (mut rows, mut orders, mut lines) = (0, 0, 0);
    let mut hand_over = |order: HistoricOrder| {
        orders += 1;
        lines += order.lines.len() as u64;
        batches.push(order)
    };
    let mut current: Option<HistoricOrder> = None;
    let read_line =
        |fields: [&str; 7]| HistoricLine::from_fields(fields, currency).map_err(|error| (error.field, error.reason));
    while let Some(next) = table.next_row(read_line)? {
        rows += 1;
        let added = next.and_then(|(number, line)| match &mut current {
            Some(order) if order.id == line.order => add(order, line, number).map(|()| None),
            _ => Ok(current.replace(order_of(line))),
        });
        match added {
            Ok(ended) => ended.into_iter().try_for_each(&mut hand_over)?,
            Err(rejection) => report.add(&rejection)?,
        }
    }
    current.into_iter().try_for_each(&mut hand_over)?;
    batches.finish()?;
    report.finish(rows, Written::Orders { orders, lines }, Notes::default())
}

fn order_of(line: HistoricLine) -> HistoricOrder {
    HistoricOrder {
        id: line.order,
        kind: line.kind,
        placed_at: line.placed_at,
        customer: line.customer,
        country: line.country,
        lines: vec![(line.sku, line.quantity, line.unit_price)],
    }
}

/// Adds a line. Lines of one SKU become one with all units; of several prices the highest stays,
/// since the others are gifts and corrections.
fn add(order: &mut HistoricOrder, line: HistoricLine, number: u64) -> Result<(), Rejection> {
    match order.lines.iter_mut().find(|(sku, _, _)| *sku == line.sku) {
        Some((_, quantity, unit_price)) => {
            let sum = quantity.plus(line.quantity);
            *quantity = sum.map_err(|error| Rejection::new(number, QUANTITY, line.quantity.to_string(), error))?;
            if line.unit_price.minor_units() > unit_price.minor_units() {
                *unit_price = line.unit_price;
            }
        }
        None => order.lines.push((line.sku, line.quantity, line.unit_price)),
    }
    Ok(())
}
