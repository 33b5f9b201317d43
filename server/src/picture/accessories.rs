//! Shoes, hats, jewellery and what else is worn with clothes.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("trainer", 280, Scene::Room, |c| trainer(c, false)),
    standing("running-shoe", 280, Scene::Outdoors, |c| trainer(c, true)),
    standing("boot", 250, Scene::Room, boot),
    standing("walking-boot", 250, Scene::Outdoors, walking_boot),
    standing("chelsea-boot", 250, Scene::Room, chelsea_boot),
    standing("sandal", 270, Scene::Outdoors, sandal),
    standing("slipper", 270, Scene::Room, slipper),
    standing("derby", 270, Scene::Room, derby),
    standing("loafer", 270, Scene::Room, loafer),
    flat("beanie", Scene::Set, beanie),
    flat("cap", Scene::Set, cap),
    flat("hat", Scene::Set, hat),
    flat("scarf", Scene::Set, scarf),
    flat("gloves", Scene::Set, gloves),
    flat("socks", Scene::Set, socks),
    flat("belt", Scene::Set, belt),
    flat("sunglasses", Scene::Table, sunglasses),
    flat("necklace", Scene::Set, necklace),
    flat("earrings", Scene::Set, earrings),
    flat("ring", Scene::Set, ring),
];

/// The second shoe of a pair a little behind the first.
fn pair(c: &mut Canvas, shoe: impl Fn(&mut Canvas)) {
    c.moved("translate(96 40) scale(.9)", &shoe);
    c.moved("translate(-34 0)", shoe);
}

fn trainer(c: &mut Canvas, running: bool) {
    let stripes = c.pick(3);
    pair(c, |c| {
        c.path(Main, "M140 580Q124 520 200 494Q300 464 350 400Q372 366 404 380L440 420Q520 430 580 380Q616 346 640 366Q668 470 664 580z");
        c.path(Deep, "M404 380L440 420Q520 430 580 380Q600 362 616 362Q590 412 530 440Q460 452 410 420z");
        c.path(Light, "M140 580Q124 520 200 494Q256 478 300 446Q300 530 250 580z");
        c.path(Shade, "M560 580Q566 470 640 366Q668 470 664 580z");
        c.path(Dim, "M140 560Q400 590 664 548V584H140z");
        for i in 0..4 {
            c.line(Paper, 11, format!("M{} {}l56 30", 288 + i * 30, 458 - i * 26));
        }
        match stripes {
            0 => c.line(Accent, 16, "M440 570L476 460M480 570L516 456M520 570L550 452"),
            1 => c.path(Accent, "M380 530Q480 560 580 430Q540 580 420 570z"),
            _ => c.oval(Accent, 470, 510, 34, 34),
        }
        if running {
            c.path(Paper, "M112 606Q110 556 180 564Q400 590 560 560Q640 540 684 540Q706 590 672 622Q640 640 560 634Q400 620 230 640Q130 640 112 606z");
            c.path(
                AccentDown,
                "M116 616Q140 644 230 640Q400 620 560 634Q640 640 676 618Q600 610 500 610Q300 602 116 616z",
            );
        } else {
            c.rect(Paper, 122, 566, 552, 74, 30);
            c.line(PaperShade, 5, "M150 600H648");
            c.rect(Accent, 640, 580, 34, 22, 6);
        }
    });
}

fn sole(c: &mut Canvas, paint: Paint, heel: i32) {
    c.path(paint, format!("M138 596Q134 574 160 574H612V640H{}V616Q330 622 200 626Q142 624 138 596z", 612 - heel));
    c.line(WoodLight, 5, "M152 580H606");
}

const SHAFT: &str = "M146 578Q132 520 214 498Q318 470 344 400L356 240Q470 216 588 240Q592 380 596 440Q618 500 608 578z";

fn boot(c: &mut Canvas) {
    pair(c, |c| {
        c.path(Main, SHAFT);
        c.path(Dim, "M520 230L588 240Q592 380 596 440Q618 500 608 578H510Q556 420 520 230z");
        c.path(Deep, "M356 242Q470 264 588 242Q470 218 356 242z");
        c.line(Shade, 6, "M344 400Q420 440 430 578M450 236Q440 420 600 470");
        c.path(Shine, "M180 540Q190 516 260 502Q230 540 180 540z");
        for i in 0..6 {
            c.line(Paper, 10, format!("M{} {}l52 14", 300 + i * 9 + (i - 1).min(0) * 14, 470 - i * 42));
            c.oval(Metal, 352 + i * 9, 484 - i * 42, 7, 7);
        }
        sole(c, Dark, 150);
    });
}

