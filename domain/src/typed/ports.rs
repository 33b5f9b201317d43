//! What the server keeps of what was typed.

use async_trait::async_trait;

use super::{Typed, TypedId};

/// What was typed can't be kept or read now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was typed can't be kept at the moment")]
pub struct TypedUnavailable;

#[async_trait]
pub trait TypedForms: Send + Sync {
    /// Keeps what was typed for [`KEPT_S`](super::KEPT_S) seconds, under a new key.
    async fn keep(&self, typed: &Typed) -> Result<TypedId, TypedUnavailable>;

    /// What was kept under a key; nothing once its time is over.
    async fn read(&self, id: TypedId) -> Result<Typed, TypedUnavailable>;
}
