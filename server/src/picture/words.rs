//! Guesses a motif and a colour from what the seller of an imported product wrote.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::catalog::{Paint, Slug};

use super::{motif, palette};

/// The motif of a title and its category: `white hanging heart t-light holder` is a tea light.
///
/// The thing that is named last is the thing that is sold, and the longest name of it counts: a
/// `teapot mug` is a mug. What follows `for`, `with` and the like counts only where nothing before
/// it is known, and what a thing is decorated with only where no thing is known at all.
pub(crate) fn motif_for(words: &str) -> Slug {
    let words = plain(words);
    let words: Vec<&str> = words.split(' ').collect();
    let end = words.iter().position(|word| LINKS.contains(word)).unwrap_or(words.len());
    let found = last(&THING_OF, &words[..end]).or_else(|| last(&THING_OF, &words)).or_else(|| last(&HINT_OF, &words));
    slug(found.unwrap_or(motif::PARCEL.name))
}

/// The colour that a title names first, as one of the paints; where it names none, one that is
/// always the same for the title.
pub(crate) fn colour_for(words: &str) -> Slug {
    let words = plain(words);
    let named = words
        .split(' ')
        .find_map(|word| Paint::named(word).map(|paint| paint.name).or_else(|| COLOUR_OF.get(word).copied()));
    slug(named.unwrap_or(LIVELY[palette::hash(&words) as usize % LIVELY.len()]))
}

/// Lower-case words of letters and digits, a blank between them: `4 gb t light`.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    // An apostrophe joins (children's), everything else parts.
    for letter in words.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.trim().to_owned()
}

type Table = LazyLock<HashMap<&'static str, &'static str>>;

/// The motif of the name that ends last in `words`; of several that end there, of the longest.
fn last(table: &Table, words: &[&str]) -> Option<&'static str> {
    (1..=words.len()).rev().find_map(|end| {
        (end.saturating_sub(NAME_MAX_WORDS)..end).find_map(|start| {
            let name = words[start..end].join(" ");
            let singular = |plural| name.strip_suffix(plural).and_then(|name| table.get(name));
            table.get(name.as_str()).or_else(|| singular("s")).or_else(|| singular("es")).copied()
        })
    })
}

#[expect(clippy::expect_used, reason = "every name of the tables and of the palette is a slug, as the tests prove")]
fn slug(name: &str) -> Slug {
    name.parse().expect("a name of a table")
}

static THING_OF: Table = LazyLock::new(|| by_name(THINGS));
static HINT_OF: Table = LazyLock::new(|| by_name(HINTS));
static COLOUR_OF: Table = LazyLock::new(|| by_name(COLOURS));

fn by_name(table: &'static [(&str, &str)]) -> HashMap<&'static str, &'static str> {
    table.iter().flat_map(|(motif, names)| names.split(", ").map(|name| (name, *motif))).collect()
}

/// The longest names of the tables: `usb flash drive`.
const NAME_MAX_WORDS: usize = 3;

/// Words after which a title says what the thing goes with.
const LINKS: [&str; 6] = ["for", "with", "w", "compatible", "fits", "designed"];

/// Colours for what names none: lively, and apart from each other.
const LIVELY: [&str; 12] =
    ["teal", "clay", "mustard", "sage", "denim", "coral", "slate", "plum", "forest", "sky", "berry", "sand"];

/// Colours of the palette with what else sellers call them.
pub(super) const COLOURS: &[(&str, &str)] = &[
    ("poppy", "red, scarlet, cherry, retrospot, strawberry"),
    ("berry", "magenta, raspberry"),
    ("wine", "burgundy, crimson, ruby"),
    ("cobalt", "blue"),
    ("ink", "navy"),
    ("sky", "cyan"),
    ("teal", "turquoise, aqua, petrol"),
    ("moss", "green"),
    ("forest", "emerald"),
    ("sage", "lime"),
    ("olive", "khaki"),
    ("lemon", "yellow"),
    ("amber", "orange, tangerine"),
    ("plum", "purple"),
    ("lilac", "violet, lavender, amethyst"),
    ("chalk", "ivory, cream, clear"),
    ("oat", "natural, beige"),
    ("sand", "tan"),
    ("oak", "wood, wooden, wicker"),
    ("walnut", "chocolate"),
    ("copper", "bronze"),
    ("steel", "silver, chrome, zinc, aluminum, aluminium, platinum"),
    ("grey", "gray"),
    ("charcoal", "graphite, gunmetal"),
    ("slate", "titanium"),
    ("gold", "golden"),
    ("pink", "fuchsia"),
    ("coral", "peach"),
];

