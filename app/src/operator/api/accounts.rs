use domain::account::{AccountError, AccountId, Password};
use domain::checkout::Email;
use domain::operator::DeedReason;
use domain::operator::ports::AccountDesk;
use leptos::prelude::*;

use super::super::accounts::{ACCOUNTS, account_path};
use crate::account::{client, lead, require_operator};
use crate::error::WireError;
use crate::port::port;
use crate::typed;

/// Leads to the page of the account with an e-mail address.
#[server(prefix = "/api", endpoint = "operator/accounts/searches")]
pub async fn find_account(#[server(default)] email: String) -> Result<(), WireError> {
    let found = async {
        require_operator()?;
        let email: Email = email.parse().map_err(|_| AccountError::NotAnEmail)?;
        let id = port::<dyn AccountDesk>()?.look_up(&email).await?.ok_or(AccountError::NoSuchAccount)?;
        Ok(account_path(id))
    };
    lead_back(found.await, ACCOUNTS, &[("email", &email)]);
    Ok(())
}

/// Asks a customer's account for no codes any more; the operator confirms it with their own password.
#[server(prefix = "/api", endpoint = "operator/accounts/codes/removals")]
pub async fn turn_codes_off_for(
    #[server(default)] account: String,
    #[server(default)] reason: String,
    #[server(default)] operator_password: String,
) -> Result<(), WireError> {
    let known = account.parse::<AccountId>();
    let back = known.as_ref().map_or_else(|_| ACCOUNTS.to_owned(), |id| account_path(*id));
    let turned_off = async {
        let by = require_operator()?.account.id;
        let account = known.map_err(|_| AccountError::NoSuchAccount)?;
        let why: DeedReason = reason.parse().map_err(|_| AccountError::NotAReason)?;
        let password: Password = operator_password.parse().map_err(|_| AccountError::WrongPassword)?;
        port::<dyn AccountDesk>()?.turn_codes_off(account, &why, by, &password, &client()?).await?;
        Ok(format!("{back}?done=codes-off"))
    };
    lead_back(turned_off.await, &back, &[("reason", &reason)]);
    Ok(())
}

/// Leads to what was done, or back to the form with what was typed, unless whoever posted it runs no store.
pub(super) fn lead_back(done: Result<String, WireError>, back: &str, fields: &[(&str, &str)]) {
    let is_stranger = matches!(done, Err(WireError::Account(AccountError::NotSignedIn | AccountError::NotAllowed)));
    if done.is_err() && !is_stranger {
        typed::keep(ACCOUNTS, fields);
    }
    lead(done, back);
}
