use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::TextError;

/// A country that the store delivers to, by its ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(u8);

/// Code and name, by name; the first is what a form offers unless asked otherwise.
const COUNTRIES: [(&str, &str); 22] = [
    ("GB", "United Kingdom"),
    ("AU", "Australia"),
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("CA", "Canada"),
    ("DK", "Denmark"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("DE", "Germany"),
    ("IE", "Ireland"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("LU", "Luxembourg"),
    ("NL", "Netherlands"),
    ("NZ", "New Zealand"),
    ("NO", "Norway"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("ES", "Spain"),
    ("SE", "Sweden"),
    ("CH", "Switzerland"),
    ("US", "United States"),
];

/// Those of the European Union, whose members reverse the charge of VAT between each other's businesses.
const EUROPEAN_UNION: [&str; 14] = ["AT", "BE", "DK", "FI", "FR", "DE", "IE", "IT", "LU", "NL", "PL", "PT", "ES", "SE"];

impl Country {
    /// Where the store is.
    pub const HOME: Self = Self(0);

    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNTRIES.len()).filter_map(|index| u8::try_from(index).ok().map(Self))
    }

    pub fn code(self) -> &'static str {
        COUNTRIES[usize::from(self.0)].0
    }

    pub fn name(self) -> &'static str {
        COUNTRIES[usize::from(self.0)].1
    }

    /// Whether it is a member of the European Union.
    pub fn is_in_european_union(self) -> bool {
        EUROPEAN_UNION.contains(&self.code())
    }

    /// Its name within a sentence: `the Netherlands`.
    pub fn in_words(self) -> String {
        let name = self.name();
        let article = if name.starts_with("United ") || name == "Netherlands" { "the " } else { "" };
        format!("{article}{name}")
    }
}

impl FromStr for Country {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(TextError::Empty);
        }
        Self::all().find(|country| country.code().eq_ignore_ascii_case(raw)).ok_or(TextError::Shape { example: "GB" })
    }
}

impl TryFrom<String> for Country {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_of_the_union_is_delivered_to() {
        assert_eq!(Country::all().filter(|country| country.is_in_european_union()).count(), EUROPEAN_UNION.len());
        assert!(!Country::HOME.is_in_european_union());
    }

    #[test]
    fn a_country_stands_in_a_sentence() {
        let words = |code: &str| code.parse::<Country>().unwrap().in_words();
        assert_eq!((Country::HOME.code(), Country::HOME.in_words().as_str()), ("GB", "the United Kingdom"));
        assert_eq!([words("us"), words("NL"), words("JP")], ["the United States", "the Netherlands", "Japan"]);
    }
}
