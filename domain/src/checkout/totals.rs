use serde::{Deserialize, Serialize};

use crate::pricing::tax::Taxes;
use crate::pricing::{Money, MoneyError, part};
use crate::shipment::Delivery;

/// What a shopper pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredTotals")]
pub struct Totals {
    items: Money,
    discount: Money,
    delivery: Money,
    total: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    taxes: Option<Taxes>,
}

/// Totals as they were written; orders from before there were promotions have no discount, and those from
/// before taxes were counted have none of these.
#[derive(Deserialize)]
struct StoredTotals {
    items: Money,
    discount: Option<Money>,
    delivery: Money,
    total: Money,
    taxes: Option<Taxes>,
}

impl From<StoredTotals> for Totals {
    fn from(StoredTotals { items, discount, delivery, total, taxes }: StoredTotals) -> Self {
        Self { items, discount: discount.unwrap_or(Money::zero(items.currency())), delivery, total, taxes }
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
        let total = items.minus(discount)?.plus(delivery)?;
        Ok(Self { items, discount, delivery, total, taxes: None })
    }

    /// The totals with the taxes that were counted of them, where nothing was before.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], or [`MoneyError::CurrenciesDiffer`].
    pub fn taxed(self, taxes: Taxes) -> Result<Self, MoneyError> {
        Ok(Self { total: taxes.applied_to(self.total)?, taxes: Some(taxes), ..self })
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

    /// The taxes of it; `None` as long as nobody knows whose they are, and where the store collects none.
    pub const fn taxes(self) -> Option<Taxes> {
        self.taxes
    }

    /// What the store owes to the state of what a shopper pays.
    pub fn tax_owed(self) -> Money {
        self.taxes.map_or(Money::zero(self.total.currency()), Taxes::owed)
    }

    /// The tax in an amount that is captured after another part of the total was: in proportion, for whoever captures
    /// names no lines, and so that the taxes of all parts are together the tax of the whole. What goes back is
    /// another matter: see [`crate::payment::OpenRefund`].
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], or [`MoneyError::CurrenciesDiffer`].
    pub fn tax_in(self, before: Money, amount: Money) -> Result<Money, MoneyError> {
        let after = before.plus(amount)?;
        let (owed, total) = (self.tax_owed().minor_units(), self.total.minor_units());
        let tax_up_to = |amount: Money| Money::new(part(owed, amount.minor_units(), total), self.total.currency());
        tax_up_to(after).minus(tax_up_to(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::Country;
    use crate::pricing::Currency;
    use crate::pricing::tax::{CustomerKind, Jurisdiction, TaxClass, TaxTable, Taxable};
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

    /// The totals of one thing that goes to a country.
    fn taxed(minor: i64, country: &str) -> Totals {
        let (items, place) = (Money::new(minor, Currency::GBP), Jurisdiction::country(country.parse().unwrap()));
        let totals = Totals::new(items, Delivery::STANDARD_AT_HOME).unwrap();
        let line = Taxable { class: TaxClass::Standard, amount: items };
        let counted = TaxTable::default().tax(&place, CustomerKind::Private, &[line], totals.delivery()).unwrap();
        totals.taxed(counted.unwrap().taxes).unwrap()
    }

    #[test]
    fn taxes_are_stored_with_their_totals() {
        let totals = taxed(20_00, Country::HOME.code());
        assert_eq!((totals.total().minor_units(), totals.tax_owed().minor_units()), (23_95, 3_99));
        let json = serde_json::to_string(&totals).unwrap();
        assert_eq!(serde_json::from_str::<Totals>(&json).unwrap(), totals);
    }

    proptest! {
        #[test]
        fn the_taxes_of_the_parts_are_the_tax_of_the_whole(minor in 1_i64..1_000_000, cuts in prop::collection::vec(1_i64..300_000, 0..8)) {
            let totals = taxed(minor, "DE");
            let total = totals.total().minor_units();
            let (mut moved, mut tax) = (Money::zero(Currency::GBP), 0);
            for cut in cuts.into_iter().chain([total]) {
                let amount = Money::new(cut.min(total - moved.minor_units()), Currency::GBP);
                let part = totals.tax_in(moved, amount).unwrap().minor_units();
                prop_assert!((0..=amount.minor_units()).contains(&part));
                tax += part;
                moved = moved.plus(amount).unwrap();
            }
            prop_assert_eq!((moved, tax), (totals.total(), totals.tax_owed().minor_units()));
        }

        #[test]
        fn the_total_is_the_sum_of_what_is_shown(minor in 0_i64..1_000_000_000, express in any::<bool>()) {
            let delivery = if express { Delivery::EXPRESS_AT_HOME } else { Delivery::STANDARD_AT_HOME };
            let totals = Totals::new(Money::new(minor, Currency::GBP), delivery).unwrap();
            prop_assert_eq!(totals.items().plus(totals.delivery()), Ok(totals.total()));
            prop_assert!(!totals.delivery().is_negative());
        }
    }
}
