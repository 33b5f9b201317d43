//! What stands in a bathroom and lies on a dressing table.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("pump-bottle", 110, Scene::Set, pump_bottle),
    standing("lotion-bottle", 100, Scene::Set, lotion_bottle),
    standing("soap", 190, Scene::Set, soap),
    standing("soap-dish", 210, Scene::Set, soap_dish),
    standing("cream-jar", 150, Scene::Set, cream_jar),
    standing("dropper", 90, Scene::Set, dropper),
    standing("tube", 80, Scene::Set, tube),
    standing("perfume", 130, Scene::Table, perfume),
    flat("hairbrush", Scene::Set, hairbrush),
    flat("comb", Scene::Set, comb),
    flat("hair-dryer", Scene::Table, hair_dryer),
    standing("lipstick", 60, Scene::Set, lipstick),
    standing("nail-varnish", 90, Scene::Set, nail_varnish),
    flat("razor", Scene::Set, razor),
    standing("shaving-brush", 90, Scene::Set, shaving_brush),
    flat("toothbrush", Scene::Set, toothbrush),
    flat("bath-brush", Scene::Set, bath_brush),
    flat("bracelet", Scene::Set, bracelet),
    flat("key-ring", Scene::Set, key_ring),
];

/// A paper label with a few lines of print, or a plain band.
fn label(c: &mut Canvas, y: i32, half: i32, height: i32) {
    c.path(PaperDown, format!("M{} {y}q{half} 16 {} 0v{height}q-{half} 16-{} 0z", 400 - half, half * 2, half * 2));
    c.oval(Base, 400, y + height / 3 + 6, 16, 16);
    c.line(Ink, 4, format!("M{} {}h{}", 400 - half / 2, y + height * 2 / 3, half));
    c.line(Ink, 3, format!("M{} {}h{}", 400 - half / 3, y + height * 2 / 3 + 18, half * 2 / 3));
}

fn pump_bottle(c: &mut Canvas) {
    let half = c.vary(104, 128);
    c.line(Dark, 22, "M400 220V150H300q-14 0-14 20");
    c.rect(DarkDown, 352, 128, 96, 34, 12);
    c.rect(Dark, 386, 160, 28, 90, 4);
    c.rect(DarkDown, 346, 236, 108, 54, 10);
    c.turned(Main, &[(286, 50), (290, 54), (322, half - 8), (350, half), (610, half), (640, half - 12)]);
    label(c, 410, half - 18, 130);
    c.path(Shine, format!("M{} 350v260q14 12 24 14V344z", 416 - half));
}

fn lotion_bottle(c: &mut Canvas) {
    let half = c.vary(104, 124);
    if c.pick(2) == 0 {
        c.turned(AccentDown, &[(196, 50), (198, 52), (270, 54), (274, 54)]);
        c.line(AccentDeep, 3, "M348 250H452");
    } else {
        c.path(Accent, "M362 160H438L452 274H348z");
        c.rect(AccentDeep, 348, 258, 104, 16, 4);
    }
    c.turned(
        Main,
        &[(274, 46), (278, 50), (330, half), (400, half + 4), (560, half), (622, half - 20), (640, half - 32)],
    );
    label(c, 400, half - 16, 134);
    c.path(Shine, format!("M{} 360q-8 120 6 230q12 10 20 10q-14-120-6-250z", 418 - half));
}

fn bar(c: &mut Canvas, y: i32) {
    c.path(Deep, format!("M200 {y}q0-20 30-24H570q30 4 30 24v90q0 26-40 30H240q-40-4-40-30z"));
    c.path(Down, format!("M200 {}q0-30 60-50H540q60 20 60 50q0 46-60 50H260q-60-4-60-50z", y - 6));
    c.path(Light, format!("M250 {}q0-22 40-26H510q40 4 40 26q0 24-40 26H290q-40-2-40-26z", y - 10));
    c.line(Shade, 6, format!("M330 {}q34-22 70 0t70 0", y - 10));
    c.path(Shine, format!("M222 {}q10 20 40 26H420v14H262q-34-4-46-20z", y + 50));
}

fn bubbles(c: &mut Canvas) {
    for (x, y, r) in [(250, 380, 30), (310, 330, 20), (548, 390, 24), (590, 336, 16), (350, 270, 12)] {
        c.oval(Glass, x, y, r, r);
        c.ring(Shine, 3, x, y, r, r);
        c.oval(Paper, x - r / 3, y - r / 3, r / 5 + 1, r / 5 + 1);
    }
}

