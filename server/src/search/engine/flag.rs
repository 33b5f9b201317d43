//! Facts that say by their name what a product has: `Waterproof: yes`, `Bluetooth: 5.0`.

use super::words::pieces;

/// Values that say that a product has what the fact is called, alone or before more words.
const HAS: [&str; 6] = ["compatible", "included", "integrated", "supported", "true", "yes"];
/// Values that say that it has not.
const HAS_NOT: [&str; 9] =
    ["0", "false", "n/a", "no", "none", "not included", "not supported", "unsupported", "without"];
/// Words, in the singular, of names that are not what a product has, whatever their value: everything has a weight,
/// and who looks for weights does not mean that.
const OF_ANYTHING: [&str; 28] = [
    "age",
    "article",
    "capacity",
    "code",
    "colour",
    "count",
    "depth",
    "diameter",
    "dimension",
    "edition",
    "height",
    "item",
    "length",
    "model",
    "number",
    "pack",
    "part",
    "piece",
    "quantity",
    "reference",
    "series",
    "size",
    "thickness",
    "volume",
    "warranty",
    "weight",
    "width",
    "year",
];

/// The texts of a fact that a product is found by.
pub(super) fn searched<'a>(name: &'a str, value: &'a str) -> Vec<&'a str> {
    let folded = value.trim().to_lowercase();
    if HAS_NOT.contains(&folded.as_str()) {
        return Vec::new();
    }
    if HAS.contains(&folded.as_str()) {
        return vec![name];
    }
    let first = folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if HAS.contains(&first) || is_version(name, value) { vec![name, value] } else { vec![value] }
}

/// Whether a value is the version or the number of what a product has: `5.0`, `v5.2`, `IPX7`. A size is not.
fn is_version(name: &str, value: &str) -> bool {
    let value = pieces(value);
    let has_digit = value.first().is_some_and(|piece| piece.word.bytes().any(|byte| byte.is_ascii_digit()));
    let is_of_anything = || pieces(name).iter().any(|piece| OF_ANYTHING.contains(&piece.word.as_str()));
    has_digit && value.iter().all(|piece| !piece.is_measure) && !is_of_anything()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_where_its_value_says_that_it_is_there() {
        for (name, value, expected) in [
            ("Waterproof", "Yes", "Waterproof"),
            ("Waterproof", "yes, to 5 m", "Waterproof|yes, to 5 m"),
            ("Waterproof", "IPX7", "Waterproof|IPX7"),
            ("Waterproof", "No", ""),
            ("Charger", "not included", ""),
            ("Charger", "no longer than a pen", "no longer than a pen"),
            ("Bluetooth", "5.0", "Bluetooth|5.0"),
            ("Bluetooth", "0", ""),
            ("Wi-Fi", "802.11ac", "Wi-Fi|802.11ac"),
            ("Power", "800 W", "800 W"),
            ("Weights", "3", "3"),
            ("Colours", "3", "3"),
            ("Series", "7", "7"),
            ("Colour", "Red", "Red"),
        ] {
            assert_eq!(searched(name, value).join("|"), expected, "{name}: {value}");
        }
        assert!(OF_ANYTHING.is_sorted());
    }
}
