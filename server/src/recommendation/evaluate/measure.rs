use domain::recommendation::ItemNumber;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::rank::{Answer, PLACES};

/// How often the questions are drawn anew for the intervals (Efron, "Bootstrap Methods", 1979).
const DRAWS: usize = 1_000;
/// The middle part of the draws that an interval spans, in per mille.
const INTERVAL_PER_MILLE: usize = 950;

pub(super) const METRICS: [&str; 4] = ["HR@10", "NDCG@10", "MRR", "coverage"];

/// A number with the interval that holds 95 of 100 draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// For each ranker, each metric: its value in every draw, the value over all questions first.
#[derive(Debug)]
pub(crate) struct Measurements(Vec<[Vec<f64>; METRICS.len()]>);

impl Measurements {
    pub(super) fn of(&self, ranker: usize, metric: usize) -> Measured {
        interval(&self.0[ranker][metric])
    }

    /// The ratio of two rankers, drawn together: both answered the same questions. A draw in which the
    /// baseline found nothing is left out; none where it never did.
    pub(super) fn ratio(&self, ranker: usize, baseline: usize, metric: usize) -> Option<Measured> {
        let (ours, theirs) = (&self.0[ranker][metric], &self.0[baseline][metric]);
        let is_comparable = theirs.first().is_some_and(|value| *value > 0.0);
        let drawn = ours.iter().zip(theirs).filter(|(_, theirs)| **theirs > 0.0).map(|(ours, theirs)| ours / theirs);
        is_comparable.then(|| interval(&drawn.collect::<Vec<_>>()))
    }
}

/// The percentiles of the draws, moved so that their mean is the value: a draw repeats questions, so
/// that it always covers less of the catalog than all of them do.
fn interval(drawn: &[f64]) -> Measured {
    let value = drawn.first().copied().unwrap_or_default();
    let mut sorted = drawn.get(1..).unwrap_or_default().to_vec();
    sorted.sort_by(f64::total_cmp);
    // A thousand draws are counted exactly.
    #[allow(clippy::cast_precision_loss)]
    let bias = sorted.iter().sum::<f64>() / sorted.len().max(1) as f64 - value;
    let cut = sorted.len() * (1_000 - INTERVAL_PER_MILLE) / 2_000;
    let at = |place: usize| sorted.get(place).map_or(value, |drawn| drawn - bias);
    Measured { value, low: at(cut), high: at(sorted.len().saturating_sub(cut + 1)) }
}

/// Measures every ranker's answers over the same draws of the questions.
pub(super) fn measure(answers: &[Vec<Answer>], known_items: usize, seed: u64) -> Measurements {
    let questions = answers.first().map_or(0, Vec::len);
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut draw: Vec<usize> = (0..questions).collect();
    let mut drawn: Vec<[Vec<f64>; METRICS.len()]> = answers.iter().map(|_| Default::default()).collect();
    let mut seen =
        vec![
            0;
            answers.iter().flatten().flat_map(|answer| &answer.top).map(|item| item.index() + 1).max().unwrap_or(0)
        ];
    let mut round = 0_u32;
    for number in 0..=DRAWS {
        if number > 0 {
            draw.fill_with(|| chance.random_range(0..questions));
        }
        for (ranker, drawn) in answers.iter().zip(&mut drawn) {
            round += 1;
            let values = metrics(ranker, &draw, known_items, &mut seen, round);
            drawn.iter_mut().zip(values).for_each(|(all, value)| all.push(value));
        }
    }
    Measurements(drawn)
}

// Counts of questions and items are exact in `f64`.
#[allow(clippy::cast_precision_loss)]
fn metrics(
    answers: &[Answer],
    draw: &[usize],
    known_items: usize,
    seen: &mut [u32],
    round: u32,
) -> [f64; METRICS.len()] {
    let (mut hits, mut gain, mut reciprocal, mut covered) = (0.0, 0.0, 0.0, 0_usize);
    for place in draw {
        let Answer { rank, top } = &answers[*place];
        if let Some(rank) = rank {
            reciprocal += 1.0 / f64::from(*rank);
            if *rank as usize <= PLACES {
                hits += 1.0;
                gain += 1.0 / f64::from(rank + 1).log2();
            }
        }
        for ItemNumber(item) in top {
            let last = &mut seen[*item as usize];
            covered += usize::from(*last != round);
            *last = round;
        }
    }
    let questions = draw.len().max(1) as f64;
    [hits / questions, gain / questions, reciprocal / questions, covered as f64 / known_items.max(1) as f64]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(rank: Option<u32>, top: &[u32]) -> Answer {
        Answer { rank, top: top.iter().copied().map(ItemNumber).collect() }
    }

    #[test]
    fn metrics_are_what_their_names_say() {
        let answers = vec![answer(Some(1), &[0, 1]), answer(Some(3), &[1]), answer(Some(11), &[1]), answer(None, &[])];
        let measured = measure(&[answers], 4, 1);
        let value = |metric| measured.of(0, metric).value;
        assert!((value(0) - 0.5).abs() < 1e-9);
        assert!((value(1) - (1.0 + 0.5) / 4.0).abs() < 1e-9);
        assert!((value(2) - (1.0 + 1.0 / 3.0 + 1.0 / 11.0) / 4.0).abs() < 1e-9);
        assert!((value(3) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn an_interval_narrows_with_questions_and_a_ratio_is_drawn_together() {
        let mixed = |count: usize| (0..count).map(|n| answer((n % 2 == 0).then_some(1), &[])).collect::<Vec<_>>();
        let width = |count| {
            let Measured { value, low, high } = measure(&[mixed(count)], 1, 1).of(0, 0);
            assert!(low < value && value < high);
            high - low
        };
        assert!(width(1_000) < width(100) / 2.0);
        let twice = measure(&[mixed(100), mixed(100)], 1, 1).ratio(0, 1, 0);
        assert_eq!(twice, Some(Measured { value: 1.0, low: 1.0, high: 1.0 }));
        let nothing = vec![answer(None, &[]); 100];
        assert_eq!(measure(&[mixed(100), nothing], 1, 1).ratio(0, 1, 0), None);
        // With so few questions some draws hold none that the baseline answered.
        let rare = measure(
            &[mixed(4), vec![answer(Some(1), &[]), answer(None, &[]), answer(None, &[]), answer(None, &[])]],
            1,
            1,
        );
        let Measured { value, low, high } = rare.ratio(0, 1, 0).unwrap();
        assert!((value - 2.0).abs() < 1e-9 && low.is_finite() && high.is_finite(), "{value} {low} {high}");
    }
}
