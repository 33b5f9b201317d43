//! The colours that products come in, by the names of their paints.

use domain::catalog::Slug;

/// Name and sRGB value of every paint, by name.
const PAINTS: [(&str, &str); 39] = [
    ("amber", "#d99a2b"),
    ("berry", "#8e2f5c"),
    ("black", "#1f2023"),
    ("blush", "#e3b7ae"),
    ("brass", "#b48a4a"),
    ("chalk", "#e4ddcf"),
    ("charcoal", "#3d4147"),
    ("clay", "#b5643f"),
    ("cobalt", "#2b4fa8"),
    ("copper", "#b06a45"),
    ("coral", "#e27a63"),
    ("denim", "#45618a"),
    ("forest", "#2f5a45"),
    ("ink", "#242c3a"),
    ("lemon", "#e8cf4a"),
    ("lilac", "#ab98c9"),
    ("mint", "#9fcfb8"),
    ("moss", "#6f7d4f"),
    ("mustard", "#cf9a2e"),
    ("oak", "#b68a5a"),
    ("oat", "#d9c7a8"),
    ("olive", "#7a7a3f"),
    ("plum", "#5f3a5e"),
    ("poppy", "#cf4434"),
    ("rose", "#c9808a"),
    ("rust", "#9c4f2c"),
    ("sage", "#9aab8c"),
    ("sand", "#cbb592"),
    ("sea", "#37768a"),
    ("silver", "#b9bec4"),
    ("sky", "#8fb8d6"),
    ("slate", "#44566b"),
    ("steel", "#98a1a8"),
    ("stone", "#a8a297"),
    ("tan", "#a86f3f"),
    ("teal", "#2a7d7b"),
    ("walnut", "#6b4a35"),
    ("white", "#f5f4f0"),
    ("wine", "#6d2436"),
];

/// The sRGB value of a paint, such as `#2f5a45`; `None` for a name that is not in the range.
pub fn paint(colour: &Slug) -> Option<&'static str> {
    PAINTS.binary_search_by(|(name, _)| (*name).cmp(colour.as_str())).ok().map(|place| PAINTS[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paint_is_found_by_its_name() {
        for (name, value) in PAINTS {
            assert_eq!(paint(&name.parse().unwrap()), Some(value));
        }
        assert_eq!(paint(&"no-such-paint".parse().unwrap()), None);
    }
}
