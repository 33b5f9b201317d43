//! What the server reads of the graph for those who run the store.

use async_trait::async_trait;

use super::{Neighbourhood, NodeKey, NodeKind};

/// The graph can't be read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the graph can't be read at the moment")]
pub struct InspectionUnavailable;

#[async_trait]
pub trait Inspection: Send + Sync {
    /// A record with its edges; `None` where there is no such record.
    async fn neighbourhood(
        &self,
        kind: NodeKind,
        key: &NodeKey,
    ) -> Result<Option<Neighbourhood>, InspectionUnavailable>;

    /// The key of what a person means: a product's id, SKU or address, an order's number or id, a
    /// customer's e-mail address or key.
    async fn find(&self, kind: NodeKind, asked: &str) -> Result<Option<NodeKey>, InspectionUnavailable>;
}
