//! The colours that things come in, each with the tones that light and shade make of it.
//!
//! Integers only: the same picture has the same bytes on every machine.

/// Red, green and blue, 0 to 255 each (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// The named colours; products and pictures share the names.
pub(super) const COLOURS: [(&str, Colour); 40] = [
    ("ink", Colour(43, 56, 88)),
    ("charcoal", Colour(70, 74, 80)),
    ("slate", Colour(104, 118, 132)),
    ("stone", Colour(166, 160, 148)),
    ("chalk", Colour(238, 233, 221)),
    ("oat", Colour(222, 206, 178)),
    ("sand", Colour(212, 180, 132)),
    ("clay", Colour(196, 108, 76)),
    ("rust", Colour(166, 76, 44)),
    ("coral", Colour(234, 132, 108)),
    ("rose", Colour(216, 138, 148)),
    ("blush", Colour(236, 196, 188)),
    ("berry", Colour(148, 50, 92)),
    ("wine", Colour(112, 40, 54)),
    ("plum", Colour(98, 64, 98)),
    ("lilac", Colour(178, 162, 210)),
    ("poppy", Colour(210, 66, 54)),
    ("amber", Colour(230, 156, 54)),
    ("mustard", Colour(210, 164, 52)),
    ("lemon", Colour(240, 214, 106)),
    ("olive", Colour(126, 124, 66)),
    ("sage", Colour(160, 178, 152)),
    ("moss", Colour(108, 128, 80)),
    ("forest", Colour(50, 90, 72)),
    ("teal", Colour(46, 128, 130)),
    ("mint", Colour(166, 212, 192)),
    ("sky", Colour(142, 186, 218)),
    ("denim", Colour(80, 112, 156)),
    ("cobalt", Colour(50, 88, 172)),
    ("walnut", Colour(112, 78, 56)),
    ("oak", Colour(202, 162, 112)),
    ("brass", Colour(204, 164, 88)),
    ("copper", Colour(190, 116, 82)),
    ("steel", Colour(176, 184, 190)),
    ("white", Colour(246, 244, 238)),
    ("black", Colour(48, 48, 54)),
    ("pink", Colour(232, 146, 172)),
    ("brown", Colour(128, 86, 60)),
    ("gold", Colour(212, 172, 84)),
    ("grey", Colour(146, 150, 154)),
];

/// Where warm light and cool shade pull a colour.
const LIGHT: Colour = Colour(255, 248, 230);
const SHADE: Colour = Colour(30, 26, 62);

/// Grounds that let most things stand out, and deeper ones for pale things.
const PAPERS: [Colour; 5] =
    [Colour(242, 235, 222), Colour(230, 236, 234), Colour(234, 236, 222), Colour(244, 230, 220), Colour(236, 232, 238)];
const DEEP_PAPERS: [Colour; 4] =
    [Colour(196, 206, 206), Colour(214, 198, 172), Colour(192, 200, 178), Colour(216, 190, 176)];

impl Colour {
    /// This colour with `percent` of another in it.
    pub(super) fn mixed(self, other: Self, percent: u32) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - percent) + u32::from(b) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Perceived lightness, 0 to 255 (Rec. 709 weights).
    fn lightness(self) -> u32 {
        (u32::from(self.0) * 213 + u32::from(self.1) * 715 + u32::from(self.2) * 72) / 1_000
    }

    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// One material in light: from the side that faces the lamp to the one that does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tones {
    pub(super) light: Colour,
    pub(super) base: Colour,
    pub(super) shade: Colour,
    pub(super) deep: Colour,
}

impl Tones {
    pub(super) fn of(base: Colour) -> Self {
        // Dark things need more light to show their form, pale things more shade.
        let (up, down) = match base.lightness() {
            0..90 => (24, 22),
            90..190 => (32, 26),
            _ => (55, 17),
        };
        Self { light: base.mixed(LIGHT, up), base, shade: base.mixed(SHADE, down), deep: base.mixed(SHADE, down + 24) }
    }
}

pub(super) const OAK: Colour = Colour(206, 166, 116);
pub(super) const METAL: Colour = Colour(178, 184, 190);
pub(super) const DARK: Colour = Colour(54, 56, 64);
pub(super) const PAPER: Colour = Colour(246, 241, 230);
pub(super) const GREEN: Colour = Colour(92, 132, 92);
pub(super) const INK: Colour = Colour(38, 44, 70);

/// The tones of a named colour. A name that nobody knows gets one of the known colours, always
/// the same.
pub(super) fn colour(name: &str) -> Colour {
    let known = COLOURS.iter().find(|(known, _)| *known == name);
    known.unwrap_or(&COLOURS[hash(name) as usize % COLOURS.len()]).1
}

/// A colour that looks well beside another.
pub(super) fn accent(main: Colour, choice: u32) -> Colour {
    let candidates = ["mustard", "clay", "teal", "chalk", "ink", "coral", "sage"];
    let far_enough = |other: &Colour| {
        let apart = |a: u8, b: u8| u32::from(a.abs_diff(b));
        apart(main.0, other.0) + apart(main.1, other.1) + apart(main.2, other.2) > 150
    };
    let fitting: Vec<Colour> = candidates.iter().map(|name| colour(name)).filter(far_enough).collect();
    fitting.get(choice as usize % fitting.len().max(1)).copied().unwrap_or(PAPER)
}

/// The ground that a thing of this colour is shown on, with a breath of the colour in it.
pub(super) fn ground(main: Colour, choice: u32) -> Colour {
    let papers: &[Colour] = if main.lightness() > 186 { &DEEP_PAPERS } else { &PAPERS };
    papers[choice as usize % papers.len()].mixed(main, 7)
}

/// FNV-1a, 32 bits: the same on every machine and in every version of the compiler.
pub(super) fn hash(words: &str) -> u32 {
    words.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
