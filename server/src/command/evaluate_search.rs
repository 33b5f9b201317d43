use clap::Args;

use crate::search::evaluate::{Half, Inputs, evaluate};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Ask every other query only
    #[arg(long, value_enum)]
    half: Option<Half>,
    /// Ask every query once more with a slip of the finger in one of its words
    #[arg(long)]
    typos: bool,
}

/// Indexes a feed in a temporary folder and prints how well it is searched.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { inputs, half, typos } = arguments;
    println!("{}", evaluate(inputs, *half, *typos)?);
    Ok(())
}
