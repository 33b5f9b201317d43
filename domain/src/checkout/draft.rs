use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ContactForm, Country};
use crate::payment::PaymentMethod;
use crate::payment::gift_card::GiftCardId;
use crate::shipment::{Delivery, DeliveryOption, Zone};

/// Made once for a checkout and carried by its form: placing twice under one key buys once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdempotencyKey(Uuid);

impl IdempotencyKey {
    pub const fn new(random: Uuid) -> Self {
        Self(random)
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for IdempotencyKey {
    type Err = uuid::Error;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

/// What was typed in the checkout is forgotten after so many days without another word or an order.
pub const DRAFT_DAYS: i64 = 30;

/// A page of the checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutStep {
    Address,
    Delivery,
    Payment,
    Review,
}

impl CheckoutStep {
    pub const ALL: [Self; 4] = [Self::Address, Self::Delivery, Self::Payment, Self::Review];

    pub const fn path(self) -> &'static str {
        match self {
            Self::Address => "/checkout/address",
            Self::Delivery => "/checkout/delivery",
            Self::Payment => "/checkout/payment",
            Self::Review => "/checkout/review",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Address => "Address",
            Self::Delivery => "Delivery",
            Self::Payment => "Payment",
            Self::Review => "Review",
        }
    }
}

/// Counts what was answered or changed in a draft.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftVersion(pub u32);

/// What a shopper has told the checkout so far. Kept on the server, so that nothing typed is
/// lost, with or without JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub key: IdempotencyKey,
    #[serde(default)]
    pub version: DraftVersion,
    #[serde(default)]
    pub contact: ContactForm,
    /// Whether the contact was posted once, so that its errors are worth showing.
    #[serde(default)]
    pub contact_posted: bool,
    pub delivery: Option<DeliveryOption>,
    pub payment: Option<PaymentMethod>,
    /// The gift cards that pay, in the order in which they were applied.
    #[serde(default)]
    pub gift_cards: Vec<GiftCardId>,
}

impl Draft {
    pub fn new(key: IdempotencyKey) -> Self {
        Self {
            key,
            version: DraftVersion::default(),
            contact: ContactForm::default(),
            contact_posted: false,
            delivery: None,
            payment: None,
            gift_cards: Vec::new(),
        }
    }

    /// Where it goes, as far as that is known: the rest of the address may still be wrong.
    pub fn destination(&self) -> Option<Country> {
        self.contact.country.parse().ok()
    }

    /// How it is delivered; `None` until an option is chosen that there is for the destination.
    pub fn chosen_delivery(&self) -> Option<Delivery> {
        Delivery::new(self.delivery?, Zone::of_address(self.destination()))
    }

    /// The first step that is not done; the steps before it can be revisited.
    pub fn next_step(&self) -> CheckoutStep {
        if self.contact.parse().is_err() {
            CheckoutStep::Address
        } else if self.chosen_delivery().is_none() {
            CheckoutStep::Delivery
        } else if self.payment.is_none() {
            CheckoutStep::Payment
        } else {
            CheckoutStep::Review
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_moves_abroad_chooses_the_delivery_again() {
        let text = str::to_owned;
        let contact = ContactForm {
            email: text("ada@example.com"),
            name: text("Ada Lovelace"),
            line1: text("12 St James's Square"),
            city: text("London"),
            postcode: text("SW1Y 4JH"),
            country: text("GB"),
            ..ContactForm::default()
        };
        let at_home =
            Draft { contact, delivery: Some(DeliveryOption::Express), ..Draft::new(IdempotencyKey::new(Uuid::nil())) };
        assert_eq!(
            (at_home.chosen_delivery(), at_home.next_step()),
            (Some(Delivery::EXPRESS_AT_HOME), CheckoutStep::Payment)
        );
        let contact = ContactForm { postcode: text("100-0001"), country: text("JP"), ..at_home.contact.clone() };
        let abroad = Draft { contact, ..at_home };
        assert_eq!((abroad.chosen_delivery(), abroad.next_step()), (None, CheckoutStep::Delivery));
        let standard = Draft { delivery: Some(DeliveryOption::Standard), ..abroad };
        assert_eq!(standard.chosen_delivery(), Some(Delivery::standard(Zone::World)));
    }
}
