use domain::catalog::Unit::Gram;

use super::clothing::BASE;
use super::shelf::{OUTDOOR, Shelf, flag, one_of, whole};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Clothing > Tops > T-shirts",
        things: &[
            ("t-shirt", "t-shirt"),
            ("long-sleeved t-shirt", "long-sleeve"),
            ("striped t-shirt", "striped-t-shirt"),
        ],
        qualities: &[
            ("organic cotton", "organic cotton"),
            ("heavyweight", "heavyweight cotton"),
            ("slub", "slub cotton"),
            ("hemp", "hemp and cotton"),
        ],
        details: &[
            ("with chest pocket", "A small pocket sits on the chest."),
            ("in a boxy cut", "The cut is boxy and a little cropped."),
            ("in a regular cut", "The cut is regular, neither slim nor wide."),
            ("with ribbed collar", "The ribbed collar keeps its shape."),
        ],
        openings: &[
            "{A thing} in {material} that still looks good after fifty washes.",
            "Soft {material}, straight seams, nothing printed.",
        ],
        pounds: (12, 42),
        ..BASE
    },
    Shelf {
        path: "Clothing > Tops > Shirts & blouses",
        things: &[("shirt", "shirt"), ("overshirt", "shirt"), ("blouse", "shirt")],
        qualities: &[
            ("linen", "washed linen"),
            ("poplin", "cotton poplin"),
            ("flannel", "brushed flannel"),
            ("chambray", "cotton chambray"),
            ("oxford", "oxford cotton"),
        ],
        details: &[
            ("with corozo buttons", "The buttons are cut from corozo nut."),
            ("with grandad collar", "The collar stands without a fold."),
            ("in a relaxed cut", "The cut is relaxed and long enough to tuck in."),
            ("with patch pocket", "A patch pocket takes a pair of glasses."),
        ],
        openings: &[
            "{A thing} in {material}, as right on Monday as on Sunday.",
            "The {name} is cut from {material} and needs little ironing.",
        ],
        pounds: (28, 98),
        ..BASE
    },
    Shelf {
        path: "Clothing > Knitwear > Jumpers",
        things: &[
            ("jumper", "jumper"),
            ("crew-neck jumper", "jumper"),
            ("roll-neck jumper", "roll-neck"),
            ("cardigan", "cardigan"),
        ],
        qualities: &[
            ("lambswool", "pure lambswool"),
            ("merino", "fine merino"),
            ("cotton", "organic cotton"),
            ("alpaca", "alpaca and wool"),
            ("donegal", "flecked donegal wool"),
        ],
        details: &[
            ("in cable knit", "Cables run down the front."),
            ("in fisherman's rib", "The deep rib stretches and comes back."),
            ("with saddle shoulders", "Saddle shoulders sit well under a coat."),
            ("in a relaxed fit", "The fit is relaxed with room for a shirt."),
        ],
        openings: &[
            "{A thing} in {material} for the months with an r in them.",
            "Knitted from {material} on old machines, warm and light.",
        ],
        pounds: (38, 160),
        facts: &[one_of("Care", &["Hand wash and dry flat", "Machine wash on a wool cycle"])],
        ..BASE
    },
    Shelf {
        path: "Clothing > Knitwear > Sweatshirts & hoodies",
        things: &[("sweatshirt", "sweatshirt"), ("hoodie", "hoodie")],
        qualities: &[
            ("loopback", "loopback cotton"),
            ("brushed", "brushed cotton"),
            ("heavyweight", "heavyweight cotton"),
            ("recycled", "recycled cotton"),
        ],
        details: &[
            ("with ribbed sides", "Ribbed panels at the sides let it move."),
            ("in a boxy cut", "The cut is boxy with dropped shoulders."),
            ("with embroidered mark", "A small compass is embroidered on the chest."),
        ],
        openings: &[
            "{A thing} in {material} for everything after six o'clock.",
            "Made of {material} that gets softer and not thinner.",
        ],
        pounds: (28, 95),
        ..BASE
    },
    Shelf {
        path: "Clothing > Outerwear > Jackets & coats",
        things: &[
            ("jacket", "jacket"),
            ("rain jacket", "rain-jacket"),
            ("chore jacket", "chore-jacket"),
            ("coat", "coat"),
        ],
        qualities: &[
            ("waxed", "waxed cotton"),
            ("canvas", "cotton canvas"),
            ("recycled", "recycled polyester"),
            ("wool-blend", "a wool blend"),
        ],
        details: &[
            ("with storm collar", "The collar buttons up against the wind."),
            ("with inside pocket", "An inside pocket takes a phone or a map."),
            ("with taped seams", "Taped seams keep the weather out."),
            ("with quilted lining", "The quilted lining is warm without bulk."),
        ],
        openings: &[
            "{A thing} in {material} for weather that can't decide.",
            "The {name} is made of {material} and made for years of walks.",
        ],
        palette: OUTDOOR,
        pounds: (65, 320),
        facts: &[one_of("Care", &["Wipe clean with cold water", "Machine wash at 30 °C"]), flag("Water repellent", 70)],
        ..BASE
    },
    Shelf {
        path: "Clothing > Outerwear > Gilets & fleeces",
        things: &[("fleece", "fleece"), ("gilet", "gilet")],
        qualities: &[
            ("recycled", "recycled polyester fleece"),
            ("wool", "boiled wool"),
            ("quilted", "quilted, recycled filling"),
        ],
        details: &[
            ("with zip pockets", "Both pockets close with a zip."),
            ("with stand collar", "The collar stands up to the chin."),
        ],
        openings: &[
            "{A thing} in {material} that goes under a coat or over a shirt.",
            "Warm where it counts: {material} and a good zip.",
        ],
        palette: OUTDOOR,
        pounds: (35, 140),
        facts: &[whole("Weight", Gram, 280, 520, 10), one_of("Care", &["Machine wash at 30 °C"])],
        ..BASE
    },
];
