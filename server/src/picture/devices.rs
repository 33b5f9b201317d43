//! Electronics and what belongs to them.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("headphones", 190, Scene::Table, headphones),
    standing("earbuds", 170, Scene::Table, earbuds),
    standing("speaker", 190, Scene::Table, speaker),
    standing("bookshelf-speaker", 150, Scene::Table, bookshelf_speaker),
    standing("smart-speaker", 130, Scene::Table, smart_speaker),
    standing("turntable", 270, Scene::Table, turntable),
    standing("radio", 230, Scene::Table, radio),
    flat("phone", Scene::Set, phone),
    flat("phone-case", Scene::Set, phone_case),
    flat("laptop-sleeve", Scene::Table, laptop_sleeve),
    flat("tablet", Scene::Table, tablet),
    flat("e-reader", Scene::Table, e_reader),
    standing("laptop", 290, Scene::Table, laptop),
    standing("monitor", 150, Scene::Table, |c| monitor(c, 560, 340)),
    standing("television", 240, Scene::Room, television),
    flat("screen", Scene::Room, projection_screen),
    standing("projector", 220, Scene::Table, projector),
    flat("keyboard", Scene::Table, keyboard),
    flat("mouse", Scene::Table, mouse),
    standing("disk", 150, Scene::Table, disk),
    flat("usb-stick", Scene::Set, usb_stick),
    flat("cable", Scene::Table, cable),
    flat("plug", Scene::Table, plug),
    standing("power-bank", 120, Scene::Table, power_bank),
    standing("battery", 120, Scene::Set, battery),
    standing("camera", 220, Scene::Outdoors, camera),
    standing("instant-camera", 200, Scene::Outdoors, instant_camera),
    standing("lens", 140, Scene::Set, lens),
    standing("tripod", 180, Scene::Outdoors, tripod),
    flat("smart-watch", Scene::Set, smart_watch),
    standing("router", 200, Scene::Table, router),
    standing("printer", 230, Scene::Table, printer),
    standing("ink-cartridge", 150, Scene::Set, ink_cartridge),
    flat("chip", Scene::Set, chip),
    flat("game-controller", Scene::Set, game_controller),
    flat("handheld", Scene::Set, handheld),
    flat("disc", Scene::Set, disc),
    standing("microphone", 110, Scene::Table, microphone),
    standing("landline", 200, Scene::Table, landline),
    flat("calculator", Scene::Table, calculator),
];

fn headphones(c: &mut Canvas) {
    let wide = c.vary(0, 24);
    c.line(Deep, 40, format!("M{} 470Q{} 170 400 170T{} 470", 232 - wide, 220 - wide, 568 + wide));
    c.line(Base, 28, format!("M{} 470Q{} 166 400 166T{} 470", 230 - wide, 218 - wide, 570 + wide));
    c.line(Light, 7, format!("M{} 420Q{} 170 390 158", 222 - wide, 232 - wide));
    c.line(Dark, 26, "M300 214Q400 180 500 214");
    for (x, side) in [(236 - wide, 1), (564 + wide, -1)] {
        c.rect(MetalDown, x - 9, 380, 18, 70, 6);
        c.rotated(side * 6, x, 530, |c| {
            c.rect(DarkDown, x + side * 12 - 34, 430, 68, 190, 34);
            c.rect(if side > 0 { Main } else { Shade }, x - side * 26 - 38, 420, 76, 210, 38);
            c.oval(Light, x - side * 26, 524, 16, 60);
        });
    }
}

fn earbuds(c: &mut Canvas) {
    c.path(Main, "M220 520h360v50q0 70-70 70H290q-70 0-70-70z");
    c.path(Deep, "M236 520h328l-10 20H246z");
    c.path(Down, "M220 500q0-90 90-90h180q90 0 90 90v10H220z");
    c.path(Shine, "M240 490q6-60 70-62h60q-90 10-100 62z");
    c.oval(Light, 400, 590, 8, 8);
    for (x, turn) in [(300, -16), (500, 16)] {
        c.rotated(turn, x, 260, |c| {
            c.rect(Main, x - 22, 250, 44, 140, 22);
            c.oval(Light, x, 240, 58, 56);
            c.oval(Base, x + 6, 246, 46, 44);
            c.oval(Dark, x + turn * 2, 232, 26, 30);
            c.oval(DarkLight, x + turn * 2 - 4, 228, 12, 14);
        });
    }
}

