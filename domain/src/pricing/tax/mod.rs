//! Tax: what of an amount is the state's. Guards three rules: a tax is counted from what is paid after
//! every discount, the taxes of the lines and of delivery are together the tax of the order, however the
//! jurisdiction rounds, and where prices include tax the total stays what it was. Pure; the checkout
//! counts with it and everybody shows what it counted. An operator's table replaces the [`TaxTable`] that
//! is compiled in.

mod count;
mod place;
mod rate;
mod rule;
mod state;
mod table;
mod taxes;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use count::{Taxable, Taxed};
pub use place::{Jurisdiction, Region, RegionError};
pub use rate::{TaxRate, TaxRateError};
pub use rule::{Collection, Rounding, TaxRule};
pub use table::{TaxTable, TaxTableError};
pub use taxes::{MAX_RATES, TaxShare, Taxes, TaxesError, Treatment};

/// How a jurisdiction looks at a product. Products that nobody classed are taxed in full.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxClass {
    #[default]
    Standard,
    Reduced,
    SuperReduced,
    /// Without tax everywhere.
    Zero,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be standard, reduced, super_reduced or zero")]
pub struct TaxClassError;

impl FromStr for TaxClass {
    type Err = TaxClassError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        match raw.trim().to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
            "standard" => Ok(Self::Standard),
            "reduced" => Ok(Self::Reduced),
            "super_reduced" => Ok(Self::SuperReduced),
            "zero" => Ok(Self::Zero),
            _ => Err(TaxClassError),
        }
    }
}

/// Who buys, as the state sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerKind {
    Private,
    /// Named a VAT number.
    Business,
}
