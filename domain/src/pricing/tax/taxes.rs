use serde::{Deserialize, Serialize};

use super::TaxRate;
use crate::pricing::{Money, MoneyError};

/// Rates that one order can be taxed at: of three classes and of delivery.
pub const MAX_RATES: usize = 4;

/// Why taxes can't be counted, or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxesError {
    #[error("an order is taxed at {MAX_RATES} rates at most")]
    TooManyRates,
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// How tax stands to what a shopper pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Prices contain it.
    Included,
    /// It comes on top of prices.
    Added,
    /// Prices would contain it; a business pays without it and owes it to its own state.
    ReverseCharged,
}

/// The tax at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxShare {
    pub rate: TaxRate,
    /// What is taxed, without the tax.
    pub net: Money,
    pub tax: Money,
}

/// The taxes of an order, by rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredTaxes", into = "StoredTaxes")]
pub struct Taxes {
    treatment: Treatment,
    sum: Money,
    shares: [Option<TaxShare>; MAX_RATES],
    of_delivery: Option<Money>,
}

/// Taxes as they are written.
#[derive(Serialize, Deserialize)]
struct StoredTaxes {
    treatment: Treatment,
    sum: Money,
    shares: Vec<TaxShare>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of_delivery: Option<Money>,
}

impl TryFrom<StoredTaxes> for Taxes {
    type Error = TaxesError;

    /// # Errors
    /// [`TaxesError::TooManyRates`].
    fn try_from(StoredTaxes { treatment, sum, shares, of_delivery }: StoredTaxes) -> Result<Self, TaxesError> {
        if shares.len() > MAX_RATES {
            return Err(TaxesError::TooManyRates);
        }
        let mut rest = shares.into_iter();
        Ok(Self { treatment, sum, shares: std::array::from_fn(|_| rest.next()), of_delivery })
    }
}

impl From<Taxes> for StoredTaxes {
    fn from(taxes: Taxes) -> Self {
        let Taxes { treatment, sum, of_delivery, .. } = taxes;
        Self { treatment, sum, shares: taxes.shares().collect(), of_delivery }
    }
}

impl Taxes {
    /// Sums up the taxes at different rates, of which this much is of delivery.
    ///
    /// # Errors
    /// [`TaxesError::TooManyRates`] for more than [`MAX_RATES`] of them, or [`TaxesError::Money`].
    pub(super) fn new(treatment: Treatment, of_delivery: Money, shares: Vec<TaxShare>) -> Result<Self, TaxesError> {
        let zero = Money::zero(of_delivery.currency());
        let sum = shares.iter().try_fold(zero, |sum, share| sum.plus(share.tax))?;
        StoredTaxes { treatment, sum, shares, of_delivery: Some(of_delivery) }.try_into()
    }

    pub const fn treatment(self) -> Treatment {
        self.treatment
    }

    /// At each rate, the highest first.
    pub fn shares(self) -> impl Iterator<Item = TaxShare> {
        self.shares.into_iter().flatten()
    }

    /// What of them is of delivery; unknown where they were written before it was kept.
    pub const fn of_delivery(self) -> Option<Money> {
        self.of_delivery
    }

    /// What the store owes to the state of what a shopper pays.
    pub const fn owed(self) -> Money {
        match self.treatment {
            Treatment::Included | Treatment::Added => self.sum,
            Treatment::ReverseCharged => Money::zero(self.sum.currency()),
        }
    }

    /// A total after its taxes.
    pub(crate) fn applied_to(self, total: Money) -> Result<Money, MoneyError> {
        match self.treatment {
            Treatment::Included => Ok(total),
            Treatment::Added => total.plus(self.sum),
            Treatment::ReverseCharged => total.minus(self.sum),
        }
    }

    /// What is said of tax beside the total.
    pub fn note(self) -> &'static str {
        match self.treatment {
            Treatment::ReverseCharged => "VAT is reverse-charged to you",
            _ if self.shares().next().is_none() => "Free of tax",
            Treatment::Included => "Includes VAT",
            Treatment::Added => "Includes tax",
        }
    }
}

impl TaxShare {
    /// What it is called where somebody sees it: `Includes VAT at 19%`, `Tax at 7.25%`.
    pub fn label(self, treatment: Treatment) -> String {
        match treatment {
            Treatment::Included => format!("Includes VAT at {}", self.rate),
            Treatment::Added => format!("Tax at {}", self.rate),
            Treatment::ReverseCharged => format!("VAT at {}, reverse-charged", self.rate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;

    #[test]
    fn an_order_is_taxed_at_four_rates_and_no_more() {
        let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
        let shares = |count: usize| {
            let rates = (1_u32..).map(|thousandths| TaxRate::try_from(thousandths).unwrap());
            rates.map(|rate| TaxShare { rate, net: pounds(100), tax: pounds(1) }).take(count).collect::<Vec<_>>()
        };
        let most = Taxes::new(Treatment::Added, pounds(0), shares(MAX_RATES)).unwrap();
        assert_eq!((most.shares().count(), most.owed()), (MAX_RATES, pounds(4)));
        let more = Taxes::new(Treatment::Added, pounds(0), shares(MAX_RATES + 1));
        assert_eq!(more, Err(TaxesError::TooManyRates));
        // What is written is not read in part either.
        let stored = |count| StoredTaxes {
            treatment: Treatment::Added,
            sum: pounds(0),
            shares: shares(count),
            of_delivery: None,
        };
        let read = |count| serde_json::from_str::<Taxes>(&serde_json::to_string(&stored(count)).unwrap());
        assert!(read(MAX_RATES).is_ok());
        assert!(read(MAX_RATES + 1).unwrap_err().to_string().contains("4 rates at most"));
    }
}
