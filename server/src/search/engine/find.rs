//! Answering a question: candidates from the index, a second look at the best of them, counts.

use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

use domain::search::embedding::Embedding;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Searcher};

use super::answer::Facets;
use super::best::{FIRST_LOOKED_AT, MAX_WINDOW};
use super::budget::Budget;
use super::columns::Columns;
use super::lexicon::Lexicon;
use super::narrow::Narrowing;
use super::nearest::MAX_NEAREST;
use super::pass::{Pass, unordered};
use super::plan::Plan;
use super::rank::{Compared, Looked, Ranking};
use super::register::{Register, SharedRegister};
use super::schema::Fields;
use super::seen::Seen;
use super::tally::Tally;
use super::top::{Candidate, Top};
use super::weights::Weights;
use super::{Cursor, Order, Request};

/// The index at one moment.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    /// One for each segment of the searcher.
    pub(super) columns: Vec<Arc<Columns>>,
    pub(super) lexicon: Arc<Lexicon>,
}

/// One result with its place in the order.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) address: DocAddress,
    pub(super) key: u64,
    /// What the order compares; greater stands before.
    pub(super) value: u64,
    pub(super) compared: Compared,
}

impl Placed {
    /// Its place among the nearest in another order than relevance; what stands before is less.
    pub(super) fn place_in_list(&self) -> (bool, Reverse<u64>, u64) {
        (!self.compared.complete, Reverse(self.value), self.key)
    }
}

/// Everything found, in its order.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The beginning of the order, at least to the end of the page that was asked for.
    pub(super) placed: Vec<Placed>,
    pub(super) total: u32,
    pub(super) complete: u32,
    pub(super) facets: Facets,
    /// Whether `placed` begins behind the place that was asked for, and not at the first result.
    pub(super) is_from_cursor: bool,
}

impl Found {
    /// How many of all can be paged through.
    pub(super) fn reachable(&self) -> u32 {
        if self.is_from_cursor { self.total } else { self.total.min(u32::try_from(MAX_WINDOW).unwrap_or(u32::MAX)) }
    }

    /// Where in `placed` goes on what a page before ended at.
    pub(super) fn start(&self, after: Cursor) -> usize {
        let place_of = |key: &u64| self.placed.iter().position(|placed| placed.key == *key);
        match after {
            _ if self.is_from_cursor => 0,
            Cursor::Listed { is_complete, value, key } => {
                let last = (!is_complete, Reverse(value), key);
                self.placed.partition_point(|placed| placed.place_in_list() <= last)
            }
            // Where all that are named are gone, at least so many fewer stand before the place.
            Cursor::Ranked { before, last } => match last.iter().find_map(place_of) {
                Some(place) => place + 1,
                None => (before as usize).saturating_sub(last.len()).min(self.placed.len()),
            },
        }
    }
}

/// A question with all that answering it needs.
pub(super) struct Question<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) fields: &'a Fields,
    pub(super) weights: &'a Weights,
    pub(super) register: &'a SharedRegister,
    pub(super) plan: &'a Plan,
    pub(super) request: &'a Request,
    pub(super) budget: &'a Budget,
    /// What the query means, where a model says so.
    pub(super) meaning: Option<&'a Embedding>,
}

