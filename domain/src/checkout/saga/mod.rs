//! The purchase, the changes of its address, its dispatch, its cancellation and its refunds as one durable saga,
//! written without I/O: events in, commands out.
//!
//! The server stores each event before it runs the commands that the event leads to; what the gateway keeps
//! anyway, that it holds money or let go of it, is stored with the next event and asked for again. After a
//! crash [`Saga::taken_up`] rebuilds the saga from its log and [`Saga::pending`] names the commands
//! to run again; every command is idempotent under the order's id, so that running one twice does
//! nothing twice. The gateway forgets that id after a day, but not what it did: whoever takes a saga up
//! asks for that first. An event that does not fit the state is a duplicate and changes nothing.

mod message;
mod purchase;
#[cfg(any(test, feature = "simulation"))]
pub mod simulation;
mod state;
#[cfg(test)]
mod tests;

use super::AddressVersion;
use crate::payment::{AuthorizationId, Challenge, DeclineReason, Movement, Tally};

use state::{State, abandoning, ask_again, first_at_once_ms, let_go, resumed};

pub use message::{Command, Event, Outcome, Shortage};
pub use purchase::Purchase;

/// How often the gateway is asked about one order before an operator has to look.
pub const MAX_GATEWAY_QUESTIONS: u32 = 30;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saga {
    state: State,
    /// Nobody waits for the purchase any more: no payment leads to an order.
    is_given_up: bool,
    address: AddressVersion,
    /// The goods have left.
    is_sent: bool,
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

    /// The saga after the events of its log, for somebody who does not know what was done since the last of
    /// them, nor how long ago: a gateway that may hold the money is asked before it is to hold any.
    pub fn taken_up<'a>(log: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut saga = Self::replay(log);
        saga.state = match saga.state {
            State::Authorizing { questions } => State::Asking { questions },
            state => resumed(state),
        };
        saga
    }

    /// Takes in an event and says what to do next; a duplicate leads to nothing.
    pub fn on(&mut self, event: &Event) -> Vec<Command> {
        match event {
            Event::GivenUp => return self.give_up(),
            Event::AddressChanged { version } => self.change_address(*version),
            event => {
                if let Some(next) = self.after(event) {
                    self.state = if self.is_given_up { let_go(next) } else { next };
                    self.is_sent |= *event == Event::Dispatched;
                    return self.pending();
                }
            }
        }
        Vec::new()
    }

    /// A version that is not the next one is a duplicate.
    fn change_address(&mut self, version: AddressVersion) {
        if self.waits_to_be_sent() && version == self.address.next() {
            self.address = version;
        }
    }

    /// Whether [`Event::AddressChanged`] and [`Event::CancellationRequested`] would change anything: the order
    /// stands, nothing is being done with it, and nothing of it was charged or sent.
    pub fn waits_to_be_sent(&self) -> bool {
        let is_uncharged = |tally: &Tally| tally.captured_minor_units() == 0;
        self.is_at_rest() && !self.is_sent && self.tally().is_some_and(is_uncharged)
    }

    /// How often the order's address was changed.
    pub const fn address_version(&self) -> AddressVersion {
        self.address
    }

    /// What is not paid yet is given up once; what the gateway is asked stays the same.
    fn give_up(&mut self) -> Vec<Command> {
        if !self.can_be_given_up() {
            return Vec::new();
        }
        self.is_given_up = true;
        self.state = let_go(std::mem::take(&mut self.state));
        self.pending()
    }

    /// Whether [`Event::GivenUp`] would change anything.
    pub fn can_be_given_up(&self) -> bool {
        let is_unpaid = match &self.state {
            State::Authorizing { .. } | State::Asking { .. } | State::Challenged { .. } | State::Confirming { .. } => {
                true
            }
            State::SetAside { asking } => matches!(asking.as_ref(), State::Asking { .. }),
            _ => false,
        };
        is_unpaid && !self.is_given_up
    }

    /// The commands of the current state, also after a crash.
    pub fn pending(&self) -> Vec<Command> {
        match &self.state {
            State::New | State::Confirmed { .. } | State::Done(_) => vec![],
            State::Reserving => vec![Command::Reserve],
            State::Authorizing { .. } => vec![Command::Authorize],
            State::Asking { questions } => vec![Command::AskGateway { pause_ms: first_at_once_ms(*questions) }],
            State::Challenged { challenge, until } => {
                vec![Command::AwaitShopper { challenge: challenge.clone(), until: *until }]
            }
            State::Confirming { authorization } => vec![Command::Confirm { authorization: authorization.clone() }],
            State::Releasing { .. } => vec![Command::Release],
            State::Voiding { authorization, questions } | State::Abandoning { authorization, questions, .. } => {
                vec![Command::Void { authorization: authorization.clone(), pause_ms: first_at_once_ms(*questions) }]
            }
            State::Moving { authorization, tally, movement, is_resumed, questions, .. } => vec![Command::Move {
                authorization: authorization.clone(),
                movement: movement.clone(),
                resumes: is_resumed.then_some(*tally),
                pause_ms: first_at_once_ms(*questions),
            }],
            State::Dispatching { .. } => vec![Command::Dispatch],
            State::GivingBack { .. } => vec![Command::GiveBack],
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
            State::Confirmed { .. } => Some(&Outcome::Confirmed),
            State::Done(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// What has moved of the money of an order that stands.
    pub const fn tally(&self) -> Option<&Tally> {
        match &self.state {
            State::Confirmed { tally, .. }
            | State::Moving { tally, .. }
            | State::Dispatching { tally, .. }
            | State::GivingBack { tally, .. } => Some(tally),
            _ => None,
        }
    }

    /// Whether the order stands and nothing is being done with it.
    pub const fn is_at_rest(&self) -> bool {
        matches!(self.state, State::Confirmed { .. })
    }

    /// What the shopper has to confirm with their bank before the saga goes on.
    pub const fn challenge(&self) -> Option<&Challenge> {
        match &self.state {
            State::Challenged { challenge, .. } => Some(challenge),
            _ => None,
        }
    }

    /// Whether the shopper has waited long enough to be told that the rest is done later. What the
    /// gateway lets go of later makes no difference to a shopper who cancels.
    pub fn waits_for_gateway(&self) -> bool {
        match self.state {
            State::Asking { questions } => questions > 1,
            State::Voiding { questions, .. } | State::Moving { questions, .. } => questions > 0,
            State::SetAside { .. } | State::Abandoning { .. } => true,
            _ => false,
        }
    }

    fn after(&self, event: &Event) -> Option<State> {
        match &self.state {
            State::New | State::Reserving => self.after_reserving(event),
            State::Authorizing { .. } | State::Asking { .. } | State::Challenged { .. } => self.after_asking(event),
            State::Abandoning { .. } | State::Voiding { .. } => self.after_voiding(event),
            State::Confirmed { authorization, tally } => self.after_confirmed(authorization, *tally, event),
            State::Moving { .. } => self.after_moving(event),
            state => match (state, event) {
                (State::Confirming { authorization }, Event::Confirmed) => {
                    Some(State::Confirmed { authorization: authorization.clone(), tally: Tally::default() })
                }
                (State::Releasing { reason }, Event::Released) => {
                    Some(State::Done(Outcome::Declined { reason: *reason }))
                }
                // What is given back was sent all the same, from before a refund closed an order.
                (
                    State::Dispatching { authorization, tally } | State::GivingBack { authorization, tally },
                    Event::Dispatched,
                ) => Some(State::Confirmed { authorization: authorization.clone(), tally: *tally }),
                (State::GivingBack { .. }, Event::GivenBack) => Some(State::Done(Outcome::Refunded)),
                (State::Cancelling, Event::Cancelled) => Some(State::Done(Outcome::Cancelled)),
                (State::SetAside { asking }, Event::Resumed) => Some(resumed(asking.as_ref().clone())),
                (State::SetAside { asking }, Event::SettledByHand) => Some(match asking.as_ref() {
                    State::Voiding { .. } => State::Cancelling,
                    // Nothing has moved, and nothing is sent.
                    State::Moving { authorization, tally, .. } => {
                        State::Confirmed { authorization: authorization.clone(), tally: *tally }
                    }
                    _ => State::Releasing { reason: DeclineReason::TooLate },
                }),
                _ => None,
            },
        }
    }

    fn after_reserving(&self, event: &Event) -> Option<State> {
        match (&self.state, event) {
            (State::New, Event::Begun) => Some(State::Reserving),
            (State::Reserving, Event::Reserved) => Some(State::Authorizing { questions: 0 }),
            (State::Reserving, Event::Short { shortages }) => {
                Some(State::Done(Outcome::Short { shortages: shortages.clone() }))
            }
            _ => None,
        }
    }

    fn after_asking(&self, event: &Event) -> Option<State> {
        match (&self.state, event) {
            (_, Event::Authorized { authorization }) => {
                Some(State::Confirming { authorization: authorization.clone() })
            }
            (_, Event::Declined { reason }) => Some(State::Releasing { reason: *reason }),
            // However often it is said, a challenge begins once and lasts so long.
            (State::Authorizing { .. } | State::Asking { .. }, Event::Challenged { challenge, until }) => {
                Some(State::Challenged { challenge: challenge.clone(), until: *until })
            }
            // The bank may have confirmed it at the last moment: what it holds then is let go of as well.
            (State::Challenged { challenge, .. }, Event::ChallengeExpired) => {
                Some(abandoning(&challenge.authorization, DeclineReason::NotConfirmed))
            }
            (State::Authorizing { questions } | State::Asking { questions }, Event::Unanswered) => {
                Some(ask_again(*questions, |questions| State::Asking { questions }))
            }
            // If it heard of the order just now, it knows the order's key still: asking again is safe.
            (State::Asking { questions }, Event::NeverHeard) if *questions < MAX_GATEWAY_QUESTIONS => {
                Some(State::Authorizing { questions: *questions })
            }
            (State::Asking { .. }, Event::NeverHeard) => {
                Some(State::SetAside { asking: Box::new(State::Asking { questions: 1 }) })
            }
            _ => None,
        }
    }

    fn after_confirmed(&self, authorization: &AuthorizationId, tally: Tally, event: &Event) -> Option<State> {
        let authorization = authorization.clone();
        let moving = |authorization, movement: &Movement, sends| {
            let movement = movement.clone();
            Some(State::Moving { authorization, tally, movement, sends, is_resumed: false, questions: 0 })
        };
        match event {
            // What was captured is refunded, not given up.
            Event::CancellationRequested if self.waits_to_be_sent() => {
                Some(State::Voiding { authorization, questions: 0 })
            }
            Event::MovementRequested { movement } => moving(authorization, movement, false),
            // What was sent is not sent again.
            Event::DispatchRequested { .. } if self.is_sent => None,
            Event::DispatchRequested { capture: Some(movement) } => moving(authorization, movement, true),
            Event::DispatchRequested { capture: None } => Some(State::Dispatching { authorization, tally }),
            Event::RefundedElsewhere { movement } if tally.has_to_refund(movement.amount) => {
                Some(self.standing(authorization, tally.after(movement)))
            }
            _ => None,
        }
    }

    /// An order after its money moved: with nothing left of it that was not sent, it is closed.
    const fn standing(&self, authorization: AuthorizationId, tally: Tally) -> State {
        if tally.is_undone() && !self.is_sent {
            State::GivingBack { authorization, tally }
        } else {
            State::Confirmed { authorization, tally }
        }
    }

    fn after_moving(&self, event: &Event) -> Option<State> {
        let State::Moving { authorization, tally, movement, sends, is_resumed, questions } = &self.state else {
            return None;
        };
        let (authorization, tally, sends, is_resumed) = (authorization.clone(), *tally, *sends, *is_resumed);
        match event {
            Event::Moved { movement: moved } if movement.id == moved.id => {
                let tally = tally.after(movement);
                Some(if sends {
                    State::Dispatching { authorization, tally }
                } else {
                    self.standing(authorization, tally)
                })
            }
            // What can't be charged is not sent.
            Event::MovementRefused { movement: refused } if movement.id == refused.id => {
                Some(State::Confirmed { authorization, tally })
            }
            Event::Unanswered => {
                let movement = movement.clone();
                let asking = |questions| State::Moving { authorization, tally, movement, sends, is_resumed, questions };
                Some(ask_again(*questions, asking))
            }
            _ => None,
        }
    }

    fn after_voiding(&self, event: &Event) -> Option<State> {
        match (&self.state, event) {
            (State::Abandoning { authorization, reason, questions }, Event::Unanswered) => {
                let (authorization, reason) = (authorization.clone(), *reason);
                Some(ask_again(*questions, |questions| State::Abandoning { authorization, reason, questions }))
            }
            (State::Voiding { authorization, questions }, Event::Unanswered) => {
                let authorization = authorization.clone();
                Some(ask_again(*questions, |questions| State::Voiding { authorization, questions }))
            }
            (State::Abandoning { reason, .. }, Event::Voided) => Some(State::Releasing { reason: *reason }),
            (State::Voiding { .. }, Event::Voided) => Some(State::Cancelling),
            _ => None,
        }
    }
}
