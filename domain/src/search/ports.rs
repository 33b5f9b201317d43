//! What the server answers to a search.

use async_trait::async_trait;

use super::SearchText;
use crate::catalog::listing::{ListPage, ListRequest};

/// Products that one search considers, the best matches first.
pub const MAX_MATCHES: u32 = 1_000;

/// Search does not answer now; the cause is in the server's log. Categories still can be browsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("search does not answer at the moment")]
pub struct SearchUnavailable;

#[async_trait]
pub trait Search: Send + Sync {
    async fn search(&self, text: &SearchText, request: &ListRequest) -> Result<ListPage, SearchUnavailable>;
}
