//! Follows the catalog: what was written is found a moment later. An index remembers how far it has
//! come, so that it goes on from there after a stop, whoever wrote meanwhile. A new index that somebody asks
//! for is made beside it. Of several stores on one data folder one does so, and the others read what it writes.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use domain::catalog::ProductId;
use domain::search::FOUND_WITHIN;
use tokio::task::JoinSet;

use super::bell::{Asker, Bell, Stage};
use super::build::Built;
use super::engine::EngineError;
use super::feeding::{Feeder, Position};
use super::folder::Claim;
use super::vocabulary::Vocabulary;
use super::{IndexSearch, State, apart};
use crate::catalog::{Change, GraphCatalog};

/// A write may be seen so much later than its stamp says: its transaction waited, or its clock is
/// behind. What is within is looked at again.
pub(super) const MARGIN_MS: i64 = 10_000;
/// How often a database is looked at that others write to; the rest of [`FOUND_WITHIN`] is for reading and
/// writing.
const SHARED_PAUSE: Duration = Duration::from_millis(300);
const _: () = assert!(SHARED_PAUSE.as_millis() * 2 < FOUND_WITHIN.as_millis());
/// How often it is looked at when only this process writes, which tells when it has.
const OWN_PAUSE: Duration = Duration::from_secs(10);
const FAULT_PAUSE: Duration = Duration::from_secs(2);
const BATCH_PRODUCTS: usize = 500;

/// Keeps the index of a running store up to its catalog.
#[derive(Debug)]
pub(crate) struct Follower {
    search: IndexSearch,
    /// The data folder, where it can be asked for a new index.
    data: PathBuf,
}

impl Follower {
    pub(crate) fn new(search: IndexSearch, data: &Path) -> Self {
        Self { search, data: data.to_owned() }
    }

    /// Makes an index where there is none that can be read.
    pub(crate) async fn begin(&self) -> anyhow::Result<()> {
        if self.search.engine().is_err()
            && let Some(_claim) = self.search.folder.claim()?
        {
            self.search.build_and_open().await?;
        }
        Ok(())
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let _claim = self.claimed().await;
        let bell = Bell::hang(&self.data);
        loop {
            let Err(fault) = self.follow(&bell).await else { continue };
            tracing::error!("keeping the search index up to date: {fault:#}");
            tokio::time::sleep(FAULT_PAUSE).await;
            // An index that can't be written to any more is made anew, and is read meanwhile.
            if fault.downcast_ref::<EngineError>().is_some()
                && let Err(fault) = self.search.build_and_open().await
            {
                tracing::error!("making the search index anew: {fault:#}");
            }
        }
    }

