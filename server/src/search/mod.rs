//! Search: finds products by words. The engine answers which products and how many; the catalog
//! says what they are, so that no page shows a price or a stock that is no longer so, and nothing
//! that was withdrawn.
//!
//! The index is a copy: it lies in a folder of the store's data, can be deleted at any time, and is
//! made anew from the catalog. One task ([`Follower`]) keeps it up to date, and makes a new one when
//! `cartograph reindex` asks for it; only that task and the commands that fill the catalog write to it.
//! While there is none, a search says so and everything else goes on. An index that fails a search and is not
//! what was written is closed, and made anew.

mod bell;
mod build;
pub(crate) mod engine;
pub(crate) mod evaluate;
mod feeding;
mod folder;
mod follow;
pub(crate) mod insight;
mod meaning;
mod measured;
mod results;
mod suggestions;
mod vocabulary;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context;
use async_trait::async_trait;
use domain::catalog::Slug;
use domain::search::insight::Place;
use domain::search::ports::{Search, SearchUnavailable};
use domain::search::{MAX_SUGGESTED_QUERIES, Results, SearchRequest, SearchText, Suggestions};
use tokio::sync::Notify;
use tokio::task::JoinError;

use crate::catalog::GraphCatalog;
use crate::fault::at_boundary;
use engine::{Engine, EngineError};
use folder::IndexFolder;
use insight::SqlInsight;
use vocabulary::Vocabulary;

pub(crate) use bell::ask;
pub(crate) use build::{Progress, bring_up_to_date, rebuild};
pub(crate) use follow::Follower;
pub use measured::DemoSearch;

/// The searchable side of a catalog.
#[derive(Debug, Clone)]
pub(crate) struct IndexSearch {
    catalog: GraphCatalog,
    folder: IndexFolder,
    vocabulary: Vocabulary,
    insight: SqlInsight,
    state: Arc<RwLock<State>>,
    doubt: Arc<Doubt>,
}

/// What is known of an index that failed a search.
#[derive(Debug, Default)]
struct Doubt {
    /// Whether its files are being looked at.
    is_looking: AtomicBool,
    /// Told when it was closed.
    closed: Notify,
}

/// Whoever looks at the files of an index, until they have looked.
struct Looking(Arc<Doubt>);

impl Drop for Looking {
    fn drop(&mut self) {
        self.0.is_looking.store(false, Ordering::Relaxed);
    }
}

#[derive(Debug, Clone)]
enum State {
    /// There is no index yet, or none that can be read.
    Preparing,
    Open(Arc<Engine>),
}

impl IndexSearch {
    /// Opens the index in the store's data folder. Where it is missing, old or damaged, searches
    /// are refused until the [`Follower`] has made a new one.
    pub(crate) fn open(catalog: GraphCatalog, insight: SqlInsight, data: &Path) -> Self {
        let folder = IndexFolder::within(data);
        let state = match (folder.open(), folder.current()) {
            (Ok(engine), _) => State::Open(engine),
            // A store that is opened for the first time has none.
            (Err(_), Ok(None)) => State::Preparing,
            (Err(fault), _) => {
                tracing::warn!("search is being made ready: {fault:#}");
                State::Preparing
            }
        };
        Self {
            catalog,
            folder,
            vocabulary: Vocabulary::within(data),
            insight,
            state: Arc::new(RwLock::new(state)),
            doubt: Arc::default(),
        }
    }

    /// Where a product stands among the results of a search, on the page that was asked for.
    async fn place_of(&self, request: &SearchRequest, product: &Slug) -> Option<Place> {
        let engine = self.engine().ok()?;
        // Nobody waits for the place, and one that is not known is not counted.
        results::place_of(engine, &self.catalog, request, product).await.ok().flatten()
    }

    fn engine(&self) -> Result<Arc<Engine>, SearchUnavailable> {
        // Whoever panicked while holding it left it whole: it is replaced at once or not at all.
        match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Preparing => Err(SearchUnavailable::Preparing),
            State::Open(engine) => Ok(engine.clone()),
        }
    }

    /// What an engine answered, for a shopper.
    async fn answered<T>(&self, engine: Arc<Engine>, answer: anyhow::Result<T>) -> Result<T, SearchUnavailable> {
        if let Err(fault) = &answer {
            self.doubt(engine, fault).await;
        }
        at_boundary(answer, SearchUnavailable::Failing)
    }

    /// Looks at the files of an index that failed a search, once at a time, and closes it where they are not what
    /// was written: the [`Follower`] makes a new one at once.
    async fn doubt(&self, engine: Arc<Engine>, fault: &anyhow::Error) {
        let is_of_index =
            fault.is::<EngineError>() || fault.downcast_ref::<JoinError>().is_some_and(JoinError::is_panic);
        if !is_of_index || self.doubt.is_looking.swap(true, Ordering::Relaxed) {
            return;
        }
        let search = self.clone();
        // Whoever asked may go away meanwhile, and what is looked at may break whoever looks.
        let looked_at = apart(move || {
            let looking = Looking(search.doubt.clone());
            if !engine.is_whole() && search.close(&engine) {
                tracing::error!("the search index is damaged and made anew");
            }
            drop(looking);
            Ok(())
        });
        if let Err(fault) = looked_at.await {
            tracing::error!("looking at a search index that failed: {fault:#}");
        }
    }

    /// Closes an index, and says whether it was the one that is read.
    fn close(&self, engine: &Arc<Engine>) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let is_read = matches!(&*state, State::Open(open) if Arc::ptr_eq(open, engine));
        if is_read {
            *state = State::Preparing;
            self.doubt.closed.notify_one();
        }
        is_read
    }

    fn set_state(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// Runs what blocks for a moment where it holds nobody up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work).await.context("working on the search index")?
}

#[async_trait]
impl Search for IndexSearch {
    async fn search(&self, request: &SearchRequest) -> Result<Results, SearchUnavailable> {
        let engine = self.engine()?;
        let found = results::find(engine.clone(), &self.catalog, request).await;
        self.answered(engine, found).await.map(|mut results| {
            if results.complete == 0 && results.did_you_mean.is_none() {
                results.did_you_mean = self.insight.meant(&request.text).as_ref().map(SearchText::from);
            }
            results
        })
    }

    async fn suggest(&self, typed: &SearchText) -> Result<Suggestions, SearchUnavailable> {
        let engine = self.engine()?;
        let bought = self.insight.completions(typed, MAX_SUGGESTED_QUERIES);
        let completed = suggestions::complete(engine.clone(), &self.catalog, bought, typed).await;
        self.answered(engine, completed).await
    }
}

#[cfg(test)]
mod tests;
