//! The query grammar: what a shopper means by what they type.
//!
//! Words, `"phrases"`, `-not`, `brand:name`, `under 50`, `over 20`, `between 20 and 40`, and numbers
//! with units such as `55"`, `1 tb`, `10 × 15 cm` or `pack of 6`. Guards the rule that nothing fails: whatever can not be read
//! as something special is a word, too much is left out and counted, and [`Query`] tells what it
//! understood: its `Display` is a query again, which means the same. Pure: the pages of results show with it what was
//! understood, and the server's index and its counts of searches read queries by it.

mod clause;
mod measure;
mod number;
mod parse;
mod relax;
mod sign;
mod size;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use clause::Clause;
pub use measure::Quantity;
pub use number::{plain_number, run as number_run};
pub use relax::Relaxed;
pub use sign::{plain_sign, written_fraction};
pub use size::{Size, Sizes};

use super::SearchText;

/// Clauses that one query is read into; the words behind them are left out.
pub const MAX_CLAUSES: usize = 32;

/// A query as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SearchText", into = "SearchText")]
pub struct Query {
    text: SearchText,
    clauses: Vec<Clause>,
    left_out: u32,
    was_cut: bool,
}

impl Query {
    /// Reads anything that a person, or a machine, typed.
    pub fn parse(raw: &str) -> Self {
        let text = SearchText::from(raw);
        let was_cut =
            raw.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>() > SearchText::MAX_CHARS + 1;
        let (clauses, left_out) = parse::clauses(text.as_str());
        Self { text, clauses, left_out, was_cut }
    }

    /// What was typed, tidied and cut.
    pub const fn text(&self) -> &SearchText {
        &self.text
    }

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// How many clauses were left out, because a query has at most [`MAX_CLAUSES`].
    pub const fn left_out(&self) -> u32 {
        self.left_out
    }

    /// Whether the text was longer than [`SearchText::MAX_CHARS`] and lost its end.
    pub const fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// The query without one of its clauses, for the chip that removes it.
    #[must_use]
    pub fn without(&self, clause: usize) -> SearchText {
        let kept = self.clauses.iter().enumerate().filter(|(index, _)| *index != clause);
        joined(kept.map(|(_, clause)| clause))
    }

    /// The query with other words where it asks for words and phrases; all else stays as it is.
    #[must_use]
    pub fn respelt(&self, respell: impl Fn(&str) -> String) -> SearchText {
        let written = |clause: &Clause| match clause {
            Clause::Word(text) => Clause::Word(respell(text.as_str()).into()),
            Clause::Phrase(text) => Clause::Phrase(respell(text.as_str()).into()),
            other => other.clone(),
        };
        let clauses: Vec<Clause> = self.clauses.iter().map(written).collect();
        joined(clauses.iter())
    }
}

fn joined<'a>(clauses: impl Iterator<Item = &'a Clause>) -> SearchText {
    let words: Vec<String> = clauses.map(ToString::to_string).collect();
    SearchText::from(words.join(" ").as_str())
}

impl From<SearchText> for Query {
    fn from(text: SearchText) -> Self {
        Self::parse(text.as_str())
    }
}

impl From<Query> for SearchText {
    fn from(query: Query) -> Self {
        query.text
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, clause) in self.clauses.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            clause.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
