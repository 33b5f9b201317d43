use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many units of one thing: at least one, at most [`Quantity::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(NonZeroU32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum QuantityError {
    #[error("must be a whole number, like 2")]
    NotANumber,
    #[error("must be at least 1")]
    Zero,
    #[error("must be at most {max}", max = Quantity::MAX)]
    TooMany,
}

impl Quantity {
    /// More units than any order line of a shop; wholesale history has lines of 80,995.
    pub const MAX: u32 = 1_000_000;
    pub const ONE: Self = Self(NonZeroU32::MIN);

    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// # Errors
    /// [`QuantityError::TooMany`].
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        Self::try_from(self.get().saturating_add(other.get()))
    }
}

impl TryFrom<u32> for Quantity {
    type Error = QuantityError;

    fn try_from(units: u32) -> Result<Self, Self::Error> {
        match NonZeroU32::new(units) {
            None => Err(QuantityError::Zero),
            Some(units) if units.get() > Self::MAX => Err(QuantityError::TooMany),
            Some(units) => Ok(Self(units)),
        }
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.get()
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim();
        if raw.is_empty() || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QuantityError::NotANumber);
        }
        raw.parse::<u32>().map_or(Err(QuantityError::TooMany), Self::try_from)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quantity_is_between_one_and_its_limit() {
        assert_eq!("0".parse::<Quantity>(), Err(QuantityError::Zero));
        assert_eq!("-3".parse::<Quantity>(), Err(QuantityError::NotANumber));
        assert_eq!("1e3".parse::<Quantity>(), Err(QuantityError::NotANumber));
        assert_eq!("1".parse::<Quantity>(), Ok(Quantity::ONE));
        assert_eq!("1000000".parse::<Quantity>().map(Quantity::get), Ok(Quantity::MAX));
        assert_eq!("1000001".parse::<Quantity>(), Err(QuantityError::TooMany));
        assert_eq!("99999999999999999999".parse::<Quantity>(), Err(QuantityError::TooMany));
    }

    fn any_units() -> impl Strategy<Value = u32> {
        prop_oneof![0..3_u32, 0..=Quantity::MAX, Quantity::MAX - 2..Quantity::MAX + 3, any::<u32>()]
    }

    proptest! {
        #[test]
        fn units_within_the_bounds_are_a_quantity_that_reads_back(units in any_units(), more in any_units()) {
            let quantity = Quantity::try_from(units);
            prop_assert_eq!(quantity.is_ok(), (1..=Quantity::MAX).contains(&units));
            prop_assert_eq!(units.to_string().parse(), quantity);
            if let Ok(quantity) = quantity {
                let stored = serde_json::to_string(&quantity).unwrap();
                prop_assert_eq!(serde_json::from_str::<Quantity>(&stored).ok(), Some(quantity));
                if let Ok(more) = Quantity::try_from(more) {
                    prop_assert_eq!(quantity.plus(more), Quantity::try_from(quantity.get() + more.get()));
                }
            }
        }

        #[test]
        fn any_text_is_a_quantity_or_an_error(raw in r"\PC{0,20}|[ 0-9+.-]{0,12}") {
            if let Ok(quantity) = raw.parse::<Quantity>() {
                prop_assert_eq!(quantity.to_string(), raw.trim().trim_start_matches('0'));
            }
        }
    }
}
