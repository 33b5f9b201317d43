use std::fmt;
use std::str::FromStr;

use crate::search::SearchText;

/// The words of a search as they are counted: in lower case, and none that may be about a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountedQuery(Box<str>);

/// Why a search is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Uncounted {
    #[error("asks for nothing")]
    Empty,
    #[error("has more than {} characters", CountedQuery::MAX_CHARS)]
    TooLong,
    #[error("may be an e-mail address, or the number of a telephone, a card or an order")]
    Personal,
}

impl CountedQuery {
    /// Longer texts were pasted, not asked.
    pub const MAX_CHARS: usize = 80;
    /// Digits in a row, whatever stands between them but letters. More are the number of a telephone, a
    /// card or an order; a model, a size or a price has fewer.
    pub const MAX_DIGITS: usize = 6;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&SearchText> for CountedQuery {
    type Error = Uncounted;

    fn try_from(text: &SearchText) -> Result<Self, Self::Error> {
        let lower = text.as_str().to_lowercase();
        if lower.is_empty() {
            return Err(Uncounted::Empty);
        }
        if lower.chars().count() > Self::MAX_CHARS {
            return Err(Uncounted::TooLong);
        }
        let runs = lower.split(char::is_alphabetic).map(|run| run.chars().filter(|c| c.is_numeric()).count());
        if lower.contains('@') || runs.max() > Some(Self::MAX_DIGITS) {
            return Err(Uncounted::Personal);
        }
        Ok(Self(lower.into()))
    }
}

impl FromStr for CountedQuery {
    type Err = Uncounted;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::try_from(&SearchText::from(raw))
    }
}

impl From<&CountedQuery> for SearchText {
    fn from(query: &CountedQuery) -> Self {
        query.as_str().into()
    }
}

impl fmt::Display for CountedQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_search_is_counted_however_it_is_typed() {
        let counted = |raw: &str| raw.parse::<CountedQuery>().map(|query| query.to_string());
        assert_eq!(counted("  Desk\tLAMP "), Ok("desk lamp".to_owned()));
        assert_eq!(counted("ÉMILE 55\""), Ok("émile 55\"".to_owned()));
        assert_eq!(counted(" "), Err(Uncounted::Empty));
        assert!(counted(&"x".repeat(CountedQuery::MAX_CHARS)).is_ok());
        assert_eq!(counted(&"x".repeat(CountedQuery::MAX_CHARS + 1)), Err(Uncounted::TooLong));
    }

    #[test]
    fn what_may_be_about_a_person_is_not_counted() {
        for personal in ["ada@example.com", "+44 20 7946 0958", "4242 4242 4242 4242", "1234567", "123-45-67"] {
            assert_eq!(personal.parse::<CountedQuery>(), Err(Uncounted::Personal), "{personal}");
        }
        for product in ["zx-8841", "iphone 13 128 gb", "123456", "rtx 4070 ti 12 gb", "under 2000", "1080p 144hz"] {
            assert!(product.parse::<CountedQuery>().is_ok(), "{product}");
        }
    }

    proptest! {
        #[test]
        fn what_was_counted_is_read_again(raw in "\\PC{0,120}") {
            if let Ok(query) = raw.parse::<CountedQuery>() {
                prop_assert_eq!(query.as_str().parse::<CountedQuery>(), Ok(query));
            }
        }
    }
}
