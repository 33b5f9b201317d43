use jiff::Timestamp;

use super::{LocationName, MovementReason, StockChange};
use crate::bounded_text;
use crate::order::OrderNumber;

/// Movements on one page of a SKU's history.
pub const MOVEMENTS_PER_PAGE: usize = 50;

bounded_text!(
    /// The key of a movement; keys grow with time.
    MovementId, 80
);

bounded_text!(
    /// Who or what moved stock where no order did: an operator's e-mail address, a file.
    Reference, 160
);

/// What a movement belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    Order(OrderNumber),
    Other(Reference),
    /// A feed, which says of all its SKUs how many there are.
    Feed,
}

/// A movement as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: MovementId,
    pub reason: MovementReason,
    pub change: StockChange,
    pub cause: Cause,
    /// Where; none for the first location, and for what lies nowhere in particular.
    pub at: Option<LocationName>,
    pub moved_at: Timestamp,
}

/// A movement, and the sum of it and all before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    pub written: Written,
    pub sum: StockChange,
}

/// A page of a SKU's movements, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovementPage {
    pub movements: Vec<Summed>,
    /// Where the next page begins: older than this; `None` on the last.
    pub next: Option<MovementId>,
}

/// Says of each movement, the newest first, what the sum was after it. `sum` is the sum after the first.
pub fn with_sums(mut sum: StockChange, movements: Vec<Written>) -> Vec<Summed> {
    let summed = movements.into_iter().map(|written| {
        let after = sum;
        sum = sum.minus(written.change);
        Summed { written, sum: after }
    });
    summed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change() -> impl Strategy<Value = StockChange> {
        (-9_i64..9, -9_i64..9, -9_i64..9).prop_map(|(on_hand, reserved, allocated)| StockChange {
            on_hand,
            reserved,
            allocated,
        })
    }

    proptest! {
        #[test]
        fn every_sum_is_that_of_its_movement_and_all_before(changes in prop::collection::vec(change(), 0..20)) {
            let written = |(number, change): (usize, &StockChange)| Written {
                id: number.to_string().parse().unwrap(),
                reason: MovementReason::Count,
                change: *change,
                cause: Cause::Feed,
                at: None,
                moved_at: Timestamp::UNIX_EPOCH,
            };
            let total = |some: &[StockChange]| some.iter().fold(StockChange::default(), |sum, one| sum.plus(*one));
            let newest_first: Vec<Written> = changes.iter().enumerate().map(written).rev().collect();
            for (place, summed) in with_sums(total(&changes), newest_first).into_iter().rev().enumerate() {
                prop_assert_eq!(summed.sum, total(&changes[..=place]));
            }
        }
    }
}
