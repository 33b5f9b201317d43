use super::*;

#[test]
fn what_was_given_up_is_let_go_of_as_soon_as_the_gateway_answers() {
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved, Event::Unanswered]);
    assert!(saga.can_be_given_up());
    assert_eq!(saga.on(&Event::GivenUp), [Command::AskGateway { pause_ms: 200 }]);
    assert_eq!(saga.on(&Event::GivenUp), [], "once is enough");
    assert_eq!(saga.on(&Event::NeverHeard), [Command::Authorize]);
    assert_eq!(saga.on(&authorized()), [void(0)]);
    assert_eq!(saga.on(&Event::Unanswered), [void(200)]);
    assert_eq!(saga.on(&Event::Voided), [Command::Release]);
    saga.on(&Event::Released);
    assert_eq!(saga.outcome(), Some(&Outcome::Declined { reason: DeclineReason::TooLate }));
}

#[test]
fn only_what_is_not_paid_is_given_up() {
    let declined = Event::Declined { reason: DeclineReason::Declined };
    let voiding = [Event::Begun, Event::Reserved, authorized(), Event::Confirmed, Event::CancellationRequested];
    let logs: [&[Event]; 5] = [
        &[],
        &[Event::Begun],
        &[Event::Begun, Event::Reserved, declined],
        &[Event::Begun, Event::Reserved, authorized(), Event::Confirmed],
        &voiding,
    ];
    for log in logs {
        let mut saga = Saga::replay(log);
        assert!(!saga.can_be_given_up());
        assert_eq!(saga.on(&Event::GivenUp), []);
        assert_eq!(saga, Saga::replay(log));
    }
    // What the bank holds already is let go of at once.
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved, authorized()]);
    assert_eq!(saga.on(&Event::GivenUp), [void(0)]);
}

#[test]
fn what_is_set_aside_is_given_up_and_asks_on_only_when_it_is_resumed() {
    let mut log = vec![Event::Begun, Event::Reserved];
    log.extend(vec![Event::Unanswered; MAX_GATEWAY_QUESTIONS as usize + 1]);
    let mut saga = Saga::replay(&log);
    assert_eq!(saga.on(&Event::GivenUp), [Command::SetAside]);
    assert_eq!(saga.on(&Event::Resumed), [Command::AskGateway { pause_ms: 200 }]);
    assert_eq!(saga.on(&authorized()), [void(0)]);
    for _ in 0..MAX_GATEWAY_QUESTIONS {
        saga.on(&Event::Unanswered);
    }
    assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
    assert!(!saga.can_be_given_up());
    assert_eq!(saga.on(&Event::Resumed), [void(200)]);
}

#[test]
fn what_is_settled_by_hand_ends_without_the_gateway() {
    let unanswered = || vec![Event::Unanswered; MAX_GATEWAY_QUESTIONS as usize + 1];
    let mut log = vec![Event::Begun, Event::Reserved];
    assert_eq!(Saga::replay(&log).on(&Event::SettledByHand), [], "only what is set aside");
    log.extend(unanswered());
    assert_eq!(Saga::replay(&log).on(&Event::SettledByHand), [Command::Release]);
    let mut log = vec![Event::Begun, Event::Reserved, authorized(), Event::Confirmed, Event::CancellationRequested];
    assert_eq!(Saga::replay(&log).on(&Event::SettledByHand), []);
    log.extend(unanswered());
    assert_eq!(Saga::replay(&log).on(&Event::SettledByHand), [Command::Cancel]);
}

#[test]
fn a_challenge_is_given_up_with_the_purchase() {
    let mut saga = challenged();
    assert!(saga.can_be_given_up());
    assert_eq!(saga.on(&Event::GivenUp), [void(0)]);
    assert_eq!((saga.on(&Event::GivenUp), saga.on(&authorized())), (vec![], vec![]));
    assert_eq!(saga.on(&Event::Voided), [Command::Release]);
    // One that comes after the purchase was given up waits for nobody.
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved, Event::Unanswered, Event::GivenUp]);
    assert_eq!(saga.on(&Event::Challenged { challenge: challenge(), until: UNTIL }), [void(0)]);
}

#[test]
fn a_movement_that_is_settled_by_hand_has_moved_nothing() {
    let mut saga = confirmed();
    saga.on(&Event::MovementRequested { movement: movement(1, MovementKind::Capture { is_last: true }) });
    for _ in 0..=MAX_GATEWAY_QUESTIONS {
        saga.on(&Event::Unanswered);
    }
    assert!(saga.is_set_aside() && !saga.can_be_given_up());
    assert_eq!(saga.on(&Event::SettledByHand), []);
    assert_eq!((saga.is_at_rest(), saga.tally().map(Tally::captured_minor_units)), (true, Some(0)));
}
