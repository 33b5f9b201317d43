use domain::catalog::Unit::{Gram, Millimetre, Piece};

use super::shelf::{
    CLEAR, CLOTH, Colours, EARTH, JACKET, Naming, PACK, PLAY, QUIET, SOFT, Shelf, Sizes, flag, one_of, whole,
};

const FORMAT: &Sizes = &Sizes { option: "Format", values: &[("Paperback", 0), ("Hardback", 70)] };

const BASE: Shelf = Shelf {
    quality: "Subject",
    brands: &[
        "Lantern Press",
        "Harbour & Finch",
        "Meridian Books",
        "Quillon House",
        "Paper Boat",
        "Northlight Editions",
    ],
    naming: Naming::Book,
    palette: JACKET,
    colours: Colours::One,
    sizes: Some(FORMAT),
    pounds: (7, 18),
    facts: &[
        whole("Pages", Piece, 160, 560, 8),
        one_of("Language", &["English"]),
        one_of("Published", &["2023", "2024", "2025", "2026"]),
    ],
    ..Shelf::EMPTY
};

const STATIONERS: &[&str] = &["Inkwell & Co", "Papier Nord", "Margin", "Quillon House", "Foolscap"];

const STATIONERY: Shelf = Shelf {
    quality: "Material",
    brands: STATIONERS,
    naming: Naming::Place,
    palette: CLOTH,
    colours: Colours::Several,
    sizes: None,
    facts: &[],
    ..BASE
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Books & stationery > Fiction > Novels",
        things: &[("novel", "book"), ("debut novel", "book"), ("historical novel", "book")],
        qualities: &[
            ("", "Family secrets"),
            ("", "Friendship"),
            ("", "Leaving home"),
            ("", "Coming home"),
            ("", "Islands"),
        ],
        details: &[
            ("", "Three generations, one house and a letter that was never sent."),
            ("", "A stranger arrives with the last ferry and knows too much."),
            ("", "What begins as a summer job becomes a search for a lost sister."),
            ("", "Two old friends, one old boat and a promise made in another century."),
            ("", "When the river rises, a small town has to decide whom it trusts."),
            ("", "A mapmaker finds a road that is on no map, and follows it."),
        ],
        openings: &[
            "A generous, quick-witted {thing} about people who can't leave well alone.",
            "{name} is a {thing} for anyone who has ever missed a train on purpose.",
            "A {thing} told with warmth, patience and a straight face.",
        ],
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Fiction > Crime & thrillers",
        things: &[("crime novel", "book"), ("thriller", "book")],
        qualities: &[("", "Detectives"), ("", "Small towns"), ("", "Espionage"), ("", "Cold cases")],
        details: &[
            ("", "A retired inspector opens one last file and finds her own name in it."),
            ("", "Everyone in the village was at the fair, and everyone saw something else."),
            ("", "The lighthouse has been dark for ten years when it suddenly shines."),
            ("", "One guest too many sits down to dinner, and one too few gets up."),
        ],
        openings: &[
            "A {thing} that plays fair and still surprises.",
            "{name} is a {thing} for one long evening.",
            "Cold, clever and kind at heart: a {thing} with a real ending.",
        ],
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Fiction > Science fiction & fantasy",
        things: &[("fantasy novel", "book"), ("science fiction novel", "book")],
        qualities: &[("", "New worlds"), ("", "Time"), ("", "Magic"), ("", "First contact")],
        details: &[
            ("", "A city floats, a tower leans, and a clerk finds out why."),
            ("", "The colony has one rule about the sea, and a child breaks it."),
            ("", "Magic is a trade here, with apprentices, invoices and complaints."),
            ("", "The signal was sent by us, four hundred years from now."),
        ],
        openings: &[
            "A {thing} with big ideas and people to believe in.",
            "{name} is a {thing} that builds a world and then opens its windows.",
        ],
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Non-fiction > Nature & travel",
        things: &[("travel book", "book"), ("nature book", "book")],
        qualities: &[("", "Walking"), ("", "Rivers"), ("", "Birds"), ("", "Railways"), ("", "The sea")],
        details: &[
            ("", "One year, one footpath and everything that lives beside it."),
            ("", "By slow train from the North Sea to the Black Sea, with notes on soup."),
            ("", "An ornithologist returns to the island of her childhood and counts."),
        ],
        openings: &[
            "A {thing} that makes you look out of the window.",
            "{name} is a {thing} full of weather, maps and good company.",
        ],
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Non-fiction > Cookery & home",
        things: &[("cookery book", "cookbook"), ("gardening book", "cookbook")],
        qualities: &[("", "Seasons"), ("", "Bread"), ("", "Vegetables"), ("", "Small gardens")],
        details: &[
            ("", "Eighty pieces of advice, each on one page, each tested by beginners."),
            ("", "Month by month through a year of doing things with your hands."),
            ("", "Drawings show every step, and there is room for notes."),
        ],
        openings: &[
            "A {thing} that will get stains, as it should.",
            "{name} is a calm, practical {thing} for every week of the year.",
        ],
        pounds: (12, 28),
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Children's books > Picture books",
        things: &[("picture book", "picture-book"), ("bedtime book", "picture-book")],
        qualities: &[("", "Animals"), ("", "Courage"), ("", "Bedtime"), ("", "The sea")],
        details: &[
            ("", "A very small whale looks for a very quiet place."),
            ("", "The bear next door has lost his hat, and the whole street helps."),
            ("", "Counting sheep gets complicated when the sheep count back."),
        ],
        openings: &[
            "A {thing} to read aloud, and then again.",
            "{name} is a {thing} with large drawings and few words.",
        ],
        palette: PLAY,
        pounds: (6, 14),
        facts: &[
            whole("Pages", Piece, 24, 48, 8),
            one_of("Language", &["English"]),
            one_of("Age", &["From 2 years", "From 3 years", "From 4 years"]),
        ],
        ..BASE
    },
    Shelf {
        path: "Books & stationery > Stationery > Notebooks",
        things: &[("notebook", "notebook"), ("sketchbook", "notebook"), ("diary", "diary")],
        qualities: &[
            ("linen-bound", "a linen cover"),
            ("leather-bound", "a leather cover"),
            ("stitched", "a card cover with a stitched spine"),
            ("dotted", "a cloth cover and dotted pages"),
        ],
        quality: "Cover",
        details: &[
            ("with lay-flat binding", "It lies flat on every page."),
            ("with elastic", "An elastic keeps it shut in a bag."),
            ("with ribbon", "Two ribbons mark the place."),
            ("with numbered pages", "Pages are numbered and an index is at the front."),
        ],
        openings: &[
            "{A thing} with {material} and paper that takes a fountain pen.",
            "Good paper between {material}, a {thing} for lists, plans and drawings.",
        ],
        pounds: (6, 32),
        facts: &[
            whole("Height", Millimetre, 140, 250, 5),
            whole("Pages", Piece, 96, 240, 16),
            whole("Paper weight per m²", Gram, 80, 160, 10),
        ],
        ..STATIONERY
    },
    Shelf {
        path: "Books & stationery > Stationery > Pens & pencils",
        things: &[("fountain pen", "pen"), ("ballpoint pen", "pen"), ("pencils", "pencils")],
        quality: "Finish",
        qualities: &[("lacquered", "Lacquered"), ("matt", "Matt"), ("faceted", "Faceted"), ("slim", "Slim")],
        details: &[
            ("in a gift tin", "The tin is worth keeping."),
            ("with soft line", "The line is soft and even."),
            ("for every day", "Good enough to be missed when lent."),
        ],
        openings: &[
            "{A thing} for lists, letters and crosswords.",
            "Well balanced, well finished and easy to refill or sharpen.",
        ],
        palette: CLEAR,
        pounds: (5, 62),
        facts: &[whole("Length", Millimetre, 128, 178, 2)],
        ..STATIONERY
    },
    Shelf {
        path: "Books & stationery > Stationery > Cards & wrapping",
        things: &[("greeting card", "card"), ("wrapping paper", "wrapping-paper"), ("paper tape", "tape")],
        quality: "Pattern",
        qualities: &[
            ("botanical", "drawn leaves"),
            ("contour", "contour lines"),
            ("dotted", "uneven dots"),
            ("striped", "painted stripes"),
            ("star", "small stars"),
        ],
        details: &[
            ("on recycled paper", "The paper is recycled and takes ink well."),
            ("with gold accents", "A little gold catches the light."),
        ],
        openings: &[
            "{A thing} with {material}, printed in small runs.",
            "For small presents and good news, with {material}.",
        ],
        palette: SOFT,
        sizes: Some(PACK),
        pounds: (3, 7),
        facts: &[flag("Recyclable", 95)],
        ..STATIONERY
    },
    Shelf {
        path: "Books & stationery > Stationery > Desk accessories",
        things: &[("pen pot", "pen-pot"), ("letter tray", "letter-tray"), ("desk calendar", "calendar")],
        qualities: &[
            ("oak", "oiled oak"),
            ("steel", "powder-coated steel"),
            ("card", "pressed card"),
            ("ceramic", "glazed ceramic and wood"),
        ],
        details: &[
            ("with felt base", "Felt underneath spares the desk."),
            ("that stacks", "It is made to go with others of its kind."),
        ],
        openings: &["{A thing} in {material} for a desk that can be found.", "The {name} makes tidiness look easy."],
        palette: QUIET,
        pounds: (8, 42),
        facts: &[whole("Height", Millimetre, 60, 180, 10)],
        ..STATIONERY
    },
    Shelf {
        path: "Books & stationery > Stationery > Maps & globes",
        things: &[("globe", "globe"), ("wall map", "map")],
        quality: "Cartography",
        qualities: &[
            ("physical", "Mountains, rivers and seas"),
            ("political", "Countries and capitals"),
            ("star", "The night sky"),
        ],
        details: &[
            ("with gazetteer", "A small gazetteer lists every name."),
            ("in muted colours", "Muted colours let the names be read."),
        ],
        openings: &[
            "{A thing} to plan on, to learn from and to dream over.",
            "Drawn by hand, checked by geographers: the {name} is right and beautiful.",
        ],
        palette: EARTH,
        pounds: (16, 140),
        facts: &[whole("Width", Millimetre, 250, 990, 10)],
        ..STATIONERY
    },
];
