use clap::Args;

use crate::catalog::GraphCatalog;
use crate::config::DataSettings;
use crate::context::Databases;
use crate::search::rebuild;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
}

/// Writes the search index anew. A store that is open meanwhile, on the same folder and a database
/// server, goes over to it by itself.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let databases = Databases::open(&arguments.data).await?;
    let catalog = GraphCatalog::new(databases.graph.clone());
    let progress = indicatif::ProgressBar::new(0).with_message("search index");
    progress.set_style(indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")?);
    let products = rebuild(&catalog, &arguments.data.data, &progress).await;
    progress.finish_and_clear();
    databases.close().await;
    println!("The search index holds {} products.", products?);
    Ok(())
}
