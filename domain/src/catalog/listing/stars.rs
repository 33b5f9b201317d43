use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::super::Rating;

/// The fewest stars that a product must have on average, from one to four: nothing has more than
/// five, and few have exactly five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct LeastStars(u8);

/// A number of stars that nothing can be narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number of stars from 1 to {max}", max = LeastStars::MAX)]
pub struct LeastStarsError;

/// How many products have at least so many stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarCount {
    pub least: LeastStars,
    pub count: u32,
    pub chosen: bool,
}

impl LeastStars {
    pub const MAX: u8 = 4;

    /// What a list offers, the most stars first.
    pub const OFFERED: [Self; 3] = [Self(4), Self(3), Self(2)];

    pub const fn get(self) -> u8 {
        self.0
    }

    /// The same in hundredths of a star.
    pub const fn hundredths(self) -> u16 {
        self.0 as u16 * 100
    }

    /// Whether a rating has so many. What nobody has rated has none.
    pub fn admits(self, rating: Option<Rating>) -> bool {
        rating.is_some_and(|rating| rating.average_hundredths() >= self.hundredths())
    }
}

impl TryFrom<u8> for LeastStars {
    type Error = LeastStarsError;

    fn try_from(stars: u8) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&stars) { Ok(Self(stars)) } else { Err(LeastStarsError) }
    }
}

impl From<LeastStars> for u8 {
    fn from(stars: LeastStars) -> Self {
        stars.0
    }
}

impl FromStr for LeastStars {
    type Err = LeastStarsError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.trim().parse::<u8>().map_err(|_| LeastStarsError)?.try_into()
    }
}

impl fmt::Display for LeastStars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_have_both_limits() {
        let read = |raw: &str| raw.parse::<LeastStars>().map(LeastStars::get);
        assert_eq!((read("0"), read("1")), (Err(LeastStarsError), Ok(1)));
        assert_eq!((read("4"), read("5")), (Ok(4), Err(LeastStarsError)));
        assert_eq!((read("four"), read("300")), (Err(LeastStarsError), Err(LeastStarsError)));
    }

    #[test]
    fn a_rating_is_compared_as_it_is_and_not_as_it_is_rounded() {
        let four = LeastStars(4);
        assert!(four.admits(Rating::new(400, 1).ok()));
        assert!(!four.admits(Rating::new(399, 1).ok()));
        assert!(!four.admits(None));
    }
}
