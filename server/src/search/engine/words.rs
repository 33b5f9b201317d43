//! Words as the index knows them: how text, of a product or of a query, is cut, folded and joined.
//!
//! A *piece* is a run of letters and digits in small letters without accents, its plural taken off;
//! a number with its unit is one piece in the base unit (`1 tb` → `1000000mb`), and so are the sides of a size
//! (`10 × 15 cm` → `100x150mm`). What is written without spaces is cut into every two characters that stand side by
//! side. A *chunk* is what hyphens and the like hold together: `T-shirt`, `55PUS7803/12`. Both sides also know the
//! chunk as one word (`tshirt`), neighbours as one word, and the runs of letters or digits inside a piece
//! (`iphone8` → `iphone`, `8`), which is what spacing, hyphens and model numbers differ in.

use domain::search::query::{Sizes, number_run, plain_number};

use super::letters::{fold, is_accent, is_apostrophe, is_letter, is_unspaced, plain_text, spelt_out};
use super::plurals::singular;
use super::spellings::one_spelling;

/// Longest word that the index keeps, in bytes; what is longer is cut.
pub(super) const MAX_WORD_BYTES: usize = 40;
/// Longest word that neighbours are joined to, in bytes.
const MAX_JOINED_BYTES: usize = 24;
/// A piece of letters and digits that is shorter is not taken apart: `s8` says more than `s` and `8`.
const MIN_TAKEN_APART_BYTES: usize = 4;

/// Whether a word is written as one of a thing or as several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    One,
    /// As `shorts`, which are no `short`.
    Several,
}

/// One piece of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Folded, in the singular and in its one spelling.
    pub(super) word: String,
    /// Folded as it stands, where that differs from `word`; the number alone of a measure.
    pub(super) plain: Option<String>,
    /// The word with its accents spelt out, where it has some: `mueller` for `Müller`.
    pub(super) spelt_out: Option<String>,
    pub(super) is_measure: bool,
    /// Whether it is only what so many of a thing are sold in: the pack in `pack of 6`.
    pub(super) is_container: bool,
    pub(super) form: Form,
    /// Whether it is cut from what is written without spaces.
    is_unspaced: bool,
    /// What it is made of: the sides of a size, the characters of a pair.
    inside: Vec<String>,
    /// Pieces with the same number are held together.
    pub(super) chunk: u32,
}

/// Cuts a text into its pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let text = plain_text(text);
    let mut cutter = Cutter::default();
    let (mut rest, mut before) = (text.as_str(), ' ');
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        let next = rest[taken..].chars().next().unwrap_or(' ');
        let is_point = c == '.' && before.is_ascii_digit() && next.is_ascii_digit();
        let begins = cutter.run.is_empty() && (!is_letter(before) || is_unspaced(before));
        if let Some(sizes) = Some(rest).filter(|_| begins).and_then(Sizes::at_start) {
            cutter.add_sizes(&sizes);
            taken = sizes.bytes;
        } else if is_accent(c) {
            rest = &rest[taken..];
            continue;
        } else if begins && c.is_ascii_digit() {
            taken = cutter.begin_number(number_run(rest));
        } else if is_unspaced(c) && is_letter(c) {
            cutter.end();
            let length = rest.find(|c| !(is_unspaced(c) && is_letter(c))).unwrap_or(rest.len());
            cutter.add_unspaced(&rest[..length]);
            taken = length;
        } else if is_letter(c) || (is_point && !cutter.run.is_empty()) {
            cutter.add(c);
        } else if is_apostrophe(c) && before.is_alphabetic() && next.is_alphabetic() {
            // Men's and mens are one word.
        } else {
            cutter.end();
            let holds_together = is_joiner(c) && is_letter(before) && is_letter(next);
            if !holds_together {
                cutter.chunk += 1;
            }
        }
        before = rest[..taken].chars().next_back().unwrap_or(c);
        rest = &rest[taken..];
    }
    cutter.end();
    cutter.pieces
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '+' | '_' | '&' | '*' | ':')
}

/// What is cut of a text so far.
#[derive(Debug, Default)]
struct Cutter {
    pieces: Vec<Piece>,
    chunk: u32,
    /// Letters and digits of a piece that has not ended, folded.
    run: String,
    /// The same with accents spelt out.
    spelt_out: String,
}

impl Cutter {
    fn add(&mut self, c: char) {
        fold(c, &mut self.run);
        match spelt_out(c) {
            Some(letters) => self.spelt_out.push_str(letters),
            None => fold(c, &mut self.spelt_out),
        }
    }

