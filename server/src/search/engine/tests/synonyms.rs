//! Words that mean the same: found, but below the word itself, and never taken for a slip.

use super::*;

#[test]
fn a_word_among_the_synonyms_is_never_taken_for_a_slip() {
    let (_folder, engine, _writer) = titled(&["Hand towel", "Red bow tie", "Mobile phone", "Camp stove"]);
    engine.set_synonyms("jowel, gemstone\nmobile phome, handset\n");
    // One letter away from what is there, and written on purpose.
    let answer = engine.search(&request("jowel")).unwrap();
    assert_eq!((answer.total, answer.corrected, answer.unknown), (0, None, vec!["jowel".to_owned()]));
    assert_eq!(engine.search(&request("mobile phome")).unwrap().corrected, None);
    // What is no synonym is corrected as ever, be it a part of one.
    for (query, expected) in [("phome", "2"), ("camp stpve", "3")] {
        let answer = engine.search(&request(query)).unwrap();
        assert_eq!((ids(&answer).as_slice(), answer.corrected.is_some()), ([expected].as_slice(), true), "{query}");
    }
}

#[test]
fn what_is_rare_and_among_the_synonyms_is_not_doubted() {
    let many: Vec<String> = (0..40).map(|n| format!("Wall hook {n}")).collect();
    let mut titles: Vec<&str> = many.iter().map(String::as_str).collect();
    titles.extend(["Hall bench", "Wall bench"]);
    let (_folder, engine, _writer) = titled(&titles);
    let meant = |query: &str| engine.search(&request(query)).unwrap().did_you_mean.map(|text| text.to_string());
    engine.set_synonyms("lobby, foyer\n");
    assert_eq!(meant("hall bench").as_deref(), Some("wall bench"));
    engine.set_synonyms("hall, lobby\n");
    assert_eq!(meant("hall bench"), None);
}

#[test]
fn the_word_itself_stands_before_a_rarer_synonym() {
    // The rarer a word is, the more it tells: without a weight of their own synonyms would be first.
    let mut titles = vec!["Sony earphones"; 2];
    titles.extend(["Sony headphones"; 30]);
    let (_folder, engine, _writer) = titled(&titles);
    engine.set_synonyms("headphone, earphone\n");
    let answer = engine.search(&Request { page_hits: 40, ..request("headphones") }).unwrap();
    let last: BTreeSet<&str> = ids(&answer)[30..].iter().copied().collect();
    assert_eq!((answer.total, last), (32, BTreeSet::from(["0", "1"])));
}

#[test]
fn a_word_and_another_one_for_it_tell_no_more_together_than_the_word_alone() {
    let on_shelf = |(n, title): (usize, &str)| Document {
        path: "Audio > Headphones".parse::<CategoryPath>().unwrap().steps().to_vec(),
        ..document(&n.to_string(), title)
    };
    let titles = [["Sony earphones"; 2].as_slice(), &["Sony headphones"; 30]].concat();
    let documents: Vec<Document> = titles.into_iter().enumerate().map(on_shelf).collect();
    let (_folder, engine, _writer) = engine_with(&documents);
    let answer = engine.search(&Request { page_hits: 40, ..request("headphones") }).unwrap();
    let last: BTreeSet<&str> = ids(&answer)[30..].iter().copied().collect();
    assert_eq!((answer.total, last), (32, BTreeSet::from(["0", "1"])));
}
