//! Passkeys: those of an account, and the two pages that ask the browser: for a new one, and for one that signs in.

use domain::account::ports::Passkeys;
use domain::account::{AccountError, Ceremony, Passkey, PasskeyName};
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddPasskey, BeginPasskey, BeginPasskeySignIn, RemovePasskey, RenamePasskey, SignInWithPasskey};
use super::back::{back_to, sign_in_path};
use super::ceremony::{ANSWER_ID, PasskeyCeremony, REFUSED_ID};
use super::current::ceremony;
use super::frame::{AccountPage, DoorPage, PasswordField, beside};
use super::require;
use super::security::{Posted, SecurityForm, above};
use crate::answer::{never_cache, send_to};
use crate::error::WireError;
use crate::form::Field;
use crate::icon::{Glyph, Icon};
use crate::page::{page, query};
use crate::port::port;
use crate::typed;

/// The passkeys of an account, and the form that adds one.
#[component]
pub(super) fn PasskeysSection(passkeys: Vec<Passkey>, offered: bool, posted: Posted) -> impl IntoView {
    let posted = posted.error_of(SecurityForm::Passkey);
    let add = if offered {
        view! { <AddForm posted=posted.clone() /> }.into_any()
    } else {
        view! {
            <p class="soft">
                "This store is open at an address where browsers take no passkeys: they ask for a name and a secure connection."
            </p>
        }
        .into_any()
    };
    let has_any = !passkeys.is_empty();
    view! {
        <section class="panel" id="passkeys" aria-labelledby="passkeys-title">
            <h2 id="passkeys-title">"Passkeys"</h2>
            {above(posted.as_ref())}
            <p>
                "A passkey signs you in with the lock of your device: a fingerprint, your face or a PIN. There is nothing to remember, nothing to type, and no code is asked for."
            </p>
            {has_any
                .then(|| {
                    view! { <ul class="sessions">{passkeys.into_iter().map(|passkey| view! { <Entry passkey /> }).collect_view()}</ul> }
                })} {add}
        </section>
    }
    .into_any()
}

