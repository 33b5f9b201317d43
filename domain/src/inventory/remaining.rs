use std::collections::HashMap;

use super::{AvailableUnits, Quantity};
use crate::catalog::Sku;

/// What is left of some SKUs while orders take theirs, one after the other: the first one that asks is
/// served first, and an order takes all of its lines or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remaining {
    units: HashMap<Sku, AvailableUnits>,
}

impl Remaining {
    /// Of a SKU that is not named nothing is left.
    pub const fn new(units: HashMap<Sku, AvailableUnits>) -> Self {
        Self { units }
    }

    pub fn of(&self, sku: &Sku) -> AvailableUnits {
        self.units.get(sku).copied().unwrap_or_default()
    }

    /// Takes every line of an order, each of another SKU. Answers the SKUs of which nothing is left
    /// thereby.
    ///
    /// # Errors
    /// The SKUs of which there are fewer than asked for; nothing is taken then.
    pub fn take(&mut self, lines: &[(Sku, Quantity)]) -> Result<Vec<Sku>, Vec<Sku>> {
        let (short, _): (Vec<_>, Vec<_>) = lines.iter().partition(|(sku, quantity)| self.of(sku).0 < quantity.get());
        if !short.is_empty() {
            return Err(short.into_iter().map(|(sku, _)| sku.clone()).collect());
        }
        let mut gone = Vec::new();
        for (sku, quantity) in lines {
            if let Some(AvailableUnits(units)) = self.units.get_mut(sku) {
                *units = units.saturating_sub(quantity.get());
                if *units == 0 {
                    gone.push(sku.clone());
                }
            }
        }
        Ok(gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn sku(number: u32) -> Sku {
        format!("sku-{number}").parse().unwrap()
    }

    fn quantity(units: u32) -> Quantity {
        units.try_into().unwrap()
    }

    #[test]
    fn who_comes_first_is_served_first_and_wholly() {
        let mut left = Remaining::new([(sku(1), AvailableUnits(3)), (sku(2), AvailableUnits(1))].into());
        assert_eq!(left.take(&[(sku(1), quantity(1)), (sku(2), quantity(1))]), Ok(vec![sku(2)]));
        assert_eq!(left.take(&[(sku(1), quantity(1)), (sku(2), quantity(1))]), Err(vec![sku(2)]));
        assert_eq!(left.of(&sku(1)), AvailableUnits(2), "the order that came too late took nothing");
        assert_eq!(left.take(&[(sku(3), quantity(1))]), Err(vec![sku(3)]));
    }

    proptest! {
        #[test]
        fn no_unit_is_taken_twice(
            stock in prop::collection::vec(0_u32..6, 4),
            orders in prop::collection::vec(prop::collection::btree_map(0_u32..4, 1_u32..4, 1..4), 0..12),
        ) {
            let units = (0..).zip(&stock).map(|(number, units)| (sku(number), AvailableUnits(*units))).collect();
            let mut left = Remaining::new(units);
            let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
            for order in &orders {
                let lines: Vec<_> = order.iter().map(|(number, units)| (sku(*number), quantity(*units))).collect();
                if left.take(&lines).is_ok() {
                    for (number, units) in order {
                        *taken.entry(*number).or_default() += units;
                    }
                }
            }
            for (number, units) in (0..).zip(&stock) {
                let taken = taken.get(&number).copied().unwrap_or_default();
                prop_assert_eq!(left.of(&sku(number)).0 + taken, *units);
            }
        }
    }
}
