// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::EXIT_ROWS_REJECTED;
use crate::catalog::{GraphCatalog, Shelving};
use crate::config::{DataSettings, StoreSettings};
use crate::context::Databases;
use crate::import;
use crate::inventory::SqlInventory;
use crate::order::{HistorySink, OrderGraph};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A Merchant Center product feed: TSV, CSV, RSS or Atom; plain, gzip or xz. Rows past their
    /// expiration_date are taken off sale
    Products(FileArguments),
    /// An order history: CSV with order_id, placed_at, customer_id, country, sku, quantity, unit_price
    Orders(FileArguments),
}

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

/// Imports a file. The exit code is 0 when every row was taken, 3 when some were rejected and 1 when
/// the import stopped; it can then be run again.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let (What::Products(file) | What::Orders(file)) = &arguments.what;
    let report = file.report.clone().unwrap_or_else(|| default_report(&file.file));
    let databases = Databases::open(&file.data).await?;
    let summary = match &arguments.what {
        What::Products(_) => {
            let catalog = GraphCatalog::new(databases.graph.clone());
            let shelving = Shelving::new(catalog, SqlInventory::new(databases.sql.clone()));
            import::products(&file.file, &report, &shelving, Timestamp::now(), true).await
        }
        What::Orders(_) => {
            let sink = HistorySink(OrderGraph::new(databases.graph.clone()));
            import::orders(&file.file, &report, &sink, file.store.currency, true).await
        }
    };
    databases.sql.close().await;
    let summary = summary?;
    println!("{summary}");
    Ok(if summary.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(EXIT_ROWS_REJECTED) })
}

fn default_report(file: &Path) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    PathBuf::from(format!("import-report-{name}.csv"))
}
