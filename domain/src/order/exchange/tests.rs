use std::slice::from_ref;

use proptest::prelude::*;

use super::*;
use crate::catalog::{Choice, ProductDraft, ProductOption, Seller};
use crate::order::returns::tests::{day, form, found, line, order, pounds};
use crate::order::returns::{ReturnId, ReturnRequest};
use crate::pricing::tax::TaxClass;

/// A product whose variants cost so much, in minor units: the first is the line at a place of an order.
fn product(place: usize, prices: &[i64]) -> Product {
    let choice = |at: usize| Choice { name: "Size".parse().unwrap(), value: format!("{at}").parse().unwrap() };
    let variant = |(at, price): (usize, &i64)| Variant {
        sku: if at == 0 { format!("SKU-{place}") } else { format!("OTHER-{at}") }.parse().unwrap(),
        choices: vec![choice(at)],
        price: pounds(*price).try_into().unwrap(),
        list_price: None,
        gtin: None,
        mpn: None,
        pictures: vec![],
    };
    let values = (0..prices.len()).map(|at| choice(at).value).collect();
    let draft = ProductDraft {
        id: "thing".parse().unwrap(),
        slug: "thing".parse().unwrap(),
        title: "Thing".parse().unwrap(),
        description: None,
        brand: None,
        seller: Seller::default(),
        category: "things".parse().unwrap(),
        tax_class: TaxClass::Standard,
        attributes: vec![],
        options: vec![ProductOption { name: "Size".parse().unwrap(), values }],
        variants: prices.iter().enumerate().map(variant).collect(),
        pictures: vec![],
        rating: None,
        added_at: Timestamp::UNIX_EPOCH,
        withdrawn: false,
    };
    draft.try_into().unwrap()
}

/// The return of some units of the line at a place for something of another price.
pub(in crate::order) fn exchange(place: usize, units: u32, price: i64, state: ExchangeState) -> Return {
    let back = line(place, units);
    let exchange = Exchange {
        line: back.sku.clone(),
        sku: "OTHER".parse().unwrap(),
        choices: "L".to_owned(),
        quantity: back.quantity,
        unit_price: pounds(price).try_into().unwrap(),
        state,
    };
    let is_held = matches!(state, ExchangeState::Reserved | ExchangeState::Allocated);
    let returned = if is_held { ReturnState::Requested } else { ReturnState::Refunded };
    Return { exchanges: vec![exchange], ..found(vec![back], returned) }
}

/// A return that was received on a day, with a number of its own.
fn received(number: u128, found: Return) -> Return {
    Return {
        id: ReturnId::new(uuid::Uuid::from_u128(number)),
        state: ReturnState::Refunded,
        decided_at: Some(day(number.try_into().unwrap())),
        ..found
    }
}

#[test]
fn only_other_variants_of_the_same_product_that_cost_no_more_are_sent_instead() {
    let order = order(&[(10_00, 2, 0)], 0);
    let offered = |product: &Product| {
        replacements(&order.lines[0], product).map(|variant| variant.sku.to_string()).collect::<Vec<_>>()
    };
    let thing = product(0, &[12_00, 10_00, 10_01, 9_99]);
    assert_eq!(offered(&thing), ["OTHER-1", "OTHER-3"], "what the line costs by now does not matter");
    assert_eq!(offered(&thing.clone().off_sale()), [] as [&str; 0]);
    assert_eq!(offered(&product(7, &[10_00, 10_00])), [] as [&str; 0], "it is another product");

    let ask = |wanted: &str| Exchange::ask(&order.lines[0], line(0, 2).quantity, &wanted.parse().unwrap(), &thing);
    let asked = ask("OTHER-3").unwrap();
    assert_eq!((asked.choices.as_str(), asked.unit_price.money(), asked.quantity.get()), ("3", pounds(9_99), 2));
    assert_eq!(asked.state, ExchangeState::Reserved);
    for wanted in ["SKU-0", "OTHER-2", "NOTHING"] {
        assert_eq!(ask(wanted), Err(ReturnError::NotExchangeable { title: "Thing 0".parse().unwrap() }), "{wanted}");
    }
}

#[test]
fn a_form_says_what_is_wanted_for_each_line_that_comes_back() {
    let order = order(&[(10_00, 2, 0), (5_00, 1, 0)], 0);
    let parse = |wanted: &str| {
        let mut form = form(&[(0, "1")], "");
        form.units.insert(crate::order::returns::ReturnForm::exchange_field(0), wanted.to_owned());
        form.units.insert(crate::order::returns::ReturnForm::exchange_field(1), "IGNORED".to_owned());
        ReturnRequest::parse(ReturnId::new(uuid::Uuid::nil()), &form, &order.lines)
    };
    let request = parse(" OTHER-1 ").unwrap();
    assert_eq!(request.wanted_for(&order.lines[0].sku), Some(&"OTHER-1".parse().unwrap()));
    assert_eq!(request.wanted().len(), 1, "nothing is sent for what does not come back");
    assert!(parse("").unwrap().wanted().is_empty(), "its money is");
    let endless = "x".repeat(Sku::MAX_CHARS as usize + 1);
    assert_eq!(parse(&endless), Err(ReturnError::NotExchangeable { title: "Thing 0".parse().unwrap() }));
}

