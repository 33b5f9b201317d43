//! What the server keeps of what shoppers looked at.

use std::collections::HashSet;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{History, Viewer};
use crate::catalog::ProductId;

/// Histories can't be read or written now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("your browsing history can't be reached at the moment")]
pub struct BrowsingUnavailable;

/// Whose history a guest's is: callers ask only for a guest who agreed to it.
#[async_trait]
pub trait Browsing: Send + Sync {
    /// Notes that a product was looked at, without waiting for it to be written; not for an account that
    /// switched its history off.
    fn note(&self, viewer: Viewer, product: &ProductId, now: Timestamp);

    /// What was looked at, with all that was noted here so far.
    async fn history(&self, viewer: Viewer, now: Timestamp) -> Result<History, BrowsingUnavailable>;

    async fn forget(&self, viewer: Viewer, product: &ProductId) -> Result<(), BrowsingUnavailable>;

    async fn clear(&self, viewer: Viewer) -> Result<(), BrowsingUnavailable>;

    /// Whether an account has not switched its history off.
    async fn is_kept(&self, viewer: Viewer) -> Result<bool, BrowsingUnavailable>;

    /// Switches it on, or off with everything that it held.
    async fn keep(&self, viewer: Viewer, kept: bool) -> Result<(), BrowsingUnavailable>;

    /// Removes all that is kept of somebody who leaves.
    async fn erase(&self, viewer: Viewer) -> Result<(), BrowsingUnavailable>;

    /// Takes a guest's history, and what they don't want to see, into an account's at sign-in. An account
    /// that has switched its history off takes in only the latter; the rest stays the guest's.
    async fn join(&self, guest: Viewer, account: Viewer, now: Timestamp) -> Result<(), BrowsingUnavailable>;

    /// Never recommends a product to somebody again.
    async fn dismiss(&self, viewer: Viewer, product: &ProductId, now: Timestamp) -> Result<(), BrowsingUnavailable>;

    /// Takes that back.
    async fn admit(&self, viewer: Viewer, product: &ProductId) -> Result<(), BrowsingUnavailable>;

    /// What somebody does not want to see recommended.
    async fn dismissed(&self, viewer: Viewer) -> Result<HashSet<ProductId>, BrowsingUnavailable>;
}