    fn add_sizes(&mut self, sizes: &Sizes<'_>) {
        let chunk = self.chunk;
        let container = sizes.container.map(|container| Piece { is_container: true, ..piece(container, chunk) });
        self.pieces.extend(container);
        for size in &sizes.sizes {
            let plain = (size.number != size.word).then(|| size.number.clone());
            let is_measure = plain.is_some() || !size.sides.is_empty();
            let (word, inside) = (size.word.clone(), size.sides.clone());
            self.pieces.push(Piece { word, plain, is_measure, inside, chunk, ..Piece::default() });
        }
    }

    /// Begins a piece with a number, as long as `raw` or less. What commas part otherwise than in a number is a list:
    /// all but its last number are pieces of their own.
    fn begin_number(&mut self, raw: &str) -> usize {
        let number = plain_number(raw);
        let Some((list, last)) = raw.rsplit_once(',').filter(|_| number.is_none()) else {
            number.as_deref().unwrap_or(raw).chars().for_each(|c| self.add(c));
            return raw.len();
        };
        for number in list.split(',') {
            number.chars().for_each(|c| self.add(c));
            self.end();
            self.chunk += 1;
        }
        raw.len() - last.len()
    }

    /// Every two characters that stand side by side, or the only one.
    fn add_unspaced(&mut self, text: &str) {
        let folded = |c: char| {
            let mut folded = String::new();
            fold(c, &mut folded);
            folded
        };
        let characters: Vec<String> = text.chars().map(folded).collect();
        let chunk = self.chunk;
        let unspaced = |characters: &[String]| {
            let inside = if characters.len() > 1 { characters.to_vec() } else { Vec::new() };
            Piece { word: characters.concat(), is_unspaced: true, inside, chunk, ..Piece::default() }
        };
        match characters.as_slice() {
            [one] => self.pieces.push(unspaced(std::slice::from_ref(one))),
            several => self.pieces.extend(several.windows(2).map(unspaced)),
        }
    }

    /// Ends a run of letters and digits as a piece.
    fn end(&mut self) {
        if self.run.is_empty() {
            return;
        }
        cut(&mut self.run, MAX_WORD_BYTES);
        cut(&mut self.spelt_out, MAX_WORD_BYTES);
        let spelt_out = (self.spelt_out != self.run).then(|| one_spelling(singular(&self.spelt_out)));
        self.pieces.push(Piece { spelt_out, ..piece(&self.run, self.chunk) });
        self.run.clear();
        self.spelt_out.clear();
    }
}

fn piece(run: &str, chunk: u32) -> Piece {
    let one = singular(run);
    let form = if one == run { Form::One } else { Form::Several };
    let word = one_spelling(one);
    let plain = (word != run).then(|| run.to_owned());
    Piece { word, plain, form, chunk, ..Piece::default() }
}

/// Every text of neighbours joined to one word.
pub(super) fn joined(pieces: &[Piece]) -> Vec<Joined> {
    let mut found = Vec::new();
    for first in 0..pieces.len() {
        let mut word = String::new();
        for last in first..pieces.len() {
            let piece = &pieces[last];
            if piece.is_unspaced || piece.is_container {
                break;
            }
            // The number of a measure is no digits of another number: 2 x 4 GB are no 24.
            let is_measured = piece.is_measure || (last > first && pieces[last - 1].is_measure);
            let is_digit = |c: char| c.is_ascii_digit();
            if is_measured && word.ends_with(is_digit) && piece.written().starts_with(is_digit) {
                break;
            }
            word.push_str(piece.written());
            let count = last - first + 1;
            let one_chunk = piece.chunk == pieces[first].chunk;
            if word.len() > MAX_JOINED_BYTES || count > MAX_NEIGHBOURS {
                break;
            }
            // Two words may be one; more of them are only where they look like a model number.
            if count == 2 || (count > 2 && (one_chunk || word.bytes().any(|byte| byte.is_ascii_digit()))) {
                found.push(Joined { first, last, word: one_spelling(singular(&word)) });
            }
        }
    }
    found
}

/// Most pieces that are joined.
const MAX_NEIGHBOURS: usize = 5;

/// Neighbours as one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Joined {
    pub(super) first: usize,
    /// Included.
    pub(super) last: usize,
    pub(super) word: String,
}

