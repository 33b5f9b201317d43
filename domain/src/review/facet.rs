use serde::{Deserialize, Serialize};

use super::{PostQuery, StarCounts, Stars};

/// How many reviews are alike in everything that they are narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    pub stars: Stars,
    pub verified: bool,
    pub pictured: bool,
    pub reviews: u32,
}

/// The reviews of a product that are shown and have the words that are looked for, counted by what they can be
/// narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewFacets(Vec<Alike>);

impl ReviewFacets {
    /// How many of them somebody sees who asks so, on all pages.
    pub fn matching(&self, query: &PostQuery) -> u32 {
        let fits = |alike: &&Alike| {
            query.stars.is_none_or(|stars| stars == alike.stars)
                && (alike.verified || !query.verified)
                && (alike.pictured || !query.pictured)
        };
        self.0.iter().filter(fits).fold(0, |sum, alike| sum.saturating_add(alike.reviews))
    }

    /// The same by their stars alone.
    pub fn counts(&self) -> StarCounts {
        let mut counts = StarCounts::default();
        for alike in &self.0 {
            counts.add(alike.stars, alike.reviews);
        }
        counts
    }
}

impl FromIterator<Alike> for ReviewFacets {
    fn from_iter<T: IntoIterator<Item = Alike>>(groups: T) -> Self {
        Self(groups.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike() -> impl Strategy<Value = Alike> {
        (1_u8..=5, any::<bool>(), any::<bool>(), 0_u32..1_000).prop_map(|(stars, verified, pictured, reviews)| Alike {
            stars: stars.try_into().unwrap(),
            verified,
            pictured,
            reviews,
        })
    }

    proptest! {
        #[test]
        fn the_stars_are_parts_of_a_whole_and_narrower_is_fewer(
            groups in prop::collection::vec(alike(), 0..20), verified: bool, pictured: bool,
        ) {
            let facets: ReviewFacets = groups.iter().copied().collect();
            let query = PostQuery { verified, pictured, ..PostQuery::default() };
            let of = |stars| facets.matching(&PostQuery { stars: Some(stars), ..query.clone() });
            prop_assert_eq!(Stars::ALL.map(of).iter().sum::<u32>(), facets.matching(&query));
            prop_assert_eq!(facets.counts().total(), facets.matching(&PostQuery::default()));
            prop_assert!(facets.matching(&query) <= facets.matching(&PostQuery::default()));
            prop_assert_eq!(facets.matching(&PostQuery::default()), groups.iter().map(|alike| alike.reviews).sum::<u32>());
        }
    }
}
