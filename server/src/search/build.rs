//! Makes an index of the whole catalog, beside the one that is read meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use domain::catalog::ProductId;

use super::bell::Asker;
use super::engine::Engine;
use super::feeding::{Feeder, Position};
use super::folder::{IndexFolder, remove};
use super::follow::{MARGIN_MS, catch_up};
use super::{IndexSearch, State, apart};
use crate::catalog::GraphCatalog;

/// Products that are read from the catalog at once.
const BATCH_PRODUCTS: usize = 500;

/// Who is told how far the building is.
pub(crate) trait Progress: Send + Sync {
    /// So many products are there to be put into the index.
    fn begins(&self, products: u64);
    /// So many more are in it.
    fn goes_on(&self, products: u64);
    /// All are in it, and it is put into its best shape.
    fn ends(&self);
}

impl Progress for () {
    fn begins(&self, _: u64) {}
    fn goes_on(&self, _: u64) {}
    fn ends(&self) {}
}

impl Progress for indicatif::ProgressBar {
    fn begins(&self, products: u64) {
        self.set_length(products);
    }

    fn goes_on(&self, products: u64) {
        self.inc(products);
    }

    fn ends(&self) {
        self.set_message("merging the search index");
    }
}

/// Makes a new index of the whole catalog and puts it into the place of the one that was there.
/// Answers how many products it holds.
pub(crate) async fn rebuild(catalog: &GraphCatalog, data: &Path, progress: &dyn Progress) -> anyhow::Result<u64> {
    let folder = IndexFolder::within(data);
    let _claim = folder.claim()?.context("another store or command writes the search index of this data folder")?;
    rebuild_in(catalog, &folder, progress).await
}

async fn rebuild_in(catalog: &GraphCatalog, folder: &IndexFolder, progress: &dyn Progress) -> anyhow::Result<u64> {
    Ok(build(catalog, folder, progress).await?.put_in(folder)?.count())
}

/// Brings the index of a catalog that was just filled up to it; makes one where there is none.
pub(crate) async fn bring_up_to_date(catalog: &GraphCatalog, data: &Path) -> anyhow::Result<()> {
    let folder = IndexFolder::within(data);
    let Some(_claim) = folder.claim()? else {
        tracing::info!("the search index is not written to; a store that is open follows by itself");
        return Ok(());
    };
    let Ok(engine) = folder.open() else {
        return rebuild_in(catalog, &folder, &()).await.map(drop);
    };
    catch_up(catalog, Feeder::of(&engine)?).await
}

impl IndexSearch {
    /// Makes a new index and lets searches read it.
    pub(super) async fn build_and_open(&self) -> anyhow::Result<()> {
        let built = build(&self.catalog, &self.folder, &()).await?;
        self.put_in_place(built).map(drop)
    }

    /// Makes a new index for somebody who asked, to be put in its place by the one who writes to the old one.
    pub(super) async fn build_for(self, asker: Asker) -> (Asker, anyhow::Result<Built>) {
        let built = self.build_whole(&asker).await;
        (asker, built)
    }

    /// Makes a new index that holds what was written meanwhile, as the one does that is read.
    async fn build_whole(&self, progress: &dyn Progress) -> anyhow::Result<Built> {
        let built = build(&self.catalog, &self.folder, progress).await?;
        let whole = match Feeder::of(&built.engine) {
            Ok(feeder) => catch_up(&self.catalog, feeder).await,
            Err(fault) => Err(fault),
        };
        whole.map(|()| built)
    }

    /// Lets searches read a new index, and answers how many products it holds. Nobody may write to the old one.
    pub(super) fn put_in_place(&self, built: Built) -> anyhow::Result<u64> {
        let engine = built.put_in(&self.folder)?;
        let products = engine.count();
        self.set_state(State::Open(engine));
        Ok(products)
    }
}

/// A new index that is not read yet: it goes when its making is broken off.
pub(super) struct Built {
    index: PathBuf,
    engine: Arc<Engine>,
    is_handed_over: bool,
}

impl Built {
    fn put_in(mut self, folder: &IndexFolder) -> anyhow::Result<Arc<Engine>> {
        self.is_handed_over = true;
        folder.put_in_place(&self.index)?;
        Ok(self.engine.clone())
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        if !self.is_handed_over {
            remove(&self.index);
        }
    }
}

async fn build(catalog: &GraphCatalog, folder: &IndexFolder, progress: &dyn Progress) -> anyhow::Result<Built> {
    // What is written while the index is built is followed from here on.
    let begun = Position(jiff::Timestamp::now().as_millisecond() - MARGIN_MS);
    let making = folder.clone();
    let (index, engine) = apart(move || making.begin()).await?;
    let built = Built { index, engine, is_handed_over: false };
    fill(catalog, &built.engine, begun, progress).await?;
    Ok(built)
}

/// Puts the whole catalog into an empty index.
async fn fill(
    catalog: &GraphCatalog,
    engine: &Arc<Engine>,
    begun: Position,
    progress: &dyn Progress,
) -> anyhow::Result<()> {
    let tree = catalog.stored_tree().await?;
    progress.begins(catalog.stored_count().await?.into());
    let mut feeder = Feeder::of_new(engine, begun)?;
    let mut walk = catalog.walk();
    loop {
        let keys = walk.next(BATCH_PRODUCTS).await?;
        if keys.is_empty() {
            break;
        }
        let ids = keys.iter().map(|key| key.parse()).collect::<Result<Vec<ProductId>, _>>()?;
        feeder = feeder.put(catalog.searched(&ids).await?, tree.clone()).await?;
        progress.goes_on(ids.len() as u64);
    }
    progress.ends();
    feeder.finish().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Databases;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_index_that_cannot_be_finished_leaves_nothing_behind() {
        let data = tempfile::tempdir().unwrap();
        let databases = Databases::open_embedded(data.path()).await.unwrap();
        databases.graph.query("CREATE product:torn SET document = 'torn' RETURN NONE", &[]).await.unwrap();
        let catalog = GraphCatalog::new(databases.graph.clone());
        rebuild(&catalog, data.path(), &()).await.unwrap_err();
        assert_eq!(std::fs::read_dir(data.path().join("search")).unwrap().count(), 0);
        databases.close().await;
    }
}
