//! How well the search finds what is known to be there, beside plain BM25 over the same titles: a change of the
//! ranking that loses more than it wins fails here.

use std::ffi::OsStr;
use std::path::Path;

use crate::support::real_data::real_data;
use crate::support::{Shop, feed};

/// What a search is worth on known items.
#[derive(Debug)]
struct Quality {
    /// The mean reciprocal rank, divided by plain BM25's.
    mrr_ratio: f64,
    /// What is left of the mean reciprocal rank when each query has a slip of the finger in one word.
    kept_percent: f64,
}

/// Near relatives, as a store has them: what tells them apart is a size, a model or one word.
const PRODUCTS: [&str; 44] = [
    "ket-m | Orla OK2400M electric kettle 1.7 litre, moss | Kitchen > Kettles",
    "ket-c | Orla OK2400C electric kettle 1.7 litre, clay | Kitchen > Kettles",
    "ket-s | Orla OK1100S travel kettle 500 ml, slate | Kitchen > Kettles",
    "ket-g | Tarn Gooseneck pour-over kettle 900 ml | Kitchen > Kettles",
    "toa-2 | Orla OT220 two-slice toaster, moss | Kitchen > Toasters",
    "toa-4 | Orla OT440 four-slice toaster, moss | Kitchen > Toasters",
    "fri-a | Brae BFX4102SA fridge freezer 186 cm, steel | Kitchen > Fridges",
    "fri-b | Brae BFX4102WH fridge freezer 186 cm, white | Kitchen > Fridges",
    "fri-c | Brae BFX3102WH larder fridge 85 cm, white | Kitchen > Fridges",
    "was-8 | Brae WM8140 washing machine 8kg 1400rpm | Kitchen > Laundry",
    "was-9 | Brae WM9160 washing machine 9kg 1600rpm | Kitchen > Laundry",
    "dis-1 | Brae DW1201 slimline dishwasher 45 cm | Kitchen > Dishwashers",
    "kni-b | Fell bread knife, serrated, 20 cm | Kitchen > Knives",
    "kni-p | Fell paring knife 9 cm | Kitchen > Knives",
    "kni-s | Fell set of knives in an oak block | Kitchen > Knives",
    "bru-d | Crème brûlée dish, stoneware | Kitchen > Dishes",
    "she-w | Vale wall shelf, oak, 60 cm | Home > Shelves",
    "she-c | Vale corner shelf, oak | Home > Shelves",
    "lam-d | Vale desk lamp, brass, with dimmer | Home > Lighting",
    "lam-f | Vale floor lamp, brass | Home > Lighting",
    "lam-b | Vale bedside lamp, walnut | Home > Lighting",
    "bul-w | LED bulb E27 9W warm white, pack of 6 | Home > Lighting",
    "bul-c | LED bulb E14 5W cool white, pack of 6 | Home > Lighting",
    "tv-43 | Lumen LU43Q70 43\" 4K television | Electronics > TV",
    "tv-55 | Lumen LU55Q70 55\" 4K television | Electronics > TV",
    "tv-65 | Lumen LU65Q90 65\" OLED television | Electronics > TV",
    "dri-1 | Skerry portable hard drive 1TB | Electronics > Storage",
    "dri-2 | Skerry portable hard drive 2TB | Electronics > Storage",
    "dri-s | Skerry portable solid-state drive 1TB | Electronics > Storage",
    "car-3 | Skerry microSD memory card 32GB | Electronics > Storage",
    "car-6 | Skerry microSD memory card 64GB | Electronics > Storage",
    "hea-o | Curlew CW-700BT over-ear headphones, wireless | Electronics > Audio",
    "hea-i | Curlew CW-200 in-ear headphones | Electronics > Audio",
    "spe-b | Curlew CW-50BT bluetooth speaker, waterproof | Electronics > Audio",
    "usb-c | USB-C charging cable, 2 m, braided | Electronics > Cables",
    "usb-m | Micro-USB charging cable, 1 m | Electronics > Cables",
    "tsh-m | Linnet T-shirt, organic cotton, marine | Clothing > Tops",
    "tsh-b | Linnet T-shirt, organic cotton, black | Clothing > Tops",
    "hoo-g | Linnet hoodie with zip, grey | Clothing > Tops",
    "dre-l | Linnet linen dress, red | Clothing > Dresses",
    "boo-w | Moor walking boots, waterproof, brown | Shoes > Boots",
    "boo-c | Moor Chelsea boots, leather, black | Shoes > Boots",
    "wat-g | Watering can 5 litre, galvanised | Garden > Watering",
    "hos-g | Garden hose 25 m with spray nozzle | Garden > Watering",
];

