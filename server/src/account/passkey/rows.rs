//! The rows of passkeys.

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::{AccountId, Passkey, PasskeyId, PasskeyName};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, Passkey as Key};

use super::super::store::{COLUMNS, account_of};
use crate::sql::{Sql, now_ms};

/// A passkey that is known, with whose it is.
pub(super) struct Known {
    pub(super) account: domain::account::Account,
    pub(super) key: Key,
}

fn credential_text(id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn passkey_of(row: &AnyRow) -> anyhow::Result<Passkey> {
    let used_ms: Option<i64> = row.try_get("used_ms")?;
    Ok(Passkey {
        id: row.try_get::<&str, _>("id")?.parse()?,
        name: row.try_get::<&str, _>("name")?.parse()?,
        added_at: Timestamp::from_millisecond(row.try_get("added_ms")?)?,
        used_at: used_ms.map(Timestamp::from_millisecond).transpose()?,
    })
}

fn key_of(row: &AnyRow) -> anyhow::Result<Key> {
    serde_json::from_str(row.try_get("document")?).context("reading a passkey")
}

pub(super) async fn list(sql: &Sql, account: AccountId) -> anyhow::Result<Vec<Passkey>> {
    let statement = "SELECT id, name, added_ms, used_ms FROM account_passkeys WHERE account_id = $1
                     ORDER BY added_ms, id";
    let rows = sqlx::query(statement).bind(account.to_string()).fetch_all(sql.readers()).await;
    rows.context("listing passkeys")?.iter().map(passkey_of).collect()
}

/// What devices call the passkeys of an account.
pub(super) async fn credential_ids(
    connection: &mut AnyConnection,
    account: AccountId,
) -> anyhow::Result<Vec<CredentialID>> {
    let statement = "SELECT credential_id FROM account_passkeys WHERE account_id = $1";
    let rows = sqlx::query(statement).bind(account.to_string()).fetch_all(connection).await;
    let decoded = |row: &AnyRow| anyhow::Ok(URL_SAFE_NO_PAD.decode(row.try_get::<&str, _>("credential_id")?)?);
    rows.context("listing passkeys")?.iter().map(decoded).collect()
}

/// Adds a passkey; `false` when there is one already that its device calls so.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    account: AccountId,
    name: &PasskeyName,
    key: &Key,
) -> anyhow::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO account_passkeys (id, account_id, credential_id, name, document, added_ms)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING",
    )
    .bind(PasskeyId::new(Uuid::now_v7()).to_string())
    .bind(account.to_string())
    .bind(credential_text(key.cred_id()))
    .bind(name.as_str())
    .bind(serde_json::to_string(key)?)
    .bind(now_ms())
    .execute(connection)
    .await
    .context("adding a passkey")?;
    Ok(added.rows_affected() == 1)
}

/// The passkey that a device calls so, and its account.
pub(super) async fn find(connection: &mut AnyConnection, credential_id: &[u8]) -> anyhow::Result<Option<Known>> {
    let statement = format!(
        "SELECT document, {COLUMNS} FROM account_passkeys JOIN accounts ON accounts.id = account_passkeys.account_id
         WHERE credential_id = $1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(credential_text(credential_id))
        .fetch_optional(connection)
        .await
        .context("looking for a passkey")?;
    row.map(|row| anyhow::Ok(Known { account: account_of(&row)?, key: key_of(&row)? })).transpose()
}

/// Notes that a passkey was used.
pub(super) async fn note_use(connection: &mut AnyConnection, key: &Key) -> anyhow::Result<()> {
    sqlx::query("UPDATE account_passkeys SET document = $1, used_ms = $2 WHERE credential_id = $3")
        .bind(serde_json::to_string(key)?)
        .bind(now_ms())
        .bind(credential_text(key.cred_id()))
        .execute(connection)
        .await
        .context("noting that a passkey is used")?;
    Ok(())
}

/// Gives a passkey of an account another name; `false` when it has no such passkey.
pub(super) async fn rename(
    connection: &mut AnyConnection,
    account: AccountId,
    id: PasskeyId,
    name: &PasskeyName,
) -> anyhow::Result<bool> {
    let renamed = sqlx::query("UPDATE account_passkeys SET name = $1 WHERE id = $2 AND account_id = $3")
        .bind(name.as_str())
        .bind(id.to_string())
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("renaming a passkey")?;
    Ok(renamed.rows_affected() == 1)
}

/// Removes every passkey of an account, and what was begun for one.
pub(in crate::account) async fn remove_all(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    for statement in
        ["DELETE FROM account_passkeys WHERE account_id = $1", "DELETE FROM account_ceremonies WHERE account_id = $1"]
    {
        let removed = sqlx::query(statement).bind(account.to_string()).execute(&mut *connection).await;
        removed.context("removing passkeys")?;
    }
    Ok(())
}

/// Removes a passkey of an account and answers its name; `None` when it has no such passkey.
pub(super) async fn remove(
    connection: &mut AnyConnection,
    account: AccountId,
    id: PasskeyId,
) -> anyhow::Result<Option<PasskeyName>> {
    let row = sqlx::query("DELETE FROM account_passkeys WHERE id = $1 AND account_id = $2 RETURNING name")
        .bind(id.to_string())
        .bind(account.to_string())
        .fetch_optional(connection)
        .await
        .context("removing a passkey")?;
    row.map(|row| Ok(row.try_get::<&str, _>("name")?.parse()?)).transpose()
}
