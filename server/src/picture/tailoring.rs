//! The parts that garments are made of.

use std::fmt::Write;

use super::canvas::{Canvas, Paint, Paint::*};

pub(super) const LONG: &str = "M264 168Q210 186 192 256L116 570Q152 604 208 598L276 340z";
pub(super) const SHORT: &str = "M264 168Q214 182 186 226L116 344Q156 390 222 404L276 310z";

/// The outline of a body from the shoulders to a hem, with a neckline that dips to a height.
pub(super) fn body(dip: i32, hem: i32, flare: i32) -> String {
    format!(
        "M322 146Q400 {dip} 478 146L540 168Q546 260 536 340L{} {hem}Q400 {} {} {hem}L264 340Q254 260 260 168z",
        540 + flare,
        hem + 22,
        260 - flare
    )
}

/// Sleeves, the inside of the neck and the body, in that order, with the shade between them.
pub(super) fn top(c: &mut Canvas, sleeve: &str, body: &str, hem: i32) {
    c.mirrored(|c| c.path(Main, sleeve));
    c.moved("matrix(-1 0 0 1 800 0)", |c| c.path(Dim, sleeve));
    c.path(Deep, "M322 148Q400 116 478 148Q400 240 322 148z");
    c.path(Main, body);
    c.path(Dim, format!("M540 168Q546 260 536 340L540 {hem}Q510 {} 470 {}Q506 420 492 300z", hem + 4, hem + 8));
    c.mirrored(|c| c.line(Shade, 4, "M262 172Q256 260 266 344"));
}

pub(super) fn collar_rib(c: &mut Canvas, dip: i32, width: i32) {
    c.line(Shade, width + 4, format!("M326 148Q400 {} 474 148", dip + 4));
    c.line(Light, width - 4, format!("M326 147Q400 {dip} 474 147"));
}

pub(super) fn folds(c: &mut Canvas, hem: i32) {
    let lean = c.vary(-16, 16);
    c.line(Shade, 4, format!("M{} {}Q{} {} 350 {}", 340 + lean, hem - 150, 330 - lean, hem - 80, hem - 20));
    c.line(Shade, 4, format!("M{} {}Q{} {} 446 {}", 460 + lean, hem - 120, 470 - lean, hem - 60, hem - 16));
    c.line(Light, 5, format!("M300 380Q292 {} 296 {}", hem - 160, hem - 60));
}

pub(super) fn pocket(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    c.path(Shade, format!("M{x} {y}h{width}v{height}l-{h} 18l-{h}-18z", h = width / 2));
    c.path(Base, format!("M{} {}h{}v{}l-{h} 16l-{h}-16z", x + 4, y + 12, width - 8, height - 16, h = width / 2 - 4));
    c.rect(Light, x + 4, y + 3, width - 8, 8, 0);
}

pub(super) fn buttons(c: &mut Canvas, x: i32, from: i32, to: i32, count: i32) {
    for i in 0..count {
        let y = from + (to - from) * i / (count - 1).max(1);
        c.oval(Deep, x + 2, y + 2, 9, 9);
        c.oval(Paper, x, y, 9, 9);
    }
}

pub(super) fn zip(c: &mut Canvas, from: i32, to: i32) {
    c.line(Deep, 12, format!("M400 {from}V{to}"));
    c.raw(&format!(r##"<path d="M400 {from}V{to}" stroke="#cfd3d6" stroke-width="6" stroke-dasharray="5 4"/>"##));
    c.rect(Metal, 391, from + 6, 18, 34, 6);
}

/// Two pointed halves of a folded collar.
pub(super) fn collar(c: &mut Canvas, paint: Paint) {
    c.path(Deep, "M326 140Q400 110 474 140L400 214z");
    c.mirrored(|c| {
        c.path(Shade, "M332 122L318 152L352 242L404 194z");
        c.path(paint, "M332 120L316 146L350 234L402 188Q346 160 332 120z");
    });
}

pub(super) fn hood(c: &mut Canvas) {
    c.path(Shade, "M280 190Q270 60 400 56Q530 60 520 190Q460 250 400 250Q340 250 280 190z");
    c.path(Main, "M272 190Q262 56 392 52Q440 52 476 74Q360 70 330 196z");
    c.path(Deep, "M322 190Q330 92 400 90Q470 92 478 190Q440 236 400 240Q360 236 322 190z");
}

pub(super) fn ribs(c: &mut Canvas, hem: i32) {
    c.path(
        Shade,
        format!(
            "M262 {}Q400 {} 538 {}L534 {}Q400 {} 266 {}z",
            hem - 44,
            hem - 22,
            hem - 44,
            hem + 4,
            hem + 26,
            hem + 4
        ),
    );
    let mut rows = String::new();
    for i in 0..16 {
        let x = 274 + i * 17;
        let drop = 20 - (i * 2 - 15_i32).pow(2) / 12;
        let _ = write!(rows, "M{x} {}v34", hem - 38 + drop);
    }
    c.line(Light, 5, rows);
    c.mirrored(|c| {
        c.path(Shade, "M126 528L116 572Q152 606 208 600L218 558Q164 560 126 528z");
        c.line(Light, 5, "M138 546l-8 26M158 556l-8 30M180 562l-6 28M200 564l-6 26");
    });
}

pub(super) fn knit(c: &mut Canvas, hem: i32) {
    match c.pick(4) {
        0 => {
            let (mut left, mut right) = (String::new(), String::new());
            for x in [340, 400, 460] {
                for i in 0..(hem - 300) / 40 {
                    let y = 240 + i * 40;
                    let _ = write!(left, "M{} {y}q28 20 0 40", x - 14);
                    let _ = write!(right, "M{} {y}q-28 20 0 40", x + 14);
                }
            }
            c.line(Shade, 6, left);
            c.line(Light, 6, right);
        }
        1 => {
            let mut rows = String::new();
            for i in 0..15 {
                let x = 282 + i * 17;
                let start = 236 + (60 - (x - 400_i32).abs()).max(0) / 3;
                let _ = write!(rows, "M{x} {start}V{}", hem - 46);
            }
            c.line(Shade, 4, rows);
        }
        2 => {
            for i in 0..16 {
                c.path(if i % 2 == 0 { Accent } else { Light }, format!("M{} 262l11 20l-11 20l-11-20z", 276 + i * 17));
            }
            c.line(Light, 7, "M268 326Q400 336 532 326M268 240Q400 250 532 240");
        }
        _ => {
            for paint in [Light, Shade] {
                let mut flecks = String::new();
                for _ in 0..24 {
                    let (x, y) = (c.vary(276, 524), c.vary(236, hem - 54));
                    let _ = write!(flecks, "M{x} {y}h2");
                }
                c.line(paint, 8, flecks);
            }
        }
    }
}
