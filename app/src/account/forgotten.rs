use domain::checkout::Email;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::SendLink;
use super::frame::{DoorPage, beside, is_of_email};
use crate::answer::never_cache;
use crate::form::{ErrorNotice, Field, posted_error};
use crate::icon::{Glyph, Icon};
use crate::page::query;
use crate::typed;

/// What the link of a letter to somebody who may have an account does.
pub const WORKS_ONCE: &str = "The link in it works once.";

/// `/account/forgotten`: sends the link that lets somebody choose a new password; `sent=yes` when it did.
#[component]
pub fn ForgottenPage() -> impl IntoView {
    never_cache();
    if query().get_str("sent") == Some("yes") {
        return view! { <Sent again="/account/forgotten" link=WORKS_ONCE /> }.into_any();
    }
    view! {
        <DoorPage title="Choose a new password">
            <LinkForm wish="reset" button="Send me the link" />
            <p class="small">
                <a href="/account/sign-in">"Back to the sign-in"</a>
            </p>
        </DoorPage>
    }
    .into_any()
}

/// The form that asks for a letter.
#[component]
pub fn LinkForm(wish: &'static str, button: &'static str) -> impl IntoView {
    let posted = posted_error();
    let error = beside(posted.as_ref(), is_of_email);
    let above = posted.filter(|_| error.is_none());
    view! {
        <form class="form panel" method="post" action=SendLink::url()>
            {above.map(|error| view! { <ErrorNotice error /> })} <input type="hidden" name="wish" value=wish />
            <Field
                id="email"
                label="E-mail address"
                value=typed::kept().take("email")
                kind="email"
                autocomplete="email"
                inputmode="email"
                max_chars=Email::MAX_CHARS
                error
                autofocus=true
            />
            <button class="button button--signal button--large" type="submit">
                {button}
            </button>
        </form>
    }
    .into_any()
}

/// Says that a letter was sent, with the same words whoever has the address. `link` says what its link does, and
/// `again` leads to where another one is asked for.
#[component]
pub fn Sent(#[prop(into)] again: String, link: &'static str) -> impl IntoView {
    let email = typed::kept().take("email");
    let to = if email.is_empty() { "your e-mail address".to_owned() } else { email };
    view! {
        <DoorPage title="Look into your mailbox">
            <div class="notice notice--good" role="status">
                <Icon glyph=Glyph::CheckCircle />
                <p>"We sent a letter to " <b>{to}</b> ". " {link}</p>
            </div>
            <p class="soft">
                "It comes within a minute or two. If it does not, look among the unwanted mail, check the address, or "
                <a href=again>"ask for another one"</a> "."
            </p>
        </DoorPage>
    }
    .into_any()
}