fn soap(c: &mut Canvas) {
    bubbles(c);
    bar(c, 520);
    if c.pick(2) == 0 {
        c.path(PaperDown, "M330 454H470V500L476 640H324L330 500z");
        c.line(Ink, 4, "M356 560H444M370 584H430");
        c.oval(Accent, 400, 530, 18, 14);
    }
}

fn soap_dish(c: &mut Canvas) {
    c.moved("translate(0 -96)", |c| bar(c, 560));
    c.path(AccentDeep, "M150 560H650q-6 80-80 80H230q-74 0-80-80z");
    c.path(AccentDown, "M140 546H660q10 0 8 16q-10 50-80 54H212q-70-4-80-54q-2-16 8-16z");
    c.rect(Dim, 140, 560, 520, 8, 0);
    c.rect(Accent, 240, 616, 70, 26, 8);
    c.rect(Accent, 490, 616, 70, 26, 8);
}

fn cream_jar(c: &mut Canvas) {
    let top = c.vary(400, 440);
    c.turned(Main, &[(top + 70, 176), (top + 74, 178), (600, 178), (640, 160)]);
    let lid = if c.pick(2) == 0 { Paper } else { Wood };
    c.turned(lid, &[(top, 182), (top + 4, 186), (top + 80, 186), (top + 86, 184)]);
    c.oval(Glass, 400, top + 2, 182, 34);
    c.path(PaperDown, format!("M270 {}q130 24 260 0v84q-130 24-260 0z", top + 124));
    c.line(Ink, 4, format!("M340 {}h120M362 {}h76", top + 166, top + 190));
    c.path(Shine, format!("M238 {}v90q14 12 30 14v-98z", top + 100));
}

fn dropper(c: &mut Canvas) {
    c.path(DarkDown, "M372 210q-14-110 28-110t28 110z");
    c.rect(Dark, 350, 206, 100, 76, 10);
    for x in [366, 386, 406, 426] {
        c.rect(DarkLight, x, 214, 6, 60, 3);
    }
    c.turned(Main, &[(282, 50), (286, 54), (330, 60), (372, 102), (610, 104), (640, 94)]);
    c.rect(Glass, 394, 290, 12, 260, 6);
    label(c, 430, 88, 124);
    c.path(Shine, "M312 400v200q10 10 22 12V380z");
}

fn tube(c: &mut Canvas) {
    c.path(Main, "M270 130H530L484 560H316z");
    c.rect(Deep, 266, 112, 268, 40, 4);
    for x in (280..520).step_by(16) {
        c.rect(Shade, x, 116, 4, 32, 0);
    }
    c.path(Dim, "M470 130H530L484 560H444z");
    c.rect(AccentDown, 320, 560, 160, 80, 10);
    for x in (334..470).step_by(18) {
        c.rect(AccentDeep, x, 572, 5, 60, 2);
    }
    c.path(PaperDown, "M310 250H490L478 380H322z");
    c.oval(Accent, 400, 296, 22, 22);
    c.line(Ink, 4, "M350 342H450");
    c.path(Shine, "M292 170h26l28 380h-18z");
}

fn perfume(c: &mut Canvas) {
    c.rect(MetalDown, 372, 250, 56, 60, 6);
    match c.pick(3) {
        0 => c.rect(DarkDown, 342, 160, 116, 100, 10),
        1 => c.oval(Accent, 400, 210, 62, 62),
        _ => c.path(Wood, "M352 150H448L462 262H338z"),
    }
    if c.pick(2) == 0 {
        c.rect(Main, 236, 300, 328, 340, 36);
        c.rect(Glass, 256, 318, 288, 304, 24);
        c.rect(Down, 270, 400, 260, 208, 18);
    } else {
        c.turned(Main, &[(300, 60), (330, 130), (450, 190), (580, 160), (640, 110)]);
        c.turned(Glass, &[(310, 40), (350, 110), (450, 164), (500, 160), (510, 158)]);
    }
    c.rect(Paper, 326, 440, 148, 96, 4);
    c.line(Ink, 4, "M350 480H450M370 504H430");
    c.path(Shine, "M262 340h26v250h-26z");
}

