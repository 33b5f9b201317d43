//! Values that have an order of their own: sizes, and numbers with or without a unit.

use super::FacetValue;
use crate::search::query::Quantity;

/// What sizes are called, from the smallest up; names that stand together mean the same size.
const NAMED: [&[&[&str]]; 3] = [
    &[
        &["one size"],
        &["xxxs", "3xs"],
        &["xxs", "2xs"],
        &["xs", "x-small", "extra small"],
        &["s", "small", "cabin"],
        &["m", "medium"],
        &["l", "large"],
        &["xl", "x-large", "extra large"],
        &["xxl", "2xl", "xx-large"],
        &["xxxl", "3xl", "xxx-large"],
        &["xxxxl", "4xl"],
        &["xxxxxl", "5xl"],
        &["6xl"],
    ],
    // Beds, in British and American words.
    &[
        &["cot bed"],
        &["small single"],
        &["single", "twin"],
        &["small double"],
        &["double", "full"],
        &["queen"],
        &["king"],
        &["super king", "california king"],
        &["emperor"],
    ],
    &[&["face towel"], &["guest towel"], &["hand towel"], &["bath towel"], &["bath sheet"]],
];

/// Longest number that is compared, in digits before the point.
const MAX_DIGITS: usize = 9;

/// Where a value stands.
struct Place {
    /// `None` on any.
    scale: Option<Scale>,
    /// A size of two, such as `S/M` or `40 × 60 cm`, has two numbers.
    at: Vec<u64>,
}

#[derive(PartialEq)]
enum Scale {
    /// One of [`NAMED`].
    Named(usize),
    /// Quantities of one base unit.
    Measured(&'static str),
    /// Numbers with the same words around them.
    Counted(String),
    Letters,
}

/// Puts values that stand on one scale in its order, the least first. Where there are several scales, such as
/// sizes of shirts and of shoes, each is put in its own order, that of the most products first.
pub(super) fn ascend(values: &mut [FacetValue]) {
    const WAYS: [fn(&str) -> Option<Place>; 3] = [named, counted, letter];
    for read in WAYS {
        if on_one_scale(values, read) {
            values.sort_by_cached_key(|value| read(&folded(value)).map(|place| place.at));
            return;
        }
    }
    let mut scales: Vec<(Option<Scale>, u32)> = Vec::new();
    let read = |value: &FacetValue| {
        let text = folded(value);
        named(&text).or_else(|| counted(&text)).filter(|place| place.scale.is_some())
    };
    for value in values.iter() {
        let scale = read(value).and_then(|place| place.scale);
        match scales.iter_mut().find(|(known, _)| *known == scale) {
            Some((_, count)) => *count += value.count,
            None => scales.push((scale, value.count)),
        }
    }
    scales.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.sort_by_cached_key(|value| {
        let (scale, at) = read(value).map_or((None, Vec::new()), |place| (place.scale, place.at));
        (scales.iter().position(|(known, _)| *known == scale), at)
    });
}

fn folded(value: &FacetValue) -> String {
    value.value.as_str().to_lowercase()
}

fn on_one_scale(values: &[FacetValue], read: fn(&str) -> Option<Place>) -> bool {
    let mut common: Option<Scale> = None;
    values.iter().all(|value| {
        let Some(place) = read(&folded(value)) else { return false };
        let Some(scale) = place.scale else { return true };
        if let Some(common) = &common {
            return *common == scale;
        }
        common = Some(scale);
        true
    })
}

/// A size by its name, or two of one scale: `S/M`.
fn named(text: &str) -> Option<Place> {
    let find = |name: &str| {
        NAMED.iter().zip(0..).find_map(|(scale, number)| {
            let at = scale.iter().zip(0..).find_map(|(names, at)| names.contains(&name).then_some(at))?;
            Some((number, at))
        })
    };
    let names = match find(text) {
        Some(one) => vec![one],
        None => text.split(['/', '-', '–']).map(|name| find(name.trim())).collect::<Option<Vec<_>>>()?,
    };
    let (scale, _) = *names.first()?;
    let is_one_scale = names.iter().all(|(other, _)| *other == scale);
    is_one_scale.then(|| Place { scale: Some(Scale::Named(scale)), at: names.into_iter().map(|(_, at)| at).collect() })
}

/// Numbers: `EU 40`, `36–38`, `1 TB`, `Hand, 50 × 90 cm`. A letter before a digit makes a name of it, and a value of
/// two units stands nowhere.
fn counted(text: &str) -> Option<Place> {
    if text == "single" {
        return Some(Place { scale: None, at: vec![1_000] });
    }
    let (mut numbers, mut gaps, mut rest) = (Vec::new(), Vec::new(), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (gap, behind) = rest.split_at(start);
        if gap.ends_with(char::is_alphabetic) && gap != "x" {
            return None;
        }
        gaps.push(gap.trim());
        let end = behind.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(behind.len());
        let (number, behind) = behind.split_at(end);
        numbers.push(plain(number));
        rest = behind;
    }
    let (before, between) = gaps.split_first()?;
    let unit = rest.trim();
    let is_of_one_unit =
        |word: &str| word == unit || matches!(word, "x" | "to" | "by") || !word.starts_with(char::is_alphabetic);
    if !between.iter().flat_map(|gap| gap.split_whitespace()).all(is_of_one_unit) {
        return None;
    }
    let measured = numbers.iter().map(|number| Quantity::from_word(&format!("{number}{unit}")));
    if let Some(quantities) = measured.collect::<Option<Vec<_>>>() {
        let base = quantities.first()?.base();
        let at = quantities.into_iter().map(Quantity::thousandths).collect();
        return Some(Place { scale: Some(Scale::Measured(base)), at });
    }
    let at = numbers.iter().map(|number| thousandths(number)).collect::<Option<_>>()?;
    Some(Place { scale: Some(Scale::Counted(format!("{before} # {unit}"))), at })
}

/// A number without the commas between its thousands; another comma is a point.
fn plain(number: &str) -> String {
    let number = number.trim_end_matches(['.', ',']);
    let are_thousands = number.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    number.replace(',', if are_thousands { "" } else { "." })
}

fn thousandths(number: &str) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() > MAX_DIGITS || fraction.len() > 3 {
        return None;
    }
    format!("{whole}{fraction:0<3}").parse().ok()
}

