//! Payment: the form that takes a card straight to the gateway. The store itself never receives a
//! card number: the gateway sends the browser back with a token, or its own field in the page hands one out.

#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod card_element;
pub mod check;
#[cfg(feature = "ssr")]
pub mod gift_card;
#[cfg(feature = "ssr")]
pub mod store_credit;
#[cfg(feature = "ssr")]
pub mod test_cards;

/// Where the embedded gateway answers, within the store's own address.
pub const SANDBOX_PATH: &str = "/sandbox";

/// Where a browser comes with the gateway's token for a card: led by the gateway, or with the form around its field.
pub const RETURN_PATH: &str = "/checkout/payment/return";
