//! What a kitchen holds.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("mug", 110, Scene::Set, mug),
    standing("cup", 150, Scene::Set, cup),
    flat("plate", Scene::Set, plate),
    standing("bowl", 100, Scene::Set, bowl),
    standing("glass", 80, Scene::Set, glass),
    standing("wine-glass", 90, Scene::Set, wine_glass),
    flat("cutlery", Scene::Set, cutlery),
    standing("pan", 170, Scene::Table, pan),
    standing("pot", 180, Scene::Table, pot),
    standing("saucepan", 150, Scene::Table, saucepan),
    standing("baking-dish", 240, Scene::Set, baking_dish),
    standing("cake-tin", 190, Scene::Set, cake_tin),
    standing("cake-stand", 110, Scene::Table, cake_stand),
    flat("knife", Scene::Table, |c| knife(c, false)),
    flat("bread-knife", Scene::Table, |c| knife(c, true)),
    flat("board", Scene::Table, board),
    standing("utensils", 110, Scene::Table, utensils),
    standing("kettle", 160, Scene::Table, |c| kettle(c, false)),
    standing("gooseneck-kettle", 150, Scene::Table, |c| kettle(c, true)),
    standing("teapot", 150, Scene::Table, teapot),
    standing("cafetiere", 110, Scene::Table, cafetiere),
    standing("pour-over", 120, Scene::Table, pour_over),
    standing("moka-pot", 110, Scene::Table, moka_pot),
    standing("coffee-machine", 170, Scene::Table, coffee_machine),
    standing("toaster", 190, Scene::Table, toaster),
    standing("stand-mixer", 200, Scene::Table, stand_mixer),
    standing("blender", 120, Scene::Table, blender),
    standing("jar", 120, Scene::Set, jar),
    standing("tin", 130, Scene::Set, tin),
    standing("lunch-box", 220, Scene::Set, lunch_box),
    standing("bottle", 80, Scene::Outdoors, bottle),
    standing("flask", 90, Scene::Outdoors, flask),
    standing("sports-bottle", 80, Scene::Outdoors, sports_bottle),
    flat("apron", Scene::Rail, apron),
    flat("oven-glove", Scene::Set, oven_glove),
    standing("tray", 230, Scene::Table, tray),
    flat("paper-napkins", Scene::Set, napkins),
    standing("fridge", 160, Scene::Room, fridge),
    standing("microwave", 230, Scene::Room, microwave),
    standing("washing-machine", 180, Scene::Room, washing_machine),
];

fn glaze(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    match c.pick(4) {
        0 => {
            for _ in 0..16 {
                let (dx, dy) = (c.vary(14, width - 14), c.vary(20, height - 20));
                c.oval(Deep, x + dx, y + dy, 4, 3);
            }
        }
        1 => c.rect(Accent, x, y + height / 6, width, 20, 0),
        2 => {
            c.rect(Accent, x, y + height / 5, width, 8, 0);
            c.rect(Accent, x, y + height / 5 + 18, width, 8, 0);
        }
        _ => {}
    }
}

fn mug(c: &mut Canvas) {
    let (half, top) = (c.vary(128, 150), c.vary(320, 370));
    c.ring(Deep, 34, 400 + half + 20, (top + 630) / 2 - 10, 66, 84);
    c.ring(Base, 22, 400 + half + 18, (top + 630) / 2 - 12, 66, 84);
    let waist = half - c.vary(-6, 24);
    c.turned(Main, &[(top, half), (top + 4, half), (520, waist), (610, waist - 6), (640, waist - 36)]);
    if c.pick(3) == 0 {
        c.turned(Accent, &[(530, waist), (532, waist), (610, waist - 6), (640, waist - 36)]);
    } else {
        glaze(c, 400 - waist + 4, top + 40, waist * 2 - 8, 200);
    }
    c.path(Shine, format!("M{} {}q-6 90 2 190q12 6 24 6q-10-90-4-190z", 400 - half + 22, top + 40));
    c.oval(Light, 400, top, half, half / 5);
    c.oval(Deep, 400, top + 5, half - 12, half / 5 - 8);
    c.oval(WoodDeep, 400, top + 11, half - 22, half / 5 - 14);
}

