use domain::catalog::Unit::{Centimetre, Gram, Kilogram, Lumen, Millimetre};

use super::shelf::{BALL, BOTTLE, CLEAR, CLOTH, HEAD, OUTDOOR, SOFT, Shelf, TENT, WEIGHT, fine, flag, one_of, whole};

const BASE: Shelf = Shelf {
    brands: &["Fellrunner", "Pike & Pass", "Cairn & Co", "Ridgeway", "Saltpath", "Basecamp Supply", "Stride"],
    palette: OUTDOOR,
    pounds: (15, 90),
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Sports & outdoors > Camping > Tents",
        things: &[("tent", "tent"), ("tunnel tent", "tunnel-tent"), ("trekking tent", "tent")],
        qualities: &[
            ("ripstop", "ripstop nylon"),
            ("cotton", "cotton and polyester canvas"),
            ("recycled", "recycled polyester"),
        ],
        details: &[
            ("with porch", "The porch keeps boots and stove dry."),
            ("with colour-coded poles", "Poles and sleeves are colour-coded, so it stands in ten minutes."),
            ("with two entrances", "Two entrances mean nobody climbs over anybody."),
        ],
        openings: &[
            "{A thing} in {material} for weekends that start on Thursday.",
            "The {name} stands up to wind and packs into a bag.",
        ],
        sizes: Some(TENT),
        pounds: (79, 420),
        facts: &[
            whole("Packed length", Centimetre, 38, 64, 2),
            fine("Weight", Kilogram, 1_400, 6_800, 100),
            one_of("Water column", &["2,000 mm", "3,000 mm", "5,000 mm"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Camping > Sleeping bags & mats",
        things: &[("sleeping bag", "sleeping-bag"), ("camping mat", "rolled-mat")],
        quality: "Filling",
        qualities: &[
            ("down", "traceable duck down"),
            ("synthetic", "recycled hollow fibre"),
            ("light", "fine synthetic down"),
        ],
        details: &[
            ("for three seasons", "It is comfortable from spring to autumn."),
            ("with compression bag", "It packs down into the bag it comes with."),
        ],
        openings: &[
            "{A thing} filled with {material} for nights without a roof.",
            "The {name} keeps the ground and the cold where they are.",
        ],
        pounds: (32, 190),
        facts: &[
            fine("Weight", Kilogram, 480, 1_800, 20),
            whole("Packed length", Centimetre, 20, 44, 2),
            one_of("Comfort temperature", &["12 °C", "6 °C", "2 °C", "−3 °C"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Camping > Torches & stoves",
        things: &[("head torch", "head-torch"), ("camping lantern", "lantern"), ("torch", "torch")],
        quality: "Charging",
        qualities: &[("rechargeable", "USB-C"), ("compact", "AAA batteries"), ("long-life", "USB-C and AAA batteries")],
        details: &[
            ("with red light", "The red light keeps eyes used to the dark."),
            ("with three levels", "Three levels go from map-reading to path-finding."),
        ],
        openings: &[
            "{A thing} that is found in the dark and works in the rain.",
            "The {name} lights the path and forgets nobody behind.",
        ],
        pounds: (14, 75),
        facts: &[whole("Brightness", Lumen, 150, 900, 50), whole("Weight", Gram, 62, 380, 2), flag("Waterproof", 80)],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Hiking > Drinking bottles",
        things: &[("water bottle", "bottle"), ("sports bottle", "sports-bottle"), ("vacuum flask", "flask")],
        qualities: &[
            ("steel", "stainless steel"),
            ("insulated", "double-walled steel"),
            ("light", "thin-walled steel"),
        ],
        details: &[
            ("with loop cap", "A loop in the cap hangs it on a rucksack."),
            ("with straw lid", "The straw lid opens with one thumb."),
            ("with wide mouth", "The wide mouth takes ice and a brush."),
        ],
        openings: &[
            "{A thing} in {material} for hills, gyms and long meetings.",
            "The {name} keeps cold things cold all day.",
        ],
        sizes: Some(BOTTLE),
        pounds: (12, 36),
        facts: &[whole("Weight", Gram, 140, 420, 10), flag("Dishwasher safe", 60)],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Cycling > Helmets",
        things: &[("bicycle helmet", "helmet"), ("city helmet", "helmet")],
        quality: "Build",
        qualities: &[
            ("vented", "In-mould shell, 14 vents"),
            ("urban", "Hard shell, 8 vents"),
            ("light", "In-mould shell, 18 vents"),
        ],
        details: &[
            ("with magnetic buckle", "The buckle closes with one hand."),
            ("with rear light", "A light sits in the dial at the back."),
            ("with rotation protection", "A layer inside gives way when a fall twists."),
        ],
        openings: &[
            "{A thing} that sits level and is forgotten after a mile.",
            "The {name} looks like a helmet from a good city.",
        ],
        palette: CLOTH,
        sizes: Some(HEAD),
        pounds: (32, 140),
        facts: &[whole("Weight", Gram, 240, 420, 10), one_of("Standard", &["EN 1078"])],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Cycling > Bicycles",
        things: &[("city bicycle", "bicycle"), ("gravel bicycle", "bicycle"), ("folding bicycle", "folding-bicycle")],
        quality: "Frame",
        qualities: &[
            ("steel", "chromoly steel"),
            ("aluminium", "hydroformed aluminium"),
            ("single-speed", "chromoly steel, one gear"),
        ],
        details: &[
            ("with leather saddle", "The leather saddle is broken in within a month."),
            ("with hub dynamo", "A dynamo in the hub lights the way."),
            ("with mudguards", "Full mudguards keep the week off the coat."),
        ],
        openings: &[
            "{A thing} with a frame of {material}, quick and quiet.",
            "The {name} is built to be ridden every day and repaired anywhere.",
        ],
        pounds: (389, 1_490),
        facts: &[fine("Weight", Kilogram, 9_800, 15_400, 200), one_of("Brakes", &["Rim brakes", "Disc brakes"])],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Fitness > Weights",
        things: &[("dumbbell", "dumbbell"), ("kettlebell", "kettlebell")],
        qualities: &[
            ("cast-iron", "cast iron"),
            ("neoprene", "iron coated with neoprene"),
            ("vinyl-dipped", "iron dipped in vinyl"),
        ],
        details: &[
            ("with flat base", "The flat base stops it from rolling away."),
            ("with matt grip", "The matt grip stays dry."),
        ],
        openings: &["{A thing} in {material} for ten minutes before breakfast.", "The {name} needs no subscription."],
        palette: CLEAR,
        sizes: Some(WEIGHT),
        pounds: (9, 24),
        facts: &[whole("Length", Millimetre, 160, 300, 10)],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Fitness > Yoga",
        things: &[("yoga mat", "yoga-mat"), ("yoga block", "yoga-block"), ("meditation cushion", "pouf")],
        qualities: &[("cork", "natural cork"), ("natural", "natural rubber and cotton"), ("soft", "recycled foam")],
        details: &[
            ("with carry strap", "A cotton strap carries it over a shoulder."),
            ("in a firm grade", "It is firm enough to balance on."),
        ],
        openings: &[
            "{A thing} in {material} that stays where it is put.",
            "The {name} is made of {material} and smells of nothing.",
        ],
        palette: SOFT,
        pounds: (14, 85),
        facts: &[
            whole("Thickness", Millimetre, 40, 90, 5),
            fine("Weight", Kilogram, 400, 2_400, 100),
            one_of("Care", &["Wipe clean"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Ball sports > Balls",
        things: &[("football", "football"), ("basketball", "basketball"), ("volleyball", "volleyball")],
        qualities: &[
            ("hand-stitched", "hand-stitched panels"),
            ("training", "bonded, hard-wearing panels"),
            ("match", "thermo-bonded panels"),
        ],
        quality: "Build",
        details: &[
            ("with spare valve", "A spare valve and needle are in the box."),
            ("for all surfaces", "It is made for grass, sand and asphalt."),
        ],
        openings: &["{A thing} with {material} that flies straight.", "The {name} is for every day after school."],
        palette: CLEAR,
        sizes: Some(BALL),
        pounds: (12, 48),
        facts: &[whole("Weight", Gram, 260, 620, 10)],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Ball sports > Rackets",
        things: &[("tennis racket", "racket"), ("badminton racket", "racket")],
        qualities: &[("graphite", "graphite"), ("aluminium", "light aluminium"), ("carbon", "woven carbon fibre")],
        details: &[("with cork grip", "The grip is wrapped in cork."), ("with cover", "A padded cover is in the box.")],
        openings: &["{A thing} in {material}, easy to swing and kind to elbows.", "The {name} forgives a late step."],
        palette: CLEAR,
        pounds: (19, 140),
        facts: &[whole("Length", Centimetre, 66, 69, 1), whole("Weight", Gram, 88, 310, 2)],
        ..BASE
    },
    Shelf {
        path: "Sports & outdoors > Water & snow > Swimming",
        things: &[("swimming goggles", "goggles"), ("dry bag", "roll-top")],
        qualities: &[
            ("recycled", "recycled polymer"),
            ("soft", "soft silicone and polymer"),
            ("tough", "coated polymer"),
        ],
        details: &[
            ("for open water", "Made for lakes and the sea as well as the pool."),
            ("in a mesh bag", "A mesh bag lets everything dry."),
        ],
        openings: &[
            "{A thing} in {material} for early lanes and late lakes.",
            "Good in cold water: {material}, simply made.",
        ],
        palette: CLEAR,
        pounds: (9, 42),
        facts: &[whole("Weight", Gram, 40, 320, 10)],
        ..BASE
    },
];
