use std::fmt;
use std::sync::Arc;

use domain::catalog::ProductId;
use tantivy::{IndexWriter, Term};

use super::store::Engine;
use super::written::written;
use super::{Document, EngineError};

/// Changes the index. Nothing is seen before [`Writer::commit`].
pub(crate) struct Writer {
    pub(super) engine: Arc<Engine>,
    pub(super) writer: IndexWriter,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl Writer {
    /// Adds a product or replaces the one with its id.
    pub(crate) fn put(&mut self, document: &Document) -> Result<(), EngineError> {
        self.remove(&document.id);
        self.add(document)
    }

    /// Adds a product that is not in the index yet: into one that was just created.
    pub(crate) fn add(&mut self, document: &Document) -> Result<(), EngineError> {
        let meaning = self.engine.embedder.as_ref().and_then(|embedder| embedder.embed(&document.text()));
        let written = written(document, meaning.as_ref(), &self.engine.fields);
        self.writer.add_document(written).map_err(EngineError::while_doing("adding a product"))?;
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: &ProductId) {
        self.writer.delete_term(Term::from_field_text(self.engine.fields.id, id.as_str()));
    }

    /// Makes every change so far durable and seen by the next question. `mark` is kept with the
    /// commit, for whoever feeds the index to remember how far it came; see [`Engine::mark`].
    pub(crate) fn commit(&mut self, mark: &str) -> Result<(), EngineError> {
        let mut commit = self.writer.prepare_commit().map_err(EngineError::while_doing("writing it"))?;
        commit.set_payload(mark);
        commit.commit().map_err(EngineError::while_doing("writing it"))?;
        self.engine.refresh().map_err(EngineError::while_doing("reading what was written"))
    }

    /// Waits until the segments of a large build are merged, and closes the index for writing.
    pub(crate) fn finish(self) -> Result<(), EngineError> {
        self.writer.wait_merging_threads().map_err(EngineError::while_doing("merging its segments"))?;
        self.engine.refresh().map_err(EngineError::while_doing("reading what was merged"))
    }
}
