//! What one query may take, however often it is asked: as it was typed, spelt right, without its price.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::schema::Field;

use super::spelling::{Neighbour, Steps, neighbours};

/// Products that may have to be read for where the words of one query's phrases stand in them. That takes far
/// longer than counting them, so a phrase of broader words asks for its words alone, wherever they stand.
const MAX_READ: u64 = 50_000;
/// Products that have some of the words, each counted once for every word, when the nearest are looked for. In a
/// large catalog the broadest words of a long query bring no product that the others do not, and would be most of
/// the work.
const MAX_VISITED: u64 = 200_000;

/// What is left to one query.
pub(super) struct Budget {
    steps: Steps,
    read: Cell<u64>,
    visited: Cell<u64>,
    /// Whether something of the query was left aside.
    is_over: Cell<bool>,
    /// The neighbours of words, which are looked up once.
    neighbours: RefCell<BTreeMap<String, Vec<Neighbour>>>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(MAX_READ, MAX_VISITED)
    }
}

impl Budget {
    pub(super) fn of(read: u64, visited: u64) -> Self {
        Self {
            steps: Steps::default(),
            read: Cell::new(read),
            visited: Cell::new(visited),
            is_over: Cell::default(),
            neighbours: RefCell::default(),
        }
    }

    /// Whether so many products may be read for where a phrase stands in them.
    pub(super) fn may_read(&self, products: u64) -> bool {
        let left = self.read.get().checked_sub(products);
        self.read.set(left.unwrap_or(self.read.get()));
        self.is_over.set(self.is_over.get() || left.is_none());
        left.is_some()
    }

    /// Whether so many products may be visited for one more word. The broadest words are no loss.
    pub(super) fn may_visit(&self, products: u64) -> bool {
        let left = self.visited.get().checked_sub(products);
        self.visited.set(left.unwrap_or_default());
        left.is_some()
    }

    /// See [`neighbours`].
    pub(super) fn neighbours(&self, searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<Neighbour>> {
        if let Some(known) = self.neighbours.borrow().get(word) {
            return Ok(known.clone());
        }
        let found = neighbours(searcher, field, word, &self.steps)?;
        self.is_over.set(self.is_over.get() || self.steps.are_over());
        self.neighbours.borrow_mut().insert(word.to_owned(), found.clone());
        Ok(found)
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_and_visited_is_counted_over_the_whole_query() {
        let budget = Budget::of(10, 10);
        assert!(budget.may_read(6) && !budget.is_over());
        assert!(!budget.may_read(5) && budget.is_over(), "too many are not begun");
        assert!(budget.may_read(4));
        let budget = Budget::of(10, 10);
        assert!(budget.may_visit(10) && !budget.may_visit(1) && !budget.is_over());
    }
}
