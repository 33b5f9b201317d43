//! Tops, jackets and coats.

use std::fmt::Write;

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat};
use super::scene::Scene;
use super::tailoring::{LONG, SHORT, body, buttons, collar, collar_rib, folds, hood, knit, pocket, ribs, top, zip};

pub(super) const MOTIFS: &[Motif] = &[
    flat("t-shirt", Scene::Rail, t_shirt),
    flat("striped-t-shirt", Scene::Rail, striped_t_shirt),
    flat("long-sleeve", Scene::Rail, long_sleeve),
    flat("shirt", Scene::Rail, shirt),
    flat("jumper", Scene::Rail, jumper),
    flat("roll-neck", Scene::Rail, roll_neck),
    flat("cardigan", Scene::Rail, cardigan),
    flat("sweatshirt", Scene::Rail, sweatshirt),
    flat("hoodie", Scene::Rail, hoodie),
    flat("jacket", Scene::Rail, jacket),
    flat("rain-jacket", Scene::Rail, rain_jacket),
    flat("chore-jacket", Scene::Rail, chore_jacket),
    flat("coat", Scene::Rail, coat),
    flat("fleece", Scene::Rail, fleece),
    flat("gilet", Scene::Rail, gilet),
];

fn t_shirt(c: &mut Canvas) {
    let outline = body(228, 640, 4);
    top(c, SHORT, &outline, 640);
    c.mirrored(|c| c.line(Shade, 4, "M126 330Q166 374 226 388"));
    collar_rib(c, 226, 16);
    folds(c, 640);
    match c.pick(3) {
        0 => pocket(c, 434, 270, 68, 66),
        1 => c.rect(Accent, 520, 590, 16, 26, 2),
        _ => c.line(Shade, 4, "M268 620Q400 642 532 620"),
    }
}

fn striped_t_shirt(c: &mut Canvas) {
    let outline = body(228, 640, 4);
    top(c, SHORT, &outline, 640);
    let (step, width) = if c.pick(2) == 0 { (44, 20) } else { (30, 10) };
    for y in (236..620).step_by(step) {
        c.path(Accent, format!("M264 {y}Q400 {} 536 {y}v{width}Q400 {} 264 {}z", y + 14, y + 14 + width, y + width));
    }
    for part in (20..90).step_by(if step > 40 { 30 } else { 20 }) {
        // From the shoulder to the cuff along both edges of the sleeve, in percent.
        let (x, y) = (186 - 70 * part / 100, 226 + 118 * part / 100);
        let (inner_x, inner_y) = (276 - 54 * part / 100, 310 + 94 * part / 100);
        let drop = i32::try_from(width).unwrap_or(10);
        c.mirrored(|c| {
            c.path(
                Accent,
                format!("M{x} {y}L{inner_x} {inner_y}l-{h} {drop}L{} {}z", x - drop / 2, y + drop, h = drop / 2),
            )
        });
    }
    c.path(Dim, "M540 168Q546 260 536 340L540 640Q510 644 470 648Q506 420 492 300z");
    collar_rib(c, 226, 16);
}

fn long_sleeve(c: &mut Canvas) {
    let outline = body(220, 640, 2);
    top(c, LONG, &outline, 640);
    c.mirrored(|c| c.line(Shade, 4, "M122 546Q160 578 212 574"));
    collar_rib(c, 218, 14);
    folds(c, 640);
    if c.pick(2) == 0 {
        c.path(Shade, "M392 178h16v70h-16z");
        buttons(c, 400, 200, 236, 2);
    } else {
        c.mirrored(|c| c.line(Light, 6, "M330 156Q300 260 268 344"));
    }
}

pub(super) fn shirt(c: &mut Canvas) {
    let outline = "M322 146Q400 228 478 146L540 168Q546 260 536 340L544 590Q530 650 470 664Q400 600 330 664Q270 650 256 590L264 340Q254 260 260 168z";
    let patterned = c.pick(2) == 0;
    top(c, LONG, outline, 600);
    if patterned {
        c.mirrored(|c| c.path(Pattern, LONG));
        c.path(Pattern, outline);
    }
    c.mirrored(|c| {
        c.path(Shade, "M128 524L114 574Q152 606 208 600L220 552Q164 556 128 524z");
        c.oval(Paper, 196, 578, 6, 6);
    });
    c.rect(Shade, 384, 200, 34, 432, 4);
    c.rect(Base, 386, 200, 26, 430, 4);
    buttons(c, 400, 240, 600, 6);
    collar(c, Light);
    pocket(c, 440, 280, 70, 70);
    c.line(Shade, 4, "M310 400Q300 500 312 600");
}

