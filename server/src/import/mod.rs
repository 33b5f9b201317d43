//! Import: brings products, bundles, promotions, stock counts and another system's order history into the store.
//! The command line calls [`products`], [`bundles`], [`promotions`], [`counts`] and [`orders`] with a sink each; a count
//! that is pasted into a page is read by [`count_sheet`]. A store that opens reads its [`tax_rates`] here. It
//! knows no database.
//!
//! Guards three rules. One bad row never stops the others: it goes to the report with its line,
//! its field and the reason. Memory stays flat in the size of the file: rows stream, and what must
//! wait for later rows is bounded (see [`scattered`] and [`repeated`]). An interrupted import can be run again:
//! everything is handed over under its own id, so a sink that replaces products and adds only
//! unknown lines to orders ends where an undisturbed run would have.
//!
//! `source` opens and unpacks, `tabular` and `rss` cut rows out of bytes, `feed` reads a row as an
//! offer, `product` makes a product of the offers of a group, `products`, `bundles`, `promotions`, `counts`
//! and `orders` drive.

mod batches;
mod bundles;
mod counts;
mod described;
mod error;
mod feed;
mod hashes;
mod orders;
mod product;
mod products;
mod progress;
mod promotions;
mod repeated;
mod report;
mod row;
mod rss;
mod scattered;
mod source;
mod tabular;
mod tax_rates;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use bundles::{BundleSink, bundles};
pub(crate) use counts::{CountSink, Sheet, count_sheet, counts};
pub(crate) use described::{Described, described, unpacked};
pub(crate) use error::ImportError;
pub(crate) use orders::{HistoricOrder, OrderSink, orders};
pub(crate) use products::{ImportedProduct, ProductSink, products};
pub(crate) use promotions::{PromotionSink, promotions};
pub(crate) use report::{Rejection, Summary, Written};
pub(crate) use tax_rates::tax_rates;

/// Longest row, in bytes; a description of 5,000 characters with its HTML fits many times.
const MAX_ROW_BYTES: usize = 256 * 1024;
/// Most lines that one quoted row of a CSV file spans.
const MAX_ROW_LINES: usize = 1_000;
/// Most columns of a table.
const MAX_COLUMNS: usize = 300;
/// Longest cell, in bytes.
const MAX_CELL_BYTES: usize = 64 * 1024;
