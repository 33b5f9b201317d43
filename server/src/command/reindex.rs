use clap::Args;

use crate::catalog::GraphCatalog;
use crate::config::DataSettings;
use crate::context::Databases;
use crate::search::{Progress, ask, rebuild};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
}

/// Writes the search index anew, with a progress bar.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let progress = indicatif::ProgressBar::new(0).with_message("search index");
    progress.set_style(indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")?);
    let products = reindex(&arguments.data, &progress).await;
    progress.finish_and_clear();
    println!("The search index holds {} products.", products?);
    Ok(())
}

/// A store that is open on the folder makes the index itself, for nobody else can open an embedded graph
/// meanwhile; where none is, it is made here.
async fn reindex(settings: &DataSettings, progress: &dyn Progress) -> anyhow::Result<u64> {
    if let Some(products) = ask(&settings.data, progress).await? {
        return Ok(products);
    }
    let databases = Databases::open(settings).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    let products = rebuild(&catalog, &settings.data, progress).await;
    databases.close().await;
    products
}
