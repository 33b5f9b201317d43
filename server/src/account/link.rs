//! Links of letters: made for an address, good once, for a while.

use anyhow::Context;
use domain::account::{
    Account, AccountError, AccountId, Admitted, Client, Link, LinkPurpose, LinkWish, Opened, Password, Role, Token,
};
use domain::cart::CartId;
use domain::checkout::{Email, PersonName};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::attempts::{Counted, count, forget};
use super::secret::{new_token, token_hash};
use super::store::{Kept, find_by_email, find_by_id, insert, is_still_its_password, set_password};
use super::{Answer, SqlAccounts, session};
use crate::order;
use crate::sql::{Sql, now_ms};

/// A link with whose account it is.
struct Found {
    link: Link,
    account: Option<AccountId>,
}

fn found(row: &AnyRow) -> anyhow::Result<Found> {
    let purpose: &str = row.try_get("purpose")?;
    let purpose = LinkPurpose::from_parameter(purpose).with_context(|| format!("a link can't {purpose}"))?;
    let account: Option<&str> = row.try_get("account_id")?;
    Ok(Found {
        link: Link { purpose, email: row.try_get::<&str, _>("email")?.parse()? },
        account: account.map(str::parse).transpose()?,
    })
}

/// What a link is good for, without using it.
pub(super) async fn look(sql: &Sql, token: &Token) -> anyhow::Result<Option<Link>> {
    let statement = "SELECT purpose, email, account_id FROM account_links WHERE token_hash = $1 AND until_ms > $2";
    let row = sqlx::query(statement).bind(token_hash(token)).bind(now_ms()).fetch_optional(sql.readers()).await;
    row.context("looking at a link")?.map(|row| Ok(found(&row)?.link)).transpose()
}

/// Uses a link up: of several who come with it, one gets it.
async fn take(connection: &mut AnyConnection, token: &Token, purpose: LinkPurpose) -> anyhow::Result<Option<Found>> {
    let row = sqlx::query(
        "DELETE FROM account_links WHERE token_hash = $1 AND purpose = $2 AND until_ms > $3
         RETURNING purpose, email, account_id",
    )
    .bind(token_hash(token))
    .bind(purpose.parameter())
    .bind(now_ms())
    .fetch_optional(connection)
    .await
    .context("using a link")?;
    row.map(|row| found(&row)).transpose()
}

