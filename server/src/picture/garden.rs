//! What a garden is tended and furnished with.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::plants::leaf;
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    flat("trowel", Scene::Outdoors, trowel),
    flat("hand-fork", Scene::Outdoors, hand_fork),
    flat("secateurs", Scene::Outdoors, secateurs),
    flat("spade", Scene::Outdoors, spade),
    flat("digging-fork", Scene::Outdoors, digging_fork),
    flat("rake", Scene::Outdoors, rake),
    standing("watering-can", 180, Scene::Outdoors, watering_can),
    standing("hose", 210, Scene::Outdoors, hose),
    standing("hammock", 300, Scene::Outdoors, hammock),
    standing("fire-bowl", 200, Scene::Outdoors, fire_bowl),
    standing("bird-house", 150, Scene::Outdoors, bird_house),
    flat("bird-feeder", Scene::Outdoors, bird_feeder),
    standing("insect-hotel", 190, Scene::Outdoors, insect_hotel),
    flat("seed-packet", Scene::Outdoors, seed_packet),
    standing("crate", 240, Scene::Outdoors, crate_of_harvest),
];

/// The handle of a hand tool, from `y` down to 700, around the axis.
fn grip(c: &mut Canvas, y: i32) {
    c.rect(MetalDown, 384, y - 50, 32, 80, 8);
    c.path(Wood, format!("M374 {y}q26-14 52 0q16 80 4 {}q-30 34-60 0q-12-120 4-{}z", 690 - y, 690 - y));
    c.rect(Accent, 370, y + 30, 60, 22, 6);
    c.oval(WoodDeep, 400, 672, 9, 9);
    c.rect(Shine, 382, y + 60, 10, 560 - y, 5);
}

fn trowel(c: &mut Canvas) {
    c.rotated(32, 400, 400, |c| {
        c.path(MetalDeep, "M388 420h24V330h-24z");
        c.path(Main, "M310 330Q290 170 400 60Q510 170 490 330Q400 380 310 330z");
        c.path(Dim, "M400 60Q510 170 490 330Q450 352 400 354z");
        c.line(Light, 6, "M326 310Q316 190 396 96");
        grip(c, 440);
    });
}

fn hand_fork(c: &mut Canvas) {
    c.rotated(30, 400, 400, |c| {
        c.path(MetalDeep, "M388 420h24V310h-24z");
        c.path(Down, "M296 90q10-30 24 0V250q0 24 30 26h20V90q12-34 26 0h8q14-34 26 0V276h20q30-2 30-26V90q14-30 24 0V270q0 60-64 62H360q-64-2-64-62z");
        c.line(Light, 4, "M308 100V260M384 100V290M418 100V290M494 100V250");
        grip(c, 440);
    });
}

fn secateurs(c: &mut Canvas) {
    c.rotated(24, 400, 400, |c| {
        c.path(MetalDeep, "M380 400Q330 240 430 90Q470 150 462 250L440 410z");
        c.path(Metal, "M430 90Q470 150 462 250L444 330Q400 220 430 90z");
        c.path(MetalDown, "M420 410Q340 330 330 200Q346 180 362 200Q380 300 470 360z");
        c.line(Deep, 56, "M420 420Q500 520 480 700");
        c.line(Base, 44, "M418 420Q496 520 476 698");
        c.line(Shade, 54, "M400 420Q330 530 350 690");
        c.line(Light, 40, "M398 420Q326 530 346 688");
        c.oval(Dark, 414, 392, 32, 32);
        c.oval(Metal, 412, 390, 16, 16);
        c.line(MetalDeep, 8, "M380 490l14 16l-14 14l22 14l-16 14l36 6");
    });
}

/// The shaft of a garden tool with a handle like a D at its upper end.
fn shaft(c: &mut Canvas, foot: i32) {
    c.rect(Wood, 388, 150, 24, foot - 150, 4);
    c.rect(WoodDeep, 404, 150, 8, foot - 150, 4);
    c.line(WoodDeep, 18, "M400 160L350 110V70H450V110z");
    c.line(Dark, 22, "M352 68H448");
}

