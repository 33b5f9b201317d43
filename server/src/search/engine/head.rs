//! The word that says what a thing is: the last one of `red desk lamp`, the one before `with` in
//! `basket with lid`. A shelf is called after what stands on it, so a query whose head is the head of a
//! shelf's name asks for its products: a phone is no phone case.

use super::schema::joined_word;
use super::words::{Piece, joined, pieces};

/// Behind them stands what the thing has or is for, and not what it is.
const PREPOSITIONS: [&str; 6] = ["for", "with", "without", "w", "by", "from"];

/// The place of the word that says what a thing is; sizes and models are passed over.
pub(super) fn head(pieces: &[Piece]) -> Option<usize> {
    let is_preposition = |piece: &Piece| PREPOSITIONS.contains(&piece.written());
    // One that stands first is behind nothing.
    let end = pieces.iter().skip(1).position(is_preposition).map_or(pieces.len(), |behind| behind + 1);
    let is_kind = |piece: &Piece| !piece.is_measure && !piece.word.bytes().any(|byte| byte.is_ascii_digit());
    pieces[..end].iter().rposition(is_kind)
}

/// The words of the index that say what a shelf's products are, such as `lamp` and `shade` for
/// `Lamps & lamp shades`.
pub(super) fn heads(shelf: &str) -> Vec<String> {
    let mut heads = Vec::new();
    for part in shelf.split(['&', ',', '/']) {
        for kind in pieces(part).split(|piece| piece.word == "and") {
            let Some(place) = head(kind) else { continue };
            let is_one_chunk = |first: usize| kind[first].chunk == kind[place].chunk;
            let chunks = joined(kind).into_iter().filter(|chunk| chunk.last == place && is_one_chunk(chunk.first));
            heads.push(kind[place].word.clone());
            heads.extend(chunks.map(|chunk| joined_word(&chunk.word)));
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_a_thing_is() {
        for (query, expected) in [
            ("red desk lamps", "lamp"),
            ("phone case", "case"),
            ("basket with lid", "basket"),
            ("case for phones", "case"),
            ("samsung tv 55 inch", "tv"),
            ("laptop 16gb zx81", "laptop"),
            ("with wheels", "wheel"),
            ("built in oven", "oven"),
        ] {
            let pieces = pieces(query);
            assert_eq!(head(&pieces).map(|place| pieces[place].word.as_str()), Some(expected), "{query}");
        }
        for nothing in ["", "55 inch", "zx81"] {
            assert_eq!(head(&pieces(nothing)), None, "{nothing}");
        }
    }

    #[test]
    fn a_shelf_is_called_after_what_stands_on_it() {
        for (shelf, expected) in [
            ("Cell phones", "phone"),
            ("Phone cases", "case"),
            ("Cell Phones & Accessories", "phone accessory"),
            ("Lamps, lights and candles", "lamp light candle"),
            ("Cases for phones", "case"),
            ("T-shirts", "shirt ^tshirt"),
            ("2024", ""),
        ] {
            assert_eq!(heads(shelf).join(" "), expected, "{shelf}");
        }
    }
}
