use serde::{Deserialize, Serialize};

use super::{AvailableUnits, MAX_UNITS_ON_HAND, Quantity, StockChange};

/// The stock of one SKU in units. Never promises what is not there: reserved and allocated
/// together are at most on hand, and what may be promised beyond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    on_hand: u32,
    reserved: u32,
    allocated: u32,
    #[serde(default)]
    beyond: u32,
    /// It has none of its own: it takes that of its parts.
    #[serde(default)]
    is_bundle: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    #[error("only {units} units are available", units = .available.0)]
    Short { available: AvailableUnits },
    #[error("fewer units are reserved or allocated than this movement takes back")]
    NotHeld,
    #[error("{units} units are more than a SKU can have on hand ({max})", max = MAX_UNITS_ON_HAND)]
    TooMany { units: u32 },
}

/// A change of one SKU's stock. Movements are only ever added: a SKU's stock is their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    reason: MovementReason,
    change: StockChange,
}

/// Why stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementReason {
    /// It was there before movements were written down.
    Opening,
    /// A feed or a count said how much is there.
    Count,
    /// An order was placed.
    Reservation,
    /// The order's payment was declined.
    Release,
    /// The order's payment was not settled in time, or an operator gave the order up.
    Expiry,
    /// The order's payment is authorized.
    Allocation,
    /// The order was cancelled.
    Cancellation,
    /// All that was charged for the order went back before it was sent.
    Refund,
    /// The order was sent.
    Dispatch,
    /// Something of the order came back after it was sent.
    Return,
    /// Units were brought from one location to another.
    Transfer,
    /// It is kept for what comes back of the order, sent for it, or not kept any more.
    Exchange,
}

impl MovementReason {
    const ALL: [Self; 12] = [
        Self::Opening,
        Self::Count,
        Self::Reservation,
        Self::Release,
        Self::Expiry,
        Self::Allocation,
        Self::Cancellation,
        Self::Refund,
        Self::Dispatch,
        Self::Return,
        Self::Transfer,
        Self::Exchange,
    ];

    /// The reason of a name in the database.
    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.parameter() == raw)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Count => "count",
            Self::Reservation => "reservation",
            Self::Release => "release",
            Self::Expiry => "expiry",
            Self::Allocation => "allocation",
            Self::Cancellation => "cancellation",
            Self::Refund => "refund",
            Self::Dispatch => "dispatch",
            Self::Return => "return",
            Self::Transfer => "transfer",
            Self::Exchange => "exchange",
        }
    }
}

impl Movement {
    pub fn reservation(units: Quantity) -> Self {
        Self::of(MovementReason::Reservation, StockChange { reserved: units.get().into(), ..StockChange::default() })
    }

    pub fn release(units: Quantity) -> Self {
        let reserved = -i64::from(units.get());
        Self::of(MovementReason::Release, StockChange { reserved, ..StockChange::default() })
    }

    pub fn expiry(units: Quantity) -> Self {
        let reserved = -i64::from(units.get());
        Self::of(MovementReason::Expiry, StockChange { reserved, ..StockChange::default() })
    }

    pub fn allocation(units: Quantity) -> Self {
        let units = i64::from(units.get());
        Self::of(MovementReason::Allocation, StockChange { reserved: -units, allocated: units, on_hand: 0 })
    }

    pub fn cancellation(units: Quantity) -> Self {
        let allocated = -i64::from(units.get());
        Self::of(MovementReason::Cancellation, StockChange { allocated, ..StockChange::default() })
    }

    pub fn refund(units: Quantity) -> Self {
        let allocated = -i64::from(units.get());
        Self::of(MovementReason::Refund, StockChange { allocated, ..StockChange::default() })
    }

    /// Units that were promised to an order leave the shelf with it: what is available stays.
    pub fn dispatch(units: Quantity) -> Self {
        let units = i64::from(units.get());
        Self::of(MovementReason::Dispatch, StockChange { on_hand: -units, allocated: -units, reserved: 0 })
    }

    /// Units that were sent with an order are on the shelf again.
    pub fn returned(units: Quantity) -> Self {
        Self::of(MovementReason::Return, StockChange { on_hand: units.get().into(), ..StockChange::default() })
    }

    /// Units that somebody found, or, negative, missed; `None` for none.
    pub(super) fn counted(on_hand: i64) -> Option<Self> {
        (on_hand != 0).then_some(Self::of(MovementReason::Count, StockChange { on_hand, ..StockChange::default() }))
    }

