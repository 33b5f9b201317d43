use std::path::Path;

use async_trait::async_trait;
use domain::pricing::promotion::Promotion;

use super::batches::{Batches, read_and_write};
use super::report::{Notes, Report};
use super::row::Columns;
use super::source::Source;
use super::{ImportError, Summary, Written};

/// Promotions that are handed over at once.
const BATCH_PROMOTIONS: usize = 100;

/// Where imported promotions go. One that was written before is replaced, and its uses stay.
#[async_trait]
pub(crate) trait PromotionSink: Send + Sync {
    async fn write(&self, batch: Vec<Promotion>) -> anyhow::Result<()>;
}

/// Imports promotions: a table, plain, gzip or xz, with the columns of [`Promotion::COLUMNS`] in any
/// order. Refused lines go to the file `report`, which is created with the first of them.
pub(crate) async fn promotions(
    source: &Path,
    report: &Path,
    sink: &dyn PromotionSink,
    progress: bool,
) -> Result<Summary, ImportError> {
    let source = Source::new(source, "promotions as CSV or TSV")?;
    let report = Report::at(report)?;
    let read = move |batches| read(&source, report, progress, batches);
    read_and_write(BATCH_PROMOTIONS, read, async |batch| sink.write(batch).await).await
}

fn read(
    source: &Source,
    mut report: Report,
    progress: bool,
    mut batches: Batches<Promotion>,
) -> Result<Summary, ImportError> {
    let (title, optional) = (progress.then_some("Importing promotions"), &Promotion::OPTIONAL_COLUMNS);
    let mut table = Columns::open_with(source, title, Promotion::COLUMNS, optional)?;
    let (mut rows, mut promotions) = (0, 0);
    let read_row = |fields: [&str; Promotion::COLUMNS.len()]| {
        Promotion::from_fields(fields).map_err(|error| (error.field, error.reason))
    };
    while let Some(next) = table.next_row(read_row)? {
        rows += 1;
        match next {
            Ok((_, promotion)) => {
                promotions += 1;
                batches.push(promotion)?;
            }
            Err(rejection) => report.add(&rejection)?,
        }
    }
    batches.finish()?;
    report.finish(rows, Written::Promotions { promotions }, Notes::default())
}
