mod release;

use super::*;
use crate::pricing::Currency;
use proptest::prelude::*;

fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

fn capture(minor_units: i64, is_last: bool) -> Movement {
    let kind = MovementKind::Capture { is_last };
    Movement { id: MovementId::new(Uuid::nil()), kind, amount: pounds(minor_units) }
}

fn refund(minor_units: i64) -> Movement {
    let kind = MovementKind::refund("broken".parse().unwrap());
    Movement { id: MovementId::new(Uuid::nil()), kind, amount: pounds(minor_units) }
}

fn release(minor_units: i64) -> Movement {
    Movement { kind: MovementKind::Release, ..capture(minor_units, true) }
}

#[test]
fn each_amount_has_its_limits() {
    let (total, tally) = (pounds(100), Tally::default());
    assert_eq!(tally.check(&capture(100, true), total), Ok(()));
    assert_eq!(tally.check(&capture(101, true), total), Err(MovementError::CaptureTooLarge { open: total }));
    assert_eq!(tally.check(&capture(0, true), total), Err(MovementError::Amount));
    assert_eq!(tally.check(&refund(1), total), Err(MovementError::RefundTooLarge { open: pounds(0) }));
    let dollars = Movement { amount: Money::new(1, Currency::USD), ..capture(1, true) };
    assert_eq!(tally.check(&dollars, total), Err(MovementError::Amount));
    let part = tally.after(&capture(60, false));
    assert_eq!((part.open_to_capture(total), part.open_to_refund(total)), (pounds(40), pounds(60)));
    let settled = part.after(&capture(10, true));
    assert_eq!(settled.check(&capture(1, true), total), Err(MovementError::CaptureTooLarge { open: pounds(0) }));
    assert_eq!(settled.check(&refund(70), total), Ok(()));
    assert_eq!(settled.check(&refund(71), total), Err(MovementError::RefundTooLarge { open: pounds(70) }));
}

#[test]
fn what_was_captured_is_given_back_with_its_last_part() {
    let captured = Tally::default().after(&capture(60, true));
    assert!(!Tally::default().is_given_back() && !captured.is_given_back());
    let part = captured.after(&refund(59));
    assert!(!part.is_given_back() && part.after(&refund(1)).is_given_back());
}

#[test]
fn a_purchase_is_undone_when_nothing_is_left_to_capture_and_all_went_back() {
    let total = pounds(100);
    let asked = |tally: &Tally, movement: &Movement| {
        tally.movement(movement.id, movement.kind.clone(), movement.amount, total).unwrap()
    };
    let part = Tally::default().after(&asked(&Tally::default(), &capture(60, false)));
    assert!(!part.after(&refund(60)).is_undone(), "the rest is held");
    // Whoever captures the rest has captured all, also when they want the rest to stay held.
    let all = part.after(&asked(&part, &capture(40, false)));
    assert!(all.is_settled() && !all.after(&refund(99)).is_undone());
    assert!(all.after(&refund(99)).after(&refund(1)).is_undone());
    let let_go = Tally::default().after(&asked(&Tally::default(), &capture(60, true)));
    assert!(let_go.after(&refund(60)).is_undone());
}

#[test]
fn an_amount_is_typed_in_the_currency_of_the_order_or_is_all_that_is_open() {
    let (total, tally) = (pounds(10_00), Tally::default().after(&capture(4_00, false)));
    let asked = |kind: &MovementKind, typed: Option<&str>| {
        let (id, number) = (MovementId::new(Uuid::nil()), "CG-7K4M2-P9QX1".parse().unwrap());
        let request = MovementRequest { id, number, kind: kind.clone(), amount: typed.map(str::to_owned) };
        request.movement(&tally, total).map(|movement| movement.amount.minor_units())
    };
    let (capture, refund) = (capture(1, true).kind, refund(1).kind);
    assert_eq!((asked(&capture, None), asked(&refund, None)), (Ok(6_00), Ok(4_00)));
    assert_eq!((asked(&capture, Some(" 6 ")), asked(&refund, Some("3.9"))), (Ok(6_00), Ok(3_90)));
    for wrong in ["", "0", "-1", "1,50", "1.005", "£1", "one", "99999999999999999999"] {
        assert_eq!(asked(&refund, Some(wrong)), Err(MovementError::Amount), "{wrong}");
    }
    assert_eq!(asked(&refund, Some("4.01")), Err(MovementError::RefundTooLarge { open: pounds(4_00) }));
}

#[test]
fn the_last_movement_but_one_fits_and_the_last_one_does_not() {
    let captured = Tally::default().after(&capture(100, true));
    let after = |count| (1..count).fold(captured, |tally, _| tally.after(&refund(1)));
    assert_eq!(after(MAX_MOVEMENTS - 1).check(&refund(1), pounds(100)), Ok(()));
    assert_eq!(after(MAX_MOVEMENTS).check(&refund(1), pounds(100)), Err(MovementError::TooMany));
}

#[test]
fn the_rest_is_captured_once_and_however_often_money_moved_before() {
    let (total, id) = (pounds(100), MovementId::new(Uuid::nil()));
    let of = |tally: &Tally| tally.capture_of_rest(id, total);
    let in_parts = (0..MAX_MOVEMENTS).fold(Tally::default(), |tally, _| tally.after(&capture(1, false)));
    for (tally, rest) in [(Tally::default(), 100), (in_parts, 50)] {
        let captured = of(&tally).unwrap();
        assert_eq!(captured, capture(rest, true));
        assert_eq!(of(&tally.after(&captured)), None);
    }
    let let_go = Tally::default().after(&capture(60, true));
    assert_eq!((of(&let_go), Tally::default().capture_of_rest(id, pounds(0))), (None, None));
}

#[test]
fn a_movement_in_a_log_reads_back() {
    for movement in [capture(5, false), refund(5), release(5)] {
        let json = serde_json::to_string(&movement).unwrap();
        assert_eq!(serde_json::from_str::<Movement>(&json).unwrap(), movement);
    }
}

proptest! {
    #[test]
    fn never_more_goes_than_came(amounts in prop::collection::vec((1_i64..80, 0_u8..7, any::<bool>()), 0..30)) {
        let (total, mut tally) = (pounds(200), Tally::default());
        for (minor_units, which, is_last) in amounts {
            let is_capture = which < 3;
            let movement = match which {
                0..=2 => capture(minor_units, is_last),
                3..=5 => refund(minor_units),
                _ => release(tally.open_to_capture(total).minor_units()),
            };
            let was_settled = tally.is_settled();
            if tally.check(&movement, total).is_ok() {
                prop_assert!(!(was_settled && is_capture));
                tally = tally.after(&movement);
            }
            prop_assert!(0 <= tally.refunded_minor_units() && tally.refunded_minor_units() <= tally.captured_minor_units());
            prop_assert!(tally.captured_minor_units() <= total.minor_units());
        }
    }
}
