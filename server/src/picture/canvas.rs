use std::fmt::Write;

use super::palette::{self, Colour, Tones};

/// What a shape is painted with. Names with `Down` are lit from above, the others from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Main,
    Down,
    Light,
    Base,
    Shade,
    Deep,
    Wood,
    WoodDown,
    WoodLight,
    WoodDeep,
    Metal,
    MetalDown,
    MetalDeep,
    Dark,
    DarkDown,
    DarkLight,
    Paper,
    PaperDown,
    PaperShade,
    Accent,
    AccentDown,
    AccentDeep,
    Leaf,
    LeafLight,
    LeafDeep,
    Ink,
    Glow,
    /// White that lets through what is behind it.
    Glass,
    Shine,
    /// Shadow that lets through what is behind it.
    Dim,
    /// The pattern of a cloth, over another paint.
    Pattern,
}

/// A sheet of 800 by 800 on which one motif is drawn, standing on the line y = 640 around the
/// axis x = 400.
#[derive(Debug)]
pub(super) struct Canvas {
    marks: String,
    main: Tones,
    wood: Tones,
    metal: Tones,
    dark: Tones,
    paper: Tones,
    accent: Tones,
    leaf: Tones,
    chance: u32,
    pattern: u32,
}

pub(super) const AXIS: i32 = 400;
pub(super) const GROUND: i32 = 640;

impl Canvas {
    pub(super) fn new(main: Colour, seed: u32) -> Self {
        // Zero is the one state that this generator never leaves.
        let mut canvas = Self {
            marks: String::with_capacity(4_096),
            main: Tones::of(main),
            wood: Tones::of(palette::OAK),
            metal: Tones::of(palette::METAL),
            dark: Tones::of(palette::DARK),
            paper: Tones::of(palette::PAPER),
            accent: Tones::of(palette::PAPER),
            leaf: Tones::of(palette::GREEN),
            chance: seed.wrapping_mul(0x9e37_79b9) | 1,
            pattern: 0,
        };
        canvas.accent = Tones::of(palette::accent(main, canvas.pick(7)));
        canvas.pattern = canvas.pick(7);
        canvas
    }

