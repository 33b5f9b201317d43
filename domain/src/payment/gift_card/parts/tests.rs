use super::*;
use crate::payment::{Movement, MovementId, MovementKind, Tally};
use crate::pricing::Currency;
use proptest::prelude::*;
use uuid::Uuid;

fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

fn card(number: u128, balance: Money) -> GiftCard {
    let id = GiftCardId::new(Uuid::from_u128(number));
    GiftCard { id, tail: "7K4M".parse().unwrap(), issued: balance, balance, is_blocked: false }
}

fn amounts(parts: &GiftCardParts) -> Vec<i64> {
    parts.iter().map(|part| part.amount.minor_units()).collect()
}

fn capture(minor_units: i64, is_last: bool) -> Movement {
    Movement { id: MovementId::new(Uuid::nil()), kind: MovementKind::Capture { is_last }, amount: pounds(minor_units) }
}

fn refund(minor_units: i64) -> Movement {
    let kind = MovementKind::refund("broken".parse().unwrap());
    Movement { id: MovementId::new(Uuid::nil()), kind, amount: pounds(minor_units) }
}

#[test]
fn cards_pay_first_and_one_after_the_other() {
    let cards = [card(1, pounds(20_00)), card(2, pounds(5_00)), card(3, pounds(50_00))];
    let parts = |total| GiftCardParts::of(pounds(total), &cards);
    assert_eq!((amounts(&parts(32_30)), parts(32_30).rest_of(pounds(32_30))), (vec![20_00, 5_00, 7_30], pounds(0)));
    assert_eq!(
        (amounts(&parts(90_00)), parts(90_00).rest_of(pounds(90_00))),
        (vec![20_00, 5_00, 50_00], pounds(15_00))
    );
    assert_eq!(amounts(&parts(20_00)), [20_00]);
    assert!(parts(20_00).cover(pounds(20_00)) && !parts(75_01).cover(pounds(75_01)));
    assert!(!parts(0).cover(pounds(0)), "nothing is paid by nobody");
}

#[test]
fn a_rest_is_enough_to_be_charged_or_nothing() {
    let left = |total, balances: &[i64]| {
        let cards: Vec<GiftCard> = (1..).zip(balances).map(|(number, of)| card(number, pounds(*of))).collect();
        let (total, parts) = (pounds(total), GiftCardParts::of(pounds(total), &cards));
        (amounts(&parts), parts.rest_of(total).minor_units(), parts.kept_back(total, &cards).minor_units())
    };
    assert_eq!(left(20_30, &[20_00]), (vec![20_00], 30, 0));
    assert_eq!(left(20_29, &[20_00]), (vec![19_99], 30, 1));
    assert_eq!(left(20_01, &[20_00]), (vec![19_71], 30, 29));
    assert_eq!(left(20_00, &[20_00]), (vec![20_00], 0, 0));
    // A card that has less than is missing pays nothing, and the one before it less.
    assert_eq!(left(20_11, &[20_00, 10]), (vec![19_81], 30, 29));
    assert_eq!(left(30, &[29]), (vec![], 30, 29));
    assert_eq!(left(29, &[28]), (vec![28], 1, 0), "nothing that could be left is enough");
    assert_eq!(left(50_00, &[20_00]), (vec![20_00], 30_00, 0));
}

#[test]
fn what_can_not_pay_is_left_out() {
    let cards = [
        card(1, Money::new(50_00, Currency::EUR)),
        GiftCard { is_blocked: true, ..card(2, pounds(50_00)) },
        card(3, pounds(0)),
        card(4, pounds(1_00)),
        card(4, pounds(1_00)),
    ];
    assert_eq!(amounts(&GiftCardParts::of(pounds(10_00), &cards)), [1_00]);
}

