use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Samples that an interval is made of.
const SAMPLES: usize = 1_000;
/// The same samples every time, so that two runs over the same answers print the same.
const SEED: u64 = 1;

/// A value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub(super) value: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// The interval of a statistic over `count` queries by the percentile bootstrap (Efron 1979):
/// `statistic` gets the numbers of the queries of a sample, drawn with replacement.
pub(super) fn interval(count: usize, statistic: impl Fn(&mut dyn Iterator<Item = usize>) -> f64) -> Interval {
    let value = statistic(&mut (0..count));
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut values: Vec<f64> =
        (0..SAMPLES).map(|_| statistic(&mut (0..count).map(|_| random.random_range(0..count)))).collect();
    values.sort_by(f64::total_cmp);
    let tail = SAMPLES * 25 / 1_000;
    Interval { value, from: values[tail], to: values[SAMPLES - 1 - tail] }
}
