use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TermsError;

/// At or below how many units shoppers are told how many are left of a SKU, and those who run the store find it among
/// what is low. At 0 nobody is told before it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct LowMark(u32);

impl LowMark {
    pub const MAX_UNITS: u32 = 1_000;

    pub const fn units(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for LowMark {
    type Error = TermsError;

    fn try_from(units: u32) -> Result<Self, Self::Error> {
        if units <= Self::MAX_UNITS { Ok(Self(units)) } else { Err(TermsError::LowMark) }
    }
}

impl From<LowMark> for u32 {
    fn from(mark: LowMark) -> Self {
        mark.0
    }
}

impl FromStr for LowMark {
    type Err = TermsError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse::<u32>().map_err(|_| TermsError::LowMark)?.try_into()
    }
}

impl fmt::Display for LowMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_holds_on_both_sides() {
        let read = |raw: &str| raw.parse::<LowMark>().map(LowMark::units);
        assert_eq!((read("0"), read("1000")), (Ok(0), Ok(LowMark::MAX_UNITS)));
        for wrong in ["1001", "", "-1", "few", "2.5"] {
            assert_eq!(read(wrong), Err(TermsError::LowMark), "{wrong}");
        }
    }
}
