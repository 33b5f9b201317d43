//! One query on its way to an answer. It may be asked several times, as it was typed, spelt right, without its
//! price, and all of that within one [`Budget`].

use std::cell::OnceCell;
use std::sync::Arc;

use domain::search::embedding::Embedding;
use domain::search::query::{Query, Relaxed};
use domain::search::{Correction, SearchText};

use super::budget::Budget;
use super::find::{Found, Question, Snapshot};
use super::plan::Plan;
use super::store::{Engine, hit, page};
use super::{Answer, Order, Request};

/// With fewer complete matches another spelling may be what was meant.
const FEW: u32 = 3;

/// One query, with all that its answers share.
pub(super) struct Asked<'a> {
    engine: &'a Engine,
    snapshot: Arc<Snapshot>,
    budget: Budget,
    /// What its words mean, once somebody has to know: finding out takes longer than all else.
    meaning: OnceCell<Option<Embedding>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(engine: &'a Engine, budget: Budget) -> Self {
        Self { engine, snapshot: engine.snapshot(), budget, meaning: OnceCell::new() }
    }

    pub(super) fn answer(&self, request: &Request) -> tantivy::Result<Answer> {
        let answer = self.relaxed(request)?;
        Ok(Answer { was_cut_short: self.budget.is_over(), ..answer })
    }

    /// Answers without the prices and brands that nothing fits.
    fn relaxed(&self, request: &Request) -> tantivy::Result<Answer> {
        let answer = self.strict(request)?;
        if answer.total > 0 {
            return Ok(answer);
        }
        for Relaxed { query, given_up } in request.query.relaxed() {
            let nearest = self.strict(&Request { query, ..request.clone() })?;
            if nearest.total > 0 {
                let did_you_mean = answer.did_you_mean.or(nearest.did_you_mean);
                return Ok(Answer { complete: 0, given_up, did_you_mean, ..nearest });
            }
        }
        Ok(answer)
    }

    /// Answers within what the query asks for besides words.
    fn strict(&self, request: &Request) -> tantivy::Result<Answer> {
        let snapshot = &self.snapshot;
        let plan = self.plan(request)?;
        let mut corrected = plan.corrected(&request.query, &snapshot.lexicon);
        let right = match &corrected {
            Some(correction) if !correction.is_guess => self.right(request, correction)?,
            _ => None,
        };
        let is_right = right.is_some();
        let (plan, found, request) = if let Some(right) = right {
            right
        } else {
            let found = self.found(&plan, request)?;
            (plan, found, request.clone())
        };
        // Words that nothing has together were hardly meant together.
        let certain = found.complete > 0;
        corrected = corrected.filter(|_| certain);
        if let Some(correction) = &mut corrected {
            correction.is_guess |= !is_right;
        }
        let (page, next) = page(&found, &request);
        let hits = page.iter().map(|placed| hit(snapshot, placed)).collect::<tantivy::Result<Vec<_>>>()?;
        let did_you_mean = if found.complete < FEW { self.meant(&plan, &request.query)? } else { None };
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
            was_cut_short: false,
        })
    }

    /// What has all of a query that is spelt right: what is said to be found is found, with its synonyms and all.
    fn right(&self, request: &Request, correction: &Correction) -> tantivy::Result<Option<(Plan, Found, Request)>> {
        let instead = Request { query: Query::from(correction.text.clone()), ..request.clone() };
        let plan = self.plan(&instead)?;
        let found = self.found(&plan, &instead)?;
        Ok((found.complete > 0).then_some((plan, found, instead)))
    }

    fn plan(&self, request: &Request) -> tantivy::Result<Plan> {
        self.engine.plan(&self.snapshot, &request.query, &self.budget)
    }

    /// What has what a query asks for.
    fn found(&self, plan: &Plan, request: &Request) -> tantivy::Result<Found> {
        let meaning = self.meaning(plan, request);
        Question { meaning, ..self.question(plan, request) }.answer()
    }

    /// What may have been meant instead: other words that some product has all of.
    fn meant(&self, plan: &Plan, query: &Query) -> tantivy::Result<Option<SearchText>> {
        let Some(text) = plan.did_you_mean(query, &self.snapshot, &self.engine.fields, &self.budget)? else {
            return Ok(None);
        };
        let request = Request { query: Query::from(text.clone()), page_hits: 1, ..Request::default() };
        let plan = self.plan(&request)?;
        let found = self.question(&plan, &request).first(1)?;
        Ok((!found.is_empty()).then_some(text))
    }

    fn question<'b>(&'b self, plan: &'b Plan, request: &'b Request) -> Question<'b> {
        self.engine.question(&self.snapshot, plan, request, &self.budget)
    }

    /// What the words mean, where the order is by relevance and a model is there. Those that are looked for
    /// instead of them mean the same.
    fn meaning(&self, plan: &Plan, request: &Request) -> Option<&Embedding> {
        let embedder = self.engine.embedder.as_ref().filter(|_| request.order == Order::Relevance)?;
        // What begins as a brand or a price alone has words when it is asked without them.
        let has_meaning = plan.has_words() || self.meaning.get().is_some();
        has_meaning.then(|| self.meaning.get_or_init(|| embedder.embed(&plan.text())).as_ref()).flatten()
    }
}
