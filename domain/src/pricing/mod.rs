//! Pricing: what things cost. Guards the rule that money is counted in integer minor units of
//! one ISO 4217 currency and never mixed across currencies. Pure; everybody may call it.

mod limit;
mod money;
mod price;

pub use iso_currency::Currency;
pub use limit::{PriceLimit, PriceLimitError};
pub use money::{Money, MoneyError};
pub use price::{Price, PriceError};
