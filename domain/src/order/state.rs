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
    /// The shopper asked to cancel; the money is being released.
    Cancelling,
    /// The held money and the stock were released.
    Cancelled,
    /// All that was charged went back before anything was sent; the stock was released.
    Refunded,
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStep {
    Confirm,
    Decline,
    RequestCancellation,
    Cancel,
    Ship,
    Deliver,
    Refund,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {state:?} can't {step:?}")]
pub struct OrderTransitionError {
    pub state: OrderState,
    pub step: OrderStep,
}

impl OrderState {
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Confirmed,
        Self::Shipped,
        Self::Delivered,
        Self::Declined,
        Self::Cancelling,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// # Errors
    /// [`OrderTransitionError`] when the step does not lead on from here.
    pub fn after(self, step: OrderStep) -> Result<Self, OrderTransitionError> {
        match (self, step) {
            (Self::Pending, OrderStep::Confirm) => Ok(Self::Confirmed),
            (Self::Pending, OrderStep::Decline) => Ok(Self::Declined),
            (Self::Confirmed, OrderStep::RequestCancellation) => Ok(Self::Cancelling),
            (Self::Cancelling, OrderStep::Cancel) => Ok(Self::Cancelled),
            (Self::Confirmed, OrderStep::Ship) => Ok(Self::Shipped),
            (Self::Shipped, OrderStep::Deliver) => Ok(Self::Delivered),
            (Self::Confirmed, OrderStep::Refund) => Ok(Self::Refunded),
            (state, step) => Err(OrderTransitionError { state, step }),
        }
    }

    pub const fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Declined | Self::Cancelled | Self::Refunded)
    }

    /// Whether the goods are on their way to the shopper, will be, or have arrived.
    pub const fn brings_goods(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelling | Self::Cancelled | Self::Refunded)
    }

    /// Whether its payment is authorized and nothing was taken back: what its customer has bought.
    pub const fn is_bought(self) -> bool {
        matches!(self, Self::Confirmed | Self::Shipped | Self::Delivered)
    }

    /// Its name in the database.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Declined => "declined",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
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

    const STEPS: [OrderStep; 7] = [
        OrderStep::Confirm,
        OrderStep::Decline,
        OrderStep::RequestCancellation,
        OrderStep::Cancel,
        OrderStep::Ship,
        OrderStep::Deliver,
        OrderStep::Refund,
    ];

    #[test]
    fn an_order_is_cancelled_in_two_steps_and_only_before_it_is_sent() {
        let cancelling = OrderState::Confirmed.after(OrderStep::RequestCancellation);
        assert_eq!(cancelling, Ok(OrderState::Cancelling));
        assert_eq!(OrderState::Cancelling.after(OrderStep::Cancel), Ok(OrderState::Cancelled));
        assert!(OrderState::Cancelling.after(OrderStep::Ship).is_err());
        assert!(OrderState::Confirmed.after(OrderStep::Cancel).is_err());
        let asks = |state: &OrderState| state.after(OrderStep::RequestCancellation).is_ok();
        assert_eq!(OrderState::ALL.into_iter().filter(asks).collect::<Vec<_>>(), [OrderState::Confirmed]);
    }

    #[test]
    fn what_was_sent_is_not_closed_by_a_refund_and_what_a_refund_closed_is_not_sent() {
        let closes = |state: &OrderState| state.after(OrderStep::Refund).is_ok();
        assert_eq!(OrderState::ALL.into_iter().filter(closes).collect::<Vec<_>>(), [OrderState::Confirmed]);
        assert!(OrderState::Refunded.is_final() && !OrderState::Refunded.brings_goods());
    }

    #[test]
    fn what_is_not_paid_for_or_was_taken_back_is_not_bought() {
        let bought: Vec<OrderState> = OrderState::ALL.into_iter().filter(|state| state.is_bought()).collect();
        assert_eq!(bought, [OrderState::Confirmed, OrderState::Shipped, OrderState::Delivered]);
    }

    proptest! {
        #[test]
        fn an_end_stays_an_end_and_nothing_ships_unpaid_or_cancelled(
            steps in prop::collection::vec(prop::sample::select(STEPS.to_vec()), 0..12),
        ) {
            let mut state = OrderState::Pending;
            let (mut paid, mut is_cancelled) = (false, false);
            for step in steps {
                let was_final = state.is_final();
                if let Ok(next) = state.after(step) {
                    prop_assert!(!was_final);
                    paid |= next == OrderState::Confirmed;
                    is_cancelled |= next == OrderState::Cancelling;
                    let is_sent = matches!(next, OrderState::Shipped | OrderState::Delivered);
                    prop_assert!(!is_sent || paid && !is_cancelled);
                    state = next;
                }
            }
            prop_assert_eq!(OrderState::from_parameter(state.parameter()), Some(state));
        }
    }
}
