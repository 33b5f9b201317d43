//! The paints that things come in, each with the tones that light and shade make of it.
//!
//! Integers only: the same picture has the same bytes on every machine.

use domain::catalog::Paint;

/// Red, green and blue, 0 to 255 each (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl From<Paint> for Colour {
    fn from(Paint { red, green, blue, .. }: Paint) -> Self {
        Self(red, green, blue)
    }
}

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

/// The colour of a paint. A name that nobody knows gets one of the known ones, always the same.
pub(super) fn colour(name: &str) -> Colour {
    Paint::named(name).unwrap_or(Paint::ALL[hash(name) as usize % Paint::ALL.len()]).into()
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
