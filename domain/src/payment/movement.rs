use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Proceeds;
use crate::bounded_text;
use crate::order::OrderNumber;
use crate::pricing::Money;

/// More movements than any order needs: each is a line of its history.
pub const MAX_MOVEMENTS: u32 = 50;

/// The key of a movement of money, at the gateway as well: asked for twice it moves nothing twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MovementId(Uuid);

impl MovementId {
    pub const fn new(random: Uuid) -> Self {
        Self(random)
    }
}

impl fmt::Display for MovementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for MovementId {
    type Err = uuid::Error;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

bounded_text!(
    /// Why money is given back, for whoever reads the books.
    RefundReason, 200
);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MovementKind {
    /// What is held becomes the store's. With the last capture the rest is let go of.
    Capture { is_last: bool },
    /// Something of what was captured goes back.
    Refund {
        reason: RefundReason,
        /// The tax of what it is for; nothing where nobody knows what that is, or knew when it was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tax: Option<Money>,
        /// What its sellers got for what it is for; nothing where nobody knows what that is, or knew when it was asked
        /// for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proceeds: Option<Proceeds>,
    },
    /// All that is still held after a capture is let go of.
    Release,
}

impl MovementKind {
    /// A refund of nobody knows which goods.
    pub const fn refund(reason: RefundReason) -> Self {
        Self::Refund { reason, tax: None, proceeds: None }
    }
}

/// Money that moves between a shopper and the store after an order was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub id: MovementId,
    #[serde(flatten)]
    pub kind: MovementKind,
    pub amount: Money,
}

impl Movement {
    /// What of it moves at the gateway or on the invoice, where so much of the total is charged there and the rest is
    /// paid by gift cards; `None` where nothing does. With the last of what is charged, nothing stays held.
    pub fn at_gateway(&self, before: &Tally, charged: Money) -> Option<Self> {
        let is_complete = before.after(self).captured_minor_units >= charged.minor_units();
        let (kind, moved_minor_units) = match self.kind.clone() {
            MovementKind::Capture { is_last } => {
                (MovementKind::Capture { is_last: is_last || is_complete }, before.captured_minor_units)
            }
            refund @ MovementKind::Refund { .. } => (refund, before.refunded_minor_units),
            MovementKind::Release => (MovementKind::Release, before.captured_minor_units),
        };
        let up_to = |moved_minor_units: i64| moved_minor_units.min(charged.minor_units());
        let share = up_to(moved_minor_units.saturating_add(self.amount.minor_units())) - up_to(moved_minor_units);
        (share > 0).then(|| Self { id: self.id, kind, amount: Money::new(share, charged.currency()) })
    }
}

/// A movement that somebody who runs the store asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementRequest {
    pub id: MovementId,
    pub number: OrderNumber,
    pub kind: MovementKind,
    /// As it was typed, in the currency of the order; all that is open where nothing was.
    pub amount: Option<String>,
}

impl MovementRequest {
    /// Whether a movement that was asked for under its id is what it asks for.
    pub fn asks_for(&self, movement: &Movement) -> bool {
        let is_amount = |typed| Money::from_decimal(typed, movement.amount.currency()) == Ok(movement.amount);
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&movement.kind)
            && self.amount.as_deref().is_none_or(is_amount)
    }

    /// The movement that is asked for of an order of a total.
    ///
    /// # Errors
    /// As [`Tally::check`]'s.
    pub fn movement(&self, tally: &Tally, total: Money) -> Result<Movement, MovementError> {
        let amount = match (&self.amount, &self.kind) {
            (Some(typed), _) => Money::from_decimal(typed, total.currency()).map_err(|_| MovementError::Amount)?,
            (None, MovementKind::Capture { .. } | MovementKind::Release) => tally.open_to_capture(total),
            (None, MovementKind::Refund { .. }) => tally.open_to_refund(total),
        };
        tally.movement(self.id, self.kind.clone(), amount, total)
    }
}

/// What became of a movement that was asked for and is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// The gateway has not answered yet: the store goes on asking it.
    Later,
}

/// Why money does not move; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MovementError {
    #[error("there is no such order")]
    NoSuchOrder,
    #[error("the order is not paid, or is being changed at the moment; please look at it again")]
    NotNow,
    #[error("an amount must be above zero and in the order's currency, like 12.90")]
    Amount,
    #[error("please say in at most {max} characters why it is given back", max = RefundReason::MAX_CHARS)]
    Reason,
    #[error("only {open} of this order can be captured")]
    CaptureTooLarge { open: Money },
    #[error("only {open} of this order can be refunded")]
    RefundTooLarge { open: Money },
    #[error("what is let go of is all that is still held of this order, which is {open}; please look at it again")]
    NotTheRest { open: Money },
    #[error("nothing of this order was captured; please cancel it to let go of what is held")]
    NothingCaptured,
    #[error("the order has {MAX_MOVEMENTS} movements of money, which is the most")]
    TooMany,
    #[error("this payment is disputed, and the gateway refunds nothing of it; please look how the dispute stands")]
    Disputed,
    #[error("the gateway refuses it; the log of the store says why")]
    Refused,
    #[error("the books can't be reached at the moment; please try again in a moment")]
    Unavailable,
}

/// What has moved of an order's money, in minor units of its currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    captured_minor_units: i64,
    refunded_minor_units: i64,
    /// Nothing more can be captured.
    is_settled: bool,
    movements: u32,
}

impl Tally {
    pub const fn captured_minor_units(&self) -> i64 {
        self.captured_minor_units
    }

