//! What the SQL database keeps of returns and exchanges. Each method of the store is one transaction.

use std::fmt;

use jiff::Timestamp;

use super::Flaw;
use super::goods::{MAX_LOCATIONS, PlacedUnits, Units, add};
use super::plan::{Request, ShopperId};
use super::process::money;
use super::shelves::Shelves;
use super::store::Store;
use crate::inventory::Movement;
use crate::order::exchange::{ExchangeState, ExchangeStep};
use crate::order::returns::{Return, ReturnId, ReturnState, ReturnStep};
use crate::payment::{Movement as MoneyMovement, MovementId};

/// A return, and where its units are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredReturn {
    pub(super) found: Return,
    /// Where what is sent for it is sent from.
    pub(super) placed: PlacedUnits,
    /// What of it is on the shelf again.
    pub(super) back: PlacedUnits,
}

/// A return that is there.
#[derive(Debug)]
pub(super) struct Receipt<'a> {
    pub(super) movement: Option<&'a MoneyMovement>,
    pub(super) to_shelf: bool,
    /// What becomes of what is kept for it.
    pub(super) exchanges: ExchangeStep,
    pub(super) at: Timestamp,
}

impl Store {
    pub(super) fn returns_of(&self, request: Request) -> &[StoredReturn] {
        self.orders.get(&request).map(|order| order.returns.as_slice()).unwrap_or_default()
    }

    /// The return, and the units that are kept for its exchanges, all of them or nothing at all.
    pub(super) fn ask_to_return(&mut self, request: Request, asked: Return) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        if order.returns.iter().any(|stored| stored.found.id == asked.id) {
            return;
        }
        let kept = self.shelves.exchanged(&asked, ExchangeState::Reserved);
        if self.shelves.apply(&kept, |units| Movement::reservation(units).of_exchange()) {
            let (placed, back) = (PlacedUnits::default(), PlacedUnits::default());
            order.returns.push(StoredReturn { found: asked, placed, back });
        }
    }

    /// A return that was asked for is refused or withdrawn.
    pub(super) fn decide_return(&mut self, request: Request, id: ReturnId, step: ReturnStep, now: Timestamp) {
        let Some(stored) = self.orders.get_mut(&request).and_then(|order| order.return_of(id)) else { return };
        let Ok(state) = stored.found.state.after(step) else { return };
        (stored.found.state, stored.found.decided_at) = (state, Some(now));
        settle(&mut self.shelves, stored, ExchangeStep::Release, request.shopper, self.flaw);
    }

    /// A return is there: its money is on its way, its units are on the shelf, those of its exchanges are to be sent.
    pub(super) fn receive_return(&mut self, request: Request, id: ReturnId, receipt: &Receipt<'_>) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        let (sent, mut gone) = (order.sent, PlacedUnits::default());
        for other in &order.returns {
            add(gone.as_flattened_mut(), other.back.as_flattened());
        }
        let Some(stored) = order.return_of(id) else { return };
        let found = &mut stored.found;
        if let Ok(received) = found.state.after(ReturnStep::Receive) {
            (found.state, found.decided_at) = (received, Some(receipt.at));
            let units = found.lines.iter().fold(Units::default(), |mut units, line| {
                add(&mut units, &self.shelves.unpacked(&line.sku, line.quantity));
                units
            });
            if receipt.to_shelf {
                stored.back = where_from(&units, &sent, &gone);
                self.shelves.take_back(&stored.back);
            }
            settle(&mut self.shelves, stored, receipt.exchanges, request.shopper, self.flaw);
        }
        let found = &mut stored.found;
        found.movement = receipt.movement.map(|movement| movement.id);
        found.refund = Some(receipt.movement.map_or(money(0), |movement| movement.amount));
        if receipt.movement.is_none() {
            found.state = found.state.after(ReturnStep::Refund).unwrap_or(found.state);
        }
    }

    /// Money was given back. Answers whether a return waited for it.
    pub(super) fn note_return_refunded(&mut self, request: Request, movement: MovementId) -> bool {
        let mut returns = self.orders.get_mut(&request).into_iter().flat_map(|order| &mut order.returns);
        let waiting = returns.find(|stored| stored.found.movement == Some(movement));
        let refunded = waiting.and_then(|stored| {
            stored.found.state = stored.found.state.after(ReturnStep::Refund).ok()?;
            Some(())
        });
        refunded.is_some()
    }

    /// What is exchanged leaves, when so much of the order's money is left.
    pub(super) fn send_exchange(&mut self, request: Request, id: ReturnId, open_minor: i64) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.open_when_sent_minor = open_minor;
        if let Some(stored) = order.return_of(id) {
            settle(&mut self.shelves, stored, ExchangeStep::Send, request.shopper, self.flaw);
        }
    }

    /// Ends the exchanges whose time is over.
    pub(super) fn end_exchanges(&mut self, now: Timestamp) {
        for (request, order) in &mut self.orders {
            for stored in order.returns.iter_mut().filter(|stored| stored.found.exchanges_are_over(now)) {
                settle(&mut self.shelves, stored, ExchangeStep::Lapse, request.shopper, self.flaw);
            }
        }
    }
}

