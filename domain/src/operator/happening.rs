use jiff::Timestamp;

use super::{Deed, DeedKind};
use crate::checkout::saga::Event;
use crate::inventory::Reference;
use crate::order::{Order, OrderState};
use crate::payment::MovementId;

/// What happened to an order: its saga was told something, or an operator did something that its saga did
/// not have to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    Event(Event),
    Deed(DeedKind),
}

/// Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    pub what: Happened,
    /// When, as far as the books say it: a question to the gateway is no moment of theirs.
    pub at: Option<Timestamp>,
    /// The operator who did it, or asked for it.
    pub by: Option<Reference>,
    /// How often in a row.
    pub times: u32,
}

/// What happened to an order, the oldest first: the log of its saga, with the moments that its steps and
/// its ledger know, and among it what operators did.
pub fn happenings(
    order: &Order,
    log: &[Event],
    moved_at: &[(MovementId, Timestamp)],
    deeds: &[Deed],
) -> Vec<Happening> {
    let mut rest: Vec<&Deed> = deeds.iter().collect();
    let mut found: Vec<Happening> = Vec::with_capacity(log.len());
    // An order that somebody reads is one that was begun.
    for event in log.iter().filter(|event| **event != Event::Begun) {
        if let Some(last) = found.last_mut().filter(|last| last.what == Happened::Event(event.clone())) {
            last.times += 1;
            continue;
        }
        let deed = rest.iter().position(|deed| asks_for(deed, event)).map(|place| rest.remove(place));
        found.push(Happening {
            what: Happened::Event(event.clone()),
            at: moment_of(event, order, moved_at).or(deed.map(|deed| deed.done_at)),
            by: deed.map(|deed| deed.by.clone()),
            times: 1,
        });
    }
    for deed in rest {
        let is_later = |happening: &Happening| happening.at.is_some_and(|at| at > deed.done_at);
        let place = found.iter().position(is_later).unwrap_or(found.len());
        let (at, by) = (Some(deed.done_at), Some(deed.by.clone()));
        found.insert(place, Happening { what: Happened::Deed(deed.kind), at, by, times: 1 });
    }
    found
}

/// Whether an event is what somebody asked for with a deed.
fn asks_for(deed: &Deed, event: &Event) -> bool {
    match (deed.kind, event) {
        (
            DeedKind::Captured
            | DeedKind::Refunded
            | DeedKind::Released
            | DeedKind::ReturnReceived
            | DeedKind::ExchangeEnded,
            Event::MovementRequested { movement },
        ) => deed.movement == Some(movement.id),
        (DeedKind::Sent, Event::DispatchRequested { capture }) => {
            deed.movement == capture.as_ref().map(|capture| capture.id)
        }
        (DeedKind::Cancelled, Event::CancellationRequested)
        | (DeedKind::Undone, Event::GivenUp)
        | (DeedKind::Settled, Event::SettledByHand) => true,
        _ => false,
    }
}

