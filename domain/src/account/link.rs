use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::checkout::Email;

/// What somebody means who asks for a letter. It only chooses the letter's words: what the link does
/// follows from whether there is an account, which nobody learns but the owner of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkWish {
    Register,
    Reset,
}

/// What the link of a letter is good for, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Opens an account for the address that the letter went to.
    Register,
    /// Sets a new password and ends every session.
    Reset,
    /// Gives an account the address that the letter went to.
    ChangeEmail,
}

impl LinkPurpose {
    /// Its name where it is kept.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reset => "reset",
            Self::ChangeEmail => "change_email",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        [Self::Register, Self::Reset, Self::ChangeEmail].into_iter().find(|purpose| purpose.parameter() == raw)
    }

    /// How long its link can be used. A reset is what an attacker would wait for in a mailbox.
    pub const fn life_hours(self) -> i64 {
        match self {
            Self::Register | Self::ChangeEmail => 24,
            Self::Reset => 1,
        }
    }

    /// The first moment at which a link made now is of no use.
    pub fn expires_at(self, now: Timestamp) -> Timestamp {
        // Beyond the year 9999 a link lasts to the end of time, which no link sees.
        now.checked_add(SignedDuration::from_hours(self.life_hours())).unwrap_or(Timestamp::MAX)
    }
}

/// A link that can still be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub purpose: LinkPurpose,
    /// Where its letter went.
    pub email: Email,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_reads_back_and_ends() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        for purpose in [LinkPurpose::Register, LinkPurpose::Reset, LinkPurpose::ChangeEmail] {
            assert_eq!(LinkPurpose::from_parameter(purpose.parameter()), Some(purpose));
            assert!(purpose.expires_at(now) > now);
        }
        assert_eq!(LinkPurpose::Reset.expires_at(now), "2026-11-25T13:00:00Z".parse().unwrap());
    }
}
