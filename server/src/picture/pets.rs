//! What dogs, cats and small animals have.

use std::fmt::Write;

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    flat("collar", Scene::Set, collar),
    flat("lead", Scene::Outdoors, lead),
    standing("pet-bed", 260, Scene::Room, pet_bed),
    standing("dog-bowl", 200, Scene::Room, dog_bowl),
    flat("rope-toy", Scene::Set, rope_toy),
    flat("bone", Scene::Set, bone),
    standing("dog-ball", 120, Scene::Outdoors, dog_ball),
    standing("cat-tree", 190, Scene::Room, cat_tree),
    standing("scratching-post", 170, Scene::Room, scratching_post),
    standing("cat-cave", 220, Scene::Room, cat_cave),
    standing("toy-mouse", 180, Scene::Set, toy_mouse),
    standing("hutch", 260, Scene::Outdoors, hutch),
];

fn paw(c: &mut Canvas, x: i32, y: i32, size: i32) {
    c.oval(Paper, x, y + size / 3, size * 6 / 10, size / 2);
    for (dx, dy) in [(-7, -1), (-3, -6), (3, -6), (7, -1)] {
        c.oval(Paper, x + dx * size / 10, y + dy * size / 10, size / 5, size / 4);
    }
}

fn collar(c: &mut Canvas) {
    c.ring(Deep, 62, 404, 384, 230, 190);
    c.ring(Base, 54, 400, 380, 230, 190);
    c.ring(Light, 4, 398, 376, 212, 172);
    c.ring(Shade, 4, 402, 384, 248, 208);
    c.rect(MetalDeep, 546, 230, 96, 84, 12);
    c.rect(Base, 562, 246, 64, 52, 4);
    c.line(Metal, 9, "M562 272H626");
    for x in [250, 300, 350] {
        c.oval(Ink, x, 548 + (x - 250) / 10 * 2, 7, 7);
    }
    c.ring(Metal, 10, 420, 610, 24, 24);
    c.oval(MetalDeep, 424, 684, 62, 62);
    c.oval(MetalDown, 420, 680, 62, 62);
    paw(c, 420, 678, 44);
}

fn lead(c: &mut Canvas) {
    for (width, paint) in [(36, Deep), (28, Base), (4, Light)] {
        c.line(paint, width, "M300 330Q170 330 170 220T300 110T430 220Q430 330 300 330Q210 380 230 480T420 560T610 440T470 340T340 450Q360 590 560 640");
    }
    c.rect(Accent, 262, 310, 84, 44, 10);
    c.rotated(16, 600, 650, |c| {
        c.rect(MetalDeep, 556, 630, 60, 44, 14);
        c.ring(Metal, 14, 660, 652, 50, 28);
        c.line(MetalDeep, 8, "M640 630L690 652");
    });
}

fn pet_bed(c: &mut Canvas) {
    if c.pick(2) == 0 {
        c.oval(Deep, 400, 540, 290, 104);
        c.oval(Main, 400, 500, 290, 120);
        c.oval(Shade, 400, 490, 218, 76);
        c.oval(Accent, 400, 506, 206, 62);
        c.oval(AccentDeep, 400, 502, 150, 34);
        c.oval(Accent, 400, 506, 146, 30);
        c.path(Main, "M110 500Q110 640 400 640T690 500Q660 590 520 596Q500 560 400 560T280 596Q140 590 110 500z");
        c.path(Shine, "M140 490q30-70 130-96q-60 40-100 110z");
    } else {
        c.path(Shade, "M140 420q260-120 520 0l20 140H120z");
        c.path(Main, "M110 480Q110 430 170 430Q220 430 230 520H570Q580 430 630 430Q690 430 690 480V590Q690 640 640 640H160Q110 640 110 590z");
        c.path(Accent, "M224 526q176-60 352 0l-10 40H234z");
        c.path(Pattern, "M230 540H570V640H230z");
        c.line(Light, 6, "M130 480q10-34 44-34M590 480q12-34 44-34");
    }
    paw(c, 400, 600, 34);
}

fn dog_bowl(c: &mut Canvas) {
    if c.pick(2) == 0 {
        for i in 0..12 {
            let (x, y) = (270 + i % 6 * 52, 440 + i / 6 * 16);
            c.oval(if i % 2 == 0 { WoodDeep } else { Wood }, x, y, 32, 24);
        }
    }
    c.turned(Main, &[(470, 170), (474, 174), (600, 236), (640, 244)]);
    c.oval(MetalDeep, 400, 470, 178, 34);
    c.oval(Metal, 400, 466, 178, 32);
    c.oval(Dark, 400, 472, 150, 22);
    for (x, y) in [(310, 470), (360, 462), (410, 474), (460, 464), (500, 474)] {
        c.oval(WoodDeep, x, y, 26, 14);
        c.oval(WoodLight, x - 6, y - 4, 8, 4);
    }
    c.path(Paper, "M340 548q-30-4-26 18q-16 10 0 22q6 20 32 6H454q26 14 32-6q16-12 0-22q4-22-26-18l-10 12H350z");
    c.path(Shine, "M246 510q-30 50-44 110h28q10-60 40-106z");
}

