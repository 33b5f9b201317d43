use serde::{Deserialize, Serialize};

use super::saga::Shortage;
use super::{CheckoutStep, Draft, Totals, TotalsChange};
use crate::cart::PricedCart;
use crate::order::{OrderAccess, OrderNumber, OrderState};
use crate::payment::DeclineReason;

/// The checkout as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutView {
    pub draft: Draft,
    pub cart: PricedCart,
    /// With the chosen delivery, or standard delivery until one is chosen; `None` for an empty
    /// cart.
    pub totals: Option<Totals>,
}

/// An order that was placed, and how to see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub number: OrderNumber,
    pub access: OrderAccess,
    /// `Pending` when the gateway has not answered yet: the order is finished later, and the
    /// shopper is told so.
    pub state: OrderState,
}

/// Why no order was placed; the cart and everything typed are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PlaceError {
    #[error("your cart is empty")]
    EmptyCart,
    #[error("a step before this one is not finished yet")]
    Incomplete { step: CheckoutStep },
    #[error("the total is now {now}, not {seen}; please look at it again", seen = .change.seen, now = .change.now)]
    TotalsChanged { change: TotalsChange },
    #[error("something in your cart can't be bought as it is any more")]
    CartChanged,
    #[error("somebody was faster: not enough is left of something in your cart")]
    Short { shortages: Vec<Shortage> },
    #[error("{reason}; nothing was charged, please try another card")]
    Declined { reason: DeclineReason },
    #[error("the checkout does not answer at the moment; nothing was charged, please try again")]
    Unavailable,
}
