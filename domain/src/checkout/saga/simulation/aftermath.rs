//! What happens to orders that stand: they are sent, and shoppers send back what they got or exchange it.

use uuid::Uuid;

use super::Flaw;
use super::document::{order_of, product_of};
use super::plan::{Crash, Deed, Purpose, Request, Weather};
use super::process::money;
use super::returns::{Receipt, StoredReturn};
use super::rules::{self, Breach};
use super::world::World;
use crate::checkout::saga::{Event, Saga};
use crate::order::exchange::{EXCHANGE_DAYS, Exchange, ExchangeState, ExchangeStep, replacements};
use crate::order::returns::{
    Return, ReturnForm, ReturnId, ReturnLine, ReturnReason, ReturnRequest, ReturnState, ReturnStep,
};
use crate::order::{Order, OrderState};
use crate::payment::{Movement, MovementId, MovementKind};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// No exchange is kept for so long, whatever the time of day it was asked for.
pub(super) const PAST_EXCHANGES_MS: i64 = (EXCHANGE_DAYS as i64 + 1) * DAY_MS;

impl World<'_> {
    /// Something happens to one of the orders that stand.
    pub(super) fn happen(&mut self, pick: u8, deed: Deed, weather: Weather) {
        let stands = |at: &usize| {
            let order = self.store.orders.get(&self.processes[*at].request);
            order.is_some_and(|order| matches!(order.state, OrderState::Confirmed | OrderState::Shipped))
        };
        let standing: Vec<usize> = (0..self.processes.len()).filter(stands).collect();
        let Some(place) = usize::from(pick).checked_rem(standing.len()) else { return };
        let at = standing[place];
        let request = self.processes[at].request;
        match deed {
            Deed::Work => return self.work(at, weather),
            Deed::Send => return self.ask_for(Some(request), 1, Purpose::Send),
            Deed::Refund { quarters } => return self.ask_for(Some(request), quarters, Purpose::Refund),
            _ => {}
        }
        // What was not stored did not happen; whoever hears nothing of what was stored asks for it again.
        let is_stored = !matches!(weather.crash, Some(Crash::BeforeEffect | Crash::BeforeLogging));
        let id = self.meant(at, deed);
        if is_stored {
            self.note_deed(at, id, deed);
        }
        if weather.crash.is_some() {
            self.processes[at].crash();
            self.note(|| format!("{request} crashes"));
        }
        if is_stored && weather.echo {
            self.note_deed(at, id, deed);
        }
    }

    /// The return that a deed is about: a new one, or the first that it may change.
    fn meant(&self, at: usize, deed: Deed) -> ReturnId {
        let returns = self.store.returns_of(self.processes[at].request);
        let is_meant = |stored: &&StoredReturn| match deed {
            Deed::SendExchange => stored.found.has_exchange_in(ExchangeState::Allocated),
            Deed::Ask { .. } => false,
            _ => stored.is_open(),
        };
        let known = || returns.last().filter(|_| !matches!(deed, Deed::Ask { .. }));
        let meant = returns.iter().find(is_meant).or_else(known);
        meant.map_or(ReturnId::new(Uuid::from_u128(returns.len() as u128)), |stored| stored.found.id)
    }

    fn note_deed(&mut self, at: usize, id: ReturnId, deed: Deed) {
        let request = self.processes[at].request;
        let before = self.store.returns_of(request).to_vec();
        let now = self.now();
        match deed {
            Deed::Ask { line, units, instead } => {
                if let Some(asked) = self.asked(at, id, line, units, instead) {
                    self.store.ask_to_return(request, asked);
                }
            }
            Deed::Withdraw => self.store.decide_return(request, id, ReturnStep::Withdraw, now),
            Deed::Refuse => self.store.decide_return(request, id, ReturnStep::Refuse, now),
            Deed::Receive { to_shelf, for_money } => self.receive(at, id, to_shelf, for_money),
            Deed::SendExchange => self.send_exchange(at, id),
            Deed::Work | Deed::Send | Deed::Refund { .. } => {}
        }
        if before != self.store.returns_of(request) {
            let words = self.store.returns_of(request).iter().find(|stored| stored.found.id == id);
            let words = words.map(ToString::to_string).unwrap_or_default();
            self.note(|| format!("{request} {deed:?}: {words}"));
        }
    }

    /// The order of a process and its returns, as they are when it is at rest.
    fn at_rest(&self, at: usize) -> Option<(Order, Vec<Return>, Saga)> {
        let process = &self.processes[at];
        let saga = process.replayed();
        let stored = self.store.orders.get(&process.request)?;
        let tally = saga.tally().filter(|_| saga.is_at_rest())?;
        let order = order_of(process, stored, &self.plan.goods, tally)?;
        Some((order, stored.returns.iter().map(|stored| stored.found.clone()).collect(), saga))
    }

    /// What a shopper asks for, of a line and of what can be had instead by their places.
    fn asked(&self, at: usize, id: ReturnId, line: u8, units: u8, instead: Option<u8>) -> Option<Return> {
        let process = &self.processes[at];
        let (stored, saga) = (self.store.orders.get(&process.request)?, process.replayed());
        let order = order_of(process, stored, &self.plan.goods, saga.tally()?)?;
        let place = usize::from(line).checked_rem(order.lines.len())?;
        let (line, product) = (order.lines.get(place)?, product_of(&self.plan.goods)?);
        let offered: Vec<_> = replacements(line, &product).collect();
        let wanted = instead.and_then(|pick| offered.get(usize::from(pick).checked_rem(offered.len())?));
        let mut form = ReturnForm { reason: ReturnReason::default().parameter().to_owned(), ..ReturnForm::default() };
        form.units.insert(ReturnForm::field(place), units.to_string());
        if let Some(wanted) = wanted {
            form.units.insert(ReturnForm::exchange_field(place), wanted.sku.to_string());
        }
        let request = ReturnRequest::parse(id, &form, &order.lines).ok()?;
        let returns: Vec<Return> = stored.returns.iter().map(|stored| stored.found.clone()).collect();
        let asked = order.asked_return(&returns, &request, self.now()).ok()?;
        let exchange = |back: &ReturnLine| {
            let wanted = request.wanted_for(&back.sku)?;
            Some(Exchange::ask(line, back.quantity, wanted, &product))
        };
        let exchanges = request.lines().iter().filter_map(exchange).collect::<Result<_, _>>().ok()?;
        Some(Return { exchanges, ..asked })
    }

    /// A return is there. One whose refund was not made brings it again.
    fn receive(&mut self, at: usize, id: ReturnId, to_shelf: bool, for_money: bool) {
        let Some((order, returns, saga)) = self.at_rest(at) else { return };
        let Some((found, tally)) = returns.iter().find(|found| found.id == id).zip(saga.tally()) else { return };
        let is_new = found.state == ReturnState::Requested;
        if !is_new && found.state != ReturnState::Received {
            return;
        }
        let is_for_money = is_new && (for_money || self.flaw == Some(Flaw::ExchangeRefundedToo));
        let counted = if is_for_money { found.for_money() } else { found.clone() };
        let share_minor = counted.refund.unwrap_or_else(|| order.refund_for(&returns, &counted)).minor_units();
        let kept_minor = if is_new { order.kept_for_exchanges(&returns, &counted).minor_units() } else { 0 };
        let open = tally.open_to_refund(order.totals.total());
        if kept_minor > open.minor_units() {
            return;
        }
        let amount = money(share_minor.min(open.minor_units() - kept_minor));
        let movement_id = MovementId::new(Uuid::from_u128(self.processes[at].log.len() as u128));
        let Ok(reason) = "returned".parse() else { return };
        let movement = Movement { id: movement_id, kind: MovementKind::refund(reason), amount };
        let movement = (amount.minor_units() > 0).then_some(movement);
        let exchanges = if for_money { ExchangeStep::Lapse } else { ExchangeStep::Allocate };
        let receipt = Receipt { movement: movement.as_ref(), to_shelf, exchanges, at: self.now() };
        self.store.receive_return(self.processes[at].request, id, &receipt);
        if let Some(movement) = movement {
            self.take_in(at, &Event::MovementRequested { movement });
        }
    }

    /// What came back is there, and what it pays for leaves where the money is left.
    fn send_exchange(&mut self, at: usize, id: ReturnId) {
        let Some((order, returns, saga)) = self.at_rest(at) else { return };
        let Some((found, tally)) = returns.iter().find(|found| found.id == id).zip(saga.tally()) else { return };
        let is_sent_again = self.flaw == Some(Flaw::ExchangeSentAgain) && found.has_exchange_in(ExchangeState::Sent);
        if !found.has_exchange_in(ExchangeState::Allocated) && !is_sent_again {
            return;
        }
        let open_minor = tally.open_to_refund(order.totals.total()).minor_units();
        let is_paid = order.pays_to_send(&returns, found).minor_units() <= open_minor;
        if is_paid || self.flaw == Some(Flaw::ExchangeSentUnpaid) {
            self.store.send_exchange(self.processes[at].request, id, open_minor);
        }
    }

    /// The store looks after exchanges whose time is over.
    pub(super) fn end_exchanges(&mut self) {
        if self.flaw == Some(Flaw::ExchangesNotEnded) {
            return;
        }
        let now = self.now();
        let is_over = |stored: &StoredReturn| {
            stored.found.exchanges_are_over(now) && stored.found.has_exchange_in(ExchangeState::Reserved)
        };
        let orders = self.store.orders.iter().filter(|(_, order)| order.returns.iter().any(is_over));
        let ending: Vec<Request> = orders.map(|(request, _)| *request).collect();
        self.store.end_exchanges(now);
        for request in ending {
            self.note(|| format!("{request} keeps nothing any more: exchange lapsed"));
        }
    }

    /// Nothing comes back any more, and what is to be sent is sent.
    pub(super) fn end_returns(&mut self) -> Result<(), Breach> {
        if self.store.orders.values().all(|order| order.returns.is_empty()) {
            return Ok(());
        }
        for at in 0..self.processes.len() {
            let returns = self.store.returns_of(self.processes[at].request).to_vec();
            for stored in returns.iter().filter(|stored| stored.found.has_exchange_in(ExchangeState::Allocated)) {
                self.note_deed(at, stored.found.id, Deed::SendExchange);
                rules::always(self)?;
            }
        }
        // The clock may have gone back since.
        let asked = self.store.orders.values().flat_map(|order| &order.returns);
        let last_ms = asked.map(|stored| stored.found.asked_at.as_millisecond()).max().unwrap_or_default();
        self.jump(last_ms.max(self.now_ms) + PAST_EXCHANGES_MS - self.now_ms);
        self.end_exchanges();
        rules::always(self)
    }
}
