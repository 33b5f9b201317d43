//! Letters as they are compared: small, without accents, whatever the keyboard and the alphabet; and texts as they
//! are shown.

use domain::search::query::{plain_sign, written_fraction};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A text in small letters with plain signs, each accent one character with its letter where there is one.
pub(super) fn plain_text(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfc() {
        if let Some(fraction) = written_fraction(c) {
            if plain.ends_with(|before: char| before.is_ascii_digit()) {
                plain.push(' ');
            }
            plain.push_str(fraction);
        } else {
            // Letters and signs that are as wide as an ideograph, or half as wide.
            let c =
                if matches!(c, '\u{ff01}'..='\u{ffdc}') { std::iter::once(c).nfkc().next().unwrap_or(c) } else { c };
            plain.extend(plain_sign(c).to_lowercase());
        }
    }
    plain
}

/// Whether a character is one of a word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c) && !is_accent(c))
}

/// A mark that changes its letter and may be left out: accents, the vowels of Hebrew and Arabic, and what chooses
/// the look of a sign.
pub(super) const fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// A character of a script that is written without spaces between its words, or whose words are joined freely:
/// Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese.
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '′')
}

/// How a letter is written where its accent can't be: `ue` for `ü`.
pub(super) const fn spelt_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => return None,
    })
}

/// Small letters without accents.
pub(super) fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    let before = into.len();
    for c in c.to_lowercase() {
        let letters = match c {
            'æ' => "ae",
            'đ' | 'ð' => "d",
            'ħ' => "h",
            'ı' => "i",
            'ł' => "l",
            'ø' => "o",
            'œ' => "oe",
            'ß' => "ss",
            'þ' | 'ŧ' => "t",
            'ς' => "σ",
            // Their accents are other letters, and their syllables are no longer than one.
            whole if is_unspaced(whole) => {
                into.push(whole);
                continue;
            }
            other => {
                let letter = |c: &char| is_letter(*c) && !is_accent(*c);
                decompose_compatible(other, |part| {
                    into.extend(Some(part).filter(letter).into_iter().flat_map(char::to_lowercase));
                });
                continue;
            }
        };
        into.push_str(letters);
    }
    if into.len() == before {
        // Nothing but accents on nothing: it stays what it is, so that as many words are shown as are compared.
        into.push(c);
    }
}

/// A text in small letters without accents and signs, its words apart by one space.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_accent(*c)) {
        if is_letter(c) {
            fold(c, &mut folded);
        } else if !is_apostrophe(c) && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A text in small letters, its words apart by one space, as people write them: with their accents, and with
/// the apostrophes inside. Its words are those of what [`folded`] makes of the text.
pub(super) fn spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if is_accent(c) {
            if is_letter(before) {
                spelt.push(c);
            }
            continue;
        }
        if is_letter(c) {
            spelt.extend(c.to_lowercase());
        } else if is_apostrophe(c) {
            if before.is_alphabetic() && chars.peek().is_some_and(|next| next.is_alphabetic()) {
                spelt.push('\'');
            }
        } else if !spelt.is_empty() && !spelt.ends_with(' ') {
            spelt.push(' ');
        }
        before = c;
    }
    spelt.truncate(spelt.trim_end().len());
    spelt
}

/// How many characters of what [`spelt`] makes of a text are so many bytes of what [`folded`] makes of it.
pub(super) fn chars_spelt(spelt: &str, folded_bytes: usize) -> usize {
    let (mut folded, mut chars) = (String::new(), 0);
    for c in spelt.chars() {
        if folded.len() >= folded_bytes && !is_accent(c) {
            break;
        }
        if c == ' ' {
            folded.push(c);
        } else if !is_accent(c) && !is_apostrophe(c) {
            fold(c, &mut folded);
        }
        chars += 1;
    }
    chars
}

/// A text with some of its words written otherwise.
pub(super) fn respelt(text: &str, respell: impl Fn(&str) -> Option<String>) -> String {
    runs(text).map(|run| respell(run).unwrap_or_else(|| run.to_owned())).collect()
}

/// The words of a text as they stand, and what stands between them.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    let is_of_word = |c: char| is_letter(c) || is_accent(c) || is_apostrophe(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = is_of_word(rest.chars().next()?);
        let end = rest.find(|c: char| is_of_word(c) != is_word).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_compared_without_accents_in_any_alphabet() {
        for (text, expected) in [
            ("Crème BRÛLÉE", "creme brulee"),
            ("cre\u{300}me", "creme"),
            ("Łódź Ærø Weiß STRASSE ﬁn", "lodz aero weiss strasse fin"),
            ("Ёлка ОДЕЯЛО", "елка одеяло"),
            ("Φωτιστικό ΟΔΌΣ οδός", "φωτιστικο οδοσ οδοσ"),
            ("ＵＳＢ　ケーブル", "usb ケーブル"),
            ("Ňuf Şal Čaj Ằn", "nuf sal caj an"),
            ("كِتَاب", "كتاب"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn signs_are_plain_and_fractions_are_numbers() {
        assert_eq!(plain_text("5′ 10″ – 1½″ × ２ｃｍ"), "5' 10\" - 1 1/2\" × 2cm");
        assert_eq!(plain_text("u\u{308}ber"), "über");
    }

    #[test]
    fn what_is_shown_keeps_accents_and_apostrophes() {
        assert_eq!(spelt("  Women’s CRÈME-brûlée, 5' 'tall'"), "women's crème brûlée 5 tall");
        assert_eq!(chars_spelt("women's crème", "womens cre".len()), "women's crè".chars().count());
        assert_eq!(chars_spelt("desk lamp", "desk ".len()), 5);
        let respelt = respelt("Women's lapm-shade, lapm", |word| (folded(word) == "lapm").then(|| "lamp".to_owned()));
        assert_eq!(respelt, "Women's lamp-shade, lamp");
    }

    proptest! {
        #[test]
        fn what_is_shown_has_the_words_that_are_compared(text in "(?s).{0,120}", letters in "[a-zéß'’ İ\u{301}]{0,30}") {
            for text in [text, letters] {
                let spelt = spelt(&text);
                prop_assert_eq!(folded(&spelt), folded(&text));
                prop_assert_eq!(spelt.split(' ').count(), folded(&text).split(' ').count());
                prop_assert_eq!(runs(&text).collect::<String>(), text);
            }
        }
    }
}
