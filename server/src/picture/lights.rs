//! Lamps, candles and what else gives light.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    standing("desk-lamp", 110, Scene::Table, desk_lamp),
    standing("table-lamp", 90, Scene::Table, table_lamp),
    standing("floor-lamp", 90, Scene::Room, floor_lamp),
    standing("tripod-lamp", 140, Scene::Room, tripod_lamp),
    flat("pendant", Scene::Room, pendant),
    flat("globe-pendant", Scene::Room, globe_pendant),
    standing("candle", 110, Scene::Set, candle),
    standing("pillar-candle", 90, Scene::Set, pillar_candle),
    standing("tea-light", 130, Scene::Set, tea_light),
    standing("lantern", 110, Scene::Outdoors, lantern),
    flat("string-lights", Scene::Outdoors, string_lights),
    flat("bulb", Scene::Set, bulb),
    standing("head-torch", 150, Scene::Outdoors, head_torch),
    standing("torch", 180, Scene::Outdoors, torch),
];

fn glow(c: &mut Canvas, x: i32, y: i32, radius: i32) {
    c.raw(&format!(r##"<circle cx="{x}" cy="{y}" r="{radius}" fill="#ffe9b0" opacity=".35"/><circle cx="{x}" cy="{y}" r="{}" fill="#fff3cf" opacity=".5"/>"##, radius * 6 / 10));
}

fn flame(c: &mut Canvas, x: i32, foot: i32, height: i32) {
    glow(c, x, foot - height / 2, height);
    let half = height / 4;
    c.raw(&format!(
        r##"<path d="M{x} {foot}q-{w} -{q} 0 -{height}q{w} {t} 0 {height}z" fill="#f2a33c"/><path d="M{x} {foot}q-{half} -{e} 0 -{s}q{half} {e} 0 {s}z" fill="#ffe08a"/>"##,
        w = half * 2,
        q = height / 3,
        t = height * 2 / 3,
        e = height / 4,
        s = height / 2
    ));
}

fn desk_lamp(c: &mut Canvas) {
    let (elbow, reach) = (c.vary(270, 310), c.vary(150, 190));
    let head = 400 + reach - 40;
    c.line(WoodDeep, 18, format!("M340 612L{elbow} 390L{head} 236"));
    c.line(WoodLight, 6, format!("M336 606L{} 388L{} 230", elbow - 3, head - 3));
    c.path(Glow, format!("M{} 336L{} 600H{}L{} 300z", head - 60, head - 190, head + 150, head + 92));
    c.oval(Dark, elbow, 390, 19, 19);
    c.oval(DarkLight, elbow - 3, 387, 8, 8);
    match c.pick(3) {
        0 => {
            c.rotated(20, head, 236, |c| {
                c.oval(Glow, head, 322, 108, 20);
                c.path(Main, format!("M{} 190h76q84 50 74 132q-112 30 -224 0q-10-82 74-132z", head - 38));
                c.rect(Shade, head - 24, 168, 48, 26, 8);
            });
        }
        1 => {
            c.rotated(20, head, 236, |c| {
                c.oval(Glow, head, 318, 100, 18);
                c.path(Main, format!("M{} 200a104 104 0 0 1 208 0v118q-104 28-208 0z", head - 104));
                c.rect(Dark, head - 18, 76, 36, 26, 6);
            });
        }
        _ => {
            c.rotated(18, head, 236, |c| {
                c.oval(Glow, head, 306, 124, 18);
                c.path(Main, format!("M{} 190h32L{} 306q-128 28-256 0z", head - 16, head + 128));
                c.rect(Dark, head - 22, 164, 44, 30, 8);
            });
        }
    }
    c.path(Shade, "M234 616q0-22 106-22t106 22v14q0 18-106 18t-106-18z");
    c.oval(Light, 340, 614, 106, 20);
    c.oval(Base, 344, 616, 92, 15);
}

fn shade(c: &mut Canvas, top: i32, height: i32, above: i32, below: i32) {
    let foot = top + height;
    c.oval(Glow, 400, foot, below, below / 9);
    let d = format!(
        "M{} {top}Q400 {} {} {top}L{} {foot}Q400 {} {} {foot}z",
        400 - above,
        top - above / 6,
        400 + above,
        400 + below,
        foot + below / 5,
        400 - below
    );
    c.path(Main, &d);
    if c.pick(2) == 0 {
        for i in -4..=4 {
            c.line(
                Shade,
                2,
                format!("M{} {top}L{} {}", 400 + i * above / 5, 400 + i * below / 5, foot + below / 10 - i.abs() * 3),
            );
        }
    }
    c.line(Light, 5, format!("M{} {foot}Q400 {} {} {foot}", 400 - below, foot + below / 5, 400 + below));
}

fn table_lamp(c: &mut Canvas) {
    let (neck, belly) = (c.vary(16, 30), c.vary(70, 118));
    let high = c.vary(430, 470);
    glow(c, 400, 330, 240);
    match c.pick(3) {
        0 => c.turned(Paper, &[(380, 14), (420, neck), (high, belly), (570, belly - 20), (626, 60), (640, 64)]),
        1 => c.turned(Wood, &[(380, 14), (420, 22), (460, 60), (500, 34), (560, 84), (620, 92), (640, 92)]),
        _ => {
            c.oval(Accent, 400, 560, 84, 80);
            c.rect(Accent, 382, 390, 36, 110, 6);
            c.rect(AccentDeep, 340, 626, 120, 16, 8);
        }
    }
    c.oval(Shine, 364, 530, 14, 44);
    let (above, below) = (c.vary(80, 130), c.vary(160, 200));
    shade(c, 160, 240, above, below);
}

fn floor_lamp(c: &mut Canvas) {
    glow(c, 400, 250, 210);
    c.rect(Metal, 393, 280, 14, 350, 4);
    c.path(Dark, "M316 632q0-18 84-18t84 18v8q0 12-84 12t-84-12z");
    let below = c.vary(110, 150);
    let above = below - c.vary(10, 60);
    shade(c, 110, 180, above, below);
}

fn tripod_lamp(c: &mut Canvas) {
    glow(c, 400, 240, 200);
    c.line(WoodDeep, 13, "M404 300L400 620");
    c.line(WoodLight, 15, "M392 300L264 640");
    c.line(WoodDeep, 15, "M410 300L536 640");
    c.rect(Dark, 372, 288, 56, 26, 8);
    shade(c, 110, 180, 130, 150);
}

fn pendant(c: &mut Canvas) {
    c.line(Ink, 5, "M400 0V200");
    glow(c, 400, 520, 190);
    c.rect(Metal, 376, 196, 48, 54, 8);
    let half = c.vary(180, 240);
    match c.pick(3) {
        0 => {
            c.oval(Glow, 400, 492, half, 34);
            c.path(
                Main,
                format!(
                    "M352 240h96q{} 70 {} 252q-{half} 44-{} 0q0-182 {}-252z",
                    half - 60,
                    half - 48,
                    half * 2,
                    half - 48
                ),
            );
        }
        1 => {
            c.oval(Glow, 400, 470, half, 30);
            c.path(Main, format!("M{} 470a{half} {half} 0 0 1 {} 0q-{half} 40-{} 0z", 400 - half, half * 2, half * 2));
        }
        _ => {
            for i in 0..6 {
                let w = half * (55 + (5 - (i - 3_i32).abs() * 2) * 9) / 100;
                c.oval(if i % 2 == 0 { Main } else { Light }, 400, 270 + i * 42, w, 36);
            }
        }
    }
}

fn globe_pendant(c: &mut Canvas) {
    c.line(Ink, 5, "M400 0V220");
    glow(c, 400, 420, 270);
    let radius = c.vary(150, 185);
    c.oval(Paper, 400, 420, radius, radius);
    c.oval(Glow, 400, 430, radius * 2 / 3, radius * 2 / 3);
    c.oval(Shine, 340, 350, 40, 54);
    c.path(Main, format!("M350 {}q0-50 34-56v-26h32v26q34 6 34 56q-50 24-100 0z", 420 - radius + 26));
}

fn candle(c: &mut Canvas) {
    let top = c.vary(360, 410);
    c.line(Ink, 5, format!("M400 {}v-34", top + 20));
    flame(c, 400, top - 10, 96);
    c.oval(Deep, 400, top, 120, 22);
    c.oval(Paper, 400, top + 6, 106, 17);
    c.line(Ink, 5, format!("M400 {}v-28", top + 8));
    c.path(Main, format!("M280 {top}q120 44 240 0v222q0 24-120 24t-120-24z"));
    c.path(Shine, format!("M300 {}q14 6 30 8v210q-20-2-30-8z", top + 20));
    let label = top + c.vary(80, 100);
    c.path(PaperDown, format!("M320 {label}q80 18 160 4v98q-80 18-160-4z"));
    c.line(Ink, 4, format!("M356 {}q44 8 88 2M372 {}q28 5 56 1", label + 40, label + 62));
}

fn pillar_candle(c: &mut Canvas) {
    for (x, top, half) in [(300, 420, 62), (494, 470, 56), (400, 320, 72)] {
        c.line(Ink, 5, format!("M{x} {top}v-26"));
        flame(c, x, top - 16, 76);
        c.path(Main, format!("M{} {top}v{}q{half} 26 {} 0v-{}z", x - half, 630 - top, half * 2, 630 - top));
        c.oval(Light, x, top, half, half / 5);
        c.oval(Glow, x, top + 2, half * 2 / 3, half / 8);
    }
}

fn tea_light(c: &mut Canvas) {
    let scallop = c.pick(2) == 0;
    flame(c, 400, 470, 90);
    c.oval(Deep, 400, 450, 150, 26);
    c.turned(Main, &[(450, 150), (500, 158), (570, 130), (620, 84), (640, 80)]);
    for i in -2..=2 {
        let x = 400 + i * 58;
        if scallop {
            c.oval(Glow, x, 536 - i.abs() * 4, 13, 20);
        } else {
            c.path(Glow, format!("M{x} {}q-30-30-14-46q14-10 14 10q0-20 14-10q16 16-14 46z", 560 - i.abs() * 6));
        }
    }
}

fn lantern(c: &mut Canvas) {
    c.line(DarkLight, 9, "M332 270Q330 130 400 130T468 270");
    glow(c, 400, 450, 230);
    c.path(Main, "M330 250Q400 170 470 250L500 300H300z");
    c.rect(Glass, 308, 300, 184, 280, 6);
    c.rect(Paper, 366, 450, 68, 122, 8);
    flame(c, 400, 446, 84);
    for x in [300, 394, 486] {
        c.rect(if x == 394 { Glass } else { Main }, x, 300, 14, 280, 0);
    }
    c.rect(Down, 284, 292, 232, 20, 6);
    c.path(Down, "M290 576h220l16 64H274z");
}

fn string_lights(c: &mut Canvas) {
    for (y, dip) in [(170, 150), (330, 170), (500, 140)] {
        c.line(Ink, 5, format!("M40 {y}Q400 {} 760 {}", y + dip, y - 20));
        for i in 1..=6 {
            let x = 40 + i * 103;
            // The parabola of the cord at this bulb.
            let at = i * 1_000 / 7;
            let cord = y + 2 * at * (1_000 - at) / 1_000 * dip / 1_000 - 20 * at / 1_000 * at / 1_000;
            glow(c, x, cord + 44, 52);
            c.rect(Dark, x - 10, cord, 20, 22, 4);
            c.oval(if i % 2 == 0 { Main } else { Glow }, x, cord + 44, 22, 28);
        }
    }
}

fn bulb(c: &mut Canvas) {
    glow(c, 400, 330, 250);
    c.path(Glow, "M400 150q150 0 160 150q0 80-66 140q-24 24-26 60h-136q-2-36-26-60q-66-60-66-140q10-150 160-150z");
    c.path(Shine, "M300 260q20-70 80-84q-60 50-60 130z");
    c.line(Main, 7, "M372 500L350 350L384 380L400 340L416 380L450 350L428 500");
    for y in [508, 540, 572] {
        c.rect(Metal, 336, y, 128, 26, 12);
    }
    c.path(Dark, "M356 602h88l-20 34h-48z");
}

fn head_torch(c: &mut Canvas) {
    c.line(Shade, 42, "M190 520Q190 250 400 250T610 520");
    c.line(Base, 30, "M190 520Q190 250 400 250T610 520");
    c.line(Light, 5, "M182 500Q190 260 400 244");
    c.rect(Main, 270, 420, 260, 190, 50);
    c.oval(Dark, 400, 515, 88, 80);
    glow(c, 400, 515, 120);
    c.oval(Glow, 400, 515, 58, 54);
    c.rect(Accent, 360, 404, 80, 22, 8);
}

fn torch(c: &mut Canvas) {
    c.path(Glow, "M600 470L800 380V640L600 600z");
    c.rotated(-4, 400, 560, |c| {
        c.rect(Down, 170, 500, 330, 90, 22);
        c.path(Down, "M490 500L600 466V624L490 590z");
        c.oval(Glow, 602, 545, 20, 78);
        for i in 0..6 {
            c.rect(Deep, 210 + i * 30, 500, 12, 90, 0);
        }
        c.rect(Accent, 420, 488, 46, 16, 6);
        c.rect(Shine, 180, 512, 310, 12, 6);
    });
}
