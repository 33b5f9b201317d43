//! What the server keeps of accounts.

use async_trait::async_trait;

use super::{
    AccountError, AccountId, Admitted, Ceremony, Client, Link, LinkWish, Opened, Passkey, PasskeyAnswer, PasskeyId,
    PasskeyName, Password, Recipient, RecoveryCode, SavedAddress, SavedAddressId, Session, SessionId, SignInCode,
    SignInCodesState, SignedIn, Token, TotpCode, TotpSetup,
};
use crate::checkout::{Email, PersonName};

#[async_trait]
pub trait Accounts: Send + Sync {
    /// Sends a letter with a link to an address: to open an account, or to set a new password where
    /// there is one. Nobody but the owner of the address learns which.
    async fn send_link(&self, email: &Email, wish: LinkWish, client: &Client) -> Result<(), AccountError>;

    /// What a link is good for; `None` for one that can't be used any more. Looking spends nothing:
    /// programs that check mail open every link.
    async fn look_at_link(&self, token: &Token) -> Result<Option<Link>, AccountError>;

    /// Opens an account by a link, once, and a session with it. Orders that were placed with its e-mail
    /// address become its own.
    async fn register(
        &self,
        token: &Token,
        name: &PersonName,
        password: &Password,
        client: &Client,
    ) -> Result<Opened, AccountError>;

    /// Sets a new password by a link, once, ends every session and opens one, or asks for a code where the account
    /// does: who reads the mail alone does not get in.
    async fn reset_password(
        &self,
        token: &Token,
        password: &Password,
        client: &Client,
    ) -> Result<Admitted, AccountError>;

    /// Opens a session, or asks for a code. An unknown address is answered like a wrong password and takes as long.
    async fn sign_in(&self, email: &Email, password: &Password, client: &Client) -> Result<Admitted, AccountError>;

    /// Who bears the token of a session that is alive.
    async fn signed_in(&self, token: &Token) -> Result<Option<SignedIn>, AccountError>;

    /// The sessions of an account, the one used last first.
    async fn sessions(&self, account: AccountId) -> Result<Vec<Session>, AccountError>;

    /// Ends a session of an account; another account's stays.
    async fn end_session(&self, account: AccountId, session: SessionId) -> Result<(), AccountError>;

    /// Ends every session of an account, but for one that is kept.
    async fn end_sessions(&self, account: AccountId, keep: Option<SessionId>) -> Result<(), AccountError>;

    async fn rename(&self, account: AccountId, name: &PersonName) -> Result<(), AccountError>;

    /// Sets another password, ends every other session, and opens a new one in place of the one that asked.
    async fn change_password(
        &self,
        account: AccountId,
        current: &Password,
        new: &Password,
        client: &Client,
    ) -> Result<Opened, AccountError>;

    /// Sends a letter to a new address: its link changes the account's. Whether the address has an
    /// account already is told to nobody but its owner.
    async fn ask_to_change_email(
        &self,
        account: AccountId,
        password: &Password,
        new: &Email,
        client: &Client,
    ) -> Result<(), AccountError>;

    /// Gives an account the address of a link that it asked for, once, and claims the orders that were placed with
    /// it. The link alone proves whose the address is, and not that its owner wants it to be this account's.
    async fn change_email(&self, account: AccountId, token: &Token) -> Result<Email, AccountError>;

    /// Removes an account with everything personal that is kept for it; its orders stay without it, for
    /// the law asks for them.
    async fn delete(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError>;
}

#[async_trait]
pub trait Passkeys: Send + Sync {
    /// Whether browsers take passkeys at the address of the store.
    fn are_offered(&self) -> bool;

    /// The passkeys of an account, the oldest first.
    async fn list(&self, account: AccountId) -> Result<Vec<Passkey>, AccountError>;

