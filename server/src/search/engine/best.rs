//! The best candidates by the scores of the index, found without visiting the others.

use tantivy::DocAddress;
use tantivy::columnar::ColumnValues;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::Weight;

use super::columns::Columns;
use super::find::Question;
use super::narrow::Narrowing;
use super::nearest::MAX_NEAREST;
use super::pass::{is_priced, ordered, unordered};
use super::schema::MAX_STANDING;
use super::top::{Candidate, Top};
use super::{Cursor, Order};

/// Candidates that are looked at word by word, of those that match all words and of the nearest. More
/// of them take longer and bring nothing that judgments would show.
const LOOKED_AT: usize = 64;
/// A short page needs fewer, so many times its length.
const LOOKED_AT_PAGES: usize = 3;
pub(super) const NEAREST_LOOKED_AT: usize = MAX_NEAREST;
/// Products of a relevance order that can be paged through; behind them nobody reads on.
pub(super) const MAX_WINDOW: usize = 1_000;
/// So many are always looked at, and no more for suggestions.
pub(super) const FIRST_LOOKED_AT: usize = 24;

impl Question<'_> {
    /// How many of the products that match all words are looked at word by word.
    pub(super) fn looked_at(&self) -> usize {
        (LOOKED_AT_PAGES * self.request.page_hits).clamp(FIRST_LOOKED_AT, LOOKED_AT)
    }

    /// How many results the order must begin with.
    pub(super) fn wanted(&self) -> usize {
        let page = self.request.page_hits + 1;
        if self.request.order != Order::Relevance {
            return page;
        }
        // Some room for what came before the place meanwhile.
        (self.before() + 2 * page).clamp(self.looked_at(), MAX_WINDOW)
    }

    /// How many results of a ranking stood before the place that was asked for.
    pub(super) fn before(&self) -> usize {
        match self.request.after {
            Some(Cursor::Ranked { before, .. }) => before as usize,
            _ => 0,
        }
    }

    /// What the best standing adds to the score of a candidate: the more the words tell, the more.
    pub(super) fn bonus(&self) -> f32 {
        self.weights.standing_retrieved * self.plan.told.max(1.0)
    }

    /// The candidates behind the filters with the best scores of the index, to which the best standing
    /// adds `bonus`.
    pub(super) fn best(
        &self,
        weight: &dyn Weight,
        wanted: usize,
        bonus: f32,
        narrowing: &Narrowing,
    ) -> tantivy::Result<Vec<Candidate>> {
        let mut top = Top::new(wanted, None);
        for (ordinal, segment) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let columns = &self.snapshot.columns[ordinal as usize];
            let alive = segment.alive_bitset();
            // What is so much worse can not make up for it by its standing, and nothing behind a document
            // stands above it; what may be equal is looked at, so that keys and not chance decide. Without
            // a bonus it is not: that takes far longer.
            let rounding = if bonus > 0.0 { 4.0 * f32::EPSILON } else { 0.0 };
            let added = |doc: u32| bonus * standing(columns.standing.of(doc));
            let threshold = |least: u64, doc: u32| unordered(least) * (1.0 - rounding) - added(doc);
            weight.for_each_pruning(threshold(top.least(), 0), segment, &mut |doc, score| {
                let value = ordered(if bonus > 0.0 { score + added(doc) } else { score });
                if value >= top.least() && self.may_be_found(columns, doc, alive, narrowing) {
                    top.offer(value, DocAddress::new(ordinal, doc), || columns.ids.key(doc));
                }
                threshold(top.least(), doc)
            })?;
        }
        Ok(top.sorted())
    }

    pub(super) fn may_be_found(
        &self,
        columns: &Columns,
        doc: u32,
        alive: Option<&AliveBitSet>,
        narrowing: &Narrowing,
    ) -> bool {
        alive.is_none_or(|alive| alive.is_alive(doc))
            && self.plan.price.is_none_or(|bounds| is_priced(bounds, columns.price.get_val(doc)))
            && (narrowing.is_empty() || narrowing.failed(columns, doc, columns.rows.of(doc)) == 0)
    }
}

/// As a part of the best standing.
fn standing(standing: u16) -> f32 {
    f32::from(standing) / f32::from(MAX_STANDING)
}
