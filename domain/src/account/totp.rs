use std::fmt;
use std::str::FromStr;

use crate::order::ALPHABET;

/// Seconds that each code of an app stands for (RFC 6238, section 4).
pub const TOTP_STEP_S: u32 = 30;
/// Steps before and after the present one whose codes are taken, for clocks that go wrong and people who type slowly
/// (RFC 6238, section 5.2).
pub const TOTP_SKEW_STEPS: u16 = 1;
/// Recovery codes that are made together.
pub const RECOVERY_CODES: usize = 10;
/// Seconds that new recovery codes can be shown in, once.
pub const RECOVERY_SHOWN_S: i64 = 60;
/// Seconds that the key of an app can be taken over before it is made anew.
pub const TOTP_SETUP_S: i64 = 30 * 60;
/// Seconds that somebody whose password was right has to type a code.
pub const HALF_SIGNED_IN_S: i64 = 10 * 60;

const TOTP_DIGITS: usize = 6;
const RECOVERY_CHARS: usize = 16;
const GROUP_CHARS: usize = 4;
const BITS_OF_A_CHAR: u32 = 5;

/// A code that an app shows for half a minute. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpCode([u8; TOTP_DIGITS]);

/// What signs in once in place of a code of the app: `7K4M-2P9Q-XA3D-5TR8`, 80 random bits. The store keeps a hash of
/// it only.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; RECOVERY_CHARS]);

/// What is typed after a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInCode {
    Totp(TotpCode),
    Recovery(RecoveryCode),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be {TOTP_DIGITS} digits, or {RECOVERY_CHARS} letters and digits of a recovery code")]
pub struct SignInCodeError;

/// What an app needs to show codes for an account. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSetup {
    /// The key in letters and digits (base 32), in groups of four.
    pub key: Box<str>,
    /// The same as a picture that cameras read: an SVG element.
    pub picture: Box<str>,
}

/// How far an account asks for codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInCodesState {
    Off,
    On { recovery_codes: u32 },
}

impl TotpCode {
    /// A code as it may be typed, with a space after each digit.
    pub const MAX_TYPED_CHARS: u32 = 12;

    /// The six digits.
    pub fn reveal(&self) -> &str {
        // Only ASCII digits get in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl RecoveryCode {
    /// A code of random bits, of which the last 80 count.
    pub fn new(mut random: u128) -> Self {
        let mut digits = [ALPHABET[0]; RECOVERY_CHARS];
        for digit in &mut digits {
            // Five bits are below 32.
            *digit = ALPHABET[(random & 31) as usize];
            random >>= BITS_OF_A_CHAR;
        }
        Self(digits)
    }

    /// What a hash of it is made from.
    pub const fn bytes(&self) -> &[u8; RECOVERY_CHARS] {
        &self.0
    }

    /// In groups of four, for whoever it belongs to.
    pub fn reveal(&self) -> String {
        let groups = self.0.chunks(GROUP_CHARS).map(|group| std::str::from_utf8(group).unwrap_or_default());
        groups.collect::<Vec<_>>().join("-")
    }
}

impl SignInCode {
    /// A recovery code as it may be typed, with a hyphen or a space after each character.
    pub const MAX_TYPED_CHARS: u32 = 32;
}

impl FromStr for TotpCode {
    type Err = SignInCodeError;

    /// Forgives spaces and hyphens: apps show `123 456`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let digits = filled(raw.trim().bytes(), |byte| byte.is_ascii_digit())?;
        Ok(Self(digits))
    }
}

impl FromStr for RecoveryCode {
    type Err = SignInCodeError;

    /// Forgives lower case, hyphens and spaces anywhere, and letters that look like digits.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let digits = raw.trim().bytes().map(|byte| match byte.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        });
        Ok(Self(filled(digits, |byte| ALPHABET.contains(&byte))?))
    }
}

impl FromStr for SignInCode {
    type Err = SignInCodeError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self::Totp).or_else(|_| raw.parse().map(Self::Recovery))
    }
}

/// As many characters as there is room for, of those that are allowed; hyphens and spaces don't count.
fn filled<const CHARS: usize>(
    typed: impl Iterator<Item = u8>,
    is_allowed: fn(u8) -> bool,
) -> Result<[u8; CHARS], SignInCodeError> {
    let mut digits = [b'0'; CHARS];
    let mut places = digits.iter_mut();
    for byte in typed.filter(|byte| !matches!(byte, b'-' | b' ')) {
        if !is_allowed(byte) {
            return Err(SignInCodeError);
        }
        *places.next().ok_or(SignInCodeError)? = byte;
    }
    if places.next().is_some() { Err(SignInCodeError) } else { Ok(digits) }
}

impl fmt::Debug for TotpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpCode(…)")
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl fmt::Debug for TotpSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSetup(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_of_an_app_is_six_digits_however_they_are_typed() {
        for typed in ["012345", " 012 345 ", "012-345", "0 1 2 3 4 5"] {
            let code: TotpCode = typed.parse().unwrap();
            assert_eq!(code.reveal(), "012345", "{typed}");
            assert_eq!(typed.parse(), Ok(SignInCode::Totp(code)));
        }
        assert_eq!(TotpCode::MAX_TYPED_CHARS as usize, 2 * TOTP_DIGITS);
        for wrong in ["", "01234", "0123456", "01234x", "+12345", "٠١٢٣٤٥", "0.1234"] {
            assert_eq!(wrong.parse::<TotpCode>(), Err(SignInCodeError), "{wrong}");
        }
    }

    #[test]
    fn a_recovery_code_is_forgiving_when_typed() {
        let code = RecoveryCode::new(0x1_2345_6789_ABCD_EF01);
        let shown = code.reveal();
        assert_eq!((shown.len(), shown.matches('-').count()), (19, 3));
        assert_eq!(SignInCode::MAX_TYPED_CHARS as usize, 2 * RECOVERY_CHARS);
        let (loose, spaced) = (shown.replace('-', ""), shown.replace('-', "  ").to_lowercase());
        for typed in [shown.clone(), loose.clone(), spaced, loose.replace('0', "o").replace('1', "l")] {
            assert_eq!(typed.parse(), Ok(SignInCode::Recovery(code.clone())), "{typed}");
        }
        for wrong in [&loose[..15], &format!("{loose}0"), "UUUU-UUUU-UUUU-UUUU", "ÄÄÄÄÄÄÄÄ"] {
            assert_eq!(wrong.parse::<SignInCode>(), Err(SignInCodeError), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_recovery_code_reads_back_and_none_is_printed(random in any::<u128>()) {
            let code = RecoveryCode::new(random);
            prop_assert_eq!(code.reveal().parse(), Ok(code.clone()));
            prop_assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
            prop_assert_eq!(RecoveryCode::new(random & ((1 << 80) - 1)), code);
        }

        #[test]
        fn whatever_is_typed_is_a_code_or_refused(raw in "\\PC{0,40}") {
            if let Ok(code) = raw.parse::<SignInCode>() {
                let kept = raw.chars().filter(|c| !c.is_whitespace() && *c != '-').count();
                let wanted = if matches!(code, SignInCode::Totp(_)) { TOTP_DIGITS } else { RECOVERY_CHARS };
                prop_assert_eq!(kept, wanted);
                let shown = format!("{code:?}");
                prop_assert!(shown.contains('…'));
            }
        }
    }
}