fn grille(c: &mut Canvas, x: i32, y: i32, columns: i32, rows: i32) {
    for row in 0..rows {
        c.raw(&format!(r##"<path d="M{} {}H{}" stroke="#1e1a3e" stroke-opacity=".3" stroke-width="7" stroke-linecap="round" stroke-dasharray="0 16"/>"##, x + row % 2 * 8, y + row * 15, x + columns * 16));
    }
}

fn speaker(c: &mut Canvas) {
    let top = c.vary(360, 410);
    c.line(Deep, 16, format!("M590 {}q70-40 50 70", top + 30));
    c.rect(Main, 160, top, 480, 640 - top, 90);
    c.rect(Shade, 200, top + 34, 400, 572 - top, 70);
    grille(c, 236, top + 62, 20, (520 - top) / 15);
    c.rect(Accent, 366, 566, 68, 26, 6);
    for x in [340, 400, 460] {
        c.oval(Deep, x, top + 16, 12, 6);
    }
    c.rect(Shine, 220, top + 8, 300, 8, 4);
}

fn bookshelf_speaker(c: &mut Canvas) {
    c.cuboid([Main, Light, Shade], 240, 170, 270, 470, 80);
    for (y, radius) in [(300, 58), (490, 98)] {
        c.oval(Deep, 375, y, radius + 14, radius + 14);
        c.oval(DarkDown, 375, y, radius, radius);
        c.ring(DarkLight, 4, 375, y, radius * 3 / 4, radius * 3 / 4);
        c.oval(Accent, 375, y, radius / 3, radius / 3);
        c.oval(Shine, 375 - radius / 9, y - radius / 9, radius / 8, radius / 8);
    }
    c.oval(Metal, 280, 206, 8, 8);
}

fn smart_speaker(c: &mut Canvas) {
    let top = c.vary(320, 400);
    c.path(Main, format!("M250 {}Q250 {top} 400 {top}T550 {}V580Q550 640 400 640T250 580z", top + 50, top + 50));
    grille(c, 276, top + 96, 16, (530 - top) / 15);
    c.oval(Dark, 400, top + 44, 146, 38);
    c.ring(Glow, 6, 400, top + 44, 120, 28);
    c.oval(DarkLight, 400, top + 44, 12, 5);
}

fn turntable(c: &mut Canvas) {
    c.path(Light, "M150 440H650L710 540H90z");
    c.rect(Down, 90, 540, 620, 70, 8);
    c.rect(Dark, 130, 606, 60, 32, 8);
    c.rect(Dark, 610, 606, 60, 32, 8);
    c.oval(DarkDown, 350, 488, 196, 46);
    for i in 1..4 {
        c.ring(DarkLight, 2, 350, 488, 60 + i * 34, 14 + i * 8);
    }
    c.oval(Accent, 350, 488, 62, 15);
    c.oval(Metal, 350, 486, 7, 4);
    c.oval(MetalDeep, 610, 462, 28, 10);
    c.line(Metal, 12, "M610 450L600 500L490 506");
    c.rect(Dark, 470, 498, 36, 18, 4);
    c.oval(Metal, 640, 572, 18, 18);
    c.path(Glass, "M150 440L180 230H680L650 440z");
}

fn radio(c: &mut Canvas) {
    c.line(Deep, 18, "M220 340Q220 270 290 270H510Q580 270 580 340");
    c.line(Metal, 7, "M590 340L680 130");
    c.rect(Main, 140, 330, 520, 300, 40);
    c.rect(PaperDown, 166, 356, 300, 248, 22);
    grille(c, 190, 380, 16, 14);
    c.oval(Metal, 564, 430, 58, 58);
    c.oval(MetalDeep, 564, 430, 44, 44);
    c.rect(Paper, 560, 390, 8, 36, 4);
    c.rect(Ink, 506, 520, 116, 44, 8);
    c.rect(Glow, 520, 534, 60, 14, 3);
    c.oval(Accent, 520, 590, 10, 10);
    c.oval(Light, 564, 590, 10, 10);
    c.oval(Light, 608, 590, 10, 10);
}

fn wallpaper(c: &mut Canvas, x: i32, y: i32, width: i32, height: i32, radius: i32) {
    c.rect(Down, x, y, width, height, radius);
    for i in 1..=4 {
        c.ring(Light, 5, x + width * 3 / 5, y + height * 2 / 3, width * i / 9, height * i / 11);
    }
    c.oval(Accent, x + width * 3 / 5, y + height * 2 / 3, width / 14, width / 14);
}

fn phone(c: &mut Canvas) {
    c.rotated(8, 400, 400, |c| {
        c.rect(Deep, 412, 130, 236, 500, 46);
        c.rect(Main, 404, 126, 236, 500, 46);
        c.rect(Shade, 424, 150, 100, 130, 34);
        for (x, y) in [(452, 182), (496, 182), (452, 244)] {
            c.oval(DarkDown, x, y, 21, 21);
            c.oval(DarkLight, x - 4, y - 4, 7, 7);
        }
        c.oval(Glow, 498, 244, 8, 8);
    });
    c.rotated(-6, 330, 420, |c| {
        c.rect(DarkDown, 190, 150, 250, 520, 48);
        wallpaper(c, 202, 162, 226, 496, 38);
        c.oval(Ink, 315, 186, 11, 11);
        c.line(Paper, 10, "M268 260h94");
        c.line(Paper, 5, "M280 284h70");
        for i in 0..4 {
            c.rect(Glass, 224 + i * 48, 590, 38, 38, 11);
        }
        c.path(Glass, "M202 420V200q0-38 38-38h80z");
    });
}

fn phone_case(c: &mut Canvas) {
    c.rotated(-8, 400, 400, |c| {
        c.rect(Deep, 272, 112, 276, 580, 60);
        c.rect(Main, 262, 106, 276, 580, 60);
        c.rect(Pattern, 274, 118, 252, 556, 50);
        c.rect(Deep, 286, 130, 116, 140, 38);
        for (x, y) in [(320, 166), (368, 166), (320, 228)] {
            c.oval(DarkDown, x, y, 22, 22);
            c.oval(DarkLight, x - 4, y - 4, 7, 7);
        }
        c.rect(Light, 258, 240, 8, 60, 4);
        c.rect(Shade, 320, 500, 160, 110, 12);
        c.rect(PaperDown, 334, 490, 132, 60, 6);
        c.path(Base, "M320 530q80 26 160 0v72q0 10-10 10H330q-10 0-10-10z");
    });
}

fn laptop_sleeve(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(MetalDown, 180, 200, 440, 300, 20);
        c.rect(Deep, 146, 256, 520, 370, 26);
        c.rect(Main, 140, 250, 520, 370, 26);
        c.rect(Pattern, 140, 250, 520, 370, 26);
        c.path(Shade, "M140 280q0-30 30-30H630q30 0 30 30l-220 130q-40 20-80 0z");
        c.path(Light, "M140 276q0-26 30-26H630q30 0 30 26l-220 120q-40 20-80 0z");
        c.oval(Accent, 400, 384, 16, 16);
    });
}

