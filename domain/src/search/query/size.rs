//! Sizes, amounts and packs in a text, each in one form however it is written.

use super::measure::{Quantity, Unit};
use super::number::{Number, run};

/// Sides of one thing; what is longer is no measure.
const MAX_SIDES: usize = 4;
/// Longer words, in bytes, are no sizes.
const MAX_BYTES: usize = 40;
/// Digits before the point of a side without a unit: what is longer is a number of a model.
const MAX_SIDE_DIGITS: usize = 5;

/// What several things are sold in: `pack of 6`, `set of 4`.
const CONTAINERS: [&str; 9] = ["pack", "packet", "set", "box", "case", "bag", "bundle", "lot", "carton"];
/// Counts that people write out.
const COUNTS: [(&str, u64); 13] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("half a dozen", 6),
    ("half dozen", 6),
    ("dozen", 12),
];
const DOZEN: u64 = 12;
/// Behind them `in` is a unit: `55 in tv`. Behind another word it is one like others: `size 8 in red`.
const MEASURED_IN_INCHES: [&str; 24] = [
    "deep",
    "dia",
    "diameter",
    "display",
    "drive",
    "heel",
    "high",
    "inseam",
    "laptop",
    "led",
    "length",
    "long",
    "monitor",
    "oled",
    "round",
    "screen",
    "square",
    "tablet",
    "tall",
    "television",
    "thick",
    "tv",
    "waist",
    "wide",
];

/// One size, as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// In the base unit: `1397mm`, `100x150mm`, `6pcs`; a number alone where nothing is measured by it.
    pub word: String,
    /// The number as it is written, without its unit: `55`, `10x15`.
    pub number: String,
    /// Each side of several.
    pub sides: Vec<String>,
}

impl Size {
    fn new(quantity: Quantity, number: &Number) -> Self {
        Self { word: quantity.to_string(), number: number.text.clone(), sides: Vec::new() }
    }

    /// Whether it is more than a number.
    pub fn is_measure(&self) -> bool {
        self.word.bytes().any(|byte| byte.is_ascii_alphabetic())
    }
}

/// The sizes that a text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes<'a> {
    pub sizes: Vec<Size>,
    /// What so many are sold in, where it is said.
    pub container: Option<&'a str>,
    /// How much of the text they are.
    pub bytes: usize,
}

impl<'a> Sizes<'a> {
    /// Reads a text in small letters with the signs of [`super::plain_sign`], from the beginning of a word.
    pub fn at_start(text: &'a str) -> Option<Self> {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            sides(text).or_else(|| range(text)).or_else(|| amount(text))
        } else if text.starts_with(|c: char| c.is_ascii_lowercase()) {
            packed(text).or_else(|| counted(text))
        } else {
            None
        }
    }

    /// Whether more is said than a number.
    pub(super) fn is_told(&self) -> bool {
        self.sizes.iter().any(|size| size.is_measure() || !size.sides.is_empty())
    }

    /// Their words, what they are sold in before them.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.container.into_iter().chain(self.sizes.iter().map(|size| size.word.as_str()))
    }

    fn one(size: Size, bytes: usize) -> Self {
        Self { sizes: vec![size], container: None, bytes }
    }
}

/// `55 inch`, `5' 10"`, `2 lb 4 oz`, `6 pack`, `2 dozen`.
fn amount(text: &str) -> Option<Sizes<'_>> {
    let (number, end) = Number::at_start(text)?;
    if let Some(rest) = text[end..].strip_prefix([' ', '-']).filter(|rest| word(rest) == "dozen") {
        let number = Number::whole((number.thousandths / 1_000).checked_mul(DOZEN)?);
        let bytes = text.len() - rest.len() + "dozen".len();
        return Some(Sizes::one(Size::new(Quantity::of(&number, Unit::PIECE)?, &number), bytes));
    }
    let (unit, length) = unit(&number, &text[end..])?;
    let mut quantity = Quantity::of(&number, unit)?;
    let mut bytes = end + length;
    if let Some((more, length)) = smaller(unit, &text[bytes..]) {
        quantity = quantity.plus(more)?;
        bytes += length;
    }
    let name = text[end..bytes].trim_start_matches([' ', '-']);
    let container = ["pack", "packs", "pk"].contains(&name).then_some("pack");
    Some(Sizes { sizes: vec![Size::new(quantity, &number)], container, bytes })
}

/// What is added in a smaller unit: the inches behind feet, the ounces behind pounds.
fn smaller(unit: Unit, text: &str) -> Option<(Quantity, usize)> {
    let smaller = match unit {
        Unit::FOOT => Unit::INCH,
        Unit::POUND => Unit::OUNCE,
        _ => return None,
    };
    let rest = text.trim_start_matches([' ', '-']);
    let apart = text.len() - rest.len();
    let (number, end) = Number::at_start(rest)?;
    let named = self::unit(&number, &rest[end..]).filter(|(unit, _)| *unit == smaller).map(|(_, length)| length);
    // In 5'10 the inches need no sign.
    let length = named.or_else(|| (apart == 0 && smaller == Unit::INCH && is_end(&rest[end..])).then_some(0))?;
    Some((Quantity::of(&number, smaller)?, apart + end + length))
}

