//! Mail: a letter to one person. Guards that a letter is text, to one address, with a subject of one
//! line; who writes one decides its words. Accounts and orders send letters; nobody reads them here.

#[cfg(feature = "ports")]
pub mod ports;

use crate::bounded_text;
use crate::checkout::Email;

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
