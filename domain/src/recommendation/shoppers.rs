/// Whoever stands behind a number of orders. One customer is never counted twice; two may be counted
/// as one. So it understates how many there are, and takes four bytes whoever comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shoppers(u32);

impl Shoppers {
    /// An order whose customer is not known adds nobody.
    pub const UNKNOWN: Self = Self(0);

    /// One customer, by any number that is always theirs; a hash does best.
    pub const fn one(number: u64) -> Self {
        Self(1 << (number % Self::PLACES))
    }

    const PLACES: u64 = u32::BITS as u64;

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without who took an order back. Others that they can't be told from go with them, and so do further orders of
    /// theirs: never are more told than there are.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// There are at least so many.
    pub const fn at_least(self) -> u32 {
        self.0.count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn nobody_is_counted_twice(numbers in prop::collection::vec(0_u64..40, 0..60)) {
            let all = numbers.iter().fold(Shoppers::UNKNOWN, |all, number| all.and(Shoppers::one(*number)));
            let distinct: HashSet<_> = numbers.iter().collect();
            prop_assert!(all.at_least() as usize <= distinct.len());
            prop_assert_eq!(all.at_least() == 0, distinct.is_empty());
        }
    }
}
