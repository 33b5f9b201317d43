//! What a table is laid with, and what food and drink are kept in.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("mug", 110, Scene::Set, mug),
    standing("cup", 150, Scene::Set, cup),
    flat("plate", Scene::Set, plate),
    standing("bowl", 100, Scene::Set, bowl),
    standing("glass", 80, Scene::Set, glass),
    standing("wine-glass", 90, Scene::Set, wine_glass),
    flat("cutlery", Scene::Set, cutlery),
    standing("teapot", 150, Scene::Table, teapot),
    standing("jar", 120, Scene::Set, jar),
    standing("tin", 130, Scene::Set, tin),
    standing("lunch-box", 220, Scene::Set, lunch_box),
    standing("bottle", 80, Scene::Outdoors, bottle),
    standing("flask", 90, Scene::Outdoors, flask),
    standing("sports-bottle", 80, Scene::Outdoors, sports_bottle),
    standing("tray", 230, Scene::Table, tray),
    flat("paper-napkins", Scene::Set, napkins),
];

pub(super) fn glaze(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    match c.pick(4) {
        0 => {
            for _ in 0..16 {
                let (dx, dy) = (c.vary(14, width - 14), c.vary(20, height - 20));
                c.oval(Deep, x + dx, y + dy, 4, 3);
            }
        }
        1 => c.rect(Accent, x, y + height / 6, width, 20, 0),
        2 => {
            c.rect(Accent, x, y + height / 5, width, 8, 0);
            c.rect(Accent, x, y + height / 5 + 18, width, 8, 0);
        }
        _ => {}
    }
}

fn mug(c: &mut Canvas) {
    let (half, top) = (c.vary(128, 150), c.vary(320, 370));
    c.ring(Deep, 34, 400 + half + 20, (top + 630) / 2 - 10, 66, 84);
    c.ring(Base, 22, 400 + half + 18, (top + 630) / 2 - 12, 66, 84);
    let waist = half - c.vary(-6, 24);
    c.turned(Main, &[(top, half), (top + 4, half), (520, waist), (610, waist - 6), (640, waist - 36)]);
    if c.pick(3) == 0 {
        c.turned(Accent, &[(530, waist), (532, waist), (610, waist - 6), (640, waist - 36)]);
    } else {
        glaze(c, 400 - waist + 4, top + 40, waist * 2 - 8, 200);
    }
    c.path(Shine, format!("M{} {}q-6 90 2 190q12 6 24 6q-10-90-4-190z", 400 - half + 22, top + 40));
    c.oval(Light, 400, top, half, half / 5);
    c.oval(Deep, 400, top + 5, half - 12, half / 5 - 8);
    c.oval(WoodDeep, 400, top + 11, half - 22, half / 5 - 14);
}

fn cup(c: &mut Canvas) {
    c.oval(Shade, 400, 626, 230, 34);
    c.oval(Light, 400, 616, 230, 34);
    c.oval(Base, 404, 618, 150, 20);
    c.ring(Deep, 26, 548, 480, 54, 52);
    c.ring(Base, 16, 546, 478, 54, 52);
    c.turned(Main, &[(390, 152), (440, 150), (540, 112), (600, 70), (618, 62)]);
    glaze(c, 280, 430, 240, 110);
    c.oval(Light, 400, 390, 152, 30);
    c.oval(Deep, 400, 394, 138, 23);
    c.oval(WoodDeep, 400, 399, 124, 17);
    c.path(Shine, "M276 440q10 60 40 100q20 10 22 4q-36-50-40-104z");
}

fn plate(c: &mut Canvas) {
    c.oval(Shade, 406, 410, 282, 282);
    c.oval(Main, 400, 400, 280, 280);
    match c.pick(4) {
        0 => c.ring(Deep, 10, 400, 400, 268, 268),
        1 => {
            for i in 0..36 {
                c.rotated(i * 10, 400, 400, |c| c.rect(Light, 396, 128, 8, 60, 4));
            }
        }
        2 => {
            for i in 0..14 {
                let (x, y) = (c.vary(200, 600), c.vary(200, 600));
                c.oval(Deep, x, y, 3 + i % 3, 3);
            }
        }
        _ => c.ring(Accent, 14, 400, 400, 240, 240),
    }
    c.oval(Shade, 400, 400, 192, 192);
    c.oval(Base, 404, 405, 186, 186);
    c.path(Shine, "M170 360Q200 200 350 160Q230 230 210 370z");
}