fn tablet(c: &mut Canvas) {
    c.rotated(-8, 400, 400, |c| {
        c.rect(Main, 150, 170, 500, 440, 36);
        c.rect(DarkDown, 158, 178, 484, 424, 30);
        wallpaper(c, 182, 202, 436, 376, 8);
        c.path(Glass, "M182 420V202h230z");
        for i in 0..5 {
            c.rect(Glass, 250 + i * 62, 520, 44, 44, 12);
        }
    });
    c.rotated(52, 600, 560, |c| {
        c.rect(PaperDown, 440, 600, 300, 20, 10);
        c.path(Ink, "M440 602l-26 8l26 8z");
    });
}

fn e_reader(c: &mut Canvas) {
    c.rotated(6, 400, 400, |c| {
        c.rect(Deep, 236, 126, 344, 560, 34);
        c.rect(Main, 228, 120, 344, 560, 34);
        c.rect(PaperDown, 258, 156, 284, 430, 6);
        for i in 0..15 {
            let width = if i % 5 == 4 { 130 } else { 232 };
            c.rect(MetalDeep, 284, 192 + i * 25, width, 7, 3);
        }
        c.oval(Shade, 400, 632, 22, 22);
    });
}

fn laptop(c: &mut Canvas) {
    c.rect(DarkDown, 176, 220, 448, 310, 22);
    wallpaper(c, 192, 236, 416, 278, 6);
    c.path(Glass, "M192 400V236h180z");
    c.path(Shade, "M176 528H624L700 606H100z");
    c.path(Main, "M180 530H620L706 616H94z");
    c.path(Dark, "M206 542H594L630 578H170z");
    for i in 0..3 {
        c.raw(&format!(
            r##"<path d="M{} {}H{}" stroke="#fff" stroke-opacity=".35" stroke-width="8" stroke-dasharray="26 8"/>"##,
            206 - i * 12,
            550 + i * 12,
            594 + i * 12
        ));
    }
    c.path(Deep, "M330 588H470L480 608H320z");
    c.path(Down, "M94 616H706q0 24-24 24H118q-24 0-24-24z");
}

