//! Neighbours of a word in the catalog's own vocabulary.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::schema::JOINED_MARK;

/// Shorter words have too many neighbours to guess.
const MIN_CHARS: usize = 4;
/// Words with as many letters may have two edits.
const MIN_CHARS_FOR_TWO: usize = 8;
/// Neighbours that are considered.
const MAX_FOUND: usize = 3;
/// Steps through the words of the index that looking for the neighbours of one query's words may take. Two
/// edits are within reach of much of what is written with digits; what lies behind the last step is not found.
/// No segment of the index takes the steps of the others.
const MAX_STEPS: u32 = 500_000;

/// The steps that are left to one query.
pub(super) struct Steps(Cell<u32>);

impl Steps {
    /// How many are left when one of so many segments has taken its part.
    fn after_one_of(&self, segments: u32) -> u32 {
        let left = self.0.get();
        left - left / segments.max(1)
    }

    pub(super) fn are_over(&self) -> bool {
        self.0.get() == 0
    }
}

impl Default for Steps {
    fn default() -> Self {
        Self(Cell::new(MAX_STEPS))
    }
}

/// A word of the catalog near a typed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub(super) word: String,
    pub(super) edits: u8,
    /// Products that have it.
    pub(super) products: u64,
}

/// The words that are fewest edits away, the most frequent first. Letters inserted, left out,
/// changed or swapped with their neighbour are one edit each; a number is never changed.
pub(super) fn neighbours(
    searcher: &Searcher,
    field: Field,
    word: &str,
    steps: &Steps,
) -> tantivy::Result<Vec<Neighbour>> {
    let chars = word.chars().count();
    if chars < MIN_CHARS || word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Ok(Vec::new());
    }
    let mut found = near(searcher, field, word, 1, steps)?;
    if found.is_empty() && chars >= MIN_CHARS_FOR_TWO {
        found = near(searcher, field, word, 2, steps)?;
    }
    found.sort_by(|a, b| (a.edits, b.products, &a.word).cmp(&(b.edits, a.products, &b.word)));
    found.truncate(MAX_FOUND);
    Ok(found)
}

fn near(searcher: &Searcher, field: Field, word: &str, edits: u8, steps: &Steps) -> tantivy::Result<Vec<Neighbour>> {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    let builder = if edits == 1 { &ONE } else { &TWO };
    let dfa = builder.get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true)).build_dfa(word);
    let mut found: BTreeMap<String, (u8, u64)> = BTreeMap::new();
    let mut segments: Vec<_> = searcher.segment_readers().iter().collect();
    // What the small ones leave is there for the large ones.
    segments.sort_by_key(|segment| segment.max_doc());
    for (segment, left) in segments.iter().zip((1..=u32::try_from(segments.len()).unwrap_or(u32::MAX)).rev()) {
        let index = segment.inverted_index(field)?;
        let near = Near { dfa: &dfa, steps, until: steps.after_one_of(left) };
        let mut terms = index.terms().search(near).into_stream()?;
        while terms.advance() {
            let Ok(near) = std::str::from_utf8(terms.key()) else { continue };
            if near.starts_with(JOINED_MARK) {
                continue;
            }
            let products = u64::from(terms.value().doc_freq);
            if let Some((_, known)) = found.get_mut(near) {
                *known += products;
            } else if let Distance::Exact(edits) = dfa.eval(near)
                && edits > 0
                && same_digits(word, near)
            {
                found.insert(near.to_owned(), (edits, products));
            }
        }
    }
    Ok(found.into_iter().map(|(word, (edits, products))| Neighbour { word, edits, products }).collect())
}

/// An edit that changes a digit makes another thing: a 64 is no 65. In a long mixture of letters and
/// digits, a model number, it may be a slip.
fn same_digits(typed: &str, near: &str) -> bool {
    const LONG_BYTES: usize = 6;
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    typed.len() >= LONG_BYTES || digits(typed) == digits(near)
}

struct Near<'a> {
    dfa: &'a DFA,
    steps: &'a Steps,
    /// With so many steps left it ends.
    until: u32,
}

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.dfa.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.dfa.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE && self.steps.0.get() > self.until
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.steps.0.set(self.steps.0.get().saturating_sub(1));
        self.dfa.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_segment_has_its_part_of_the_steps_and_the_last_one_what_is_left() {
        let steps = Steps(Cell::new(90));
        assert_eq!([3, 2, 1].map(|segments| steps.after_one_of(segments)), [60, 45, 0]);
        assert_eq!(Steps(Cell::new(0)).after_one_of(3), 0);
    }
}
