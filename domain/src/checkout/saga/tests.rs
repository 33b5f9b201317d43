mod dispatch;
mod giving_up;
mod refund;

use super::*;
use crate::payment::{MovementId, MovementKind};
use crate::pricing::{Currency, Money};

fn authorized() -> Event {
    Event::Authorized { authorization: "auth_1".parse().unwrap() }
}

fn void(pause_ms: u64) -> Command {
    Command::Void { authorization: "auth_1".parse().unwrap(), pause_ms }
}

fn challenge() -> Challenge {
    let url = "https://gateway.example/challenges/1".parse().unwrap();
    Challenge { authorization: "auth_1".parse().unwrap(), url }
}

const UNTIL: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

fn challenged() -> Saga {
    Saga::replay(&[Event::Begun, Event::Reserved, Event::Challenged { challenge: challenge(), until: UNTIL }])
}

#[test]
fn a_purchase_that_goes_well() {
    let mut saga = Saga::default();
    assert_eq!(saga.on(&Event::Begun), [Command::Reserve]);
    assert_eq!(saga.on(&Event::Reserved), [Command::Authorize]);
    assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
    assert_eq!(saga.on(&Event::Confirmed), []);
    assert_eq!(saga.outcome(), Some(&Outcome::Confirmed));
}

#[test]
fn a_timeout_is_not_a_failure() {
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved]);
    assert_eq!(saga.on(&Event::Unanswered), [Command::AskGateway { pause_ms: 200 }]);
    assert_eq!(saga.on(&Event::Unanswered), [Command::AskGateway { pause_ms: 400 }]);
    assert!(saga.waits_for_gateway());
    assert_eq!(saga.on(&Event::NeverHeard), [Command::Authorize]);
    assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
}

#[test]
fn whoever_takes_a_purchase_up_asks_what_the_gateway_holds_before_it_is_to_hold_anything() {
    for log in
        [vec![Event::Begun, Event::Reserved], vec![Event::Begun, Event::Reserved, Event::Unanswered, Event::NeverHeard]]
    {
        assert_eq!(Saga::replay(&log).pending(), [Command::Authorize]);
        let taken_up = Saga::taken_up(&log);
        assert!(matches!(taken_up.pending().as_slice(), [Command::AskGateway { .. }]), "{log:?}");
        let declined = Event::Declined { reason: DeclineReason::Declined };
        let challenged = Event::Challenged { challenge: challenge(), until: UNTIL };
        // What it hears leads to the same as if it had been stored.
        for answer in [authorized(), declined, challenged, Event::Unanswered, Event::NeverHeard, Event::GivenUp] {
            let mut saga = taken_up.clone();
            saga.on(&answer);
            let longer = [log.as_slice(), std::slice::from_ref(&answer)].concat();
            let stored = [Saga::replay(&longer), Saga::taken_up(&longer)];
            assert!(stored.contains(&saga), "{answer:?} after {log:?}");
        }
        let mut saga = taken_up;
        assert_eq!(saga.on(&Event::NeverHeard), [Command::Authorize]);
    }
    let at_once = Saga::taken_up(&[Event::Begun, Event::Reserved]);
    assert_eq!((at_once.pending(), at_once.waits_for_gateway()), (vec![Command::AskGateway { pause_ms: 0 }], false));
    // Nothing else is asked twice in another way.
    let log = [Event::Begun, Event::Reserved, authorized(), Event::Confirmed, Event::CancellationRequested];
    for events in (0..=log.len()).filter(|events| *events != 2) {
        assert_eq!(Saga::taken_up(&log[..events]), Saga::replay(&log[..events]));
    }
}

#[test]
fn a_gateway_that_never_answers_is_set_aside_after_the_limit() {
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved]);
    for _ in 0..MAX_GATEWAY_QUESTIONS {
        assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::AskGateway { pause_ms: ..=60_000 }]));
    }
    assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
    assert_eq!(saga.outcome(), None);
    assert!(saga.is_set_aside());
    assert_eq!(saga.on(&Event::Resumed), [Command::AskGateway { pause_ms: 200 }]);
    assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
}

