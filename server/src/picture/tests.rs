use std::collections::BTreeSet;

use domain::catalog::{DrawnPicture, Paint, Picture};

use super::vocabulary::{HINTS, THINGS};
use super::words::COLOURS;
use super::{VIEWS, colour_for, draw, is_known, motif, motif_for, palette};

/// More than all nouns of the demo's tables, each of which is made once before any is made again.
const DEMO_PRODUCTS: u32 = 1_500;

fn picture(motif: &str, colour: &str, seed: u32, view: u8) -> DrawnPicture {
    DrawnPicture { motif: motif.parse().unwrap(), colour: colour.parse().unwrap(), seed, view }
}

/// Walks through the tags of an SVG and panics where one closes that is not open.
fn assert_well_formed(svg: &str, of: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some((text, tag_on)) = rest.split_once('<') {
        assert!(!text.contains('>'), "{of}: stray > in {text}");
        let (tag, after) = tag_on.split_once('>').unwrap_or_else(|| panic!("{of}: a tag without an end"));
        assert_eq!(tag.matches('"').count() % 2, 0, "{of}: quotes of <{tag}>");
        assert!(!tag.contains("{}"), "{of}: <{tag}>");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{of}: </{name}>");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or(tag));
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.is_empty(), "{of}: {open:?} {rest}");
}

