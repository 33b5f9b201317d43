//! Headphones, speakers and what else is for the ears.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("headphones", 190, Scene::Table, headphones),
    standing("earbuds", 170, Scene::Table, earbuds),
    standing("speaker", 190, Scene::Table, speaker),
    standing("bookshelf-speaker", 150, Scene::Table, bookshelf_speaker),
    standing("smart-speaker", 130, Scene::Table, smart_speaker),
    standing("turntable", 270, Scene::Table, turntable),
    standing("radio", 230, Scene::Table, radio),
    standing("microphone", 110, Scene::Table, microphone),
];

fn headphones(c: &mut Canvas) {
    let wide = c.vary(0, 24);
    c.line(Deep, 40, format!("M{} 470Q{} 170 400 170T{} 470", 232 - wide, 220 - wide, 568 + wide));
    c.line(Base, 28, format!("M{} 470Q{} 166 400 166T{} 470", 230 - wide, 218 - wide, 570 + wide));
    c.line(Light, 7, format!("M{} 420Q{} 170 390 158", 222 - wide, 232 - wide));
    c.line(Dark, 26, "M300 214Q400 180 500 214");
    for (x, side) in [(236 - wide, 1), (564 + wide, -1)] {
        c.rect(MetalDown, x - 9, 380, 18, 70, 6);
        c.rotated(side * 6, x, 530, |c| {
            c.rect(DarkDown, x + side * 12 - 34, 430, 68, 190, 34);
            c.rect(if side > 0 { Main } else { Shade }, x - side * 26 - 38, 420, 76, 210, 38);
            c.oval(Light, x - side * 26, 524, 16, 60);
        });
    }
}

fn earbuds(c: &mut Canvas) {
    c.path(Main, "M220 520h360v50q0 70-70 70H290q-70 0-70-70z");
    c.path(Deep, "M236 520h328l-10 20H246z");
    c.path(Down, "M220 500q0-90 90-90h180q90 0 90 90v10H220z");
    c.path(Shine, "M240 490q6-60 70-62h60q-90 10-100 62z");
    c.oval(Light, 400, 590, 8, 8);
    for (x, turn) in [(300, -16), (500, 16)] {
        c.rotated(turn, x, 260, |c| {
            c.rect(Main, x - 22, 250, 44, 140, 22);
            c.oval(Light, x, 240, 58, 56);
            c.oval(Base, x + 6, 246, 46, 44);
            c.oval(Dark, x + turn * 2, 232, 26, 30);
            c.oval(DarkLight, x + turn * 2 - 4, 228, 12, 14);
        });
    }
}

fn grille(c: &mut Canvas, x: i32, y: i32, columns: i32, rows: i32) {
    for row in 0..rows {
        c.raw(&format!(r##"<path d="M{} {}H{}" stroke="#1e1a3e" stroke-opacity=".3" stroke-width="7" stroke-linecap="round" stroke-dasharray="0 16"/>"##, x + row % 2 * 8, y + row * 15, x + columns * 16));
    }
}

fn speaker(c: &mut Canvas) {
    let top = c.vary(360, 410);
    c.line(Deep, 16, format!("M590 {}q70-40 50 70", top + 30));
    c.rect(Main, 160, top, 480, 640 - top, 90);
    c.rect(Shade, 200, top + 34, 400, 572 - top, 70);
    grille(c, 236, top + 62, 20, (520 - top) / 15);
    c.rect(Accent, 366, 566, 68, 26, 6);
    for x in [340, 400, 460] {
        c.oval(Deep, x, top + 16, 12, 6);
    }
    c.rect(Shine, 220, top + 8, 300, 8, 4);
}

fn bookshelf_speaker(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 240, 170, 270, 470, 80);
    for (y, radius) in [(300, 58), (490, 98)] {
        c.oval(Deep, 375, y, radius + 14, radius + 14);
        c.oval(DarkDown, 375, y, radius, radius);
        c.ring(DarkLight, 4, 375, y, radius * 3 / 4, radius * 3 / 4);
        c.oval(Accent, 375, y, radius / 3, radius / 3);
        c.oval(Shine, 375 - radius / 9, y - radius / 9, radius / 8, radius / 8);
    }
    c.oval(Metal, 280, 206, 8, 8);
}

fn smart_speaker(c: &mut Canvas) {
    let top = c.vary(320, 400);
    c.path(Main, format!("M250 {}Q250 {top} 400 {top}T550 {}V580Q550 640 400 640T250 580z", top + 50, top + 50));
    grille(c, 276, top + 96, 16, (530 - top) / 15);
    c.oval(Dark, 400, top + 44, 146, 38);
    c.ring(Glow, 6, 400, top + 44, 120, 28);
    c.oval(DarkLight, 400, top + 44, 12, 5);
}

fn turntable(c: &mut Canvas) {
    c.path(Light, "M150 440H650L710 540H90z");
    c.rect(Down, 90, 540, 620, 70, 8);
    c.rect(Dark, 130, 606, 60, 32, 8);
    c.rect(Dark, 610, 606, 60, 32, 8);
    c.oval(DarkDown, 350, 488, 196, 46);
    for i in 1..4 {
        c.ring(DarkLight, 2, 350, 488, 60 + i * 34, 14 + i * 8);
    }
    c.oval(Accent, 350, 488, 62, 15);
    c.oval(Metal, 350, 486, 7, 4);
    c.oval(MetalDeep, 610, 462, 28, 10);
    c.line(Metal, 12, "M610 450L600 500L490 506");
    c.rect(Dark, 470, 498, 36, 18, 4);
    c.oval(Metal, 640, 572, 18, 18);
    c.path(Glass, "M150 440L180 230H680L650 440z");
}

fn radio(c: &mut Canvas) {
    c.line(Deep, 18, "M220 340Q220 270 290 270H510Q580 270 580 340");
    c.line(Metal, 7, "M590 340L680 130");
    c.rect(Main, 140, 330, 520, 300, 40);
    c.rect(PaperDown, 166, 356, 300, 248, 22);
    grille(c, 190, 380, 16, 14);
    c.oval(Metal, 564, 430, 58, 58);
    c.oval(MetalDeep, 564, 430, 44, 44);
    c.rect(Paper, 560, 390, 8, 36, 4);
    c.rect(Ink, 506, 520, 116, 44, 8);
    c.rect(Glow, 520, 534, 60, 14, 3);
    c.oval(Accent, 520, 590, 10, 10);
    c.oval(Light, 564, 590, 10, 10);
    c.oval(Light, 608, 590, 10, 10);
}

fn microphone(c: &mut Canvas) {
    c.path(DarkDown, "M300 622q100-24 200 0v18H300z");
    c.rect(MetalDeep, 392, 490, 16, 140, 4);
    c.line(MetalDeep, 12, "M290 330Q290 490 400 490T510 330");
    c.rect(Main, 316, 160, 168, 300, 84);
    grille(c, 340, 200, 8, 9);
    c.rect(Accent, 316, 346, 168, 22, 0);
    c.oval(Light, 400, 410, 14, 14);
}
