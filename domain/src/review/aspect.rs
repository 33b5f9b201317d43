use serde::{Deserialize, Serialize};

use super::Stars;
use crate::catalog::CategoryId;

/// Aspects that a review of a product may rate.
pub const MAX_ASPECTS: usize = 5;
/// An aspect is shown with an average once so many have rated it: of fewer one voice says too much.
pub const MIN_ASPECT_RATINGS: u32 = 5;

/// What a product can be good or bad at, beside being good or bad. Nobody has to rate any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Quality,
    Value,
    EaseOfUse,
    Fit,
    Comfort,
    Battery,
    Sound,
    Assembly,
    Taste,
    Scent,
    Effect,
    Fun,
}

impl Aspect {
    pub const ALL: [Self; 12] = [
        Self::Quality,
        Self::EaseOfUse,
        Self::Fit,
        Self::Comfort,
        Self::Battery,
        Self::Sound,
        Self::Assembly,
        Self::Taste,
        Self::Scent,
        Self::Effect,
        Self::Fun,
        Self::Value,
    ];

    /// Its name in a form.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Quality => "quality",
            Self::Value => "value",
            Self::EaseOfUse => "ease",
            Self::Fit => "fit",
            Self::Comfort => "comfort",
            Self::Battery => "battery",
            Self::Sound => "sound",
            Self::Assembly => "assembly",
            Self::Taste => "taste",
            Self::Scent => "scent",
            Self::Effect => "effect",
            Self::Fun => "fun",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Quality => "Quality",
            Self::Value => "Value for money",
            Self::EaseOfUse => "Easy to use",
            Self::Fit => "Fit and size",
            Self::Comfort => "Comfort",
            Self::Battery => "Battery",
            Self::Sound => "Sound",
            Self::Assembly => "Easy to assemble",
            Self::Taste => "Taste",
            Self::Scent => "Scent",
            Self::Effect => "Does what it promises",
            Self::Fun => "Fun",
        }
    }

    /// The aspects of what stands in a category: by the family that the nearest of its names belongs to.
    pub fn of(category: &CategoryId) -> &'static [Self] {
        let mut names = category.as_str().rsplit('/');
        names.find_map(family).unwrap_or(&[Self::Quality, Self::EaseOfUse, Self::Value])
    }
}

/// The families of categories that have aspects of their own: words of their names, and the aspects. Of a name that
/// has words of several families the first one counts: `phone-cases` is not a phone.
const FAMILIES: [(&[&str], &[Aspect]); 11] = [
    (&["case", "cases", "cable", "cables", "covers"], &[Aspect::Quality, Aspect::Fit, Aspect::Value]),
    (
        &["headphones", "earphones", "earbuds", "speakers", "audio", "radios", "soundbars"],
        &[Aspect::Sound, Aspect::Battery, Aspect::EaseOfUse, Aspect::Quality, Aspect::Value],
    ),
    (
        &["phones", "smartphones", "tablets", "laptops", "cameras", "watches", "smartwatches", "wearables"],
        &[Aspect::EaseOfUse, Aspect::Battery, Aspect::Quality, Aspect::Value],
    ),
    (&["bags", "luggage", "backpacks"], &[Aspect::Comfort, Aspect::Quality, Aspect::Value]),
    (&["books", "fiction"], &[Aspect::Quality, Aspect::Value]),
    (
        &[
            "shoes", "boots", "trainers", "sandals", "slippers", "footwear", "clothing", "apparel", "tops", "shirts",
            "dresses", "trousers", "jeans", "jackets", "coats", "knitwear", "socks", "gloves", "hats",
        ],
        &[Aspect::Fit, Aspect::Comfort, Aspect::Quality, Aspect::Value],
    ),
    (
        &["furniture", "chairs", "sofas", "beds", "mattresses", "armchairs", "stools", "benches"],
        &[Aspect::Comfort, Aspect::Assembly, Aspect::Quality, Aspect::Value],
    ),
    (&["tables", "desks", "shelves", "shelving", "bookcases"], &[Aspect::Assembly, Aspect::Quality, Aspect::Value]),
    (
        &["beauty", "skincare", "haircare", "fragrance", "perfume", "candles", "cosmetics"],
        &[Aspect::Effect, Aspect::Scent, Aspect::Value],
    ),
    (&["food", "grocery", "groceries", "chocolate", "snacks"], &[Aspect::Taste, Aspect::Quality, Aspect::Value]),
    (&["toys", "games", "puzzles"], &[Aspect::Fun, Aspect::Quality, Aspect::Value]),
];

fn family(name: &str) -> Option<&'static [Aspect]> {
    let has_word = |words: &[&str]| name.split('-').any(|word| words.contains(&word));
    FAMILIES.iter().find(|(words, _)| has_word(words)).map(|(_, aspects)| *aspects)
}

/// How one reviewer rates one aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AspectRating {
    pub aspect: Aspect,
    pub stars: Stars,
}

/// How one reviewer rates aspects: each once at most, and at most [`MAX_ASPECTS`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<AspectRating>", into = "Vec<AspectRating>")]
pub struct AspectStars(Vec<AspectRating>);

impl AspectStars {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = AspectRating> {
        self.0.iter().copied()
    }

    pub fn of(&self, aspect: Aspect) -> Option<Stars> {
        self.iter().find(|rating| rating.aspect == aspect).map(|rating| rating.stars)
    }
}

impl FromIterator<AspectRating> for AspectStars {
    fn from_iter<T: IntoIterator<Item = AspectRating>>(ratings: T) -> Self {
        let mut kept = Self::default();
        for rating in ratings {
            if kept.0.len() < MAX_ASPECTS && kept.of(rating.aspect).is_none() {
                kept.0.push(rating);
            }
        }
        kept.0.sort_by_key(|rating| rating.aspect);
        kept
    }
}

