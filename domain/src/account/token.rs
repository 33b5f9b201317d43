use std::fmt;
use std::str::FromStr;

const BYTES: usize = 32;

/// Proves that its bearer is who the store gave it to: 256 random bits, in a cookie or in a link of a
/// letter. The store keeps a hash of it only; it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; BYTES]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 64 hexadecimal digits")]
pub struct TokenError;

impl Token {
    pub const fn new(random: [u8; BYTES]) -> Self {
        Self(random)
    }

    pub const fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// As it stands in a cookie or a link.
    pub fn reveal(&self) -> String {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.map(|digit| char::from(HEX[usize::from(digit)])).collect()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        if raw.len() != BYTES * 2 || !raw.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(TokenError);
        }
        let mut bytes = [0; BYTES];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&raw[place * 2..place * 2 + 2], 16).map_err(|_| TokenError)?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_reads_back_and_is_never_printed(bytes in any::<[u8; BYTES]>()) {
            let token = Token::new(bytes);
            prop_assert_eq!(token.reveal().parse(), Ok(token.clone()));
            prop_assert_eq!(format!("{token:?}"), "Token(…)");
        }

        #[test]
        fn nothing_else_is_a_token(raw in "\\PC{0,70}") {
            prop_assert!(raw.parse::<Token>().is_err() || raw.len() == 64);
        }
    }
}
