use std::num::NonZeroU32;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::effect::Saving;
use super::{Basket, CouponCode, Phase, Promotion, Standing, Trigger};

/// How often something may be used: at least once, at most [`UseLimit::MAX`] times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct UseLimit(NonZeroU32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number from 1 to {max}", max = UseLimit::MAX)]
pub struct UseLimitError;

impl UseLimit {
    pub const MAX: u32 = 100_000_000;

    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl TryFrom<u32> for UseLimit {
    type Error = UseLimitError;

    fn try_from(uses: u32) -> Result<Self, Self::Error> {
        NonZeroU32::new(uses).filter(|uses| uses.get() <= Self::MAX).map(Self).ok_or(UseLimitError)
    }
}

impl From<UseLimit> for u32 {
    fn from(limit: UseLimit) -> Self {
        limit.get()
    }
}

impl FromStr for UseLimit {
    type Err = UseLimitError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.trim().parse::<u32>().map_err(|_| UseLimitError).and_then(Self::try_from)
    }
}

/// How much a promotion was used so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    pub total: u64,
    /// By the shopper who asks, as an account or under an e-mail address; none while nobody knows who that is.
    pub by_customer: u64,
    /// What was taken off, in the minor units of its budget; nothing without one.
    pub spent_minor_units: i64,
}

/// A promotion as a shopper finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub promotion: Promotion,
    pub uses: Uses,
}

/// What a cart is priced under: the promotions that apply by themselves and those that its code opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub now: Timestamp,
    pub shopper: Standing,
    pub offers: Vec<Offer>,
}

/// Why a code saves nothing. The later ones are nearer to a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponRefusal {
    #[error("we don't know that code; please check how it is written")]
    Unknown,
    #[error("that code has expired")]
    Over,
    #[error("that code is not valid yet")]
    NotYet,
    #[error("that code was used as often as it can be")]
    UsedUp,
    #[error("you have used that code as often as you can")]
    UsedByCustomer,
    #[error("that code is for a first order, and you have ordered before")]
    NotNew,
    #[error("that code makes no difference to what is in your cart")]
    NotApplicable,
    #[error("that code is for customers who are signed in")]
    ForAccounts,
    #[error("that code is for a first order, and counts once the checkout knows your e-mail address")]
    ForNew,
    #[error("that code is for businesses, and counts once the checkout knows your VAT number")]
    ForBusinesses,
    #[error("other offers save you more than that code, so it is not used")]
    Outdone,
}

impl CouponRefusal {
    /// Whether the code may save something later, for it depends on the rest of the cart or on who will have signed
    /// in or filled in the checkout.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::NotApplicable | Self::ForAccounts | Self::ForNew | Self::ForBusinesses | Self::Outdone)
    }
}

impl Offer {
    /// Whether the cart with this code may have it at all; a promotion that applies by itself, any.
    pub(super) fn is_open_to(&self, coupon: Option<&CouponCode>) -> bool {
        match &self.promotion.trigger {
            Trigger::Automatic => true,
            Trigger::Coupon(code) => coupon == Some(code),
        }
    }

    /// What it takes off a basket by itself, or why that is nothing. One whose budget is less than that is used up:
    /// nobody gets a part of what a promotion says.
    pub(super) fn saving(&self, basket: &Basket<'_>, terms: &Terms) -> Result<Saving, CouponRefusal> {
        if let Some(refusal) = self.refusal(terms) {
            return Err(refusal);
        }
        let saving = self.promotion.effect.on(basket, &self.promotion.scope);
        match self.promotion.budget {
            _ if saving.is_nothing() => Err(CouponRefusal::NotApplicable),
            Some(budget) if budget.currency() != basket.currency => Err(CouponRefusal::NotApplicable),
            Some(budget) if budget.left_after(self.uses.spent_minor_units) < saving.total() => {
                Err(CouponRefusal::UsedUp)
            }
            _ => Ok(saving),
        }
    }

    /// Why nobody or not this shopper can use it now.
    fn refusal(&self, terms: &Terms) -> Option<CouponRefusal> {
        let is_used_up = |limit: Option<UseLimit>, uses| limit.is_some_and(|limit| u64::from(limit.get()) <= uses);
        let is_spent = self.promotion.budget.is_some_and(|budget| budget.left_after(self.uses.spent_minor_units) == 0);
        match self.promotion.schedule.phase(terms.now) {
            Phase::Before => Some(CouponRefusal::NotYet),
            Phase::Over => Some(CouponRefusal::Over),
            Phase::Running if is_spent || is_used_up(self.promotion.uses, self.uses.total) => {
                Some(CouponRefusal::UsedUp)
            }
            Phase::Running if is_used_up(self.promotion.uses_per_customer, self.uses.by_customer) => {
                Some(CouponRefusal::UsedByCustomer)
            }
            Phase::Running => self.promotion.customers.refusal(terms.shopper),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_limit_keeps_its_limits() {
        assert_eq!("1".parse::<UseLimit>().map(UseLimit::get), Ok(1));
        assert_eq!(UseLimit::MAX.to_string().parse::<UseLimit>().map(UseLimit::get), Ok(UseLimit::MAX));
        for wrong in ["0", "-1", "", "1.5", "100000001"] {
            assert_eq!(wrong.parse::<UseLimit>(), Err(UseLimitError), "{wrong}");
        }
    }
}
