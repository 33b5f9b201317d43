//! Toys.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("teddy", 170, Scene::Room, teddy),
    standing("rabbit", 160, Scene::Room, rabbit),
    standing("elephant", 220, Scene::Room, elephant),
    standing("blocks", 220, Scene::Room, blocks),
    standing("stacking-rings", 170, Scene::Room, stacking_rings),
    standing("toy-car", 270, Scene::Room, toy_car),
    standing("toy-train", 280, Scene::Room, toy_train),
    standing("toy-van", 270, Scene::Room, toy_van),
    flat("kite", Scene::Outdoors, kite),
    flat("skipping-rope", Scene::Outdoors, skipping_rope),
    standing("spinning-top", 90, Scene::Room, spinning_top),
    flat("rattle", Scene::Set, rattle),
    flat("mobile", Scene::Room, mobile),
    standing("doll", 150, Scene::Room, doll),
    standing("dolls-house", 230, Scene::Room, dolls_house),
    flat("paint-set", Scene::Table, paint_set),
];

fn face(c: &mut Canvas, y: i32) {
    c.mirrored(|c| {
        c.oval(Ink, 352, y, 12, 14);
        c.oval(Paper, 348, y - 4, 4, 4);
    });
}

fn ribbon(c: &mut Canvas, y: i32) {
    c.mirrored(|c| c.path(Accent, format!("M400 {y}q-90-60-100 0t100 0z")));
    c.oval(AccentDeep, 400, y, 20, 22);
}

fn teddy(c: &mut Canvas) {
    c.mirrored(|c| {
        c.oval(Shade, 280, 180, 56, 56);
        c.oval(Main, 276, 178, 54, 54);
        c.oval(Light, 280, 184, 30, 30);
        c.rotated(28, 250, 440, |c| c.oval(Shade, 250, 450, 46, 104));
    });
    c.oval(Main, 400, 500, 144, 138);
    c.oval(Light, 400, 510, 92, 96);
    c.mirrored(|c| {
        c.oval(Shade, 276, 580, 76, 62);
        c.oval(Main, 272, 576, 74, 62);
        c.oval(Light, 266, 580, 42, 40);
    });
    c.oval(Main, 400, 270, 154, 138);
    c.path(Dim, "M500 165A154 138 0 0 1 440 403Q540 320 500 165z");
    c.oval(Light, 400, 324, 68, 54);
    face(c, 262);
    c.path(Ink, "M374 298q26-16 52 0q-4 26-26 30q-22-4-26-30z");
    c.line(Ink, 5, "M400 328v20M374 352q26 16 52 0");
    ribbon(c, 412);
}

fn rabbit(c: &mut Canvas) {
    let flop = c.vary(6, 22);
    c.mirrored(|c| {
        c.rotated(-flop, 350, 260, |c| {
            c.oval(Main, 344, 160, 40, 124);
            c.oval(AccentDown, 346, 170, 20, 92);
        });
        c.rotated(20, 290, 470, |c| c.oval(Shade, 284, 480, 36, 90));
    });
    c.oval(Main, 400, 510, 118, 130);
    c.oval(Light, 400, 526, 72, 88);
    c.mirrored(|c| {
        c.oval(Shade, 310, 602, 80, 40);
        c.oval(Main, 306, 598, 78, 40);
    });
    c.oval(Main, 400, 320, 126, 112);
    c.path(Dim, "M480 234A126 112 0 0 1 430 428Q520 360 480 234z");
    face(c, 310);
    c.path(Ink, "M384 344h32l-16 18z");
    c.line(Ink, 4, "M400 362v12M380 382q20 6 20-8q0 14 20 8");
    c.mirrored(|c| c.line(Shade, 4, "M350 362l-60-8M350 374l-58 12"));
    ribbon(c, 436);
}

fn elephant(c: &mut Canvas) {
    c.line(Shade, 12, "M640 450q50 20 40 80");
    c.path(Shade, "M330 500h80v140h-80zM520 500h80v140h-80z");
    c.path(Main, "M250 460Q260 330 440 330Q640 340 648 480V610Q648 640 620 640H580Q556 640 556 610V570Q480 590 400 570V610Q400 640 374 640H330Q300 640 300 610z");
    c.path(Dim, "M560 350Q648 390 648 480V610Q648 640 620 640H590Q630 480 560 350z");
    for x in [314, 570] {
        for i in 0..3 {
            c.oval(Light, x + i * 24, 630, 9, 11);
        }
    }
    c.line(Shade, 56, "M200 400Q150 500 160 560Q166 596 120 590");
    c.line(Base, 46, "M200 400Q148 500 158 560Q164 594 120 588");
    c.oval(Main, 270, 360, 128, 122);
    c.path(Shade, "M330 260Q470 220 480 370Q470 490 350 470Q300 380 330 260z");
    c.path(AccentDown, "M348 286Q440 260 446 370Q438 460 362 446Q330 370 348 286z");
    c.oval(Ink, 222, 350, 12, 14);
    c.oval(Paper, 218, 346, 4, 4);
    c.line(Shade, 5, "M136 520q24 4 40-4M140 490q24 4 40-4");
}

