//! How a document is written into the fields of the index.

use domain::search::embedding::Embedding;
use tantivy::TantivyDocument;

use super::Document;
use super::flag::searched;
use super::head::{Told, heads};
use super::letters::spelt;
use super::likeness::packed;
use super::model::MIN_BYTES;
use super::schema::{
    FACT_SEPARATOR, Fields, MAX_FIRST, PAIR_SEPARATOR, Shown, Source, Token, brand_word, hash, joined_word,
};
use super::weights::{
    BRAND_TIMES, MAX_SOLD_STEPS, SHELF_TIMES, STANDING_AVAILABLE, STANDING_SOLD, STANDING_TRUSTED, TITLE_TIMES,
};
use super::words::{Form, MAX_WORD_BYTES, Piece, joined, pieces};

/// What a document means, with the [`super::schema::key`] of the text that tells it.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) embedding: Embedding,
    pub(super) told: u64,
}

/// Writes a document into its fields.
pub(super) fn written(document: &Document, meaning: Option<&Meaning>, fields: &Fields) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    let mut words = Words::default();
    words.add_title(document.title.as_str());
    words.mark_title(document.title.as_str());
    if let Some(brand) = &document.brand {
        words.add(brand.as_str(), Source::Brand, BRAND_TIMES);
        words.core.push_str(&brand_word(brand.as_str()));
        words.core.push(' ');
    }
    // Every document has a value, be it an empty one: such columns are read fastest.
    doc.add_text(fields.brand, document.brand.as_ref().map_or("", |brand| brand.as_str()));
    doc.add_text(fields.seller, document.seller.as_str());
    for category in &document.path {
        words.add(category.name.as_str(), Source::Category, 1);
    }
    if let Some(shelf) = document.path.last() {
        words.mark_shelf(shelf.name.as_str());
    }
    for (name, value) in &document.facts {
        for text in searched(name.as_str(), value.as_str()) {
            words.add(text, Source::Fact, 1);
        }
        doc.add_text(fields.facts, format!("{name}{FACT_SEPARATOR}{value}"));
    }
    for code in &document.codes {
        words.add(code, Source::Code, 1);
    }
    doc.add_text(fields.core, &words.core);
    words.tokens.iter().for_each(|token| doc.add_u64(fields.tokens, token.packed()));
    doc.add_text(fields.body, body(document));
    doc.add_text(fields.written, words_and_pairs(document.title.as_str()));
    doc.add_text(fields.category, document.path.last().map_or("", |category| category.id.as_str()));
    doc.add_text(fields.id, document.id.as_str());
    doc.add_u64(fields.standing, standing(document));
    let price = document.price.map_or(0, ten_thousandths);
    doc.add_u64(fields.price, price);
    doc.add_u64(fields.shown, Shown::of(document, price).packed());
    doc.add_u64(fields.rating, document.rating.map_or(0, |rating| rating.average_hundredths().into()));
    doc.add_u64(fields.trusted, document.rating.map_or(0, |rating| rating.trusted_hundredths().into()));
    doc.add_u64(fields.added, u64::try_from(document.added_at.as_second()).unwrap_or_default());
    doc.add_u64(fields.popularity, document.popularity.into());
    if let Some(Meaning { embedding, told }) = meaning {
        packed(embedding).for_each(|number| doc.add_u64(fields.meaning, number));
        doc.add_u64(fields.told, *told);
    }
    doc
}

/// How well a product stands without any query, from 0 to [`super::schema::MAX_STANDING`]: for what people
/// bought and looked at (logarithmic), for its trusted rating, and for being available.
pub(super) fn standing(document: &Document) -> u64 {
    let units = document.popularity.saturating_add(document.interest);
    let steps = units.saturating_add(1).ilog2().min(MAX_SOLD_STEPS);
    let sold = u64::from(steps) * STANDING_SOLD / u64::from(MAX_SOLD_STEPS);
    let hundredths = document.rating.map_or(0, |rating| u64::from(rating.trusted_hundredths().min(500)));
    let trusted = hundredths * STANDING_TRUSTED / 500;
    sold + trusted + if document.available { STANDING_AVAILABLE } else { 0 }
}

/// A price as [`domain::pricing::PriceLimit`] counts: in ten-thousandths of the currency's unit.
fn ten_thousandths(price: domain::pricing::Price) -> u64 {
    let decimals = u32::from(price.currency().exponent().unwrap_or(0));
    let minor_units = price.minor_units().unsigned_abs();
    minor_units.saturating_mul(10_u64.pow(4_u32.saturating_sub(decimals)))
}

fn words_and_pairs(title: &str) -> String {
    let spelt = spelt(title);
    let words: Vec<&str> = spelt.split(' ').filter(|word| word.len() <= MAX_WORD_BYTES).collect();
    let mut written = String::with_capacity(3 * spelt.len());
    for word in &words {
        written.push_str(word);
        written.push(' ');
    }
    for pair in words.windows(2) {
        written.push_str(pair[0]);
        written.push(PAIR_SEPARATOR);
        written.push_str(pair[1]);
        written.push(' ');
    }
    written
}

/// Stands between title and description, so that no phrase begins in one and ends in the other.
const BODY_GAP: &str = "\u{1} ";

/// Ends of one piece that are words, see [`ends`].
const MAX_ENDS: usize = 3;

