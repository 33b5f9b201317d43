//! Words that mean the same to shoppers. Operators edit the file; it works at the next question.

use std::collections::HashMap;

use super::plurals::singular;
use super::words::{Piece, pieces};

/// The groups that a store begins with.
const BUILT_IN: &str = include_str!("synonyms.txt");

/// Groups of words that stand for each other.
#[derive(Debug, Clone)]
pub(super) struct Synonyms(HashMap<String, Vec<String>>);

impl Synonyms {
    /// One group to a line, words apart by commas; `#` begins a remark. A word of several parts is
    /// found where a title has them side by side.
    pub(super) fn read(text: &str) -> Self {
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let group: Vec<String> = line.split(',').map(one_word).filter(|word| !word.is_empty()).collect();
            for word in &group {
                let known = found.entry(word.clone()).or_default();
                known.extend(group.iter().filter(|other| *other != word).cloned());
                known.sort();
                known.dedup();
            }
        }
        Self(found)
    }

    pub(super) fn of(&self, word: &str) -> &[String] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

impl Default for Synonyms {
    fn default() -> Self {
        Self::read(BUILT_IN)
    }
}

fn one_word(text: &str) -> String {
    let pieces = pieces(text);
    match pieces.as_slice() {
        [one] => one.word.clone(),
        several => singular(&several.iter().map(Piece::written).collect::<String>()),
    }
}