fn moment_of(event: &Event, order: &Order, moved_at: &[(MovementId, Timestamp)]) -> Option<Timestamp> {
    match event {
        Event::Reserved => Some(order.placed_at),
        Event::Confirmed => order.reached_at(OrderState::Confirmed),
        Event::Released => order.reached_at(OrderState::Declined),
        Event::AddressChanged { version } => order.readdressed_at.get(version.0.checked_sub(1)? as usize).copied(),
        Event::CancellationRequested => order.reached_at(OrderState::Cancelling),
        Event::Dispatched => order.reached_at(OrderState::Shipped),
        Event::Cancelled => order.reached_at(OrderState::Cancelled),
        Event::GivenBack => order.reached_at(OrderState::Refunded),
        Event::Moved { movement } | Event::RefundedElsewhere { movement } => {
            moved_at.iter().find(|(id, _)| *id == movement.id).map(|(_, at)| *at)
        }
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::payment::{Movement, MovementKind};
    use crate::pricing::{Currency, Money};

    /// The moment some seconds after an order was placed.
    fn after_s(seconds: i64) -> Timestamp {
        "2026-11-25T12:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_secs(seconds)
    }

    /// An order of £28.45 that was confirmed a second after it was placed.
    pub(in super::super) fn order(state: OrderState) -> Order {
        let money = |minor_units: i64| serde_json::json!({ "minor_units": minor_units, "currency": "GBP" });
        let order = serde_json::json!({
            "id": "0197b2c4-d5e6-7f80-91a2-b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": state,
            "contact": {
                "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
                "address": {
                    "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                    "postcode": "SW1Y 4JH", "country": "GB",
                },
            },
            "lines": [],
            "totals": { "items": money(24_50), "discount": null, "delivery": money(3_95), "total": money(28_45) },
            "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
            "placed_at": after_s(0),
        });
        let reached = vec![(OrderState::Confirmed, after_s(1)), (OrderState::Cancelling, after_s(9))];
        Order { reached, ..serde_json::from_value(order).unwrap() }
    }

    /// The log of an order that is paid for.
    pub(in super::super) fn paid() -> Vec<Event> {
        let authorization = "auth_1".parse().unwrap();
        vec![Event::Begun, Event::Reserved, Event::Authorized { authorization }, Event::Confirmed]
    }

    fn movement(id: u128, kind: MovementKind, minor_units: i64) -> Movement {
        let (id, amount) = (MovementId::new(uuid::Uuid::from_u128(id)), Money::new(minor_units, Currency::GBP));
        Movement { id, kind, amount }
    }

    pub(in super::super) fn capture(id: u128, minor_units: i64, is_last: bool) -> Movement {
        movement(id, MovementKind::Capture { is_last }, minor_units)
    }

    pub(in super::super) fn release(id: u128, minor_units: i64) -> Movement {
        movement(id, MovementKind::Release, minor_units)
    }

    pub(in super::super) fn refund(id: u128, minor_units: i64) -> Movement {
        movement(id, MovementKind::refund("broken".parse().unwrap()), minor_units)
    }

    fn deed(kind: DeedKind, at_s: i64, movement: Option<MovementId>) -> Deed {
        let (by, subject) = ("olga@example.com".parse().unwrap(), "CG-7K4M2-P9QX1".parse().unwrap());
        Deed { done_at: after_s(at_s), by, kind, subject, movement, reason: None }
    }

    /// Each happening as its moment, in seconds, whether an operator did it, and how often.
    fn told(found: &[Happening]) -> Vec<(Option<i64>, bool, u32)> {
        let seconds = |at: Timestamp| at.as_second() - after_s(0).as_second();
        found.iter().map(|one| (one.at.map(seconds), one.by.is_some(), one.times)).collect()
    }

    #[test]
    fn money_moves_at_the_moment_of_its_posting_and_by_who_asked_for_it() {
        let (taken, given) = (capture(1, 20_00, false), refund(2, 5_00));
        let mut log = paid();
        for movement in [&taken, &given] {
            log.push(Event::MovementRequested { movement: movement.clone() });
            log.push(Event::Moved { movement: movement.clone() });
        }
        let moved_at = [(taken.id, after_s(5)), (given.id, after_s(8))];
        // The capture was asked for on the command line.
        let deeds = [deed(DeedKind::Refunded, 7, Some(given.id))];
        let found = happenings(&order(OrderState::Confirmed), &log, &moved_at, &deeds);
        let at = |seconds| Some(seconds);
        assert_eq!(
            told(&found),
            [
                (at(0), false, 1),
                (None, false, 1),
                (at(1), false, 1),
                (None, false, 1),
                (at(5), false, 1),
                (at(7), true, 1),
                (at(8), false, 1),
            ]
        );
    }

    #[test]
    fn what_an_operator_did_stands_where_it_belongs() {
        let silent = vec![Event::Unanswered; 31];
        let log = [paid(), vec![Event::CancellationRequested], silent, vec![Event::Resumed, Event::Voided]].concat();
        let deeds = [deed(DeedKind::Cancelled, 9, None), deed(DeedKind::Resumed, 60, None)];
        let found = happenings(&order(OrderState::Cancelling), &log, &[], &deeds);
        let rest = &found[3..];
        assert_eq!(
            told(rest),
            [(Some(9), true, 1), (None, false, 31), (None, false, 1), (None, false, 1), (Some(60), true, 1),]
        );
        assert_eq!(rest[4].what, Happened::Deed(DeedKind::Resumed));
        // A shopper who cancels is no operator.
        let found = happenings(&order(OrderState::Cancelling), &log, &[], &[]);
        assert_eq!(told(&found[3..4]), [(Some(9), false, 1)]);
    }

    #[test]
    fn an_order_is_sent_by_who_asked_for_it_also_at_the_second_attempt() {
        let (refused, taken) = (capture(1, 28_45, true), capture(2, 28_45, true));
        let asked = |capture: &Movement| Event::DispatchRequested { capture: Some(capture.clone()) };
        let more = [
            asked(&refused),
            Event::MovementRefused { movement: refused.clone() },
            asked(&taken),
            Event::Moved { movement: taken.clone() },
            Event::Dispatched,
        ];
        let deeds = [
            deed(DeedKind::Sent, 20, Some(refused.id)),
            deed(DeedKind::Sent, 30, Some(taken.id)),
            deed(DeedKind::Delivered, 90, None),
        ];
        let sent = Order { reached: vec![(OrderState::Shipped, after_s(32))], ..order(OrderState::Delivered) };
        let found = happenings(&sent, &[paid(), more.to_vec()].concat(), &[(taken.id, after_s(31))], &deeds);
        let at = |seconds| Some(seconds);
        assert_eq!(
            told(&found[3..]),
            [
                (at(20), true, 1),
                (None, false, 1),
                (at(30), true, 1),
                (at(31), false, 1),
                (at(32), false, 1),
                (at(90), true, 1),
            ]
        );
        assert_eq!(found[8].what, Happened::Deed(DeedKind::Delivered));
    }
}