/// What somebody types who means one of them.
const ASKED: [(&str, &str); 44] = [
    ("ok2400c kettle", "ket-c"),
    ("orla kettles moss", "ket-m"),
    ("ok 1100 s", "ket-s"),
    ("goose neck kettle 0.9 litre", "ket-g"),
    ("2 slice toaster orla ot-220", "toa-2"),
    ("ot440 4 slice toaster", "toa-4"),
    ("brae bfx 4102 sa", "fri-a"),
    ("bfx4102wh/uk refrigerator", "fri-b"),
    ("bfx 3102wh larder fridge white", "fri-c"),
    ("washing machine 8 kg wm 8140", "was-8"),
    ("brae washer 9 kg 1600 rpm", "was-9"),
    ("slim line dishwashers 45cm", "dis-1"),
    ("breadknife", "kni-b"),
    ("paring knives 90mm", "kni-p"),
    ("knife block oak", "kni-s"),
    ("creme brulee dishes", "bru-d"),
    ("wall shelves oak 600 mm", "she-w"),
    ("corner shelves", "she-c"),
    ("desk lamps with dimmers", "lam-d"),
    ("floorlamp brass", "lam-f"),
    ("bed side lamp walnut", "lam-b"),
    ("e27 led bulbs 9 w", "bul-w"),
    ("e14 led bulbs 5 w", "bul-c"),
    ("lumen 43 inch tv", "tv-43"),
    ("lu 55q70 55 in television", "tv-55"),
    ("65 inch oled tv", "tv-65"),
    ("1000 gb portable harddrive", "dri-1"),
    ("2 tb hard drive skerry", "dri-2"),
    ("solid state drive 1 tb", "dri-s"),
    ("micro sd card 32 gb", "car-3"),
    ("micro sd 64 gb", "car-6"),
    ("curlew cw700bt", "hea-o"),
    ("inear headphone curlew cw200", "hea-i"),
    ("cw50bt blue tooth speaker", "spe-b"),
    ("usbc cable 2m", "usb-c"),
    ("microusb cable 1m", "usb-m"),
    ("linnet tshirt marine", "tsh-m"),
    ("black t shirts", "tsh-b"),
    ("hoodies grey", "hoo-g"),
    ("red dresses linen", "dre-l"),
    ("water proof walking boot", "boo-w"),
    ("chelsea boot black", "boo-c"),
    ("5 l watering cans", "wat-g"),
    ("gardenhose 25m", "hos-g"),
];

/// Things, and what goes with them, on no shelf that would tell one from the other.
const KINDS: [&str; 15] = [
    "1 | Ink cartridge for laser printers",
    "2 | Printer cable, 2 m",
    "3 | Curlew laser printer, white",
    "4 | Headphone case",
    "5 | Over-ear headphones, black",
    "6 | In-ear earphones, blue",
    "7 | Camera bag",
    "8 | Compact digital camera",
    "9 | Tripod for cameras",
    "10 | Mouse mat",
    "11 | Optical mouse, grey",
    "12 | Phone case, red",
    "13 | Leather case for phones",
    "14 | Orla mobile phone 64GB, black",
    "15 | Jewellery box with tyre tracks",
];

/// What somebody types who means a kind of thing, and what it is called.
const MEANT: [(&str, &str); 11] = [
    ("printers", "Curlew laser printer, white"),
    ("printer cable", "Printer cable, 2 m"),
    ("headphones", "Over-ear headphones, black"),
    ("earphones", "In-ear earphones, blue"),
    ("case for headphones", "Headphone case"),
    ("camera", "Compact digital camera"),
    ("camera bag", "Camera bag"),
    ("mouse", "Optical mouse, grey"),
    ("phone", "Orla mobile phone 64GB, black"),
    ("phone case", "Phone case, red"),
    ("jewelry tire", "Jewellery box with tyre tracks"),
];

