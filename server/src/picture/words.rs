//! Guesses a motif and a colour from what the seller of an imported product wrote.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::catalog::{Paint, Slug};

use super::vocabulary::{HINTS, NAME_MAX_WORDS, THINGS};
use super::{motif, palette};

/// The motif of a title and its category: `white hanging heart t-light holder` is a tea light.
///
/// The thing that is named last is the thing that is sold, and the longest name of it counts: a
/// `teapot mug` is a mug. What follows `for`, `with` and the like counts only where nothing before
/// it is known, and what a thing is decorated with only where no thing is known at all.
pub(crate) fn motif_for(words: &str) -> Slug {
    let words = plain(words);
    let words: Vec<&str> = words.split(' ').collect();
    let end = words.iter().position(|word| LINKS.contains(word)).unwrap_or(words.len());
    let found = last(&THING_OF, &words[..end]).or_else(|| last(&THING_OF, &words)).or_else(|| last(&HINT_OF, &words));
    slug(found.unwrap_or(motif::PARCEL.name))
}

/// The colour that a title names first, as one of the paints; where it names none, one that is
/// always the same for the title.
pub(crate) fn colour_for(words: &str) -> Slug {
    let words = plain(words);
    let named = words
        .split(' ')
        .find_map(|word| Paint::named(word).map(|paint| paint.name).or_else(|| COLOUR_OF.get(word).copied()));
    slug(named.unwrap_or(LIVELY[palette::hash(&words) as usize % LIVELY.len()]))
}

/// Lower-case words of letters and digits, a blank between them: `4 gb t light`.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    // An apostrophe joins (children's), everything else parts.
    for letter in words.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.trim().to_owned()
}

type Table = LazyLock<HashMap<&'static str, &'static str>>;

/// The motif of the name that ends last in `words`; of several that end there, of the longest.
fn last(table: &Table, words: &[&str]) -> Option<&'static str> {
    (1..=words.len()).rev().find_map(|end| {
        (end.saturating_sub(NAME_MAX_WORDS)..end).find_map(|start| {
            let name = words[start..end].join(" ");
            let singular = |plural| name.strip_suffix(plural).and_then(|name| table.get(name));
            table.get(name.as_str()).or_else(|| singular("s")).or_else(|| singular("es")).copied()
        })
    })
}

#[expect(clippy::expect_used, reason = "every name of the tables and of the palette is a slug, as the tests prove")]
fn slug(name: &str) -> Slug {
    name.parse().expect("a name of a table")
}

static THING_OF: Table = LazyLock::new(|| by_name(THINGS));
static HINT_OF: Table = LazyLock::new(|| by_name(HINTS));
static COLOUR_OF: Table = LazyLock::new(|| by_name(COLOURS));

fn by_name(table: &'static [(&str, &str)]) -> HashMap<&'static str, &'static str> {
    table.iter().flat_map(|(motif, names)| names.split(", ").map(|name| (name, *motif))).collect()
}

/// Words after which a title says what the thing goes with.
const LINKS: [&str; 6] = ["for", "with", "w", "compatible", "fits", "designed"];

/// Colours for what names none: lively, and apart from each other.
const LIVELY: [&str; 12] =
    ["teal", "clay", "mustard", "sage", "denim", "coral", "slate", "plum", "forest", "sky", "berry", "sand"];

/// Colours of the palette with what else sellers call them.
pub(super) const COLOURS: &[(&str, &str)] = &[
    ("poppy", "red, scarlet, cherry, retrospot, strawberry"),
    ("berry", "magenta, raspberry"),
    ("wine", "burgundy, crimson, ruby"),
    ("cobalt", "blue"),
    ("ink", "navy"),
    ("sky", "cyan"),
    ("teal", "turquoise, aqua, petrol"),
    ("moss", "green"),
    ("forest", "emerald"),
    ("sage", "lime"),
    ("olive", "khaki"),
    ("lemon", "yellow"),
    ("amber", "orange, tangerine"),
    ("plum", "purple"),
    ("lilac", "violet, lavender, amethyst"),
    ("chalk", "ivory, cream, clear"),
    ("oat", "natural, beige"),
    ("sand", "tan"),
    ("oak", "wood, wooden, wicker"),
    ("walnut", "chocolate"),
    ("copper", "bronze"),
    ("steel", "silver, chrome, zinc, aluminum, aluminium, platinum"),
    ("grey", "gray"),
    ("charcoal", "graphite, gunmetal"),
    ("slate", "titanium"),
    ("gold", "golden"),
    ("pink", "fuchsia"),
    ("coral", "peach"),
];
