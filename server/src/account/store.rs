//! The rows of accounts.

use anyhow::Context;
use domain::account::{Account, AccountError, AccountId, Client, Password, Role};
use domain::checkout::{Email, PersonName};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::attempts::{Counted, count, forget};
use super::{Answer, SqlAccounts};
use crate::alert;
use crate::checkout;
use crate::event::{Fact, publish};
use crate::order;
use crate::payment::gift_card;
use crate::sql::{Sql, locking, locking_to_delete};

/// An account with the hash of its password.
pub(super) struct Kept {
    pub(super) account: Account,
    pub(super) password_hash: String,
}

/// The tables whose rows go with their account.
const OWNED_TABLES: [&str; 8] = [
    "account_sessions",
    "account_links",
    "account_passkeys",
    "account_ceremonies",
    "account_totp",
    "account_recovery_codes",
    "account_half_signed_in",
    "saved_addresses",
];

/// The columns that [`account_of`] reads.
pub(super) const COLUMNS: &str =
    "accounts.id AS account_id, accounts.email, accounts.name, accounts.role, accounts.cart_id, accounts.opened_at";

pub(super) fn account_of(row: &AnyRow) -> anyhow::Result<Account> {
    let role: &str = row.try_get("role")?;
    Ok(Account {
        id: row.try_get::<&str, _>("account_id")?.parse()?,
        email: row.try_get::<&str, _>("email")?.parse()?,
        name: row.try_get::<&str, _>("name")?.parse()?,
        role: Role::from_parameter(role).with_context(|| format!("an account can't be {role}"))?,
        cart: row.try_get::<&str, _>("cart_id")?.parse()?,
        opened_at: row.try_get::<&str, _>("opened_at")?.parse()?,
    })
}

pub(super) async fn find_by_email(connection: &mut AnyConnection, email: &Email) -> anyhow::Result<Option<Kept>> {
    find(connection, "email_key = $1", email.key()).await
}

pub(super) async fn find_by_id(connection: &mut AnyConnection, id: AccountId) -> anyhow::Result<Option<Kept>> {
    find(connection, "id = $1", id.to_string()).await
}

/// An account as it is kept, read without a transaction: nothing is held while what was read is looked at.
pub(super) async fn read_by_id(sql: &Sql, id: AccountId) -> anyhow::Result<Option<Kept>> {
    let mut reader = sql.readers().acquire().await.context("reading an account")?;
    find_by_id(&mut reader, id).await
}

async fn find(connection: &mut AnyConnection, which: &'static str, value: String) -> anyhow::Result<Option<Kept>> {
    let statement = format!("SELECT {COLUMNS}, password_hash FROM accounts WHERE {which}");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(value).fetch_optional(connection).await;
    let kept =
        |row: AnyRow| anyhow::Ok(Kept { account: account_of(&row)?, password_hash: row.try_get("password_hash")? });
    row.context("reading an account")?.map(kept).transpose()
}

/// The account with an address, read without a transaction.
pub(crate) async fn id_of(sql: &Sql, email: &Email) -> anyhow::Result<Option<AccountId>> {
    let mut reader = sql.readers().acquire().await.context("reading an account")?;
    Ok(find_by_email(&mut reader, email).await?.map(|kept| kept.account.id))
}

/// Where letters to an account go; nothing where it has ended.
pub(crate) async fn email_of(sql: &Sql, account: AccountId) -> anyhow::Result<Option<Email>> {
    Ok(read_by_id(sql, account).await?.map(|kept| kept.account.email))
}

/// Adds an account; `false` when there is one with its e-mail address.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    account: &Account,
    password_hash: &str,
) -> anyhow::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO accounts (id, email_key, email, name, role, password_hash, cart_id, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email_key) DO NOTHING",
    )
    .bind(account.id.to_string())
    .bind(account.email.key())
    .bind(account.email.as_str())
    .bind(account.name.as_str())
    .bind(account.role.parameter())
    .bind(password_hash)
    .bind(account.cart.to_string())
    .bind(account.opened_at.to_string())
    .execute(connection)
    .await
    .context("adding an account")?;
    Ok(added.rows_affected() == 1)
}

