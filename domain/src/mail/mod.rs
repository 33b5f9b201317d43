//! Mail: a letter to one person. Guards that a letter is text, to one address, with a subject of one
//! line; who writes one decides its words. Accounts, orders and alerts send letters; nobody reads them here.

#[cfg(feature = "ports")]
pub mod ports;

use crate::alert::AlertId;
use crate::bounded_text;
use crate::checkout::Email;
use crate::order::letter::LetterId;

bounded_text!(
    /// What a letter is about, in one line.
    Subject, 150
);

bounded_text!(
    /// What a letter says, in lines.
    LetterText, 20_000, lines
);

/// A letter. It may hold a secret link, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: Email,
    pub subject: Subject,
    pub text: LetterText,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// What a letter is known by that may be handed over twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKey {
    /// A letter about an order.
    Order(LetterId),
    /// The one letter of an alert.
    Alert(AlertId),
}

impl From<LetterId> for LetterKey {
    fn from(id: LetterId) -> Self {
        Self::Order(id)
    }
}

impl std::fmt::Display for LetterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Order(id) => id.fmt(f),
            Self::Alert(id) => write!(f, "alert-{id}"),
        }
    }
}