fn monitor(c: &mut Canvas, width: i32, height: i32) {
    let (x, y) = (400 - width / 2, 520 - height);
    c.path(Metal, "M370 500h60l10 120h-80z");
    c.path(Main, "M270 622q130-24 260 0v18H270z");
    c.rect(DarkDown, x, y, width, height, 16);
    wallpaper(c, x + 14, y + 14, width - 28, height - 40, 4);
    c.path(Glass, format!("M{} {}V{}h{}z", x + 14, y + height * 2 / 3, y + 14, width / 2));
    c.oval(Glow, 400, 506, 4, 4);
}

fn television(c: &mut Canvas) {
    c.path(DarkDown, "M220 600L190 640h34l20-40zM580 600l30 40h-34l-20-40z");
    c.rect(DarkDown, 90, 220, 620, 386, 12);
    wallpaper(c, 102, 232, 596, 354, 4);
    c.path(Light, "M102 520q120-120 230-60t180-50t186 40V586H102z");
    c.path(Shade, "M102 560q140-70 260-30t336-30V586H102z");
    c.path(Glass, "M102 480V232h280z");
}

fn projection_screen(c: &mut Canvas) {
    c.rect(DarkDown, 120, 140, 560, 40, 18);
    c.rect(Dark, 140, 176, 520, 380, 4);
    c.rect(PaperDown, 156, 180, 488, 356, 0);
    c.path(Light, "M156 450q110-110 200-50t150-60t138 20V536H156z");
    c.path(Base, "M156 500q140-60 240-20t248-30V536H156z");
    c.oval(Accent, 520, 270, 36, 36);
    c.line(DarkLight, 8, "M400 556v60");
    c.oval(DarkLight, 400, 622, 14, 14);
}

fn projector(c: &mut Canvas) {
    c.path(Glow, "M240 480L0 260V620z");
    c.cuboid([Main, Light, Shade], 190, 400, 400, 210, 80);
    c.oval(DarkDown, 290, 500, 76, 76);
    c.oval(Metal, 290, 500, 56, 56);
    c.oval(Glow, 286, 496, 34, 34);
    for i in 0..5 {
        c.rect(Deep, 420, 450 + i * 24, 140, 10, 5);
    }
    c.rect(Dark, 230, 610, 50, 30, 6);
    c.rect(Dark, 500, 610, 50, 30, 6);
}

fn keyboard(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(Deep, 96, 288, 620, 260, 26);
        c.rect(Main, 90, 278, 620, 260, 26);
        for row in 0..4 {
            for column in 0..12 {
                let paint = match (row, column) {
                    (0, 0) | (2, 11) => Accent,
                    _ => Paper,
                };
                c.rect(paint, 112 + column * 48, 300 + row * 46, 42, 38, 8);
            }
        }
        for (x, width, paint) in
            [(112, 86, Paper), (204, 86, Paper), (296, 230, Accent), (532, 72, Paper), (610, 78, Paper)]
        {
            c.rect(paint, x, 484, width, 38, 8);
        }
    });
}

