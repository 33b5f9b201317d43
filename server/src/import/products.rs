use std::path::Path;

use async_trait::async_trait;
use domain::catalog::{CategoryPath, Product, Sku};
use domain::inventory::Supply;
use jiff::Timestamp;

use super::batches::{Batches, read_and_write};
use super::feed::Offer;
use super::hashes::stable_hash;
use super::product::make;
use super::repeated::{Repeated, SeenIds};
use super::report::{Notes, Report};
use super::row::Rows;
use super::scattered::{Group, Held, Scattered, SeenGroups};
use super::source::Source;
use super::{ImportError, Summary, Written};

/// Products that are handed over at once.
const BATCH_PRODUCTS: usize = 200;

/// A product of a feed, with the shelf it belongs on and what lies in store.
#[derive(Debug, Clone)]
pub(crate) struct ImportedProduct {
    pub(crate) product: Product,
    /// Ends at the product's category.
    pub(crate) path: CategoryPath,
    /// What there is of each variant.
    pub(crate) supplies: Vec<(Sku, Supply)>,
}

/// Where imported products go. A product that was written before is replaced, so that an import
/// can be run again.
#[async_trait]
pub(crate) trait ProductSink: Send + Sync {
    async fn write(&self, batch: Vec<ImportedProduct>) -> anyhow::Result<()>;
}

/// Imports a product feed: TSV, CSV, RSS or Atom with the attributes of the Merchant Center
/// product data specification; plain, gzip or xz. Refused rows go to the file `report`, which is
/// created with the first of them. `now` is when new products were added and tells which sales go
/// on; `progress` shows how far the file is read.
pub(crate) async fn products(
    source: &Path,
    report: &Path,
    sink: &dyn ProductSink,
    now: Timestamp,
    progress: bool,
) -> Result<Summary, ImportError> {
    let source = Source::new(source, "a product feed as TSV, CSV, RSS or Atom")?;
    let report = Report::at(report)?;
    let read = move |batches| Import::new(&source, report, now, batches).run(progress);
    read_and_write(BATCH_PRODUCTS, read, async |batch| sink.write(batch).await).await
}

struct Import<'a> {
    source: &'a Source,
    report: Report,
    now: Timestamp,
    batches: Batches<ImportedProduct>,
    notes: Notes,
    rows: u64,
    products: u64,
    variants: u64,
}

impl<'a> Import<'a> {
    fn new(source: &'a Source, report: Report, now: Timestamp, batches: Batches<ImportedProduct>) -> Self {
        Self { source, report, now, batches, notes: Notes::default(), rows: 0, products: 0, variants: 0 }
    }

    fn run(mut self, progress: bool) -> Result<Summary, ImportError> {
        let (scattered, mut repeated) = look_ahead(self.source, progress.then_some("Looking for variants"))?;
        let mut held = self.read_all(&scattered, &mut repeated, progress.then_some("Importing products"))?;
        loop {
            let (groups, next) = held.finish();
            for group in groups {
                self.write(&group)?;
            }
            let Some(next) = next else { break };
            let task = progress.then_some("Importing scattered variants");
            held = self.read_held(&scattered, &mut repeated, next, task)?;
        }
        self.batches.finish()?;
        let written = Written::Products { products: self.products, variants: self.variants };
        self.report.finish(self.rows, written, self.notes)
    }

    /// Writes the groups that stand together, and holds as many of the others as may be held.
    fn read_all(
        &mut self,
        scattered: &Scattered,
        repeated: &mut Repeated,
        task: Option<&'static str>,
    ) -> Result<Held, ImportError> {
        let mut held = Held::new();
        let mut group = Group::default();
        let mut rows = Rows::open(self.source, task)?;
        while let Some(row) = rows.next_row()? {
            self.rows += 1;
            let row = match row {
                Ok(row) => row,
                Err(rejection) => {
                    self.report.add(&rejection)?;
                    continue;
                }
            };
            let can_be_read = || Offer::read(&row, self.now, &mut Notes::default()).is_ok();
            if let Some(rejection) = repeated.refuse(self.rows, &row, can_be_read) {
                self.report.add(&rejection)?;
                continue;
            }
            let hash = stable_hash(row.group());
            if scattered.contains(hash) {
                held.push(hash, row);
                continue;
            }
            if row.group() != group.key {
                let ended = std::mem::replace(&mut group, Group::new(row.group()));
                self.write(&ended)?;
            }
            group.push(row);
        }
        self.write(&group)?;
        Ok(held)
    }

    /// Another pass for the scattered groups that the passes before had no room for.
    fn read_held(
        &self,
        scattered: &Scattered,
        repeated: &mut Repeated,
        mut held: Held,
        task: Option<&'static str>,
    ) -> Result<Held, ImportError> {
        let mut rows = Rows::open(self.source, task)?;
        let mut number = 0;
        while let Some(row) = rows.next_row()? {
            number += 1;
            let Ok(row) = row else { continue };
            // It was reported by the pass over all rows, which also found the owner of every id.
            if repeated.refuse(number, &row, || false).is_some() {
                continue;
            }
            let hash = stable_hash(row.group());
            if scattered.contains(hash) {
                held.push(hash, row);
            }
        }
        Ok(held)
    }

    fn write(&mut self, group: &Group) -> Result<(), ImportError> {
        let mut refused = Vec::new();
        let made = make(group, self.now, &mut self.notes, &mut refused);
        for rejection in &refused {
            self.report.add(rejection)?;
        }
        let Some(made) = made else { return Ok(()) };
        self.products += 1;
        self.variants += made.product.variants.len() as u64;
        self.batches.push(made)
    }
}

/// The first pass: which groups are scattered, and which ids come again.
fn look_ahead(source: &Source, task: Option<&'static str>) -> Result<(Scattered, Repeated), ImportError> {
    let (mut groups, mut ids) = (SeenGroups::new(), SeenIds::new());
    let mut rows = Rows::open(source, task)?;
    while let Some(row) = rows.next_row()? {
        let Ok(row) = row else { continue };
        groups.see(&row);
        ids.see(&row);
    }
    Ok((groups.scattered(), ids.repeated()))
}
