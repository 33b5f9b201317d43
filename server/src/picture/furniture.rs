//! Furniture.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
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
    standing("table", 270, Scene::Room, table),
    standing("round-table", 200, Scene::Room, round_table),
    standing("coffee-table", 250, Scene::Room, coffee_table),
    standing("side-table", 140, Scene::Room, side_table),
    standing("desk", 270, Scene::Room, |c| desk(c, false)),
    standing("standing-desk", 250, Scene::Room, |c| desk(c, true)),
    standing("bookcase", 190, Scene::Room, bookcase),
    standing("ladder-shelf", 180, Scene::Room, ladder_shelf),
    flat("wall-shelf", Scene::Room, wall_shelf),
    standing("sideboard", 280, Scene::Room, sideboard),
    standing("drawers", 200, Scene::Room, drawers),
    standing("bed", 290, Scene::Room, bed),
    standing("wardrobe", 200, Scene::Room, wardrobe),
    standing("bedside-table", 140, Scene::Room, bedside_table),
    standing("deck-chair", 200, Scene::Outdoors, deck_chair),
    standing("pouf", 190, Scene::Room, pouf),
    standing("cabinet", 180, Scene::Room, filing_cabinet),
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

fn table(c: &mut Canvas) {
    let splay = c.vary(0, 40);
    c.line(Deep, 22, "M210 420V600M590 420V600");
    c.path(Base, format!("M128 430h36l-{} 210h-22zM672 430h-36l{} 210h22z", 8 + splay / 4, 8 + splay / 4));
    c.rect(Shade, 120, 424, 560, 40, 0);
    c.path(Light, "M150 352H650L720 412H80z");
    c.rect(Down, 80, 410, 640, 26, 6);
    c.line(Base, 3, "M140 372H664M112 392H690");
    c.oval(Dim, 410, 384, 70, 10);
    c.turned(Accent, &[(318, 46), (350, 54), (376, 36), (384, 34)]);
    c.oval(AccentDeep, 400, 318, 46, 9);
}

fn round_table(c: &mut Canvas) {
    if c.pick(2) == 0 {
        c.path(Base, "M380 430h40l10 150q70 14 96 60H274q26-46 96-60z");
    } else {
        c.line(Deep, 20, "M330 430L300 600M470 430L500 600");
        c.line(Base, 24, "M260 430L214 640M540 430L586 640");
    }
    c.path(Shade, "M140 400h520v22q-40 50-260 50t-260-50z");
    c.oval(Light, 400, 402, 260, 62);
    c.oval(Base, 404, 406, 236, 52);
    c.oval(Dim, 420, 400, 60, 12);
    c.turned(Accent, &[(336, 24), (356, 30), (386, 48), (402, 40)]);
}

fn coffee_table(c: &mut Canvas) {
    c.line(Deep, 18, "M250 500L236 610M550 500L564 610");
    c.line(Base, 22, "M190 510L166 640M610 510L634 640");
    if c.pick(2) == 0 {
        c.path(Shade, "M190 580H610L640 600H160z");
    }
    c.path(Shade, "M110 480h580v24q-30 34-290 34t-290-34z");
    c.oval(Light, 400, 482, 290, 56);
    c.oval(Base, 404, 486, 266, 46);
    c.rect(Accent, 300, 452, 150, 22, 4);
    c.rect(Paper, 316, 432, 130, 20, 4);
}

fn side_table(c: &mut Canvas) {
    let half = c.vary(130, 170);
    c.line(Deep, 16, "M400 380L400 600");
    c.line(Base, 20, format!("M{} 370L{} 640M{} 370L{} 640", 400 - half / 2, 400 - half, 400 + half / 2, 400 + half));
    c.path(Shade, format!("M{} 340h{}v22q-{half} 44-{} 0z", 400 - half, half * 2, half * 2));
    c.oval(Light, 400, 340, half, half / 5);
    c.oval(Base, 403, 343, half - 18, half / 6);
    c.oval(Dim, 410, 340, 44, 8);
    c.turned(Accent, &[(236, 16), (260, 14), (300, 40), (334, 34), (340, 30)]);
}

