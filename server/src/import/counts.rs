use std::collections::HashMap;
use std::path::Path;

use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::{
    BadRow, Comparison, CountError, CountRow, Difference, LocationName, MAX_FILE_ROWS, MAX_SHEET_CHARS, MAX_SHEET_ROWS,
};

use super::report::{Notes, Rejection, Report};
use super::row::Columns;
use super::source::{Format, Source};
use super::tabular::Table;
use super::{ImportError, Summary, Written};

/// The rows of a count, each with the line that it begins on, and those that can't be read.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) rows: Vec<(u64, CountRow)>,
    pub(crate) bad_rows: Vec<BadRow>,
}

/// Where the counts of a file go.
#[async_trait]
pub(crate) trait CountSink: Send + Sync {
    /// Lays a count beside the stock.
    async fn compare(&self, sheet: Sheet) -> anyhow::Result<Comparison>;

    /// Writes the counts down, but for SKUs whose stock was counted or sold meanwhile; answers those.
    async fn apply(&self, differences: &[Difference]) -> anyhow::Result<Vec<Difference>>;
}

/// Why a row that was right is not written: what was counted or sold meanwhile is newer than the file.
const OVERTAKEN: &str = "its stock has changed since the file was read; count it again";

/// Imports a count: a table, plain, gzip or xz, with the columns of [`CountRow::COLUMNS`] in any order, of which
/// [`CountRow::OPTIONAL`] may be missing. It
/// is compared as a whole before anything is applied; a preview applies nothing. Answers what differs.
/// Refused lines go to the file `report`, which is created with the first of them.
pub(crate) async fn counts(
    source: &Path,
    report: &Path,
    sink: &dyn CountSink,
    preview: bool,
    progress: bool,
) -> Result<(Summary, Vec<Difference>), ImportError> {
    let source = Source::new(source, "a count as CSV or TSV")?;
    let reading = tokio::task::spawn_blocking(move || read_file(&source, progress));
    let sheet = reading.await.map_err(|fault| ImportError::Stopped { fault: fault.to_string() })??;
    let rows = (sheet.rows.len() + sheet.bad_rows.len()) as u64;
    let mut lines: HashMap<Sku, Vec<(u64, Option<LocationName>)>> = HashMap::new();
    for (line, row) in &sheet.rows {
        lines.entry(row.sku.clone()).or_default().push((*line, row.location.clone()));
    }
    let found = sink.compare(sheet).await.map_err(|fault| ImportError::Sink { fault })?;
    // Before stock changes: a report that can't be written ends the import.
    let mut report = Report::at(report)?;
    for BadRow { line, column, written, reason } in found.bad_rows {
        report.add(&Rejection::new(line, column, written, reason))?;
    }
    let overtaken = if preview {
        Vec::new()
    } else {
        sink.apply(&found.differences).await.map_err(|fault| ImportError::Sink { fault })?
    };
    for difference in &overtaken {
        let line = lines.get(&difference.sku).map_or(0, |lines| line_of(lines, difference));
        report.add(&Rejection::new(line, CountRow::COLUMNS[0], difference.sku.as_str(), OVERTAKEN))?;
    }
    let changed = (found.differences.len() - overtaken.len()) as u64;
    let written = Written::Counts { changed, same: found.same_rows.into(), preview };
    Ok((report.finish(rows, written, Notes::default())?, found.differences))
}

/// The line of a difference, of the lines of its SKU: the one that names its location.
fn line_of(lines: &[(u64, Option<LocationName>)], difference: &Difference) -> u64 {
    let wanted = difference.at.as_ref().map(|at| at.name.key());
    let named = |(_, name): &&(u64, Option<LocationName>)| name.as_ref().map(LocationName::key) == wanted;
    // Whoever names the first location needs not to.
    lines.iter().find(named).or(lines.first()).map_or(0, |(line, _)| *line)
}

fn read_file(source: &Source, progress: bool) -> Result<Sheet, ImportError> {
    let title = progress.then_some("Reading the count");
    let mut table = Columns::open_with(source, title, CountRow::COLUMNS, &[CountRow::OPTIONAL])?;
    let mut sheet = Sheet::default();
    while let Some(next) = table.next_row(CountRow::from_fields)? {
        match next {
            Ok(row) => sheet.rows.push(row),
            Err(rejection) => sheet.bad_rows.push(bad_row(rejection)),
        }
        if sheet.rows.len() + sheet.bad_rows.len() > MAX_FILE_ROWS {
            return Err(ImportError::TooManyRows { path: source.path().to_owned(), max_rows: MAX_FILE_ROWS });
        }
    }
    Ok(sheet)
}

fn bad_row(Rejection { line, field, value, reason }: Rejection) -> BadRow {
    BadRow { line, column: field.into_owned(), written: value, reason }
}

