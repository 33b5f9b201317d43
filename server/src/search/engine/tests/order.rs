//! Each order is what it is called.

use domain::catalog::Rating;

use super::*;

/// By title the first is nearest to “desk lamp”; by anything else another one is first.
fn lamps() -> Vec<Document> {
    let lamp = |id, title, price: Option<&str>, (stars_hundredths, ratings), added_second, popularity| Document {
        price: price.map(|price| price.parse().unwrap()),
        rating: Rating::new(stars_hundredths, ratings).ok(),
        added_at: Timestamp::from_second(added_second).unwrap(),
        popularity,
        ..document(id, title)
    };
    vec![
        lamp("plain", "Desk lamp", Some("20.00 GBP"), (500, 1), 3, 7),
        lamp("cheap", "Brass desk lamp", Some("5.00 GBP"), (0, 0), 1, 900),
        lamp("dear", "Brass desk lamp with switch", Some("300.00 GBP"), (460, 200), 2, 0),
        lamp("unpriced", "Brass desk lamp with switch and dimmer", None, (200, 50), 4, 40),
    ]
}

#[test]
fn each_order_is_what_it_is_called() {
    let (_folder, engine, _writer) = engine_with(&lamps());
    for (order, expected) in [
        (Order::Relevance, ["plain", "cheap", "dear", "unpriced"]),
        (Order::PriceAscending, ["cheap", "plain", "dear", "unpriced"]),
        (Order::PriceDescending, ["dear", "plain", "cheap", "unpriced"]),
        // Many good ratings stand above one perfect one.
        (Order::Rating, ["dear", "plain", "unpriced", "cheap"]),
        (Order::Newest, ["unpriced", "plain", "dear", "cheap"]),
        (Order::BestSelling, ["cheap", "unpriced", "plain", "dear"]),
    ] {
        // On a page that they do not fill the nearest others follow, of which there are none.
        for page_hits in [4, 20] {
            let answer = engine.search(&Request { order, page_hits, ..request("desk lamp") }).unwrap();
            assert_eq!(ids(&answer), expected, "{order:?} on a page of {page_hits}");
        }
    }
}

#[test]
fn what_shoppers_lately_looked_at_stands_higher_and_is_not_taken_for_sold() {
    let sold = Document { popularity: 3, ..document("sold", "Desk lamp") };
    let looked_at = Document { interest: 256, ..document("looked-at", "Desk lamp") };
    let (_folder, engine, _writer) = engine_with(&[sold, looked_at]);
    for (order, expected) in [(Order::Relevance, ["looked-at", "sold"]), (Order::BestSelling, ["sold", "looked-at"])] {
        let answer = engine.search(&Request { order, ..request("desk lamp") }).unwrap();
        assert_eq!(ids(&answer), expected, "{order:?}");
    }
}
