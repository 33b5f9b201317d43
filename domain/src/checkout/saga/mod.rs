//! The purchase and its cancellation as one durable saga, written without I/O: events in, commands
//! out.
//!
//! The server stores each event before it runs the commands that the event leads to. After a
//! crash [`Saga::replay`] rebuilds the saga from its log and [`Saga::pending`] names the commands
//! to run again; every command is idempotent under the order's id, so that running one twice does
//! nothing twice. An event that does not fit the state is a duplicate and changes nothing.

#[cfg(any(test, feature = "simulation"))]
pub mod simulation;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::pause::doubling_pause_ms;
use super::{Contact, IdempotencyKey, Totals};
use crate::cart::CartId;
use crate::catalog::Sku;
use crate::inventory::AvailableUnits;
use crate::order::{Order, OrderLine, OrderNumber, OrderState};
use crate::payment::{AuthorizationId, DeclineReason, PaymentMethod};
use crate::pricing::promotion::{CouponCode, Discount, PromotionId};
use crate::shipment::DeliveryOption;

/// How often the gateway is asked about one order before an operator has to look.
pub const MAX_GATEWAY_QUESTIONS: u32 = 30;
const FIRST_PAUSE_MS: u64 = 200;
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Everything a purchase needs to run to its end, whatever else fails meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub order: crate::order::OrderId,
    pub cart: CartId,
    pub key: IdempotencyKey,
    pub contact: Contact,
    pub lines: Vec<OrderLine>,
    pub totals: Totals,
    /// What the shopper typed to pay less.
    #[serde(default)]
    pub coupon: Option<CouponCode>,
    pub delivery: DeliveryOption,
    #[serde(default)]
    pub delivery_discount: Option<Discount>,
    pub arrives_on: jiff::civil::Date,
    pub payment: PaymentMethod,
    pub placed_at: jiff::Timestamp,
}

impl Purchase {
    /// The order that the shopper sees, in a given state.
    pub fn order(&self, state: OrderState) -> Order {
        Order {
            id: self.order,
            number: OrderNumber::from(self.order),
            state,
            contact: self.contact.clone(),
            lines: self.lines.clone(),
            totals: self.totals,
            delivery: self.delivery,
            delivery_discount: self.delivery_discount.clone(),
            arrives_on: self.arrives_on,
            paid_with: self.payment.label.clone(),
            placed_at: self.placed_at,
        }
    }

    /// Whether promotions took off everything, so that no gateway and no ledger has anything to hold.
    pub const fn is_free(&self) -> bool {
        self.totals.total().minor_units() == 0
    }

    /// The promotions that it uses, each once.
    pub fn promotions(&self) -> BTreeSet<&PromotionId> {
        let discounts = self.lines.iter().flat_map(|line| &line.discounts).chain(&self.delivery_discount);
        discounts.map(|discount| &discount.promotion).collect()
    }
}

/// Fewer units of a SKU than were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    pub sku: Sku,
    pub available: AvailableUnits,
}

/// What the outside world told the saga.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Begun,
    /// The order stands as `pending`, with all its stock reserved.
    Reserved,
    /// Nothing was reserved and no order stands.
    Short {
        shortages: Vec<Shortage>,
    },
    Authorized {
        authorization: AuthorizationId,
    },
    Declined {
        reason: DeclineReason,
    },
    /// The gateway did not answer: whether it holds the money is unknown.
    Unanswered,
    /// The gateway was asked and never heard of the order.
    NeverHeard,
    Confirmed,
    Released,
    /// The shopper does not want a confirmed order any more.
    CancellationRequested,
    /// The gateway holds no money for the order any more.
    Voided,
    Cancelled,
    /// An operator looked at what was set aside, and the gateway is asked again.
    Resumed,
}

/// What the server does next. Each is idempotent under the order's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// One transaction: the order as `pending`, all reservations and uses of promotions or none, the
    /// key, the outbox.
    Reserve,
    Authorize,
    /// Ask the gateway what became of the authorization, after a pause.
    AskGateway {
        pause_ms: u64,
    },
    /// One transaction: the order `confirmed`, reservations to allocations, promotions redeemed, the
    /// hold in the ledger, the outbox.
    Confirm {
        authorization: AuthorizationId,
    },
    /// One transaction: the order `declined`, reservations and promotions released, the key given back,
    /// the outbox. The ledger knows nothing of it: no money was held.
    Release,
    /// After a pause, ask the gateway to let go of the money that it holds.
    Void {
        pause_ms: u64,
    },
    /// One transaction: the order `cancelled`, allocations and promotions given back, the hold voided in
    /// the ledger, the outbox.
    Cancel,
    /// The gateway never answered: leave the order as it stands and tell an operator.
    SetAside,
}

/// How a purchase ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    Short { shortages: Vec<Shortage> },
    Declined { reason: DeclineReason },
    Cancelled,
}

