//! What people sit on.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("chair", 140, Scene::Room, |c| chair(c, false)),
    standing("spindle-chair", 140, Scene::Room, |c| chair(c, true)),
    standing("armchair", 210, Scene::Room, |c| armchair(c, false)),
    standing("wing-chair", 200, Scene::Room, |c| armchair(c, true)),
    standing("office-chair", 160, Scene::Room, office_chair),
    standing("sofa", 300, Scene::Room, |c| sofa(c, false)),
    standing("corner-sofa", 300, Scene::Room, |c| sofa(c, true)),
    standing("stool", 130, Scene::Room, stool),
    standing("bench", 270, Scene::Room, bench),
    standing("deck-chair", 200, Scene::Outdoors, deck_chair),
    standing("pouf", 190, Scene::Room, pouf),
];

fn chair(c: &mut Canvas, spindles: bool) {
    let curve = c.vary(0, 40);
    c.line(Deep, 18, "M300 470L286 560M500 470L514 560");
    if spindles {
        for i in 0..5 {
            c.line(Shade, 9, format!("M{} 440L{} 200", 336 + i * 32, 320 + i * 40));
        }
        c.line(Base, 20, format!("M286 440L296 {}M514 440L504 {}", 200, 200));
        c.path(Down, format!("M276 210Q400 {} 524 210L520 158Q400 {} 280 158z", 190 - curve, 130 - curve));
    } else {
        c.line(Base, 20, "M290 450L300 170M510 450L500 170");
        c.path(Down, format!("M292 280Q400 {} 508 280L504 170Q400 {} 296 170z", 262 - curve, 146 - curve));
    }
    c.line(Base, 22, "M284 480L262 640M516 480L538 640");
    c.line(Deep, 12, "M276 570H524");
    let seat = c.pick(2) == 0;
    c.path(Shade, "M252 462H548L556 490Q400 512 244 490z");
    c.path(if seat { Accent } else { Light }, "M276 424Q400 406 524 424L552 466Q400 484 248 466z");
    if seat {
        for i in 0..7 {
            c.line(AccentDeep, 3, format!("M{} 420L{} 474", 304 + i * 32, 290 + i * 36));
        }
    }
}

fn armchair(c: &mut Canvas, wings: bool) {
    let top = if wings { 180 } else { c.vary(250, 300) };
    c.line(WoodDeep, 26, "M246 590L230 640M554 590L570 640");
    c.path(Main, format!("M250 {}Q400 {} 550 {}L560 520H240z", top + 40, top - 30, top + 40));
    if wings {
        c.path(Shade, "M250 230q-50 60-30 240l40 10l20-250z");
        c.path(Deep, "M550 230q50 60 30 240l-40 10l-20-250z");
    }
    c.path(Pattern, format!("M250 {}Q400 {} 550 {}L560 520H240z", top + 40, top - 30, top + 40));
    c.rect(Deep, 250, 470, 300, 120, 20);
    c.path(Light, "M244 450Q400 420 556 450L560 520Q400 540 240 520z");
    c.path(Down, "M170 410q50-44 90 10v176q-50 16-96 0z");
    c.path(Shade, "M630 410q-50-44-90 10v176q50 16 96 0z");
    c.oval(Light, 212, 418, 46, 26);
    c.oval(Base, 588, 418, 46, 26);
    c.rect(Base, 236, 540, 328, 56, 10);
    if c.pick(2) == 0 {
        c.rotated(-10, 400, 410, |c| c.rect(Accent, 340, 360, 120, 100, 22));
    }
}

fn office_chair(c: &mut Canvas) {
    for (x, y) in [(250, 634), (400, 642), (550, 634)] {
        c.line(Dark, 16, format!("M400 560L{x} {}", y - 14));
        c.oval(DarkLight, x, y - 6, 16, 16);
    }
    c.rect(Metal, 388, 470, 24, 100, 6);
    c.path(Main, "M280 180Q400 130 520 180Q540 300 506 400H294Q260 300 280 180z");
    c.path(Shade, "M460 158q40 8 60 22q20 120-14 220h-50q40-120 4-242z");
    c.path(Down, "M250 430Q400 400 550 430Q560 480 530 490H270Q240 480 250 430z");
    c.line(Dark, 18, "M240 440V360h50M560 440V360h-50");
}

