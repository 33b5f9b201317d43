//! Plants, and what they grow in.

use std::fmt::Write;

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("plant-pot", 120, Scene::Room, plant_pot),
    standing("planter", 230, Scene::Outdoors, planter),
    flat("hanging-planter", Scene::Room, hanging_planter),
    standing("house-plant", 110, Scene::Room, house_plant),
    standing("monstera", 110, Scene::Room, monstera),
    standing("cactus", 110, Scene::Room, cactus),
    standing("fern", 110, Scene::Room, fern),
];

/// A pot with its rim at `rim`; what grows in it is drawn before.
fn pot(c: &mut Canvas, rim: i32, half: i32) {
    let foot = half * 7 / 10;
    match c.pick(3) {
        0 => {
            c.turned(Main, &[(rim + 40, half - 12), (rim + 44, half - 12), (610, foot), (640, foot - 4)]);
            c.turned(Main, &[(rim, half), (rim + 4, half), (rim + 46, half - 2), (rim + 50, half - 4)]);
            c.path(
                Dim,
                format!(
                    "M{} {}q{} 26 {} 0v12q-{} 26-{} 0z",
                    412 - half,
                    rim + 50,
                    half - 12,
                    half * 2 - 24,
                    half - 12,
                    half * 2 - 24
                ),
            );
        }
        1 => c.turned(
            Main,
            &[(rim, half - 6), (rim + 6, half - 4), (rim + 80, half + 10), (600, foot), (640, foot - 14)],
        ),
        _ => {
            c.turned(Main, &[(rim, half), (rim + 4, half), (600, half - 8), (640, half - 20)]);
            c.path(
                Accent,
                format!("M{} {}q{half} 24 {} 0v34q-{half} 24-{} 0z", 402 - half, rim + 70, half * 2 - 4, half * 2 - 4),
            );
        }
    }
    c.oval(Light, 400, rim, half, half / 7);
    c.oval(WoodDeep, 400, rim + 3, half - 12, half / 9);
    c.path(Shine, format!("M{} {}v{}q10 8 20 10v-{}z", 424 - half, rim + 60, 520 - rim, 524 - rim));
}

/// A leaf with its midrib, that grows upwards from a point and leans by degrees.
pub(super) fn leaf(c: &mut Canvas, paint: Paint, (x, y): (i32, i32), length: i32, half: i32, lean: i32) {
    c.rotated(lean, x, y, |c| {
        c.path(
            paint,
            format!(
                "M{x} {y}C{} {} {} {} {x} {}C{} {} {} {} {x} {y}z",
                x - half * 3 / 2,
                y - length / 3,
                x - half,
                y - length * 4 / 5,
                y - length,
                x + half,
                y - length * 4 / 5,
                x + half * 3 / 2,
                y - length / 3
            ),
        );
        c.line(if paint == LeafDeep { Leaf } else { LeafDeep }, 3, format!("M{x} {y}V{}", y - length * 9 / 10));
    });
}

fn plant_pot(c: &mut Canvas) {
    leaf(c, LeafDeep, (392, 330), 120, 34, -34);
    leaf(c, Leaf, (400, 330), 150, 38, 4);
    leaf(c, LeafLight, (408, 330), 110, 32, 40);
    let half = c.vary(170, 196);
    pot(c, 330, half);
}

fn planter(c: &mut Canvas) {
    for i in 0..9 {
        let x = 196 + i * 51;
        let height = c.vary(90, 180);
        leaf(c, if i % 2 == 0 { Leaf } else { LeafDeep }, (x, 440), height, 30, (i - 4) * 5);
        if i % 3 == 1 {
            for turn in 0..5 {
                c.rotated(turn * 72, x, 320, |c| c.oval(Accent, x, 300, 14, 20));
            }
            c.oval(Glow, x, 320, 11, 11);
        }
    }
    c.cuboid([Down, WoodDeep, Shade], 140, 430, 490, 190, 36);
    for y in [490, 556] {
        c.line(Deep, 4, format!("M140 {y}H630"));
    }
    c.rect(Deep, 170, 620, 50, 20, 4);
    c.rect(Deep, 550, 620, 50, 20, 4);
}

fn hanging_planter(c: &mut Canvas) {
    c.line(WoodLight, 6, "M400 20L268 400M400 20L532 400M400 20V400");
    c.ring(Metal, 8, 400, 30, 22, 22);
    for i in -4..=4_i32 {
        leaf(c, if i % 2 == 0 { Leaf } else { LeafLight }, (400 + i * 20, 410), 190 - i.abs() * 14, 28, i * 20);
    }
    c.path(Main, "M248 400H552Q560 600 400 610Q240 600 248 400z");
    c.oval(Deep, 400, 400, 152, 24);
    for (x, length, paint) in [(270, 250, LeafDeep), (322, 330, Leaf), (500, 300, LeafDeep), (548, 210, Leaf)] {
        c.line(paint, 5, format!("M{x} 396q-20 {} 6 {length}", length / 2));
        for y in (440..396 + length).step_by(44) {
            c.oval(paint, x - 20, y, 20, 12);
            c.oval(LeafLight, x + 12, y + 20, 20, 12);
        }
    }
    c.path(Shine, "M290 440q0 90 50 140h-20q-50-50-52-140z");
}