fn rope_toy(c: &mut Canvas) {
    c.rotated(-32, 400, 400, |c| {
        for side in [-1, 1] {
            for i in -4..=4 {
                let x = 400 + side * 230;
                c.line(if i % 2 == 0 { Light } else { Accent }, 12, format!("M{x} 400l{} {}", side * 100, i * 20));
            }
        }
        c.rect(Shade, 180, 358, 440, 90, 40);
        for (i, paint) in (0..12).zip([Base, Light, Accent].into_iter().cycle()) {
            let x = 196 + i * 34;
            c.line(paint, 24, format!("M{x} 432q10-30 34-62"));
        }
        for x in [170, 630] {
            c.oval(Deep, x + 4, 406, 66, 72);
            c.oval(Main, x, 400, 66, 72);
            c.line(Light, 12, format!("M{} 360q50 20 60 70M{} 400q30 10 40 50", x - 34, x - 50));
        }
    });
}

fn bone(c: &mut Canvas) {
    c.rotated(-30, 400, 400, |c| {
        let d = "M240 340H560Q540 260 610 256Q680 262 668 340Q700 360 700 404Q700 450 668 464Q680 546 610 552Q540 548 560 466H240Q260 548 190 552Q120 546 132 464Q100 450 100 404Q100 360 132 340Q120 262 190 256Q260 260 240 340z";
        c.moved("translate(8 14)", |c| c.path(Deep, d));
        c.path(Down, d);
        c.path(Shine, "M150 330q-10-50 40-54q40 6 36 40q-50-6-76 14zM240 358H560v20H240z");
        c.line(Shade, 8, "M330 410v40M370 416v36M430 416v36M470 410v40");
    });
}

fn dog_ball(c: &mut Canvas) {
    let r = c.vary(180, 205);
    let y = 640 - r;
    c.oval(Main, 400, y, r, r);
    match c.pick(3) {
        0 => c.line(
            Paper,
            16,
            format!(
                "M{} {}Q400 {y} {} {}M{} {}Q400 {y} {} {}",
                400 - r * 7 / 10,
                y - r * 7 / 10,
                400 - r * 7 / 10,
                y + r * 7 / 10,
                400 + r * 7 / 10,
                y - r * 7 / 10,
                400 + r * 7 / 10,
                y + r * 7 / 10
            ),
        ),
        1 => {
            for (dx, dy) in [(-100, -50), (-20, -120), (80, -80), (-60, 50), (40, 10), (120, 50), (0, 120), (-130, 20)]
            {
                c.oval(Deep, 400 + dx, y + dy, 26, 26);
                c.oval(Light, 396 + dx, y + dy - 5, 18, 16);
            }
        }
        _ => {
            c.path(Accent, format!("M{} {y}q{r} 70 {} 0v30q-{r} 80-{} 0z", 402 - r, r * 2 - 4, r * 2 - 4));
            paw(c, 400, y - 60, 60);
        }
    }
    c.oval(Shine, 330, y - r / 2, 50, 34);
}

/// A post wound with cord.
fn post(c: &mut Canvas, x: i32, top: i32, foot: i32, half: i32) {
    c.rect(Wood, x - half, top, half * 2, foot - top, 4);
    let mut cord = String::new();
    for y in (top + 8..foot - 4).step_by(13) {
        let _ = write!(cord, "M{} {y}Q{x} {} {} {}", x - half, y + 9, x + half, y + 2);
    }
    c.line(WoodDeep, 3, cord);
}

fn cat_tree(c: &mut Canvas) {
    post(c, 270, 180, 600, 22);
    post(c, 540, 330, 600, 22);
    post(c, 400, 420, 600, 20);
    c.path(Deep, "M200 600H630V640H170z");
    c.rect(Down, 160, 606, 480, 34, 8);
    c.rect(Deep, 360, 316, 250, 34, 8);
    c.rect(Down, 356, 308, 250, 30, 8);
    c.path(Down, "M150 140q120 50 240 0q16 60-30 66H180q-46-6-30-66z");
    c.path(Shade, "M150 140q120-30 240 0q-120 50-240 0z");
    c.rect(Main, 440, 440, 190, 168, 16);
    c.path(Deep, "M486 606v-60q0-50 50-50t50 50v60z");
    c.path(Ink, "M494 606v-56q0-44 42-44t42 44v56z");
    c.line(Ink, 3, "M380 338V420");
    c.oval(Accent, 380, 436, 20, 20);
    // The cat that owns it.
    c.path(Ink, "M440 310q-10-60 30-80l-6-50l30 20h26l30-20l-4 54q40 20 30 76q60 10 50-60q-2-16 12-14q22 100-70 90z");
    c.oval(Glow, 496, 222, 6, 7);
    c.oval(Glow, 522, 222, 6, 7);
}

