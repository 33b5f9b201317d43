//! Store credit: what the store owes to an account, one balance for each currency. It pays, is spent and comes back as
//! a gift card does, but has no code: whoever is signed in spends theirs, and nobody else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{GiftCard, GiftCardAmount, MAX_GIFT_CARD_MINOR_UNITS};
use crate::operator::DeedReason;
use crate::order::OrderNumber;
use crate::payment::MovementId;
use crate::pricing::{Currency, Money};

/// Movements of a store credit that are shown, the latest ones.
pub const CREDIT_MOVEMENTS_SHOWN: u32 = 100;

/// What changed a store credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditMovementKind {
    /// The store gave it.
    Given,
    /// It pays for an order.
    Paid,
    /// An order, or a part of one, was let go of.
    Released,
    /// Something of what it paid was given back.
    Refunded,
}

/// A change of a store credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditMovement {
    pub moved_at: Timestamp,
    pub kind: CreditMovementKind,
    /// The order that it pays for.
    pub order: Option<OrderNumber>,
    /// Below zero where something was taken off.
    pub amount: Money,
    /// Why the store gave it.
    pub reason: Option<DeedReason>,
}

/// What an account has in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreCredit {
    pub credit: GiftCard,
    /// The latest first.
    pub movements: Vec<CreditMovement>,
}

/// All store credit of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditBook {
    /// By the code of their currencies.
    pub credits: Vec<StoreCredit>,
    /// The key of the next gift: a form that is posted twice gives once.
    pub next: MovementId,
}

/// What the store gives to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditGift {
    pub key: MovementId,
    pub amount: GiftCardAmount,
    /// Why, also for whoever gets it.
    pub reason: DeedReason,
}

/// Why no store credit was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum StoreCreditError {
    #[error(
        "an amount looks like 20.00, or like 20.00 EUR in another currency; at least 0.01 and at most {most} are given \
         at once",
        most = MAX_GIFT_CARD_MINOR_UNITS / 100
    )]
    NotAnAmount,
    #[error("please say why, in at most {} characters", DeedReason::MAX_CHARS)]
    NotAReason,
    #[error("there is no such account")]
    NoSuchAccount,
    #[error("store credit can't be reached at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
}

impl CreditGift {
    /// What an operator typed: an amount in the store's currency, or with the code of another one.
    ///
    /// # Errors
    /// [`StoreCreditError::NotAnAmount`] or [`StoreCreditError::NotAReason`].
    pub fn parse(key: MovementId, amount: &str, currency: Currency, reason: &str) -> Result<Self, StoreCreditError> {
        let money = Money::from_decimal(amount, currency).or_else(|_| amount.parse());
        let amount = money.ok().and_then(|money| GiftCardAmount::try_from(money).ok());
        let amount = amount.ok_or(StoreCreditError::NotAnAmount)?;
        let reason = reason.parse().map_err(|_| StoreCreditError::NotAReason)?;
        Ok(Self { key, amount, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_gift_is_typed_in_the_currency_of_the_store_or_another() {
        let key = MovementId::new(Uuid::nil());
        let parse = |amount: &str, reason: &str| CreditGift::parse(key, amount, Currency::GBP, reason);
        let amount = |raw: &str| parse(raw, "It came late").map(|gift| gift.amount.money());
        assert_eq!(amount("20"), Ok(Money::new(20_00, Currency::GBP)));
        assert_eq!(amount(" 12.50 eur "), Ok(Money::new(12_50, Currency::EUR)));
        assert_eq!(amount("5000"), Ok(Money::new(MAX_GIFT_CARD_MINOR_UNITS, Currency::GBP)));
        for wrong in ["", "0", "-5", "12.345", "5000.01", "a few", "20 pounds"] {
            assert_eq!(amount(wrong), Err(StoreCreditError::NotAnAmount), "{wrong}");
        }
        for wrong in ["", &"x".repeat(201)] {
            assert_eq!(parse("20", wrong), Err(StoreCreditError::NotAReason));
        }
    }
}
