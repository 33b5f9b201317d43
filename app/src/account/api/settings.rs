//! What the owner of an account changes about it.

use domain::account::ports::Accounts;
use domain::account::{AccountError, Password, SessionId, Token};
use domain::browsing::Viewer;
use domain::browsing::ports::Browsing;
use domain::checkout::ports::Checkout;
use leptos::prelude::*;

use super::super::current::{carry, client, current, drop_session};
use super::super::settings::SettingsForm;
use super::door::link_path;
use super::{PATH, email_of, lead, name_of, password_of};
use crate::error::WireError;
use crate::port::port;
use crate::typed;

#[server(prefix = "/api", endpoint = "account/name")]
pub async fn rename_account(#[server(default)] name: String) -> Result<(), WireError> {
    let renamed = async {
        let account = current()?.account.id;
        port::<dyn Accounts>()?.rename(account, &name_of(&name)?).await?;
        Ok(done("name"))
    };
    lead(renamed.await, &form(SettingsForm::Name), &[("name", &name)]);
    Ok(())
}

/// Sends a link to a new address; the address changes when that is confirmed.
#[server(prefix = "/api", endpoint = "account/email")]
pub async fn send_email_link(
    #[server(default)] new_email: String,
    #[server(default)] email_password: String,
) -> Result<(), WireError> {
    let sent = async {
        let account = current()?.account.id;
        let (email, password) = (email_of(&new_email)?, password_of(&email_password)?);
        port::<dyn Accounts>()?.ask_to_change_email(account, &password, &email, &client()?).await?;
        typed::keep(PATH, &[("new_email", &new_email)]);
        Ok(done("email"))
    };
    lead(sent.await, &form(SettingsForm::Email), &[("new_email", &new_email)]);
    Ok(())
}

/// Changes the address of the account that asked for it by the link of a letter.
#[server(prefix = "/api", endpoint = "account/email/confirmations")]
pub async fn confirm_email(#[server(default)] token: String) -> Result<(), WireError> {
    let confirmed = async {
        let account = current()?.account.id;
        let token: Token = token.parse().map_err(|_| AccountError::LinkSpent)?;
        port::<dyn Accounts>()?.change_email(account, &token).await?;
        Ok(done("confirmed"))
    };
    lead(confirmed.await, &link_path(&token), &[]);
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/password")]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
) -> Result<(), WireError> {
    let changed = async {
        let account = current()?.account;
        let now = password_of(&current_password)?;
        let new = Password::choose(&new_password, &account.email).map_err(AccountError::from)?;
        let opened = port::<dyn Accounts>()?.change_password(account.id, &now, &new, &client()?).await?;
        carry(&opened.token);
        Ok(done("password"))
    };
    lead(changed.await, &form(SettingsForm::Password), &[]);
    Ok(())
}

/// Removes the account, with the address that was typed in its checkout and what its owner looked at.
#[server(prefix = "/api", endpoint = "account/deletions")]
pub async fn delete_account(#[server(default)] deletion_password: String) -> Result<(), WireError> {
    let deleted = async {
        let account = current()?.account;
        let password = password_of(&deletion_password)?;
        port::<dyn Accounts>()?.delete(account.id, &password, &client()?).await?;
        drop_session();
        // What else belonged to the account goes with the news that it is closed; what can goes at once.
        let _ = port::<dyn Checkout>()?.forget(account.cart).await;
        let _ = port::<dyn Browsing>()?.erase(Viewer::Account(account.id)).await;
        Ok("/account/sign-in?gone=yes".to_owned())
    };
    lead(deleted.await, &form(SettingsForm::Deletion), &[]);
    Ok(())
}

/// Ends one session of the account: this one too.
#[server(prefix = "/api", endpoint = "account/sessions/removals")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), WireError> {
    let ended = async {
        let signed_in = current()?;
        let session: SessionId = session.parse().map_err(|_| WireError::Form)?;
        port::<dyn Accounts>()?.end_session(signed_in.account.id, session).await?;
        if session == signed_in.session {
            drop_session();
            return Ok("/account/sign-in".to_owned());
        }
        Ok(SESSIONS.to_owned())
    };
    lead(ended.await, SESSIONS, &[]);
    Ok(())
}

/// Ends every session of the account but this one.
#[server(prefix = "/api", endpoint = "account/sessions/others")]
pub async fn end_other_sessions() -> Result<(), WireError> {
    let ended = async {
        let signed_in = current()?;
        port::<dyn Accounts>()?.end_sessions(signed_in.account.id, Some(signed_in.session)).await?;
        Ok(SESSIONS.to_owned())
    };
    lead(ended.await, SESSIONS, &[]);
    Ok(())
}

const SESSIONS: &str = "/account/sessions";

fn done(what: &str) -> String {
    format!("/account/settings?done={what}")
}

fn form(form: SettingsForm) -> String {
    format!("/account/settings?form={}", form.parameter())
}