#[test]
fn an_order_has_so_many_cards_and_no_more() {
    let cards: Vec<GiftCard> = (0..=GIFT_CARDS_PER_ORDER as u128).map(|number| card(number, pounds(1))).collect();
    assert_eq!(amounts(&GiftCardParts::of(pounds(100), &cards)), [1; GIFT_CARDS_PER_ORDER]);
    assert_eq!(amounts(&GiftCardParts::of(pounds(100), &cards[1..])), [1; GIFT_CARDS_PER_ORDER]);
}

#[test]
fn money_of_banks_moves_first_both_ways() {
    let (total, parts) = (pounds(32_30), GiftCardParts::of(pounds(32_30), &[card(1, pounds(20_00))]));
    let shares = |before, amount| {
        let shares = parts.shares(total, pounds(before), pounds(amount)).unwrap();
        (shares.charged().minor_units(), shares.on_gift_cards().minor_units())
    };
    assert_eq!(shares(0, 32_30), (12_30, 20_00));
    assert_eq!((shares(0, 10_00), shares(10_00, 10_00), shares(20_00, 12_30)), ((10_00, 0), (2_30, 7_70), (0, 12_30)));
}

#[test]
fn the_gateway_moves_its_share_and_is_done_with_it() {
    let (total, charged) = (pounds(32_30), pounds(12_30));
    let before = Tally::default();
    let first = capture(10_00, false).at_gateway(&before, charged).unwrap();
    assert_eq!(first, capture(10_00, false));
    let after = before.after(&capture(10_00, false));
    assert_eq!(capture(5_00, false).at_gateway(&after, charged), Some(capture(2_30, true)), "that is the last of it");
    let after = after.after(&capture(5_00, false));
    assert_eq!(capture(17_30, true).at_gateway(&after, charged), None);
    assert!(after.at_gateway(charged).is_settled() && !after.is_settled());
    assert_eq!(after.at_gateway(charged).captured_minor_units(), 12_30);
    let all = after.after(&capture(17_30, true));
    assert_eq!(refund(12_00).at_gateway(&all, charged), Some(refund(12_00)));
    let all = all.after(&refund(12_00));
    assert_eq!(refund(5_00).at_gateway(&all, charged), Some(refund(30)));
    assert_eq!(refund(5_00).at_gateway(&all.after(&refund(5_00)), charged), None);
    // Without gift cards it moves everything.
    assert_eq!(capture(32_30, true).at_gateway(&before, total), Some(capture(32_30, true)));
    assert_eq!(capture(1_00, true).at_gateway(&before, pounds(0)), None);
}

#[test]
fn parts_in_a_stored_order_read_back() {
    let parts = GiftCardParts::of(pounds(32_30), &[card(1, pounds(20_00))]);
    let json = serde_json::to_string(&parts).unwrap();
    assert_eq!(serde_json::from_str::<GiftCardParts>(&json).unwrap(), parts);
    assert_eq!(serde_json::from_str::<GiftCardParts>("[]").unwrap(), GiftCardParts::default());
}

fn cards() -> impl Strategy<Value = Vec<GiftCard>> {
    let one = (0_i64..300, any::<bool>(), 0_u8..8);
    prop::collection::vec(one, 0..8).prop_map(|cards| {
        let card = |(number, (balance, is_pounds, blocked)): (usize, (i64, bool, u8))| {
            let currency = if is_pounds { Currency::GBP } else { Currency::EUR };
            GiftCard { is_blocked: blocked == 0, ..card(number as u128, Money::new(balance, currency)) }
        };
        cards.into_iter().enumerate().map(card).collect()
    })
}

