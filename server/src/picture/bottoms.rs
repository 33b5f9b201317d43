//! Trousers, skirts, dresses and nightwear.

use super::canvas::{Canvas, Paint::*};
use super::garments::shirt;
use super::motif::{Motif, flat};
use super::scene::Scene;
use super::tailoring::{body, buttons, pocket, top};

pub(super) const MOTIFS: &[Motif] = &[
    flat("trousers", Scene::Rail, trousers),
    flat("jeans", Scene::Rail, jeans),
    flat("shorts", Scene::Rail, shorts),
    flat("skirt", Scene::Rail, skirt),
    flat("dress", Scene::Rail, dress),
    flat("dungarees", Scene::Rail, dungarees),
    flat("pyjamas", Scene::Set, pyjamas),
    flat("robe", Scene::Rail, robe),
];

/// A waistband and two legs down to a height; `cut` is how far the ankles are from the middle.
fn legs(c: &mut Canvas, foot: i32, cut: i32) {
    c.path(Deep, "M286 124Q400 104 514 124Q400 150 286 124z");
    let leg = format!("M288 126L400 132V330L392 {foot}Q330 {} {} {}Q250 300 288 126z", foot + 14, 400 - cut, foot - 4);
    c.mirrored(|c| c.path(Main, &leg));
    c.path(
        Dim,
        format!("M512 126L400 132V330L408 {foot}Q470 {} {} {}Q550 300 512 126z", foot + 14, 400 + cut, foot - 4),
    );
    c.path(Shade, "M286 124Q400 152 514 124L520 160Q400 188 280 160z");
    c.line(Deep, 5, "M400 170V330M400 170Q432 200 428 262Q420 280 400 286");
    c.mirrored(|c| {
        c.line(Deep, 5, "M310 172Q306 226 270 240");
        c.rect(Light, 322, 130, 14, 42, 3);
    });
    c.oval(Deep, 401, 155, 10, 10);
    c.oval(Metal, 400, 153, 9, 9);
}

fn trousers(c: &mut Canvas) {
    let cut = c.vary(130, 168);
    legs(c, 700, cut);
    c.mirrored(|c| c.line(Light, 4, "M322 300Q318 480 320 680"));
}

