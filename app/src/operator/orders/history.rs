//! What happened to an order, in words.

use domain::checkout::saga::Event;
use domain::operator::{Happened, Happening};
use domain::payment::{Movement, MovementKind};
use leptos::prelude::*;

use super::super::deeds::deed_in_words;
use super::super::sheet::Column::Words;
use super::super::sheet::Sheet;
use crate::form::sentence;
use crate::moment::Moment;

/// All that happened to an order, the oldest first.
#[component]
pub fn History(happenings: Vec<Happening>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>"What happened"</h2>
            <Sheet label="What happened" columns=&[Words("When"), Words("What"), Words("By")] of_cards=true>
                {happenings.into_iter().map(row).collect_view()}
            </Sheet>
        </section>
    }
    .into_any()
}

fn row(Happening { what, at, by, times }: Happening) -> impl IntoView {
    let (words, reason) = match &what {
        Happened::Event(event) => (event_in_words(event), reason_of(event)),
        Happened::Deed(kind) => (deed_in_words(*kind).to_owned(), None),
    };
    let often = (times > 1).then(|| format!(", {times} times in a row"));
    view! {
        <tbody class="entry entry--event">
            <tr>
                <td class="sheet__moment">{at.map(|at| view! { <Moment at to_the_second=true /> })}</td>
                <td class="sheet__cause">{words} {often} {reason.map(|reason| view! { <small>{reason}</small> })}</td>
                <td class="sheet__cause">{by.map(|by| by.to_string())}</td>
            </tr>
        </tbody>
    }
    .into_any()
}

fn event_in_words(event: &Event) -> String {
    let words = match event {
        Event::Begun => "The purchase began",
        Event::Reserved => "Placed, and its units were reserved",
        Event::Short { .. } => "There were too few units",
        Event::Authorized { .. } => "The bank holds the total",
        Event::Challenged { .. } => "The bank asks the shopper to confirm the payment",
        Event::ChallengeExpired => "The shopper did not confirm the payment in time",
        Event::Declined { reason } => return sentence(&format!("The payment was declined: {reason}")),
        Event::Unanswered => "The payment gateway did not answer",
        Event::NeverHeard => "The payment gateway has never heard of the order",
        Event::Confirmed => "Confirmed, and its units are put aside",
        Event::Released => "Ended without a payment, and its units were released",
        Event::MovementRequested { movement } => return moving(movement, TO_BE_DONE),
        Event::Moved { movement } => return moving(movement, ["were captured", "were refunded", "were let go of"]),
        Event::MovementRefused { movement } => {
            return moving(
                movement,
                [
                    "can't be captured: the gateway refuses",
                    "can't be refunded: the gateway refuses",
                    "can't be let go of: the gateway refuses",
                ],
            );
        }
        Event::RefundedElsewhere { movement } => {
            return format!("{} were refunded in the gateway's own pages", movement.amount);
        }
        Event::AddressChanged { .. } => "The shopper had it sent to another address",
        Event::DispatchRequested { capture: Some(movement) } => {
            return format!("To be sent: {}", moving(movement, TO_BE_DONE));
        }
        Event::DispatchRequested { capture: None } => "To be sent",
        Event::Dispatched => "Sent, and its units have left the stock",
        Event::GivenBack => "Refunded in full before it was sent, and its units are on the shelf again",
        Event::CancellationRequested => "A cancellation was asked for",
        Event::Voided => "The bank holds nothing any more",
        Event::Cancelled => "Cancelled, and its units are on the shelf again",
        Event::Resumed => "The payment gateway is asked again",
        Event::GivenUp => "Given up, and its units were released",
        Event::SettledByHand => "Closed by hand: the payment gateway is not asked any more",
    };
    words.to_owned()
}

/// What is asked for of an amount: captured, refunded, let go of.
const TO_BE_DONE: [&str; 3] = ["are to be captured", "are to be refunded", "are to be let go of"];

fn moving(Movement { kind, amount, .. }: &Movement, [captured, refunded, released]: [&str; 3]) -> String {
    match kind {
        MovementKind::Capture { is_last: false } => format!("{amount} {captured}, and the rest stays held"),
        MovementKind::Capture { is_last: true } => format!("{amount} {captured}"),
        MovementKind::Refund { .. } => format!("{amount} {refunded}"),
        MovementKind::Release => format!("{amount} {released}"),
    }
}

/// Why something is given back: said once, where it is asked for.
fn reason_of(event: &Event) -> Option<String> {
    match event {
        Event::MovementRequested { movement: Movement { kind: MovementKind::Refund { reason, .. }, .. } } => {
            Some(reason.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::MovementId;
    use domain::pricing::Money;

    #[test]
    fn a_movement_says_how_much_and_what_becomes_of_the_rest() {
        let movement = |kind| {
            let id: MovementId = "0197b2c4d5e67f8091a2b3c4d5e6f708".parse().unwrap();
            Movement { id, kind, amount: "20.00 GBP".parse::<Money>().unwrap() }
        };
        let part = movement(MovementKind::Capture { is_last: false });
        assert_eq!(event_in_words(&Event::Moved { movement: part }), "£20.00 were captured, and the rest stays held");
        let rest = movement(MovementKind::Release);
        assert_eq!(event_in_words(&Event::Moved { movement: rest }), "£20.00 were let go of");
        let refund = movement(MovementKind::refund("One arrived broken".parse().unwrap()));
        let asked = Event::MovementRequested { movement: refund };
        assert_eq!(event_in_words(&asked), "£20.00 are to be refunded");
        assert_eq!(reason_of(&asked).as_deref(), Some("One arrived broken"));
    }
}
