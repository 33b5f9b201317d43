//! Bags, purses, luggage and umbrellas.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("backpack", 170, Scene::Outdoors, backpack),
    standing("roll-top", 160, Scene::Outdoors, roll_top),
    standing("rucksack", 190, Scene::Outdoors, rucksack),
    standing("tote", 190, Scene::Room, tote),
    standing("handbag", 200, Scene::Room, handbag),
    flat("wallet", Scene::Table, wallet),
    flat("purse", Scene::Table, purse),
    standing("suitcase", 170, Scene::Room, suitcase),
    flat("umbrella", Scene::Outdoors, umbrella),
    standing("wash-bag", 220, Scene::Table, wash_bag),
];

fn straps(c: &mut Canvas) {
    c.mirrored(|c| {
        c.line(Deep, 34, "M270 260Q170 360 210 600");
        c.line(Shade, 24, "M268 258Q168 358 208 598");
    });
    c.line(Deep, 20, "M350 190Q350 120 400 120T450 190");
}

fn stitches(c: &mut Canvas, d: &str) {
    c.raw(&format!(
        r##"<path d="{d}" fill="none" stroke="#fff8e6" stroke-opacity=".55" stroke-width="3" stroke-dasharray="9 6"/>"##
    ));
}

fn backpack(c: &mut Canvas) {
    straps(c);
    let outline = "M230 300Q230 170 400 170T570 300L584 590Q584 640 530 640H270Q216 640 216 590z";
    c.path(Main, outline);
    c.path(Dim, "M500 190Q570 220 570 300L584 590Q584 640 530 640H470Q540 500 500 190z");
    c.line(Deep, 8, "M244 380Q236 214 400 206T556 380");
    c.rect(Metal, 548, 366, 14, 36, 6);
    if c.pick(2) == 0 {
        c.rect(Shade, 258, 424, 284, 190, 34);
        c.rect(Down, 264, 430, 272, 180, 30);
        c.line(Deep, 7, "M282 462H518");
        c.rect(Metal, 500, 460, 12, 34, 5);
    } else {
        c.path(Accent, "M222 480Q400 500 578 480L584 590Q584 640 530 640H270Q216 640 216 590z");
        c.path(Dim, "M510 488L578 480L584 590Q584 640 530 640H480Q520 580 510 488z");
    }
    c.rect(WoodDown, 362, 296, 76, 76, 12);
    c.rect(WoodDeep, 376, 324, 48, 8, 4);
    c.rect(WoodDeep, 376, 340, 48, 8, 4);
}

fn roll_top(c: &mut Canvas) {
    straps(c);
    c.path(Main, "M232 270H568L590 600Q588 640 550 640H250Q212 640 210 600z");
    c.path(Dim, "M500 270H568L590 600Q588 640 550 640H470Q540 460 500 270z");
    c.path(Shade, "M226 220H574L568 300H232z");
    c.rect(Down, 206, 168, 388, 70, 34);
    c.line(Shade, 5, "M226 204H574");
    c.mirrored(|c| {
        c.line(Deep, 22, "M220 206Q196 260 230 420");
        c.rect(Dark, 204, 320, 40, 52, 8);
    });
    if c.pick(2) == 0 {
        c.rect(Shade, 270, 400, 260, 190, 16);
        c.rect(Down, 274, 408, 252, 178, 14);
        c.path(Light, "M270 400H530V440Q400 490 270 440z");
    } else {
        c.rect(Accent, 384, 236, 32, 250, 4);
        c.rect(Metal, 374, 430, 52, 40, 8);
        c.path(AccentDown, "M216 520H584L590 600Q588 640 550 640H250Q212 640 210 600z");
    }
}

fn rucksack(c: &mut Canvas) {
    straps(c);
    c.mirrored(|c| {
        c.rect(Shade, 152, 420, 110, 180, 30);
        c.rect(Base, 152, 414, 100, 176, 28);
        c.path(Light, "M148 414H252V460Q200 486 148 460z");
    });
    c.path(Main, "M228 290H572L580 600Q580 640 536 640H264Q220 640 220 600z");
    c.path(Dim, "M500 290H572L580 600Q580 640 536 640H470Q530 460 500 290z");
    c.rect(Shade, 268, 446, 264, 172, 26);
    c.rect(Down, 272, 452, 256, 162, 24);
    c.path(Shade, "M208 240Q220 166 400 164T592 240L580 406Q400 446 220 406z");
    c.path(Down, "M208 234Q220 160 400 158T592 234L580 396Q400 436 220 396z");
    c.mirrored(|c| {
        c.rect(WoodDown, 300, 300, 30, 220, 4);
        c.rect(Metal, 292, 440, 46, 40, 8);
        c.rect(WoodDeep, 304, 450, 22, 20, 2);
    });
}