fn house_plant(c: &mut Canvas) {
    c.line(WoodDeep, 12, "M400 470V190M400 380L350 300M400 340L450 260");
    for (x, y, lean) in [
        (352, 400, -78),
        (448, 400, 76),
        (362, 330, -60),
        (440, 310, 58),
        (376, 260, -40),
        (426, 240, 42),
        (400, 210, -6),
    ] {
        let paint = if lean < -50 {
            LeafDeep
        } else if lean > 20 {
            LeafLight
        } else {
            Leaf
        };
        let length = c.vary(160, 196);
        leaf(c, paint, (x, y), length, 50, lean);
    }
    pot(c, 460, 124);
}

fn monstera_leaf(c: &mut Canvas, paint: Paint, x: i32, y: i32, lean: i32) {
    c.rotated(lean, x, y, |c| {
        c.path(
            paint,
            format!(
                "M{x} {y}C{} {} {} {} {x} {}C{} {} {} {} {x} {y}z",
                x - 150,
                y + 30,
                x - 130,
                y - 150,
                y - 210,
                x + 130,
                y - 150,
                x + 150,
                y + 30
            ),
        );
        c.line(LeafDeep, 4, format!("M{x} {y}V{}", y - 190));
        for (dy, reach) in [(-40, 116), (-90, 110), (-136, 80)] {
            // Cuts between the ribs, in the colour of what is behind most plants.
            for side in [-1, 1] {
                c.path(
                    Paint::LeafDeep,
                    format!(
                        "M{} {}L{} {}L{} {}z",
                        x + side * 30,
                        y + dy,
                        x + side * reach,
                        y + dy - 34,
                        x + side * reach,
                        y + dy - 12
                    ),
                );
            }
        }
    });
}

fn monstera(c: &mut Canvas) {
    c.line(LeafDeep, 10, "M400 480Q380 380 290 320M400 480Q420 360 520 300M400 480Q390 340 400 230M400 480Q340 430 250 430M400 480Q470 420 560 430");
    for (paint, x, y, lean) in [
        (Leaf, 250, 440, -66),
        (Leaf, 556, 440, 62),
        (LeafLight, 290, 330, -34),
        (Leaf, 520, 320, 34),
        (LeafLight, 402, 270, 2),
    ] {
        monstera_leaf(c, paint, x, y, lean);
    }
    pot(c, 470, 120);
}

fn cactus(c: &mut Canvas) {
    c.line(LeafDeep, 66, "M340 380H290Q270 380 270 350V290M460 330H510Q530 330 530 300V230");
    c.line(Leaf, 52, "M340 378H290Q268 378 268 350V290M460 328H510Q528 328 528 300V230");
    c.rect(LeafDeep, 336, 116, 134, 380, 66);
    c.rect(Leaf, 330, 112, 128, 380, 64);
    for x in [356, 384, 412, 440] {
        c.line(if x == 356 { LeafLight } else { LeafDeep }, 5, format!("M{x} 160V480"));
        for y in (180..470).step_by(40) {
            c.line(Paper, 3, format!("M{} {}l16-12M{} {}l16 12", x - 8, y, x - 8, y - 12));
        }
    }
    for turn in -2..=2 {
        c.rotated(turn * 34, 396, 124, |c| c.oval(Accent, 396, 96, 14, 30));
    }
    c.oval(Glow, 396, 118, 14, 10);
    pot(c, 470, 130);
}

fn fern(c: &mut Canvas) {
    for (i, lean) in [-84, 82, -62, 60, -42, 40, -22, 20, 0].into_iter().enumerate() {
        let paint = [LeafDeep, Leaf, LeafLight][i % 3];
        let length = c.vary(250, 310);
        c.rotated(lean, 400, 460, |c| {
            let bend = lean / 2;
            c.line(LeafDeep, 5, format!("M400 460q0-{} {bend}-{length}", length / 2));
            let mut leaves = String::new();
            for step in 2..12 {
                let (x, y) = (400 + bend * step * step / 144, 460 - length * step / 12);
                let half = 44 - step * 3;
                let _ = write!(leaves, "M{} {}L{x} {y}L{} {}", x - half, y - 16, x + half, y - 16);
            }
            c.line(paint, 13, leaves);
        });
    }
    pot(c, 460, 124);
}