fn mouse(c: &mut Canvas) {
    if c.pick(2) == 0 {
        c.line(DarkLight, 10, "M400 200Q390 90 470 60T560 0");
    }
    c.rotated(8, 400, 420, |c| {
        c.path(Deep, "M268 400Q260 180 408 178T552 400V500Q550 680 410 680T266 500z");
        c.path(Main, "M260 390Q252 170 400 168T544 390V490Q542 670 400 670T258 490z");
        c.line(Deep, 5, "M400 170V380M262 384Q400 420 542 384");
        c.rect(Dark, 382, 230, 36, 90, 18);
        c.rect(DarkLight, 390, 244, 12, 50, 6);
        c.path(Shine, "M290 380q0-130 60-170q-30 90-30 180z");
    });
}

fn disk(c: &mut Canvas) {
    c.line(DarkLight, 12, "M560 560q120 0 110-110t60-130");
    c.path(Light, "M230 430H550L580 470H200z");
    c.rect(Main, 200, 468, 380, 150, 20);
    for i in 0..7 {
        c.rect(Shade, 230 + i * 48, 480, 10, 124, 5);
    }
    c.oval(Glow, 556, 596, 6, 6);
    c.rect(Dark, 220, 616, 340, 24, 10);
}

fn usb_stick(c: &mut Canvas) {
    c.rotated(-35, 400, 400, |c| {
        c.rect(MetalDown, 560, 350, 120, 100, 4);
        c.rect(Dark, 600, 370, 30, 22, 2);
        c.rect(Dark, 600, 408, 30, 22, 2);
        c.rect(Down, 200, 330, 370, 140, 34);
        c.oval(Deep, 250, 400, 24, 24);
        c.ring(Metal, 8, 212, 400, 50, 30);
        c.rect(Accent, 330, 370, 150, 60, 12);
        c.rect(Shine, 230, 344, 320, 12, 6);
    });
}

fn cable(c: &mut Canvas) {
    for i in 0..4 {
        let r = 210 - i * 26;
        c.ring(Deep, 18, 400, 410 + i * 4, r, r * 8 / 10);
        c.ring(if i % 2 == 0 { Base } else { Light }, 12, 400, 408 + i * 4, r, r * 8 / 10);
    }
    c.rect(Wood, 176, 370, 70, 60, 10);
    c.line(Base, 14, "M560 520q60 60 40 130M250 540q-60 50-70 90");
    c.rotated(-8, 600, 660, |c| {
        c.rect(Dark, 578, 620, 48, 80, 12);
        c.rect(Metal, 588, 698, 28, 40, 6);
    });
    c.rotated(26, 180, 630, |c| {
        c.rect(Dark, 156, 610, 48, 80, 12);
        c.rect(Metal, 166, 688, 28, 40, 6);
    });
}

fn plug(c: &mut Canvas) {
    c.line(DarkLight, 20, "M400 520V800");
    c.path(Main, "M270 250h260v140q0 130-100 140h-60q-100-10-100-140z");
    c.rect(MetalDown, 376, 130, 48, 124, 6);
    c.rect(MetalDown, 290, 170, 44, 84, 6);
    c.rect(MetalDown, 466, 170, 44, 84, 6);
    c.path(Shine, "M290 270h30v110q4 70 30 110q-60-20-60-100z");
    c.oval(Light, 400, 400, 26, 26);
}

fn power_bank(c: &mut Canvas) {
    c.line(DarkLight, 14, "M470 240q10-100 100-90t90 130v90");
    c.cuboid([Main, Light, Shade], 270, 250, 220, 390, 60);
    for i in 0..4 {
        c.oval(if i < 3 { Glow } else { Deep }, 330 + i * 34, 300, 8, 8);
    }
    c.path(Light, "M390 380l-50 90h36l-10 80l60-100h-38l12-70z");
    c.rect(Shine, 284, 268, 16, 350, 8);
}

