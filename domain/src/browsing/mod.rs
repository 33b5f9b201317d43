//! Browsing: which products a shopper looked at, `customer->viewed->product`. Guards three rules: a guest's
//! history is kept only once they agreed, what is kept is bounded in products and days, and what two
//! histories hold is lost to nobody when they become one at sign-in. Product pages note what is looked at;
//! the page of the history and the recommendations read it.

mod history;
#[cfg(feature = "ports")]
pub mod ports;
mod viewer;
mod visit;

pub use history::{History, MAX_DISMISSED_PRODUCTS, MAX_VIEWED_DAYS, MAX_VIEWED_PRODUCTS, View, oldest_kept};
pub use viewer::Viewer;
pub use visit::Visit;
