//! Account: who a shopper is to the store: e-mail address, password, role, sessions, address book, and what else
//! somebody signs in with: passkeys, and codes of an app after the password. Guards that nobody learns whether there is
//! an account, that no secret is ever printed or kept as it is, that attempts are counted before they are judged, and
//! that every list has a limit. Pages and commands call the ports; orders and carts only know an account's id.

mod address_book;
mod attempts;
mod client;
mod error;
mod ids;
mod link;
mod passkey;
mod password;
#[cfg(feature = "ports")]
pub mod ports;
mod session;
mod token;
mod totp;

use serde::{Deserialize, Serialize};

use crate::cart::CartId;
use crate::checkout::{Email, PersonName};

pub use address_book::{MAX_ADDRESSES, Recipient, SavedAddress};
pub use attempts::{
    Attempts, CODES_PER_ACCOUNT, CODES_PER_NETWORK, GIFT_CARDS_PER_CART, GIFT_CARDS_PER_NETWORK, Limit,
    MAILS_PER_ACCOUNT, MAILS_PER_NETWORK, PASSKEY_OFFERS_PER_NETWORK, SIGN_INS_PER_ACCOUNT, SIGN_INS_PER_NETWORK,
};
pub use client::{Client, Device};
pub use error::AccountError;
pub use ids::{AccountId, PasskeyId, SavedAddressId, SessionId};
pub use link::{Link, LinkPurpose, LinkWish};
pub use passkey::{
    CEREMONY_S, Ceremony, MAX_PASSKEYS, PASSKEY_OFFER_S, Passkey, PasskeyAnswer, PasskeyAnswerError, PasskeyName,
};
pub use password::{Password, PasswordError};
pub use session::{Admitted, MAX_SESSIONS, Opened, SEEN_INTERVAL_MS, Session, SignedIn};
pub use token::{Token, TokenError};
pub use totp::{
    HALF_SIGNED_IN_S, RECOVERY_CODES, RECOVERY_SHOWN_S, RecoveryCode, SignInCode, SignInCodeError, SignInCodesState,
    TOTP_SETUP_S, TOTP_SKEW_STEPS, TOTP_STEP_S, TotpCode, TotpSetup,
};

/// What somebody who is signed in may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Customer,
    /// Runs the store.
    Operator,
}

impl Role {
    /// Its name where it is kept.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Operator => "operator",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        [Self::Customer, Self::Operator].into_iter().find(|role| role.parameter() == raw)
    }
}

/// Somebody with an e-mail address that is theirs: it was proved by a link before there was an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub email: Email,
    pub name: PersonName,
    pub role: Role,
    /// The cart that is theirs on every device.
    pub cart: CartId,
    pub opened_at: jiff::Timestamp,
}

impl Account {
    /// How the store speaks to them.
    pub fn first_name(&self) -> &str {
        self.name.as_str().split_whitespace().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_reads_back() {
        for role in [Role::Customer, Role::Operator] {
            assert_eq!(Role::from_parameter(role.parameter()), Some(role));
        }
        assert_eq!(Role::from_parameter("root"), None);
    }
}