pub(super) async fn set_password(
    connection: &mut AnyConnection,
    account: AccountId,
    password_hash: &str,
) -> anyhow::Result<()> {
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
        .bind(password_hash)
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("setting a password")?;
    Ok(())
}

/// Whether the password that was checked is an account's still, and stays so until the transaction ends:
/// it may have been replaced meanwhile, for checking takes long.
pub(super) async fn is_still_its_password(
    connection: &mut AnyConnection,
    account: AccountId,
    password_hash: &str,
) -> anyhow::Result<bool> {
    let locking = locking_to_delete(connection);
    let statement = format!("SELECT id FROM accounts WHERE id = $1 AND password_hash = $2 {locking}");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(account.to_string())
        .bind(password_hash)
        .fetch_optional(connection)
        .await
        .context("looking at a password again")?;
    Ok(row.is_some())
}

/// Lets nobody else come here for an account until the transaction ends; `false` when there is no such account.
pub(crate) async fn lock(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<bool> {
    let statement = format!("SELECT id FROM accounts WHERE id = $1 {}", locking(connection));
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(account.to_string())
        .fetch_optional(connection)
        .await
        .context("locking an account")?;
    Ok(row.is_some())
}

pub(super) async fn rename(sql: &Sql, account: AccountId, name: &PersonName) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE accounts SET name = $1 WHERE id = $2")
        .bind(name.as_str())
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await
        .context("renaming an account")?;
    transaction.commit().await.context("renaming an account")
}

impl SqlAccounts {
    /// Whether somebody who is signed in knows the account's password; each attempt counts.
    pub(super) async fn check_password(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Answer<Kept> {
        let Some(kept) = read_by_id(&self.sql, account).await? else { return Ok(Err(AccountError::NotSignedIn)) };
        if let Err(refused) = count(&self.sql, Counted::SignIn, &kept.account.email, client).await? {
            return Ok(Err(refused));
        }
        if !self.hasher.verify(password, Some(&kept.password_hash)).await? {
            return Ok(Err(AccountError::WrongPassword));
        }
        Ok(Ok(kept))
    }

    /// Begins a transaction for somebody who is signed in and knows the account's password, which stays what it is
    /// until the transaction ends. Attempts that failed before are forgotten with it.
    pub(super) async fn begin_confirmed(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Answer<(Transaction<'static, Any>, Account)> {
        let Kept { account, password_hash } = match self.check_password(account, password, client).await? {
            Ok(kept) => kept,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut transaction = self.sql.begin().await?;
        if !is_still_its_password(&mut transaction, account.id, &password_hash).await? {
            return Ok(Err(AccountError::WrongPassword));
        }
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        Ok(Ok((transaction, account)))
    }

    pub(super) async fn check_and_delete(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Answer<()> {
        let (mut transaction, account) = match self.begin_confirmed(account, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        checkout::forget_contacts_of(&mut transaction, account.id).await?;
        order::disown(&mut transaction, account.id).await?;
        alert::forget(&mut transaction, account.id).await?;
        gift_card::disown(&mut transaction, account.id).await?;
        forget(&mut transaction, Counted::Code, &account.email).await?;
        for table in OWNED_TABLES {
            let statement = format!("DELETE FROM {table} WHERE account_id = $1");
            sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(account.id.to_string())
                .execute(&mut *transaction)
                .await
                .context("removing what belongs to an account")?;
        }
        sqlx::query("DELETE FROM accounts WHERE id = $1")
            .bind(account.id.to_string())
            .execute(&mut *transaction)
            .await
            .context("removing an account")?;
        publish(&mut transaction, &[Fact::AccountClosed { account: account.id, cart: Some(account.cart) }]).await?;
        transaction.commit().await.context("committing the end of an account")?;
        Ok(Ok(()))
    }
}
