//! What means nearly what the query means, whatever its words.

use tantivy::DocAddress;

use super::find::Question;
use super::narrow::Narrowing;
use super::top::{Candidate, Top};
use super::weights::ALIKE;

/// Products that agree in most signs and are compared number by number.
const COMPARED: usize = 200;
/// Of them so many may be shown.
const MAX_ALIKE: usize = 24;

impl Question<'_> {
    /// The products whose meaning is nearest, without those that the query's signs may forbid. They have
    /// no score of words.
    pub(super) fn alike(&self) -> Vec<Candidate> {
        let Some(query) = self.meaning.filter(|_| self.plan.is_free()) else { return Vec::new() };
        let mut top = Top::new(COMPARED, None);
        for (ordinal, segment) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let columns = &self.snapshot.columns[ordinal as usize];
            let alive = segment.alive_bitset();
            for (doc, agreeing) in columns.meanings.agreeing(query) {
                if agreeing >= top.least() && self.may_be_found(columns, doc, alive, &Narrowing::default()) {
                    top.offer(agreeing, DocAddress::new(ordinal, doc), || columns.ids.key(doc));
                }
            }
        }
        let mut alike: Vec<(f32, Candidate)> = top
            .sorted()
            .into_iter()
            .filter_map(|candidate| Some((self.likeness(candidate.address)?, Candidate { value: 0, ..candidate })))
            .filter(|(cosine, _)| *cosine >= ALIKE)
            .collect();
        alike.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.key.cmp(&other.key)));
        alike.into_iter().take(MAX_ALIKE).map(|(_, candidate)| candidate).collect()
    }

    /// The cosine of what a product and the query mean.
    pub(super) fn likeness(&self, address: DocAddress) -> Option<f32> {
        let query = self.meaning?;
        Some(self.columns(address).meanings.of(address.doc_id)?.cosine(query))
    }
}