/// The log of a purchase that went well, and of what happened then.
fn stands(then: &[Event]) -> Vec<Event> {
    [&[Event::Begun, Event::Reserved, authorized(), Event::Confirmed], then].concat()
}

fn confirmed() -> Saga {
    Saga::replay(&stands(&[]))
}

/// Logs of sagas that are not at rest, or whose order does not stand.
fn not_at_rest() -> [Vec<Event>; 6] {
    let purchase = stands(&[]);
    let capture = movement(1, MovementKind::Capture { is_last: false });
    [
        vec![],
        purchase[..2].to_vec(),
        purchase[..3].to_vec(),
        stands(&[Event::CancellationRequested]),
        stands(&[Event::CancellationRequested, Event::Voided, Event::Cancelled]),
        stands(&[Event::MovementRequested { movement: capture }]),
    ]
}

#[test]
fn a_cancellation_that_goes_well() {
    let mut saga = confirmed();
    assert_eq!(saga.on(&Event::CancellationRequested), [void(0)]);
    assert_eq!(saga.outcome(), None);
    assert!(!saga.waits_for_gateway());
    assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
    assert_eq!(saga.on(&Event::Cancelled), []);
    assert_eq!(saga.outcome(), Some(&Outcome::Cancelled));
}

#[test]
fn only_a_confirmed_order_is_cancelled() {
    let declined = Event::Declined { reason: DeclineReason::Declined };
    let logs: [&[Event]; 5] = [
        &[],
        &[Event::Begun, Event::Reserved],
        &[Event::Begun, Event::Reserved, authorized()],
        &[Event::Begun, Event::Short { shortages: vec![] }],
        &[Event::Begun, Event::Reserved, declined, Event::Released],
    ];
    for log in logs {
        let mut saga = Saga::replay(log);
        assert_eq!(saga.on(&Event::CancellationRequested), []);
        assert_eq!(saga, Saga::replay(log));
    }
}

#[test]
fn the_money_is_let_go_of_before_the_order_is_cancelled() {
    let mut saga = confirmed();
    saga.on(&Event::CancellationRequested);
    assert_eq!(saga.on(&Event::Cancelled), []);
    assert_eq!(saga.on(&Event::Unanswered), [void(200)]);
    assert!(saga.waits_for_gateway());
    assert_eq!(saga.on(&Event::Unanswered), [void(400)]);
    assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
}

#[test]
fn a_gateway_that_never_lets_go_is_set_aside_after_the_limit() {
    let mut saga = confirmed();
    saga.on(&Event::CancellationRequested);
    for _ in 0..MAX_GATEWAY_QUESTIONS {
        assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Void { pause_ms: ..=60_000, .. }]));
    }
    assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
    assert!(saga.waits_for_gateway());
    assert_eq!(saga.on(&Event::Resumed), [void(200)]);
    assert_eq!(saga.on(&Event::Voided), [Command::Cancel]);
}

#[test]
fn only_what_is_set_aside_is_resumed() {
    for log in [&[][..], &[Event::Begun, Event::Reserved], &[Event::Begun, Event::Reserved, authorized()]] {
        let mut saga = Saga::replay(log);
        assert_eq!(saga.on(&Event::Resumed), []);
        assert_eq!(saga, Saga::replay(log));
    }
    assert_eq!(confirmed().on(&Event::Resumed), []);
}

#[test]
fn duplicates_change_nothing_of_a_cancellation() {
    let mut saga = confirmed();
    for event in [Event::CancellationRequested, Event::Voided, Event::Cancelled] {
        saga.on(&event);
        assert_eq!(saga.on(&event), [], "{event:?} came again");
    }
    for late in [authorized(), Event::Unanswered, Event::Confirmed, Event::CancellationRequested, Event::Voided] {
        assert_eq!(saga.on(&late), []);
    }
    assert_eq!(saga.outcome(), Some(&Outcome::Cancelled));
}

#[test]
fn duplicates_change_nothing() {
    let mut saga = confirmed();
    for late in [Event::Begun, Event::Reserved, Event::Declined { reason: DeclineReason::Declined }, Event::Released] {
        assert_eq!(saga.on(&late), []);
    }
    assert_eq!(saga.outcome(), Some(&Outcome::Confirmed));
}

