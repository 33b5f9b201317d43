use anything::means_what_it_says;
use proptest::prelude::*;

use super::*;

mod anything;
mod sizes;

fn read(raw: &str) -> String {
    let query = Query::parse(raw);
    let kinds = query.clauses.iter().map(|clause| match clause {
        Clause::Word(text) => format!("word {text}"),
        Clause::Measure { measure, .. } => format!("measure {measure}"),
        Clause::Phrase(text) => format!("phrase {text}"),
        Clause::Without(text) => format!("without {text}"),
        Clause::Brand(brand) => format!("brand {brand}"),
        Clause::Price { from, to } => {
            let words = |limit: &Option<_>| {
                limit.map_or("any".to_owned(), |limit: crate::pricing::PriceLimit| limit.to_string())
            };
            format!("price {} to {}", words(from), words(to))
        }
    });
    kinds.collect::<Vec<_>>().join("; ")
}

#[test]
fn words_phrases_and_what_must_not_be_there() {
    assert_eq!(
        read("red \"desk lamp\" -blue -\"for kids\""),
        "word red; phrase desk lamp; without blue; without for kids"
    );
    assert_eq!(read("t-shirt - - & x"), "word t-shirt; word x");
    assert_eq!(read("\"never closed"), "word never; word closed");
    assert_eq!(read("\"\" \"-\" brand:"), "word brand:");
    assert_eq!(read("“desk lamp” –blue brand:„PC Treasures”"), "phrase desk lamp; without blue; brand PC Treasures");
}

#[test]
fn brands_in_one_word_or_in_quotes() {
    assert_eq!(read("Brand:Sony tv"), "brand Sony; word tv");
    assert_eq!(read("brand:\"PC Treasures\" mouse"), "brand PC Treasures; word mouse");
}

#[test]
fn prices_but_not_sizes() {
    assert_eq!(read("lamp under 50"), "word lamp; price any to 50");
    assert_eq!(read("lamp less than £12.50 over 5 pounds"), "word lamp; price any to 12.50; price 5 to any");
    assert_eq!(read("between 40 and 20 lamp"), "price 20 to 40; word lamp");
    assert_eq!(read("under 55 inch"), "word under; measure 1397mm");
    assert_eq!(read("over ear headphones"), "word over; word ear; word headphones");
    assert_eq!(read("between 20"), "word between; word 20");
    assert_eq!(read("under"), "word under");
    assert_eq!(read("between 20 and 40 cm"), "word between; word 20; word and; measure 400mm");
    assert_eq!(read("under 12,50 pack of 6"), "price any to 12.50; measure pack 6pcs");
    assert_eq!(
        read("phone 8 in red under 50 in stock"),
        "word phone; word 8; word in; word red; price any to 50; word in; word stock"
    );
}

#[test]
fn numbers_with_units_are_one_quantity_however_they_are_written() {
    for (one, other) in [
        ("1 tb", "1000GB"),
        ("55\"", "55 inch"),
        ("55 in", "55″"),
        ("1.5 kg", "1500g"),
        ("1,5 kg", "1.5 kg"),
        ("3.70GHz", "3700 mhz"),
        ("0,5l", "0,5 L"),
        ("1½ in", "1 1/2\""),
        ("5' 10\"", "5′10″"),
        ("10 × 15 cm", "10x15cm"),
        ("10 by 15 in", "10\" × 15\""),
        ("6-pack", "Pack of 6"),
        ("12 fl. oz.", "12 fl oz"),
    ] {
        assert_eq!(read(one), read(other), "{one}");
        assert!(read(one).starts_with("measure "), "{one}: {}", read(one));
    }
    assert_eq!(read("1234567890 mm"), "word 1234567890; word mm");
    assert_eq!(read("123456789 mm"), "measure 123456789mm");
    assert_eq!(read("1.2.3 mm"), "word 1.2.3; word mm");
}

#[test]
fn too_much_is_left_out_and_told() {
    let words = |count: usize| vec!["x"; count].join(" ");
    assert_eq!(Query::parse(&words(MAX_CLAUSES)).left_out(), 0);
    let more = Query::parse(&words(MAX_CLAUSES + 1));
    assert_eq!((more.clauses().len(), more.left_out()), (MAX_CLAUSES, 1));
    assert!(!Query::parse(&"x".repeat(SearchText::MAX_CHARS)).was_cut());
    assert!(Query::parse(&"x".repeat(SearchText::MAX_CHARS + 1)).was_cut());
}

#[test]
fn a_chip_removes_its_own_clause() {
    let query = Query::parse("red lamp under 50 brand:\"pc treasures\"");
    assert_eq!(query.without(2).as_str(), "red lamp brand:\"pc treasures\"");
}

#[test]
fn only_what_is_looked_for_is_written_otherwise() {
    let query = Query::parse("lapm \"lapm shade\" 55 inch -lapm brand:lapm under 50");
    let respelt = query.respelt(|text| text.replace("lapm", "lamp"));
    assert_eq!(respelt.as_str(), "lamp \"lamp shade\" 55 inch -lapm brand:lapm under 50");
}

#[test]
fn where_nothing_fits_prices_are_given_up_before_brands() {
    let relaxed = |raw: &str| {
        let told = |Relaxed { query, given_up }: Relaxed| {
            let given_up: Vec<String> = given_up.iter().map(ToString::to_string).collect();
            assert_eq!(query.to_string(), query.text().as_str());
            format!("{query} | {}", given_up.join(" "))
        };
        Query::parse(raw).relaxed().into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(relaxed("under 5 red lamp -blue"), ["red lamp -blue | under 5"]);
    assert_eq!(relaxed("lamp brand:orlla"), ["lamp orlla | brand:orlla"]);
    assert_eq!(relaxed("brand:\"pc treasures\""), ["pc treasures | brand:\"pc treasures\""]);
    assert_eq!(
        relaxed("lamp brand:orlla under 9 over 2"),
        [
            "lamp brand:orlla | under 9 over 2",
            "lamp orlla under 9 over 2 | brand:orlla",
            "lamp orlla | brand:orlla under 9 over 2",
        ]
    );
    for nothing in ["", "red lamp", "\"red lamp\" -blue", "under 5", "-blue under 5"] {
        assert_eq!(relaxed(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn the_quotes_of_what_is_no_brand_open_none() {
    let query = Query::parse("brand:\"§ brand:\"§lamp§\" on");
    assert_eq!(Query::parse(&query.to_string()).clauses(), query.clauses());
}

proptest! {
    #[test]
    fn any_text_is_a_query_that_means_what_it_says(raw in "(?s).{0,260}") {
        means_what_it_says(&raw);
    }

    #[test]
    fn any_bytes_are_a_query_that_means_what_it_says(bytes in prop::collection::vec(any::<u8>(), 0..260)) {
        means_what_it_says(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn signs_of_the_grammar_in_any_order_mean_what_they_say(
        parts in prop::collection::vec(prop::sample::select(vec![
            "\"", "-", "brand:", "under", "between", "and", "50", "£20", "1 tb", "55\"", "lamp", " ", " ", " ",
            "×", "x", "in", "1/2", "½", "'", "pack of", "six", "–", "“", ",", ".", "fl", "oz", "by", "tv", "less than", "pounds", "é", "§",
        ]), 0..40)
    ) {
        means_what_it_says(&parts.concat());
    }
}
