use super::*;

fn dispatch_of(capture: Option<&Movement>) -> Event {
    Event::DispatchRequested { capture: capture.cloned() }
}

#[test]
fn what_is_held_is_captured_before_the_goods_leave() {
    let capture = movement(1, MovementKind::Capture { is_last: true });
    let mut saga = confirmed();
    let asked = saga.on(&dispatch_of(Some(&capture)));
    assert!(matches!(asked.as_slice(), [Command::Move { pause_ms: 0, .. }]));
    assert_eq!((saga.on(&Event::Dispatched), saga.outcome()), (vec![], None), "it is not charged yet");
    assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Move { pause_ms: 200, .. }]));
    assert_eq!(saga.on(&Event::Moved { movement: capture.clone() }), [Command::Dispatch]);
    // Its order takes the amounts in now, and nothing else is done with it.
    assert_eq!(saga.tally().map(Tally::captured_minor_units), Some(100));
    assert!(!saga.is_at_rest());
    for early in [dispatch_of(None), Event::CancellationRequested, Event::Moved { movement: capture.clone() }] {
        assert_eq!(saga.on(&early), [], "{early:?}");
    }
    assert_eq!(saga.on(&Event::Dispatched), []);
    assert_eq!((saga.outcome(), saga.is_at_rest()), (Some(&Outcome::Confirmed), true));
    let refund = movement(2, MovementKind::refund("broken".parse().unwrap()));
    assert!(matches!(saga.on(&Event::MovementRequested { movement: refund }).as_slice(), [Command::Move { .. }]));
}

#[test]
fn what_has_nothing_to_be_captured_leaves_at_once_and_only_once() {
    let mut saga = confirmed();
    assert!(saga.waits_to_be_sent());
    assert_eq!(saga.on(&dispatch_of(None)), [Command::Dispatch]);
    assert_eq!(saga.on(&Event::Dispatched), []);
    let sent = saga.clone();
    // Nothing of it was charged, and still it has left.
    for late in [dispatch_of(None), Event::Dispatched, Event::CancellationRequested, address_changed(1)] {
        assert_eq!((saga.on(&late), &saga), (vec![], &sent), "{late:?}");
    }
    assert!(saga.is_at_rest() && !saga.waits_to_be_sent());
}

#[test]
fn what_cannot_be_captured_is_not_sent() {
    let capture = movement(1, MovementKind::Capture { is_last: true });
    let mut saga = confirmed();
    saga.on(&dispatch_of(Some(&capture)));
    assert_eq!(saga.on(&Event::MovementRefused { movement: capture.clone() }), []);
    assert!(saga.waits_to_be_sent());
    // An operator saw that nothing moved at a gateway that never answered.
    saga.on(&dispatch_of(Some(&capture)));
    for _ in 0..=MAX_GATEWAY_QUESTIONS {
        saga.on(&Event::Unanswered);
    }
    assert_eq!(saga.on(&Event::SettledByHand), []);
    assert!(saga.waits_to_be_sent());
    // One that answers after all is asked for the same again, and then the goods leave.
    saga.on(&dispatch_of(Some(&capture)));
    for _ in 0..=MAX_GATEWAY_QUESTIONS {
        saga.on(&Event::Unanswered);
    }
    assert!(matches!(saga.on(&Event::Resumed).as_slice(), [Command::Move { .. }]));
    assert_eq!(saga.on(&Event::Moved { movement: capture }), [Command::Dispatch]);
}

#[test]
fn only_what_stands_and_is_at_rest_is_sent() {
    for log in not_at_rest() {
        let mut saga = Saga::replay(&log);
        assert_eq!(saga.on(&dispatch_of(None)), [], "{log:?}");
        assert_eq!(saga, Saga::replay(&log));
    }
}

#[test]
fn a_dispatch_in_a_log_reads_back_and_goes_on_where_it_was() {
    let capture = movement(1, MovementKind::Capture { is_last: true });
    let mut log = stands(&[dispatch_of(Some(&capture))]);
    let reread = |log: &[Event]| serde_json::from_str::<Vec<Event>>(&serde_json::to_string(log).unwrap()).unwrap();
    assert_eq!(reread(&log), log);
    assert!(matches!(Saga::replay(&reread(&log)).pending().as_slice(), [Command::Move { pause_ms: 0, .. }]));
    log.push(Event::Moved { movement: capture });
    assert_eq!(Saga::replay(&reread(&log)).pending(), [Command::Dispatch]);
    log.extend([Event::Dispatched, dispatch_of(None)]);
    assert_eq!(reread(&log), log);
    assert_eq!(Saga::replay(&log).pending(), []);
}
