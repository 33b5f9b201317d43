//! The colours that products come in, by the names of their paints.

use domain::catalog::Slug;

/// Name and sRGB value of every paint, by name: the colours that the store draws its pictures in.
pub const PAINTS: [(&str, &str); 40] = [
    ("amber", "#e69c36"),
    ("berry", "#94325c"),
    ("black", "#303036"),
    ("blush", "#ecc4bc"),
    ("brass", "#cca458"),
    ("brown", "#80563c"),
    ("chalk", "#eee9dd"),
    ("charcoal", "#464a50"),
    ("clay", "#c46c4c"),
    ("cobalt", "#3258ac"),
    ("copper", "#be7452"),
    ("coral", "#ea846c"),
    ("denim", "#50709c"),
    ("forest", "#325a48"),
    ("gold", "#d4ac54"),
    ("grey", "#92969a"),
    ("ink", "#2b3858"),
    ("lemon", "#f0d66a"),
    ("lilac", "#b2a2d2"),
    ("mint", "#a6d4c0"),
    ("moss", "#6c8050"),
    ("mustard", "#d2a434"),
    ("oak", "#caa270"),
    ("oat", "#deceb2"),
    ("olive", "#7e7c42"),
    ("pink", "#e892ac"),
    ("plum", "#624062"),
    ("poppy", "#d24236"),
    ("rose", "#d88a94"),
    ("rust", "#a64c2c"),
    ("sage", "#a0b298"),
    ("sand", "#d4b484"),
    ("sky", "#8ebada"),
    ("slate", "#687684"),
    ("steel", "#b0b8be"),
    ("stone", "#a6a094"),
    ("teal", "#2e8082"),
    ("walnut", "#704e38"),
    ("white", "#f6f4ee"),
    ("wine", "#702836"),
];

/// The sRGB value of a paint, such as `#325a48`; `None` for a name that is not in the range.
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