fn cup(c: &mut Canvas) {
    c.oval(Shade, 400, 626, 230, 34);
    c.oval(Light, 400, 616, 230, 34);
    c.oval(Base, 404, 618, 150, 20);
    c.ring(Deep, 26, 548, 480, 54, 52);
    c.ring(Base, 16, 546, 478, 54, 52);
    c.turned(Main, &[(390, 152), (440, 150), (540, 112), (600, 70), (618, 62)]);
    glaze(c, 280, 430, 240, 110);
    c.oval(Light, 400, 390, 152, 30);
    c.oval(Deep, 400, 394, 138, 23);
    c.oval(WoodDeep, 400, 399, 124, 17);
    c.path(Shine, "M276 440q10 60 40 100q20 10 22 4q-36-50-40-104z");
}

fn plate(c: &mut Canvas) {
    c.oval(Shade, 406, 410, 282, 282);
    c.oval(Main, 400, 400, 280, 280);
    match c.pick(4) {
        0 => c.ring(Deep, 10, 400, 400, 268, 268),
        1 => {
            for i in 0..36 {
                c.rotated(i * 10, 400, 400, |c| c.rect(Light, 396, 128, 8, 60, 4));
            }
        }
        2 => {
            for i in 0..14 {
                let (x, y) = (c.vary(200, 600), c.vary(200, 600));
                c.oval(Deep, x, y, 3 + i % 3, 3);
            }
        }
        _ => c.ring(Accent, 14, 400, 400, 240, 240),
    }
    c.oval(Shade, 400, 400, 192, 192);
    c.oval(Base, 404, 405, 186, 186);
    c.path(Shine, "M170 360Q200 200 350 160Q230 230 210 370z");
}

fn bowl(c: &mut Canvas) {
    let top = c.vary(390, 430);
    c.turned(Main, &[(top, 230), (top + 20, 228), (550, 164), (610, 96), (640, 88)]);
    glaze(c, 260, top + 50, 280, 80);
    c.oval(Light, 400, top, 230, 48);
    c.oval(Deep, 402, top + 6, 212, 38);
    c.oval(Shade, 410, top + 16, 170, 24);
    c.path(Shine, format!("M196 {}q30 90 100 150q20 6 16-6q-70-60-90-140z", top + 50));
}

