//! Who asks, as far as the server knows it.

use domain::cart::CartId;
use domain::checkout::Country;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::WireError;

/// The person behind a request; the server puts it into the context of every request.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    /// The account's, or that of the signed cookie. A request that posts always has one; its answer
    /// sets the cookie.
    pub cart: Option<CartId>,
    /// That of the cookie, also for somebody who is signed in.
    pub guest_cart: Option<CartId>,
    /// Whether a guest agreed to a history of what they look at; `None` while they did not say.
    pub keeps_history: Option<bool>,
    /// Units in that cart, for the header.
    pub cart_units: u32,
    /// Where that cart goes, for the header.
    pub destination: Country,
    pub now: Timestamp,
    /// The day it is in the store.
    pub today: Date,
}

impl Visitor {
    /// The visitor of the current request.
    ///
    /// # Errors
    /// [`WireError::Unavailable`] outside a request.
    pub fn current() -> Result<Self, WireError> {
        leptos::prelude::use_context().ok_or(WireError::Unavailable)
    }

    /// The cart to change.
    ///
    /// # Errors
    /// [`WireError::Unavailable`] for a request that does not post.
    pub fn cart_to_change(self) -> Result<CartId, WireError> {
        self.cart.ok_or(WireError::Unavailable)
    }
}
