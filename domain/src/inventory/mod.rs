//! Inventory: how much there is. Guards the rule that nothing is promised that is not there.
//! The catalog shows availability, the cart warns by it, the checkout reserves through its port.
//! Each change is a movement with a reason; a SKU's stock is the sum of its movements.

mod comparison;
mod count;
mod history;
mod movement;
#[cfg(feature = "ports")]
pub mod ports;
mod quantity;
mod remaining;
mod reservation;
mod shelf;
mod supply;
mod watch;

use serde::{Deserialize, Serialize};

pub use comparison::{BadRow, Comparison, Difference};
pub use count::{
    CountError, CountId, CountRow, CountState, MAX_FILE_ROWS, MAX_SHEET_CHARS, MAX_SHEET_ROWS, StockCount, UnitsError,
    UnitsOnHand,
};
pub use history::{Cause, MOVEMENTS_PER_PAGE, MovementId, MovementPage, Reference, Summed, Written, with_sums};
pub use movement::{Movement, MovementReason, Stock, StockChange, StockError};
pub use quantity::{Quantity, QuantityError};
pub use remaining::Remaining;
pub use reservation::{RESERVATION_LIFE_MS, reservation_is_over};
pub use shelf::{STOCK_PER_PAGE, StockEntry, StockFilter, StockPage, StockQuery, StockTotals};
pub use supply::Supply;
pub use watch::{MAX_WATCHED_UNITS, MAX_WATCHES, Watch, told};

/// Units that can still be bought: on hand less reserved and allocated. Never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AvailableUnits(pub u32);

/// At or below this many units the product page says how many are left.
pub const LOW_STOCK_UNITS: u32 = 5;
/// Most units that one SKU can have on hand.
pub const MAX_UNITS_ON_HAND: u32 = 100_000_000;

/// What a shopper is told about stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Availability {
    InStock,
    Low { units: u32 },
    SoldOut,
}

impl From<AvailableUnits> for Availability {
    fn from(AvailableUnits(units): AvailableUnits) -> Self {
        match units {
            0 => Self::SoldOut,
            1..=LOW_STOCK_UNITS => Self::Low { units },
            _ => Self::InStock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scarcity_is_told_only_when_it_is_true() {
        assert_eq!(Availability::from(AvailableUnits(0)), Availability::SoldOut);
        assert_eq!(Availability::from(AvailableUnits(5)), Availability::Low { units: 5 });
        assert_eq!(Availability::from(AvailableUnits(6)), Availability::InStock);
    }
}
