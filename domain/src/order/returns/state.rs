use serde::{Deserialize, Serialize};

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnState {
    /// The shopper asked for it, and may have sent it.
    Requested,
    /// It is there; its refund goes on.
    Received,
    Refunded,
    /// Who runs the store does not take it back.
    Refused,
    /// The shopper keeps it.
    Withdrawn,
}

/// What can happen to a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnStep {
    Receive,
    Refund,
    Refuse,
    Withdraw,
    /// What was wanted in exchange for it is not sent: more is to be given back.
    Owe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a return that is {state:?} can't {step:?}")]
pub struct ReturnTransitionError {
    pub state: ReturnState,
    pub step: ReturnStep,
}

impl ReturnState {
    pub const ALL: [Self; 5] = [Self::Requested, Self::Received, Self::Refunded, Self::Refused, Self::Withdrawn];

    /// # Errors
    /// [`ReturnTransitionError`] when the step does not lead on from here.
    pub fn after(self, step: ReturnStep) -> Result<Self, ReturnTransitionError> {
        match (self, step) {
            (Self::Requested, ReturnStep::Receive) | (Self::Received | Self::Refunded, ReturnStep::Owe) => {
                Ok(Self::Received)
            }
            (Self::Received, ReturnStep::Refund) => Ok(Self::Refunded),
            (Self::Requested, ReturnStep::Refuse) => Ok(Self::Refused),
            (Self::Requested, ReturnStep::Withdraw) => Ok(Self::Withdrawn),
            (state, step) => Err(ReturnTransitionError { state, step }),
        }
    }

    /// Whether its units can't be asked for by another return.
    pub const fn holds_units(self) -> bool {
        matches!(self, Self::Requested | Self::Received | Self::Refunded)
    }

    /// Whether its units came back.
    pub const fn is_received(self) -> bool {
        matches!(self, Self::Received | Self::Refunded)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Received => "received",
            Self::Refunded => "refunded",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.parameter() == raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STEPS: [ReturnStep; 5] =
        [ReturnStep::Receive, ReturnStep::Refund, ReturnStep::Refuse, ReturnStep::Withdraw, ReturnStep::Owe];

    proptest! {
        #[test]
        fn a_return_is_decided_once_and_refunded_only_when_it_is_there(
            steps in prop::collection::vec(prop::sample::select(STEPS.to_vec()), 0..12),
        ) {
            let (mut state, mut decisions, mut is_received) = (ReturnState::Requested, 0, false);
            for step in steps {
                if let Ok(next) = state.after(step) {
                    decisions += u32::from(!matches!(step, ReturnStep::Refund | ReturnStep::Owe));
                    is_received |= step == ReturnStep::Receive;
                    prop_assert!(is_received || !next.is_received());
                    state = next;
                }
                prop_assert!(decisions <= 1);
            }
            prop_assert_eq!(state.is_received(), is_received);
            prop_assert_eq!(ReturnState::from_parameter(state.parameter()), Some(state));
        }
    }
}
