use super::*;
use proptest::prelude::*;

fn intent(payment_method: &str) -> Intent {
    Intent {
        id: "pi_1".into(),
        key: None,
        hash: String::new(),
        order_reference: None,
        metadata: "{}".into(),
        amount_minor_units: 100,
        currency: Currency::GBP,
        captures_itself: false,
        payment_method: Some(payment_method.into()),
        return_url: Some("https://shop.example/back".into()),
        first_status: IntentStatus::RequiresConfirmation,
        status: IntentStatus::RequiresConfirmation,
        decline_code: None,
        captured_minor_units: 0,
        refunded_minor_units: 0,
        created_seconds: 0,
    }
}

const CONFIRM: Change = Change::Confirm { payment_method: None, return_url: None };

fn capture(amount: i64, is_final: bool) -> Change {
    Change::Capture { amount: Some(WireAmount::new(amount)), is_final }
}

#[test]
fn money_is_captured_and_refunded_in_parts() {
    let mut intent = intent("pm_card_visa");
    assert!(intent.apply(&capture(1, true)).is_err());
    intent.apply(&CONFIRM).unwrap();
    assert_eq!(intent.to_json("")["amount_capturable"], 100);
    intent.apply(&capture(30, false)).unwrap();
    assert_eq!(intent.to_json("")["amount_capturable"], 70);
    assert!(intent.apply(&capture(71, true)).is_err());
    intent.apply(&capture(20, true)).unwrap();
    assert_eq!((intent.status, intent.to_json("")["amount_capturable"].clone()), (IntentStatus::Succeeded, 0.into()));
    let refund = |amount: Option<i64>| Change::Refund { amount: amount.map(WireAmount::new) };
    intent.apply(&refund(Some(15))).unwrap();
    assert!(intent.apply(&refund(Some(36))).is_err());
    intent.apply(&refund(None)).unwrap();
    assert_eq!((intent.refunded_minor_units, intent.apply(&refund(None)).is_err()), (50, true));
}

#[test]
fn what_is_cancelled_after_a_capture_lets_go_of_the_rest_and_gives_nothing_back() {
    let mut intent = intent("pm_card_visa");
    intent.apply(&CONFIRM).unwrap();
    intent.apply(&capture(30, false)).unwrap();
    intent.apply(&Change::Cancel).unwrap();
    let shown = intent.to_json("");
    assert_eq!((intent.status, shown["amount_capturable"].clone()), (IntentStatus::Succeeded, 0.into()));
    assert_eq!((intent.captured_minor_units, intent.refunded_minor_units), (30, 0));
    assert!(intent.apply(&Change::Cancel).is_err() && intent.apply(&capture(1, true)).is_err());
    intent.apply(&Change::Refund { amount: None }).unwrap();
}

#[test]
fn amounts_are_told_and_taken_as_stripe_counts_them() {
    let mut intent = Intent { currency: Currency::ISK, ..intent("pm_card_visa") };
    intent.apply(&CONFIRM).unwrap();
    assert_eq!(intent.to_json("")["amount"], 10_000);
    assert!(intent.apply(&capture(50, false)).is_err(), "half a króna");
    intent.apply(&capture(3_000, true)).unwrap();
    assert_eq!((intent.captured_minor_units, intent.to_json("")["amount_received"].clone()), (30, 3_000.into()));
}

#[test]
fn what_is_noted_stands_beside_what_there_is() {
    let mut intent = Intent { metadata: r#"{"order":"1","movement":"2"}"#.into(), ..intent("pm_card_visa") };
    intent.note([("movement".to_owned(), Value::from("3"))].into_iter().collect());
    assert_eq!(intent.to_json("")["metadata"], json!({ "order": "1", "movement": "3" }));
}

#[test]
fn a_challenge_is_answered_once_and_a_refused_one_may_try_another_card() {
    let mut intent = intent("pm_card_authenticationRequired");
    intent.apply(&CONFIRM).unwrap();
    let shown = intent.to_json("/sandbox");
    assert_eq!(shown["next_action"]["redirect_to_url"]["url"], "/sandbox/challenges/pi_1");
    intent.apply(&Change::Answer { confirms: false }).unwrap();
    assert_eq!(intent.to_json("")["last_payment_error"]["code"], AUTHENTICATION_FAILURE);
    assert!(intent.apply(&Change::Answer { confirms: true }).is_err());
    intent.apply(&Change::Confirm { payment_method: Some("pm_card_visa".into()), return_url: None }).unwrap();
    assert_eq!((intent.status, intent.decline_code.as_deref()), (IntentStatus::RequiresCapture, None));
}

proptest! {
    #[test]
    fn whatever_is_asked_no_money_appears(
        changes in prop::collection::vec((0_u8..6, 1_i64..150, any::<bool>()), 0..20),
        token in prop::sample::select(vec!["pm_card_visa", "pm_card_authenticationRequired", "pm_card_visa_chargeDeclined"]),
    ) {
        let mut intent = intent(token);
        for (which, amount, flag) in changes {
            let change = match which {
                0 => CONFIRM,
                1 => capture(amount, flag),
                2 => Change::Cancel,
                3 => Change::Refund { amount: Some(WireAmount::new(amount)) },
                4 => Change::Refund { amount: None },
                _ => Change::Answer { confirms: flag },
            };
            let before = intent.clone();
            if intent.apply(&change).is_err() {
                prop_assert_eq!(&intent, &before);
            }
            prop_assert!((0..=intent.captured_minor_units).contains(&intent.refunded_minor_units));
            prop_assert!(intent.captured_minor_units <= intent.amount_minor_units);
            let was_canceled = before.status == IntentStatus::Canceled;
            prop_assert!(!was_canceled || intent.status == IntentStatus::Canceled);
        }
    }
}
