//! Books, stationery and maps.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("book", 190, Scene::Table, book),
    standing("cookbook", 190, Scene::Table, cookbook),
    standing("picture-book", 230, Scene::Table, picture_book),
    flat("notebook", Scene::Table, notebook),
    flat("diary", Scene::Table, diary),
    flat("pen", Scene::Table, pen),
    flat("pencils", Scene::Set, pencils),
    flat("card", Scene::Set, card),
    standing("wrapping-paper", 200, Scene::Set, wrapping_paper),
    standing("tape", 190, Scene::Set, tape),
    standing("pen-pot", 110, Scene::Table, pen_pot),
    standing("letter-tray", 250, Scene::Table, letter_tray),
    standing("calendar", 220, Scene::Table, calendar),
    standing("globe", 120, Scene::Table, globe),
    flat("map", Scene::Room, map),
    standing("folder", 190, Scene::Table, folder),
    standing("paper-ream", 220, Scene::Set, paper_ream),
    standing("cake-case", 170, Scene::Set, cake_case),
];

/// A closed book that stands turned a little to the left: its spine, its cover and its pages.
/// What `cover` draws is 340 wide and begins at 250, 130.
fn volume(c: &mut Canvas, cover: impl FnOnce(&mut Canvas)) {
    c.path(PaperShade, "M586 150L626 130V606L586 636z");
    for x in [594, 602, 610, 618] {
        c.line(Paper, 3, format!("M{x} {}V{}", 146 - (x - 594) / 2, 630 - (x - 594) * 3 / 4));
    }
    c.path(Deep, "M594 132L632 112L300 112L262 132z");
    c.rect(Main, 250, 130, 346, 510, 6);
    cover(c);
    c.rect(Dim, 250, 130, 30, 510, 6);
    c.rect(Shine, 284, 130, 6, 510, 0);
}

fn lettering(c: &mut Canvas, paint: Paint, y: i32) {
    let (first, second) = (c.vary(70, 110), c.vary(40, 100));
    c.line(paint, 16, format!("M{} {y}h{}M{} {}h{}", 438 - first, first * 2, 438 - second, y + 34, second * 2));
}

fn book(c: &mut Canvas) {
    volume(c, |c| {
        match c.pick(5) {
            0 => {
                c.oval(Accent, 438, 430, 92, 92);
                c.path(Deep, "M284 520q90-70 160-20t152-30v170H284z");
                c.path(Light, "M284 570q100-50 180-10t132-20v100H284z");
            }
            1 => {
                for i in 0..6 {
                    c.path(
                        if i % 2 == 0 { Accent } else { Light },
                        format!("M284 {}L596 {}v36L284 {}z", 360 + i * 48, 330 + i * 46, 390 + i * 48),
                    );
                }
            }
            2 => {
                c.line(Accent, 9, "M438 600V380M438 470q-60-10-70-70M438 510q60-10 70-70M438 560q-70 0-90-60");
                for (x, y) in [(366, 392), (510, 432), (438, 366), (346, 492)] {
                    c.oval(Light, x, y, 26, 20);
                }
            }
            3 => {
                c.path(Light, "M284 640V420L340 340L400 430L470 310L596 470V640z");
                c.path(Accent, "M284 640V540L370 470L450 560L520 490L596 560V640z");
            }
            _ => {
                for r in [110, 82, 54, 26] {
                    c.ring(if r % 4 == 2 { Accent } else { Light }, 14, 438, 470, r, r);
                }
            }
        }
        lettering(c, Paper, 206);
        c.line(Paper, 6, "M390 280H486");
    });
}

