//! Numbers of models, SKUs and GTINs in a query. Who types one means the product that has all of it, and
//! none that has only a part.

use super::words::{Piece, joined};

/// A number of a model is known by so many letters and digits.
pub(super) const MIN_BYTES: usize = 4;
/// So many digits without letters are no size and no year.
const MIN_DIGITS: usize = 5;
/// A word of more letters is an ordinary one and no part of a number that is written apart.
const MAX_PART_CHARS: usize = 3;
/// Digits that stand alone in a number that is written apart, as in `ZX 8841`. As many as a GTIN has are all
/// of it.
const MIN_DIGITS_APART: usize = 4;
const MIN_GTIN_DIGITS: usize = 8;

/// A number of a model in a query, by the places of its pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Model {
    pub(super) first: usize,
    /// Included.
    pub(super) last: usize,
    /// All of it as one word.
    pub(super) word: String,
}

/// Every number of a model among the pieces of a query, longer ones beside those within them.
pub(super) fn models(pieces: &[Piece]) -> Vec<Model> {
    let alone = (0..).zip(pieces).map(|(place, piece)| (place, place, piece.word.clone()));
    let several = joined(pieces).into_iter().map(|joined| (joined.first, joined.last, joined.word));
    let is_model = |(first, last, word): &(usize, usize, String)| names_a_model(&pieces[*first..=*last], word);
    let found = alone.chain(several).filter(is_model);
    found.map(|(first, last, word)| Model { first, last, word }).collect()
}

fn names_a_model(pieces: &[Piece], word: &str) -> bool {
    let digits = digits(word);
    let has_letter = word.contains(char::is_alphabetic);
    let is_number = digits >= MIN_DIGITS || (digits > 0 && has_letter && word.len() >= MIN_BYTES);
    is_number && pieces.iter().all(|piece| !piece.is_measure) && (is_one_chunk(pieces) || is_apart(pieces))
}

fn is_one_chunk(pieces: &[Piece]) -> bool {
    pieces.windows(2).all(|pair| pair[0].chunk == pair[1].chunk)
}

/// Whether pieces with spaces between them look like one number.
fn is_apart(pieces: &[Piece]) -> bool {
    let is_part = |piece: &Piece| match digits(&piece.word) {
        0 => piece.written().chars().count() <= MAX_PART_CHARS,
        digits => digits < MIN_GTIN_DIGITS,
    };
    let is_telling = |piece: &Piece| {
        let digits = digits(&piece.word);
        digits >= MIN_DIGITS_APART || (digits > 0 && digits < piece.word.len())
    };
    pieces.iter().all(is_part) && pieces.iter().any(is_telling)
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::super::words::pieces;
    use super::*;

    #[test]
    fn numbers_of_models_are_told_from_sizes_and_words() {
        let named = |query: &str| models(&pieces(query)).into_iter().map(|model| model.word).collect::<Vec<_>>();
        assert_eq!(named("neff H12WE60S0G microwave"), ["h12we60s0g"]);
        assert_eq!(named("ZX-8841 lamp"), ["zx8841"]);
        assert_eq!(named("zx 8841"), ["zx8841"]);
        assert_eq!(named("mug 4006381333931"), ["4006381333931"]);
        for none in ["red lamp 55", "tv 55 inch", "2018 calendar", "iphone 8", "64gb usb 3", "mp3 player", "set of 6"] {
            assert_eq!(named(none), Vec::<String>::new(), "{none}");
        }
    }
}
