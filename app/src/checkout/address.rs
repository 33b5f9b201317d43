use domain::checkout::{
    AddressLine, CheckoutStep, ContactField, ContactForm, Country, Email, FieldErrors, PersonName, Phone, Postcode,
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::KeepContact;
use super::check::ContactCheck;
use super::open::open_at;
use super::summary::StepPage;
use crate::form::{Field, FieldFrame, PostedError, described_by};
use crate::icon::{Glyph, Icon};
use crate::page::page;

#[component]
pub fn AddressPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(async {
        let Some(view) = open_at(CheckoutStep::Address).await? else { return Ok(None) };
        let contact = view.draft.contact.clone();
        let errors = if view.draft.contact_posted { contact.parse().err().unwrap_or_default() } else { Vec::new() };
        Ok(Some(view! {
            <StepPage step=CheckoutStep::Address heading="Where should it go?" view>
                {posted}
                <ContactCheck>
                    <AddressForm contact errors />
                </ContactCheck>
            </StepPage>
        }))
    })
}

/// The id of a field, which is also the name it is posted under.
const fn id_of(field: ContactField) -> &'static str {
    match field {
        ContactField::Email => "email",
        ContactField::Name => "name",
        ContactField::Phone => "phone",
        ContactField::Line1 => "line1",
        ContactField::Line2 => "line2",
        ContactField::City => "city",
        ContactField::Region => "region",
        ContactField::Postcode => "postcode",
        ContactField::Country => "country",
    }
}

#[component]
fn AddressForm(contact: ContactForm, errors: FieldErrors) -> impl IntoView {
    let first_wrong = errors.first().map(|(field, _)| *field);
    let summary = view! { <ErrorSummary errors=errors.clone() /> };
    let text = move |field: ContactField, look: Look, value: String| {
        let error = errors.iter().find(|(wrong, _)| *wrong == field).map(|(_, words)| words.clone());
        view! { <ContactText field look value error autofocus=first_wrong == Some(field) /> }
    };
    view! {
        <form class="form" method="post" action=KeepContact::url() novalidate>
            {summary}
            <fieldset class="form__group">
                <legend>"Contact"</legend>
                {text(ContactField::Email, EMAIL, contact.email)}
                {text(ContactField::Phone, PHONE, contact.phone)}
            </fieldset>
            <fieldset class="form__group">
                <legend>"Delivery address"</legend>
                {text(ContactField::Name, NAME, contact.name)}
                {text(ContactField::Line1, LINE1, contact.line1)}
                {text(ContactField::Line2, LINE2, contact.line2)}
                <div class="form__row">
                    {text(ContactField::Postcode, POSTCODE, contact.postcode)}
                    {text(ContactField::City, CITY, contact.city)}
                </div>
                {text(ContactField::Region, REGION, contact.region)}
                <CountryField value=contact.country />
            </fieldset>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Continue to delivery"
                </button>
                <a href="/cart">"Back to the cart"</a>
            </div>
        </form>
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

#[component]
fn ContactText(
    field: ContactField,
    look: Look,
    value: String,
    error: Option<String>,
    autofocus: bool,
) -> impl IntoView {
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

#[component]
fn CountryField(value: String) -> impl IntoView {
    let chosen = value.parse::<Country>().ok().or_else(|| Country::all().next());
    let id = id_of(ContactField::Country);
    let option = move |country: Country| {
        view! {
            <option value=country.code() selected=chosen == Some(country)>
                {country.name()}
            </option>
        }
    };
    view! {
        <FieldFrame id label="Country">
            <select
                class="field__input"
                id=id
                name=id
                autocomplete="country"
                aria-describedby=described_by(id, false, false)
            >
                {Country::all().map(option).collect_view()}
            </select>
        </FieldFrame>
    }
    .into_any()
}

/// What is wrong, at the top of the form, each with a link to its field.
#[component]
fn ErrorSummary(errors: FieldErrors) -> impl IntoView {
    if errors.is_empty() {
        return None;
    }
    let heading = match errors.len() {
        1 => "One field needs your attention".to_owned(),
        more => format!("{more} fields need your attention"),
    };
    let link = |(field, words): (ContactField, String)| {
        view! {
            <li>
                <a href=format!("#{}", id_of(field))>{words}</a>
            </li>
        }
    };
    Some(view! {
        <div class="notice notice--bad" role="alert" id="errors">
            <Icon glyph=Glyph::Warning />
            <div>
                <h2>{heading}</h2>
                <ul>{errors.into_iter().map(link).collect_view()}</ul>
            </div>
        </div>
    })
}
