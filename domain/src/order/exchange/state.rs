use serde::{Deserialize, Serialize};

/// Where an exchange stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeState {
    /// Its units are kept until what comes back is there.
    Reserved,
    /// What came back is there, and its units wait to be sent.
    Allocated,
    Sent,
    /// The return was refused or withdrawn.
    Released,
    /// Nothing came back in time, or it can't be sent: its units are sold again, and the return is an ordinary one.
    Lapsed,
}

/// What can happen to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExchangeStep {
    /// What comes back is received.
    Allocate,
    Send,
    /// The return is refused or withdrawn.
    Release,
    /// Its time is over, or an operator gives its money back instead.
    Lapse,
    /// What came back is there, and what was wanted for it can't be sent: an operator gives its money back instead.
    GiveUp,
}

impl ExchangeStep {
    /// The only state that it leads on from, and the one that it leads to.
    pub const fn ends(self) -> (ExchangeState, ExchangeState) {
        match self {
            Self::Allocate => (ExchangeState::Reserved, ExchangeState::Allocated),
            Self::Send => (ExchangeState::Allocated, ExchangeState::Sent),
            Self::Release => (ExchangeState::Reserved, ExchangeState::Released),
            Self::Lapse => (ExchangeState::Reserved, ExchangeState::Lapsed),
            Self::GiveUp => (ExchangeState::Allocated, ExchangeState::Lapsed),
        }
    }
}

impl ExchangeState {
    pub const ALL: [Self; 5] = [Self::Reserved, Self::Allocated, Self::Sent, Self::Released, Self::Lapsed];

    /// Whether units are held for it.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Reserved | Self::Allocated)
    }

    /// Whether its shopper has what is sent for the line, or gets it: its money stays with the store.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Reserved | Self::Allocated | Self::Sent)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Allocated => "allocated",
            Self::Sent => "sent",
            Self::Released => "released",
            Self::Lapsed => "lapsed",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.parameter() == raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::{Movement, Quantity, Stock};
    use proptest::prelude::*;

    const STEPS: [ExchangeStep; 5] =
        [ExchangeStep::Allocate, ExchangeStep::Send, ExchangeStep::Release, ExchangeStep::Lapse, ExchangeStep::GiveUp];

    fn movement(step: ExchangeStep) -> Movement {
        let units = Quantity::ONE;
        match step {
            ExchangeStep::Allocate => Movement::allocation(units),
            ExchangeStep::Send => Movement::dispatch(units),
            ExchangeStep::Release => Movement::release(units),
            ExchangeStep::Lapse => Movement::expiry(units),
            ExchangeStep::GiveUp => Movement::cancellation(units),
        }
    }

    proptest! {
        #[test]
        fn its_unit_is_on_the_shelf_until_it_is_sent_and_sold_again_where_it_is_not(
            steps in prop::collection::vec(prop::sample::select(STEPS.to_vec()), 0..12),
        ) {
            let mut stock = Stock::new(1, 1, 0).unwrap();
            let (mut state, mut sent, mut ends) = (ExchangeState::Reserved, 0, 0);
            for step in steps {
                let (from, next) = step.ends();
                if state != from {
                    continue;
                }
                stock = stock.after(movement(step)).unwrap();
                sent += u32::from(next == ExchangeState::Sent);
                ends += u32::from(!next.is_held());
                prop_assert!(next != ExchangeState::Sent || state == ExchangeState::Allocated);
                state = next;
                prop_assert_eq!(stock.promised() == 1, state.is_held());
                prop_assert_eq!(stock.on_hand() == 1, state != ExchangeState::Sent);
                prop_assert_eq!(stock.available().0 == 1, !state.stands());
            }
            prop_assert!(sent <= 1 && ends <= 1, "it ends once, whatever is asked for afterwards");
            prop_assert_eq!(ExchangeState::from_parameter(state.parameter()), Some(state));
        }
    }
}