#[component]
fn AddForm(posted: Option<WireError>) -> impl IntoView {
    let error = beside(posted.as_ref(), |error| matches!(error, AccountError::NotAPasskeyName));
    let value = if posted.is_some() { typed::kept().take("passkey_name") } else { String::new() };
    view! {
        <form class="form" method="post" action=BeginPasskey::url()>
            <Field
                id="passkey_name"
                label="Name of the new passkey"
                value
                autocomplete="off"
                max_chars=PasskeyName::MAX_CHARS
                hint="So that you know it again, like “My phone”.".to_owned()
                error
            />
            <PasswordField id="passkey_password" label="Your password" error=posted />
            <NeedsScript />
            <div>
                <button class="button" type="submit">
                    "Add a passkey"
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Entry(passkey: Passkey) -> impl IntoView {
    let Passkey { id, name, added_at, used_at } = passkey;
    let added = spoken_day(store_day(added_at));
    let facts = match used_at {
        Some(used_at) => format!("Last used on {}, added on {added}.", spoken_day(store_day(used_at))),
        None => format!("Never used yet, added on {added}."),
    };
    let (id, name) = (id.to_string(), name.to_string());
    let field = format!("name-{id}");
    view! {
        <li class="session passkey">
            <div>
                <h3>{name.clone()}</h3>
                <p class="small soft">{facts}</p>
            </div>
            <form class="passkey__rename" method="post" action=RenamePasskey::url()>
                <input type="hidden" name="passkey" value=id.clone() />
                <label class="visually-hidden" for=field.clone()>
                    {format!("New name of {name}")}
                </label>
                <input
                    class="field__input"
                    id=field
                    name="name"
                    value=name.clone()
                    maxlength=PasskeyName::MAX_CHARS
                    autocomplete="off"
                    required
                />
                <button class="button" type="submit">
                    "Rename"
                    <span class="visually-hidden">" " {name.clone()}</span>
                </button>
            </form>
            <form method="post" action=RemovePasskey::url()>
                <input type="hidden" name="passkey" value=id />
                <button class="button" type="submit">
                    "Remove"
                    <span class="visually-hidden">" " {name}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// Said where nothing can ask for a passkey.
#[component]
fn NeedsScript() -> impl IntoView {
    view! {
        <noscript>
            <p class="soft">"Only a script can ask your browser for a passkey, and scripts are off."</p>
        </noscript>
    }
}

/// The way in with a passkey, beside the one with a password; nothing where browsers take none. A browser that can
/// offers its passkeys in the field of the e-mail address as well, and posts the second form.
#[component]
pub(super) fn PasskeyDoor(next: String) -> impl IntoView {
    let offered = port::<dyn Passkeys>().is_ok_and(|passkeys| passkeys.are_offered());
    offered.then(|| {
        view! {
            <PasskeyCeremony>
                <form class="form door__passkey" method="post" action=BeginPasskeySignIn::url()>
                    <input type="hidden" name="next" value=next.clone() />
                    <button class="button button--large" type="submit">
                        <Icon glyph=Glyph::Lock />
                        "Sign in with a passkey"
                    </button>
                    <NeedsScript />
                </form>
                <form method="post" action=SignInWithPasskey::url() hidden>
                    <input type="hidden" name="next" value=next />
                    <input type="hidden" name=ANSWER_ID id=ANSWER_ID />
                </form>
            </PasskeyCeremony>
        }
    })
}

/// `/account/security/passkey`: asks the browser for a new passkey.
#[component]
pub fn NewPasskeyPage() -> impl IntoView {
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let Some(Ceremony { name: Some(name), options }) = asked().await? else {
            send_to("/account/security");
            return Ok(None);
        };
        Ok(Some(view! {
            <AccountPage title="Add a passkey" signed_in>
                <PasskeyCeremony>
                    <form class="form panel" method="post" action=AddPasskey::url()>
                        <p>"Your browser asks you now to unlock your device. It then keeps the passkey “" {name.to_string()} "”."</p>
                        <Answer
                            make=String::from(options)
                            refused="No passkey was made. Try again, or take another device."
                        />
                        <p class="small">
                            <a href="/account/security">"Back"</a>
                        </p>
                    </form>
                </PasskeyCeremony>
            </AccountPage>
        }))
    })
}

/// `/account/sign-in/passkey`: asks the browser for a passkey that signs in; `next` is the page that asked for it.
#[component]
pub fn ShowPasskeyPage() -> impl IntoView {
    never_cache();
    let next = back_to(query().get_str("next")).unwrap_or_default().to_owned();
    page(async move {
        let back = sign_in_path(&next);
        let Some(Ceremony { name: None, options }) = asked().await? else {
            send_to(&back);
            return Ok(None);
        };
        Ok(Some(view! {
            <DoorPage title="Sign in with a passkey">
                <PasskeyCeremony>
                    <form class="form panel" method="post" action=SignInWithPasskey::url()>
                        <input type="hidden" name="next" value=next />
                        <p>"Your browser asks you now which passkey to take, and to unlock your device."</p>
                        <Answer
                            show=String::from(options)
                            refused="Your browser gave no passkey. Try again, or sign in with your password."
                        />
                        <p class="small">
                            <a href=back>"Sign in with your password"</a>
                        </p>
                    </form>
                </PasskeyCeremony>
            </DoorPage>
        }))
    })
}

/// What this browser was asked, if it can still answer.
async fn asked() -> Result<Option<Ceremony>, WireError> {
    match ceremony() {
        Some(token) => Ok(port::<dyn Passkeys>()?.ceremony(&token).await?),
        None => Ok(None),
    }
}

/// The field that a script fills in, and what is said where there was nothing to fill in.
#[component]
fn Answer(
    /// What the browser is asked for a new passkey.
    #[prop(optional)]
    make: Option<String>,
    /// What it is asked for one that there is.
    #[prop(optional)]
    show: Option<String>,
    refused: &'static str,
) -> impl IntoView {
    view! {
        <input type="hidden" name=ANSWER_ID id=ANSWER_ID data-make=make data-show=show />
        <div class="notice notice--bad" role="alert" id=REFUSED_ID hidden>
            <Icon glyph=Glyph::Warning />
            <p>{refused}</p>
        </div>
        <NeedsScript />
        <div>
            <button class="button button--signal" type="submit">
                "Ask my browser"
            </button>
        </div>
    }
}
