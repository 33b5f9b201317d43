//! Measuring the search against judgments: which products people expect for which query.
//!
//! Guards the rule that a change of the ranking is a number and not an opinion. The commands
//! `evaluate search` and `tune search` call it; it builds its own index in a temporary folder and
//! touches neither the store's index nor its databases.

// Queries are counted in thousands: a mean of them loses nothing. Texts of the help are read in a terminal.
#![allow(clippy::cast_precision_loss, clippy::doc_markdown)]

mod bootstrap;
mod judgments;
mod measures;
mod plain;
mod queries;
mod reading;
mod report;
mod scratch;
mod tune;
mod typos;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use clap::Args;
use domain::catalog::Seller;
use domain::search::ports::Embedder;
use domain::search::query::Query;
use jiff::Timestamp;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::engine::{Document, Engine, Request};
use super::meaning;
use crate::import::{Described, described};
pub(crate) use judgments::Half;
use judgments::{Judged, Judgments};
use measures::{DEEPEST, Measures};
use plain::Plain;
use scratch::Scratch;
use typos::slip;

use report::Report;

pub(crate) use reading::reading;
pub(crate) use tune::tune;

/// What the engine may hold in memory while it indexes a feed, in bytes.
const WRITER_BYTES: usize = 300_000_000;

/// Slips that queries get; the same ones every time.
const SLIPS_SEED: u64 = 2;

/// What a search is measured with.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// A product feed as `import` reads it; only id and title are needed
    #[arg(long, value_name = "FEED")]
    pub(crate) products: PathBuf,
    /// CSV with the columns query, product_id and grade; higher is better, 0 is irrelevant
    #[arg(long, value_name = "CSV")]
    pub(crate) judgments: PathBuf,
    /// Folder of a sentence encoder, to search by meaning as well
    #[arg(long, value_name = "FOLDER")]
    pub(crate) model: Option<PathBuf>,
}

impl Inputs {
    fn embedder(&self) -> anyhow::Result<Option<Arc<dyn Embedder>>> {
        self.model.as_deref().map(meaning::read).transpose()
    }
}

/// Indexes a feed and measures the store's ranking and plain BM25 with the same judgments; with
/// `typos` the store's ranking once more, with a slip of the finger in each query. With `half` only one
/// half of the queries is asked.
pub(crate) fn evaluate(inputs: &Inputs, half: Option<Half>, typos: bool) -> anyhow::Result<Report> {
    let mut judgments = Judgments::read(&inputs.judgments)?;
    let (products, refused) = described(&inputs.products)?;
    judgments.fold(&products);
    if let Some(half) = half {
        judgments.all = judgments.half(half);
        anyhow::ensure!(!judgments.all.is_empty(), "one query has no second half");
    }
    let unknown = judgments.unknown(&products)?;
    let scratch = Scratch::new()?;
    let engine = index(&products, inputs.embedder()?, &scratch.folder("ours"))?;
    let plain = Plain::new(&products, &scratch.folder("plain"))?;
    let mut random = ChaCha8Rng::seed_from_u64(SLIPS_SEED);
    let slipped = |judged: &Judged| Judged { query: slip(&judged.query, &mut random), grades: judged.grades.clone() };
    let slipped: Vec<Judged> = if typos { judgments.all.iter().map(slipped).collect() } else { Vec::new() };
    Ok(Report {
        products: products.len(),
        refused,
        unknown,
        ours: measure(&judgments.all, |judged| ours(&engine, judged))?,
        plain: measure(&judgments.all, |judged| plain.search(&judged.query, DEEPEST))?,
        slipped: measure(&slipped, |judged| ours(&engine, judged))?,
    })
}

fn index(products: &[Described], embedder: Option<Arc<dyn Embedder>>, folder: &Path) -> anyhow::Result<Arc<Engine>> {
    let engine = Arc::new(Engine::create(folder, embedder)?);
    let mut writer = engine.builder(WRITER_BYTES)?;
    for product in products {
        writer.add(&document(product))?;
    }
    writer.finish("")?;
    Ok(engine)
}

fn document(product: &Described) -> Document {
    let facts = product
        .attributes
        .iter()
        .filter_map(|attribute| Some((attribute.name.clone(), attribute.value.to_string().parse().ok()?)));
    Document {
        id: product.id.clone(),
        title: product.title.clone(),
        description: product.description.clone(),
        brand: product.brand.clone(),
        seller: Seller::default(),
        path: product.path.steps().to_vec(),
        facts: facts.collect(),
        codes: product.codes.clone(),
        price: product.price,
        available: product.available,
        rating: None,
        added_at: Timestamp::UNIX_EPOCH,
        popularity: 0,
        interest: 0,
    }
}

/// The ids that the store's ranking answers, the best first.
fn ours(engine: &Engine, judged: &Judged) -> anyhow::Result<Vec<String>> {
    let query = Query::parse(&judged.query);
    let answer = engine.search(&Request { query, page_hits: DEEPEST, ..Request::default() })?;
    Ok(answer.hits.into_iter().map(|hit| hit.id.to_string()).collect())
}

/// Asks every query, on all cores.
fn measure(
    queries: &[Judged],
    search: impl Fn(&Judged) -> anyhow::Result<Vec<String>> + Sync,
) -> anyhow::Result<Vec<Measures>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = queries.len().div_ceil(cores).max(1);
    let measure_some = |queries: &[Judged]| -> anyhow::Result<Vec<Measures>> {
        queries.iter().map(|judged| Ok(Measures::of(&search(judged)?, judged))).collect()
    };
    let measured: anyhow::Result<Vec<Vec<Measures>>> = thread::scope(|scope| {
        let started: Vec<_> = queries.chunks(share).map(|some| scope.spawn(|| measure_some(some))).collect();
        started.into_iter().map(|thread| thread.join().ok().context("a measuring thread ended")?).collect()
    });
    measured.map(|some| some.concat())
}

#[cfg(test)]
mod tests;