    /// Begins to add a passkey, for whoever knows the password. The token names what the browser is asked, for
    /// [`CEREMONY_S`](super::CEREMONY_S).
    async fn begin(
        &self,
        account: AccountId,
        name: &PasskeyName,
        password: &Password,
        client: &Client,
    ) -> Result<Token, AccountError>;

    /// Begins to sign in with whatever passkey the browser has.
    async fn begin_sign_in(&self, client: &Client) -> Result<Token, AccountError>;

    /// Lets a browser offer the passkeys that it has where nobody has asked to sign in yet, for
    /// [`PASSKEY_OFFER_S`](super::PASSKEY_OFFER_S). What it was asked before, it is asked on: pages that are open side
    /// by side spend one question. It is no attempt.
    async fn offer_sign_in(&self, asked: Option<&Token>, client: &Client) -> Result<(Token, Ceremony), AccountError>;

    /// What the browser is asked; `None` where it is too late. Looking spends nothing.
    async fn ceremony(&self, token: &Token) -> Result<Option<Ceremony>, AccountError>;

    /// Adds the passkey that a browser made, once, and tells the owner by a letter.
    async fn add(&self, account: AccountId, token: &Token, answer: &PasskeyAnswer) -> Result<(), AccountError>;

    /// Opens a session, once. Which passkeys there are is told to nobody.
    async fn sign_in(&self, token: &Token, answer: &PasskeyAnswer, client: &Client) -> Result<Opened, AccountError>;

    /// Gives another name to a passkey of the account.
    async fn rename(&self, account: AccountId, id: PasskeyId, name: &PasskeyName) -> Result<(), AccountError>;

    /// Removes a passkey of the account, and tells the owner by a letter.
    async fn remove(&self, account: AccountId, id: PasskeyId) -> Result<(), AccountError>;
}

/// Codes that an app shows, after the password.
#[async_trait]
pub trait SignInCodes: Send + Sync {
    async fn state(&self, account: AccountId) -> Result<SignInCodesState, AccountError>;

    /// Makes the key of an app, for whoever knows the password; it asks for nothing before a code proved that it was
    /// taken over.
    async fn begin(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError>;

    /// What the app needs; `None` where no key waits to be taken over.
    async fn setup(&self, account: AccountId) -> Result<Option<TotpSetup>, AccountError>;

    /// Asks for codes from now on, and tells the owner by a letter. The recovery codes are told once.
    async fn turn_on(
        &self,
        account: AccountId,
        code: &TotpCode,
        client: &Client,
    ) -> Result<Vec<RecoveryCode>, AccountError>;

    /// Makes other recovery codes; those before are of no use any more.
    async fn renew(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Result<Vec<RecoveryCode>, AccountError>;

    /// Asks for no codes any more, and tells the owner by a letter.
    async fn turn_off(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError>;

    /// Whether a token still stands for a right password.
    async fn is_awaited(&self, token: &Token) -> Result<bool, AccountError>;

    /// Opens the session that a right password led to. No code is good twice.
    async fn sign_in(&self, token: &Token, code: &SignInCode, client: &Client) -> Result<Opened, AccountError>;
}

#[async_trait]
pub trait AddressBook: Send + Sync {
    /// The entries of an account, the default one first.
    async fn list(&self, account: AccountId) -> Result<Vec<SavedAddress>, AccountError>;

    /// Adds an entry. The first one is the default.
    async fn add(&self, account: AccountId, recipient: &Recipient, make_default: bool) -> Result<(), AccountError>;

    /// Changes an entry of the account.
    async fn change(
        &self,
        account: AccountId,
        id: SavedAddressId,
        recipient: &Recipient,
        make_default: bool,
    ) -> Result<(), AccountError>;

    /// Removes an entry of the account; if it was the default one, the oldest that is left is.
    async fn remove(&self, account: AccountId, id: SavedAddressId) -> Result<(), AccountError>;

    async fn make_default(&self, account: AccountId, id: SavedAddressId) -> Result<(), AccountError>;
}
