use std::path::Path;

use anyhow::ensure;
use clap::Args;
use domain::catalog::Sku;
use domain::inventory::Bundle;

use crate::catalog::{GraphCatalog, Shelving};
use crate::config::DataSettings;
use crate::context::Databases;
use crate::demo;
use crate::import::{BundleSink, HistoricOrder, ImportedProduct, OrderSink};
use crate::inventory::{BundleFile, SqlInventory};
use crate::order::{HistorySink, OrderGraph};
use crate::review::add_demo;
use crate::search::bring_up_to_date;

pub(super) const DEFAULT_PRODUCTS: u32 = 2_000;
pub(super) const DEFAULT_SEED: u64 = 1;
const MAX_PRODUCTS: i64 = 1_000_000;
const BATCH_PRODUCTS: usize = 250;
const BATCH_ORDERS: usize = 500;
const BATCH_REVIEWS: usize = 500;

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
    let filled = fill_and_index(&databases, &arguments).await;
    databases.close().await;
    filled
}

async fn fill_and_index(databases: &Databases, arguments: &Arguments) -> anyhow::Result<()> {
    let catalog = GraphCatalog::new(databases.graph.clone());
    fill(databases, &catalog, arguments.products, arguments.seed).await?;
    bring_up_to_date(&catalog, &arguments.data.data).await
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
    let (mut batch, mut bundles) = (Vec::with_capacity(BATCH_PRODUCTS), Vec::new());
    let (mut sold, mut reviews) = (Vec::new(), Vec::new());
    for made in demo::products(seed, count) {
        if sold.len() < demo::MAX_SOLD_PRODUCTS {
            sold.push(demo::Sold::from(&made));
        }
        reviews.extend(made.reviews);
        bundles.extend(made.bundle.map(|bundle| (made.product.first_variant().sku.clone(), bundle)));
        batch.push(ImportedProduct { product: made.product, path: made.path, supplies: made.supplies });
        if batch.len() == BATCH_PRODUCTS {
            progress.inc(BATCH_PRODUCTS as u64);
            shelving.put(std::mem::take(&mut batch)).await?;
        }
        if reviews.len() >= BATCH_REVIEWS {
            add_demo(&databases.graph, std::mem::take(&mut reviews)).await?;
        }
    }
    shelving.put(batch).await?;
    put_together(databases, &shelving, bundles).await?;
    add_demo(&databases.graph, reviews).await?;
    progress.finish_and_clear();
    let bought = sell(databases, seed, sold).await?;
    println!("Made {count} demo products and {bought} past orders (seed {seed}).");
    Ok(())
}

/// Makes bundles of products whose parts are on their shelves.
async fn put_together(databases: &Databases, shelving: &Shelving, bundles: Vec<(Sku, Bundle)>) -> anyhow::Result<()> {
    let skus: Vec<Sku> = bundles.iter().map(|(sku, _)| sku.clone()).collect();
    let refused = BundleFile { sql: databases.sql.clone(), by: None }.write(bundles).await?;
    ensure!(refused.is_empty(), "bundles of the demo can't be put together: {refused:?}");
    for sku in &skus {
        shelving.follow_stock(sku).await?;
    }
    Ok(())
}

/// Writes what was bought before the store opened, and answers how many orders that were.
async fn sell(databases: &Databases, seed: u64, sold: Vec<demo::Sold>) -> anyhow::Result<usize> {
    let sink = HistorySink(OrderGraph::new(databases.graph.clone()));
    let orders: Vec<HistoricOrder> = demo::orders(seed, sold).collect();
    let count = orders.len();
    let mut orders = orders.into_iter();
    loop {
        let batch: Vec<HistoricOrder> = orders.by_ref().take(BATCH_ORDERS).collect();
        if batch.is_empty() {
            return Ok(count);
        }
        sink.write(batch).await?;
    }
}
