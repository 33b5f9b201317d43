//! What somebody typed into a form that was refused, on its way back into the form. It travels in a
//! cookie of a minute: an address of a page stands in logs and histories, which names and e-mail
//! addresses stay out of. Words that a cookie has no room for, or that wait until somebody has signed in,
//! are kept by the server, and the cookie has their key. A password is never kept.

use axum::http::header::COOKIE;
use axum::http::request::Parts;
use domain::checkout::ContactForm;
use domain::text::encoded;
use domain::typed::ports::TypedForms;
pub(crate) use domain::typed::{FORM, Typed};
use domain::typed::{KEPT_S, TypedId};
use leptos::prelude::use_context;
use leptos_router::location::Url;

use crate::answer::{cookie_in, set_cookie};
use crate::error::WireError;
use crate::port::port;

const NAME: &str = "typed";
const MAX_AGE_S: i64 = 60;
/// The field with the key of what the server keeps.
const KEPT: &str = "kept";
/// What is kept of one field in a cookie; no right value of those that go there is longer.
const MAX_FIELD_CHARS: usize = 300;

/// The form of an address as it was typed, when it was this one: not another entry's or another page's.
pub(crate) fn take_address(typed: Typed, form: &str) -> Option<ContactForm> {
    let mut typed = typed.of(form)?;
    Some(ContactForm {
        email: String::new(),
        name: typed.take("name"),
        phone: typed.take("phone"),
        vat_number: String::new(),
        line1: typed.take("line1"),
        line2: typed.take("line2"),
        city: typed.take("city"),
        region: typed.take("region"),
        postcode: typed.take("postcode"),
        country: typed.take("country"),
    })
}

/// The fields of the form of an address to be kept, with a name that tells this form from others.
pub(crate) fn address_fields<'a>(name: &'a str, form: &'a ContactForm) -> [(&'static str, &'a str); 9] {
    [
        (FORM, name),
        ("name", &form.name),
        ("phone", &form.phone),
        ("line1", &form.line1),
        ("line2", &form.line2),
        ("city", &form.city),
        ("region", &form.region),
        ("postcode", &form.postcode),
        ("country", &form.country),
    ]
}

/// Keeps what was typed for the next page below a path.
pub(crate) fn keep(path: &str, fields: &[(&str, &str)]) {
    let field = |(name, value): &(&str, &str)| {
        let value: String = value.chars().take(MAX_FIELD_CHARS).collect();
        format!("{name}:{}", encoded(&value))
    };
    let fields: Vec<String> = fields.iter().filter(|(_, value)| !value.is_empty()).map(field).collect();
    set_cookie(NAME, &fields.join("|"), path, MAX_AGE_S);
}

/// Keeps what was typed for the pages below a path: words of any length, for as long as somebody may need
/// to sign in. One of the fields is [`FORM`].
///
/// # Errors
/// [`WireError::Unavailable`]: nothing is kept.
pub(crate) async fn keep_long(path: &str, fields: &[(&str, &str)]) -> Result<(), WireError> {
    let id = port::<dyn TypedForms>()?.keep(&Typed::new(fields)).await?;
    set_cookie(NAME, &format!("{KEPT}:{id}"), path, KEPT_S);
    Ok(())
}

/// What was kept by [`keep_long`]; nothing where it can't be read.
pub(crate) async fn kept_long() -> Typed {
    let (Ok(id), Ok(forms)) = (kept().take(KEPT).parse::<TypedId>(), port::<dyn TypedForms>()) else {
        return Typed::default();
    };
    forms.read(id).await.unwrap_or_default()
}

/// Forgets what was typed, when it was right at last.
pub(crate) fn forget(path: &str) {
    set_cookie(NAME, "", path, 0);
}

/// What was typed a moment ago.
pub(crate) fn kept() -> Typed {
    let Some(request) = use_context::<Parts>() else { return Typed::default() };
    typed_in(request.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok()))
}

fn typed_in<'a>(headers: impl Iterator<Item = &'a str>) -> Typed {
    let value = cookie_in(headers, NAME).unwrap_or_default();
    let field = |field: &str| {
        let (name, value) = field.split_once(':')?;
        let value: String = Url::unescape(value).chars().filter(|c| !c.is_control()).take(MAX_FIELD_CHARS).collect();
        Some((name.to_owned(), value))
    };
    value.split('|').filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_back_into_its_own_form() {
        let typed = || typed_in(std::iter::once("typed=form:new|name:Ada|postcode:SW1Y%204JH"));
        let form = take_address(typed(), "new").unwrap();
        let back = address_fields("new", &form).map(|(name, value)| (name, typed().take(name) == value));
        assert!(back.iter().all(|(_, is_same)| *is_same), "{back:?}");
        assert_eq!((form.name.as_str(), take_address(typed(), "CG-7K4M2-P9QX1")), ("Ada", None));
    }

    #[test]
    fn what_was_typed_is_read_and_nothing_else() {
        let read = |cookies: &str, name| typed_in(std::iter::once(cookies)).take(name);
        let cookies = "cart=x; typed=email:ada%40example.com|name:%3Cb%3E%0A; z=1";
        assert_eq!((read(cookies, "email"), read(cookies, "name")), ("ada@example.com".into(), "<b>".into()));
        assert_eq!(
            (read(cookies, "city"), read("cart=x", "email"), read("typeds=email:x", "email")),
            Default::default()
        );
        assert_eq!(typed_in(std::iter::once("typed=")), Typed::default());
        assert_eq!(read(&format!("typed=email:{}", "a".repeat(5_000)), "email").len(), MAX_FIELD_CHARS);
    }
}
