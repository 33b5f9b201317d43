//! What the server answers to a search, and to a search that is still being typed.

use async_trait::async_trait;

use super::embedding::Embedding;
use super::insight::{Findings, InsightReport, Mark, Period};
use super::{Results, SearchRequest, SearchText, Suggestions};
use crate::catalog::Slug;

/// Search does not answer now. Categories still can be browsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SearchUnavailable {
    /// What is searched in is being written anew.
    #[error("search is being made ready")]
    Preparing,
    /// The cause is in the server's log.
    #[error("search does not answer at the moment")]
    Failing,
}

/// Finds the meaning of texts. It computes and neither waits nor asks anybody.
pub trait Embedder: std::fmt::Debug + Send + Sync {
    /// Names the space of its embeddings; those of another name can't be compared.
    fn name(&self) -> &str;

    /// What a text means; `None` for a text without words.
    fn embed(&self, text: &str) -> Option<Embedding>;
}

#[async_trait]
pub trait Search: Send + Sync {
    /// A page of what answers a search. Every product is shown as the catalog has it now: one that
    /// was withdrawn is left out, and one that is sold out says so.
    async fn search(&self, request: &SearchRequest) -> Result<Results, SearchUnavailable>;

    /// What a few typed letters may become, the likeliest first.
    async fn suggest(&self, typed: &SearchText) -> Result<Suggestions, SearchUnavailable>;
}

/// The counts can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the counts of searches can't be read at the moment")]
pub struct InsightUnavailable;

/// What people search for. Counting never fails and holds nobody up: counts are written down a few seconds
/// later, and a text that may be about a person is not counted.
#[async_trait]
pub trait Insight: Send + Sync {
    /// Counts a search of a visitor, and whether some product has all of its words.
    fn searched(&self, visitor: Mark, text: &SearchText, is_answered: bool);

    /// Counts what was bought for the searches that it was found by.
    fn bought(&self, findings: &Findings, products: &[Slug]);

    /// What was counted in a period.
    async fn report(&self, period: Period) -> Result<InsightReport, InsightUnavailable>;
}
