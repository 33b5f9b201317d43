use super::{Clause, Query, joined};
use crate::search::SearchText;

/// A query that asks for less than another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    pub query: Query,
    /// What it does not insist on, as the other one has it.
    pub given_up: Vec<Clause>,
}

impl Query {
    /// Queries that ask for less, to be tried one after the other where nothing fits this one: without its
    /// prices, with the names of its brands as words like others, with both. What must not be there stays
    /// away, and nothing is left of a query that is only a price.
    pub fn relaxed(&self) -> Vec<Relaxed> {
        let ways: [fn(&Clause) -> bool; 3] = [is_price, is_brand, |clause| is_price(clause) || is_brand(clause)];
        let mut relaxed: Vec<Relaxed> = Vec::new();
        for gives_up in ways {
            let given_up: Vec<Clause> = self.clauses.iter().filter(|clause| gives_up(clause)).cloned().collect();
            let clauses: Vec<Clause> = self.clauses.iter().filter_map(|clause| kept(clause, gives_up)).collect();
            let is_known = given_up.is_empty() || relaxed.iter().any(|known| known.given_up == given_up);
            if !is_known && clauses.iter().any(asks_for_something) {
                relaxed.push(Relaxed {
                    query: Self {
                        text: joined(clauses.iter()),
                        clauses,
                        left_out: self.left_out,
                        was_cut: self.was_cut,
                    },
                    given_up,
                });
            }
        }
        relaxed
    }
}

/// What is left of a clause.
fn kept(clause: &Clause, gives_up: fn(&Clause) -> bool) -> Option<Clause> {
    match clause {
        Clause::Brand(brand) if gives_up(clause) => Some(Clause::Word(SearchText::from(brand.as_str()))),
        _ if gives_up(clause) => None,
        _ => Some(clause.clone()),
    }
}

const fn is_price(clause: &Clause) -> bool {
    matches!(clause, Clause::Price { .. })
}

const fn is_brand(clause: &Clause) -> bool {
    matches!(clause, Clause::Brand(_))
}

const fn asks_for_something(clause: &Clause) -> bool {
    !matches!(clause, Clause::Price { .. } | Clause::Without(_))
}