fn block(c: &mut Canvas, paints: [Paint; 3], x: i32, y: i32) {
    c.cuboid(paints, x, y, 130, 130, 40);
    c.rect(Glass, x + 16, y + 16, 98, 98, 10);
}

fn blocks(c: &mut Canvas) {
    let upright = c.pick(2) == 0;
    let wood = [WoodDown, WoodLight, WoodDeep];
    let (main, accent) = ([Down, Light, Shade], [AccentDown, Accent, AccentDeep]);
    block(c, main, 180, 510);
    block(c, wood, 320, 510);
    block(c, accent, 460, 510);
    block(c, accent, 250, 380);
    block(c, main, 390, 380);
    c.path(Paper, "M220 622l25-70l25 70h-14l-4-14h-14l-4 14z");
    c.oval(Accent, 385, 575, 30, 30);
    c.path(Paper, "M525 540l12 24l26 4l-19 18l4 26l-23-12l-23 12l4-26l-19-18l26-4z");
    c.oval(Paper, 315, 445, 28, 28);
    c.path(Accent, "M425 470h60l-30-52z");
    if upright {
        c.path(WoodDeep, "M400 380L450 360V300L420 200z");
        c.path(Wood, "M300 380L400 200L400 380z");
        c.path(Wood, "M300 380L420 200L420 380z");
    } else {
        c.path(Deep, "M300 380h160v-40a40 40 0 0 0-160 0z");
        c.path(WoodDown, "M270 380a110 110 0 0 1 220 0h-60a50 50 0 0 0-100 0z");
        c.path(WoodDeep, "M490 380a110 110 0 0 0-96-109l30-16a110 110 0 0 1 100 105z");
    }
}

fn stacking_rings(c: &mut Canvas) {
    c.rect(Wood, 384, 200, 32, 400, 14);
    c.oval(WoodLight, 400, 200, 40, 40);
    c.path(WoodDown, "M230 606h340l20 34H210z");
    for (i, paint) in [Main, Accent, Light, Shade, AccentDeep].into_iter().enumerate() {
        let i = i32::try_from(i).unwrap_or(0);
        let (half, y) = (176 - i * 22, 540 - i * 72);
        c.rect(Dim, 404 - half, y + 4, half * 2, 68, 34);
        c.rect(paint, 400 - half, y, half * 2, 68, 34);
        c.rect(Shine, 424 - half, y + 10, half, 14, 7);
        c.path(Dim, format!("M{} {y}q34 4 34 34t-34 34h-60q50-20 60-68z", 366 + half));
    }
}

fn tyre(c: &mut Canvas, x: i32, radius: i32) {
    let y = 640 - radius;
    c.oval(DarkDown, x, y, radius, radius);
    c.oval(Wood, x, y, radius * 6 / 10, radius * 6 / 10);
    c.ring(WoodDeep, 4, x, y, radius * 6 / 10, radius * 6 / 10);
    c.oval(WoodDeep, x, y, radius / 5, radius / 5);
}

fn passenger(c: &mut Canvas, x: i32, y: i32) {
    c.path(AccentDown, format!("M{} {y}q0-70 44-70t44 70z", x - 44));
    c.oval(Wood, x, y - 96, 38, 38);
    c.oval(Ink, x - 14, y - 98, 4, 5);
    c.oval(Ink, x + 8, y - 98, 4, 5);
}

fn toy_car(c: &mut Canvas) {
    if c.pick(2) == 0 {
        passenger(c, 420, 430);
        c.path(Main, "M120 560Q110 470 200 450L330 430Q350 470 420 470T510 420Q640 420 690 500Q700 580 680 590H130z");
        c.path(Glass, "M300 440L340 350l20 8l-24 80z");
    } else {
        c.path(
            Main,
            "M120 560Q112 480 190 464L290 450Q340 340 440 336Q560 340 600 452Q690 470 690 540Q692 590 676 590H130z",
        );
        c.path(PaperDown, "M326 450Q360 378 424 374V450z");
        c.path(PaperDown, "M448 374Q530 378 556 450H448z");
        c.path(Glass, "M340 450l44-72h30l-40 72z");
    }
    c.path(Dim, "M120 550Q400 570 690 540Q692 590 676 590H130Q118 580 120 550z");
    c.path(Shine, "M150 510Q160 480 210 474L280 464Q180 490 150 510z");
    c.rect(Accent, 122, 516, 570, 18, 4);
    c.oval(Glow, 140, 500, 18, 22);
    tyre(c, 240, 70);
    tyre(c, 566, 70);
}

