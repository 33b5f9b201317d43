//! Pricing: what things cost. Guards the rule that money is counted in integer minor units of
//! one ISO 4217 currency and never mixed across currencies. Pure; everybody may call it. What lowers
//! a price for a while is a [`promotion`]; what the state takes of it is a [`tax`].

mod limit;
mod money;
#[cfg(feature = "ports")]
pub mod ports;
mod price;
pub mod promotion;
pub mod tax;

pub use iso_currency::Currency;
pub use limit::{PriceLimit, PriceLimitError};
pub(crate) use money::part;
pub use money::{Money, MoneyError};
pub use price::{Price, PriceError};