    /// The same change, of units that an exchange holds and no order.
    #[must_use]
    pub const fn of_exchange(self) -> Self {
        Self::of(MovementReason::Exchange, self.change)
    }

    const fn of(reason: MovementReason, change: StockChange) -> Self {
        Self { reason, change }
    }

    pub const fn reason(self) -> MovementReason {
        self.reason
    }

    pub const fn change(self) -> StockChange {
        self.change
    }
}

impl Stock {
    /// # Errors
    /// [`StockError::TooMany`], or [`StockError::Short`] when more is promised than is there.
    pub fn new(on_hand: u32, reserved: u32, allocated: u32) -> Result<Self, StockError> {
        Self::with_beyond(on_hand, reserved, allocated, 0)
    }

    /// A stock of which so many units may be promised `beyond` those on hand.
    ///
    /// # Errors
    /// [`StockError::TooMany`], or [`StockError::Short`] when more is promised than may be.
    pub fn with_beyond(on_hand: u32, reserved: u32, allocated: u32, beyond: u32) -> Result<Self, StockError> {
        if on_hand > MAX_UNITS_ON_HAND {
            return Err(StockError::TooMany { units: on_hand });
        }
        let promised = reserved.checked_add(allocated);
        promised
            .filter(|promised| *promised <= on_hand.saturating_add(beyond))
            .map(|_| Self { on_hand, reserved, allocated, beyond, is_bundle: false })
            .ok_or(StockError::Short { available: AvailableUnits::default() })
    }

    /// The same stock, of a bundle or not.
    #[must_use]
    pub const fn bundled(self, is_bundle: bool) -> Self {
        Self { is_bundle, ..self }
    }

    /// Whether it is that of a bundle, which is sold as often as there are parts for it.
    pub const fn is_bundle(self) -> bool {
        self.is_bundle
    }

    pub const fn on_hand(self) -> u32 {
        self.on_hand
    }

    pub const fn reserved(self) -> u32 {
        self.reserved
    }

    pub const fn allocated(self) -> u32 {
        self.allocated
    }

    /// Units that may be promised beyond those on hand.
    pub const fn beyond(self) -> u32 {
        self.beyond
    }

    /// Units on hand that are promised to nobody.
    pub const fn available(self) -> AvailableUnits {
        AvailableUnits(self.on_hand.saturating_sub(self.promised()))
    }

    /// Units that are promised to orders: `with_beyond` added them up before.
    pub const fn promised(self) -> u32 {
        self.reserved + self.allocated
    }

    /// Units on hand that are promised to orders.
    pub fn covered(self) -> u32 {
        self.promised().min(self.on_hand)
    }

    /// Units that orders wait for.
    pub const fn waiting(self) -> u32 {
        self.promised().saturating_sub(self.on_hand)
    }

    /// The movement that a count of `units` on hand leads to; `None` when it changes nothing. What
    /// is there for somebody stays there, whatever a feed says.
    pub fn count(self, units: u32) -> Option<Movement> {
        let counted = units.min(MAX_UNITS_ON_HAND).max(self.covered());
        Movement::counted(i64::from(counted) - i64::from(self.on_hand))
    }

