//! Decoration and storage.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("vase", 90, Scene::Table, vase),
    standing("bud-vase", 60, Scene::Set, bud_vase),
    standing("jug", 100, Scene::Table, jug),
    flat("frame", Scene::Room, frame),
    flat("mirror", Scene::Room, mirror),
    flat("clock", Scene::Room, clock),
    standing("alarm-clock", 150, Scene::Table, alarm_clock),
    standing("basket", 180, Scene::Room, basket),
    standing("storage-box", 200, Scene::Set, storage_box),
    flat("hook", Scene::Room, hook),
    flat("heart", Scene::Set, heart),
    flat("bunting", Scene::Room, bunting),
    flat("sign", Scene::Room, sign),
    flat("star", Scene::Set, star),
    flat("bauble", Scene::Set, bauble),
    standing("figurine", 110, Scene::Set, figurine),
    flat("magnet", Scene::Set, sign),
    standing("doorstop", 120, Scene::Room, doorstop),
    flat("wreath", Scene::Room, wreath),
];

fn stems(c: &mut Canvas, top: i32) {
    for (dx, dy) in [(-90, -170), (70, -190), (-10, -230), (120, -110)] {
        c.line(LeafDeep, 6, format!("M400 {top}q{} {} {dx} {dy}", dx / 4, dy * 2 / 3));
        for (part, side) in [(60, -1), (80, 1), (100, 0)] {
            let (x, y) = (400 + dx * part / 100, top + dy * part / 100);
            c.path(
                if side < 0 { Leaf } else { LeafLight },
                format!("M{x} {y}q{} -46 {} -60q34 24 {} 60z", side * 30 - 18, side * 26, -side * 26),
            );
        }
    }
}

fn vase(c: &mut Canvas) {
    let profile: &[(i32, i32)] = match c.pick(5) {
        0 => &[(330, 50), (360, 44), (400, 60), (480, 126), (560, 120), (620, 80), (640, 74)],
        1 => &[(300, 40), (360, 36), (420, 46), (520, 104), (590, 108), (632, 82), (640, 78)],
        2 => &[(320, 96), (420, 92), (520, 84), (600, 70), (640, 62)],
        3 => &[(310, 56), (340, 50), (400, 118), (470, 126), (540, 96), (600, 62), (626, 66), (640, 70)],
        _ => &[(330, 70), (420, 110), (470, 70), (500, 66), (560, 112), (630, 84), (640, 80)],
    };
    let (top, neck) = profile[0];
    stems(c, top);
    c.oval(Deep, 400, top, neck, neck / 6);
    c.turned(Main, profile);
    decorate(c, profile);
}

/// Ribs, a dipped glaze or speckles on a turned body.
fn decorate(c: &mut Canvas, profile: &[(i32, i32)]) {
    match c.pick(4) {
        0 => {
            for (y, half) in &profile[1..profile.len() - 1] {
                c.line(Shade, 3, format!("M{} {y}Q400 {} {} {y}", 400 - half, y + half / 4, 400 + half));
            }
        }
        1 => {
            let from = profile.len() / 2;
            c.turned(Accent, &profile[from..]);
        }
        2 => {
            for _ in 0..14 {
                let (x, y) = (c.vary(340, 460), c.vary(430, 600));
                c.oval(Deep, x, y, 4, 3);
            }
        }
        _ => {}
    }
    let (y, half) = profile[profile.len() / 2];
    c.oval(Shine, 400 - half * 6 / 10, y, half / 7 + 4, 40);
}

fn bud_vase(c: &mut Canvas) {
    c.line(LeafDeep, 6, "M402 400Q396 260 420 150");
    c.path(Leaf, "M406 300q60-20 80-70q-70 0-80 70zM400 340q-60-10-84-56q66-8 84 56z");
    for turn in [0, 60, 120, 180, 240, 300] {
        c.rotated(turn, 420, 150, |c| c.oval(Accent, 420, 118, 22, 36));
    }
    c.oval(Glow, 420, 150, 20, 20);
    let half = c.vary(78, 104);
    c.oval(Deep, 400, 400, 30, 6);
    let profile = [(400, 30), (450, 24), (500, half - 30), (566, half), (620, half - 18), (640, half - 30)];
    c.turned(Main, &profile);
    decorate(c, &profile);
}

