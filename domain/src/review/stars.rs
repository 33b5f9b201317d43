use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::catalog::OwnRatings;

/// One to five stars, as one customer gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choose one to five stars")]
pub struct StarsError;

impl Stars {
    /// The best first, as a histogram shows them.
    pub const ALL: [Self; 5] = [Self(5), Self(4), Self(3), Self(2), Self(1)];

    pub const fn get(self) -> u8 {
        self.0
    }

    /// What so many stars say.
    pub const fn in_words(self) -> &'static str {
        match self.0 {
            5 => "Excellent",
            4 => "Good",
            3 => "All right",
            2 => "Poor",
            _ => "Bad",
        }
    }
}

impl TryFrom<u8> for Stars {
    type Error = StarsError;

    fn try_from(raw: u8) -> Result<Self, Self::Error> {
        if (1..=5).contains(&raw) { Ok(Self(raw)) } else { Err(StarsError) }
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

impl FromStr for Stars {
    type Err = StarsError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse::<u8>().map_err(|_| StarsError)?.try_into()
    }
}

impl fmt::Display for Stars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many reviews gave each number of stars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StarCounts([u32; 5]);

impl StarCounts {
    pub fn add(&mut self, stars: Stars, reviews: u32) {
        let place = &mut self.0[usize::from(stars.0 - 1)];
        *place = place.saturating_add(reviews);
    }

    pub fn of(self, stars: Stars) -> u32 {
        self.0[usize::from(stars.0 - 1)]
    }

    pub fn total(self) -> u32 {
        self.0.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The share of a number of stars in whole percent, rounded half up; 0 of nothing.
    pub fn percent(self, stars: Stars) -> u32 {
        let total = u64::from(self.total());
        let rounded = (u64::from(self.of(stars)) * 100 + total / 2).checked_div(total).unwrap_or_default();
        u32::try_from(rounded).unwrap_or(100)
    }

    /// As the catalog keeps them.
    pub fn as_ratings(self) -> OwnRatings {
        let stars =
            Stars::ALL.iter().fold(0_u32, |sum, s| sum.saturating_add(u32::from(s.0).saturating_mul(self.of(*s))));
        // Fails only beyond 800 million reviews, where the sum no longer fits.
        OwnRatings::new(stars, self.total()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Rating;

    #[test]
    fn the_limits_hold_on_both_sides() {
        assert_eq!("1".parse::<Stars>().map(Stars::get), Ok(1));
        assert_eq!("5".parse::<Stars>().map(Stars::get), Ok(5));
        for wrong in ["0", "6", "", "-1", "4.5", "five", "261"] {
            assert_eq!(wrong.parse::<Stars>(), Err(StarsError), "{wrong}");
        }
    }

    #[test]
    fn stars_are_counted_shared_and_averaged() {
        let mut counts = StarCounts::default();
        assert_eq!((counts.percent(Stars(5)), Rating::with_own(None, counts.as_ratings())), (0, None));
        counts.add(Stars(5), 2);
        counts.add(Stars(1), 1);
        assert_eq!(Stars::ALL.map(|stars| counts.percent(stars)), [67, 0, 0, 0, 33]);
        let rating = Rating::with_own(None, counts.as_ratings()).unwrap();
        assert_eq!((rating.average_hundredths(), rating.count()), (367, 3));
    }
}
