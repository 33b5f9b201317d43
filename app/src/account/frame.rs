//! What the pages of an account have in common.

use domain::account::{AccountError, Password, PasswordError, Role, SignedIn};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::SignOut;
use crate::email::EmailAddress;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field};
use crate::page::here;
use crate::seo::PageHead;
use crate::trail::{Crumb, Trail};

/// The pages of an account: address and name.
const PAGES: [(&str, &str); 10] = [
    ("/account", "Overview"),
    ("/account/orders", "Orders"),
    ("/account/lists", "Lists"),
    ("/account/alerts", "Alerts"),
    ("/account/credit", "Store credit"),
    ("/account/addresses", "Addresses"),
    ("/history", "Browsing history"),
    ("/account/sessions", "Where you are signed in"),
    ("/account/security", "Passkeys and codes"),
    ("/account/settings", "Settings"),
];

/// A page of who is signed in, with the way to the others.
#[component]
pub fn AccountPage(
    #[prop(into)] title: String,
    /// Below the title.
    #[prop(optional_no_strip, into)]
    lead: Option<String>,
    signed_in: SignedIn,
    children: Children,
) -> impl IntoView {
    let path = here();
    let path = path.split('?').next().unwrap_or_default().to_owned();
    let link = |(address, name): (&'static str, &'static str)| {
        let current = (path == address).then_some("page");
        view! {
            <li>
                <a class="tab" href=address aria-current=current>
                    {name}
                </a>
            </li>
        }
    };
    let operates = signed_in.account.role == Role::Operator;
    let to_operator = operates.then(|| link(("/operator", "Run the store")));
    let is_overview = path == "/account";
    let trail = if is_overview {
        view! { <Trail here="Your account" /> }.into_any()
    } else {
        view! { <Trail steps=vec![Crumb::new("Your account", "/account")] here=title.clone() /> }.into_any()
    };
    view! {
        <PageHead title=title.clone() />
        <div class="page">
            {trail}
            <div class="account">
                <nav class="account__nav" aria-label="Your account">
                    <ul class="account__pages">{PAGES.map(link).collect_view()} {to_operator}</ul>
                    <p class="small soft">
                        <EmailAddress email=signed_in.account.email />
                    </p>
                    <form method="post" action=SignOut::url()>
                        <button class="link-button" type="submit">
                            "Sign out"
                        </button>
                    </form>
                </nav>
                <div class="account__main">
                    <div class="account__head">
                        <h1>{title}</h1>
                        {lead.map(|lead| view! { <p>{lead}</p> })}
                    </div>
                    {children()}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A page before the sign-in: one form, and what else there is to do.
#[component]
pub fn DoorPage(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <PageHead title=title.clone() />
        <div class="page">
            <div class="door">
                <h1>{title}</h1>
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// The error of a posted form that stands beside a field and not above the form.
pub(crate) fn beside(error: Option<&WireError>, field: fn(AccountError) -> bool) -> Option<String> {
    match error {
        Some(WireError::Account(error)) if field(*error) => Some(crate::form::sentence(&error.to_string())),
        _ => None,
    }
}

/// An error that stands beside none of the fields of a form.
pub(crate) fn above_all(
    error: Option<&WireError>,
    is_field: fn(AccountError) -> bool,
) -> Option<impl IntoView + use<>> {
    error.filter(|_| beside(error, is_field).is_none()).cloned().map(|error| view! { <ErrorNotice error /> })
}

/// Whether an error is about a password that was chosen.
pub(super) const fn is_of_password(error: AccountError) -> bool {
    matches!(error, AccountError::Password { .. })
}

/// Whether an error is about the password that somebody has.
pub(super) const fn is_of_current(error: AccountError) -> bool {
    matches!(error, AccountError::WrongPassword)
}

/// Whether an error is about an e-mail address.
pub(super) const fn is_of_email(error: AccountError) -> bool {
    matches!(error, AccountError::NotAnEmail | AccountError::EmailTaken)
}

/// Whether an error is about a name.
pub(super) const fn is_of_name(error: AccountError) -> bool {
    matches!(error, AccountError::NotAName)
}

/// The field of a password that is chosen now.
#[component]
pub fn NewPasswordField(
    #[prop(default = "password")] id: &'static str,
    #[prop(default = "Password")] label: &'static str,
    error: Option<WireError>,
) -> impl IntoView {
    let error = beside(error.as_ref(), is_of_password);
    let autofocus = error.is_some();
    let hint = sentence_of_length();
    view! {
        <Field
            id
            label
            kind="password"
            autocomplete="new-password"
            max_chars=Password::MAX_CHARS
            hint
            error
            autofocus
        />
    }
    .into_any()
}

fn sentence_of_length() -> String {
    crate::form::sentence(&PasswordError::TooShort.to_string())
}

/// The field of the password that somebody has.
#[component]
pub fn PasswordField(
    #[prop(default = "password")] id: &'static str,
    #[prop(default = "Password")] label: &'static str,
    #[prop(optional_no_strip)] error: Option<WireError>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let error = beside(error.as_ref(), is_of_current);
    view! {
        <Field
            id
            label
            kind="password"
            autocomplete="current-password"
            max_chars=Password::MAX_CHARS
            autofocus=autofocus || error.is_some()
            error
        />
    }
    .into_any()
}
