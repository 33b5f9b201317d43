//! Payment: the form that takes a card straight to the gateway. The store itself never receives a
//! card number; the gateway sends the browser back with a token.

#[cfg(feature = "ssr")]
pub mod card;
pub mod check;
#[cfg(feature = "ssr")]
pub mod gift_card;
#[cfg(feature = "ssr")]
pub mod test_cards;

/// Where the embedded gateway answers, within the store's own address.
pub const SANDBOX_PATH: &str = "/sandbox";