fn jeans(c: &mut Canvas) {
    let cut = c.vary(130, 150);
    legs(c, 690, cut);
    let turned_up = format!("M{} 652Q330 676 393 660L392 700Q330 716 {} 692z", 400 - cut, 398 - cut);
    c.mirrored(|c| {
        c.path(Light, &turned_up);
        c.raw(r##"<path d="M302 172q-6 48-30 58M382 330L374 640M270 330L262 640" fill="none" stroke="#d9a860" stroke-width="3" stroke-dasharray="8 5"/>"##);
        c.oval(Shine, 326, 440, 26, 90);
    });
}

fn shorts(c: &mut Canvas) {
    c.moved("translate(-40 40) scale(1.1)", |c| {
        let cut = c.vary(180, 205);
        legs(c, 470, cut);
        c.mirrored(|c| c.line(Shade, 4, format!("M{} 444Q320 462 394 452", 406 - cut)));
        c.line(Paper, 7, "M392 160Q370 200 376 236M408 160Q430 190 424 226");
    });
}

fn skirt(c: &mut Canvas) {
    let wide = c.vary(190, 240);
    let outline = format!("M290 150Q400 172 510 150L{} 640Q400 690 {} 640z", 400 + wide, 400 - wide);
    c.path(Main, &outline);
    if c.pick(2) == 0 {
        for i in -4..=4 {
            c.path(
                if i % 2 == 0 { Shade } else { Light },
                format!("M{} 170L{} {}l{} 0z", 400 + i * 24, 400 + i * wide / 5, 660 - i * i, wide / 9),
            );
        }
    } else {
        c.path(Pattern, &outline);
        c.line(Shade, 4, "M406 170V664");
        buttons(c, 398, 220, 630, 7);
    }
    c.path(Dim, format!("M510 150L{} 640Q520 664 480 668Q500 400 450 160z", 400 + wide));
    c.path(Shade, "M288 116Q400 136 512 116L514 160Q400 184 286 160z");
    c.path(Deep, "M288 116Q400 98 512 116Q400 138 288 116z");
}

fn dress(c: &mut Canvas) {
    let wide = c.vary(190, 230);
    let patterned = c.pick(2) == 0;
    let outline = format!(
        "M330 110Q400 {} 470 110L528 130Q536 200 510 250Q486 300 490 340L{} 690Q400 730 {} 690L310 340Q314 300 290 250Q264 200 272 130z",
        210,
        400 + wide,
        400 - wide
    );
    let sleeve = "M276 128Q220 140 196 200L176 270Q210 302 262 292L294 240z";
    c.mirrored(|c| c.path(Main, sleeve));
    c.path(Deep, "M330 112Q400 86 470 112Q400 200 330 112z");
    c.path(Main, &outline);
    if patterned {
        c.path(Pattern, &outline);
        c.mirrored(|c| c.path(Pattern, sleeve));
    }
    c.path(
        Dim,
        format!(
            "M528 130Q536 200 510 250Q486 300 490 340L{} 690Q530 706 490 712Q480 480 450 340Q480 240 528 130z",
            400 + wide
        ),
    );
    c.mirrored(|c| c.line(Shade, 4, "M276 132Q268 200 292 246"));
    c.line(Shade, 4, "M350 360Q330 520 290 690M400 360V712M450 360Q470 520 506 690");
    c.path(AccentDown, "M308 330Q400 350 492 330V362Q400 384 308 362z");
    if c.pick(2) == 0 {
        c.path(Accent, "M430 350q-50 60-30 120l20-6q0-60 30-108zM440 350q40 50 46 110l-20 4q-10-60-40-104z");
    }
    c.line(Light, 9, "M330 112Q400 204 470 112");
}

fn dungarees(c: &mut Canvas) {
    let cut = c.vary(150, 170);
    c.mirrored(|c| c.line(Shade, 30, "M330 250Q318 130 366 90"));
    c.mirrored(|c| c.line(Base, 22, "M330 250Q318 130 366 90"));
    c.path(Main, "M316 230H484L510 400H290z");
    c.moved("translate(0 210) scale(1 .72)", |c| legs(c, 690, cut));
    c.path(Main, "M316 230H484L512 350Q400 370 288 350z");
    c.line(Shade, 5, "M316 246H484");
    pocket(c, 352, 262, 96, 68);
    c.mirrored(|c| {
        c.rect(Metal, 316, 214, 30, 34, 6);
        c.path(Light, format!("M{} 668Q330 690 394 676V700Q330 716 {} 690z", 400 - cut, 400 - cut));
    });
}

fn pyjamas(c: &mut Canvas) {
    c.moved("translate(196 130) scale(.78)", |c| {
        legs(c, 690, 160);
        c.path(Pattern, "M288 126H512Q550 300 560 690H408L400 330L392 690H240Q250 300 288 126z");
        c.line(Paper, 7, "M392 160Q360 210 366 260M408 160Q440 200 430 250");
    });
    c.moved("translate(-40 40) scale(.8)", |c| {
        shirt(c);
        c.line(Accent, 7, "M338 124L318 148L350 236L400 192L450 236L482 148L462 124M440 282h70");
        c.mirrored(|c| c.line(Accent, 7, "M124 538Q164 570 214 562"));
    });
}

fn robe(c: &mut Canvas) {
    let outline = body(240, 710, 34);
    top(c, "M264 168Q206 186 186 256L96 540Q150 592 220 588L276 350z", &outline, 710);
    c.mirrored(|c| c.path(Shade, "M110 496L96 540Q150 592 220 588L228 544Q160 546 110 496z"));
    c.line(Shade, 6, "M404 420L420 726");
    c.path(Deep, "M330 140Q400 112 470 140L400 380z");
    c.mirrored(|c| {
        c.line(Shade, 50, "M346 142Q352 290 400 410");
        c.line(Light, 38, "M344 142Q350 290 398 408");
    });
    c.path(AccentDown, "M262 402Q400 424 538 402V440Q400 464 262 440z");
    c.path(Accent, "M380 430q-46 80-40 170l34 4q0-90 34-170zM404 430q44 70 48 150l-32 6q-6-80-36-150z");
    c.rect(AccentDeep, 372, 410, 46, 44, 10);
    c.mirrored(|c| pocket(c, 272, 500, 82, 92));
}