fn battery(c: &mut Canvas) {
    for x in [300, 490] {
        c.rect(Metal, x - 28, 236, 56, 40, 8);
        c.rect(Main, x - 74, 268, 148, 372, 20);
        c.rect(DarkDown, x - 74, 500, 148, 140, 20);
        c.rect(Accent, x - 74, 480, 148, 26, 0);
        c.path(Paper, format!("M{} 320h22v24h24v22h-24v24h-22v-24h-24v-22h24z", x - 11));
        c.rect(Shine, x - 58, 290, 18, 330, 8);
    }
}

fn camera(c: &mut Canvas) {
    c.line(WoodDeep, 16, "M170 400Q60 500 120 640M630 400Q740 480 700 600");
    c.path(Metal, "M150 380h110l30-70h220l30 70h110v60H150z");
    c.rect(Main, 140, 420, 520, 190, 14);
    c.rect(Metal, 140, 600, 520, 36, 14);
    c.oval(MetalDeep, 210, 372, 34, 14);
    c.oval(Metal, 560, 366, 44, 16);
    c.rect(DarkDown, 352, 326, 96, 44, 8);
    c.oval(Metal, 400, 500, 132, 132);
    c.oval(DarkDown, 400, 500, 116, 116);
    c.oval(Dark, 400, 500, 84, 84);
    c.oval(Base, 400, 500, 58, 58);
    c.oval(Ink, 400, 500, 36, 36);
    c.oval(Shine, 372, 468, 26, 22);
    c.oval(Accent, 196, 400, 9, 9);
}

fn instant_camera(c: &mut Canvas) {
    c.rect(PaperDown, 290, 130, 220, 160, 6);
    c.rect(Accent, 310, 146, 180, 110, 0);
    c.path(Main, "M190 330q0-60 60-60h300q60 0 60 60l40 260q0 50-50 50H200q-50 0-50-50z");
    c.path(Deep, "M260 276h280v14H260z");
    c.rect(DarkDown, 212, 320, 110, 70, 12);
    c.oval(Glow, 268, 355, 26, 22);
    c.rect(DarkDown, 490, 320, 80, 60, 10);
    c.oval(DarkDown, 400, 480, 116, 116);
    c.oval(Paper, 400, 480, 92, 92);
    c.oval(Dark, 400, 480, 70, 70);
    c.oval(Ink, 400, 480, 34, 34);
    c.oval(Shine, 378, 456, 20, 18);
    for (i, paint) in [Accent, Light, AccentDeep].into_iter().enumerate() {
        c.rect(paint, 170, 596 + i32::try_from(i).unwrap_or(0) * 12, 460, 10, 0);
    }
}

fn lens(c: &mut Canvas) {
    c.rect(DarkDown, 260, 280, 280, 350, 30);
    for y in [350, 372, 394, 416, 500, 522, 544] {
        c.rect(DarkLight, 260, y, 280, 9, 2);
    }
    c.rect(Main, 254, 450, 292, 26, 4);
    c.oval(Dark, 400, 280, 160, 52);
    c.oval(DarkLight, 400, 276, 146, 44);
    c.oval(Ink, 400, 278, 116, 32);
    c.oval(Base, 400, 282, 80, 20);
    c.oval(Shine, 360, 268, 40, 12);
}

fn tripod(c: &mut Canvas) {
    c.line(Dark, 18, "M400 260L250 640M400 260L550 640M400 260V620");
    c.line(DarkLight, 10, "M320 464H480");
    c.rect(MetalDown, 380, 200, 40, 90, 8);
    c.rect(Main, 300, 110, 200, 110, 14);
    c.oval(DarkDown, 400, 165, 42, 42);
    c.oval(Ink, 400, 165, 24, 24);
    c.line(Accent, 10, "M420 250l90 30");
}

