use domain::catalog::Unit::{Centimetre, Gram};

use super::shelf::{
    BELT, CHILDREN, CLOTH, CLOTHES, Colours, HEAD, JEWEL, LEATHER, Naming, PLAY, QUIET, RING, SOCK, SOFT, Shelf, WAIST,
    flag, one_of, whole,
};

pub(super) const BASE: Shelf = Shelf {
    brands: &["Fold & Fray", "Marlow Knit", "Tern", "Ostrey", "Plainsong", "Holloway Row", "Nine Acres"],
    naming: Naming::Person,
    palette: CLOTH,
    sizes: Some(CLOTHES),
    pounds: (18, 90),
    facts: &[one_of("Care", &["Machine wash at 30 °C", "Machine wash at 40 °C", "Hand wash"])],
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Clothing > Trousers & skirts > Trousers",
        things: &[("trousers", "trousers"), ("chinos", "trousers"), ("jeans", "jeans")],
        qualities: &[
            ("cotton", "cotton twill"),
            ("organic", "organic cotton"),
            ("stretch", "cotton with a little stretch"),
            ("heavyweight", "heavyweight cotton"),
        ],
        details: &[
            ("in a straight cut", "They are cut straight from the knee."),
            ("in a tapered cut", "They taper towards the ankle."),
            ("with a high waist", "The waist is high and sits still."),
            ("with deep pockets", "The pockets are deep, on all sides."),
        ],
        openings: &[
            "{A thing} in {material} for work, weekends and the way between.",
            "Good cloth and good seams: {material}, sewn to last.",
        ],
        sizes: Some(WAIST),
        pounds: (32, 120),
        ..BASE
    },
    Shelf {
        path: "Clothing > Trousers & skirts > Shorts & skirts",
        things: &[("shorts", "shorts"), ("midi skirt", "skirt"), ("pleated skirt", "skirt")],
        qualities: &[
            ("linen", "washed linen"),
            ("cotton", "cotton twill"),
            ("corduroy", "fine corduroy"),
            ("tencel", "flowing tencel"),
        ],
        details: &[
            ("with elastic waist", "The elastic waist is hidden at the back."),
            ("with side pockets", "There are pockets in the side seams."),
            ("with button front", "Buttons run down the front."),
        ],
        openings: &["{A thing} in {material} for warm days and bicycle rides.", "Easy {material} with an easy waist."],
        pounds: (22, 85),
        ..BASE
    },
    Shelf {
        path: "Clothing > Dresses > Day dresses",
        things: &[("midi dress", "dress"), ("shirt dress", "dress"), ("wrap dress", "dress")],
        qualities: &[
            ("linen", "washed linen"),
            ("viscose", "flowing viscose"),
            ("cotton", "organic cotton"),
            ("jersey", "soft jersey"),
        ],
        details: &[
            ("with pockets", "It has pockets, and they are deep."),
            ("with tie waist", "A tie at the waist shapes it."),
            ("with puff sleeves", "The sleeves are gathered at the shoulder."),
            ("in a small print", "A small print covers it all over."),
        ],
        openings: &[
            "{A thing} in {material} that needs nothing but shoes.",
            "The {name} falls well, washes well and packs small.",
        ],
        pounds: (38, 150),
        ..BASE
    },
    Shelf {
        path: "Clothing > Accessories > Hats & beanies",
        things: &[("beanie", "beanie"), ("cap", "cap"), ("sun hat", "hat")],
        qualities: &[("cotton", "organic cotton"), ("wool", "fine wool"), ("recycled", "recycled yarn")],
        details: &[
            ("with turned edge", "The edge is turned up and sewn down."),
            ("with woven label", "A small woven label sits at the side."),
            ("with soft lining", "The lining is soft on the forehead."),
        ],
        openings: &[
            "{A thing} in {material} that packs flat in a pocket.",
            "For wind, sun or bad hair: {material}, simply made.",
        ],
        sizes: Some(HEAD),
        pounds: (12, 48),
        ..BASE
    },
    Shelf {
        path: "Clothing > Accessories > Scarves & gloves",
        things: &[("scarf", "scarf"), ("gloves", "gloves")],
        qualities: &[
            ("lambswool", "pure lambswool"),
            ("merino", "fine merino"),
            ("alpaca", "baby alpaca"),
            ("cashmere", "pure cashmere"),
        ],
        details: &[
            ("in a broad rib", "The broad rib is warm and springy."),
            ("with contrast edge", "The edge is knitted in a second colour."),
            ("in a fine check", "A fine check is knitted in."),
        ],
        openings: &[
            "{A thing} in {material} for cold mornings at the bus stop.",
            "Soft {material} that does not scratch.",
        ],
        sizes: None,
        pounds: (16, 95),
        facts: &[one_of("Care", &["Hand wash and dry flat"]), one_of("Origin", &["Scotland", "Portugal", "Peru"])],
        ..BASE
    },
    Shelf {
        path: "Clothing > Accessories > Socks",
        things: &[("socks", "socks"), ("walking socks", "socks"), ("ankle socks", "socks")],
        qualities: &[
            ("merino", "merino wool"),
            ("cotton", "combed cotton"),
            ("bamboo", "bamboo and cotton"),
            ("recycled", "recycled cotton"),
        ],
        details: &[
            ("with terry sole", "The sole is looped inside and soft to walk on."),
            ("with hand-linked toe", "The toe is linked by hand and has no seam."),
            ("in stripes", "Stripes make them easy to pair."),
        ],
        openings: &[
            "{A thing} in {material} that stay up.",
            "Good {thing} in {material}, knitted without a seam that rubs.",
        ],
        sizes: Some(SOCK),
        pounds: (6, 24),
        ..BASE
    },
    Shelf {
        path: "Clothing > Accessories > Belts",
        things: &[("belt", "belt")],
        qualities: &[("leather", "vegetable-tanned leather"), ("woven", "woven leather"), ("bridle", "bridle leather")],
        details: &[
            ("with brass buckle", "The buckle is solid brass."),
            ("with hand-painted edge", "The edges are painted and polished by hand."),
        ],
        openings: &[
            "{A thing} in {material}, cut from one piece.",
            "The {name} is made of {material} and will be good for decades.",
        ],
        palette: LEATHER,
        sizes: Some(BELT),
        pounds: (22, 85),
        facts: &[whole("Width", Centimetre, 3, 4, 1), one_of("Care", &["Wipe clean and wax once a year"])],
        ..BASE
    },
    Shelf {
        path: "Clothing > Accessories > Sunglasses",
        things: &[("sunglasses", "sunglasses")],
        quality: "Frame",
        qualities: &[("round", "Round"), ("square", "Square"), ("cat-eye", "Cat-eye"), ("aviator", "Aviator")],
        details: &[
            ("with polarised lenses", "The lenses are polarised and filter all ultraviolet light."),
            ("with case", "A folding case is in the box."),
        ],
        openings: &[
            "{A thing} with spring hinges and frames of bio-acetate.",
            "Light frames by {brand} for bright days.",
        ],
        palette: QUIET,
        sizes: None,
        pounds: (18, 130),
        facts: &[whole("Weight", Gram, 18, 34, 1)],
        ..BASE
    },
    Shelf {
        path: "Clothing > Jewellery > Necklaces & earrings",
        things: &[("necklace", "necklace"), ("pendant necklace", "necklace"), ("earrings", "earrings")],
        quality: "Finish",
        qualities: &[
            ("hammered", "hammered by hand"),
            ("polished", "highly polished"),
            ("fine", "drawn fine"),
            ("brushed", "brushed matt"),
        ],
        details: &[
            ("in a gift box", "The box needs no more wrapping."),
            ("with hidden clasp", "The clasp can be worked with one hand."),
        ],
        openings: &[
            "{A thing}, {material}, made in a small workshop.",
            "Small, light and {material}: jewellery for every day.",
        ],
        brands: &["Ebb & Ore", "Fenn Goldsmiths", "Tiny Anchor", "Marrow Lane"],
        palette: JEWEL,
        sizes: None,
        pounds: (18, 180),
        facts: &[
            one_of("Metal base", &["Recycled silver", "Recycled brass", "Surgical steel"]),
            flag("Nickel free", 90),
        ],
        ..BASE
    },
    Shelf {
        path: "Clothing > Jewellery > Rings",
        things: &[("ring", "ring"), ("signet ring", "ring")],
        quality: "Finish",
        qualities: &[("hammered", "hammered by hand"), ("polished", "highly polished"), ("fine", "drawn fine")],
        details: &[("in a gift box", "The box needs no more wrapping."), ("with stone", "A small stone is set flush.")],
        openings: &[
            "{A thing}, {material}, made in a small workshop.",
            "A quiet {thing}, {material}, to wear alone or with others.",
        ],
        brands: &["Ebb & Ore", "Fenn Goldsmiths", "Tiny Anchor", "Marrow Lane"],
        palette: JEWEL,
        colours: Colours::One,
        sizes: Some(RING),
        pounds: (22, 190),
        facts: &[whole("Width", domain::catalog::Unit::Millimetre, 2, 6, 1), flag("Nickel free", 90)],
        ..BASE
    },
    Shelf {
        path: "Clothing > Children > Children's clothes",
        things: &[("dungarees", "dungarees"), ("children's jumper", "jumper"), ("children's raincoat", "rain-jacket")],
        qualities: &[("organic", "organic cotton"), ("recycled", "recycled fibres"), ("soft", "brushed cotton")],
        details: &[
            ("with room to grow", "Turned-up hems let out as the child grows."),
            ("with patch pockets", "Two pockets hold stones, conkers and string."),
            ("with name label", "A label inside has room for a name."),
        ],
        openings: &[
            "{A thing} in {material} for puddles, trees and parties.",
            "Tough {material} that is soft on the inside.",
        ],
        palette: PLAY,
        sizes: Some(CHILDREN),
        pounds: (18, 62),
        ..BASE
    },
    Shelf {
        path: "Clothing > Nightwear > Pyjamas & dressing gowns",
        things: &[("pyjamas", "pyjamas"), ("dressing gown", "robe")],
        qualities: &[
            ("cotton", "brushed cotton"),
            ("linen", "washed linen"),
            ("jersey", "organic cotton jersey"),
            ("waffle", "cotton waffle"),
        ],
        details: &[
            ("with piped edges", "The edges are piped in a second colour."),
            ("with deep pockets", "The pockets are deep enough for a book."),
        ],
        openings: &[
            "{A thing} in {material} for slow mornings.",
            "Loose, light {material} for sleeping in and staying in.",
        ],
        palette: SOFT,
        pounds: (28, 95),
        ..BASE
    },
];
