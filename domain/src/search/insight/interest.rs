use std::collections::HashMap;
use std::ops::AddAssign;

use crate::catalog::Slug;

/// What shoppers lately made of a product that they had searched for, in thousandths of a unit sold. It fades by
/// the day, to half in a month, and has a bound: nobody clicks a product to the top.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interest(u64);

/// What the ranking counts of an interest: whole units, in powers of two. So the index is written again only
/// where an interest has doubled, or halved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    pub units: u32,
    /// The least interest of this level, in thousandths.
    pub from_thousandths: u64,
    /// The least interest that is above it.
    pub below_thousandths: u64,
}

impl Interest {
    /// Opening it from the results: about one in twenty who do so buy it.
    pub const OF_CLICK: Self = Self(50);
    /// Buying what was opened so, beside the units sold.
    pub const OF_PURCHASE: Self = Self(UNIT_THOUSANDTHS);
    pub const MAX: Self = Self(256 * UNIT_THOUSANDTHS);
    /// How much of a thousand is left after a day: half of it after thirty.
    pub const LEFT_PER_MILLE: u32 = 977;

    pub const fn thousandths(self) -> u64 {
        self.0
    }

    pub fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths).min(Self::MAX)
    }

    pub fn level(self) -> Level {
        let Some(doublings) = (self.0 / UNIT_THOUSANDTHS).checked_ilog2() else {
            return Level { units: 0, from_thousandths: 0, below_thousandths: UNIT_THOUSANDTHS };
        };
        let from_thousandths = UNIT_THOUSANDTHS << doublings;
        Level { units: 1 << doublings, from_thousandths, below_thousandths: from_thousandths * 2 }
    }
}

const UNIT_THOUSANDTHS: u64 = 1_000;

impl AddAssign for Interest {
    fn add_assign(&mut self, other: Self) {
        *self = Self::from_thousandths(self.0.saturating_add(other.0));
    }
}

/// Interest that waits to be written down, by the addresses of the products. It is bounded as
/// [`super::Counting`] is.
#[derive(Debug, Default)]
pub struct Interests(HashMap<Slug, Interest>);

impl Interests {
    /// Different products that wait at once.
    pub const MAX_PRODUCTS: usize = 4_096;

    /// Adds to the interest in a product; one that is new counts for nothing where too many wait.
    pub fn count(&mut self, product: Slug, interest: Interest) {
        if let Some(known) = self.0.get_mut(&product) {
            *known += interest;
        } else if self.0.len() < Self::MAX_PRODUCTS {
            self.0.insert(product, interest);
        }
    }

    pub fn take(&mut self) -> Vec<(Slug, Interest)> {
        std::mem::take(&mut self.0).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(thousandths: u64) -> u32 {
        Interest::from_thousandths(thousandths).level().units
    }

    #[test]
    fn interest_counts_in_doublings_up_to_a_bound() {
        for (thousandths, expected) in
            [(0, 0), (999, 0), (1_000, 1), (1_999, 1), (2_000, 2), (255_999, 128), (256_000, 256), (u64::MAX, 256)]
        {
            assert_eq!(units(thousandths), expected, "{thousandths}");
        }
    }

    #[test]
    fn many_clicks_are_a_purchase_and_no_number_is_above_the_bound() {
        let mut interest = Interest::default();
        for _ in 0..20 {
            interest += Interest::OF_CLICK;
        }
        assert_eq!(interest, Interest::OF_PURCHASE);
        interest += Interest::MAX;
        assert_eq!(interest, Interest::MAX);
    }

    #[test]
    fn half_of_it_is_left_after_thirty_days() {
        let left = |days| (0..days).fold(1_000_000, |left, _| left * u64::from(Interest::LEFT_PER_MILLE) / 1_000);
        assert!(left(29) > 500_000 && left(30) < 500_000, "{} {}", left(29), left(30));
    }

    #[test]
    fn a_flood_is_cut_and_what_is_known_is_counted_on() {
        let slug = |number: usize| format!("lamp-{number}").parse::<Slug>().unwrap();
        let mut waiting = Interests::default();
        for number in (0..=Interests::MAX_PRODUCTS).chain([0]) {
            waiting.count(slug(number), Interest::OF_CLICK);
        }
        let taken = waiting.take();
        assert_eq!(taken.len(), Interests::MAX_PRODUCTS);
        let of = |number| taken.iter().find(|(product, _)| *product == slug(number)).map(|(_, interest)| *interest);
        assert_eq!(of(0).map(Interest::thousandths), Some(100));
        assert_eq!(of(Interests::MAX_PRODUCTS), None);
        assert!(waiting.take().is_empty());
    }

    proptest! {
        #[test]
        fn an_interest_is_within_the_bounds_of_its_level(thousandths in 0..=Interest::MAX.thousandths()) {
            let level = Interest::from_thousandths(thousandths).level();
            prop_assert!((level.from_thousandths..level.below_thousandths).contains(&thousandths));
            prop_assert!(u64::from(level.units) * UNIT_THOUSANDTHS == level.from_thousandths);
        }
    }
}
