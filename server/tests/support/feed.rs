use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use liblzma::write::XzEncoder;

/// A table apart by tabs, written with ` | ` between its cells so that a reader sees the columns.
pub(crate) fn table(header: &str, rows: &[&str]) -> String {
    let line = |row: &str| row.split('|').map(str::trim).collect::<Vec<_>>().join("\t") + "\n";
    std::iter::once(header).chain(rows.iter().copied()).map(line).collect()
}

/// The folder of the real catalogs: `CARTOGRAPH_DATA`, or `shared/data` beside the checkout.
/// Without them the tests that need them have nothing to say.
pub(crate) fn real_catalogs() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let named = std::env::var_os("CARTOGRAPH_DATA").map(PathBuf::from);
    let found = named.into_iter().chain([beside]).find(|folder| folder.join("electronics/products.tsv.xz").is_file());
    if found.is_none() {
        eprintln!("skipped: no real catalogs; CARTOGRAPH_DATA may name their folder");
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
