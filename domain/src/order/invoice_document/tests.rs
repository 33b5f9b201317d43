use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::checkout::{AmountKind, Country};
use crate::pricing::tax::{CustomerKind, Jurisdiction, TaxClass, TaxTable, Taxable};
use crate::pricing::{Currency, promotion};

fn money(minor_units: i64) -> Value {
    json!({ "minor_units": minor_units, "currency": "GBP" })
}

/// An order of some lines, each a price, units and what a promotion takes off, that goes to a country.
fn order(lines: &[(i64, u32, i64)], delivery: i64, country: &str) -> Order {
    let document = |(place, (price, units, off)): (usize, &(i64, u32, i64))| {
        let discount = json!({ "promotion": "spring", "name": "Spring", "amount": money(*off) });
        json!({
            "sku": format!("SKU-{place}"), "slug": "lamp", "title": "Walnut desk lamp", "choices": "Oak", "picture": null,
            "unit_price": money(*price), "quantity": units,
            "discounts": if *off > 0 { vec![discount] } else { Vec::new() },
        })
    };
    let pounds = |minor_units| Money::new(minor_units, Currency::GBP);
    let items: i64 = lines.iter().map(|(price, units, _)| price * i64::from(*units)).sum();
    let off: i64 = lines.iter().map(|(_, _, off)| off).sum();
    let totals = crate::checkout::Totals::reduced(pounds(items), pounds(off), pounds(delivery)).unwrap();
    let taxable: Vec<Taxable> = lines
        .iter()
        .map(|(price, units, off)| Taxable {
            class: TaxClass::Standard,
            amount: pounds(price * i64::from(*units) - off),
        })
        .collect();
    let place = Jurisdiction::country(country.parse::<Country>().unwrap());
    let counted = TaxTable::default().tax(&place, CustomerKind::Private, &taxable, totals.delivery()).unwrap();
    let totals = counted.map_or(totals, |counted| totals.taxed(counted.taxes).unwrap());
    serde_json::from_value(json!({
        "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": "confirmed",
        "contact": {
            "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
            "address": {
                "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                "postcode": "SW1Y 4JH", "country": country,
            },
        },
        "lines": lines.iter().enumerate().map(document).collect::<Vec<_>>(),
        "totals": totals, "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
        "placed_at": "2026-11-25T12:00:00Z",
    }))
    .unwrap()
}

fn sum(amounts: impl Iterator<Item = Money>) -> i64 {
    amounts.map(Money::minor_units).sum()
}

#[test]
fn only_what_was_confirmed_has_an_invoice() {
    let mut sold = order(&[(10_00, 1, 0)], 3_95, "GB");
    for state in OrderState::ALL {
        sold.state = state;
        let expected = !matches!(state, OrderState::Pending | OrderState::Declined);
        assert_eq!(InvoiceDocument::of(&sold).is_ok(), expected, "{state:?}");
        assert_eq!(state.has_invoice(), expected, "{state:?}");
    }
}

#[test]
fn what_went_back_is_a_credit() {
    let mut sold = order(&[(10_00, 2, 0)], 3_95, "GB");
    let rows = |sold: &Order| {
        let document = InvoiceDocument::of(sold).unwrap();
        let credits: Vec<String> =
            document.credits.iter().map(|credit| format!("{}: {}", credit.label, credit.amount)).collect();
        (credits, document.remaining.to_string())
    };
    assert_eq!(rows(&sold), (Vec::new(), "£23.95".to_owned()));
    (sold.captured_minor_units, sold.refunded_minor_units) = (23_95, 4_50);
    assert_eq!(rows(&sold), (vec!["Refunded: −£4.50".to_owned()], "£19.45".to_owned()));
    (sold.state, sold.refunded_minor_units) = (OrderState::Refunded, 23_95);
    assert_eq!(rows(&sold), (vec!["Refunded: −£23.95".to_owned()], "£0.00".to_owned()));
    (sold.state, sold.captured_minor_units, sold.refunded_minor_units) = (OrderState::Cancelled, 0, 0);
    assert_eq!(rows(&sold), (vec!["Cancelled: −£23.95".to_owned()], "£0.00".to_owned()));
}

