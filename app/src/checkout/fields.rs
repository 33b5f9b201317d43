//! The fields of a contact: in the checkout, and in an address book.

use domain::checkout::{
    AddressLine, ContactField, ContactForm, Country, Email, FieldErrors, PersonName, Phone, Postcode, VatNumber,
};
use leptos::prelude::*;

use crate::form::{ErrorSummary, Field, FieldFrame, described_by};

/// The id of a field, which is also the name it is posted under.
const fn id_of(field: ContactField) -> &'static str {
    match field {
        ContactField::Email => "email",
        ContactField::Name => "name",
        ContactField::Phone => "phone",
        ContactField::VatNumber => "vat_number",
        ContactField::Line1 => "line1",
        ContactField::Line2 => "line2",
        ContactField::City => "city",
        ContactField::Region => "region",
        ContactField::Postcode => "postcode",
        ContactField::Country => "country",
    }
}

/// What is wrong with the fields of a contact, above them.
#[component]
pub fn FieldErrorSummary(errors: FieldErrors) -> impl IntoView {
    let errors = errors.into_iter().map(|(field, words)| (id_of(field), words)).collect();
    view! { <ErrorSummary errors /> }
}

/// Who it goes to, and where: anywhere, or only somewhere in the country that its order goes to.
#[component]
pub fn AddressFields(
    contact: ContactForm,
    errors: FieldErrors,
    #[prop(optional)] within: Option<Country>,
) -> impl IntoView {
    let name = contact.name.clone();
    view! {
        <ContactText field=ContactField::Name value=name errors=errors.clone() />
        <PlaceFields contact errors within />
    }
    .into_any()
}

/// Where something is.
#[component]
pub fn PlaceFields(contact: ContactForm, errors: FieldErrors, within: Option<Country>) -> impl IntoView {
    let text = move |field: ContactField, value: String| view! { <ContactText field value errors=errors.clone() /> };
    view! {
        {text(ContactField::Line1, contact.line1)}
        {text(ContactField::Line2, contact.line2)}
        <div class="form__row">
            {text(ContactField::Postcode, contact.postcode)} {text(ContactField::City, contact.city)}
        </div>
        {text(ContactField::Region, contact.region)}
        <CountryField value=contact.country within />
    }
    .into_any()
}

/// One line of a contact. The first wrong one takes the focus.
#[component]
pub fn ContactText(field: ContactField, value: String, errors: FieldErrors) -> impl IntoView {
    let look = look_of(field);
    let error = errors.iter().find(|(wrong, _)| *wrong == field).map(|(_, words)| words.clone());
    let autofocus = errors.first().is_some_and(|(wrong, _)| *wrong == field);
    // A keyboard for e-mail and for telephone numbers is named like the kind of its field.
    view! {
        <Field
            id=id_of(field)
            label=look.label
            value
            hint=look.hint.map(str::to_owned)
            error
            optional=look.optional
            kind=look.kind
            autocomplete=look.autocomplete
            inputmode=look.kind
            max_chars=look.max_chars
            autofocus
            class=look.class
        />
    }
    .into_any()
}

/// How a field is labelled and which keyboard and autofill it asks for.
#[derive(Clone, Copy)]
struct Look {
    label: &'static str,
    hint: Option<&'static str>,
    optional: bool,
    kind: &'static str,
    autocomplete: &'static str,
    max_chars: u32,
    class: &'static str,
}

const TEXT: Look = Look {
    label: "",
    hint: None,
    optional: false,
    kind: "text",
    autocomplete: "on",
    max_chars: AddressLine::MAX_CHARS,
    class: "field",
};
const EMAIL: Look = Look {
    label: "E-mail address",
    hint: Some("To find your order again. No newsletter."),
    kind: "email",
    autocomplete: "email",
    max_chars: Email::MAX_CHARS,
    ..TEXT
};
const PHONE: Look = Look {
    label: "Telephone",
    hint: Some("Only for the driver, if something goes wrong."),
    optional: true,
    kind: "tel",
    autocomplete: "tel",
    max_chars: Phone::MAX_CHARS,
    ..TEXT
};
const VAT_NUMBER: Look = Look {
    label: "VAT number",
    hint: Some("Of a business, with the code of its country: DE136695976."),
    optional: true,
    autocomplete: "off",
    max_chars: VatNumber::MAX_CHARS,
    ..TEXT
};
const NAME: Look = Look { label: "Full name", autocomplete: "name", max_chars: PersonName::MAX_CHARS, ..TEXT };
const LINE1: Look = Look { label: "Address", autocomplete: "address-line1", ..TEXT };
const LINE2: Look = Look { label: "Flat, floor, company", optional: true, autocomplete: "address-line2", ..TEXT };
const CITY: Look = Look { label: "Town or city", autocomplete: "address-level2", ..TEXT };
const REGION: Look = Look { label: "County or state", optional: true, autocomplete: "address-level1", ..TEXT };
const POSTCODE: Look = Look {
    label: "Postcode",
    autocomplete: "postal-code",
    max_chars: Postcode::MAX_CHARS,
    class: "field field--short",
    ..TEXT
};

/// The country is a choice and has no line of text.
const fn look_of(field: ContactField) -> Look {
    match field {
        ContactField::Email => EMAIL,
        ContactField::Phone => PHONE,
        ContactField::VatNumber => VAT_NUMBER,
        ContactField::Name => NAME,
        ContactField::Line1 => LINE1,
        ContactField::Line2 => LINE2,
        ContactField::City => CITY,
        ContactField::Region => REGION,
        ContactField::Postcode => POSTCODE,
        ContactField::Country => TEXT,
    }
}

/// Why an order can't be sent to another country, and what can be done instead.
const ONE_COUNTRY: &str = "The price of delivery and the tax depend on it. To have the order sent to another country, \
                           cancel it, which costs nothing, and order again.";

#[component]
fn CountryField(value: String, within: Option<Country>) -> impl IntoView {
    let countries: Vec<Country> = within.map_or_else(|| Country::all().collect(), |country| vec![country]);
    let chosen = within.or_else(|| value.parse().ok()).or_else(|| Country::all().next());
    let id = id_of(ContactField::Country);
    let hint = within.map(|_| ONE_COUNTRY.to_owned());
    let describedby = described_by(id, hint.is_some(), false);
    let option = move |country: Country| {
        view! {
            <option value=country.code() selected=chosen == Some(country)>
                {country.name()}
            </option>
        }
    };
    view! {
        <FieldFrame id label="Country" hint>
            <select
                class="field__input"
                id=id
                name=id
                autocomplete="country"
                aria-describedby=describedby
            >
                {countries.into_iter().map(option).collect_view()}
            </select>
        </FieldFrame>
    }
    .into_any()
}