fn walking_boot(c: &mut Canvas) {
    pair(c, |c| {
        c.path(Main, SHAFT);
        c.path(DarkDown, "M340 290L356 220Q470 190 590 222L594 292Q470 320 340 290z");
        c.path(Shade, "M146 578Q132 520 214 498Q250 490 280 472Q290 530 270 578z");
        c.path(Shade, "M520 578Q530 470 598 460Q618 510 608 578z");
        c.line(Deep, 6, "M360 400Q480 460 596 400");
        for i in 0..5 {
            c.line(Accent, 12, format!("M{} {}l62 12", 306 + i * 9, 456 - i * 42));
            c.oval(Metal, 372 + i * 9, 470 - i * 42, 9, 9);
        }
        c.path(DarkDown, "M132 590Q130 566 158 566H622V640H590l-10-16h-30l-10 16h-50l-10-16H330l-10 16h-40l-10-16h-30l-10 16h-40Q140 634 132 590z");
        c.line(Accent, 6, "M150 576H614");
    });
}

fn chelsea_boot(c: &mut Canvas) {
    pair(c, |c| {
        c.path(Main, SHAFT);
        c.path(Dim, "M540 232L588 240Q592 380 596 440Q618 500 608 578H530Q570 420 540 232z");
        c.path(DarkDown, "M420 232Q470 226 526 232Q520 360 474 440Q424 360 420 232z");
        for i in 0..6 {
            c.line(
                DarkLight,
                3,
                format!("M{} 240L{} {}", 434 + i * 16, 448 + i * 10, 340 + (i * 2 - 5_i32).abs() * -12 + 40),
            );
        }
        c.path(Deep, "M356 242Q470 264 588 242Q470 218 356 242z");
        c.rect(Accent, 566, 196, 18, 66, 6);
        c.path(Shine, "M180 540Q190 516 260 502Q230 540 180 540z");
        sole(c, Dark, 150);
    });
}

fn sandal(c: &mut Canvas) {
    let straps = c.pick(2) == 0;
    pair(c, |c| {
        c.path(Deep, "M580 580Q610 470 660 440L676 580z");
        c.line(Shade, 32, "M652 570Q640 480 560 470Q480 480 450 580");
        c.line(Base, 24, "M652 568Q640 478 560 468Q480 478 450 578");
        c.rect(Metal, 486, 468, 40, 44, 8);
        c.rect(Shade, 496, 478, 20, 24, 3);
        if straps {
            // Two bands with the air of an arch below each.
            for (x, rise) in [(190, 120), (310, 136)] {
                c.line(Shade, 40, format!("M{x} 580q30-{rise} 130 -20", x = x + 6));
                c.line(Base, 32, format!("M{x} 578q30-{rise} 130 -20"));
                c.line(Light, 6, format!("M{} 560q24-{} 70-64", x - 4, rise / 2));
            }
        } else {
            c.path(Main, "M190 584Q230 440 330 452Q410 470 430 584H376Q350 510 300 508Q250 520 236 584z");
            c.path(Shine, "M214 550q30-76 100-84q-60 26-76 84z");
            c.oval(Metal, 340, 482, 13, 13);
        }
        c.path(Wood, "M120 590Q120 566 160 572Q400 600 560 568Q640 550 676 566Q690 600 672 616H150Q122 616 120 590z");
        c.path(Dark, "M122 606Q400 624 680 600Q684 640 650 640H160Q126 640 122 606z");
    });
}

fn slipper(c: &mut Canvas) {
    pair(c, |c| {
        c.path(Deep, "M400 560Q560 470 660 540L664 600H400z");
        c.path(PaperDown, "M400 590Q540 520 664 560L666 600H400z");
        c.path(Main, "M126 606Q116 490 240 456Q360 424 470 440Q480 540 440 606z");
        c.path(Pattern, "M126 606Q116 490 240 456Q360 424 470 440Q480 540 440 606z");
        c.line(Paper, 26, "M470 444Q484 530 446 590");
        c.path(Main, "M440 606Q520 560 668 550Q684 580 676 606z");
        c.path(Shine, "M160 540Q190 480 270 466Q220 510 160 540z");
        c.rect(WoodDown, 116, 596, 566, 44, 22);
    });
}

