//! What one query may take, however often it is asked: as it was typed, spelt right, without its price.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::schema::Field;

use super::spelling::{Neighbour, Steps, neighbours};

/// Products that may have to be read for where the words of one query's phrases stand in them. That takes far
/// longer than counting them, so a phrase of broader words asks for its words alone, wherever they stand. Each
/// time that it is asked it has half of what is left.
const MAX_READ: u64 = 100_000;
/// Products that have some of the words, each counted once for every word, when the nearest are looked for. In a
/// large catalog the broadest words of a long query bring no product that the others do not, and would be most of
/// the work. Each time that it is asked it has half of what is left.
const MAX_VISITED: u64 = 400_000;

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
        Self {
            steps: Steps::default(),
            read: Cell::new(MAX_READ),
            visited: Cell::new(MAX_VISITED),
            is_over: Cell::default(),
            neighbours: RefCell::default(),
        }
    }
}

impl Budget {
    /// Products that may be read for phrases this time.
    pub(super) fn to_read(&self) -> u64 {
        half(&self.read)
    }

    /// Products that may be visited for the nearest this time. The broadest words are no loss.
    pub(super) fn to_visit(&self) -> u64 {
        half(&self.visited)
    }

    /// The words near another one, see [`neighbours`].
    pub(super) fn neighbours(&self, searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<Neighbour>> {
        if let Some(known) = self.neighbours.borrow().get(word) {
            return Ok(known.clone());
        }
        let found = neighbours(searcher, field, word, &self.steps)?;
        if self.steps.are_over() {
            self.exceed();
        }
        self.neighbours.borrow_mut().insert(word.to_owned(), found.clone());
        Ok(found)
    }

    /// Something of the query was left aside.
    pub(super) fn exceed(&self) {
        self.is_over.set(true);
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }
}

/// Takes half of what is left.
fn half(left: &Cell<u64>) -> u64 {
    let taken = left.get() / 2;
    left.set(left.get() - taken);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_often_a_query_is_asked_it_takes_no_more_than_there_is() {
        let budget = Budget::default();
        let read: Vec<u64> = (0..8).map(|_| budget.to_read()).collect();
        let visited: Vec<u64> = (0..8).map(|_| budget.to_visit()).collect();
        assert_eq!((read[0], read[1], visited[0]), (MAX_READ / 2, MAX_READ / 4, MAX_VISITED / 2));
        assert!(read.iter().sum::<u64>() <= MAX_READ && visited.iter().sum::<u64>() <= MAX_VISITED);
        assert!(!budget.is_over());
    }
}