fn tinted(c: &mut Canvas, profile: &[(i32, i32)]) {
    c.turned(Glass, profile);
    c.raw(r#"<g opacity=".5">"#);
    c.turned(Main, profile);
    c.raw("</g>");
}

fn glass(c: &mut Canvas) {
    let (half, top) = (c.vary(104, 128), c.vary(260, 380));
    let foot = half - c.vary(6, 30);
    tinted(c, &[(top, half), (top + 2, half), (620, foot), (640, foot - 4)]);
    c.path(Shine, format!("M{} {}h{}l-8 150H{}z", 400 - half + 16, top + 130, half * 2 - 32, 400 - half + 24));
    if c.pick(2) == 0 {
        for i in -4..=4 {
            c.line(Glass, 6, format!("M{} {}L{} 620", 400 + i * half / 5, top + 20, 400 + i * foot / 5));
        }
    }
    c.oval(Base, 400, 630, foot - 6, 12);
    c.ring(Light, 6, 400, top, half, half / 6);
    c.path(Glass, format!("M{} {}l10 250h18l-8-250z", 400 - half + 18, top + 30));
}

fn wine_glass(c: &mut Canvas) {
    c.oval(Shade, 400, 632, 100, 15);
    c.oval(Light, 400, 628, 100, 14);
    c.path(Base, "M390 420h20l4 180l24 26h-76l24-26z");
    let half = c.vary(108, 132);
    tinted(c, &[(170, half - 26), (230, half - 10), (310, half), (390, 70), (430, 14)]);
    c.path(
        Shade,
        format!("M{} 300q{half} 24 {} 0q0 100-{half} 126q-{half}-26-{half}-126z", 400 - half + 4, half * 2 - 8),
    );
    c.oval(Base, 400, 302, half - 4, 18);
    c.ring(Light, 5, 400, 170, half - 26, 12);
    c.path(Glass, format!("M{} 220q-20 70 6 130q10 4 14 0q-20-60-4-130z", 400 - half + 22));
}

fn cutlery(c: &mut Canvas) {
    c.rect(Main, 250, 140, 34, 10, 4);
    for x in [236, 260, 284] {
        c.rect(Main, x - 6, 130, 13, 130, 6);
    }
    c.path(Main, "M230 240h60v40q0 50-20 70l8 310q0 24-18 24t-18-24l8-310q-20-20-20-70z");
    c.path(Main, "M390 130q44 20 44 170v80h-26l8 280q0 24-20 24t-20-24z");
    c.path(Main, "M550 340q-56-30-56-110t56-104q56 24 56 104t-56 110zl20 0l10 320q0 24-20 24t-20-24l2-320z");
    c.oval(Shade, 550, 226, 38, 66);
    c.oval(Light, 540, 236, 30, 54);
    for x in [254, 390, 554] {
        c.rect(Accent, x - 8, 520, 36, 150, 16);
    }
}

fn pan(c: &mut Canvas) {
    let grip = if c.pick(2) == 0 { Wood } else { DarkDown };
    c.rotated(-8, 560, 500, |c| {
        c.rect(MetalDeep, 540, 500, 70, 22, 6);
        c.rect(grip, 596, 494, 180, 36, 18);
        c.oval(Shade, 752, 512, 8, 8);
    });
    c.path(Main, "M130 500H590L556 606Q540 640 500 640H220Q180 640 164 606z");
    c.oval(Light, 360, 500, 230, 46);
    c.oval(Dark, 362, 504, 214, 38);
    c.path(DarkLight, "M190 510q60 30 200 30q-140 10-200-30z");
    c.path(Shine, "M160 540l24 70q10 18 30 20l-28-90z");
}

fn pot(c: &mut Canvas) {
    c.mirrored(|c| c.line(Deep, 28, "M200 440h-50q-26 0-26 30t26 30h54"));
    c.path(Main, "M186 400H614V580Q614 640 550 640H250Q186 640 186 580z");
    c.path(Shine, "M210 430h30v150q4 30 20 46q-46-4-50-50z");
    c.rect(Shade, 172, 384, 456, 30, 12);
    c.path(Down, "M180 386Q190 300 400 296T620 386z");
    c.line(Light, 5, "M222 360Q250 316 400 314");
    let knob = if c.pick(2) == 0 { Metal } else { Wood };
    c.path(knob, "M376 298l-10-40q34-18 68 0l-10 40z");
    c.line(Deep, 3, "M186 470H614");
}

fn saucepan(c: &mut Canvas) {
    c.rect(MetalDeep, 520, 430, 70, 22, 6);
    c.rect(Wood, 580, 422, 180, 36, 18);
    c.path(Main, "M170 370H540V590Q540 640 490 640H220Q170 640 170 590z");
    c.path(Shine, "M194 400h28v190q4 24 14 34q-40 0-42-40z");
    c.oval(Light, 355, 370, 185, 36);
    c.oval(Deep, 357, 374, 170, 28);
    c.oval(Accent, 357, 380, 154, 20);
}

fn baking_dish(c: &mut Canvas) {
    c.mirrored(|c| c.path(Shade, "M150 470h-56q-20 0-20 24t20 24h70z"));
    c.path(Main, "M130 450H670L636 610Q630 640 590 640H210Q170 640 164 610z");
    c.path(Light, "M150 420H650L680 466H120z");
    c.path(Deep, "M172 430H628L648 458H152z");
    c.path(Glow, "M176 440q60-24 110 0t110 0t110 0t112 2l10 14H160z");
    c.path(Accent, "M230 440q20-16 40 0zM420 444q24-16 46 0zM540 440q20-14 40 0z");
    glaze(c, 190, 500, 420, 110);
}

fn cake_tin(c: &mut Canvas) {
    c.turned(Metal, &[(430, 230), (432, 230), (618, 220), (640, 214)]);
    c.turned(Main, &[(330, 220), (334, 220), (420, 222), (440, 220)]);
    c.oval(Light, 400, 334, 220, 54);
    c.path(Paper, "M186 330q20-90 214-90t214 90q-6 40-40 44t-40 40t-50-10t-60 30t-70-20t-60 14t-60-34t-48-64z");
    for (x, y) in [(300, 290), (400, 270), (500, 292), (350, 330), (460, 330)] {
        c.oval(Accent, x, y, 20, 18);
        c.oval(Shine, x - 6, y - 6, 6, 5);
    }
    c.oval(MetalDeep, 650, 520, 14, 34);
}

fn cake_stand(c: &mut Canvas) {
    c.turned(Main, &[(480, 30), (500, 24), (570, 30), (620, 96), (640, 104)]);
    c.path(Shade, "M140 470h520v14q-60 34-260 34t-260-34z");
    c.oval(Light, 400, 470, 260, 44);
    c.path(Accent, "M250 300h300v150q-150 44-300 0z");
    c.path(Paper, "M250 300q10-50 150-50t150 50q0 40-30 36t-40 34t-50-26t-60 24t-60-24t-60-44z");
    for x in [320, 400, 480] {
        c.oval(Base, x, 252, 20, 18);
    }
}

fn knife(c: &mut Canvas, serrated: bool) {
    let broad = c.vary(60, 110);
    c.rotated(-38, 400, 400, |c| {
        if serrated {
            c.path(MetalDown, "M60 400Q70 366 120 364H500V430H500l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14l-20-14l-20 14z");
        } else {
            c.path(MetalDown, format!("M40 {}Q180 360 500 360V{}Q200 {} 40 {}z", 380 + broad / 2, 380 + broad, 380 + broad, 380 + broad / 2));
            c.path(Glass, format!("M60 {}Q220 {} 500 {}V{}Q220 {} 60 {}z", 384 + broad / 2, 366 + broad, 366 + broad, 378 + broad, 376 + broad, 384 + broad / 2));
        }
        c.rect(MetalDeep, 494, 356, 26, 84, 6);
        c.path(Down, "M516 362H720q40 0 40 40t-30 44q-20-6-40-10H516z");
        for x in [560, 630, 700] {
            c.oval(MetalDown, x, 400, 10, 10);
        }
        c.rect(Shine, 524, 370, 200, 10, 5);
    });
}

fn grain(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32) {
    for i in 1..5 {
        let at = x + i * width / 5;
        c.line(Shade, 3, format!("M{at} {}q{} {} 0 {}", y + 20, 14 - i * 6, height / 2, height - 40));
    }
}

fn board(c: &mut Canvas) {
    c.rotated(8, 400, 400, |c| {
        if c.pick(2) == 0 {
            c.rect(Deep, 236, 206, 340, 480, 40);
            c.rect(Main, 230, 198, 340, 480, 40);
            c.rect(Deep, 354, 90, 104, 150, 40);
            c.rect(Main, 348, 84, 104, 160, 40);
            c.rect(Base, 340, 210, 120, 50, 0);
            grain(c, 240, 220, 320, 440);
            c.oval(Deep, 400, 126, 20, 20);
        } else {
            c.oval(Deep, 406, 448, 256, 256);
            c.oval(Main, 400, 440, 256, 256);
            c.rect(Base, 354, 80, 92, 150, 36);
            grain(c, 200, 240, 400, 400);
            c.oval(Deep, 400, 118, 18, 18);
        }
    });
}

fn utensils(c: &mut Canvas) {
    c.rotated(-12, 340, 460, |c| {
        c.rect(Wood, 330, 230, 18, 240, 8);
        c.oval(Wood, 339, 200, 44, 62);
        c.oval(WoodDeep, 342, 204, 28, 44);
    });
    c.rotated(2, 400, 460, |c| {
        c.rect(Wood, 392, 200, 18, 260, 8);
        c.path(WoodLight, "M360 90h80v120q-10 20-40 20t-40-20z");
        c.rect(WoodDeep, 380, 110, 8, 90, 4);
        c.rect(WoodDeep, 400, 110, 8, 90, 4);
    });
    c.rotated(14, 460, 460, |c| {
        c.rect(MetalDeep, 454, 260, 14, 200, 6);
        for half in [46, 30, 12] {
            c.ring(Metal, 6, 461, 190, half, 84);
        }
    });
    c.turned(Main, &[(400, 122), (404, 122), (600, 112), (640, 104)]);
    c.turned(Accent, &[(520, 116), (522, 116), (600, 112), (640, 104)]);
    c.path(Shine, "M296 430l4 180h26l-4-180z");
}

fn kettle(c: &mut Canvas, gooseneck: bool) {
    if gooseneck {
        c.line(Deep, 34, "M540 580q90-10 70-130t60-150");
        c.line(Base, 20, "M540 576q84-10 64-126t60-148");
    } else {
        c.path(Base, "M540 500L660 350L690 372L590 560z");
    }
    if gooseneck {
        c.line(Wood, 28, "M262 440q-130-40-110 70q10 90 70 96");
        c.turned(Main, &[(370, 116), (374, 116), (600, 170), (640, 166)]);
    } else {
        c.line(Wood, 26, "M270 380Q260 210 400 210T530 380");
        c.turned(Main, &[(350, 90), (380, 130), (480, 184), (580, 192), (640, 170)]);
    }
    let top = if gooseneck { 370 } else { 352 };
    c.oval(Deep, 400, top + 4, 110, 20);
    c.path(Down, format!("M296 {top}q10-50 104-50t104 50q-104 30-208 0z"));
    c.oval(Wood, 400, top - 58, 22, 20);
    c.path(Shine, "M264 470q-20 70 0 140q20 10 30 4q-24-70-6-150z");
}

fn teapot(c: &mut Canvas) {
    c.path(Base, "M540 570q70-10 90-110t70-100l-30-20q-70 20-90 100t-60 70z");
    c.line(Deep, 34, "M240 430q-110-10-100 80t110 80");
    c.line(Base, 20, "M240 428q-104-8-96 80t106 80");
    c.turned(Main, &[(380, 100), (420, 150), (500, 186), (580, 160), (626, 110), (640, 104)]);
    glaze(c, 270, 440, 250, 130);
    c.path(Down, "M296 384q10-60 104-60t104 60q-104 30-208 0z");
    c.oval(Accent, 400, 312, 26, 22);
    c.path(Shine, "M246 470q-16 60 20 110q16 6 20 0q-30-50-14-110z");
}

fn cafetiere(c: &mut Canvas) {
    c.line(MetalDeep, 8, "M400 180V330");
    c.oval(Main, 400, 172, 24, 22);
    c.line(Wood, 26, "M520 340q90 0 90 120t-90 120");
    c.rect(Glass, 284, 310, 232, 310, 10);
    c.path(WoodDeep, "M290 420h220v194H290z");
    c.rect(Paper, 290, 404, 220, 18, 8);
    c.path(Down, "M276 316q10-60 124-60t124 60z");
    c.path(Base, "M280 316l-34-10l10 40h30z");
    for y in [330, 590] {
        c.rect(Main, 276, y, 248, 22, 6);
    }
    c.rect(Main, 276, 330, 18, 300, 0);
    c.rect(Shade, 506, 330, 18, 300, 0);
    c.rect(Deep, 270, 622, 260, 18, 8);
    c.path(Glass, "M310 360h24v220h-24z");
}

fn pour_over(c: &mut Canvas) {
    c.path(Glass, "M270 180H530L424 400H376z");
    c.path(Paper, "M262 160L538 160L420 390H380z");
    c.path(PaperShade, "M400 160L538 160L420 390H400z");
    c.path(WoodDeep, "M300 220H500L420 372H380z");
    c.path(Glass, "M376 390h48q20 60 110 140q40 60-10 110H276q-50-50-10-110q90-80 110-140z");
    c.path(WoodDeep, "M282 520h236q36 60-2 112H284q-38-52-2-112z");
    c.rect(Main, 336, 370, 128, 60, 24);
    c.oval(Deep, 400, 400, 12, 12);
    c.path(Glass, "M286 530q-20 50 6 90h20q-20-40-2-90z");
}

fn moka_pot(c: &mut Canvas) {
    c.line(DarkDown, 30, "M510 250h80l-20 170");
    c.path(Main, "M300 240H500L470 440H330z");
    c.path(Shade, "M420 240H500L470 440H430z");
    c.path(Base, "M300 240L262 226L300 300z");
    c.rect(Deep, 326, 434, 148, 24, 6);
    c.path(Main, "M330 458H470L520 600V640H280V600z");
    c.path(Shade, "M430 458H470L520 600V640H446z");
    c.path(Light, "M330 458h40l-30 182H280V600z");
    c.path(Down, "M296 240q104-80 208 0z");
    c.oval(Dark, 400, 186, 20, 20);
    c.oval(Metal, 490, 590, 12, 12);
}

fn coffee_machine(c: &mut Canvas) {
    c.rect(Main, 230, 200, 340, 130, 22);
    c.rect(Shade, 450, 300, 110, 310, 6);
    c.rect(Down, 220, 600, 360, 40, 12);
    c.rect(Metal, 290, 322, 90, 40, 6);
    c.line(DarkDown, 20, "M300 350h-100");
    c.rect(Paper, 280, 500, 110, 100, 20);
    c.line(WoodDeep, 6, "M320 366V500M350 366V500");
    c.oval(Dark, 500, 260, 30, 30);
    c.oval(Accent, 410, 260, 14, 14);
    c.rect(Shine, 246, 214, 310, 12, 6);
}

fn toaster(c: &mut Canvas) {
    for x in [250, 420] {
        c.rect(Wood, x, 290, 130, 130, 26);
        c.rect(Glow, x + 12, 304, 106, 110, 18);
    }
    c.rect(Main, 170, 370, 460, 250, 60);
    c.rect(Deep, 230, 378, 160, 14, 7);
    c.rect(Deep, 406, 378, 160, 14, 7);
    c.rect(Dark, 190, 616, 420, 24, 12);
    c.rect(Shine, 190, 410, 24, 150, 12);
    c.rect(MetalDown, 640, 440, 36, 22, 8);
    c.oval(Metal, 400, 520, 40, 40);
    c.oval(MetalDeep, 400, 520, 28, 28);
    c.rect(Paper, 397, 494, 6, 24, 3);
    c.line(Light, 4, "M260 460H350M450 460H540");
}

fn stand_mixer(c: &mut Canvas) {
    c.path(Down, "M170 600H620q30 0 30 40H150q0-40 20-40z");
    c.path(Main, "M190 600V330h110V600z");
    c.path(Down, "M170 330Q160 220 300 220H560Q650 230 640 310Q636 350 560 350H230Q172 350 170 330z");
    c.path(Shine, "M200 270q20-30 100-32h240q40 4 60 20H240q-30 0-40 12z");
    c.oval(Metal, 628, 290, 14, 36);
    c.rect(MetalDeep, 480, 350, 24, 60, 0);
    c.path(Metal, "M440 400h104q-10 90-52 120q-42-30-52-120z");
    c.path(MetalDown, "M350 440H620Q610 590 530 600H440Q360 590 350 440z");
    c.oval(MetalDeep, 485, 442, 135, 18);
    c.oval(Accent, 250, 290, 16, 16);
}

fn blender(c: &mut Canvas) {
    c.path(Glass, "M290 190H510L470 470H330z");
    c.path(Accent, "M304 300q96-30 190 0L470 470H330z");
    c.path(Glass, "M310 210h26l24 250h-22z");
    c.line(Base, 22, "M506 220h70q20 90-60 160");
    c.rect(Dark, 276, 160, 248, 36, 12);
    c.rect(DarkLight, 360, 130, 80, 34, 10);
    c.path(Main, "M320 470H480L530 620q0 20-20 20H290q-20 0-20-20z");
    c.oval(Metal, 400, 570, 36, 36);
    c.oval(MetalDeep, 400, 570, 24, 24);
    c.rect(Paper, 397, 546, 6, 22, 3);
    c.path(Shine, "M328 490l-30 120h24l26-120z");
}

fn jar(c: &mut Canvas) {
    let lid = [Wood, Metal, Accent][c.pick(3) as usize];
    let top = c.vary(300, 360);
    c.turned(Main, &[(top, 120), (top + 30, 146), (580, 150), (630, 136), (640, 126)]);
    c.path(Shine, format!("M268 {}v240q6 20 26 26v-260z", top + 50));
    c.turned(lid, &[(top - 54, 122), (top - 50, 124), (top - 4, 126), (top + 6, 124)]);
    c.oval(Glass, 400, top - 54, 122, 22);
    let label = top + c.vary(90, 120);
    c.rect(PaperDown, 316, label, 168, 100, 10);
    c.line(Ink, 5, format!("M346 {}h108M370 {}h60", label + 40, label + 64));
}

fn tin(c: &mut Canvas) {
    let top = c.vary(320, 400);
    c.turned(Main, &[(top, 160), (top + 2, 160), (636, 160), (640, 158)]);
    c.path(Accent, format!("M240 {}q160 44 320 0v110q-160 44-320 0z", top + 110));
    c.path(Shine, format!("M256 {}v{}q14 6 30 8V{}z", top + 30, 560 - top, top + 36));
    c.turned(Down, &[(top - 50, 164), (top - 48, 164), (top + 14, 166), (top + 20, 166)]);
    c.oval(Light, 400, top - 50, 164, 32);
    c.ring(Shade, 3, 400, top - 50, 130, 24);
}

fn lunch_box(c: &mut Canvas) {
    c.rect(Down, 150, 440, 500, 200, 50);
    c.rect(Wood, 140, 390, 520, 64, 24);
    c.line(WoodDeep, 3, "M170 412H630M170 430H630");
    c.rect(Accent, 250, 372, 44, 280, 8);
    c.rect(Accent, 506, 372, 44, 280, 8);
    c.rect(Shine, 176, 470, 40, 140, 16);
}

fn bottle(c: &mut Canvas) {
    let cap = [Wood, Dark, Metal][c.pick(3) as usize];
    c.line(Deep, 14, "M372 180q0-60 28-60t28 60");
    c.rect(cap, 352, 170, 96, 70, 16);
    c.turned(Main, &[(236, 46), (260, 48), (320, 96), (360, 104), (600, 104), (640, 92)]);
    if c.pick(2) == 0 {
        c.path(Accent, "M296 420q104 26 208 0v70q-104 26-208 0z");
    } else {
        c.path(Light, "M400 500L360 440L384 460L400 410L420 450L440 440z");
    }
    c.path(Shine, "M314 340q-4 120 0 260q10 10 22 12q-8-150 0-280z");
}

fn flask(c: &mut Canvas) {
    c.turned(Metal, &[(150, 62), (154, 64), (250, 70), (256, 70)]);
    c.rect(MetalDeep, 320, 256, 160, 18, 6);
    c.turned(Main, &[(272, 78), (290, 104), (330, 112), (606, 112), (640, 104)]);
    c.line(Deep, 24, "M510 340q70 10 70 100t-70 110");
    c.rect(MetalDown, 288, 600, 224, 40, 12);
    c.path(Shine, "M308 340v250h26V330z");
}

fn sports_bottle(c: &mut Canvas) {
    c.rect(Accent, 376, 130, 48, 60, 14);
    c.path(Dark, "M330 190H470L486 250H314z");
    c.turned(Main, &[(250, 88), (300, 100), (380, 84), (440, 84), (500, 104), (610, 104), (640, 94)]);
    for y in [400, 420, 440] {
        c.line(Deep, 6, format!("M318 {y}Q400 {} 482 {y}", y + 14));
    }
    c.path(Shine, "M318 290q10 40 10 80h20q-6-40-8-80zM314 500v100h24V500z");
}

fn apron(c: &mut Canvas) {
    c.line(Deep, 12, "M330 160Q340 60 400 60T470 160");
    c.line(Deep, 10, "M240 380L120 420M560 380L680 420");
    let d = "M320 150H480L500 290Q530 350 580 370L600 700H200L220 370Q270 350 300 290z";
    c.path(Main, d);
    c.path(Pattern, d);
    c.path(Dim, "M500 290Q530 350 580 370L600 700H500z");
    c.rect(Light, 290, 450, 220, 130, 10);
    c.line(Shade, 4, "M400 450v130M290 470h220");
}

fn oven_glove(c: &mut Canvas) {
    let d = "M270 640V330Q270 160 390 160T510 330V380Q560 290 610 320Q650 350 610 430L510 560V640z";
    c.path(Main, d);
    c.path(Pattern, d);
    c.rect(Accent, 256, 600, 268, 66, 14);
    c.line(AccentDeep, 10, "M270 630h-50q-30 0-10-40z");
    c.path(Shine, "M300 560V340q4-100 60-140q-20 80-20 160v200z");
}

fn tray(c: &mut Canvas) {
    c.path(Deep, "M150 560H650L690 640H110z");
    c.path(Main, "M160 550H640L690 626H110z");
    c.path(Light, "M190 566H610L640 608H160z");
    c.mirrored(|c| c.line(Deep, 18, "M150 560Q90 570 84 620"));
    c.turned(Accent, &[(440, 60), (444, 62), (560, 44), (584, 38)]);
    c.oval(AccentDeep, 400, 440, 60, 12);
    c.path(Glow, "M520 580q10-50 60-44t40 44q-50 18-100 0z");
}

fn napkins(c: &mut Canvas) {
    for (turn, paint) in [(-14, Accent), (-4, Paper), (8, Main)] {
        c.rotated(turn, 400, 400, |c| {
            c.rect(paint, 220, 220, 360, 360, 6);
            if paint == Paint::Main {
                c.rect(Pattern, 220, 220, 360, 360, 6);
                c.line(Shade, 4, "M400 220V580M220 400H580");
            }
        });
    }
}

fn fridge(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 250, 130, 270, 510, 60);
    c.rect(Deep, 250, 330, 270, 6, 0);
    c.rect(MetalDeep, 280, 200, 14, 90, 7);
    c.rect(MetalDeep, 280, 370, 14, 150, 7);
    c.path(Shine, "M264 146h60l-40 160h-20zM264 350h80l-40 270h-40z");
    c.rect(Accent, 420, 180, 50, 60, 2);
    c.rect(Paper, 440, 250, 40, 44, 2);
}

