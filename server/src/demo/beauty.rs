use domain::catalog::Unit::{Gram, Hour, Millimetre};

use super::shelf::{
    CARE, CLEAR, Colours, LOTION, METAL, Naming, PERFUME, QUIET, SOFT, Shelf, WOOD, flag, one_of, whole,
};

const BASE: Shelf = Shelf {
    quality: "Scent",
    brands: &["Fig & Fern", "Salt Apothecary", "Calm Harbour", "Solenne", "Heath Botanics", "Pure Meadow"],
    naming: Naming::Person,
    palette: CARE,
    colours: Colours::One,
    pounds: (6, 40),
    ..Shelf::EMPTY
};

const SCENTS: &[(&str, &str)] = &[
    ("lavender", "lavender and clary sage"),
    ("fig", "fig leaf and green almond"),
    ("neroli", "neroli and sweet orange"),
    ("rosemary", "rosemary and eucalyptus"),
    ("unscented", "nothing at all"),
    ("sea", "sea salt and samphire"),
];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Beauty & care > Body > Hand & body care",
        things: &[("hand wash", "pump-bottle"), ("body lotion", "pump-bottle"), ("shower gel", "lotion-bottle")],
        qualities: SCENTS,
        details: &[
            ("with aloe", "Aloe keeps the skin soft."),
            ("with oat milk", "Oat milk calms dry skin."),
            ("in a refill bottle", "The bottle can be filled again and again."),
        ],
        openings: &[
            "{A thing} that smells of {material} and leaves no film.",
            "Mild, made in small batches and scented with {material}.",
        ],
        sizes: Some(LOTION),
        pounds: (6, 18),
        facts: &[flag("Vegan", 90), one_of("Skin type", &["All skin types", "Dry skin", "Sensitive skin"])],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Body > Soaps",
        things: &[("soap bar", "soap"), ("shampoo bar", "soap")],
        qualities: SCENTS,
        details: &[
            ("with olive oil", "Olive oil makes the lather mild."),
            ("with clay", "Fine clay cleans gently."),
            ("wrapped in paper", "It is wrapped in paper and nothing else."),
        ],
        openings: &[
            "{A thing}, cold-pressed, that smells of {material}.",
            "Cut by hand and dried for six weeks, with the scent of {material}.",
        ],
        pounds: (4, 14),
        facts: &[whole("Weight", Gram, 80, 180, 10), flag("Vegan", 95)],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Face > Face care",
        things: &[
            ("face cream", "cream-jar"),
            ("face serum", "dropper"),
            ("cleansing balm", "cream-jar"),
            ("sun cream", "tube"),
        ],
        quality: "Skin type",
        qualities: &[
            ("light", "All skin types"),
            ("rich", "Dry skin"),
            ("calming", "Sensitive skin"),
            ("balancing", "Combination skin"),
        ],
        details: &[
            ("with rosehip", "Rosehip oil helps the skin to settle."),
            ("with hyaluronic acid", "Hyaluronic acid holds moisture where it belongs."),
            ("with camomile", "Camomile calms redness."),
        ],
        openings: &[
            "{A thing} with a short list of ingredients, all of them useful.",
            "A little is enough, in the morning and at night.",
        ],
        pounds: (12, 68),
        facts: &[
            flag("Vegan", 85),
            one_of("Scent", &["Unscented", "Lightly scented"]),
            one_of("Contents", &["30 ml", "50 ml", "75 ml"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Fragrance > Perfumes",
        things: &[("eau de parfum", "perfume"), ("cologne", "perfume")],
        qualities: &[
            ("vetiver", "vetiver, cedar and smoke"),
            ("iris", "iris, violet and suede"),
            ("fig", "fig leaf, milk and wood"),
            ("citrus", "bergamot, lemon and salt"),
            ("rose", "rose, pepper and moss"),
        ],
        details: &[
            ("with glass stopper", "The stopper is cut glass."),
            ("in a linen box", "The box is covered in linen."),
        ],
        openings: &[
            "{A thing} of {material} that stays close to the skin.",
            "Composed in layers: {material}, in that order.",
        ],
        sizes: Some(PERFUME),
        pounds: (14, 42),
        facts: &[whole("Lasts", Hour, 4, 10, 1), flag("Vegan", 80)],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Hair > Brushes & combs",
        things: &[("hairbrush", "hairbrush"), ("comb", "comb")],
        quality: "Timber",
        qualities: &[("paddle", "oiled timber"), ("round-edged", "polished timber"), ("pocket", "waxed timber")],
        details: &[
            ("for thick hair", "It glides through thick hair without pulling."),
            ("for fine hair", "It is gentle enough for fine hair."),
        ],
        openings: &[
            "{A thing} of {material}, smooth to the fingertips.",
            "The {name} is cut, sanded and finished by hand.",
        ],
        palette: WOOD,
        pounds: (8, 42),
        facts: &[whole("Length", Millimetre, 120, 240, 10), flag("Antistatic", 85)],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Hair > Hair dryers",
        things: &[("hair dryer", "hair-dryer")],
        quality: "Drying",
        qualities: &[("ionic", "Ionic"), ("travel", "Foldable, two voltages"), ("quiet", "Quiet motor")],
        details: &[
            ("with diffuser", "A diffuser for curls is in the box."),
            ("with cool shot", "A button gives cold air to set the shape."),
        ],
        openings: &[
            "{A thing} that dries fast and does not roar.",
            "The {name} sits well in the hand and stores in a drawer.",
        ],
        brands: &["Solenne", "Brevanta", "Aerline"],
        naming: Naming::Model,
        palette: SOFT,
        colours: Colours::Several,
        pounds: (24, 160),
        facts: &[whole("Power", domain::catalog::Unit::Watt, 1_200, 2_100, 100), whole("Weight", Gram, 360, 620, 20)],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Make-up > Lips & nails",
        things: &[("lipstick", "lipstick"), ("nail varnish", "nail-varnish"), ("lip balm", "tin")],
        quality: "Finish",
        qualities: &[("matt", "Matt"), ("satin", "Satin"), ("sheer", "Sheer"), ("glossy", "Glossy")],
        details: &[
            ("with jojoba", "Jojoba oil keeps it from drying out."),
            ("in a refillable case", "The case is metal and can be refilled."),
        ],
        openings: &[
            "{A thing} in one honest colour that lasts through lunch.",
            "A clear colour, a light feel and no glitter.",
        ],
        palette: CLEAR,
        colours: Colours::Several,
        pounds: (6, 28),
        facts: &[flag("Vegan", 90), one_of("Lasting", &["Up to 4 hours", "Up to 8 hours", "Up to 12 hours"])],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Shaving > Razors & brushes",
        things: &[("safety razor", "razor"), ("shaving brush", "shaving-brush")],
        quality: "Handle",
        qualities: &[("knurled", "knurled metal"), ("smooth", "polished metal"), ("weighted", "weighted metal")],
        details: &[
            ("with stand", "A stand lets it dry between shaves."),
            ("in a travel case", "A leather case takes it along."),
        ],
        openings: &[
            "{A thing} with a handle of {material} for unhurried mornings.",
            "The {name} is made to be kept: {material}, no plastic.",
        ],
        palette: METAL,
        colours: Colours::Several,
        pounds: (14, 65),
        facts: &[whole("Length", Millimetre, 84, 116, 2), whole("Weight", Gram, 52, 128, 2)],
        ..BASE
    },
    Shelf {
        path: "Beauty & care > Bathroom > Toothbrushes & accessories",
        things: &[("toothbrush", "toothbrush"), ("soap dish", "soap-dish"), ("bath brush", "bath-brush")],
        quality: "Material",
        qualities: &[("bamboo", "bamboo"), ("beech", "waxed beech"), ("oak", "oiled oak")],
        details: &[
            ("in paper packaging", "It comes in paper and can be composted when its time has come."),
            ("with cotton loop", "A cotton loop hangs it up to dry."),
        ],
        openings: &[
            "{A thing} in {material} for bathrooms without plastic.",
            "Plain {material}, well finished, pleasant in the hand.",
        ],
        palette: QUIET,
        colours: Colours::Several,
        pounds: (4, 24),
        facts: &[whole("Length", Millimetre, 110, 400, 10)],
        ..BASE
    },
];
