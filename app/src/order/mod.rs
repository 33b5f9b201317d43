//! Order: its confirmation, its state, its invoice, how a guest finds it again, how it is sent elsewhere, how it is
//! cancelled, and how something of it comes back or is exchanged.

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
pub mod address_change;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod cancellation;
#[cfg(feature = "ssr")]
pub mod claim;
#[cfg(feature = "ssr")]
pub mod exchange;
#[cfg(feature = "ssr")]
pub mod invoice_document;
#[cfg(feature = "ssr")]
pub mod look_up;
#[cfg(feature = "ssr")]
pub mod parts;
pub mod print;
#[cfg(feature = "ssr")]
pub mod returns;
#[cfg(feature = "ssr")]
pub mod status;
#[cfg(feature = "ssr")]
pub mod timeline;

#[cfg(feature = "ssr")]
pub use address::{address_lines, order_path};
#[cfg(feature = "ssr")]
pub use invoice_document::own_invoice_path;
