//! Words as the index knows them: how text, of a product or of a query, is cut, folded and joined.
//!
//! A *piece* is a run of letters and digits in small letters without accents, its plural taken off;
//! a number with its unit is one piece in the base unit (`1 tb` → `1000000mb`). A *chunk* is what
//! hyphens and the like hold together: `T-shirt`, `55PUS7803/12`. Both sides also know the chunk as
//! one word (`tshirt`), neighbours as one word, and the runs of letters or digits inside a piece
//! (`iphone8` → `iphone`, `8`), which is what spacing, hyphens and model numbers differ in.

use domain::search::query::Quantity;

use super::plurals::singular;
use super::spellings::one_spelling;

/// Longest word that the index keeps, in bytes; what is longer is cut.
pub(super) const MAX_WORD_BYTES: usize = 40;
/// Longest word that neighbours are joined to, in bytes.
const MAX_JOINED_BYTES: usize = 24;
/// A piece of letters and digits that is shorter is not taken apart: `s8` says more than `s` and `8`.
const MIN_TAKEN_APART_BYTES: usize = 4;

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Folded, in the singular and in its one spelling.
    pub(super) word: String,
    /// Folded as it stands, where that differs from `word`; the number alone of a measure.
    pub(super) plain: Option<String>,
    pub(super) is_measure: bool,
    /// Pieces with the same number are held together.
    pub(super) chunk: u32,
}

/// Cuts a text into its pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chunk = 0;
    let mut run = String::new();
    let mut chars = text.chars().filter(|c| !is_accent(*c)).peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if c.is_alphanumeric() {
            fold(c, &mut run);
        } else if matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit() {
            run.push(c);
        } else if is_apostrophe(c) && before.is_alphabetic() && next.is_alphabetic() {
            // Men's and mens are one word.
        } else {
            end(&mut run, chunk, &mut pieces);
            let is_inch = before.is_ascii_digit() && matches!(c, '"' | '”' | '″');
            if is_inch {
                run.push('"');
                end(&mut run, chunk, &mut pieces);
            }
            let holds_together = is_joiner(c) && before.is_alphanumeric() && next.is_alphanumeric();
            if !holds_together {
                chunk += 1;
            }
        }
        before = c;
    }
    end(&mut run, chunk, &mut pieces);
    pieces
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '+' | '_' | '‐' | '‑' | '–' | '&' | '*' | ':')
}

/// An accent that stands behind its letter: `e` and `´` instead of `é`.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`')
}

/// Ends a run of letters and digits as a piece, or as the unit of the number before it.
fn end(run: &mut String, chunk: u32, pieces: &mut Vec<Piece>) {
    if run.is_empty() {
        return;
    }
    cut(run, MAX_WORD_BYTES);
    if let Some(number) = pieces.last_mut().filter(|piece| !piece.is_measure)
        && let Some(quantity) = Quantity::new(&number.word.replace(',', ""), run)
    {
        number.plain = Some(std::mem::replace(&mut number.word, quantity.to_string()));
        number.is_measure = true;
        run.clear();
        return;
    }
    if run != "\"" {
        pieces.push(piece(run, chunk));
    }
    run.clear();
}

fn piece(run: &str, chunk: u32) -> Piece {
    if let Some(quantity) = Quantity::from_word(run) {
        let digits = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        return Piece { word: quantity.to_string(), plain: Some(tidy_number(digits)), is_measure: true, chunk };
    }
    let run = tidy_number(run);
    let word = one_spelling(singular(&run));
    let plain = (word != run).then_some(run);
    Piece { word, plain, is_measure: false, chunk }
}

/// A number without commas and without zeros behind its point.
fn tidy_number(run: &str) -> String {
    let run = run.replace(',', "");
    match run.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
        }
        _ => run,
    }
}

