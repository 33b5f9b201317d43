//! Codes of an app, after the password.

use domain::account::ports::SignInCodes;
use domain::account::{AccountError, SignInCode, TotpCode};
use leptos::prelude::*;

use super::super::back::{back_to, sign_in_path};
use super::super::current::{carry_recovery, client, current, drop_half, half_signed_in};
use super::super::security::SecurityForm;
use super::door::{go_in, step_path};
use super::{lead, password_of};
use crate::answer::with_error;
use crate::error::WireError;
use crate::port::port;

/// The page with the key of an app, and with recovery codes that were just made.
const CODES: &str = "/account/security/codes";

/// Makes the key of an app.
#[server(prefix = "/api", endpoint = "account/codes/beginnings")]
pub async fn begin_codes(#[server(default)] codes_password: String) -> Result<(), WireError> {
    let begun = async {
        let account = current()?.account.id;
        let password = password_of(&codes_password)?;
        port::<dyn SignInCodes>()?.begin(account, &password, &client()?).await?;
        Ok(CODES.to_owned())
    };
    lead(begun.await, &SecurityForm::Codes.path(), &[]);
    Ok(())
}

/// Asks for codes from now on, once the first one proved that the app has the key.
#[server(prefix = "/api", endpoint = "account/codes")]
pub async fn turn_codes_on(#[server(default)] code: String) -> Result<(), WireError> {
    let turned_on = async {
        let account = current()?.account.id;
        let code: TotpCode = code.parse().map_err(|_| AccountError::WrongCode)?;
        carry_recovery(&port::<dyn SignInCodes>()?.turn_on(account, &code, &client()?).await?);
        Ok(CODES.to_owned())
    };
    let turned_on = turned_on.await;
    // Where the key was not taken over in time, the page has none to show.
    let is_over = matches!(turned_on, Err(WireError::Account(AccountError::CodesNotBegun)));
    let form = if is_over { SecurityForm::Codes.path() } else { CODES.to_owned() };
    lead(turned_on, &form, &[]);
    Ok(())
}

/// Makes other recovery codes.
#[server(prefix = "/api", endpoint = "account/codes/recoveries")]
pub async fn renew_recovery_codes(#[server(default)] renewal_password: String) -> Result<(), WireError> {
    let renewed = async {
        let account = current()?.account.id;
        let password = password_of(&renewal_password)?;
        carry_recovery(&port::<dyn SignInCodes>()?.renew(account, &password, &client()?).await?);
        Ok(format!("{CODES}?done=renewed"))
    };
    lead(renewed.await, &SecurityForm::Renewal.path(), &[]);
    Ok(())
}

/// Asks for no codes any more.
#[server(prefix = "/api", endpoint = "account/codes/removals")]
pub async fn turn_codes_off(#[server(default)] off_password: String) -> Result<(), WireError> {
    let turned_off = async {
        let account = current()?.account.id;
        let password = password_of(&off_password)?;
        port::<dyn SignInCodes>()?.turn_off(account, &password, &client()?).await?;
        Ok("/account/security?done=off".to_owned())
    };
    lead(turned_off.await, &SecurityForm::Off.path(), &[]);
    Ok(())
}

/// Opens the session that a right password led to; `next` is the page that asked for it.
#[server(prefix = "/api", endpoint = "account/sessions/codes")]
pub async fn finish_sign_in(#[server(default)] code: String, #[server(default)] next: String) -> Result<(), WireError> {
    let next = back_to(Some(&next)).unwrap_or_default();
    let opened = async {
        let token = half_signed_in().ok_or(AccountError::SignInSpent)?;
        let code: SignInCode = code.parse().map_err(|_| AccountError::WrongCode)?;
        let opened = port::<dyn SignInCodes>()?.sign_in(&token, &code, &client()?).await?;
        drop_half();
        Ok(go_in(opened, next).await)
    };
    let opened = opened.await;
    if let Err(error @ WireError::Account(AccountError::SignInSpent)) = opened {
        drop_half();
        leptos_axum::redirect(&with_error(&sign_in_path(next), error));
        return Ok(());
    }
    lead(opened, &step_path("/account/sign-in/code", next), &[]);
    Ok(())
}
