//! Puzzles, board games, cards, dice and craft kits.

use super::canvas::{Canvas, Paint, Paint::*};
use super::motif::{Motif, flat, standing};
use super::scene::Scene;

pub(super) const MOTIFS: &[Motif] = &[
    flat("puzzle", Scene::Table, puzzle),
    standing("board-game", 250, Scene::Table, board_game),
    flat("card-game", Scene::Table, card_game),
    standing("dice-game", 230, Scene::Table, dice_game),
    standing("craft-box", 220, Scene::Table, craft_box),
];

/// A piece with a tab to the right and one below, and gaps on the other sides.
const PIECE: &str = "M0 0H56Q68 14 54 28Q50 52 80 52T106 28Q92 14 104 0H160V56Q174 68 188 54Q212 50 212 80T188 106Q174 92 160 104V160H104Q92 174 106 188Q110 212 80 212T54 188Q68 174 56 160H0V104Q14 92 28 106Q52 110 52 80T28 54Q14 68 0 56z";

fn puzzle(c: &mut Canvas) {
    for (column, row, paint) in [
        (0, 0, Main),
        (1, 0, Light),
        (2, 0, Accent),
        (0, 1, Accent),
        (1, 1, Main),
        (2, 1, Shade),
        (0, 2, Light),
        (1, 2, Accent),
    ] {
        c.moved(&format!("translate({} {})", 136 + column * 160, 116 + row * 160), |c| {
            c.path(paint, PIECE);
            c.line(Deep, 3, PIECE);
            c.line(Glass, 4, "M6 52V6H52");
        });
    }
    let away = c.vary(8, 24);
    c.moved(&format!("translate(500 490) rotate({away} 80 80)"), |c| {
        c.moved("translate(10 12)", |c| c.path(Dim, PIECE));
        c.path(Main, PIECE);
        c.line(Deep, 3, PIECE);
        c.line(Glass, 5, "M6 52V6H52");
    });
}

fn pawn(c: &mut Canvas, paint: Paint, x: i32, foot: i32) {
    c.path(paint, format!("M{} {foot}q4-24 26-40q14-30 8-60h44q-6 30 8 60q22 16 26 40q-56 16-112 0z", x - 56));
    c.oval(paint, x, foot - 120, 36, 36);
    c.path(Dim, format!("M{} {}q-6 30 8 60q22 16 26 40q-30 10-56 10q10-60 6-110z", x + 22, foot - 100));
    c.oval(Shine, x - 12, foot - 132, 10, 10);
}

fn board_game(c: &mut Canvas) {
    c.cuboid([Down, Light, Deep], 150, 500, 400, 140, 110);
    c.cuboid([Main, Light, Shade], 140, 450, 420, 90, 116);
    c.rect(PaperDown, 190, 470, 210, 50, 8);
    c.line(Ink, 9, "M214 488h130");
    c.line(Accent, 7, "M214 506h90");
    c.path(Base, "M166 444L268 398H640L552 444z");
    for i in 0..5 {
        c.path(if i % 2 == 0 { Accent } else { Paper }, format!("M{} 436l26-12h50l-26 12z", 200 + i * 64));
        c.path(if i % 2 == 0 { Paper } else { Accent }, format!("M{} 420l24-11h50l-24 11z", 234 + i * 64));
    }
    pawn(c, AccentDown, 300, 424);
    pawn(c, Down, 420, 410);
    pawn(c, WoodDown, 524, 426);
    c.cuboid([PaperDown, Paper, PaperShade], 600, 576, 58, 58, 24);
    c.oval(Ink, 616, 592, 6, 6);
    c.oval(Ink, 642, 618, 6, 6);
}

fn card_game(c: &mut Canvas) {
    for (i, turn) in [-32, -14, 4, 22].into_iter().enumerate() {
        c.rotated(turn, 400, 760, |c| {
            c.rect(Dim, 296, 176, 226, 334, 22);
            c.rect(PaperDown, 288, 168, 226, 334, 22);
            let paint = [Accent, Main, Ink, Base][i];
            if i == 3 {
                c.rect(Main, 304, 184, 194, 302, 12);
                c.rect(Pattern, 304, 184, 194, 302, 12);
                c.path(Light, "M400 250l22 64l64 22l-64 22l-22 64l-22-64l-64-22l64-22z");
            } else {
                c.path(paint, "M312 192l14 20l-14 20l-14-20z");
                c.path(
                    paint,
                    "M400 270Q330 330 350 372Q376 398 396 366L384 406H416L404 366Q424 398 450 372Q470 330 400 270z",
                );
            }
        });
    }
    c.path(Shade, "M290 640h220v80H290z");
    c.rect(Down, 280, 560, 240, 150, 14);
    c.rect(PaperDown, 316, 596, 168, 74, 8);
    c.line(Ink, 8, "M340 624h120M360 646h80");
}

fn die(c: &mut Canvas, paints: [Paint; 3], dots: Paint, x: i32, y: i32) {
    c.cuboid(paints, x, y, 150, 150, 60);
    for (dx, dy) in [(34, 34), (75, 75), (116, 116), (34, 116), (116, 34)] {
        c.oval(dots, x + dx, y + dy, 14, 14);
    }
    c.oval(dots, x + 104, y - 15, 20, 8);
    c.oval(dots, x + 172, y + 40, 8, 15);
    c.oval(dots, x + 190, y + 90, 8, 15);
}

fn dice_game(c: &mut Canvas) {
    c.moved("translate(-70 70) rotate(4 480 370)", |c| {
        c.path(Main, "M360 180L340 440Q470 480 620 440L596 180z");
        c.path(Dim, "M530 180H596L620 440Q560 458 520 460z");
        c.path(AccentDown, "M346 370Q470 404 614 370L617 406Q470 440 343 406z");
        c.oval(Light, 478, 182, 120, 30);
        c.oval(Deep, 478, 184, 104, 24);
    });
    die(c, [AccentDown, Accent, AccentDeep], Paper, 450, 490);
    die(c, [PaperDown, Paper, PaperShade], Ink, 180, 490);
}

fn craft_box(c: &mut Canvas) {
    c.path(Shade, "M170 440L250 250H650L560 440z");
    c.path(PaperDown, "M206 436L268 276H612L540 436z");
    for (x, paint) in [(250, Accent), (350, WoodDown), (450, Down)] {
        c.rect(WoodDeep, x, 340, 76, 20, 6);
        c.rect(paint, x + 8, 356, 60, 90, 6);
        c.line(Glass, 5, format!("M{} 376h56M{} 398h56M{} 420h56", x + 10, x + 10, x + 10));
    }
    c.cuboid([Main, Dim, Shade], 160, 440, 400, 200, 90);
    c.rect(PaperDown, 230, 490, 260, 100, 12);
    c.path(Accent, "M360 574q-60-34-50-62q16-24 50 6q34-30 50-6q10 28-50 62z");
    c.line(MetalDeep, 8, "M600 610L660 470");
    c.oval(Accent, 664, 462, 22, 22);
}
