use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::draft::DraftVersion;
use super::saga::Shortage;
use super::{CheckoutStep, Draft, TotalsChange};
use crate::cart::{CartVersion, PartFacts, PricedCart};
use crate::order::{OrderAccess, OrderNumber, OrderState};
use crate::payment::gift_card::{GiftCard, GiftCardParts};
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
    /// The gift cards that were applied, as they are now.
    pub gift_cards: Vec<GiftCard>,
}

impl CheckoutView {
    /// What a review page of this view shows.
    pub fn reviewed(&self) -> Reviewed {
        let is_shared = !self.draft.gift_cards.is_empty();
        let charged_minor_units = self.charged().filter(|_| is_shared).map(Money::minor_units);
        let parts = parts_mark(&self.cart);
        Reviewed { cart: self.cart.version, draft: self.draft.version, charged_minor_units, parts }
    }

    /// What the gift cards pay of the total.
    pub fn parts(&self) -> GiftCardParts {
        self.cart.totals.map(|totals| GiftCardParts::of(totals.total(), &self.gift_cards)).unwrap_or_default()
    }

    /// What is left to pay after the gift cards; `None` where the cart has no total.
    pub fn charged(&self) -> Option<Money> {
        self.cart.totals.map(|totals| self.parts().rest_of(totals.total()))
    }

    /// What gift cards could pay of the total as well and keep, so that what is left is enough to be charged.
    pub fn kept_back(&self) -> Option<Money> {
        let kept = self.cart.totals.map(|totals| self.parts().kept_back(totals.total(), &self.gift_cards));
        kept.filter(|kept| kept.minor_units() > 0)
    }

    /// Whether gift cards pay for everything.
    pub fn is_covered(&self) -> bool {
        self.cart.totals.is_some_and(|totals| self.parts().cover(totals.total()))
    }

    /// The first step that is not done. Who chose to pay with gift cards alone pays in another way as well when they
    /// don't suffice any more.
    pub fn next_step(&self) -> CheckoutStep {
        let on_gift_cards = self.draft.payment.as_ref().is_some_and(|method| method.token.is_gift_cards());
        match self.draft.next_step() {
            CheckoutStep::Review if on_gift_cards && !self.is_covered() => CheckoutStep::Payment,
            step => step,
        }
    }
}

/// What stood on the review page that an order is placed from, as `12.5`: another window may have
/// changed the cart, the address or the card since, with the same total. Where gift cards pay a part of it, what is
/// left to pay stands there as well, in minor units: `12.5.1230`. What is in bundles has a mark: `12.5.p811c9dc5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    cart: CartVersion,
    draft: DraftVersion,
    charged_minor_units: Option<i64>,
    parts: Option<u32>,
}

/// Tells what is in the bundles of a cart from what else may be in them, by 32-bit FNV-1a; nothing without any.
fn parts_mark(cart: &PricedCart) -> Option<u32> {
    const OFFSET: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let bundles = cart.lines.iter().filter(|line| line.facts.as_ref().is_some_and(|facts| !facts.parts.is_empty()));
    let said = bundles.map(|line| {
        let parts = line.facts.iter().flat_map(|facts| &facts.parts).map(|PartFacts { part, .. }| part);
        let parts = parts.map(|part| format!("{}×{}", part.quantity, part.sku)).collect::<Vec<_>>();
        format!("{}={}", line.sku, parts.join("+"))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(" ").bytes().fold(OFFSET, |mark, b| (mark ^ u32::from(b)).wrapping_mul(PRIME)))
}

impl Reviewed {
    /// Whether nothing differs but what is in bundles.
    pub fn differs_by_bundles(&self, other: Self) -> bool {
        *self != other && Self { parts: other.parts, ..*self } == other
    }

    /// Whether nothing differs but what gift cards pay.
    pub fn differs_by_gift_cards(&self, other: Self) -> bool {
        let charged_minor_units = other.charged_minor_units;
        *self != other && Self { charged_minor_units, ..*self } == other
    }
}

impl fmt::Display for Reviewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.cart.0, self.draft.0)?;
        self.charged_minor_units.map_or(Ok(()), |charged| write!(f, ".{charged}"))?;
        self.parts.map_or(Ok(()), |mark| write!(f, ".p{mark:x}"))
    }
}

impl FromStr for Reviewed {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let read = |raw: &str| {
            let (raw, parts) = raw.split_once(".p").map_or((raw, None), |(raw, mark)| (raw, Some(mark)));
            let parts = parts.map(|mark| u32::from_str_radix(mark, 16)).transpose().ok()?;
            let (cart, rest) = raw.split_once('.')?;
            let (draft, charged) = rest.split_once('.').map_or((rest, None), |(draft, charged)| (draft, Some(charged)));
            let charged_minor_units = charged.map(str::parse).transpose().ok()?;
            let (cart, draft) = (CartVersion(cart.parse().ok()?), DraftVersion(draft.parse().ok()?));
            Some(Self { cart, draft, charged_minor_units, parts })
        };
        read(raw).ok_or(TextError::Shape { example: "12.5" })
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
    #[error("what is left on a gift card has changed; please look at what is left to pay, nothing was charged")]
    GiftCardsChanged,
    #[error("something in your cart can't be bought as it is any more")]
    CartChanged,
    #[error("what is in a bundle has changed; please look at it again, nothing was charged")]
    BundleChanged,
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
        let reviewed =
            Reviewed { cart: CartVersion(12), draft: DraftVersion(5), charged_minor_units: None, parts: None };
        let shared = Reviewed { charged_minor_units: Some(1230), ..reviewed };
        let bundled = Reviewed { parts: Some(0x1f), ..shared };
        assert_eq!((reviewed.to_string().as_str(), shared.to_string().as_str()), ("12.5", "12.5.1230"));
        assert_eq!(bundled.to_string(), "12.5.1230.p1f");
        for reviewed in [reviewed, shared, bundled, Reviewed { parts: Some(u32::MAX), ..reviewed }] {
            assert_eq!(reviewed.to_string().parse(), Ok(reviewed));
        }
        assert!(reviewed.differs_by_gift_cards(shared) && !shared.differs_by_gift_cards(shared));
        assert!(!shared.differs_by_gift_cards(Reviewed { cart: CartVersion(13), ..reviewed }));
        assert!(shared.differs_by_bundles(bundled) && !bundled.differs_by_bundles(bundled));
        assert!(!bundled.differs_by_bundles(reviewed), "what is left to pay differs as well");
        for nonsense in
            ["", "12", "12.", "a.b", "-1.5", "12.5.", "12.5.a", "12.5.1.1", "12.5.p", "12.5.px", "12.5.p1.1"]
        {
            assert!(nonsense.parse::<Reviewed>().is_err(), "{nonsense}");
        }
    }
}