impl From<Vec<AspectRating>> for AspectStars {
    fn from(ratings: Vec<AspectRating>) -> Self {
        ratings.into_iter().collect()
    }
}

impl From<AspectStars> for Vec<AspectRating> {
    fn from(stars: AspectStars) -> Self {
        stars.0
    }
}

/// What all reviewers of a product say of an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AspectAverage {
    pub aspect: Aspect,
    /// In hundredths of a star, rounded half up.
    pub hundredths: u16,
    pub ratings: u32,
}

impl AspectAverage {
    /// With one decimal, rounded half up: `4.6`.
    pub fn average(self) -> String {
        let tenths = (self.hundredths + 5) / 10;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// How often and how well each aspect was rated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AspectCounts(Vec<(Aspect, u64, u32)>);

impl AspectCounts {
    /// Counts so many reviews that rate alike.
    pub fn add(&mut self, stars: &AspectStars, reviews: u32) {
        for AspectRating { aspect, stars } in stars.iter() {
            let given = u64::from(stars.get()) * u64::from(reviews);
            match self.0.iter_mut().find(|(known, ..)| *known == aspect) {
                Some((_, sum, ratings)) => {
                    *sum = sum.saturating_add(given);
                    *ratings = ratings.saturating_add(reviews);
                }
                None => self.0.push((aspect, given, reviews)),
            }
        }
    }

    /// Those of some aspects that enough have rated, in their order.
    pub fn averages(&self, of: &[Aspect]) -> Vec<AspectAverage> {
        let average = |aspect: &Aspect| {
            let (_, sum, ratings) = self.0.iter().find(|(known, ..)| known == aspect)?;
            if *ratings < MIN_ASPECT_RATINGS {
                return None;
            }
            let hundredths = (sum.saturating_mul(100) + u64::from(ratings / 2)).checked_div(u64::from(*ratings))?;
            Some(AspectAverage { aspect: *aspect, hundredths: u16::try_from(hundredths).ok()?, ratings: *ratings })
        };
        of.iter().filter_map(average).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use proptest::prelude::*;

    fn rating(aspect: Aspect, stars: u8) -> AspectRating {
        AspectRating { aspect, stars: stars.try_into().unwrap() }
    }

    fn of(category: &str) -> &'static [Aspect] {
        Aspect::of(&category.parse().unwrap())
    }

    #[test]
    fn what_is_asked_fits_what_is_sold() {
        assert_eq!(of("fashion/running-shoes"), [Aspect::Fit, Aspect::Comfort, Aspect::Quality, Aspect::Value]);
        assert!(of("electronics/headphones").contains(&Aspect::Sound));
        assert_eq!(of("electronics/phone-cases"), [Aspect::Quality, Aspect::Fit, Aspect::Value]);
        assert_eq!(
            of("furniture/tables"),
            [Aspect::Assembly, Aspect::Quality, Aspect::Value],
            "the nearest name counts"
        );
        assert_eq!(of("things"), [Aspect::Quality, Aspect::EaseOfUse, Aspect::Value]);
    }

    #[test]
    fn every_aspect_has_a_name_and_every_family_fits_a_form() {
        let names: HashSet<&str> = Aspect::ALL.iter().map(|aspect| aspect.parameter()).collect();
        assert_eq!(names.len(), Aspect::ALL.len());
        for (_, aspects) in FAMILIES {
            assert!(aspects.len() <= MAX_ASPECTS, "{aspects:?}");
        }
    }

    #[test]
    fn an_average_is_shown_from_five_ratings() {
        let mut counts = AspectCounts::default();
        let all = [Aspect::Value, Aspect::Quality];
        counts.add(&[rating(Aspect::Quality, 4), rating(Aspect::Value, 1)].into_iter().collect(), 1);
        counts.add(&[rating(Aspect::Quality, 5)].into_iter().collect(), MIN_ASPECT_RATINGS - 2);
        assert_eq!(counts.averages(&all), []);
        counts.add(&[rating(Aspect::Quality, 4)].into_iter().collect(), 1);
        let average = AspectAverage { aspect: Aspect::Quality, hundredths: 460, ratings: MIN_ASPECT_RATINGS };
        assert_eq!(counts.averages(&all), [average]);
        assert_eq!(counts.averages(&[Aspect::Value]), [], "what is not asked any more is not shown");
    }

    proptest! {
        #[test]
        fn nobody_rates_twice_or_too_much(given in prop::collection::vec((0_usize..12, 1_u8..=5), 0..30)) {
            let stars: AspectStars = given.iter().map(|(aspect, stars)| rating(Aspect::ALL[*aspect], *stars)).collect();
            let aspects: HashSet<Aspect> = stars.iter().map(|rating| rating.aspect).collect();
            prop_assert_eq!(aspects.len(), stars.iter().count());
            prop_assert!(aspects.len() <= MAX_ASPECTS);
            let read: AspectStars = serde_json::from_str(&serde_json::to_string(&stars).unwrap()).unwrap();
            prop_assert_eq!(read, stars);
        }

        #[test]
        fn an_average_lies_between_one_and_five(given in prop::collection::vec((1_u8..=5, 1_u32..u32::MAX), 1..9)) {
            let mut counts = AspectCounts::default();
            for (stars, reviews) in given {
                counts.add(&[rating(Aspect::Fun, stars)].into_iter().collect(), reviews);
            }
            for average in counts.averages(&[Aspect::Fun]) {
                prop_assert!(average.ratings == u32::MAX || (100..=500).contains(&average.hundredths));
            }
        }
    }
}
