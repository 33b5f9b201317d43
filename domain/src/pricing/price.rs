use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Currency, Money, MoneyError};

/// What one unit costs: above zero and at most [`Price::MAX_MINOR_UNITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Money", into = "Money")]
pub struct Price(Money);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error("must be above zero")]
    NotPositive,
    #[error("must be at most {max}", max = Money::new(Price::MAX_MINOR_UNITS, *.currency))]
    TooHigh { currency: Currency },
}

impl Price {
    /// Ten million in a currency with two decimals; a line of 999 units still fits `i64` easily.
    pub const MAX_MINOR_UNITS: i64 = 1_000_000_000;

    pub const fn money(self) -> Money {
        self.0
    }

    pub const fn currency(self) -> Currency {
        self.0.currency()
    }

    pub const fn minor_units(self) -> i64 {
        self.0.minor_units()
    }
}

impl TryFrom<Money> for Price {
    type Error = PriceError;

    fn try_from(money: Money) -> Result<Self, Self::Error> {
        if money.minor_units() <= 0 {
            Err(PriceError::NotPositive)
        } else if money.minor_units() > Self::MAX_MINOR_UNITS {
            Err(PriceError::TooHigh { currency: money.currency() })
        } else {
            Ok(Self(money))
        }
    }
}

impl From<Price> for Money {
    fn from(price: Price) -> Self {
        price.0
    }
}

impl FromStr for Price {
    type Err = PriceError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::try_from(raw.parse::<Money>()?)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_above_zero_and_below_its_limit() {
        assert_eq!("0 GBP".parse::<Price>(), Err(PriceError::NotPositive));
        assert_eq!("-1 GBP".parse::<Price>(), Err(PriceError::NotPositive));
        assert!("0.01 GBP".parse::<Price>().is_ok());
        assert!("10000000.00 GBP".parse::<Price>().is_ok());
        let refused = "10000000.01 GBP".parse::<Price>().map_err(|e| e.to_string());
        assert_eq!(refused, Err("must be at most £10,000,000.00".into()));
    }
}