fn desk(c: &mut Canvas, lifting: bool) {
    if lifting {
        for x in [190, 590] {
            c.rect(Metal, x, 330, 26, 290, 4);
            c.rect(Dark, x - 60, 620, 146, 22, 10);
        }
    } else {
        c.line(Deep, 18, "M220 400V600M580 400V600");
        c.path(Base, "M134 400h30l-8 240h-16zM666 400h-30l8 240h16z");
        c.rect(Down, 130, 396, 540, 74, 4);
        c.rect(Shade, 156, 408, 230, 50, 4);
        c.rect(Base, 160, 412, 222, 42, 4);
        c.oval(Metal, 271, 432, 9, 9);
    }
    c.path(Light, "M150 330H650L710 380H90z");
    c.rect(Down, 90, 378, 620, 24, 5);
    c.path(Dark, "M470 350h120l12-110H490z");
    c.rect(Paper, 500, 252, 86, 80, 0);
    c.path(Paper, "M240 346h110l16 22H220z");
    c.oval(Accent, 420, 352, 22, 7);
    c.rect(Accent, 398, 316, 44, 36, 6);
}

/// Spines of books between two boards.
fn spines(c: &mut Canvas, from: i32, to: i32, foot: i32, tall: i32) {
    let mut x = from;
    while x < to - 26 {
        let (width, height) = (c.vary(16, 30), c.vary(tall * 6 / 10, tall));
        let paint = [Accent, Paper, AccentDeep, PaperShade, Leaf, MetalDeep][c.pick(6) as usize];
        c.rect(paint, x, foot - height, width, height, 2);
        x += width + 2;
    }
}

fn bookcase(c: &mut Canvas) {
    c.rect(Deep, 220, 140, 360, 500, 4);
    for row in 0..4 {
        let foot = 256 + row * 122;
        let (from, to) = if row % 2 == 0 { (240, 440) } else { (340, 560) };
        spines(c, from, to, foot, 86);
        if row == 1 {
            c.turned(Accent, &[(foot - 60, 10), (foot - 40, 20), (foot, 16)]);
        } else if row == 2 {
            c.oval(LeafDeep, 506, foot - 56, 34, 36);
            c.rect(Paper, 488, foot - 32, 40, 32, 4);
        }
        c.rect(Light, 224, foot, 352, 14, 0);
    }
    c.rect(Main, 204, 124, 22, 516, 3);
    c.rect(Shade, 574, 124, 22, 516, 3);
    c.rect(Down, 204, 118, 392, 22, 3);
    c.rect(Base, 204, 618, 392, 22, 0);
}

fn ladder_shelf(c: &mut Canvas) {
    c.line(Deep, 16, "M330 130L300 640M470 130L500 640");
    for row in 0..4 {
        let (y, half) = (240 + row * 124, 110 + row * 28);
        spines(c, 400 - half + 20, 400 + half / 4, y, 64);
        c.oval(LeafDeep, 400 + half - 40, y - 44, 28, 26);
        c.rect(Accent, 400 + half - 56, y - 28, 34, 28, 4);
        c.rect(Down, 400 - half, y, half * 2, 18, 3);
    }
    c.line(Base, 18, "M320 120L226 640M480 120L574 640");
}

fn wall_shelf(c: &mut Canvas) {
    for (y, from, to) in [(330, 190, 420), (540, 330, 580)] {
        spines(c, from, to, y, 120);
        let x = if y == 330 { 500 } else { 240 };
        c.oval(LeafDeep, x, y - 90, 52, 46);
        c.oval(Leaf, x - 20, y - 104, 30, 30);
        c.path(Accent, format!("M{} {}h90l-12 60h-66z", x - 45, y - 60));
        c.rect(Down, 140, y, 520, 30, 4);
        c.path(Shade, format!("M190 {}h20v50q-20-14-20-50zM590 {}h20q0 36-20 50z", y + 30, y + 30));
    }
}

fn sideboard(c: &mut Canvas) {
    c.line(Deep, 22, "M160 590L146 640M640 590L654 640");
    c.path(Light, "M120 356H680L704 384H96z");
    c.rect(Down, 96, 384, 608, 214, 8);
    let slats = c.pick(2) == 0;
    for i in 0..3 {
        let x = 112 + i * 194;
        c.rect(if i == 1 { Base } else { Shade }, x, 400, 188, 184, 4);
        if slats {
            for j in 0..12 {
                c.rect(if j % 2 == 0 { Light } else { Shade }, x + 6 + j * 15, 406, 8, 172, 3);
            }
        } else {
            c.rect(Down, x + 6, 406, 176, 172, 3);
            c.oval(Metal, x + if i == 2 { 24 } else { 160 }, 480, 9, 9);
        }
    }
    c.turned(Accent, &[(250, 14), (270, 12), (310, 44), (350, 40), (370, 30)]);
    c.rect(Paper, 520, 270, 80, 100, 3);
    c.path(AccentDeep, "M530 360v-30q30-30 60 0v30z");
}

