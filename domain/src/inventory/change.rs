use serde::{Deserialize, Serialize};

/// Units added to (or, negative, taken from) each part of a stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockChange {
    pub on_hand: i64,
    pub reserved: i64,
    pub allocated: i64,
}

impl StockChange {
    /// What it adds to what is available.
    pub const fn available(self) -> i64 {
        self.on_hand - self.reserved - self.allocated
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            on_hand: self.on_hand + other.on_hand,
            reserved: self.reserved + other.reserved,
            allocated: self.allocated + other.allocated,
        }
    }

    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self {
            on_hand: self.on_hand - other.on_hand,
            reserved: self.reserved - other.reserved,
            allocated: self.allocated - other.allocated,
        }
    }

    /// What it is at a location that has so many of its units: nothing is reserved at a location.
    #[must_use]
    pub fn of_units(self, units: u32) -> Self {
        let units = i64::from(units);
        Self { on_hand: self.on_hand.signum() * units, reserved: 0, allocated: self.allocated.signum() * units }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Movement, Quantity};
    use super::*;

    fn units(units: u32) -> Quantity {
        units.try_into().unwrap()
    }

    #[test]
    fn a_location_sees_of_a_movement_what_lies_there() {
        let of = |movement: Movement| movement.change().of_units(2);
        assert_eq!(of(Movement::allocation(units(5))), StockChange { on_hand: 0, reserved: 0, allocated: 2 });
        assert_eq!(of(Movement::cancellation(units(5))), StockChange { on_hand: 0, reserved: 0, allocated: -2 });
        assert_eq!(of(Movement::dispatch(units(5))), StockChange { on_hand: -2, reserved: 0, allocated: -2 });
        assert_eq!(of(Movement::returned(units(5))), StockChange { on_hand: 2, reserved: 0, allocated: 0 });
    }
}