fn body(document: &Document) -> String {
    let mut body = String::new();
    let add = |text: &str, body: &mut String| {
        for piece in pieces(text) {
            body.push_str(&piece.word);
            body.push(' ');
        }
    };
    add(document.title.as_str(), &mut body);
    if let Some(description) = &document.description {
        body.push_str(BODY_GAP);
        add(description.as_str(), &mut body);
    }
    body
}

/// What is left of a piece of more than two runs of letters or digits when the first of them go: of `rtx4070ti`
/// people type `4070ti` and mean it. Short ends say too little.
fn ends(piece: &Piece) -> Vec<&str> {
    let parts = if piece.is_measure { Vec::new() } else { piece.parts() };
    let begins = parts.iter().scan(0, |at, part| {
        *at += part.len();
        Some(*at)
    });
    let ends = begins.take(parts.len().saturating_sub(2).min(MAX_ENDS)).filter_map(|at| piece.word.get(at..));
    ends.filter(|end| end.len() >= MIN_BYTES).collect()
}

#[derive(Default)]
struct Words {
    core: String,
    tokens: Vec<Token>,
}

impl Words {
    fn add_title(&mut self, title: &str) {
        let pieces = pieces(title);
        self.add_pieces(&pieces, Source::Title, TITLE_TIMES);
        for joined in joined(&pieces) {
            let more = joined.last - joined.first;
            let word = joined_word(&joined.word);
            self.push(&word, 1);
            self.token(&word, Token { more: narrow(more, 7), ..place_of(Source::Title, joined.first) });
        }
    }

    fn add(&mut self, text: &str, source: Source, times: usize) {
        let pieces = pieces(text);
        self.add_pieces(&pieces, source, times);
        for joined in joined(&pieces) {
            let is_chunk = pieces[joined.first].chunk == pieces[joined.last].chunk;
            if is_chunk || source == Source::Brand {
                let word = joined_word(&joined.word);
                self.push(&word, 1);
                let more = narrow(joined.last - joined.first, 7);
                self.token(&word, Token { more, ..place_of(source, joined.first) });
            }
        }
    }

    /// Tells what the product is, and what it is for, from the other words of its title.
    fn mark_title(&mut self, title: &str) {
        let told = Told::of(title);
        let hashes = |words: &[String]| -> Vec<u64> { words.iter().map(|word| hash(word)).collect() };
        let (heads, behind) = (hashes(&told.heads), hashes(&told.behind));
        for token in self.tokens.iter_mut().filter(|token| token.is(Source::Title) && !token.is_part) {
            if heads.contains(&token.hash) {
                token.source = Source::Head as u8;
            } else if behind.contains(&token.hash) {
                token.source = Source::Behind as u8;
            }
        }
    }

    /// Tells what the products of a shelf are from the other words of its path.
    fn mark_shelf(&mut self, shelf: &str) {
        for head in heads(shelf) {
            self.push(&head, SHELF_TIMES - 1);
            let hash = hash(&head);
            let is_head = |token: &&mut Token| token.hash == hash && token.is(Source::Category);
            self.tokens.iter_mut().filter(is_head).for_each(|token| token.source = Source::Shelf as u8);
        }
    }

    fn add_pieces(&mut self, pieces: &[Piece], source: Source, times: usize) {
        for (place, piece) in pieces.iter().enumerate() {
            self.push(&piece.word, times);
            let token = place_of(source, place);
            let is_several = piece.form == Form::Several;
            self.token(&piece.word, Token { is_several, ..token });
            if let Some(spelt_out) = &piece.spelt_out {
                self.push(spelt_out, 1);
                self.token(spelt_out, Token { is_several, ..token });
            }
            for part in piece.parts() {
                self.push(part, 1);
                self.token(part, Token { is_part: true, ..token });
            }
            for end in ends(piece) {
                let word = joined_word(end);
                self.push(&word, 1);
                // Of a code it is some part, and no name that people know it by.
                self.token(&word, Token { is_part: !matches!(source, Source::Title | Source::Fact), ..token });
            }
        }
    }

    fn push(&mut self, word: &str, times: usize) {
        for _ in 0..times {
            self.core.push_str(word);
            self.core.push(' ');
        }
    }

    fn token(&mut self, word: &str, token: Token) {
        self.tokens.push(Token {
            hash: hash(word),
            has_digit: word.bytes().any(|byte| byte.is_ascii_digit()),
            ..token
        });
    }
}

/// Where a word stands.
fn place_of(source: Source, place: usize) -> Token {
    Token { source: source as u8, first: narrow(place, MAX_FIRST), ..Token::default() }
}

fn narrow(number: usize, most: usize) -> u8 {
    u8::try_from(number.min(most)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_name_is_a_word() {
        let ends = |text| ends(&pieces(text)[0]).join(" ");
        assert_eq!((ends("RTX4070Ti").as_str(), ends("KGF56HI40").as_str()), ("4070ti", "56hi40 hi40"));
        for none in ["iphone8", "lamp", "64gb", "a1b", "rx7a"] {
            assert_eq!(ends(none), "", "{none}");
        }
        assert_eq!(ends("a11b22c33d44e55"), "11b22c33d44e55 b22c33d44e55 22c33d44e55", "no more than so many");
    }
}
