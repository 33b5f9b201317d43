use std::fmt;

use super::bootstrap::{Interval, interval};
use super::measures::{Measures, NAMED};

/// How well a feed is searched; its `Display` is what a person reads, the ratios as its last line.
#[derive(Debug)]
pub(crate) struct Report {
    pub(super) products: usize,
    /// Rows of the feed that could not be read.
    pub(super) refused: u64,
    /// Judged products that are not in the feed.
    pub(super) unknown: usize,
    /// Query by query, in the same order.
    pub(super) ours: Vec<Measures>,
    pub(super) plain: Vec<Measures>,
    /// Ours, with a slip of the finger in each query; empty where that was not asked.
    pub(super) slipped: Vec<Measures>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queries = self.ours.len();
        writeln!(f, "{} products, {queries} queries; 95 % intervals by the bootstrap", self.products)?;
        if self.refused > 0 {
            writeln!(f, "{} rows of the feed can't be read", self.refused)?;
        }
        if self.unknown > 0 {
            writeln!(f, "{} judged products are not in the feed and count as not found", self.unknown)?;
        }
        writeln!(f, "{:10} {:24} {:24} ratio", "", "ours", "plain BM25")?;
        let mut ratios = Vec::new();
        for (name, measure) in NAMED {
            let mean = |measures: &[Measures]| {
                interval(queries, |sample| {
                    sample.fold(0.0, |sum, query| sum + measure(&measures[query])) / queries as f64
                })
            };
            let ratio = interval(queries, |sample| {
                let (ours, plain) = sample.fold((0.0, 0.0), |(ours, plain), query| {
                    (ours + measure(&self.ours[query]), plain + measure(&self.plain[query]))
                });
                ratio_of(ours, plain)
            });
            let [ours, plain, shown] = [mean(&self.ours), mean(&self.plain), ratio].map(shown);
            writeln!(f, "{name:10} {ours:24} {plain:24} {shown}")?;
            ratios.push(format!("{name} {:.3}", ratio.value));
        }
        if !self.slipped.is_empty() {
            let mrr = |measures: &[Measures]| measures.iter().map(|measures| measures.reciprocal_rank).sum::<f64>();
            let (slipped, clean) = (mrr(&self.slipped), mrr(&self.ours));
            let (mean, kept) = (slipped / queries as f64, 100.0 * ratio_of(slipped, clean));
            writeln!(f, "with one slip of the finger in each query: MRR {mean:.4}, {kept:.1} % of what it is without")?;
        }
        write!(f, "ours / plain BM25: {}", ratios.join(", "))
    }
}

/// Two that find nothing are as good as each other.
fn ratio_of(ours: f64, plain: f64) -> f64 {
    match (ours > 0.0, plain > 0.0) {
        (_, true) => ours / plain,
        (true, false) => f64::INFINITY,
        (false, false) => 1.0,
    }
}

fn shown(interval: Interval) -> String {
    let Interval { value, from, to } = interval;
    format!("{value:.4} [{from:.4}, {to:.4}]")
}
