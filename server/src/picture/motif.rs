use super::canvas::{Canvas, Paint};
use super::scene::{Scene, Stance};
use super::{
    accessories, bottoms, care, carry, cookware, devices, furniture, games, garden, garments, home, lights, paper,
    pets, plants, play, screens, seats, shoes, sound, sport, tableware, textiles,
};

/// One thing that can be drawn.
pub(super) struct Motif {
    pub(super) name: &'static str,
    pub(super) stance: Stance,
    pub(super) scene: Scene,
    pub(super) draw: fn(&mut Canvas),
}

/// A motif that stands on a foot of this half width.
pub(super) const fn standing(name: &'static str, half_width: i32, scene: Scene, draw: fn(&mut Canvas)) -> Motif {
    Motif { name, stance: Stance::Standing(half_width), scene, draw }
}

/// A motif that lies or hangs.
pub(super) const fn flat(name: &'static str, scene: Scene, draw: fn(&mut Canvas)) -> Motif {
    Motif { name, stance: Stance::Flat, scene, draw }
}

const FAMILIES: [&[Motif]; 23] = [
    lights::MOTIFS,
    home::MOTIFS,
    textiles::MOTIFS,
    furniture::MOTIFS,
    seats::MOTIFS,
    tableware::MOTIFS,
    cookware::MOTIFS,
    devices::MOTIFS,
    sound::MOTIFS,
    screens::MOTIFS,
    garments::MOTIFS,
    bottoms::MOTIFS,
    accessories::MOTIFS,
    shoes::MOTIFS,
    carry::MOTIFS,
    sport::MOTIFS,
    play::MOTIFS,
    games::MOTIFS,
    paper::MOTIFS,
    care::MOTIFS,
    garden::MOTIFS,
    plants::MOTIFS,
    pets::MOTIFS,
];

pub(super) const PARCEL: Motif = standing("parcel", 190, Scene::Set, parcel);

pub(super) fn find(name: &str) -> Option<&'static Motif> {
    all().find(|motif| motif.name == name)
}

pub(super) fn all() -> impl Iterator<Item = &'static Motif> {
    FAMILIES.into_iter().flatten()
}

fn parcel(c: &mut Canvas) {
    let height = c.vary(200, 280);
    let top = 640 - height;
    c.cuboid([Paint::Main, Paint::Light, Paint::Shade], 190, top, 340, height, 90);
    c.path(Paint::AccentDown, format!("M330 {top}h56v{height}h-56z"));
    c.path(Paint::Accent, format!("M330 {top}l90-45h56l-90 45z"));
    c.path(Paint::AccentDeep, format!("M400 {}q-70-96-108-44q-6 44 108 44q114 0 108-44q-38-52-108 44z", top - 20));
    c.oval(Paint::Accent, 400, top - 24, 22, 16);
}
