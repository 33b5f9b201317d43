use std::fmt;
use std::str::FromStr;

use crate::bounded_text;
use crate::order::ALPHABET;
use crate::text::TextError;

const CHARS: usize = 16;
const GROUP_CHARS: usize = 4;
const BITS_OF_A_CHAR: u32 = 5;

/// What pays with a gift card: `7K4M-2P9Q-XA3D-5TR8`. Fifteen characters are 75 random bits, and the last one tells
/// of a slip of the pen. Whoever knows it spends it: the store keeps a hash of it only, and a log shows its end alone.
#[derive(Clone, PartialEq, Eq)]
pub struct GiftCardCode([u8; CHARS]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have {CHARS} letters and digits, like those on the gift card")]
pub struct GiftCardCodeError;

bounded_text!(
    /// The last four characters of a code, which its bearer knows it by; or that there is none, for a store credit.
    GiftCardTail, 6, |text| {
        let fits = text.len() == GROUP_CHARS && text.bytes().all(|digit| ALPHABET.contains(&digit));
        if fits || text == GiftCardTail::STORE_CREDIT { Ok(()) } else { Err(TextError::Shape { example: "7K4M" }) }
    }
);

impl GiftCardTail {
    /// What stands in its place where there is no code.
    pub const STORE_CREDIT: &str = "credit";

    /// What a card is called by it: `Gift card ···· 7K4M`, `Store credit`.
    pub fn in_words(&self) -> String {
        if self.as_str() == Self::STORE_CREDIT {
            "Store credit".to_owned()
        } else {
            format!("Gift card ···· {self}")
        }
    }
}

impl GiftCardCode {
    /// As it may be typed, with a hyphen or a space after each character.
    pub const MAX_TYPED_CHARS: u32 = 32;

    /// A code of random bits, of which the last 75 count.
    pub fn new(mut random: u128) -> Self {
        let mut digits = [ALPHABET[0]; CHARS];
        for digit in digits.iter_mut().take(CHARS - 1) {
            *digit = ALPHABET[(random & 31) as usize];
            random >>= BITS_OF_A_CHAR;
        }
        // The last one is zero so far: what is missing to a right code takes its place.
        digits[CHARS - 1] = ALPHABET[(ALPHABET.len() - check(&digits)) % ALPHABET.len()];
        Self(digits)
    }

    /// What a hash of it is made from.
    pub const fn bytes(&self) -> &[u8; CHARS] {
        &self.0
    }

    pub fn tail(&self) -> GiftCardTail {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        GiftCardTail(text.get(CHARS - GROUP_CHARS..).unwrap_or_default().into())
    }
}

/// Zero for a code that is right (Luhn's algorithm with 32 digits, <https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm>):
/// one wrong character is always told, and two that were swapped unless they are the first and the last of the
/// alphabet.
fn check(digits: &[u8; CHARS]) -> usize {
    let value = |digit: &u8| ALPHABET.iter().position(|known| known == digit).unwrap_or_default();
    let sum: usize = digits
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, factor)| {
            let weighed = value(digit) * factor;
            weighed / ALPHABET.len() + weighed % ALPHABET.len()
        })
        .sum();
    sum % ALPHABET.len()
}

impl FromStr for GiftCardCode {
    type Err = GiftCardCodeError;

    /// Forgives lower case, hyphens and spaces anywhere, and letters that look like digits.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let upper = raw.trim().to_ascii_uppercase();
        let mut digits = [ALPHABET[0]; CHARS];
        let mut places = digits.iter_mut();
        for c in upper.bytes().filter(|b| !matches!(b, b'-' | b' ')) {
            let digit = match c {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            if !ALPHABET.contains(&digit) {
                return Err(GiftCardCodeError);
            }
            *places.next().ok_or(GiftCardCodeError)? = digit;
        }
        if places.next().is_some() || check(&digits) != 0 { Err(GiftCardCodeError) } else { Ok(Self(digits)) }
    }
}

impl fmt::Display for GiftCardCode {
    /// In groups of four, for whoever it is given to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, group) in self.0.chunks(GROUP_CHARS).enumerate() {
            let hyphen = if place == 0 { "" } else { "-" };
            write!(f, "{hyphen}{}", std::str::from_utf8(group).unwrap_or_default())?;
        }
        Ok(())
    }
}

impl fmt::Debug for GiftCardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GiftCardCode(…{})", self.tail())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_forgiving_when_typed() {
        let code = GiftCardCode::new(0x1_2345_6789_ABCD_EF01);
        let shown = code.to_string();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3));
        assert_eq!(GiftCardCode::MAX_TYPED_CHARS as usize, 2 * CHARS);
        let (loose, spaced) = (shown.replace('-', ""), shown.replace('-', "  ").to_lowercase());
        for typed in
            [shown.clone(), loose.clone(), spaced, format!("  {loose} "), loose.replace('0', "o").replace('1', "l")]
        {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        for wrong in ["", "7K4M", &loose[..15], &format!("{loose}0"), "' OR 1=1", "UUUU-UUUU-UUUU-UUUU", "ÄÄÄÄÄÄÄÄ"]
        {
            assert_eq!(wrong.parse::<GiftCardCode>(), Err(GiftCardCodeError), "{wrong}");
        }
    }

    #[test]
    fn a_store_credit_has_no_end_of_a_code() {
        let words = |raw: &str| raw.parse::<GiftCardTail>().map(|tail| tail.in_words());
        assert_eq!(words("7K4M").as_deref(), Ok("Gift card ···· 7K4M"));
        assert_eq!(words(GiftCardTail::STORE_CREDIT).as_deref(), Ok("Store credit"));
        assert!(words("7K4M2P").is_err() && words("CREDIT").is_err());
    }

    #[test]
    fn a_log_shows_the_end_of_a_code_alone() {
        let code = GiftCardCode::new(u128::MAX / 7);
        let (shown, logged) = (code.to_string(), format!("{code:?}"));
        assert!(logged.contains(&shown[15..]) && !logged.contains(&shown[..4]), "{logged}");
        assert_eq!(code.tail().as_str(), &shown[15..]);
        for wrong in ["", "7K4", "7K4M2", "7k4m", "7K4U"] {
            assert!(wrong.parse::<GiftCardTail>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(random in any::<u128>()) {
            let code = GiftCardCode::new(random);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            prop_assert_eq!(code.tail().as_str().parse(), Ok(code.tail()));
        }

        #[test]
        fn one_wrong_character_is_told(random in any::<u128>(), place in 0_usize..CHARS, other in 0_usize..32) {
            let code = GiftCardCode::new(random);
            let mut digits = *code.bytes();
            prop_assume!(digits[place] != ALPHABET[other]);
            digits[place] = ALPHABET[other];
            prop_assert_eq!(std::str::from_utf8(&digits).unwrap().parse::<GiftCardCode>(), Err(GiftCardCodeError));
        }

        #[test]
        fn any_text_is_a_code_or_an_error(raw in "\\PC{0,40}") {
            let _ = raw.parse::<GiftCardCode>();
        }
    }
}
