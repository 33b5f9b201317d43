use serde::{Deserialize, Serialize};

use super::{GIFT_CARDS_PER_ORDER, GiftCard, GiftCardId, GiftCardTail};
use crate::payment::minimum_charge;
use crate::pricing::{Money, MoneyError};

/// What one gift card pays of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftCardPart {
    pub id: GiftCardId,
    pub tail: GiftCardTail,
    /// Above zero.
    pub amount: Money,
}

/// What gift cards pay of an order, in the order in which they pay; each card stands in it once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GiftCardParts(Vec<GiftCardPart>);

/// An amount apart by who pays it: the card or the invoice, and gift cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    charged: Money,
    on_gift_cards: Money,
}

impl GiftCardParts {
    /// What some cards pay of a total: one after the other as much as is on it and left to pay. A card that can pay
    /// nothing is left out. Where they pay nearly everything the last ones pay less, so that the rest is no less than
    /// [`minimum_charge`].
    pub fn of(total: Money, cards: &[GiftCard]) -> Self {
        let mut parts = Self::default();
        for card in cards {
            let left = parts.rest_of(total);
            let Ok(usable) = card.usable(total.currency()) else { continue };
            let amount = Money::new(usable.minor_units().min(left.minor_units()), total.currency());
            let is_in = parts.0.iter().any(|part| part.id == card.id);
            if amount.minor_units() > 0 && !is_in && parts.0.len() < GIFT_CARDS_PER_ORDER {
                parts.0.push(GiftCardPart { id: card.id, tail: card.tail.clone(), amount });
            }
        }
        parts.leave_to_be_charged(total);
        parts
    }

    fn leave_to_be_charged(&mut self, total: Money) {
        let (rest, least) = (self.rest_of(total).minor_units(), minimum_charge(total.currency()).minor_units());
        // Of less than the least nothing that is left would be enough.
        if rest == 0 || total.minor_units() < least {
            return;
        }
        let mut missing = least - rest;
        while missing > 0
            && let Some(last) = self.0.last_mut()
        {
            let less = missing.min(last.amount.minor_units());
            last.amount = Money::new(last.amount.minor_units() - less, total.currency());
            missing -= less;
            if last.amount.minor_units() == 0 {
                self.0.pop();
            }
        }
    }

    /// What some cards could pay of a total as well, and keep so that the rest is enough to be charged.
    pub fn kept_back(&self, total: Money, cards: &[GiftCard]) -> Money {
        let rest = self.rest_of(total).minor_units();
        let usable = cards.iter().filter_map(|card| card.usable(total.currency()).ok());
        let usable = usable.map(Money::minor_units).fold(0_i64, i64::saturating_add);
        let kept = usable.saturating_sub(total.minor_units() - rest).clamp(0, rest);
        Money::new(kept, total.currency())
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, GiftCardPart> {
        self.0.iter()
    }

    /// What is left of a total for the card or the invoice.
    pub fn rest_of(&self, total: Money) -> Money {
        // An amount in another currency pays nothing of it.
        let paying = self.0.iter().filter(|part| part.amount.currency() == total.currency());
        let paid = paying.map(|part| part.amount.minor_units()).fold(0_i64, i64::saturating_add);
        Money::new(total.minor_units().saturating_sub(paid).max(0), total.currency())
    }

    /// Whether they pay a total altogether.
    pub fn cover(&self, total: Money) -> bool {
        !self.is_empty() && self.rest_of(total).minor_units() == 0
    }

    /// Who pays an amount that moves after another part of the total moved the same way: the card or the invoice
    /// first, and gift cards what comes after that.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], or [`MoneyError::CurrenciesDiffer`].
    pub fn shares(&self, total: Money, before: Money, amount: Money) -> Result<Shares, MoneyError> {
        let (rest, after) = (self.rest_of(total), before.plus(amount)?);
        let charged_up_to = |moved: Money| moved.minor_units().min(rest.minor_units());
        let charged = charged_up_to(after) - charged_up_to(before);
        let charged = Money::new(charged, rest.currency());
        Ok(Shares { charged, on_gift_cards: amount.minus(charged)? })
    }

    /// What moves of each card when an amount moves as in [`Self::shares`].
    ///
    /// # Errors
    /// As [`Self::shares`]'s.
    pub fn moved(&self, total: Money, before: Money, amount: Money) -> Result<Vec<GiftCardPart>, MoneyError> {
        let (rest, after) = (self.rest_of(total), before.plus(amount)?);
        let beyond = |moved: Money| moved.minus(rest).map(|beyond| beyond.minor_units().max(0));
        let (before, after) = (beyond(before)?, beyond(after)?);
        let mut earlier = 0_i64;
        let mut moved = Vec::with_capacity(self.0.len());
        for part in &self.0 {
            let whole = part.amount.minor_units();
            let share = |beyond: i64| beyond.saturating_sub(earlier).clamp(0, whole);
            let amount = Money::new(share(after) - share(before), part.amount.currency());
            if amount.minor_units() > 0 {
                moved.push(GiftCardPart { amount, ..part.clone() });
            }
            earlier = earlier.saturating_add(whole);
        }
        Ok(moved)
    }
}

impl<'a> IntoIterator for &'a GiftCardParts {
    type Item = &'a GiftCardPart;
    type IntoIter = std::slice::Iter<'a, GiftCardPart>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Shares {
    /// What the card or the invoice pays.
    pub const fn charged(self) -> Money {
        self.charged
    }

    pub const fn on_gift_cards(self) -> Money {
        self.on_gift_cards
    }

    /// Both together.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn total(self) -> Result<Money, MoneyError> {
        self.charged.plus(self.on_gift_cards)
    }
}

impl From<Money> for Shares {
    /// Without gift cards all is charged.
    fn from(charged: Money) -> Self {
        Self { charged, on_gift_cards: Money::zero(charged.currency()) }
    }
}

#[cfg(test)]
mod tests;
