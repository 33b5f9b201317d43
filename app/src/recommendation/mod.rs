//! Recommendation: what goes with a product or with a cart, what is for one shopper alone, and what many
//! buy now, each with its reason. Nothing shows what is in the cart. A page that can't read them does
//! without.

pub mod api;
pub mod bundle;
mod hidden;
pub mod personal;
pub mod shelf;

pub(crate) use hidden::hidden;
