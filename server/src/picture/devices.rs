//! Electronics and what belongs to them.

use super::canvas::{Canvas, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
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
    standing("router", 200, Scene::Table, router),
    standing("printer", 230, Scene::Table, printer),
    standing("ink-cartridge", 150, Scene::Set, ink_cartridge),
    flat("chip", Scene::Set, chip),
    flat("game-controller", Scene::Set, game_controller),
    flat("disc", Scene::Set, disc),
    standing("landline", 200, Scene::Table, landline),
    flat("calculator", Scene::Table, calculator),
];

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