fn tote(c: &mut Canvas) {
    let (top, wide) = (c.vary(330, 370), c.vary(0, 30));
    let handle = format!("M310 {}Q300 110 400 110T490 {}", top + 30, top + 30);
    c.moved("translate(14 -22)", |c| c.line(Deep, 20, &handle));
    c.path(
        Deep,
        format!("M{} {top}Q400 {} {} {top}Q400 {} {} {top}z", 200 - wide, top - 26, 600 + wide, top + 26, 200 - wide),
    );
    let outline = format!(
        "M{} {top}Q400 {} {} {top}L580 620Q576 640 550 640H250Q224 640 220 620z",
        200 - wide,
        top + 26,
        600 + wide
    );
    c.path(Main, &outline);
    match c.pick(3) {
        0 => c.path(Pattern, &outline),
        1 => {
            c.path(Accent, format!("M400 {}l30 74l74 30l-74 30l-30 74l-30-74l-74-30l74-30z", top + 64));
        }
        _ => c.path(WoodDown, "M214 550Q400 570 586 550L580 620Q576 640 550 640H250Q224 640 220 620z"),
    }
    c.path(Dim, format!("M520 {}L{} {top}L580 620Q576 640 550 640H480z", top + 10, 600 + wide));
    c.line(Shade, 24, &handle);
    c.line(Base, 16, &handle);
    c.mirrored(|c| c.rect(Shade, 294, top + 20, 34, 50, 4));
    c.line(Light, 5, format!("M{} {top}Q400 {} {} {top}", 200 - wide, top + 26, 600 + wide));
}

fn handbag(c: &mut Canvas) {
    let arch = c.vary(90, 190);
    c.line(Deep, 20, format!("M230 380Q230 {arch} 400 {arch}T570 380"));
    c.line(Base, 11, format!("M228 378Q228 {} 400 {}T570 378", arch - 2, arch - 2));
    c.path(Main, "M216 350Q400 330 584 350L626 590Q630 640 580 640H220Q170 640 174 590z");
    c.path(Dim, "M510 344L584 350L626 590Q630 640 580 640H510Q560 500 510 344z");
    if c.pick(2) == 0 {
        c.path(Shade, "M208 346Q400 326 592 346L600 440Q590 530 400 536Q210 530 200 440z");
        c.path(Down, "M208 340Q400 320 592 340L600 432Q590 520 400 526Q210 520 200 432z");
        stitches(c, "M218 432Q230 504 400 508Q570 504 582 432");
        c.oval(MetalDeep, 402, 500, 24, 24);
        c.oval(Glow, 400, 496, 22, 22);
        c.oval(Metal, 400, 496, 13, 13);
    } else {
        c.line(Deep, 9, "M232 386H568");
        c.rect(Glow, 556, 378, 14, 46, 6);
        stitches(c, "M200 590Q206 450 224 414M600 590Q594 450 576 414");
        c.rect(Accent, 352, 470, 96, 60, 8);
    }
    c.mirrored(|c| c.ring(Glow, 9, 230, 372, 18, 22));
}

fn wallet(c: &mut Canvas) {
    let open = c.pick(2) == 0;
    c.rotated(-7, 400, 400, |c| {
        if open {
            for (i, paint) in [Paper, Accent, Light].into_iter().enumerate() {
                let lift = i32::try_from(i).unwrap_or(0) * 34;
                c.rect(Dim, 206, 196 + lift, 394, 200, 16);
                c.rect(paint, 200, 190 + lift, 394, 200, 16);
            }
            c.rect(Ink, 226, 212, 60, 12, 4);
        }
        c.rect(Deep, 156, 296, 500, 330, 26);
        c.rect(Main, 150, 286, 500, 330, 26);
        c.path(Dim, "M560 286H624Q650 286 650 312V590Q650 616 624 616H560z");
        stitches(c, "M170 306H630V596H170z");
        if open {
            c.line(Shade, 6, "M176 360Q400 400 624 360");
            c.line(Light, 4, "M176 366Q400 406 624 366");
        } else {
            c.path(Shade, "M650 390H520Q474 390 474 450T520 510H650z");
            c.path(Light, "M650 384H524Q480 384 480 444T524 504H650z");
            c.oval(Metal, 530, 444, 22, 22);
            c.oval(MetalDeep, 530, 444, 10, 10);
        }
        c.rect(Shade, 190, 556, 70, 22, 4);
    });
}

