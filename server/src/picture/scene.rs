//! Where a motif is shown: its ground, its shadow, and the company it keeps in its last picture.

use std::fmt::Write;

use super::canvas::{Canvas, GROUND, Paint};
use super::palette::{self, Colour};

/// How a thing rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// On a surface, with the half width of its foot.
    Standing(i32),
    /// Against a wall or on a table seen from above.
    Flat,
}

/// What the last picture shows besides the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    Set,
    Room,
    Table,
    Outdoors,
    Rail,
}

/// Paper, a surface where something stands on one, and contour lines.
pub(super) fn backdrop(colour: Colour, stance: Stance, seed: u32) -> String {
    let ground = palette::ground(colour, seed);
    let mut marks = format!(r#"<rect width="800" height="800" fill="{}"/>"#, ground.hex());
    let line = ground.mixed(palette::INK, 17).hex();
    let _ = write!(marks, r#"<g fill="none" stroke="{line}" stroke-width="2">"#);
    contours(&mut marks, seed);
    marks.push_str("</g>");
    if matches!(stance, Stance::Standing(_)) {
        let surface = ground.mixed(palette::INK, 8).hex();
        let _ = write!(marks, r#"<path d="M0 588H800V800H0z" fill="{surface}"/>"#);
    }
    marks
}

/// Five lines of equal height around a hill in one of the upper corners.
fn contours(marks: &mut String, seed: u32) {
    let right = seed & 1 == 0;
    let (x, y) = (if right { 640 } else { 150 }, 60 + i64::from(seed % 120));
    for ring in 1..=5_i64 {
        let r = ring * 62;
        // Each side of the hill is stretched a little differently; 552/1000 of a radius is the
        // handle of a cubic curve that follows a circle.
        let stretch = |bits: u32| r * (86 + i64::from((seed >> bits) & 31)) / 100;
        let (n, e, s, w) = (stretch(2), stretch(5), stretch(8), stretch(11));
        let h = |r: i64| r * 552 / 1_000;
        let _ = write!(
            marks,
            r#"<path d="M{x} {}C{} {} {} {} {} {y}C{} {} {} {} {x} {}C{} {} {} {} {} {y}C{} {} {} {} {x} {}z"/>"#,
            y - n,
            x + h(e),
            y - n,
            x + e,
            y - h(n),
            x + e,
            x + e,
            y + h(s),
            x + h(e),
            y + s,
            y + s,
            x - h(w),
            y + s,
            x - w,
            y + h(s),
            x - w,
            x - w,
            y - h(n),
            x - h(w),
            y - n,
            y - n,
        );
    }
}

pub(super) fn ground_shadow(c: &mut Canvas, stance: Stance) {
    match stance {
        Stance::Standing(half) => c.shadow(412, GROUND + 4, half + half / 3 + 24, 22 + half / 9),
        Stance::Flat => c.shadow(412, 436, 330, 318),
    }
}

/// The thing (already drawn, in `thing`) in the company of its scene.
pub(super) fn company(c: &mut Canvas, scene: Scene, stance: Stance, thing: &str) {
    match scene {
        Scene::Set => set(c, stance, thing),
        Scene::Room => {
            c.rect(Paint::Dim, 0, 572, 800, 16, 0);
            picture_on_wall(c);
            placed(c, thing, stance, 330, 700, 82);
            plant(c, 640, 690);
        }
        Scene::Table => {
            c.path(Paint::WoodDown, "M0 600H800V668H0z");
            c.rect(Paint::WoodDeep, 0, 668, 800, 132, 0);
            c.rect(Paint::Dim, 0, 668, 800, 14, 0);
            books(c, 566, 600);
            placed(c, thing, stance, 330, 618, 80);
            cup(c, 664, 626);
        }
        Scene::Outdoors => {
            c.raw(r##"<path d="M0 588H800V470q-110-90-230-30T330 400Q190 330 0 470z" fill="#a9bfa4"/><path d="M0 588H800V530q-160-70-330-20T0 520z" fill="#8fab8d"/><circle cx="640" cy="180" r="62" fill="#f6d98c"/>"##);
            for (x, s) in [(90, 10), (150, 14), (690, 12), (742, 9)] {
                c.rect(Paint::WoodDeep, x - s / 3, 560, s * 2 / 3, s * 4, 2);
                c.path(
                    Paint::LeafDeep,
                    format!("M{} {}L{} {}L{} {}z", x - s * 3, 572, x, 572 - s * 11, x + s * 3, 572),
                );
            }
            placed(c, thing, stance, 400, 690, 84);
        }
        Scene::Rail => rail(c, thing),
    }
}

/// The thing with its foot (or its middle) at a place, in percent of its size.
fn placed(c: &mut Canvas, thing: &str, stance: Stance, x: i32, foot: i32, percent: i32) {
    let centre = if stance == Stance::Flat { 700 } else { GROUND };
    if let Stance::Standing(half) = stance {
        c.shadow(x + 8, foot + 2, (half + half / 3 + 24) * percent / 100, 20);
    }
    c.moved(&format!("translate({x} {foot}) scale(.{percent}) translate(-400 -{centre})"), |c| c.raw(thing));
}

fn set(c: &mut Canvas, stance: Stance, thing: &str) {
    let places = if stance == Stance::Flat {
        [
            "translate(20 40) rotate(-9 400 400) scale(.56)",
            "translate(330 20) rotate(8 400 400) scale(.56)",
            "translate(172 262) rotate(-2 400 400) scale(.62)",
        ]
    } else {
        ["translate(-22 214) scale(.58)", "translate(362 196) scale(.58)", "translate(132 236) scale(.7)"]
    };
    c.raw(r#"<defs><g id="o">"#);
    c.raw(thing);
    c.raw("</g></defs>");
    for place in places {
        c.moved(place, |c| {
            ground_shadow(c, stance);
            c.raw(r##"<use href="#o"/>"##);
        });
    }
}

fn rail(c: &mut Canvas, thing: &str) {
    c.line(Paint::Wood, 14, "M60 130H740");
    c.line(Paint::WoodDeep, 8, "M130 130V60M670 130V60");
    c.raw(r#"<defs><g id="o">"#);
    c.raw(thing);
    c.raw("</g></defs>");
    for (x, y, scale) in [(-30, 120, 58), (366, 120, 58), (124, 112, 70)] {
        let top = y + 12;
        let middle = x + 400 * scale / 100;
        c.line(Paint::MetalDeep, 6, format!("M{middle} {}V{}", 118, top + 60));
        c.moved(&format!("translate({x} {y}) scale(.{scale})"), |c| {
            c.shadow(420, 440, 300, 300);
            c.raw(r##"<use href="#o"/>"##);
        });
    }
}

fn picture_on_wall(c: &mut Canvas) {
    c.rect(Paint::Wood, 590, 110, 130, 170, 4);
    c.rect(Paint::Paper, 602, 122, 106, 146, 0);
    c.path(Paint::Accent, "M602 268v-50q30-40 54-14t52-30v94z");
    c.oval(Paint::Base, 672, 160, 16, 16);
}

fn plant(c: &mut Canvas, x: i32, foot: i32) {
    c.shadow(x + 6, foot, 90, 18);
    for (dx, dy, lean) in [(-70, -210, -30), (66, -220, 30), (-34, -280, -14), (36, -290, 16), (0, -330, 0)] {
        c.path(
            if lean < 0 { Paint::Leaf } else { Paint::LeafDeep },
            format!(
                "M{x} {}q{} {} {dx} {}q{} 60 {} {}z",
                foot - 100,
                dx - 30,
                dy / 2,
                dy + 60,
                60 - lean,
                -dx,
                -dy - 60
            ),
        );
    }
    c.path(Paint::Accent, format!("M{} {}h120l-14 112q-46 12 -92 0z", x - 60, foot - 110));
}

fn books(c: &mut Canvas, x: i32, foot: i32) {
    c.rect(Paint::Shade, x, foot - 34, 190, 36, 4);
    c.rect(Paint::Paper, x + 8, foot - 28, 182, 24, 2);
    c.rect(Paint::Accent, x + 14, foot - 64, 160, 30, 4);
    c.rect(Paint::Paper, x + 22, foot - 58, 152, 18, 2);
}

fn cup(c: &mut Canvas, x: i32, foot: i32) {
    c.shadow(x + 6, foot, 74, 14);
    c.ring(Paint::PaperShade, 11, x + 50, foot - 48, 22, 24);
    c.path(Paint::Paper, format!("M{} {}h100q0 90-22 92h-56q-22 0-22-92z", x - 50, foot - 90));
    c.oval(Paint::WoodDeep, x, foot - 90, 50, 9);
}
