use super::judgments::Judged;

/// How deep recall is measured; nothing behind it is asked for.
pub(super) const DEEPEST: usize = 50;
const FIRST_PAGE: usize = 10;

/// How well one query was answered, each between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measures {
    /// Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), with the
    /// gain 2^grade − 1 and the discount log₂(rank + 1).
    pub(super) ndcg_10: f64,
    /// One divided by the rank of the first relevant product; 0 where none is found.
    pub(super) reciprocal_rank: f64,
    /// Which part of the relevant products is among the first 10, or 50.
    pub(super) recall_10: f64,
    pub(super) recall_50: f64,
}

pub(super) type Measure = fn(&Measures) -> f64;

/// The measures by name, in the order that they are printed.
pub(super) const NAMED: [(&str, Measure); 4] = [
    ("nDCG@10", |measures| measures.ndcg_10),
    ("MRR", |measures| measures.reciprocal_rank),
    ("recall@10", |measures| measures.recall_10),
    ("recall@50", |measures| measures.recall_50),
];

impl Measures {
    pub(super) fn of(answered: &[String], judged: &Judged) -> Self {
        let grade = |id: &String| judged.grades.get(id).copied().unwrap_or_default();
        let grades: Vec<f64> = answered.iter().take(DEEPEST).map(grade).collect();
        let mut ideal: Vec<f64> = judged.grades.values().copied().filter(|grade| *grade > 0.0).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let relevant = ideal.len() as f64;
        let found = |depth: usize| grades.iter().take(depth).filter(|grade| **grade > 0.0).count() as f64;
        Self {
            ndcg_10: discounted(&grades) / discounted(&ideal),
            reciprocal_rank: grades.iter().position(|grade| *grade > 0.0).map_or(0.0, |place| 1.0 / (place + 1) as f64),
            recall_10: found(FIRST_PAGE) / relevant,
            recall_50: found(DEEPEST) / relevant,
        }
    }
}

fn discounted(grades: &[f64]) -> f64 {
    let gains = grades.iter().take(FIRST_PAGE).map(|grade| grade.max(0.0).exp2() - 1.0);
    gains.enumerate().fold(0.0, |sum, (place, gain)| sum + gain / ((place + 2) as f64).log2())
}
