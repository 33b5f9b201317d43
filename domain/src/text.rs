//! Short texts that entered through a door: trimmed, bounded, free of control characters.
//!
//! [`bounded_text!`] makes a newtype whose only way in is `FromStr` / `TryFrom<String>`; serde
//! goes through the same door, so a stored or posted value is checked again.

use std::collections::HashSet;
use std::sync::Arc;

/// Why a text was refused, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("must not be empty")]
    Empty,
    #[error("must have at most {max_chars} characters")]
    TooLong { max_chars: u32 },
    #[error("must not contain the character {found:?}")]
    Character { found: char },
    #[error("must look like {example}")]
    Shape { example: &'static str },
}

/// Whether a text may go over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

/// Trims `raw` and checks its length in characters and that no control character is inside, but for
/// line ends and tabs in a text of many lines.
///
/// # Errors
/// [`TextError::Empty`], [`TextError::TooLong`] or [`TextError::Character`].
pub fn parse_bounded(raw: &str, max_chars: u32, lines: Lines) -> Result<&str, TextError> {
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        return Err(TextError::Empty);
    }
    if trimmed.chars().count() > max_chars as usize {
        return Err(TextError::TooLong { max_chars });
    }
    let is_layout = |c: &char| lines == Lines::Many && matches!(c, '\n' | '\r' | '\t');
    match trimmed.chars().find(|c| c.is_control() && !is_layout(c)) {
        Some(found) => Err(TextError::Character { found }),
        None => Ok(trimmed),
    }
}

/// Texts that occur many times, each kept once.
#[derive(Debug, Default)]
pub struct Texts(HashSet<Arc<str>>);

impl Texts {
    /// Puts the text that is known in the place of an equal one.
    pub fn share(&mut self, text: &mut Arc<str>) {
        match self.0.get(text) {
            Some(known) => *text = known.clone(),
            None => drop(self.0.insert(text.clone())),
        }
    }
}

/// Whether a character can't be seen and changes how others are read: marks that turn the direction of
/// a whole line (Unicode Standard Annex 9, section 2) and spaces without width. The joiners U+200C and
/// U+200D stay: Persian words and many emoji are written with them.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{e0000}'..='\u{e007f}')
}

/// What somebody wrote, without hidden characters: those are left out and not refused, for nobody who
/// pasted one knows.
pub fn without_hidden(raw: &str) -> String {
    raw.chars().filter(|c| !is_hidden(*c)).collect()
}

/// The check of a text that strangers read.
///
/// # Errors
/// [`TextError::Character`] for a hidden character.
pub fn check_visible(text: &str) -> Result<(), TextError> {
    match text.chars().find(|c| is_hidden(*c)) {
        Some(found) => Err(TextError::Character { found }),
        None => Ok(()),
    }
}

/// Lower-case ASCII words joined by hyphens, for addresses that people read.
/// Letters with accents lose them where that is customary; everything else becomes a hyphen.
pub fn hyphenate(raw: &str) -> String {
    let mut words = String::with_capacity(raw.len());
    for c in raw.chars().flat_map(char::to_lowercase) {
        let folded = fold_accent(c);
        if folded.is_empty() {
            if !words.is_empty() && !words.ends_with('-') && c != '\'' && c != '’' {
                words.push('-');
            }
        } else {
            words.push_str(folded.as_str());
        }
    }
    words.trim_end_matches('-').to_owned()
}

/// A text as it is compared where capitals, customary accents and signs make no difference: its words in
/// small letters, apart by one space. Never empty where the text is not.
pub fn folded(raw: &str) -> String {
    let mut words = String::with_capacity(raw.len());
    for c in raw.chars().flat_map(char::to_lowercase) {
        let plain = fold_accent(c);
        if !plain.is_empty() {
            words.push_str(plain.as_str());
        } else if c.is_alphanumeric() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') && c != '\'' && c != '’' {
            words.push(' ');
        }
    }
    let end = words.trim_end().len();
    words.truncate(end);
    if words.is_empty() { raw.to_lowercase() } else { words }
}

struct Folded([u8; 2], usize);

impl Folded {
    fn is_empty(&self) -> bool {
        self.1 == 0
    }
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0[..self.1]).unwrap_or_default()
    }
}