#[test]
fn what_costs_less_brings_the_difference_as_it_was_paid() {
    let back = |order: &crate::order::Order, returns: &[Return], found: &Return| {
        (order.refund_for(returns, found), order.kept_for_exchanges(returns, found))
    };
    let full = order(&[(10_00, 2, 0)], 3_95);
    let same = exchange(0, 1, 10_00, ExchangeState::Reserved);
    assert_eq!(back(&full, &[], &same), (pounds(0), pounds(10_00)));
    let less = exchange(0, 2, 7_50, ExchangeState::Reserved);
    assert_eq!(back(&full, &[], &less), (pounds(5_00), pounds(15_00)), "and nothing of delivery");
    // Half of it was paid.
    let reduced = order(&[(10_00, 2, 10_00)], 0);
    assert_eq!(back(&reduced, &[], &less), (pounds(2_50), pounds(7_50)));
    // It became a return like any other.
    let lapsed = exchange(0, 2, 7_50, ExchangeState::Lapsed);
    assert_eq!(back(&full, &[], &lapsed), (pounds(23_95), pounds(0)));
    assert_eq!(back(&full, &[], &less.for_money()), (pounds(23_95), pounds(0)));
}

#[test]
fn delivery_stays_paid_where_something_was_sent_instead() {
    let order = order(&[(10_00, 2, 0)], 3_95);
    let rest = found(vec![line(0, 1)], ReturnState::Requested);
    let before = [exchange(0, 1, 10_00, ExchangeState::Sent)];
    assert_eq!(order.refund_for(&before, &rest), pounds(10_00));
    let before = [exchange(0, 1, 10_00, ExchangeState::Lapsed)];
    assert_eq!(order.refund_for(&before, &rest), pounds(10_00 + 3_95));
}

#[test]
fn what_is_sent_is_paid_by_what_was_charged_for_what_came_back() {
    let full = order(&[(10_00, 3, 20_00)], 0);
    let to_send = received(1, exchange(0, 1, 10_00, ExchangeState::Allocated));
    let for_money = received(2, found(vec![line(0, 1)], ReturnState::Refunded));
    let pays = |returns: &[Return]| full.pays_to_send(returns, &to_send);
    assert_eq!(pays(&[for_money, to_send.clone()]), pounds(3_33), "as when it came back");
    let sent = received(2, exchange(0, 2, 10_00, ExchangeState::Sent));
    assert_eq!(pays(&[to_send.clone(), sent]), pounds(10_00), "what is sent stays paid");
    let other = received(2, exchange(0, 2, 10_00, ExchangeState::Allocated));
    assert_eq!(pays(&[to_send.clone(), other]), pounds(3_33), "that is looked at when it is sent itself");
    assert_eq!(pays(&[Return { state: ReturnState::Requested, ..to_send.clone() }]), pounds(0), "it is not here");
}

#[test]
fn units_are_kept_for_three_weeks_after_the_day_they_were_asked_for() {
    let asked = Return { asked_at: day(0), ..exchange(0, 1, 10_00, ExchangeState::Reserved) };
    assert_eq!(asked.kept_until(), "2026-12-22".parse().unwrap());
    assert_eq!((asked.exchanges_are_over(day(21)), asked.exchanges_are_over(day(22))), (false, true));
    assert!(!asked.exchanges_are_over(day(-9)), "the clock went back");
    let received = Return { state: ReturnState::Received, ..asked };
    assert!(!received.exchanges_are_over(day(90)), "it came in time, and goes on");
}

#[test]
fn only_what_waits_to_be_sent_can_be_ended() {
    for (state, step) in [
        (ExchangeState::Reserved, Ok(ExchangeStep::Lapse)),
        (ExchangeState::Allocated, Ok(ExchangeStep::GiveUp)),
        (ExchangeState::Sent, Err(ReturnError::NothingToSend)),
        (ExchangeState::Released, Err(ReturnError::NothingToSend)),
        (ExchangeState::Lapsed, Err(ReturnError::NothingToSend)),
    ] {
        assert_eq!(exchange(0, 1, 10_00, state).end_step(), step, "{state:?}");
    }
    let limit = EndNote::MAX_CHARS as usize;
    assert!("a".repeat(limit).parse::<EndNote>().is_ok() && "a".repeat(limit + 1).parse::<EndNote>().is_err());
}

