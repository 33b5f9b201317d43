use jiff::Timestamp;

use super::{Deed, Happening, happenings};
use crate::checkout::saga::{Event, Saga};
use crate::order::{Order, OrderId, OrderState};
use crate::payment::MovementId;
use crate::payment::aftermath::ToldDispute;
use crate::pricing::Money;
use crate::search::SearchText;

/// Orders on one page of all of them.
pub const ORDERS_PER_SHEET: usize = 50;

/// Which orders somebody who runs the store wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrdersQuery {
    /// An order's number, or a part of one or of an e-mail address; nothing is every order.
    pub words: SearchText,
    /// `None` is in any state.
    pub state: Option<OrderState>,
    /// Only those of which a return waits for something.
    pub returns: Option<AwaitedReturn>,
    /// The last order of the page before; only older ones follow.
    pub older_than: Option<OrderId>,
}

/// What a return waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwaitedReturn {
    /// Something is to be taken back.
    Receipt,
    /// Something is to be sent instead of what came back.
    Replacement,
}

impl AwaitedReturn {
    /// Its name in addresses.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Receipt => "asked",
            Self::Replacement => "exchange",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        [Self::Receipt, Self::Replacement].into_iter().find(|awaited| awaited.parameter() == raw)
    }
}

/// An order as those who run the store see it, and what they can do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSheet {
    pub order: Order,
    /// Its saga goes on, or waits for an operator: nothing can be done with the order meanwhile.
    pub is_busy: bool,
    /// What can be captured of what is held for it.
    pub to_capture: Money,
    /// What can be refunded of what was captured.
    pub to_refund: Money,
    /// What is still held after a part was captured, all of which can be let go of; zero where there is no such rest.
    pub to_release: Money,
    pub can_be_cancelled: bool,
    /// What can still be captured is captured with it.
    pub can_be_sent: bool,
    /// What is owed on its invoice by now: to the store where it is above zero, to its customer where it is below.
    /// None where it has no invoice.
    pub invoice_balance: Option<Money>,
    /// What its cardholder disputes, the oldest first.
    pub disputes: Vec<ToldDispute>,
    pub happenings: Vec<Happening>,
    /// The key of the next movement of its money: a form that is posted twice moves it once.
    pub next_movement: MovementId,
}

impl OrderSheet {
    /// What the log of an order's saga says about it, with the moments when its money moved and what
    /// operators did with it, the oldest first.
    pub fn new(
        order: Order,
        log: &[Event],
        moved_at: &[(MovementId, Timestamp)],
        deeds: &[Deed],
        next_movement: MovementId,
    ) -> Self {
        let (saga, total) = (Saga::replay(log), order.totals.total());
        let nothing = Money::zero(total.currency());
        let tally = saga.tally().filter(|_| saga.is_at_rest());
        Self {
            is_busy: saga.outcome().is_none(),
            to_capture: tally.map_or(nothing, |tally| tally.open_to_capture(total)),
            to_refund: tally.map_or(nothing, |tally| tally.open_to_refund(total)),
            to_release: tally.map_or(nothing, |tally| tally.open_to_release(total)),
            can_be_cancelled: order.state == OrderState::Confirmed && saga.waits_to_be_sent(),
            can_be_sent: order.state == OrderState::Confirmed && saga.is_at_rest(),
            invoice_balance: None,
            disputes: Vec::new(),
            happenings: happenings(&order, log, moved_at, deeds),
            order,
            next_movement,
        }
    }

    /// The dispute for which the gateway refunds nothing of the order.
    pub fn barred_by(&self) -> Option<&ToldDispute> {
        self.disputes.iter().rfind(|dispute| !dispute.is_refundable)
    }
}

#[cfg(test)]
mod tests {
    use super::super::happening::tests::{capture, order, paid, refund, release};
    use super::*;

    fn sheet(state: OrderState, log: &[Event]) -> OrderSheet {
        OrderSheet::new(order(state), log, &[], &[], MovementId::new(uuid::Uuid::nil()))
    }

    /// What can be done: captured, refunded, cancelled.
    fn ways(sheet: &OrderSheet) -> (i64, i64, bool) {
        (sheet.to_capture.minor_units(), sheet.to_refund.minor_units(), sheet.can_be_cancelled)
    }

