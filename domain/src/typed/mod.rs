//! Typed: what somebody typed into a form that was refused, on its way back into the form. Guards that no
//! words are lost, neither long ones nor those of somebody who has to sign in first, and that they come
//! back into their own form alone. Forms call the port; a password is never among the fields.

#[cfg(feature = "ports")]
pub mod ports;

use serde::{Deserialize, Serialize};

use crate::id::random_id;

/// For how long the server keeps what was typed, in seconds: who signs in first may have to look for a
/// password.
pub const KEPT_S: i64 = 60 * 60;
/// Characters of a field that the server keeps; it reads no form that has more.
pub const MAX_FIELD_CHARS: usize = 64 * 1024;
/// Forms that the server keeps at once, the newest: anybody may have one refused.
pub const MAX_KEPT_FORMS: u32 = 2_000;
/// The field that says which form it is.
pub const FORM: &str = "form";

random_id!(
    /// The key of what the server keeps: whoever has it reads it, and nobody can guess one.
    TypedId
);

/// The fields of a form as they were typed, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// The fields that somebody filled in, each as far as it is kept.
    pub fn new(fields: &[(&str, &str)]) -> Self {
        let filled = fields.iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| ((*name).to_owned(), value.chars().take(MAX_FIELD_CHARS).collect())).collect()
    }

    /// What was typed, if it was typed into the form of this name.
    pub fn of(mut self, form: &str) -> Option<Self> {
        (self.take(FORM) == form).then_some(self)
    }

    /// What was typed into a field; nothing where it was left empty.
    pub fn take(&mut self, name: &str) -> String {
        let field = self.0.iter_mut().find(|(known, _)| known == name);
        field.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

impl FromIterator<(String, String)> for Typed {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_into_its_own_form() {
        let typed = Typed::new(&[(FORM, "answer 1"), ("answer", "Two\nmetres."), ("note", "")]);
        assert_eq!(typed.clone().of("answer 2"), None);
        let mut typed = typed.of("answer 1").unwrap();
        assert_eq!((typed.take("answer"), typed.take("note")), ("Two\nmetres.".into(), String::new()));
        assert_eq!(Typed::default().of("answer 1"), None);
    }

    #[test]
    fn a_field_is_kept_up_to_its_limit() {
        let kept = |chars: usize| Typed::new(&[("text", &"ä".repeat(chars))]).take("text").chars().count();
        assert_eq!((kept(MAX_FIELD_CHARS), kept(MAX_FIELD_CHARS + 1)), (MAX_FIELD_CHARS, MAX_FIELD_CHARS));
    }

    #[test]
    fn what_was_typed_reads_back_as_it_was_written() {
        let typed = Typed::new(&[(FORM, "sheet"), ("sheet", "sku\ton_hand\r\n\"LAMP\u{0}\",12")]);
        let written = serde_json::to_string(&typed).unwrap();
        assert!(!written.contains('\u{0}'), "no database has to bear it: {written}");
        assert_eq!(serde_json::from_str::<Typed>(&written).unwrap(), typed);
    }
}