    /// The stock after a movement.
    ///
    /// # Errors
    /// [`StockError::Short`] when more would be promised than is there, [`StockError::NotHeld`] when
    /// more would be taken back than was held.
    pub fn after(self, movement: Movement) -> Result<Self, StockError> {
        let change = movement.change;
        let moved = |units: u32, by: i64| u32::try_from(i64::from(units) + by).map_err(|_| StockError::NotHeld);
        let next = Self::with_beyond(
            moved(self.on_hand, change.on_hand)?,
            moved(self.reserved, change.reserved)?,
            moved(self.allocated, change.allocated)?,
            self.beyond,
        );
        next.map_err(|error| match error {
            StockError::Short { .. } => StockError::Short { available: self.available() },
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(units: u32) -> Quantity {
        units.try_into().unwrap()
    }

    /// A count or a movement of an order.
    fn step() -> impl Strategy<Value = Result<u32, Movement>> {
        prop_oneof![
            (0_u32..20).prop_map(Ok),
            (1_u32..6, 0..8_usize).prop_map(|(n, kind)| {
                let make = [
                    Movement::reservation,
                    Movement::release,
                    Movement::expiry,
                    Movement::allocation,
                    Movement::cancellation,
                    Movement::refund,
                    Movement::dispatch,
                    Movement::returned,
                ];
                Err(make[kind](units(n)))
            }),
        ]
    }

    #[test]
    fn a_count_below_what_is_promised_keeps_the_promise() {
        let stock = Stock::new(10, 3, 4).unwrap();
        let counted = stock.after(stock.count(2).unwrap()).unwrap();
        assert_eq!((counted.on_hand(), counted.available()), (7, AvailableUnits(0)));
        assert_eq!(stock.count(10), None);
    }

    #[test]
    fn the_last_unit_is_promised_once() {
        let stock = Stock::new(1, 0, 0).unwrap();
        let held = stock.after(Movement::reservation(Quantity::ONE)).unwrap();
        let refused = held.after(Movement::reservation(Quantity::ONE));
        assert_eq!(refused, Err(StockError::Short { available: AvailableUnits(0) }));
        assert_eq!(held.after(Movement::cancellation(Quantity::ONE)), Err(StockError::NotHeld));
    }

    #[test]
    fn what_is_sent_leaves_the_shelf_and_a_count_of_the_rest_changes_nothing() {
        let stock = Stock::new(10, 3, 4).unwrap();
        let sent = stock.after(Movement::dispatch(units(4))).unwrap();
        assert_eq!((sent.on_hand(), sent.reserved(), sent.allocated()), (6, 3, 0));
        assert_eq!(sent.available(), stock.available());
        assert_eq!(sent.count(6), None);
        assert_eq!(sent.after(Movement::dispatch(Quantity::ONE)), Err(StockError::NotHeld), "it was sent already");
        let back = sent.after(Movement::returned(units(3))).unwrap();
        assert_eq!((back.on_hand(), back.reserved(), back.allocated(), back.available().0), (9, 3, 0, 6));
    }

    #[test]
    fn every_reason_has_a_name_of_its_own() {
        for reason in MovementReason::ALL {
            assert_eq!(MovementReason::from_parameter(reason.parameter()), Some(reason));
        }
    }

    #[test]
    fn more_than_the_limit_is_never_on_hand() {
        assert!(Stock::new(MAX_UNITS_ON_HAND, 0, 0).is_ok());
        let units = MAX_UNITS_ON_HAND + 1;
        assert_eq!(Stock::new(units, 0, 0), Err(StockError::TooMany { units }));
    }

    proptest! {
        #[test]
        fn what_is_promised_is_sent_and_no_more(reserved in 0_u32..9, allocated in 0_u32..9, free in 0_u32..9, n in 1_u32..12) {
            let stock = Stock::new(reserved + allocated + free, reserved, allocated).unwrap();
            match stock.after(Movement::dispatch(units(n))) {
                Ok(sent) => {
                    prop_assert!(n <= allocated);
                    prop_assert_eq!(sent.on_hand(), stock.on_hand() - n);
                    prop_assert_eq!((sent.reserved(), sent.available()), (stock.reserved(), stock.available()));
                }
                Err(refused) => prop_assert!(n > allocated && refused == StockError::NotHeld),
            }
        }

        #[test]
        fn stock_is_the_sum_of_its_movements(beyond in 0_u32..9, steps in prop::collection::vec(step(), 0..60)) {
            let (mut stock, mut written) = (Stock::with_beyond(0, 0, 0, beyond).unwrap(), Vec::new());
            for step in steps {
                let movement = match step {
                    Ok(counted) => stock.count(counted),
                    Err(movement) => Some(movement),
                };
                let Some(movement) = movement else { continue };
                if let Ok(next) = stock.after(movement) {
                    written.push(movement.change());
                    let was_counted = movement.reason() == MovementReason::Count;
                    prop_assert!(!was_counted || next.waiting() <= stock.waiting(), "a count takes nothing from an order");
                    stock = next;
                }
                prop_assert!(stock.promised() <= stock.on_hand() + beyond);
            }
            let sum = |part: fn(&StockChange) -> i64| written.iter().map(part).sum::<i64>();
            prop_assert_eq!(sum(|change| change.on_hand), i64::from(stock.on_hand()));
            prop_assert_eq!(sum(|change| change.reserved), i64::from(stock.reserved()));
            prop_assert_eq!(sum(|change| change.allocated), i64::from(stock.allocated()));
        }
    }
}