fn sofa(c: &mut Canvas, corner: bool) {
    let seats = if corner { 3 } else { c.vary(2, 3) };
    let arm = c.vary(48, 76);
    for x in [130, 660] {
        c.path(WoodDeep, format!("M{x} 590h24l-6 50h-12z"));
    }
    c.rect(Main, 96 + arm / 2, 300, 608 - arm, 240, 40);
    c.rect(Deep, 110, 520, 580, 80, 16);
    let width = (608 - arm * 2) / seats;
    for i in 0..seats {
        let x = 96 + arm + i * width;
        c.rect(Down, x + 3, 320, width - 6, 150, 26);
        c.rect(Light, x + 2, 452, width - 4, 80, 24);
        c.rect(Base, x + 2, 478, width - 4, 58, 20);
    }
    c.rect(Pattern, 96 + arm, 320, 608 - arm * 2, 150, 26);
    c.rect(Main, 84, 392, arm + 16, 208, 30);
    c.rect(Shade, 700 - arm, 392, arm + 16, 208, 30);
    c.rect(Base, 110, 545, 580, 56, 12);
    c.line(Shade, 3, "M130 560H670");
    if corner {
        c.path(Light, "M430 480h250q30 0 30 34v40H410z");
        c.path(Main, "M400 548h316v68q0 20-30 20H430q-30 0-30-20z");
    }
    c.rotated(-12, 210, 420, |c| c.rect(Accent, 160, 368, 104, 96, 20));
    c.rotated(8, 590, 420, |c| c.rect(Accent, 540, 372, 96, 90, 20));
}

fn stool(c: &mut Canvas) {
    let high = c.vary(240, 400);
    c.line(Deep, 18, format!("M360 {high}L346 600M440 {high}L454 600"));
    c.line(Base, 22, format!("M310 {high}L276 640M490 {high}L524 640"));
    c.line(Shade, 12, format!("M{} {}H{}", 292, 560, 508));
    c.path(Shade, format!("M266 {high}h268v20q-134 36-268 0z"));
    c.oval(Light, 400, high, 134, 26);
    c.oval(Base, 404, high + 3, 112, 19);
}

fn bench(c: &mut Canvas) {
    let back = c.pick(2) == 0;
    if back {
        c.line(Base, 18, "M150 480V270M650 480V270");
        for y in [270, 330, 390] {
            c.rect(Down, 130, y, 540, 34, 8);
        }
    }
    c.line(Deep, 20, "M200 500V610M600 500V610");
    c.line(Base, 24, "M150 500V640M650 500V640");
    c.path(Light, "M130 450H670L700 490H100z");
    c.rect(Base, 100, 490, 600, 26, 4);
    c.line(Shade, 3, "M118 466H682M108 478H692");
}

fn deck_chair(c: &mut Canvas) {
    c.line(WoodDeep, 18, "M230 640L560 250");
    c.path(Main, "M300 150Q360 400 580 500L610 460Q460 380 420 130z");
    for i in 0..4 {
        c.path(
            Glass,
            format!(
                "M{} 148Q{} 390 {} 490l12 -10Q{} 380 {} 144z",
                310 + i * 28,
                372 + i * 26,
                586 + i * 6,
                392 + i * 24,
                326 + i * 28
            ),
        );
    }
    c.line(Wood, 18, "M290 140L640 640");
    c.line(WoodLight, 14, "M280 146L430 130M560 510L640 456M230 640L610 470");
}

fn pouf(c: &mut Canvas) {
    c.path(Main, "M200 470Q210 400 400 396T600 470Q616 560 580 610Q500 650 400 650T220 610Q184 560 200 470z");
    c.path(Pattern, "M200 470Q210 400 400 396T600 470Q616 560 580 610Q500 650 400 650T220 610Q184 560 200 470z");
    c.oval(Light, 400, 450, 160, 42);
    for x in [-120, -60, 0, 60, 120] {
        c.line(Shade, 4, format!("M{} 470Q{} 560 {} 640", 400 + x / 2, 400 + x * 13 / 10, 400 + x));
    }
    c.oval(Deep, 400, 446, 14, 7);
}
