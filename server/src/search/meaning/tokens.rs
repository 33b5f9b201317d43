//! Texts as a BERT model reads them: words in small letters without accents, taken apart into the
//! longest pieces that the model knows (“word pieces”: Wu et al. 2016, section 4.1).

use std::collections::HashMap;

use anyhow::{Context, ensure};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pieces of a text that are read; what a product is, its beginning says.
const MAX_PIECES: usize = 64;
/// Longer words are not taken apart.
const MAX_WORD_CHARS: usize = 64;
/// Begins a piece that is not the beginning of its word.
const GOES_ON: &str = "##";

pub(super) struct Tokens {
    ids: HashMap<String, usize>,
    begin: usize,
    end: usize,
    unknown: usize,
}

impl Tokens {
    /// Reads a vocabulary: a piece in each line, whose number is its id.
    pub(super) fn read(file: &[u8]) -> anyhow::Result<Self> {
        let text = std::str::from_utf8(file).context("vocab.txt is not UTF-8")?;
        let ids: HashMap<String, usize> = text.lines().enumerate().map(|(id, piece)| (piece.to_owned(), id)).collect();
        let find = |piece: &str| ids.get(piece).copied().with_context(|| format!("vocab.txt has no line {piece}"));
        let (begin, end, unknown) = (find("[CLS]")?, find("[SEP]")?, find("[UNK]")?);
        ensure!(ids.len() == text.lines().count(), "vocab.txt has the same line twice");
        Ok(Self { ids, begin, end, unknown })
    }

    /// The ids of a text's pieces between the model's marks; none for a text without words.
    pub(super) fn of(&self, text: &str) -> Vec<usize> {
        let mut ids = vec![self.begin];
        for word in words(text) {
            if ids.len() > MAX_PIECES {
                break;
            }
            self.add_pieces(&word, &mut ids);
        }
        if ids.len() == 1 {
            return Vec::new();
        }
        ids.truncate(MAX_PIECES + 1);
        ids.push(self.end);
        ids
    }

    fn add_pieces(&self, word: &str, ids: &mut Vec<usize>) {
        let before = ids.len();
        let mut rest = word;
        let mut prefix = "";
        while !rest.is_empty() && word.chars().count() <= MAX_WORD_CHARS {
            let ends = rest.char_indices().map(|(start, char)| start + char.len_utf8()).rev();
            let longest =
                ends.into_iter().find_map(|end| Some((*self.ids.get(&format!("{prefix}{}", &rest[..end]))?, end)));
            let Some((id, end)) = longest else { break };
            ids.push(id);
            rest = &rest[end..];
            prefix = GOES_ON;
        }
        if !rest.is_empty() {
            // A word is known as a whole or not at all.
            ids.truncate(before);
            ids.push(self.unknown);
        }
    }
}

/// Words in small letters without accents; every other sign is a word of its own.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for char in text.nfd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase) {
        let is_apart = !char.is_alphanumeric() || is_ideograph(char);
        if char.is_whitespace() || char.is_control() {
            is_open = false;
        } else if is_open
            && !is_apart
            && let Some(word) = words.last_mut()
        {
            word.push(char);
        } else {
            words.push(char.to_string());
            is_open = !is_apart;
        }
    }
    words
}

/// Scripts without spaces: every sign is a word.
const fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens() -> Tokens {
        Tokens::read(b"[PAD]\n[UNK]\n[CLS]\n[SEP]\ntable\nlam\n##p\n##s\n-\ncafe\n4\n").unwrap()
    }

    #[test]
    fn words_are_taken_apart_into_the_longest_pieces() {
        assert_eq!(tokens().of("Café-table LAMPS 4"), [2, 9, 8, 4, 5, 6, 7, 10, 3]);
        assert_eq!(tokens().of("lamb"), [2, 1, 3]);
        assert!(tokens().of(" \n ").is_empty());
    }

    #[test]
    fn a_vocabulary_without_its_marks_says_which_one() {
        let error = Tokens::read(b"[UNK]\n[CLS]\n").map(drop).unwrap_err();
        assert_eq!(error.to_string(), "vocab.txt has no line [SEP]");
    }

    proptest! {
        #[test]
        fn any_text_has_few_pieces(text in any::<String>()) {
            prop_assert!(tokens().of(&text).len() <= MAX_PIECES + 2);
        }
    }
}
