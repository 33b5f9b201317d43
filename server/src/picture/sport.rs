//! Things for sports, camping and cycling.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("tent", 310, Scene::Outdoors, tent),
    standing("tunnel-tent", 320, Scene::Outdoors, tunnel_tent),
    flat("sleeping-bag", Scene::Outdoors, sleeping_bag),
    standing("rolled-mat", 230, Scene::Outdoors, |c| rolled_mat(c, true)),
    standing("yoga-mat", 230, Scene::Room, |c| rolled_mat(c, false)),
    standing("yoga-block", 190, Scene::Room, yoga_block),
    standing("helmet", 230, Scene::Outdoors, helmet),
    standing("bicycle", 300, Scene::Outdoors, bicycle),
    standing("folding-bicycle", 270, Scene::Outdoors, folding_bicycle),
    standing("dumbbell", 250, Scene::Room, dumbbell),
    standing("kettlebell", 140, Scene::Room, kettlebell),
    standing("football", 130, Scene::Outdoors, football),
    standing("basketball", 130, Scene::Outdoors, basketball),
    standing("volleyball", 130, Scene::Outdoors, volleyball),
    flat("racket", Scene::Outdoors, racket),
    flat("goggles", Scene::Set, goggles),
];

fn peg(c: &mut Canvas, from: (i32, i32), to: i32) {
    c.line(PaperShade, 4, format!("M{} {}L{to} 636", from.0, from.1));
    c.line(Ink, 8, format!("M{to} 642l{} -20", if to > 400 { -8 } else { 8 }));
}

fn tent(c: &mut Canvas) {
    let peak = c.vary(220, 270);
    peg(c, (350, peak), 70);
    peg(c, (560, peak + 30), 744);
    c.path(Shade, format!("M350 {peak}L570 {}L700 640H500z", peak + 30));
    c.path(Dim, format!("M350 {peak}L570 {}L590 {}L370 {}z", peak + 30, peak + 76, peak + 60));
    c.path(Main, format!("M350 {peak}L510 640H110z"));
    c.path(Deep, format!("M346 {}L420 640H236z", peak + 110));
    c.path(Light, format!("M346 {}Q280 520 160 640H240Q330 520 346 {}z", peak + 90, peak + 130));
    c.path(Accent, format!("M346 {}L236 640H290Q340 560 346 {}z", peak + 106, peak + 116));
    c.line(Light, 7, format!("M350 {peak}L110 640"));
    c.line(Deep, 5, format!("M350 {peak}L510 640"));
    c.line(Accent, 9, format!("M350 {peak}L570 {}", peak + 30));
    c.path(Accent, "M590 470l60 40l-10 50l-60-34z");
}

fn tunnel_tent(c: &mut Canvas) {
    let high = c.vary(330, 370);
    peg(c, (230, high + 20), 44);
    peg(c, (610, high + 100), 764);
    c.path(
        Main,
        format!("M90 640Q100 {high} 250 {high}Q560 {} 640 {}Q720 {} 730 640z", high - 10, high + 60, high + 130),
    );
    for (x, y) in [(420, high - 2), (570, high + 22)] {
        c.line(Accent, 10, format!("M{x} {y}Q{} {} {} 640", x + 80, y + 60, x + 80));
    }
    c.path(
        Dim,
        format!(
            "M560 {}Q620 {} 640 {}Q720 {} 730 640H650Q640 {} 560 {}z",
            high + 22,
            high + 40,
            high + 60,
            high + 130,
            high + 80,
            high + 22
        ),
    );
    c.path(Shade, format!("M90 640Q100 {high} 250 {high}Q380 {} 400 640z", high + 6));
    c.path(Deep, format!("M130 640Q140 {} 246 {}Q350 {} 360 640z", high + 50, high + 50, high + 60));
    c.path(Light, format!("M246 {}Q350 {} 360 640H300Q320 540 246 {}z", high + 50, high + 60, high + 54));
    c.line(Accent, 12, format!("M90 640Q100 {high} 250 {high}Q380 {} 400 640", high + 6));
    c.path(Deep, "M470 470h70q20 40 20 70h-80z");
    c.line(Paper, 4, "M506 470l14 70");
}