fn hairbrush(c: &mut Canvas) {
    let (paint, edge) = if c.pick(2) == 0 { (Wood, WoodDeep) } else { (Main, Deep) };
    c.rotated(28, 400, 400, |c| {
        c.path(edge, "M374 420h56l16 290q-42 40-88 0z");
        c.path(paint, "M370 410h56l14 290q-40 36-84 0z");
        c.rect(edge, 270, 76, 264, 370, 126);
        c.rect(paint, 264, 70, 264, 370, 126);
        c.rect(Accent, 296, 104, 200, 302, 96);
        for row in 0..9 {
            let half = [2, 3, 4, 4, 4, 4, 4, 3, 2][row];
            for i in -half..=half {
                let (x, y) = (396 + i * 20, 126 + 32 * i32::try_from(row).unwrap_or(0));
                c.line(Ink, 5, format!("M{x} {y}l5 -9"));
            }
        }
    });
}

fn comb(c: &mut Canvas) {
    c.rotated(-14, 400, 400, |c| {
        c.rect(Deep, 100, 320, 606, 88, 40);
        for i in 0..27 {
            let width = if i < 13 { 12 } else { 8 };
            c.rect(if i % 2 == 0 { Base } else { Shade }, 118 + i * 21, 370, width, 170, 5);
        }
        c.rect(Down, 94, 300, 612, 100, 44);
        c.rect(Shine, 130, 316, 540, 14, 7);
    });
}

fn hair_dryer(c: &mut Canvas) {
    c.line(Ink, 10, "M420 690Q430 770 560 750T720 790");
    c.path(Deep, "M372 420L470 420L470 690q-40 24-84 0z");
    c.path(Main, "M364 410L452 410L456 684q-36 20-74 0z");
    c.path(DarkDown, "M130 230L210 244V396L130 410z");
    c.path(Down, "M200 232Q300 160 480 170q150 10 150 150t-150 150q-180 10-280-62z");
    c.oval(DarkDown, 560, 320, 60, 108);
    for r in [24, 52, 80] {
        c.ring(DarkLight, 5, 564, 320, r / 2, r);
    }
    c.rect(AccentDown, 240, 226, 26, 188, 8);
    c.rect(Accent, 388, 500, 36, 60, 12);
    c.path(Shine, "M290 214Q370 190 490 198v20q-120-6-200 24z");
}

fn lipstick(c: &mut Canvas) {
    c.path(Main, "M346 330V210Q350 130 454 100V330z");
    c.path(Light, "M346 214Q350 130 454 100Q440 190 346 214z");
    c.rect(MetalDown, 336, 320, 128, 100, 6);
    c.rect(MetalDeep, 336, 408, 128, 8, 0);
    c.rect(Dark, 318, 416, 164, 224, 14);
    c.rect(AccentDown, 318, 436, 164, 22, 0);
    c.rect(Shine, 336, 470, 18, 150, 8);
    c.rect(Shine, 350, 330, 12, 70, 4);
}

fn nail_varnish(c: &mut Canvas) {
    c.path(DarkDown, "M366 130q34-16 68 0l16 260H350z");
    c.rect(DarkLight, 374, 160, 12, 210, 6);
    c.rect(MetalDown, 344, 384, 112, 34, 6);
    if c.pick(2) == 0 {
        c.turned(Main, &[(410, 56), (430, 110), (520, 136), (610, 120), (640, 92)]);
    } else {
        c.rect(Main, 274, 414, 252, 226, 44);
    }
    c.path(Shine, "M306 470q-6 60 10 110q14 12 26 12q-16-60-6-130z");
    c.rect(Paper, 360, 500, 80, 50, 6);
    c.line(Ink, 4, "M376 524H424");
}

fn razor(c: &mut Canvas) {
    c.rotated(30, 400, 400, |c| {
        c.rect(MetalDown, 376, 200, 48, 120, 8);
        c.rect(Down, 366, 310, 68, 390, 30);
        for y in (340..660).step_by(22) {
            c.rect(Deep, 366, y, 68, 7, 3);
        }
        c.rect(MetalDeep, 250, 150, 300, 62, 14);
        c.rect(Metal, 244, 140, 312, 44, 20);
        c.rect(Paper, 256, 184, 288, 8, 2);
        for x in (266..540).step_by(20) {
            c.rect(Dark, x, 194, 10, 12, 2);
        }
        c.rect(Shine, 376, 330, 12, 350, 6);
    });
}

