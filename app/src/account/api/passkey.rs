//! Passkeys: each form first leads to the page where the browser is asked, and that page posts what it answers.

use domain::account::ports::Passkeys;
use domain::account::{AccountError, PasskeyAnswer, PasskeyId, PasskeyName, Token};
use leptos::prelude::*;

use super::super::back::{back_to, sign_in_path};
use super::super::current::{carry_ceremony, carry_offer, ceremony, client, current, drop_ceremony};
use super::super::security::SecurityForm;
use super::door::{go_in, step_path};
use super::{lead, password_of};
use crate::error::WireError;
use crate::port::port;

/// Begins to add a passkey.
#[server(prefix = "/api", endpoint = "account/passkeys/beginnings")]
pub async fn begin_passkey(
    #[server(default)] passkey_name: String,
    #[server(default)] passkey_password: String,
) -> Result<(), WireError> {
    let begun = async {
        let account = current()?.account.id;
        let (name, password) = (name_of(&passkey_name)?, password_of(&passkey_password)?);
        carry_ceremony(&port::<dyn Passkeys>()?.begin(account, &name, &password, &client()?).await?);
        Ok("/account/security/passkey".to_owned())
    };
    lead(begun.await, &SecurityForm::Passkey.path(), &[("passkey_name", &passkey_name)]);
    Ok(())
}

/// Adds the passkey that the browser made.
#[server(prefix = "/api", endpoint = "account/passkeys")]
pub async fn add_passkey(#[server(default)] credential: String) -> Result<(), WireError> {
    let added = async {
        let account = current()?.account.id;
        let token = begun()?;
        let answer: PasskeyAnswer = credential.parse().map_err(|_| AccountError::PasskeyNotAdded)?;
        port::<dyn Passkeys>()?.add(account, &token, &answer).await?;
        Ok("/account/security?done=passkey".to_owned())
    };
    lead(added.await, &SecurityForm::Passkey.path(), &[]);
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/passkeys/names")]
pub async fn rename_passkey(
    #[server(default)] passkey: String,
    #[server(default)] name: String,
) -> Result<(), WireError> {
    let renamed = async {
        let account = current()?.account.id;
        port::<dyn Passkeys>()?.rename(account, id_of(&passkey)?, &name_of(&name)?).await?;
        Ok("/account/security?done=renamed".to_owned())
    };
    lead(renamed.await, &SecurityForm::Passkey.path(), &[]);
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/passkeys/removals")]
pub async fn remove_passkey(#[server(default)] passkey: String) -> Result<(), WireError> {
    let removed = async {
        let account = current()?.account.id;
        port::<dyn Passkeys>()?.remove(account, id_of(&passkey)?).await?;
        Ok("/account/security?done=removed".to_owned())
    };
    lead(removed.await, &SecurityForm::Passkey.path(), &[]);
    Ok(())
}

/// Begins to sign in with a passkey; `next` is the page that asked for it.
#[server(prefix = "/api", endpoint = "account/passkeys/questions")]
pub async fn begin_passkey_sign_in(#[server(default)] next: String) -> Result<(), WireError> {
    let next = back_to(Some(&next)).unwrap_or_default();
    let begun = async {
        carry_ceremony(&port::<dyn Passkeys>()?.begin_sign_in(&client()?).await?);
        Ok(step_path("/account/sign-in/passkey", next))
    };
    lead(begun.await, &sign_in_path(next), &[]);
    Ok(())
}

/// What a browser that can offer its passkeys is asked beside the form of the sign-in, in JSON; empty where it is asked
/// nothing, of which nobody is told: there are other ways in.
#[server(prefix = "/api", endpoint = "account/passkeys/offers")]
pub async fn offer_passkeys() -> Result<String, WireError> {
    let (asked, client) = (ceremony(), client()?);
    let Ok((token, question)) = port::<dyn Passkeys>()?.offer_sign_in(asked.as_ref(), &client).await else {
        return Ok(String::new());
    };
    carry_offer(&token);
    Ok(question.options.into())
}

/// Opens a session for the passkey that the browser showed.
#[server(prefix = "/api", endpoint = "account/passkeys/sessions")]
pub async fn sign_in_with_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), WireError> {
    let next = back_to(Some(&next)).unwrap_or_default();
    let opened = async {
        let token = begun()?;
        let answer: PasskeyAnswer = credential.parse().map_err(|_| AccountError::PasskeyRefused)?;
        let opened = port::<dyn Passkeys>()?.sign_in(&token, &answer, &client()?).await?;
        Ok(go_in(opened, next).await)
    };
    lead(opened.await, &sign_in_path(next), &[]);
    Ok(())
}

/// What the browser was asked. It answers once.
fn begun() -> Result<Token, WireError> {
    let token = ceremony().ok_or(AccountError::CeremonySpent)?;
    drop_ceremony();
    Ok(token)
}

fn id_of(raw: &str) -> Result<PasskeyId, WireError> {
    raw.parse().map_err(|_| WireError::Form)
}

fn name_of(raw: &str) -> Result<PasskeyName, WireError> {
    Ok(raw.parse().map_err(|_| AccountError::NotAPasskeyName)?)
}
