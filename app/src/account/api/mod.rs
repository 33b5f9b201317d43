//! What the forms of an account post to. Each does one thing and leads the browser to the page that
//! shows it, or back to the form with what is wrong and what was typed, but never a password.

pub mod book;
pub mod door;
pub mod orders;
pub mod passkey;
pub mod settings;
pub mod totp;

pub use book::{KeepAddress, MakeDefault, RemoveAddress};
pub use door::{Register, ResetPassword, SendLink, SignIn, SignOut};
pub use orders::{BuyAgain, ClaimOrders};
pub use passkey::{
    AddPasskey, BeginPasskey, BeginPasskeySignIn, OfferPasskeys, RemovePasskey, RenamePasskey, SignInWithPasskey,
};
pub use settings::{
    ChangePassword, ConfirmEmail, DeleteAccount, EndOtherSessions, EndSession, RenameAccount, SendEmailLink,
};
pub use totp::{BeginCodes, FinishSignIn, RenewRecoveryCodes, TurnCodesOff, TurnCodesOn};

use domain::account::{AccountError, Password};
use domain::checkout::{Email, PersonName};

use super::back;
use crate::error::WireError;
use crate::typed;

/// The pages that what was typed is kept for.
const PATH: &str = "/account";

fn email_of(raw: &str) -> Result<Email, WireError> {
    Ok(raw.parse().map_err(|_| AccountError::NotAnEmail)?)
}

fn name_of(raw: &str) -> Result<PersonName, WireError> {
    Ok(raw.parse().map_err(|_| AccountError::NotAName)?)
}

/// What can't be a password is not the account's.
fn password_of(raw: &str) -> Result<Password, WireError> {
    Ok(raw.parse().map_err(|_| AccountError::WrongPassword)?)
}

/// Leads to a page that shows what was done, or back with the error and what was typed.
fn lead(done: Result<String, WireError>, form: &str, fields: &[(&str, &str)]) {
    // What a stranger typed is kept for nobody.
    if !matches!(done, Ok(_) | Err(WireError::Account(AccountError::NotSignedIn))) {
        typed::keep(PATH, fields);
    }
    back::lead(done, form);
}
