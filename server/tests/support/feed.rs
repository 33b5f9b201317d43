use std::io::Write;

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
