//! Titles and descriptions: grammar around the words of the tables.
//!
//! Openings of the tables hold braces: `{A thing}` (A desk lamp; Trousers), `{thing}`, `{name}`,
//! `{brand}`, `{material}` (the full form of the quality), and words that follow the noun's
//! number: `{This thing}`, `{It}`, `{it}`, `{them}`, `{its}`, `{is}`, `{has}`, `{s}` (`keep{s}`).

use domain::catalog::{Attribute, AttributeValue};

use super::dice::Dice;
use super::names::{article, author, head};
use super::shelf::{Naming, Shelf};

pub(super) struct Words {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) author: Option<String>,
}

/// Titles name the detail about as often as they leave it to the description.
const TITLES_WITH_DETAIL_PERCENT: u32 = 62;

pub(super) fn write(
    shelf: &Shelf,
    noun: &str,
    brand: &str,
    (adjective, full): (&str, &str),
    facts: &[Attribute],
    dice: &mut Dice,
) -> Words {
    let name = head(shelf.naming, brand, dice);
    let (ending, sentence) = dice.pick(shelf.details);
    let author = (shelf.naming == Naming::Book).then(|| author(dice));

    let mut title = match &author {
        Some(author) => format!("{name} by {author}"),
        None => [name.as_str(), adjective, noun].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "),
    };
    if author.is_none() && !ending.is_empty() && dice.happens(TITLES_WITH_DETAIL_PERCENT) {
        title = format!("{title} {ending}");
    }

    let number = Number::of(noun);
    let fill = |template: &str| {
        let thing = capital(noun);
        let a_thing = match number {
            Number::One => format!("{} {noun}", article(noun)),
            Number::Many => thing,
        };
        number
            .agree(template)
            .replace("{A thing}", &a_thing)
            .replace("{thing}", noun)
            .replace("{name}", &name)
            .replace("{brand}", brand)
            .replace("{material}", full)
    };
    let mut sentences = vec![fill(dice.pick(shelf.openings)), fill(sentence)];
    sentences.extend(measures(facts).map(|words| number.agree(&words)));
    sentences.extend(remark(facts));
    Words { title, description: sentences.join(" "), author }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether a noun takes `is` or `are`.
#[derive(Clone, Copy)]
enum Number {
    One,
    Many,
}

impl Number {
    fn of(noun: &str) -> Self {
        let last = noun.rsplit(' ').next().unwrap_or(noun);
        let singular = ["ss", "us", "is", "as"].iter().any(|end| last.ends_with(end)) || last == "lens";
        if last.ends_with('s') && !singular { Self::Many } else { Self::One }
    }

    fn agree(self, template: &str) -> String {
        let forms: [(&str, &str, &str); 10] = [
            ("{This thing}", "This {thing}", "These {thing}"),
            ("{It}", "It", "They"),
            ("{it}", "it", "they"),
            ("{them}", "it", "them"),
            ("{its}", "its", "their"),
            ("{is}", "is", "are"),
            ("{has}", "has", "have"),
            ("{s}", "s", ""),
            ("{es}", "es", ""),
            ("{ies}", "ies", "y"),
        ];
        forms.iter().fold(template.to_owned(), |words, (token, one, many)| {
            words.replace(
                token,
                match self {
                    Self::One => one,
                    Self::Many => many,
                },
            )
        })
    }
}

/// `{It} {is} 450 mm tall and weigh{s} 1.2 kg.`
fn measures(facts: &[Attribute]) -> Option<String> {
    let phrase = |fact: &Attribute, phrases: &[(&str, &str)]| match &fact.value {
        AttributeValue::Measure { measure } => phrases
            .iter()
            .find(|(name, _)| *name == fact.name.as_str())
            .map(|(_, phrase)| phrase.replace('#', &measure.to_string())),
        _ => None,
    };
    let is: Vec<String> = facts.iter().filter_map(|fact| phrase(fact, &SIZES)).take(2).collect();
    let does: Option<String> = facts.iter().find_map(|fact| phrase(fact, &DOINGS));
    match (is.as_slice(), does) {
        ([], None) => None,
        ([], Some(does)) => Some(format!("{{It}} {does}.")),
        ([one], None) => Some(format!("{{It}} {{is}} {one}.")),
        ([one], Some(does)) => Some(format!("{{It}} {{is}} {one} and {does}.")),
        ([one, two, ..], None) => Some(format!("{{It}} {{is}} {one} and {two}.")),
        ([one, two, ..], Some(does)) => Some(format!("{{It}} {{is}} {one} and {two}, and {does}.")),
    }
}

const SIZES: [(&str, &str); 8] = [
    ("Height", "# tall"),
    ("Width", "# wide"),
    ("Length", "# long"),
    ("Depth", "# deep"),
    ("Diameter", "# across"),
    ("Thickness", "# thick"),
    ("Seat height", "# high at the seat"),
    ("Packed length", "# long when packed"),
];
const DOINGS: [(&str, &str); 8] = [
    ("Weight", "weigh{s} #"),
    ("Capacity", "hold{s} #"),
    ("Battery life", "run{s} for # on one charge"),
    ("Burning time", "burn{s} for about #"),
    ("Brightness", "give{s} #"),
    ("Power", "use{s} #"),
    ("Range", "reach{es} #"),
    ("Maximum load", "carr{ies} #"),
];

/// How to care for it, or else what it can: `Machine wash at 30 °C.`, `Dishwasher safe.`
fn remark(facts: &[Attribute]) -> Option<String> {
    let care = facts.iter().find(|fact| fact.name.as_str() == "Care").map(|fact| format!("{}.", fact.value));
    care.or_else(|| {
        facts.iter().find(|fact| fact.value == AttributeValue::Flag { yes: true }).map(|fact| format!("{}.", fact.name))
    })
}