/// Every text of neighbours joined to one word.
pub(super) fn joined(pieces: &[Piece]) -> Vec<Joined> {
    let mut found = Vec::new();
    for first in 0..pieces.len() {
        let mut word = String::new();
        for last in first..pieces.len() {
            let piece = &pieces[last];
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

    /// The runs of letters or digits inside; nothing where the piece is one run, or short.
    pub(super) fn parts(&self) -> Vec<&str> {
        let word = self.word.as_str();
        let mut parts = Vec::new();
        if self.is_measure {
            parts.extend(self.plain.as_deref());
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

/// A text in small letters without accents and signs, its words apart by one space.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_accent(*c)) {
        if c.is_alphanumeric() {
            fold(c, &mut folded);
        } else if !is_apostrophe(c) && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A text in small letters, its words apart by one space, as people write them: with their accents, and with
/// the apostrophes inside. Its words are those of what [`folded`] makes of the text.
pub(super) fn spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if is_accent(c) {
            if before.is_alphanumeric() {
                spelt.push(c);
            }
            continue;
        }
        if c.is_alphanumeric() {
            spelt.extend(c.to_lowercase());
        } else if is_apostrophe(c) {
            if before.is_alphabetic() && chars.peek().is_some_and(|next| next.is_alphabetic()) {
                spelt.push('\'');
            }
        } else if !spelt.is_empty() && !spelt.ends_with(' ') {
            spelt.push(' ');
        }
        before = c;
    }
    spelt.truncate(spelt.trim_end().len());
    spelt
}

/// How many characters of what [`spelt`] makes of a text are so many bytes of what [`folded`] makes of it.
pub(super) fn chars_spelt(spelt: &str, folded_bytes: usize) -> usize {
    let (mut folded, mut chars) = (String::new(), 0);
    for c in spelt.chars() {
        if folded.len() >= folded_bytes && !is_accent(c) {
            break;
        }
        if c == ' ' {
            folded.push(c);
        } else if !is_accent(c) && !is_apostrophe(c) {
            fold(c, &mut folded);
        }
        chars += 1;
    }
    chars
}

/// A text with some of its words written otherwise.
pub(super) fn respelt(text: &str, respell: impl Fn(&str) -> Option<String>) -> String {
    runs(text).map(|run| respell(run).unwrap_or_else(|| run.to_owned())).collect()
}

/// The words of a text as they stand, and what stands between them.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    let is_of_word = |c: char| c.is_alphanumeric() || is_accent(c) || is_apostrophe(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = is_of_word(rest.chars().next()?);
        let end = rest.find(|c: char| is_of_word(c) != is_word).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

/// Small letters without accents.
fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase() {
        let letters = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
            'ķ' => "k",
            'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
            'ñ' | 'ń' | 'ň' | 'ņ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
            'œ' => "oe",
            'ŕ' | 'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ß' => "ss",
            'ť' | 'ţ' | 'ț' | 'þ' => "t",
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            // Small letters of some capitals have theirs behind them.
            accent if is_accent(accent) => "",
            other => {
                into.push(other);
                continue;
            }
        };
        into.push_str(letters);
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
        ] {
            assert_eq!(cut_up(one), cut_up(other));
        }
        assert_eq!(folded("cre\u{300}me  bru\u{302}le\u{301}e"), "creme brulee");
        assert_eq!(cut_up("55PUS7803/12"), "55pus7803 12");
        assert_eq!(cut_up("glasses dishes boxes berries bus glass"), "glass dish box berry bus glass");
    }

    #[test]
    fn what_is_shown_keeps_accents_and_apostrophes() {
        assert_eq!(spelt("  Women’s CRÈME-brûlée, 5' 'tall'"), "women's crème brûlée 5 tall");
        assert_eq!(chars_spelt("women's crème", "womens cre".len()), "women's crè".chars().count());
        assert_eq!(chars_spelt("desk lamp", "desk ".len()), 5);
        let respelt = respelt("Women's lapm-shade, lapm", |word| (folded(word) == "lapm").then(|| "lamp".to_owned()));
        assert_eq!(respelt, "Women's lamp-shade, lamp");
    }

    #[test]
    fn neighbours_and_chunks_are_also_one_word() {
        let words = |text| joined(&pieces(text)).into_iter().map(|joined| joined.word).collect::<Vec<_>>();
        assert_eq!(words("T-shirts"), ["tshirt"]);
        assert_eq!(words("zba 23042 sa"), ["zba23042", "zba23042sa", "23042sa"]);
        assert_eq!(words("a-b-c-d"), ["ab", "abc", "abcd", "bc", "bcd", "cd"]);
        assert_eq!(words("64 gb ram"), ["64ram"]);
    }

    #[test]
    fn runs_inside_a_piece() {
        let parts = |text| pieces(text)[0].parts().join(" ");
        assert_eq!(parts("KGF56HI40"), "kgf 56 hi 40");
        assert_eq!(parts("iphone8"), "iphone 8");
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

        #[test]
        fn what_is_shown_has_the_words_that_are_compared(text in "(?s).{0,120}", letters in "[a-zéß'’ İ\u{301}]{0,30}") {
            for text in [text, letters] {
                let spelt = spelt(&text);
                prop_assert_eq!(folded(&spelt), folded(&text));
                prop_assert_eq!(spelt.split(' ').count(), folded(&text).split(' ').count());
                prop_assert_eq!(runs(&text).collect::<String>(), text);
            }
        }
    }
}
