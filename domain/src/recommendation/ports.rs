//! What the server knows to go with what.

use std::sync::Arc;

use async_trait::async_trait;

use jiff::Timestamp;

use super::{Reason, ShelfKind};
use crate::account::AccountId;
use crate::browsing::Viewer;
use crate::catalog::ProductId;
use crate::catalog::listing::ProductCard;

/// Recommendations can't be read now; the cause is in the server's log. A page does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("recommendations can't be read at the moment")]
pub struct RecommendationsUnavailable;

/// A product, and why it is shown.
#[derive(Debug, Clone)]
pub struct Recommended {
    pub card: Arc<ProductCard>,
    pub reason: Reason,
}

/// What stands around a product on its page; no product twice.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What is in the same orders, the strongest edges.
    pub together: Vec<Recommended>,
    /// What further edges, and those of the former, lead to.
    pub also_bought: Vec<Recommended>,
    /// What is looked at in the same visits.
    pub also_viewed: Vec<Recommended>,
    /// What is like it.
    pub similar: Vec<Recommended>,
}

/// Whom a page is for.
#[derive(Debug, Clone)]
pub struct Known {
    /// Whose history may be looked at.
    pub history: Option<Viewer>,
    /// Whose orders may be looked at.
    pub account: Option<AccountId>,
    pub now: Timestamp,
}

/// A row for one shopper.
#[derive(Debug, Clone)]
pub struct PersonalShelf {
    pub kind: ShelfKind,
    pub recommended: Vec<Recommended>,
}

/// Whatever is recommended is in stock and none of `hidden`: what is in the cart, or dismissed.
#[async_trait]
pub trait Recommendations: Send + Sync {
    /// What goes with some products taken together, the closest first and at most `limit`: in stock,
    /// and none of them. Of very many products the last [`super::MAX_ASKED_PRODUCTS`] are asked.
    async fn goes_with(
        &self,
        products: &[ProductId],
        limit: u32,
    ) -> Result<Vec<Recommended>, RecommendationsUnavailable>;

    async fn around(&self, product: &ProductId, hidden: &[ProductId]) -> Result<Around, RecommendationsUnavailable>;

    /// The rows that are for one shopper alone, in the order of a page; no product twice.
    async fn personal(
        &self,
        known: &Known,
        hidden: &[ProductId],
    ) -> Result<Vec<PersonalShelf>, RecommendationsUnavailable>;

    /// What many buy now, at most `limit`.
    async fn trending(&self, hidden: &[ProductId], limit: u32) -> Result<Vec<Recommended>, RecommendationsUnavailable>;
}
