use super::*;

#[test]
fn the_rest_is_let_go_of_as_a_whole_once_and_after_a_capture() {
    let total = pounds(100);
    assert_eq!(Tally::default().check(&release(100), total), Err(MovementError::NothingCaptured));
    let part = Tally::default().after(&capture(60, false));
    assert!(part.open_to_release(total) == pounds(40) && Tally::default().open_to_release(total) == pounds(0));
    for wrong in [0, 39, 41] {
        assert_eq!(part.check(&release(wrong), total), Err(MovementError::NotTheRest { open: pounds(40) }));
    }
    let dollars = Movement { amount: Money::new(40, Currency::USD), ..release(40) };
    assert_eq!(part.check(&dollars, total), Err(MovementError::NotTheRest { open: pounds(40) }));
    assert_eq!(part.check(&release(40), total), Ok(()));
    let let_go = part.after(&release(40));
    assert_eq!((let_go.captured_minor_units(), let_go.is_settled(), let_go.is_undone()), (60, true, false));
    assert_eq!(let_go.check(&release(40), total), Err(MovementError::NotTheRest { open: pounds(0) }));
    assert!(let_go.open_to_release(total) == pounds(0) && let_go.after(&refund(60)).is_undone());
    let refunded_first = part.after(&refund(60));
    assert!(refunded_first.check(&release(40), total).is_ok() && refunded_first.after(&release(40)).is_undone());
    let (id, number) = (MovementId::new(Uuid::nil()), "CG-7K4M2-P9QX1".parse().unwrap());
    let request = MovementRequest { id, number, kind: MovementKind::Release, amount: None };
    assert_eq!(request.movement(&part, total), Ok(release(40)), "all of it, where no amount was typed");
}

#[test]
fn the_rest_is_let_go_of_however_often_money_moved_before() {
    let in_parts = (0..MAX_MOVEMENTS).fold(Tally::default(), |tally, _| tally.after(&capture(1, false)));
    assert_eq!(in_parts.check(&capture(1, false), pounds(100)), Err(MovementError::TooMany));
    assert_eq!(in_parts.check(&release(50), pounds(100)), Ok(()));
}

#[test]
fn a_request_that_comes_again_asks_for_the_same() {
    let (id, number) = (MovementId::new(Uuid::nil()), "CG-7K4M2-P9QX1".parse().unwrap());
    let request = |amount: Option<&str>| MovementRequest {
        id,
        number,
        kind: MovementKind::Capture { is_last: false },
        amount: amount.map(str::to_owned),
    };
    for same in [None, Some("20"), Some("20.00")] {
        assert!(request(same).asks_for(&capture(20_00, true)), "{same:?}");
    }
    assert!(!request(Some("19.99")).asks_for(&capture(20_00, true)));
    assert!(!request(None).asks_for(&refund(20_00)) && !request(None).asks_for(&release(20_00)));
}
