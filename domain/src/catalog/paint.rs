use std::fmt;

/// A colour that things come in: the name that products and their pictures share, and its red, green
/// and blue, 0 to 255 each (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    pub name: &'static str,
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Paint {
    /// Every paint. A picture of a colour that nobody knows takes one by its place and is cached for
    /// ever, so places stay as they are.
    pub const ALL: [Self; 40] = [
        Self::new("ink", 43, 56, 88),
        Self::new("charcoal", 70, 74, 80),
        Self::new("slate", 104, 118, 132),
        Self::new("stone", 166, 160, 148),
        Self::new("chalk", 238, 233, 221),
        Self::new("oat", 222, 206, 178),
        Self::new("sand", 212, 180, 132),
        Self::new("clay", 196, 108, 76),
        Self::new("rust", 166, 76, 44),
        Self::new("coral", 234, 132, 108),
        Self::new("rose", 216, 138, 148),
        Self::new("blush", 236, 196, 188),
        Self::new("berry", 148, 50, 92),
        Self::new("wine", 112, 40, 54),
        Self::new("plum", 98, 64, 98),
        Self::new("lilac", 178, 162, 210),
        Self::new("poppy", 210, 66, 54),
        Self::new("amber", 230, 156, 54),
        Self::new("mustard", 210, 164, 52),
        Self::new("lemon", 240, 214, 106),
        Self::new("olive", 126, 124, 66),
        Self::new("sage", 160, 178, 152),
        Self::new("moss", 108, 128, 80),
        Self::new("forest", 50, 90, 72),
        Self::new("teal", 46, 128, 130),
        Self::new("mint", 166, 212, 192),
        Self::new("sky", 142, 186, 218),
        Self::new("denim", 80, 112, 156),
        Self::new("cobalt", 50, 88, 172),
        Self::new("walnut", 112, 78, 56),
        Self::new("oak", 202, 162, 112),
        Self::new("brass", 204, 164, 88),
        Self::new("copper", 190, 116, 82),
        Self::new("steel", 176, 184, 190),
        Self::new("white", 246, 244, 238),
        Self::new("black", 48, 48, 54),
        Self::new("pink", 232, 146, 172),
        Self::new("brown", 128, 86, 60),
        Self::new("gold", 212, 172, 84),
        Self::new("grey", 146, 150, 154),
    ];

    const fn new(name: &'static str, red: u8, green: u8, blue: u8) -> Self {
        Self { name, red, green, blue }
    }

    /// The paint of a name, such as `forest`; `None` for a name that is not in the range.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paint| paint.name == name)
    }
}

impl fmt::Display for Paint {
    /// As CSS writes it: `#325a48`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Slug;
    use super::*;

    #[test]
    fn every_paint_is_found_by_its_name_which_fits_the_address_of_a_picture() {
        for paint in Paint::ALL {
            assert_eq!(Paint::named(paint.name), Some(paint));
            assert_eq!(paint.name.parse::<Slug>().map(String::from).as_deref(), Ok(paint.name));
        }
        assert_eq!(Paint::named("no-such-paint"), None);
        assert_eq!(Paint::named("forest").map(|paint| paint.to_string()).as_deref(), Some("#325a48"));
    }
}