#[test]
fn what_is_billed_is_due_after_the_parcel_has_left() {
    let mut sold = order(&[(10_00, 1, 0)], 3_95, "GB");
    let note = |sold: &Order| InvoiceDocument::of(sold).unwrap().payments.pop().and_then(|row| row.note);
    assert_eq!(note(&sold), None);
    sold.paid_with = crate::payment::PaymentMethod::on_invoice().unwrap().label;
    assert_eq!(note(&sold).as_deref(), Some("Due 14 days after the parcel has left"));
    sold.state = OrderState::Shipped;
    sold.reached = vec![(OrderState::Shipped, "2026-11-27T23:59:59Z".parse().unwrap())];
    assert_eq!(note(&sold).as_deref(), Some("Due on Friday 11 December 2026"));
    sold.state = OrderState::Refunded;
    assert_eq!(note(&sold), None, "nothing is to be paid any more");
}

#[test]
fn gift_cards_and_the_rest_pay_the_total() {
    let paid = |on_card: i64| {
        let mut sold = serde_json::to_value(order(&[(10_00, 1, 0)], 3_95, "GB")).unwrap();
        sold["gift_cards"] =
            json!([{ "id": "0197b2c4d5e67f8091a2b3c4d5e6f709", "tail": "7K4M", "amount": money(on_card) }]);
        let document = InvoiceDocument::of(&serde_json::from_value(sold).unwrap()).unwrap();
        document.payments.into_iter().map(|row| format!("{}: {}", row.label, row.amount)).collect::<Vec<_>>()
    };
    assert_eq!(paid(4_00), ["Gift card ···· 7K4M: £4.00", "Visa ending in 4242: £9.95"]);
    assert_eq!(paid(13_95), ["Gift card ···· 7K4M: £13.95"]);
}

prop_compose! {
    /// A price, units, and a discount that is at most what they cost.
    fn any_line()(price in 1_i64..100_000, units in 1_u32..100, share in 0_i64..=100) -> (i64, u32, i64) {
        (price, units, price * i64::from(units) * share / 100)
    }
}

proptest! {
    #[test]
    fn the_rows_add_up_to_the_total_wherever_it_goes(
        lines in prop::collection::vec(any_line(), 1..12),
        delivery in 0_i64..2_000,
        country in prop::sample::select(vec!["GB", "DE", "FR", "US", "CA", "JP", "CH"]),
        refunded_percent in 0_i64..=100,
    ) {
        let mut sold = order(&lines, delivery, country);
        let total = sold.totals.total().minor_units();
        sold.captured_minor_units = total;
        sold.refunded_minor_units = total * refunded_percent / 100;
        let document = InvoiceDocument::of(&sold).unwrap();
        let of_kind = |kinds: &[AmountKind]| {
            sum(document.amounts.iter().filter(|row| kinds.contains(&row.kind)).map(|row| row.amount))
        };
        let made_of = [AmountKind::Items, AmountKind::Saving, AmountKind::Delivery, AmountKind::Tax];
        prop_assert_eq!(of_kind(&made_of), total);
        let of_total = document.amounts.iter().find(|row| row.kind == AmountKind::Total);
        prop_assert_eq!(of_total.map(|row| row.amount.minor_units()), Some(total));
        prop_assert_eq!(sum(document.lines.iter().map(|line| line.amount)), of_kind(&[AmountKind::Items]));
        let off_lines = document.lines.iter().flat_map(|line| &line.discounts).map(|discount: &promotion::Discount| discount.amount);
        prop_assert_eq!(-sum(off_lines), of_kind(&[AmountKind::Saving]));
        prop_assert_eq!(sum(document.payments.iter().map(|row| row.amount)), total);
        prop_assert_eq!(document.remaining.minor_units(), total - sold.refunded_minor_units);
        prop_assert!(of_kind(&[AmountKind::Contained]) <= total);
    }
}
