//! Words that mean the same to shoppers. Operators edit the file; it works at the next question.

use std::collections::HashMap;

use super::plurals::singular;
use super::spellings::one_spelling;
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

    /// Whether a word stands in some group: somebody wrote it on purpose.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
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
        several => one_spelling(singular(&several.iter().map(Piece::written).collect::<String>())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::joined;
    use super::*;

    #[test]
    fn british_and_american_words_stand_for_each_other() {
        let synonyms = Synonyms::default();
        for (one, other) in [
            ("telly", "television"),
            ("phone", "smartphone"),
            ("notebook", "laptop"),
            ("trainers", "sneakers"),
            ("tap", "faucet"),
            ("torch", "flashlight"),
            ("nappies", "diapers"),
            ("bin bags", "trash bags"),
            ("tea towel", "dish towel"),
            ("wellies", "rain boots"),
            ("usb stick", "flash drive"),
            ("chopping board", "cutting boards"),
            ("xmas", "christmas"),
        ] {
            let (one, other) = (one_word(one), one_word(other));
            assert!(synonyms.of(&one).contains(&other) && synonyms.of(&other).contains(&one), "{one}, {other}");
        }
        assert!(synonyms.of("lampshade").is_empty());
    }

    #[test]
    fn each_group_says_something_that_a_title_can_have() {
        for line in BUILT_IN.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<Vec<Piece>> = line.split(',').map(pieces).collect();
            assert!(words.len() > 1, "{line}");
            for word in words {
                // More words, or longer ones, are joined nowhere.
                let is_joined = joined(&word).iter().any(|joined| joined.first == 0 && joined.last + 1 == word.len());
                assert!(word.len() == 1 || (word.len() == 2 && is_joined), "{line}");
            }
        }
    }
}
