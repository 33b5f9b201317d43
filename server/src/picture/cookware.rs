//! What a kitchen cooks with.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;
use super::tableware::glaze;

pub(super) const MOTIFS: &[Motif] = &[
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
    standing("cafetiere", 110, Scene::Table, cafetiere),
    standing("pour-over", 120, Scene::Table, pour_over),
    standing("moka-pot", 110, Scene::Table, moka_pot),
    standing("coffee-machine", 170, Scene::Table, coffee_machine),
    standing("toaster", 190, Scene::Table, toaster),
    standing("stand-mixer", 200, Scene::Table, stand_mixer),
    standing("blender", 120, Scene::Table, blender),
    flat("apron", Scene::Rail, apron),
    flat("oven-glove", Scene::Set, oven_glove),
    standing("fridge", 160, Scene::Room, fridge),
    standing("microwave", 230, Scene::Room, microwave),
    standing("washing-machine", 180, Scene::Room, washing_machine),
];

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
