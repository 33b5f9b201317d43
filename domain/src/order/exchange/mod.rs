//! Exchanges: another variant of the same product instead of the money for a line that comes back. Guards that what
//! is sent for a line costs no more than the line did, so that nothing is ever charged for it, and that its money is
//! given back as far as it costs less. Its units are kept from the moment that the return is asked for. A return
//! has them; the checkout moves their stock in the transactions in which it moves the return.

mod state;
#[cfg(test)]
pub(super) mod tests;

use jiff::Timestamp;
use jiff::civil::Date;

use super::OrderLine;
use super::returns::{Return, ReturnError, ReturnState};
use crate::bounded_text;
use crate::catalog::{Product, Sku, Variant};
use crate::inventory::Quantity;
use crate::pricing::Price;
use crate::shipment::{RETURN_DAYS, store_day};

pub use state::{ExchangeState, ExchangeStep};

/// How long units are kept for an exchange, in days after the one on which it was asked for: [`RETURN_DAYS`] to send
/// back what comes back, and a week for the carrier. Afterwards it is a return like any other.
pub const EXCHANGE_DAYS: u32 = RETURN_DAYS + 7;

bounded_text!(
    /// Why what was wanted in exchange is not sent, for its shopper.
    EndNote, 200
);

/// What its shopper gets for a line of a return: as many units as come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The line that comes back for it.
    pub line: Sku,
    /// What is sent for it.
    pub sku: Sku,
    /// What it differs in, as in `Forest green, L`.
    pub choices: String,
    pub quantity: Quantity,
    /// What one of it cost when it was asked for: at most what one of the line did.
    pub unit_price: Price,
    pub state: ExchangeState,
}

impl Exchange {
    /// What a shopper asks to get for units of a line.
    ///
    /// # Errors
    /// [`ReturnError::NotExchangeable`] where the product does not have it, or not for the line's price.
    pub fn ask(line: &OrderLine, quantity: Quantity, wanted: &Sku, product: &Product) -> Result<Self, ReturnError> {
        let variant = replacements(line, product).find(|variant| variant.sku == *wanted);
        let variant = variant.ok_or_else(|| ReturnError::NotExchangeable { title: line.title.clone() })?;
        Ok(Self {
            line: line.sku.clone(),
            sku: variant.sku.clone(),
            choices: variant.label(),
            quantity,
            unit_price: variant.price,
            state: ExchangeState::Reserved,
        })
    }
}

/// What can be sent for a line of an order, whatever is left of it: other variants of the product that has the line
/// still, each for at most what the line cost before promotions.
pub fn replacements<'a>(line: &'a OrderLine, product: &'a Product) -> impl Iterator<Item = &'a Variant> {
    let is_its_own = !product.withdrawn && product.variant(&line.sku).is_some();
    let fits = move |variant: &&Variant| {
        is_its_own
            && variant.sku != line.sku
            && variant.price.currency() == line.unit_price.currency()
            && variant.price.minor_units() <= line.unit_price.minor_units()
    };
    product.variants.iter().filter(fits)
}

impl Return {
    /// What is sent for a line of it, or is to be.
    pub fn exchange_of(&self, line: &Sku) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.line == *line && exchange.state.stands())
    }

    /// Its exchanges in a state.
    pub fn exchanges_in(&self, state: ExchangeState) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().filter(move |exchange| exchange.state == state)
    }

    pub fn has_exchange_in(&self, state: ExchangeState) -> bool {
        self.exchanges_in(state).next().is_some()
    }

    /// What ends its exchanges before they are sent.
    ///
    /// # Errors
    /// [`ReturnError::NothingToSend`] where none of them waits.
    pub fn end_step(&self) -> Result<ExchangeStep, ReturnError> {
        let mut ends = [ExchangeStep::Lapse, ExchangeStep::GiveUp].into_iter();
        ends.find(|step| self.has_exchange_in(step.ends().0)).ok_or(ReturnError::NothingToSend)
    }

    /// The return as it is where nothing of what it keeps is sent: it brings all of its money.
    #[must_use]
    pub fn for_money(&self) -> Self {
        let mut found = self.clone();
        let kept = found.exchanges.iter_mut().filter(|exchange| exchange.state.is_held());
        kept.for_each(|exchange| exchange.state = ExchangeState::Lapsed);
        found
    }

    /// The last day on which what it keeps for its exchanges is kept.
    pub fn kept_until(&self) -> Date {
        kept_until(self.asked_at)
    }

    /// Whether what it keeps for its exchanges is sold again now.
    pub fn exchanges_are_over(&self, now: Timestamp) -> bool {
        self.state == ReturnState::Requested && exchange_is_over(self.asked_at, now)
    }
}

/// The last day on which units are kept for an exchange that was asked for at a moment: all of that day.
pub fn kept_until(asked_at: Timestamp) -> Date {
    store_day(asked_at).saturating_add(jiff::Span::new().days(i64::from(EXCHANGE_DAYS)))
}

/// Whether the units of an exchange are kept no longer. A clock that went back ends none early.
pub fn exchange_is_over(asked_at: Timestamp, now: Timestamp) -> bool {
    store_day(now) > kept_until(asked_at)
}
