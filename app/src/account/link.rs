use domain::account::ports::Accounts;
use domain::account::{Account, Link, LinkPurpose, SignedIn, Token};
use domain::checkout::PersonName;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ConfirmEmail, Register, ResetPassword};
use super::current::require;
use super::frame::{DoorPage, NewPasswordField, beside, is_of_name, is_of_password};
use crate::answer::never_cache;
use crate::email::EmailAddress;
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, posted_error};
use crate::page::{page, query};
use crate::port::port;
use crate::typed;

/// `/account/link?token=…`: where the link of a letter leads. Only its form uses the link up, for
/// programs that check mail open every link.
#[component]
pub fn LinkPage() -> impl IntoView {
    let posted = posted_error();
    let token = query().get_str("token").and_then(|raw| raw.parse::<Token>().ok());
    page(async move {
        never_cache();
        let found = match &token {
            Some(token) => port::<dyn Accounts>()?.look_at_link(token).await?,
            None => None,
        };
        let (Some(token), Some(link)) = (token, found) else { return Ok(view! { <Spent /> }.into_any()) };
        let token = token.reveal();
        Ok(match link.purpose {
            LinkPurpose::Register => view! { <RegisterForm token link posted /> }.into_any(),
            LinkPurpose::Reset => view! { <ResetForm token link posted /> }.into_any(),
            LinkPurpose::ChangeEmail => match require() {
                Some(SignedIn { account, .. }) => view! { <ConfirmForm token link account posted /> }.into_any(),
                None => ().into_any(),
            },
        })
    })
}

/// An address that password managers keep a new password under.
#[component]
fn Username(link: Link) -> impl IntoView {
    view! {
        <p class="soft">
            "For "
            <b>
                <EmailAddress email=link.email.clone() />
            </b>
        </p>
        <input class="visually-hidden" type="email" value=link.email.to_string() autocomplete="username" readonly tabindex="-1" aria-hidden="true" />
    }
}

#[component]
fn RegisterForm(token: String, link: Link, posted: Option<WireError>) -> impl IntoView {
    let name_error = beside(posted.as_ref(), is_of_name);
    let above = above(posted.as_ref());
    let autofocus = beside(posted.as_ref(), is_of_password).is_none();
    view! {
        <DoorPage title="Open your account">
            <form class="form panel" method="post" action=Register::url()>
                {above} <input type="hidden" name="token" value=token /> <Username link />
                <Field
                    id="name"
                    label="Your name"
                    value=typed::kept().take("name")
                    autocomplete="name"
                    max_chars=PersonName::MAX_CHARS
                    error=name_error
                    autofocus
                />
                <NewPasswordField error=posted />
                <button class="button button--signal button--large" type="submit">
                    "Open account"
                </button>
            </form>
        </DoorPage>
    }
    .into_any()
}

#[component]
fn ResetForm(token: String, link: Link, posted: Option<WireError>) -> impl IntoView {
    view! {
        <DoorPage title="Choose a new password">
            <form class="form panel" method="post" action=ResetPassword::url()>
                {above(posted.as_ref())} <input type="hidden" name="token" value=token /> <Username link />
                <NewPasswordField label="New password" error=posted />
                <p class="small soft">"You are signed out everywhere else when you set it."</p>
                <button class="button button--signal button--large" type="submit">
                    "Set password and sign in"
                </button>
            </form>
        </DoorPage>
    }
    .into_any()
}

#[component]
fn ConfirmForm(token: String, link: Link, account: Account, posted: Option<WireError>) -> impl IntoView {
    view! {
        <DoorPage title="Confirm your e-mail address">
            <form class="form panel" method="post" action=ConfirmEmail::url()>
                {above(posted.as_ref())} <input type="hidden" name="token" value=token />
                <p>
                    "From now on your account is reached by " <b><EmailAddress email=link.email.clone() /></b> ", and no longer by "
                    <EmailAddress email=account.email /> "."
                </p>
                <button class="button button--signal button--large" type="submit">
                    "Confirm address"
                </button>
            </form>
        </DoorPage>
    }
    .into_any()
}

/// An error that is about no field.
fn above(posted: Option<&WireError>) -> Option<impl IntoView + use<>> {
    let is_beside = beside(posted, |error| is_of_name(error) || is_of_password(error)).is_some();
    posted.filter(|_| !is_beside).cloned().map(|error| view! { <ErrorNotice error /> })
}

/// Used, too old or never made: nobody learns which.
#[component]
fn Spent() -> impl IntoView {
    view! {
        <DoorPage title="This link does not work any more">
            <p class="soft">"A link works once, and not for long. Maybe you have used it already: then simply sign in."</p>
            <p class="row">
                <a class="button button--signal" href="/account/sign-in">
                    "Sign in"
                </a>
                <a class="button" href="/account/forgotten">
                    "Ask for a new link"
                </a>
            </p>
        </DoorPage>
    }
    .into_any()
}
