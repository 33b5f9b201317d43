//! The numbers that the scores of the index are made of. A question has looked most of them up before it
//! asks for scores.

use tantivy::Term;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Weight};
use tantivy::schema::Field;

use super::find::Question;

impl Question<'_> {
    /// A query of the index with its scores.
    pub(super) fn scored(&self, query: &dyn Query) -> tantivy::Result<Box<dyn Weight>> {
        query.weight(EnableScoring::enabled_from_statistics_provider(self, &self.snapshot.searcher))
    }
}

impl Bm25StatisticsProvider for Question<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.snapshot.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.snapshot.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let word = term.serialized_value_bytes();
        let mut known = self.plan.variants.iter().filter(|_| term.field() == self.fields.core);
        match known.find(|variant| variant.word.as_bytes() == word) {
            Some(variant) => Ok(variant.weighed_as),
            None => self.snapshot.searcher.doc_freq(term),
        }
    }
}