const LOW: &str = "M146 580Q126 530 210 506Q320 478 372 420Q392 398 424 410Q520 440 640 396Q664 480 656 580z";

fn derby(c: &mut Canvas) {
    let brogue = c.pick(2) == 0;
    pair(c, |c| {
        c.path(Main, LOW);
        c.path(Deep, "M404 408Q420 406 440 416Q540 438 640 396Q560 460 430 450z");
        c.path(Light, "M146 580Q126 530 210 506Q250 496 290 476Q310 520 280 580z");
        c.path(Shade, "M350 440L430 450Q470 500 452 560Q380 540 330 470z");
        c.path(Dim, "M560 580Q570 470 640 396Q664 480 656 580z");
        for i in 0..4 {
            c.line(Ink, 7, format!("M{} {}l44 24", 338 + i * 18, 462 - i * 12));
        }
        if brogue {
            c.raw(r##"<path d="M286 484Q304 524 280 570M470 450Q490 510 466 568M556 470Q548 520 552 570M176 552q20-30 60-28" fill="none" stroke="#1e1a3e" stroke-opacity=".55" stroke-width="7" stroke-linecap="round" stroke-dasharray="0 14"/>"##);
        }
        c.path(WoodDown, "M138 594Q134 574 160 574H662V640H540V616Q340 622 200 624Q142 622 138 594z");
        c.rect(Ink, 540, 610, 122, 30, 3);
    });
}

fn loafer(c: &mut Canvas) {
    let tassel = c.pick(2) == 0;
    pair(c, |c| {
        c.path(Deep, "M380 430Q520 470 640 396L650 480H380z");
        c.path(
            Main,
            "M146 580Q122 520 210 494Q310 466 352 420Q384 408 400 440Q420 480 500 480Q590 470 640 404Q664 490 656 580z",
        );
        c.path(Light, "M160 560Q150 520 220 500Q300 478 344 448Q360 500 300 530Q230 556 160 560z");
        c.line(Deep, 5, "M160 560Q230 556 300 530Q360 500 350 440");
        c.path(Shade, "M330 440L396 430Q430 500 420 576L360 578Q376 500 330 440z");
        c.rect(Deep, 366, 490, 44, 16, 6);
        if tassel {
            c.path(Accent, "M340 452l-46 40l12 20l26-8l10-20zM350 456l-14 60l22 8l16-20z");
        }
        c.path(Dim, "M560 580Q570 480 640 404Q664 490 656 580z");
        c.path(WoodDown, "M138 594Q134 574 160 574H662V640H540V616Q340 622 200 624Q142 622 138 594z");
        c.rect(Ink, 540, 610, 122, 30, 3);
    });
}

fn beanie(c: &mut Canvas) {
    if c.pick(2) == 0 {
        for turn in 0..20 {
            c.rotated(turn * 18, 400, 150, |c| {
                c.line(if turn % 2 == 0 { Accent } else { AccentDeep }, 16, "M400 150V92")
            });
        }
    }
    c.path(Main, "M180 500Q170 170 400 160Q630 170 620 500z");
    for (paint, shift) in [(Shade, 0), (Light, 18)] {
        let ribs: String = (-4..=4)
            .map(|i| {
                format!("M{} 490Q{} 261 {} {}", 400 + shift + i * 50, 400 + shift + i * 46, 400 + i * 8, 176 + shift)
            })
            .collect();
        c.line(paint, 6, ribs);
    }
    c.path(Dim, "M620 500Q630 170 400 160Q540 240 530 500z");
    c.path(Shade, "M158 486Q400 430 642 486L646 616Q400 660 154 616z");
    c.path(Down, "M158 480Q400 424 642 480L646 606Q400 650 154 606z");
    let edge: String =
        (0..21).map(|i| format!("M{} {}v138", 176 + i * 22, 470 + ((i - 10_i32).pow(2) / 4).min(20))).collect();
    c.line(Shade, 6, edge);
    c.rect(PaperDown, 440, 540, 64, 54, 4);
    c.line(Ink, 4, "M454 558h36M454 574h24");
}

fn cap(c: &mut Canvas) {
    c.path(Main, "M200 520Q180 250 410 240Q620 250 640 520Q430 560 200 520z");
    c.path(Dim, "M640 520Q620 250 410 240Q560 330 550 540z");
    c.line(Shade, 5, "M410 242Q330 360 330 534M410 242Q520 360 540 536");
    c.oval(Light, 410, 240, 22, 12);
    c.oval(Deep, 296, 340, 9, 9);
    c.oval(Deep, 500, 330, 9, 9);
    c.path(Deep, "M196 516Q400 470 600 530Q440 640 90 610Q60 590 196 516z");
    c.path(Down, "M196 504Q400 458 600 520Q430 620 86 590Q50 570 196 504z");
    c.raw(r##"<path d="M190 524Q380 490 560 528M170 544Q360 520 510 552" fill="none" stroke="#1e1a3e" stroke-opacity=".3" stroke-width="4" stroke-dasharray="9 6"/>"##);
    c.path(Accent, "M420 360l14 40l40 14l-40 14l-14 40l-14-40l-40-14l40-14z");
}

fn hat(c: &mut Canvas) {
    c.oval(Shade, 400, 540, 330, 100);
    c.oval(Main, 400, 524, 330, 98);
    c.oval(Deep, 410, 530, 200, 52);
    c.path(Main, "M212 520Q220 260 320 236Q400 270 480 236Q580 260 588 520Q400 590 212 520z");
    c.path(Dim, "M480 236Q580 260 588 520Q540 546 490 552Q520 380 480 236z");
    for i in 0..5 {
        c.line(Light, 4, format!("M{} {}Q400 {} {} {}", 238 - i, 430 - i * 34, 486 - i * 36, 562 + i, 430 - i * 34));
        c.line(
            Shade,
            3,
            format!("M{} {}Q400 {} {} {}", 120 + i * 16, 560 - i * 4, 640 - i * 12, 680 - i * 16, 560 - i * 4),
        );
    }
    c.path(AccentDown, "M214 470Q400 540 586 470L588 524Q400 592 212 524z");
    c.path(AccentDeep, "M540 486l60 70l-40-4l-20 36l-20-94z");
}

fn scarf(c: &mut Canvas) {
    let checked = c.pick(2) == 0;
    let ends = [("M300 380L250 660H370L400 400z", 250), ("M400 400L430 690H556L500 370z", 432)];
    for (i, (end, x)) in ends.into_iter().enumerate() {
        let foot = if i == 0 { 660 } else { 690 };
        for strand in 0..10 {
            c.line(Shade, 6, format!("M{} {foot}v36", x + 6 + strand * 12));
        }
        c.path(if i == 0 { Main } else { Shade }, end);
        c.path(Pattern, end);
        for stripe in 0..3 {
            let y = foot - 40 - stripe * 34;
            let lean = if i == 0 { (660 - y) / 6 } else { -(690 - y) / 10 };
            c.path(Accent, format!("M{} {y}h{}v16h-{}z", x + lean, 118, 120));
        }
    }
    c.path(Main, "M180 270Q200 130 400 130T620 270Q620 430 400 440T180 270z");
    if checked {
        c.path(Pattern, "M180 270Q200 130 400 130T620 270Q620 430 400 440T180 270z");
    }
    c.path(Deep, "M262 244Q290 180 400 180T538 244Q500 300 400 304T262 244z");
    c.line(Shade, 7, "M204 300Q260 380 420 376M240 360Q330 420 470 396M560 220Q596 260 570 320");
    c.path(Light, "M330 330Q410 300 500 330Q520 400 480 430Q400 450 340 424Q306 390 330 330z");
    c.line(Shade, 5, "M360 340Q350 390 370 420M410 330Q400 390 420 430M458 336Q462 390 452 424");
}

fn gloves(c: &mut Canvas) {
    let hand = |c: &mut Canvas| {
        for (x, y, turn, length) in [(214, 330, -14, 170), (262, 300, -5, 190), (312, 300, 4, 184), (358, 330, 12, 150)]
        {
            c.rotated(turn, x, y + 80, |c| {
                c.rect(Main, x - 26, y - length / 2, 52, length + 90, 26);
                c.line(Shade, 4, format!("M{} {}v{length}", x + 24, y - length / 2 + 30));
            });
        }
        c.path(Main, "M350 470Q400 420 420 372Q446 350 462 380Q470 440 380 560z");
        c.path(Main, "M186 390Q280 350 384 390L380 570Q280 590 196 570z");
        c.line(Shade, 4, "M226 430V540M284 424V550M340 430V540");
        c.path(Accent, "M190 566Q284 590 384 566L390 660Q284 684 184 660z");
        for i in 0..9 {
            c.line(AccentDeep, 5, format!("M{} {}v76", 204 + i * 21, 580 - (i - 4_i32).abs()));
        }
    };
    c.rotated(8, 400, 400, |c| c.moved("matrix(-.86 0 0 .86 838 20)", hand));
    c.rotated(-6, 400, 400, |c| c.moved("translate(-60 20) scale(.94)", hand));
}

fn socks(c: &mut Canvas) {
    let stripes = c.pick(3);
    let sock = |c: &mut Canvas| {
        c.path(
            Main,
            "M330 120H500L506 420Q500 470 450 500L280 610Q200 650 160 590Q140 540 200 500L310 420Q336 400 334 360z",
        );
        c.path(Dim, "M460 120H500L506 420Q500 470 450 500L280 610Q230 634 196 622Q420 520 452 420z");
        c.path(Accent, "M160 590Q140 540 200 500L236 476Q290 520 296 600L280 610Q200 650 160 590z");
        c.path(Accent, "M506 420Q500 470 450 500L424 516Q400 440 430 396Q470 380 505 390z");
        match stripes {
            0 => {
                for y in [220, 270, 320] {
                    c.path(Accent, format!("M332 {y}H503V{}H333z", y + 24));
                }
            }
            1 => c.path(
                Pattern,
                "M332 180H502L505 390L430 396Q400 440 424 516L296 600Q290 520 236 476L310 420Q336 400 334 360z",
            ),
            _ => {}
        }
        c.path(Shade, "M326 112H504V176H328z");
        for i in 0..9 {
            c.line(Light, 6, format!("M{} 120v48", 340 + i * 19));
        }
    };
    c.moved("translate(150 20) scale(.94)", sock);
    c.moved("translate(-40 60)", sock);
}

fn belt(c: &mut Canvas) {
    c.line(Deep, 62, "M400 430m-196 0a196 130 0 1 1 392 0a196 130 0 1 1 -392 0");
    c.line(Base, 54, "M400 424m-196 0a196 130 0 1 1 392 0a196 130 0 1 1 -392 0");
    c.line(Light, 4, "M186 400a214 146 0 0 1 428 0M226 440a176 108 0 0 0 348 0");
    c.path(Down, "M90 512Q250 590 420 574Q560 560 650 600V662Q540 640 420 644Q240 650 84 576z");
    c.path(Dim, "M84 566Q240 640 420 634Q540 630 650 652V662Q540 640 420 644Q240 650 84 576z");
    for i in 0..5 {
        c.oval(Deep, 500 + i * 30, 606 + i * i, 7, 7);
    }
    c.line(Deep, 60, "M366 580L364 640");
    c.rotated(4, 270, 590, |c| {
        c.raw(r##"<rect x="204" y="540" width="120" height="112" rx="22" fill="none" stroke="#8d6c2f" stroke-width="22"/><rect x="202" y="537" width="120" height="112" rx="22" fill="none" stroke="#d9b363" stroke-width="16"/>"##);
        c.line(Glow, 10, "M264 594H336");
    });
    c.line(Light, 14, "M352 560L350 650");
}

fn sunglasses(c: &mut Canvas) {
    let shape = c.pick(3);
    c.mirrored(|c| {
        c.line(Deep, 18, "M130 370Q150 250 250 210L330 196");
        c.line(Base, 10, "M128 366Q148 248 250 208L330 194");
    });
    let lens = match shape {
        0 => "M140 440a118 118 0 1 1 236 0a118 118 0 1 1 -236 0z",
        1 => "M130 350Q250 326 380 356Q390 500 330 530Q220 560 160 520Q126 470 130 350z",
        _ => "M110 320Q250 350 382 370Q386 480 330 516Q230 550 160 500Q120 440 110 320z",
    };
    c.line(Base, 20, "M366 410Q400 372 434 410");
    c.mirrored(|c| {
        c.path(DarkDown, lens);
        c.line(Shade, 26, lens);
        c.line(Base, 18, lens);
    });
    c.path(Glass, "M180 480L270 366h44L206 512zM452 480L540 366h30L470 504z");
    c.mirrored(|c| c.oval(Metal, 142, 376, 9, 9));
}

fn gem(c: &mut Canvas, x: i32, y: i32, half: i32) {
    let (h, q) = (half, half / 2);
    c.path(Accent, format!("M{} {y}l{q}-{q}h{h}l{q} {q}l-{h} {d}z", x - h, d = h * 5 / 4));
    c.path(AccentDeep, format!("M{x} {}l{q}-{}h{q}z", y + h * 5 / 4, h * 5 / 4));
    c.path(Glass, format!("M{} {y}l{q}-{q}h{q}l-{q} {q}z", x - h));
}

fn necklace(c: &mut Canvas) {
    let drop = c.vary(500, 550);
    let chain = format!("M220 110Q230 {drop} 400 {drop}T580 110");
    c.line(Deep, 14, &chain);
    c.line(Base, 9, &chain);
    c.raw(&format!(r##"<path d="{chain}" fill="none" stroke="#fff8e6" stroke-opacity=".6" stroke-width="5" stroke-dasharray="4 12"/>"##));
    let y = drop + 4;
    c.ring(Base, 8, 400, y + 12, 14, 16);
    match c.pick(4) {
        0 => gem(c, 400, y + 70, 62),
        1 => {
            c.oval(Deep, 404, y + 88, 66, 66);
            c.oval(Main, 400, y + 84, 66, 66);
            c.ring(Light, 4, 400, y + 84, 50, 50);
            c.path(Light, format!("M400 {}l12 30l30 12l-30 12l-12 30l-12-30l-30-12l30-12z", y + 42));
        }
        2 => {
            c.path(Main, format!("M400 {}q-76 90-56 130q26 44 56 44t56-44q20-40-56-130z", y + 20));
            c.oval(Shine, 376, y + 130, 14, 32);
        }
        _ => {
            c.path(Main, format!("M400 {}q-100-70-76-118q26-40 76 10q50-50 76-10q24 48-76 118z", y + 160));
            c.oval(Shine, 358, y + 64, 14, 20);
        }
    }
}

fn earrings(c: &mut Canvas) {
    let kind = c.pick(3);
    c.mirrored(|c| match kind {
        0 => {
            c.ring(Deep, 34, 264, 430, 112, 132);
            c.ring(Base, 24, 262, 427, 112, 132);
            c.line(Light, 7, "M158 400Q170 310 240 296");
            c.line(Metal, 8, "M250 296Q256 220 306 250");
        }
        1 => {
            c.line(Metal, 9, "M264 330V250Q262 190 300 190T330 230");
            c.ring(Base, 9, 264, 340, 14, 16);
            c.path(Main, "M264 352q-96 130-72 196q30 60 72 60t72-60q24-66-72-196z");
            c.oval(Shine, 230, 500, 16, 44);
            gem(c, 264, 520, 34);
        }
        _ => {
            c.oval(Main, 264, 270, 44, 44);
            c.oval(Shine, 250, 254, 12, 14);
            for (y, half) in [(340, 26), (410, 40), (512, 60)] {
                c.ring(Deep, 14, 266, y + 3, half, half);
                c.ring(Base, 11, 264, y, half, half);
            }
        }
    });
}

fn ring(c: &mut Canvas) {
    let kind = c.pick(3);
    c.ring(Deep, 62, 404, 466, 176, 164);
    c.ring(Base, 50, 400, 460, 176, 164);
    c.line(Light, 12, "M226 520Q190 360 320 300");
    c.line(Deep, 8, "M250 450Q270 340 400 322T550 450");
    match kind {
        0 => {
            c.path(Shade, "M320 296L300 210H500L480 296z");
            gem(c, 400, 190, 118);
        }
        1 => {
            c.oval(Deep, 404, 276, 112, 84);
            c.oval(Main, 400, 268, 112, 84);
            c.ring(Light, 5, 400, 268, 90, 64);
            c.path(Shade, "M400 214l14 40l50 14l-50 14l-14 40l-14-40l-50-14l50-14z");
        }
        _ => {
            for i in 0..12 {
                c.rotated(i * 30, 400, 460, |c| c.oval(Light, 400, 296, 16, 12));
            }
        }
    }
}
