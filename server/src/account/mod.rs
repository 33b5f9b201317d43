//! Account: keeps accounts, their sessions, links, attempts and address books in SQL. Only this module
//! writes the tables `accounts`, `account_…` and `saved_addresses`. Passwords are kept as Argon2id
//! hashes, tokens and recovery codes as hashes; none is ever logged, and neither is the key of an app. Whether there is an account is said to nobody but
//! the owner of its e-mail address: the answers are the same, and so is the work behind them.

mod address_book;
mod attempts;
mod dealings;
mod desk;
pub(crate) mod export;
mod letters;
mod link;
mod operator;
mod passkey;
mod password;
mod secret;
mod session;
mod store;
mod tidy;
mod totp;

use std::sync::Arc;

use async_trait::async_trait;
use domain::account::ports::Accounts;
use domain::account::{
    AccountError, AccountId, Admitted, Client, Link, LinkWish, Opened, Password, Session, SessionId, SignedIn, Token,
};
use domain::checkout::{Email, PersonName};
use domain::mail::ports::Mail;

use crate::fault::at_boundary;
use crate::sql::Sql;
use secret::Hasher;

pub(crate) use address_book::SqlAddressBook;
pub(crate) use attempts::{count_code, count_deed, count_mail};
pub(crate) use letters::Sender;
pub(crate) use operator::{NewOperator, add_operator, generated_password, list_operators, remove_operator};
pub(crate) use passkey::SqlPasskeys;
pub(crate) use secret::{new_token, token_hash};
pub(crate) use store::{email_of, id_of, lock};

/// An answer, or why not; around it what nobody can help.
type Answer<T> = anyhow::Result<Result<T, AccountError>>;

#[derive(Clone)]
pub(crate) struct SqlAccounts {
    sql: Sql,
    hasher: Hasher,
    mail: Arc<dyn Mail>,
    sender: Sender,
}

impl SqlAccounts {
    /// # Errors
    /// When no password can be hashed.
    pub(crate) fn new(sql: Sql, mail: Arc<dyn Mail>, sender: Sender) -> anyhow::Result<Self> {
        Ok(Self { sql, hasher: Hasher::new()?, mail, sender })
    }
}

fn answer<T>(answered: Answer<T>) -> Result<T, AccountError> {
    at_boundary(answered, AccountError::Unavailable).flatten()
}

#[async_trait]
impl Accounts for SqlAccounts {
    async fn send_link(&self, email: &Email, wish: LinkWish, client: &Client) -> Result<(), AccountError> {
        answer(self.write_link(email, wish, client).await)
    }

    async fn look_at_link(&self, token: &Token) -> Result<Option<Link>, AccountError> {
        at_boundary(link::look(&self.sql, token).await, AccountError::Unavailable)
    }

    async fn register(
        &self,
        token: &Token,
        name: &PersonName,
        password: &Password,
        client: &Client,
    ) -> Result<Opened, AccountError> {
        answer(self.open_account(token, name, password, client).await)
    }

    async fn reset_password(
        &self,
        token: &Token,
        password: &Password,
        client: &Client,
    ) -> Result<Admitted, AccountError> {
        answer(self.replace_password(token, password, client).await)
    }

    async fn sign_in(&self, email: &Email, password: &Password, client: &Client) -> Result<Admitted, AccountError> {
        answer(self.check_and_open(email, password, client).await)
    }

    async fn signed_in(&self, token: &Token) -> Result<Option<SignedIn>, AccountError> {
        at_boundary(session::find(&self.sql, token).await, AccountError::Unavailable)
    }

    async fn sessions(&self, account: AccountId) -> Result<Vec<Session>, AccountError> {
        at_boundary(session::list(&self.sql, account).await, AccountError::Unavailable)
    }

    async fn end_session(&self, account: AccountId, session: SessionId) -> Result<(), AccountError> {
        at_boundary(session::end(&self.sql, account, session).await, AccountError::Unavailable)
    }

    async fn end_sessions(&self, account: AccountId, keep: Option<SessionId>) -> Result<(), AccountError> {
        at_boundary(session::end_others(&self.sql, account, keep).await, AccountError::Unavailable)
    }

    async fn rename(&self, account: AccountId, name: &PersonName) -> Result<(), AccountError> {
        at_boundary(store::rename(&self.sql, account, name).await, AccountError::Unavailable)
    }

    async fn change_password(
        &self,
        account: AccountId,
        current: &Password,
        new: &Password,
        client: &Client,
    ) -> Result<Opened, AccountError> {
        answer(self.check_and_change_password(account, current, new, client).await)
    }

    async fn ask_to_change_email(
        &self,
        account: AccountId,
        password: &Password,
        new: &Email,
        client: &Client,
    ) -> Result<(), AccountError> {
        answer(self.write_email_link(account, password, new, client).await)
    }

    async fn change_email(&self, account: AccountId, token: &Token) -> Result<Email, AccountError> {
        answer(self.take_email(account, token).await)
    }

    async fn delete(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError> {
        answer(self.check_and_delete(account, password, client).await)
    }
}
