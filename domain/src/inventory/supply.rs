use super::{Movement, Stock, StockPolicy};

/// What a product feed says of the stock of a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// So many units are on hand.
    Units(u32),
    /// There are some, and the feed doesn't count them.
    Some,
    /// There are none, and they are sold for later.
    Later(StockPolicy),
}

impl Supply {
    /// Units that a SKU starts with where its feed says that there are some.
    pub const UNCOUNTED_UNITS: u32 = 100;

    /// The policy after a feed has spoken: what is there is released, and what is said to be out of stock is
    /// not sold for later. That somebody goes on selling what is there when it is gone is no business of feeds.
    pub fn policy(self, now: StockPolicy) -> StockPolicy {
        match (self, now) {
            (Self::Later(policy), _) => policy,
            (Self::Units(0), _) | (_, StockPolicy::Preorder(_)) => StockPolicy::StopAtZero,
            (Self::Units(_) | Self::Some, policy) => policy,
        }
    }
}

impl Stock {
    /// The movement that a feed leads to; `None` when it changes nothing. That there are some is no
    /// news of a SKU whose units are known: somebody may have counted three. A bundle has as many as its parts
    /// let it have, whatever a feed says.
    pub fn supply(self, supply: Supply) -> Option<Movement> {
        if self.is_bundle() {
            return None;
        }
        match supply {
            Supply::Units(units) => self.count(units),
            Supply::Later(_) => self.count(0),
            Supply::Some if self.on_hand() > 0 => None,
            Supply::Some => self.count(Supply::UNCOUNTED_UNITS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Later, Quantity};
    use super::*;

    #[test]
    fn a_feed_that_does_not_count_leaves_what_was_counted() {
        let after =
            |stock: Stock, supply| stock.supply(supply).map(|movement| stock.after(movement).unwrap().on_hand());
        let counted = Stock::new(3, 1, 2).unwrap();
        assert_eq!(after(counted, Supply::Some), None);
        assert_eq!(after(counted, Supply::Units(7)), Some(7));
        assert_eq!(after(Stock::default(), Supply::Some), Some(Supply::UNCOUNTED_UNITS));
    }

    #[test]
    fn a_feed_gives_a_bundle_no_stock_of_its_own() {
        let bundle = Stock::default().bundled(true);
        assert_eq!((bundle.supply(Supply::Units(7)), bundle.supply(Supply::Some)), (None, None));
    }

    #[test]
    fn a_feed_says_what_is_sold_for_later() {
        let later = Later { day: "2027-01-12".parse().unwrap(), units: Quantity::ONE };
        let (stop, back, new) = (StockPolicy::StopAtZero, StockPolicy::Backorder(later), StockPolicy::Preorder(later));
        for (said, now, then) in [
            (Supply::Later(new), stop, new),
            (Supply::Later(back), new, back),
            (Supply::Units(5), new, stop),
            (Supply::Some, new, stop),
            (Supply::Some, back, back),
            (Supply::Units(5), back, back),
            (Supply::Units(0), back, stop),
        ] {
            assert_eq!(said.policy(now), then, "{said:?} after {now:?}");
        }
        let sold = Stock::new(8, 1, 2).unwrap();
        let after = sold.after(sold.supply(Supply::Later(back)).unwrap()).unwrap();
        assert_eq!((after.on_hand(), after.available().0), (3, 0));
    }
}
