use serde::{Deserialize, Serialize};

use crate::pricing::{Money, MoneyError};
use crate::shipment::DeliveryOption;

/// What a shopper pays; prices include tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    items: Money,
    delivery: Money,
    total: Money,
}

/// What differs between the totals that a shopper saw and the totals now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalsChange {
    pub seen: Money,
    pub now: Money,
}

impl Totals {
    /// # Errors
    /// [`MoneyError::TooLarge`] when the sum leaves the range of money.
    pub fn new(items: Money, delivery: DeliveryOption) -> Result<Self, MoneyError> {
        let delivery = delivery.charge(items);
        Ok(Self { items, delivery, total: items.plus(delivery)? })
    }

    pub const fn items(self) -> Money {
        self.items
    }

    pub const fn delivery(self) -> Money {
        self.delivery
    }

    pub const fn total(self) -> Money {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_what_is_shown(minor in 0_i64..1_000_000_000, express in any::<bool>()) {
            let option = if express { DeliveryOption::Express } else { DeliveryOption::Standard };
            let totals = Totals::new(Money::new(minor, Currency::GBP), option).unwrap();
            prop_assert_eq!(totals.items().plus(totals.delivery()), Ok(totals.total()));
            prop_assert!(!totals.delivery().is_negative());
        }
    }
}