fn spade(c: &mut Canvas) {
    c.rotated(10, 400, 400, |c| {
        shaft(c, 500);
        c.path(MetalDeep, "M380 400h40v110h-40z");
        c.path(Main, "M306 490H494V640Q470 720 400 744Q330 720 306 640z");
        c.path(Dim, "M400 490H494V640Q470 720 400 744z");
        c.path(Deep, "M300 484H500v16H300z");
        c.line(Light, 6, "M322 516V640Q340 690 392 722");
    });
}

fn digging_fork(c: &mut Canvas) {
    c.rotated(10, 400, 400, |c| {
        shaft(c, 500);
        c.path(MetalDeep, "M380 400h40v110h-40z");
        c.line(Deep, 24, "M310 720V540Q310 506 350 506H450Q490 506 490 540V720M370 720V510M430 720V510");
        c.line(Base, 15, "M308 724V540Q308 504 350 504H450Q488 504 488 540V724M368 724V508M428 724V508");
        c.line(Light, 4, "M304 700V540M364 700V530M424 700V530M484 700V540");
    });
}

fn rake(c: &mut Canvas) {
    c.rotated(10, 400, 400, |c| {
        c.rect(Wood, 388, 40, 24, 600, 10);
        c.rect(WoodDeep, 404, 40, 8, 600, 4);
        if c.pick(2) == 0 {
            for i in -5..=5_i32 {
                c.line(
                    if i % 2 == 0 { Base } else { Shade },
                    9,
                    format!("M400 560Q{} 640 {} 710l{} 26", 400 + i * 14, 400 + i * 36, -i),
                );
            }
            c.line(Deep, 9, "M290 640Q400 610 510 640");
        } else {
            for x in (246..560).step_by(44) {
                c.path(Shade, format!("M{x} 650h18l-4 86h-8z"));
            }
            c.rect(Down, 230, 630, 340, 34, 10);
        }
        c.rect(MetalDown, 380, 540, 40, 100, 6);
    });
}

fn watering_can(c: &mut Canvas) {
    c.line(Deep, 30, "M520 330Q690 330 660 500Q640 590 536 600");
    c.line(Base, 18, "M520 330Q686 330 656 500Q636 586 536 598");
    c.path(Shade, "M300 560L290 480L150 270L180 250L330 430z");
    c.path(Base, "M300 548L290 470L150 262L168 252L330 424z");
    c.rotated(-34, 150, 250, |c| {
        c.path(Down, "M128 270L84 210H216L172 270z");
        c.oval(Light, 150, 208, 68, 18);
        for x in [110, 136, 162, 188] {
            c.oval(Deep, x, 208, 5, 4);
        }
    });
    c.line(Shade, 20, "M310 360Q400 200 500 350");
    c.turned(Main, &[(360, 112), (364, 114), (430, 132), (600, 140), (640, 134)]);
    c.path(Deep, "M288 360q112-40 224 0q-112 34-224 0z");
    c.rect(Accent, 264, 470, 272, 14, 0);
    c.path(Shine, "M290 400q-14 110-10 210h26q-6-110 8-204z");
}

fn hose(c: &mut Canvas) {
    for i in 0..4 {
        let (y, half) = (604 - i * 58, 236 - i * 8);
        c.ring(Deep, 50, 404, y, half, 56);
        c.ring(Base, 42, 400, y - 4, half, 56);
        c.ring(Light, 6, 396, y - 18, half, 54);
    }
    c.line(Deep, 46, "M560 420Q620 250 470 240");
    c.line(Base, 38, "M558 418Q616 250 470 238");
    c.path(DarkDown, "M480 208L390 220L250 196V284L390 262L480 270z");
    c.rect(Accent, 230, 190, 34, 100, 10);
    c.path(Accent, "M400 262h50l-20 80h-30z");
}

