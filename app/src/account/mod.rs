//! Account: opening one, signing in, and everything that is its owner's: orders, addresses, sessions,
//! passkeys, codes, settings. Every page of it is kept out of caches and search engines; every form works
//! without a script, but for those of passkeys, which only a script can ask for. A page that needs somebody to
//! be signed in asks [`require`], one for those who run the store [`require_operator`].

#[cfg(feature = "ssr")]
pub mod addresses;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod back;
#[cfg(feature = "ssr")]
pub mod book;
pub mod ceremony;
pub mod copy;
#[cfg(feature = "ssr")]
mod current;
#[cfg(feature = "ssr")]
pub mod deliver_to;
#[cfg(feature = "ssr")]
pub mod forgotten;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod header;
#[cfg(feature = "ssr")]
pub mod link;
#[cfg(feature = "ssr")]
pub mod order_card;
#[cfg(feature = "ssr")]
pub mod orders;
#[cfg(feature = "ssr")]
pub mod overview;
#[cfg(feature = "ssr")]
pub mod passkey;
#[cfg(feature = "ssr")]
pub mod recovery;
#[cfg(feature = "ssr")]
pub mod register;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod totp;

#[cfg(feature = "ssr")]
pub(crate) use back::{lead, lead_keeping, sign_in_path};
#[cfg(feature = "ssr")]
pub(crate) use current::{buyer, client, current};
#[cfg(feature = "ssr")]
pub use current::{require, require_operator, signed_in};

/// The cookie that carries the token of a session.
pub const SESSION_COOKIE: &str = "session";