    /// Waits until no other store writes to the index, and reads meanwhile what that one has written.
    async fn claimed(&self) -> Claim {
        let mut reading = self.search.folder.current().ok().flatten();
        let mut vocabulary = self.search.vocabulary.clone();
        let mut is_told = false;
        loop {
            let claimed = self.search.folder.claim();
            let mut pause = if claimed.is_ok() { SHARED_PAUSE } else { FAULT_PAUSE };
            match claimed {
                Ok(Some(claim)) => return claim,
                Ok(None) if !is_told => {
                    tracing::warn!("another store on this data folder writes the search index; this one reads it");
                    is_told = true;
                }
                Ok(None) => {}
                Err(fault) => tracing::error!("keeping the search index up to date: {fault:#}"),
            }
            if let Err(fault) = self.read_along(&mut reading, &mut vocabulary).await {
                tracing::error!("reading the search index that another store writes: {fault:#}");
                pause = FAULT_PAUSE;
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Reads what another store has written, into the index that was read or into a new one.
    async fn read_along(&self, reading: &mut Option<PathBuf>, vocabulary: &mut Vocabulary) -> anyhow::Result<()> {
        let current = self.search.folder.current()?;
        match self.search.engine() {
            Ok(engine) if current == *reading => {
                vocabulary.give_to(&engine);
                apart(move || Ok(engine.reload()?)).await
            }
            _ if current.is_some() => {
                let folder = self.search.folder.clone();
                self.search.set_state(State::Open(apart(move || folder.open()).await?));
                *vocabulary = self.search.vocabulary.clone();
                *reading = current;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Makes an index where there is none, and follows the catalog until something fails or another
    /// index takes its place.
    async fn follow(&self, bell: &Bell) -> anyhow::Result<()> {
        let Ok(engine) = self.search.engine() else {
            return self.search.build_and_open().await;
        };
        let Some(index) = self.search.folder.current()? else {
            self.search.set_state(State::Preparing);
            return Ok(());
        };
        let written = self.search.catalog.written();
        let pause = if self.search.catalog.is_shared() { SHARED_PAUSE } else { OWN_PAUSE };
        let mut feeder = Feeder::of(&engine)?;
        let mut seen = Seen::default();
        let mut vocabulary = self.search.vocabulary.clone();
        // Who asked for it, and what it is. Whoever asks meanwhile is heard when it is there.
        let mut building: JoinSet<(Asker, anyhow::Result<Built>)> = JoinSet::new();
        loop {
            vocabulary.give_to(&engine);
            feeder = seen.catch_up(&self.search.catalog, feeder).await?;
            tokio::select! {
                () = written.notified() => {}
                () = tokio::time::sleep(pause) => {}
                // It was damaged, and is made anew.
                () = self.search.doubt.closed.notified() => return Ok(()),
                asker = bell.rung(), if building.is_empty() => {
                    building.spawn(self.search.clone().build_for(asker));
                }
                Some(made) = building.join_next() => {
                    let (asker, made) = made.context("making a search index that somebody asked for")?;
                    match made {
                        Ok(made) => {
                            drop(feeder);
                            let products = self.search.put_in_place(made)?;
                            asker.tell(Stage::Done { products });
                            return Ok(());
                        }
                        Err(fault) => {
                            tracing::error!("making a search index that somebody asked for: {fault:#}");
                            asker.tell(Stage::Failed);
                        }
                    }
                }
            }
            if self.is_replaced(&index)? {
                drop(feeder);
                if let Ok(other) = self.search.folder.open() {
                    self.search.set_state(State::Open(other));
                }
                return Ok(());
            }
        }
    }

    /// Whether another index was put into the place of this one, as `cartograph reindex` does.
    fn is_replaced(&self, index: &Path) -> anyhow::Result<bool> {
        let current = self.search.folder.current()?;
        if current.is_none() || !index.exists() {
            tracing::warn!("the search index was taken away; it is made anew");
            self.search.set_state(State::Preparing);
        }
        Ok(current.as_deref() != Some(index) || !index.exists())
    }
}

/// Brings an index up to its catalog once.
pub(super) async fn catch_up(catalog: &GraphCatalog, feeder: Feeder) -> anyhow::Result<()> {
    Seen::default().catch_up(catalog, feeder).await.map(drop)
}

/// What was put into the index lately, with the stamps it had.
#[derive(Default)]
struct Seen {
    changes: HashSet<Change>,
}

impl Seen {
    async fn catch_up(&mut self, catalog: &GraphCatalog, mut feeder: Feeder) -> anyhow::Result<Feeder> {
        let Position(position_ms) = feeder.position();
        let looked_ms = jiff::Timestamp::now().as_millisecond();
        // What is written by a clock that was set back is stamped with moments that were followed long ago.
        let followed_ms = position_ms.min(looked_ms - MARGIN_MS);
        let changes = catalog.changed_since(followed_ms).await?;
        let latest_ms = changes.last().map_or(followed_ms, |change| change.changed_ms).min(looked_ms);
        let until_ms = followed_ms.max(latest_ms - MARGIN_MS);
        let new: BTreeSet<&ProductId> =
            changes.iter().filter(|change| !self.changes.contains(*change)).map(|change| &change.id).collect();
        if new.is_empty() {
            return Ok(feeder);
        }
        let tree = catalog.stored_tree().await?;
        let new: Vec<ProductId> = new.into_iter().cloned().collect();
        for batch in new.chunks(BATCH_PRODUCTS) {
            feeder = feeder.put(catalog.take_in(batch).await?, tree.clone()).await?;
        }
        feeder = feeder.commit(Position(until_ms)).await?;
        self.changes = changes.into_iter().filter(|change| change.changed_ms >= until_ms).collect();
        Ok(feeder)
    }
}
