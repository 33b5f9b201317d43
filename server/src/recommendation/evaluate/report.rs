use std::fmt;

use super::measure::{METRICS, Measured, Measurements};
use crate::import::Rejection;

/// How the rankers did; its `Display` is what a person reads.
#[derive(Debug)]
pub(crate) struct Report {
    pub(super) learnt_orders: usize,
    pub(super) known_items: usize,
    pub(super) questions: usize,
    pub(super) rejected: u64,
    pub(super) first_rejected: Option<Rejection>,
    /// Popularity, cosine, then ours; the last one is what the store knows at its best.
    pub(super) names: Vec<&'static str>,
    pub(super) measured: Measurements,
}

const NAME_CHARS: usize = 24;
const CELL_CHARS: usize = 26;
/// Where the rankers to compare with stand.
const BASELINES: [usize; 2] = [0, 1];

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { learnt_orders, known_items, questions, rejected, first_rejected, names, measured } = self;
        writeln!(f, "learnt {learnt_orders} orders with {known_items} items, asked {questions} questions")?;
        if let Some(first) = first_rejected {
            writeln!(f, "{rejected} lines could not be read and were left out, the first of them {first}")?;
        }
        write!(f, "{:NAME_CHARS$}", "")?;
        for metric in METRICS {
            write!(f, "{metric:CELL_CHARS$}")?;
        }
        for (ranker, name) in names.iter().enumerate() {
            write!(f, "\n{name:NAME_CHARS$}")?;
            for metric in 0..METRICS.len() {
                write!(f, "{:CELL_CHARS$}", Cell(measured.of(ranker, metric), 4).to_string())?;
            }
        }
        f.write_str("\nratios: ")?;
        let mut separator = "";
        for (ranker, name) in names.iter().enumerate().skip(BASELINES.len()).rev() {
            for baseline in BASELINES.into_iter().rev() {
                write!(f, "{separator}{name} / {}", names[baseline])?;
                for (metric, metric_name) in METRICS.iter().enumerate() {
                    match measured.ratio(ranker, baseline, metric) {
                        Some(ratio) => write!(f, " {metric_name} {}", Cell(ratio, 3))?,
                        None => write!(f, " {metric_name} none, as the latter is 0")?,
                    }
                }
                separator = "; ";
            }
        }
        Ok(())
    }
}

/// A number with its interval, and how many decimals it is told with.
struct Cell(Measured, usize);

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Measured { value, low, high }, decimals) = self;
        write!(f, "{value:.decimals$} ({low:.decimals$} to {high:.decimals$})")
    }
}
