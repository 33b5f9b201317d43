use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, STRING, Schema, TEXT, Value};
use tantivy::{Index, IndexReader, TantivyDocument};

use crate::import::Described;

/// Plain BM25: title and description with Tantivy's own analyzer, parser and weights.
pub(super) struct Plain {
    reader: IndexReader,
    parser: QueryParser,
    id: Field,
}

impl Plain {
    pub(super) fn new(products: &[Described], folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let title = schema.add_text_field("title", TEXT);
        let description = schema.add_text_field("description", TEXT);
        let index = Index::create_in_dir(folder, schema.build())?;
        let mut writer = index.writer(super::WRITER_BYTES)?;
        for product in products {
            let mut document = TantivyDocument::default();
            document.add_text(id, product.id.as_str());
            document.add_text(title, product.title.as_str());
            if let Some(words) = &product.description {
                document.add_text(description, words.as_str());
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let parser = QueryParser::for_index(&index, vec![title, description]);
        Ok(Self { reader: index.reader()?, parser, id })
    }

    /// The ids of the best products. The signs of Tantivy's query language are taken for spaces: they
    /// are a shopper's own, and not meant so.
    pub(super) fn search(&self, query: &str, limit: usize) -> anyhow::Result<Vec<String>> {
        let words: String = query.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let (query, _) = self.parser.parse_query_lenient(&words.to_lowercase());
        let searcher = self.reader.searcher();
        let found = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut ids = Vec::with_capacity(found.len());
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            ids.extend(document.get_first(self.id).and_then(|value| value.as_str()).map(str::to_owned));
        }
        Ok(ids)
    }
}
