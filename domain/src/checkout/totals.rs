use serde::{Deserialize, Serialize};

use crate::pricing::{Money, MoneyError};
use crate::shipment::Delivery;

/// What a shopper pays; prices include tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredTotals")]
pub struct Totals {
    items: Money,
    discount: Money,
    delivery: Money,
    total: Money,
}

/// Totals as they were written; orders from before there were promotions have no discount.
#[derive(Deserialize)]
struct StoredTotals {
    items: Money,
    discount: Option<Money>,
    delivery: Money,
    total: Money,
}

impl From<StoredTotals> for Totals {
    fn from(StoredTotals { items, discount, delivery, total }: StoredTotals) -> Self {
        Self { items, discount: discount.unwrap_or(Money::zero(items.currency())), delivery, total }
    }
}

/// What differs between the totals that a shopper saw and the totals now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalsChange {
    pub seen: Money,
    pub now: Money,
}

impl Totals {
    /// The totals without any promotion.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] when the sum leaves the range of money.
    pub fn new(items: Money, delivery: Delivery) -> Result<Self, MoneyError> {
        Self::reduced(items, Money::zero(items.currency()), delivery.charge(items))
    }

    /// The totals of items that a discount is taken off, which is at most what they cost; delivery
    /// is what is left of it to pay.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], or [`MoneyError::CurrenciesDiffer`].
    pub fn reduced(items: Money, discount: Money, delivery: Money) -> Result<Self, MoneyError> {
        Ok(Self { items, discount, delivery, total: items.minus(discount)?.plus(delivery)? })
    }

    pub const fn items(self) -> Money {
        self.items
    }

    /// What promotions take off the items.
    pub const fn discount(self) -> Money {
        self.discount
    }

    /// What the items cost after every promotion on them.
    pub const fn items_to_pay(self) -> Money {
        // Both were counted once already, in one currency and within the range of money.
        Money::new(self.items.minor_units() - self.discount.minor_units(), self.items.currency())
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

    #[test]
    fn an_order_from_before_there_were_promotions_reads() {
        let pounds = |minor| format!(r#"{{"minor_units":{minor},"currency":"GBP"}}"#);
        let old = format!(r#"{{"items":{},"delivery":{},"total":{}}}"#, pounds(1000), pounds(395), pounds(1395));
        let totals: Totals = serde_json::from_str(&old).unwrap();
        assert_eq!(Ok(totals), Totals::new(Money::new(10_00, Currency::GBP), Delivery::STANDARD_AT_HOME));
        let json = serde_json::to_string(&totals).unwrap();
        assert_eq!(serde_json::from_str::<Totals>(&json).unwrap(), totals);
    }

    #[test]
    fn currencies_are_never_mixed() {
        let (pounds, dollars) = (Money::new(10_00, Currency::GBP), Money::new(1_00, Currency::USD));
        assert!(Totals::reduced(pounds, dollars, pounds).is_err() && Totals::reduced(pounds, pounds, dollars).is_err());
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_what_is_shown(minor in 0_i64..1_000_000_000, express in any::<bool>()) {
            let delivery = if express { Delivery::EXPRESS_AT_HOME } else { Delivery::STANDARD_AT_HOME };
            let totals = Totals::new(Money::new(minor, Currency::GBP), delivery).unwrap();
            prop_assert_eq!(totals.items().plus(totals.delivery()), Ok(totals.total()));
            prop_assert!(!totals.delivery().is_negative());
        }
    }
}
