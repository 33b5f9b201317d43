use std::fmt;
use std::str::FromStr;

use crate::account::Token;

/// Digits of each of its two parts.
const PART_DIGITS: usize = 64;

/// What the link of a letter removes alerts with: whose they are, and the proof that the store wrote the link. It is
/// never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct StopKey {
    /// Whose: what the store keeps their alerts under.
    pub owner: Token,
    pub proof: Token,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 128 hexadecimal digits")]
pub struct StopKeyError;

impl StopKey {
    /// As it stands in a link.
    pub fn reveal(&self) -> String {
        self.owner.reveal() + &self.proof.reveal()
    }
}

impl fmt::Debug for StopKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopKey(…)")
    }
}

impl FromStr for StopKey {
    type Err = StopKeyError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let part = |part: Option<&str>| part.and_then(|part| part.parse().ok()).ok_or(StopKeyError);
        Ok(Self { owner: part(raw.get(..PART_DIGITS))?, proof: part(raw.get(PART_DIGITS..))? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_reads_back_and_is_never_printed(owner in any::<[u8; 32]>(), proof in any::<[u8; 32]>()) {
            let key = StopKey { owner: Token::new(owner), proof: Token::new(proof) };
            prop_assert_eq!(key.reveal().parse(), Ok(key.clone()));
            prop_assert_eq!(format!("{key:?}"), "StopKey(…)");
        }

        #[test]
        fn nothing_else_is_a_key(raw in "\\PC{0,140}") {
            prop_assert!(raw.parse::<StopKey>().is_err() || raw.len() == 128);
        }
    }
}
