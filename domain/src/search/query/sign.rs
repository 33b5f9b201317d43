//! Signs that people and their keyboards write in several ways.

/// The plain sign that another one stands for: straight quotes, the hyphen, the slash, and `×` between sizes.
pub const fn plain_sign(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〃' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʹ' | 'ʼ' | '＇' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '✕' | '✖' | '⨯' | '⨉' => '×',
        _ => c,
    }
}

/// The fraction that one character is: `½` is `1/2`.
pub const fn written_fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "1/2",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '¼' => "1/4",
        '¾' => "3/4",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        _ => return None,
    })
}

/// A text with plain signs: `1½″` becomes `1 1/2"`. What stands for `×` between sizes is held to them, for a sign
/// alone is no word.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().map(plain_sign).peekable();
    while let Some(c) = chars.next() {
        if let Some(fraction) = written_fraction(c) {
            if plain.ends_with(|before: char| before.is_ascii_digit()) {
                plain.push(' ');
            }
            plain.push_str(fraction);
        } else if matches!(c, '×' | '*') && chars.peek() == Some(&' ') && is_size_before(&plain) {
            plain.truncate(plain.trim_end().len());
            plain.push(c);
            // What follows is held to it as well, where it is a size.
            let mut behind = chars.clone();
            behind.next();
            if behind.next().is_some_and(|next| next.is_ascii_digit() || written_fraction(next).is_some()) {
                chars.next();
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

/// Whether a text ends with a size and a space.
fn is_size_before(text: &str) -> bool {
    let before = text.strip_suffix(' ');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\'')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_plain() {
        for (text, expected) in [
            ("“desk lamp” –blue", "\"desk lamp\" -blue"),
            ("1½″ ½ in", "1 1/2\" 1/2 in"),
            ("10 × 15 cm", "10×15 cm"),
            ("10″ ✕ 15″", "10\"×15\""),
            ("4 * 6 frame", "4*6 frame"),
            ("men’s × *", "men's× *"),
            ("× 5", "× 5"),
        ] {
            assert_eq!(plain(text), expected);
            assert_eq!(plain(&plain(text)), expected);
        }
    }
}