fn microwave(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 140, 350, 470, 270, 70);
    c.rect(DarkDown, 166, 376, 310, 218, 14);
    c.rect(Dim, 196, 400, 250, 170, 8);
    c.path(Glass, "M180 390h90L190 560z");
    c.rect(MetalDown, 490, 386, 16, 200, 8);
    c.rect(Ink, 524, 386, 70, 36, 6);
    c.oval(Metal, 558, 480, 28, 28);
    c.oval(Metal, 558, 552, 20, 20);
    c.rect(Dark, 170, 620, 60, 20, 4);
    c.rect(Dark, 520, 620, 60, 20, 4);
}

fn washing_machine(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 210, 230, 340, 410, 60);
    c.rect(Shade, 210, 300, 340, 5, 0);
    c.rect(Paper, 234, 250, 90, 32, 6);
    c.oval(Metal, 380, 266, 22, 22);
    c.rect(Ink, 430, 250, 90, 32, 6);
    c.oval(MetalDeep, 380, 470, 134, 134);
    c.oval(Metal, 376, 466, 126, 126);
    c.oval(DarkDown, 380, 470, 100, 100);
    c.path(Accent, "M290 500q40-40 90-10t94-20q0 90-94 100q-80-10-90-70z");
    c.path(Glass, "M310 420q30-40 80-44q-60 30-70 90z");
}
