use clap::{Args, Subcommand};

use super::{evaluate_recommendations, evaluate_search};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Asks an order history what belongs into its later baskets
    Recommendations(evaluate_recommendations::Arguments),
    /// Asks the search what people judged, beside plain BM25; the ratios are the last line
    Search(evaluate_search::Arguments),
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.what {
        What::Recommendations(arguments) => evaluate_recommendations::run(arguments).await,
        What::Search(arguments) => evaluate_search::run(arguments),
    }
}