#[test]
fn every_motif_of_the_demo_has_a_drawing_of_its_own() {
    let mut unknown = BTreeSet::new();
    for made in crate::demo::products(7, DEMO_PRODUCTS) {
        let of_variants = made.product.variants.iter().flat_map(|variant| &variant.pictures);
        for picture in made.product.pictures.iter().chain(of_variants) {
            if let Picture::Drawn(drawn) = picture
                && !is_known(drawn.motif.as_str())
            {
                unknown.insert(drawn.motif.to_string());
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn drawings_are_well_formed_and_light_in_every_view() {
    for motif in motif::all().map(|motif| motif.name).chain(["parcel"]) {
        for view in 0..VIEWS {
            for seed in 0..6 {
                let svg = draw(&picture(motif, "teal", seed, view));
                let of = format!("{motif}.teal.{seed}.{view}");
                assert_well_formed(&svg, &of);
                assert!((1_024..=12_288).contains(&svg.len()), "{of} has {} bytes", svg.len());
            }
        }
    }
}

#[test]
fn drawings_hold_no_script_and_refer_to_nothing_outside() {
    for motif in motif::all() {
        let svg = draw(&picture(motif.name, "clay", 3, 3));
        let links = svg.matches("href=").count();
        assert_eq!(links, svg.matches(r##"href="#"##).count(), "{}", motif.name);
        assert!(!svg.contains("<script") && !svg.contains("<image"), "{}", motif.name);
        for reference in svg.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')) {
            assert!(svg.contains(&format!(r#"id="{}""#, reference.0)), "{}: {}", motif.name, reference.0);
        }
    }
}

#[test]
fn the_same_address_gives_the_same_bytes() {
    for motif in motif::all() {
        let wanted = picture(motif.name, "forest", 41, 3);
        assert_eq!(draw(&wanted), draw(&wanted), "{}", motif.name);
    }
}

#[test]
fn colours_seeds_and_views_make_other_pictures() {
    let of = |colour, seed, view| draw(&picture("mug", colour, seed, view));
    assert_ne!(of("teal", 1, 0), of("clay", 1, 0));
    assert_ne!(of("teal", 1, 0), of("teal", 2, 0));
    let views: BTreeSet<String> = (0..VIEWS).map(|view| of("teal", 1, view)).collect();
    assert_eq!(views.len(), usize::from(VIEWS));
}

#[test]
fn no_two_motifs_draw_the_same_thing_and_none_is_a_parcel() {
    let mut drawn = BTreeSet::from([body("parcel")]);
    for motif in motif::all() {
        // A fridge magnet is shown as a little sign.
        assert!(motif.name == "magnet" || drawn.insert(body(motif.name)), "{}", motif.name);
    }
}

/// The marks of a motif without what differs by its name: the ground and the dice.
fn body(name: &str) -> String {
    let motif = motif::find(name).unwrap_or(&motif::PARCEL);
    let mut canvas = super::Canvas::new(palette::colour("teal"), 1);
    (motif.draw)(&mut canvas);
    canvas.take()
}

#[test]
fn an_unknown_motif_is_drawn_as_a_parcel() {
    assert!(!is_known("flux-capacitor"));
    let svg = draw(&picture("flux-capacitor", "teal", 5, 0));
    assert_well_formed(&svg, "flux-capacitor");
    // The bow, which no other motif has.
    assert!(svg.contains("q-70-96-108-44q-6 44 108 44q114 0 108-44q-38-52-108 44z"));
}

#[test]
fn names_of_motifs_are_unique_and_can_stand_in_an_address() {
    let mut names = BTreeSet::from(["parcel"]);
    for motif in motif::all() {
        assert!(names.insert(motif.name), "{} is drawn twice", motif.name);
        assert!(motif.name.parse::<domain::catalog::Slug>().is_ok(), "{}", motif.name);
    }
}

#[test]
fn what_titles_are_guessed_to_be_can_be_drawn() {
    for (motif, _) in THINGS.iter().chain(HINTS) {
        assert!(*motif == "parcel" || is_known(motif), "{motif}");
    }
}

#[test]
fn titles_of_a_gift_shop_get_the_thing_that_is_sold() {
    for (title, motif) in [
        ("White hanging heart t-light holder", "tea-light"),
        ("JUMBO BAG RED RETROSPOT", "tote"),
        ("Spaceboy lunch box", "lunch-box"),
        ("Regency cakestand 3 tier", "cake-stand"),
        ("Party bunting", "bunting"),
        ("Teapot mug", "mug"),
        ("Set of 6 soldier skittles", "parcel"),
        ("Hand warmer owl design", "gloves"),
        ("Children's apron", "apron"),
    ] {
        assert_eq!(motif_for(title).as_str(), motif, "{title}");
    }
}

#[test]
fn titles_of_electronics_get_the_thing_and_not_what_it_goes_with() {
    for (title, motif) in [
        ("griffin iphone 4 case - black", "phone-case"),
        ("sandisk 4gb cruzer usb flash drive", "usb-stick"),
        ("elite screens cinema235 fixed frame projection screen", "screen"),
        ("canon printer ink, magenta", "ink-cartridge"),
        ("sony in-ear headphones", "headphones"),
        ("neoprene laptop sleeve 15.4 inch", "laptop-sleeve"),
        ("kingston 2gb memory", "chip"),
        ("case for apple ipad tablet", "phone-case"),
        ("replacement batteries", "battery"),
    ] {
        assert_eq!(motif_for(title).as_str(), motif, "{title}");
    }
}

#[test]
fn what_nobody_knows_is_a_parcel() {
    assert_eq!(motif_for("xyzzy 3000").as_str(), "parcel");
    assert_eq!(motif_for("").as_str(), "parcel");
}

#[test]
fn a_colour_in_the_title_is_the_colour_of_the_picture() {
    for (title, colour) in
        [("Small red retrospot mug", "poppy"), ("Teal vase", "teal"), ("IVORY lantern", "chalk"), ("navy/white", "ink")]
    {
        assert_eq!(colour_for(title).as_str(), colour, "{title}");
    }
}

#[test]
fn titles_without_a_colour_keep_theirs_and_differ() {
    let titles = ["lunch box", "cake stand", "usb hub", "wall clock", "jam jar", "doormat", "bunting", "umbrella"];
    let colours: BTreeSet<_> = titles.iter().map(|title| colour_for(title).to_string()).collect();
    assert!(colours.len() > 3, "{colours:?}");
    assert_eq!(colour_for("lunch box"), colour_for("LUNCH BOX!"));
}

#[test]
fn every_name_of_the_tables_is_found() {
    for (motif, names) in THINGS {
        for name in names.split(", ") {
            assert_eq!(motif_for(name).as_str(), *motif, "{name}");
        }
    }
    for (colour, names) in COLOURS {
        assert!(Paint::named(colour).is_some(), "{colour}");
        for name in names.split(", ") {
            assert_eq!(colour_for(name).as_str(), *colour, "{name}");
        }
    }
}
