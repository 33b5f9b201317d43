//! Account: opening one, signing in, and everything that is its owner's: orders, addresses, sessions,
//! settings. Every page of it is kept out of caches and search engines; every form works without a
//! script. A page that needs somebody to be signed in asks [`require`], one for those who run the
//! store [`require_operator`].

pub mod addresses;
pub mod api;
mod back;
pub mod book;
mod current;
pub mod deliver_to;
pub mod forgotten;
pub mod frame;
pub mod header;
pub mod link;
pub mod order_card;
pub mod orders;
pub mod overview;
pub mod register;
pub mod sessions;
pub mod settings;
pub mod sign_in;

pub(crate) use back::{lead, lead_keeping, sign_in_path};
pub(crate) use current::{client, current};
pub use current::{require, require_operator, signed_in};

/// The cookie that carries the token of a session.
pub const SESSION_COOKIE: &str = "session";