    /// The marks made so far, and a clean sheet.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.marks)
    }

    /// A number from 0 to `sides - 1`: xorshift, chosen by the picture's seed.
    pub(super) fn pick(&mut self, sides: u32) -> u32 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 17;
        self.chance ^= self.chance << 5;
        (self.chance >> 8) % sides
    }

    /// A length between both, inclusive.
    pub(super) fn vary(&mut self, lowest: i32, highest: i32) -> i32 {
        lowest + i32::try_from(self.pick(highest.abs_diff(lowest) + 1)).unwrap_or(0)
    }

    pub(super) fn path(&mut self, paint: Paint, d: impl AsRef<str>) {
        let fill = self.ink(paint);
        let _ = write!(self.marks, r#"<path d="{}" fill="{fill}"/>"#, d.as_ref());
    }

    pub(super) fn line(&mut self, paint: Paint, width: i32, d: impl AsRef<str>) {
        let stroke = self.ink(paint);
        let _ = write!(
            self.marks,
            r#"<path d="{}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>"#,
            d.as_ref()
        );
    }

    pub(super) fn rect(&mut self, paint: Paint, x: i32, y: i32, width: i32, height: i32, radius: i32) {
        let fill = self.ink(paint);
        let _ = write!(
            self.marks,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}"/>"#
        );
    }

    pub(super) fn oval(&mut self, paint: Paint, x: i32, y: i32, half_width: i32, half_height: i32) {
        let fill = self.ink(paint);
        let _ =
            write!(self.marks, r#"<ellipse cx="{x}" cy="{y}" rx="{half_width}" ry="{half_height}" fill="{fill}"/>"#);
    }

    pub(super) fn ring(&mut self, paint: Paint, width: i32, x: i32, y: i32, half_width: i32, half_height: i32) {
        let stroke = self.ink(paint);
        let _ = write!(
            self.marks,
            r#"<ellipse cx="{x}" cy="{y}" rx="{half_width}" ry="{half_height}" fill="none" stroke="{stroke}" stroke-width="{width}"/>"#
        );
    }

    /// A body as it comes from a wheel or a lathe: half widths at heights, from the top down.
    /// A height given twice makes an edge.
    pub(super) fn turned(&mut self, paint: Paint, profile: &[(i32, i32)]) {
        let d = turned(profile);
        self.path(paint, d);
    }

    /// A box seen slightly from above and the left: front, top and side.
    pub(super) fn cuboid(
        &mut self,
        [front, top, side]: [Paint; 3],
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        depth: i32,
    ) {
        let rise = depth / 2;
        self.path(top, format!("M{x} {y}l{depth} {}h{width}l{} {rise}z", -rise, -depth));
        self.path(side, format!("M{} {y}l{depth} {}v{height}l{} {rise}z", x + width, -rise, -depth));
        self.path(front, format!("M{x} {y}h{width}v{height}h{}z", -width));
    }

    /// What `draw` draws, turned clockwise by degrees around a point.
    pub(super) fn rotated(&mut self, degrees: i32, x: i32, y: i32, draw: impl FnOnce(&mut Self)) {
        self.moved(&format!("rotate({degrees} {x} {y})"), draw);
    }

    /// What `draw` draws, and its mirror image on the other side of the axis.
    pub(super) fn mirrored(&mut self, draw: impl Fn(&mut Self)) {
        draw(self);
        self.moved("matrix(-1 0 0 1 800 0)", draw);
    }

    pub(super) fn moved(&mut self, transform: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.marks, r#"<g transform="{transform}">"#);
        draw(self);
        self.marks.push_str("</g>");
    }

    pub(super) fn shadow(&mut self, x: i32, y: i32, half_width: i32, half_height: i32) {
        let _ = write!(
            self.marks,
            r#"<ellipse cx="{x}" cy="{y}" rx="{half_width}" ry="{half_height}" fill="url(#shadow)"/>"#
        );
    }

    pub(super) fn raw(&mut self, marks: &str) {
        self.marks.push_str(marks);
    }

    fn ink(&self, paint: Paint) -> String {
        use Paint as P;
        let flat = match paint {
            P::Main => return "url(#m)".into(),
            P::Down => return "url(#n)".into(),
            P::Wood => return "url(#w)".into(),
            P::WoodDown => return "url(#v)".into(),
            P::Metal => return "url(#s)".into(),
            P::MetalDown => return "url(#t)".into(),
            P::Dark => return "url(#k)".into(),
            P::DarkDown => return "url(#j)".into(),
            P::Paper => return "url(#p)".into(),
            P::PaperDown => return "url(#q)".into(),
            P::Accent => return "url(#a)".into(),
            P::AccentDown => return "url(#b)".into(),
            P::Pattern => return "url(#x)".into(),
            P::Glass => return "#fff6".into(),
            P::Shine => return "#ffffff38".into(),
            P::Dim => return "#1e1a3e26".into(),
            P::Glow => return "#ffe9b0".into(),
            P::Light => self.main.light,
            P::Base => self.main.base,
            P::Shade => self.main.shade,
            P::Deep => self.main.deep,
            P::WoodLight => self.wood.light,
            P::WoodDeep => self.wood.shade,
            P::MetalDeep => self.metal.deep,
            P::DarkLight => self.dark.light,
            P::PaperShade => self.paper.shade,
            P::AccentDeep => self.accent.shade,
            P::Leaf => self.leaf.base,
            P::LeafLight => self.leaf.light,
            P::LeafDeep => self.leaf.shade,
            P::Ink => palette::INK,
        };
        flat.hex()
    }

    /// The gradients and the pattern that `marks` refer to.
    pub(super) fn definitions(&self, marks: &str) -> String {
        let mut defs = String::from(concat!(
            r##"<radialGradient id="shadow"><stop offset="0" stop-color="#1e1a3e" stop-opacity=".34"/>"##,
            r##"<stop offset=".55" stop-color="#1e1a3e" stop-opacity=".15"/>"##,
            r##"<stop offset="1" stop-color="#1e1a3e" stop-opacity="0"/></radialGradient>"##,
        ));
        let materials = [
            ('m', 'n', self.main),
            ('w', 'v', self.wood),
            ('s', 't', self.metal),
            ('k', 'j', self.dark),
            ('p', 'q', self.paper),
            ('a', 'b', self.accent),
        ];
        for (across, down, tones) in materials {
            for (id, to) in [(across, r#"x2="1" y2=".18""#), (down, r#"x2=".12" y2="1""#)] {
                if marks.contains(&format!("url(#{id})")) {
                    let _ = write!(
                        defs,
                        r#"<linearGradient id="{id}" {to}><stop stop-color="{}"/><stop offset=".36" stop-color="{}"/><stop offset=".68" stop-color="{}"/><stop offset="1" stop-color="{}"/></linearGradient>"#,
                        tones.light.hex(),
                        tones.base.hex(),
                        tones.base.hex(),
                        tones.shade.hex(),
                    );
                }
            }
        }
        if marks.contains("url(#x)") {
            defs.push_str(&self.cloth());
        }
        defs
    }

    fn cloth(&self) -> String {
        let (light, shade) = (self.main.light.hex(), self.main.shade.hex());
        let (side, figure) = match self.pattern {
            0 => (44, format!(r#"<path d="M0 11H44" stroke="{light}" stroke-width="12"/>"#)),
            1 => (
                26,
                format!(
                    r#"<circle cx="8" cy="8" r="4" fill="{light}"/><circle cx="21" cy="21" r="4" fill="{light}"/>"#
                ),
            ),
            2 => (
                60,
                format!(
                    r#"<path d="M0 15H60M15 0V60" stroke="{light}" stroke-width="14" opacity=".7"/><path d="M0 45H60M45 0V60" stroke="{shade}" stroke-width="3"/>"#
                ),
            ),
            3 => (40, format!(r#"<path d="M0 20q10-14 20 0t20 0" fill="none" stroke="{light}" stroke-width="4"/>"#)),
            4 => (18, format!(r#"<path d="M0 9h18" stroke="{shade}" stroke-width="2.5"/>"#)),
            5 => (
                24,
                format!(
                    r#"<path d="M0 24L12 12L24 24M0 12L12 0L24 12" fill="none" stroke="{shade}" stroke-width="2.5"/>"#
                ),
            ),
            _ => (10, format!(r#"<path d="M5 0V10" stroke="{shade}" stroke-width="1.5" opacity=".6"/>"#)),
        };
        format!(r#"<pattern id="x" width="{side}" height="{side}" patternUnits="userSpaceOnUse">{figure}</pattern>"#)
    }
}

fn turned(profile: &[(i32, i32)]) -> String {
    let left: Vec<(i32, i32)> = profile.iter().map(|(y, half)| (AXIS - half, *y)).collect();
    let right: Vec<(i32, i32)> = profile.iter().rev().map(|(y, half)| (AXIS + half, *y)).collect();
    let (Some((x, y)), Some((_, foot))) = (left.first(), profile.last()) else { return String::new() };
    let mut d = format!("M{x} {y}");
    smooth(&mut d, &left);
    let _ = write!(d, "A{} {} 0 0 0 {} {}", foot.max(&1), (foot / 9).max(1), right[0].0, right[0].1);
    smooth(&mut d, &right);
    d.push('z');
    d
}

/// A Catmull-Rom spline through all points, as cubic curves.
fn smooth(d: &mut String, points: &[(i32, i32)]) {
    let at = |i: isize| {
        let last = isize::try_from(points.len()).unwrap_or(1) - 1;
        points[usize::try_from(i.clamp(0, last)).unwrap_or(0)]
    };
    for i in 0..isize::try_from(points.len()).unwrap_or(1) - 1 {
        let (before, from, to, after) = (at(i - 1), at(i), at(i + 1), at(i + 2));
        let _ = write!(
            d,
            "C{} {} {} {} {} {}",
            from.0 + (to.0 - before.0) / 6,
            from.1 + (to.1 - before.1) / 6,
            to.0 - (after.0 - from.0) / 6,
            to.1 - (after.1 - from.1) / 6,
            to.0,
            to.1
        );
    }
}