fn cookbook(c: &mut Canvas) {
    volume(c, |c| {
        c.rect(Paper, 310, 300, 256, 290, 4);
        if c.pick(2) == 0 {
            c.oval(AccentDeep, 438, 450, 100, 100);
            c.oval(Accent, 438, 446, 84, 84);
            c.path(Leaf, "M400 460q10-60 70-50q0 60-70 50z");
            c.oval(Main, 420, 420, 26, 26);
            c.oval(Glow, 464, 470, 18, 18);
        } else {
            c.line(LeafDeep, 8, "M438 570V360");
            for (y, s) in [(380, 40), (440, 52), (500, 60)] {
                c.path(Leaf, format!("M438 {y}q-{s} 0-{s}-44q{s}-6 {s} 44z"));
                c.path(LeafLight, format!("M438 {}q{s} 0 {s}-44q-{s}-6-{s} 44z", y + 20));
            }
        }
        lettering(c, Paper, 200);
    });
}

fn picture_book(c: &mut Canvas) {
    c.path(PaperShade, "M640 260L664 250V616L640 636z");
    c.rect(Main, 160, 240, 484, 400, 10);
    c.raw(r##"<circle cx="540" cy="350" r="48" fill="#f6d98c"/>"##);
    c.path(Leaf, "M190 600q110-110 230-50t200-40v120q0 10-10 10H190z");
    if c.pick(2) == 0 {
        // A hare that looks over the hill.
        c.path(Paper, "M330 560q-40-110 60-120q100 10 60 120z");
        c.path(Paper, "M352 450q-40-120 0-130q30 20 24 130zM404 450q0-120 40-120q24 30-10 130z");
        c.oval(Ink, 368, 490, 8, 10);
        c.oval(Ink, 414, 490, 8, 10);
        c.oval(Accent, 391, 514, 9, 6);
    } else {
        c.path(Accent, "M300 560V460h160v100z");
        c.path(AccentDeep, "M280 466L380 380L480 466z");
        c.rect(Ink, 360, 500, 40, 60, 4);
    }
    c.line(Paper, 20, "M236 290H430");
    c.rect(Dim, 160, 240, 26, 400, 10);
}

fn notebook(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(PaperShade, 226, 142, 372, 536, 14);
        c.rect(Paper, 224, 136, 368, 534, 14);
        c.rect(Main, 214, 126, 368, 536, 16);
        if c.pick(2) == 0 {
            c.rect(Pattern, 214, 126, 368, 536, 16);
        }
        if c.pick(2) == 0 {
            for y in (160..640).step_by(32) {
                c.oval(Ink, 240, y, 9, 9);
                c.line(MetalDeep, 7, format!("M240 {y}q-50-4-46-16t46 0"));
            }
        } else {
            c.rect(Deep, 214, 126, 50, 536, 16);
            c.rect(Accent, 534, 126, 18, 536, 0);
        }
        c.rect(Paper, 316, 220, 180, 110, 6);
        c.line(Ink, 4, "M340 262H472M340 290H440");
    });
}

fn diary(c: &mut Canvas) {
    c.rotated(5, 400, 400, |c| {
        c.path(Accent, "M470 650h26v90l-13-16l-13 16z");
        c.rect(PaperShade, 226, 150, 366, 520, 18);
        c.rect(Main, 212, 132, 370, 530, 22);
        c.ring(Shine, 4, 397, 300, 74, 74);
        c.line(Glow, 9, "M397 250v50l36 24");
        c.line(Light, 6, "M320 440H474M350 470H444");
        c.rect(Dim, 212, 132, 40, 530, 20);
        c.path(Deep, "M500 350h100q20 0 20 24v34q0 24-20 24h-100z");
        c.oval(MetalDown, 528, 391, 22, 22);
    });
}

fn pen(c: &mut Canvas) {
    let fountain = c.pick(2) == 0;
    c.rotated(-38, 400, 400, |c| {
        c.rect(Deep, 200, 384, 400, 52, 24);
        c.rect(Down, 200, 372, 400, 56, 26);
        c.rect(MetalDown, 420, 368, 22, 64, 6);
        c.rect(Down, 440, 366, 240, 68, 30);
        c.path(MetalDown, "M470 352h190q16 0 16 14h-50l-140 4q-16 0-16-18z");
        c.rect(Shine, 214, 380, 440, 10, 5);
        if fountain {
            c.path(DarkDown, "M206 376L150 386V416L206 426z");
            c.path(Glow, "M154 382L66 401L154 420q16-18 0-38z");
            c.line(Ink, 3, "M70 401H136");
            c.oval(Ink, 136, 401, 6, 6);
        } else {
            c.path(MetalDown, "M206 374L110 396v10L206 426z");
            c.rect(Metal, 676, 388, 36, 24, 8);
        }
    });
    c.line(Base, 5, "M150 690q60-50 90-10t90-16t70 6");
}

