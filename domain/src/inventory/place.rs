use super::{CountError, MAX_UNITS_ON_HAND, Movement, Stock, UnitsError, UnitsOnHand};

/// What lies of a SKU at one location, beside all that there is of it. Units that are reserved lie nowhere in
/// particular: where they are sent from is chosen when the order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockAt {
    /// At all locations.
    total: Stock,
    on_hand: u32,
    allocated: u32,
}

impl From<Stock> for StockAt {
    /// All of it lies at one location.
    fn from(total: Stock) -> Self {
        Self { total, on_hand: total.on_hand(), allocated: total.allocated() }
    }
}

impl StockAt {
    /// More units may be allocated than lie there: those of orders that wait are allocated at the first location.
    pub const fn new(total: Stock, on_hand: u32, allocated: u32) -> Self {
        Self { total, on_hand, allocated }
    }

    /// Another location, where none of it lies.
    #[must_use]
    pub const fn nothing_elsewhere(self) -> Self {
        Self { total: self.total, on_hand: 0, allocated: 0 }
    }

    pub const fn on_hand(self) -> u32 {
        self.on_hand
    }

    /// Units to be sent from there.
    pub const fn allocated(self) -> u32 {
        self.allocated
    }

    /// Units there that no order is sent.
    pub const fn free(self) -> u32 {
        self.on_hand.saturating_sub(self.allocated)
    }

    /// What is on hand there.
    pub fn units_on_hand(self) -> UnitsOnHand {
        // At most as many as in all.
        UnitsOnHand::try_from(self.on_hand).unwrap_or_default()
    }

    /// Units that must be there: those which are sent from there, and those without which there would be fewer in
    /// all than are promised.
    pub fn kept(self) -> u32 {
        let spare = self.total.on_hand().saturating_sub(self.total.covered());
        self.allocated.min(self.on_hand).max(self.on_hand.saturating_sub(spare))
    }

    /// The movement that leads to `units` on hand there, as somebody counted them; `None` when it changes nothing.
    ///
    /// # Errors
    /// [`CountError::Bundle`] for a bundle, [`CountError::Promised`] when fewer were found than must be there,
    /// [`CountError::Units`] when there would be too many in all.
    pub fn recount(self, units: UnitsOnHand) -> Result<Option<Movement>, CountError> {
        if self.total.is_bundle() {
            return Err(CountError::Bundle);
        }
        let kept = self.kept();
        if units.get() < kept {
            return Err(CountError::Promised { units: kept });
        }
        let change = i64::from(units.get()) - i64::from(self.on_hand);
        if i64::from(self.total.on_hand()) + change > i64::from(MAX_UNITS_ON_HAND) {
            return Err(CountError::Units(UnitsError::TooMany));
        }
        Ok(Movement::counted(change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(units: u32) -> UnitsOnHand {
        units.try_into().unwrap()
    }

    #[test]
    fn what_is_promised_can_be_counted_away_nowhere() {
        // Twelve in all, seven of them promised, two of those from here, where five lie.
        let here = StockAt::new(Stock::new(12, 3, 4).unwrap(), 5, 2);
        assert_eq!((here.kept(), here.free()), (2, 3));
        assert_eq!(here.recount(units(1)), Err(CountError::Promised { units: 2 }));
        let tight = StockAt::new(Stock::new(12, 9, 2).unwrap(), 5, 2);
        assert_eq!(tight.recount(units(3)), Err(CountError::Promised { units: 4 }), "the others hold seven");
        assert_eq!(here.recount(units(5)), Ok(None));
    }

    #[test]
    fn no_place_makes_the_total_too_large() {
        let here = StockAt::new(Stock::new(MAX_UNITS_ON_HAND - 1, 0, 0).unwrap(), 5, 0);
        assert!(here.recount(units(6)).is_ok());
        assert_eq!(here.recount(units(7)), Err(CountError::Units(UnitsError::TooMany)));
    }

    proptest! {
        #[test]
        fn a_count_anywhere_keeps_every_promise(
            elsewhere in 0_u32..9, here in 0_u32..9, reserved in 0_u32..9, from_here in 0_u32..9, n in 0_u32..20,
        ) {
            let on_hand = elsewhere + here;
            let Ok(total) = Stock::with_beyond(on_hand, reserved, from_here, 20) else { return Ok(()) };
            let at = StockAt::new(total, here, from_here);
            match at.recount(units(n)) {
                Ok(movement) => {
                    let after = movement.map_or(total, |movement| total.after(movement).unwrap());
                    prop_assert_eq!(after.on_hand(), elsewhere + n);
                    prop_assert!(after.waiting() <= total.waiting() && n >= from_here.min(here));
                }
                Err(error) => prop_assert_eq!(error, CountError::Promised { units: at.kept() }),
            }
            prop_assert!(at.kept() <= here, "what is there can always be counted again");
        }

        #[test]
        fn where_all_lies_at_one_place_it_keeps_all_that_is_promised(
            on_hand in 0_u32..9, reserved in 0_u32..9, allocated in 0_u32..9,
        ) {
            let Ok(total) = Stock::with_beyond(on_hand, reserved, allocated, 20) else { return Ok(()) };
            prop_assert_eq!(StockAt::from(total).kept(), total.covered());
            prop_assert_eq!(StockAt::from(total).nothing_elsewhere().kept(), 0);
        }
    }
}
