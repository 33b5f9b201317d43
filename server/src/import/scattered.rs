//! Variants of one product that do not stand together in the file.
//!
//! A product is made when its group ends, but a feed in the order of its ids or dates spreads a
//! group over the file. So the first pass remembers, in two bit tables of fixed size, which groups
//! come back after another one. The second pass makes the products of all other groups as their
//! rows go by and holds the rows of scattered groups until the end. Where those take too much
//! memory, it holds only the groups in the lower part of the range of hashes, and further passes
//! over the file take the rest. The tables may take a group for scattered that is not: it is held
//! needlessly, nothing else.

use std::collections::BTreeMap;

use domain::catalog::Product;

use super::hashes::{BitTable, stable_hash};
use super::row::Row;

/// What the rows of scattered groups may take, in bytes of the file.
const MAX_HELD_BYTES: usize = 32 * 1024 * 1024;

/// The rows of one product, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) key: String,
    pub(super) rows: Vec<Row>,
    /// The lines of rows beyond [`Product::MAX_VARIANTS`], which are not kept.
    pub(super) surplus: Vec<u64>,
}

impl Group {
    pub(super) fn new(key: &str) -> Self {
        Self { key: key.to_owned(), ..Self::default() }
    }

    pub(super) fn push(&mut self, row: Row) {
        if self.rows.len() < Product::MAX_VARIANTS {
            self.rows.push(row);
        } else {
            self.surplus.push(row.line);
        }
    }

    fn bytes(&self) -> usize {
        self.rows.iter().map(|row| row.bytes).sum()
    }
}

/// What the first pass sees of groups.
#[derive(Debug)]
pub(super) struct SeenGroups {
    ended: BitTable,
    scattered: BitTable,
    current: Option<u64>,
}

impl SeenGroups {
    pub(super) fn new() -> Self {
        Self { ended: BitTable::new(), scattered: BitTable::new(), current: None }
    }

    pub(super) fn see(&mut self, row: &Row) {
        let hash = stable_hash(row.group());
        if self.current == Some(hash) {
            return;
        }
        if let Some(before) = self.current.replace(hash) {
            self.ended.insert(before);
        }
        if self.ended.contains(hash) {
            self.scattered.insert(hash);
        }
    }

    pub(super) fn scattered(self) -> Scattered {
        Scattered(self.scattered)
    }
}

/// The groups that come back in a file after another one.
#[derive(Debug)]
pub(super) struct Scattered(BitTable);

impl Scattered {
    pub(super) fn contains(&self, hash: u64) -> bool {
        self.0.contains(hash)
    }
}

/// Scattered groups whose hashes lie in the part of the range that this pass takes.
#[derive(Debug)]
pub(super) struct Held {
    first_hash: u64,
    last_hash: u64,
    groups: BTreeMap<(u64, String), Group>,
    bytes: usize,
    max_bytes: usize,
}

impl Held {
    pub(super) const fn new() -> Self {
        Self::from(0, MAX_HELD_BYTES)
    }

    const fn from(first_hash: u64, max_bytes: usize) -> Self {
        Self { first_hash, last_hash: u64::MAX, groups: BTreeMap::new(), bytes: 0, max_bytes }
    }

    /// Keeps a row, or leaves it to a later pass.
    pub(super) fn push(&mut self, hash: u64, row: Row) {
        if !(self.first_hash..=self.last_hash).contains(&hash) {
            return;
        }
        self.bytes += row.bytes;
        let key = (hash, row.group().to_owned());
        self.groups.entry(key).or_insert_with_key(|(_, group)| Group::new(group)).push(row);
        while self.bytes > self.max_bytes && self.groups.len() > 1 && self.first_hash < self.last_hash {
            self.last_hash = self.first_hash + (self.last_hash - self.first_hash) / 2;
            self.groups.split_off(&(self.last_hash.saturating_add(1), String::new()));
            self.bytes = self.groups.values().map(Group::bytes).sum();
        }
    }

    /// The groups of this pass, and what the next pass takes; `None` after the last.
    pub(super) fn finish(self) -> (impl Iterator<Item = Group>, Option<Self>) {
        let next = self.last_hash.checked_add(1).map(|first_hash| Self::from(first_hash, self.max_bytes));
        (self.groups.into_values(), next)
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::Column;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_held_group_is_whole_after_enough_passes(
            ids in prop::collection::vec(0_u8..40, 1..200), max_bytes in 1_usize..2_000
        ) {
            let mut held = Some(Held::from(0, max_bytes));
            let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            while let Some(mut pass) = held {
                for (line, id) in (1..).zip(&ids) {
                    let id = id.to_string();
                    let row = Row { line, values: vec![(Column::Id, id.clone())], bytes: 50 };
                    pass.push(stable_hash(&id), row);
                    prop_assert!(pass.bytes <= max_bytes.max(50) || pass.groups.len() == 1);
                }
                let (groups, next) = pass.finish();
                for group in groups {
                    let lines = group.rows.iter().map(|row| row.line).collect();
                    prop_assert!(found.insert(group.key, lines).is_none());
                }
                held = next;
            }
            let mut expected: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            (1..).zip(&ids).for_each(|(line, id)| expected.entry(id.to_string()).or_default().push(line));
            prop_assert_eq!(found, expected);
        }
    }
}
