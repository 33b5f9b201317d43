//! What a query means, a kind of thing, a brand or one model, stands before what only has the words.

use super::*;

fn on_shelf(id: &str, title: &str, shelf: &str) -> Document {
    Document { path: shelf.parse::<CategoryPath>().unwrap().steps().to_vec(), ..document(id, title) }
}

/// More cases than are looked at word by word, and two phones.
fn phones_and_cases() -> Vec<Document> {
    let case = |n: u32| on_shelf(&format!("case{n}"), &format!("Phone case {n}"), "Electronics > Phone cases");
    let mut documents: Vec<Document> = (0..80).map(case).collect();
    documents.push(on_shelf("galaxy", "Galaxy S8 64GB unlocked", "Electronics > Mobile phones"));
    documents.push(on_shelf("iphone", "iPhone 8 Plus black", "Electronics > Mobile phones"));
    documents
}

#[test]
fn a_kind_of_thing_stands_before_what_belongs_to_it() {
    let (_folder, engine, _writer) = engine_with(&phones_and_cases());
    for query in ["phone", "phones", "smartphone"] {
        let answer = engine.search(&request(query)).unwrap();
        let best: BTreeSet<&str> = ids(&answer).into_iter().take(2).collect();
        assert_eq!(best, BTreeSet::from(["galaxy", "iphone"]), "{query}");
        assert_eq!(answer.complete, 82, "{query}: nothing is left out");
    }
    for query in ["phone case", "case for phone"] {
        assert!(first(&engine, query).unwrap().starts_with("case"), "{query}");
    }
}

#[test]
fn what_a_title_calls_the_product_stands_before_what_goes_with_it() {
    let documents = [
        document("ink", "Ink cartridge for printer"),
        document("cable", "Printer cable"),
        document("printer", "Laser printer, grey"),
        on_shelf("mat", "Mouse mat", "Computers > Mice"),
        on_shelf("mouse", "Corded optical mouse, black", "Computers > Mice"),
        on_shelf("trackball", "Orla Roller", "Computers > Mice"),
    ];
    let (_folder, engine, _writer) = engine_with(&documents);
    for (query, expected) in [
        ("printer", vec!["printer", "cable", "ink"]),
        ("printers", vec!["printer", "cable", "ink"]),
        ("mouse", vec!["mouse"]),
        ("mouse mat", vec!["mat"]),
        ("printer cable", vec!["cable"]),
        ("ink for printer", vec!["ink"]),
    ] {
        let answer = engine.search(&request(query)).unwrap();
        assert!(ids(&answer).starts_with(&expected), "{query}: {:?}", ids(&answer));
    }
}

#[test]
fn whose_number_is_asked_for_stands_before_what_mentions_it() {
    let documents = [
        Document { codes: vec!["ZX-8841".to_owned()], ..document("lamp", "Walnut desk lamp") },
        document("shade", "Shade for lamp ZX8841"),
        Document { codes: vec!["ZX-8842".to_owned()], ..document("other", "Walnut desk lamp") },
    ];
    let (_folder, engine, _writer) = engine_with(&documents);
    for query in ["ZX-8841", "zx8841", "zx 8841"] {
        assert_eq!(first(&engine, query).as_deref(), Some("lamp"), "{query}");
    }
    assert_eq!(first(&engine, "shade zx8841").as_deref(), Some("shade"));
    assert_eq!(first(&engine, "zx8842").as_deref(), Some("other"));
}

#[test]
fn a_brand_that_is_named_stands_before_the_word() {
    let branded =
        |id: &str, title: &str, brand: &str| Document { brand: Some(brand.parse().unwrap()), ..document(id, title) };
    let documents = [
        branded("corer", "Red apple corer", "Tarn"),
        branded("phone", "iPhone 8 64GB", "Apple"),
        branded("records", "Vinyl box", "Apple Records"),
    ];
    let (_folder, engine, _writer) = engine_with(&documents);
    for (query, expected) in [("apple", "phone"), ("apple corer", "corer"), ("applerecords", "records")] {
        assert_eq!(first(&engine, query).as_deref(), Some(expected), "{query}");
    }
}

#[test]
fn what_a_query_means_is_told_and_counts_for_less_the_longer_it_is() {
    let lamp = Document {
        brand: Some("Orla".parse().unwrap()),
        codes: vec!["ZX-8841".to_owned()],
        ..on_shelf("lamp", "Walnut desk lamp with brass foot and linen shade", "Home > Desk lamps")
    };
    let (_folder, engine, _writer) = engine_with(&[lamp]);
    let told = |query: &str, name: &str| {
        let answer = engine.search(&Request { explain: true, ..request(query) }).unwrap();
        let parts = answer.hits[0].explanation.clone().unwrap().parts;
        parts.iter().find(|part| part.name == name).unwrap().value
    };
    for (query, expected) in [
        ("orla lamp zx8841", [1.0, 1.0, 1.0, 0.0]),
        ("orla lamp", [1.0, 0.0, 1.0, 1.0]),
        ("walnut desk", [0.0, 0.0, 0.0, 0.0]),
        ("linen shade", [0.0, 0.0, 0.0, 0.0]),
        ("orla brass linen shade walnut lamp", [0.25, 0.0, 0.25, 0.25]),
    ] {
        let parts = ["brand named", "model named", "shelf asked for", "kind asked for"];
        let found = parts.map(|name| told(query, name));
        let differs = found.iter().zip(expected).any(|(found, expected)| (found - expected).abs() > 0.001);
        assert!(!differs, "{query}: {found:?}");
    }
}
