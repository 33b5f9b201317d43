//! Inventory: how much there is. Guards the rule that nothing is promised that is not there, or that a
//! [`StockPolicy`] does not let be promised for a day to come. A [`Bundle`] is as much as there is of its parts.
//! The catalog shows availability, the cart warns by it, the checkout reserves through its port.
//! Each change is a movement with a reason; a SKU's stock is the sum of its movements, at each location as well.
//! Promises are made on what there is at all locations together; [`allocate`] chooses where an order is sent from
//! when it is paid.

mod allocation;
mod bundle;
mod change;
mod comparison;
mod count;
mod history;
mod location;
mod low;
mod movement;
mod place;
mod policy;
#[cfg(feature = "ports")]
pub mod ports;
mod purchase_limit;
mod quantity;
mod remaining;
mod reservation;
mod shelf;
mod supply;
mod terms;
mod watch;

use serde::{Deserialize, Serialize};

pub use allocation::{Depot, Sourced, allocate};
pub use bundle::{
    Bundle, BundleError, BundlePart, BundleRow, Bundling, MAX_BUNDLE_PARTS, MAX_PART_UNITS, MAX_PARTS_CHARS,
    PartProduct, SoldPart, StockLine, demand, left_for_each, parts_in_words,
};
pub use change::StockChange;
pub use comparison::{BadRow, Comparison, Difference};
pub use count::{
    CountError, CountId, CountRow, CountState, MAX_FILE_ROWS, MAX_SHEET_CHARS, MAX_SHEET_ROWS, StockCount, UnitsError,
    UnitsOnHand,
};
pub use history::{Cause, MOVEMENTS_PER_PAGE, MovementId, MovementPage, Reference, Summed, Way, Written, with_sums};
pub use location::{
    Location, LocationDetails, LocationError, LocationId, LocationName, LocationRef, MAX_LOCATIONS, Placed, Transfer,
    TransferId, check_room_for_location, location_named,
};
pub use low::LowMark;
pub use movement::{Movement, MovementReason, Stock, StockError};
pub use place::StockAt;
pub use policy::{Availability, Later, OnSale, StockPolicy, day_in_year};
pub use purchase_limit::{LimitPeriod, PurchaseLimit};
pub use quantity::{Quantity, QuantityError};
pub use remaining::Remaining;
pub use reservation::{
    MAX_RESERVATION_MS, RESERVATION_LIFE_MS, SIGN_OF_LIFE_MS, reservation_ends_at, reservation_is_over,
};
pub use shelf::{STOCK_PER_PAGE, StockEntry, StockFilter, StockPage, StockQuery, StockTotals};
pub use supply::Supply;
pub use terms::{SaleTerms, TermsError};
pub use watch::{MAX_WATCHED_UNITS, MAX_WATCHES, Watch, told};

/// Units that can still be bought: on hand less reserved and allocated, and what a policy lets be promised
/// beyond. Never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AvailableUnits(pub u32);

/// At or below this many units the product page says how many are left, where a SKU has no [`LowMark`] of its own.
pub const LOW_STOCK_UNITS: u32 = 5;
/// Most units that one SKU can have on hand.
pub const MAX_UNITS_ON_HAND: u32 = 100_000_000;
