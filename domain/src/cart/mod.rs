//! Cart: what a shopper means to buy, and what was put aside for later. Guards the limits of a
//! cart and that no change is lost: a cart has a version, and a change names the version it saw
//! or is applied to the newest one. A cart holds SKUs, quantities and a coupon only; prices, stock
//! and promotions are looked up again whenever it is shown. The browser and the server apply the
//! same changes.

mod change;
mod joining;
mod lines;
mod parts;
#[cfg(feature = "ports")]
pub mod ports;
mod priced;

pub use change::CartChange;
pub use joining::Joined;
pub use lines::{
    CART_DAYS, Cart, CartError, CartId, CartLine, CartVersion, MAX_CART_LINES, MAX_CHANGE_ATTEMPTS, MAX_LINE_QUANTITY,
    MAX_SAVED_LINES,
};
pub use parts::PartFacts;
pub use priced::{CartProblem, Coupon, LineFacts, PricedCart, PricedLine, price};