fn pencils(c: &mut Canvas) {
    for (i, (paint, dark)) in
        [(Base, Deep), (Accent, AccentDeep), (Light, Shade), (Leaf, LeafDeep), (Shade, Deep)].into_iter().enumerate()
    {
        let x = 190 + 90 * i32::try_from(i).unwrap_or(0);
        let top = c.vary(110, 210);
        c.path(WoodLight, format!("M{x} {}L{} {top}L{} {}z", top + 110, x + 30, x + 60, top + 110));
        c.path(paint, format!("M{} {}L{} {top}L{} {}z", x + 20, top + 38, x + 30, x + 40, top + 38));
        c.path(paint, format!("M{x} {}q10-14 20 0t20 0t20 0V690H{x}z", top + 110));
        c.rect(dark, x + 40, top + 116, 20, 574 - top, 0);
        c.rect(Shine, x + 6, top + 120, 8, 560 - top, 0);
        c.rect(MetalDown, x, 650, 60, 22, 0);
        c.rect(Paper, x, 672, 60, 34, 10);
    }
}

fn card(c: &mut Canvas) {
    c.rotated(12, 400, 400, |c| {
        c.rect(AccentDown, 200, 330, 470, 320, 8);
        c.path(AccentDeep, "M200 334L435 520L670 334z");
        c.path(Accent, "M206 330L435 500L664 330z");
    });
    c.rotated(-8, 400, 400, |c| {
        c.rect(PaperShade, 176, 120, 340, 440, 6);
        c.rect(Paper, 168, 112, 340, 440, 6);
        match c.pick(3) {
            0 => c.path(Main, "M338 420Q210 320 250 240Q292 190 338 260Q384 190 426 240Q466 320 338 420z"),
            1 => {
                c.line(LeafDeep, 8, "M338 460V330M338 420q-50-6-56-50M338 400q50-6 56-50");
                for i in 0..6 {
                    c.rotated(i * 60, 338, 280, |c| c.oval(Main, 338, 234, 26, 38));
                }
                c.oval(Glow, 338, 280, 26, 26);
            }
            _ => {
                c.rect(Main, 256, 330, 164, 100, 10);
                c.path(Light, "M256 350q20 30 41 0t41 0t41 0t41 0v-20h-164z");
                for x in [290, 338, 386] {
                    c.rect(Accent, x - 5, 270, 10, 60, 3);
                    c.path(Glow, format!("M{x} 268q-16-20 0-44q16 24 0 44z"));
                }
            }
        }
        c.line(Ink, 6, "M268 500q20-14 36 0t36 0t36 0t32 0");
    });
}

fn wrapping_paper(c: &mut Canvas) {
    for (x, top, turn, paint) in [(250, 180, -8, Accent), (440, 150, 6, Main), (340, 110, 0, Main)] {
        c.rotated(turn, x + 50, 640, |c| {
            c.rect(paint, x, top, 110, 640 - top, 8);
            if paint == Main {
                c.rect(Pattern, x, top, 110, 640 - top, 0);
            }
            c.oval(PaperShade, x + 55, top, 55, 16);
            c.oval(Ink, x + 55, top, 30, 8);
            c.rect(Shine, x + 12, top + 20, 14, 600 - top, 6);
            c.rect(Paper, x, 430, 110, 70, 0);
            c.line(Base, 5, format!("M{} 465h50", x + 30));
        });
    }
}

