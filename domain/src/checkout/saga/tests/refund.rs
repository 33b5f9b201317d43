use super::*;

fn capture() -> Movement {
    movement(1, MovementKind::Capture { is_last: true })
}

fn refund(id: u128, minor_units: i64) -> Movement {
    let kind = MovementKind::refund("broken".parse().unwrap());
    Movement { amount: Money::new(minor_units, Currency::GBP), ..movement(id, kind) }
}

/// Asks for a movement, which is done; answers what is to be done then.
fn moves(saga: &mut Saga, moved: &Movement) -> Vec<Command> {
    saga.on(&Event::MovementRequested { movement: moved.clone() });
    saga.on(&Event::Moved { movement: moved.clone() })
}

#[test]
fn what_went_back_in_full_before_it_was_sent_is_given_back_and_closed() {
    let mut saga = confirmed();
    moves(&mut saga, &capture());
    assert_eq!((moves(&mut saga, &refund(2, 99)), saga.is_at_rest()), (vec![], true));
    assert_eq!(moves(&mut saga, &refund(3, 1)), [Command::GiveBack]);
    assert_eq!((saga.outcome(), saga.is_at_rest(), saga.waits_to_be_sent()), (None, false, false));
    // Its order takes the amounts in now, and nobody sends it.
    assert_eq!(saga.tally().map(Tally::refunded_minor_units), Some(100));
    for late in [Event::DispatchRequested { capture: None }, Event::CancellationRequested, address_changed(1)] {
        assert_eq!((saga.on(&late), saga.pending()), (vec![], vec![Command::GiveBack]), "{late:?}");
    }
    assert_eq!(saga.on(&Event::GivenBack), []);
    let closed = saga.clone();
    assert_eq!((saga.outcome(), saga.tally()), (Some(&Outcome::Refunded), None));
    for late in [Event::GivenBack, Event::DispatchRequested { capture: None }, Event::Dispatched] {
        assert_eq!((saga.on(&late), &saga), (vec![], &closed), "{late:?}");
    }
}

#[test]
fn what_was_refunded_elsewhere_counts_as_any_refund_and_only_where_the_order_is_at_rest() {
    let elsewhere = |id, minor_units| Event::RefundedElsewhere { movement: refund(id, minor_units) };
    let mut saga = confirmed();
    assert_eq!((saga.on(&elsewhere(2, 1)), saga.tally()), (vec![], confirmed().tally()), "nothing was captured");
    moves(&mut saga, &capture());
    saga.on(&Event::MovementRequested { movement: refund(3, 10) });
    saga.on(&elsewhere(4, 5));
    saga.on(&Event::Moved { movement: refund(3, 10) });
    assert_eq!(saga.tally().map(Tally::refunded_minor_units), Some(10), "it waits until the other one is done");
    assert_eq!((saga.on(&elsewhere(4, 91)), saga.is_at_rest()), (vec![], true), "more than there is");
    assert_eq!((saga.on(&elsewhere(4, 80)), saga.is_at_rest()), (vec![], true));
    assert_eq!(saga.on(&elsewhere(5, 10)), [Command::GiveBack], "with the last of it the order is closed");
    assert_eq!(saga.on(&Event::GivenBack), []);
    assert_eq!(saga.outcome(), Some(&Outcome::Refunded));
}

#[test]
fn what_is_still_held_may_be_sent_whatever_was_refunded() {
    let part = movement(1, MovementKind::Capture { is_last: false });
    let mut saga = confirmed();
    moves(&mut saga, &part);
    assert_eq!((moves(&mut saga, &refund(2, 100)), saga.is_at_rest()), (vec![], true));
    let rest = movement(3, MovementKind::Capture { is_last: true });
    assert!(matches!(saga.on(&Event::DispatchRequested { capture: Some(rest) }).as_slice(), [Command::Move { .. }]));
}

#[test]
fn what_was_sent_stays_sent_when_all_of_it_is_refunded() {
    let mut saga = confirmed();
    let capture = capture();
    saga.on(&Event::DispatchRequested { capture: Some(capture.clone()) });
    saga.on(&Event::Moved { movement: capture });
    saga.on(&Event::Dispatched);
    assert_eq!(moves(&mut saga, &refund(2, 100)), []);
    assert_eq!((saga.outcome(), saga.is_at_rest()), (Some(&Outcome::Confirmed), true));
}

#[test]
fn a_log_from_before_a_refund_closed_an_order_says_whether_it_was_sent() {
    let (capture, refund) = (capture(), refund(2, 100));
    let mut log = stands(&[]);
    for movement in [capture, refund] {
        log.extend([Event::MovementRequested { movement: movement.clone() }, Event::Moved { movement }]);
    }
    assert_eq!(Saga::replay(&log).pending(), [Command::GiveBack]);
    log.extend([Event::DispatchRequested { capture: None }, Event::Dispatched]);
    let sent = Saga::replay(&log);
    assert_eq!((sent.pending(), sent.outcome(), sent.is_at_rest()), (vec![], Some(&Outcome::Confirmed), true));
    assert!(!sent.waits_to_be_sent());
    log.truncate(log.len() - 2);
    log.push(Event::GivenBack);
    let json = serde_json::to_string(&log).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Event>>(&json).unwrap(), log);
}

fn release(id: u128, minor_units: i64) -> Movement {
    Movement { kind: MovementKind::Release, ..refund(id, minor_units) }
}

#[test]
fn what_went_back_is_closed_when_the_rest_is_let_go_of() {
    let part = movement(1, MovementKind::Capture { is_last: false });
    let mut saga = confirmed();
    moves(&mut saga, &part);
    moves(&mut saga, &refund(2, 100));
    let asked = saga.on(&Event::MovementRequested { movement: release(3, 40) });
    assert!(matches!(asked.as_slice(), [Command::Move { pause_ms: 0, .. }]));
    // A gateway that does not answer is asked again.
    assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Move { pause_ms: 200, .. }]));
    assert_eq!(saga.on(&Event::Moved { movement: release(3, 40) }), [Command::GiveBack]);
    assert_eq!(saga.on(&Event::GivenBack), []);
    assert_eq!(saga.outcome(), Some(&Outcome::Refunded));
}

#[test]
fn what_is_not_given_back_stands_when_the_rest_is_let_go_of_and_closes_with_its_refund() {
    let part = movement(1, MovementKind::Capture { is_last: false });
    let mut saga = confirmed();
    moves(&mut saga, &part);
    assert_eq!((moves(&mut saga, &release(2, 40)), saga.is_at_rest()), (vec![], true));
    assert!(saga.tally().is_some_and(Tally::is_settled));
    // It may still be sent for what was captured.
    assert_eq!(saga.clone().on(&Event::DispatchRequested { capture: None }), [Command::Dispatch]);
    assert_eq!(moves(&mut saga, &refund(3, 100)), [Command::GiveBack]);
}
