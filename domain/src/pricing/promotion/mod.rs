//! Promotions: what lowers a price for a while. Guards three rules: every discount counts from the
//! prices before any discount, no discount exceeds what it is taken from, and of all promotions that
//! may stand together the shopper gets those that save most. Imports make promotions, the server
//! keeps them and counts their uses, and [`crate::cart::price`] applies them.

mod apply;
mod basket;
mod budget;
mod code;
mod customers;
mod effect;
mod offer;
mod percent;
mod row;
mod schedule;
mod scope;
mod shopper;
mod spread;

use serde::{Deserialize, Serialize};

pub use apply::{Discounts, discounts};
pub use basket::{Basket, Discount, Item, by_promotion};
pub use budget::{Budget, BudgetError};
pub use code::{CouponCode, PromotionId, PromotionName};
pub use customers::{Customers, CustomersError, Standing};
pub use effect::{Bundle, BundleError, Effect};
pub use offer::{CouponRefusal, Offer, Terms, UseLimit, UseLimitError, Uses};
pub use percent::{Percent, PercentError, Tier, Tiers, TiersError};
pub use row::PromotionRowError;
pub use schedule::{Phase, Schedule, ScheduleError};
pub use scope::{Scope, ScopeError, ScopedItems};
pub use shopper::Shopper;

/// Something that lowers what a cart costs. Its parts guard themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    pub id: PromotionId,
    pub name: PromotionName,
    pub trigger: Trigger,
    pub effect: Effect,
    pub scope: Scope,
    pub schedule: Schedule,
    /// How often it is used by all shoppers together; `None` is without limit.
    pub uses: Option<UseLimit>,
    /// How often by one shopper, who is known by the account and by the e-mail address of the order.
    pub uses_per_customer: Option<UseLimit>,
    /// What it takes off all orders together; `None` is without limit.
    #[serde(default)]
    pub budget: Option<Budget>,
    #[serde(default)]
    pub customers: Customers,
    pub stacking: Stacking,
}

/// What makes a promotion count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    Automatic,
    /// A shopper names the code. A code may open several promotions.
    Coupon(CouponCode),
}

/// Whether a promotion stands beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// Alone, or not at all.
    Exclusive,
    /// Together with every other one that is combinable.
    Combinable,
}