fn drawers(c: &mut Canvas) {
    c.line(Deep, 22, "M230 600L220 640M570 600L580 640");
    c.path(Light, "M216 230H584L606 256H194z");
    c.rect(Main, 194, 256, 412, 350, 6);
    let rows = c.vary(3, 5);
    let high = 330 / rows;
    for row in 0..rows {
        let y = 266 + row * high;
        c.rect(Shade, 208, y, 384, high - 8, 4);
        c.rect(Down, 208, y, 384, high - 12, 4);
        c.oval(Metal, 310, y + high / 2 - 5, 10, 10);
        c.oval(Metal, 490, y + high / 2 - 5, 10, 10);
    }
}

fn bed(c: &mut Canvas) {
    let top = c.vary(230, 300);
    c.path(Down, format!("M120 {}q280-{} 560 0V520H120z", top + 40, 60));
    for i in 1..8 {
        c.line(Shade, 4, format!("M{} {}V430", 120 + i * 70, top + 30));
    }
    c.mirrored(|c| c.path(PaperDown, "M170 400q100-40 210 0q14 50-4 84H172q-20-40-2-84z"));
    c.path(PaperDown, "M116 470H684L716 590H84z");
    c.path(AccentDown, "M112 490Q400 466 688 490L720 606H80z");
    c.path(Accent, "M112 490Q400 466 688 490L694 516Q400 494 106 516z");
    c.line(AccentDeep, 4, "M300 500q-24 50-20 100M520 500q26 50 16 100");
    c.rect(Down, 70, 590, 660, 34, 6);
    c.rect(Deep, 84, 620, 24, 22, 0);
    c.rect(Deep, 692, 620, 24, 22, 0);
}

fn wardrobe(c: &mut Canvas) {
    c.line(Deep, 22, "M226 610V640M574 610V640");
    c.path(Light, "M216 112H584L604 134H196z");
    c.rect(Main, 196, 134, 408, 480, 6);
    let slats = c.pick(2) == 0;
    for x in [210, 404] {
        c.rect(Shade, x, 148, 186, 452, 4);
        c.rect(Down, x, 148, 182, 448, 4);
        if slats {
            for i in 0..11 {
                c.rect(Shade, x + 12 + i * 15, 162, 4, 420, 2);
            }
        } else {
            c.ring(Shade, 4, x + 91, 370, 60, 190);
        }
    }
    c.oval(Metal, 382, 380, 9, 9);
    c.oval(Metal, 418, 380, 9, 9);
}

fn bedside_table(c: &mut Canvas) {
    c.line(Base, 20, "M280 560L264 640M520 560L536 640");
    c.path(Light, "M270 376H530L556 404H244z");
    c.rect(Down, 244, 404, 312, 164, 8);
    c.rect(Shade, 260, 418, 280, 62, 4);
    c.rect(Base, 260, 418, 280, 56, 4);
    c.oval(Metal, 400, 446, 10, 10);
    c.rect(Deep, 260, 490, 280, 64, 4);
    c.rect(Accent, 280, 526, 160, 26, 3);
    c.rect(Paper, 290, 504, 140, 22, 3);
    c.turned(Accent, &[(310, 12), (330, 34), (370, 38), (388, 30)]);
    c.path(Glow, "M360 220h80l30 92H330z");
    c.path(Paper, "M360 220h80l30 92q-70 16-140 0z");
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

fn filing_cabinet(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 220, 200, 300, 440, 90);
    for row in 0..3 {
        let y = 216 + row * 142;
        c.rect(Shade, 234, y, 272, 130, 4);
        c.rect(Down, 234, y, 272, 126, 4);
        c.rect(Metal, 330, y + 64, 80, 14, 6);
        c.rect(PaperDown, 345, y + 24, 50, 26, 2);
    }
}
