use domain::account::AccountError;
use domain::account::ports::{Passkeys, SignInCodes};
use leptos::prelude::*;

use super::frame::{AccountPage, above_all, is_of_current};
use super::passkey::PasskeysSection;
use super::require;
use super::totp::CodesSection;
use crate::error::WireError;
use crate::form::{DoneNotice, posted_error};
use crate::page::{page, query};
use crate::port::port;

/// A form of the page, by the name that an address gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SecurityForm {
    Passkey,
    Codes,
    Renewal,
    Off,
}

impl SecurityForm {
    const fn parameter(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Codes => "codes",
            Self::Renewal => "renewal",
            Self::Off => "off",
        }
    }

    /// The page, when this was the form that was posted.
    pub(super) fn path(self) -> String {
        format!("/account/security?form={}", self.parameter())
    }
}

/// The form that was posted, with what was wrong.
#[derive(Debug, Clone)]
pub struct Posted {
    form: String,
    error: Option<WireError>,
}

impl Posted {
    pub(super) fn error_of(&self, form: SecurityForm) -> Option<WireError> {
        self.error.clone().filter(|_| self.form == form.parameter())
    }
}

/// `/account/security`; `form` is the one that was posted, `done` what was done.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let query = query();
    let posted = Posted { form: query.get_str("form").unwrap_or_default().to_owned(), error: posted_error() };
    let done = query.get_str("done").unwrap_or_default().to_owned();
    page(async move {
        let Some(signed_in) = require() else { return Ok(None) };
        let account = signed_in.account.id;
        let port_of_keys = port::<dyn Passkeys>()?;
        let (passkeys, offered) = (port_of_keys.list(account).await?, port_of_keys.are_offered());
        let state = port::<dyn SignInCodes>()?.state(account).await?;
        let lead = "Other ways to prove that it is you. Your password goes on working.";
        Ok(Some(view! {
            <AccountPage title="Passkeys and codes" lead=lead.to_owned() signed_in>
                <Done done /> <PasskeysSection passkeys offered posted=posted.clone() /> <CodesSection state posted />
            </AccountPage>
        }))
    })
}

/// What was changed a moment ago.
#[component]
fn Done(done: String) -> impl IntoView {
    let words = match done.as_str() {
        "reset" => {
            "Your new password is set. Passkeys go on working without it: please remove those here that you don’t know."
        }
        "passkey" => "Your passkey is added. You can sign in with it from now on.",
        "renamed" => "Your passkey has another name.",
        "removed" => "Your passkey is removed. You may want to remove it on your device as well.",
        "off" => "Your account asks for no codes any more.",
        _ => return None,
    };
    Some(view! { <DoneNotice words /> })
}

/// An error that stands beside none of the fields of a form.
pub(super) fn above(posted: Option<&WireError>) -> Option<impl IntoView + use<>> {
    above_all(posted, |error| {
        is_of_current(error) || matches!(error, AccountError::WrongCode | AccountError::NotAPasskeyName)
    })
}
