//! What makes a post wait for a person. A rule that is wrong costs a reader some hours of waiting, not
//! the post; so the rules may be plain.

use serde::{Deserialize, Serialize};

/// Posts of one customer within an hour that are shown without a person.
pub const MAX_POSTS_PER_HOUR: u32 = 10;
/// The same character again and again.
const MAX_SAME_CHARS: usize = 7;
/// The same word again and again.
const MAX_SAME_WORDS: usize = 4;
/// Fewer letters may all be capitals: a brand, a size, "GREAT".
const MIN_SHOUTED_LETTERS: usize = 20;
const SHOUTED_PERCENT: usize = 70;
/// Digits of a telephone number (ITU-T E.164 allows 15).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;

/// Why a post waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    Link,
    ContactDetails,
    Shouting,
    Repetition,
    /// The same words stand below another product.
    Copied,
    TooMany,
    RejectedBefore,
    /// Its author took something away from the same product that had been rejected, or waited for a person.
    RemovedBefore,
    /// Nobody has looked at its pictures.
    Pictures,
}

impl Suspicion {
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Link => "a link",
            Self::ContactDetails => "an e-mail address or a telephone number",
            Self::Shouting => "mostly capitals",
            Self::Repetition => "the same again and again",
            Self::Copied => "the same words were posted before",
            Self::TooMany => "many posts within an hour",
            Self::RejectedBefore => "rejected before it was rewritten",
            Self::RemovedBefore => "something was rejected or reported here before, and removed by its author",
            Self::Pictures => "pictures to look at",
        }
    }
}

/// What its author posted before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// Posts of the last hour.
    pub in_last_hour: u32,
    /// Texts of other posts, the newest ones.
    pub texts: Vec<String>,
}

/// What speaks against showing some words at once.
pub fn suspicions(title: Option<&str>, text: &str, before: &Before) -> Vec<Suspicion> {
    let parts = || title.into_iter().chain([text]);
    let rules: [(Suspicion, bool); 6] = [
        (Suspicion::Link, parts().any(has_link)),
        (Suspicion::ContactDetails, parts().any(|part| has_email(part) || has_phone(part))),
        (Suspicion::Shouting, is_shouted(&parts().collect::<Vec<_>>().join(" "))),
        (Suspicion::Repetition, parts().any(repeats)),
        (Suspicion::Copied, before.texts.iter().any(|other| is_same(other, text))),
        (Suspicion::TooMany, before.in_last_hour >= MAX_POSTS_PER_HOUR),
    ];
    rules.into_iter().filter_map(|(suspicion, applies)| applies.then_some(suspicion)).collect()
}

fn has_link(text: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "com", "net", "org", "info", "biz", "shop", "store", "online", "site", "xyz", "top", "ru", "cn", "io", "app",
        "link",
    ];
    let text = text.to_lowercase();
    let is_address = |word: &str| {
        let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches(['.', ',', '!', ')']);
        let Some((name, ending)) = host.rsplit_once('.') else { return false };
        ENDINGS.contains(&ending) && name.chars().next_back().is_some_and(char::is_alphanumeric)
    };
    text.contains("://") || text.contains("www.") || text.split(char::is_whitespace).any(is_address)
}

fn has_email(text: &str) -> bool {
    text.split(char::is_whitespace).any(|word| {
        let Some((local, host)) = word.split_once('@') else { return false };
        !local.is_empty() && host.split_once('.').is_some_and(|(name, ending)| !name.is_empty() && !ending.is_empty())
    })
}

/// Digits with what stands between those of a telephone number; a date or a size is shorter.
fn has_phone(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '+'));
    runs.map(str::trim).any(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        run.starts_with(['+', '0', '(']) && PHONE_DIGITS.contains(&digits)
    })
}

fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= MIN_SHOUTED_LETTERS && capitals * 100 >= letters * SHOUTED_PERCENT
}

fn repeats(text: &str) -> bool {
    let visible: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    longest_run(&visible) > MAX_SAME_CHARS || longest_run(&words) > MAX_SAME_WORDS
}

fn longest_run<T: PartialEq>(items: &[T]) -> usize {
    items.chunk_by(PartialEq::eq).map(<[T]>::len).max().unwrap_or_default()
}

fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (one, other): (String, String) = (letters(one), letters(other));
    one == other
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn why(text: &str) -> Vec<Suspicion> {
        suspicions(None, text, &Before::default())
    }

    #[test]
    fn what_people_write_about_things_is_shown() {
        for text in [
            "Warm light, e.g. for reading. Arrived on 12/03/2026 after 2 days.",
            "It is 1920 x 1080 and 27 inches, fits IKEA. Great!!! 10/10",
            "GREAT LAMP. Buy it",
            "Very, very, very good. A+++",
            "Bien joué…Parfait @ home",
            "Zoë sagt: größer als gedacht (120 x 60 x 75 cm), Preis 1.299,00",
        ] {
            assert_eq!(why(text), [], "{text}");
        }
    }

    #[test]
    fn what_sells_something_else_waits() {
        for text in ["see https://cheap.example", "www.lamps.example", "Cheaper at lamps.com!", "lamp-shop.store/deal"]
        {
            assert_eq!(why(text), [Suspicion::Link], "{text}");
        }
        for text in ["write to ada@lamps.example", "call +44 20 7946 0000", "Tel (020) 7946-0000 now", "07700900123"] {
            assert_eq!(why(text), [Suspicion::ContactDetails], "{text}");
        }
        assert_eq!(suspicions(Some("lamps.com"), "Good.", &Before::default()), [Suspicion::Link]);
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        assert_eq!(why(&"!".repeat(MAX_SAME_CHARS)), []);
        assert_eq!(why(&"!".repeat(MAX_SAME_CHARS + 1)), [Suspicion::Repetition]);
        assert_eq!(why(&["good"; MAX_SAME_WORDS].join(" ")), []);
        assert_eq!(why(&["good"; MAX_SAME_WORDS + 1].join(" ")), [Suspicion::Repetition]);
        let letters =
            |capitals: usize, small: usize| format!("{}{}", "AB".repeat(capitals / 2), "ab".repeat(small / 2));
        assert_eq!(why(&letters(18, 0)), []);
        assert_eq!(why(&letters(20, 0)), [Suspicion::Shouting]);
        assert_eq!(why(&letters(14, 6)), [Suspicion::Shouting]);
        assert_eq!(why(&letters(12, 8)), []);
        let posted = |in_last_hour| suspicions(None, "Good.", &Before { in_last_hour, texts: vec![] });
        assert_eq!(posted(MAX_POSTS_PER_HOUR - 1), []);
        assert_eq!(posted(MAX_POSTS_PER_HOUR), [Suspicion::TooMany]);
    }

    #[test]
    fn the_same_words_below_another_product_wait() {
        let before = Before { in_last_hour: 1, texts: vec!["Best thing, ever!".to_owned()] };
        assert_eq!(suspicions(None, "best thing ever", &before), [Suspicion::Copied]);
        assert_eq!(suspicions(None, "Best thing", &before), []);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in "\\PC{0,200}") {
            let _ = why(&text);
        }
    }
}
