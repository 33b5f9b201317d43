use crate::bounded_text;
use crate::checkout::PersonName;
use crate::text::{check_visible, without_hidden};

bounded_text!(
    /// A review in a few words.
    ReviewTitle, 100, check_visible
);

bounded_text!(
    /// What a customer thinks of a product: plain text in lines.
    ReviewText, 5_000, lines, check_visible
);

bounded_text!(
    /// What somebody wants to know of a product.
    Question, 300, check_visible
);

bounded_text!(
    /// What somebody knows about it.
    Answer, 2_000, lines, check_visible
);

bounded_text!(
    /// What others read of a customer's name.
    PublicName, 60, check_visible
);

impl PublicName {
    /// The first name, and the first letter of the last: `Ada L.`
    pub fn of(name: &PersonName) -> Self {
        let visible = without_hidden(name.as_str());
        let mut names = visible.split_whitespace();
        // Room for the letter, its full stop and the space before it.
        let first: String = names.next().unwrap_or_default().chars().take(Self::MAX_CHARS as usize - 3).collect();
        let short = match names.next_back().and_then(|last| last.chars().next()) {
            Some(letter) => format!("{first} {letter}."),
            None => first,
        };
        short.parse().unwrap_or_else(|_| Self("A customer".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(name: &str) -> String {
        PublicName::of(&name.parse().unwrap()).to_string()
    }

    #[test]
    fn nobody_reads_a_whole_name() {
        assert_eq!(public("Ada King Lovelace"), "Ada L.");
        assert_eq!(public("Ada"), "Ada");
        assert_eq!(public("\u{202e}\u{200b}"), "A customer");
        let long = public(&"x".repeat(100));
        assert_eq!(long.len(), 57);
        assert_eq!(public(&format!("{} y", "x".repeat(98))).chars().count(), 60);
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        assert!("x".repeat(100).parse::<ReviewTitle>().is_ok());
        assert!("x".repeat(101).parse::<ReviewTitle>().is_err());
        assert!("x".repeat(5_000).parse::<ReviewText>().is_ok());
        assert!("x".repeat(5_001).parse::<ReviewText>().is_err());
        assert!("x".repeat(300).parse::<Question>().is_ok());
        assert!("x".repeat(301).parse::<Question>().is_err());
        assert!("x".repeat(2_000).parse::<Answer>().is_ok());
        assert!("x".repeat(2_001).parse::<Answer>().is_err());
        assert!("two\nlines".parse::<ReviewTitle>().is_err());
        assert!("two\nlines".parse::<ReviewText>().is_ok());
        assert!("turned\u{202e}".parse::<ReviewText>().is_err());
    }
}
