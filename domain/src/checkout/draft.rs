use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ContactForm;
use crate::payment::PaymentMethod;
use crate::shipment::DeliveryOption;

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
        }
    }

    /// The first step that is not done; the steps before it can be revisited.
    pub fn next_step(&self) -> CheckoutStep {
        if self.contact.parse().is_err() {
            CheckoutStep::Address
        } else if self.delivery.is_none() {
            CheckoutStep::Delivery
        } else if self.payment.is_none() {
            CheckoutStep::Payment
        } else {
            CheckoutStep::Review
        }
    }
}
