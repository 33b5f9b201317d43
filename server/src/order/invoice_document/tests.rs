use std::time::{Duration, Instant};

use domain::order::OrderState;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::layout::{PAGE_HEIGHT, PAGE_WIDTH, Sheet};
use super::*;

fn money(minor_units: usize) -> Value {
    json!({ "minor_units": minor_units, "currency": "GBP" })
}

/// An order of so many lines at £10.00, all called the same.
fn order(lines: usize, title: &str) -> Order {
    let line = |place: usize| {
        json!({
            "sku": format!("SKU-{place:04}"), "slug": "lamp", "title": title, "choices": "Oak, large", "picture": null,
            "unit_price": money(10_00), "quantity": 1,
        })
    };
    serde_json::from_value(json!({
        "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": "confirmed",
        "contact": {
            "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
            "address": {
                "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                "postcode": "SW1Y 4JH", "country": "GB",
            },
        },
        "lines": (0..lines).map(line).collect::<Vec<_>>(),
        "totals": {
            "items": money(lines * 10_00), "discount": null, "delivery": money(3_95), "total": money(lines * 10_00 + 3_95),
        },
        "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
        "placed_at": "2026-11-25T12:00:00Z",
    }))
    .unwrap()
}

fn letterhead() -> Letterhead {
    let contact_email = Some("help@shop.example".parse().unwrap());
    Letterhead { store_name: "Cartograph".into(), base_url: "https://shop.example".into(), contact_email }
}

fn sheets(order: &Order) -> Vec<Sheet> {
    let document = InvoiceDocument::of(order).unwrap();
    layout::compose(Typeface::embedded().unwrap(), &document, order, &letterhead())
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    sheet.words.iter().map(|words| words.text.as_str()).collect()
}

#[test]
fn one_page_says_all_of_a_short_order() {
    let sheets = sheets(&order(1, "Walnut desk lamp"));
    assert_eq!(sheets.len(), 1);
    let said = texts(&sheets[0]).join("\n");
    for words in [
        "Invoice number CG-7K4M2-P9QX1",
        "Date Wednesday 25 November 2026",
        "help@shop.example",
        "Ada Lovelace",
        "London SW1Y 4JH",
        "ada@example.com",
        "Standard delivery",
        "Walnut desk lamp",
        "Oak, large",
        "SKU SKU-0000",
        "Items (1)",
        "£10.00",
        "Delivery",
        "£3.95",
        "Total",
        "Includes VAT",
        "£13.95",
        "Visa ending in 4242",
        "Page 1 of 1",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!said.contains("Credit"));
    assert_eq!(sheets[0].links[0].to, "mailto:help@shop.example");
}

#[test]
fn what_was_given_back_is_a_credit() {
    let mut refunded = order(1, "Walnut desk lamp");
    (refunded.state, refunded.captured_minor_units, refunded.refunded_minor_units) =
        (OrderState::Delivered, 13_95, 4_50);
    let sheets = sheets(&refunded);
    let said = texts(&sheets[0]).join("\n");
    for words in ["Credit", "Refunded", "−£4.50", "Remaining", "£9.45", "£13.95 charged, £4.50 refunded."] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn a_business_abroad_reads_that_it_owes_the_tax() {
    let mut reversed = order(1, "Walnut desk lamp");
    reversed.contact.vat_number = Some("DE136695976".parse().unwrap());
    reversed.totals = serde_json::from_value(json!({
        "items": money(10_00), "discount": null, "delivery": money(3_95), "total": money(11_72),
        "taxes": {
            "treatment": "reverse_charged", "sum": money(2_23),
            "shares": [{ "rate": 19_000, "net": money(11_72), "tax": money(2_23) }],
        },
    }))
    .unwrap();
    let said = texts(&sheets(&reversed)[0]).join("\n");
    for words in ["VAT number DE136695976", "Reverse charge: you owe the VAT", "£11.72"] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn many_lines_go_over_pages_that_each_name_their_columns() {
    let long = order(120, "Walnut desk lamp");
    let sheets = sheets(&long);
    assert!(sheets.len() > 3, "{}", sheets.len());
    let mut skus = 0;
    for (place, sheet) in sheets.iter().enumerate() {
        let said = texts(sheet);
        assert!(said.contains(&format!("Page {} of {}", place + 1, sheets.len()).as_str()));
        let lines = said.iter().filter(|text| text.starts_with("SKU ")).count();
        assert_eq!(lines > 0, said.contains(&"Unit price"), "page {place}");
        assert_eq!(place > 0, said.contains(&"Invoice CG-7K4M2-P9QX1 from Cartograph"));
        skus += lines;
    }
    assert_eq!(skus, 120, "every line stands there once");
}

#[test]
fn amounts_end_where_their_column_ends() {
    let mut priced = order(3, "Walnut desk lamp");
    priced.lines[1].unit_price = serde_json::from_value(money(123_456)).unwrap();
    let sheets = sheets(&priced);
    let typeface = Typeface::embedded().unwrap();
    let amounts = sheets[0].words.iter().filter(|words| words.text.starts_with('£'));
    let mut ends: Vec<f32> = amounts.map(|words| words.x + typeface.width(&words.text, words.size)).collect();
    ends.sort_by(f32::total_cmp);
    ends.dedup_by(|one, other| (*one - *other).abs() < 0.01);
    assert_eq!(ends.len(), 2, "unit prices and amounts: {ends:?}");
}

#[test]
fn the_same_order_makes_the_same_bytes_and_quickly() {
    const ENOUGH: Duration = Duration::from_secs(2);
    let long = order(120, "Walnut desk lamp 茶");
    let started = Instant::now();
    let first = draw(&long, &letterhead()).unwrap().unwrap();
    // Fifty milliseconds where it is measured; a machine that does other things meanwhile has more time.
    assert!(started.elapsed() < ENOUGH, "{:?}", started.elapsed());
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(draw(&long, &letterhead()).unwrap().unwrap(), first);
    let text = String::from_utf8_lossy(&first);
    for words in ["Invoice CG-7K4M2-P9QX1", "Cartograph", "(en-GB)", "D:20261125120000"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn what_is_not_confirmed_has_no_document() {
    let mut pending = order(1, "Walnut desk lamp");
    pending.state = OrderState::Pending;
    assert_eq!(draw(&pending, &letterhead()).unwrap(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_title_is_drawn_within_the_page(title in "\\PC{1,150}", lines in 1_usize..60) {
        prop_assume!(!title.trim().is_empty());
        let any = order(lines, &title);
        let typeface = Typeface::embedded().unwrap();
        for sheet in sheets(&any) {
            for words in &sheet.words {
                let end = words.x + typeface.width(&words.text, words.size);
                prop_assert!(words.x >= 0.0 && end <= PAGE_WIDTH, "{words:?}");
                prop_assert!(words.y > 0.0 && words.y < PAGE_HEIGHT, "{words:?}");
            }
        }
        prop_assert!(draw(&any, &letterhead()).unwrap().is_some());
    }
}
