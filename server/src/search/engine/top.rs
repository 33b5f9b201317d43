use tantivy::DocAddress;

/// A document with what the order compares; greater values stand before, smaller keys break ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) value: u64,
    pub(super) key: u64,
    pub(super) address: DocAddress,
}

/// Keeps the first candidates of an order, those behind a place only where one is given.
#[derive(Debug)]
pub(super) struct Top {
    kept: Vec<Candidate>,
    wanted: usize,
    /// What a candidate must not be below, and the key that it must not be above where it equals that;
    /// known once there are enough.
    least: (u64, u64),
    /// The value and the key of what every candidate stands behind.
    after: Option<(u64, u64)>,
}

/// How much more than is wanted is kept before the worst go, as a part of it. The sooner they go, the
/// sooner whole blocks of the index are passed over.
const SPARE_PART: usize = 4;

impl Top {
    pub(super) fn new(wanted: usize, after: Option<(u64, u64)>) -> Self {
        let kept = Vec::with_capacity(wanted + wanted.div_ceil(SPARE_PART));
        Self { kept, wanted, least: (0, u64::MAX), after }
    }

    pub(super) const fn least(&self) -> u64 {
        self.least.0
    }

    pub(super) fn offer(&mut self, value: u64, address: DocAddress, key: impl FnOnce() -> u64) {
        if value < self.least.0 {
            return;
        }
        let key = key();
        if value == self.least.0 && key > self.least.1 {
            return;
        }
        if let Some((after, last)) = self.after
            && (value > after || (value == after && key <= last))
        {
            return;
        }
        self.kept.push(Candidate { value, key, address });
        if self.kept.len() >= self.wanted + self.wanted.div_ceil(SPARE_PART) {
            self.prune();
        }
    }

    fn prune(&mut self) {
        self.kept.select_nth_unstable_by_key(self.wanted - 1, order);
        self.kept.truncate(self.wanted);
        self.least = self.kept.last().map_or(self.least, |last| (last.value, last.key));
    }

    pub(super) fn sorted(mut self) -> Vec<Candidate> {
        self.kept.sort_unstable_by_key(order);
        self.kept.truncate(self.wanted);
        self.kept
    }
}

/// What stands before compares as less.
fn order(candidate: &Candidate) -> (std::cmp::Reverse<u64>, u64) {
    (std::cmp::Reverse(candidate.value), candidate.key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_of_an_order_are_kept_whatever_comes_first(
            offered in prop::collection::vec((0..4_u64, 0..50_u64), 0..80),
            wanted in 1..9_usize,
        ) {
            let mut top = Top::new(wanted, None);
            for (value, key) in &offered {
                top.offer(*value, DocAddress::new(0, 0), || *key);
            }
            let mut first: Vec<_> = offered.iter().map(|(value, key)| (std::cmp::Reverse(*value), *key)).collect();
            first.sort_unstable();
            first.truncate(wanted);
            prop_assert_eq!(top.sorted().iter().map(order).collect::<Vec<_>>(), first);
        }
    }
}
