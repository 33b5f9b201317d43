use std::collections::BTreeMap;

use super::Flaw;
use super::plan::{Request, ShopperId};
use crate::checkout::saga::Event;
use crate::payment::DeclineReason;

/// The payment gateway. It keeps its answer under the order's id and gives it again.
#[derive(Debug)]
pub(super) struct Gateway {
    flaw: Option<Flaw>,
    decisions: BTreeMap<Request, Decision>,
}

#[derive(Debug)]
struct Decision {
    is_good: bool,
    holds: u32,
    is_voided: bool,
}

impl Gateway {
    pub(super) const fn new(flaw: Option<Flaw>) -> Self {
        Self { flaw, decisions: BTreeMap::new() }
    }

    pub(super) fn authorize(&mut self, request: Request, card_is_good: bool) -> Event {
        let fresh = Decision { is_good: card_is_good, holds: 0, is_voided: false };
        let decision = self.decisions.entry(request).or_insert(fresh);
        let is_first = decision.holds == 0 || self.flaw == Some(Flaw::AuthorizedWithoutKey);
        // What was let go of is not held again, however late a question comes.
        if decision.is_good && is_first && !decision.is_voided {
            decision.holds += 1;
        }
        self.look_up(request)
    }

    pub(super) fn void(&mut self, request: Request) -> Event {
        if let Some(decision) = self.decisions.get_mut(&request) {
            (decision.holds, decision.is_voided) = (0, true);
        }
        Event::Voided
    }

    pub(super) fn look_up(&self, request: Request) -> Event {
        match self.decisions.get(&request) {
            None => Event::NeverHeard,
            Some(Decision { is_good: false, .. }) => Event::Declined { reason: DeclineReason::Declined },
            // An id that can't be read is no answer.
            Some(Decision { is_good: true, .. }) => format!("auth_{request}")
                .parse()
                .map_or(Event::Unanswered, |authorization| Event::Authorized { authorization }),
        }
    }

    /// How often money is held for each order.
    pub(super) fn holds(&self) -> impl Iterator<Item = (Request, u32)> {
        self.decisions.iter().map(|(request, decision)| (*request, decision.holds))
    }
}

/// The store's book in double entry: what the gateway holds for an order is pending between the
/// card and the order. What all accounts have together is always nothing.
#[derive(Debug, Default)]
pub(super) struct Book {
    balances_minor: BTreeMap<Account, i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Account {
    Card(ShopperId),
    Pending(Request),
}

impl Book {
    pub(super) fn hold(&mut self, request: Request, amount_minor: i64) {
        *self.balances_minor.entry(Account::Card(request.shopper)).or_default() -= amount_minor;
        *self.balances_minor.entry(Account::Pending(request)).or_default() += amount_minor;
    }

    pub(super) fn void(&mut self, request: Request, amount_minor: i64) {
        self.hold(request, -amount_minor);
    }

    pub(super) fn pending_minor(&self, request: Request) -> i64 {
        self.balances_minor.get(&Account::Pending(request)).copied().unwrap_or_default()
    }

    pub(super) fn sum_minor(&self) -> i64 {
        self.balances_minor.values().sum()
    }
}
