//! Search: what a shopper typed, and the products that answer it. Guards the rule that any text
//! is a query: too long is cut, control characters are dropped, nothing fails. The pages of results, the search box and
//! the server's index call it; the port is called by pages alone.

pub mod embedding;
mod explanation;
pub mod help;
pub mod insight;
#[cfg(feature = "ports")]
pub mod ports;
pub mod query;
mod results;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use explanation::{Explanation, ScorePart};
pub use results::{
    Completion, Correction, Cursor, CursorError, MAX_SUGGESTED_PRODUCTS, MAX_SUGGESTED_QUERIES, MAX_SUGGESTED_SHELVES,
    Results, SearchRequest, Suggestions,
};

/// A change of price, stock or text is found so soon after its event, by every server of a store.
pub const FOUND_WITHIN: Duration = Duration::from_secs(1);

/// What a shopper typed into the search box, tidied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SearchText(String);

impl SearchText {
    pub const MAX_CHARS: usize = 200;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for SearchText {
    fn from(raw: &str) -> Self {
        let words = raw.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let tidy = words.collect::<Vec<_>>().join(" ");
        Self(tidy.chars().take(Self::MAX_CHARS).collect::<String>().trim_end().to_owned())
    }
}

impl From<String> for SearchText {
    fn from(raw: String) -> Self {
        raw.as_str().into()
    }
}

impl From<SearchText> for String {
    fn from(text: SearchText) -> Self {
        text.0
    }
}

impl fmt::Display for SearchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_query_is_tidied_and_cut() {
        assert_eq!(SearchText::from("  red\t\u{7} lamp\n").as_str(), "red lamp");
        assert_eq!(SearchText::from("x".repeat(200).as_str()).as_str().len(), 200);
        assert_eq!(SearchText::from("x".repeat(201).as_str()).as_str().len(), 200);
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(raw in "\\PC{0,300}") {
            let once = SearchText::from(raw.as_str());
            prop_assert!(once.as_str().chars().count() <= SearchText::MAX_CHARS);
            prop_assert_eq!(SearchText::from(once.as_str()), once);
        }
    }
}