fn fold_accent(c: char) -> Folded {
    let one = |b: u8| Folded([b, 0], 1);
    match c {
        'a'..='z' | '0'..='9' => one(u8::try_from(c).unwrap_or(b'-')),
        'à' | 'á' | 'â' | 'ã' | 'å' => one(b'a'),
        'ä' | 'æ' => Folded(*b"ae", 2),
        'ç' => one(b'c'),
        'è' | 'é' | 'ê' | 'ë' => one(b'e'),
        'ì' | 'í' | 'î' | 'ï' => one(b'i'),
        'ñ' => one(b'n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => one(b'o'),
        'ö' | 'œ' => Folded(*b"oe", 2),
        'ù' | 'ú' | 'û' => one(b'u'),
        'ü' => Folded(*b"ue", 2),
        'ß' => Folded(*b"ss", 2),
        'ý' | 'ÿ' => one(b'y'),
        _ => Folded([0, 0], 0),
    }
}

/// Makes a bounded text type of one line, or of many with the word `lines`. The optional closure adds
/// a shape check on the trimmed text.
#[macro_export]
macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $max:expr, lines $(, $check:expr)?) => {
        $crate::bounded_text!(@ $(#[$doc])* $name, $max, $crate::text::Lines::Many $(, $check)?);
    };
    ($(#[$doc:meta])* $name:ident, $max:expr $(, $check:expr)?) => {
        $crate::bounded_text!(@ $(#[$doc])* $name, $max, $crate::text::Lines::One $(, $check)?);
    };
    (@ $(#[$doc:meta])* $name:ident, $max:expr, $lines:expr $(, $check:expr)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// Longest accepted text, in characters.
            pub const MAX_CHARS: u32 = $max;

            /// Lets equal texts share their memory.
            pub fn share(&mut self, texts: &mut $crate::text::Texts) {
                texts.share(&mut self.0);
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::TextError;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                let text = $crate::text::parse_bounded(raw, Self::MAX_CHARS, $lines)?;
                $( let check: fn(&str) -> Result<(), $crate::text::TextError> = $check; check(text)?; )?
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::TextError;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                raw.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0.as_ref().to_owned()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
pub fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_harmless_characters_stay() {
        assert_eq!(encoded("AZ-09._~"), "AZ-09._~");
        assert_eq!(encoded("café & 100%"), "caf%C3%A9%20%26%20100%25");
    }

    #[test]
    fn a_title_becomes_a_readable_address() {
        assert_eq!(hyphenate("  Jøtul’s Café Lamp — 55\" (Größe L) "), "jotuls-cafe-lamp-55-groesse-l");
        assert_eq!(hyphenate("???"), "");
    }

    #[test]
    fn only_a_text_of_many_lines_has_line_ends() {
        assert_eq!(parse_bounded("one\ntwo", 9, Lines::One), Err(TextError::Character { found: '\n' }));
        assert_eq!(parse_bounded("one\r\n\ttwo", 9, Lines::Many), Ok("one\r\n\ttwo"));
        assert_eq!(parse_bounded("one\0two", 9, Lines::Many), Err(TextError::Character { found: '\0' }));
    }

    #[test]
    fn hidden_characters_are_left_out_before_they_are_refused() {
        let hidden = "safe\u{202e}gnp.exe\u{200b}\u{feff}";
        assert_eq!(check_visible(hidden), Err(TextError::Character { found: '\u{202e}' }));
        assert_eq!(without_hidden(hidden), "safegnp.exe");
        for kept in ["👩\u{200d}🌾", "می\u{200c}خواهم", "שלום", "e\u{301}"] {
            assert_eq!((without_hidden(kept).as_str(), check_visible(kept)), (kept, Ok(())));
        }
    }

    proptest! {
        #[test]
        fn a_hyphenated_text_stays_as_it_is(raw in ".{0,60}") {
            let once = hyphenate(&raw);
            prop_assert_eq!(hyphenate(&once), once.clone());
            prop_assert!(once.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(!once.contains("--") && !once.starts_with('-') && !once.ends_with('-'));
        }

        #[test]
        fn a_bounded_text_is_trimmed_and_never_longer_than_its_limit(raw in ".{0,40}") {
            if let Ok(text) = parse_bounded(&raw, 12, Lines::One) {
                prop_assert_eq!(text.trim(), text);
                prop_assert!((1..=12).contains(&text.chars().count()));
            }
        }
    }
}