fn smart_watch(c: &mut Canvas) {
    let round = c.pick(2) == 0;
    c.path(Main, "M318 80h164l20 240H298zM298 480h204l-20 240H318z");
    for i in 0..5 {
        c.oval(Deep, 400, 580 + i * 26, 7, 9);
    }
    c.rect(Deep, 330, 120, 140, 26, 10);
    if round {
        c.oval(MetalDeep, 400, 400, 168, 168);
        c.oval(DarkDown, 400, 400, 152, 152);
    } else {
        c.rect(MetalDeep, 250, 240, 300, 320, 74);
        c.rect(DarkDown, 264, 254, 272, 292, 62);
    }
    c.rect(Metal, 546, 366, 22, 56, 8);
    c.ring(DarkLight, 14, 400, 400, 104, 104);
    c.line(Accent, 14, "M400 296a104 104 0 1 1-98 70");
    c.line(Paper, 12, "M352 376h96");
    c.line(Glow, 7, "M366 412h68");
    c.oval(Base, 400, 446, 14, 14);
}

fn router(c: &mut Canvas) {
    for (x, turn) in [(250, -10), (400, 0), (550, 10)] {
        c.rotated(turn, x, 500, |c| c.rect(DarkDown, x - 10, 250, 20, 270, 10));
    }
    c.path(Light, "M210 470H590L640 540H160z");
    c.path(Main, "M160 540H640V600Q640 640 600 640H200Q160 640 160 600z");
    for i in 0..5 {
        c.oval(if i == 3 { Accent } else { Glow }, 300 + i * 50, 590, 7, 7);
    }
}

fn printer(c: &mut Canvas) {
    c.path(Paper, "M270 240H530L550 400H250z");
    c.path(PaperShade, "M400 240H530L550 400H400z");
    c.path(Light, "M190 390H610L660 440H140z");
    c.rect(Main, 140, 438, 520, 160, 24);
    c.rect(DarkDown, 220, 540, 360, 26, 6);
    c.path(Paper, "M240 560H560L590 640H210z");
    c.path(Accent, "M290 600q40-40 90-10t120-10l10 40H280z");
    c.rect(Ink, 530, 464, 96, 44, 8);
    c.oval(Glow, 180, 486, 8, 8);
}

fn ink_cartridge(c: &mut Canvas) {
    for (x, paint) in [(500, AccentDeep), (340, Main)] {
        c.path(paint, format!("M{} 300h150v60h40v260q0 20-20 20H{}q-20 0-20-20z", x - 90, x - 70));
        c.rect(DarkDown, x - 60, 260, 90, 44, 8);
        c.rect(PaperDown, x - 66, 390, 130, 150, 10);
        c.path(
            if paint == Main { Base } else { AccentDeep },
            format!("M{x} 410q46 60 46 82a46 40 0 0 1-92 0q0-22 46-82z"),
        );
        c.rect(Metal, x - 40, 590, 80, 18, 4);
    }
}

fn chip(c: &mut Canvas) {
    for i in 0..8 {
        let at = 236 + i * 44;
        c.rect(Metal, at, 150, 20, 500, 4);
        c.rect(Metal, 150, at, 500, 20, 4);
    }
    c.rect(Main, 190, 190, 420, 420, 22);
    c.rect(DarkDown, 270, 270, 260, 260, 14);
    c.rect(MetalDown, 300, 300, 200, 200, 8);
    c.line(MetalDeep, 6, "M330 350h140M330 380h90M330 450h60");
    c.oval(Accent, 226, 226, 12, 12);
    c.line(Light, 4, "M210 300h40v60h-30M550 560h-60v30M560 240v60h30");
}

fn game_controller(c: &mut Canvas) {
    let d = "M250 260Q400 230 550 260Q640 270 680 420T660 610Q600 640 540 540Q520 500 400 500T260 540Q200 640 140 610T120 420Q160 270 250 260z";
    c.path(Deep, "M256 272Q400 242 556 272Q646 282 690 432T666 622Q606 652 546 552Q520 512 400 512T266 552Q206 652 146 622T126 432Q166 282 256 272z");
    c.path(Main, d);
    c.path(Shine, "M250 276Q400 246 550 276Q470 290 400 290T170 360q30-76 80-84z");
    c.rect(DarkDown, 214, 336, 32, 96, 8);
    c.rect(DarkDown, 182, 368, 96, 32, 8);
    for (x, y, paint) in [(570, 336, Accent), (570, 424, AccentDeep), (526, 380, Paper), (614, 380, Glow)] {
        c.oval(paint, x, y, 22, 22);
    }
    for x in [318, 482] {
        c.oval(Deep, x, 456, 48, 48);
        c.oval(DarkDown, x, 452, 38, 38);
        c.oval(DarkLight, x, 448, 24, 24);
    }
    c.rect(Light, 372, 330, 56, 18, 9);
}

