//! What comes near stands behind what matches every word, on every page and in every order.

use super::*;

const ORDERS: [Order; 4] = [Order::Relevance, Order::PriceAscending, Order::Newest, Order::BestSelling];

/// Red lamps, other lamps, and more red things than lamps.
fn catalog(red_lamps: u32, lamps: u32) -> Vec<Document> {
    let mut documents = Vec::new();
    for (count, prefix, title) in [(red_lamps, "red", "Red lamp"), (lamps, "lamp", "Lamp"), (300, "stool", "Red stool")]
    {
        documents.extend((0..count).map(|n| Document {
            price: Some(format!("{}.00 GBP", 1 + n % 7).parse().unwrap()),
            brand: Some(["Alma", "Borea"][(n % 2) as usize].parse().unwrap()),
            popularity: n * 37 % 100,
            ..document(&format!("{prefix}{n}"), title)
        }));
    }
    documents
}

#[test]
fn the_nearest_follow_where_what_matches_fills_a_few_pages() {
    let (_folder, engine, _writer) = engine_with(&catalog(30, 40));
    for order in ORDERS {
        let mut seen = Vec::new();
        let mut request = Request { order, page_hits: 24, ..request("red lamp") };
        loop {
            let answer = engine.search(&request).unwrap();
            assert_eq!((answer.complete, answer.total, answer.reachable), (30, 70, 70), "{order:?}");
            seen.extend(answer.hits.iter().map(|hit| hit.id.to_string()));
            let Some(next) = answer.next else { break };
            request.after = Some(next);
        }
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 70, "{order:?}: each once");
        assert!(seen[..30].iter().all(|id| id.starts_with("red")), "{order:?}: {seen:?}");
        assert!(seen[30..].iter().all(|id| id.starts_with("lamp")), "{order:?}: {seen:?}");
    }
}

#[test]
fn the_first_page_is_the_same_whether_it_is_counted_or_not() {
    let (_folder, engine, _writer) = engine_with(&catalog(30, 40));
    for page_hits in [24, 50] {
        let counted = Request { page_hits, ..request("red lamp") };
        let page = engine.search(&counted).unwrap();
        let uncounted = engine.search(&Request { count: false, ..counted }).unwrap();
        assert_eq!((ids(&page), page.hits.len()), (ids(&uncounted), page_hits));
    }
}

#[test]
fn counts_tell_what_choosing_shows_of_what_matches_and_of_the_nearest() {
    let (_folder, engine, _writer) = engine_with(&catalog(30, 40));
    let answer = engine.search(&request("red lamp")).unwrap();
    let counts: Vec<u32> = answer.facets.brands.iter().map(|brand| brand.count).collect();
    assert_eq!(counts, [35, 35]);
    let mut narrowed = request("red lamp");
    narrowed.filters.brands = vec!["Alma".parse().unwrap()];
    let answer = engine.search(&narrowed).unwrap();
    assert_eq!((answer.complete, answer.total), (15, 35));
    assert!(ids(&answer)[..15].iter().all(|id| id.starts_with("red")));
}

#[test]
fn where_enough_matches_nothing_nearest_follows() {
    let (_folder, engine, _writer) = engine_with(&catalog(100, 40));
    let answer = engine.search(&request("red lamp")).unwrap();
    assert_eq!((answer.complete, answer.total), (100, 100));
    let (_folder, engine, _writer) = engine_with(&catalog(99, 40));
    let answer = engine.search(&request("red lamp")).unwrap();
    assert_eq!((answer.complete, answer.total), (99, 100), "one fills the room");
}

#[test]
fn a_name_without_its_first_letters_is_the_name() {
    let (_folder, engine, _writer) =
        titled(&["Palit RTX4070Ti graphics card", "Palit RTX 4070 graphics card", "Zotac GTX1660Ti", "Ti ring 4071"]);
    for query in ["4070ti", "4070 Ti", "rtx 4070 ti", "RTX4070Ti", "palit 4070ti"] {
        let answer = engine.search(&request(query)).unwrap();
        assert_eq!((ids(&answer).first(), answer.complete), (Some(&"0"), 1), "{query}: {:?}", ids(&answer));
    }
}

#[test]
fn what_a_product_has_is_found_by_the_name_of_the_fact_and_what_it_has_not_is_not() {
    let with = |id: &str, facts: &[(&str, &str)]| Document {
        facts: facts.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect(),
        ..document(id, "Speaker")
    };
    let (_folder, engine, _writer) = engine_with(&[
        with("yes", &[("Waterproof", "Yes"), ("Bluetooth", "5.0")]),
        with("no", &[("Waterproof", "No"), ("Bluetooth", "no")]),
        with("none", &[("Colour", "Red")]),
    ]);
    for query in ["waterproof", "bluetooth", "waterproof bluetooth speaker", "bluetooth 5.0"] {
        let answer = engine.search(&request(query)).unwrap();
        assert_eq!((ids(&answer).first(), answer.complete), (Some(&"yes"), 1), "{query}");
    }
    assert!(ids(&engine.search(&request("colour")).unwrap()).is_empty(), "everything has one");
}

#[test]
fn one_letter_of_an_unknown_number_finds_nothing() {
    let (_folder, engine, _writer) = titled(&["Handbag w bobbles", "iPhone 8 case"]);
    assert!(ids(&engine.search(&request("w003096809")).unwrap()).is_empty());
    assert_eq!(first(&engine, "iphone8").as_deref(), Some("1"));
}
