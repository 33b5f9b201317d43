use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
use tantivy::error::DataCorruption;
use tantivy::index::SegmentId;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Schema;
use tantivy::{DocAddress, Index, IndexReader, IndexSettings, IndexSortByField, ReloadPolicy, Searcher, TantivyError};

use domain::catalog::ProductId;
use domain::search::SearchText;
use domain::search::ports::Embedder;
use domain::search::query::Query;

use super::asked::Asked;
use super::budget::Budget;
use super::columns::Columns;
use super::find::{Found, Placed, Question, Snapshot};
use super::lexicon::Lexicon;
use super::plan::Plan;
use super::register::SharedRegister;
use super::schema::{FORMAT, Fields};
use super::suggest::suggestions;
use super::synonyms::Synonyms;
use super::weights::Weights;
use super::writer::Writer;
use super::{Answer, Cursor, EngineError, Hit, OpenError, Order, Request, Suggestions};

/// How often files are looked for that the last commit names and that are not there.
const CHECKS: usize = 3;

/// The file beside the index that says how it was written.
const FORMAT_FILE: &str = "format";

/// An open index. Questions may be asked from many threads at once.
pub(crate) struct Engine {
    pub(super) index: Index,
    reader: IndexReader,
    pub(super) fields: Fields,
    register: SharedRegister,
    snapshot: RwLock<Arc<Snapshot>>,
    known_columns: RwLock<HashMap<SegmentId, Arc<Columns>>>,
    /// Operations that made what is read.
    operations: AtomicU64,
    synonyms: RwLock<Arc<Synonyms>>,
    weights: Weights,
    pub(super) embedder: Option<Arc<dyn Embedder>>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("products", &self.count()).finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens the index in a folder.
    pub(crate) fn open(folder: &Path, embedder: Option<Arc<dyn Embedder>>) -> Result<Self, OpenError> {
        let Ok(format) = std::fs::read_to_string(folder.join(FORMAT_FILE)) else {
            return Err(OpenError::Missing { folder: folder.to_owned() });
        };
        if format.trim() != written_by(embedder.as_deref()) {
            return Err(OpenError::Old);
        }
        let damaged = |fault| OpenError::Damaged { fault };
        let index = Index::open_in_dir(folder).map_err(damaged)?;
        let (schema, fields) = Fields::new();
        if index.schema() != schema {
            return Err(OpenError::Old);
        }
        // What is read of a file that is not as it was written may be anything, and need not fail.
        check(&index).map_err(damaged)?;
        Self::new(index, fields, embedder).map_err(damaged)
    }

    /// Whether all files of the last commit are as they were written. Reads them from end to end: a third of a
    /// second for a million products whose files are in memory.
    pub(crate) fn is_whole(&self) -> bool {
        check(&self.index).is_ok()
    }

    /// Reads what another process has written meanwhile.
    pub(crate) fn reload(&self) -> Result<(), EngineError> {
        let has_changed = || Ok(self.index.load_metas()?.opstamp != self.operations.load(Ordering::Relaxed));
        let reloaded = has_changed().and_then(|has_changed| if has_changed { self.refresh() } else { Ok(()) });
        reloaded.map_err(EngineError::while_doing("reading what another store wrote"))
    }

