//! What the server does with letters.

use async_trait::async_trait;

use super::Letter;

/// A letter can't be sent now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("letters can't be sent at the moment")]
pub struct MailUnavailable;

#[async_trait]
pub trait Mail: Send + Sync {
    /// Hands a letter over to whoever delivers it.
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable>;
}
