//! Answering a question: candidates from the index, a second look at the best of them, counts.

use std::cmp::Reverse;
use std::sync::{Arc, PoisonError};

use domain::search::embedding::Embedding;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use super::answer::Facets;
use super::best::{FIRST_LOOKED_AT, MAX_WINDOW, NEAREST_LOOKED_AT};
use super::columns::Columns;
use super::lexicon::Lexicon;
use super::narrow::Narrowing;
use super::pass::{Pass, listed, unordered};
use super::plan::Plan;
use super::rank::{Compared, Looked, Ranking};
use super::register::{Register, SharedRegister};
use super::schema::Fields;
use super::seen::Seen;
use super::tally::Tally;
use super::top::{Candidate, Top};
use super::weights::{ALIKE, NEAR_ENOUGH, Weights};
use super::{Cursor, Order, Request};

/// With fewer complete matches than a page holds, the nearest others follow.
pub(super) const ENOUGH_COMPLETE: usize = 24;
/// How many of the nearest are shown.
pub(super) const MAX_NEAREST: usize = 100;

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
    fn place_in_list(&self) -> (bool, Reverse<u64>, u64) {
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
        if matching.len() < self.request.page_hits.min(ENOUGH_COMPLETE) && self.plan.has_words() {
            let candidates = self.nearest_candidates()?;
            if !candidates.is_empty() {
                return self.nearest(&candidates, &matching, &narrowing, &register);
            }
        }
        Ok(found)
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
            if !self.request.count && narrowing.is_empty() {
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
            matching: Vec::with_capacity(ENOUGH_COMPLETE),
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

    /// The nearest by words, and by meaning. Filters come later: what fails one is counted.
    fn nearest_candidates(&self) -> tantivy::Result<Vec<Candidate>> {
        let mut candidates = Vec::new();
        if let Some(query) = self.plan.nearest(&self.snapshot.searcher, self.fields, self.weights)? {
            let weight = self.scored(query.as_ref())?;
            candidates = self.best(weight.as_ref(), NEAREST_LOOKED_AT, 0.0, &Narrowing::default())?;
        }
        let mut alike = self.alike();
        alike.retain(|one| candidates.iter().all(|candidate| candidate.address != one.address));
        candidates.append(&mut alike);
        Ok(candidates)
    }

    /// The nearest products, those that match everything first.
    fn nearest(
        &self,
        candidates: &[Candidate],
        matching: &[DocAddress],
        narrowing: &Narrowing,
        register: &Register,
    ) -> tantivy::Result<Found> {
        let mut placed = self.ranked(candidates, Some(&self.bodies(candidates)?));
        if self.plan.has_phrases() {
            // All words are not yet the phrase.
            for placed in &mut placed {
                placed.compared.complete &= matching.contains(&placed.address);
            }
            placed.sort_by_key(|placed| !placed.compared.complete);
        }
        let best = placed.iter().map(|placed| placed.compared.coverage).fold(0.0, f32::max);
        placed.retain(|Placed { compared, .. }| {
            compared.complete
                || compared.coverage >= (best * NEAR_ENOUGH).max(f32::MIN_POSITIVE)
                || compared.alike >= ALIKE
        });
        placed.truncate(MAX_NEAREST);
        let mut tally = self.request.count.then(|| Tally::new(narrowing, register));
        placed.retain(|placed| {
            let (columns, doc) = (self.columns(placed.address), placed.address.doc_id);
            let row = columns.rows.of(doc);
            let failed = narrowing.failed(columns, doc, row);
            match &mut tally {
                Some(tally) if failed == 0 => tally.add(columns, doc, row),
                Some(tally) => tally.add_failed(columns, doc, row, failed, register),
                None => {}
            }
            failed == 0
        });
        if self.request.order != Order::Relevance {
            for placed in &mut placed {
                placed.value = listed(self.request.order, self.columns(placed.address), placed.address.doc_id);
                // No score decides this order.
                placed.compared.explanation = None;
            }
            placed.sort_by_key(Placed::place_in_list);
        }
        let count = |placed: usize| u32::try_from(placed).unwrap_or(u32::MAX);
        let complete = count(placed.iter().filter(|placed| placed.compared.complete).count());
        let facets = tally.map(|tally| tally.finish(register)).unwrap_or_default();
        Ok(Found { total: count(placed.len()), complete, facets, placed, is_from_cursor: false })
    }

    pub(super) fn columns(&self, address: DocAddress) -> &Columns {
        &self.snapshot.columns[address.segment_ord as usize]
    }

    /// For each candidate the pieces of the query that its description has, as bits.
    fn bodies(&self, candidates: &[Candidate]) -> tantivy::Result<Vec<u128>> {
        let mut bodies = vec![0; candidates.len()];
        let mut by_place: Vec<usize> = (0..candidates.len()).collect();
        by_place.sort_by_key(|index| candidates[*index].address);
        for (ordinal, segment) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let here: Vec<usize> =
                by_place.iter().copied().filter(|index| candidates[*index].address.segment_ord == ordinal).collect();
            if here.is_empty() {
                continue;
            }
            let index = segment.inverted_index(self.fields.body)?;
            for (place, wanted) in self.plan.wanted.iter().enumerate().take(u128::BITS as usize) {
                let term = Term::from_field_text(self.fields.body, &wanted.word);
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                for at in &here {
                    let doc = candidates[*at].address.doc_id;
                    if postings.doc() < doc && postings.seek(doc) == TERMINATED {
                        break;
                    }
                    if postings.doc() == doc {
                        bodies[*at] |= 1 << place;
                    }
                }
            }
        }
        Ok(bodies)
    }

    /// Puts the best candidates in the order of the second look; the others follow as they are.
    fn ranked(&self, candidates: &[Candidate], bodies: Option<&[u128]>) -> Vec<Placed> {
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