fn shaving_brush(c: &mut Canvas) {
    c.path(PaperDown, "M320 400Q250 260 290 180Q400 110 510 180Q550 260 480 400z");
    c.path(WoodDeep, "M338 400Q310 330 300 280Q400 250 500 280Q490 330 462 400z");
    for i in -5..=5 {
        c.line(PaperShade, 3, format!("M{} 390Q{} 280 {} 172", 400 + i * 12, 400 + i * 18, 400 + i * 19));
    }
    c.rect(MetalDown, 316, 392, 168, 34, 8);
    c.turned(Main, &[(426, 84), (430, 86), (480, 52), (530, 60), (600, 98), (640, 100)]);
    c.path(Shine, "M352 480q-20 60-36 130h24q8-60 30-126z");
}

fn toothbrush(c: &mut Canvas) {
    for (turn, x, bristles) in [(24, 320, Paper), (38, 470, Accent)] {
        c.rotated(turn, 400, 400, |c| {
            for y in (86..230).step_by(22) {
                c.rect(bristles, x - 58, y, 46, 18, 4);
                c.rect(Dim, x - 58, y + 11, 46, 7, 2);
            }
            c.rect(Main, x - 16, 70, 40, 180, 20);
            c.path(Main, format!("M{} 240h24q0 90 14 150l6 300q-32 34-64 0l6-300q14-60 14-150z", x - 8));
            c.path(Shine, format!("M{} 400h12v280h-12z", x - 8));
            c.rect(Deep, x - 14, 600, 36, 12, 4);
        });
    }
}

fn bath_brush(c: &mut Canvas) {
    c.rotated(36, 400, 400, |c| {
        c.path(WoodDeep, "M386 340h34l14 380q-30 30-64 0z");
        c.path(Wood, "M380 336h34l14 376q-30 28-64 0z");
        c.ring(Main, 9, 396, 730, 20, 34);
        for i in 0..15 {
            let lean = i - 7;
            c.line(
                if i % 2 == 0 { Paper } else { PaperShade },
                14,
                format!("M{} {}l{} {}", 396 + lean * 14, 340 - lean * lean, lean * 4, 44),
            );
        }
        c.oval(WoodDeep, 400, 206, 136, 170);
        c.oval(Wood, 394, 200, 136, 170);
        c.oval(Paper, 394, 200, 104, 138);
        for y in (100..310).step_by(26) {
            for x in (320..480).step_by(22) {
                c.oval(PaperShade, x, y, 6, 8);
            }
        }
    });
}

fn bracelet(c: &mut Canvas) {
    if c.pick(2) == 0 {
        c.ring(Shade, 36, 404, 408, 220, 200);
        c.ring(Base, 30, 400, 402, 220, 200);
        c.ring(Light, 7, 396, 394, 222, 202);
    } else {
        c.ring(MetalDeep, 5, 400, 400, 220, 220);
        for i in 0..26 {
            c.rotated(i * 360 / 26, 400, 400, |c| {
                c.oval(if i % 4 == 0 { Accent } else { Main }, 400, 180, 25, 25);
                c.oval(Shine, 393, 172, 8, 8);
            });
        }
    }
    c.path(AccentDeep, "M400 590q-70-60-46-96q26-26 46 8q20-34 46-8q24 36-46 96z");
    c.path(Accent, "M396 582q-64-56-42-88q24-24 42 8q18-32 42-8q22 32-42 88z");
}

fn key_ring(c: &mut Canvas) {
    c.ring(MetalDeep, 18, 404, 214, 112, 112);
    c.ring(Metal, 12, 400, 208, 112, 112);
    c.line(MetalDeep, 12, "M400 320V396");
    c.ring(Metal, 10, 400, 400, 26, 30);
    match c.pick(3) {
        0 => c.path(Main, "M400 690Q230 560 270 460Q320 390 400 470Q480 390 530 460Q570 560 400 690z"),
        1 => c.rect(Main, 300, 426, 200, 270, 60),
        _ => c.path(Main, "M400 420L444 520L552 528L468 598L496 704L400 646L304 704L332 598L248 528L356 520z"),
    }
    c.oval(Paper, 400, 462, 14, 14);
    c.path(Shine, "M320 500q10-30 40-34q-20 50-10 110q-34-20-30-76z");
    c.line(MetalDeep, 9, "M300 290L230 400");
    c.path(MetalDown, "M236 380q30 20 14 54l-60 130l-26 4l-8-24l14-14l-4-22l18-14l-2-24l20-66q8-30 34-24z");
}
