use std::collections::BTreeSet;
use std::sync::Arc;

use domain::catalog::{Brand, CategoryId, CategoryPath, ProductId, Seller};
use domain::search::embedding::Embedding;
use domain::search::ports::Embedder;
use domain::search::query::Query;
use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

mod anything;
mod facets;
mod given_up;
mod intent;
mod nearest;
mod order;
mod paging;
mod spelling;
mod synonyms;
mod writing;

const WRITER_BYTES: usize = 20_000_000;

fn document(id: &str, title: &str) -> Document {
    Document {
        id: id.parse().unwrap(),
        title: title.parse().unwrap(),
        description: None,
        brand: None,
        seller: Seller::default(),
        path: "Everything".parse::<CategoryPath>().unwrap().steps().to_vec(),
        facts: vec![],
        codes: vec![],
        price: Some("10.00 GBP".parse().unwrap()),
        available: true,
        rating: None,
        added_at: Timestamp::UNIX_EPOCH,
        popularity: 0,
        interest: 0,
    }
}

fn engine_with(documents: &[Document]) -> (TempDir, Arc<Engine>, Writer) {
    let folder = TempDir::new().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    let mut writer = engine.writer(WRITER_BYTES).unwrap();
    for document in documents {
        writer.put(document).unwrap();
    }
    writer.commit("").unwrap();
    (folder, engine, writer)
}

fn titled(titles: &[&str]) -> (TempDir, Arc<Engine>, Writer) {
    let documents: Vec<Document> = (0..).zip(titles).map(|(n, title)| document(&format!("{n}"), title)).collect();
    engine_with(&documents)
}

fn request(query: &str) -> Request {
    Request { query: Query::parse(query), page_hits: 20, count: true, ..Request::default() }
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn first(engine: &Engine, query: &str) -> Option<String> {
    engine.search(&request(query)).unwrap().hits.first().map(|hit| hit.id.to_string())
}

#[test]
fn the_same_thing_is_found_however_it_is_written() {
    let (_folder, engine, _writer) = titled(&[
        "Cotton T-shirt",
        "Samsung 55\" Television",
        "External drive 1TB",
        "Zanussi ZBA 23042 SA fridge",
        "LG 49UK7550 Smart TV",
        "Café table",
        "Apple iPhone 8 Plus",
        "Hotpoint NM11 946 WC A UK",
        "USB flash drive",
        "Bin liners",
        "Grey jewellery box",
    ]);
    for (query, expected) in [
        ("tshirts", "0"),
        ("t shirt", "0"),
        ("55 inch tv", "1"),
        ("139.7 cm television", "1"),
        ("1000 gb drive", "2"),
        ("zba23042sa", "3"),
        ("refrigerator", "3"),
        ("49uk7550pla", "4"),
        ("cafe tables", "5"),
        ("cafe\u{301} tables", "5"),
        ("iphone8", "6"),
        ("nm11946wcauk", "7"),
        ("memory stick", "8"),
        ("memorystick", "8"),
        ("trash bags", "9"),
        ("gray jewelry boxes", "10"),
    ] {
        assert_eq!(first(&engine, query).as_deref(), Some(expected), "{query}");
    }
    assert_eq!(engine.search(&request("tshirts")).unwrap().corrected, None, "it is no slip");
}

#[test]
fn a_misspelt_word_is_corrected_and_told_but_never_beats_a_right_one() {
    let (_folder, engine, _writer) = titled(&["Wireless headphones", "Desk lamp", "Camp stove", "Lamb rug"]);
    let answer = engine.search(&request("headphnes")).unwrap();
    assert_eq!(ids(&answer), ["0"]);
    assert_eq!(answer.corrected.unwrap().text.as_str(), "headphones", "as the title writes it");
    let answer = engine.search(&request("lamp")).unwrap();
    assert_eq!(ids(&answer), ["1"]);
    assert_eq!(answer.corrected, None);
}

#[test]
fn what_is_said_to_be_found_instead_is_what_is_found() {
    let (_folder, engine, _writer) =
        titled(&["Women's cashmere socks", "Women's wool socks", "Desk lamp", "Desk light", "Camp stove", "Lamb rug"]);
    for (query, said, misspelt) in [
        ("Women's cashmre sock under 50 -red", "Women's cashmere sock under 50 -red", "cashmre"),
        ("desk lampp", "desk lamp", "lampp"),
        ("\"womens wool\" Scoks", "\"womens wool\" socks", "Scoks"),
    ] {
        let answer = engine.search(&request(query)).unwrap();
        let correction = answer.corrected.clone().unwrap();
        assert_eq!((correction.text.as_str(), correction.misspelt.join(" ").as_str()), (said, misspelt));
        let instead = engine.search(&request(said)).unwrap();
        assert!(!correction.is_guess && instead.corrected.is_none(), "{query}");
        assert_eq!((ids(&answer), answer.complete), (ids(&instead), instead.complete), "{query}");
    }
    // Two words are as near; both are looked for, and no more is said.
    let answer = engine.search(&request("lamq")).unwrap();
    assert!(answer.corrected.as_ref().unwrap().is_guess);
    assert_eq!(ids(&answer).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["2", "5"]));
}

