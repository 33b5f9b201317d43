use domain::order::words::{CANCELLED, DECLINED, ON_ITS_WAY, PUT_ASIDE, REFUNDED, getting_ready};
use domain::order::{Order, OrderState};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::moment::Moment;

/// How far a stage of an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Done,
    Current,
    Ahead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stage {
    name: &'static str,
    reach: Reach,
    note: Option<&'static str>,
    /// The state that the order came to with it.
    state: Option<OrderState>,
}

const fn done(name: &'static str, state: OrderState) -> Stage {
    Stage { name, reach: Reach::Done, note: None, state: Some(state) }
}

const fn ahead(name: &'static str) -> Stage {
    Stage { name, reach: Reach::Ahead, note: None, state: None }
}

const fn current(name: &'static str, note: &'static str) -> Stage {
    Stage { name, reach: Reach::Current, note: Some(note), state: None }
}

impl Stage {
    const fn since(self, state: OrderState) -> Self {
        Self { state: Some(state), ..self }
    }
}

/// What happened to an order, what happens now, and what is still to come.
fn stages(state: OrderState) -> Vec<Stage> {
    const PLACED: Stage = done("Order placed", OrderState::Pending);
    const AUTHORISED: Stage = done("Payment authorised", OrderState::Confirmed);
    const PACKED: Stage = Stage { state: None, ..done("Packed", OrderState::Shipped) };
    match state {
        OrderState::Pending => vec![
            PLACED,
            current(
                "Waiting for your bank",
                "Your bank has not answered yet; we finish the order when it does and nothing is charged twice.",
            ),
            ahead("On its way"),
            ahead("Delivered"),
        ],
        OrderState::Confirmed => {
            vec![PLACED, AUTHORISED, current("Getting ready", PUT_ASIDE), ahead("On its way"), ahead("Delivered")]
        }
        OrderState::Shipped => {
            vec![PLACED, AUTHORISED, PACKED, current("On its way", ON_ITS_WAY).since(state), ahead("Delivered")]
        }
        OrderState::Delivered => {
            vec![PLACED, AUTHORISED, PACKED, done("On its way", OrderState::Shipped), done("Delivered", state)]
        }
        OrderState::Declined => vec![PLACED, current("Payment declined", DECLINED).since(state)],
        OrderState::Cancelling => vec![
            PLACED,
            current("Being cancelled", "What is held for it is being released. There is nothing more for you to do.")
                .since(state),
            ahead("Cancelled"),
        ],
        OrderState::Cancelled => vec![PLACED, current("Cancelled", CANCELLED).since(state)],
        OrderState::Refunded => vec![PLACED, AUTHORISED, current("Refunded", REFUNDED).since(state)],
    }
}

/// The stages of an order with their moments, and each change of its address after what had happened by then.
fn dated_stages(order: &Order) -> Vec<(Stage, Option<Timestamp>)> {
    const READDRESSED: Stage = Stage { name: "Delivery address changed", reach: Reach::Done, note: None, state: None };
    let at = |stage: &Stage| stage.state.and_then(|state| order.reached_at(state));
    let told = |stage: Stage| match stage.note {
        Some(PUT_ASIDE) => Stage { note: Some(getting_ready(order)), ..stage },
        _ => stage,
    };
    let mut dated: Vec<_> = stages(order.state).into_iter().map(told).map(|stage| (stage, at(&stage))).collect();
    let comes_before =
        |(stage, _): &(Stage, _)| matches!(stage.state, Some(OrderState::Pending | OrderState::Confirmed));
    let place = dated.iter().rposition(comes_before).map_or(0, |last| last + 1);
    dated.splice(place..place, order.readdressed_at.iter().map(|at| (READDRESSED, Some(*at))));
    dated
}

#[component]
pub fn Timeline(order: Order) -> impl IntoView {
    let item = |(stage, at): (Stage, Option<Timestamp>)| {
        let class = match stage.reach {
            Reach::Done => "timeline__done",
            Reach::Current => "timeline__current",
            Reach::Ahead => "timeline__ahead",
        };
        let is_current = (stage.reach == Reach::Current).then_some("step");
        view! {
            <li class=class aria-current=is_current>
                <b>{stage.name}</b>
                {at.map(|at| view! { <Moment at /> })}
                {stage.note.map(|note| view! { <p>{note}</p> })}
            </li>
        }
    };
    view! { <ol class="timeline">{dated_stages(&order).into_iter().map(item).collect_view()}</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_somewhere_unless_it_has_arrived() {
        for state in OrderState::ALL {
            let stages = stages(state);
            let current = stages.iter().filter(|stage| stage.reach == Reach::Current).count();
            assert_eq!(current, usize::from(state != OrderState::Delivered), "{state:?}");
            let order: Vec<_> = stages.iter().map(|stage| stage.reach as u8).collect();
            assert!(order.is_sorted(), "{state:?}");
        }
    }

    #[test]
    fn a_change_of_address_stands_where_it_happened() {
        let money = serde_json::json!({ "minor_units": 1_000, "currency": "GBP" });
        let mut order: Order = serde_json::from_value(serde_json::json!({
            "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": "confirmed",
            "contact": {
                "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
                "address": {
                    "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                    "postcode": "SW1Y 4JH", "country": "GB",
                },
            },
            "lines": [],
            "totals": { "items": money, "discount": null, "delivery": money, "total": money },
            "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
            "placed_at": "2026-11-25T12:00:00Z", "readdressed_at": ["2026-11-25T13:00:00Z"],
        }))
        .unwrap();
        for (state, place) in [
            (OrderState::Confirmed, 2),
            (OrderState::Shipped, 2),
            (OrderState::Delivered, 2),
            (OrderState::Cancelling, 1),
            (OrderState::Cancelled, 1),
            (OrderState::Refunded, 2),
        ] {
            order.state = state;
            let dated = dated_stages(&order);
            let (stage, at) = dated[place];
            assert_eq!((stage.name, at), ("Delivery address changed", Some(order.readdressed_at[0])), "{state:?}");
            assert_eq!(dated.len(), stages(state).len() + 1);
            assert!(dated.iter().map(|(stage, _)| stage.reach as u8).is_sorted(), "{state:?}");
        }
    }

    #[test]
    fn an_unpaid_order_does_not_say_that_it_is_paid() {
        for state in [OrderState::Pending, OrderState::Declined, OrderState::Cancelling, OrderState::Cancelled] {
            assert!(stages(state).iter().all(|stage| stage.name != "Payment authorised"));
        }
    }
}
