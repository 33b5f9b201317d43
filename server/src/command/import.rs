// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::inventory::{Difference, Reference};
use jiff::Timestamp;

use super::EXIT_ROWS_REJECTED;
use crate::catalog::{GraphCatalog, Shelving};
use crate::config::{DataSettings, StoreSettings};
use crate::context::{Databases, open_sql};
use crate::import;
use crate::inventory::{BundleFile, CountedFile, SqlInventory};
use crate::order::{HistorySink, OrderGraph};
use crate::pricing::SqlPromotions;
use crate::search::bring_up_to_date;

/// Differences of a count that are told one by one.
const MAX_TOLD: usize = 1_000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A Merchant Center product feed: TSV, CSV, RSS or Atom; plain, gzip or xz. Rows past their
    /// expiration_date are taken off sale; tax_category may be standard, reduced, super_reduced or zero.
    /// What is in_stock without a quantity keeps the units that the store counts, and starts with 100
    Products(FileArguments),
    /// An order history: CSV with order_id, placed_at, customer_id, country, sku, quantity, unit_price
    Orders(FileArguments),
    /// Promotions: CSV with id, name, code, effect, value, scope, from, until, uses, uses_per_customer,
    /// stacking and, where wanted, budget and customers; the store may be open meanwhile
    #[command(after_help = PROMOTION_COLUMNS)]
    Promotions(FileArguments),
    /// Bundles: CSV with bundle_sku, part_sku, quantity, a row for each part; the store may be open meanwhile. A
    /// bundle of the file is made of its rows alone, and all others stay
    Bundles(FileArguments),
    /// A stock count: CSV with sku, on_hand and, where it is not the first location, location (a name); the store may
    /// be open meanwhile
    Stock(CountArguments),
}

const PROMOTION_COLUMNS: &str = "\
id                 your own key, such as three-for-two; a second import replaces the promotion of that id
name               what shoppers read beside the discount
code               what a shopper types; empty applies by itself
effect, value      percent 10 | amount 5.00 GBP | bundle 2+1 | tiers 50.00 GBP=5; 100.00 GBP=10 | free_delivery
scope              category:home/lighting, seller:Orla, or sku:LAMP-RED; product:LAMP; empty is everything
from, until        moments such as 2026-11-27T00:00:00Z; empty is open
uses               how often all shoppers together may use it; empty is without limit
uses_per_customer  how often one account or e-mail address may
stacking           exclusive (alone), or combinable (with all that are combinable)
budget             what it may take off all orders together, such as 500.00 GBP; empty is without limit
customers          accounts (signed in), new (no order before that stands), business (VAT number); empty is everyone";

#[derive(Debug, Args)]
struct FileArguments {
    /// The file to read
    file: PathBuf,
    /// Where rejected rows are listed with line, field and reason (default: import-report-FILE.csv here)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    data: DataSettings,
    #[command(flatten)]
    store: StoreSettings,
}

#[derive(Debug, Args)]
struct CountArguments {
    /// Say what differs, and change nothing
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    file: FileArguments,
}

/// Imports a file. The exit code is 0 when every row was taken, 3 when some were rejected and 1 when
/// the import stopped; it can then be run again.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let (What::Products(file)
    | What::Orders(file)
    | What::Promotions(file)
    | What::Bundles(file)
    | What::Stock(CountArguments { file, .. })) = &arguments.what;
    let report = file.report.clone().unwrap_or_else(|| default_report(&file.file));
    let summary = match &arguments.what {
        What::Products(_) => {
            let databases = Databases::open(&file.data).await?;
            let catalog = GraphCatalog::new(databases.graph.clone());
            let shelving = Shelving::new(catalog.clone(), SqlInventory::new(databases.sql.clone()));
            let summary = import::products(&file.file, &report, &shelving, Timestamp::now(), true).await;
            // What was taken before a fault is on the shelves, and has to be found.
            let indexed = bring_up_to_date(&catalog, &file.data.data).await;
            databases.close().await;
            let summary = summary?;
            indexed?;
            Ok(summary)
        }
        What::Orders(_) => {
            let databases = Databases::open(&file.data).await?;
            let sink = HistorySink(OrderGraph::new(databases.graph.clone()));
            let summary = import::orders(&file.file, Some(&report), &sink, file.store.currency, true).await;
            databases.close().await;
            summary
        }
        What::Promotions(_) => {
            let sql = open_sql(&file.data).await?;
            let summary = import::promotions(&file.file, &report, &SqlPromotions::new(sql.clone()), true).await;
            sql.close().await;
            summary
        }
        What::Bundles(_) => {
            let sql = open_sql(&file.data).await?;
            let sink = BundleFile { sql: sql.clone(), by: named_after(&file.file) };
            let summary = import::bundles(&file.file, &report, &sink, true).await;
            sql.close().await;
            summary
        }
        What::Stock(CountArguments { preview, .. }) => {
            let sql = open_sql(&file.data).await?;
            let sink = CountedFile { sql: sql.clone(), by: named_after(&file.file) };
            let counted = import::counts(&file.file, &report, &sink, *preview, true).await;
            sql.close().await;
            counted.map(|(summary, differences)| {
                tell(&differences);
                summary
            })
        }
    }?;
    println!("{summary}");
    Ok(if summary.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(EXIT_ROWS_REJECTED) })
}

/// What a count is called whose movements belong to a file.
fn named_after(file: &Path) -> Option<Reference> {
    let name = file.file_name()?.to_string_lossy();
    let fitting: String = name.chars().take(Reference::MAX_CHARS as usize).collect();
    fitting.parse().ok()
}

fn tell(differences: &[Difference]) {
    for difference in differences.iter().take(MAX_TOLD) {
        let Difference { sku, at, before, counted } = difference;
        let at = at.as_ref().map(|at| format!(" at {}", at.name)).unwrap_or_default();
        println!("{sku}{at}: {before} on hand, {counted} counted ({:+})", difference.units());
    }
    if let Some(more) = differences.len().checked_sub(MAX_TOLD).filter(|more| *more > 0) {
        println!("and {more} more");
    }
}

fn default_report(file: &Path) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    PathBuf::from(format!("import-report-{name}.csv"))
}
