//! What comes near the query, behind what matches every word of it.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::Order;
use super::best::NEAREST_LOOKED_AT;
use super::find::{Found, Placed, Question};
use super::narrow::Narrowing;
use super::pass::listed;
use super::register::Register;
use super::tally::Tally;
use super::top::Candidate;
use super::weights::{ALIKE, NEAR_ENOUGH};

/// With fewer complete matches the nearest others follow, until there are so many of both together.
pub(super) const MAX_NEAREST: usize = 100;
/// So many complete matches fill a page: they keep the order that they have among themselves. Fewer are
/// compared once more, together with the nearest.
const PAGE: usize = 24;

impl Question<'_> {
    /// So many complete matches are enough for the nearest to stay away. Where they are not counted, their
    /// number is known only as far as the end of the page.
    pub(super) fn enough(&self, narrowing: &Narrowing) -> usize {
        let needed = self.before().saturating_add(self.request.page_hits);
        if self.is_uncounted(narrowing) { needed.min(MAX_NEAREST) } else { MAX_NEAREST }
    }

    /// What was found, and the nearest behind it. `matching` names all complete matches, before the filters.
    pub(super) fn and_nearest(
        &self,
        found: Found,
        mut matching: Vec<DocAddress>,
        narrowing: &Narrowing,
        register: &Register,
    ) -> tantivy::Result<Found> {
        let mut candidates = self.nearest_candidates()?;
        if candidates.is_empty() {
            return Ok(found);
        }
        matching.sort_unstable();
        let is_complete = |address: &DocAddress| matching.binary_search(address).is_ok();
        let mut placed = Vec::new();
        if matching.len() >= self.request.page_hits.min(PAGE) && self.request.order == Order::Relevance {
            placed = self.all_complete(found, narrowing)?;
            candidates.retain(|candidate| !is_complete(&candidate.address));
        } else {
            let is_missing = |address: &&DocAddress| candidates.iter().all(|candidate| candidate.address != **address);
            let missing: Vec<DocAddress> = matching.iter().filter(is_missing).copied().collect();
            let unscored = |address: DocAddress| Candidate {
                value: 0,
                key: self.columns(address).ids.key(address.doc_id),
                address,
            };
            candidates.extend(missing.into_iter().map(unscored));
        }
        let best = placed.iter().map(|placed| placed.compared.coverage).fold(0.0, f32::max);
        placed.append(&mut self.compared(&candidates, best, is_complete)?);
        placed.truncate(MAX_NEAREST);
        Ok(self.counted(placed, narrowing, register))
    }

    /// The complete matches in their order, before the filters.
    fn all_complete(&self, found: Found, narrowing: &Narrowing) -> tantivy::Result<Vec<Placed>> {
        if narrowing.is_empty() && found.placed.len() == found.total as usize {
            return Ok(found.placed);
        }
        let Some(query) = self.plan.complete(self.fields) else { return Ok(Vec::new()) };
        let weight = self.scored(query.as_ref())?;
        let candidates = self.best(weight.as_ref(), MAX_NEAREST, self.bonus(), &Narrowing::default())?;
        Ok(self.ranked(&candidates, None))
    }

    /// The nearest by words, and by meaning. Filters come later: what fails one is counted.
    fn nearest_candidates(&self) -> tantivy::Result<Vec<Candidate>> {
        let mut candidates = Vec::new();
        if let Some(query) = self.plan.nearest(&self.snapshot.searcher, self.fields, self.weights, self.budget)? {
            let weight = self.scored(query.as_ref())?;
            candidates = self.best(weight.as_ref(), NEAREST_LOOKED_AT, 0.0, &Narrowing::default())?;
        }
        let mut alike = self.alike();
        alike.retain(|one| candidates.iter().all(|candidate| candidate.address != one.address));
        candidates.append(&mut alike);
        Ok(candidates)
    }

    /// Candidates that come near enough to the best of them and to what is found already, those that have every
    /// word first.
    fn compared(
        &self,
        candidates: &[Candidate],
        best: f32,
        is_complete: impl Fn(&DocAddress) -> bool,
    ) -> tantivy::Result<Vec<Placed>> {
        let mut placed = self.ranked(candidates, Some(&self.bodies(candidates)?));
        for placed in &mut placed {
            let is_complete = is_complete(&placed.address);
            // All words are not yet the phrase.
            placed.compared.complete &= is_complete || !self.plan.has_phrases();
            placed.compared.complete |= is_complete;
        }
        placed.sort_by_key(|placed| !placed.compared.complete);
        let best = placed.iter().map(|placed| placed.compared.coverage).fold(best, f32::max);
        placed.retain(|Placed { compared, .. }| {
            compared.complete
                || compared.coverage >= (best * NEAR_ENOUGH).max(f32::MIN_POSITIVE)
                || compared.alike >= ALIKE
        });
        Ok(placed)
    }

    /// Those that pass the filters, counted and in the order that was asked for.
    fn counted(&self, mut placed: Vec<Placed>, narrowing: &Narrowing, register: &Register) -> Found {
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
        Found { total: count(placed.len()), complete, facets, placed, is_from_cursor: false }
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
}
