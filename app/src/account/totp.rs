//! Codes of an app: turned on and off, and typed after the password. All of it works without a script.

use domain::account::ports::SignInCodes;
use domain::account::{AccountError, SignInCode, SignInCodesState, TotpCode, TotpSetup};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{BeginCodes, FinishSignIn, RenewRecoveryCodes, TurnCodesOff, TurnCodesOn};
use super::back::{back_to, sign_in_path};
use super::current::{half_signed_in, take_recovery};
use super::frame::{AccountPage, DoorPage, PasswordField, beside};
use super::recovery::RecoveryCodes;
use super::require;
use super::security::{Posted, SecurityForm, above};
use crate::answer::{never_cache, send_to};
use crate::error::WireError;
use crate::form::{DoneNotice, Field, posted_error};
use crate::help::LOST_CODES;
use crate::page::{page, query};
use crate::port::port;

/// Whether an account asks for codes, and the forms that change it.
#[component]
pub(super) fn CodesSection(state: SignInCodesState, posted: Posted) -> impl IntoView {
    let forms = match state {
        SignInCodesState::Off => view! { <OnForm posted /> }.into_any(),
        SignInCodesState::On { recovery_codes } => view! { <OffForms recovery_codes posted /> }.into_any(),
    };
    view! {
        <section class="panel" id="codes" aria-labelledby="codes-title">
            <h2 id="codes-title">"Codes of an app"</h2>
            {forms}
        </section>
    }
    .into_any()
}

#[component]
fn OnForm(posted: Posted) -> impl IntoView {
    let posted = posted.error_of(SecurityForm::Codes);
    view! {
        {above(posted.as_ref())}
        <p>
            "Codes are off. With codes on, signing in with your password asks for six digits as well, which an app on your phone shows: whoever learns your password alone does not get in."
        </p>
        <form class="form" method="post" action=BeginCodes::url()>
            <PasswordField id="codes_password" label="Your password" error=posted />
            <div>
                <button class="button" type="submit">
                    "Turn on codes"
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn OffForms(recovery_codes: u32, posted: Posted) -> impl IntoView {
    let (renewal, off) = (posted.error_of(SecurityForm::Renewal), posted.error_of(SecurityForm::Off));
    let left = match recovery_codes {
        0 => "You have no recovery code left: make new ones.".to_owned(),
        1 => "You have one recovery code left.".to_owned(),
        more => format!("You have {more} recovery codes left."),
    };
    view! {
        <p>"Codes are on. " {left}</p>
        <ConfirmedForm
            action=RenewRecoveryCodes::url()
            title="New recovery codes"
            password_id="renewal_password"
            button="Make new recovery codes"
            error=renewal
        />
        <ConfirmedForm
            action=TurnCodesOff::url()
            title="No codes any more"
            password_id="off_password"
            button="Turn off codes"
            error=off
        />
    }
    .into_any()
}

/// A form that is confirmed with the password.
#[component]
fn ConfirmedForm(
    action: &'static str,
    title: &'static str,
    password_id: &'static str,
    button: &'static str,
    error: Option<WireError>,
) -> impl IntoView {
    view! {
        <form class="form" method="post" action=action>
            <h3>{title}</h3>
            {above(error.as_ref())}
            <PasswordField id=password_id label="Your password" error />
            <div>
                <button class="button" type="submit">
                    {button}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// `/account/security/codes`: the key of an app, until a first code proves that the app has it; then the recovery
/// codes, once.
#[component]
pub fn CodesPage() -> impl IntoView {
    let (posted, renewed) = (posted_error(), query().get_str("done") == Some("renewed"));
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let codes = take_recovery();
        if !codes.is_empty() {
            let words = if renewed { "You have new recovery codes." } else { "Codes are on." };
            return Ok(Some(
                view! {
                    <AccountPage title="Your recovery codes" signed_in>
                        <DoneNotice words />
                        <RecoveryCodes codes />
                    </AccountPage>
                }
                .into_any(),
            ));
        }
        let Some(setup) = port::<dyn SignInCodes>()?.setup(signed_in.account.id).await? else {
            send_to("/account/security");
            return Ok(None);
        };
        Ok(Some(
            view! {
                <AccountPage title="Turn on codes" signed_in>
                    <SetupForm setup posted />
                </AccountPage>
            }
            .into_any(),
        ))
    })
}

#[component]
fn SetupForm(setup: TotpSetup, posted: Option<WireError>) -> impl IntoView {
    let error = wrong_code(posted.as_ref());
    view! {
        <form class="form panel" method="post" action=TurnCodesOn::url()>
            {above(posted.as_ref())}
            <p>"Scan this picture with an app for codes, such as the password manager of your phone."</p>
            <div class="totp__picture" role="img" aria-label="The key as a picture for a camera" inner_html=String::from(setup.picture)></div>
            <p>
                "Or type the key: " <code class="totp__key">{String::from(setup.key)}</code>
            </p>
            <Field
                id="code"
                label="The code that your app shows now"
                autocomplete="one-time-code"
                inputmode="numeric"
                max_chars=TotpCode::MAX_TYPED_CHARS
                autofocus=true
                error
            />
            <div class="form__actions">
                <button class="button button--signal" type="submit">
                    "Turn on codes"
                </button>
                <a href="/account/security">"Not now"</a>
            </div>
        </form>
    }
    .into_any()
}

/// `/account/sign-in/code`: asks for a code after the password; `next` is the page that asked for the sign-in.
#[component]
pub fn CodePage() -> impl IntoView {
    never_cache();
    let posted = posted_error();
    let next = back_to(query().get_str("next")).unwrap_or_default().to_owned();
    page(async move {
        let is_awaited = match half_signed_in() {
            Some(token) => port::<dyn SignInCodes>()?.is_awaited(&token).await?,
            None => false,
        };
        if !is_awaited {
            send_to(&sign_in_path(&next));
            return Ok(None);
        }
        let error = wrong_code(posted.as_ref());
        Ok(Some(view! {
            <DoorPage title="Your code">
                <form class="form panel" method="post" action=FinishSignIn::url()>
                    {above(posted.as_ref())} <input type="hidden" name="next" value=next.clone() />
                    <Field
                        id="code"
                        label="Code of your app"
                        autocomplete="one-time-code"
                        max_chars=SignInCode::MAX_TYPED_CHARS
                        hint="Or one of your recovery codes, if you don’t have your phone.".to_owned()
                        autofocus=true
                        error
                    />
                    <button class="button button--signal button--large" type="submit">
                        "Sign in"
                    </button>
                    <p class="small">
                        "Lost your app and your recovery codes? " <a href=LOST_CODES>"How to get in again"</a>
                    </p>
                    <p class="small">
                        <a href=sign_in_path(&next)>"Back to the sign-in"</a>
                    </p>
                </form>
            </DoorPage>
        }))
    })
}

/// What stands beside the field of a code.
fn wrong_code(posted: Option<&WireError>) -> Option<String> {
    beside(posted, |error| matches!(error, AccountError::WrongCode))
}
