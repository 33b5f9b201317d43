// Texts of the command line's help: they are read in a terminal.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::recommendation::evaluate::{Settings, Task, recommendations};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// An order history: CSV with order_id, placed_at, customer_id, country, sku, quantity, unit_price
    #[arg(long, value_name = "CSV")]
    orders: PathBuf,
    /// Orders before this day are learnt, those from it on are asked about
    #[arg(long, value_name = "DATE")]
    holdout: Date,
    /// What is asked
    #[arg(long, value_enum, default_value = "basket")]
    task: Task,
    /// The same seed hides the same items
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Prints how good the store's recommendations would have been, beside popularity and plain cosine.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { orders, holdout, task, seed } = arguments;
    let report = recommendations(&Settings { orders, holdout, task, seed }).await?;
    println!("{report}");
    Ok(())
}
