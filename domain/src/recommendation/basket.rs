use jiff::Timestamp;

/// Distinct items of one basket that is learnt from. Larger ones are wholesale lists: they say
/// little about any pair, and their pairs grow with the square.
pub const MAX_BASKET_ITEMS: usize = 100;

/// An item, numbered by whoever keeps the counts: from zero, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNumber(pub u32);

impl ItemNumber {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BasketError {
    #[error("holds nothing")]
    Empty,
    #[error("holds more than {MAX_BASKET_ITEMS} different items")]
    TooManyItems,
}

/// The distinct items of an order, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket(Box<[ItemNumber]>);

impl Basket {
    /// # Errors
    /// [`BasketError`] unless there are 1 to [`MAX_BASKET_ITEMS`] distinct items.
    pub fn new(items: impl IntoIterator<Item = ItemNumber>) -> Result<Self, BasketError> {
        let mut distinct: Vec<ItemNumber> = items.into_iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        match distinct.len() {
            0 => Err(BasketError::Empty),
            1..=MAX_BASKET_ITEMS => Ok(Self(distinct.into())),
            _ => Err(BasketError::TooManyItems),
        }
    }

    pub fn items(&self) -> &[ItemNumber] {
        &self.0
    }

    /// How much one item of this basket says about another: less in a large basket. The square
    /// root lies between counting each basket alike and counting each pair alike.
    pub fn evidence(&self) -> f32 {
        // At most 100 items: exact.
        #[allow(clippy::cast_precision_loss)]
        let items = self.0.len() as f32;
        items.sqrt().recip()
    }
}

/// The weight of what happened at some moment, as one that only grows: instead of making old
/// orders lighter every day, newer ones are heavier, so that nothing that was counted has to be
/// touched again (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Faded(f32);

impl Faded {
    /// After this time an order weighs half.
    pub const HALF_LIFE_DAYS: f64 = 180.0;
    /// The moment whose orders weigh 1: 2020-01-01.
    const ORIGIN_S: i64 = 1_577_836_800;
    /// Half-lives from the origin after which weights stop growing, so that sums stay in the range
    /// of `f32`: 2069 and 1970.
    const MAX_HALF_LIVES: f64 = 100.0;

    pub fn at(moment: Timestamp) -> Self {
        const DAY_S: f64 = 86_400.0;
        // Seconds of this era are exact in `f64`.
        #[allow(clippy::cast_precision_loss)]
        let days = (moment.as_second() - Self::ORIGIN_S) as f64 / DAY_S;
        let half_lives = (days / Self::HALF_LIFE_DAYS).clamp(-Self::MAX_HALF_LIVES, Self::MAX_HALF_LIVES);
        // The clamp keeps it in range; digits beyond `f32` don't matter to a weight.
        #[allow(clippy::cast_possible_truncation)]
        Self(half_lives.exp2() as f32)
    }

    /// Nothing fades: every order weighs the same.
    pub const NEVER: Self = Self(1.0);

    pub const fn get(self) -> f32 {
        self.0
    }

    /// Lighter by a factor between 0 and 1.
    #[must_use]
    pub fn times(self, factor: f32) -> Self {
        Self(self.0 * factor.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use proptest::prelude::*;

    fn basket(count: u32) -> Result<Basket, BasketError> {
        Basket::new((0..count).map(ItemNumber))
    }

    #[test]
    fn a_basket_has_one_to_a_hundred_items() {
        assert_eq!(basket(0), Err(BasketError::Empty));
        assert!(basket(1).is_ok());
        assert!(basket(100).is_ok());
        assert_eq!(basket(101), Err(BasketError::TooManyItems));
        let twice = Basket::new([3, 1, 3].map(ItemNumber)).unwrap();
        assert_eq!(twice.items(), [1, 3].map(ItemNumber));
    }

    #[test]
    fn an_order_weighs_half_after_its_half_life() {
        let now: Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
        let before = now - (180 * 24).hours();
        let ratio = Faded::at(before).get() / Faded::at(now).get();
        assert!((ratio - 0.5).abs() < 1e-4, "{ratio}");
    }

    proptest! {
        #[test]
        fn weights_are_finite_and_grow_with_time(a in -377_705_023_201_i64..=253_402_207_200, b in -377_705_023_201_i64..=253_402_207_200) {
            let weight = |second| Faded::at(Timestamp::from_second(second).unwrap()).get();
            prop_assert!(weight(a).is_normal() && weight(a) > 0.0);
            prop_assert!((a <= b) <= (weight(a) <= weight(b)));
        }
    }
}
