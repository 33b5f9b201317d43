//! Tells of a wrong field as soon as it is left, with the same rules as the server.

use domain::checkout::{ContactField, ContactForm};
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, Node};

use crate::dom::first;

/// Around the contact form: when a text field is left, its error is shown or taken back. A field
/// that nobody filled in yet is left alone until the form is posted.
#[island]
pub fn ContactCheck(children: Children) -> impl IntoView {
    let left = |event: FocusEvent| {
        if leads_to_button(&event) {
            return;
        }
        let left = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(left) = left else { return };
        let judged = match left.id().as_str() {
            // The postcodes and VAT numbers of another country look different.
            "country" => ["postcode", "vat_number"].map(|id| document().get_element_by_id(id)),
            _ => [Some(left), None],
        };
        for field in judged.into_iter().flatten().filter_map(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            judge(&field);
        }
    };
    view! { <div on:focusout=left>{children()}</div> }
}

fn judge(field: &HtmlInputElement) {
    let was_wrong = field.has_attribute("aria-invalid");
    let value = field.value();
    if was_wrong || !value.trim().is_empty() {
        show(field, error_of(&field.name(), value, chosen_country()));
    }
}

/// The country of the form; it decides what a postcode and a VAT number look like.
fn chosen_country() -> String {
    let option = first(&document(), "#country option:checked");
    option.and_then(|option| option.get_attribute("value")).unwrap_or_default()
}

/// What is wrong with one field of an address in a country.
fn error_of(name: &str, value: String, country: String) -> Option<String> {
    let mut form = ContactForm { country, ..ContactForm::default() };
    let (field, place) = match name {
        "email" => (ContactField::Email, &mut form.email),
        "name" => (ContactField::Name, &mut form.name),
        "phone" => (ContactField::Phone, &mut form.phone),
        "vat_number" => (ContactField::VatNumber, &mut form.vat_number),
        "line1" => (ContactField::Line1, &mut form.line1),
        "line2" => (ContactField::Line2, &mut form.line2),
        "city" => (ContactField::City, &mut form.city),
        "region" => (ContactField::Region, &mut form.region),
        "postcode" => (ContactField::Postcode, &mut form.postcode),
        _ => return None,
    };
    *place = value;
    let errors = form.parse().err()?;
    errors.into_iter().find(|(wrong, _)| *wrong == field).map(|(_, words)| words)
}

/// Whether a field is left for a button: words that appear now would push the button away from under
/// the finger, and what the button does judges the fields anyway.
pub(crate) fn leads_to_button(event: &FocusEvent) -> bool {
    let next = event.related_target().and_then(|next| next.dyn_into::<Element>().ok());
    next.is_some_and(|next| next.tag_name() == "BUTTON")
}

/// How many fields of a form are wrong, in words.
pub fn attention(wrong: usize) -> String {
    match wrong {
        1 => "One field needs your attention".to_owned(),
        more => [&more.to_string(), " fields need your attention"].concat(),
    }
}

/// Writes an error below a field as the server would, or takes it away. A browser that refuses to
/// is no harm: the server checks again.
pub(crate) fn show(field: &HtmlInputElement, error: Option<String>) {
    let id = format!("{}-error", field.id());
    let shown = document().get_element_by_id(&id);
    let others = field.get_attribute("aria-describedby").unwrap_or_default();
    let others = others.split(' ').filter(|other| !other.is_empty() && *other != id).collect::<Vec<_>>().join(" ");
    let Some(error) = error else {
        if let Some(shown) = shown {
            shown.remove();
        }
        let _ = field.remove_attribute("aria-invalid");
        let _ = field.set_attribute("aria-describedby", &others);
        return;
    };
    let line = shown.or_else(|| document().create_element("p").ok());
    if let Some(line) = line {
        line.set_class_name("field__error");
        line.set_id(&id);
        line.set_text_content(Some(&error));
        let below: Option<Node> = field.next_sibling();
        if let Some(parent) = field.parent_node() {
            let _ = parent.insert_before(&line, below.as_ref());
        }
    }
    let _ = field.set_attribute("aria-invalid", "true");
    let _ = field.set_attribute("aria-describedby", format!("{others} {id}").trim_start());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_judged_by_itself() {
        let error = |name: &str, value: &str, country: &str| error_of(name, value.to_owned(), country.to_owned());
        assert!(error("email", "ada@", "GB").is_some_and(|words| words.contains("ada@example.com")));
        assert_eq!(error("email", "ada@example.com", "GB"), None);
        assert_eq!(error("phone", "", "GB"), None);
        assert_eq!(error("quantity", "x", "GB"), None);
        assert_eq!(error("postcode", "10115", "DE"), None);
        assert_eq!(error("vat_number", "DE136695976", "DE"), None);
        assert!(error("vat_number", "DE12", "DE").is_some_and(|words| words.contains("DE136695976")));
        assert!(error("postcode", "10115", "GB").is_some_and(|words| words.contains("SW1A 1AA")));
    }
}