    /// Makes an empty index in a folder and removes what was there.
    pub(crate) fn create(folder: &Path, embedder: Option<Arc<dyn Embedder>>) -> Result<Self, OpenError> {
        let fault = |fault: std::io::Error| OpenError::Damaged { fault: fault.into() };
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(fault)?;
        }
        std::fs::create_dir_all(folder).map_err(fault)?;
        let (schema, fields) = Fields::new();
        let format = written_by(embedder.as_deref());
        let made = make(folder, schema).and_then(|index| Self::new(index, fields, embedder));
        let engine = made.map_err(|fault| OpenError::Damaged { fault })?;
        std::fs::write(folder.join(FORMAT_FILE), format).map_err(fault)?;
        Ok(engine)
    }

    fn new(index: Index, fields: Fields, embedder: Option<Arc<dyn Embedder>>) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot { searcher: reader.searcher(), columns: Vec::new(), lexicon: Arc::default() };
        let engine = Self {
            index,
            reader,
            fields,
            register: SharedRegister::default(),
            snapshot: RwLock::new(Arc::new(snapshot)),
            known_columns: RwLock::default(),
            operations: AtomicU64::default(),
            synonyms: RwLock::default(),
            weights: Weights::default(),
            embedder,
        };
        engine.refresh()?;
        Ok(engine)
    }

    /// Shows the last commit to the questions that come from now on.
    pub(super) fn refresh(&self) -> tantivy::Result<()> {
        // Each product that was put in or taken out is one operation, also where another took its place. What comes
        // behind this number is read next time.
        let operations = self.index.load_metas()?.opstamp;
        self.reader.reload()?;
        self.operations.store(operations, Ordering::Relaxed);
        let searcher = self.reader.searcher();
        let mut known = self.known_columns.write().unwrap_or_else(PoisonError::into_inner);
        let mut columns = Vec::new();
        let mut still = HashMap::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let opened = match known.get(&id) {
                Some(opened) => opened.clone(),
                None => Arc::new(Columns::open(segment, &self.fields, &self.register)?),
            };
            columns.push(opened.clone());
            still.insert(id, opened);
        }
        *known = still;
        drop(known);
        let lexicon = self.lexicon(&searcher, operations)?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Snapshot { searcher, columns, lexicon });
        Ok(())
    }

    /// The lexicon of before, or a new one where much has changed.
    fn lexicon(&self, searcher: &Searcher, operations: u64) -> tantivy::Result<Arc<Lexicon>> {
        let known = self.snapshot().lexicon.clone();
        if !known.is_outdated(searcher.num_docs(), operations) {
            return Ok(known);
        }
        let register = self.register.read().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::new(Lexicon::new(searcher, &self.fields, &register, operations)?))
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The only writer of the index. `memory_bytes` is what it may hold before it writes a segment.
    pub(crate) fn writer(self: &Arc<Self>, memory_bytes: usize) -> Result<Writer, EngineError> {
        let writer = self.index.writer(memory_bytes).map_err(EngineError::while_doing("opening it for writing"))?;
        Ok(Writer { engine: self.clone(), writer })
    }

    /// The same for filling an empty index: nothing is merged before [`Writer::finish`] merges all of it.
    pub(crate) fn builder(self: &Arc<Self>, memory_bytes: usize) -> Result<Writer, EngineError> {
        let builder = self.writer(memory_bytes)?;
        builder.writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(builder)
    }

    /// Products that can be found.
    pub(crate) fn count(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    /// What the last commit was marked with; empty before the first.
    pub(crate) fn mark(&self) -> Result<String, EngineError> {
        let metas = self.index.load_metas().map_err(EngineError::while_doing("reading its mark"))?;
        Ok(metas.payload.unwrap_or_default())
    }

    /// Ranks by other weights from now on.
    pub(crate) fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// Takes another file of synonyms, see [`Synonyms::read`].
    pub(crate) fn set_synonyms(&self, text: &str) {
        *self.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Synonyms::read(text));
    }

    /// Goes back to the synonyms that a store begins with.
    pub(crate) fn set_built_in_synonyms(&self) {
        *self.synonyms.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }

    pub(crate) fn search(&self, request: &Request) -> Result<Answer, EngineError> {
        self.answer(request).map_err(EngineError::while_doing("answering a question"))
    }

    fn answer(&self, request: &Request) -> tantivy::Result<Answer> {
        if request.query.is_empty() {
            return Ok(Answer::default());
        }
        let request = Request { page_hits: request.page_hits.clamp(1, Request::MAX_PAGE_HITS), ..request.clone() };
        Asked::new(self, Budget::default()).answer(&request)
    }

    pub(super) fn plan(&self, snapshot: &Snapshot, query: &Query, budget: &Budget) -> tantivy::Result<Plan> {
        let synonyms = self.synonyms.read().unwrap_or_else(PoisonError::into_inner).clone();
        Plan::new(query, &snapshot.searcher, &self.fields, &synonyms, &self.weights, budget)
    }

    pub(super) fn question<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        plan: &'a Plan,
        request: &'a Request,
        budget: &'a Budget,
    ) -> Question<'a> {
        let Self { fields, weights, register, .. } = self;
        Question { snapshot, fields, weights, register, plan, request, budget, meaning: None }
    }

    /// What the typed letters may become, at most `limit` of each kind.
    pub(crate) fn suggest(&self, typed: &str, limit: usize) -> Result<Suggestions, EngineError> {
        self.suggestions(typed, limit).map_err(EngineError::while_doing("suggesting"))
    }

    fn suggestions(&self, typed: &str, limit: usize) -> tantivy::Result<Suggestions> {
        let snapshot = self.snapshot();
        let mut found = suggestions(&snapshot.lexicon, &cut(typed), limit);
        let first = found.queries.first().map(|completion| completion.text.as_str());
        let query = Query::parse(first.unwrap_or(typed));
        let (request, budget) = (Request::default(), Budget::default());
        let plan = self.plan(&snapshot, &query, &budget)?;
        let products = self.question(&snapshot, &plan, &request, &budget).first(limit)?;
        found.products = products.into_iter().map(|address| id(&snapshot, address)).collect::<tantivy::Result<_>>()?;
        Ok(found)
    }
}