/// Motifs with the things that they show, as sellers call them: in the singular, with blanks
/// between the parts of a word.
pub(super) const THINGS: &[(&str, &str)] = &[
    // Light
    (
        "tea-light",
        "t light holder, tlight holder, t light, tealight, tea light, votive, candle holder, \
        candleholder, oil burner",
    ),
    ("candle", "candle, incense"),
    ("pillar-candle", "candlestick, dinner candle, candle plate"),
    ("lantern", "lantern"),
    ("string-lights", "string light, fairy light, light chain, light garland"),
    ("bulb", "night light, bulb"),
    ("table-lamp", "lamp"),
    ("pendant", "lampshade, chandelier, lamp shade"),
    ("desk-lamp", "desk lamp, booklight"),
    ("floor-lamp", "floor lamp"),
    ("torch", "torch, flashlight"),
    // Home
    ("cushion", "cushion, cushion cover, pillow"),
    ("blanket", "throw, blanket"),
    ("bedding", "quilt"),
    ("towel", "towel, flannel, tea towel"),
    ("flask", "hot water bottle, flask"),
    ("rug", "rug, doormat, door mat, mouse pad"),
    ("vase", "vase"),
    ("jug", "jug, pitcher"),
    ("frame", "photo frame, picture frame, frame, wall art, art print"),
    ("cookbook", "photo album, cookbook, recipe book"),
    ("mirror", "mirror, compact mirror"),
    ("clock", "clock, thermometer"),
    ("alarm-clock", "alarm clock"),
    ("basket", "basket, hamper"),
    ("storage-box", "storage box, box, trinket pot, trinket, tissue box, recipe box, plaster"),
    ("parcel", "gift box"),
    ("hook", "hook, coat rack, hanger, knob, wall mount, mount"),
    ("bunting", "bunting, garland"),
    ("sign", "sign, plaque, blackboard, chalkboard, memo board, block word"),
    ("letter-tray", "letter rack, letter tray"),
    ("magnet", "magnet"),
    ("bauble", "bauble, ornament, bell"),
    ("figurine", "figurine"),
    ("curtain", "curtain"),
    ("doorstop", "doorstop, door stop, draught excluder"),
    ("wreath", "wreath"),
    ("jar", "money bank, money box, moneybox, jar, bath salt"),
    ("heart", "wicker heart, heart decoration"),
    ("star", "star decoration"),
    // Furniture
    ("chair", "chair"),
    ("stool", "stool"),
    ("table", "table"),
    ("bench", "bench"),
    ("sofa", "sofa"),
    ("desk", "desk"),
    ("bookcase", "bookcase"),
    ("wall-shelf", "shelf, shelves"),
    ("drawers", "cabinet, drawer, chest of drawers"),
    ("wardrobe", "wardrobe"),
    ("bed", "bed"),
    ("cabinet", "filing cabinet, file cabinet, server"),
    ("deck-chair", "deck chair, deckchair"),
    ("office-chair", "office chair"),
    ("armchair", "armchair"),
    // Kitchen
    ("mug", "mug, beaker"),
    ("cup", "cup, teacup, saucer"),
    ("bowl", "egg cup, bowl, kitchen scale"),
    ("plate", "plate, coaster, placemat, doily, doilies"),
    ("glass", "glass, tumbler, straw"),
    ("wine-glass", "wine glass, goblet"),
    ("cutlery", "cutlery, fork"),
    ("utensils", "spoon, utensil, baking set"),
    ("knife", "knife"),
    ("pan", "frying pan"),
    ("saucepan", "saucepan"),
    ("pot", "casserole"),
    ("baking-dish", "dish"),
    ("cake-tin", "cake tin, baking tin, cake mould, jelly mould"),
    ("cake-case", "cake case"),
    ("cake-stand", "cakestand, cake stand, food cover"),
    ("board", "chopping board"),
    ("tin", "bread bin, tin, cannister, canister"),
    ("kettle", "kettle"),
    ("teapot", "teapot, tea pot, tea cosy, tea set"),
    ("coffee-machine", "coffee maker, coffee machine"),
    ("toaster", "toaster"),
    ("stand-mixer", "mixer"),
    ("blender", "blender"),
    ("lunch-box", "snack box, lunch box, lunchbox"),
    ("bottle", "bottle"),
    ("sports-bottle", "water bottle"),
    ("apron", "apron"),
    ("oven-glove", "oven glove, oven mitt"),
    ("tray", "tray"),
    ("paper-napkins", "napkin"),
    ("fridge", "fridge, refrigerator, freezer"),
    ("microwave", "microwave"),
    ("washing-machine", "washer, washing machine, dishwasher, hoover"),
    // Devices
    ("headphones", "headphone, headset"),
    ("earbuds", "earphone, earbud, in ear"),
    ("speaker", "speaker"),
    ("bookshelf-speaker", "loudspeaker, subwoofer, speaker system"),
    ("smart-speaker", "speaker dock, sound bar"),
    ("turntable", "turntable, record player"),
    ("radio", "radio, boombox, stereo"),
    (
        "router",
        "receiver, router, switch, hub, modem, access point, kvm switch, firewall, dvd player, \
        blu ray player",
    ),
    ("phone", "phone, smartphone, iphone, ipod, mp3 player, media player"),
    (
        "phone-case",
        "phone case, iphone case, iphone 3g case, iphone 3gs case, iphone 4 case, iphone 4s case, \
        iphone 5 case, ipod case, screen protector, case, skin, bumper",
    ),
    (
        "laptop-sleeve",
        "laptop sleeve, notebook sleeve, sleeve, laptop case, notebook case, carrying case, \
        ipad case, folio, briefcase, cutout case",
    ),
    ("tablet", "tablet, ipad, digital frame, gps, navigator"),
    ("e-reader", "e reader, ereader, kindle, nook"),
    ("laptop", "laptop, notebook computer, notebook pc, macbook, netbook"),
    ("monitor", "monitor, lcd display, desktop"),
    ("television", "hdtv, tv, television"),
    ("screen", "screen, projection screen, projector screen"),
    ("projector", "projector"),
    ("keyboard", "keyboard"),
    ("mouse", "mouse, trackball"),
    ("disk", "hard drive, hard disk, external drive, drive, enclosure"),
    (
        "usb-stick",
        "flash drive, usb flash drive, thumb drive, usb drive, usb stick, usb adapter, \
        bluetooth adapter",
    ),
    ("cable", "cable, cord, patch cable"),
    ("plug", "adapter, charger, power supply, surge protector, plug, inverter"),
    ("power-bank", "power bank, ups, battery pack"),
    ("battery", "battery, batteries"),
    ("camera", "camera, camcorder, digital camera, slr"),
    ("lens", "webcam, lens, binocular"),
    ("tripod", "tripod"),
    ("wash-bag", "camera case, cosmetic bag, wash bag, washbag, toilet bag, pouch, pencil case"),
    ("handbag", "camera bag, handbag, shoulder bag, messenger bag, laptop bag"),
    ("smart-watch", "smart watch, watch"),
    ("printer", "printer, scanner, all in one, fax, shredder"),
    ("ink-cartridge", "ink, printer ink, cartridge, toner, ink tank"),
    (
        "chip",
        "processor, graphics card, video card, sound card, memory card, memory module, sdram, ddr, ddr2, \
        ddr3, dimm, sodimm, sdhc, microsd, memory, pci card, motherboard, network card, radeon, geforce, \
        heatsink",
    ),
    ("game-controller", "controller, gamepad, joystick"),
    ("handheld", "remote control, remote, console"),
    (
        "landline",
        "walkie talkie, two way radio, cordless phone, telephone, phone system, answering system, \
        handset, dect",
    ),
    ("disc", "dvd r, dvd rw, cd r, cd rw, blu ray disc, dvd, cd, optical media, software, license, photoshop"),
    ("microphone", "microphone"),
    ("calculator", "calculator"),
    ("globe-pendant", "fan"),
    ("backpack", "backpack"),
    // Garments and jewels
    ("necklace", "necklace, neckl, chain"),
    ("bracelet", "bracelet, bangle"),
    ("earrings", "earring"),
    ("ring", "ring, brooch"),
    ("key-ring", "key ring, keyring, key chain, keychain, bag charm, phone charm, charm, luggage tag"),
    ("hat", "hat"),
    ("scarf", "scarf"),
    ("gloves", "glove, hand warmer"),
    ("socks", "sock"),
    ("slipper", "slipper"),
    ("t-shirt", "t shirt"),
    ("dress", "dress"),
    ("rain-jacket", "poncho, raincoat"),
    ("sunglasses", "sunglasses"),
    ("belt", "belt"),
    ("pyjamas", "pyjama"),
    ("sandal", "flip flop"),
    // Carrying
    ("tote", "bag, jumbo bag, tote, shopper, carrier bag, gift bag"),
    ("purse", "purse"),
    ("wallet", "wallet, passport cover, card holder"),
    ("suitcase", "suitcase, luggage"),
    ("umbrella", "umbrella, parasol"),
    ("rucksack", "rucksack"),
    // Sport and play
    ("tent", "tent"),
    ("bicycle", "bicycle"),
    ("football", "football, ball, inflatable, balloon"),
    ("skipping-rope", "skipping rope"),
    ("teddy", "teddy, bear, soft toy"),
    ("rabbit", "rabbit, bunny"),
    ("doll", "doll, dolly"),
    ("blocks", "block, dominoes, alphabet"),
    ("spinning-top", "toy, spinning top"),
    ("puzzle", "jigsaw, puzzle"),
    ("board-game", "game, board game"),
    ("card-game", "playing card, card game, snap card"),
    ("dice-game", "dice"),
    ("kite", "kite, windmill"),
    ("mobile", "mobile"),
    ("dolls-house", "doll house"),
    ("paint-set", "paint set"),
    ("craft-box", "craft kit, sewing kit, feltcraft, sewing box"),
    ("toy-train", "train"),
    ("toy-car", "car"),
    // Paper
    ("book", "book"),
    ("notebook", "notebook, sketchbook, note book, pocket book, notepad"),
    ("diary", "journal, diary, organiser, planner"),
    ("pen", "pen, stylus"),
    ("pencils", "pencil, crayon, chalk, marker, highlighter"),
    (
        "card",
        "card, greeting card, birthday card, invite, postcard, sticker, envelope, gift tag, \
        stationery set, writing set",
    ),
    ("wrapping-paper", "gift wrap, wrap, wrapping paper"),
    ("tape", "tape, ribbon"),
    ("pen-pot", "pen pot, desk tidy"),
    ("calendar", "calendar"),
    ("globe", "globe"),
    ("map", "map, poster"),
    ("folder", "file folder, folder, binder, file, file jacket"),
    ("paper-ream", "label, paper, photo paper, tissue"),
    // Care
    ("soap", "soap"),
    ("soap-dish", "soap dish"),
    ("pump-bottle", "lotion"),
    ("lotion-bottle", "shampoo"),
    ("perfume", "perfume"),
    ("lipstick", "lip gloss, lipstick"),
    ("comb", "hair comb, comb, hair clip, hair grip"),
    ("hairbrush", "hairbrush"),
    ("hair-dryer", "hair dryer"),
    ("razor", "razor, shaver"),
    ("toothbrush", "toothbrush"),
    ("tube", "hand cream"),
    ("nail-varnish", "nail file"),
    // Garden and animals
    ("plant-pot", "flower pot, plant pot"),
    ("planter", "planter"),
    ("watering-can", "watering can"),
    ("trowel", "trowel, gardening set"),
    ("bird-house", "bird house, birdhouse, nesting box"),
    ("bird-feeder", "bird feeder, feeding station, birdcage"),
    ("house-plant", "artificial flower, plant"),
    ("cactus", "cactus"),
    ("seed-packet", "seed, grow your own"),
    ("crate", "crate"),
    ("hose", "hose"),
    ("hammock", "hammock"),
    ("dog-bowl", "dog bowl, cat bowl"),
    ("collar", "dog collar"),
    ("lead", "dog lead"),
];

