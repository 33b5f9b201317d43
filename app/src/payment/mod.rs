//! Payment: the form that takes a card straight to the gateway. The store itself never receives a
//! card number; the gateway sends the browser back with a token.

#[cfg(feature = "ssr")]
mod card;
#[cfg(feature = "ssr")]
mod test_cards;

#[cfg(feature = "ssr")]
pub use card::{CardField, CardForm};
#[cfg(feature = "ssr")]
pub use test_cards::TestCards;
