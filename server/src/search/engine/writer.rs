use std::fmt;
use std::sync::Arc;

use domain::catalog::ProductId;
use domain::search::embedding::Embedding;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, IndexWriter, TERMINATED, Term};

use super::schema::key;
use super::store::Engine;
use super::written::{Meaning, written};
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
        let meaning = self.meaning(document).map_err(EngineError::while_doing("reading what a product means"))?;
        let written = written(document, meaning.as_ref(), &self.engine.fields);
        self.writer.add_document(written).map_err(EngineError::while_doing("adding a product"))?;
        Ok(())
    }

    /// What a product means. A price or a stock that changes does not change it, and to find it takes a
    /// thousand times as long as to read it.
    fn meaning(&self, document: &Document) -> tantivy::Result<Option<Meaning>> {
        let Some(embedder) = &self.engine.embedder else { return Ok(None) };
        let text = document.text();
        let told = key(&text);
        let known = self.known(&document.id, told)?;
        Ok(known.or_else(|| embedder.embed(&text)).map(|embedding| Meaning { embedding, told }))
    }

    /// What the last commit says that a product means, where its text is still the one with this key.
    fn known(&self, id: &ProductId, told: u64) -> tantivy::Result<Option<Embedding>> {
        let (snapshot, term) = (self.engine.snapshot(), self.term(id));
        for (segment, columns) in snapshot.searcher.segment_readers().iter().zip(&snapshot.columns) {
            let index = segment.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                if let Some(known) = columns.meanings.of_text(postings.doc(), told) {
                    return Ok(Some(known));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    fn term(&self, id: &ProductId) -> Term {
        Term::from_field_text(self.engine.fields.id, id.as_str())
    }

    pub(crate) fn remove(&mut self, id: &ProductId) {
        self.writer.delete_term(self.term(id));
    }

    /// Makes every change so far durable and seen by the next question. `mark` is kept with the
    /// commit, for whoever feeds the index to remember how far it came; see [`Engine::mark`].
    pub(crate) fn commit(&mut self, mark: &str) -> Result<(), EngineError> {
        self.write(mark)?;
        self.engine.refresh().map_err(EngineError::while_doing("reading what was written"))
    }

    fn write(&mut self, mark: &str) -> Result<(), EngineError> {
        let mut commit = self.writer.prepare_commit().map_err(EngineError::while_doing("writing it"))?;
        commit.set_payload(mark);
        commit.commit().map_err(EngineError::while_doing("writing it"))?;
        Ok(())
    }

    /// Commits for the last time what [`Engine::builder`] began, merges it into one segment, in which a
    /// question looks each word up only once, and closes the index for writing. Merging reads the segments
    /// from end to end and holds none of them in memory.
    pub(crate) fn finish(mut self, mark: &str) -> Result<(), EngineError> {
        self.write(mark)?;
        let Self { engine, mut writer } = self;
        let merged = engine.index.searchable_segment_ids().and_then(|segments| {
            if segments.len() > 1 {
                writer.merge(&segments).wait()?;
            }
            writer.wait_merging_threads()
        });
        merged.map_err(EngineError::while_doing("merging its segments"))?;
        engine.refresh().map_err(EngineError::while_doing("reading what was merged"))
    }
}