/// Motifs with what a thing is decorated with or belongs to.
pub(super) const HINTS: &[(&str, &str)] = &[
    ("heart", "heart"),
    ("star", "star"),
    ("bauble", "christmas, decoration, egg"),
    ("rabbit", "easter"),
    ("house-plant", "flower, rose, tree"),
    ("figurine", "butterfly, bird, hen, cat, dog, angel, fairy, dinosaur"),
    ("tea-light", "holder"),
    ("doll", "babushka"),
    ("cake-stand", "cake"),
    ("basket", "picnic"),
    ("bunting", "party"),
    ("sign", "letter"),
    ("frame", "wall, photo"),
    ("teapot", "cosy"),
    ("laptop-sleeve", "cover"),
    ("paper-napkins", "pack"),
    ("letter-tray", "rack, organizer, stand"),
    ("smart-speaker", "dock, docking station"),
    ("router", "player, wireless, network, ethernet"),
    ("camera", "video"),
    ("disc", "windows, mac, edition, win, adobe, upgrade, microsoft, encore, user, security"),
    ("cable", "usb, hdmi, vga, audio"),
    ("disk", "sata"),
    ("plug", "power"),
    ("headphones", "bluetooth"),
    ("printer", "printer"),
    ("utensils", "kitchen"),
    ("tin", "tea"),
    ("mug", "coffee"),
    ("necklace", "jewellery"),
    ("comb", "hair"),
    ("plant-pot", "garden, pot"),
    ("soap", "bathroom"),
    ("monitor", "lcd"),
    ("craft-box", "kit"),
];
