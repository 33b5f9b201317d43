// Texts of the command line's help: they are read in a terminal.
#![allow(clippy::doc_markdown)]

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use crate::search::evaluate::{Half, Inputs, evaluate, reading};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A product feed as `import` reads it; only id and title are needed. Queries may be asked of several
    #[arg(long, value_name = "FEED", required = true)]
    products: Vec<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Folder of a sentence encoder, to search by meaning as well
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
    /// Ask every other query only
    #[arg(long, value_enum, conflicts_with = "queries")]
    half: Option<Half>,
    /// Ask every query once more with a slip of the finger in one of its words
    #[arg(long, conflicts_with = "queries")]
    typos: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Asked {
    /// CSV with the columns query, product_id and grade; higher is better, 0 is irrelevant
    #[arg(long, value_name = "CSV")]
    judgments: Option<PathBuf>,
    /// Queries that nobody judged, one a line or a table with the column query: prints the first titles
    /// that are found, beside those of plain BM25, for a person to judge
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

/// Indexes a feed in a temporary folder and prints how well it is searched, or what is found in it.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { products, asked: Asked { judgments, queries }, model, half, typos } = arguments;
    if let Some(queries) = queries {
        for feed in &products {
            println!("{}\n", reading(feed, &queries, model.as_deref())?);
        }
    }
    if let Some(judgments) = judgments {
        let Ok([products]) = <[PathBuf; 1]>::try_from(products) else {
            bail!("judgments are of the products of one feed: name one with --products")
        };
        println!("{}", evaluate(&Inputs { products, judgments, model }, half, typos)?);
    }
    Ok(())
}
