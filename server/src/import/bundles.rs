use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::{Bundle, BundleError, BundlePart, BundleRow, MAX_FILE_ROWS};

use super::report::{Notes, Rejection, Report};
use super::row::Columns;
use super::source::Source;
use super::{ImportError, Summary, Written};

/// Where the bundles of a file go.
#[async_trait]
pub(crate) trait BundleSink: Send + Sync {
    /// Makes SKUs bundles; one that was a bundle before is made of these parts alone. Answers which of them can't be,
    /// and why.
    async fn write(&self, bundles: Vec<(Sku, Bundle)>) -> anyhow::Result<Vec<(Sku, BundleError)>>;
}

/// Why a row that was right is not written: a bundle that lacks a part is another one.
const SPOILED: &str = "another part of this bundle can't be taken";

/// The rows of one bundle, each with the line that it begins on.
#[derive(Debug, Default)]
struct Rows {
    lines: Vec<u64>,
    parts: Vec<BundlePart>,
}

/// What a file says, and what of it can't be read.
#[derive(Debug, Default)]
struct Sheet {
    bundles: BTreeMap<Sku, Rows>,
    rejected: Vec<Rejection>,
    /// Bundles that rows which can't be taken belong to.
    spoiled: BTreeSet<String>,
    rows: u64,
}

/// Imports bundles: a table, plain, gzip or xz, with the columns of [`BundleRow::COLUMNS`] in any order and a row for
/// each part. A bundle is written with all of its parts or not at all. Refused lines go to the file `report`, which
/// is created with the first of them.
pub(crate) async fn bundles(
    source: &Path,
    report: &Path,
    sink: &dyn BundleSink,
    progress: bool,
) -> Result<Summary, ImportError> {
    let source = Source::new(source, "bundles as CSV or TSV")?;
    let reading = tokio::task::spawn_blocking(move || read_file(&source, progress));
    let sheet = reading.await.map_err(|fault| ImportError::Stopped { fault: fault.to_string() })??;
    let Sheet { bundles, mut rejected, spoiled, rows } = sheet;
    // Before anything is written: a report that can't be ends the import.
    let mut report = Report::at(report)?;
    let (mut lines, mut written) = (BTreeMap::new(), Vec::new());
    for (sku, Rows { lines: of_bundle, parts }) in bundles {
        if spoiled.contains(sku.as_str()) {
            refuse(&mut rejected, &sku, &of_bundle, SPOILED);
            continue;
        }
        match Bundle::new(&sku, parts) {
            Ok(bundle) => {
                lines.insert(sku.clone(), of_bundle);
                written.push((sku, bundle));
            }
            Err(why) => refuse(&mut rejected, &sku, &of_bundle, &why.to_string()),
        }
    }
    let refused = sink.write(written).await.map_err(|fault| ImportError::Sink { fault })?;
    for (sku, why) in refused {
        refuse(&mut rejected, &sku, &lines.remove(&sku).unwrap_or_default(), &why.to_string());
    }
    rejected.sort_by_key(|rejection| rejection.line);
    for rejection in &rejected {
        report.add(rejection)?;
    }
    report.finish(rows, Written::Bundles { bundles: lines.len() as u64 }, Notes::default())
}

fn refuse(rejected: &mut Vec<Rejection>, sku: &Sku, lines: &[u64], why: &str) {
    rejected.extend(lines.iter().map(|line| Rejection::new(*line, BundleRow::COLUMNS[0], sku.as_str(), why)));
}

fn read_file(source: &Source, progress: bool) -> Result<Sheet, ImportError> {
    let mut table = Columns::open(source, progress.then_some("Reading the bundles"), BundleRow::COLUMNS)?;
    let mut sheet = Sheet::default();
    loop {
        let spoiled = &mut sheet.spoiled;
        let read = |fields: [&str; 3]| {
            BundleRow::from_fields(fields).inspect_err(|_| {
                spoiled.insert(fields[0].trim().to_owned());
            })
        };
        let Some(next) = table.next_row(read)? else { return Ok(sheet) };
        sheet.rows += 1;
        if sheet.rows > MAX_FILE_ROWS as u64 {
            return Err(ImportError::TooManyRows { path: source.path().to_owned(), max_rows: MAX_FILE_ROWS });
        }
        match next {
            Ok((line, row)) => {
                let rows = sheet.bundles.entry(row.bundle).or_default();
                rows.lines.push(line);
                rows.parts.push(row.part);
            }
            Err(rejection) => sheet.rejected.push(rejection),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Takes every bundle but one, and remembers what it took.
    #[derive(Default)]
    struct Shelf(Mutex<Vec<String>>);

    #[async_trait]
    impl BundleSink for Shelf {
        async fn write(&self, bundles: Vec<(Sku, Bundle)>) -> anyhow::Result<Vec<(Sku, BundleError)>> {
            let (refused, taken): (Vec<_>, Vec<_>) = bundles.into_iter().partition(|(sku, _)| sku.as_str() == "NEST");
            let said = taken.iter().map(|(sku, bundle)| format!("{sku}: {}", bundle.typed().replace('\n', " ")));
            self.0.lock().unwrap().extend(said);
            Ok(refused.into_iter().map(|(sku, _)| (sku, BundleError::IsPart)).collect())
        }
    }

    #[tokio::test]
    async fn a_bundle_is_taken_with_all_of_its_parts_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (path, report) = (folder.path().join("bundles.csv"), folder.path().join("report.csv"));
        let text = "quantity,part_sku,bundle_sku\n1,TRAY,TEA\n1,A,HALF\n2,MUG,TEA\nnone,B,HALF\n1,A,NEST\n1,A,TWICE\n\
                    1,A,TWICE\n101,A,MANY\n";
        std::fs::write(&path, text).unwrap();
        let shelf = Shelf::default();
        let summary = bundles(&path, &report, &shelf, false).await.unwrap();
        assert_eq!(*shelf.0.lock().unwrap(), ["TEA: MUG,2 TRAY,1"]);
        assert_eq!((summary.rows, summary.rejected, summary.written), (8, 6, Written::Bundles { bundles: 1 }));
        let told = std::fs::read_to_string(&report).unwrap();
        let told: Vec<&str> = told.lines().collect();
        assert_eq!(told[1], format!("3,bundle_sku,HALF,{SPOILED}"));
        let begins =
            ["5,quantity,none,", "6,bundle_sku,NEST,", "7,bundle_sku,TWICE,", "8,bundle_sku,TWICE,", "9,quantity,101,"];
        for (line, begin) in told[2..].iter().zip(begins) {
            assert!(line.starts_with(begin), "{line}");
        }
    }
}
