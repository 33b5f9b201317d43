use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::draft::DraftVersion;
use super::saga::Shortage;
use super::{CheckoutStep, Draft, TotalsChange};
use crate::cart::{CartVersion, PricedCart};
use crate::order::{OrderAccess, OrderNumber, OrderState};
use crate::payment::{ChallengeUrl, DeclineReason};
use crate::pricing::Money;
use crate::shipment::Delivery;
use crate::text::TextError;

/// The checkout as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutView {
    pub draft: Draft,
    /// Priced with the chosen delivery, or standard delivery until one is chosen.
    pub cart: PricedCart,
    /// What each delivery to the destination costs with this cart; nothing for an empty one.
    pub charges: Vec<(Delivery, Money)>,
}

impl CheckoutView {
    /// What a review page of this view shows.
    pub const fn reviewed(&self) -> Reviewed {
        Reviewed { cart: self.cart.version, draft: self.draft.version }
    }
}

/// What stood on the review page that an order is placed from, as `12.5`: another window may have
/// changed the cart, the address or the card since, with the same total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    cart: CartVersion,
    draft: DraftVersion,
}

impl fmt::Display for Reviewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.cart.0, self.draft.0)
    }
}

impl FromStr for Reviewed {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let versions = raw.split_once('.').and_then(|(cart, draft)| Some((cart.parse().ok()?, draft.parse().ok()?)));
        let (cart, draft) = versions.ok_or(TextError::Shape { example: "12.5" })?;
        Ok(Self { cart: CartVersion(cart), draft: DraftVersion(draft) })
    }
}

/// An order that was placed, and how to see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub number: OrderNumber,
    pub access: OrderAccess,
    /// `Pending` when the gateway has not answered yet: the order is finished later, and the
    /// shopper is told so.
    pub state: OrderState,
    /// Where the shopper has to confirm the payment first.
    pub challenge: Option<ChallengeUrl>,
}

/// Why no order was placed; the cart and everything typed are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PlaceError {
    #[error("your cart is empty")]
    EmptyCart,
    #[error("a step before this one is not finished yet")]
    Incomplete { step: CheckoutStep },
    /// Its words name no amount: an error comes back in an address, which anybody can write.
    #[error("the total has changed; please look at it again")]
    TotalsChanged { change: TotalsChange },
    #[error("something on this page was changed in another window; please look at it again")]
    ReviewOutdated,
    #[error("something in your cart can't be bought as it is any more")]
    CartChanged,
    #[error("somebody was faster: not enough is left of something in your cart")]
    Short { shortages: Vec<Shortage> },
    #[error(
        "something in your cart is limited for each customer, and with what you ordered before this would be too \
         many; please order fewer of it"
    )]
    OverLimit,
    #[error("{reason}; nothing was charged, {advice}", advice = .reason.advice())]
    Declined { reason: DeclineReason },
    #[error("the checkout does not answer at the moment; please try again, you never pay twice")]
    Unavailable,
}

impl PlaceError {
    /// That some of what was asked for can't be bought.
    pub fn short(shortages: Vec<Shortage>) -> Self {
        if shortages.iter().any(|short| short.limit.is_some()) { Self::OverLimit } else { Self::Short { shortages } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_reviewed_goes_through_a_form_unharmed() {
        let reviewed = Reviewed { cart: CartVersion(12), draft: DraftVersion(5) };
        assert_eq!(reviewed.to_string().parse(), Ok(reviewed));
        for nonsense in ["", "12", "12.", "a.b", "-1.5", "12.5.1"] {
            assert!(nonsense.parse::<Reviewed>().is_err(), "{nonsense}");
        }
    }
}
