use std::fmt;

use crate::catalog::Brand;
use crate::pricing::PriceLimit;
use crate::search::SearchText;

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// One word as it was typed.
    Word(SearchText),
    /// A number with its unit: as it was typed, and what it measures as the index has it, see [`super::Size`].
    Measure { text: SearchText, measure: String },
    /// Words that must stand side by side.
    Phrase(SearchText),
    /// A word or a phrase that must not be there.
    Without(SearchText),
    /// A brand that it must be of; capitals and accents do not matter.
    Brand(Brand),
    /// What it may cost, both ends included.
    Price { from: Option<PriceLimit>, to: Option<PriceLimit> },
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Measure { text, .. } => text.fmt(f),
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Without(text) if is_one_word(text.as_str()) => write!(f, "-{text}"),
            Self::Without(text) => write!(f, "-\"{text}\""),
            Self::Brand(brand) if is_one_word(brand.as_str()) => write!(f, "brand:{brand}"),
            Self::Brand(brand) => write!(f, "brand:\"{brand}\""),
            Self::Price { from: Some(from), to: Some(to) } => write!(f, "between {from} and {to}"),
            Self::Price { from: Some(from), to: None } => write!(f, "over {from}"),
            Self::Price { from: None, to: Some(to) } => write!(f, "under {to}"),
            Self::Price { from: None, to: None } => Ok(()),
        }
    }
}

fn is_one_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric) && !text.contains(|c: char| c.is_whitespace() || c == '"')
}