    pub const fn refunded_minor_units(&self) -> i64 {
        self.refunded_minor_units
    }

    pub const fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// Whether all that was captured went back, and nothing more can be captured: nothing is left of the purchase.
    pub const fn is_undone(&self) -> bool {
        self.is_given_back() && self.is_settled
    }

    /// Whether all that was captured went back: nobody has bought anything.
    pub const fn is_given_back(&self) -> bool {
        self.captured_minor_units > 0 && self.refunded_minor_units >= self.captured_minor_units
    }

    /// What has moved of it at the gateway or on the invoice, where so much of the total is charged there.
    #[must_use]
    pub fn at_gateway(mut self, charged: Money) -> Self {
        self.captured_minor_units = self.captured_minor_units.min(charged.minor_units());
        self.refunded_minor_units = self.refunded_minor_units.min(charged.minor_units());
        self.is_settled |= self.captured_minor_units >= charged.minor_units();
        self
    }

    /// What of a total can be captured.
    pub const fn open_to_capture(&self, total: Money) -> Money {
        let open = if self.is_settled { 0 } else { total.minor_units().saturating_sub(self.captured_minor_units) };
        Money::new(open, total.currency())
    }

    /// The capture of all that can be captured of a total, with which the goods leave; `None` where nothing can.
    /// However many movements there were, it fits: an order can always be sent.
    pub fn capture_of_rest(&self, id: MovementId, total: Money) -> Option<Movement> {
        let (kind, amount) = (MovementKind::Capture { is_last: true }, self.open_to_capture(total));
        (amount.minor_units() > 0).then_some(Movement { id, kind, amount })
    }

    /// What can be refunded, in the currency of a total.
    pub const fn open_to_refund(&self, total: Money) -> Money {
        let open = self.captured_minor_units.saturating_sub(self.refunded_minor_units);
        Money::new(open, total.currency())
    }

    /// Whether an amount can be refunded.
    pub const fn has_to_refund(&self, amount: Money) -> bool {
        let open = self.captured_minor_units.saturating_sub(self.refunded_minor_units);
        amount.minor_units() > 0 && amount.minor_units() <= open
    }

    /// A movement of an order of a total. A capture of all that is open is the last one, whoever asks for it.
    ///
    /// # Errors
    /// As [`Self::check`]'s.
    pub fn movement(
        &self,
        id: MovementId,
        kind: MovementKind,
        amount: Money,
        total: Money,
    ) -> Result<Movement, MovementError> {
        let kind = match kind {
            MovementKind::Capture { is_last } => {
                MovementKind::Capture { is_last: is_last || amount == self.open_to_capture(total) }
            }
            kind @ (MovementKind::Refund { .. } | MovementKind::Release) => kind,
        };
        let movement = Movement { id, kind, amount };
        self.check(&movement, total)?;
        Ok(movement)
    }

    /// Whether a movement fits an order of a total. Letting go of the rest does however many there were: it is done
    /// once, and an order that was refunded can always be closed.
    ///
    /// # Errors
    /// [`MovementError::Amount`], [`MovementError::CaptureTooLarge`], [`MovementError::RefundTooLarge`],
    /// [`MovementError::NotTheRest`], [`MovementError::NothingCaptured`] or [`MovementError::TooMany`].
    pub fn check(&self, movement: &Movement, total: Money) -> Result<(), MovementError> {
        let Movement { kind, amount, .. } = movement;
        if *kind == MovementKind::Release {
            return self.check_release(*amount, total);
        }
        if amount.minor_units() <= 0 || amount.currency() != total.currency() {
            return Err(MovementError::Amount);
        }
        if self.movements >= MAX_MOVEMENTS {
            return Err(MovementError::TooMany);
        }
        let (open, too_large): (Money, fn(Money) -> MovementError) = match kind {
            MovementKind::Capture { .. } => {
                (self.open_to_capture(total), |open| MovementError::CaptureTooLarge { open })
            }
            MovementKind::Refund { .. } | MovementKind::Release => {
                (self.open_to_refund(total), |open| MovementError::RefundTooLarge { open })
            }
        };
        if amount.minor_units() <= open.minor_units() { Ok(()) } else { Err(too_large(open)) }
    }

    /// What was never captured is cancelled, and what is held is let go of as a whole: whoever names another amount
    /// has seen another one.
    fn check_release(&self, amount: Money, total: Money) -> Result<(), MovementError> {
        let open = self.open_to_capture(total);
        if self.captured_minor_units == 0 {
            return Err(MovementError::NothingCaptured);
        }
        let is_rest = amount == open && open.minor_units() > 0;
        if is_rest { Ok(()) } else { Err(MovementError::NotTheRest { open }) }
    }

    /// What is still held of a total after a part of it was captured.
    pub const fn open_to_release(&self, total: Money) -> Money {
        if self.captured_minor_units > 0 { self.open_to_capture(total) } else { Money::zero(total.currency()) }
    }

    /// The tally after a movement that was checked before.
    #[must_use]
    pub const fn after(mut self, movement: &Movement) -> Self {
        let amount = movement.amount.minor_units();
        match movement.kind {
            MovementKind::Capture { is_last } => {
                self.captured_minor_units = self.captured_minor_units.saturating_add(amount);
                self.is_settled = self.is_settled || is_last;
            }
            MovementKind::Refund { .. } => {
                self.refunded_minor_units = self.refunded_minor_units.saturating_add(amount);
            }
            MovementKind::Release => self.is_settled = true,
        }
        self.movements += 1;
        self
    }
}

#[cfg(test)]
mod tests;
