use super::goods::Units;
use super::plan::{Request, Shopper};
use crate::checkout::saga::{Command, Event, Saga};
use crate::payment::Tally;
use crate::pricing::{Currency, Money};

/// What serves one request. Its log and what it answered survive a crash, the rest does not.
pub(super) struct Process<'a> {
    pub(super) request: Request,
    pub(super) shopper: &'a Shopper,
    /// What its order takes of each SKU.
    pub(super) units: Units,
    pub(super) log: Vec<Event>,
    /// The key had bought already: the request was answered with that order.
    pub(super) known: Option<Request>,
    pub(super) saga: Option<Saga>,
    pub(super) asks_at_ms: Option<i64>,
    pub(super) has_checked: bool,
}

impl<'a> Process<'a> {
    pub(super) const fn new(shopper: &'a Shopper, request: Request, units: Units) -> Self {
        let log = Vec::new();
        Self { request, shopper, units, log, known: None, saga: None, asks_at_ms: None, has_checked: false }
    }

    pub(super) fn replayed(&self) -> Saga {
        Saga::replay(&self.log)
    }

    pub(super) fn taken_up(&self) -> Saga {
        Saga::taken_up(&self.log)
    }

    /// Whether the process has nothing to do any more; what is set aside is left to an operator.
    pub(super) fn is_over(&self) -> bool {
        let saga = self.replayed();
        self.known.is_some() || saga.outcome().is_some() || saga.pending() == [Command::SetAside]
    }

    /// What is held at the gateway of an order that was confirmed, which charges so much there: what was captured is not, nor what was given up then.
    pub(super) fn still_held_minor(&self, charged: Money) -> i64 {
        let open = |tally: &Tally| tally.at_gateway(charged).open_to_capture(charged);
        self.replayed().tally().map_or(charged, open).minor_units()
    }

    pub(super) fn crash(&mut self) {
        self.saga = None;
        self.asks_at_ms = None;
        self.has_checked = false;
    }
}

pub(super) fn money(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}
