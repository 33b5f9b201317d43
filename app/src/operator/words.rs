use domain::order::OrderState;
use leptos::prelude::*;

pub(super) const fn state_in_words(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => "Waits for the bank",
        OrderState::Confirmed => "Confirmed",
        OrderState::Shipped => "Sent",
        OrderState::Delivered => "Delivered",
        OrderState::Declined => "Declined",
        OrderState::Cancelling => "Being cancelled",
        OrderState::Cancelled => "Cancelled",
        OrderState::Refunded => "Refunded",
    }
}

/// How an order stands, marked by whether it goes well, goes on, or has ended without goods.
pub(super) fn mark_of(state: OrderState) -> impl IntoView {
    let class = match state {
        OrderState::Confirmed | OrderState::Shipped | OrderState::Delivered => "mark mark--good",
        OrderState::Pending | OrderState::Cancelling => "mark mark--warn",
        OrderState::Declined | OrderState::Cancelled | OrderState::Refunded => "mark",
    };
    view! { <span class=class>{state_in_words(state)}</span> }
}