/// The unit behind a number and its length in bytes, with what stands between them.
pub(super) fn unit(number: &Number, text: &str) -> Option<(Unit, usize)> {
    for (sign, unit) in [("\"", Unit::INCH), ("''", Unit::INCH), ("'", Unit::FOOT)] {
        if let Some(behind) = text.strip_prefix(sign) {
            // The 90's are no feet.
            let is_word = unit == Unit::FOOT && behind.starts_with(char::is_alphabetic);
            return (!is_word || between(behind, true).is_some()).then_some((unit, sign.len()));
        }
    }
    let rest = text.strip_prefix([' ', '-']).unwrap_or(text);
    let apart = text.len() - rest.len();
    let name = word(rest);
    let behind = &rest[name.len()..];
    if ["fl", "fluid"].contains(&name) {
        let ounces = behind.trim_start_matches(['.', ' ', '-']);
        let is_named = ["oz", "ounce", "ounces"].contains(&word(ounces));
        return is_named.then(|| (Unit::FLUID_OUNCE, text.len() - ounces.len() + word(ounces).len()));
    }
    let unit = Unit::named(name)?;
    let is_word = apart > 0
        && match name {
            "in" => !are_inches(number, behind),
            // Fifty, in packs of six.
            "pack" | "packs" => behind.trim_start().starts_with("of "),
            _ => false,
        };
    (is_end(behind) && !is_word).then_some((unit, apart + name.len()))
}

/// Whether an `in` apart from its number stands for inches, by the number and what is behind it.
fn are_inches(number: &Number, behind: &str) -> bool {
    let next = behind.trim_start();
    let is_side = next.strip_prefix(['x', '\u{d7}', '*']).or_else(|| next.strip_prefix("by "));
    let is_side = is_side.is_some_and(|side| side.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let is_of_two_in_one = next.starts_with(|c: char| c.is_ascii_digit());
    let is_clear = next.is_empty() || behind.starts_with(['.', ',', ';', ')', '|']) || number.is_broken();
    let next = next.trim_start_matches('-');
    !is_of_two_in_one && (is_clear || is_side || MEASURED_IN_INCHES.contains(&word(next)))
}

/// `10x15`, `10 × 15 cm`, `10" x 15"`, `10 by 15`, `6 x 330 ml`.
fn sides(text: &str) -> Option<Sizes<'_>> {
    let mut sides: Vec<(Number, Option<Unit>)> = Vec::new();
    let mut at = 0;
    loop {
        let (number, end) = Number::at_start(&text[at..])?;
        at += end;
        let unit = unit(&number, &text[at..]);
        at += unit.map_or(0, |(_, length)| length);
        sides.push((number, unit.map(|(unit, _)| unit)));
        let Some(length) = between(&text[at..], unit.is_some()).filter(|_| sides.len() < MAX_SIDES) else { break };
        at += length;
    }
    if sides.len() < 2 || !is_end(&text[at..]) {
        return None;
    }
    let read = match sides.iter().rev().find_map(|(_, unit)| *unit) {
        None => vec![plain_sides(&sides)?],
        Some(unit) if unit.base == "mm" => vec![measured_sides(&sides, unit)?],
        Some(unit) => several(&sides, unit)?,
    };
    let is_short = read.iter().all(|size| size.word.len() <= MAX_BYTES);
    is_short.then_some(Sizes { sizes: read, container: None, bytes: at })
}

/// The sign between two sides and its length: with a space on both sides, or on none.
fn between(text: &str, has_unit: bool) -> Option<usize> {
    let rest = text.trim_start_matches(' ');
    let is_before = rest.len() < text.len();
    let behind = rest.strip_prefix(['x', '\u{d7}', '*']).or_else(|| rest.strip_prefix("by").filter(|_| is_before))?;
    let next = behind.trim_start_matches(' ');
    let is_even = has_unit || is_before == (next.len() < behind.len());
    (is_even && next.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - next.len())
}

fn joined(words: &[String]) -> String {
    words.join("x")
}

fn plain_sides(sides: &[(Number, Option<Unit>)]) -> Option<Size> {
    let is_short = |number: &str| number.split('.').next().unwrap_or_default().len() <= MAX_SIDE_DIGITS;
    let numbers: Vec<String> = sides.iter().map(|(number, _)| plain_side(number)).collect();
    let word = joined(&numbers);
    numbers.iter().all(|number| is_short(number)).then(|| Size { number: word.clone(), word, sides: numbers })
}

