use std::path::Path;

use clap::Args;

use crate::catalog::{GraphCatalog, Shelving};
use crate::config::DataSettings;
use crate::context::Databases;
use crate::demo;
use crate::import::ImportedProduct;
use crate::inventory::SqlInventory;

pub(super) const DEFAULT_PRODUCTS: u32 = 2_000;
pub(super) const DEFAULT_SEED: u64 = 1;
const MAX_PRODUCTS: i64 = 1_000_000;
const BATCH_PRODUCTS: usize = 250;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    /// How many products
    #[arg(long, default_value_t = DEFAULT_PRODUCTS, value_parser = clap::value_parser!(u32).range(1..=MAX_PRODUCTS))]
    products: u32,
    /// The same seed gives the same store
    #[arg(long, default_value_t = DEFAULT_SEED)]
    seed: u64,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let databases = Databases::open(&arguments.data).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    fill(&databases, &catalog, arguments.products, arguments.seed).await?;
    databases.sql.close().await;
    Ok(())
}

/// A catalog in a folder of its own, filled with demo products, to be measured.
///
/// # Errors
/// When the folder can't hold the databases.
pub async fn demo_catalog(folder: &Path, products: u32) -> anyhow::Result<GraphCatalog> {
    let databases = Databases::open_embedded(folder).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    fill(&databases, &catalog, products, DEFAULT_SEED).await?;
    Ok(catalog)
}

/// Writes the demo catalog, with a progress bar.
pub(super) async fn fill(databases: &Databases, catalog: &GraphCatalog, count: u32, seed: u64) -> anyhow::Result<()> {
    let shelving = Shelving::new(catalog.clone(), SqlInventory::new(databases.sql.clone()));
    let progress = indicatif::ProgressBar::new(count.into()).with_message("demo products");
    progress.set_style(indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")?);
    let mut batch = Vec::with_capacity(BATCH_PRODUCTS);
    for made in demo::products(seed, count) {
        batch.push(ImportedProduct { product: made.product, path: made.path, on_hand: made.on_hand });
        if batch.len() == BATCH_PRODUCTS {
            progress.inc(BATCH_PRODUCTS as u64);
            shelving.put(std::mem::take(&mut batch)).await?;
        }
    }
    shelving.put(batch).await?;
    progress.finish_and_clear();
    println!("Made {count} demo products (seed {seed}).");
    Ok(())
}