async fn keep(
    connection: &mut AnyConnection,
    token: &Token,
    link: &Link,
    account: Option<AccountId>,
) -> anyhow::Result<()> {
    sqlx::query(
        "INSERT INTO account_links (token_hash, purpose, email, account_id, until_ms) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token_hash(token))
    .bind(link.purpose.parameter())
    .bind(link.email.as_str())
    .bind(account.map(|account| account.to_string()))
    .bind(link.purpose.expires_at(Timestamp::now()).as_millisecond())
    .execute(connection)
    .await
    .context("keeping a link")?;
    Ok(())
}

/// Links that were sent for an account before are of no use any more.
pub(super) async fn void(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM account_links WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("voiding links")?;
    Ok(())
}

impl SqlAccounts {
    /// Writes a letter to an address. The work is the same whether there is an account or not.
    pub(super) async fn write_link(&self, email: &Email, wish: LinkWish, client: &Client) -> Answer<()> {
        if let Err(refused) = count(&self.sql, Counted::Mail, email, client).await? {
            return Ok(Err(refused));
        }
        let token = new_token();
        let mut transaction = self.sql.begin().await?;
        let known = find_by_email(&mut transaction, email).await?.map(|kept| kept.account);
        let purpose = if known.is_some() { LinkPurpose::Reset } else { LinkPurpose::Register };
        // To the address that was proved once, as its owner wrote it.
        let to = known.as_ref().map_or(email, |account| &account.email).clone();
        let link = Link { purpose, email: to };
        keep(&mut transaction, &token, &link, known.map(|account| account.id)).await?;
        transaction.commit().await.context("committing a link")?;
        let letter = self.sender.link(&link.email, purpose, Some(wish), &token)?;
        Ok(self.mail.send(&letter).await.map_err(|_| AccountError::Unavailable))
    }

    pub(super) async fn open_account(
        &self,
        token: &Token,
        name: &PersonName,
        password: &Password,
        client: &Client,
    ) -> Answer<Opened> {
        // Nobody makes the store hash for nothing.
        if look(&self.sql, token).await?.is_none() {
            return Ok(Err(AccountError::LinkSpent));
        }
        let password_hash = self.hasher.hash(password).await?;
        let mut transaction = self.sql.begin().await?;
        let Some(Found { link, .. }) = take(&mut transaction, token, LinkPurpose::Register).await? else {
            return Ok(Err(AccountError::LinkSpent));
        };
        let account = Account {
            id: AccountId::new(Uuid::new_v4()),
            email: link.email,
            name: name.clone(),
            role: Role::Customer,
            cart: CartId::new(Uuid::new_v4()),
            opened_at: Timestamp::now(),
        };
        // Another link to the same address was used before.
        if !insert(&mut transaction, &account, &password_hash).await? {
            return Ok(Err(AccountError::LinkSpent));
        }
        let opened = session::enter(&mut transaction, account, client).await?;
        transaction.commit().await.context("committing a new account")?;
        Ok(Ok(opened))
    }

    /// A code is asked for as after the old password: a letter proves no more than a password does.
    pub(super) async fn replace_password(
        &self,
        token: &Token,
        password: &Password,
        client: &Client,
    ) -> Answer<Admitted> {
        if look(&self.sql, token).await?.is_none() {
            return Ok(Err(AccountError::LinkSpent));
        }
        let password_hash = self.hasher.hash(password).await?;
        let mut transaction = self.sql.begin().await?;
        let Some(Found { account: Some(id), .. }) = take(&mut transaction, token, LinkPurpose::Reset).await? else {
            return Ok(Err(AccountError::LinkSpent));
        };
        let Some(kept) = find_by_id(&mut transaction, id).await? else { return Ok(Err(AccountError::LinkSpent)) };
        let account = kept.account;
        set_password(&mut transaction, id, &password_hash).await?;
        void(&mut transaction, id).await?;
        session::end_all(&mut transaction, id).await?;
        // Whoever was locked out by somebody else's guesses is let in again.
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        let admitted = session::admit(&mut transaction, account, client).await?;
        transaction.commit().await.context("committing a new password")?;
        Ok(Ok(admitted))
    }

    pub(super) async fn write_email_link(
        &self,
        account: AccountId,
        password: &Password,
        new: &Email,
        client: &Client,
    ) -> Answer<()> {
        let Kept { account, password_hash } = match self.check_password(account, password, client).await? {
            Ok(kept) => kept,
            Err(refused) => return Ok(Err(refused)),
        };
        if let Err(refused) = count(&self.sql, Counted::Mail, new, client).await? {
            return Ok(Err(refused));
        }
        let token = new_token();
        let mut transaction = self.sql.begin().await?;
        if !is_still_its_password(&mut transaction, account.id, &password_hash).await? {
            return Ok(Err(AccountError::WrongPassword));
        }
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        let other = find_by_email(&mut transaction, new).await?.filter(|kept| kept.account.id != account.id);
        let link = Link { purpose: LinkPurpose::ChangeEmail, email: new.clone() };
        let letter = if other.is_some() {
            self.sender.email_taken(new)?
        } else {
            keep(&mut transaction, &token, &link, Some(account.id)).await?;
            self.sender.link(new, link.purpose, None, &token)?
        };
        transaction.commit().await.context("committing a link")?;
        Ok(self.mail.send(&letter).await.map_err(|_| AccountError::Unavailable))
    }

    pub(super) async fn take_email(&self, id: AccountId, token: &Token) -> Answer<Email> {
        let mut transaction = self.sql.begin().await?;
        let taken = take(&mut transaction, token, LinkPurpose::ChangeEmail).await?;
        let Some(Found { link: Link { email, .. }, account }) = taken else { return Ok(Err(AccountError::LinkSpent)) };
        // The transaction ends without effect: who asked for the link can use it still.
        if account != Some(id) {
            return Ok(Err(AccountError::LinkOfAnother));
        }
        let Some(kept) = find_by_id(&mut transaction, id).await? else { return Ok(Err(AccountError::LinkSpent)) };
        let other = find_by_email(&mut transaction, &email).await?;
        if other.is_some_and(|other| other.account.id != id) {
            return Ok(Err(AccountError::EmailTaken));
        }
        sqlx::query("UPDATE accounts SET email = $1, email_key = $2 WHERE id = $3")
            .bind(email.as_str())
            .bind(email.key())
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .context("changing an e-mail address")?;
        // A link that was sent to the old address must not open the account any more.
        void(&mut transaction, id).await?;
        order::claim_all(&mut transaction, id, &email).await?;
        transaction.commit().await.context("committing an e-mail address")?;
        let letter = self.sender.email_changed(&kept.account.email)?;
        // The change stands, whether its notice arrives or not; the fault is logged where it happened.
        let _ = self.mail.send(&letter).await;
        Ok(Ok(email))
    }
}
