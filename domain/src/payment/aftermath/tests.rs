use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::payment::ledger::{Account, Layer, Posting};
use crate::payment::{Movement, MovementKind};
use crate::pricing::Currency;

fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

fn told(movement: Option<u128>, is_failed: bool) -> ToldRefund {
    let movement = movement.map(|id| MovementId::new(Uuid::from_u128(id)));
    ToldRefund { id: "re_1".parse().unwrap(), movement, amount: pounds(5_00), is_failed }
}

fn movement(id: u128) -> Movement {
    let kind = MovementKind::refund("broken".parse().unwrap());
    Movement { id: MovementId::new(Uuid::from_u128(id)), kind, amount: pounds(5_00) }
}

#[test]
fn a_refund_is_known_failed_or_somebody_elses() {
    let asked = Event::MovementRequested { movement: movement(1) };
    let moved = Event::Moved { movement: movement(1) };
    let refused = Event::MovementRefused { movement: movement(1) };
    let other = Event::Moved { movement: movement(2) };
    for (log, is_failed, verdict) in [
        (vec![asked.clone()], false, RefundVerdict::Wait),
        (vec![asked.clone(), Event::Unanswered], true, RefundVerdict::Wait),
        (vec![asked.clone(), moved.clone()], false, RefundVerdict::Known),
        (vec![asked.clone(), moved, other.clone()], true, RefundVerdict::Failed),
        (vec![asked, refused], true, RefundVerdict::Known),
        (vec![other.clone()], false, RefundVerdict::Elsewhere),
        (vec![other.clone()], true, RefundVerdict::Known),
    ] {
        assert_eq!(told(Some(1), is_failed).verdict(&log), verdict, "{log:?}");
    }
    assert_eq!(told(None, false).verdict(std::slice::from_ref(&other)), RefundVerdict::Elsewhere);
    assert_eq!(told(None, true).verdict(&[other]), RefundVerdict::Known);
}

#[test]
fn every_name_reads_back() {
    for state in LateRefundState::ALL {
        assert_eq!(LateRefundState::from_parameter(state.parameter()), Some(state));
    }
    for state in DisputeState::ALL {
        assert_eq!(DisputeState::from_parameter(state.parameter()), Some(state));
    }
}

fn dispute(state: DisputeState, is_inquiry: bool) -> ToldDispute {
    let (id, reason) = ("dp_1".parse().unwrap(), "fraudulent".parse().unwrap());
    ToldDispute { id, amount: pounds(28_45), state, is_inquiry, reason, answer_by: None, is_refundable: is_inquiry }
}

#[test]
fn a_reason_is_told_in_words_of_the_house_and_an_unknown_one_as_it_is() {
    let words = |raw: &str| raw.parse::<DisputeReason>().unwrap().in_words();
    assert_eq!(words("fraudulent"), "The cardholder says that somebody else paid with the card");
    assert_eq!(words("grudge_of_old"), "Unknown: grudge of old");
    assert_eq!(words(DisputeReason::UNKNOWN), "Unknown");
}

#[test]
fn what_nobody_knows_posts_nothing_until_it_is_known_again() {
    for is_taken in [false, true] {
        assert!(turns(is_taken, false, &dispute(DisputeState::Unknown, false)).is_empty());
    }
    let won = turns(false, false, &dispute(DisputeState::Won, false));
    assert_eq!(won, [DisputeTurn::Taken, DisputeTurn::Returned]);
    assert!(DisputeState::Unknown.waits_for_store() && !DisputeState::Unknown.is_closed());
}

#[test]
fn a_bank_that_only_asks_does_so_until_it_is_closed() {
    assert!(dispute(DisputeState::UnderReview, true).is_open_question());
    assert!(!dispute(DisputeState::Won, true).is_open_question());
    assert!(!dispute(DisputeState::NeedsAnswer, false).is_open_question());
}

#[test]
fn an_inquiry_takes_nothing_until_it_is_lost() {
    for state in [DisputeState::NeedsAnswer, DisputeState::UnderReview, DisputeState::Won] {
        assert!(turns(false, false, &dispute(state, true)).is_empty(), "{state:?}");
    }
    let lost = turns(false, false, &dispute(DisputeState::Lost, true));
    assert_eq!(lost, [DisputeTurn::Taken, DisputeTurn::Lost]);
}

proptest! {
    /// However often and in whatever order it is told, money that was taken for a dispute is the store's again or lost
    /// once, and what all accounts have together is nothing.
    #[test]
    fn a_dispute_is_taken_once_and_ends_once(
        tellings in prop::collection::vec((prop::sample::select(DisputeState::ALL.to_vec()), any::<bool>()), 0..12),
    ) {
        let (mut is_taken, mut is_closed) = (false, false);
        let mut books = Vec::new();
        for (state, is_inquiry) in tellings {
            let told = dispute(state, is_inquiry);
            for turn in turns(is_taken, is_closed, &told) {
                is_taken |= turn == DisputeTurn::Taken;
                books.push(Posting::dispute(turn, told.amount).unwrap());
            }
            is_closed |= state.is_closed();
        }
        let sum = |account| {
            let entries = books.iter().flat_map(Posting::entries);
            let alike = entries.filter(|entry| entry.account == account && entry.layer == Layer::Posted);
            alike.map(|entry| entry.amount.minor_units()).sum::<i64>()
        };
        let sums = [Account::Gateway, Account::Disputed, Account::Chargebacks].map(sum);
        prop_assert_eq!(sums.iter().sum::<i64>(), 0);
        let allowed = [[0, 0, 0], [-28_45, 28_45, 0], [-28_45, 0, 28_45]];
        prop_assert!(allowed.contains(&sums), "{:?}", sums);
        prop_assert!(!is_closed || sums[1] == 0);
    }

    /// What failed is owed until it went back again, or was paid in another way.
    #[test]
    fn a_failed_refund_is_owed_until_it_is_paid(amount in 1_i64..1_000_000, by_hand: bool) {
        let mut books = vec![Posting::refund_failure(pounds(amount)).unwrap()];
        let sums = |books: &[Posting]| [Account::Gateway, Account::Payable, Account::Bank].map(|account| {
            let entries = books.iter().flat_map(Posting::entries);
            entries.filter(|entry| entry.account == account).map(|entry| entry.amount.minor_units()).sum::<i64>()
        });
        prop_assert_eq!(sums(&books), [amount, -amount, 0]);
        books.push(if by_hand { Posting::repayment(pounds(-amount)) } else { Posting::refund_repeat(pounds(amount)) }.unwrap());
        prop_assert_eq!(sums(&books), if by_hand { [amount, 0, -amount] } else { [0, 0, 0] });
    }
}
