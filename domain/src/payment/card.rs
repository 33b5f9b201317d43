use std::fmt;

/// A field of a card form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardField {
    Number,
    Name,
    Expiry,
    Cvc,
}

impl CardField {
    /// In the order of the form.
    pub const ALL: [Self; 4] = [Self::Number, Self::Name, Self::Expiry, Self::Cvc];

    /// Its name in forms.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Expiry => "expiry",
            Self::Cvc => "cvc",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.parameter() == raw)
    }
}

/// What is wrong with a field, in words that say what to do. A gateway tells it by its parameter, and
/// the parameter of a field alone says that it can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    #[error("Check the card number: {MIN_NUMBER_DIGITS} to {MAX_NUMBER_DIGITS} digits, as they stand on the card")]
    Number,
    #[error("Check the card number: one digit seems wrong")]
    Checksum,
    #[error("Use another card: the number is right, but this kind of card is not taken here")]
    NotTaken,
    #[error("Give the name as it stands on the card")]
    Name,
    #[error("Give the month and year until which the card is valid, such as 08/28")]
    Expiry,
    #[error("Give the security code: 3 or 4 digits")]
    Cvc,
}

impl CardFault {
    const ALL: [Self; 6] = [Self::Number, Self::Checksum, Self::NotTaken, Self::Name, Self::Expiry, Self::Cvc];

    pub const fn field(self) -> CardField {
        match self {
            Self::Number | Self::Checksum | Self::NotTaken => CardField::Number,
            Self::Name => CardField::Name,
            Self::Expiry => CardField::Expiry,
            Self::Cvc => CardField::Cvc,
        }
    }

    const fn parameter(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::NotTaken => "not_taken",
            Self::Number | Self::Name | Self::Expiry | Self::Cvc => self.field().parameter(),
        }
    }
}

/// What is wrong with a card, in the order of its form: at most one fault of each field. As a
/// parameter it is `checksum,expiry`; it never holds what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardFaults(Vec<CardFault>);

/// Shortest and longest number of a card (ISO/IEC 7812-1; 12 digits for the oldest cards).
pub const MIN_NUMBER_DIGITS: usize = 12;
pub const MAX_NUMBER_DIGITS: usize = 19;

impl CardFaults {
    /// Reads a parameter; what no gateway says is left out.
    pub fn from_parameter(raw: &str) -> Self {
        let is_named = |fault: &CardFault| raw.split(',').any(|name| name == fault.parameter());
        CardFault::ALL.into_iter().filter(is_named).fold(Self::default(), Self::with)
    }

    /// Looks at each field with the name that it is posted under. Whether a card has expired is the
    /// bank's to say.
    pub fn of<'a>(typed: impl Fn(CardField) -> &'a str) -> Self {
        let faults = CardField::ALL.into_iter().filter_map(|field| fault_of(field, typed(field)));
        faults.fold(Self::default(), Self::with)
    }

    /// These and one more, unless its field has one already.
    #[must_use]
    pub fn with(mut self, fault: CardFault) -> Self {
        if self.of_field(fault.field()).is_none() {
            self.0.push(fault);
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of_field(&self, field: CardField) -> Option<CardFault> {
        self.iter().find(|fault| fault.field() == field)
    }

    pub fn iter(&self) -> impl Iterator<Item = CardFault> + '_ {
        self.0.iter().copied()
    }
}

impl fmt::Display for CardFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(CardFault::parameter).collect();
        f.write_str(&names.join(","))
    }
}

/// What is wrong with one field as it was typed.
pub fn fault_of(field: CardField, typed: &str) -> Option<CardFault> {
    let typed = typed.trim();
    match field {
        CardField::Number => number_fault(typed),
        CardField::Name => typed.is_empty().then_some(CardFault::Name),
        CardField::Expiry => (!is_expiry(typed)).then_some(CardFault::Expiry),
        CardField::Cvc => {
            let is_cvc = (3..=4).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_digit());
            (!is_cvc).then_some(CardFault::Cvc)
        }
    }
}

