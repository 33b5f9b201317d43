//! The ids of products in plain memory: the index keeps them as documents, which are slow to open one by
//! one.

use tantivy::schema::{Field, Value};
use tantivy::{SegmentReader, TantivyDocument};

use super::schema::key;

/// Documents are read from end to end, so that no block of them is needed twice.
const CACHED_BLOCKS: usize = 1;

/// The ids of one segment.
#[derive(Debug)]
pub(super) struct Ids {
    /// One after the other.
    text: String,
    /// Where each document's id begins, and where the last one ends.
    begins: Vec<usize>,
    keys: Vec<u64>,
}

impl Ids {
    pub(super) fn new(segment: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let docs = segment.max_doc() as usize;
        let mut ids =
            Self { text: String::new(), begins: Vec::with_capacity(docs + 1), keys: Vec::with_capacity(docs) };
        let store = segment.get_store_reader(CACHED_BLOCKS)?;
        for document in store.iter::<TantivyDocument>(None) {
            let document = document?;
            let id = document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
            ids.begins.push(ids.text.len());
            ids.text.push_str(id);
            ids.keys.push(key(id));
        }
        ids.begins.push(ids.text.len());
        ids.text.shrink_to_fit();
        Ok(ids)
    }

    pub(super) fn of(&self, doc: u32) -> &str {
        let at = |doc: usize| self.begins.get(doc).copied().unwrap_or_default();
        self.text.get(at(doc as usize)..at(doc as usize + 1)).unwrap_or_default()
    }

    /// A number made of the id, which breaks ties the same way in every copy of the index.
    pub(super) fn key(&self, doc: u32) -> u64 {
        self.keys.get(doc as usize).copied().unwrap_or_default()
    }
}
