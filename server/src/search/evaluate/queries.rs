use std::io::Read as _;
use std::path::Path;

use anyhow::Context;

use crate::import::unpacked;

const WANTED: &str = "queries, one a line, or a table with the column query";
const COLUMN: &str = "query";

/// Reads queries: one a line, or the column `query` of a table, apart by tabs or commas; plain or packed.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<String>> {
    let reading = || format!("reading {}", path.display());
    let mut text = String::new();
    unpacked(path, WANTED)?.read_to_string(&mut text).with_context(reading)?;
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let is_wanted = |name: &str| name.trim().trim_matches('"').eq_ignore_ascii_case(COLUMN);
    let column = header.split(char::from(delimiter)).position(is_wanted);
    let mut queries = match column {
        Some(column) => cells(&text, delimiter, column).with_context(reading)?,
        None => text.lines().map(str::to_owned).collect(),
    };
    queries.retain(|query| !query.trim().is_empty());
    anyhow::ensure!(!queries.is_empty(), "{} asks nothing: it needs {WANTED}", path.display());
    Ok(queries)
}

/// One column of a table, without its name.
fn cells(table: &str, delimiter: u8, column: usize) -> Result<Vec<String>, csv::Error> {
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(table.as_bytes());
    rows.records().map(|row| Ok(row?.get(column).unwrap_or_default().to_owned())).collect()
}