fn scratching_post(c: &mut Canvas) {
    post(c, 400, 200, 610, 62);
    c.path(Shine, "M350 200h22v400h-22z");
    c.turned(Main, &[(164, 92), (166, 94), (206, 94), (210, 90)]);
    c.oval(Light, 400, 164, 92, 18);
    c.path(Deep, "M200 600H600L640 640H160z");
    c.rect(Down, 170, 596, 460, 44, 12);
    c.line(Ink, 4, "M480 190Q560 200 560 320");
    c.oval(Accent, 560, 346, 28, 28);
    c.path(AccentDeep, "M560 370l-14 44l14-8l14 8z");
}

fn cat_cave(c: &mut Canvas) {
    c.path(Main, "M130 600Q110 260 400 220Q690 260 670 600Q660 640 600 640H200Q140 640 130 600z");
    c.path(Dim, "M400 220Q690 260 670 600Q660 640 600 640H560Q640 400 400 220z");
    c.line(Light, 6, "M160 520Q170 310 380 250");
    c.line(Shade, 5, "M136 560Q400 520 666 560M160 420Q400 380 640 420");
    c.oval(Deep, 400, 490, 140, 130);
    c.oval(Ink, 400, 498, 124, 116);
    c.oval(Accent, 400, 596, 110, 20);
    c.path(Main, "M380 240q-10-50 20-50t20 50z");
    if c.pick(2) == 0 {
        c.path(Dark, "M320 590q-4-110 80-110t80 110z");
        c.path(Dark, "M330 520l4-66l46 36zM470 520l-4-66l-46 36z");
        c.oval(Glow, 372, 526, 12, 14);
        c.oval(Glow, 428, 526, 12, 14);
        c.oval(Ink, 372, 526, 4, 12);
        c.oval(Ink, 428, 526, 4, 12);
        c.path(Accent, "M392 552h16l-8 10z");
    }
}

fn toy_mouse(c: &mut Canvas) {
    c.line(Deep, 14, "M600 590Q740 600 700 500T760 380");
    c.path(Main, "M130 600Q250 360 430 370Q620 380 640 560Q646 640 570 640H180Q120 640 130 600z");
    c.path(Dim, "M180 640Q400 600 634 540Q650 640 570 640z");
    c.path(Shine, "M250 500q70-90 180-96q-90 30-150 110z");
    c.oval(Deep, 344, 400, 66, 72);
    c.oval(Accent, 340, 402, 46, 52);
    c.oval(Shade, 262, 440, 44, 56);
    c.oval(Accent, 258, 444, 28, 38);
    c.oval(Ink, 230, 540, 13, 14);
    c.oval(Paper, 226, 535, 4, 4);
    c.oval(AccentDeep, 138, 598, 22, 18);
    c.line(Ink, 3, "M180 590L90 560M180 600L80 604M180 610L96 640");
    c.line(Light, 5, "M470 420l20 14M500 440l20 14M530 462l20 14");
}

fn hutch(c: &mut Canvas) {
    c.rect(WoodDeep, 150, 560, 34, 80, 2);
    c.rect(WoodDeep, 616, 560, 34, 80, 2);
    c.rect(Wood, 140, 280, 520, 310, 6);
    c.rect(Ink, 390, 310, 246, 230, 4);
    c.path(Glow, "M390 500q60-30 120-10t126-10v60H390z");
    // The rabbit behind the wire.
    c.path(Paper, "M440 530q-10-80 60-90q-20-90 6-100q20 20 14 96q10-80 34-86q18 30-10 110q20 40 0 70z");
    c.oval(Ink, 500, 476, 6, 8);
    for x in (410..636).step_by(24) {
        c.line(Metal, 2, format!("M{x} 310V540"));
    }
    for y in (330..540).step_by(24) {
        c.line(Metal, 2, format!("M390 {y}H636"));
    }
    c.rect(Main, 164, 310, 206, 230, 4);
    for x in [215, 266, 318] {
        c.line(Shade, 4, format!("M{x} 310V540"));
    }
    c.path(Deep, "M216 540v-70q0-50 50-50t50 50v70z");
    c.rect(MetalDeep, 372, 410, 16, 34, 4);
    c.path(Shade, "M100 280L160 180H640L700 280z");
    c.path(Down, "M92 290L156 176H636L708 290z");
    c.rect(Deep, 92, 280, 616, 18, 4);
    c.path(Light, "M170 190H626l8 14H162z");
}
