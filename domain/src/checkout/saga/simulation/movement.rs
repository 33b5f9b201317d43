//! How money moves after an order was confirmed: at the gateway, and on the gift card.

use uuid::Uuid;

use super::Flaw;
use super::plan::{Purpose, Request};
use super::process::{Process, money};
use super::world::World;
use crate::checkout::saga::Event;
use crate::payment::{Movement, MovementId, MovementKind, Tally};
use crate::pricing::Money;

impl World<'_> {
    /// An operator asks for a movement of an order, or of the first one that stands, or sends it; what does not fit
    /// is refused before it is stored.
    pub(super) fn ask_for(&mut self, request: Option<Request>, quarters: u8, purpose: Purpose) {
        let is_it = |process: &Process<'_>| match request {
            Some(request) => process.request == request,
            None => process.replayed().is_at_rest(),
        };
        let Some(at) = self.processes.iter().position(is_it) else { return };
        let process = &self.processes[at];
        let total = money(process.shopper.amount_minor());
        let amount = money((total.minor_units() * i64::from(quarters) / 4).max(1));
        let id = MovementId::new(Uuid::from_u128(process.log.len() as u128));
        if purpose == Purpose::RefundElsewhere {
            return self.refund_elsewhere(at, id, amount);
        }
        let saga = process.replayed();
        let tally = saga.tally().filter(|_| saga.is_at_rest());
        if let Some(event) = tally.and_then(|tally| event_of(purpose, tally, id, amount, total)) {
            self.take_in(at, &event);
        }
    }

    /// Somebody gives something back in the gateway's own pages, at most what is there, and the store hears of it.
    fn refund_elsewhere(&mut self, at: usize, id: MovementId, amount: Money) {
        let (saga, charged) = (self.processes[at].replayed(), self.charged(at));
        let Some(tally) = saga.tally().filter(|_| saga.is_at_rest()) else { return };
        let open_minor = tally.at_gateway(charged).open_to_refund(charged).minor_units();
        let Ok(reason) = "sent back".parse() else { return };
        let (kind, amount) = (MovementKind::refund(reason), money(amount.minor_units().min(open_minor)));
        let movement = Movement { id, kind, amount };
        if tally.has_to_refund(amount)
            && let Event::Moved { movement } = self.gateway.move_money(self.processes[at].request, &movement, false)
        {
            self.take_in(at, &Event::RefundedElsewhere { movement });
        }
    }

    /// What the card is charged for an order: what the gift card does not pay.
    pub(super) fn charged(&self, at: usize) -> Money {
        let Process { request, shopper, .. } = self.processes[at];
        self.store.charged(request, shopper)
    }

    /// What of a movement moves at the gateway.
    pub(super) fn at_gateway(&self, at: usize, movement: &Movement) -> Option<Movement> {
        if self.flaw == Some(Flaw::GiftCardForgottenInRefund) && matches!(movement.kind, MovementKind::Refund { .. }) {
            return Some(movement.clone());
        }
        let saga = self.processes[at].replayed();
        saga.tally().and_then(|before| movement.at_gateway(before, self.charged(at)))
    }

    /// The gateway hears of its share of a movement, and tells of the whole.
    pub(super) fn move_at_gateway(&mut self, at: usize, movement: &Movement, looks_first: bool) -> Event {
        let request = self.processes[at].request;
        let whole = || movement.clone();
        // A question that comes late, when the movement is done, asks for nothing new.
        let Some(share) = self.at_gateway(at, movement) else { return Event::Moved { movement: whole() } };
        match self.gateway.move_money(request, &share, looks_first) {
            Event::Moved { .. } => Event::Moved { movement: whole() },
            Event::MovementRefused { .. } => Event::MovementRefused { movement: whole() },
            event => event,
        }
    }

    /// What a movement does to the book and to the gift card, of an order of which so much had moved before.
    pub(super) fn note_movement(&mut self, at: usize, movement: &Movement, before: &Tally) {
        let Process { request, shopper, .. } = self.processes[at];
        let (total, charged) = (money(shopper.amount_minor()), self.charged(at));
        if let Some(share) = movement.at_gateway(before, charged) {
            self.book.note(request, &share);
        }
        let after = before.after(movement);
        let moved = match movement.kind {
            // The rest of what is held is given back after the last capture.
            MovementKind::Capture { is_last: true } => {
                let captured = money(after.captured_minor_units());
                total.minus(captured).map(|rest| (captured, rest))
            }
            MovementKind::Capture { is_last: false } => return,
            MovementKind::Refund { .. } => Ok((money(before.refunded_minor_units()), movement.amount)),
            MovementKind::Release => Ok((money(before.captured_minor_units()), movement.amount)),
        };
        let parts = self.store.orders.get(&request).map(|order| order.on_gift_card.clone()).unwrap_or_default();
        let back = moved.and_then(|(before, amount)| parts.shares(total, before, amount));
        self.store.give_back_to_gift_card(request, back.map_or(0, |shares| shares.on_gift_cards().minor_units()));
        if self.store.note_return_refunded(request, movement.id) {
            self.note(|| format!("{request} return refunded"));
        }
    }
}

/// What an operator asks for of an order at rest; nothing that does not fit.
fn event_of(purpose: Purpose, tally: &Tally, id: MovementId, amount: Money, total: Money) -> Option<Event> {
    let kind = match purpose {
        Purpose::CapturePart => MovementKind::Capture { is_last: false },
        Purpose::CaptureLast => MovementKind::Capture { is_last: true },
        Purpose::Refund => MovementKind::refund("sent back".parse().ok()?),
        Purpose::RefundElsewhere => return None,
        Purpose::Release => {
            let rest = tally.open_to_capture(total);
            let movement = tally.movement(id, MovementKind::Release, rest, total).ok()?;
            return Some(Event::MovementRequested { movement });
        }
        Purpose::Send => return Some(Event::DispatchRequested { capture: tally.capture_of_rest(id, total) }),
    };
    tally.movement(id, kind, amount, total).ok().map(|movement| Event::MovementRequested { movement })
}
