use std::path::Path;

use anyhow::{Context as _, bail};
use domain::pricing::tax::TaxTable;

use super::row::Columns;
use super::source::Source;

/// Reads an operator's table of tax rates, plain, gzip or xz, with the columns of [`TaxTable::COLUMNS`] in
/// any order. It is taken as a whole or not at all: a store that lacks one line of it would ask for the
/// wrong amount.
///
/// # Errors
/// Names the file, and of the first line that can't be read its number, its field and the reason.
pub(crate) fn tax_rates(path: &Path) -> anyhow::Result<TaxTable> {
    let source = Source::new(path, "tax rates as CSV or TSV")?;
    let mut table = Columns::open(&source, None, TaxTable::COLUMNS)?;
    let mut rows: Vec<(u64, [String; 9])> = Vec::new();
    // One row more than fits is enough to see that it is one too many.
    while rows.len() <= TaxTable::MAX_RULES {
        match table.next_row(|fields: [&str; 9]| Ok(fields.map(str::to_owned)))? {
            Some(Ok(row)) => rows.push(row),
            Some(Err(rejection)) => bail!("the tax rates of {}: {rejection}", path.display()),
            None => break,
        }
    }
    let read = rows.iter().map(|(line, fields)| (*line, fields.each_ref().map(String::as_str)));
    TaxTable::from_rows(read).with_context(|| format!("the tax rates of {}", path.display()))
}
