//! Hats, jewellery and what else is worn with clothes.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
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
