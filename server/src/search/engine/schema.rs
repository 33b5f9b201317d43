//! The fields of the index, and how a document is written into them.

use domain::shipment::Delivery;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

use super::Document;
use super::words::pieces;

/// Raised whenever fields or words change their meaning, or delivery is free from another price on: an
/// older index is built again.
pub(super) const FORMAT: u32 = 11;

/// The fields, by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The product's id, one term; kept.
    pub(super) id: Field,
    /// Every word of title, brand, category, facts and codes, joined words and parts included. How
    /// often a word stands in it says where it comes from: words of the title count more.
    pub(super) core: Field,
    /// Title and description with positions, for phrases and for what only the description says.
    pub(super) body: Field,
    /// Words of the title as they are written, and pairs of them, for suggestions.
    pub(super) written: Field,
    /// The words of `core` as numbers, see [`Token`], for ranking without opening the text.
    pub(super) tokens: Field,
    /// Popularity, rating and availability in one number, see [`standing`].
    pub(super) standing: Field,
    /// What is counted of every result, in one number, see [`Shown`].
    pub(super) shown: Field,
    /// The lowest price, in ten-thousandths of the currency's unit; 0 without.
    pub(super) price: Field,
    /// Average rating in hundredths of a star; 0 without.
    pub(super) rating: Field,
    /// What a rating is trusted for, see [`domain::catalog::Rating::trusted_hundredths`].
    pub(super) trusted: Field,
    /// Seconds since 1970.
    pub(super) added: Field,
    pub(super) popularity: Field,
    pub(super) brand: Field,
    pub(super) category: Field,
    pub(super) seller: Field,
    /// Name and value, see [`FACT_SEPARATOR`].
    pub(super) facts: Field,
    /// What it means, see [`super::likeness`]; none without a model.
    pub(super) meaning: Field,
    /// The [`key`] of the text that tells what it means.
    pub(super) told: Field,
}

/// Stands between the name and the value of a fact; neither can contain it.
pub(super) const FACT_SEPARATOR: char = '\u{1f}';

impl Fields {
    pub(super) fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let text = |option| {
            let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let values = TextOptions::default().set_fast("raw");
        let fields = Self {
            id: schema.add_text_field("id", STRING | STORED),
            core: schema.add_text_field("core", text(IndexRecordOption::WithFreqs)),
            body: schema.add_text_field("body", text(IndexRecordOption::WithFreqsAndPositions)),
            written: schema.add_text_field("written", text(IndexRecordOption::Basic)),
            tokens: schema.add_u64_field("tokens", FAST),
            standing: schema.add_u64_field("standing", FAST),
            shown: schema.add_u64_field("shown", FAST),
            price: schema.add_u64_field("price", FAST),
            rating: schema.add_u64_field("rating", FAST),
            trusted: schema.add_u64_field("trusted", FAST),
            added: schema.add_u64_field("added", FAST),
            popularity: schema.add_u64_field("popularity", FAST),
            brand: schema.add_text_field("brand", values.clone()),
            category: schema.add_text_field("category", values.clone()),
            seller: schema.add_text_field("seller", values.clone()),
            facts: schema.add_text_field("facts", values),
            meaning: schema.add_u64_field("meaning", FAST),
            told: schema.add_u64_field("told", FAST),
        };
        (schema.build(), fields)
    }
}

/// Where a word comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Title = 0,
    Brand = 1,
    Category = 2,
    Fact = 3,
    Code = 4,
    /// The category that says what the product is, see [`super::head::heads`].
    Shelf = 5,
    /// A word of the title that says what the product is, see [`super::head::Told`].
    Head = 6,
    /// A word of the title that says what the product is for or has, see [`super::head::Told`].
    Behind = 7,
}

/// One word of a document in a number: 40 bits of its hash, 14 bits of place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) hash: u64,
    pub(super) source: u8,
    /// The first piece of the title that it covers, and how many more.
    pub(super) first: u8,
    pub(super) more: u8,
    /// Whether it is only a part of that piece.
    pub(super) is_part: bool,
    pub(super) has_digit: bool,
}

const HASH_BITS: u32 = 40;
pub(super) const MAX_FIRST: usize = 63;