fn sleeping_bag(c: &mut Canvas) {
    c.rotated(14, 400, 400, |c| {
        c.path(
            Main,
            "M236 210Q240 80 400 76T564 210Q590 340 560 480L520 660Q500 720 400 722T280 660L240 480Q210 340 236 210z",
        );
        for i in 0..7 {
            let y = 300 + i * 60;
            let half = 172 - i * i * 3 / 2 - i * 4;
            c.line(Shade, 7, format!("M{} {y}Q400 {} {} {y}", 400 - half, y + 34, 400 + half));
            c.line(Light, 6, format!("M{} {}Q400 {} {} {}", 406 - half, y + 12, y + 46, 394 + half, y + 12));
        }
        c.path(Dim, "M564 210Q590 340 560 480L520 660Q500 720 400 722Q500 560 490 220z");
        c.path(Accent, "M290 220Q290 132 400 130T510 220Q500 290 400 290T290 220z");
        c.path(AccentDeep, "M320 214Q326 158 400 156T480 214Q440 190 400 190T320 214z");
        c.rect(PaperDown, 330, 200, 140, 62, 28);
        c.line(Deep, 8, "M440 286Q480 460 470 640");
        c.rect(Metal, 432, 286, 16, 36, 6);
    });
}

fn rolled_mat(c: &mut Canvas, camping: bool) {
    c.rect(Down, 210, 440, 440, 200, 30);
    if camping {
        for i in 0..9 {
            c.rect(Shade, 290 + i * 38, 440, 12, 200, 0);
        }
    } else {
        c.path(Shade, "M250 640Q480 650 690 640Q700 618 680 612H240z");
        c.path(Light, "M240 626H690Q696 640 680 640H240z");
        c.rect(Pattern, 260, 446, 380, 170, 10);
    }
    c.oval(Shade, 220, 540, 72, 100);
    c.oval(Light, 216, 540, 66, 94);
    for i in 1..5 {
        c.ring(Shade, 6, 216 - i, 540 + i, 66 - i * 14, 94 - i * 20);
    }
    for x in [370, 540] {
        c.path(AccentDeep, format!("M{x} 436Q{} 540 {x} 642h34Q{} 540 {} 436z", x - 26, x + 8, x + 34));
        c.rect(Metal, x - 8, 500, 40, 44, 6);
    }
    c.line(Accent, 16, "M384 440Q460 280 556 440");
}

fn yoga_block(c: &mut Canvas) {
    let top = c.vary(450, 490);
    c.cuboid([Main, Light, Shade], 170, top, 380, 640 - top, 110);
    for _ in 0..34 {
        let (x, y) = (c.vary(186, 534), c.vary(top + 12, 628));
        c.oval(if x % 2 == 0 { Shade } else { Light }, x, y, 5, 4);
    }
    c.moved("translate(46 -206) rotate(-7 400 640)", |c| {
        c.cuboid([AccentDown, Accent, AccentDeep], 190, top + 30, 360, 610 - top, 104);
        c.rect(Glass, 310, top + 80, 120, 12, 6);
    });
}

fn helmet(c: &mut Canvas) {
    let city = c.pick(2) == 0;
    c.line(Dark, 13, "M250 530Q300 600 400 640Q480 610 540 530M400 640L386 540");
    c.rect(Dark, 376, 618, 52, 26, 8);
    c.path(DarkDown, "M190 500Q400 590 640 500L620 556Q400 616 214 552z");
    c.path(Main, "M150 490Q150 210 430 210Q670 220 660 500Q560 550 400 546Q240 546 150 490z");
    c.path(Dim, "M660 500Q670 220 430 210Q570 300 560 530z");
    if city {
        for (x, turn) in [(330, 12), (420, 0), (510, -12)] {
            c.rotated(turn, x, 320, |c| c.rect(Deep, x - 9, 290, 18, 70, 9));
        }
        c.path(Accent, "M152 470Q400 560 660 476V500Q560 550 400 546Q240 546 150 490z");
        c.path(Dark, "M96 512Q120 470 160 480Q230 530 300 542Q180 560 96 512z");
    } else {
        for (i, d) in [
            "M230 440Q250 320 340 264Q330 340 300 450z",
            "M350 460Q360 330 420 246Q450 330 440 470z",
            "M490 466Q500 350 476 254Q560 320 570 450z",
        ]
        .into_iter()
        .enumerate()
        {
            c.path(Deep, d);
            c.line(if i == 0 { Light } else { Shade }, 6, d);
        }
        c.line(Accent, 12, "M170 490Q400 560 644 494");
    }
    c.path(Shine, "M190 420Q210 280 340 240Q240 310 220 430z");
}

fn wheel(c: &mut Canvas, x: i32, y: i32, radius: i32) {
    for i in 0..8 {
        c.rotated(i * 22, x, y, |c| c.line(MetalDeep, 2, format!("M{} {y}H{}", x - radius, x + radius)));
    }
    c.ring(Dark, 17, x, y, radius, radius);
    c.ring(Metal, 5, x, y, radius - 11, radius - 11);
    c.oval(MetalDeep, x, y, 12, 12);
}

