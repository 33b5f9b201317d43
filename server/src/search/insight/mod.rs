//! Counts what people search for, open and buy. A request only adds to what waits in memory; one task
//! ([`SqlInsight::run`]) writes it down every few seconds, forgets what is too old, and learns which
//! queries led to purchases, for the search box to suggest them.
//!
//! Only this module writes the tables `search_days` and `search_interest`. Every server writes its own counts; what a
//! crash takes along are the counts of a few seconds, and a store that is closed writes the last ones down.

mod books;
pub(crate) mod found;
mod interest;
mod visitors;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use domain::catalog::Slug;
use domain::search::SearchText;
use domain::search::insight::{
    CountedQuery, Counting, Findings, InsightReport, Interest, Interests, Mark, Period, Place, Tally,
};
use domain::search::ports::{Insight, InsightUnavailable};
use domain::shipment::store_day;
use jiff::Timestamp;
use jiff::civil::Date;
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

use crate::fault::at_boundary;
use crate::sql::Sql;
pub(crate) use interest::SqlInterest;
use visitors::{Deed, Visitors};

/// How long counts wait to be written down, all at once.
const WRITING_PAUSE: Duration = Duration::from_secs(3);
/// Turns of writing after which old counts are forgotten and those of other servers are learnt.
const TURNS_UNTIL_TIDY: u32 = 20;

/// The counts of searches.
#[derive(Debug, Clone)]
pub(crate) struct SqlInsight {
    sql: Sql,
    waiting: Arc<Mutex<Counting>>,
    interests: Arc<Mutex<Interests>>,
    visitors: Arc<Mutex<Visitors>>,
    /// Queries that led to purchases, the best first.
    bought: Arc<RwLock<Arc<[CountedQuery]>>>,
}

impl SqlInsight {
    pub(crate) fn new(sql: Sql) -> Self {
        let bought = Arc::new(RwLock::new(Arc::from([])));
        let visitors = Arc::new(Mutex::new(Visitors::of(today())));
        Self { sql, waiting: Arc::default(), interests: Arc::default(), visitors, bought }
    }

    /// Who comes from a network, for the rest of the day.
    fn visitor(&self, network: Option<IpAddr>) -> Mark {
        self.visitors().mark(network)
    }

    /// Notes that a visitor saw results, which is what clicks on them are believed for.
    fn saw(&self, visitor: Mark, query: &CountedQuery) {
        self.visitors().note(visitor, Deed::Saw(query));
    }

    /// Counts that a product was opened from the results of a search, once a day for each visitor and only where
    /// they saw any: anybody can say by themselves where they come from.
    fn clicked(&self, visitor: Mark, product: Slug, query: CountedQuery, place: Place) {
        let (is_new, has_interest) = {
            let mut visitors = self.visitors();
            let is_new =
                visitors.knows(visitor, Deed::Saw(&query)) && visitors.note(visitor, Deed::Opened(&query, &product));
            (is_new, is_new && visitors.note(visitor, Deed::TookInterest(&product)))
        };
        if is_new {
            self.count(query, Tally::of_click(place));
        }
        if has_interest {
            self.interests().count(product, Interest::OF_CLICK);
        }
    }

    /// The queries that led to purchases and begin with some letters, the best first.
    pub(super) fn completions(&self, typed: &SearchText, limit: usize) -> Vec<CountedQuery> {
        let typed = typed.as_str().to_lowercase();
        let goes_on = |query: &&CountedQuery| query.as_str().len() > typed.len() && query.as_str().starts_with(&typed);
        self.learnt().iter().filter(goes_on).take(limit).cloned().collect()
    }

    /// The query that led to purchases and is one slip of the finger away from what was typed. A number is
    /// never taken for another one.
    pub(super) fn meant(&self, typed: &SearchText) -> Option<CountedQuery> {
        static ONE_EDIT: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
        let typed = CountedQuery::try_from(typed).ok()?;
        let near = ONE_EDIT.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)).build_dfa(typed.as_str());
        let digits = |query: &CountedQuery| query.as_str().chars().filter(char::is_ascii_digit).collect::<String>();
        let is_meant = |query: &&CountedQuery| {
            matches!(near.eval(query.as_str()), Distance::Exact(1)) && digits(query) == digits(&typed)
        };
        self.learnt().iter().find(is_meant).cloned()
    }

    fn learnt(&self) -> Arc<[CountedQuery]> {
        self.bought.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes, forgets and learns until the task is dropped.
    pub(crate) async fn run(self) {
        for turn in 0_u32.. {
            let is_time_to_tidy = turn.is_multiple_of(TURNS_UNTIL_TIDY);
            if let Err(fault) = self.turn(is_time_to_tidy).await {
                tracing::error!("writing down what was searched for: {fault:#}");
            }
            tokio::time::sleep(WRITING_PAUSE).await;
        }
    }

    async fn turn(&self, is_time_to_tidy: bool) -> anyhow::Result<()> {
        let has_bought = self.write_down().await?;
        if is_time_to_tidy {
            self.forget_old(today()).await?;
        }
        if is_time_to_tidy || has_bought {
            let bought = self.read_bought(today()).await?;
            *self.bought.write().unwrap_or_else(PoisonError::into_inner) = bought.into();
        }
        Ok(())
    }

    /// Writes down what waits; answers whether something was bought. What can't be written waits on.
    pub(crate) async fn write_down(&self) -> anyhow::Result<bool> {
        let counts = self.waiting().take();
        if counts.is_empty() {
            return Ok(false);
        }
        let written = self.add(&counts).await;
        if written.is_err() {
            let mut waiting = self.waiting();
            for (day, query, tally) in counts {
                waiting.count(day, query, tally);
            }
            return written.map(|()| false);
        }
        Ok(counts.iter().any(|(_, _, tally)| tally.purchases > 0))
    }

    fn count(&self, query: CountedQuery, tally: Tally) {
        self.waiting().count(today(), query, tally);
    }

    fn visitors(&self) -> MutexGuard<'_, Visitors> {
        // As with what waits.
        let mut visitors = self.visitors.lock().unwrap_or_else(PoisonError::into_inner);
        visitors.turn(today());
        visitors
    }

    fn interests(&self) -> MutexGuard<'_, Interests> {
        self.interests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waiting(&self) -> MutexGuard<'_, Counting> {
        // Whoever panicked while holding it lost a count at most.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Insight for SqlInsight {
    fn searched(&self, visitor: Mark, text: &SearchText, is_answered: bool) {
        if let Ok(query) = CountedQuery::try_from(text) {
            let is_first = self.visitors().note(visitor, Deed::Searched(&query));
            self.count(query, Tally::of_search(is_answered, is_first));
        }
    }

    fn bought(&self, findings: &Findings, products: &[Slug]) {
        for finding in products.iter().filter_map(|product| findings.of(product)) {
            self.count(finding.query.clone(), Tally::of_purchase(finding.place));
            self.interests().count(finding.product.clone(), Interest::OF_PURCHASE);
        }
    }

    async fn report(&self, period: Period) -> Result<InsightReport, InsightUnavailable> {
        at_boundary(self.read_report(today(), period).await, InsightUnavailable)
    }
}

fn today() -> Date {
    store_day(Timestamp::now())
}

#[cfg(test)]
mod tests;