fn bowl(c: &mut Canvas) {
    let top = c.vary(390, 430);
    c.turned(Main, &[(top, 230), (top + 20, 228), (550, 164), (610, 96), (640, 88)]);
    glaze(c, 260, top + 50, 280, 80);
    c.oval(Light, 400, top, 230, 48);
    c.oval(Deep, 402, top + 6, 212, 38);
    c.oval(Shade, 410, top + 16, 170, 24);
    c.path(Shine, format!("M196 {}q30 90 100 150q20 6 16-6q-70-60-90-140z", top + 50));
}

fn tinted(c: &mut Canvas, profile: &[(i32, i32)]) {
    c.turned(Glass, profile);
    c.raw(r#"<g opacity=".5">"#);
    c.turned(Main, profile);
    c.raw("</g>");
}

fn glass(c: &mut Canvas) {
    let (half, top) = (c.vary(104, 128), c.vary(260, 380));
    let foot = half - c.vary(6, 30);
    tinted(c, &[(top, half), (top + 2, half), (620, foot), (640, foot - 4)]);
    c.path(Shine, format!("M{} {}h{}l-8 150H{}z", 400 - half + 16, top + 130, half * 2 - 32, 400 - half + 24));
    if c.pick(2) == 0 {
        for i in -4..=4 {
            c.line(Glass, 6, format!("M{} {}L{} 620", 400 + i * half / 5, top + 20, 400 + i * foot / 5));
        }
    }
    c.oval(Base, 400, 630, foot - 6, 12);
    c.ring(Light, 6, 400, top, half, half / 6);
    c.path(Glass, format!("M{} {}l10 250h18l-8-250z", 400 - half + 18, top + 30));
}

fn wine_glass(c: &mut Canvas) {
    c.oval(Shade, 400, 632, 100, 15);
    c.oval(Light, 400, 628, 100, 14);
    c.path(Base, "M390 420h20l4 180l24 26h-76l24-26z");
    let half = c.vary(108, 132);
    tinted(c, &[(170, half - 26), (230, half - 10), (310, half), (390, 70), (430, 14)]);
    c.path(
        Shade,
        format!("M{} 300q{half} 24 {} 0q0 100-{half} 126q-{half}-26-{half}-126z", 400 - half + 4, half * 2 - 8),
    );
    c.oval(Base, 400, 302, half - 4, 18);
    c.ring(Light, 5, 400, 170, half - 26, 12);
    c.path(Glass, format!("M{} 220q-20 70 6 130q10 4 14 0q-20-60-4-130z", 400 - half + 22));
}

fn cutlery(c: &mut Canvas) {
    c.rect(Main, 250, 140, 34, 10, 4);
    for x in [236, 260, 284] {
        c.rect(Main, x - 6, 130, 13, 130, 6);
    }
    c.path(Main, "M230 240h60v40q0 50-20 70l8 310q0 24-18 24t-18-24l8-310q-20-20-20-70z");
    c.path(Main, "M390 130q44 20 44 170v80h-26l8 280q0 24-20 24t-20-24z");
    c.path(Main, "M550 340q-56-30-56-110t56-104q56 24 56 104t-56 110zl20 0l10 320q0 24-20 24t-20-24l2-320z");
    c.oval(Shade, 550, 226, 38, 66);
    c.oval(Light, 540, 236, 30, 54);
    for x in [254, 390, 554] {
        c.rect(Accent, x - 8, 520, 36, 150, 16);
    }
}

fn teapot(c: &mut Canvas) {
    c.path(Base, "M540 570q70-10 90-110t70-100l-30-20q-70 20-90 100t-60 70z");
    c.line(Deep, 34, "M240 430q-110-10-100 80t110 80");
    c.line(Base, 20, "M240 428q-104-8-96 80t106 80");
    c.turned(Main, &[(380, 100), (420, 150), (500, 186), (580, 160), (626, 110), (640, 104)]);
    glaze(c, 270, 440, 250, 130);
    c.path(Down, "M296 384q10-60 104-60t104 60q-104 30-208 0z");
    c.oval(Accent, 400, 312, 26, 22);
    c.path(Shine, "M246 470q-16 60 20 110q16 6 20 0q-30-50-14-110z");
}

fn jar(c: &mut Canvas) {
    let lid = [Wood, Metal, Accent][c.pick(3) as usize];
    let top = c.vary(300, 360);
    c.turned(Main, &[(top, 120), (top + 30, 146), (580, 150), (630, 136), (640, 126)]);
    c.path(Shine, format!("M268 {}v240q6 20 26 26v-260z", top + 50));
    c.turned(lid, &[(top - 54, 122), (top - 50, 124), (top - 4, 126), (top + 6, 124)]);
    c.oval(Glass, 400, top - 54, 122, 22);
    let label = top + c.vary(90, 120);
    c.rect(PaperDown, 316, label, 168, 100, 10);
    c.line(Ink, 5, format!("M346 {}h108M370 {}h60", label + 40, label + 64));
}

fn tin(c: &mut Canvas) {
    let top = c.vary(320, 400);
    c.turned(Main, &[(top, 160), (top + 2, 160), (636, 160), (640, 158)]);
    c.path(Accent, format!("M240 {}q160 44 320 0v110q-160 44-320 0z", top + 110));
    c.path(Shine, format!("M256 {}v{}q14 6 30 8V{}z", top + 30, 560 - top, top + 36));
    c.turned(Down, &[(top - 50, 164), (top - 48, 164), (top + 14, 166), (top + 20, 166)]);
    c.oval(Light, 400, top - 50, 164, 32);
    c.ring(Shade, 3, 400, top - 50, 130, 24);
}

fn lunch_box(c: &mut Canvas) {
    c.rect(Down, 150, 440, 500, 200, 50);
    c.rect(Wood, 140, 390, 520, 64, 24);
    c.line(WoodDeep, 3, "M170 412H630M170 430H630");
    c.rect(Accent, 250, 372, 44, 280, 8);
    c.rect(Accent, 506, 372, 44, 280, 8);
    c.rect(Shine, 176, 470, 40, 140, 16);
}

fn bottle(c: &mut Canvas) {
    let cap = [Wood, Dark, Metal][c.pick(3) as usize];
    c.line(Deep, 14, "M372 180q0-60 28-60t28 60");
    c.rect(cap, 352, 170, 96, 70, 16);
    c.turned(Main, &[(236, 46), (260, 48), (320, 96), (360, 104), (600, 104), (640, 92)]);
    if c.pick(2) == 0 {
        c.path(Accent, "M296 420q104 26 208 0v70q-104 26-208 0z");
    } else {
        c.path(Light, "M400 500L360 440L384 460L400 410L420 450L440 440z");
    }
    c.path(Shine, "M314 340q-4 120 0 260q10 10 22 12q-8-150 0-280z");
}

fn flask(c: &mut Canvas) {
    c.turned(Metal, &[(150, 62), (154, 64), (250, 70), (256, 70)]);
    c.rect(MetalDeep, 320, 256, 160, 18, 6);
    c.turned(Main, &[(272, 78), (290, 104), (330, 112), (606, 112), (640, 104)]);
    c.line(Deep, 24, "M510 340q70 10 70 100t-70 110");
    c.rect(MetalDown, 288, 600, 224, 40, 12);
    c.path(Shine, "M308 340v250h26V330z");
}

fn sports_bottle(c: &mut Canvas) {
    c.rect(Accent, 376, 130, 48, 60, 14);
    c.path(Dark, "M330 190H470L486 250H314z");
    c.turned(Main, &[(250, 88), (300, 100), (380, 84), (440, 84), (500, 104), (610, 104), (640, 94)]);
    for y in [400, 420, 440] {
        c.line(Deep, 6, format!("M318 {y}Q400 {} 482 {y}", y + 14));
    }
    c.path(Shine, "M318 290q10 40 10 80h20q-6-40-8-80zM314 500v100h24V500z");
}

fn tray(c: &mut Canvas) {
    c.path(Deep, "M150 560H650L690 640H110z");
    c.path(Main, "M160 550H640L690 626H110z");
    c.path(Light, "M190 566H610L640 608H160z");
    c.mirrored(|c| c.line(Deep, 18, "M150 560Q90 570 84 620"));
    c.turned(Accent, &[(440, 60), (444, 62), (560, 44), (584, 38)]);
    c.oval(AccentDeep, 400, 440, 60, 12);
    c.path(Glow, "M520 580q10-50 60-44t40 44q-50 18-100 0z");
}

fn napkins(c: &mut Canvas) {
    for (turn, paint) in [(-14, Accent), (-4, Paper), (8, Main)] {
        c.rotated(turn, 400, 400, |c| {
            c.rect(paint, 220, 220, 360, 360, 6);
            if paint == Paint::Main {
                c.rect(Pattern, 220, 220, 360, 360, 6);
                c.line(Shade, 4, "M400 220V580M220 400H580");
            }
        });
    }
}