fn purse(c: &mut Canvas) {
    c.path(Main, "M210 330Q100 640 250 660H550Q700 640 590 330z");
    c.path(Pattern, "M210 330Q100 640 250 660H550Q700 640 590 330z");
    c.path(Dim, "M590 330Q700 640 550 660H440Q580 560 520 330z");
    for x in [270, 340, 460, 530] {
        c.line(Shade, 5, format!("M{x} 360Q{} 440 {} 500", x + (x - 400) / 5, x + (x - 400) / 3));
    }
    c.path(Glow, "M196 350Q210 250 400 240T604 350L586 362Q560 300 400 290T214 362z");
    c.line(WoodDeep, 6, "M206 350Q220 268 400 258T594 350");
    c.path(WoodDeep, "M214 362Q240 300 400 290T586 362Q400 330 214 362z");
    for (x, paint) in [(372, Glow), (424, Wood)] {
        c.oval(WoodDeep, x + 4, 222, 30, 30);
        c.oval(paint, x, 216, 30, 30);
        c.oval(Shine, x - 8, 206, 9, 9);
    }
}

fn suitcase(c: &mut Canvas) {
    let soft = c.pick(3) == 0;
    c.line(MetalDeep, 11, "M340 250V120M460 250V120");
    c.line(Metal, 5, "M338 250V120M458 250V120");
    c.rect(DarkDown, 320, 94, 160, 32, 16);
    for x in [262, 506] {
        c.rect(Dark, x, 596, 34, 44, 12);
        c.oval(DarkLight, x + 17, 622, 7, 7);
    }
    c.rect(Deep, 236, 206, 340, 410, 44);
    c.rect(Main, 226, 200, 340, 410, 44);
    c.path(Dim, "M500 200h22q44 0 44 44v322q0 44-44 44h-22z");
    if soft {
        c.rect(Shade, 262, 400, 268, 176, 22);
        c.rect(Down, 262, 394, 268, 176, 22);
        c.rect(Shade, 262, 250, 268, 118, 22);
        c.rect(Down, 262, 244, 268, 118, 22);
        c.line(Deep, 6, "M282 424H510M282 272H510");
        c.rect(Metal, 492, 418, 12, 34, 5);
    } else {
        for i in 0..6 {
            let x = 264 + i * 46;
            c.line(Shade, 10, format!("M{} 236V574", x + 6));
            c.line(Light, 7, format!("M{x} 236V574"));
        }
        c.rect(Dark, 540, 380, 30, 60, 6);
    }
    c.rect(DarkDown, 340, 190, 112, 24, 12);
    c.rect(Accent, 456, 216, 16, 60, 4);
    c.rect(Accent, 438, 270, 52, 70, 8);
    c.rect(Paper, 448, 290, 32, 34, 3);
}

fn umbrella(c: &mut Canvas) {
    c.rotated(14, 400, 400, |c| {
        c.line(MetalDeep, 12, "M400 120V600");
        c.line(Metal, 5, "M398 120V600");
        c.line(WoodDeep, 30, "M400 560V650Q400 706 450 706T498 660");
        c.line(WoodLight, 12, "M394 560V650Q396 698 446 700");
        c.path(Main, "M90 420Q110 140 400 130Q690 140 710 420Q660 376 606 420Q560 376 503 420Q450 376 400 420Q350 376 297 420Q240 376 194 420Q140 376 90 420z");
        if c.pick(2) == 0 {
            c.path(Accent, "M400 130Q260 220 194 420Q240 376 297 420Q310 240 400 130zM400 130Q540 220 606 420Q560 376 503 420Q490 240 400 130z");
        } else {
            c.path(Light, "M400 130Q310 240 297 420Q350 376 400 420z");
            c.path(Shade, "M400 130Q540 220 606 420Q660 376 710 420Q690 140 400 130z");
        }
        c.line(Deep, 4, "M400 130Q260 220 194 420M400 130Q310 240 297 420M400 130V420M400 130Q490 240 503 420M400 130Q540 220 606 420");
        c.path(Dim, "M400 130Q690 140 710 420Q660 376 606 420Q590 220 400 130z");
        c.line(MetalDeep, 12, "M400 128V92");
    });
}

fn wash_bag(c: &mut Canvas) {
    let outline = "M190 400Q400 370 610 400L646 580Q650 640 590 640H210Q150 640 154 580z";
    c.line(WoodDeep, 18, "M600 430q80 10 60 80q-20 30-44 26");
    c.path(Main, outline);
    c.path(Pattern, outline);
    c.path(Dim, "M530 388L610 400L646 580Q650 640 590 640H520Q580 520 530 388z");
    c.path(Shade, "M186 410Q210 340 400 336T614 410Q400 378 186 410z");
    c.path(Light, "M190 402Q216 346 400 340T610 402Q400 366 190 402z");
    c.line(Deep, 8, "M206 384Q300 354 400 354T594 384");
    c.rect(Metal, 210, 374, 36, 18, 6);
    c.line(WoodDeep, 14, "M214 388L190 440");
    c.rect(PaperDown, 356, 500, 88, 56, 4);
    c.line(Ink, 4, "M374 520h52M382 538h36");
}
