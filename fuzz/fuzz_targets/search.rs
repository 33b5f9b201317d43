//! The whole way of a search: an address of any bytes, its query and filters, the answer and the
//! suggestions. What is asserted is said where the property test has it from, in `anything.rs`.

#![no_main]

// The engine alone: the server around it takes an hour to build.
#[allow(dead_code)]
#[path = "../../server/src/search/engine/mod.rs"]
mod engine;

#[path = "../../server/src/search/engine/tests/anything.rs"]
mod anything;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use domain::catalog::CategoryPath;
use engine::{Document, Engine, Request};
use libfuzzer_sys::fuzz_target;

const PRODUCTS: usize = 3_000;
const WRITER_BYTES: usize = 50_000_000;

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    let mut builder = engine.builder(WRITER_BYTES).unwrap();
    for number in 0..PRODUCTS {
        builder.add(&document(number)).unwrap();
    }
    builder.finish("").unwrap();
    // The folder goes here and now: what is open stays readable.
    engine
});

/// No search takes longer.
const LIMIT: Duration = Duration::from_millis(50);

fuzz_target!(|bytes: &[u8]| anything::ask(&ENGINE, bytes, Some(LIMIT)));

fn document(number: usize) -> Document {
    let pick = |words: &[&'static str], every: usize| words[number / every % words.len()];
    let (colour, material) = (pick(&["red", "blue", "crème", "green"], 1), pick(&["oak", "steel", "t-shirt"], 4));
    let thing = pick(&["desk lamp", "T-shirt", "55\" TV", "1 TB drive", "basket with wheels", "iPhone 8 Plus"], 3);
    let brand = pick(&["Orla", "PC Treasures", "Jøtul"], 5);
    let seller = pick(&["store", "Fell & Co", "Vale"], 7);
    let path: CategoryPath = pick(&["Home > Lighting", "Clothing", "Home > Audio & TV"], 11).parse().unwrap();
    Document {
        id: format!("p{number}").parse().unwrap(),
        title: format!("{brand} {colour} {material} {thing} {}", number % 100).parse().unwrap(),
        description: Some(format!("A {thing} of {material}, {colour} as the sea; 139.7 cm.").parse().unwrap()),
        brand: Some(brand.parse().unwrap()),
        seller: seller.parse().unwrap(),
        path: path.steps().to_vec(),
        facts: vec![
            ("Colour".parse().unwrap(), colour.parse().unwrap()),
            ("Material".parse().unwrap(), material.parse().unwrap()),
        ],
        codes: vec![format!("ZX-{number}"), format!("49UK{number}PLA")],
        price: (number % 50 > 0).then(|| format!("{}.99 GBP", number % 200).parse().unwrap()),
        available: number % 5 > 0,
        rating: domain::catalog::Rating::new(100 + u16::try_from(number % 400).unwrap(), 5).ok(),
        added_at: jiff::Timestamp::UNIX_EPOCH,
        popularity: u32::try_from(number * 37 % 100).unwrap(),
        interest: u32::try_from(number % 3).unwrap(),
    }
}
