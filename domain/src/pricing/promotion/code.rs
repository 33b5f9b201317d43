use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::text::{Lines, TextError, hyphenate, parse_bounded};

bounded_text!(
    /// An operator's own key of a promotion: lower-case ASCII words joined by hyphens. It tells
    /// nothing of the code that opens it.
    PromotionId, 50, |text| {
        if hyphenate(text) == text { Ok(()) } else { Err(TextError::Shape { example: "three-for-two" }) }
    }
);

bounded_text!(
    /// What a shopper reads beside a discount: `3 for 2`.
    PromotionName, 60
);

/// What a shopper types to get a promotion: letters, digits and hyphens. Case does not matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CouponCode(Box<str>);

impl CouponCode {
    /// A shorter one would be guessed by trying.
    pub const MIN_CHARS: u32 = 4;
    pub const MAX_CHARS: u32 = 30;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CouponCode {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let text = parse_bounded(raw, Self::MAX_CHARS, Lines::One)?;
        let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits && text.len() >= Self::MIN_CHARS as usize {
            Ok(Self(text.to_ascii_uppercase().into()))
        } else {
            Err(TextError::Shape { example: "WELCOME-10" })
        }
    }
}

impl TryFrom<String> for CouponCode {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<CouponCode> for String {
    fn from(code: CouponCode) -> Self {
        code.0.into()
    }
}

impl fmt::Display for CouponCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(raw: &str) -> Result<String, TextError> {
        raw.parse::<CouponCode>().map(|code| code.to_string())
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        for typed in ["WELCOME-10", " welcome-10 ", "Welcome-10"] {
            assert_eq!(code(typed).as_deref(), Ok("WELCOME-10"), "{typed}");
        }
    }

    #[test]
    fn a_code_keeps_its_limits() {
        let of = |chars: u32| code(&"a".repeat(chars as usize));
        assert!(of(CouponCode::MIN_CHARS).is_ok() && of(CouponCode::MAX_CHARS).is_ok());
        assert!(of(CouponCode::MIN_CHARS - 1).is_err() && of(CouponCode::MAX_CHARS + 1).is_err());
        for wrong in ["", "two words", "10%OFF", "WILLKOMMEN-Ä", "<b>1</b>"] {
            assert!(code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_and_names_keep_their_limits() {
        let long = |chars: u32| "a".repeat(chars as usize);
        assert!(long(PromotionId::MAX_CHARS).parse::<PromotionId>().is_ok());
        assert!(long(PromotionId::MAX_CHARS + 1).parse::<PromotionId>().is_err());
        assert!("Three for two".parse::<PromotionId>().is_err());
        assert!(long(PromotionName::MAX_CHARS).parse::<PromotionName>().is_ok());
        assert!(long(PromotionName::MAX_CHARS + 1).parse::<PromotionName>().is_err());
    }
}