fn tape(c: &mut Canvas) {
    c.path(Down, "M420 622h270l-10 9l10 9H420z");
    c.oval(Deep, 430, 440, 200, 200);
    c.oval(Main, 396, 440, 200, 200);
    c.ring(Shade, 3, 396, 440, 176, 176);
    c.ring(Shade, 3, 396, 440, 152, 152);
    c.oval(WoodDeep, 396, 440, 122, 122);
    c.oval(Wood, 402, 440, 108, 114);
    c.oval(PaperShade, 410, 440, 94, 104);
    c.path(Shine, "M230 380q30-110 140-130v20q-90 20-116 116z");
    for i in 0..12 {
        c.rotated(i * 30, 396, 440, |c| c.oval(Accent, 396, 276, 12, 12));
    }
}

fn pen_pot(c: &mut Canvas) {
    for (x, top, turn, paint) in [(350, 200, -10, Accent), (396, 150, 2, Wood), (440, 220, 12, Dark)] {
        c.rotated(turn, x, 500, |c| {
            c.rect(paint, x - 14, top + 50, 28, 300, 4);
            c.path(WoodLight, format!("M{} {}l14-52l14 52z", x - 14, top + 52));
            c.path(Ink, format!("M{} {}l5-18l5 18z", x - 5, top + 20));
        });
    }
    c.path(Metal, "M300 330l-40-130l16-6l52 136zM318 330l10-140l18 2l-6 138z");
    c.turned(Main, &[(360, 126), (364, 128), (600, 124), (640, 110)]);
    c.oval(Light, 400, 360, 126, 22);
    c.oval(Deep, 400, 364, 112, 16);
    c.path(Paint::Accent, "M274 470q126 28 252 0v44q-126 28-252 0z");
    c.path(Shine, "M292 400v210q10 10 22 12V404z");
}

fn letter_tray(c: &mut Canvas) {
    for y in [530, 400, 270] {
        c.path(Deep, format!("M190 {}L250 {}H640L600 {}z", y + 60, y + 6, y + 60));
        c.path(PaperDown, format!("M214 {}L264 {}H620L584 {}z", y + 44, y + 2, y + 44));
        c.path(Paper, format!("M224 {}L276 {}H612L578 {}z", y + 32, y - 10, y + 32));
        c.path(Main, format!("M170 {}H620V{}H170z", y + 40, y + 100));
        c.path(Dim, format!("M340 {}h110q0 30-55 30t-55-30z", y + 40));
        c.path(Shade, format!("M620 {}L660 {}V{}L620 {}z", y + 40, y - 10, y + 40, y + 100));
    }
    c.line(MetalDeep, 10, "M186 300V610M604 300V610");
}

fn calendar(c: &mut Canvas) {
    c.path(Deep, "M190 640L240 210H660L620 640z");
    c.path(Main, "M150 640L210 200H620L600 640z");
    c.path(PaperDown, "M176 600L228 220H602L586 600z");
    c.path(Accent, "M216 310L228 220H602L598 310z");
    c.line(Paper, 14, "M330 268H490");
    let today = c.vary(3, 24);
    for row in 0..5 {
        for column in 0..6 {
            let (x, y) = (238 + column * 60 - row * 4, 346 + row * 52);
            let paint = if row * 6 + column == today { Base } else { PaperShade };
            c.rect(paint, x, y, 40, 34, 5);
        }
    }
    for x in (250..600).step_by(30) {
        c.line(MetalDeep, 6, format!("M{x} 224q-8-40 6-40t8 36"));
    }
}

