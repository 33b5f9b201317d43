//! Checkout: from a cart to an order. Guards the rule that a purchase is one durable saga with
//! one outcome, that nothing is charged which the shopper did not see, and that nothing typed is
//! ever lost. Pages write the draft and place the order through the port; the server drives the
//! saga; nobody else calls either.

mod address_change;
mod amounts;
mod cancelling;
mod contact;
mod country;
mod draft;
mod held_up;
mod pause;
mod placing;
#[cfg(feature = "ports")]
pub mod ports;
mod postcode;
pub mod saga;
mod totals;
mod vat_number;

pub use address_change::{AddressChange, AddressChangeError, AddressVersion, MAX_ADDRESS_CHANGES};
pub(crate) use amounts::taken_off;
pub use amounts::{AmountKind, AmountRow, Amounts};
pub use cancelling::CancelError;
pub use contact::{Address, AddressLine, Contact, ContactField, ContactForm, Email, FieldErrors, PersonName, Phone};
pub use country::Country;
pub use draft::{CheckoutStep, DRAFT_DAYS, Draft, DraftVersion, IdempotencyKey};
pub use held_up::{HeldUp, LONGEST_WAIT_MS, MAX_HELD_UP};
pub use placing::{CheckoutView, PlaceError, Placed, Reviewed};
pub use postcode::Postcode;
pub use totals::{Totals, TotalsChange};
pub use vat_number::{VatNumber, VatNumberError};
