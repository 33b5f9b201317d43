//! What the store shows: pages, islands and server functions.
//!
//! A page parses its address, asks a port and draws the answer; it knows no database. Pages are
//! rendered on the server; only what moves is an island. Every mutation is a form that posts to a
//! server function, with or without JavaScript. Pages exist in the server only (`ssr`), so the
//! browser downloads nothing but islands. The server puts the ports, the [`visitor::Visitor`]
//! and the [`store::Store`] into the context.

// Leptos components take their props by value and are named like the elements they make.
#![allow(clippy::needless_pass_by_value, clippy::must_use_candidate)]

pub mod account;
#[cfg(feature = "ssr")]
pub mod alert;
#[cfg(feature = "ssr")]
pub mod answer;
#[cfg(feature = "ssr")]
pub mod browsing;
pub mod cart;
pub mod catalog;
pub mod checkout;
#[cfg(feature = "ssr")]
pub mod document;
pub mod dom;
#[cfg(feature = "ssr")]
pub mod email;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod icon;
#[cfg(feature = "ssr")]
pub mod inspection;
pub mod inventory;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod moment;
#[cfg(feature = "ssr")]
pub mod operator;
pub mod order;
#[cfg(feature = "ssr")]
pub mod page;
pub mod payment;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "ssr")]
pub mod recommendation;
#[cfg(feature = "ssr")]
pub mod review;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod search;
#[cfg(feature = "ssr")]
pub mod seo;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod trail;
#[cfg(feature = "ssr")]
mod typed;
#[cfg(feature = "ssr")]
pub mod visitor;
#[cfg(feature = "ssr")]
pub mod wish_list;

#[cfg(feature = "ssr")]
pub use document::document;
#[cfg(feature = "ssr")]
pub use routes::Routes;