/// The digits of a number as people group them.
fn number_fault(typed: &str) -> Option<CardFault> {
    let is_written_as_a_number = typed.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    let digits: Vec<u32> = typed.chars().filter_map(|c| c.to_digit(10)).collect();
    let has_length = (MIN_NUMBER_DIGITS..=MAX_NUMBER_DIGITS).contains(&digits.len());
    if !is_written_as_a_number || !has_length {
        Some(CardFault::Number)
    } else if luhn_sum(&digits).is_multiple_of(10) {
        None
    } else {
        Some(CardFault::Checksum)
    }
}

/// The sum of ISO/IEC 7812-1, annex B: from the right, every second digit is doubled, and counts the
/// sum of the digits that this makes. It finds every single wrong digit.
fn luhn_sum(digits: &[u32]) -> u32 {
    let counted = digits.iter().rev().enumerate().map(|(place, digit)| match digit * 2 {
        _ if place.is_multiple_of(2) => *digit,
        doubled if doubled > 9 => doubled - 9,
        doubled => doubled,
    });
    counted.sum()
}

/// `MM/YY` or `MM / YYYY`.
fn is_expiry(typed: &str) -> bool {
    let Some((month, year)) = typed.split_once('/') else { return false };
    let (month, year) = (month.trim(), year.trim());
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = is_number(month) && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    is_month && matches!(year.len(), 2 | 4) && is_number(year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: [&str; 6] = [
        "4242 4242 4242 4242",
        "5555-5555-5555-4444",
        "378282246310005",
        "6304000000000000",
        "4000000000000002",
        "4111111111111111",
    ];

    fn number(typed: &str) -> Option<CardFault> {
        fault_of(CardField::Number, typed)
    }

    #[test]
    fn a_number_keeps_its_limits() {
        for good in GOOD {
            assert_eq!(number(good), None, "{good}");
        }
        assert_eq!(number("4242 4242 4242 4243"), Some(CardFault::Checksum));
        assert_eq!((number(&"0".repeat(11)), number(&"0".repeat(12))), (Some(CardFault::Number), None));
        assert_eq!((number(&"0".repeat(19)), number(&"0".repeat(20))), (None, Some(CardFault::Number)));
        for wrong in ["", "card", "4242 4242 4242 424x", "4242.4242.4242.4242"] {
            assert_eq!(number(wrong), Some(CardFault::Number), "{wrong}");
        }
    }

    #[test]
    fn an_expiry_is_a_month_and_a_year() {
        let fault = |typed| fault_of(CardField::Expiry, typed);
        for right in ["12/30", "01 / 2031", "1/29", " 08/28 "] {
            assert_eq!(fault(right), None, "{right}");
        }
        for wrong in ["", "13/30", "0/30", "12", "12/3", "12/abcd", "+1/30"] {
            assert_eq!(fault(wrong), Some(CardFault::Expiry), "{wrong}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once_and_none_of_what_was_typed() {
        let typed = |field| match field {
            CardField::Number => "4242 4242 4242 4243",
            CardField::Name => "Ada",
            CardField::Expiry => "soon",
            CardField::Cvc => "12345",
        };
        let faults = CardFaults::of(typed);
        assert_eq!(faults.to_string(), "checksum,expiry,cvc");
        assert_eq!(CardFaults::from_parameter(&faults.to_string()), faults);
        assert_eq!(CardFaults::from_parameter("<b>,number,checksum").to_string(), "number");
        assert!(CardFaults::from_parameter("").is_empty());
        assert_eq!(CardField::ALL.map(|field| CardField::from_parameter(field.parameter())), CardField::ALL.map(Some));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_found(which in 0..GOOD.len(), place in 0_usize..12, off in 1_u32..10) {
            let mut digits: Vec<u32> = GOOD[which].chars().filter_map(|c| c.to_digit(10)).collect();
            digits[place] = (digits[place] + off) % 10;
            let typed: String = digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect();
            prop_assert_eq!(number(&typed), Some(CardFault::Checksum));
        }

        #[test]
        fn whatever_is_typed_is_judged(typed in "\\PC{0,30}") {
            for field in CardField::ALL {
                prop_assert!(fault_of(field, &typed).is_none_or(|fault| fault.field() == field));
            }
        }
    }
}
