use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::index::SegmentId;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Schema;
use tantivy::{DocAddress, Index, IndexReader, IndexSettings, IndexSortByField, ReloadPolicy, Searcher, TantivyError};

use domain::catalog::ProductId;
use domain::search::SearchText;
use domain::search::embedding::Embedding;
use domain::search::ports::Embedder;
use domain::search::query::{Query, Relaxed};

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

/// The file beside the index that says how it was written.
const FORMAT_FILE: &str = "format";

/// With fewer complete matches another spelling may be what was meant.
const FEW: u32 = 3;

/// An open index. Questions may be asked from many threads at once.
pub(crate) struct Engine {
    pub(super) index: Index,
    reader: IndexReader,
    pub(super) fields: Fields,
    register: SharedRegister,
    snapshot: RwLock<Arc<Snapshot>>,
    known_columns: RwLock<HashMap<SegmentId, Arc<Columns>>>,
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
        Self::new(index, fields, embedder).map_err(damaged)
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
            synonyms: RwLock::default(),
            weights: Weights::default(),
            embedder,
        };
        engine.refresh()?;
        Ok(engine)
    }

    /// Shows the last commit to the questions that come from now on.
    pub(super) fn refresh(&self) -> tantivy::Result<()> {
        self.reader.reload()?;
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
        let lexicon = self.lexicon(&searcher)?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Snapshot { searcher, columns, lexicon });
        Ok(())
    }

    /// The lexicon of before, or a new one where much has changed.
    fn lexicon(&self, searcher: &Searcher) -> tantivy::Result<Arc<Lexicon>> {
        let known = self.snapshot().lexicon.clone();
        if !known.is_outdated(searcher.num_docs()) {
            return Ok(known);
        }
        let register = self.register.read().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::new(Lexicon::new(searcher, &self.fields, &register)?))
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
        let snapshot = self.snapshot();
        let answer = self.strict(&snapshot, &request)?;
        if answer.total > 0 {
            return Ok(answer);
        }
        for Relaxed { query, given_up } in request.query.relaxed() {
            let nearest = self.strict(&snapshot, &Request { query, ..request.clone() })?;
            if nearest.total > 0 {
                let did_you_mean = answer.did_you_mean.or(nearest.did_you_mean);
                return Ok(Answer { complete: 0, given_up, did_you_mean, ..nearest });
            }
        }
        Ok(answer)
    }

    /// Answers within what the query asks for besides words.
    fn strict(&self, snapshot: &Snapshot, request: &Request) -> tantivy::Result<Answer> {
        let (mut plan, mut found) = self.found(snapshot, request)?;
        let mut request = request.clone();
        // Words that nothing has together were hardly meant together.
        let certain = found.complete > 0;
        let mut corrected = if certain { plan.corrected(&request.query, &snapshot.lexicon) } else { None };
        if let Some(correction) = &mut corrected
            && !correction.is_guess
        {
            // What is said to be found is found, with its synonyms and all.
            let instead = Request { query: Query::from(correction.text.clone()), ..request.clone() };
            let (right_plan, right) = self.found(snapshot, &instead)?;
            correction.is_guess = right.complete == 0;
            if right.complete > 0 {
                (plan, found, request) = (right_plan, right, instead);
            }
        }
        let (page, next) = page(&found, &request);
        let hits = page.iter().map(|placed| hit(snapshot, placed)).collect::<tantivy::Result<Vec<_>>>()?;
        let did_you_mean = if found.complete < FEW { self.meant(snapshot, &plan, &request.query)? } else { None };
        Ok(Answer {
            hits,
            total: found.total,
            complete: found.complete,
            reachable: found.reachable(),
            facets: found.facets,
            next,
            corrected,
            did_you_mean,
            unknown: plan.unknown(&request.query, certain),
            given_up: Vec::new(),
        })
    }

    /// What a query asks for, and what has it.
    fn found(&self, snapshot: &Snapshot, request: &Request) -> tantivy::Result<(Plan, Found)> {
        let plan = self.plan(snapshot, &request.query)?;
        let meaning = self.meaning(&plan, request);
        let found = Question { meaning: meaning.as_ref(), ..self.question(snapshot, &plan, request) }.answer()?;
        Ok((plan, found))
    }

    /// What may have been meant instead: other words that some product has all of.
    fn meant(&self, snapshot: &Snapshot, plan: &Plan, query: &Query) -> tantivy::Result<Option<SearchText>> {
        let Some(text) = plan.did_you_mean(query, snapshot, &self.fields)? else { return Ok(None) };
        let request = Request { query: Query::from(text.clone()), page_hits: 1, ..Request::default() };
        let plan = self.plan(snapshot, &request.query)?;
        let found = self.question(snapshot, &plan, &request).first(1)?;
        Ok((!found.is_empty()).then_some(text))
    }

    fn plan(&self, snapshot: &Snapshot, query: &Query) -> tantivy::Result<Plan> {
        let synonyms = self.synonyms.read().unwrap_or_else(PoisonError::into_inner).clone();
        Plan::new(query, &snapshot.searcher, &self.fields, &synonyms, &self.weights)
    }

    fn question<'a>(&'a self, snapshot: &'a Snapshot, plan: &'a Plan, request: &'a Request) -> Question<'a> {
        let Self { fields, weights, register, .. } = self;
        Question { snapshot, fields, weights, register, plan, request, meaning: None }
    }

    /// What the words of a query mean, where the order is by relevance and a model is there.
    fn meaning(&self, plan: &Plan, request: &Request) -> Option<Embedding> {
        let embedder = self.embedder.as_ref().filter(|_| request.order == Order::Relevance)?;
        embedder.embed(&plan.text())
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
        let plan = self.plan(&snapshot, &query)?;
        let request = Request::default();
        let products = self.question(&snapshot, &plan, &request).first(limit)?;
        found.products = products.into_iter().map(|address| id(&snapshot, address)).collect::<tantivy::Result<_>>()?;
        Ok(found)
    }
}

fn hit(snapshot: &Snapshot, placed: &Placed) -> tantivy::Result<Hit> {
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

fn make(folder: &Path, schema: Schema) -> tantivy::Result<Index> {
    let directory = MmapDirectory::open(folder).map_err(|fault: OpenDirectoryError| TantivyError::from(fault))?;
    // The best of many are found among the first of them, see `Question::best`.
    let by_standing = IndexSortByField { field: "standing".to_owned(), order: tantivy::Order::Desc };
    Index::create(directory, schema, IndexSettings { sort_by_field: Some(by_standing), ..IndexSettings::default() })
}

/// The results of the page that was asked for, and where the next one begins.
fn page<'a>(found: &'a Found, request: &Request) -> (&'a [Placed], Option<Cursor>) {
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