/// Reads a count that was pasted into a page, with tabs where it was copied out of a spreadsheet.
///
/// # Errors
/// [`CountError::TooLong`], [`CountError::Empty`], [`CountError::Columns`] or [`CountError::TooManyRows`].
pub(crate) fn count_sheet(text: &str) -> Result<Sheet, CountError> {
    // A browser sends two characters for each line break.
    if text.chars().filter(|c| *c != '\r').count() > MAX_SHEET_CHARS as usize {
        return Err(CountError::TooLong);
    }
    let text = text.trim_start();
    let header = text.lines().next().unwrap_or_default();
    let format = if header.contains('\t') { Format::Tsv } else { Format::Csv };
    // Text in memory never fails to be read.
    let mut table = Table::new(text.as_bytes(), format).map_err(|_| CountError::Empty)?;
    if table.header().is_empty() {
        return Err(CountError::Empty);
    }
    let place = |name: &str| table.header().iter().position(|found| found.eq_ignore_ascii_case(name));
    let [Some(sku), Some(on_hand), location] = CountRow::COLUMNS.map(place) else { return Err(CountError::Columns) };
    let mut sheet = Sheet::default();
    while let Some(next) = table.next_row().map_err(|_| CountError::Empty)? {
        let read = next.and_then(|cells| {
            let fields = [cells.get(sku), cells.get(on_hand), location.map_or("", |location| cells.get(location))];
            CountRow::from_fields(fields).map(|row| (cells.line, row)).map_err(|(column, reason)| {
                let written = CountRow::COLUMNS.iter().zip(fields).find(|(name, _)| **name == column);
                Rejection::new(cells.line, column, written.map_or("", |(_, written)| written), reason)
            })
        });
        match read {
            Ok(row) => sheet.rows.push(row),
            Err(rejection) => sheet.bad_rows.push(bad_row(rejection)),
        }
    }
    match sheet.rows.len() + sheet.bad_rows.len() {
        0 => Err(CountError::Empty),
        rows if rows > MAX_SHEET_ROWS => Err(CountError::TooManyRows),
        _ => Ok(sheet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines with what was made of them.
    type Lines = Vec<(u64, String)>;

    fn read(text: &str) -> Result<(Lines, Lines), CountError> {
        let sheet = count_sheet(text)?;
        let at = |row: &CountRow| row.location.as_ref().map(|name| format!(" at {name}")).unwrap_or_default();
        let rows = sheet.rows.iter().map(|(line, row)| (*line, format!("{} {}{}", row.sku, row.on_hand, at(row))));
        Ok((rows.collect(), sheet.bad_rows.into_iter().map(|bad| (bad.line, bad.column)).collect()))
    }

    #[test]
    fn a_count_is_read_as_it_comes_out_of_files_and_spreadsheets() {
        let expected = Ok((vec![(2, "LAMP 12".to_owned()), (3, "A,B 0".to_owned())], vec![]));
        assert_eq!(read("sku,on_hand\nLAMP,12\n\"A,B\",0\n"), expected);
        assert_eq!(read("\r\non_hand\tshelf\tSKU\r\n12\tx\tLAMP\r\n0\ty\tA,B\r\n"), expected);
        let expected = Ok((vec![(2, "LAMP 12 at Shop".to_owned()), (3, "LAMP 3".to_owned())], vec![]));
        assert_eq!(read("Location,sku,on_hand\nShop,LAMP,12\n,LAMP,3"), expected);
        let (rows, bad) = read("sku,on_hand\nLAMP,a dozen\n,3\n\"MUG,3\nSTOOL,4").unwrap();
        assert_eq!(rows, [(5, "STOOL 4".to_owned())]);
        assert_eq!(bad, [(2, "on_hand".into()), (3, "sku".into()), (4, "row".into())]);
    }

    #[test]
    fn a_count_without_rows_or_columns_says_so() {
        for empty in ["", "  \n ", "sku,on_hand", "sku,on_hand\n\n"] {
            assert_eq!(read(empty), Err(CountError::Empty), "{empty:?}");
        }
        assert_eq!(read("LAMP,12\nSTOOL,4"), Err(CountError::Columns));
    }

    #[test]
    fn a_count_has_a_thousand_rows_and_no_more() {
        let of = |rows: usize| "sku,on_hand\n".to_owned() + &"LAMP,1\n".repeat(rows);
        assert_eq!(read(&of(MAX_SHEET_ROWS)).map(|(rows, _)| rows.len()), Ok(MAX_SHEET_ROWS));
        assert_eq!(read(&of(MAX_SHEET_ROWS + 1)), Err(CountError::TooManyRows));
    }

    #[test]
    fn a_count_is_pasted_up_to_its_length_and_no_longer() {
        let shelf = "é".repeat(20);
        let rows =
            "sku,on_hand,shelf\r\n".to_owned() + &format!("LAMP,1,{shelf}\r\n").repeat(MAX_SHEET_ROWS - 1) + "MUG,2,";
        let counted = rows.chars().filter(|c| *c != '\r').count();
        let of = |chars: u32| rows.clone() + &"é".repeat(chars as usize - counted);
        assert_eq!(read(&of(MAX_SHEET_CHARS)).map(|(rows, _)| rows.len()), Ok(MAX_SHEET_ROWS));
        assert_eq!(read(&of(MAX_SHEET_CHARS + 1)), Err(CountError::TooLong));
    }

    #[test]
    fn a_file_has_a_million_rows_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("count.csv");
        for (rows, is_taken) in [(MAX_FILE_ROWS, true), (MAX_FILE_ROWS + 1, false)] {
            // What can't be taken counts as well.
            let text = "sku,on_hand\nLAMP,none\n".to_owned() + &"LAMP,1\n".repeat(rows - 1);
            std::fs::write(&path, text).unwrap();
            match read_file(&Source::new(&path, "a count").unwrap(), false) {
                Ok(sheet) => assert_eq!((sheet.rows.len(), sheet.bad_rows.len(), is_taken), (rows - 1, 1, true)),
                Err(ImportError::TooManyRows { max_rows, .. }) => {
                    assert_eq!((max_rows, is_taken), (MAX_FILE_ROWS, false));
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}