#[test]
fn a_challenge_waits_for_the_shopper_and_goes_on_as_the_bank_says() {
    let waits = [Command::AwaitShopper { challenge: challenge(), until: UNTIL }];
    let mut saga = challenged();
    assert_eq!((saga.pending(), saga.challenge(), saga.outcome()), (waits.to_vec(), Some(&challenge()), None));
    let later = Event::Challenged { challenge: challenge(), until: jiff::Timestamp::MAX };
    assert_eq!(saga.on(&later), [], "said again it lasts no longer");
    assert_eq!((saga.pending(), saga.on(&Event::CancellationRequested)), (waits.to_vec(), vec![]));
    assert!(matches!(saga.on(&authorized()).as_slice(), [Command::Confirm { .. }]));
    let mut saga = challenged();
    assert_eq!(saga.on(&Event::Declined { reason: DeclineReason::NotConfirmed }), [Command::Release]);
    saga.on(&Event::Released);
    assert_eq!(saga.outcome(), Some(&Outcome::Declined { reason: DeclineReason::NotConfirmed }));
}

#[test]
fn a_challenge_that_nobody_took_is_given_up_before_the_units_are() {
    let mut saga = challenged();
    assert_eq!(saga.on(&Event::ChallengeExpired), [void(0)]);
    assert_eq!(saga.on(&authorized()), [], "confirmed too late");
    assert_eq!(saga.on(&Event::Unanswered), [void(200)]);
    assert_eq!(saga.on(&Event::Voided), [Command::Release]);
    saga.on(&Event::Released);
    assert_eq!(saga.outcome(), Some(&Outcome::Declined { reason: DeclineReason::NotConfirmed }));
}

#[test]
fn a_challenge_may_be_what_an_unanswered_question_led_to() {
    let mut saga = Saga::replay(&[Event::Begun, Event::Reserved, Event::Unanswered]);
    let commands = saga.on(&Event::Challenged { challenge: challenge(), until: UNTIL });
    assert!(matches!(commands.as_slice(), [Command::AwaitShopper { .. }]));
}

#[test]
fn a_log_from_before_there_were_challenges_reads() {
    let log = r#"[{"event":"begun"},{"event":"reserved"},{"event":"authorized","authorization":"auth_1"},
                  {"event":"confirmed"},{"event":"cancellation_requested"}]"#;
    let log: Vec<Event> = serde_json::from_str(log).unwrap();
    assert_eq!(Saga::replay(&log).pending(), [void(0)]);
}

fn movement(id: u128, kind: MovementKind) -> Movement {
    let amount = Money::new(100, Currency::GBP);
    Movement { id: MovementId::new(uuid::Uuid::from_u128(id)), kind, amount }
}

#[test]
fn money_moves_one_movement_after_the_other() {
    let capture = movement(1, MovementKind::Capture { is_last: false });
    let refund = movement(2, MovementKind::refund("broken".parse().unwrap()));
    let mut saga = confirmed();
    let asked = saga.on(&Event::MovementRequested { movement: capture.clone() });
    assert!(matches!(asked.as_slice(), [Command::Move { pause_ms: 0, .. }]));
    assert_eq!((saga.outcome(), saga.is_at_rest()), (None, false));
    for early in [Event::MovementRequested { movement: refund.clone() }, Event::CancellationRequested] {
        assert_eq!(saga.on(&early), []);
    }
    assert_eq!(saga.on(&Event::Moved { movement: refund.clone() }), [], "that is another one");
    assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Move { pause_ms: 200, .. }]));
    saga.on(&Event::Moved { movement: capture.clone() });
    assert_eq!(saga.on(&Event::Moved { movement: capture }), []);
    assert_eq!(saga.tally().map(Tally::captured_minor_units), Some(100));
    assert_eq!((saga.on(&Event::CancellationRequested), saga.is_at_rest()), (vec![], true), "it is refunded instead");
    saga.on(&Event::MovementRequested { movement: refund.clone() });
    saga.on(&Event::MovementRefused { movement: refund.clone() });
    assert_eq!(saga.tally().map(Tally::refunded_minor_units), Some(0));
    let again = movement(3, refund.kind);
    saga.on(&Event::MovementRequested { movement: again.clone() });
    saga.on(&Event::Moved { movement: again });
    assert_eq!(saga.tally().map(Tally::refunded_minor_units), Some(100));
    assert_eq!(saga.outcome(), Some(&Outcome::Confirmed));
}