proptest! {
    #[test]
    fn tenders_are_the_total_and_no_card_pays_more_than_it_has(total in 0_i64..1_000, cards in cards()) {
        let parts = GiftCardParts::of(pounds(total), &cards);
        let rest = parts.rest_of(pounds(total));
        prop_assert!(!rest.is_negative());
        let least = minimum_charge(Currency::GBP).minor_units();
        prop_assert!(rest.minor_units() == 0 || rest.minor_units() >= least.min(total) || total < least);
        prop_assert_eq!(amounts(&parts).iter().sum::<i64>() + rest.minor_units(), total);
        for part in &parts {
            let card = cards.iter().find(|card| card.id == part.id).unwrap();
            prop_assert!(part.amount.minor_units() > 0 && part.amount.minor_units() <= card.balance.minor_units());
            prop_assert!(part.amount.currency() == Currency::GBP && card.balance.currency() == Currency::GBP);
            prop_assert!(!card.is_blocked);
        }
    }

    #[test]
    fn the_shares_of_all_parts_are_the_shares_of_the_whole(
        total in 1_i64..1_000, cards in cards(), cuts in prop::collection::vec(1_i64..300, 0..8),
    ) {
        let (total, parts) = (pounds(total), GiftCardParts::of(pounds(total), &cards));
        let (mut moved, mut charged, mut on_cards) = (pounds(0), 0, vec![0; cards.len()]);
        for cut in cuts.into_iter().chain([total.minor_units()]) {
            let amount = pounds(cut.min(total.minor_units() - moved.minor_units()));
            let shares = parts.shares(total, moved, amount).unwrap();
            prop_assert!(!shares.charged().is_negative() && !shares.on_gift_cards().is_negative());
            prop_assert_eq!(shares.total(), Ok(amount));
            charged += shares.charged().minor_units();
            let each = parts.moved(total, moved, amount).unwrap();
            let sum: i64 = each.iter().map(|part| part.amount.minor_units()).sum();
            prop_assert_eq!(sum, shares.on_gift_cards().minor_units());
            for part in each {
                on_cards[cards.iter().position(|card| card.id == part.id).unwrap()] += part.amount.minor_units();
            }
            moved = moved.plus(amount).unwrap();
        }
        prop_assert_eq!(charged, parts.rest_of(total).minor_units());
        let expected = cards.iter().map(|card| {
            parts.iter().find(|part| part.id == card.id).map_or(0, |part| part.amount.minor_units())
        });
        prop_assert_eq!(on_cards, expected.collect::<Vec<_>>());
    }

    #[test]
    fn amounts_in_another_currency_are_never_added(minor in 1_i64..1_000) {
        let parts = GiftCardParts::of(pounds(minor), &[card(1, pounds(5))]);
        let euros = Money::new(minor, Currency::EUR);
        prop_assert_eq!(parts.rest_of(euros), euros);
        prop_assert!(parts.shares(pounds(minor), pounds(0), euros).is_err());
        prop_assert!(parts.moved(pounds(minor), pounds(0), euros).is_err());
    }

    #[test]
    fn gateway_and_gift_cards_agree_who_moves_what(
        total in 1_i64..400, balance in 0_i64..400,
        steps in prop::collection::vec((1_i64..150, any::<bool>(), any::<bool>()), 0..20),
    ) {
        let (total, parts) = (pounds(total), GiftCardParts::of(pounds(total), &[card(1, pounds(balance))]));
        let (charged, mut tally) = (parts.rest_of(total), Tally::default());
        for (minor_units, is_capture, is_last) in steps {
            let movement = if is_capture { capture(minor_units, is_last) } else { refund(minor_units) };
            let Ok(movement) = tally.movement(movement.id, movement.kind, movement.amount, total) else { continue };
            let moved = if is_capture { tally.captured_minor_units() } else { tally.refunded_minor_units() };
            let shares = parts.shares(total, pounds(moved), movement.amount).unwrap();
            let (before, at_gateway) = (tally.at_gateway(charged), movement.at_gateway(&tally, charged));
            prop_assert_eq!(
                at_gateway.as_ref().map_or(0, |moved| moved.amount.minor_units()),
                shares.charged().minor_units()
            );
            if let Some(at_gateway) = &at_gateway {
                // The gateway takes it as it would take an order of what is charged.
                prop_assert_eq!(before.check(at_gateway, charged), Ok(()));
            }
            tally = tally.after(&movement);
            prop_assert!(tally.at_gateway(charged).refunded_minor_units() <= tally.at_gateway(charged).captured_minor_units());
        }
    }
}
