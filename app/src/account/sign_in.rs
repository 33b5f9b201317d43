use domain::checkout::Email;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::SignIn;
use super::back::back_to;
use super::frame::{DoorPage, PasswordField};
use super::passkey::PasskeyDoor;
use super::signed_in;
use crate::answer::{never_cache, send_to};
use crate::form::{DoneNotice, ErrorNotice, Field, posted_error};
use crate::page::query;
use crate::typed;

/// `/account/sign-in`; with `next`, the page that asked for it, and `gone=yes` after an account was removed.
#[component]
pub fn SignInPage() -> impl IntoView {
    never_cache();
    let (query, posted) = (query(), posted_error());
    let next = back_to(query.get_str("next")).map(str::to_owned);
    if signed_in().is_some() && posted.is_none() {
        send_to(next.as_deref().unwrap_or("/account"));
    }
    let is_gone = query.get_str("gone") == Some("yes");
    let is_asked = next.is_some() && posted.is_none();
    let email = typed::kept().take("email");
    let has_email = !email.is_empty();
    view! {
        <DoorPage title="Sign in">
            {is_gone.then(|| view! { <Gone /> })} {is_asked.then(|| view! { <p class="soft">"Please sign in to go on."</p> })}
            <form class="form panel" method="post" action=SignIn::url()>
                {posted.map(|error| view! { <ErrorNotice error /> })}
                <input type="hidden" name="next" value=next.clone().unwrap_or_default() />
                <Field
                    id="email"
                    label="E-mail address"
                    value=email
                    kind="email"
                    autocomplete="username webauthn"
                    inputmode="email"
                    max_chars=Email::MAX_CHARS
                    autofocus=!has_email
                />
                <PasswordField autofocus=has_email />
                <button class="button button--signal button--large" type="submit">
                    "Sign in"
                </button>
                <p class="small">
                    <a href="/account/forgotten">"Forgotten your password?"</a>
                </p>
            </form>
            <PasskeyDoor next=next.unwrap_or_default() />
            <section class="door__other" aria-labelledby="new-here">
                <h2 id="new-here">"New here?"</h2>
                <p class="soft">"You can buy without an account. With one you find your orders and addresses on every device."</p>
                <a class="button" href="/account/register">
                    "Open an account"
                </a>
                <p class="small">
                    <a href="/orders">"Find an order without signing in"</a>
                </p>
            </section>
        </DoorPage>
    }
    .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <DoneNotice words="Your account is removed. Your orders can still be found with their number and e-mail address." />
    }
}