fn jug(c: &mut Canvas) {
    stems(c, 330);
    c.line(Shade, 26, "M494 380q110 0 96 90q-14 70-104 80");
    c.line(Base, 14, "M494 378q108 0 94 90q-14 68-104 80");
    c.oval(Deep, 396, 326, 84, 16);
    let profile = [(326, 84), (370, 74), (430, 92), (520, 122), (600, 106), (640, 84)];
    c.turned(Main, &profile);
    c.path(Base, "M318 322q-40-14-56-6q14 34 64 46z");
    decorate(c, &profile);
}

fn landscape(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    let (mid, sun) = (y + height * 55 / 100, c.vary(25, 70));
    c.rect(PaperDown, x, y, width, height, 0);
    c.oval(Accent, x + width * sun / 100, y + height * 32 / 100, width / 9, width / 9);
    c.path(
        Light,
        format!(
            "M{x} {mid}q{} -{} {} 0t{} -{}V{}H{x}z",
            width / 4,
            height / 5,
            width / 2,
            width / 2,
            height / 12,
            y + height
        ),
    );
    c.path(
        Base,
        format!(
            "M{x} {}q{} {} {} -{}T{} {mid}V{}H{x}z",
            mid + height / 10,
            width / 5,
            height / 6,
            width / 2,
            height / 14,
            x + width,
            y + height
        ),
    );
    c.path(
        Shade,
        format!(
            "M{x} {}q{} -{} {} 0T{} {}V{}H{x}z",
            mid + height / 3,
            width / 3,
            height / 7,
            width / 2,
            x + width,
            mid + height / 4,
            y + height
        ),
    );
}

fn frame(c: &mut Canvas) {
    let (width, height) = if c.pick(3) == 0 { (470, 360) } else { (370, 480) };
    let (x, y) = (400 - width / 2, 400 - height / 2);
    c.rect(Down, x - 26, y - 26, width + 52, height + 52, 4);
    c.rect(Deep, x - 6, y - 6, width + 12, height + 12, 0);
    c.rect(PaperDown, x, y, width, height, 0);
    if c.pick(3) == 0 {
        c.line(LeafDeep, 6, "M400 560Q396 420 404 280");
        for i in 0..5 {
            c.path(
                Leaf,
                format!("M400 {}q70-10 84-60q-76-4-84 60zM400 {}q-70-10-84-60q76-4 84 60z", 540 - i * 52, 520 - i * 52),
            );
        }
    } else {
        landscape(c, x + 52, y + 52, width - 104, height - 104);
    }
    c.path(Glass, format!("M{x} {}L{} {y}h70L{x} {}z", y + height / 2, x + width / 2, y + height * 7 / 10));
}

