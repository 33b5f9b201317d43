use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use liblzma::write::XzEncoder;

/// A product feed, written with ` | ` between its cells so that a reader sees the columns.
/// Everything is in stock, where no column says otherwise.
pub(crate) fn feed(header: &str, rows: &[&str]) -> String {
    let says_stock = header.contains("availability");
    let line = |row: &str, stock: &str| {
        let stock = Some(stock).filter(|_| !says_stock);
        row.split('|').map(str::trim).chain(stock).collect::<Vec<_>>().join("\t") + "\n"
    };
    let rows = rows.iter().map(|row| line(row, "in_stock"));
    std::iter::once(line(header, "availability")).chain(rows).collect()
}

/// The folder of the real catalogs: `CARTOGRAPH_TEST_CATALOGS`, or `shared/data` beside the checkout.
/// Without them the tests that need them have nothing to say.
pub(crate) fn real_catalogs() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let named = std::env::var_os("CARTOGRAPH_TEST_CATALOGS").map(PathBuf::from);
    let found = named.into_iter().chain([beside]).find(|folder| folder.join("electronics/products.tsv.xz").is_file());
    if found.is_none() {
        eprintln!("skipped: no real catalogs; CARTOGRAPH_TEST_CATALOGS may name their folder");
    }
    found
}

pub(crate) fn gzipped(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

pub(crate) fn xz_packed(text: &str) -> Vec<u8> {
    let mut packed = XzEncoder::new(Vec::new(), 1);
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}
