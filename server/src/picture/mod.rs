//! Pictures of products that have none: drawn from a motif, a colour and a seed.
//!
//! Each motif is a silhouette of its own, lit from the upper left in a few tones of one colour, on
//! paper with faint contour lines. The same address gives the same bytes on every machine. A
//! picture brings its own ground, holds no script and refers to nothing outside itself.

// Drawings are written in coordinates and in the names of paints.
#![allow(
    clippy::enum_glob_use,
    clippy::many_single_char_names,
    clippy::format_collect,
    clippy::manual_midpoint,
    clippy::cast_sign_loss,
    clippy::semicolon_if_nothing_returned,
    clippy::useless_conversion
)]

mod accessories;
mod bottoms;
mod canvas;
mod care;
mod carry;
mod cookware;
mod devices;
mod furniture;
mod games;
mod garden;
mod garments;
mod home;
mod lights;
mod motif;
mod palette;
mod paper;
mod pets;
mod plants;
mod play;
mod scene;
mod screens;
mod seats;
mod shoes;
mod sound;
mod sport;
mod tableware;
mod tailoring;
mod textiles;
mod vocabulary;
mod words;

use domain::catalog::{DrawnPicture, Picture};

use canvas::Canvas;
use scene::Scene;

pub(crate) use words::{colour_for, motif_for};

/// Views that a motif has: from the front, turned, in detail, and in use.
#[cfg(test)]
pub(crate) const VIEWS: u8 = 4;

/// Whether a motif has a drawing of its own; every other one is drawn as a parcel.
#[cfg(test)]
pub(crate) fn is_known(motif: &str) -> bool {
    motif::find(motif).is_some()
}

/// An SVG of 800 by 800 pixels, at most 12 kB. Views past the last one repeat the first.
pub(crate) fn draw(picture: &DrawnPicture) -> String {
    let motif = motif::find(picture.motif.as_str()).unwrap_or(&motif::PARCEL);
    let colour = palette::colour(picture.colour.as_str());
    let seed = palette::hash(picture.motif.as_str()) ^ picture.seed.wrapping_mul(0x85eb_ca6b);

    let mut canvas = Canvas::new(colour, seed);
    (motif.draw)(&mut canvas);
    let thing = canvas.take();
    match picture.view {
        1 => turned(&mut canvas, motif.stance, &thing),
        2 => canvas.moved("translate(400 400) scale(1.75) translate(-420 -350)", |c| {
            scene::ground_shadow(c, motif.stance);
            c.raw(&thing);
        }),
        3 => scene::company(&mut canvas, motif.scene, motif.stance, &thing),
        _ => {
            scene::ground_shadow(&mut canvas, motif.stance);
            canvas.raw(&thing);
        }
    }
    let marks = canvas.take();
    let stance = match (picture.view, motif.scene) {
        (3, Scene::Rail) => scene::Stance::Flat,
        (3, Scene::Room | Scene::Table | Scene::Outdoors) => scene::Stance::Standing(0),
        _ => motif.stance,
    };
    let backdrop = scene::backdrop(colour, stance, palette::hash(picture.motif.as_str()) ^ picture.seed);
    let side = Picture::SIDE_PIXELS;
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 800 800"><defs>{}</defs>{backdrop}{marks}</svg>"#,
        canvas.definitions(&marks),
    )
}

fn turned(canvas: &mut Canvas, stance: scene::Stance, thing: &str) {
    scene::ground_shadow(canvas, stance);
    let transform = match stance {
        scene::Stance::Standing(_) => "translate(400 640) skewY(-4) scale(-.88 1.02) translate(-400 -640)",
        scene::Stance::Flat => "rotate(-13 400 400) translate(400 400) scale(.94) translate(-400 -400)",
    };
    canvas.moved(transform, |c| c.raw(thing));
}

#[cfg(test)]
mod tests;
