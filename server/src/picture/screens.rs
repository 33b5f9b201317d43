//! What has a screen, and what a screen is kept in.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
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
    flat("smart-watch", Scene::Set, smart_watch),
    flat("handheld", Scene::Set, handheld),
];

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
