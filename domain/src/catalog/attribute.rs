use std::fmt;

use serde::{Deserialize, Serialize};

use crate::bounded_text;

bounded_text!(
    /// What an attribute is called: Material, Power.
    AttributeName, 100
);

bounded_text!(
    /// An attribute in words.
    AttributeText, 200
);

/// One fact about a product, shown in its specification and offered as a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub name: AttributeName,
    pub value: AttributeValue,
}

/// A fact by its kind, so that sizes compare as sizes and not as words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AttributeValue {
    Text { text: AttributeText },
    Measure { measure: Measure },
    Flag { yes: bool },
}

impl AttributeValue {
    /// Reads `yes`, `450 mm`, `1.5 kg` as what they are, and everything else as words.
    ///
    /// # Errors
    /// As the words' own type, when they are empty or too long.
    pub fn from_words(raw: &str) -> Result<Self, crate::text::TextError> {
        match raw.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" => return Ok(Self::Flag { yes: true }),
            "no" | "false" => return Ok(Self::Flag { yes: false }),
            _ => {}
        }
        if let Some(measure) = Measure::from_words(raw) {
            return Ok(Self::Measure { measure });
        }
        raw.parse().map(|text| Self::Text { text })
    }
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text } => text.fmt(f),
            Self::Measure { measure } => measure.fmt(f),
            Self::Flag { yes: true } => f.write_str("Yes"),
            Self::Flag { yes: false } => f.write_str("No"),
        }
    }
}

/// A number of thousandths of a unit: 1.5 kg is 1,500 thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Measure {
    pub thousandths: i64,
    pub unit: Unit,
}

impl Measure {
    fn from_words(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let split = raw.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, unit) = raw.split_at(split);
        let unit = Unit::from_symbol(unit.trim())?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || fraction.len() > 3 || fraction.contains('.') {
            return None;
        }
        let thousandths = format!("{whole}{fraction:0<3}").parse().ok()?;
        Some(Self { thousandths, unit })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.thousandths / 1_000, self.thousandths % 1_000);
        if fraction == 0 {
            write!(f, "{whole}\u{a0}{}", self.unit.symbol())
        } else {
            let fraction = format!("{fraction:03}");
            write!(f, "{whole}.{}\u{a0}{}", fraction.trim_end_matches('0'), self.unit.symbol())
        }
    }
}

macro_rules! units {
    ($($unit:ident => $symbol:literal),+ $(,)?) => {
        /// The units that facts are measured in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Unit { $($unit),+ }

        impl Unit {
            pub const fn symbol(self) -> &'static str {
                match self { $(Self::$unit => $symbol),+ }
            }

            fn from_symbol(symbol: &str) -> Option<Self> {
                match symbol { $($symbol => Some(Self::$unit),)+ _ => None }
            }
        }
    };
}

units! {
    Millimetre => "mm",
    Centimetre => "cm",
    Metre => "m",
    Inch => "in",
    Gram => "g",
    Kilogram => "kg",
    Millilitre => "ml",
    Litre => "l",
    Watt => "W",
    Volt => "V",
    Lumen => "lm",
    Hour => "h",
    Gigabyte => "GB",
    Terabyte => "TB",
    Hertz => "Hz",
    Piece => "pcs",
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn facts_are_read_by_their_kind_and_written_as_they_were() {
        for (raw, shown) in [
            ("450 mm", "450\u{a0}mm"),
            ("1.50kg", "1.5\u{a0}kg"),
            ("0.005 l", "0.005\u{a0}l"),
            ("yes", "Yes"),
            ("Solid oak", "Solid oak"),
            ("12 monkeys", "12 monkeys"),
            ("1.2.3 mm", "1.2.3 mm"),
        ] {
            assert_eq!(AttributeValue::from_words(raw).map(|v| v.to_string()).as_deref(), Ok(shown));
        }
        assert!(AttributeValue::from_words("  ").is_err());
    }

    proptest! {
        #[test]
        fn a_fact_reads_back_as_it_is_shown_and_as_it_is_stored(
            raw in r"\PC{0,210}|[0-9]{1,20}(\.[0-9]{0,4})? ?(mm|kg|W|pcs|feet)|(?i)(yes|no|true|false)",
        ) {
            if let Ok(value) = AttributeValue::from_words(&raw) {
                prop_assert_eq!(AttributeValue::from_words(&value.to_string()), Ok(value.clone()));
                let stored = serde_json::to_string(&value).unwrap();
                prop_assert_eq!(serde_json::from_str::<AttributeValue>(&stored).unwrap(), value);
            }
        }
    }
}
