use domain::catalog::Unit::{Millilitre, Millimetre, Piece};

use super::kitchen::BASE;
use super::shelf::{CLEAR_GLASS, PACK, STEEL, Shelf, flag, whole};

const POTTERS: &[&str] = &["Wheelhouse Pottery", "Fennel & Ash", "Claybank", "Saltmarsh Ceramics", "Millrace"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Kitchen > Tableware > Mugs & cups",
        things: &[("mug", "mug"), ("espresso cup", "cup"), ("tea cup", "cup")],
        qualities: &[
            ("stoneware", "hand-glazed stoneware"),
            ("porcelain", "fine porcelain"),
            ("enamel", "enamelled steel"),
            ("speckled", "speckled stoneware"),
        ],
        details: &[
            ("with dipped glaze", "The lower half is dipped in a second glaze."),
            ("with wide handle", "The handle takes a whole hand."),
            ("with bare foot", "A foot of bare clay keeps it steady on the table."),
            ("with banded rim", "A thin band runs round the rim."),
        ],
        openings: &[
            "{A thing} in {material} that feels right before the first sip.",
            "The {name} keeps coffee hot and hands warm.",
        ],
        brands: POTTERS,
        sizes: Some(PACK),
        pounds: (7, 22),
        facts: &[whole("Capacity", Millilitre, 80, 420, 20), flag("Dishwasher safe", 85), flag("Microwave safe", 70)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Tableware > Plates & bowls",
        things: &[("dinner plate", "plate"), ("side plate", "plate"), ("bowl", "bowl"), ("pasta bowl", "bowl")],
        qualities: &[
            ("stoneware", "hand-glazed stoneware"),
            ("porcelain", "fine porcelain"),
            ("terracotta", "glazed terracotta"),
            ("speckled", "speckled stoneware"),
        ],
        details: &[
            ("with raised rim", "The raised rim keeps sauces where they belong."),
            ("with reactive glaze", "The glaze pools differently on every one."),
            ("with hand-painted edge", "The edge is painted by hand, one at a time."),
        ],
        openings: &[
            "{A thing} in {material} for every day and for guests.",
            "The {name} is made of {material} and stacks neatly.",
        ],
        brands: POTTERS,
        sizes: Some(PACK),
        pounds: (8, 26),
        facts: &[whole("Diameter", Millimetre, 140, 290, 10), flag("Dishwasher safe", 90), flag("Oven safe", 45)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Tableware > Glasses",
        things: &[("tumbler", "glass"), ("wine glass", "wine-glass"), ("highball glass", "glass")],
        qualities: &[
            ("recycled", "recycled glass"),
            ("hand-blown", "hand-blown glass"),
            ("ribbed", "pressed ribbed glass"),
            ("smoked", "tinted glass"),
        ],
        details: &[
            ("with heavy base", "A heavy base makes it hard to knock over."),
            ("with fine rim", "The rim is cut fine and polished by flame."),
            ("", "It is clear enough for water and good enough for wine."),
        ],
        openings: &[
            "{A thing} in {material} that catches the light on a table.",
            "The {name} is made of {material} and made to be used.",
        ],
        brands: &["Clearwell Glass", "Orsino", "Larder Lane", "Verrier"],
        palette: CLEAR_GLASS,
        sizes: Some(PACK),
        pounds: (6, 24),
        facts: &[whole("Capacity", Millilitre, 180, 480, 20), flag("Dishwasher safe", 75)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Tableware > Cutlery",
        things: &[("cutlery set", "cutlery"), ("serving set", "cutlery")],
        qualities: &[
            ("brushed", "brushed stainless steel"),
            ("polished", "mirror-polished stainless steel"),
            ("hammered", "hammered stainless steel"),
        ],
        details: &[
            ("for six", "There is enough for six places."),
            ("with slim handles", "The handles are slim and well balanced."),
            ("in a wooden case", "It lives in a case of beech."),
        ],
        openings: &[
            "A {thing} in {material}, balanced so that it rests well in the hand.",
            "The {name} will be handed down: {material}, forged in one piece.",
        ],
        palette: STEEL,
        pounds: (32, 180),
        facts: &[whole("Pieces", Piece, 16, 24, 4), flag("Dishwasher safe", 95)],
        ..BASE
    },
];
