use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::checkout::Email;

/// What somebody signs in with. It is never printed and never sent to a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Box<str>);

/// Why a password was refused, in words for the person who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PasswordError {
    #[error("a password needs at least {} characters; three or four words do well", Password::MIN_CHARS)]
    TooShort,
    #[error("a password has at most {} characters", Password::MAX_CHARS)]
    TooLong,
    #[error("a password can't have line ends or other control characters in it")]
    Character,
    #[error("this is one of the first passwords that anybody would try; please choose another one")]
    Common,
}

/// The passwords most often found in leaks that are long enough to be chosen here, in lower case.
const COMMON: [&str; 24] = [
    "1234567890",
    "0123456789",
    "0987654321",
    "9876543210",
    "12345678910",
    "123456789a",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty1234",
    "qwerty12345",
    "qwerty123456",
    "password123",
    "password12",
    "password1234",
    "passwordpassword",
    "passw0rd123",
    "asdfghjkl1",
    "abcdefghij",
    "abcd123456",
    "iloveyou123",
    "letmein123",
    "welcome123",
    "football123",
];
/// A password with fewer different characters is one key held down.
const MIN_DISTINCT_CHARS: usize = 4;

impl Password {
    /// Length is what makes a password strong, so nothing but length is asked for (NIST SP 800-63B,
    /// section 5.1.1.2).
    pub const MIN_CHARS: u32 = 10;
    pub const MAX_CHARS: u32 = 128;

    /// As it was typed, for whoever hashes it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A password that somebody chooses for the account of an e-mail address.
    ///
    /// # Errors
    /// [`PasswordError`] for one that anybody would guess, or that breaks a limit.
    pub fn choose(raw: &str, email: &Email) -> Result<Self, PasswordError> {
        let password: Self = raw.parse()?;
        let lower = raw.to_lowercase();
        let mut distinct: Vec<char> = lower.chars().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let is_address = email.key().contains(&lower);
        if distinct.len() < MIN_DISTINCT_CHARS || is_address || COMMON.contains(&lower.as_str()) {
            return Err(PasswordError::Common);
        }
        Ok(password)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl FromStr for Password {
    type Err = PasswordError;

    /// Nothing is trimmed: a space is a character like any other.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let chars = raw.chars().count();
        if chars < Self::MIN_CHARS as usize {
            Err(PasswordError::TooShort)
        } else if chars > Self::MAX_CHARS as usize {
            Err(PasswordError::TooLong)
        } else if raw.chars().any(char::is_control) {
            Err(PasswordError::Character)
        } else {
            Ok(Self(raw.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn choose(raw: &str) -> Result<Password, PasswordError> {
        Password::choose(raw, &"ada.lovelace@example.com".parse().unwrap())
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        let of = |chars: u32| "längerer Satz".chars().cycle().take(chars as usize).collect::<String>();
        assert_eq!(choose(&of(Password::MIN_CHARS - 1)), Err(PasswordError::TooShort));
        assert!(choose(&of(Password::MIN_CHARS)).is_ok());
        assert!(choose(&of(Password::MAX_CHARS)).is_ok());
        assert_eq!(choose(&of(Password::MAX_CHARS + 1)), Err(PasswordError::TooLong));
        assert_eq!(choose("two\nlines of it"), Err(PasswordError::Character));
    }

    #[test]
    fn what_anybody_would_try_first_is_no_password() {
        for guess in
            ["1234567890", "Password123", "aaaaaaaaaaaa", "abababababab", "Ada.Lovelace", "ada.lovelace@example.com"]
        {
            assert_eq!(choose(guess), Err(PasswordError::Common), "{guess}");
        }
        assert!(choose("  correct horse  ").is_ok_and(|kept| kept.reveal() == "  correct horse  "));
    }

    #[test]
    fn every_common_password_could_be_chosen_otherwise() {
        for common in COMMON {
            assert!(common.parse::<Password>().is_ok() && common.to_lowercase() == common, "{common}");
        }
    }

    proptest! {
        #[test]
        fn a_password_is_never_printed(raw in "\\PC{10,40}") {
            if let Ok(password) = raw.parse::<Password>() {
                prop_assert_eq!(format!("{password:?}"), "Password(…)");
            }
        }
    }
}