fn globe(c: &mut Canvas) {
    let stand = if c.pick(2) == 0 { Wood } else { Dark };
    c.turned(stand, &[(560, 16), (590, 22), (610, 90), (636, 126), (640, 126)]);
    c.line(MetalDeep, 16, "M300 110A232 232 0 0 0 400 560");
    c.oval(Main, 420, 330, 206, 206);
    for d in [
        "M300 210q60-60 110-50l10 40l-50 20l-10 50l40 40l-30 60l-40-30l-20-70l-60-10z",
        "M470 180l90 20l50 80l-40 40l-50-20l-40 30l-50-60l20-40z",
        "M470 370l70 10l20 50l-60 70l-40-60z",
        "M330 440l50 10l-10 60z",
    ] {
        c.path(Accent, d);
    }
    c.line(
        Shine,
        3,
        "M216 330H624M240 230H600M240 430H600M420 124V536M420 124Q250 330 420 536M420 124Q590 330 420 536",
    );
    c.path(Dim, "M540 162A206 206 0 0 1 330 515Q560 470 540 162z");
    c.oval(Shine, 340, 230, 50, 34);
    c.oval(Metal, 420, 118, 14, 12);
}

fn map(c: &mut Canvas) {
    for i in 0..4 {
        let x = 80 + i * 160;
        let (left, right) = if i % 2 == 0 { (190, 160) } else { (160, 190) };
        c.path(
            if i % 2 == 0 { Paper } else { PaperShade },
            format!("M{x} {left}L{} {right}V{}L{x} {}z", x + 160, right + 450, left + 450),
        );
    }
    c.path(Base, "M110 230q80-50 160 10l60-20l40 80l-60 70l-20 90l-60 40l-50-90l-70-60z");
    c.path(Shade, "M440 240l130-30l120 60l-20 110l-90 20l-30 90l-80-30l20-90l-70-50z");
    c.path(Light, "M560 520q60-30 100 10l-30 50l-80-10z");
    c.line(Accent, 7, "M160 540q80-90 150-60t120-90t160-70");
    c.oval(Accent, 160, 540, 12, 12);
    c.path(AccentDeep, "M590 330q-40-50-30-76q10-24 30-24t30 24q10 26-30 76z");
    c.oval(Paper, 590, 260, 12, 12);
    c.path(Dim, "M240 160L400 190V640L240 610zM560 160L720 190V640L560 610z");
}

fn folder(c: &mut Canvas) {
    c.path(Deep, "M190 240h140l30-40h200q16 0 16 16v24h40q14 0 14 14v380H190z");
    c.path(Paper, "M220 260L590 230L606 600H220z");
    c.path(PaperShade, "M222 280L600 262L606 600H222z");
    c.line(Ink, 4, "M270 318L480 308M270 346L430 338");
    c.path(Main, "M160 330q0-14 14-14H566q14 0 16 14L626 640H196q-14 0-16-14z");
    c.rect(Paper, 260, 430, 200, 84, 6);
    c.line(Ink, 4, "M290 462H430M290 486H390");
    c.path(Shine, "M184 334h24l34 290h-24z");
}

fn paper_ream(c: &mut Canvas) {
    c.cuboid([PaperDown, Paper, PaperShade], 150, 450, 420, 190, 140);
    for y in (462..640).step_by(12) {
        c.line(PaperShade, 2, format!("M150 {y}H570L710 {}", y - 70));
    }
    c.path(Main, "M240 450L380 380H560L420 450V640H240z");
    c.path(Deep, "M240 450L380 380H560L420 450z");
    c.line(Paper, 10, "M276 520H384M276 550H350");
    c.oval(Accent, 330, 594, 26, 22);
}

fn cake_case(c: &mut Canvas) {
    c.path(WoodDown, "M210 410Q190 250 330 240Q400 150 480 240Q610 250 590 410z");
    c.path(Glow, "M250 330Q270 230 360 250Q400 190 450 246Q540 240 556 330Q480 300 400 330T250 330z");
    c.oval(AccentDeep, 400, 206, 34, 32);
    c.oval(Accent, 396, 202, 32, 30);
    c.path(Main, "M190 400q18-26 35 0t35 0t35 0t35 0t35 0t35 0t35 0t35 0t35 0t35 0t35 0t35 0L540 640H260z");
    for i in -5..=5 {
        c.line(if i % 2 == 0 { Shade } else { Light }, 6, format!("M{} 420L{} 634", 400 + i * 38, 400 + i * 25));
    }
}
