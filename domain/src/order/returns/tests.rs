mod tax;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::pricing::Currency;

/// Noon of some days after 1 December 2026, on which the order arrived.
pub(in crate::order) fn day(days: i64) -> Timestamp {
    "2026-12-01T12:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_hours(24 * days)
}

fn money(minor_units: i64) -> serde_json::Value {
    json!({ "minor_units": minor_units, "currency": "GBP" })
}

/// A delivered order of lines, each with the price of a unit, its units and its discount, charged in full.
pub(in crate::order) fn order(lines: &[(i64, u32, i64)], delivery: i64) -> Order {
    let line = |(place, (price, units, off)): (usize, &(i64, u32, i64))| {
        let off = json!([{ "promotion": "sale", "name": "Sale", "amount": money(*off) }]);
        json!({
            "sku": format!("SKU-{place}"), "title": format!("Thing {place}"), "slug": "thing", "choices": "",
            "picture": null, "quantity": units, "unit_price": money(*price), "discounts": off,
        })
    };
    let items: i64 = lines.iter().map(|(price, units, _)| price * i64::from(*units)).sum();
    let off: i64 = lines.iter().map(|(_, _, off)| off).sum();
    let total = items - off + delivery;
    let order = json!({
        "id": "0197b2c4-d5e6-7f80-91a2-b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": "delivered",
        "contact": {
            "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
            "address": {
                "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                "postcode": "SW1Y 4JH", "country": "GB",
            },
        },
        "lines": lines.iter().enumerate().map(line).collect::<Vec<_>>(),
        "totals": {
            "items": money(items), "discount": money(off), "delivery": money(delivery), "total": money(total),
        },
        "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
        "placed_at": "2026-11-26T12:00:00Z",
    });
    let order: Order = serde_json::from_value(order).unwrap();
    let reached = vec![(OrderState::Shipped, day(-1)), (OrderState::Delivered, day(0))];
    Order { reached, captured_minor_units: total, ..order }
}

pub(in crate::order) fn line(place: usize, units: u32) -> ReturnLine {
    ReturnLine { sku: format!("SKU-{place}").parse().unwrap(), quantity: Quantity::try_from(units).unwrap() }
}

pub(in crate::order) fn found(lines: Vec<ReturnLine>, state: ReturnState) -> Return {
    Return {
        id: ReturnId::new(uuid::Uuid::nil()),
        lines,
        exchanges: Vec::new(),
        reason: ReturnReason::default(),
        note: None,
        state,
        asked_at: day(1),
        decided_at: None,
        refusal: None,
        exchange_end: None,
        refund: None,
        movement: None,
        first_refund: None,
    }
}

fn refund(order: &Order, returns: &[Return], lines: &[ReturnLine]) -> Money {
    order.refund_for(returns, &found(lines.to_vec(), ReturnState::Requested))
}

pub(in crate::order) fn form(units: &[(usize, &str)], note: &str) -> ReturnForm {
    let units = units.iter().map(|(place, typed)| (ReturnForm::field(*place), (*typed).to_owned()));
    ReturnForm { reason: "unwanted".to_owned(), note: note.to_owned(), units: units.collect() }
}

fn request(order: &Order, units: &[(usize, &str)]) -> Result<ReturnRequest, ReturnError> {
    ReturnRequest::parse(ReturnId::new(uuid::Uuid::nil()), &form(units, ""), &order.lines)
}

pub(in crate::order) fn pounds(minor_units: i64) -> Money {
    Money::new(minor_units, Currency::GBP)
}

#[test]
fn nobody_asks_before_it_is_sent_or_later_than_two_weeks_after_it_arrived() {
    let order = order(&[(10_00, 2, 0)], 3_95);
    let until = "2026-12-15".parse().unwrap();
    assert_eq!(order.returnable_until(), Some(until));
    assert_eq!(order.check_returnable(&[], day(14)), Ok(()));
    assert_eq!(order.check_returnable(&[], day(15)), Err(ReturnError::TooLate { until }));
    for state in [OrderState::Pending, OrderState::Confirmed, OrderState::Cancelled, OrderState::Refunded] {
        let other = Order { state, ..order.clone() };
        assert_eq!(other.check_returnable(&[], day(1)), Err(ReturnError::NotSent { state }));
    }
}

