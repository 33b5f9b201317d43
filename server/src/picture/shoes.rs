//! Shoes.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, standing};
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