pub(super) fn hit(snapshot: &Snapshot, placed: &Placed) -> tantivy::Result<Hit> {
    Ok(Hit { id: id(snapshot, placed.address)?, explanation: placed.compared.explanation.clone() })
}

fn id(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<ProductId> {
    let id = snapshot.columns[address.segment_ord as usize].ids.of(address.doc_id);
    id.parse().map_err(|_| TantivyError::InternalError("a product without an id".to_owned()))
}

/// What the file beside an index says: how it was written, and by which model its meanings.
fn written_by(embedder: Option<&dyn Embedder>) -> String {
    embedder.map_or_else(|| FORMAT.to_string(), |embedder| format!("{FORMAT} {}", embedder.name()))
}

/// As much of the text as a query may have.
fn cut(typed: &str) -> String {
    typed.chars().take(SearchText::MAX_CHARS).collect()
}

/// Compares the files of the last commit with the checksums that they were written with.
fn check(index: &Index) -> tantivy::Result<()> {
    let mut tries = 1..=CHECKS;
    loop {
        let is_last = tries.next().is_none_or(|one| one == CHECKS);
        match index.validate_checksum() {
            // Whoever merges meanwhile removes what was merged.
            Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) if !is_last => {}
            Err(fault) => return Err(fault),
            Ok(damaged) => {
                let Some(file) = damaged.into_iter().next() else { return Ok(()) };
                return Err(DataCorruption::new(file, "it is not as it was written".to_owned()).into());
            }
        }
    }
}

fn make(folder: &Path, schema: Schema) -> tantivy::Result<Index> {
    let directory = MmapDirectory::open(folder).map_err(|fault: OpenDirectoryError| TantivyError::from(fault))?;
    // The best of many are found among the first of them, see `Question::best`.
    let by_standing = IndexSortByField { field: "standing".to_owned(), order: tantivy::Order::Desc };
    Index::create(directory, schema, IndexSettings { sort_by_field: Some(by_standing), ..IndexSettings::default() })
}

/// The results of the page that was asked for, and where the next one begins.
pub(super) fn page<'a>(found: &'a Found, request: &Request) -> (&'a [Placed], Option<Cursor>) {
    let placed = found.placed.as_slice();
    let start = request.after.map_or(0, |after| found.start(after));
    let end = (start + request.page_hits).min(placed.len());
    let page = &placed[start..end];
    // A list begins behind the place that was asked for; of a ranking only the first are here.
    let has_more = if found.is_from_cursor { end < placed.len() } else { end < found.reachable() as usize };
    let next = page.last().filter(|_| has_more).map(|last| {
        if request.order != Order::Relevance {
            return Cursor::Listed { is_complete: last.compared.complete, value: last.value, key: last.key };
        }
        let mut keys = page.iter().rev().map(|placed| placed.key);
        let before = u32::try_from(end).unwrap_or(u32::MAX);
        Cursor::Ranked { before, last: std::array::from_fn(|_| keys.next().unwrap_or(last.key)) }
    });
    (page, next)
}
