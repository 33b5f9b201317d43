use clap::{Args, Subcommand};

use crate::search::evaluate::{Inputs, tune};

/// Rounds over all weights; later ones find next to nothing.
const DEFAULT_ROUNDS: u32 = 2;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The weights of the search, on every other query; prints them with what they bring on the rest
    Search {
        #[command(flatten)]
        inputs: Inputs,
        /// How often every weight is tried
        #[arg(long, default_value_t = DEFAULT_ROUNDS)]
        rounds: u32,
    },
}

/// Looks for better weights. They are written down in the program, so nothing changes by itself.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let What::Search { inputs, rounds } = &arguments.what;
    println!("{}", tune(inputs, *rounds, |step| println!("{step}"))?);
    Ok(())
}
