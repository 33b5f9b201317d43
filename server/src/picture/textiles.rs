//! What a home is made soft with.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    flat("cushion", Scene::Room, |c| cushion(c, false)),
    flat("tassel-cushion", Scene::Room, |c| cushion(c, true)),
    standing("blanket", 210, Scene::Room, blanket),
    standing("towel", 200, Scene::Set, towel),
    flat("rug", Scene::Room, rug),
    standing("bedding", 270, Scene::Room, bedding),
    flat("curtain", Scene::Room, curtain),
];

fn cushion(c: &mut Canvas, tassels: bool) {
    let d = "M180 190Q400 150 620 190Q660 400 620 612Q400 650 180 612Q140 400 180 190z";
    if tassels {
        for (x, y, turn) in [(184, 196, 135), (616, 196, 225), (616, 608, 315), (184, 608, 45)] {
            c.rotated(turn, x, y, |c| {
                c.path(Accent, format!("M{} {y}h28l10 70h-48z", x - 14));
                c.oval(AccentDeep, x, y + 8, 16, 14);
            });
        }
    }
    c.path(Main, d);
    c.path(Pattern, d);
    c.path(Dim, "M620 190Q660 400 620 612Q400 650 180 612Q420 590 540 470T620 190z");
    c.line(Shade, 4, "M214 222q40 40 60 46M586 222q-40 40-60 46M214 580q40-40 60-46M586 580q-40-40-60-46");
    if !tassels {
        c.line(Light, 5, "M180 190Q400 150 620 190Q660 400 620 612Q400 650 180 612Q140 400 180 190z");
    }
}

fn blanket(c: &mut Canvas) {
    for i in 0..4 {
        let y = 560 - i * 76;
        c.rect(if i == 3 { Down } else { Main }, 200 - i * 2, y, 400 + i * 4, 80, 36);
        c.rect(Pattern, 200 - i * 2, y, 400 + i * 4, 80, 36);
        c.line(Deep, 4, format!("M240 {}H560", y + 78));
        c.path(Shade, format!("M560 {y}h4q38 0 38 40t-38 40h-24q30-40 20-80z"));
    }
    for i in 0..18 {
        c.line(Light, 5, format!("M{} 372q-6 26 2 52", 222 + i * 21));
    }
}

fn towel(c: &mut Canvas) {
    let stripes = c.pick(2) == 0;
    for (i, y) in [560, 478, 396].into_iter().enumerate() {
        c.rect(if i == 1 { AccentDown } else { Down }, 196, y, 408, 82, 34);
        c.path(Dim, format!("M572 {y}q32 0 32 41t-32 41q18-41 0-82z"));
        c.line(if i == 1 { AccentDeep } else { Shade }, 4, format!("M220 {}H560", y + 40));
        if stripes {
            c.rect(Glass, 260, y, 26, 82, 0);
            c.rect(Glass, 296, y, 10, 82, 0);
        }
    }
    c.line(Light, 8, "M230 402H560");
}

fn rug(c: &mut Canvas) {
    let kind = c.pick(4);
    if kind == 3 {
        for (radius, paint) in [(290, Shade), (276, Base), (214, Light), (150, Base), (86, Accent), (40, Base)] {
            c.oval(paint, 400, 410, radius, radius);
        }
        return;
    }
    for i in 0..22 {
        c.line(PaperShade, 5, format!("M{} 130v-26M{} 670v26", 202 + i * 19, 202 + i * 19));
    }
    c.rect(Down, 190, 126, 420, 548, 6);
    match kind {
        0 => {
            c.rect(Light, 220, 156, 360, 488, 0);
            c.rect(Base, 236, 172, 328, 456, 0);
            for y in [250, 400, 550] {
                c.path(Accent, format!("M400 {}L480 {y}L400 {}L320 {y}z", y - 64, y + 64));
                c.path(Shade, format!("M400 {}L440 {y}L400 {}L360 {y}z", y - 32, y + 32));
            }
        }
        1 => {
            for i in 0..6 {
                c.ring(Light, 9, 420 + i * 4, 420 - i * 6, 30 + i * 30, 40 + i * 38);
            }
        }
        _ => {
            for i in 0..9 {
                c.rect(
                    if i % 2 == 0 { Light } else { Accent },
                    190,
                    150 + i * 60,
                    420,
                    if i % 3 == 0 { 26 } else { 12 },
                    0,
                );
            }
        }
    }
}

fn bedding(c: &mut Canvas) {
    c.path(WoodDown, "M120 300q280-90 560 0v140H120z");
    c.rect(PaperDown, 150, 360, 500, 120, 30);
    for x in [176, 412] {
        c.path(Down, format!("M{x} 350q106-34 212 0q16 60 0 104q-106 24-212 0q-16-50 0-104z"));
        c.path(Pattern, format!("M{x} 350q106-34 212 0q16 60 0 104q-106 24-212 0q-16-50 0-104z"));
    }
    let d = "M120 470Q400 424 680 470L704 600Q690 640 660 640H140Q110 640 96 600z";
    c.path(Down, d);
    c.path(Pattern, d);
    c.path(Light, "M120 470Q400 424 680 470L686 506Q400 462 114 506z");
    c.line(Shade, 5, "M250 520q-30 60-24 118M540 512q40 60 30 126M400 500q10 70-4 140");
}

fn curtain(c: &mut Canvas) {
    c.line(WoodDeep, 16, "M100 130H700");
    c.mirrored(|c| {
        c.path(Main, "M130 130H390Q380 420 300 480Q280 560 320 690H120z");
        c.path(Pattern, "M130 130H390Q380 420 300 480Q280 560 320 690H120z");
        for x in [180, 240, 300] {
            c.line(Shade, 5, format!("M{x} 140Q{} 400 {} 480", x - 4, 180 + x / 4));
        }
        c.rect(Accent, 160, 466, 146, 26, 12);
    });
}
