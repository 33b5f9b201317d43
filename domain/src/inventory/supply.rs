use super::{Movement, Stock};

/// What a product feed says of the stock of a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// So many units are on hand.
    Units(u32),
    /// There are some, and the feed doesn't count them.
    Some,
}

impl Supply {
    /// Units that a SKU starts with where its feed says that there are some.
    pub const UNCOUNTED_UNITS: u32 = 100;
}

impl Stock {
    /// The movement that a feed leads to; `None` when it changes nothing. That there are some is no
    /// news of a SKU whose units are known: somebody may have counted three.
    pub fn supply(self, supply: Supply) -> Option<Movement> {
        match supply {
            Supply::Units(units) => self.count(units),
            Supply::Some if self.on_hand() > 0 => None,
            Supply::Some => self.count(Supply::UNCOUNTED_UNITS),
        }
    }
}

#[cfg(test)]
mod tests {
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
}
