//! The command line: one subcommand for each thing that a person does to a store. Only the program's `main`
//! and measurements call it; it calls everything else.

mod demo;
mod evaluate;
mod evaluate_recommendations;
mod evaluate_search;
mod gift_cards;
mod graph;
mod import;
mod ledger;
mod measure;
mod operators;
mod orders;
mod rehearse;
mod reindex;
mod sagas;
mod sandbox;
mod serve;
mod simulate;
mod tune;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::with_file_defaults;

pub use demo::demo_catalog;

#[derive(Debug, Parser)]
#[command(name = "cartograph", version, about = "An online store: catalog, cart, checkout and orders in one program")]
struct Cli {
    /// Settings file; its keys are the names of the settings below (default: cartograph.toml where there is one)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Opens the store
    Serve(serve::Arguments),
    /// Brings products, stock counts, promotions or an order history in from a file
    Import(import::Arguments),
    /// Fills the store with a believable demo catalog
    Demo(demo::Arguments),
    /// Writes the search index anew, beside the one that is read meanwhile
    Reindex(reindex::Arguments),
    /// Looks at the books: stock, orders, payments and the ledger
    Ledger(ledger::Arguments),
    /// Measures what the store answers against what shoppers did
    Evaluate(evaluate::Arguments),
    /// Makes gift cards and store credit, says what is left on one, and blocks one
    GiftCards(gift_cards::Arguments),
    /// Looks after the graph database
    Graph(graph::Arguments),
    /// Looks for weights that make the store answer better
    Tune(tune::Arguments),
    /// Says who runs the store
    Operators(operators::Arguments),
    /// Captures and refunds the money of orders, and notes what was paid of invoices, and back
    Orders(orders::Arguments),
    /// Lists what the store left to a person: purchases that were set aside, events that nobody heard of
    Sagas(sagas::Arguments),
    /// Opens the sandbox gateway alone: it speaks Stripe's API, and its cards are test numbers
    Sandbox(sandbox::Arguments),
    /// Tells how fast recommendations are with a long history of made-up orders
    #[command(hide = true)]
    Measure(measure::Arguments),
    /// Lets made-up shoppers come to the review of their order, for the load driver to place
    #[command(hide = true)]
    Rehearse(rehearse::Arguments),
    /// Runs purchases through crashes, lost answers and a clock that jumps
    Simulate(simulate::Arguments),
}

/// SurrealDB's own tasks complain at every exit that they were stopped, which is what was wanted. Tantivy
/// warns where the last product of a segment changed while it was merged, and merges again.
const DEFAULT_LOG: &str = "warn,server=info,surrealdb_core::kvs::tasks=off,tantivy::indexer::segment_manager=error";

/// Ran, and left something rejected in a report.
pub(crate) const EXIT_ROWS_REJECTED: u8 = 3;

/// Runs the command line to its end.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let filter = match log_filter() {
        Ok(filter) => filter,
        Err(fault) => return fail(&fault),
    };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let command = match with_file_defaults(Cli::command(), &arguments) {
        Ok(command) => command,
        Err(fault) => return fail(&fault),
    };
    let cli = match command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let ended = runtime.block_on(async {
        match cli.action {
            Action::Serve(arguments) => serve::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Import(arguments) => import::run(arguments).await,
            Action::Demo(arguments) => demo::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Reindex(arguments) => reindex::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Ledger(arguments) => ledger::run(arguments).await,
            Action::Evaluate(arguments) => evaluate::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::GiftCards(arguments) => gift_cards::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Graph(arguments) => graph::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Tune(arguments) => tune::run(&arguments).map(|()| ExitCode::SUCCESS),
            Action::Operators(arguments) => operators::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Orders(arguments) => orders::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Sagas(arguments) => sagas::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Sandbox(arguments) => sandbox::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Measure(arguments) => measure::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Rehearse(arguments) => rehearse::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Action::Simulate(arguments) => Ok(simulate::run(&arguments)),
        }
    });
    ended.unwrap_or_else(|fault| fail(&fault))
}

fn log_filter() -> anyhow::Result<EnvFilter> {
    let setting = std::env::var("CARTOGRAPH_LOG").unwrap_or_else(|_| DEFAULT_LOG.to_owned());
    EnvFilter::try_new(&setting)
        .with_context(|| format!("invalid value {setting} for CARTOGRAPH_LOG: it must be like {DEFAULT_LOG}"))
}

fn fail(fault: &anyhow::Error) -> ExitCode {
    eprintln!("cartograph: {fault:#}");
    ExitCode::FAILURE
}
