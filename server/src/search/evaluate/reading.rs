use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use domain::catalog::listing::PAGE_CARDS;
use domain::search::query::Query;

use super::super::engine::{Answer, Request};
use super::super::meaning;
use super::plain::Plain;
use super::scratch::Scratch;
use super::{index, queries};
use crate::import::described;

/// Products that are shown of each answer.
const SHOWN: usize = 10;
/// Letters that are shown of a title, so that two stand beside each other in a wide terminal.
const TITLE_CHARS: usize = 64;

/// What is found for queries that nobody judged; its `Display` is what a person judges them by.
#[derive(Debug)]
pub(crate) struct Reading {
    feed: String,
    products: usize,
    /// Rows of the feed that could not be read.
    refused: u64,
    answers: Vec<Answered>,
}

#[derive(Debug)]
struct Answered {
    query: String,
    outcome: Outcome,
    /// The words that were looked for instead.
    corrected: Option<String>,
    did_you_mean: Option<String>,
    /// Titles, the best first.
    ours: Vec<String>,
    plain: Vec<String>,
}

/// How much of a query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// So many products have every word.
    Complete(u32),
    /// None has, and the nearest are shown.
    Relaxed,
    Nothing,
}

/// Asks the queries of a file, the store's ranking as a results page does, and plain BM25 beside it.
pub(crate) fn reading(feed: &Path, queries: &Path, model: Option<&Path>) -> anyhow::Result<Reading> {
    let queries = queries::read(queries)?;
    let (products, refused) = described(feed)?;
    anyhow::ensure!(!products.is_empty(), "no row of {} can be read", feed.display());
    let titles: HashMap<&str, &str> =
        products.iter().map(|product| (product.id.as_str(), product.title.as_str())).collect();
    let shown = |ids: &[String]| -> Vec<String> {
        ids.iter().take(SHOWN).filter_map(|id| titles.get(id.as_str())).map(|title| cut(title)).collect()
    };
    let scratch = Scratch::new()?;
    let engine = index(&products, model.map(meaning::read).transpose()?, &scratch.folder("ours"))?;
    let plain = Plain::new(&products, &scratch.folder("plain"))?;
    let mut answers = Vec::with_capacity(queries.len());
    for query in queries {
        let page_hits = PAGE_CARDS as usize;
        let request = Request { query: Query::parse(&query), page_hits, count: true, ..Request::default() };
        let answer = engine.search(&request)?;
        let ids: Vec<String> = answer.hits.iter().map(|hit| hit.id.to_string()).collect();
        answers.push(Answered {
            outcome: Outcome::of(&answer),
            corrected: answer.corrected.map(|correction| correction.text.to_string()),
            did_you_mean: answer.did_you_mean.map(String::from),
            ours: shown(&ids),
            plain: shown(&plain.search(&query, SHOWN)?),
            query,
        });
    }
    Ok(Reading { feed: feed.display().to_string(), products: products.len(), refused, answers })
}

fn cut(title: &str) -> String {
    if title.chars().count() <= TITLE_CHARS {
        return title.to_owned();
    }
    title.chars().take(TITLE_CHARS - 1).chain(['…']).collect()
}

impl Outcome {
    const fn of(answer: &Answer) -> Self {
        match (answer.complete, answer.total) {
            (_, 0) => Self::Nothing,
            (0, _) => Self::Relaxed,
            (complete, _) => Self::Complete(complete),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complete(complete) => write!(f, "all words: {complete}"),
            Self::Relaxed => f.write_str("nothing has all words, the nearest"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.query, self.outcome)?;
        if let Some(words) = &self.corrected {
            write!(f, "; looked for “{words}” instead")?;
        }
        if let Some(words) = &self.did_you_mean {
            write!(f, "; did you mean “{words}”?")?;
        }
        writeln!(f, ")")?;
        for row in 0..self.ours.len().max(self.plain.len()) {
            let [ours, plain] = [&self.ours, &self.plain].map(|titles| titles.get(row).map_or("", String::as_str));
            writeln!(f, "{:3}  {ours:TITLE_CHARS$}  {plain}", row + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { feed, products, refused, answers } = self;
        writeln!(f, "{products} products of {feed}; on the left ours, on the right plain BM25")?;
        if *refused > 0 {
            writeln!(f, "{refused} rows of the feed can't be read")?;
        }
        for answered in answers {
            write!(f, "\n{answered}")?;
        }
        let count = |fits: fn(&Answered) -> bool| answers.iter().filter(|answered| fits(answered)).count();
        let nothing = count(|answered| answered.outcome == Outcome::Nothing);
        let relaxed = count(|answered| answered.outcome == Outcome::Relaxed);
        let corrected = count(|answered| answered.corrected.is_some());
        let nothing_of_plain = count(|answered| answered.plain.is_empty());
        let agreed = count(|answered| answered.ours.first().is_some_and(|ours| answered.plain.first() == Some(ours)));
        write!(
            f,
            "\n{} queries: nothing for {nothing}, the nearest for {relaxed}, other words for {corrected}; \
             plain BM25 nothing for {nothing_of_plain}; the same first title for {agreed}",
            answers.len()
        )
    }
}
