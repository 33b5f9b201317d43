//! Ids that more than one row of a feed has.
//!
//! An id is what shoppers buy by, so it belongs to one row: the first that can be read. The others
//! are refused, whatever group they stand in. The first pass remembers, in two bit tables of fixed
//! size, which ids come again; the passes after it keep the place of the first row of those ids
//! only. The tables may take an id for repeated that is not: its place is kept needlessly, nothing
//! else.

use std::collections::HashMap;

use super::hashes::{BitTable, stable_hash};
use super::report::Rejection;
use super::row::{Column, Row};

/// What the first pass sees of ids.
#[derive(Debug)]
pub(super) struct SeenIds {
    once: BitTable,
    again: BitTable,
}

impl SeenIds {
    pub(super) fn new() -> Self {
        Self { once: BitTable::new(), again: BitTable::new() }
    }

    pub(super) fn see(&mut self, row: &Row) {
        let hash = stable_hash(row.get(Column::Id));
        if self.once.contains(hash) {
            self.again.insert(hash);
        }
        self.once.insert(hash);
    }

    pub(super) fn repeated(self) -> Repeated {
        Repeated { again: self.again, owners: HashMap::new() }
    }
}

/// The ids that come again, each with the row that it belongs to.
#[derive(Debug)]
pub(super) struct Repeated {
    again: BitTable,
    owners: HashMap<String, Place>,
}

/// Where a row stands. Several rows of XML may share a line, so rows are counted as well.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u64,
    line: u64,
}

impl Repeated {
    /// Why the `number`th row of the file is refused, if its id belongs to an earlier one. Every pass
    /// asks for all rows in their order; only the first row of an id that can be read gets it.
    pub(super) fn refuse(&mut self, number: u64, row: &Row, can_be_read: impl FnOnce() -> bool) -> Option<Rejection> {
        let id = row.get(Column::Id);
        if !self.again.contains(stable_hash(id)) {
            return None;
        }
        match self.owners.get(id) {
            Some(owner) if owner.row < number => {
                let reason = format!("is in line {} already", owner.line);
                Some(Rejection::new(row.line, Column::Id.name(), id, reason))
            }
            Some(_) => None,
            None => {
                if can_be_read() {
                    self.owners.insert(id.to_owned(), Place { row: number, line: row.line });
                }
                None
            }
        }
    }
}
