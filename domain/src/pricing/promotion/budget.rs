use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::pricing::{Currency, Money, MoneyError};

/// What a promotion may take off all orders together, in one currency: above zero and at most
/// [`Budget::MAX_MINOR_UNITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Money", into = "Money")]
pub struct Budget(Money);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error("must be above zero")]
    NotPositive,
    #[error("must be at most {max}", max = Money::new(Budget::MAX_MINOR_UNITS, *.currency))]
    TooHigh { currency: Currency },
}

impl Budget {
    /// Ten billion in a currency with two decimals; with one more order it still fits `i64` easily.
    pub const MAX_MINOR_UNITS: i64 = 1_000_000_000_000;

    pub const fn currency(self) -> Currency {
        self.0.currency()
    }

    pub const fn minor_units(self) -> i64 {
        self.0.minor_units()
    }

    /// What is left after so many minor units; nothing where more was spent than it is now.
    pub fn left_after(self, spent_minor_units: i64) -> i64 {
        self.minor_units().saturating_sub(spent_minor_units).max(0)
    }
}

impl TryFrom<Money> for Budget {
    type Error = BudgetError;

    fn try_from(money: Money) -> Result<Self, Self::Error> {
        if money.minor_units() <= 0 {
            Err(BudgetError::NotPositive)
        } else if money.minor_units() > Self::MAX_MINOR_UNITS {
            Err(BudgetError::TooHigh { currency: money.currency() })
        } else {
            Ok(Self(money))
        }
    }
}

impl From<Budget> for Money {
    fn from(budget: Budget) -> Self {
        budget.0
    }
}

impl FromStr for Budget {
    type Err = BudgetError;

    /// `500.00 GBP`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        Self::try_from(raw.parse::<Money>()?)
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_keeps_its_limits() {
        let of = |minor_units| Budget::try_from(Money::new(minor_units, Currency::GBP)).map(Budget::minor_units);
        assert_eq!((of(1), of(0)), (Ok(1), Err(BudgetError::NotPositive)));
        assert_eq!(of(Budget::MAX_MINOR_UNITS), Ok(Budget::MAX_MINOR_UNITS));
        assert_eq!(of(Budget::MAX_MINOR_UNITS + 1), Err(BudgetError::TooHigh { currency: Currency::GBP }));
        assert_eq!("500 GBP".parse::<Budget>().map(|budget| budget.to_string()), Ok("£500.00".to_owned()));
        assert!("500".parse::<Budget>().is_err());
    }

    #[test]
    fn nothing_is_left_of_less_than_was_spent() {
        let budget: Budget = "5.00 GBP".parse().unwrap();
        assert_eq!([0, 4_99, 5_00, 9_00].map(|spent| budget.left_after(spent)), [5_00, 1, 0, 0]);
    }
}
