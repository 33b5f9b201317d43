use serde::{Deserialize, Serialize};

use crate::order::OrderState;

/// Why an order was not cancelled; it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CancelError {
    /// Also for a wrong access: nobody learns which numbers there are.
    #[error("there is no such order at this address; please find it with its number and your e-mail address")]
    NoSuchOrder,
    #[error("{}", words_of(*state))]
    TooLate { state: OrderState },
    #[error("money of this order is being moved at this moment; please reload its page and try again in a minute")]
    NotNow,
    #[error("the order could not be cancelled at the moment and is as it was; please try again in a moment")]
    Unavailable,
}

const fn words_of(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => {
            "your bank has not answered yet, and the order can be cancelled as soon as it has; please try again later"
        }
        OrderState::Shipped | OrderState::Delivered => {
            "it is too late to cancel this order, for the parcel has left; you can send it back when you have it"
        }
        OrderState::Refunded => "this order was refunded in full; nothing will be sent",
        OrderState::Declined => "the payment of this order was declined; nothing was charged and nothing will be sent",
        OrderState::Confirmed | OrderState::Cancelling | OrderState::Cancelled => {
            "this order can't be cancelled as it stands; please reload its page"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_too_late_is_told_what_to_do() {
        let words = |state| CancelError::TooLate { state }.to_string();
        assert!(words(OrderState::Pending).contains("try again later"));
        assert!(words(OrderState::Shipped).contains("send it back"));
        assert!(words(OrderState::Declined).contains("nothing was charged"));
    }
}
