use domain::catalog::Unit::{Centimetre, Kilogram};

use super::shelf::{BED, EARTH, QUIET, Shelf, TABLE, WOOD, flag, one_of, whole};

const BASE: Shelf = Shelf {
    quality: "Style",
    brands: &["Halden", "Joiner & Daughters", "Ostby", "Fallow Furniture", "Larkwright", "Nordvik", "Studio Merle"],
    palette: WOOD,
    pounds: (80, 600),
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Furniture > Seating > Dining chairs",
        things: &[("dining chair", "chair"), ("spindle-back chair", "spindle-chair"), ("bentwood chair", "chair")],
        qualities: &[("stacking", "Stacking"), ("classic", "Classic"), ("slim", "Slim")],
        details: &[
            ("with paper-cord seat", "The seat is woven by hand from paper cord."),
            ("with curved back", "The back is steamed and bent to fit a spine."),
            ("with upholstered seat", "The seat is upholstered in hard-wearing wool."),
        ],
        openings: &["{A thing} that is light to move and hard to wear out.", "The {name} is a chair for long dinners."],
        pounds: (55, 260),
        facts: &[
            whole("Seat height", Centimetre, 43, 47, 1),
            whole("Width", Centimetre, 42, 54, 1),
            whole("Weight", Kilogram, 3, 7, 1),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Seating > Armchairs",
        things: &[("armchair", "armchair"), ("wing chair", "wing-chair"), ("rocking chair", "armchair")],
        quality: "Material",
        qualities: &[
            ("linen", "a linen blend"),
            ("velvet", "cotton velvet"),
            ("bouclé", "wool-blend bouclé"),
            ("leather", "vegetable-tanned leather"),
        ],
        details: &[
            ("with oak legs", "The legs are solid oak and screw off for moving house."),
            ("with loose seat cushion", "The seat cushion turns over and wears evenly."),
            ("with high back", "The high back carries the head as well."),
        ],
        openings: &[
            "{A thing} in {material} to read a whole book in.",
            "The {name} is upholstered in {material} over a frame of beech.",
        ],
        palette: EARTH,
        pounds: (220, 980),
        facts: &[
            whole("Width", Centimetre, 68, 88, 1),
            whole("Height", Centimetre, 78, 108, 1),
            whole("Maximum load", Kilogram, 120, 150, 10),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Seating > Sofas",
        things: &[("two-seat sofa", "sofa"), ("three-seat sofa", "sofa"), ("corner sofa", "corner-sofa")],
        quality: "Material",
        qualities: &[
            ("linen", "a linen blend"),
            ("velvet", "cotton velvet"),
            ("wool", "felted wool"),
            ("corduroy", "soft corduroy"),
        ],
        details: &[
            ("with removable covers", "Every cover comes off and goes to the laundry."),
            ("with feather cushions", "The cushions are feather around a firm core."),
            ("with oak feet", "The feet are solid oak."),
        ],
        openings: &[
            "{A thing} in {material} for a whole family and a dog.",
            "The {name} is built on a beech frame and covered in {material}.",
        ],
        palette: EARTH,
        pounds: (480, 2_400),
        facts: &[
            whole("Width", Centimetre, 150, 270, 5),
            whole("Depth", Centimetre, 82, 104, 2),
            one_of("Assembly", &["Legs only", "Delivered assembled"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Seating > Stools & benches",
        things: &[("bar stool", "stool"), ("milking stool", "stool"), ("bench", "bench")],
        qualities: &[("solid", "Solid timber"), ("turned", "Turned legs"), ("saddle-seat", "Saddle seat")],
        details: &[
            ("with wedged joints", "The legs are wedged through the seat and need no screws."),
            ("with foot rail", "A rail gives feet somewhere to be."),
            ("with soft edges", "All edges are rounded by hand."),
        ],
        openings: &[
            "{A thing} for the end of a counter, a piano or a bed.",
            "The {name} is what is pulled up when one more comes to dinner.",
        ],
        pounds: (38, 190),
        facts: &[whole("Height", Centimetre, 42, 75, 1), whole("Maximum load", Kilogram, 110, 150, 10)],
        ..BASE
    },
    Shelf {
        path: "Furniture > Tables > Dining tables",
        things: &[("dining table", "table"), ("round dining table", "round-table")],
        qualities: &[("extending", "Extending"), ("farmhouse", "Farmhouse"), ("slender", "Slender")],
        details: &[
            ("with bevelled edge", "The edge is bevelled underneath so that the top looks thin."),
            ("with tapered legs", "Tapered legs leave room for knees."),
            ("with oiled top", "The top is oiled and can be made new with a cloth."),
        ],
        openings: &["{A thing} for homework, bread dough and eight guests.", "The {name} is made to be leant on."],
        sizes: Some(TABLE),
        pounds: (240, 1_100),
        facts: &[whole("Height", Centimetre, 73, 76, 1), one_of("Assembly", &["Legs only", "Delivered assembled"])],
        ..BASE
    },
    Shelf {
        path: "Furniture > Tables > Coffee & side tables",
        things: &[("coffee table", "coffee-table"), ("side table", "side-table"), ("nesting table", "side-table")],
        qualities: &[("round", "Round"), ("pebble", "Pebble-shaped"), ("tray-top", "Tray top")],
        details: &[
            ("with lower shelf", "A lower shelf takes the books."),
            ("with raised rim", "A raised rim stops pencils from rolling off."),
            ("with slim legs", "Slim legs keep the floor in sight."),
        ],
        openings: &[
            "{A thing} for a cup, a book and a lamp.",
            "The {name} is small enough to follow the sun round a room.",
        ],
        pounds: (48, 360),
        facts: &[whole("Height", Centimetre, 35, 56, 1), whole("Width", Centimetre, 38, 110, 2)],
        ..BASE
    },
    Shelf {
        path: "Furniture > Tables > Desks",
        things: &[("desk", "desk"), ("writing desk", "desk"), ("standing desk", "standing-desk")],
        qualities: &[("compact", "Compact"), ("wide", "Wide"), ("wall", "Wall")],
        details: &[
            ("with drawer", "A drawer takes pens, cables and secrets."),
            ("with cable tray", "A tray under the top hides the cables."),
            ("with linoleum top", "The top is linoleum, which is warm to write on."),
        ],
        openings: &[
            "{A thing} that leaves a room looking like a room.",
            "The {name} has room for a screen, a notebook and an elbow.",
        ],
        pounds: (120, 680),
        facts: &[
            whole("Width", Centimetre, 90, 160, 5),
            whole("Depth", Centimetre, 50, 80, 5),
            whole("Maximum load", Kilogram, 40, 90, 10),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Storage > Shelves & bookcases",
        things: &[("bookcase", "bookcase"), ("ladder shelf", "ladder-shelf"), ("wall shelf", "wall-shelf")],
        qualities: &[("tall", "Tall"), ("open", "Open"), ("modular", "Modular")],
        details: &[
            ("with adjustable shelves", "The shelves move up and down in small steps."),
            ("with back panel", "A back panel keeps books off the wall."),
            ("with wall fixing", "A bracket fixes it safely to the wall."),
        ],
        openings: &[
            "{A thing} for paperbacks, plants and what comes home from holidays.",
            "The {name} holds a good deal and takes little room.",
        ],
        pounds: (42, 480),
        facts: &[
            whole("Height", Centimetre, 30, 210, 10),
            whole("Width", Centimetre, 60, 120, 10),
            one_of("Assembly", &["Two people, one hour", "One person, half an hour"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Storage > Sideboards & drawers",
        things: &[("sideboard", "sideboard"), ("chest of drawers", "drawers"), ("television bench", "sideboard")],
        qualities: &[("slatted", "Slatted fronts"), ("panelled", "Panelled fronts"), ("plain", "Plain fronts")],
        details: &[
            ("with soft-close runners", "Everything closes softly and quietly."),
            ("with leather pulls", "The pulls are leather and grow darker with use."),
            ("with cable outlets", "Openings at the back let cables through."),
        ],
        openings: &[
            "{A thing} that hides what should be hidden and carries a lamp on top.",
            "The {name} is veneered so that the grain runs on from front to front.",
        ],
        pounds: (160, 980),
        facts: &[
            whole("Width", Centimetre, 80, 180, 10),
            whole("Height", Centimetre, 45, 90, 5),
            whole("Weight", Kilogram, 24, 62, 2),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Bedroom > Beds",
        things: &[("bed frame", "bed"), ("upholstered bed", "bed")],
        qualities: &[("low", "Low"), ("slatted", "Slatted"), ("panelled", "Panelled")],
        details: &[
            ("with headboard", "The headboard is at the right height for a pillow and a book."),
            ("with drawers", "Drawers on both sides take blankets and winter clothes."),
            ("without screws in sight", "It is joined so that no screw can be seen."),
        ],
        openings: &[
            "{A thing} that stands still and does not creak.",
            "The {name} is quiet, solid and easy to sweep under.",
        ],
        sizes: Some(BED),
        pounds: (190, 760),
        facts: &[
            whole("Height", Centimetre, 80, 112, 2),
            flag("Slats included", 75),
            one_of("Assembly", &["Two people, one hour"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Furniture > Bedroom > Wardrobes & bedside tables",
        things: &[("wardrobe", "wardrobe"), ("bedside table", "bedside-table")],
        qualities: &[("two-door", "Two doors"), ("slatted", "Slatted fronts"), ("rounded", "Rounded corners")],
        details: &[
            ("with brass knobs", "The knobs are solid brass."),
            ("with soft-close hinges", "Doors close softly at any hour."),
            ("on slim legs", "It stands on slim legs, clear of the floor."),
        ],
        openings: &[
            "{A thing} with the calm lines of old shop furniture.",
            "The {name} keeps a bedroom for sleeping in.",
        ],
        palette: QUIET,
        pounds: (70, 890),
        facts: &[whole("Width", Centimetre, 40, 120, 10), whole("Depth", Centimetre, 38, 60, 2)],
        ..BASE
    },
];
