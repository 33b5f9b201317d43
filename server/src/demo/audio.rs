use domain::catalog::Unit::{Gram, Hour, Kilogram, Millimetre, Watt};

use super::electronics::BASE;
use super::shelf::{QUIET, Shelf, fine, flag, whole};

const SOUND: &[&str] = &["Auvio", "Orvane", "Clarion Bay", "Sonder Audio", "Tessel", "Murmur"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Electronics > Audio > Headphones",
        things: &[
            ("over-ear headphones", "headphones"),
            ("on-ear headphones", "headphones"),
            ("studio headphones", "headphones"),
        ],
        quality: "Connection",
        qualities: &[("wireless", "Bluetooth"), ("wired", "3.5 mm cable"), ("noise-cancelling", "Bluetooth and cable")],
        details: &[
            ("with memory foam", "Memory foam cushions sit lightly for hours."),
            ("with carry case", "A hard case protects {them} in a bag."),
            ("with replaceable cushions", "Cushions and headband can be replaced without tools."),
            ("with two-device pairing", "A laptop and a phone can be paired at once."),
        ],
        openings: &[
            "{A thing} with clear voices, tight bass and no hiss.",
            "{A thing} by {brand}, tuned by people who listen for a living.",
        ],
        brands: SOUND,
        pounds: (29, 349),
        facts: &[
            whole("Weight", Gram, 180, 310, 10),
            whole("Driver size", Millimetre, 30, 50, 10),
            flag("Foldable", 60),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Audio > Earbuds",
        things: &[("earbuds", "earbuds"), ("sports earbuds", "earbuds")],
        quality: "Fit",
        qualities: &[("wireless", "In-ear"), ("noise-cancelling", "In-ear, sealed"), ("open-fit", "Open")],
        details: &[
            ("with charging case", "The case charges them three times over."),
            ("with four tip sizes", "Four sizes of tips are in the box."),
            ("with clear calls", "Two microphones in each bud keep the wind out of calls."),
        ],
        openings: &[
            "{A thing} that stay where they are put, on a train or on a run.",
            "Small and light, these {thing} by {brand} are easy to forget about.",
        ],
        brands: SOUND,
        pounds: (25, 219),
        facts: &[whole("Battery life", Hour, 5, 11, 1), whole("Weight", Gram, 36, 58, 2), flag("Sweat resistant", 80)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Audio > Speakers",
        things: &[
            ("bluetooth speaker", "speaker"),
            ("bookshelf speaker", "bookshelf-speaker"),
            ("smart speaker", "smart-speaker"),
        ],
        quality: "Use",
        qualities: &[("portable", "Portable"), ("compact", "Compact"), ("room-filling", "Large rooms")],
        details: &[
            ("with wool front", "The front is covered in woven wool."),
            ("with stereo pairing", "Two of them make a stereo pair."),
            ("with real knob", "Volume is a real knob and a pleasure to turn."),
        ],
        openings: &["{A thing} that sounds bigger than it looks.", "Warm, clear and never boomy, by {brand}."],
        brands: SOUND,
        pounds: (35, 420),
        facts: &[
            whole("Power", Watt, 10, 80, 5),
            whole("Height", Millimetre, 90, 320, 10),
            fine("Weight", Kilogram, 500, 5_800, 100),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Audio > Turntables & radios",
        things: &[("turntable", "turntable"), ("DAB radio", "radio")],
        quality: "Style",
        qualities: &[("classic", "Classic"), ("compact", "Compact"), ("walnut-trimmed", "Walnut trim")],
        details: &[
            ("with Bluetooth", "It also sends and receives by Bluetooth."),
            ("with headphone socket", "A headphone socket is on the front."),
        ],
        openings: &[
            "{A thing} for mornings with the news and evenings with a record.",
            "One good {thing}, made to be repaired rather than replaced.",
        ],
        brands: SOUND,
        palette: QUIET,
        pounds: (59, 490),
        facts: &[whole("Width", Millimetre, 210, 440, 10), fine("Weight", Kilogram, 1_200, 6_400, 200)],
        ..BASE
    },
];
