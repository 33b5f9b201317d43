use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Quantity, TermsError};
use crate::cart::MAX_LINE_QUANTITY;

/// How long what a customer bought counts against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitPeriod {
    Day,
    Week,
    /// Thirty days.
    Month,
    Ever,
}

/// The most units of a SKU that one customer may buy in a period. A customer is an account, or an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Quantity, LimitPeriod)", into = "(Quantity, LimitPeriod)")]
pub struct PurchaseLimit {
    units: Quantity,
    period: LimitPeriod,
}

impl LimitPeriod {
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Ever];

    /// Its name in the database and in forms.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Ever => "ever",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.parameter() == raw)
    }

    /// What stands behind "at most 2 for each customer".
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Day => " in a day",
            Self::Week => " in a week",
            Self::Month => " in 30 days",
            Self::Ever => "",
        }
    }

    const fn hours(self) -> Option<i64> {
        match self {
            Self::Day => Some(24),
            Self::Week => Some(7 * 24),
            Self::Month => Some(30 * 24),
            Self::Ever => None,
        }
    }

    /// The moment since which orders count.
    pub fn since(self, now: Timestamp) -> Timestamp {
        let since = self.hours().and_then(|hours| now.checked_sub(SignedDuration::from_hours(hours)).ok());
        since.unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl PurchaseLimit {
    /// A line of a cart has no more.
    pub const MAX_UNITS: u32 = MAX_LINE_QUANTITY;

    pub const fn units(self) -> Quantity {
        self.units
    }

    pub const fn period(self) -> LimitPeriod {
        self.period
    }

    /// What a product's page says of it: `Limit 2 per customer`.
    pub fn in_short(self) -> String {
        format!("Limit {} per customer{}", self.units, self.period.in_words())
    }

    /// How many a customer may still buy who has bought so many in its period.
    pub const fn left_after(self, bought_units: u32) -> u32 {
        self.units.get().saturating_sub(bought_units)
    }
}

impl TryFrom<(Quantity, LimitPeriod)> for PurchaseLimit {
    type Error = TermsError;

    fn try_from((units, period): (Quantity, LimitPeriod)) -> Result<Self, Self::Error> {
        if units.get() > Self::MAX_UNITS { Err(TermsError::LimitTooHigh) } else { Ok(Self { units, period }) }
    }
}

impl From<PurchaseLimit> for (Quantity, LimitPeriod) {
    fn from(limit: PurchaseLimit) -> Self {
        (limit.units, limit.period)
    }
}

impl fmt::Display for PurchaseLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {} for each customer{}", self.units, self.period.in_words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limit(units: u32, period: LimitPeriod) -> Result<PurchaseLimit, TermsError> {
        (Quantity::try_from(units).unwrap(), period).try_into()
    }

    #[test]
    fn a_limit_has_a_limit() {
        assert!(limit(PurchaseLimit::MAX_UNITS, LimitPeriod::Ever).is_ok());
        assert_eq!(limit(PurchaseLimit::MAX_UNITS + 1, LimitPeriod::Ever), Err(TermsError::LimitTooHigh));
    }

    #[test]
    fn a_limit_is_told_with_its_period() {
        let said = |period| limit(2, period).unwrap().to_string();
        assert_eq!(said(LimitPeriod::Ever), "at most 2 for each customer");
        assert_eq!(said(LimitPeriod::Month), "at most 2 for each customer in 30 days");
        let in_short = |period| limit(2, period).unwrap().in_short();
        assert_eq!(in_short(LimitPeriod::Ever), "Limit 2 per customer");
        assert_eq!(in_short(LimitPeriod::Week), "Limit 2 per customer in a week");
        for period in LimitPeriod::ALL {
            assert_eq!(LimitPeriod::from_parameter(period.parameter()), Some(period));
        }
    }

    #[test]
    fn a_period_ends_now() {
        let since = |period: LimitPeriod| period.since("2026-12-08T12:00:00Z".parse().unwrap()).to_string();
        assert_eq!(since(LimitPeriod::Week), "2026-12-01T12:00:00Z");
        assert_eq!(since(LimitPeriod::Ever), "1970-01-01T00:00:00Z");
    }

    proptest! {
        #[test]
        fn nobody_buys_more_than_the_limit(units in 1_u32..20, orders in prop::collection::vec(1_u32..9, 0..12)) {
            let limit = limit(units, LimitPeriod::Ever).unwrap();
            let mut bought = 0;
            for wanted in orders {
                if wanted <= limit.left_after(bought) {
                    bought += wanted;
                }
            }
            prop_assert!(bought <= units);
        }
    }
}
