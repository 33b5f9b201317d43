use serde::{Deserialize, Serialize};

use super::MAX_ALERTS;

/// Why something about an alert was not done; it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AlertError {
    #[error("that is no longer sold")]
    NotSold,
    #[error("it can be bought already; there is nothing to wait for")]
    InStock,
    #[error("you have {MAX_ALERTS} alerts; please remove one first")]
    TooManyAlerts,
    #[error("an e-mail address looks like ada@example.com")]
    NotAnEmail,
    #[error("too many letters were asked for; please try again in {wait_mins} min")]
    TooManyLetters { wait_mins: u32 },
    /// Used, too old, or never made: nobody learns which.
    #[error("this link was used already or is too old; please ask again on the page of the product")]
    LinkSpent,
    #[error("alerts can't be reached at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
}
