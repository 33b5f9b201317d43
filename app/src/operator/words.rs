use domain::order::OrderState;
use domain::shipment::store_time;
use jiff::Timestamp;
use leptos::prelude::*;

/// A moment as it stands in a table: `2026-11-25 17:04:09`.
pub(super) fn spoken_moment(moment: Timestamp) -> String {
    let time = store_time(moment);
    format!("{} {:02}:{:02}:{:02}", time.date(), time.hour(), time.minute(), time.second())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_to_the_second() {
        assert_eq!(spoken_moment("2026-11-25T17:04:09.5Z".parse().unwrap()), "2026-11-25 17:04:09");
    }
}
