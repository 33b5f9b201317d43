use proptest::prelude::*;

use super::*;

fn given(country: &str, typed: &str) -> Result<String, VatNumberError> {
    let country: Country = country.parse().unwrap();
    country.vat_number(&typed.parse().unwrap()).map(|number| number.to_string())
}

/// The country that a number names.
fn country_of(number: &str) -> &str {
    if number.starts_with("XI") { "GB" } else { &number[..CODE] }
}

/// Numbers that their countries published as examples, or that were counted by another program (python-stdnum).
const RIGHT: [&str; 81] = [
    "GB411056167",
    "GB220519011",
    "GB595662546",
    "GBGD001",
    "GBHA500",
    "XI980780684",
    "AU65680429072",
    "AU18617613609",
    "AU41495843880",
    "ATU31162773",
    "ATU14188993",
    "ATU29689682",
    "BE1909250208",
    "BE1289555612",
    "BE0029651811",
    "CA355284720RT0001",
    "CA296317043RT0001",
    "CA638563304RT0001",
    "DK25281551",
    "DK27370594",
    "DK36736380",
    "FI08467967",
    "FI02992701",
    "FI38135779",
    "FRZ2303265045",
    "FRN1303265045",
    "FR8X303265045",
    "FR1V303265045",
    "FRQV303265045",
    "FRVH303265045",
    "FR45000035804",
    "DE523299881",
    "DE823142294",
    "DE315715182",
    "IE9775025T",
    "IE9206143W",
    "IE0742348H",
    "IE1119242GA",
    "IE2580230JA",
    "IE6433435OA",
    "IE3L45090H",
    "IE3U76242H",
    "IT00743110181",
    "IT00743110108",
    "IT00743110132",
    "JP4259927714709",
    "JP9206346612862",
    "JP5211930437233",
    "LU79475372",
    "LU94070665",
    "LU77227724",
    "NL949596784B01",
    "NL494523402B01",
    "NL123456789B13",
    "NZ83535598",
    "NZ41884274",
    "NZ136410132",
    "NZ127843031",
    "NZ110230486",
    "NO797763853MVA",
    "NO432649903MVA",
    "NO445543004",
    "PL6168078479",
    "PL2617297592",
    "PL1692932216",
    "PT835255522",
    "PT479760420",
    "PT809591642",
    "ES23624334E",
    "ES00921539K",
    "ESX6154793Q",
    "ESX7873609L",
    "ESB93718393",
    "ESJ1680935B",
    "ESK1045710S",
    "ESK7667313X",
    "SE673112091801",
    "SE384720660801",
    "CHE969906091MWST",
    "CHE140848729TVA",
    "CHE215567251",
];

#[test]
fn numbers_that_countries_gave_away_are_right() {
    for number in RIGHT {
        assert_eq!(given(country_of(number), number).as_deref(), Ok(number));
    }
    for rule in RULES {
        assert_eq!(given(rule.country, rule.example).as_deref(), Ok(rule.example));
    }
}

#[test]
fn another_last_digit_is_a_slip() {
    for number in RIGHT {
        let country = country_of(number);
        // A branch, an account or a mark of those who pay tax may follow the check digit.
        let end = number.rfind("RT").or_else(|| (country == "CH").then_some(12)).or_else(|| number.find("MVA"));
        let end = end.or_else(|| number.find('B').filter(|_| country == "NL"));
        let end = end.or_else(|| (country == "SE").then_some(12)).unwrap_or(number.len());
        let place = number[..end].rfind(|sign: char| sign.is_ascii_digit()).unwrap();
        if number.starts_with("GBGD") || number.starts_with("GBHA") {
            continue;
        }
        let digit = number.as_bytes()[place] - b'0';
        let others = (0..10).filter(|other| *other != digit).map(|other| {
            let other = format!("{}{other}{}", &number[..place], &number[place + 1..]);
            given(country, &other)
        });
        let accepted = others.flatten().count();
        // Modulo 9 a zero is a nine, and a Dutch number has two ways to be right.
        assert!(accepted <= usize::from(matches!(country, "JP" | "NL")), "{number}: {accepted} others are right");
    }
}

#[test]
fn a_number_may_be_typed_as_on_a_letterhead() {
    for (country, typed, written) in [
        ("DE", "de 136 695 976", "DE136695976"),
        ("BE", "BE 0428.759.497", "BE0428759497"),
        ("CH", "CHE-107.787.577 MWST", "CHE107787577MWST"),
        ("GB", "GB 980 7806 84", "GB980780684"),
        ("AT", "atu13585627", "ATU13585627"),
    ] {
        assert_eq!(given(country, typed).as_deref(), Ok(written), "{typed}");
    }
}

#[test]
fn a_wrong_number_says_what_is_wrong_with_it() {
    for (country, typed, words) in [
        ("DE", "DE12", "must look like DE136695976 (Germany)"),
        ("DE", "136695976", "must look like DE136695976 (Germany)"),
        ("DE", "DE136695977", "has a slip in it: its check digit does not fit the others (Germany)"),
        ("DE", "DE036695976", "has a slip in it: its check digit does not fit the others (Germany)"),
        ("DE", "FR40303265045", "must begin with DE, as those of Germany do"),
        ("AT", "AT13585627", "must look like ATU13585627 (Austria)"),
        ("GB", "GBGD500", "has a slip in it: its check digit does not fit the others (United Kingdom)"),
        ("US", "US123456789", "must stay empty: the United States has none"),
        ("PL", "PLé567346215", "must look like PL8567346215 (Poland)"),
    ] {
        let error = given(country, typed).unwrap_err();
        assert_eq!(error.to_string(), words, "{typed}");
    }
}

#[test]
fn all_zeros_are_no_number() {
    for rule in RULES {
        for shape in rule.shapes {
            let zeros = shape.replace(['#', '*', '@'], "0");
            assert!(zeros == "GBGD000" || given(rule.country, &zeros).is_err(), "{zeros}");
        }
    }
}

#[test]
fn every_country_but_the_united_states_has_a_rule() {
    let without = Country::all().filter(|country| RULES.iter().all(|rule| rule.country != country.code()));
    assert_eq!(without.map(Country::code).collect::<Vec<_>>(), ["US"]);
}

proptest! {
    #[test]
    fn any_text_is_a_number_of_its_country_or_says_why(place in 0..RULES.len(), typed in "\\PC{1,20}|[A-Z]{2}[0-9A-Z*+. -]{1,16}") {
        let country = RULES[place].country;
        let Ok(typed) = typed.parse::<VatNumber>() else { return Ok(()) };
        if let Ok(written) = given(country, typed.as_str()) {
            prop_assert_eq!(given(country, &written), Ok(written.clone()));
        }
    }

    #[test]
    fn two_digits_that_changed_places_are_found(place in 0..RIGHT.len(), at in 3..9_usize) {
        let number = RIGHT[place];
        let (country, mut signs) = (country_of(number), number.as_bytes().to_vec());
        // Where the rule is modulo 97, 89 or 11, or of Germany, no pair goes unseen.
        let sees_all = matches!(country, "BE" | "DK" | "FI" | "LU" | "NO" | "CH");
        if sees_all && at + 1 < 10 && signs[at].is_ascii_digit() && signs[at + 1].is_ascii_digit() && signs[at] != signs[at + 1] {
            signs.swap(at, at + 1);
            prop_assert!(given(country, &String::from_utf8(signs).unwrap()).is_err(), "{number}, {at}");
        }
    }
}