fn mirror(c: &mut Canvas) {
    let (half, tall) = if c.pick(2) == 0 { (220, 220) } else { (165, 270) };
    c.oval(Main, 400, 400, half + 24, tall + 24);
    c.oval(Shade, 400, 400, half + 6, tall + 6);
    c.raw(&format!(r##"<ellipse cx="400" cy="400" rx="{half}" ry="{tall}" fill="#dfe8ea"/>"##));
    c.path(
        Glass,
        format!("M{} 430L470 {}q40 14 70 40L{} 520q-30-40-30-90z", 400 - half, 400 - tall + 20, 400 - half + 30),
    );
}

fn clock(c: &mut Canvas) {
    c.oval(Main, 400, 400, 250, 250);
    c.oval(Shade, 404, 404, 222, 222);
    c.oval(Paper, 400, 400, 218, 218);
    let numerals = c.pick(2) == 0;
    for hour in 0..12 {
        c.rotated(hour * 30, 400, 400, |c| {
            if hour % 3 == 0 {
                c.rect(Ink, 394, 200, 12, 40, 3);
            } else if numerals {
                c.rect(Ink, 397, 202, 6, 22, 2);
            } else {
                c.oval(Ink, 400, 212, 6, 6);
            }
        });
    }
    hands(c, 400, 400, 120);
}

fn hands(c: &mut Canvas, x: i32, y: i32, length: i32) {
    let (hour, minute) = (c.vary(290, 320), c.vary(40, 70));
    c.rotated(hour, x, y, |c| c.rect(Ink, x - 7, y - length, 14, length + 14, 7));
    c.rotated(minute, x, y, |c| c.rect(Ink, x - 5, y - length * 14 / 10, 10, length * 14 / 10 + 18, 5));
    c.rotated(160, x, y, |c| c.rect(Accent, x - 2, y - length * 13 / 10, 4, length * 15 / 10, 2));
    c.oval(Ink, x, y, 13, 13);
}

fn alarm_clock(c: &mut Canvas) {
    c.line(Deep, 22, "M300 610L276 640M500 610L524 640");
    c.mirrored(|c| {
        c.rotated(-32, 296, 258, |c| {
            c.path(Metal, "M232 262a64 60 0 0 1 128 0z");
            c.rect(MetalDeep, 290, 260, 12, 40, 2);
        });
    });
    c.line(MetalDeep, 10, "M360 220Q400 160 440 220");
    c.oval(Main, 400, 450, 188, 188);
    c.oval(Shade, 402, 452, 160, 160);
    c.oval(Paper, 400, 450, 154, 154);
    for hour in 0..12 {
        c.rotated(hour * 30, 400, 450, |c| c.rect(Ink, 396, 310, 8, if hour % 3 == 0 { 28 } else { 16 }, 2));
    }
    hands(c, 400, 450, 84);
}

fn basket(c: &mut Canvas) {
    let top = c.vary(320, 400);
    c.line(WoodDeep, 16, format!("M290 {top}q0-80 60-80h100q60 0 60 80"));
    c.oval(Deep, 400, top, 200, 36);
    c.path(Accent, format!("M230 {top}q60-70 150-40t190 30q-160 50-340 10z"));
    c.path(Main, format!("M200 {top}Q400 {} 600 {top}L560 620Q400 660 240 620z", top + 70));
    for row in 0..7 {
        let y = top + 46 + row * (590 - top) / 7;
        for i in 0..10 {
            let x = 232 + row * 4 + i * (336 - row * 8) / 9;
            let paint = if (i + row) % 2 == 0 { Light } else { Shade };
            c.line(paint, 7, format!("M{} {}q14 8 26 2", x - 13, y + 22 - (i * 2 - 9).abs() * 2));
        }
    }
    c.line(Light, 14, format!("M200 {top}Q400 {} 600 {top}", top + 70));
}

fn storage_box(c: &mut Canvas) {
    let top = c.vary(380, 430);
    c.cuboid([Main, Light, Shade], 190, top, 340, 640 - top, 80);
    c.cuboid([Down, Light, Deep], 178, top - 40, 364, 64, 84);
    c.rect(PaperDown, 310, top + 70, 100, 60, 6);
    c.line(Ink, 4, format!("M330 {}h60M330 {}h40", top + 92, top + 110));
    c.rect(Deep, 330, top - 18, 60, 16, 8);
}

fn hook(c: &mut Canvas) {
    c.rect(WoodDown, 130, 300, 540, 110, 16);
    for x in [220, 400, 580] {
        c.oval(Main, x, 355, 40, 40);
        c.line(Deep, 28, format!("M{x} 360v90q0 60-50 60"));
        c.line(Base, 18, format!("M{x} 360v90q0 60-50 60"));
        c.oval(Light, x - 50, 508, 20, 20);
        c.oval(Shine, x - 10, 342, 12, 12);
    }
}

fn heart_path() -> &'static str {
    "M400 640Q120 470 170 300Q210 190 310 220Q380 240 400 310Q420 240 490 220Q590 190 630 300Q680 470 400 640z"
}

fn heart(c: &mut Canvas) {
    c.line(PaperShade, 6, "M400 300Q340 160 400 90Q460 160 400 300");
    c.path(Main, heart_path());
    c.path(Pattern, heart_path());
    c.path(Dim, "M630 300Q680 470 400 640Q520 480 560 250Q604 240 630 300z");
    c.path(Shine, "M200 330Q220 240 300 250Q230 290 220 380z");
    c.path(Accent, "M400 320q-70-60-92-18q6 36 92 18q86 18 92-18q-22-42-92 18z");
}

fn bunting(c: &mut Canvas) {
    for (y, shift) in [(180, 0), (420, 1)] {
        c.line(PaperShade, 8, format!("M20 {y}Q400 {} 780 {y}", y + 120));
        for i in 0..6 {
            let x = 70 + i * 116;
            let cord = y + 58 - (i * 2 - 5_i32).pow(2) * 2;
            let paint = [Main, Accent, Paper][((i + shift) % 3) as usize];
            c.path(paint, format!("M{x} {cord}l100 6l-54 130z"));
            if paint == Main {
                c.path(Pattern, format!("M{x} {cord}l100 6l-54 130z"));
            }
        }
    }
}

fn sign(c: &mut Canvas) {
    c.line(Ink, 5, "M260 270L400 130L540 270");
    c.oval(Ink, 400, 128, 10, 10);
    c.rect(Down, 150, 260, 500, 300, 22);
    c.rect(Shade, 172, 282, 456, 256, 12);
    c.rect(Base, 178, 288, 444, 244, 10);
    c.path(Light, "M400 470q-90-50-74-106q20-40 74 10q54-50 74-10q16 56-74 106z");
    c.line(Light, 9, "M220 330h70M510 330h70M220 490h90M490 490h90");
}

fn star(c: &mut Canvas) {
    c.line(PaperShade, 5, "M400 150V40");
    for turn in 0..5 {
        c.rotated(turn * 72, 400, 410, |c| {
            c.path(Light, "M400 410L324 306L400 130z");
            c.path(Shade, "M400 410L476 306L400 130z");
        });
    }
}

fn bauble(c: &mut Canvas) {
    c.line(PaperShade, 5, "M400 180Q370 90 400 40");
    c.rect(Metal, 366, 170, 68, 50, 8);
    c.oval(Main, 400, 420, 215, 215);
    c.path(Accent, "M190 380q210 70 420 0q6 44-2 84q-210 70-416 0q-8-44-2-84z");
    for i in -3..=3 {
        c.oval(Light, 400 + i * 56, 442 - i * i * 3, 12, 12);
    }
    c.oval(Shine, 320, 310, 42, 56);
}

fn figurine(c: &mut Canvas) {
    c.path(Main, "M300 640q-20-130 40-190q-50-20-40-90q10-70 90-74q20-60 90-40q-40 20-30 50q70 20 66 90q-4 50-40 64q66 60 44 190z");
    c.path(Dim, "M470 450q66 60 44 190h-90q70-80 46-190z");
    c.oval(Ink, 372, 350, 8, 10);
    c.path(Accent, "M300 360l-50 16l50 20z");
    c.line(Shade, 5, "M340 520q40 60 110 40");
}

fn doorstop(c: &mut Canvas) {
    c.path(Main, "M260 640L300 420Q400 360 500 420L540 640Q400 656 260 640z");
    c.path(Pattern, "M260 640L300 420Q400 360 500 420L540 640Q400 656 260 640z");
    c.line(Shade, 18, "M350 410Q400 300 450 410");
    c.rect(PaperDown, 350, 500, 100, 70, 8);
}

fn wreath(c: &mut Canvas) {
    for i in 0..24 {
        c.rotated(i * 15, 400, 400, |c| {
            c.path(
                if i % 2 == 0 { Leaf } else { LeafDeep },
                "M400 190q-50-30-30-90q50 30 30 90zM400 190q-30 40-10 80q40-30 10-80z",
            );
        });
    }
    for i in 0..8 {
        c.rotated(i * 45 + 10, 400, 400, |c| c.oval(Base, 400, 196, 17, 17));
    }
    c.path(Main, "M400 600q-100-80-120-20q0 50 120 20q120 30 120-20q-20-60-120 20zM390 606l-40 110l46-20l24 30l4-120z");
}