fn crank(c: &mut Canvas, x: i32, y: i32, hub: i32) {
    c.line(Ink, 4, format!("M{x} {}L{hub} {}M{x} {}L{hub} {}", y - 30, y - 20, y + 30, y + 4));
    c.oval(DarkDown, x, y, 32, 32);
    c.oval(Metal, x, y, 18, 18);
    c.line(DarkLight, 12, format!("M{x} {y}l40 52"));
    c.rect(Dark, x + 18, y + 48, 46, 14, 5);
}

fn bicycle(c: &mut Canvas) {
    let (y, city) = (504, c.pick(2) == 0);
    wheel(c, 196, y, 126);
    wheel(c, 604, y, 126);
    if city {
        c.line(Shade, 13, "M66 480Q80 362 196 356Q290 360 326 460M486 440Q530 356 604 356Q660 360 700 406");
        c.line(MetalDeep, 9, "M120 344H270M196 344V500");
    }
    c.line(MetalDeep, 12, format!("M318 300L306 250M196 {y}L320 320"));
    let frame = if city {
        "M196 504L372 508L320 310M334 370Q420 470 372 508L536 300M320 330L196 504"
    } else {
        "M196 504L372 508L318 310L196 504M318 316L530 296L372 508"
    };
    c.line(Shade, 21, frame);
    c.line(Base, 14, frame);
    c.line(Shade, 19, "M518 240L544 340Q560 430 604 504");
    c.line(Light, 9, "M516 240L542 340Q558 430 602 504");
    crank(c, 372, 508, 196);
    c.path(WoodDeep, "M244 238Q290 226 360 236Q372 244 356 252Q320 254 296 274Q248 274 244 238z");
    if city {
        c.line(MetalDeep, 12, "M518 240L506 204Q470 190 420 214");
        c.line(WoodDeep, 19, "M458 200L414 216");
        c.oval(Glow, 556, 300, 20, 22);
    } else {
        c.line(Dark, 15, "M516 238L510 214L570 206Q618 212 606 252Q590 276 556 266");
    }
}

fn folding_bicycle(c: &mut Canvas) {
    wheel(c, 216, 552, 80);
    wheel(c, 590, 552, 80);
    c.line(MetalDeep, 13, "M330 500L290 214");
    let frame = "M216 552L370 560L330 470L216 552M340 486Q440 500 544 440";
    c.line(Shade, 28, frame);
    c.line(Base, 20, frame);
    c.rect(Metal, 420, 456, 42, 44, 8);
    c.line(Shade, 20, "M516 190L556 470L590 552");
    c.line(Light, 9, "M513 190L553 470L587 552");
    c.rect(Metal, 526, 376, 36, 40, 8);
    crank(c, 370, 560, 216);
    c.path(WoodDeep, "M226 206Q270 194 344 204Q356 212 340 220Q304 222 280 240Q230 240 226 206z");
    c.line(Dark, 15, "M514 190Q480 170 448 186M514 190H560");
    c.line(WoodDeep, 21, "M470 178L440 190");
    c.line(Shade, 11, "M130 530Q140 470 216 460Q270 462 296 500M520 496Q550 462 600 462");
}

fn dumbbell(c: &mut Canvas) {
    let hexagonal = c.pick(2) == 0;
    c.moved("translate(104 36) rotate(-9 400 500) scale(.86)", |c| weight(c, hexagonal));
    weight(c, hexagonal);
}

fn weight(c: &mut Canvas, hexagonal: bool) {
    c.rect(MetalDown, 280, 520, 240, 44, 20);
    c.path(
        MetalDeep,
        "M330 524h10v36h-10zM360 524h10v36h-10zM390 524h10v36h-10zM420 524h10v36h-10zM450 524h10v36h-10z",
    );
    for x in [150, 500] {
        if hexagonal {
            c.path(
                Down,
                format!(
                    "M{x} 480Q{} 444 {} 444h70Q{} 444 {} 480V604Q{} 640 {} 640h-70Q{x} 640 {x} 604z",
                    x + 4,
                    x + 40,
                    x + 146,
                    x + 150,
                    x + 150,
                    x + 110
                ),
            );
            c.path(Light, format!("M{} 448h82l34 56h-150z", x + 34));
            c.path(Shade, format!("M{} 636h82l34-54h-150z", x + 34));
        } else {
            c.rect(Down, x, 474, 60, 166, 22);
            c.rect(Down, x + 50, 444, 70, 196, 26);
            c.rect(Shade, x + 112, 484, 38, 130, 16);
            c.rect(Shine, x + 60, 462, 46, 20, 10);
        }
    }
}

