use anyhow::Context;
use async_trait::async_trait;
use domain::account::ports::AddressBook;
use domain::account::{AccountError, AccountId, MAX_ADDRESSES, Recipient, SavedAddress, SavedAddressId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::{Answer, answer};
use crate::fault::at_boundary;
use crate::sql::Sql;

/// Address books in SQL. Every statement names the account: an id of another one's entry finds nothing.
#[derive(Debug, Clone)]
pub(crate) struct SqlAddressBook {
    sql: Sql,
}

impl SqlAddressBook {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    async fn load(&self, account: AccountId) -> anyhow::Result<Vec<SavedAddress>> {
        let statement = "SELECT id, is_default, document FROM saved_addresses WHERE account_id = $1
                         ORDER BY is_default DESC, id";
        let rows = sqlx::query(statement).bind(account.to_string()).fetch_all(self.sql.readers()).await;
        rows.context("reading an address book")?.iter().map(entry_of).collect()
    }

    async fn insert(&self, account: AccountId, recipient: &Recipient, make_default: bool) -> Answer<()> {
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, account).await?;
        let count = count(&mut transaction, account).await?;
        if count >= i64::try_from(MAX_ADDRESSES)? {
            return Ok(Err(AccountError::TooManyAddresses));
        }
        let id = SavedAddressId::new(Uuid::now_v7());
        sqlx::query("INSERT INTO saved_addresses (id, account_id, is_default, document) VALUES ($1, $2, 0, $3)")
            .bind(id.to_string())
            .bind(account.to_string())
            .bind(serde_json::to_string(recipient)?)
            .execute(&mut *transaction)
            .await
            .context("adding to an address book")?;
        if make_default || count == 0 {
            prefer(&mut transaction, account, id).await?;
        }
        transaction.commit().await.context("committing an address")?;
        Ok(Ok(()))
    }

    async fn update(
        &self,
        account: AccountId,
        id: SavedAddressId,
        recipient: &Recipient,
        make_default: bool,
    ) -> Answer<()> {
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, account).await?;
        let changed = sqlx::query("UPDATE saved_addresses SET document = $1 WHERE id = $2 AND account_id = $3")
            .bind(serde_json::to_string(recipient)?)
            .bind(id.to_string())
            .bind(account.to_string())
            .execute(&mut *transaction)
            .await
            .context("changing an address")?;
        if changed.rows_affected() == 0 {
            return Ok(Err(AccountError::NoSuchAddress));
        }
        if make_default {
            prefer(&mut transaction, account, id).await?;
        }
        transaction.commit().await.context("committing an address")?;
        Ok(Ok(()))
    }

    async fn drop_entry(&self, account: AccountId, id: SavedAddressId) -> Answer<()> {
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, account).await?;
        let removed = sqlx::query("DELETE FROM saved_addresses WHERE id = $1 AND account_id = $2")
            .bind(id.to_string())
            .bind(account.to_string())
            .execute(&mut *transaction)
            .await
            .context("removing an address")?;
        if removed.rows_affected() == 0 {
            return Ok(Err(AccountError::NoSuchAddress));
        }
        let oldest = sqlx::query(
            "UPDATE saved_addresses SET is_default = 1
             WHERE id = (SELECT MIN(id) FROM saved_addresses WHERE account_id = $1)
             AND NOT EXISTS (SELECT 1 FROM saved_addresses WHERE account_id = $1 AND is_default = 1)",
        );
        oldest.bind(account.to_string()).execute(&mut *transaction).await.context("choosing a default address")?;
        transaction.commit().await.context("committing an address")?;
        Ok(Ok(()))
    }

    async fn set_default(&self, account: AccountId, id: SavedAddressId) -> Answer<()> {
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, account).await?;
        if !prefer(&mut transaction, account, id).await? {
            return Ok(Err(AccountError::NoSuchAddress));
        }
        transaction.commit().await.context("committing an address")?;
        Ok(Ok(()))
    }
}

fn entry_of(row: &AnyRow) -> anyhow::Result<SavedAddress> {
    Ok(SavedAddress {
        id: row.try_get::<&str, _>("id")?.parse()?,
        recipient: serde_json::from_str(row.try_get("document")?).context("reading a saved address")?,
        is_default: row.try_get::<i64, _>("is_default")? == 1,
    })
}

/// Lets one change of a book follow another, so that its limit and its one default hold.
async fn lock(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("UPDATE accounts SET id = id WHERE id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("locking an address book")?;
    Ok(())
}

async fn count(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<i64> {
    let statement = "SELECT COUNT(*) AS entries FROM saved_addresses WHERE account_id = $1";
    let row = sqlx::query(statement).bind(account.to_string()).fetch_one(connection).await;
    Ok(row.context("counting an address book")?.try_get("entries")?)
}

/// Makes one entry the default; `false` when the account has no such entry.
async fn prefer(connection: &mut AnyConnection, account: AccountId, id: SavedAddressId) -> anyhow::Result<bool> {
    let statement = "UPDATE saved_addresses SET is_default = CASE WHEN id = $1 THEN 1 ELSE 0 END WHERE account_id = $2
                     AND EXISTS (SELECT 1 FROM saved_addresses WHERE account_id = $2 AND id = $1)";
    let changed = sqlx::query(statement).bind(id.to_string()).bind(account.to_string()).execute(connection).await;
    Ok(changed.context("choosing a default address")?.rows_affected() > 0)
}

#[async_trait]
impl AddressBook for SqlAddressBook {
    async fn list(&self, account: AccountId) -> Result<Vec<SavedAddress>, AccountError> {
        at_boundary(self.load(account).await, AccountError::Unavailable)
    }

    async fn add(&self, account: AccountId, recipient: &Recipient, make_default: bool) -> Result<(), AccountError> {
        answer(self.insert(account, recipient, make_default).await)
    }

    async fn change(
        &self,
        account: AccountId,
        id: SavedAddressId,
        recipient: &Recipient,
        make_default: bool,
    ) -> Result<(), AccountError> {
        answer(self.update(account, id, recipient, make_default).await)
    }

    async fn remove(&self, account: AccountId, id: SavedAddressId) -> Result<(), AccountError> {
        answer(self.drop_entry(account, id).await)
    }

    async fn make_default(&self, account: AccountId, id: SavedAddressId) -> Result<(), AccountError> {
        answer(self.set_default(account, id).await)
    }
}
