use serde::{Deserialize, Serialize};

/// The average of a product's ratings, from one to five stars, in hundredths of a star.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawRating", into = "RawRating")]
pub struct Rating {
    average_hundredths: u16,
    count: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 1.00 and 5.00 stars by at least one person")]
pub struct RatingError;

#[derive(Serialize, Deserialize)]
struct RawRating {
    average_hundredths: u16,
    count: u32,
}

impl Rating {
    /// # Errors
    /// [`RatingError`] when the average is not between 100 and 500, or nobody rated.
    pub fn new(average_hundredths: u16, count: u32) -> Result<Self, RatingError> {
        if (100..=500).contains(&average_hundredths) && count > 0 {
            Ok(Self { average_hundredths, count })
        } else {
            Err(RatingError)
        }
    }

    pub const fn average_hundredths(self) -> u16 {
        self.average_hundredths
    }

    pub const fn count(self) -> u32 {
        self.count
    }

    /// The average with one decimal, rounded half up: `4.6`.
    pub fn average(self) -> String {
        let tenths = (self.average_hundredths + 5) / 10;
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    /// Hundredths of stars as a shopper should trust them: drawn towards 3.50 as if ten people
    /// had rated so (a Bayesian average), so that one enthusiast does not beat a thousand buyers.
    pub fn trusted_hundredths(self) -> u32 {
        const PRIOR_HUNDREDTHS: u64 = 350;
        const PRIOR_COUNT: u64 = 10;
        let count = u64::from(self.count);
        let sum = u64::from(self.average_hundredths) * count + PRIOR_HUNDREDTHS * PRIOR_COUNT;
        u32::try_from(sum / (count + PRIOR_COUNT)).unwrap_or(u32::MAX)
    }
}

impl TryFrom<RawRating> for Rating {
    type Error = RatingError;

    fn try_from(raw: RawRating) -> Result<Self, Self::Error> {
        Self::new(raw.average_hundredths, raw.count)
    }
}

impl From<Rating> for RawRating {
    fn from(rating: Rating) -> Self {
        Self { average_hundredths: rating.average_hundredths, count: rating.count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_good_ratings_beat_one_perfect_rating() {
        let one = Rating::new(500, 1).unwrap();
        let many = Rating::new(470, 1_000).unwrap();
        assert!(many.trusted_hundredths() > one.trusted_hundredths());
        assert_eq!(Rating::new(465, 3).unwrap().average(), "4.7");
        assert_eq!(Rating::new(99, 1), Err(RatingError));
        assert_eq!(Rating::new(501, 1), Err(RatingError));
        assert_eq!(Rating::new(300, 0), Err(RatingError));
    }
}
