use serde::{Deserialize, Serialize};

use super::{MAX_ADDRESSES, MAX_PASSKEYS, PasskeyName, PasswordError};
use crate::operator::DeedReason;

/// Why something about an account was not done; it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AccountError {
    /// Alike for an unknown address and a wrong password.
    #[error("that e-mail address and that password don't belong together; please check both")]
    WrongCredentials,
    /// Somebody who is signed in typed another password than theirs.
    #[error("that is not your password")]
    WrongPassword,
    #[error("that was tried too often; please wait {} and try again", minutes(*wait_mins))]
    TooManyAttempts { wait_mins: u32 },
    #[error("an e-mail address looks like ada@example.com")]
    NotAnEmail,
    #[error("please tell us what to call you, in at most 100 characters")]
    NotAName,
    #[error("{error}")]
    Password { error: PasswordError },
    /// Used, too old, or never made: nobody learns which.
    #[error("this link was used already or is too old; please ask for a new one")]
    LinkSpent,
    /// A new address was asked for by somebody else.
    #[error("another account asked for this address; if it is yours, please sign in to it and open the link again")]
    LinkOfAnother,
    #[error("there is another account with that e-mail address")]
    EmailTaken,
    #[error("an address book holds {MAX_ADDRESSES} addresses; please remove one first")]
    TooManyAddresses,
    #[error("that address is no longer in your address book")]
    NoSuchAddress,
    /// Alike for a passkey that nobody has and for one that proves nothing.
    #[error("that passkey does not open an account here; please try another one, or sign in with your password")]
    PasskeyRefused,
    /// Its owner added it before, or the device made none that can be used.
    #[error("that passkey could not be added; please try again, or take another device")]
    PasskeyNotAdded,
    /// Used, too old, or never begun: nobody learns which.
    #[error("that took too long or was done already; please begin again")]
    CeremonySpent,
    #[error("please give the passkey a name, in at most {} characters", PasskeyName::MAX_CHARS)]
    NotAPasskeyName,
    #[error("an account has at most {MAX_PASSKEYS} passkeys; please remove one first")]
    TooManyPasskeys,
    #[error("that passkey is no longer one of yours")]
    NoSuchPasskey,
    #[error("browsers take no passkeys at this store's address; please sign in with your password")]
    NoPasskeysHere,
    #[error("that code is not right, or was used already; please type the one that your app shows now")]
    WrongCode,
    #[error("that took too long; please sign in again")]
    SignInSpent,
    #[error("the key was not taken over in time; please begin again")]
    CodesNotBegun,
    #[error("this account asks for no codes, so that there are none to make anew")]
    CodesAreOff,
    #[error("there is no account with that e-mail address")]
    NoSuchAccount,
    /// An operator did not say why.
    #[error("please say how you made sure who it is, in at most {} characters", DeedReason::MAX_CHARS)]
    NotAReason,
    #[error("this account asks for no codes")]
    NoCodesToTurnOff,
    #[error("this account runs the store; its codes are turned off on the command line alone")]
    OperatorsCodes,
    #[error("please sign in first")]
    NotSignedIn,
    #[error("this page is for those who run the store")]
    NotAllowed,
    #[error("accounts can't be reached at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
}

fn minutes(count: u32) -> String {
    if count == 1 { "a minute".to_owned() } else { format!("{count} minutes") }
}

impl From<PasswordError> for AccountError {
    fn from(error: PasswordError) -> Self {
        Self::Password { error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_as_people_say_it() {
        let told = |wait_mins| AccountError::TooManyAttempts { wait_mins }.to_string();
        assert!(told(1).contains("please wait a minute and"), "{}", told(1));
        assert!(told(15).contains("please wait 15 minutes and"), "{}", told(15));
    }
}
