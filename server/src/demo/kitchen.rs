use domain::catalog::Unit::{Gram, Kilogram, Litre, Millimetre, Watt};

use super::shelf::{
    BOTTLE, CLOTH, Colours, DEVICE, EARTH, GLAZE, JAR, Naming, PAN, POT, QUIET, Shelf, WOOD, fine, flag, one_of, whole,
};

pub(super) const BASE: Shelf = Shelf {
    brands: &["Millrace", "Cobbe & Sons", "Larder Lane", "Fennel & Ash", "Tinderbox Kitchen", "Orsino", "Kettlewright"],
    palette: GLAZE,
    pounds: (8, 40),
    ..Shelf::EMPTY
};

const MACHINES: &[&str] = &["Brevanta", "Kettlewright", "Sonnen", "Tavola", "Morrow"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Kitchen > Cookware > Pans",
        things: &[("frying pan", "pan"), ("sauté pan", "pan"), ("crêpe pan", "pan")],
        qualities: &[
            ("cast-iron", "seasoned cast iron"),
            ("carbon steel", "carbon steel"),
            ("stainless", "three-ply stainless steel"),
            ("non-stick", "aluminium with a ceramic coating"),
        ],
        details: &[
            ("with oak handle", "The oak handle stays cool."),
            ("with pouring lip", "A lip on each side pours cleanly."),
            ("for induction", "The base works on every hob, induction included."),
        ],
        openings: &[
            "{A thing} in {material} that heats evenly to the edge.",
            "One good pan is enough: the {name} is made of {material}.",
        ],
        palette: EARTH,
        sizes: Some(PAN),
        pounds: (22, 90),
        facts: &[fine("Weight", Kilogram, 900, 2_400, 100), flag("Oven safe", 80), flag("Dishwasher safe", 30)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Cookware > Pots & casseroles",
        things: &[("casserole", "pot"), ("saucepan", "saucepan"), ("stock pot", "pot")],
        qualities: &[
            ("cast-iron", "enamelled cast iron"),
            ("stainless", "three-ply stainless steel"),
            ("enamel", "enamelled steel"),
        ],
        details: &[
            ("with heavy lid", "The heavy lid keeps the steam and the taste inside."),
            ("with pouring lips", "It pours from both sides without a drip."),
            ("for induction", "The base works on every hob, induction included."),
        ],
        openings: &[
            "{A thing} in {material} for slow Sundays and quick weekdays.",
            "The {name} goes from hob to oven to table.",
        ],
        sizes: Some(POT),
        pounds: (28, 150),
        facts: &[fine("Weight", Kilogram, 1_400, 5_200, 100), flag("Oven safe", 90), flag("Dishwasher safe", 60)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Cookware > Baking",
        things: &[("baking dish", "baking-dish"), ("mixing bowl", "bowl"), ("cake tin", "cake-tin")],
        qualities: &[
            ("stoneware", "glazed stoneware"),
            ("enamel", "enamelled steel"),
            ("heavy-gauge", "heavy-gauge steel"),
        ],
        details: &[
            ("with wide rim", "The wide rim gives oven gloves something to hold."),
            ("for the fridge and oven", "It goes from the fridge to the oven and to the table."),
        ],
        openings: &[
            "{A thing} in {material} for crusts, crumbles and birthday cakes.",
            "The {name} browns evenly and lets go easily.",
        ],
        pounds: (9, 42),
        facts: &[
            whole("Width", Millimetre, 180, 340, 10),
            fine("Weight", Kilogram, 400, 2_100, 100),
            flag("Dishwasher safe", 80),
        ],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Utensils > Knives",
        things: &[("chef's knife", "knife"), ("paring knife", "knife"), ("bread knife", "bread-knife")],
        qualities: &[
            ("forged", "forged high-carbon steel"),
            ("damask", "layered damask steel"),
            ("stainless", "stainless steel"),
        ],
        details: &[
            ("with walnut handle", "The handle is walnut, riveted through the tang."),
            ("with full tang", "The blade runs through to the end of the handle."),
            ("with blade guard", "A guard protects the edge in a drawer."),
        ],
        openings: &[
            "{A thing} in {material} that takes an edge and keeps it.",
            "The {name} does the work of three: {material}, ground thin.",
        ],
        brands: &["Cobbe & Sons", "Edgecombe Steel", "Tagawa", "Millrace"],
        palette: WOOD,
        colours: Colours::One,
        pounds: (14, 130),
        facts: &[whole("Blade length", Millimetre, 80, 260, 10), whole("Weight", Gram, 60, 260, 10)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Utensils > Boards & tools",
        things: &[("chopping board", "board"), ("serving board", "board"), ("utensil set", "utensils")],
        qualities: &[
            ("end-grain", "end-grain timber"),
            ("edge-grain", "edge-grain timber"),
            ("oiled", "oiled hardwood"),
        ],
        details: &[
            ("with hanging hole", "A hole in the handle hangs it on the wall."),
            ("from one forest", "The timber comes from a single managed forest."),
            ("with rubbed oil finish", "Food-safe oil is rubbed in by hand."),
        ],
        openings: &[
            "{A thing} in {material} that is kind to knives and to the eye.",
            "The {name} is cut from {material} and will outlast the kitchen.",
        ],
        palette: WOOD,
        colours: Colours::One,
        pounds: (10, 70),
        facts: &[
            whole("Length", Millimetre, 240, 480, 20),
            whole("Thickness", Millimetre, 14, 38, 2),
            one_of("Care", &["Hand wash and oil now and then"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Coffee & tea > Kettles & teapots",
        things: &[("kettle", "kettle"), ("gooseneck kettle", "gooseneck-kettle"), ("teapot", "teapot")],
        qualities: &[("enamel", "enamelled steel"), ("stainless", "stainless steel"), ("matt", "matt-coated steel")],
        details: &[
            ("with oak handle", "The oak handle stays cool when the rest is hot."),
            ("with slow spout", "The spout pours slowly and stops without a drip."),
            ("with lift-off lid", "The lid lifts off for filling and cleaning."),
        ],
        openings: &[
            "{A thing} in {material} for the first cup of the day.",
            "The {name} is never put away because it looks good there.",
        ],
        pounds: (24, 110),
        facts: &[fine("Capacity", Litre, 600, 1_800, 100), whole("Height", Millimetre, 140, 260, 10)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Coffee & tea > Coffee makers",
        things: &[("cafetière", "cafetiere"), ("pour-over coffee maker", "pour-over"), ("moka pot", "moka-pot")],
        qualities: &[
            ("double-wall", "double-walled steel"),
            ("classic", "steel and heat-proof glass"),
            ("travel", "light, hard-wearing steel"),
        ],
        quality: "Build",
        details: &[
            ("with reusable filter", "The steel filter saves paper and lasts for years."),
            ("for two", "It makes two good cups at a time."),
            ("for six", "It makes six small cups at a time."),
        ],
        openings: &[
            "{A thing} of {material} for people who like the making as much as the drinking.",
            "The {name} makes coffee the slow way, in about four minutes.",
        ],
        palette: QUIET,
        pounds: (18, 85),
        facts: &[whole("Height", Millimetre, 150, 280, 10), flag("Dishwasher safe", 55)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Appliances > Toasters & blenders",
        things: &[("two-slice toaster", "toaster"), ("stand mixer", "stand-mixer"), ("blender", "blender")],
        qualities: &[("compact", "Compact"), ("variable-speed", "Variable speed"), ("retro", "Retro")],
        quality: "Style",
        details: &[
            ("with quiet motor", "It runs quietly enough for a sleeping house."),
            ("with cable store", "The cable winds up under the base."),
            ("with metal dial", "One metal dial is all there is to learn."),
        ],
        openings: &[
            "{A thing} with a steel body and few buttons.",
            "The {name} does one job well and is built to be repaired.",
        ],
        brands: MACHINES,
        naming: Naming::Model,
        palette: GLAZE,
        pounds: (32, 290),
        facts: &[
            whole("Power", Watt, 500, 1_400, 50),
            whole("Height", Millimetre, 180, 420, 10),
            fine("Weight", Kilogram, 1_500, 7_400, 100),
        ],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Storage > Jars & tins",
        things: &[("storage jar", "jar"), ("preserving jar", "jar"), ("tea caddy", "tin")],
        qualities: &[
            ("airtight", "an airtight seal"),
            ("stacking", "a shape that stacks"),
            ("cork-topped", "a stopper of natural cork"),
        ],
        quality: "Closure",
        details: &[
            ("for flour and grains", "The wide mouth takes a scoop."),
            ("with writable label", "A label on the front takes chalk and wipes clean."),
        ],
        openings: &[
            "{A thing} with {material} that keeps dry goods dry.",
            "The {name} brings order to a larder shelf.",
        ],
        palette: GLAZE,
        sizes: Some(JAR),
        pounds: (6, 20),
        facts: &[flag("Dishwasher safe", 70)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Storage > Lunch boxes & flasks",
        things: &[("lunch box", "lunch-box"), ("insulated bottle", "bottle"), ("food flask", "flask")],
        qualities: &[("stainless", "stainless steel"), ("double-wall", "double-walled steel")],
        details: &[
            ("with bamboo lid", "The lid is bamboo with a silicone seal."),
            ("with carry strap", "A strap makes it easy to take along."),
            ("that never leaks", "The seal holds in a bag that is turned upside down."),
        ],
        openings: &[
            "{A thing} in {material} for days away from a kitchen.",
            "The {name} goes to work, to school and up hills.",
        ],
        palette: CLOTH,
        sizes: Some(BOTTLE),
        pounds: (12, 38),
        facts: &[whole("Weight", Gram, 180, 480, 10), flag("Dishwasher safe", 55)],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Linens > Aprons & tea towels",
        things: &[("apron", "apron"), ("tea towel", "towel"), ("oven glove", "oven-glove")],
        qualities: &[("linen", "washed linen"), ("cotton", "organic cotton"), ("canvas", "heavy cotton canvas")],
        details: &[
            ("in a butcher's stripe", "The stripe is woven into the cloth."),
            ("with hanging loop", "A loop hangs it by the cooker."),
            ("in a plain weave", "The plain weave dries fast and irons flat."),
        ],
        openings: &[
            "{A thing} in {material} that takes flour, steam and fifty washes.",
            "The {name} is cut from {material} for people who cook with both hands.",
        ],
        palette: CLOTH,
        pounds: (8, 42),
        facts: &[one_of("Care", &["Machine wash at 60 °C", "Machine wash at 40 °C"])],
        ..BASE
    },
    Shelf {
        path: "Kitchen > Appliances > Fridges & ovens",
        things: &[
            ("fridge freezer", "fridge"),
            ("microwave oven", "microwave"),
            ("washing machine", "washing-machine"),
        ],
        qualities: &[("freestanding", "Freestanding"), ("slimline", "Slimline"), ("quiet", "Quiet")],
        quality: "Type",
        details: &[
            ("with soft-close door", "The door closes itself over the last few centimetres."),
            ("with child lock", "A child lock keeps settings as they are."),
            ("with seven-year guarantee", "The motor is guaranteed for seven years."),
        ],
        openings: &[
            "{A thing} that is easy to read, easy to clean and quiet at night.",
            "The {name} is built from parts that can be ordered and replaced.",
        ],
        brands: MACHINES,
        naming: Naming::Model,
        palette: DEVICE,
        colours: Colours::One,
        pounds: (119, 899),
        facts: &[
            whole("Width", Millimetre, 450, 600, 10),
            one_of("Energy class", &["A", "B", "C", "D"]),
            one_of("Noise level", &["36 dB", "39 dB", "42 dB", "46 dB", "51 dB"]),
        ],
        ..BASE
    },
];
