use serde::{Deserialize, Serialize};

use super::TaxRate;
use crate::pricing::{Money, MoneyError};

/// Rates that one order can be taxed at: of three classes and of delivery.
pub const MAX_RATES: usize = 4;

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
#[serde(from = "StoredTaxes", into = "StoredTaxes")]
pub struct Taxes {
    treatment: Treatment,
    sum: Money,
    shares: [Option<TaxShare>; MAX_RATES],
}

/// Taxes as they are written.
#[derive(Serialize, Deserialize)]
struct StoredTaxes {
    treatment: Treatment,
    sum: Money,
    shares: Vec<TaxShare>,
}

impl From<StoredTaxes> for Taxes {
    fn from(StoredTaxes { treatment, sum, shares }: StoredTaxes) -> Self {
        let mut rest = shares.into_iter();
        Self { treatment, sum, shares: std::array::from_fn(|_| rest.next()) }
    }
}

impl From<Taxes> for StoredTaxes {
    fn from(taxes: Taxes) -> Self {
        Self { treatment: taxes.treatment, sum: taxes.sum, shares: taxes.shares().collect() }
    }
}

impl Taxes {
    /// Sums up the taxes at different rates, at most [`MAX_RATES`] of them.
    pub(super) fn new(treatment: Treatment, zero: Money, shares: Vec<TaxShare>) -> Result<Self, MoneyError> {
        let sum = shares.iter().try_fold(zero, |sum, share| sum.plus(share.tax))?;
        Ok(StoredTaxes { treatment, sum, shares }.into())
    }

    pub const fn treatment(self) -> Treatment {
        self.treatment
    }

    /// At each rate, the highest first.
    pub fn shares(self) -> impl Iterator<Item = TaxShare> {
        self.shares.into_iter().flatten()
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