fn toy_train(c: &mut Canvas) {
    c.rect(WoodDown, 110, 548, 580, 40, 12);
    c.rect(Main, 150, 410, 330, 140, 60);
    c.rect(Shine, 180, 424, 260, 20, 10);
    c.rect(Accent, 250, 408, 24, 144, 0);
    c.rect(Accent, 370, 408, 24, 144, 0);
    c.path(DarkDown, "M190 410L176 310H254L240 410z");
    c.rect(Dark, 164, 290, 102, 30, 12);
    c.oval(Wood, 330, 404, 36, 34);
    c.rect(Main, 460, 290, 200, 262, 10);
    c.path(Dim, "M590 290h60q10 0 10 10v252h-70z");
    c.rect(PaperDown, 500, 330, 120, 96, 12);
    c.path(Glass, "M510 420l60-88h36l-60 88z");
    c.rect(AccentDown, 436, 258, 248, 44, 18);
    c.path(AccentDeep, "M110 588L70 630H150l20-42z");
    c.oval(Glow, 150, 480, 20, 28);
    c.raw(r##"<g fill="#fff" opacity=".75"><circle cx="226" cy="236" r="30"/><circle cx="274" cy="190" r="42"/><circle cx="346" cy="150" r="34"/></g>"##);
    tyre(c, 220, 54);
    tyre(c, 370, 54);
    tyre(c, 576, 74);
}

fn toy_van(c: &mut Canvas) {
    c.path(Main, "M110 580V490Q116 440 180 430L240 330Q256 300 300 300H640Q690 300 690 350V580Q690 590 680 590H120z");
    c.path(AccentDown, "M110 580V490Q114 464 134 450H690V580Q690 590 680 590H120z");
    c.path(PaperDown, "M214 430L262 346Q268 336 284 336H336V430z");
    c.rect(PaperDown, 364, 336, 130, 94, 12);
    c.rect(PaperDown, 520, 336, 130, 94, 12);
    c.path(Glass, "M384 430l60-94h36l-60 94zM540 430l60-94h36l-60 94z");
    c.line(AccentDeep, 5, "M350 440V580M508 440V580");
    c.rect(WoodDeep, 474, 476, 26, 10, 5);
    c.rect(WoodDown, 300, 268, 350, 18, 8);
    c.line(WoodDeep, 10, "M340 300V272M610 300V272");
    c.rect(Wood, 350, 214, 130, 56, 10);
    c.rect(Shade, 490, 230, 110, 40, 10);
    c.path(Dim, "M640 300Q690 300 690 350V580Q690 590 680 590H620Q680 480 640 300z");
    c.oval(Glow, 138, 506, 22, 24);
    c.rect(MetalDown, 96, 566, 610, 26, 12);
    tyre(c, 236, 70);
    tyre(c, 570, 70);
}

fn kite(c: &mut Canvas) {
    c.line(PaperShade, 5, "M330 560Q250 620 330 680Q420 720 360 790");
    for (x, y, turn) in [(284, 620, 60), (340, 688, 10), (384, 738, 80)] {
        c.rotated(turn, x, y, |c| c.path(Accent, format!("M{x} {y}l-36-22v44zM{x} {y}l36-22v44z")));
    }
    c.rotated(22, 400, 330, |c| {
        c.path(Light, "M400 60V290H210z");
        c.path(Accent, "M400 60V290H590z");
        c.path(Base, "M210 290H400V600z");
        c.path(Shade, "M590 290H400V600z");
        c.line(WoodDeep, 9, "M400 60V600M210 290H590");
        c.line(Deep, 4, "M400 60L210 290L400 600L590 290z");
        c.oval(Paper, 400, 290, 16, 16);
    });
}

fn skipping_rope(c: &mut Canvas) {
    let rope = "M250 250Q120 520 330 600Q560 660 620 480Q640 330 470 350Q330 380 390 500Q470 600 600 250";
    c.line(PaperShade, 25, rope);
    c.line(Paper, 17, rope);
    c.raw(&format!(r##"<path d="{rope}" fill="none" stroke="#1e1a3e" stroke-opacity=".28" stroke-width="15" stroke-dasharray="4 13"/>"##));
    for (x, turn) in [(256, 22), (596, 18)] {
        c.rotated(turn, x, 180, |c| {
            c.rect(Main, x - 30, 80, 60, 180, 28);
            c.rect(Accent, x - 30, 120, 60, 22, 0);
            c.rect(Accent, x - 30, 156, 60, 10, 0);
            c.rect(WoodDeep, x - 20, 250, 40, 22, 8);
            c.rect(Shine, x - 20, 92, 12, 150, 6);
        });
    }
}

fn spinning_top(c: &mut Canvas) {
    let lean = c.vary(-12, 12);
    c.rotated(lean, 400, 640, |c| {
        c.rect(Wood, 384, 190, 32, 200, 12);
        c.oval(WoodLight, 400, 190, 36, 32);
        c.turned(Main, &[(360, 60), (390, 150), (430, 196), (470, 190), (560, 90), (610, 26), (640, 4)]);
        c.path(AccentDown, "M208 420Q400 470 592 420Q600 446 590 470Q400 520 210 470Q200 446 208 420z");
        c.path(Light, "M262 514Q400 548 538 514L516 538Q400 570 284 538z");
        c.path(Dim, "M540 390Q596 420 590 470L490 560Q430 610 404 640Q520 520 540 390z");
        c.oval(Shine, 290, 406, 40, 14);
    });
    c.line(PaperShade, 6, "M196 600q-40-30-30-80M604 600q40-30 30-80");
}

fn rattle(c: &mut Canvas) {
    c.rotated(-28, 400, 400, |c| {
        c.rect(WoodDown, 376, 380, 48, 230, 20);
        c.ring(WoodDeep, 32, 402, 656, 62, 62);
        c.ring(Wood, 24, 400, 653, 62, 62);
        c.oval(Main, 400, 250, 160, 156);
        c.path(Accent, "M242 236Q400 300 558 236Q564 270 552 296Q400 356 248 296Q236 266 242 236z");
        for x in [310, 370, 430, 490] {
            c.oval(Paper, x, 290 - (x - 400).abs() / 6, 11, 11);
        }
        c.path(Dim, "M500 128A160 156 0 0 1 440 402Q540 290 500 128z");
        c.oval(Shine, 330, 170, 34, 28);
        c.rect(Shade, 366, 396, 68, 24, 10);
    });
}

fn mobile(c: &mut Canvas) {
    c.line(PaperShade, 5, "M400 0V150M400 150L190 230M400 150L610 230");
    c.oval(Wood, 400, 150, 18, 18);
    c.ring(WoodDeep, 22, 400, 236, 222, 46);
    c.ring(Wood, 15, 400, 233, 222, 46);
    for (i, (x, y)) in [(186, 470), (294, 590), (400, 450), (506, 600), (614, 480)].into_iter().enumerate() {
        c.line(PaperShade, 4, format!("M{x} {}V{}", 240 + (200 - (x - 400_i32).abs()).max(0) / 6, y - 40));
        c.oval(Wood, x, y - 70, 11, 11);
        match i {
            0 | 4 => {
                let paint = if i == 0 { Main } else { Accent };
                c.path(paint, format!("M{x} {}l18 38l42 6l-30 30l8 42l-38-20l-38 20l8-42l-30-30l42-6z", y - 50));
            }
            2 => c.path(Main, format!("M{} {}a66 66 0 1 0 36 108a52 52 0 1 1-36-108z", x + 10, y - 44)),
            _ => {
                let paint = if i == 1 { Paper } else { Light };
                c.path(paint, format!("M{} {y}q-44 0-44-32t44-32q10-42 54-38q34 4 40 36q42-2 42 34t-42 32z", x - 46));
            }
        }
    }
}

fn doll(c: &mut Canvas) {
    let (plaits, print) = (c.pick(2) == 0, c.pick(2) == 0);
    c.mirrored(|c| {
        c.line(Paper, 42, "M360 520V600");
        c.line(AccentDeep, 42, "M362 570V618");
        c.path(Ink, "M336 640q-6-36 26-36q24 0 24 36z");
        c.line(Wood, 36, "M320 350L228 440");
        c.line(Shade, 52, "M326 346L270 400");
        if plaits {
            c.line(WoodDeep, 44, "M290 240Q240 310 262 370");
            c.oval(Accent, 262, 372, 26, 18);
        }
    });
    let dress = "M330 326H470L556 562Q400 600 244 562z";
    c.path(Main, dress);
    if print {
        c.path(Pattern, dress);
    }
    c.path(Dim, "M430 326H470L556 562Q520 574 480 578z");
    c.path(Accent, "M326 406Q400 420 476 406L484 436Q400 450 316 436z");
    c.mirrored(|c| c.path(Paper, "M400 326Q350 366 322 330Q360 310 400 326z"));
    c.oval(WoodDeep, 400, 204, 130, 126);
    c.raw(r##"<ellipse cx="400" cy="222" rx="104" ry="104" fill="#f0d2b2"/>"##);
    c.path(WoodDeep, "M294 220Q290 110 400 108T506 220Q480 160 400 156Q330 170 294 220z");
    c.mirrored(|c| {
        c.oval(Ink, 360, 226, 10, 12);
        c.raw(r##"<circle cx="340" cy="262" r="18" fill="#e8a08e" opacity=".7"/>"##);
    });
    c.line(Ink, 5, "M376 270Q400 290 424 270");
}

fn room(c: &mut Canvas, paint: Paint, x: i32, y: i32) {
    c.rect(WoodDeep, x - 4, y - 4, 184, 138, 0);
    c.rect(paint, x, y, 176, 130, 0);
    c.rect(WoodLight, x, y + 118, 176, 12, 0);
}

fn dolls_house(c: &mut Canvas) {
    c.path(Down, "M400 120L650 330H150z");
    c.path(Shade, "M400 120L650 330H600L400 166L200 330H150z");
    c.rect(Main, 490, 150, 50, 110, 0);
    c.rect(Deep, 482, 140, 66, 20, 4);
    c.path(PaperDown, "M400 206L524 310H276z");
    c.rect(AccentDeep, 380, 262, 40, 46, 18);
    c.rect(WoodDown, 192, 326, 416, 314, 6);
    room(c, Light, 216, 344);
    room(c, Accent, 408, 344);
    room(c, Accent, 216, 492);
    room(c, Paper, 408, 492);
    c.rect(Shade, 232, 422, 110, 40, 8);
    c.rect(Paper, 236, 406, 40, 26, 8);
    c.line(Ink, 4, "M496 344v30");
    c.path(Glow, "M470 396l14-24h24l14 24z");
    c.rect(WoodDeep, 440, 440, 110, 12, 3);
    c.line(WoodDeep, 8, "M452 450v18M538 450v18");
    c.rect(Shade, 244, 570, 100, 42, 12);
    c.rect(Base, 232, 552, 124, 34, 14);
    c.rect(Main, 470, 524, 62, 90, 6);
    c.oval(Glow, 520, 572, 6, 6);
    c.path(Dim, "M570 326H602q6 0 6 6V640H570z");
}

fn paint_set(c: &mut Canvas) {
    c.rotated(-5, 400, 400, |c| {
        c.rect(Deep, 126, 156, 556, 240, 26);
        c.rect(Down, 120, 146, 556, 240, 26);
        c.rect(PaperDown, 150, 174, 496, 186, 16);
        for x in [240, 400, 556] {
            c.oval(PaperShade, x, 268, 62, 62);
        }
        c.oval(Base, 236, 276, 40, 34);
        c.oval(Accent, 396, 264, 44, 36);
        c.rect(Deep, 126, 396, 556, 246, 26);
        c.rect(Main, 120, 386, 556, 246, 26);
        for (i, colour) in ["#d24236", "#e69c36", "#f0d66a", "#7fae5c", "#2e8082", "#3258ac", "#8a5aa6", "#d88a94", "#a64c2c", "#704e38", "#464a50", "#eee9dd"].into_iter().enumerate() {
            let (x, y) = (150 + i % 6 * 84, 412 + i / 6 * 100);
            c.raw(&format!(r##"<rect x="{x}" y="{y}" width="74" height="86" rx="12" fill="#fbf8f0"/><rect x="{}" y="{}" width="58" height="70" rx="8" fill="{colour}"/><path d="M{} {}h30" stroke="#fff" stroke-opacity=".4" stroke-width="8" stroke-linecap="round"/>"##, x + 8, y + 8, x + 20, y + 22));
        }
    });
    c.rotated(38, 560, 560, |c| {
        c.rect(Dim, 548, 300, 24, 330, 12);
        c.rect(WoodDown, 540, 290, 24, 330, 12);
        c.rect(Metal, 538, 260, 28, 60, 4);
        c.path(AccentDeep, "M536 262Q530 210 552 176Q574 210 568 262z");
    });
}
