use domain::catalog::Unit::{Centimetre, Gram, Kilogram, Litre, Millimetre};

use super::shelf::{CASE, CLOTH, EARTH, LEATHER, Naming, OUTDOOR, QUIET, SACK, SHOE, Shelf, fine, flag, one_of, whole};

const BASE: Shelf = Shelf {
    brands: &["Cordwain", "Tarn & Fell", "Pavement", "Sole Theory", "Hobb & Daughters", "Lisboa Step"],
    naming: Naming::Person,
    palette: LEATHER,
    sizes: Some(SHOE),
    pounds: (35, 180),
    ..Shelf::EMPTY
};

const BAGGERS: &[&str] = &["Satchel Street", "Tarn & Fell", "Ferryman", "Lisboa Carry", "Canvas Union"];

pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        path: "Shoes & bags > Shoes > Trainers",
        things: &[("trainers", "trainer"), ("running shoes", "running-shoe"), ("canvas plimsolls", "trainer")],
        quality: "Upper",
        qualities: &[
            ("recycled", "recycled polyester"),
            ("hemp", "woven hemp"),
            ("knitted", "knitted yarn"),
            ("vegan", "plant-based leather"),
        ],
        details: &[
            ("with cork insole", "The cork insole takes the shape of the foot."),
            ("with natural rubber sole", "The sole is natural rubber and grips in the wet."),
            ("with reflective tab", "A reflective tab at the heel shows up at night."),
        ],
        openings: &[
            "{A thing} with uppers of {material} for streets and platforms.",
            "Light on the foot and easy on the eye: {material} on a cushioned sole.",
        ],
        palette: CLOTH,
        pounds: (38, 140),
        facts: &[whole("Weight per shoe", Gram, 210, 360, 10), flag("Vegan", 60)],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Shoes > Boots",
        things: &[("ankle boots", "boot"), ("walking boots", "walking-boot"), ("chelsea boots", "chelsea-boot")],
        quality: "Upper",
        qualities: &[("leather", "vegetable-tanned leather"), ("suede", "waxed suede"), ("nubuck", "soft nubuck")],
        details: &[
            ("with stitched sole", "The sole is stitched and can be replaced."),
            ("with warm lining", "They are lined with wool felt."),
            ("with pull tabs", "Tabs at the heel help to pull them on."),
        ],
        openings: &[
            "{A thing} in {material} that are better in their third winter.",
            "Cut from {material}, built on a wide last and easy to resole.",
        ],
        pounds: (68, 240),
        facts: &[whole("Weight per shoe", Gram, 380, 720, 20), flag("Waterproof", 45)],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Shoes > Sandals & slippers",
        things: &[("sandals", "sandal"), ("slippers", "slipper"), ("clogs", "slipper")],
        quality: "Upper",
        qualities: &[("leather", "vegetable-tanned leather"), ("suede", "soft suede"), ("felt", "wool felt")],
        details: &[
            ("with cork footbed", "The cork footbed follows the foot."),
            ("with rubber sole", "The rubber sole goes out to the post box and back."),
        ],
        openings: &[
            "{A thing} in {material} for bare feet and stone floors.",
            "Slip them on and stay: {material} over a soft footbed.",
        ],
        palette: EARTH,
        pounds: (22, 95),
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Shoes > Leather shoes",
        things: &[("derby shoes", "derby"), ("loafers", "loafer"), ("brogues", "derby")],
        quality: "Upper",
        qualities: &[("leather", "full-grain leather"), ("suede", "Italian suede"), ("grained", "grained leather")],
        details: &[
            ("with welted sole", "The welted sole can be renewed again and again."),
            ("with leather lining", "The lining is leather too."),
        ],
        openings: &[
            "{A thing} in {material}, as good with jeans as with a suit.",
            "Made on a classic last in {material}.",
        ],
        pounds: (58, 220),
        facts: &[one_of("Care", &["Brush, feed and rest for a day"])],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Bags > Backpacks",
        things: &[("backpack", "backpack"), ("roll-top backpack", "roll-top"), ("rucksack", "rucksack")],
        qualities: &[("waxed", "waxed canvas"), ("recycled", "recycled polyester"), ("cotton", "cotton canvas")],
        details: &[
            ("with laptop sleeve", "A padded sleeve holds a laptop of 15 inches."),
            ("with leather straps", "Straps and tabs are leather."),
            ("with hidden pocket", "A pocket at the back keeps passports close."),
        ],
        openings: &[
            "{A thing} in {material} that goes from platform to path.",
            "The {name} carries a day's things and sits close to the back.",
        ],
        brands: BAGGERS,
        palette: OUTDOOR,
        sizes: Some(SACK),
        pounds: (35, 150),
        facts: &[whole("Weight", Gram, 580, 1_280, 20), flag("Water repellent", 75)],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Bags > Handbags & totes",
        things: &[("tote bag", "tote"), ("shoulder bag", "handbag"), ("crossbody bag", "handbag")],
        qualities: &[
            ("leather", "vegetable-tanned leather"),
            ("canvas", "heavy canvas"),
            ("suede", "soft suede"),
            ("woven", "woven leather"),
        ],
        details: &[
            ("with inside pocket", "An inside pocket saves searching for keys."),
            ("with brass hardware", "Rings and rivets are solid brass."),
            ("with zip top", "A zip closes the top."),
        ],
        openings: &[
            "{A thing} in {material} with room for a day and a loaf of bread.",
            "The {name} is made of {material} that gets darker and better.",
        ],
        brands: BAGGERS,
        sizes: None,
        pounds: (28, 210),
        facts: &[
            whole("Width", Centimetre, 22, 44, 2),
            whole("Height", Centimetre, 18, 40, 2),
            whole("Capacity", Litre, 4, 18, 1),
        ],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Bags > Wallets & purses",
        things: &[("wallet", "wallet"), ("card holder", "wallet"), ("coin purse", "purse")],
        qualities: &[("leather", "vegetable-tanned leather"), ("grained", "grained leather"), ("cork", "cork leather")],
        details: &[
            ("with coin pocket", "A small pocket takes the coins."),
            ("with hand-stitched edge", "The edges are stitched by hand with waxed thread."),
            ("for six cards", "Six cards fit without bulging."),
        ],
        openings: &[
            "{A thing} in {material} that stays thin.",
            "Cut from {material} and made to be used daily for years.",
        ],
        brands: BAGGERS,
        sizes: None,
        pounds: (15, 75),
        facts: &[
            whole("Width", Millimetre, 85, 120, 5),
            whole("Weight", Gram, 28, 90, 2),
            flag("Blocks contactless reading", 55),
        ],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Travel > Suitcases",
        things: &[("suitcase", "suitcase"), ("cabin trolley", "suitcase")],
        quality: "Shell",
        qualities: &[
            ("hard-shell", "recycled polycarbonate"),
            ("ribbed", "ribbed polycarbonate"),
            ("soft-side", "ballistic nylon"),
        ],
        details: &[
            ("with silent wheels", "The wheels roll quietly over cobbles."),
            ("with inner straps", "Straps inside keep shirts flat."),
            ("with number lock", "A number lock is built in."),
        ],
        openings: &[
            "{A thing} of {material} that weighs little and takes a lot.",
            "The {name} follows without being asked.",
        ],
        brands: BAGGERS,
        palette: QUIET,
        sizes: Some(CASE),
        pounds: (69, 210),
        facts: &[fine("Weight", Kilogram, 2_200, 4_400, 100), one_of("Guarantee", &["5 years", "10 years"])],
        ..BASE
    },
    Shelf {
        path: "Shoes & bags > Travel > Umbrellas & wash bags",
        things: &[("umbrella", "umbrella"), ("wash bag", "wash-bag")],
        qualities: &[
            ("recycled", "recycled polyester"),
            ("waxed", "waxed cotton"),
            ("striped", "woven striped cotton"),
        ],
        details: &[
            ("with oak handle", "The pull or handle is turned from oak."),
            ("for the weekend", "It packs small and dries fast."),
        ],
        openings: &[
            "{A thing} in {material} for people who go out anyway.",
            "Made of {material}, stitched twice where it matters.",
        ],
        brands: BAGGERS,
        palette: CLOTH,
        sizes: None,
        pounds: (14, 65),
        facts: &[whole("Weight", Gram, 160, 480, 20), flag("Water repellent", 90)],
        ..BASE
    },
];
