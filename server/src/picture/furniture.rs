//! Tables, beds and what things are kept in.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
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
    standing("cabinet", 180, Scene::Room, filing_cabinet),
];

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