impl Question<'_> {
    pub(super) fn answer(&self) -> tantivy::Result<Found> {
        let register = self.register.read().unwrap_or_else(PoisonError::into_inner);
        let narrowing = Narrowing::new(&self.request.filters, &register);
        let mut found = Found::default();
        let mut matching = Vec::new();
        if let Some(query) = self.plan.complete(self.fields) {
            (found, matching) = self.complete(query.as_ref(), &narrowing, &register)?;
        }
        if matching.len() >= self.enough(&narrowing) || !self.plan.has_words() {
            return Ok(found);
        }
        self.and_nearest(found, matching, &narrowing, &register)
    }

    /// Products that match all words; also names the first few that do without the filters.
    fn complete(
        &self,
        query: &dyn Query,
        narrowing: &Narrowing,
        register: &Register,
    ) -> tantivy::Result<(Found, Vec<DocAddress>)> {
        let searcher = &self.snapshot.searcher;
        let by_relevance = self.request.order == Order::Relevance;
        let by_words = by_relevance && self.plan.has_words();
        let mut best = Vec::new();
        if by_words {
            best = self.best(self.scored(query)?.as_ref(), self.wanted(), self.bonus(), narrowing)?;
            if self.is_uncounted(narrowing) {
                return Ok(self.uncounted(&best));
            }
        }
        let after = match self.request.after {
            Some(Cursor::Listed { value, key, .. }) if !by_relevance => Some((value, key)),
            _ => None,
        };
        let mut pass = Pass {
            question: self,
            narrowing,
            is_plain: by_words && self.plan.price.is_none() && narrowing.is_empty(),
            register,
            tally: self.request.count.then(|| Tally::new(narrowing, register)),
            top: (!by_words).then(|| Top::new(self.wanted(), after)),
            matching: Vec::with_capacity(MAX_NEAREST),
            total: 0,
        };
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            weight.for_each_no_score(segment, &mut |docs| pass.count(ordinal, docs, segment.alive_bitset()))?;
        }
        let Pass { tally, top, matching, total, .. } = pass;
        let facets = tally.map(|tally| tally.finish(register)).unwrap_or_default();
        let candidates = top.map_or(best, Top::sorted);
        let placed = if by_relevance { self.ranked(&candidates, None) } else { unranked(&candidates) };
        Ok((Found { placed, total, complete: total, facets, is_from_cursor: !by_relevance }, matching))
    }

    /// Whether nothing but the best products that match all words is visited.
    pub(super) fn is_uncounted(&self, narrowing: &Narrowing) -> bool {
        let by_words = self.request.order == Order::Relevance && self.plan.has_words();
        by_words && !self.request.count && narrowing.is_empty()
    }

    /// The best products that match all words, without visiting the others: their number is only
    /// known as far as they were looked at.
    fn uncounted(&self, best: &[Candidate]) -> (Found, Vec<DocAddress>) {
        let placed = self.ranked(best, None);
        let total = u32::try_from(placed.len()).unwrap_or(u32::MAX);
        let matching = placed.iter().map(|placed| placed.address).collect();
        (Found { placed, total, complete: total, ..Found::default() }, matching)
    }

    /// A few of the best products that match all words, soon: no second look at many, no counts.
    pub(super) fn first(&self, limit: usize) -> tantivy::Result<Vec<DocAddress>> {
        let Some(query) = self.plan.complete(self.fields).filter(|_| self.plan.has_words()) else {
            return Ok(Vec::new());
        };
        let weight = self.scored(query.as_ref())?;
        let candidates = self.best(weight.as_ref(), FIRST_LOOKED_AT, self.bonus(), &Narrowing::default())?;
        let ranked = self.ranked(&candidates, None);
        Ok(ranked.into_iter().take(limit).map(|placed| placed.address).collect())
    }

    pub(super) fn columns(&self, address: DocAddress) -> &Columns {
        &self.snapshot.columns[address.segment_ord as usize]
    }

    /// Puts the best candidates in the order of the second look; the others follow as they are.
    pub(super) fn ranked(&self, candidates: &[Candidate], bodies: Option<&[u128]>) -> Vec<Placed> {
        let ranking = Ranking::new(self.plan, self.weights);
        let looked_at = if bodies.is_some() { candidates.len() } else { candidates.len().min(self.looked_at()) };
        let best = candidates.first().map_or(1.0, |candidate| unordered(candidate.value)).max(f32::MIN_POSITIVE);
        let mut placed: Vec<Placed> = Vec::with_capacity(candidates.len());
        let mut seen = Seen::default();
        for (index, candidate) in candidates.iter().enumerate() {
            let looked = Looked {
                bm25: (unordered(candidate.value) / best).clamp(0.0, 1.0),
                body: bodies.map_or(0, |bodies| bodies[index]),
                meaning: self.likeness(candidate.address),
            };
            let Candidate { address, key, value } = *candidate;
            let columns = self.columns(address);
            // Those behind keep their places; whoever asks why they stand there is told all the same.
            let compared = if index < looked_at || self.request.explain {
                let mut compared = ranking.compare(columns, address.doc_id, looked, self.request.explain, &mut seen);
                compared.complete |= bodies.is_none();
                compared
            } else {
                Compared::UNSEEN
            };
            placed.push(Placed { address, key, value, compared });
        }
        placed[..looked_at].sort_by(|a, b| {
            let order = b.compared.complete.cmp(&a.compared.complete);
            order.then(b.compared.score.total_cmp(&a.compared.score)).then(a.key.cmp(&b.key))
        });
        placed
    }
}

/// Candidates of an order that words do not decide.
fn unranked(candidates: &[Candidate]) -> Vec<Placed> {
    let placed = |candidate: &Candidate| Placed {
        address: candidate.address,
        key: candidate.key,
        value: candidate.value,
        compared: Compared::UNSEEN,
    };
    candidates.iter().map(placed).collect()
}
