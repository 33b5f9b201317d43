//! Where a purchase stands, and how it goes on from there when nobody waits, or somebody takes it up.

use super::{MAX_GATEWAY_QUESTIONS, Outcome};
use crate::checkout::pause::doubling_pause_ms;
use crate::payment::{AuthorizationId, Challenge, DeclineReason, Movement, Tally};

const FIRST_PAUSE_MS: u64 = 200;
const LONGEST_PAUSE_MS: u64 = 60_000;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    New,
    Reserving,
    Authorizing {
        questions: u32,
    },
    Asking {
        questions: u32,
    },
    Challenged {
        challenge: Challenge,
        until: jiff::Timestamp,
    },
    /// The gateway lets go of what it holds, or of a challenge, for a purchase that nobody waits for.
    Abandoning {
        authorization: AuthorizationId,
        reason: DeclineReason,
        questions: u32,
    },
    Confirming {
        authorization: AuthorizationId,
    },
    Confirmed {
        authorization: AuthorizationId,
        tally: Tally,
    },
    Moving {
        authorization: AuthorizationId,
        tally: Tally,
        movement: Movement,
        /// The goods leave as soon as it has moved.
        sends: bool,
        /// The gateway may have been asked for it so long ago that it has forgotten its key.
        is_resumed: bool,
        questions: u32,
    },
    /// All that the order is charged is charged: the goods leave.
    Dispatching {
        authorization: AuthorizationId,
        tally: Tally,
    },
    /// All that was charged went back before the goods were sent, and nothing more can be charged.
    GivingBack {
        authorization: AuthorizationId,
        tally: Tally,
    },
    Releasing {
        reason: DeclineReason,
    },
    Voiding {
        authorization: AuthorizationId,
        questions: u32,
    },
    Cancelling,
    /// The gateway never answered what it was asked.
    SetAside {
        asking: Box<State>,
    },
    Done(Outcome),
}

/// What becomes of a state when nobody waits for the purchase any more: money that is held, and a
/// challenge, are let go of.
pub(super) fn let_go(state: State) -> State {
    match state {
        State::Confirming { authorization } => abandoning(&authorization, DeclineReason::TooLate),
        State::Challenged { challenge, .. } => abandoning(&challenge.authorization, DeclineReason::NotConfirmed),
        state => state,
    }
}

/// A state that somebody goes on with who does not know how long ago the gateway was asked.
pub(super) fn resumed(mut state: State) -> State {
    let asking = match &mut state {
        State::SetAside { asking } => asking.as_mut(),
        state => state,
    };
    if let State::Moving { is_resumed, .. } = asking {
        *is_resumed = true;
    }
    state
}

pub(super) fn abandoning(authorization: &AuthorizationId, reason: DeclineReason) -> State {
    State::Abandoning { authorization: authorization.clone(), reason, questions: 0 }
}

/// The state that asks once more, or that waits for an operator who lets it ask anew.
pub(super) fn ask_again(questions: u32, asking: impl FnOnce(u32) -> State) -> State {
    if questions < MAX_GATEWAY_QUESTIONS {
        asking(questions + 1)
    } else {
        State::SetAside { asking: Box::new(asking(1)) }
    }
}

/// What was never asked is asked without a pause.
pub(super) fn first_at_once_ms(questions: u32) -> u64 {
    if questions == 0 { 0 } else { pause_ms(questions) }
}

/// Doubles from 200 ms to a minute: a slow gateway is not made slower.
fn pause_ms(questions: u32) -> u64 {
    doubling_pause_ms(FIRST_PAUSE_MS, LONGEST_PAUSE_MS, questions)
}
