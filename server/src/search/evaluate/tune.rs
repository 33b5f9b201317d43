use std::fmt;
use std::sync::Arc;

use super::super::engine::{Engine, Weights};
use super::judgments::{Half, Judged, Judgments};
use super::measures::Measures;
use super::scratch::Scratch;
use super::{Inputs, index, measure, ours};
use crate::import::described;

/// What a weight is multiplied by, one after the other.
const STEPS: [f32; 4] = [0.5, 0.8, 1.25, 2.0];
/// A better mean that is smaller is noise.
const LEAST_GAIN: f64 = 0.000_2;

/// What tuning found.
#[derive(Debug)]
pub(crate) struct Tuned {
    weights: Weights,
    /// Mean of nDCG@10 and reciprocal rank on the half that was tuned on, and on the other one: as
    /// it was, and as it is with the weights.
    seen: (f64, f64),
    unseen: (f64, f64),
}

/// Looks for better weights, one at a time, on every other query; the rest says whether they are
/// better for queries that were not looked at. `tell` hears of every step forward.
pub(crate) fn tune(inputs: &Inputs, rounds: u32, tell: impl Fn(&str)) -> anyhow::Result<Tuned> {
    let mut judgments = Judgments::read(&inputs.judgments)?;
    let (products, _) = described(&inputs.products)?;
    judgments.fold(&products);
    judgments.unknown(&products)?;
    let scratch = Scratch::new()?;
    let mut engine = index(&products, inputs.embedder()?, &scratch.folder("ours"))?;
    let (seen, unseen) = (judgments.half(Half::First), judgments.half(Half::Second));
    anyhow::ensure!(!unseen.is_empty(), "one query is not enough: nothing would say whether it got better");
    let mut weights = Weights::default();
    let (first, first_unseen) = (value(&engine, &seen)?, value(&engine, &unseen)?);
    let mut best = first;
    for _ in 0..rounds {
        let before = best;
        for (index, name) in Weights::NAMES.iter().enumerate() {
            for step in STEPS {
                let mut tried = weights.clone();
                tried.set(index, (weights.get(index) * step).min(Weights::most(index)));
                set(&mut engine, &tried);
                let now = value(&engine, &seen)?;
                if now > best + LEAST_GAIN {
                    best = now;
                    tell(&format!("{now:.4} with {name} {:.3}", tried.get(index)));
                    weights = tried;
                }
            }
        }
        if best - before < LEAST_GAIN {
            break;
        }
    }
    set(&mut engine, &weights);
    let unseen = (first_unseen, value(&engine, &unseen)?);
    Ok(Tuned { weights, seen: (first, best), unseen })
}

fn set(engine: &mut Arc<Engine>, weights: &Weights) {
    if let Some(engine) = Arc::get_mut(engine) {
        engine.set_weights(weights.clone());
    }
}

fn value(engine: &Engine, queries: &[Judged]) -> anyhow::Result<f64> {
    let measured = measure(queries, |judged| ours(engine, judged))?;
    let of = |measures: &Measures| f64::midpoint(measures.ndcg_10, measures.reciprocal_rank);
    Ok(measured.iter().map(of).sum::<f64>() / measured.len() as f64)
}

impl fmt::Display for Tuned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in Weights::NAMES.iter().enumerate() {
            writeln!(f, "{name}: {:.3}", self.weights.get(index))?;
        }
        writeln!(f, "mean of nDCG@10 and MRR, on the queries tuned on: {:.4} → {:.4}", self.seen.0, self.seen.1)?;
        write!(f, "on the others: {:.4} → {:.4}", self.unseen.0, self.unseen.1)
    }
}
