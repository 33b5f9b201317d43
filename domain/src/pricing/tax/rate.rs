use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A rate of tax in thousandths of a percent: some American ones need three places after the point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct TaxRate(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a percentage from 0 to {max} with at most {PLACES} places after the point, like 8.875", max = TaxRate::MAX_PERCENT)]
pub struct TaxRateError;

/// Places after the point of a percentage.
const PLACES: usize = 3;
const THOUSANDTHS_PER_PERCENT: u32 = 1_000;

impl TaxRate {
    pub const MAX_PERCENT: u32 = 100;
    pub const ZERO: Self = Self(0);
    /// Everything, in the unit of a rate.
    const WHOLE: u32 = 100 * THOUSANDTHS_PER_PERCENT;

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The part of an amount that is tax, as numerator and denominator: of one that contains the tax, or
    /// of one that it is added to.
    pub(super) fn part(self, is_contained: bool) -> (i128, i128) {
        let whole = if is_contained { Self::WHOLE + self.0 } else { Self::WHOLE };
        (self.0.into(), whole.into())
    }
}

impl TryFrom<u32> for TaxRate {
    type Error = TaxRateError;

    fn try_from(thousandths: u32) -> Result<Self, Self::Error> {
        if thousandths <= Self::MAX_PERCENT * THOUSANDTHS_PER_PERCENT {
            Ok(Self(thousandths))
        } else {
            Err(TaxRateError)
        }
    }
}

impl From<TaxRate> for u32 {
    fn from(rate: TaxRate) -> Self {
        rate.0
    }
}

impl FromStr for TaxRate {
    type Err = TaxRateError;

    /// `20`, `8.875` or `5.5%`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let digits = raw.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > PLACES || !only_digits(whole) || !only_digits(fraction) {
            return Err(TaxRateError);
        }
        let thousandths: u32 = format!("{whole}{fraction:0<PLACES$}").parse().map_err(|_| TaxRateError)?;
        Self::try_from(thousandths)
    }
}

impl fmt::Display for TaxRate {
    /// `8.875%`, `20%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / THOUSANDTHS_PER_PERCENT, self.0 % THOUSANDTHS_PER_PERCENT);
        let fraction = format!("{rest:0>PLACES$}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{whole}%"),
            fraction => write!(f, "{whole}.{fraction}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rate_reads_as_people_write_it() {
        let shown = |raw: &str| raw.parse::<TaxRate>().map(|rate| rate.to_string());
        assert_eq!(shown("20").as_deref(), Ok("20%"));
        assert_eq!(shown(" 8.875 ").as_deref(), Ok("8.875%"));
        assert_eq!(shown("5.50 %").as_deref(), Ok("5.5%"));
        assert_eq!(shown("0").as_deref(), Ok("0%"));
        assert_eq!(shown("100.000").as_deref(), Ok("100%"));
        for wrong in ["", "-1", "100.001", "8.8755", ".5", "ten", "1e2", "99999999999"] {
            assert_eq!(shown(wrong), Err(TaxRateError), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_rate_survives_being_written_down(thousandths in 0..=100_000_u32) {
            let rate = TaxRate::try_from(thousandths).unwrap();
            prop_assert_eq!(rate.to_string().parse::<TaxRate>(), Ok(rate));
        }
    }
}