fn handheld(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(Deep, 76, 246, 660, 330, 70);
        c.rect(Main, 70, 238, 660, 330, 70);
        c.rect(DarkDown, 214, 264, 372, 278, 14);
        wallpaper(c, 226, 276, 348, 254, 4);
        c.path(Shade, "M226 460h60v-40h60v40h228v70H226z");
        c.oval(DarkDown, 142, 330, 36, 36);
        c.rect(DarkDown, 128, 420, 28, 84, 6);
        c.rect(DarkDown, 100, 448, 84, 28, 6);
        c.oval(DarkDown, 658, 470, 36, 36);
        for (x, y) in [(658, 304), (658, 368), (626, 336), (690, 336)] {
            c.oval(Accent, x, y, 15, 15);
        }
    });
}

fn disc(c: &mut Canvas) {
    c.rotated(-6, 360, 400, |c| {
        c.rect(Deep, 126, 176, 420, 440, 8);
        c.rect(Main, 120, 170, 420, 440, 8);
        c.rect(DarkDown, 120, 170, 34, 440, 6);
        c.oval(Accent, 340, 340, 100, 100);
        c.path(Light, "M154 520q100-80 200-20t186-40v150H154z");
        c.line(Paper, 12, "M200 230h200");
        c.path(Glass, "M154 170h160L154 400z");
    });
    c.oval(MetalDown, 550, 450, 180, 180);
    c.oval(Glass, 550, 450, 150, 150);
    c.path(Shine, "M550 450L430 310A180 180 0 0 1 520 272zM550 450L690 560A180 180 0 0 1 610 620z");
    c.oval(Paper, 550, 450, 50, 50);
    c.oval(MetalDeep, 550, 450, 18, 18);
}

fn microphone(c: &mut Canvas) {
    c.path(DarkDown, "M300 622q100-24 200 0v18H300z");
    c.rect(MetalDeep, 392, 490, 16, 140, 4);
    c.line(MetalDeep, 12, "M290 330Q290 490 400 490T510 330");
    c.rect(Main, 316, 160, 168, 300, 84);
    grille(c, 340, 200, 8, 9);
    c.rect(Accent, 316, 346, 168, 22, 0);
    c.oval(Light, 400, 410, 14, 14);
}

fn landline(c: &mut Canvas) {
    c.path(Main, "M240 420H560L620 600q0 40-40 40H220q-40 0-40-40z");
    for row in 0..3 {
        for column in 0..3 {
            c.rect(Paper, 330 + column * 50, 470 + row * 46, 40, 34, 8);
        }
    }
    c.path(
        Deep,
        "M170 360q230-120 460 0v60q0 20-20 20h-90q-20 0-20-20v-30q-100-30-200 0v30q0 20-20 20h-90q-20 0-20-20z",
    );
    c.path(
        Base,
        "M170 348q230-120 460 0v60q0 20-20 20h-90q-20 0-20-20v-30q-100-30-200 0v30q0 20-20 20h-90q-20 0-20-20z",
    );
}

fn calculator(c: &mut Canvas) {
    c.rotated(-6, 400, 400, |c| {
        c.rect(Deep, 238, 128, 340, 560, 36);
        c.rect(Main, 230, 120, 340, 560, 36);
        c.rect(Leaf, 260, 154, 280, 100, 12);
        c.line(Ink, 10, "M480 180v50M510 180v50M440 180h20v24h-20v26h22");
        for row in 0..5 {
            for column in 0..4 {
                c.rect(if column == 3 { Accent } else { Paper }, 262 + column * 72, 284 + row * 76, 58, 58, 14);
            }
        }
    });
}