impl Token {
    pub(super) fn packed(self) -> u64 {
        (self.hash << 14)
            | u64::from(self.source) << 11
            | u64::from(self.first) << 5
            | u64::from(self.more) << 2
            | u64::from(self.is_part) << 1
            | u64::from(self.has_digit)
    }

    pub(super) const fn is(self, source: Source) -> bool {
        self.source == source as u8
    }

    pub(super) const fn is_of_title(self) -> bool {
        self.is(Source::Title) || self.is(Source::Head) || self.is(Source::Behind)
    }

    pub(super) const fn unpacked(packed: u64) -> Self {
        Self {
            hash: packed >> 14,
            source: (packed >> 11 & 7) as u8,
            first: (packed >> 5 & 63) as u8,
            more: (packed >> 2 & 7) as u8,
            is_part: packed >> 1 & 1 == 1,
            has_digit: packed & 1 == 1,
        }
    }
}

/// 40 bits of FNV-1a, mixed once more: the same on every machine.
pub(super) fn hash(word: &str) -> u64 {
    let hash = fnv(word.as_bytes());
    (hash ^ (hash >> 32)) & ((1 << HASH_BITS) - 1)
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A number that stands for a text, the same on every machine.
pub(super) fn key(text: &str) -> u64 {
    fnv(text.as_bytes())
}

/// Begins the words of a document that were joined. A query's joined words look for what is one word:
/// a document where they stand apart is found by each of them, in less time.
pub(super) const JOINED_MARK: char = '^';

pub(super) fn joined_word(word: &str) -> String {
    format!("{JOINED_MARK}{word}")
}

/// The word that a brand's products have in `core`, whatever its capitals, accents and spaces.
pub(super) fn brand_word(brand: &str) -> String {
    let mut word = String::from("brand:");
    for piece in pieces(brand) {
        word.push_str(piece.written());
    }
    word
}

pub(super) const MAX_STANDING: u16 = 1_000;

/// First digits of the bars' prices, in tenths (ISO 497:1973, rounded series R″10).
const FIRST_DIGITS: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];
/// Powers of ten, from ten-thousandths of a unit to the highest price of any currency.
const DECADES: u32 = 14;
/// Bars of a histogram over all prices.
pub(super) const BARS: usize = FIRST_DIGITS.len() * DECADES as usize;

/// The lowest price of a bar, in ten-thousandths.
pub(super) fn bar_from(bar: usize) -> u64 {
    let (power, digits) = (bar / FIRST_DIGITS.len(), FIRST_DIGITS[bar % FIRST_DIGITS.len()]);
    digits * 10_u64.pow(u32::try_from(power).unwrap_or(DECADES).min(DECADES)) / 10
}

/// What is counted of a document beside its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// Its bar of the histogram, counted from 1; 0 without a price.
    pub(super) bar: u8,
    /// Whole stars, 0 to 5.
    pub(super) stars: u8,
    pub(super) available: bool,
    /// Whether its price alone is delivered for nothing.
    pub(super) free_delivery: bool,
}

impl Shown {
    /// All that it is packed to is below; the bits above are free.
    pub(super) const PACKED: usize = 1 << 13;

    pub(super) fn of(document: &Document, price: u64) -> Self {
        let bar = if price == 0 { 0 } else { (1..BARS).take_while(|bar| bar_from(*bar) <= price).count() + 1 };
        let stars = document.rating.map_or(0, |rating| rating.average_hundredths() / 100);
        Self {
            bar: u8::try_from(bar).unwrap_or(u8::MAX),
            stars: u8::try_from(stars).unwrap_or_default(),
            available: document.available,
            free_delivery: document.price.is_some_and(|price| Delivery::STANDARD_AT_HOME.is_free(price.money())),
        }
    }

    pub(super) const fn packed(self) -> u64 {
        (self.free_delivery as u64) << 12 | (self.bar as u64) << 4 | (self.stars as u64) << 1 | self.available as u64
    }

    // Each part is cut to its bits.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) const fn unpacked(packed: u16) -> Self {
        Self {
            bar: (packed >> 4 & 255) as u8,
            stars: (packed >> 1 & 7) as u8,
            available: packed & 1 == 1,
            free_delivery: packed >> 12 & 1 == 1,
        }
    }
}

/// Stands between two words that are suggested together.
pub(super) const PAIR_SEPARATOR: char = '\u{1}';
