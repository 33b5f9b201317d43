use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Aspect, AspectRating, Content, ReviewText, ReviewTitle};
use crate::text::{TextError, without_hidden};

/// A review as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    pub stars: String,
    pub title: String,
    pub text: String,
    /// The stars of aspects, by their names: `aspects[fit]=4`.
    pub aspects: BTreeMap<String, String>,
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
    /// Reads what was typed about a product that has these aspects; hidden characters are left out, and an aspect
    /// without stars is not rated.
    ///
    /// # Errors
    /// Every field that is not right.
    pub fn parse(&self, asked: &[Aspect]) -> Result<Content, ReviewFieldErrors> {
        let mut errors = ReviewFieldErrors::new();
        let stars = self.stars.parse().map_err(|_| errors.push((ReviewField::Stars, "Choose how many stars.".into())));
        let title = without_hidden(&self.title).parse::<ReviewTitle>();
        let title = title.map_err(|error| errors.push((ReviewField::Title, advice("a headline", &error))));
        let text = without_hidden(&self.text).parse::<ReviewText>();
        let text = text.map_err(|error| errors.push((ReviewField::Text, advice("what you think of it", &error))));
        let rated = |aspect: &Aspect| {
            let stars = self.aspects.get(aspect.parameter())?.parse().ok()?;
            Some(AspectRating { aspect: *aspect, stars })
        };
        let aspects = asked.iter().filter_map(rated).collect();
        match (stars, title, text) {
            (Ok(stars), Ok(title), Ok(text)) => Ok(Content::Review { stars, title, text, aspects }),
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
            form.parse(&[]).unwrap_err().into_iter().map(|(field, _)| field.parameter()).collect::<Vec<_>>()
        };
        assert_eq!(fields(ReviewForm::default()), ["stars", "title", "text"]);
        let good = ReviewForm {
            stars: "4".into(),
            title: "Go\u{200b}od".into(),
            text: "Warm\r\nlight".into(),
            ..ReviewForm::default()
        };
        let content = good.parse(&[]).unwrap();
        assert_eq!((content.title(), content.text()), (Some("Good"), "Warm\r\nlight"));
        assert_eq!(fields(ReviewForm { title: "x".repeat(101), ..good.clone() }), ["title"]);
        assert_eq!(fields(ReviewForm { text: "x".repeat(10_000), ..good }), ["text"]);
    }

    #[test]
    fn only_what_is_asked_is_rated_and_nothing_has_to_be() {
        let aspects = [("fit", "2"), ("comfort", ""), ("value", "9"), ("taste", "5"), ("nonsense", "1")];
        let aspects = aspects.map(|(name, stars)| (name.to_owned(), stars.to_owned())).into();
        let form = ReviewForm { stars: "4".into(), title: "Good".into(), text: "Warm".into(), aspects };
        let asked = [Aspect::Fit, Aspect::Comfort, Aspect::Value];
        let content = form.parse(&asked).unwrap();
        let rated: Vec<_> = content.aspects().unwrap().iter().map(|rated| (rated.aspect, rated.stars.get())).collect();
        assert_eq!(rated, [(Aspect::Fit, 2)]);
        assert!(form.parse(&[]).unwrap().aspects().unwrap().is_empty());
    }
}
