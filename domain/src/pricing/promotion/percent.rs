use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::pricing::{Money, Price, PriceError};

/// A whole part of a hundred: at least one, at most [`Percent::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Percent(u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number of percent from 1 to {max}", max = Percent::MAX)]
pub struct PercentError;

impl Percent {
    pub const MAX: u8 = 100;

    /// The part of an amount in minor units, rounded to the nearest one and upwards from the middle,
    /// as amounts of money are by Article 5 of Regulation (EC) No 1103/97.
    pub(super) fn of(self, minor_units: i64) -> i64 {
        let hundredths = i128::from(minor_units) * i128::from(self.0);
        // Never more than the amount, which fits.
        i64::try_from((hundredths + 50).div_euclid(100)).unwrap_or(minor_units)
    }
}

impl TryFrom<u8> for Percent {
    type Error = PercentError;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&percent) { Ok(Self(percent)) } else { Err(PercentError) }
    }
}

impl From<Percent> for u8 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

impl FromStr for Percent {
    type Err = PercentError;

    /// `10` or `10%`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let digits = raw.trim().trim_end_matches('%').trim_end();
        digits.parse::<u8>().map_err(|_| PercentError).and_then(Self::try_from)
    }
}

/// From which sum on which percentage is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub from: Price,
    pub percent: Percent,
}

/// Tiers in one currency; a higher sum saves a higher percentage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Tier>", into = "Vec<Tier>")]
pub struct Tiers(Vec<Tier>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TiersError {
    #[error("must have at least one tier and at most {max}", max = Tiers::MAX)]
    Count,
    #[error("must have higher sums and higher percentages from tier to tier, in one currency")]
    Order,
    #[error("must look like 50.00 GBP=5; 100.00 GBP=10")]
    Shape,
    #[error("a sum {0}")]
    Sum(#[from] PriceError),
    #[error("a percentage {0}")]
    Percent(#[from] PercentError),
}

impl Tiers {
    pub const MAX: usize = 10;

    /// What is taken off a sum; nothing below the first tier and in another currency.
    pub(super) fn of(&self, sum: Money) -> Option<Percent> {
        let is_reached =
            |tier: &&Tier| tier.from.currency() == sum.currency() && tier.from.minor_units() <= sum.minor_units();
        self.0.iter().rev().find(is_reached).map(|tier| tier.percent)
    }
}

impl TryFrom<Vec<Tier>> for Tiers {
    type Error = TiersError;

    fn try_from(tiers: Vec<Tier>) -> Result<Self, Self::Error> {
        if !(1..=Self::MAX).contains(&tiers.len()) {
            return Err(TiersError::Count);
        }
        let rises = |lower: &Tier, higher: &Tier| {
            lower.from.currency() == higher.from.currency()
                && lower.from.minor_units() < higher.from.minor_units()
                && lower.percent < higher.percent
        };
        if tiers.is_sorted_by(rises) { Ok(Self(tiers)) } else { Err(TiersError::Order) }
    }
}

impl From<Tiers> for Vec<Tier> {
    fn from(tiers: Tiers) -> Self {
        tiers.0
    }
}

impl FromStr for Tiers {
    type Err = TiersError;

    /// `50.00 GBP=5; 100.00 GBP=10`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let tier = |raw: &str| {
            let (from, percent) = raw.split_once('=').ok_or(TiersError::Shape)?;
            Ok(Tier { from: from.parse()?, percent: percent.parse()? })
        };
        raw.split(';').map(tier).collect::<Result<Vec<_>, TiersError>>()?.try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_percentage_keeps_its_limits() {
        assert_eq!("1".parse::<Percent>(), Ok(Percent(1)));
        assert_eq!(" 100 %".parse::<Percent>(), Ok(Percent(Percent::MAX)));
        for wrong in ["0", "101", "-1", "12.5", "", "ten", "256"] {
            assert_eq!(wrong.parse::<Percent>(), Err(PercentError), "{wrong}");
        }
    }

    #[test]
    fn half_a_minor_unit_is_rounded_up() {
        let percent = |percent, minor_units| Percent(percent).of(minor_units);
        assert_eq!((percent(10, 14), percent(10, 15), percent(50, 1), percent(49, 1)), (1, 2, 1, 0));
    }

    #[test]
    fn tiers_rise_and_keep_their_limits() {
        let many = |count: usize| {
            let tiers = (1..=count).map(|n| format!("{n}.00 GBP={n}")).collect::<Vec<_>>().join(";");
            tiers.parse::<Tiers>()
        };
        assert!(many(Tiers::MAX).is_ok());
        assert_eq!(many(Tiers::MAX + 1), Err(TiersError::Count));
        assert_eq!(Tiers::try_from(vec![]), Err(TiersError::Count));
        for wrong in ["50.00 GBP=5; 40.00 GBP=10", "50.00 GBP=5; 60.00 GBP=5", "50.00 GBP=5; 60.00 USD=6"] {
            assert_eq!(wrong.parse::<Tiers>(), Err(TiersError::Order), "{wrong}");
        }
        assert_eq!("50.00 GBP".parse::<Tiers>(), Err(TiersError::Shape));
    }

    #[test]
    fn a_tier_begins_at_its_sum() {
        let tiers: Tiers = "50.00 GBP=5; 100.00 GBP=10".parse().unwrap();
        let of = |sum: &str| tiers.of(sum.parse().unwrap()).map(u8::from);
        assert_eq!((of("49.99 GBP"), of("50.00 GBP"), of("99.99 GBP")), (None, Some(5), Some(5)));
        assert_eq!((of("100.00 GBP"), of("100.00 USD")), (Some(10), None));
    }

    proptest! {
        #[test]
        fn a_part_is_never_more_than_the_whole(percent in 1..=Percent::MAX, minor_units in 0..i64::MAX) {
            let part = Percent(percent).of(minor_units);
            prop_assert!((0..=minor_units).contains(&part));
        }
    }
}