#[test]
fn what_nobody_saw_arriving_arrives_as_late_as_it_may() {
    let until = |sent: i64| {
        let reached = vec![(OrderState::Shipped, day(sent))];
        let sent = Order { state: OrderState::Shipped, reached, ..order(&[(10_00, 1, 0)], 3_95) };
        sent.returnable_until().unwrap().to_string()
    };
    // Sent on a Thursday it arrives on the day that it was promised for; sent on that day, three working days later.
    assert_eq!((until(-5), until(0)), ("2026-12-15".to_owned(), "2026-12-18".to_owned()));
    let unknown = Order { reached: Vec::new(), state: OrderState::Shipped, ..order(&[(10_00, 1, 0)], 3_95) };
    assert_eq!(unknown.returnable_until(), Some("2026-12-15".parse().unwrap()));
}

#[test]
fn nothing_is_asked_for_that_was_not_bought_or_comes_back_already() {
    let order = order(&[(10_00, 3, 0), (5_00, 1, 0)], 0);
    let ask = |returns: &[Return], units: &[(usize, &str)]| {
        order.asked_return(returns, &request(&order, units)?, day(1)).map(|asked| asked.units())
    };
    let too_many = |left| Err(ReturnError::TooMany { title: "Thing 0".parse().unwrap(), left });
    assert_eq!((ask(&[], &[(0, "3"), (1, "1")]), ask(&[], &[(0, "4")])), (Ok(4), too_many(3)));
    for state in [ReturnState::Requested, ReturnState::Received, ReturnState::Refunded] {
        let before = [found(vec![line(0, 2)], state)];
        assert_eq!((ask(&before, &[(0, "1")]), ask(&before, &[(0, "2")])), (Ok(1), too_many(1)), "{state:?}");
    }
    for state in [ReturnState::Refused, ReturnState::Withdrawn] {
        assert_eq!(ask(&[found(vec![line(0, 3)], state)], &[(0, "3")]), Ok(3), "{state:?}");
    }
    let all = [found(vec![line(0, 3), line(1, 1)], ReturnState::Requested)];
    assert_eq!(ask(&all, &[(0, "1")]), Err(ReturnError::NothingLeft));
    let refunded = Order { refunded_minor_units: order.captured_minor_units, ..order.clone() };
    assert_eq!(refunded.check_returnable(&[], day(1)), Err(ReturnError::NothingLeft));
}

#[test]
fn an_order_has_a_last_return() {
    let order = order(&[(10_00, 1, 0)], 0);
    let withdrawn = |count: usize| vec![found(vec![line(0, 1)], ReturnState::Withdrawn); count];
    assert_eq!(order.check_returnable(&withdrawn(MAX_RETURNS - 1), day(1)), Ok(()));
    assert_eq!(order.check_returnable(&withdrawn(MAX_RETURNS), day(1)), Err(ReturnError::TooManyReturns));
}

#[test]
fn a_form_says_what_is_wrong_with_it() {
    let order = order(&[(10_00, 3, 0), (5_00, 1, 0)], 0);
    let parse = |form: &ReturnForm| ReturnRequest::parse(ReturnId::new(uuid::Uuid::nil()), form, &order.lines);
    for nothing in [form(&[], ""), form(&[(0, ""), (1, " 0 ")], ""), form(&[(2, "1")], "")] {
        assert_eq!(parse(&nothing), Err(ReturnError::NothingChosen), "{nothing:?}");
    }
    for wrong in ["-1", "1.5", "two", "99999999999"] {
        assert_eq!(parse(&form(&[(0, wrong)], "")), Err(ReturnError::Units), "{wrong}");
    }
    let nonsense = ReturnForm { reason: "nonsense".to_owned(), ..form(&[(0, "1")], "") };
    assert_eq!(parse(&nonsense), Err(ReturnError::Reason));
    let noted = |chars: usize| parse(&form(&[(0, "1")], &"ä".repeat(chars))).map(|request| request.note().is_some());
    let max = ReturnNote::MAX_CHARS as usize;
    assert_eq!((noted(0), noted(max), noted(max + 1)), (Ok(false), Ok(true), Err(ReturnError::Note)));
    assert_eq!(parse(&form(&[(1, "1")], " ")).unwrap().lines(), [line(1, 1)]);
}