#[test]
fn what_is_not_sent_brings_what_was_to_pay_for_it() {
    let full = order(&[(10_00, 2, 0)], 3_95);
    let given = Return { refund: Some(pounds(2_50)), ..exchange(0, 1, 7_50, ExchangeState::Allocated) };
    let waits = received(1, given);
    let rest = received(2, found(vec![line(0, 1)], ReturnState::Refunded));
    let ends = |returns: &[Return], found: &Return| full.refund_for_ending(returns, found);
    assert_eq!(ends(from_ref(&waits), &waits), pounds(7_50), "the difference went back before");
    assert_eq!(ends(&[waits.clone(), rest.clone()], &waits), pounds(7_50 + 3_95), "all came back for money now");
    let other = received(2, exchange(0, 1, 10_00, ExchangeState::Sent));
    assert_eq!(ends(&[waits.clone(), other], &waits), pounds(7_50), "delivery stays paid");
    // The gateway did not give the difference back.
    let owed = Return { state: ReturnState::Received, ..waits.clone() };
    assert_eq!(ends(from_ref(&owed), &owed), pounds(10_00));
    // Most of it was given back for other reasons.
    let short = crate::order::Order { refunded_minor_units: full.captured_minor_units - 1_00, ..full.clone() };
    assert_eq!(short.expected_end(from_ref(&waits), &waits), pounds(1_00));
    let ended = Return { refund: Some(pounds(7_50)), first_refund: waits.refund, ..waits.for_money() };
    assert_eq!(full.expected_refund(from_ref(&ended), &ended), pounds(10_00), "both are its refund");
}

proptest! {
    #[test]
    fn what_ends_brings_what_it_would_have_brought_as_a_return(
        lines in prop::collection::vec((1_i64..10_000, 1_u32..5, 0_i64..5_000), 1..5),
        delivery in 0_i64..20_00,
        on_top in 0_i64..10_000,
        picks in prop::collection::vec((0_usize..5, 0_i64..10_000, 0_usize..10), 0..30),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(price, units, off)| (price, units, off.min(price))).collect();
        let mut order = order(&lines, delivery);
        order.captured_minor_units += on_top;
        let (mut returns, mut given) = (Vec::<Return>::new(), 0);
        for (number, (place, off, end)) in picks.into_iter().enumerate() {
            let left = order.left_to_return(&returns).get(place).map_or(0, |(_, left)| *left);
            if left > 0 {
                let found = exchange(place, 1, (lines[place].0 - off).max(1), ExchangeState::Allocated);
                given += order.refund_for(&returns, &found).minor_units();
                returns.push(received(number.try_into().unwrap(), found));
            }
            let Some(ends) = returns.get(end).filter(|found| found.end_step().is_ok()) else { continue };
            let more = order.refund_for_ending(&returns, ends).minor_units();
            prop_assert!(more >= 0);
            given += more;
            returns[end] = ends.for_money();
            prop_assert!(returns[end].end_step().is_err(), "it ends once");
            prop_assert_eq!(order.refund_for_ending(&returns, &returns[end]).minor_units(), 0);
        }
        let (mut before, mut back, mut kept) = (Vec::<Return>::new(), 0, 0);
        for found in returns {
            back += order.refund_for(&before, &found).minor_units();
            kept += order.kept_for_exchanges(&before, &found).minor_units();
            before.push(found);
        }
        prop_assert_eq!(given, back);
        prop_assert!(given + kept <= order.captured_minor_units);
    }

    #[test]
    fn what_goes_back_and_what_pays_for_the_rest_is_never_more_than_was_charged(
        lines in prop::collection::vec((1_i64..10_000, 1_u32..5, 0_i64..5_000), 1..5),
        delivery in 0_i64..20_00,
        on_top in 0_i64..10_000,
        picks in prop::collection::vec((0_usize..5, 0_i64..10_000, 0_usize..3), 0..30),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(price, units, off)| (price, units, off.min(price))).collect();
        let mut order = order(&lines, delivery);
        order.captured_minor_units += on_top;
        let (mut returns, mut given, mut kept) = (Vec::<Return>::new(), 0, 0);
        for (place, off, kind) in picks {
            let left = order.left_to_return(&returns).get(place).map_or(0, |(_, left)| *left);
            if left == 0 {
                continue;
            }
            let price = (lines[place].0 - off).max(1);
            let state = [ExchangeState::Sent, ExchangeState::Lapsed, ExchangeState::Sent][kind];
            let found = exchange(place, 1, price, state);
            let money = found_for_money(&found);
            let (back, pays) = (order.refund_for(&returns, &found), order.kept_for_exchanges(&returns, &found));
            prop_assert!(back.minor_units() >= 0 && pays.minor_units() >= 0);
            prop_assert!(back.minor_units() <= order.refund_for(&returns, &money).minor_units(), "no more than its money");
            prop_assert!(state == ExchangeState::Sent || pays.minor_units() == 0);
            given += back.minor_units();
            kept += pays.minor_units();
            prop_assert!(given + kept <= order.captured_minor_units);
            returns.push(found);
        }
    }
}

/// The same return without anything instead.
fn found_for_money(found: &Return) -> Return {
    Return { exchanges: Vec::new(), ..found.clone() }
}
