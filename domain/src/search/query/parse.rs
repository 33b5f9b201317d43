use crate::catalog::Brand;
use crate::pricing::PriceLimit;
use crate::search::SearchText;

use super::sign::plain;
use super::{Clause, MAX_CLAUSES, Sizes};

/// Pieces that may be one measure, such as `5 lb 4 oz`, with what is behind it.
const MAX_MEASURE_PIECES: usize = 12;

/// A piece of the text between spaces, or in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece<'a> {
    /// What stands right before the quotes, or the whole piece where there are none.
    bare: &'a str,
    quoted: Option<&'a str>,
}

/// Reads a tidy text; also says how many clauses found no room.
pub(super) fn clauses(text: &str) -> (Vec<Clause>, u32) {
    let text = plain(text);
    let mut pieces = pieces(&text);
    pieces.retain(|piece| has_letter(piece.quoted.unwrap_or(piece.bare)));
    let mut rest = pieces.as_slice();
    let mut clauses = Vec::new();
    let mut left_out = 0;
    while !rest.is_empty() {
        let (clause, taken) = price(rest).or_else(|| measure(rest)).unwrap_or_else(|| (single(rest[0]), 1));
        rest = &rest[taken..];
        if clauses.len() < MAX_CLAUSES {
            clauses.push(clause);
        } else {
            left_out += 1;
        }
    }
    (clauses, left_out)
}

/// Splits at spaces, but not inside quotes that open a piece and close before a space or the end.
/// Other quotation marks are signs: `55" tv`.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let piece = quoted(rest, end);
        let taken = piece.map_or(end, |(_, taken)| taken);
        let bare = || Piece { bare: without_stray_quotes(&rest[..end]), quoted: None };
        pieces.push(piece.map_or_else(bare, |(piece, _)| piece));
        rest = rest[taken..].trim_start();
    }
    pieces
}

/// Quotes that open or close nothing; behind a digit they are inches.
fn without_stray_quotes(word: &str) -> &str {
    let word = word.trim_start_matches('"');
    let is_stray_dash = word.starts_with("-\"");
    let word = if is_stray_dash { word.trim_start_matches(['-', '"']) } else { word };
    let trimmed = word.trim_end_matches('"');
    let is_inches = trimmed.ends_with(|c: char| c.is_ascii_digit()) && word.len() > trimmed.len();
    if is_inches { &word[..=trimmed.len()] } else { trimmed }
}

