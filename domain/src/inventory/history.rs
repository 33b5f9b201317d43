use std::collections::HashMap;

use jiff::Timestamp;

use super::{LocationName, MovementReason, StockChange, TransferId};
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

impl Written {
    /// Whether it happened at a location: what is only reserved lies nowhere in particular.
    pub const fn has_place(&self) -> bool {
        self.change.on_hand != 0 || self.change.allocated != 0
    }

    /// The transfer that it is one half of, and who made that.
    pub fn transfer(&self) -> Option<(TransferId, &str)> {
        match &self.cause {
            Cause::Other(reference) if self.reason == MovementReason::Transfer => TransferId::of(reference),
            _ => None,
        }
    }
}

/// Where the units of a transfer came from and went to; of one whose other half is on another page one end is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    pub from: Option<LocationName>,
    pub to: Option<LocationName>,
}

impl Way {
    /// Those of all transfers among some movements; `first` is what the first location is called.
    pub fn of_all(movements: &[Summed], first: &LocationName) -> HashMap<TransferId, Self> {
        let mut ways: HashMap<TransferId, Self> = HashMap::new();
        for Summed { written, .. } in movements {
            let Some((id, _)) = written.transfer() else { continue };
            let (way, at) = (ways.entry(id).or_default(), written.at.as_ref().unwrap_or(first).clone());
            if written.change.on_hand < 0 {
                way.from = Some(at);
            } else {
                way.to = Some(at);
            }
        }
        ways
    }
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

    #[test]
    fn a_transfer_is_told_from_both_of_its_halves() {
        let (id, by) = (TransferId::new(uuid::Uuid::from_u128(7)), "olga@example.com".parse::<Reference>().unwrap());
        let half = |on_hand, at: Option<&str>| Summed {
            written: Written {
                id: "1".parse().unwrap(),
                reason: MovementReason::Transfer,
                change: StockChange { on_hand, ..StockChange::default() },
                cause: Cause::Other(id.reference(&by)),
                at: at.map(|name| name.parse().unwrap()),
                moved_at: Timestamp::UNIX_EPOCH,
            },
            sum: StockChange::default(),
        };
        let name = |raw: &str| raw.parse::<LocationName>().unwrap();
        let way = |halves: &[Summed]| Way::of_all(halves, &name("Main warehouse")).remove(&id).unwrap();
        let (left, came) = (half(-3, None), half(3, Some("Leeds")));
        assert_eq!(left.written.transfer(), Some((id, by.as_str())));
        let whole = Way { from: Some(name("Main warehouse")), to: Some(name("Leeds")) };
        assert_eq!(way(&[came.clone(), left]), whole);
        assert_eq!(way(&[came]), Way { from: None, ..whole }, "the other half is on another page");
        let counted = Written { reason: MovementReason::Count, ..half(3, None).written };
        assert_eq!(counted.transfer(), None);
    }

    #[test]
    fn what_is_only_reserved_lies_nowhere_in_particular() {
        let has_place = |on_hand, reserved, allocated| {
            let change = StockChange { on_hand, reserved, allocated };
            let (id, cause) = ("1".parse().unwrap(), Cause::Feed);
            Written { id, reason: MovementReason::Count, change, cause, at: None, moved_at: Timestamp::UNIX_EPOCH }
                .has_place()
        };
        assert!(has_place(1, 0, 0) && has_place(0, -1, 1));
        assert!(!has_place(0, 1, 0));
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
