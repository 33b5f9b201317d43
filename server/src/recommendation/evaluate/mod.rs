//! Asks a history how good recommendations would have been: what was bought before a day is learnt,
//! what was bought from that day on is asked about, one hidden item at a time. Popularity, plain item-to-item
//! cosine and the store's own ranking answer the same questions: the latter as far as its shelves tell of it, and
//! with all that it learnt. The command line calls it; nothing here is kept.

mod history;
mod measure;
mod question;
mod rank;
mod ranker;
mod report;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use domain::pricing::Currency;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

pub(crate) use report::Report;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Task {
    /// One hidden item of each later basket
    Basket,
    /// The last thing each customer bought, from what they bought before
    Next,
}

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) orders: PathBuf,
    /// The day from whose beginning (UTC) on nothing is learnt.
    pub(crate) holdout: Date,
    pub(crate) task: Task,
    /// Chooses what is hidden and what is drawn for the intervals.
    pub(crate) seed: u64,
}

/// Reads the history, learns, asks and measures.
pub(crate) async fn recommendations(settings: &Settings) -> anyhow::Result<Report> {
    // Amounts are read, but not looked at: of all currencies this one allows the most decimals.
    let history = history::read(&settings.orders, Currency::CLF).await?;
    let settings = settings.clone();
    // Hours of arithmetic on a large history, none of which waits for anything.
    tokio::task::spawn_blocking(move || evaluate(&history, &settings)).await?
}

fn evaluate(history: &history::History, settings: &Settings) -> anyhow::Result<Report> {
    if let (true, Some(first)) = (history.orders().is_empty(), &history.first_rejected) {
        anyhow::bail!("none of the {} lines can be read; {first}", history.rejected);
    }
    let holdout = Offset::UTC.to_timestamp(settings.holdout.to_datetime(Time::midnight()))?;
    let past = history.before(holdout);
    anyhow::ensure!(!past.is_empty(), "no order before {}; name a later day to hold out from", settings.holdout);
    let questions = match settings.task {
        Task::Basket => question::of_baskets(history, holdout, settings.seed),
        Task::Next => question::of_sequences(history, holdout, settings.seed),
    };
    anyhow::ensure!(
        !questions.is_empty(),
        "nothing to ask about from {} on; name an earlier day to hold out from",
        settings.holdout
    );
    let rankers = match settings.task {
        Task::Basket => ranker::for_baskets(past),
        Task::Next => ranker::for_sequences(past),
    };
    let answers = rankers.iter().map(|ranker| rank::ask(&**ranker, &questions, history.items())).collect::<Vec<_>>();
    let known = past.iter().flat_map(|order| &order.items).collect::<std::collections::HashSet<_>>().len();
    let measured = measure::measure(&answers, known, settings.seed);
    let names = rankers.iter().map(|ranker| ranker.name()).collect();
    Ok(Report {
        learnt_orders: past.len(),
        known_items: known,
        questions: questions.len(),
        rejected: history.rejected,
        first_rejected: history.first_rejected.clone(),
        names,
        measured,
    })
}