/// A number with a point for a fraction, `8.5` for `8-1/2`; as it is written where thousandths do not tell all of it.
fn plain_side(number: &Number) -> String {
    let is_exact = (number.numerator * 1_000).is_multiple_of(number.denominator);
    let quantity = Quantity::of(number, Unit::PIECE).filter(|_| is_exact);
    quantity.map_or_else(|| number.text.clone(), Quantity::number)
}

/// Sides in one unit: who writes it only once means all of them.
fn measured_sides(sides: &[(Number, Option<Unit>)], last: Unit) -> Option<Size> {
    let quantity = |(number, unit): &(Number, Option<Unit>)| Quantity::of(number, unit.unwrap_or(last));
    let quantities: Vec<Quantity> = sides.iter().map(quantity).collect::<Option<_>>()?;
    let is_one_base = sides.iter().all(|(_, unit)| unit.is_none_or(|unit| unit.base == last.base));
    let numbers: Vec<String> = quantities.iter().map(|quantity| quantity.number()).collect();
    let written: Vec<String> = sides.iter().map(|(number, _)| number.text.clone()).collect();
    is_one_base.then(|| Size {
        word: format!("{}{}", joined(&numbers), last.base),
        number: joined(&written),
        sides: quantities.iter().map(ToString::to_string).collect(),
    })
}

/// `6 x 330 ml`: so many of a quantity.
fn several(sides: &[(Number, Option<Unit>)], unit: Unit) -> Option<Vec<Size>> {
    let ((each, last), counts) = sides.split_last()?;
    if last.is_none() || counts.iter().any(|(_, unit)| unit.is_some()) {
        return None;
    }
    let count = |(number, _): &(Number, Option<Unit>)| Size {
        word: number.text.clone(),
        number: number.text.clone(),
        sides: Vec::new(),
    };
    let mut read: Vec<Size> = counts.iter().map(count).collect();
    read.push(Size::new(Quantity::of(each, unit)?, each));
    Some(read)
}

/// `10-15 cm`: both ends of it. With spaces around it the dash parts one thing from another: `iPhone 8 - 64 GB`.
fn range(text: &str) -> Option<Sizes<'_>> {
    let (from, end) = Number::at_start(text)?;
    let rest = &text[end..];
    let to = ["-", " to "].iter().find_map(|sign| rest.strip_prefix(sign))?;
    let (until, length) = Number::at_start(to)?;
    let (unit, unit_length) = unit(&until, &to[length..])?;
    let sizes = vec![Size::new(Quantity::of(&from, unit)?, &from), Size::new(Quantity::of(&until, unit)?, &until)];
    Some(Sizes { sizes, container: None, bytes: text.len() - to.len() + length + unit_length })
}

/// `pack of 6`, `set of four`.
fn packed(text: &str) -> Option<Sizes<'_>> {
    let container = word(text);
    let is_container = CONTAINERS.contains(&container.strip_suffix('s').unwrap_or(container));
    let rest = text[container.len()..].strip_prefix(" of ").filter(|_| is_container)?;
    let raw = run(rest);
    let (number, length) = if raw.is_empty() {
        let (name, count) = COUNTS.iter().find(|(name, _)| starts_with_word(rest, name))?;
        (Number::whole(*count), name.len())
    } else {
        // A bag of 500 g is no 500 bags.
        let (number, length) = Number::at_start(rest)?;
        let is_count = !number.is_broken()
            && is_end(&rest[length..])
            && [sides, range, amount].iter().all(|read| read(rest).is_none());
        (number, Some(length).filter(|_| is_count)?)
    };
    let size = Size::new(Quantity::of(&number, Unit::PIECE)?, &number);
    Some(Sizes { sizes: vec![size], container: Some(container), bytes: text.len() - rest.len() + length })
}

/// `six pack`, `four-piece`, `dozen`.
fn counted(text: &str) -> Option<Sizes<'_>> {
    let (name, count) = COUNTS.iter().find(|(name, _)| starts_with_word(text, name))?;
    let number = Number::whole(*count);
    let size = Size::new(Quantity::of(&number, Unit::PIECE)?, &number);
    if name.ends_with("dozen") {
        return Some(Sizes::one(size, name.len()));
    }
    let (_, length) = unit(&number, &text[name.len()..]).filter(|(unit, _)| *unit == Unit::PIECE)?;
    let bytes = name.len() + length;
    let container = text[name.len()..bytes].contains("pack").then_some("pack");
    Some(Sizes { sizes: vec![size], container, bytes })
}

/// The letters that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    &text[..end]
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(is_end)
}

/// Whether a word ends before the text.
fn is_end(text: &str) -> bool {
    // What is written without spaces may follow a size at once.
    !text.starts_with(|c: char| c.is_alphanumeric() && c < '\u{2e80}')
}