fn hammock(c: &mut Canvas) {
    c.line(WoodDeep, 26, "M110 640L90 240M690 640L710 240");
    c.line(WoodLight, 8, "M104 630L85 250M685 630L704 250");
    for i in 0..5 {
        c.line(
            WoodLight,
            4,
            format!("M94 270L{} {}M706 270L{} {}", 210 + i * 4, 380 + i * 20, 590 - i * 4, 380 + i * 20),
        );
    }
    let d = "M206 370Q400 560 594 370L574 470Q400 690 226 470z";
    c.path(Main, d);
    c.path(Pattern, d);
    c.path(Dim, "M214 430Q400 620 586 430L574 470Q400 690 226 470z");
    c.line(Light, 8, "M206 370Q400 560 594 370");
    c.path(Accent, "M236 396q60-50 110-6l-16 68q-70-10-94-62z");
    for x in (250..560).step_by(24) {
        let drop = 60 - (x - 400_i32).abs() / 3;
        c.line(WoodLight, 4, format!("M{x} {}v26", 510 + drop));
    }
    c.rect(WoodDeep, 60, 626, 100, 16, 6);
    c.rect(WoodDeep, 640, 626, 100, 16, 6);
}

fn fire_bowl(c: &mut Canvas) {
    c.raw(r##"<circle cx="400" cy="330" r="240" fill="#ffe9b0" opacity=".35"/>"##);
    c.raw(r##"<path d="M280 470q-60-110 30-190q0 60 30 70q-10-130 80-220q-10 110 60 150q10-30 4-60q90 120 30 250z" fill="#e8803a"/><path d="M330 470q-30-70 30-120q10 40 34 44q-4-70 30-110q6 70 50 90q20 50-10 96z" fill="#f6b44a"/><path d="M370 470q-14-50 34-90q10 40 34 50q8 20-4 40z" fill="#ffe9b0"/>"##);
    c.line(WoodDeep, 34, "M270 480L500 420M310 420L540 480");
    c.line(Deep, 20, "M290 560L260 634M510 560L540 634");
    c.path(Down, "M170 460H630Q610 590 480 604H320Q190 590 170 460z");
    c.oval(Deep, 400, 462, 230, 26);
    c.oval(Dark, 400, 466, 206, 18);
    c.raw(r##"<ellipse cx="400" cy="466" rx="150" ry="11" fill="#e8803a"/>"##);
    c.path(Shine, "M200 490q20 70 90 96h-26q-70-30-86-96z");
}

fn bird_house(c: &mut Canvas) {
    let top = c.vary(250, 290);
    c.path(Shade, format!("M550 {top}L610 {}V600L550 640z", top - 24));
    c.path(Main, format!("M250 {top}L400 {}L550 {top}V640H250z", top - 110));
    for y in (top + 60..630).step_by(70) {
        c.line(Shade, 4, format!("M250 {y}H550"));
    }
    c.path(WoodDeep, format!("M400 {}L620 {}L640 {}L420 {}z", top - 160, top + 20, top - 4, top - 186));
    c.path(
        Wood,
        format!(
            "M400 {}L180 {}L196 {}L400 {}L604 {}L620 {}z",
            top - 160,
            top + 20,
            top + 46,
            top - 116,
            top + 46,
            top + 20
        ),
    );
    c.oval(Deep, 400, 400, 62, 62);
    c.oval(Ink, 404, 404, 52, 52);
    c.line(WoodDeep, 18, "M400 500v14");
    c.oval(Wood, 400, 504, 15, 15);
    if c.pick(2) == 0 {
        c.path(Accent, "M400 610q-46-36-30-60q16-14 30 6q14-20 30-6q16 24-30 60z");
    }
}

fn bird_feeder(c: &mut Canvas) {
    c.line(Ink, 5, "M400 20V150");
    c.path(Down, "M400 120L570 250H230z");
    c.path(Shade, "M230 250H570l-10 22H240z");
    c.rect(Glass, 290, 272, 220, 320, 10);
    c.path(WoodDown, "M296 360q104-40 208 0V590H296z");
    for i in 0..40 {
        let (x, y) = (c.vary(306, 494), c.vary(376, 580));
        c.oval([WoodDeep, Glow, Ink][i % 3], x, y, 8, 5);
    }
    c.rect(Glass, 310, 280, 20, 300, 8);
    c.path(Main, "M200 590H600l-20 50H220z");
    c.line(WoodDeep, 10, "M170 610H630");
    // A tit that came to eat.
    c.path(Accent, "M560 590q-10-70 50-76q40-4 50 34l60 40l-56 6q-40 30-104-4z");
    c.oval(Ink, 606, 528, 22, 16);
    c.oval(Paper, 600, 536, 8, 6);
    c.path(Glow, "M572 536l-22 8l24 8z");
}

fn insect_hotel(c: &mut Canvas) {
    c.path(WoodDeep, "M220 290H580V640H220z");
    for (x, y) in [(236, 306), (408, 306), (236, 476), (408, 476)] {
        c.rect(Ink, x, y, 156, 150, 2);
    }
    for i in 0..20 {
        let (x, y) = (260 + i % 5 * 27, 328 + i / 5 * 34);
        c.oval(WoodLight, x, y, 14, 14);
        c.oval(WoodDeep, x, y, 7, 7);
    }
    for (i, paint) in (0..9).zip([Wood, WoodLight, WoodDeep].into_iter().cycle()) {
        c.oval(paint, 438 + i % 3 * 48, 334 + i / 3 * 48, 24, 24);
        c.ring(WoodDeep, 2, 438 + i % 3 * 48, 334 + i / 3 * 48, 13, 13);
    }
    for (i, paint) in (0..8).zip([WoodLight, Wood].into_iter().cycle()) {
        c.line(paint, 14, format!("M{} 620L{} 486", 246 + i * 19, 250 + i * 19));
    }
    for (i, paint) in (0..6).zip([LeafDeep, Accent].into_iter().cycle()) {
        c.oval(paint, 440 + i % 3 * 46, 530 + i / 3 * 56, 26, 34);
    }
    c.path(Shade, "M400 110L650 300L630 322L400 150z");
    c.path(Main, "M400 110L150 300L170 322L400 146L630 322L650 300z");
    c.path(Wood, "M400 156L580 292H220z");
    c.path(Accent, "M400 270q-46-26-40-60q20-14 40 24q20-38 40-24q6 34-40 60z");
}

fn seed_packet(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(PaperShade, 232, 116, 350, 580, 6);
        c.rect(Main, 222, 106, 350, 580, 6);
        c.rect(Deep, 222, 106, 350, 44, 6);
        c.rect(Paper, 246, 280, 302, 376, 150);
        c.line(Paper, 16, "M280 200H514M320 236H474");
        c.line(LeafDeep, 9, "M397 640V440");
        leaf(c, Leaf, (397, 600), 110, 26, -56);
        leaf(c, LeafLight, (397, 580), 110, 26, 54);
        for turn in 0..10 {
            c.rotated(turn * 36, 397, 400, |c| c.oval(Accent, 397, 340, 20, 44));
        }
        c.oval(WoodDeep, 397, 400, 38, 38);
    });
    for (x, y) in [(640, 640), (672, 600), (690, 660), (646, 690)] {
        c.oval(WoodDeep, x, y, 13, 8);
    }
}

fn crate_of_harvest(c: &mut Canvas) {
    for (x, y, r, paint) in [(230, 420, 60, Accent), (350, 400, 70, Main), (470, 410, 64, Accent), (570, 424, 54, Main)]
    {
        c.oval(paint, x, y, r, r - 4);
        c.path(Leaf, format!("M{x} {}q-10-40 20-50q10 30-20 50z", y - r + 10));
        c.oval(Shine, x - r / 3, y - r / 3, r / 4, r / 5);
    }
    c.path(LeafLight, "M280 420q-50-120 20-150q0 70 20 80q0-80 60-90q-10 90-30 160z");
    for y in [440, 510, 580] {
        c.rect(Wood, 140, y, 520, 54, 4);
        c.rect(WoodDeep, 140, y + 44, 520, 10, 2);
        c.line(WoodLight, 3, format!("M200 {}H380M430 {}H600", y + 20, y + 28));
    }
    for x in [140, 614] {
        c.rect(WoodDeep, x, 430, 46, 210, 4);
        c.rect(Wood, x, 430, 38, 210, 4);
        for y in [466, 536, 606] {
            c.oval(Dark, x + 18, y, 5, 5);
        }
    }
    c.rect(Ink, 340, 456, 120, 22, 11);
}