#[test]
fn whoever_takes_a_movement_up_asks_what_came_of_it_before_it_is_asked_for_again() {
    let (capture, other) =
        (MovementKind::Capture { is_last: false }, movement(1, MovementKind::Capture { is_last: false }));
    let asked = Event::MovementRequested { movement: movement(2, capture) };
    let moved = [Event::MovementRequested { movement: other.clone() }, Event::Moved { movement: other.clone() }];
    let mut log = stands(&[&moved[..], &[asked]].concat());
    let resumes = |saga: &Saga| match saga.pending().as_slice() {
        [Command::Move { resumes, .. }] => *resumes,
        commands => panic!("{commands:?}"),
    };
    let moved = Some(Tally::default().after(&other));
    // Whoever asks just now asks for the first time, and knows how often since.
    for _ in 0..=MAX_GATEWAY_QUESTIONS {
        assert_eq!((resumes(&Saga::replay(&log)), resumes(&Saga::taken_up(&log))), (None, moved));
        let (mut taken_up, mut known) = (Saga::taken_up(&log), Saga::replay(&log));
        log.push(Event::Unanswered);
        taken_up.on(&Event::Unanswered);
        known.on(&Event::Unanswered);
        assert_eq!((taken_up, known), (Saga::taken_up(&log), Saga::replay(&log)));
    }
    // An operator may have looked days later.
    log.push(Event::Resumed);
    assert_eq!(resumes(&Saga::replay(&log)), moved);
}

#[test]
fn a_gateway_that_never_moves_the_money_is_set_aside_after_the_limit() {
    let mut saga = confirmed();
    saga.on(&Event::MovementRequested { movement: movement(1, MovementKind::Capture { is_last: true }) });
    for _ in 0..MAX_GATEWAY_QUESTIONS {
        assert!(matches!(saga.on(&Event::Unanswered).as_slice(), [Command::Move { pause_ms: ..=60_000, .. }]));
    }
    assert_eq!(saga.on(&Event::Unanswered), [Command::SetAside]);
    assert!(matches!(saga.on(&Event::Resumed).as_slice(), [Command::Move { pause_ms: 200, .. }]));
}

const fn address_changed(version: u32) -> Event {
    Event::AddressChanged { version: AddressVersion(version) }
}

#[test]
fn an_address_changes_version_by_version_while_the_order_is_at_rest() {
    let mut saga = confirmed();
    for version in 1..=2 {
        assert_eq!((saga.on(&address_changed(version)), saga.address_version()), (vec![], AddressVersion(version)));
        assert!(saga.is_at_rest());
    }
    for other in [0, 1, 2, 4] {
        let before = saga.clone();
        assert_eq!(saga.on(&address_changed(other)), []);
        assert_eq!(saga, before, "version {other} is a duplicate or comes too early");
    }
    // It is in the way of nothing that happens later.
    assert_eq!(saga.on(&Event::CancellationRequested), [void(0)]);
    saga.on(&Event::Voided);
    saga.on(&Event::Cancelled);
    assert_eq!((saga.outcome(), saga.address_version()), (Some(&Outcome::Cancelled), AddressVersion(2)));
}

#[test]
fn an_address_stays_before_the_order_stands_and_once_anything_is_done_with_it() {
    let capture = movement(1, MovementKind::Capture { is_last: false });
    let asked = Event::MovementRequested { movement: capture.clone() };
    let charged = stands(&[asked.clone(), Event::Moved { movement: capture.clone() }]);
    for log in not_at_rest().into_iter().chain([charged]) {
        let mut saga = Saga::replay(&log);
        assert!(!saga.waits_to_be_sent(), "{log:?}");
        assert_eq!(saga.on(&address_changed(1)), []);
        assert_eq!(saga, Saga::replay(&log));
    }
    // Where nothing was captured after all, it changes again.
    let mut saga = Saga::replay(&stands(&[asked, Event::MovementRefused { movement: capture }]));
    saga.on(&address_changed(1));
    assert_eq!(saga.address_version(), AddressVersion(1));
}