/// The quoted piece that `rest` begins with and its length in bytes, where its first word, which is
/// `end` bytes long, opens quotes.
fn quoted(rest: &str, end: usize) -> Option<(Piece<'_>, usize)> {
    let open = rest[..end].find('"')?;
    let bare = &rest[..open];
    if !(bare.is_empty() || bare == "-" || is_brand(bare)) {
        return None;
    }
    let inside = &rest[open + 1..];
    let closes = |at: &usize| inside[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let close = inside.match_indices('"').map(|(at, _)| at).find(closes)?;
    Some((Piece { bare, quoted: Some(&inside[..close]) }, open + 1 + close + 1))
}

fn is_brand(bare: &str) -> bool {
    bare.eq_ignore_ascii_case("brand:")
}

fn single(piece: Piece<'_>) -> Clause {
    if let Some(inside) = piece.quoted {
        let text = without_quotes(inside);
        return match piece.bare {
            "-" => Clause::Without(text),
            "" => Clause::Phrase(text),
            _ => brand(inside).unwrap_or(Clause::Phrase(text)),
        };
    }
    let word = piece.bare;
    if let Some((head, name)) = word.split_at_checked("brand:".len()).filter(|(head, _)| is_brand(head)) {
        // No name of a brand is this long, or without a letter. Its quotes must not open any when it is read again.
        let plain = name.trim_start_matches(['"', '-']);
        return brand(name).unwrap_or_else(|| word_clause(if has_letter(plain) { plain } else { head }));
    }
    match word.strip_prefix('-') {
        Some(rest) if rest.starts_with(char::is_alphanumeric) => Clause::Without(without_quotes(rest)),
        _ => word_clause(word),
    }
}

fn without_quotes(text: &str) -> SearchText {
    let apart = SearchText::from(text.replace('"', " ").as_str());
    // Quotes may have kept a size from the sign behind it.
    plain(apart.as_str()).as_str().into()
}

fn word_clause(word: &str) -> Clause {
    Clause::Word(SearchText::from(word))
}

fn has_letter(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn brand(name: &str) -> Option<Clause> {
    without_quotes(name).as_str().parse::<Brand>().ok().filter(|brand| has_letter(brand.as_str())).map(Clause::Brand)
}

/// `55 inch`, `10 x 15 cm`, `pack of 6`: what is measured, in as many pieces as it takes.
fn measure(rest: &[Piece<'_>]) -> Option<(Clause, usize)> {
    let words: Vec<&str> = rest.iter().take(MAX_MEASURE_PIECES).map_while(|piece| piece.word()).collect();
    let text = words.join(" ").to_ascii_lowercase();
    let sizes = Sizes::at_start(&text).filter(Sizes::is_told)?;
    // A sign behind the last unit says nothing; a letter makes it another word.
    let behind = &text[sizes.bytes..];
    let signs = behind.find(' ').unwrap_or(behind.len());
    if has_letter(&behind[..signs]) {
        return None;
    }
    let taken = text[..sizes.bytes].split(' ').count();
    let measure = sizes.words().collect::<Vec<_>>().join(" ");
    Some((Clause::Measure { text: words[..taken].join(" ").into(), measure }, taken))
}

impl<'a> Piece<'a> {
    fn plain(self) -> Option<&'a str> {
        self.quoted.is_none().then_some(self.bare)
    }

    /// What it is, where it is only a word.
    fn word(self) -> Option<&'a str> {
        let is_special = |bare: &str| bare.starts_with('-') || bare.get(.."brand:".len()).is_some_and(is_brand);
        self.plain().filter(|bare| !is_special(bare))
    }

    fn is(self, word: &str) -> bool {
        self.plain().is_some_and(|bare| bare.eq_ignore_ascii_case(word))
    }
}

/// `under 50`, `less than £50`, `over 20 pounds`, `between 20 and 40`; a number with a unit behind it
/// is a size and no price.
fn price(rest: &[Piece<'_>]) -> Option<(Clause, usize)> {
    const UNDER: [&[&str]; 5] = [&["under"], &["below"], &["less", "than"], &["cheaper", "than"], &["up", "to"]];
    const OVER: [&[&str]; 3] = [&["over"], &["above"], &["more", "than"]];
    let begins =
        |words: &&&[&str]| rest.len() > words.len() && words.iter().zip(rest).all(|(word, piece)| piece.is(word));
    if rest[0].is("between") {
        let (from, taken) = amount(&rest[1..])?;
        let and = rest.get(1 + taken).filter(|piece| piece.is("and") || piece.is("to"))?;
        debug_assert!(and.quoted.is_none());
        let (to, taken_too) = amount(&rest[taken + 2..])?;
        let (from, to) = (from.min(to), from.max(to));
        return Some((Clause::Price { from: Some(from), to: Some(to) }, taken + taken_too + 2));
    }
    if let Some(words) = UNDER.iter().find(begins) {
        let (to, taken) = amount(&rest[words.len()..])?;
        return Some((Clause::Price { from: None, to: Some(to) }, words.len() + taken));
    }
    let words = OVER.iter().find(begins)?;
    let (from, taken) = amount(&rest[words.len()..])?;
    Some((Clause::Price { from: Some(from), to: None }, words.len() + taken))
}

/// An amount of money and how many pieces it takes.
fn amount(rest: &[Piece<'_>]) -> Option<(PriceLimit, usize)> {
    const MONEY: [&str; 11] =
        ["pound", "pounds", "dollar", "dollars", "euro", "euros", "gbp", "usd", "eur", "quid", "bucks"];
    let limit = rest.first()?.plain()?.parse().ok()?;
    let next = rest.get(1).and_then(|piece| piece.plain()).map(str::to_lowercase);
    match next {
        Some(next) if MONEY.contains(&next.as_str()) => Some((limit, 2)),
        _ if measure(rest).is_some_and(|(_, taken)| taken > 1) => None,
        _ => Some((limit, 1)),
    }
}