fn jumper(c: &mut Canvas) {
    let outline = body(222, 630, -2);
    top(c, LONG, &outline, 630);
    knit(c, 630);
    ribs(c, 630);
    collar_rib(c, 222, 24);
}

fn roll_neck(c: &mut Canvas) {
    let outline = body(200, 630, -2);
    top(c, LONG, &outline, 630);
    knit(c, 630);
    ribs(c, 630);
    c.path(Main, "M326 92Q400 78 474 92L482 170Q400 206 318 170z");
    c.line(Shade, 5, "M322 134Q400 158 478 134");
    for i in 0..9 {
        c.line(Light, 4, format!("M{} {}v30", 340 + i * 15, 94 + (i - 4_i32).abs()));
    }
    c.oval(Deep, 400, 90, 72, 9);
}

fn cardigan(c: &mut Canvas) {
    let outline = "M322 146L400 330L478 146L540 168Q546 260 536 340L538 630Q400 652 262 630L264 340Q254 260 260 168z";
    c.path(Deep, "M322 148Q400 116 478 148L400 340z");
    top(c, LONG, outline, 630);
    ribs(c, 630);
    c.mirrored(|c| {
        c.line(Shade, 28, "M328 150L394 330V636");
        c.line(Light, 10, "M328 150L394 330V636");
    });
    buttons(c, 400, 350, 610, 5);
    c.mirrored(|c| pocket(c, 290, 470, 72, 80));
}

fn sweatshirt(c: &mut Canvas) {
    let outline = body(222, 630, 0);
    top(c, LONG, &outline, 630);
    ribs(c, 630);
    collar_rib(c, 222, 22);
    c.path(Shade, "M378 204L422 204L400 244z");
    if c.pick(2) == 0 {
        c.oval(Accent, 400, 330, 46, 46);
        c.path(Light, "M400 292L412 330L400 368L388 330z");
    } else {
        c.path(Accent, "M462 270l8 22l22 8l-22 8l-8 22l-8-22l-22-8l22-8z");
    }
    folds(c, 580);
}

fn hoodie(c: &mut Canvas) {
    let zipped = c.pick(2) == 0;
    hood(c);
    let outline = body(240, 630, 0);
    c.mirrored(|c| c.path(Main, LONG));
    c.path(Main, &outline);
    c.path(Dim, "M540 168Q546 260 536 340L540 630Q510 634 470 638Q506 420 492 300z");
    c.mirrored(|c| c.line(Shade, 4, "M262 172Q256 260 266 344"));
    c.path(Deep, "M336 152Q400 236 464 152Q400 214 336 152z");
    c.line(Light, 14, "M318 150Q352 226 400 236Q448 226 482 150");
    ribs(c, 630);
    c.path(Shade, "M324 430H476L520 520V586H280V520z");
    c.path(Base, "M328 438H472L512 522V580H288V522z");
    if zipped {
        zip(c, 236, 640);
    }
    c.mirrored(|c| {
        c.line(Paper, 7, "M366 226Q360 280 368 336");
        c.oval(Metal, 366, 226, 8, 8);
        c.rect(Accent, 362, 328, 12, 24, 4);
    });
}

fn outer(c: &mut Canvas, hem: i32) {
    let outline = body(230, hem, 12);
    top(c, LONG, &outline, hem);
    c.mirrored(|c| c.line(Shade, 5, "M122 546Q160 578 214 574"));
}

fn jacket(c: &mut Canvas) {
    outer(c, 610);
    c.path(Shade, "M252 570Q400 592 548 570L552 610Q400 632 248 610z");
    zip(c, 220, 616);
    c.mirrored(|c| {
        c.line(Deep, 10, "M306 440L340 530");
        c.line(Light, 4, "M300 442L334 532");
    });
    if c.pick(2) == 0 {
        collar(c, Accent);
    } else {
        c.path(Shade, "M316 152Q320 106 340 100Q400 88 460 100Q480 106 484 152Q440 210 400 214Q360 210 316 152z");
        c.path(Deep, "M344 112Q400 100 456 112Q440 180 400 206Q360 180 344 112z");
        pocket(c, 440, 280, 74, 74);
    }
}