#[test]
fn words_are_suggested_as_titles_write_them() {
    let (_folder, engine, _writer) = titled(&["Women's wool socks", "Women\u{2019}s shoes", "Crème brûlée dish"]);
    for (typed, expected) in [
        ("womens w", vec![("women's wool", 9)]),
        ("Women's", vec![("women's wool", 7), ("women's shoes", 7)]),
        ("creme br", vec![("crème brûlée", 8)]),
        ("red womens sh", vec![("red women's shoes", 14)]),
        ("brulle", vec![("brûlée", 0)]),
    ] {
        let found = engine.suggest(typed, 5).unwrap().queries;
        let found: Vec<_> = found.iter().map(|made| (made.text.as_str(), made.typed_chars)).collect();
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn no_suggestion_ends_in_the_middle_of_a_phrase() {
    let (_folder, engine, _writer) = titled(&["Lamp with shade", "Lamp and shade", "Lamp globe"]);
    let found = engine.suggest("lamp", 5).unwrap().queries;
    assert_eq!(found.iter().map(|made| made.text.as_str()).collect::<Vec<_>>(), ["lamp globe"]);
}

#[test]
fn what_has_only_some_words_stands_behind_and_is_told_apart() {
    let (_folder, engine, _writer) = titled(&["Red desk lamp", "Desk lamp", "Red chair"]);
    let answer = engine.search(&request("red desk lamp")).unwrap();
    assert_eq!((answer.total, answer.complete), (2, 1));
    assert_eq!(ids(&answer), ["0", "1"]);
    let answer = engine.search(&request("green lamp zzzzqq")).unwrap();
    assert_eq!((answer.complete, answer.unknown.as_slice()), (0, ["green".to_owned(), "zzzzqq".to_owned()].as_slice()));
    assert!(answer.total > 0);
}

#[test]
fn other_words_are_only_offered_where_something_has_them_all() {
    let many: Vec<String> = (0..40).map(|n| format!("Wall hook {n}")).collect();
    let mut titles: Vec<&str> = many.iter().map(String::as_str).collect();
    titles.extend(["Tall vase", "Storage cabinet", "Wall storage cabinet"]);
    let (_folder, engine, _writer) = titled(&titles);
    let meant = |query: &str| engine.search(&request(query)).unwrap().did_you_mean.map(|text| text.to_string());
    assert_eq!(meant("tall storage cabinet").as_deref(), Some("wall storage cabinet"));
    assert_eq!(meant("tall cabinet vase"), None);
}

#[test]
fn small_words_bring_nothing_above_what_is_meant() {
    let (_folder, engine, _writer) = titled(&[
        "Bunny with ears",
        "Egg basket",
        "Bread basket",
        "Fruit basket",
        "Laundry basket",
        "Pen basket",
        "Fish tank",
    ]);
    let answer = engine.search(&request("basket with wheels")).unwrap();
    let bunny = ids(&answer).iter().position(|id| *id == "0");
    assert!(bunny.is_none_or(|place| place >= 5), "{:?}", ids(&answer));
}

#[test]
fn the_grammar_narrows() {
    let mut documents: Vec<Document> =
        (0..).zip(["Red lamp", "Blue lamp", "Lamp, red as blood"]).map(|(n, t)| document(&format!("{n}"), t)).collect();
    documents[1].brand = Some("PC Treasures".parse().unwrap());
    documents[2].price = Some("60.00 GBP".parse().unwrap());
    let (_folder, engine, _writer) = engine_with(&documents);
    let found = |query| {
        let answer = engine.search(&request(query)).unwrap();
        ids(&answer).into_iter().map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("lamp -blue"), "0 2");
    assert_eq!(found("lamp brand:\"pc treasures\""), "1");
    assert_eq!(found("lamp under 10"), "0 1");
    assert_eq!(found("lamp over 10.01"), "2");
    assert_eq!(found("\"red lamp\""), "0 2");
    assert_eq!(engine.search(&request("\"red lamp\"")).unwrap().complete, 1);
    assert_eq!(found("brand:pctreasures"), "1");
    assert_eq!(found("-blue -blood"), "0");
    assert_eq!(found("-\"red lamp\" -blue"), "2");
}

#[test]
fn what_must_not_be_there_is_left_out_however_it_is_written() {
    let (_folder, engine, _writer) = titled(&["Cotton T-shirt", "Cotton shirt", "Cotton Tshirts"]);
    for query in ["cotton -tshirt", "cotton -tshirts", "-tshirt"] {
        assert_eq!(ids(&engine.search(&request(query)).unwrap()), ["1"], "{query}");
    }
}

#[test]
fn each_part_of_a_score_is_told_and_bounded() {
    let (_folder, engine, _writer) = titled(&["Red desk lamp", "Desk lamp"]);
    let answer = engine.search(&Request { explain: true, ..request("desk lamp") }).unwrap();
    for hit in &answer.hits {
        let parts = &hit.explanation.as_ref().unwrap().parts;
        assert!(parts.iter().all(|part| (0.0..=1.0).contains(&part.value)), "{parts:?}");
    }
    let sum = |hit: &Hit| -> f32 {
        hit.explanation.as_ref().unwrap().parts.iter().map(|part| part.value * part.weight).sum()
    };
    assert!(sum(&answer.hits[0]) > sum(&answer.hits[1]), "the parts decide the order");
    assert_eq!(ids(&answer), ["1", "0"]);
}

#[test]
fn all_results_by_relevance_are_explained_and_stand_where_they_stood() {
    let (_folder, engine, _writer) = engine_with(&shelf());
    let asked = Request { explain: true, page_hits: 100, ..request("lamp") };
    let page = engine.search(&asked).unwrap();
    let behind = engine.search(&Request { after: page.next, ..asked.clone() }).unwrap();
    assert_eq!((page.hits.len(), behind.hits.len()), (100, 20));
    assert!(page.hits.iter().chain(&behind.hits).all(|hit| hit.explanation.is_some()));
    assert_eq!(ids(&engine.search(&Request { explain: false, ..asked }).unwrap()), ids(&page));
    // With all words, and with some of them.
    for query in ["lamp", "lamp zeppelin"] {
        let page = engine.search(&Request { explain: true, order: Order::Newest, ..request(query) }).unwrap();
        assert!(!page.hits.is_empty() && page.hits.iter().all(|hit| hit.explanation.is_none()), "{query}");
    }
}

#[test]
fn a_change_is_seen_after_its_commit_and_carries_its_mark() {
    let (_folder, engine, mut writer) = titled(&["Desk lamp"]);
    writer.put(&document("0", "Garden chair")).unwrap();
    assert_eq!(first(&engine, "lamp").as_deref(), Some("0"));
    writer.commit("event 7").unwrap();
    assert_eq!((first(&engine, "lamp"), first(&engine, "chair").as_deref()), (None, Some("0")));
    assert_eq!((engine.mark().unwrap().as_str(), engine.count()), ("event 7", 1));
    writer.remove(&"0".parse().unwrap());
    writer.commit("event 8").unwrap();
    assert_eq!((first(&engine, "chair"), engine.count()), (None, 0));
}

#[test]
fn an_index_that_can_not_be_read_says_why() {
    let (folder, engine, writer) = titled(&["Desk lamp"]);
    drop((engine, writer));
    let index = folder.path().join("index");
    assert_eq!(Engine::open(&index, None).unwrap().count(), 1);
    assert!(matches!(Engine::open(&folder.path().join("none"), None), Err(OpenError::Missing { .. })));
    std::fs::write(index.join("format"), "0").unwrap();
    assert!(matches!(Engine::open(&index, None), Err(OpenError::Old)));
    std::fs::write(index.join("format"), schema::FORMAT.to_string()).unwrap();
    std::fs::write(index.join("meta.json"), "{").unwrap();
    assert!(matches!(Engine::open(&index, None), Err(OpenError::Damaged { .. })));
}

#[test]
fn typed_letters_become_words_pairs_shelves_and_brands() {
    let mut documents: Vec<Document> = (0..)
        .zip(["Desk lamp", "Desk lamp, brass", "Desk chair", "Lantern"])
        .map(|(n, title)| document(&format!("{n}"), title))
        .collect();
    documents[3].brand = Some("Lanternworks".parse().unwrap());
    documents[3].path = "Home > Lanterns and lights".parse::<CategoryPath>().unwrap().steps().to_vec();
    let (_folder, engine, _writer) = engine_with(&documents);
    let texts = |typed| {
        let found = engine.suggest(typed, 5).unwrap();
        found.queries.into_iter().map(|completion| completion.text.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(texts("desk la"), ["desk lamp"]);
    assert_eq!(texts("desk ").first().map(String::as_str), Some("desk lamp"));
    assert_eq!(texts("lnatr"), Vec::<String>::new());
    assert_eq!(texts("latern"), ["lantern"]);
    // Another first letter, one too many, one left out, and the first two swapped.
    for typed in ["kantern", "llantern", "antern", "alntern"] {
        assert_eq!(texts(typed), ["lantern"], "{typed}");
    }
    let found = engine.suggest("lant", 5).unwrap();
    assert_eq!(found.brands, ["Lanternworks".parse::<Brand>().unwrap()]);
    assert_eq!(found.categories.iter().map(CategoryId::as_str).collect::<Vec<_>>(), ["home/lanterns-and-lights"]);
    assert_eq!(found.products.iter().map(ProductId::as_str).collect::<Vec<_>>(), ["3"]);
}

fn shelf() -> Vec<Document> {
    (0..120_u32)
        .map(|n| {
            let mut document =
                document(&format!("p{n}"), &format!("Lamp {}", ["red", "blue", "green"][(n % 3) as usize]));
            document.brand = Some(["Alma", "Borea"][(n / 3 % 2) as usize].parse().unwrap());
            document.price = Some(format!("{}.00 GBP", 1 + n % 7).parse().unwrap());
            document.popularity = n * 37 % 100;
            document.facts = vec![
                ("Colour".parse().unwrap(), ["Red", "Blue", "Green"][(n % 3) as usize].parse().unwrap()),
                ("Size".parse().unwrap(), ["S", "M", "L", "XL"][(n % 4) as usize].parse().unwrap()),
            ];
            document
        })
        .collect()
}

#[test]
fn any_address_is_answered_and_what_is_answered_fits_together() {
    const NAMES: &str =
        "(in|brand|seller|stars|price-from|price-to|in-stock|delivery|sort|after|is\\.Colour|is\\.Size|.{0,5})";
    const VALUES: &str = "(everything|Alma|Borea|store|Red|XL|yes|free|[0-9]{1,4}|price-up|price-down|rating|newest|\
                          best-selling|[1-9]{1,2}\\.[rcn][0-9a-f]{1,3}(-[0-9a-f]{1,16}){1,3}|.{0,12})";
    let (_folder, engine, _writer) = engine_with(&shelf());
    let texts = prop_oneof!["(lamp|red lamps|over 2|lamp -blue|brand:alma|lamp zeppelin)", "(?s).{0,240}"];
    let address = (texts, prop::collection::vec((NAMES, VALUES), 0..6)).prop_map(|(typed, further)| {
        let further = further.into_iter().map(|(name, value)| format!("\n{name}={value}"));
        std::iter::once(typed).chain(further).collect::<String>().into_bytes()
    });
    let bytes = prop_oneof![3 => address, 1 => prop::collection::vec(any::<u8>(), 0..300)];
    proptest!(|(bytes in bytes)| { anything::ask(&engine, &bytes, None); });
}

/// Knows three things that have other names.
#[derive(Debug)]
struct Thesaurus;

impl Embedder for Thesaurus {
    fn name(&self) -> &'static str {
        "thesaurus"
    }

    fn embed(&self, text: &str) -> Option<Embedding> {
        const MEANINGS: [&[&str]; 3] = [&["sofa", "chesterfield"], &["lamp", "light"], &["rug", "kilim"]];
        let text = text.to_lowercase();
        let has = |names: &&[&str]| names.iter().any(|name| text.contains(name));
        let mut vector = [0.0; 8];
        vector.iter_mut().zip(&MEANINGS).for_each(|(number, names)| *number = if has(names) { 1.0 } else { -0.2 });
        Embedding::of(&vector)
    }
}

#[test]
fn what_means_the_same_is_found_below_what_has_the_words() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("index");
    let engine = Arc::new(Engine::create(&index, Some(Arc::new(Thesaurus))).unwrap());
    let mut writer = engine.writer(WRITER_BYTES).unwrap();
    for (id, title) in ["Grey sofa", "Chesterfield with cushions", "Desk lamp", "Woollen rug"].iter().enumerate() {
        writer.put(&document(&id.to_string(), title)).unwrap();
    }
    writer.commit("").unwrap();
    let answer = engine.search(&request("chesterfield")).unwrap();
    assert_eq!((ids(&answer).as_slice(), answer.complete), (["1", "0"].as_slice(), 1));
    let answer = engine.search(&request("kilim")).unwrap();
    assert_eq!((ids(&answer).as_slice(), answer.complete), (["3"].as_slice(), 0));
    assert!(
        ids(&engine.search(&request("chesterfield -cushions")).unwrap()).is_empty(),
        "nothing that was excluded comes back"
    );
    drop((writer, engine));
    assert!(matches!(Engine::open(&index, None), Err(OpenError::Old)), "meanings of another model are not compared");
}
