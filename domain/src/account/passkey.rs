use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::PasskeyId;
use crate::bounded_text;

/// Passkeys of one account: one for each device, and some that lie in a drawer.
pub const MAX_PASSKEYS: u32 = 10;
/// Seconds that a browser has to make or to show a passkey, after which it is asked anew. What Web Authentication
/// recommends for people who take their time (<https://www.w3.org/TR/webauthn-3/#sctn-timeout-recommended-range>).
pub const CEREMONY_S: i64 = 5 * 60;
/// Seconds that a browser may offer the passkeys that it has on the page of the sign-in: as long as somebody leaves it
/// open. Nobody waits for an answer meanwhile, and only the browser that was asked can give one.
pub const PASSKEY_OFFER_S: i64 = 60 * 60;

bounded_text!(
    /// What its owner calls a passkey: `My phone`.
    PasskeyName, 40
);

/// A key on a device of an account's owner, which signs in without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: PasskeyName,
    pub added_at: Timestamp,
    /// When somebody last signed in with it.
    pub used_at: Option<Timestamp>,
}

/// What a browser is asked before it makes or shows a passkey, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// The name of the passkey that is made; none for one that is shown.
    pub name: Option<PasskeyName>,
    /// The options in JSON, as `PublicKeyCredential.parseCreationOptionsFromJSON` and
    /// `parseRequestOptionsFromJSON` read them.
    pub options: Box<str>,
}

/// What a browser says of a passkey, in JSON, as `PublicKeyCredential.toJSON` writes it. Whether it is true is
/// proved later.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyAnswer(Box<str>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {} bytes", PasskeyAnswer::MAX_BYTES)]
pub struct PasskeyAnswerError;

impl PasskeyAnswer {
    /// Ten times what the longest keys and certificates need.
    pub const MAX_BYTES: usize = 16 * 1024;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasskeyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyAnswer(…)")
    }
}

impl FromStr for PasskeyAnswer {
    type Err = PasskeyAnswerError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim();
        if raw.is_empty() || raw.len() > Self::MAX_BYTES { Err(PasskeyAnswerError) } else { Ok(Self(raw.into())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_hold_on_both_sides() {
        let name = |chars: u32| "é".repeat(chars as usize).parse::<PasskeyName>();
        assert!(name(1).is_ok() && name(PasskeyName::MAX_CHARS).is_ok());
        assert!(name(0).is_err() && name(PasskeyName::MAX_CHARS + 1).is_err());
        assert!("two\nlines".parse::<PasskeyName>().is_err());
        let answer = |bytes: usize| "x".repeat(bytes).parse::<PasskeyAnswer>();
        assert!(answer(1).is_ok() && answer(PasskeyAnswer::MAX_BYTES).is_ok());
        assert_eq!(answer(0), Err(PasskeyAnswerError));
        assert_eq!(answer(PasskeyAnswer::MAX_BYTES + 1), Err(PasskeyAnswerError));
    }

    #[test]
    fn an_answer_is_never_printed() {
        let answer: PasskeyAnswer = " {\"id\":\"secret\"} ".parse().unwrap();
        assert_eq!((format!("{answer:?}").as_str(), answer.as_str()), ("PasskeyAnswer(…)", "{\"id\":\"secret\"}"));
    }
}
