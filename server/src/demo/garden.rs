use domain::catalog::Unit::{Centimetre, Gram, Hour, Kilogram, Litre, Millimetre};

use super::shelf::{Colours, EARTH, HOSE, LEAF, OUTDOOR, PLANTER, Shelf, WOOD, fine, flag, one_of, whole};

const BASE: Shelf = Shelf {
    brands: &["Potting Shed Co", "Greenway", "Thistle & Trowel", "Walled Garden", "Rowan & Root", "Orchard Row"],
    palette: LEAF,
    pounds: (8, 60),
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Garden > Plants & pots > Plant pots",
        things: &[("plant pot", "plant-pot"), ("planter", "planter"), ("hanging planter", "hanging-planter")],
        qualities: &[
            ("terracotta", "frost-proof terracotta"),
            ("stoneware", "glazed stoneware"),
            ("fibre clay", "light fibre clay"),
            ("zinc", "painted zinc"),
        ],
        details: &[
            ("with saucer", "A matching saucer is underneath."),
            ("with drainage hole", "A hole in the base lets water out."),
            ("with ribbed sides", "The ribs give it a shadow even on dull days."),
            ("with two-tone glaze", "The upper half is dipped in a second colour."),
        ],
        openings: &[
            "{A thing} in {material} for a window sill, a step or a balcony.",
            "The {name} gives a plant the room it deserves.",
        ],
        sizes: Some(PLANTER),
        pounds: (7, 32),
        facts: &[flag("Frost resistant", 75), fine("Weight", Kilogram, 300, 4_200, 100)],
        ..BASE
    },
    Shelf {
        path: "Garden > Plants & pots > House plants",
        things: &[("rubber plant", "house-plant"), ("monstera", "monstera"), ("cactus", "cactus"), ("fern", "fern")],
        quality: "Light",
        qualities: &[("young", "Bright, no direct sun"), ("bushy", "Half shade"), ("tall", "Bright window")],
        details: &[
            ("in a ceramic pot", "It arrives planted in a ceramic pot."),
            ("for beginners", "It forgives a forgotten week."),
            ("grown in Britain", "It was grown in a British nursery without peat."),
        ],
        openings: &["{A thing} that asks for little and gives a lot of green.", "One good plant changes a room."],
        colours: Colours::One,
        pounds: (8, 58),
        facts: &[
            whole("Height", Centimetre, 15, 95, 5),
            one_of("Water", &["Once a week", "Twice a week", "Every two weeks"]),
            flag("Safe for pets", 45),
        ],
        ..BASE
    },
    Shelf {
        path: "Garden > Tools > Hand tools",
        things: &[("trowel", "trowel"), ("hand fork", "hand-fork"), ("secateurs", "secateurs")],
        qualities: &[
            ("forged", "forged carbon steel"),
            ("stainless", "stainless steel"),
            ("long-handled", "tempered steel"),
        ],
        details: &[
            ("with ash handle", "The handles are ash and oiled."),
            ("with leather loop", "A leather loop hangs {them} in the shed."),
            ("for small hands", "The grip is made for smaller hands."),
        ],
        openings: &[
            "{A thing} in {material} that will be found again in any flower bed.",
            "Made of {material}, balanced and easy to sharpen or clean.",
        ],
        pounds: (9, 58),
        facts: &[whole("Length", Millimetre, 200, 420, 10), whole("Weight", Gram, 180, 420, 10)],
        ..BASE
    },
    Shelf {
        path: "Garden > Tools > Spades & rakes",
        things: &[("spade", "spade"), ("digging fork", "digging-fork"), ("rake", "rake")],
        qualities: &[
            ("border", "forged steel"),
            ("digging", "carbon steel"),
            ("stainless", "mirror-polished stainless steel"),
        ],
        details: &[
            ("with ash shaft", "The shaft is ash, grown straight."),
            ("with long shaft", "The shaft is long, which is kinder to backs."),
        ],
        openings: &[
            "{A thing} with a head of {material}, made to be inherited.",
            "The {name} goes into heavy ground without complaint.",
        ],
        pounds: (22, 85),
        facts: &[whole("Length", Centimetre, 96, 160, 2), fine("Weight", Kilogram, 1_200, 2_400, 100)],
        ..BASE
    },
    Shelf {
        path: "Garden > Watering > Watering cans & hoses",
        things: &[("watering can", "watering-can"), ("indoor watering can", "watering-can")],
        qualities: &[
            ("zinc", "galvanised zinc"),
            ("enamel", "enamelled steel"),
            ("powder-coated", "powder-coated steel"),
        ],
        details: &[
            ("with brass rose", "The brass rose gives a rain as fine as mist."),
            ("with long spout", "The long spout reaches the back of the border."),
        ],
        openings: &[
            "{A thing} in {material}, balanced whether full or empty.",
            "The {name} is too good-looking to live in the shed.",
        ],
        pounds: (14, 65),
        facts: &[fine("Capacity", Litre, 1_000, 9_000, 500), whole("Height", Millimetre, 200, 400, 20)],
        ..BASE
    },
    Shelf {
        path: "Garden > Watering > Hoses",
        things: &[("garden hose", "hose"), ("hose set", "hose")],
        quality: "Build",
        qualities: &[
            ("braided", "Braided, does not kink"),
            ("textile", "Light textile sleeve"),
            ("rubber", "Natural rubber"),
        ],
        details: &[
            ("with brass fittings", "All fittings are brass."),
            ("with spray head", "A spray head with five patterns is in the box."),
        ],
        openings: &["{A thing} that unrolls, works and rolls up again.", "The {name} stays flexible on cold mornings."],
        sizes: Some(HOSE),
        pounds: (19, 52),
        facts: &[flag("Drinking water safe", 60), one_of("Guarantee", &["5 years", "10 years", "20 years"])],
        ..BASE
    },
    Shelf {
        path: "Garden > Outdoor living > Garden furniture",
        things: &[
            ("garden chair", "deck-chair"),
            ("bistro table", "side-table"),
            ("garden bench", "bench"),
            ("hammock", "hammock"),
        ],
        qualities: &[
            ("folding", "hardwood and canvas"),
            ("weatherproof", "oiled acacia"),
            ("classic", "certified teak"),
        ],
        details: &[
            ("for balconies", "It is small enough for a balcony."),
            ("with winter cover", "A cover for the winter is in the box."),
        ],
        openings: &["{A thing} of {material} for the first warm day.", "The {name} stays out from April to October."],
        pounds: (38, 320),
        facts: &[whole("Width", Centimetre, 48, 140, 2), whole("Maximum load", Kilogram, 100, 160, 10)],
        ..BASE
    },
    Shelf {
        path: "Garden > Outdoor living > Garden lights & fire",
        things: &[("solar lantern", "lantern"), ("string lights", "string-lights"), ("fire bowl", "fire-bowl")],
        quality: "Style",
        qualities: &[("copper-toned", "Copper tone"), ("black", "Black steel"), ("weathered", "Weathered steel")],
        details: &[
            ("for terraces", "Made for a terrace, a lawn or a long table."),
            ("for winter evenings", "Good company on winter evenings."),
        ],
        openings: &["{A thing} for staying out a little longer.", "Warm light and long talks."],
        palette: EARTH,
        pounds: (16, 140),
        facts: &[whole("Height", Centimetre, 20, 60, 2), whole("Hours of light", Hour, 4, 10, 1)],
        ..BASE
    },
    Shelf {
        path: "Garden > Wildlife > Bird houses & feeders",
        things: &[("bird house", "bird-house"), ("bird feeder", "bird-feeder"), ("insect hotel", "insect-hotel")],
        qualities: &[("cedar", "untreated cedar"), ("larch", "larch"), ("painted", "painted pine")],
        details: &[
            ("with slate roof", "The roof is a piece of slate."),
            ("with hinged side", "One side opens for cleaning."),
        ],
        openings: &[
            "{A thing} in {material} for tenants who pay in song.",
            "Hang the {name} at eye level, facing east, and wait for spring.",
        ],
        pounds: (12, 58),
        facts: &[whole("Height", Millimetre, 180, 360, 10), whole("Width", Millimetre, 120, 240, 10)],
        ..BASE
    },
    Shelf {
        path: "Garden > Growing > Seeds & gloves",
        things: &[("seed box", "craft-box"), ("gardening gloves", "gloves"), ("seed packet", "seed-packet")],
        quality: "Season",
        qualities: &[("spring", "Spring"), ("summer", "Summer"), ("all-season", "All seasons")],
        details: &[
            ("for vegetable beds", "Made with vegetable beds in mind."),
            ("for flower borders", "Made with flower borders in mind."),
        ],
        openings: &["{A thing} for people who can't pass a nursery.", "Chosen by gardeners for gardeners."],
        palette: OUTDOOR,
        pounds: (3, 32),
        facts: &[flag("Organic", 80)],
        ..BASE
    },
    Shelf {
        path: "Garden > Growing > Crates & trugs",
        things: &[("trug", "basket"), ("harvest crate", "crate")],
        qualities: &[("slatted", "slatted timber"), ("woven", "woven split timber"), ("nailed", "nailed timber")],
        details: &[
            ("with rope handles", "Rope handles carry it full of apples."),
            ("that stacks", "Several of them stack in a cellar."),
        ],
        openings: &[
            "{A thing} of {material} for harvest, firewood and toys.",
            "The {name} is at home in a shed and in a hall.",
        ],
        palette: WOOD,
        colours: Colours::One,
        pounds: (16, 65),
        facts: &[whole("Width", Centimetre, 32, 58, 2), whole("Height", Centimetre, 16, 32, 2)],
        ..BASE
    },
];
