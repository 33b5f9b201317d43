use serde::{Deserialize, Serialize};

use super::{Content, ReviewText, ReviewTitle};
use crate::text::{TextError, without_hidden};

/// A review as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    pub stars: String,
    pub title: String,
    pub text: String,
}

/// A field of the form, by the name it is posted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewField {
    Stars,
    Title,
    Text,
}

impl ReviewField {
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Stars => "stars",
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// The fields that are not right, each with what to do about it.
pub type ReviewFieldErrors = Vec<(ReviewField, String)>;

impl ReviewForm {
    /// Reads what was typed; hidden characters are left out.
    ///
    /// # Errors
    /// Every field that is not right.
    pub fn parse(&self) -> Result<Content, ReviewFieldErrors> {
        let mut errors = ReviewFieldErrors::new();
        let stars = self.stars.parse().map_err(|_| errors.push((ReviewField::Stars, "Choose how many stars.".into())));
        let title = without_hidden(&self.title).parse::<ReviewTitle>();
        let title = title.map_err(|error| errors.push((ReviewField::Title, advice("a headline", &error))));
        let text = without_hidden(&self.text).parse::<ReviewText>();
        let text = text.map_err(|error| errors.push((ReviewField::Text, advice("what you think of it", &error))));
        match (stars, title, text) {
            (Ok(stars), Ok(title), Ok(text)) => Ok(Content::Review { stars, title, text }),
            _ => Err(errors),
        }
    }
}

fn advice(what: &str, error: &TextError) -> String {
    match error {
        TextError::Empty => format!("Write {what}."),
        TextError::TooLong { max_chars } => format!("Please write at most {max_chars} characters."),
        error => format!("It {error}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let fields = |form: ReviewForm| {
            form.parse().unwrap_err().into_iter().map(|(field, _)| field.parameter()).collect::<Vec<_>>()
        };
        assert_eq!(fields(ReviewForm::default()), ["stars", "title", "text"]);
        let good = ReviewForm { stars: "4".into(), title: "Go\u{200b}od".into(), text: "Warm\r\nlight".into() };
        let content = good.parse().unwrap();
        assert_eq!((content.title(), content.text()), (Some("Good"), "Warm\r\nlight"));
        assert_eq!(fields(ReviewForm { title: "x".repeat(101), ..good.clone() }), ["title"]);
        assert_eq!(fields(ReviewForm { text: "x".repeat(10_000), ..good }), ["text"]);
    }
}
