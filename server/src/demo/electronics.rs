use domain::catalog::Unit::{Gram, Hertz, Hour, Inch, Kilogram, Millimetre, Piece, Watt};

use super::shelf::{
    CABLE, Colours, DEVICE, DISK, DRIVE, Naming, QUIET, SCREEN, STORAGE, Shelf, TELEVISION, fine, flag, one_of, whole,
};

pub(super) const BASE: Shelf = Shelf {
    quality: "Type",
    brands: &["Orvane", "Tessel", "Kuro Labs", "Northbyte", "Velora", "Aldane", "Hexa"],
    naming: Naming::Model,
    palette: DEVICE,
    pounds: (20, 200),
    ..Shelf::EMPTY
};

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Electronics > Phones & tablets > Phones",
        things: &[("smartphone", "phone"), ("compact smartphone", "phone")],
        quality: "Network",
        qualities: &[("5G", "5G"), ("dual-SIM", "5G, two SIM cards")],
        details: &[
            ("with night camera", "The camera sees well after sunset."),
            ("with replaceable battery", "The battery can be replaced at home."),
            ("with six years of updates", "Updates are promised for six years."),
        ],
        openings: &[
            "{A thing} with a bright screen, a steady camera and no nonsense.",
            "The {name} lasts a long day and fits a pocket.",
        ],
        sizes: Some(STORAGE),
        pounds: (179, 699),
        facts: &[
            fine("Screen size", Inch, 5_400, 6_700, 100),
            whole("Weight", Gram, 148, 214, 2),
            flag("Waterproof", 60),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Phones & tablets > Cases",
        things: &[("phone case", "phone-case"), ("tablet sleeve", "laptop-sleeve")],
        quality: "Material",
        qualities: &[
            ("leather", "vegetable-tanned leather"),
            ("silicone", "liquid silicone"),
            ("felt", "wool felt"),
            ("recycled", "recycled plastic bottles"),
        ],
        details: &[
            ("with card pocket", "A pocket at the back holds two cards."),
            ("with raised edge", "A raised edge keeps glass off the table."),
            ("with soft lining", "The lining is soft and does not scratch."),
        ],
        openings: &[
            "{A thing} in {material} that is thin but means it.",
            "Made of {material}, this {thing} takes the knocks instead.",
        ],
        pounds: (9, 49),
        facts: &[
            whole("Weight", Gram, 22, 140, 2),
            one_of(
                "Fits",
                &[
                    "6.1 in phones and 10 in tablets",
                    "6.4 in phones and 11 in tablets",
                    "6.7 in phones and 13 in tablets",
                ],
            ),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Phones & tablets > Tablets & e-readers",
        things: &[("tablet", "tablet"), ("e-reader", "e-reader")],
        quality: "Screen",
        qualities: &[
            ("matt", "Matt, no glare"),
            ("high-contrast", "High contrast"),
            ("warm-light", "Adjustable warm light"),
        ],
        details: &[
            ("with pen", "A pen is in the box and sticks to the side."),
            ("with folding cover", "The cover folds into a stand."),
            ("for reading outdoors", "It reads well in full sunlight."),
        ],
        openings: &[
            "{A thing} for reading, drawing and train journeys.",
            "Light enough to hold in one hand, the {name} is made for long reading.",
        ],
        sizes: Some(STORAGE),
        pounds: (99, 449),
        facts: &[
            fine("Screen size", Inch, 6_000, 12_500, 500),
            whole("Battery life", Hour, 10, 30, 1),
            whole("Weight", Gram, 170, 520, 10),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Computers > Laptops",
        things: &[("laptop", "laptop"), ("ultralight laptop", "laptop")],
        quality: "Memory",
        qualities: &[("8 GB", "8 GB"), ("16 GB", "16 GB"), ("32 GB", "32 GB")],
        details: &[
            ("with matt screen", "The matt screen does not mirror the window."),
            ("with repairable design", "Battery, memory and keyboard can be replaced with one screwdriver."),
            ("with silent cooling", "It has no fan and makes no sound."),
        ],
        openings: &[
            "{A thing} for people who write, calculate and travel.",
            "Thin, quiet and quick, with {material} of memory.",
        ],
        sizes: Some(STORAGE),
        pounds: (449, 1_590),
        facts: &[
            fine("Screen size", Inch, 13_000, 16_000, 500),
            whole("Battery life", Hour, 8, 20, 1),
            fine("Weight", Kilogram, 980, 2_100, 20),
        ],
        ..BASE
    },
    Shelf {
        path: "Electronics > Computers > Monitors",
        things: &[("monitor", "monitor"), ("curved monitor", "monitor")],
        quality: "Resolution",
        qualities: &[("4K", "3840 × 2160"), ("QHD", "2560 × 1440"), ("full-HD", "1920 × 1080")],
        details: &[
            ("with USB-C", "One USB-C cable brings picture and power."),
            ("with height-adjustable stand", "The stand moves up, down and round."),
            ("with true colours", "Every one is measured and corrected before it is packed."),
        ],
        openings: &[
            "{A thing} with even light and text as sharp as print.",
            "The {name} shows {material} pixels without a flicker.",
        ],
        sizes: Some(SCREEN),
        pounds: (119, 480),
        facts: &[whole("Refresh rate", Hertz, 60, 180, 60), whole("Power", Watt, 22, 58, 2)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Screens > Televisions",
        things: &[("television", "television"), ("smart television", "television")],
        quality: "Picture",
        qualities: &[("OLED", "OLED"), ("4K", "LED, 3840 × 2160"), ("QLED", "Quantum dot LED")],
        details: &[
            ("with slim stand", "The slim stand fits a narrow bench."),
            ("with wall mount", "A wall mount is in the box."),
            ("with good sound", "Two speakers face forward, where the people are."),
        ],
        openings: &[
            "{A thing} that looks good when it is switched off, too.",
            "Deep blacks, honest colours and a remote control with few buttons.",
        ],
        sizes: Some(TELEVISION),
        colours: Colours::One,
        pounds: (289, 899),
        facts: &[whole("Refresh rate", Hertz, 60, 120, 60), one_of("Energy class", &["D", "E", "F"])],
        ..BASE
    },
    Shelf {
        path: "Electronics > Computers > Keyboards & mice",
        things: &[
            ("keyboard", "keyboard"),
            ("mechanical keyboard", "keyboard"),
            ("mouse", "mouse"),
            ("ergonomic mouse", "mouse"),
        ],
        quality: "Connection",
        qualities: &[
            ("wireless", "Bluetooth and USB receiver"),
            ("wired", "USB cable"),
            ("rechargeable", "Bluetooth, charged by USB-C"),
        ],
        details: &[
            ("with quiet clicks", "It clicks quietly enough for shared rooms."),
            ("for three devices", "One key moves it between three devices."),
            ("with recycled shell", "The shell is made of recycled plastic."),
        ],
        openings: &["{A thing} with a precise, pleasant feel.", "Eight hours a day deserve a good {thing}."],
        pounds: (19, 160),
        facts: &[whole("Weight", Gram, 80, 980, 20), whole("Width", Millimetre, 60, 440, 20)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Computers > Drives",
        things: &[("portable SSD", "disk"), ("external drive", "disk")],
        quality: "Interface",
        qualities: &[("USB-C", "USB-C 3.2"), ("rugged", "USB-C, sealed against water"), ("pocket", "USB-C and USB-A")],
        details: &[
            ("with encryption", "What is on it is encrypted by default."),
            ("with metal shell", "The shell is milled from one piece of aluminium."),
        ],
        openings: &[
            "{A thing} the size of a bar of soap.",
            "The {name} copies a holiday's photographs in under a minute.",
        ],
        sizes: Some(DISK),
        pounds: (39, 89),
        facts: &[whole("Weight", Gram, 42, 180, 2), flag("Shock resistant", 70)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Accessories > USB sticks",
        things: &[("USB stick", "usb-stick")],
        quality: "Interface",
        qualities: &[("USB-C", "USB-C"), ("dual", "USB-A and USB-C"), ("slim", "USB-A")],
        details: &[
            ("with key ring", "A ring keeps it with the keys."),
            ("with sliding cap", "The cap slides back and can't get lost."),
        ],
        openings: &[
            "{A thing} with a metal body and a quick chip inside.",
            "Files in a pocket: the {name} works wherever there is a port.",
        ],
        sizes: Some(DRIVE),
        pounds: (7, 18),
        facts: &[whole("Weight", Gram, 6, 24, 1)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Accessories > Cables & chargers",
        things: &[("charging cable", "cable"), ("display cable", "cable"), ("extension lead", "cable")],
        quality: "Build",
        qualities: &[
            ("braided", "Braided cotton"),
            ("flat", "Flat, does not tangle"),
            ("reinforced", "Reinforced ends"),
        ],
        details: &[
            ("with leather tie", "A leather tie keeps it in a coil."),
            ("with angled plug", "The angled plug sits close to the wall or the desk."),
        ],
        openings: &[
            "{A thing} that survives bags, chairs and cats.",
            "A cable that is pleasant to handle and hard to break.",
        ],
        sizes: Some(CABLE),
        pounds: (7, 26),
        facts: &[whole("Rated power", Watt, 60, 240, 60)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Accessories > Power banks",
        things: &[("power bank", "power-bank"), ("desk charger", "power-bank")],
        quality: "Ports",
        qualities: &[("two-port", "Two USB-C"), ("three-port", "Two USB-C, one USB-A"), ("slim", "One USB-C")],
        details: &[
            ("with display", "A small display counts the percent."),
            ("in recycled aluminium", "The shell is recycled aluminium."),
        ],
        openings: &[
            "{A thing} for days that are longer than batteries.",
            "The {name} charges a phone to half in half an hour.",
        ],
        pounds: (18, 89),
        facts: &[whole("Weight", Gram, 110, 420, 10), whole("Rated power", Watt, 20, 100, 5)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Photography > Cameras",
        things: &[("compact camera", "camera"), ("mirrorless camera", "camera"), ("instant camera", "instant-camera")],
        quality: "Sensor",
        qualities: &[("24 MP", "24 megapixels"), ("26 MP", "26 megapixels"), ("32 MP", "32 megapixels")],
        details: &[
            ("with leather strap", "A leather strap is in the box."),
            ("with tilting screen", "The screen tilts for low and high angles."),
            ("with steady shots", "Shake is evened out while the shutter is open."),
        ],
        openings: &[
            "{A thing} with dials to turn instead of menus to search.",
            "The {name} is small enough to be there when it matters.",
        ],
        palette: QUIET,
        pounds: (99, 1_190),
        facts: &[whole("Weight", Gram, 260, 640, 10), whole("Width", Millimetre, 98, 142, 2)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Wearables > Smart watches",
        things: &[("smart watch", "smart-watch"), ("fitness band", "smart-watch")],
        quality: "Case",
        qualities: &[("slim", "Aluminium"), ("rugged", "Titanium"), ("round", "Stainless steel")],
        details: &[
            ("with woven strap", "The woven strap breathes and dries fast."),
            ("with GPS", "It finds its way by satellite, without a phone."),
            ("with sleep tracking", "It knows good nights from bad ones."),
        ],
        openings: &[
            "{A thing} that tells what matters and keeps quiet about the rest.",
            "The {name} is light enough to sleep in.",
        ],
        pounds: (49, 390),
        facts: &[whole("Battery life", Hour, 36, 336, 12), whole("Weight", Gram, 22, 54, 2), flag("Waterproof", 90)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Computers > Routers & printers",
        things: &[("wi-fi router", "router"), ("photo printer", "printer"), ("label printer", "printer")],
        quality: "Type",
        qualities: &[("compact", "Compact"), ("dual-band", "Dual-band wireless"), ("quiet", "Quiet")],
        details: &[
            ("with simple set-up", "It is set up from a phone in five minutes."),
            ("with long guarantee", "It is guaranteed for five years."),
        ],
        openings: &[
            "{A thing} that does its work out of sight and out of mind.",
            "The {name} looks tidy on a shelf and stays connected.",
        ],
        pounds: (45, 260),
        facts: &[whole("Width", Millimetre, 120, 380, 10)],
        ..BASE
    },
    Shelf {
        path: "Electronics > Games > Controllers",
        things: &[("game controller", "game-controller"), ("handheld console", "handheld")],
        quality: "Connection",
        qualities: &[
            ("wireless", "Bluetooth and USB-C"),
            ("two-mode", "Radio and USB-C"),
            ("pro", "Bluetooth, radio and USB-C"),
        ],
        details: &[
            ("with textured grips", "The grips are textured and stay dry."),
            ("with magnetic sticks", "The sticks are magnetic and do not drift."),
            ("with travel case", "A zipped case is in the box."),
        ],
        openings: &[
            "{A thing} that fits the hand and answers at once.",
            "One more level: the {name} runs all weekend.",
        ],
        pounds: (29, 289),
        facts: &[
            whole("Battery life", Hour, 8, 40, 2),
            whole("Weight", Gram, 190, 460, 10),
            whole("Buttons", Piece, 12, 18, 2),
        ],
        ..BASE
    },
];
