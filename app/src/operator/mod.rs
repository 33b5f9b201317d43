//! Operator: the pages of those who run the store. They are for accounts whose role says so: a page of
//! it is made by [`operators_page`] and drawn within [`frame::OperatorPage`], and each of its forms asks
//! [`crate::account::require_operator`] again. Nothing of it is kept by caches or search engines, and
//! everything works without a script.

pub mod accounts;
pub mod aftermath;
pub mod api;
pub mod deeds;
pub mod faults;
pub mod frame;
pub mod gift_cards;
pub mod header;
pub mod ledger;
pub mod letters;
pub mod orders;
pub mod overview;
pub mod sheet;
pub mod stock;
pub mod store_credit;
pub mod trouble;
mod words;

pub use frame::operators_page;
