//! Returns: what a shopper sends back of an order that was sent, and what they get back for it. Guards that
//! nothing comes back that was not bought or comes back already, that nobody asks too late, and that the refunds
//! of all returns are together never more than was paid. A shopper asks; who runs the store receives or refuses;
//! the checkout's saga moves the money. Instead of money a line may bring another variant: see [`super::exchange`].

mod error;
#[cfg(feature = "ports")]
pub mod ports;
mod reason;
mod refund;
mod request;
mod state;
#[cfg(test)]
pub(super) mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::exchange::{EndNote, Exchange};
use super::{Order, OrderLine, OrderState};
use crate::bounded_text;
use crate::catalog::Sku;
use crate::id::random_id;
use crate::inventory::Quantity;
use crate::payment::MovementId;
use crate::pricing::Money;
use crate::shipment::{Delivery, RETURN_DAYS, Zone, store_day};

pub use error::ReturnError;
pub use reason::ReturnReason;
pub use request::{ReturnForm, ReturnRequest};
pub use state::{ReturnState, ReturnStep, ReturnTransitionError};

/// Returns of one order, withdrawn and refused ones as well: nobody has a parcel for each of more.
pub const MAX_RETURNS: usize = 20;

random_id!(
    /// The key of a return, made before it is asked for: a form that is posted twice asks once.
    ReturnId
);

bounded_text!(
    /// What a shopper wants to say of what they send back.
    ReturnNote, 300, lines
);

bounded_text!(
    /// Why a return is refused, for its shopper.
    RefusalNote, 200
);

/// Units of one line of an order that come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLine {
    pub sku: Sku,
    pub quantity: Quantity,
}

/// Something of an order that comes back, or was to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    pub id: ReturnId,
    pub lines: Vec<ReturnLine>,
    /// What is sent for some of its lines instead of their money; at most one for each.
    pub exchanges: Vec<Exchange>,
    pub reason: ReturnReason,
    pub note: Option<ReturnNote>,
    pub state: ReturnState,
    pub asked_at: Timestamp,
    /// When it was received, refused or withdrawn.
    pub decided_at: Option<Timestamp>,
    pub refusal: Option<RefusalNote>,
    /// Why its exchanges ended, where an operator ended them.
    pub exchange_end: Option<EndNote>,
    /// What its movement gives back for it; nothing before it is received.
    pub refund: Option<Money>,
    /// The movement of money that gives it back; none where nothing is left to be given back.
    pub movement: Option<MovementId>,
    /// What was given back for it before its exchanges ended, beside its refund.
    pub first_refund: Option<Money>,
}

impl Return {
    pub fn units(&self) -> u32 {
        self.lines.iter().fold(0, |units, line| units.saturating_add(line.quantity.get()))
    }
}

/// Units of a SKU in some returns.
fn units_of<'a>(returns: impl Iterator<Item = &'a Return>, sku: &Sku) -> u32 {
    let lines = returns.flat_map(|found| &found.lines).filter(|line| line.sku == *sku);
    lines.fold(0, |units, line| units.saturating_add(line.quantity.get()))
}

impl Order {
    /// The last day on which its shopper may ask to return something: [`RETURN_DAYS`] after the day it arrived,
    /// as Article 9 of Directive 2011/83/EU counts them. Where nobody noted that it arrived, it did on the day it
    /// was promised for, or as long after it left as its delivery takes. `None` before it was sent.
    pub fn returnable_until(&self) -> Option<Date> {
        let arrived = match self.state {
            OrderState::Delivered => self.reached_at(OrderState::Delivered).map_or(self.arrives_on, store_day),
            OrderState::Shipped => {
                let delivery = Delivery::new(self.delivery, Zone::of(self.contact.address.country));
                let arrives = |sent: Timestamp| Some(delivery?.arrives_on(store_day(sent)));
                let arrives = self.reached_at(OrderState::Shipped).and_then(arrives);
                arrives.map_or(self.arrives_on, |day| day.max(self.arrives_on))
            }
            _ => return None,
        };
        Some(arrived.saturating_add(jiff::Span::new().days(i64::from(RETURN_DAYS))))
    }

    /// What of its lines is neither returned nor on its way back, in units of each.
    pub fn left_to_return(&self, returns: &[Return]) -> Vec<(&OrderLine, u32)> {
        let left = |line: &OrderLine| {
            let back = units_of(returns.iter().filter(|found| found.state.holds_units()), &line.sku);
            line.quantity.get().saturating_sub(back)
        };
        self.lines.iter().map(|line| (line, left(line))).collect()
    }

    /// Whether its shopper may ask to return something now.
    ///
    /// # Errors
    /// [`ReturnError::NotSent`], [`ReturnError::TooLate`], [`ReturnError::NothingLeft`] or
    /// [`ReturnError::TooManyReturns`].
    pub fn check_returnable(&self, returns: &[Return], now: Timestamp) -> Result<(), ReturnError> {
        let until = self.returnable_until().ok_or(ReturnError::NotSent { state: self.state })?;
        if store_day(now) > until {
            return Err(ReturnError::TooLate { until });
        }
        let is_refunded = self.captured_minor_units > 0 && self.refunded_minor_units >= self.captured_minor_units;
        if is_refunded || self.left_to_return(returns).iter().all(|(_, left)| *left == 0) {
            return Err(ReturnError::NothingLeft);
        }
        if returns.len() >= MAX_RETURNS { Err(ReturnError::TooManyReturns) } else { Ok(()) }
    }

    /// The return that its shopper asks for now, beside the others of the order and without its exchanges.
    ///
    /// # Errors
    /// As [`Self::check_returnable`]'s, or [`ReturnError::TooMany`].
    pub fn asked_return(
        &self,
        returns: &[Return],
        request: &ReturnRequest,
        now: Timestamp,
    ) -> Result<Return, ReturnError> {
        self.check_returnable(returns, now)?;
        let left = self.left_to_return(returns);
        for ReturnLine { sku, quantity } in request.lines() {
            let found = left.iter().find(|(line, _)| line.sku == *sku);
            let (line, left) = found.ok_or(ReturnError::Units)?;
            if quantity.get() > *left {
                return Err(ReturnError::TooMany { title: line.title.clone(), left: *left });
            }
        }
        Ok(Return {
            id: request.id(),
            lines: request.lines().to_vec(),
            exchanges: Vec::new(),
            reason: request.reason(),
            note: request.note().cloned(),
            state: ReturnState::Requested,
            asked_at: now,
            decided_at: None,
            refusal: None,
            exchange_end: None,
            refund: None,
            movement: None,
            first_refund: None,
        })
    }
}
