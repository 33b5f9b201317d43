use domain::checkout::{Email, PersonName};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChangePassword, DeleteAccount, RenameAccount, SendEmailLink};
use super::frame::{
    AccountPage, NewPasswordField, PasswordField, above_all, beside, is_of_current, is_of_email, is_of_name,
    is_of_password,
};
use super::require;
use crate::email::EmailAddress;
use crate::error::WireError;
use crate::form::{DoneNotice, Field, posted_error};
use crate::page::{page, query};
use crate::typed;

/// A form of the page, by the name that an address gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingsForm {
    Name,
    Email,
    Password,
    Deletion,
}

impl SettingsForm {
    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Password => "password",
            Self::Deletion => "deletion",
        }
    }
}

/// `/account/settings`; `form` is the one that was posted, `done` one that did what it should.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let (query, posted) = (query(), posted_error());
    let asked = query.get_str("form").unwrap_or_default().to_owned();
    let done = query.get_str("done").unwrap_or_default().to_owned();
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let error_of = move |form: SettingsForm| posted.clone().filter(|_| asked == form.parameter());
        let (name, email) = (signed_in.account.name.to_string(), signed_in.account.email.clone());
        Ok(Some(view! {
            <AccountPage title="Settings" signed_in>
                <Done done />
                <NameForm name posted=error_of(SettingsForm::Name) />
                <EmailForm email posted=error_of(SettingsForm::Email) />
                <PasswordForm posted=error_of(SettingsForm::Password) />
                <section class="panel" id="data" aria-labelledby="data-title">
                    <h2 id="data-title">"Your data"</h2>
                    <p>"Everything that we keep for your account, with all orders, as one file (JSON)."</p>
                    <p>
                        <a class="button" href="/account/export" download="account.json">
                            "Download your data"
                        </a>
                    </p>
                </section>
                <DeletionForm posted=error_of(SettingsForm::Deletion) />
            </AccountPage>
        }))
    })
}

/// What was changed a moment ago.
#[component]
fn Done(done: String) -> impl IntoView {
    let words = match done.as_str() {
        "name" => "Your name is changed.".to_owned(),
        "password" => "Your password is changed, and you are signed out everywhere else.".to_owned(),
        "confirmed" => "Your e-mail address is changed.".to_owned(),
        "email" => {
            let email = typed::kept().take("new_email");
            let to = if email.is_empty() { "the new address".to_owned() } else { email };
            format!("We sent a letter to {to}. Your address changes when you open the link in it and confirm.")
        }
        _ => return None,
    };
    Some(view! {
        <DoneNotice words />
    })
}

/// An error that stands beside none of the fields of a form.
fn above(posted: Option<&WireError>) -> Option<impl IntoView + use<>> {
    above_all(posted, |error| is_of_name(error) || is_of_email(error) || is_of_password(error) || is_of_current(error))
}

#[component]
fn NameForm(name: String, posted: Option<WireError>) -> impl IntoView {
    let error = beside(posted.as_ref(), is_of_name);
    let value = if error.is_some() { typed::kept().take("name") } else { name };
    view! {
        <form class="form panel" id="name-form" method="post" action=RenameAccount::url()>
            <h2>"Name"</h2>
            {above(posted.as_ref())}
            <Field id="name" label="What we call you" value autocomplete="name" max_chars=PersonName::MAX_CHARS error />
            <div>
                <button class="button" type="submit">
                    "Save name"
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn EmailForm(email: Email, posted: Option<WireError>) -> impl IntoView {
    let error = beside(posted.as_ref(), is_of_email);
    let value = if posted.is_some() { typed::kept().take("new_email") } else { String::new() };
    view! {
        <form class="form panel" id="email-form" method="post" action=SendEmailLink::url()>
            <h2>"E-mail address"</h2>
            {above(posted.as_ref())} <p>"You sign in with " <b><EmailAddress email /></b></p>
            <Field
                id="new_email"
                label="New e-mail address"
                value
                kind="email"
                autocomplete="email"
                inputmode="email"
                max_chars=Email::MAX_CHARS
                hint="We send a link to it; the address changes when you open it and confirm.".to_owned()
                error
            />
            <PasswordField id="email_password" label="Your password" error=posted />
            <div>
                <button class="button" type="submit">
                    "Send the link"
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn PasswordForm(posted: Option<WireError>) -> impl IntoView {
    view! {
        <form class="form panel" id="password-form" method="post" action=ChangePassword::url()>
            <h2>"Password"</h2>
            {above(posted.as_ref())} <PasswordField id="current_password" label="Your password now" error=posted.clone() />
            <NewPasswordField id="new_password" label="New password" error=posted />
            <div>
                <button class="button" type="submit">
                    "Change password"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Closed at first, so that a slip of a finger removes nothing.
#[component]
fn DeletionForm(posted: Option<WireError>) -> impl IntoView {
    let is_open = posted.is_some();
    view! {
        <details class="panel deletion" id="deletion" open=is_open>
            <summary>"Remove your account"</summary>
            <form class="form" method="post" action=DeleteAccount::url()>
                {above(posted.as_ref())}
                <p>
                    "Your name, your password, your addresses and your sessions are removed at once and can't be brought back; so are, within moments, your lists and what you wrote about products. Orders that came to nothing forget who placed them. The others stay with us as long as the law asks for them; you still find each with its number and e-mail address. Store credit that is left is lost."
                </p>
                <PasswordField id="deletion_password" label="Your password" error=posted />
                <div>
                    <button class="button" type="submit">
                        "Remove my account for good"
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