impl Piece {
    /// As it was written, folded.
    pub(super) fn written(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.word)
    }

    /// The runs of letters or digits inside, the number and the sides of a size; nothing where the piece is one run,
    /// or short.
    pub(super) fn parts(&self) -> Vec<&str> {
        let word = self.word.as_str();
        let mut parts = Vec::new();
        if self.is_measure || !self.inside.is_empty() {
            parts.extend(self.plain.as_deref());
            parts.extend(self.inside.iter().map(String::as_str));
            return parts;
        }
        if word.len() < MIN_TAKEN_APART_BYTES || word.contains('.') {
            return parts;
        }
        let kind = |c: char| c.is_ascii_digit();
        let mut start = 0;
        for (at, c) in word.char_indices().skip(1) {
            let before = word[..at].chars().next_back().is_some_and(kind);
            if before != kind(c) {
                parts.push(&word[start..at]);
                start = at;
            }
        }
        if start > 0 {
            parts.push(&word[start..]);
        }
        parts
    }
}

fn cut(run: &mut String, max_bytes: usize) {
    if run.len() > max_bytes {
        let end = (0..=max_bytes).rev().find(|end| run.is_char_boundary(*end)).unwrap_or(0);
        run.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut_up(text: &str) -> String {
        pieces(text).iter().map(|piece| piece.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_same_thing_written_differently_has_the_same_words() {
        for (one, other) in [
            ("55\" TV", "55 inch tv"),
            ("1TB", "1000 gb"),
            ("Café lamps", "cafe LAMP"),
            ("cre\u{300}me bru\u{302}le\u{301}e-dish", "Crème brûlée-dish"),
            ("İstanbul", "istanbul"),
            ("Men's boots", "mens boot"),
            ("Gray color pajamas", "grey colour pyjama"),
            ("3.70GHz", "3.7 ghz"),
            ("1,000 pieces", "1000pcs"),
            ("1,5 kg", "1.5kg"),
            ("red,blue", "red, blue"),
            ("1,2,3 l", "1, 2, 3l"),
            ("½ inch", "1/2\""),
            ("2 x 16 GB", "2×16gb"),
            ("set of 4 bowls", "set of four bowl"),
            ("desk—lamp", "desk lamp"),
        ] {
            assert_eq!(cut_up(one), cut_up(other));
        }
        assert_eq!(cut_up("55PUS7803/12"), "55pus7803 12");
        assert_eq!(cut_up("glasses dishes boxes berries bus glass"), "glass dish box berry bus glass");
    }

    #[test]
    fn neighbours_and_chunks_are_also_one_word() {
        let words = |text| joined(&pieces(text)).into_iter().map(|joined| joined.word).collect::<Vec<_>>();
        assert_eq!(words("T-shirts"), ["tshirt"]);
        assert_eq!(words("zba 23042 sa"), ["zba23042", "zba23042sa", "23042sa"]);
        assert_eq!(words("a-b-c-d"), ["ab", "abc", "abcd", "bc", "bcd", "cd"]);
        assert_eq!(words("64 gb ram"), ["64ram"]);
        assert!(words("2 x 4 GB").is_empty() && words("4 GB 1600").is_empty());
        assert!(words("充電器").is_empty());
    }

    #[test]
    fn what_is_written_without_spaces_is_cut_into_pairs() {
        assert_eq!(cut_up("USB充電器"), "usb 充電 電器");
        assert_eq!(cut_up("茶"), "茶");
        assert_eq!(cut_up("充電器5cm用"), "充電 電器 50mm 用");
    }

    #[test]
    fn accents_are_also_spelt_out() {
        let spelt_out = |text: &str| pieces(text).into_iter().filter_map(|piece| piece.spelt_out).collect::<Vec<_>>();
        assert_eq!(spelt_out("Müller's Ærø, crème Ångström"), ["mueller", "aeroe", "aangstroem"]);
    }

    #[test]
    fn runs_inside_a_piece() {
        let parts = |text| pieces(text)[0].parts().join(" ");
        assert_eq!(parts("KGF56HI40"), "kgf 56 hi 40");
        assert_eq!(parts("iphone8"), "iphone 8");
        assert_eq!((parts("10x15cm").as_str(), parts("10 x 15").as_str()), ("10x15 100mm 150mm", "10 15"));
        assert_eq!(parts("充電"), "充 電");
        assert_eq!((parts("s8").as_str(), parts("lamp").as_str(), parts("64gb").as_str()), ("", "", "64"));
    }

    proptest! {
        #[test]
        fn any_text_has_short_words(text in "(?s).{0,120}") {
            for piece in pieces(&text) {
                prop_assert!(!piece.word.is_empty() && piece.word.len() <= MAX_WORD_BYTES + 8, "{:?}", piece);
                prop_assert!(!piece.word.contains(char::is_whitespace));
                piece.parts();
            }
            joined(&pieces(&text));
        }
    }
}
