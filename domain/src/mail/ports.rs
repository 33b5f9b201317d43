//! What the server does with letters.

use async_trait::async_trait;

use super::{Letter, LetterKey};

/// A letter can't be sent now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("letters can't be sent at the moment")]
pub struct MailUnavailable;

/// Why one of many letters was not sent; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    #[error("letters can't be sent at the moment")]
    Unavailable,
    /// Another attempt would end like this one.
    #[error("the mail server refuses this letter for good")]
    Refused,
}

#[async_trait]
pub trait Mail: Send + Sync {
    /// Hands a letter over to whoever delivers it.
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable>;

    /// Hands letters over, at most [`Mail::most_together`] of them, and answers what became of each, in their order.
    /// One that is handed over twice is known to be the same.
    async fn send_all(&self, letters: &[(LetterKey, Letter)]) -> Vec<Result<(), NotSent>>;

    /// How many letters are best handed over together.
    fn most_together(&self) -> u16;
}
