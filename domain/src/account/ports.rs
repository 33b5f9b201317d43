//! What the server keeps of accounts.

use async_trait::async_trait;

use super::{
    AccountError, AccountId, Client, Link, LinkWish, Opened, Password, Recipient, SavedAddress, SavedAddressId,
    Session, SessionId, SignedIn, Token,
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

    /// Sets a new password by a link, once, ends every session and opens one.
    async fn reset_password(&self, token: &Token, password: &Password, client: &Client)
    -> Result<Opened, AccountError>;

    /// Opens a session. An unknown address is answered like a wrong password and takes as long.
    async fn sign_in(&self, email: &Email, password: &Password, client: &Client) -> Result<Opened, AccountError>;

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

    /// Gives an account the address of a link, once, and claims the orders that were placed with it.
    async fn change_email(&self, token: &Token) -> Result<Email, AccountError>;

    /// Removes an account with everything personal that is kept for it; its orders stay without it, for
    /// the law asks for them.
    async fn delete(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError>;
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
