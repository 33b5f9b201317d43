use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Stock is reserved; the payment is not settled yet.
    Pending,
    /// Payment is authorized and stock allocated.
    Confirmed,
    Shipped,
    Delivered,
    /// The payment was declined; stock was released.
    Declined,
    Cancelled,
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStep {
    Confirm,
    Decline,
    Cancel,
    Ship,
    Deliver,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {state:?} can't {step:?}")]
pub struct OrderTransitionError {
    pub state: OrderState,
    pub step: OrderStep,
}

impl OrderState {
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Confirmed, Self::Shipped, Self::Delivered, Self::Declined, Self::Cancelled];

    /// # Errors
    /// [`OrderTransitionError`] when the step does not lead on from here.
    pub fn after(self, step: OrderStep) -> Result<Self, OrderTransitionError> {
        match (self, step) {
            (Self::Pending, OrderStep::Confirm) => Ok(Self::Confirmed),
            (Self::Pending, OrderStep::Decline) => Ok(Self::Declined),
            (Self::Pending | Self::Confirmed, OrderStep::Cancel) => Ok(Self::Cancelled),
            (Self::Confirmed, OrderStep::Ship) => Ok(Self::Shipped),
            (Self::Shipped, OrderStep::Deliver) => Ok(Self::Delivered),
            (state, step) => Err(OrderTransitionError { state, step }),
        }
    }

    pub const fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Declined | Self::Cancelled)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
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

    proptest! {
        #[test]
        fn an_end_stays_an_end_and_nothing_ships_unpaid(steps in prop::collection::vec(
            prop::sample::select(vec![OrderStep::Confirm, OrderStep::Decline, OrderStep::Cancel, OrderStep::Ship, OrderStep::Deliver]), 0..12)) {
            let mut state = OrderState::Pending;
            let mut paid = false;
            for step in steps {
                let was_final = state.is_final();
                if let Ok(next) = state.after(step) {
                    prop_assert!(!was_final);
                    paid |= next == OrderState::Confirmed;
                    prop_assert!(paid || !matches!(next, OrderState::Shipped | OrderState::Delivered));
                    state = next;
                }
            }
            prop_assert_eq!(OrderState::from_parameter(state.parameter()), Some(state));
        }
    }
}
