use clap::{Args, Subcommand};

use super::evaluate_recommendations;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Asks an order history what belongs into its later baskets
    Recommendations(evaluate_recommendations::Arguments),
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let What::Recommendations(arguments) = arguments.what;
    evaluate_recommendations::run(arguments).await
}
