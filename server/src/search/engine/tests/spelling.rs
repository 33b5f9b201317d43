//! The same thing written otherwise: numbers, sizes, packs, other alphabets, one and several.

use super::super::words::pieces;
use super::*;

#[test]
fn sizes_and_packs_are_found_however_they_are_written() {
    let (_folder, engine, _writer) = titled(&[
        "Flour 1,5 kg",
        "Drill bit 2.5 mm",
        "Hex bolt 1/2\" steel",
        "Photo frame 10x15 cm, oak",
        "AA batteries 6 pack",
        "Wine glasses, set of 4",
        "Memory 2x16GB DDR4",
        "Dumbbell 24 oz",
        "Juice 12 fl oz",
        "Ladder 5' 10\"",
        "Pipe brush 10-15 cm",
        "Nails, 10,000 pieces",
        "Eggs, dozen",
        "Monitor 24 in",
    ]);
    for (query, expected) in [
        ("flour 1.5kg", "0"),
        ("flour 1500 g", "0"),
        ("drill bit 2,5mm", "1"),
        ("hex bolt 1/2 inch", "2"),
        ("hex bolt ½ in", "2"),
        ("hex bolt 0.5\"", "2"),
        ("photo frame 10 × 15 cm", "3"),
        ("photo frame 10 by 15 cm", "3"),
        ("photo frame 100x150mm", "3"),
        ("photo frame 15 cm", "3"),
        ("batteries pack of 6", "4"),
        ("six-pack batteries", "4"),
        ("batteries 6pk", "4"),
        ("set of four wine glasses", "5"),
        ("wine glasses 4 pcs", "5"),
        ("memory 2 x 16 gb", "6"),
        ("dumbbell 1.5 lbs", "7"),
        ("juice 12 fluid ounces", "8"),
        ("ladder 5ft 10in", "9"),
        ("ladder 5′10″", "9"),
        ("brush 15 cm", "10"),
        ("brush 10–15cm", "10"),
        ("10000 nails", "11"),
        ("eggs 12 pack", "12"),
        ("24\" monitor", "13"),
        ("24 in monitor", "13"),
    ] {
        let answer = engine.search(&request(query)).unwrap();
        assert_eq!((ids(&answer).first(), answer.complete), (Some(&expected), 1), "{query}");
    }
    let answer = engine.search(&request("ladder 3 x 4 m")).unwrap();
    assert_eq!(answer.unknown, ["3 x 4 m"], "as it was typed");
}

#[test]
fn other_alphabets_and_accents_are_found_as_people_type_them() {
    let (_folder, engine, _writer) = titled(&[
        "Müller Rührgerät",
        "Smoerrebroed plate",
        "Weiße Straßenlampe",
        "ワイヤレス充電器",
        "绿茶 250克",
        "무선 이어폰",
        "Ёлка новогодняя",
        "Crème brûlée dish",
    ]);
    for (query, expected) in [
        ("mueller ruehrgeraet", "0"),
        ("muller ruhrgerat", "0"),
        ("Mu\u{308}ller", "0"),
        ("smørrebrød plate", "1"),
        ("weisse strassenlampe", "2"),
        ("充電器", "3"),
        ("ワイヤレス", "3"),
        ("茶", "4"),
        ("이어폰", "5"),
        ("елка НОВОГОДНЯЯ", "6"),
        ("creme brulee", "7"),
    ] {
        let answer = engine.search(&request(query)).unwrap();
        assert_eq!((ids(&answer).first(), answer.complete), (Some(&expected), 1), "{query}");
    }
    let answer = engine.search(&request("電話機 ワイヤレス")).unwrap();
    assert_eq!((answer.complete, answer.unknown), (0, vec!["電話機".to_owned()]));
}

#[test]
fn what_is_written_as_it_was_typed_stands_before_another_form_of_it() {
    let (_folder, engine, _writer) =
        titled(&["Linen short", "Linen shorts", "Reading glass", "Reading glasses", "Gray box", "Grey box"]);
    for (query, expected) in
        [("shorts", ["1", "0"]), ("short", ["0", "1"]), ("glasses", ["3", "2"]), ("glass", ["2", "3"])]
    {
        assert_eq!(ids(&engine.search(&request(query)).unwrap()), expected, "{query}");
    }
    // Two spellings of one form are one.
    let [grey, gray] = ["grey box", "gray box"].map(|query| engine.search(&request(query)).unwrap());
    assert_eq!((ids(&grey), grey.complete), (ids(&gray), 2));
}

#[test]
fn a_kind_of_thing_is_found_by_it_and_not_the_other_way_round() {
    let (_folder, engine, _writer) = titled(&["Kitchen bin", "Steel trash can", "Trash can lid"]);
    assert_eq!(engine.search(&request("bin")).unwrap().complete, 3);
    assert_eq!(engine.search(&request("trash can")).unwrap().complete, 2);
}

/// The words of a text as a query of it looks for them.
fn asked(text: &str) -> Vec<String> {
    let query = Query::parse(text);
    let typed = query.clauses().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    pieces(&typed).into_iter().map(|piece| piece.word).collect()
}

proptest! {
    /// What a title says is found by the same words typed.
    #[test]
    fn a_title_and_the_same_text_as_a_query_have_the_same_words(
        parts in prop::collection::vec(prop::sample::select(vec![
            "lamp", "Shorts", "Müller", "充電器", "1,5 kg", "10,000", "10x15", "10 × 15 cm", "1/2\"", "1 ½ in", "5' 10\"", "tv", "55 in",
            "pack of 6", "6-pack", "set of four", "12 fl. oz.", "10–15 cm", "2x16GB", "T-shirt", "dozen", "iPhone8", "3.7GHz", "men’s",
            "1.2.3", "7920x", "2 in 1", "Ёлка",
        ]), 0..8)
    ) {
        let text = parts.join(" ");
        let title: Vec<String> = pieces(&text).into_iter().map(|piece| piece.word).collect();
        prop_assert_eq!(asked(&text), title);
    }

    #[test]
    fn any_text_is_cut_as_often_as_it_is_asked_for(text in "(?s).{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        for text in [text.as_str(), &String::from_utf8_lossy(&bytes)] {
            prop_assert_eq!(pieces(text), pieces(text));
            asked(text);
        }
    }
}
