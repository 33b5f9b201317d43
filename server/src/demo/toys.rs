use domain::catalog::Unit::{Centimetre, Gram, Millimetre, Piece};

use super::shelf::{CLEAR, Colours, EARTH, Naming, PIECES, PLAY, SOFT, Shelf, flag, one_of, whole};

const BASE: Shelf = Shelf {
    brands: &[
        "Button & Bear",
        "Little Lighthouse",
        "Pockets",
        "Treehouse Toys",
        "Wobble",
        "Marbleworks",
        "Fuchs & Kind",
    ],
    naming: Naming::Person,
    palette: PLAY,
    pounds: (9, 50),
    ..Shelf::EMPTY
};

const AGES: &[&str] = &["From birth", "From 12 months", "From 2 years", "From 3 years"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Toys & games > Soft toys > Teddies & animals",
        things: &[("teddy bear", "teddy"), ("rabbit soft toy", "rabbit"), ("elephant soft toy", "elephant")],
        qualities: &[
            ("plush", "recycled plush"),
            ("corduroy", "soft corduroy"),
            ("linen", "washed linen"),
            ("knitted", "knitted cotton"),
        ],
        details: &[
            ("with embroidered eyes", "Eyes and nose are embroidered, so nothing can come off."),
            ("with striped scarf", "The striped scarf is sewn on."),
            ("with weighted feet", "Weighted feet let it sit without help."),
        ],
        openings: &[
            "{A thing} in {material} to be carried by one arm.",
            "Meet {name}: made of {material}, good at listening.",
        ],
        palette: EARTH,
        pounds: (12, 45),
        facts: &[
            whole("Height", Centimetre, 18, 46, 2),
            one_of("Age", AGES),
            one_of("Care", &["Hand wash", "Machine wash at 30 °C"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Wooden toys > Building blocks",
        things: &[("building blocks", "blocks"), ("stacking rings", "stacking-rings"), ("stacking tower", "blocks")],
        qualities: &[("beech", "solid beech"), ("maple", "solid maple"), ("lime", "soft lime wood")],
        details: &[
            ("in a cotton bag", "A cotton bag holds every piece."),
            ("with water-based paint", "The paint is water-based and safe to chew."),
        ],
        openings: &[
            "{A thing} in {material} for towers, bridges and their collapse.",
            "Smooth {material}, rounded corners and good colours.",
        ],
        pounds: (12, 58),
        facts: &[whole("Pieces", Piece, 8, 100, 4), one_of("Age", AGES)],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Wooden toys > Cars & trains",
        things: &[("toy car", "toy-car"), ("toy train", "toy-train"), ("toy van", "toy-van")],
        qualities: &[("beech", "solid beech"), ("birch", "birch plywood"), ("rubberwood", "rubberwood")],
        details: &[
            ("with rubber tyres", "Rubber tyres keep it quiet on wooden floors."),
            ("with peg passenger", "A small wooden passenger goes along."),
        ],
        openings: &[
            "{A thing} in {material} for roads along the edge of the rug.",
            "Rounded, solid and quick: {material} on four good wheels.",
        ],
        pounds: (9, 48),
        facts: &[whole("Length", Millimetre, 110, 360, 10), one_of("Age", AGES)],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Puzzles > Jigsaw puzzles",
        things: &[("jigsaw puzzle", "puzzle"), ("panorama puzzle", "puzzle")],
        quality: "Picture",
        qualities: &[
            ("harbour", "a harbour at dawn"),
            ("alpine", "a mountain hut in snow"),
            ("botanical", "forty garden plants"),
            ("map", "an old map of the stars"),
            ("market", "a market square"),
        ],
        details: &[
            ("with poster", "A poster of the picture is folded in."),
            ("in recycled board", "Pieces and box are recycled board."),
            ("with cotton bag", "The pieces come in a cotton bag, not in plastic."),
        ],
        openings: &[
            "{A thing} that shows {material}.",
            "A rainy weekend with {material}: the {thing} fits without gaps.",
        ],
        palette: CLEAR,
        sizes: Some(PIECES),
        pounds: (11, 22),
        facts: &[one_of("Age", &["From 10 years", "From 12 years"])],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Games > Board & card games",
        things: &[("board game", "board-game"), ("card game", "card-game"), ("dice game", "dice-game")],
        quality: "Theme",
        qualities: &[
            ("island", "discovering islands"),
            ("market", "trading on a market"),
            ("railway", "building railways"),
            ("lighthouse", "finding the way at night"),
            ("garden", "planting a garden"),
        ],
        details: &[
            ("for the family", "Grown-ups don't need to let anybody win."),
            ("for two", "It is at its best with two."),
            ("for travelling", "The box fits a coat pocket."),
        ],
        openings: &[
            "{A thing} about {material}, explained in five minutes.",
            "{name} is about {material}, with short turns and good surprises.",
        ],
        palette: CLEAR,
        colours: Colours::One,
        pounds: (9, 48),
        facts: &[
            one_of("Playing time", &["15 minutes", "30 minutes", "45 minutes", "90 minutes"]),
            one_of("Players", &["2", "2–4", "2–6", "3–8"]),
            one_of("Age", &["From 6 years", "From 8 years", "From 12 years"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Outdoor play > Kites & hoops",
        things: &[("kite", "kite"), ("skipping rope", "skipping-rope"), ("spinning top", "spinning-top")],
        qualities: &[
            ("classic", "cotton, ash and good paint"),
            ("light", "light wood and ripstop"),
            ("painted", "hand-painted wood and cloth"),
        ],
        details: &[
            ("in a gift tube", "It comes in a tube of card."),
            ("for small hands", "Handles and grips are made for small hands."),
        ],
        openings: &["{A thing} of {material} for windy Saturdays.", "Made of {material}, as such things always were."],
        pounds: (8, 38),
        facts: &[whole("Weight", Gram, 60, 420, 20), one_of("Age", &["From 3 years", "From 5 years"])],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Babies > Rattles & mobiles",
        things: &[("rattle", "rattle"), ("cot mobile", "mobile"), ("baby play blanket", "blanket")],
        qualities: &[
            ("organic", "organic cotton"),
            ("crocheted", "crocheted cotton"),
            ("soft", "soft cotton and beech"),
        ],
        details: &[
            ("with clouds", "Small clouds are stitched on."),
            ("with beech ring", "A ring of untreated beech is pleasant to bite."),
        ],
        openings: &[
            "{A thing} in {material} for the first year.",
            "Made of {material} for hands that have just been discovered.",
        ],
        palette: SOFT,
        pounds: (9, 42),
        facts: &[one_of("Age", &["From birth"]), one_of("Care", &["Hand wash", "Machine wash at 30 °C"])],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Pretend play > Dolls & dolls' houses",
        things: &[("rag doll", "doll"), ("dolls' house", "dolls-house")],
        qualities: &[("handmade", "cotton, wool and wood"), ("painted", "painted wood and cloth")],
        details: &[
            ("with spare clothes", "A second set of clothes is in the box."),
            ("with name tag", "A tag waits for a name."),
        ],
        openings: &[
            "{A thing} of {material} with a friendly face.",
            "{name} is made of {material} and has time for stories.",
        ],
        pounds: (18, 120),
        facts: &[whole("Height", Centimetre, 28, 60, 2), one_of("Age", &["From 3 years"]), flag("Hand finished", 80)],
        ..BASE
    },
    Shelf {
        path: "Toys & games > Making > Paint & craft",
        things: &[("watercolour set", "paint-set"), ("crayons", "pencils"), ("craft kit", "craft-box")],
        quality: "Contents",
        qualities: &[("12-colour", "12 colours"), ("24-colour", "24 colours"), ("36-colour", "36 colours")],
        details: &[
            ("in a tin", "The tin closes with a click."),
            ("with brush", "A brush is in the box."),
            ("with sketch pad", "A small sketch pad is in the box."),
        ],
        openings: &[
            "{A thing} with {material} that mix well.",
            "Bright, washable and safe: {material} for the kitchen table.",
        ],
        colours: Colours::One,
        pounds: (7, 34),
        facts: &[one_of("Age", &["From 3 years", "From 5 years"]), flag("Washable", 85)],
        ..BASE
    },
];
