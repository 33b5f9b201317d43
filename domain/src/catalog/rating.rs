use serde::{Deserialize, Serialize};

/// What the customers of this store gave: their stars together, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawOwn", into = "RawOwn")]
pub struct OwnRatings {
    stars: u32,
    count: u32,
}

/// The average of a product's ratings, from one to five stars, in hundredths of a star: of those that
/// came with the product's data, without words, and of those that were given in this store. Both parts
/// are kept, so that a new feed changes the one and a new review the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawRating", into = "RawRating")]
pub struct Rating {
    fed_average_hundredths: u16,
    fed_count: u32,
    own: OwnRatings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 1.00 and 5.00 stars by at least one person")]
pub struct RatingError;

#[derive(Serialize, Deserialize)]
struct RawOwn {
    stars: u32,
    count: u32,
}

#[derive(Serialize, Deserialize)]
struct RawRating {
    average_hundredths: u16,
    count: u32,
    /// Ratings from before there were reviews have none.
    #[serde(default)]
    own: OwnRatings,
}

impl OwnRatings {
    /// # Errors
    /// [`RatingError`] when so many people can't have given so many stars.
    pub fn new(stars: u32, count: u32) -> Result<Self, RatingError> {
        let (least, most) = (u64::from(count), u64::from(count) * 5);
        if (least..=most).contains(&u64::from(stars)) { Ok(Self { stars, count }) } else { Err(RatingError) }
    }

    pub const fn count(self) -> u32 {
        self.count
    }
}

impl Rating {
    /// A rating that came with a product's data.
    ///
    /// # Errors
    /// [`RatingError`] when the average is not between 100 and 500, or nobody rated.
    pub fn new(average_hundredths: u16, count: u32) -> Result<Self, RatingError> {
        if (100..=500).contains(&average_hundredths) && count > 0 {
            Ok(Self { fed_average_hundredths: average_hundredths, fed_count: count, own: OwnRatings::default() })
        } else {
            Err(RatingError)
        }
    }

    /// What came with the product's data together with what was given in this store; `None` where
    /// nobody rated at all.
    pub fn with_own(fed: Option<Self>, own: OwnRatings) -> Option<Self> {
        let (fed_average_hundredths, fed_count) =
            fed.map_or((0, 0), |rating| (rating.fed_average_hundredths, rating.fed_count));
        (fed_count > 0 || own.count > 0).then_some(Self { fed_average_hundredths, fed_count, own })
    }

    /// Every rating has the same weight, wherever it came from; rounded half up.
    pub fn average_hundredths(self) -> u16 {
        let count = u64::from(self.fed_count) + u64::from(self.own.count);
        let fed = u64::from(self.fed_average_hundredths) * u64::from(self.fed_count);
        let average = (fed + u64::from(self.own.stars) * 100 + count / 2) / count.max(1);
        u16::try_from(average).unwrap_or(500)
    }

    pub const fn count(self) -> u32 {
        self.fed_count.saturating_add(self.own.count)
    }

    /// How many came with the product's data.
    pub const fn fed_count(self) -> u32 {
        self.fed_count
    }

    pub const fn own(self) -> OwnRatings {
        self.own
    }

    /// The average with one decimal, rounded half up: `4.6`.
    pub fn average(self) -> String {
        let tenths = (self.average_hundredths() + 5) / 10;
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    /// Hundredths of stars as a shopper should trust them: drawn towards 3.50 as if ten people
    /// had rated so (a Bayesian average), so that one enthusiast does not beat a thousand buyers.
    pub fn trusted_hundredths(self) -> u32 {
        const PRIOR_HUNDREDTHS: u64 = 350;
        const PRIOR_COUNT: u64 = 10;
        let count = u64::from(self.count());
        let sum = u64::from(self.average_hundredths()) * count + PRIOR_HUNDREDTHS * PRIOR_COUNT;
        u32::try_from(sum / (count + PRIOR_COUNT)).unwrap_or(u32::MAX)
    }
}

impl TryFrom<RawOwn> for OwnRatings {
    type Error = RatingError;

    fn try_from(raw: RawOwn) -> Result<Self, Self::Error> {
        Self::new(raw.stars, raw.count)
    }
}

impl From<OwnRatings> for RawOwn {
    fn from(own: OwnRatings) -> Self {
        Self { stars: own.stars, count: own.count }
    }
}

impl TryFrom<RawRating> for Rating {
    type Error = RatingError;

    fn try_from(raw: RawRating) -> Result<Self, Self::Error> {
        let fed = if raw.count == 0 { None } else { Some(Self::new(raw.average_hundredths, raw.count)?) };
        Self::with_own(fed, raw.own).ok_or(RatingError)
    }
}

impl From<Rating> for RawRating {
    fn from(rating: Rating) -> Self {
        Self { average_hundredths: rating.fed_average_hundredths, count: rating.fed_count, own: rating.own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn what_was_given_here_is_added_and_taken_back_again() {
        let fed = Rating::new(400, 3).ok();
        let own = OwnRatings::new(6, 2).unwrap();
        let both = Rating::with_own(fed, own).unwrap();
        assert_eq!((both.average_hundredths(), both.count(), both.fed_count()), (360, 5, 3));
        assert_eq!(Rating::with_own(Some(both), OwnRatings::default()), fed);
        assert_eq!(Rating::with_own(None, OwnRatings::default()), None);
        let alone = Rating::with_own(None, own).unwrap();
        assert_eq!((alone.average().as_str(), alone.count()), ("3.0", 2));
    }

    #[test]
    fn nobody_gives_more_than_five_stars_or_less_than_one() {
        assert!(OwnRatings::new(2, 2).is_ok() && OwnRatings::new(10, 2).is_ok());
        assert_eq!((OwnRatings::new(1, 2), OwnRatings::new(11, 2)), (Err(RatingError), Err(RatingError)));
    }

    #[test]
    fn a_rating_from_before_there_were_reviews_reads() {
        let old = r#"{"average_hundredths":470,"count":12}"#;
        assert_eq!(serde_json::from_str::<Rating>(old).ok(), Rating::new(470, 12).ok());
        assert!(serde_json::from_str::<Rating>(r#"{"average_hundredths":0,"count":0}"#).is_err());
    }

    proptest! {
        #[test]
        fn a_rating_reads_back_and_its_average_is_one(
            average in 100_u16..=500, count in 0_u32..100_000, given in prop::collection::vec(1_u32..=5, 0..50),
        ) {
            let own = OwnRatings::new(given.iter().sum(), u32::try_from(given.len()).unwrap()).unwrap();
            if let Some(rating) = Rating::with_own(Rating::new(average, count).ok(), own) {
                prop_assert!((100..=500).contains(&rating.average_hundredths()));
                let stored = serde_json::to_string(&rating).unwrap();
                prop_assert_eq!(serde_json::from_str::<Rating>(&stored).unwrap(), rating);
            }
        }
    }
}
