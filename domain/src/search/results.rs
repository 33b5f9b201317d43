use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::query::Clause;
use super::{Explanation, SearchText};
use crate::catalog::listing::{ListPage, ListRequest, PageNumber, ProductCard};
use crate::catalog::{Brand, Category};

/// Queries that a box suggests at once.
pub const MAX_SUGGESTED_QUERIES: usize = 5;
/// Categories, and as many brands.
pub const MAX_SUGGESTED_SHELVES: usize = 3;
/// Products with picture and price.
pub const MAX_SUGGESTED_PRODUCTS: usize = 4;

/// Everything that the address of a search says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchRequest {
    pub text: SearchText,
    /// Filters, order and layout. Its page number counts for nothing: a search is read on from a
    /// [`Cursor`].
    pub list: ListRequest,
    /// Where the page before ended; `None` asks for the first.
    pub after: Option<Cursor>,
    /// Whether each result says why it stands where it stands.
    pub explain: bool,
}

impl SearchRequest {
    /// Reads the pairs of an address (decoded). What can't be understood is left out, and nobody is told
    /// why a result stands where it stands.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let list = ListRequest::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        Self {
            text: value("q").unwrap_or_default().into(),
            list: list.at_page(PageNumber::FIRST),
            after: value("after").and_then(|place| place.parse().ok()),
            explain: false,
        }
    }

    /// Whether it asks for everything that answers the words, from the first on.
    pub fn is_whole(&self) -> bool {
        self.after.is_none() && self.list == ListRequest { view: self.list.view, ..ListRequest::default() }
    }
}

/// A page of results, with how the search was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    pub list: ListPage,
    /// Products that match everything that was asked for. Where it is fewer than the list's total, the others
    /// are the nearest ones and stand behind.
    pub complete: u32,
    /// How many of all can be paged through: an order by relevance ends where nobody reads on.
    pub reachable: u32,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
    /// What was looked for instead, because nothing has a word as it was typed.
    pub corrected: Option<Correction>,
    /// What may have been meant.
    pub did_you_mean: Option<SearchText>,
    /// Words that no product has, as they were typed.
    pub unknown: Vec<String>,
    /// Prices and brands of the query that nothing fits, and that these results are without.
    pub given_up: Vec<Clause>,
    /// Whether the query asked for more than one may take: something of it was left aside.
    pub was_cut_short: bool,
    /// Of the results on this page, in their order; empty where nobody asked for them, or another order than
    /// by relevance.
    pub explanations: Vec<Explanation>,
}

/// What was looked for instead of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The whole query with other words, as the catalog writes them.
    pub text: SearchText,
    /// The words that nothing has, as they were typed.
    pub misspelt: Vec<String>,
    /// Whether there are other words that may have been meant, which were looked for as well.
    pub is_guess: bool,
}

/// The place between two results where a page ends and the next one begins. It names the result
/// itself and not a number of results, so that a page shows nothing twice and leaves nothing out
/// when products come and go meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    before: u32,
    place: Box<str>,
}

/// A text that is no place among results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the place that a page of results ended at")]
pub struct CursorError;

impl Cursor {
    /// What the index calls the place.
    pub const MAX_PLACE_CHARS: usize = 60;

    /// # Errors
    /// [`CursorError`] for a place that would not stand in an address as it is, or is too long.
    pub fn new(before: u32, place: &str) -> Result<Self, CursorError> {
        let fits = (1..=Self::MAX_PLACE_CHARS).contains(&place.len())
            && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if fits && before > 0 { Ok(Self { before, place: place.into() }) } else { Err(CursorError) }
    }

    /// Results on the pages before.
    pub const fn before(&self) -> u32 {
        self.before
    }

    pub fn place(&self) -> &str {
        &self.place
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (before, place) = raw.split_once('.').ok_or(CursorError)?;
        let cursor = Self::new(before.parse().map_err(|_| CursorError)?, place)?;
        // One place has one address.
        if cursor.to_string() == raw { Ok(cursor) } else { Err(CursorError) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.before, self.place)
    }
}

/// What a few typed letters may become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    pub queries: Vec<Completion>,
    /// Each from the top of the store down.
    pub categories: Vec<Vec<Category>>,
    pub brands: Vec<Brand>,
    pub products: Vec<Arc<ProductCard>>,
}

/// A query that goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    pub text: SearchText,
    /// Letters of it that were typed; 0 when it is another spelling.
    pub typed_chars: u32,
}

impl Suggestions {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_whatever_stands_in_it() {
        let read = |pairs: &[(&str, &str)]| {
            let owned: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            SearchRequest::from_pairs(&owned)
        };
        assert_eq!(read(&[]), SearchRequest::default());
        let whole = read(&[("q", " desk  lamp "), ("after", "x"), ("explain", "1"), ("view", "list"), ("page", "3")]);
        assert_eq!((whole.text.as_str(), whole.explain, whole.is_whole()), ("desk lamp", false, true));
        for narrower in [("after", "24.1f"), ("in-stock", "yes"), ("sort", "price-up"), ("brand", "Orla")] {
            assert!(!read(&[("q", "lamp"), narrower]).is_whole(), "{narrower:?}");
        }
    }

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is() {
        let cursor: Cursor = "24.1f-00ab".parse().unwrap();
        assert_eq!((cursor.before(), cursor.place(), cursor.to_string().as_str()), (24, "1f-00ab", "24.1f-00ab"));
        for wrong in ["", "24", ".1f", "0.1f", "-1.1f", "024.1f", "+24.1f", "24.", "24.1 f", "24.é", "4294967296.1f"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(CursorError), "{wrong}");
        }
        assert!(Cursor::new(1, &"a".repeat(Cursor::MAX_PLACE_CHARS)).is_ok());
        assert_eq!(Cursor::new(1, &"a".repeat(Cursor::MAX_PLACE_CHARS + 1)), Err(CursorError));
    }
}