fn kettlebell(c: &mut Canvas) {
    c.line(Deep, 58, "M290 470Q250 250 320 230H480Q550 250 510 470");
    c.line(Base, 44, "M288 466Q248 248 318 228H478Q548 248 508 466");
    c.line(Light, 9, "M276 420Q254 260 322 216H440");
    c.path(Main, "M330 400Q400 376 470 400Q560 440 560 530Q556 610 500 640H300Q244 610 240 530Q240 440 330 400z");
    c.path(Dim, "M470 400Q560 440 560 530Q556 610 500 640H400Q520 540 470 400z");
    c.oval(Shine, 300, 490, 24, 46);
    c.oval(Accent, 400, 530, 66, 66);
    c.ring(Paper, 5, 400, 530, 52, 52);
    c.path(Paper, "M374 506h14v18l16-18h18l-20 22l22 28h-18l-14-18l-4 4v14h-14z");
}

fn ball(c: &mut Canvas, seams: impl FnOnce(&mut Canvas)) {
    seams(c);
    c.path(Dim, "M540 292A190 190 0 1 1 260 586Q470 600 540 292z");
    c.oval(Shine, 324, 360, 44, 34);
}

fn football(c: &mut Canvas) {
    ball(c, |c| {
        c.oval(Paper, 400, 450, 190, 190);
        c.rotated(-12, 400, 450, |c| {
            for i in 0..5 {
                c.rotated(i * 72, 400, 450, |c| {
                    c.line(PaperShade, 6, "M400 388V318M438 304L490 336M362 304L310 336");
                    c.path(Main, "M366 274Q400 262 434 274L440 304L400 326L360 304z");
                });
            }
            c.path(Main, "M400 386L461 430L438 502H362L339 430z");
        });
        c.ring(PaperShade, 4, 400, 450, 189, 189);
    });
}

fn basketball(c: &mut Canvas) {
    let lean = c.vary(-24, 24);
    ball(c, |c| {
        c.oval(Main, 400, 450, 190, 190);
        c.rotated(lean, 400, 450, |c| {
            c.line(Ink, 8, "M400 260V640M210 450H590M276 312Q400 450 276 588M524 312Q400 450 524 588");
        });
        c.ring(Shade, 4, 400, 450, 188, 188);
    });
}

fn volleyball(c: &mut Canvas) {
    let lean = c.vary(-20, 20);
    ball(c, |c| {
        c.oval(Main, 400, 450, 190, 190);
        c.rotated(lean, 400, 450, |c| {
            for i in 0..3 {
                c.rotated(i * 120, 400, 450, |c| {
                    c.path(if i == 0 { Accent } else { Paper }, "M400 450Q330 360 354 266Q440 250 510 296Q440 350 400 450z");
                    c.line(Shade, 6, "M400 450Q330 360 354 266M400 450Q430 350 510 296M400 450Q380 350 432 261M400 450Q490 370 568 364");
                });
            }
        });
        c.ring(Shade, 4, 400, 450, 188, 188);
    });
}

fn racket(c: &mut Canvas) {
    let half = c.vary(120, 150);
    c.rotated(32, 400, 400, |c| {
        for i in -5..=5 {
            let reach = 184 - i * i * 3;
            c.line(PaperShade, 3, format!("M{} {}V{}", 400 + i * (half - 10) / 6, 240 - reach, 240 + reach));
        }
        for i in -7..=7 {
            let reach = (half - 6) * (100 - i * i * 3 / 2) / 100;
            c.line(PaperShade, 3, format!("M{} {}H{}", 400 - reach, 240 + i * 23, 400 + reach));
        }
        c.line(Shade, 22, "M336 410Q390 480 396 540M464 410Q410 480 404 540");
        c.ring(Shade, 26, 402, 243, half, 190);
        c.ring(Base, 18, 400, 240, half, 190);
        c.ring(Light, 4, 397, 236, half + 4, 194);
        c.rect(DarkDown, 378, 520, 44, 220, 14);
        for i in 0..7 {
            c.line(DarkLight, 4, format!("M380 {}l40 16", 540 + i * 27));
        }
        c.rect(Accent, 374, 516, 52, 18, 8);
    });
    c.oval(Accent, 610, 620, 56, 56);
    c.line(Paper, 6, "M562 592Q616 606 634 670");
}

fn goggles(c: &mut Canvas) {
    c.line(Deep, 34, "M170 400Q120 200 400 190T630 400");
    c.line(Base, 22, "M168 398Q118 198 400 188T632 398");
    c.line(Deep, 24, "M352 440Q400 404 448 440");
    c.mirrored(|c| {
        c.path(Deep, "M120 420Q140 330 260 340Q370 346 376 430Q380 540 270 556Q130 560 120 420z");
        c.path(Main, "M116 412Q136 322 256 332Q366 338 372 422Q376 532 266 548Q126 552 116 412z");
        c.path(DarkDown, "M148 418Q164 358 256 364Q338 370 342 428Q344 506 260 516Q160 520 148 418z");
        c.path(Glass, "M176 470L240 372h40L204 496z");
        c.path(Accent, "M118 420Q90 410 96 380L140 350z");
    });
}
