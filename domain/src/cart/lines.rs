use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::catalog::Sku;
use crate::checkout::IdempotencyKey;
use crate::inventory::Quantity;
use crate::pricing::promotion::{CouponCode, CouponRefusal};

/// Lines in a cart.
pub const MAX_CART_LINES: usize = 100;
/// Lines put aside for later.
pub const MAX_SAVED_LINES: usize = 100;
/// Units in one line of a cart.
pub const MAX_LINE_QUANTITY: u32 = 999;

/// How often a change is made again because somebody else changed the cart first.
pub const MAX_CHANGE_ATTEMPTS: u32 = 16;
/// A cart that nobody changed for longer is forgotten.
pub const CART_DAYS: i64 = 180;

/// Whose cart it is: a random number that the shopper's signed cookie carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CartId(Uuid);

impl CartId {
    pub const fn new(random: Uuid) -> Self {
        Self(random)
    }
}

impl fmt::Display for CartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for CartId {
    type Err = uuid::Error;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

/// Counts the changes of a cart; an empty cart that was never kept has version 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CartVersion(pub u32);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub sku: Sku,
    pub quantity: Quantity,
}

/// The lines of a cart, in the order they were added; each SKU stands at most once in the cart
/// and at most once among the saved lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    pub(super) version: CartVersion,
    pub(super) lines: Vec<CartLine>,
    pub(super) saved: Vec<CartLine>,
    /// What the shopper typed to pay less; carts from before there were coupons have none.
    #[serde(default)]
    pub(super) coupon: Option<CouponCode>,
    /// The key of the last purchase that was taken out of it.
    #[serde(default)]
    pub(super) bought: Option<IdempotencyKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CartError {
    #[error("a cart holds {MAX_CART_LINES} different things; save some for later or check out first")]
    TooManyLines,
    #[error("{MAX_SAVED_LINES} things are saved for later already; remove some first")]
    TooManySaved,
    #[error("at most {MAX_LINE_QUANTITY} of one thing fit into a cart")]
    TooManyUnits,
    #[error("a quantity is a whole number, like 2")]
    NotAQuantity,
    /// Nobody said which variant: its page asks for the size.
    #[error("choose a size first, then add it to your cart")]
    NotChosen,
    #[error("that is no longer in your cart")]
    NoSuchLine,
    #[error("your cart was changed in another window; here is how it is now")]
    Changed,
    #[error("that is no longer sold")]
    NotSold,
    #[error("it is sold out at the moment")]
    SoldOut,
    #[error("your cart holds all {units} that we have already")]
    AllInCart { units: u32 },
    #[error("{refusal}")]
    Coupon { refusal: CouponRefusal },
    #[error("your cart can't be opened at the moment; nothing in it is lost, please try again")]
    Unavailable,
}

impl Cart {
    pub const fn version(&self) -> CartVersion {
        self.version
    }

    /// Whether what was bought under a key was taken out of it, and nothing was since.
    #[must_use]
    pub fn was_bought_last(&self, key: IdempotencyKey) -> bool {
        self.bought == Some(key)
    }

    pub fn lines(&self) -> &[CartLine] {
        &self.lines
    }

    pub fn saved(&self) -> &[CartLine] {
        &self.saved
    }

    pub const fn coupon(&self) -> Option<&CouponCode> {
        self.coupon.as_ref()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Units in the cart, the number beside its icon; saved lines don't count.
    pub fn units(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity.get()).sum()
    }

    /// Every SKU that the cart page has to look up.
    pub fn skus(&self) -> Vec<Sku> {
        self.lines.iter().chain(&self.saved).map(|line| line.sku.clone()).collect()
    }
}
