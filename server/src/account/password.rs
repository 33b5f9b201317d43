//! What begins with a password: a session, or another password.

use anyhow::Context;
use domain::account::{AccountError, AccountId, Admitted, Client, Opened, Password};
use domain::checkout::Email;

use super::attempts::{Counted, count, forget};
use super::link::void;
use super::store::{Kept, find_by_email, is_still_its_password, set_password};
use super::{Answer, SqlAccounts, session};

impl SqlAccounts {
    /// Counts first, then does the same work for an account and for none.
    pub(super) async fn check_and_open(&self, email: &Email, password: &Password, client: &Client) -> Answer<Admitted> {
        if let Err(refused) = count(&self.sql, Counted::SignIn, email, client).await? {
            return Ok(Err(refused));
        }
        let mut connection = self.sql.readers().acquire().await?;
        let kept = find_by_email(&mut connection, email).await?;
        // A hash takes long; others read meanwhile.
        drop(connection);
        let fits = self.hasher.verify(password, kept.as_ref().map(|kept| kept.password_hash.as_str())).await?;
        let Some(Kept { account, password_hash }) = kept.filter(|_| fits) else {
            return Ok(Err(AccountError::WrongCredentials));
        };
        let mut transaction = self.sql.begin().await?;
        // A password that was replaced while this one was checked opens nothing, and none is replaced before it has.
        if !is_still_its_password(&mut transaction, account.id, &password_hash).await? {
            return Ok(Err(AccountError::WrongCredentials));
        }
        forget(&mut transaction, Counted::SignIn, email).await?;
        let admitted = session::admit(&mut transaction, account, client).await?;
        transaction.commit().await.context("committing a session")?;
        Ok(Ok(admitted))
    }

    pub(super) async fn check_and_change_password(
        &self,
        account: AccountId,
        current: &Password,
        new: &Password,
        client: &Client,
    ) -> Answer<Opened> {
        let Kept { account, password_hash } = match self.check_password(account, current, client).await? {
            Ok(kept) => kept,
            Err(refused) => return Ok(Err(refused)),
        };
        let new_hash = self.hasher.hash(new).await?;
        let mut transaction = self.sql.begin().await?;
        if !is_still_its_password(&mut transaction, account.id, &password_hash).await? {
            return Ok(Err(AccountError::WrongPassword));
        }
        set_password(&mut transaction, account.id, &new_hash).await?;
        // Whoever knew the old password may have asked for a letter to an address of their own.
        void(&mut transaction, account.id).await?;
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        session::end_all(&mut transaction, account.id).await?;
        let token = session::open(&mut transaction, &account, client).await?;
        transaction.commit().await.context("committing a new password")?;
        Ok(Ok(Opened { account, token }))
    }
}
