//! What the forms of those who run the store post to. Each asks who posts, does one thing, and leads the
//! browser to the page that shows it, or back with what is wrong.

pub mod accounts;
pub mod bundle;
pub mod faults;
pub mod locations;
pub mod orders;
pub mod refunds;
pub mod returns;
pub mod stock;
pub mod store_credit;
pub mod trouble;

use domain::inventory::Reference;

use crate::account::require_operator;
use crate::error::WireError;

/// Who does it, as it is written down beside what was done.
///
/// # Errors
/// As [`require_operator`]'s.
fn operator() -> Result<Reference, WireError> {
    require_operator()?.account.email.to_string().parse().map_err(|_| WireError::Unavailable)
}
