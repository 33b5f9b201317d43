use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Flaw;
use super::plan::{Card, Request, ShopperId};
use crate::checkout::saga::Event;
use crate::payment::{AuthorizationId, Challenge, DeclineReason, Movement, MovementKind};

/// The payment gateway. It keeps its answer under the order's id and gives it again, until it forgets the
/// key; what it did it tells for ever.
#[derive(Debug)]
pub(super) struct Gateway {
    flaw: Option<Flaw>,
    decisions: BTreeMap<Request, Decision>,
}

#[derive(Debug)]
struct Decision {
    verdict: Verdict,
    holds: u32,
    /// Whether asking again is known for what it is.
    has_key: bool,
    is_voided: bool,
    captured_minor: i64,
    refunded_minor: i64,
    /// Nothing more can be captured: a capture was the last one, or the rest was let go of.
    is_settled: bool,
    /// The movements that were asked for, and whether asking again is known for what it is.
    moved: BTreeMap<String, bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
    /// The shopper has not answered yet.
    Open,
    Refused,
}

impl Decision {
    const fn new(verdict: Verdict) -> Self {
        let (captured_minor, refunded_minor) = (0, 0);
        let moved = BTreeMap::new();
        let (has_key, is_voided, is_settled) = (true, false, false);
        Self { verdict, holds: 0, has_key, is_voided, captured_minor, refunded_minor, is_settled, moved }
    }
}

impl Gateway {
    pub(super) const fn new(flaw: Option<Flaw>) -> Self {
        Self { flaw, decisions: BTreeMap::new() }
    }

    pub(super) fn authorize(&mut self, request: Request, card: Card, until: Timestamp) -> Event {
        let verdict = match card {
            Card::Good => Verdict::Good,
            Card::Bad => Verdict::Bad,
            Card::Challenging => Verdict::Open,
        };
        let decision = self.decisions.entry(request).or_insert_with(|| Decision::new(verdict));
        let is_known = decision.has_key && self.flaw != Some(Flaw::AuthorizedWithoutKey);
        let is_first = decision.holds == 0 || !is_known;
        decision.has_key = true;
        // What was let go of is not held again, however late a question comes.
        if decision.verdict == Verdict::Good && is_first && !decision.is_voided {
            decision.holds += 1;
        }
        self.look_up(request, until)
    }

    /// A day has passed.
    pub(super) fn forget_keys(&mut self) {
        for decision in self.decisions.values_mut() {
            decision.has_key = false;
            decision.moved.values_mut().for_each(|has_key| *has_key = false);
        }
    }

    /// The shopper answers a challenge; nothing happens the second time, or where it was given up.
    pub(super) fn answer(&mut self, request: Request, confirms: bool) {
        let Some(decision) = self.decisions.get_mut(&request) else { return };
        if decision.verdict != Verdict::Open || decision.is_voided {
            return;
        }
        if confirms {
            (decision.verdict, decision.holds) = (Verdict::Good, 1);
        } else {
            decision.verdict = Verdict::Refused;
        }
    }

    pub(super) fn void(&mut self, request: Request) -> Event {
        if let Some(decision) = self.decisions.get_mut(&request) {
            (decision.holds, decision.is_voided) = (0, true);
        }
        Event::Voided
    }

    /// Captures or refunds; nothing more happens when it is asked again under a key that it knows, or by somebody who
    /// looks first what it did.
    pub(super) fn move_money(&mut self, request: Request, movement: &Movement, looks_first: bool) -> Event {
        let movement = movement.clone();
        let Some(decision) = self.decisions.get_mut(&request) else { return Event::MovementRefused { movement } };
        let known = decision.moved.get(&movement.id.to_string()).copied();
        let is_done = known.is_some_and(|has_key| looks_first || has_key && self.flaw != Some(Flaw::MovedWithoutKey));
        if !is_done {
            decision.moved.insert(movement.id.to_string(), true);
            match movement.kind {
                MovementKind::Capture { is_last } => {
                    decision.captured_minor += movement.amount.minor_units();
                    decision.is_settled |= is_last;
                }
                MovementKind::Refund { .. } => decision.refunded_minor += movement.amount.minor_units(),
                MovementKind::Release => decision.is_settled = true,
            }
        }
        Event::Moved { movement }
    }