/// What the gateway was asked for when it never answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Authorization,
    Void,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    #[default]
    New,
    Reserving,
    Authorizing {
        questions: u32,
    },
    Asking {
        questions: u32,
    },
    Confirming {
        authorization: AuthorizationId,
    },
    Releasing {
        reason: DeclineReason,
    },
    Voiding {
        questions: u32,
    },
    Cancelling,
    SetAside {
        from: Question,
    },
    Done(Outcome),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saga {
    state: State,
}

impl Saga {
    /// The saga after the events of its log.
    pub fn replay<'a>(log: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut saga = Self::default();
        for event in log {
            saga.on(event);
        }
        saga
    }

    /// Takes in an event and says what to do next; a duplicate leads to nothing.
    pub fn on(&mut self, event: &Event) -> Vec<Command> {
        match self.after(event) {
            Some(next) => {
                self.state = next;
                self.pending()
            }
            None => Vec::new(),
        }
    }

    /// The commands of the current state, also after a crash.
    pub fn pending(&self) -> Vec<Command> {
        match &self.state {
            State::New | State::Done(_) => vec![],
            State::Reserving => vec![Command::Reserve],
            State::Authorizing { .. } => vec![Command::Authorize],
            State::Asking { questions } => vec![Command::AskGateway { pause_ms: pause_ms(*questions) }],
            State::Confirming { authorization } => vec![Command::Confirm { authorization: authorization.clone() }],
            State::Releasing { .. } => vec![Command::Release],
            State::Voiding { questions: 0 } => vec![Command::Void { pause_ms: 0 }],
            State::Voiding { questions } => vec![Command::Void { pause_ms: pause_ms(*questions) }],
            State::Cancelling => vec![Command::Cancel],
            State::SetAside { .. } => vec![Command::SetAside],
        }
    }

    /// Whether it waits for [`Event::Resumed`].
    pub const fn is_set_aside(&self) -> bool {
        matches!(self.state, State::SetAside { .. })
    }

    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.state {
            State::Done(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// Whether the shopper has waited long enough to be told that the rest is done later. What the
    /// gateway lets go of later makes no difference to a shopper who cancels.
    pub fn waits_for_gateway(&self) -> bool {
        match self.state {
            State::Asking { questions } => questions > 1,
            State::Voiding { questions } => questions > 0,
            State::SetAside { .. } => true,
            _ => false,
        }
    }

    fn after(&self, event: &Event) -> Option<State> {
        let authorized = |authorization: &AuthorizationId| State::Confirming { authorization: authorization.clone() };
        match (&self.state, event) {
            (State::New, Event::Begun) => Some(State::Reserving),
            (State::Reserving, Event::Reserved) => Some(State::Authorizing { questions: 0 }),
            (State::Reserving, Event::Short { shortages }) => {
                Some(State::Done(Outcome::Short { shortages: shortages.clone() }))
            }
            (State::Authorizing { .. } | State::Asking { .. }, Event::Authorized { authorization }) => {
                Some(authorized(authorization))
            }
            (State::Authorizing { .. } | State::Asking { .. }, Event::Declined { reason }) => {
                Some(State::Releasing { reason: *reason })
            }
            (State::Authorizing { questions } | State::Asking { questions }, Event::Unanswered) => {
                Some(ask_again(*questions, Question::Authorization))
            }
            // The gateway keeps the order's key, so asking for the same amount again is safe.
            (State::Asking { questions }, Event::NeverHeard) if *questions < MAX_GATEWAY_QUESTIONS => {
                Some(State::Authorizing { questions: *questions })
            }
            (State::Asking { .. }, Event::NeverHeard) => Some(State::SetAside { from: Question::Authorization }),
            (State::Confirming { .. }, Event::Confirmed) => Some(State::Done(Outcome::Confirmed)),
            (State::Releasing { reason }, Event::Released) => Some(State::Done(Outcome::Declined { reason: *reason })),
            (State::Done(Outcome::Confirmed), Event::CancellationRequested) => Some(State::Voiding { questions: 0 }),
            (State::Voiding { questions }, Event::Unanswered) => Some(ask_again(*questions, Question::Void)),
            (State::Voiding { .. }, Event::Voided) => Some(State::Cancelling),
            (State::Cancelling, Event::Cancelled) => Some(State::Done(Outcome::Cancelled)),
            (State::SetAside { from }, Event::Resumed) => Some(from.asked(1)),
            _ => None,
        }
    }
}

impl Question {
    const fn asked(self, questions: u32) -> State {
        match self {
            Self::Authorization => State::Asking { questions },
            Self::Void => State::Voiding { questions },
        }
    }
}

fn ask_again(questions: u32, from: Question) -> State {
    if questions < MAX_GATEWAY_QUESTIONS { from.asked(questions + 1) } else { State::SetAside { from } }
}

/// Doubles from 200 ms to a minute: a slow gateway is not made slower.
fn pause_ms(questions: u32) -> u64 {
    doubling_pause_ms(FIRST_PAUSE_MS, LONGEST_PAUSE_MS, questions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authorized() -> Event {
        Event::Authorized { authorization: "auth_1".parse().unwrap() }
    }

    #[test]
    fn a_purchase_that_goes_well() {
        let mut saga = Saga::default();
        assert_eq!(saga.on(&Event::Begun), [Command::Reserve]);
        assert_eq!(saga.on(&Event::Reserved), [Command::Authorize]);
        assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
        assert_eq!(saga.on(&Event::Confirmed), []);
        assert_eq!(saga.outcome(), Some(&Outcome::Confirmed));
    }

    #[test]
    fn a_timeout_is_not_a_failure() {
        let mut saga = Saga::replay(&[Event::Begun, Event::Reserved]);
        assert_eq!(saga.on(&Event::Unanswered), [Command::AskGateway { pause_ms: 200 }]);
        assert_eq!(saga.on(&Event::Unanswered), [Command::AskGateway { pause_ms: 400 }]);
        assert!(saga.waits_for_gateway());
        assert_eq!(saga.on(&Event::NeverHeard), [Command::Authorize]);
        assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
    }

    #[test]
    fn a_gateway_that_never_answers_is_set_aside_after_the_limit() {
        let mut saga = Saga::replay(&[Event::Begun, Event::Reserved]);
        for _ in 0..MAX_GATEWAY_QUESTIONS {
            assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::AskGateway { pause_ms: ..=60_000 }]));
        }
        assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
        assert_eq!(saga.outcome(), None);
        assert!(saga.is_set_aside());
        assert_eq!(saga.on(&Event::Resumed), [Command::AskGateway { pause_ms: 200 }]);
        assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
    }

    fn confirmed() -> Saga {
        Saga::replay(&[Event::Begun, Event::Reserved, authorized(), Event::Confirmed])
    }

    #[test]
    fn a_cancellation_that_goes_well() {
        let mut saga = confirmed();
        assert_eq!(saga.on(&Event::CancellationRequested), [Command::Void { pause_ms: 0 }]);
        assert_eq!(saga.outcome(), None);
        assert!(!saga.waits_for_gateway());
        assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
        assert_eq!(saga.on(&Event::Cancelled), []);
        assert_eq!(saga.outcome(), Some(&Outcome::Cancelled));
    }

    #[test]
    fn only_a_confirmed_order_is_cancelled() {
        let declined = Event::Declined { reason: DeclineReason::Declined };
        let logs: [&[Event]; 5] = [
            &[],
            &[Event::Begun, Event::Reserved],
            &[Event::Begun, Event::Reserved, authorized()],
            &[Event::Begun, Event::Short { shortages: vec![] }],
            &[Event::Begun, Event::Reserved, declined, Event::Released],
        ];
        for log in logs {
            let mut saga = Saga::replay(log);
            assert_eq!(saga.on(&Event::CancellationRequested), []);
            assert_eq!(saga, Saga::replay(log));
        }
    }

    #[test]
    fn the_money_is_let_go_of_before_the_order_is_cancelled() {
        let mut saga = confirmed();
        saga.on(&Event::CancellationRequested);
        assert_eq!(saga.on(&Event::Cancelled), []);
        assert_eq!(saga.on(&Event::Unanswered), [Command::Void { pause_ms: 200 }]);
        assert!(saga.waits_for_gateway());
        assert_eq!(saga.on(&Event::Unanswered), [Command::Void { pause_ms: 400 }]);
        assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
    }

    #[test]
    fn a_gateway_that_never_lets_go_is_set_aside_after_the_limit() {
        let mut saga = confirmed();
        saga.on(&Event::CancellationRequested);
        for _ in 0..MAX_GATEWAY_QUESTIONS {
            assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Void { pause_ms: ..=60_000 }]));
        }
        assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
        assert!(saga.waits_for_gateway());
        assert_eq!(saga.on(&Event::Resumed), [Command::Void { pause_ms: 200 }]);
        assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
    }

    #[test]
    fn only_what_is_set_aside_is_resumed() {
        for log in [&[][..], &[Event::Begun, Event::Reserved], &[Event::Begun, Event::Reserved, authorized()]] {
            let mut saga = Saga::replay(log);
            assert_eq!(saga.on(&Event::Resumed), []);
            assert_eq!(saga, Saga::replay(log));
        }
        assert_eq!(confirmed().on(&Event::Resumed), []);
    }

    #[test]
    fn duplicates_change_nothing_of_a_cancellation() {
        let mut saga = confirmed();
        for event in [Event::CancellationRequested, Event::Voided, Event::Cancelled] {
            saga.on(&event);
            assert_eq!(saga.on(&event), [], "{event:?} came again");
        }
        for late in [authorized(), Event::Unanswered, Event::Confirmed, Event::CancellationRequested, Event::Voided] {
            assert_eq!(saga.on(&late), []);
        }
        assert_eq!(saga.outcome(), Some(&Outcome::Cancelled));
    }

    #[test]
    fn duplicates_change_nothing() {
        let mut saga = confirmed();
        for late in
            [Event::Begun, Event::Reserved, Event::Declined { reason: DeclineReason::Declined }, Event::Released]
        {
            assert_eq!(saga.on(&late), []);
        }
        assert_eq!(saga.outcome(), Some(&Outcome::Confirmed));
    }
}