/// One letter: the sizes of rings.
fn letter(text: &str) -> Option<Place> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|letter| letter.is_ascii_lowercase() && letters.next().is_none())?;
    Some(Place { scale: Some(Scale::Letters), at: vec![u64::from(letter)] })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values<T: AsRef<str>>(texts: &[T]) -> Vec<FacetValue> {
        let value = |text: &T| FacetValue { value: text.as_ref().parse().unwrap(), count: 1, chosen: false };
        texts.iter().map(value).collect()
    }

    fn ascended<T: AsRef<str>>(texts: &[T]) -> Vec<String> {
        let mut values = values(texts);
        ascend(&mut values);
        values.into_iter().map(|value| value.value.to_string()).collect()
    }

    #[test]
    fn what_stands_on_a_scale_is_put_in_its_order() {
        for expected in [
            ["XS", "S", "M", "L", "XL", "XXL", "3XL"].as_slice(),
            &["S", "S/M", "M", "L/XL", "XXL"],
            &["Cabin", "Medium", "Large"],
            &["Single", "Small double", "Double", "King", "Super king"],
            &["Twin", "Full", "Queen", "King"],
            &["Hand towel", "Bath towel", "Bath sheet"],
            &["Hand, 50 × 90 cm", "Bath, 70 × 140 cm", "Sheet, 100 × 150 cm"],
            &["128 GB", "256 GB", "512 GB", "1 TB"],
            &["500\u{a0}ml", "0.75 l", "1 l"],
            &["0,5 l", "1 l", "1,5 l"],
            &["28 in", "30 in", "1 m", "40\""],
            &["4x6 in", "5 x 7 in", "8 in x 10 in"],
            &["9", "40", "41"],
            &["EU 36", "EU 40", "EU 41.5"],
            &["36–38", "39–41", "42–44"],
            &["2–3 years", "4–5 years", "10–11 years"],
            &["40 × 40 cm", "40 × 60 cm", "60 × 40 cm", "120 × 180 cm"],
            &["500 pieces", "1,000 pieces", "2,000 pieces"],
            &["2 people", "3 people", "10 people"],
            &["Single", "Pack of 3", "Pack of 12"],
            &["Size 3", "Size 4", "Size 5"],
            &["J", "L", "N", "P"],
        ] {
            let mut texts = expected.to_vec();
            texts.reverse();
            assert_eq!(ascended(&texts), expected);
        }
    }

    #[test]
    fn what_has_no_common_scale_stays_as_it_is() {
        for texts in [
            ["Red", "Blue"].as_slice(),
            &["L", "Red"],
            &["10 kg", "5 lb"],
            &["EU 40", "UK 7"],
            &["E27", "E14"],
            &["King", "XS"],
            &["King/XS", "S"],
            &["40", "S"],
            &["1000000000", "2"],
            &["1.2345", "1"],
            &["2 l", "1 pint"],
            &["6 ft", "5 ft 2 in"],
        ] {
            assert_eq!(ascended(texts), texts);
        }
        assert_eq!(ascended(&["999999999", "2"]), ["2", "999999999"]);
        assert_eq!(ascended(&["1.234", "1"]), ["1", "1.234"]);
    }

    #[test]
    fn several_scales_stand_behind_each_other() {
        let mixed = ["40", "M", "Red", "38", "S", "39", "Blue"];
        assert_eq!(ascended(&mixed), ["38", "39", "40", "S", "M", "Red", "Blue"]);
    }

    proptest! {
        #[test]
        fn no_value_is_lost_whatever_it_says(
            texts in prop::collection::vec(r"[0-9]{1,11}[.,][0-9]{0,4} ?(cm|tb|l|\PC{0,3})|[smlx/–-]{1,4}|\PC{1,20}", 0..6),
        ) {
            let read = |text: &String| text.parse::<crate::catalog::AttributeText>().map(|text| text.to_string()).ok();
            let mut texts: Vec<String> = texts.iter().filter_map(read).collect();
            let mut ascended = ascended(&texts);
            texts.sort();
            ascended.sort();
            prop_assert_eq!(ascended, texts);
        }
    }
}
