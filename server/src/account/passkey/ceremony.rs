//! The rows of what browsers were asked and did not answer yet.

use anyhow::Context;
use domain::account::{AccountId, Ceremony, PASSKEY_OFFER_S, PasskeyName, Token};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::super::secret::token_hash;
use super::party::Begun;
use crate::sql::{Sql, now_ms};

/// What a browser was asked, and for which account.
pub(super) struct Kept {
    pub(super) account: Option<AccountId>,
    pub(super) name: Option<PasskeyName>,
    pub(super) state: String,
}

pub(super) async fn keep(
    connection: &mut AnyConnection,
    token: &Token,
    begun: &Begun,
    account: Option<AccountId>,
    life_s: i64,
) -> anyhow::Result<()> {
    if let Some(account) = account {
        // Who begins again goes on with the new one.
        sqlx::query("DELETE FROM account_ceremonies WHERE account_id = $1")
            .bind(account.to_string())
            .execute(&mut *connection)
            .await
            .context("forgetting what a browser was asked before")?;
    }
    sqlx::query(
        "INSERT INTO account_ceremonies (token_hash, account_id, name, options, state, until_ms)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(token_hash(token))
    .bind(account.map(|account| account.to_string()))
    .bind(begun.ceremony.name.as_ref().map(|name| name.as_str().to_owned()))
    .bind(begun.ceremony.options.as_ref())
    .bind(begun.state.as_str())
    .bind(now_ms() + life_s * 1000)
    .execute(connection)
    .await
    .context("keeping what a browser is asked")?;
    Ok(())
}

/// What a browser is asked, without using it up.
pub(super) async fn look(sql: &Sql, token: &Token) -> anyhow::Result<Option<Ceremony>> {
    let row = sqlx::query("SELECT name, options FROM account_ceremonies WHERE token_hash = $1 AND until_ms > $2")
        .bind(token_hash(token))
        .bind(now_ms())
        .fetch_optional(sql.readers())
        .await
        .context("looking at what a browser is asked")?;
    row.map(|row| ceremony_of(&row)).transpose()
}

fn ceremony_of(row: &AnyRow) -> anyhow::Result<Ceremony> {
    Ok(Ceremony { name: name_of(row)?, options: row.try_get::<&str, _>("options")?.into() })
}

/// What a browser is asked that shows a passkey, which it may answer as long as if it were asked now.
pub(super) async fn go_on(sql: &Sql, token: &Token) -> anyhow::Result<Option<Ceremony>> {
    let now = now_ms();
    let mut transaction = sql.begin().await?;
    let row = sqlx::query(
        "UPDATE account_ceremonies SET until_ms = $1 WHERE token_hash = $2 AND until_ms > $3 AND account_id IS NULL
         RETURNING name, options",
    )
    .bind(now + PASSKEY_OFFER_S * 1000)
    .bind(token_hash(token))
    .bind(now)
    .fetch_optional(&mut *transaction)
    .await
    .context("asking a browser on")?;
    transaction.commit().await.context("asking a browser on")?;
    row.map(|row| ceremony_of(&row)).transpose()
}

/// Uses a ceremony up, whatever becomes of its answer: of several who come with it, one gets it.
pub(super) async fn take(sql: &Sql, token: &Token) -> anyhow::Result<Option<Kept>> {
    let mut transaction = sql.begin().await?;
    let row = sqlx::query(
        "DELETE FROM account_ceremonies WHERE token_hash = $1 AND until_ms > $2 RETURNING account_id, name, state",
    )
    .bind(token_hash(token))
    .bind(now_ms())
    .fetch_optional(&mut *transaction)
    .await
    .context("taking what a browser was asked")?;
    transaction.commit().await.context("taking what a browser was asked")?;
    let kept = |row: AnyRow| {
        let account: Option<&str> = row.try_get("account_id")?;
        let account = account.map(str::parse).transpose()?;
        anyhow::Ok(Kept { account, name: name_of(&row)?, state: row.try_get("state")? })
    };
    row.map(kept).transpose()
}

fn name_of(row: &AnyRow) -> anyhow::Result<Option<PasskeyName>> {
    let name: Option<&str> = row.try_get("name")?;
    Ok(name.map(str::parse).transpose()?)
}