    #[test]
    fn what_can_be_done_is_what_the_books_have_room_for() {
        let mut log = paid();
        assert_eq!(ways(&sheet(OrderState::Confirmed, &log)), (28_45, 0, true));
        log.push(Event::MovementRequested { movement: capture(1, 20_00, false) });
        let moving = sheet(OrderState::Confirmed, &log);
        assert_eq!((moving.is_busy, ways(&moving)), (true, (0, 0, false)));
        log.push(Event::Moved { movement: capture(1, 20_00, false) });
        assert_eq!(ways(&sheet(OrderState::Confirmed, &log)), (8_45, 20_00, false));
        log.push(Event::MovementRequested { movement: refund(2, 5_00) });
        log.push(Event::Moved { movement: refund(2, 5_00) });
        assert_eq!(ways(&sheet(OrderState::Confirmed, &log)), (8_45, 15_00, false));
    }

    #[test]
    fn nothing_can_be_done_with_what_was_refunded_in_full_before_it_was_sent() {
        let mut log = paid();
        for movement in [capture(1, 28_45, true), refund(2, 28_45)] {
            log.push(Event::MovementRequested { movement: movement.clone() });
            log.push(Event::Moved { movement });
        }
        let closing = sheet(OrderState::Confirmed, &log);
        assert_eq!((closing.is_busy, closing.can_be_sent, ways(&closing)), (true, false, (0, 0, false)));
        log.push(Event::GivenBack);
        let closed = sheet(OrderState::Refunded, &log);
        assert_eq!((closed.is_busy, closed.can_be_sent, ways(&closed)), (false, false, (0, 0, false)));
    }

    #[test]
    fn the_rest_can_be_let_go_of_while_something_of_it_was_captured_and_the_rest_is_held() {
        let mut log = paid();
        let rest = |log: &[Event]| sheet(OrderState::Confirmed, log).to_release.minor_units();
        assert_eq!(rest(&log), 0, "it is cancelled instead");
        for (movement, left) in [(capture(1, 20_00, false), 8_45), (release(2, 8_45), 0)] {
            log.push(Event::MovementRequested { movement: movement.clone() });
            assert_eq!(rest(&log), 0, "something goes on with it");
            log.push(Event::Moved { movement });
            assert_eq!(rest(&log), left);
        }
        assert_eq!(ways(&sheet(OrderState::Confirmed, &log)), (0, 20_00, false));
    }

    #[test]
    fn nothing_can_be_done_with_what_is_not_paid_or_was_given_up() {
        let pending = sheet(OrderState::Pending, &paid()[..2]);
        assert_eq!((pending.is_busy, ways(&pending)), (true, (0, 0, false)));
        let log = [paid(), vec![Event::CancellationRequested]].concat();
        let cancelling = sheet(OrderState::Cancelling, &log);
        assert_eq!((cancelling.is_busy, ways(&cancelling)), (true, (0, 0, false)));
        let log = [log, vec![Event::Voided, Event::Cancelled]].concat();
        let cancelled = sheet(OrderState::Cancelled, &log);
        assert_eq!((cancelled.is_busy, ways(&cancelled)), (false, (0, 0, false)));
    }

    #[test]
    fn what_was_sent_is_refunded_and_neither_sent_again_nor_cancelled() {
        let (mut log, all) = (paid(), capture(1, 28_45, true));
        assert!(sheet(OrderState::Confirmed, &log).can_be_sent);
        log.push(Event::DispatchRequested { capture: Some(all.clone()) });
        let leaving = sheet(OrderState::Confirmed, &log);
        assert_eq!((leaving.is_busy, leaving.can_be_sent, ways(&leaving)), (true, false, (0, 0, false)));
        log.push(Event::Moved { movement: all });
        assert!(sheet(OrderState::Confirmed, &log).is_busy, "it is charged and has not left yet");
        log.push(Event::Dispatched);
        for state in [OrderState::Shipped, OrderState::Delivered] {
            let sent = sheet(state, &log);
            assert_eq!((sent.is_busy, sent.can_be_sent, ways(&sent)), (false, false, (0, 28_45, false)));
        }
    }
}
