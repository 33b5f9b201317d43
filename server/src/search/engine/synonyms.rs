//! Words that mean the same to shoppers, or that one word also means. Operators edit the file; it works at the next
//! question.

use std::collections::HashMap;

use super::plurals::singular;
use super::spellings::one_spelling;
use super::words::{Piece, pieces};

/// The groups that a store begins with.
const BUILT_IN: &str = include_str!("synonyms.txt");

/// Stands between words and what they also mean, but are not meant by.
const ALSO_MEANS: &str = "=>";

/// Words that stand for others.
#[derive(Debug, Clone)]
pub(super) struct Synonyms(HashMap<String, Vec<String>>);

impl Synonyms {
    /// One group to a line, words apart by commas; `#` begins a remark. In `bin => trash can` who asks for a bin
    /// finds trash cans as well, and not the other way round: one is a kind of the other. A word of several parts is
    /// found where a title has them side by side.
    pub(super) fn read(text: &str) -> Self {
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let (asked, meant) = line.split_once(ALSO_MEANS).unwrap_or((line, line));
            let (asked, meant) = (group(asked), group(meant));
            for word in asked {
                let known = found.entry(word.clone()).or_default();
                known.extend(meant.iter().filter(|other| **other != word).cloned());
                known.sort();
                known.dedup();
            }
            // What is meant was written on purpose as well.
            for word in meant {
                found.entry(word).or_default();
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

fn group(words: &str) -> Vec<String> {
    words.split(',').map(one_word).filter(|word| !word.is_empty()).collect()
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
            ("smartphone", "mobile phone"),
            ("notebook", "laptop"),
            ("trainers", "sneakers"),
            ("tap", "faucet"),
            ("torch", "flashlight"),
            ("nappies", "diapers"),
            ("rubbish bin", "trash can"),
            ("two", "2"),
            ("bin bags", "trash bags"),
            ("tea towel", "dish towel"),
            ("wellies", "rain boots"),
            ("usb stick", "flash drive"),
            ("chopping board", "cutting boards"),
            ("xmas", "christmas"),
            ("decorative pillows", "cushion"),
        ] {
            let (one, other) = (one_word(one), one_word(other));
            assert!(synonyms.of(&one).contains(&other) && synonyms.of(&other).contains(&one), "{one}, {other}");
        }
        assert!(synonyms.of("lampshade").is_empty());
    }

    #[test]
    fn a_kind_of_a_thing_is_found_by_the_thing_and_not_the_other_way_round() {
        let synonyms = Synonyms::default();
        for (thing, kind) in [
            ("phone", "smartphone"),
            ("bin", "trash can"),
            ("light", "lamp"),
            ("puzzle", "jigsaw"),
            ("cushions", "throw pillow"),
        ] {
            let (thing, kind) = (one_word(thing), one_word(kind));
            assert!(synonyms.of(&thing).contains(&kind) && synonyms.has(&kind), "{thing}, {kind}");
        }
        for (one, other) in [("jigsaw", "puzzle"), ("lamp", "light"), ("storage", "hard drive"), ("pillow", "cushion")]
        {
            assert!(!synonyms.of(&one_word(one)).contains(&one_word(other)), "{one}, {other}");
        }
        let read = Synonyms::read("a, b => c, d # why\n => e\nf =>\n");
        assert_eq!((read.of("a"), read.of("b")), (["c", "d"].map(str::to_owned).as_slice(), read.of("a")));
        assert!(["c", "e", "f"].iter().all(|word| read.of(word).is_empty()));
    }

    #[test]
    fn each_group_says_something_that_a_title_can_have() {
        for line in BUILT_IN.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<Vec<Piece>> = line.replace(ALSO_MEANS, ",").split(',').map(pieces).collect();
            assert!(words.len() > 1, "{line}");
            for word in words {
                // More words, or longer ones, are joined nowhere.
                let is_joined = joined(&word).iter().any(|joined| joined.first == 0 && joined.last + 1 == word.len());
                assert!(word.len() == 1 || (word.len() == 2 && is_joined), "{line}");
            }
        }
    }
}