/// Takes those exchanges of a return a step on that can take it, and moves their stock.
fn settle(shelves: &mut Shelves, stored: &mut StoredReturn, step: ExchangeStep, to: ShopperId, flaw: Option<Flaw>) {
    let (from, next) = step.ends();
    if flaw == Some(Flaw::ExchangeEndedAgain) && matches!(step, ExchangeStep::Release | ExchangeStep::Lapse) {
        let ended = if step == ExchangeStep::Lapse { ExchangeState::Lapsed } else { ExchangeState::Reserved };
        let again = shelves.exchanged(&stored.found, ended);
        shelves.apply(&again, |units| Movement::expiry(units).of_exchange());
    }
    let is_sent_again = flaw == Some(Flaw::ExchangeSentAgain) && stored.found.has_exchange_in(ExchangeState::Sent);
    if !(stored.found.has_exchange_in(from) || is_sent_again && step == ExchangeStep::Send) {
        return;
    }
    let units = shelves.exchanged(&stored.found, from);
    match step {
        ExchangeStep::Allocate => stored.placed = shelves.allocate(&units, to),
        ExchangeStep::Send => shelves.send(&stored.placed),
        ExchangeStep::Release if flaw == Some(Flaw::ExchangeKept) => {}
        ExchangeStep::Release => {
            shelves.apply(&units, |units| Movement::release(units).of_exchange());
        }
        ExchangeStep::Lapse => {
            shelves.apply(&units, |units| Movement::expiry(units).of_exchange());
        }
        // No operator of the simulation does.
        ExchangeStep::GiveUp => {}
    }
    let exchanges = stored.found.exchanges.iter_mut().filter(|exchange| exchange.state == from);
    exchanges.for_each(|exchange| exchange.state = next);
}

/// Where units go that come back: to where they were sent from, as far as nothing came back there.
fn where_from(units: &Units, sent: &PlacedUnits, gone: &PlacedUnits) -> PlacedUnits {
    let mut back = PlacedUnits::default();
    for (sku, units) in units.iter().enumerate() {
        let mut left = *units;
        for location in 0..MAX_LOCATIONS {
            let here = left.min(sent[sku][location] - gone[sku][location]);
            back[sku][location] = here;
            left -= here;
        }
    }
    back
}

impl StoredReturn {
    /// Whether something happens with it still.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.found.state, ReturnState::Requested | ReturnState::Received)
    }
}

impl fmt::Display for StoredReturn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "return {}", self.found.state.parameter())?;
        self.found.exchanges.iter().try_for_each(|exchange| write!(f, ", exchange {}", exchange.state.parameter()))
    }
}