#[test]
fn a_part_goes_back_after_its_discount_and_without_delivery() {
    // Three for £10.00 with a pound off, and one for £5.00.
    let order = order(&[(10_00, 3, 1_00), (5_00, 1, 0)], 3_95);
    assert_eq!(refund(&order, &[], &[line(0, 1)]), pounds(9_66));
    let before = [found(vec![line(0, 1)], ReturnState::Refunded)];
    assert_eq!(refund(&order, &before, &[line(0, 2)]), pounds(19_34));
    // What was only asked for has not come back.
    let asked = [found(vec![line(0, 1)], ReturnState::Requested)];
    assert_eq!(refund(&order, &asked, &[line(0, 1)]), pounds(9_66));
    assert_eq!(refund(&order, &[], &[line(0, 3), line(1, 1)]), pounds(34_00 + 3_95));
    let but_one = [found(vec![line(0, 3)], ReturnState::Received)];
    assert_eq!(refund(&order, &but_one, &[line(1, 1)]), pounds(5_00 + 3_95));
}

#[test]
fn of_express_delivery_goes_back_what_the_standard_one_costs() {
    let express = |price| Order { delivery: crate::shipment::DeliveryOption::Express, ..order(&[(price, 1, 0)], 7_95) };
    assert_eq!(refund(&express(10_00), &[], &[line(0, 1)]), pounds(10_00 + 3_95));
    // Standard delivery would have cost nothing.
    assert_eq!(refund(&express(5_000), &[], &[line(0, 1)]), pounds(50_00));
}

#[test]
fn tax_on_top_of_prices_goes_back_with_them() {
    let mut order = order(&[(10_00, 2, 0)], 5_00);
    // A tenth of everything comes on top.
    order.captured_minor_units = 27_50;
    assert_eq!(refund(&order, &[], &[line(0, 1)]), pounds(11_00));
    assert_eq!(refund(&order, &[], &[line(0, 2)]), pounds(22_00 + 4_34));
    // Promotions made it free.
    order.captured_minor_units = 0;
    assert_eq!(refund(&order, &[], &[line(0, 2)]), pounds(0));
}

proptest! {
    #[test]
    fn parts_are_together_what_was_paid_for_the_goods_and_never_more(
        lines in prop::collection::vec((1_i64..10_000, 1_u32..6, 0_i64..5_000), 1..6),
        delivery in 0_i64..20_00,
        on_top in 0_i64..10_000,
        picks in prop::collection::vec(0_usize..6, 0..40),
    ) {
        let lines: Vec<_> = lines.into_iter().map(|(price, units, off)| (price, units, off.min(price))).collect();
        let mut order = order(&lines, delivery);
        order.captured_minor_units += on_top;
        let (mut returns, mut given) = (Vec::new(), 0);
        // Whoever sends back unit by unit, in whichever order, gets back the same in the end.
        let rest = lines.iter().enumerate().flat_map(|(place, (_, units, _))| vec![place; *units as usize]);
        for place in picks.into_iter().chain(rest) {
            let left = order.left_to_return(&returns).get(place).map_or(0, |(_, left)| *left);
            if left == 0 {
                continue;
            }
            let back = refund(&order, &returns, &[line(place, 1)]).minor_units();
            prop_assert!(back >= 0);
            given += back;
            returns.push(found(vec![line(place, 1)], ReturnState::Refunded));
            prop_assert!(given <= order.captured_minor_units);
        }
        prop_assert!(order.left_to_return(&returns).iter().all(|(_, left)| *left == 0));
        let all: Vec<ReturnLine> = lines.iter().enumerate().map(|(place, (_, units, _))| line(place, *units)).collect();
        prop_assert_eq!(given, refund(&order, &[], &all).minor_units());
        if on_top == 0 {
            let goods = order.totals.items_to_pay().minor_units();
            let standard = Delivery::STANDARD_AT_HOME.charge(order.totals.items_to_pay()).minor_units();
            prop_assert_eq!(given, goods + delivery.min(standard));
        }
    }
}