    /// What was captured and refunded for an order.
    pub(super) fn moved_minor(&self, request: Request) -> (i64, i64) {
        let moved = |decision: &Decision| (decision.captured_minor, decision.refunded_minor);
        self.decisions.get(&request).map(moved).unwrap_or_default()
    }

    /// Whether nothing more can be captured of what was held for an order.
    pub(super) fn is_settled(&self, request: Request) -> bool {
        self.decisions.get(&request).is_some_and(|decision| decision.is_settled)
    }

    /// What became of an authorization; a challenge that is open may be answered until a moment.
    pub(super) fn look_up(&self, request: Request, until: Timestamp) -> Event {
        // An id that can't be read is no answer.
        let Some(authorization) = authorization_of(request) else { return Event::Unanswered };
        match self.decisions.get(&request).map(|decision| decision.verdict) {
            None => Event::NeverHeard,
            Some(Verdict::Bad) => Event::Declined { reason: DeclineReason::Declined },
            Some(Verdict::Refused) => Event::Declined { reason: DeclineReason::NotConfirmed },
            Some(Verdict::Good) => Event::Authorized { authorization },
            Some(Verdict::Open) => {
                let challenge = "/challenge".parse().map(|url| Challenge { authorization, url });
                challenge.map_or(Event::Unanswered, |challenge| Event::Challenged { challenge, until })
            }
        }
    }

    /// Whether a decline is what the bank or the shopper wanted.
    pub(super) fn may_decline(&self, request: Request) -> bool {
        let is_wanted = |decision: &Decision| decision.is_voided || decision.verdict != Verdict::Good;
        self.decisions.get(&request).is_none_or(is_wanted)
    }

    /// How often money is held for each order.
    pub(super) fn holds(&self) -> impl Iterator<Item = (Request, u32)> {
        self.decisions.iter().map(|(request, decision)| (*request, decision.holds))
    }
}

pub(super) fn authorization_of(request: Request) -> Option<AuthorizationId> {
    format!("auth_{request}").parse().ok()
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
    /// What the gateway has captured for the store and not given back.
    Posted(Request),
    Revenue,
    Refunds,
}

impl Book {
    pub(super) fn hold(&mut self, request: Request, amount_minor: i64) {
        *self.balances_minor.entry(Account::Card(request.shopper)).or_default() -= amount_minor;
        *self.balances_minor.entry(Account::Pending(request)).or_default() += amount_minor;
    }

    pub(super) fn void(&mut self, request: Request, amount_minor: i64) {
        self.hold(request, -amount_minor);
    }

    /// A capture takes from what is pending; the last one gives the rest up.
    pub(super) fn note(&mut self, request: Request, movement: &Movement) {
        let amount_minor = movement.amount.minor_units();
        let (from, posted_minor) = match movement.kind {
            MovementKind::Capture { is_last } => {
                let pending_minor = self.pending_minor(request);
                self.void(request, if is_last { pending_minor } else { amount_minor });
                (Account::Revenue, amount_minor)
            }
            MovementKind::Refund { .. } => (Account::Refunds, -amount_minor),
            MovementKind::Release => return self.void(request, amount_minor),
        };
        *self.balances_minor.entry(Account::Posted(request)).or_default() += posted_minor;
        *self.balances_minor.entry(from).or_default() -= posted_minor;
    }

    pub(super) fn pending_minor(&self, request: Request) -> i64 {
        self.balances_minor.get(&Account::Pending(request)).copied().unwrap_or_default()
    }

    pub(super) fn posted_minor(&self, request: Request) -> i64 {
        self.balances_minor.get(&Account::Posted(request)).copied().unwrap_or_default()
    }

    pub(super) fn sum_minor(&self) -> i64 {
        self.balances_minor.values().sum()
    }
}
