//! What the server keeps of alerts.

use async_trait::async_trait;

use super::{Alert, AlertError, AlertId, AlertKind, StopKey};
use crate::account::{AccountId, Client, Token};
use crate::catalog::Sku;
use crate::checkout::Email;

#[async_trait]
pub trait Alerts: Send + Sync {
    /// Lets a customer wait for something. Who waits for it already goes on waiting, for the price of then.
    async fn ask(&self, account: AccountId, sku: &Sku, kind: AlertKind) -> Result<(), AlertError>;

    /// Sends a letter whose link lets its reader wait for something. Whether the address is known, or waits
    /// already, is told to nobody: the letter goes to it and the answer is the same.
    async fn ask_by_letter(&self, email: &Email, sku: &Sku, kind: AlertKind, client: &Client)
    -> Result<(), AlertError>;

    /// What a link confirms; `None` for one that can't be used any more. Looking spends nothing: programs that
    /// check mail open every link.
    async fn look_at_link(&self, token: &Token) -> Result<Option<Alert>, AlertError>;

    /// Lets somebody wait by the link of a letter, once.
    async fn confirm(&self, token: &Token) -> Result<Alert, AlertError>;

    /// What a customer waits for, the newest first.
    async fn all_of(&self, account: AccountId) -> Result<Vec<Alert>, AlertError>;

    /// Removes an alert of a customer; another's stays.
    async fn remove(&self, account: AccountId, id: AlertId) -> Result<(), AlertError>;

    /// How many alerts the link of a letter removes; `None` for a link that the store did not write.
    async fn count_behind(&self, key: &StopKey) -> Result<Option<u32>, AlertError>;

    /// Removes them all; nothing happens where the store did not write the link.
    async fn stop_all(&self, key: &StopKey) -> Result<(), AlertError>;
}