async fn measure(shop: &Shop, products: &Path, judgments: &Path, more: &[&str]) -> Quality {
    let mut arguments: Vec<&OsStr> = ["evaluate", "search", "--typos", "--products"].map(OsStr::new).to_vec();
    arguments.extend([products.as_os_str(), OsStr::new("--judgments"), judgments.as_os_str()]);
    arguments.extend(more.iter().map(OsStr::new));
    let said = shop.run(&arguments, &[]).await.went_well().stdout;
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("ours / plain BM25: "), "{said}");
    let mrr_ratio = last.split_once(", MRR ").and_then(|(_, rest)| rest.split(',').next());
    let kept = said.split_once(" % of what it is without").and_then(|(before, _)| before.rsplit(' ').next());
    let number = |found: Option<&str>| -> f64 {
        found.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("a number is missing in {said}"))
    };
    Quality { mrr_ratio: number(mrr_ratio), kept_percent: number(kept) }
}

#[tokio::test]
async fn what_sellers_call_their_offers_is_found_better_than_by_plain_bm25() {
    let Some(products) = real_data("offers/products.tsv.xz") else { return };
    let Some(judgments) = real_data("offers/judgments.csv.xz") else { return };
    // The weights were tuned on the other half.
    let quality = measure(&Shop::new(), &products, &judgments, &["--half", "second"]).await;
    assert!(quality.mrr_ratio >= 1.10 && quality.kept_percent >= 85.0, "{quality:?}");
}

#[tokio::test]
async fn what_a_household_calls_its_things_is_found_better_than_by_plain_bm25() {
    let shop = Shop::new();
    let products = shop.file("products.tsv", feed("id | title | product_type", &PRODUCTS));
    let asked = ASKED.map(|(query, id)| format!("{query},{id},1\n")).concat();
    let judgments = shop.file("judgments.csv", format!("query,product_id,grade\n{asked}"));
    let quality = measure(&shop, &products, &judgments, &[]).await;
    assert!(quality.mrr_ratio >= 1.25 && quality.kept_percent >= 90.0, "{quality:?}");
}

#[tokio::test]
async fn a_kind_of_thing_is_shown_before_what_goes_with_it() {
    let shop = Shop::new();
    let products = shop.file("products.tsv", feed("id | title", &KINDS));
    let queries = shop.file("queries.txt", MEANT.map(|(query, _)| format!("{query}\n")).concat());
    let arguments = ["evaluate", "search", "--products"].map(OsStr::new);
    let arguments = [&arguments[..], &[products.as_os_str(), OsStr::new("--queries"), queries.as_os_str()]].concat();
    let said = shop.run(&arguments, &[]).await.went_well().stdout;
    for (query, first) in MEANT {
        let answer = said.split("\n\n").find(|answer| answer.starts_with(&format!("{query} (")));
        let line = answer.and_then(|answer| answer.lines().nth(1)).unwrap_or_default();
        assert!(line.starts_with(&format!("  1  {first} ")), "{query}: {line:?} in {said}");
    }
}

#[tokio::test]
async fn queries_that_nobody_judged_are_shown_with_what_each_feed_has() {
    let shop = Shop::new();
    let kitchen = shop.file("kitchen.tsv", feed("id | title", &["1 | Crème brûlée dish", "2 | Bread knife"]));
    let garden = shop.file("garden.tsv", feed("id | title", &["1 | Watering can"]));
    let queries = shop.file("queries.tsv", "query_id\tquery\n0\tcreme brulee\n1\twatering cans\n");
    let [products, asked] = ["--products", "--queries"].map(OsStr::new);
    let search = ["evaluate", "search"].map(OsStr::new);
    let search = [&search[..], &[products, kitchen.as_os_str(), products, garden.as_os_str()]].concat();
    let said = shop.run(&[&search[..], &[asked, queries.as_os_str()]].concat(), &[]).await.went_well().stdout;
    let (in_kitchen, in_garden) = said.split_once("1 products of").unwrap();
    assert!(in_kitchen.contains("creme brulee (all words: 1)\n  1  Crème brûlée dish "), "{said}");
    assert!(in_kitchen.contains("watering cans (nothing)"), "{said}");
    assert!(in_garden.contains("watering cans (all words: 1)\n  1  Watering can "), "{said}");
    for (more, words) in [
        (vec![], "required"),
        (vec![asked, queries.as_os_str(), OsStr::new("--typos")], "--typos"),
        (vec![OsStr::new("--judgments"), queries.as_os_str()], "name one with --products"),
    ] {
        shop.run(&[search.clone(), more].concat(), &[]).await.refused_with(&[words]);
    }
}