fn rain_jacket(c: &mut Canvas) {
    hood(c);
    outer(c, 650);
    c.path(Light, "M318 150Q352 226 400 236Q448 226 482 150L540 168L536 250Q400 330 264 250L260 168z");
    c.line(Shade, 4, "M264 252Q400 332 536 252");
    c.rect(Shade, 384, 232, 36, 428, 4);
    c.rect(Base, 384, 232, 28, 426, 4);
    buttons(c, 398, 262, 630, 5);
    c.mirrored(|c| {
        c.path(Shade, "M286 476L366 462V492L286 506z");
        c.path(Light, "M286 470L366 456V482L286 496z");
        c.line(Paper, 6, "M372 232v66");
    });
}

fn chore_jacket(c: &mut Canvas) {
    outer(c, 630);
    c.line(Shade, 5, "M406 210V646");
    c.mirrored(|c| pocket(c, 276, 470, 96, 116));
    pocket(c, 436, 270, 76, 80);
    buttons(c, 394, 262, 610, 5);
    collar(c, Light);
    c.line(Shade, 3, "M262 612Q400 634 538 612");
}

fn coat(c: &mut Canvas) {
    let outline = body(230, 720, 40);
    let double = c.pick(2) == 0;
    top(c, LONG, &outline, 720);
    c.path(Deep, "M326 140Q400 110 474 140L400 330z");
    c.path(AccentDown, "M340 150Q400 180 460 150L400 330z");
    c.line(Shade, 6, "M410 320V738");
    c.mirrored(|c| {
        c.path(Shade, "M332 120L300 170L330 214L306 236L402 348L404 330z");
        c.path(Light, "M334 118L304 164L334 206L312 228L400 336Q352 230 334 118z");
        c.rect(Shade, 272, 506, 86, 26, 4);
        c.rect(Light, 272, 502, 86, 22, 4);
    });
    for y in [390, 460, 540] {
        for x in if double { vec![366, 436] } else { vec![394] } {
            c.oval(Deep, x + 2, y + 3, 13, 13);
            c.oval(Ink, x, y, 12, 12);
            c.oval(DarkLight, x - 3, y - 3, 4, 4);
        }
    }
}

fn fleece(c: &mut Canvas) {
    outer(c, 620);
    c.path(AccentDown, "M322 146L260 168Q254 240 262 300Q400 320 538 300Q546 240 540 168L478 146Q400 228 322 146z");
    let mut curls = String::new();
    for _ in 0..60 {
        let (x, y) = (c.vary(280, 520), c.vary(330, 590));
        let _ = write!(curls, "M{x} {y}q6-8 12 0");
    }
    c.line(Light, 5, curls);
    c.path(Shade, "M316 156Q318 96 340 92Q400 80 460 92Q482 96 484 156Q440 206 400 210Q360 206 316 156z");
    c.path(Deep, "M346 104Q400 92 454 104Q440 160 400 190Q360 160 346 104z");
    let end = if c.pick(2) == 0 { 400 } else { 628 };
    zip(c, 190, end);
    c.rect(Shade, 446, 340, 76, 84, 8);
    c.line(Accent, 9, "M452 350h64");
}

fn gilet(c: &mut Canvas) {
    let outline = "M322 146Q400 230 478 146L524 160Q500 260 540 336L548 620Q400 642 252 620L260 336Q300 260 276 160z";
    c.path(Main, outline);
    c.path(Dim, "M524 160Q500 260 540 336L548 620Q510 626 470 630Q510 420 480 300z");
    for i in 0..6 {
        let y = 296 + i * 56;
        let half = if i == 0 { 116 } else { 140 + i };
        c.line(Shade, 6, format!("M{} {y}Q400 {} {} {y}", 400 - half, y + 20, 400 + half));
        c.line(Light, 5, format!("M{} {}Q400 {} {} {}", 404 - half, y + 10, y + 30, 396 + half, y + 10));
    }
    c.path(Shade, "M316 152Q318 96 340 92Q400 80 460 92Q482 96 484 152Q440 206 400 212Q360 206 316 152z");
    c.path(Deep, "M346 104Q400 92 454 104Q440 160 400 192Q360 160 346 104z");
    zip(c, 200, 628);
    c.mirrored(|c| c.line(Deep, 8, "M300 470L320 550"));
}
