//! The rows of those whose password was right and who have to type a code yet.

use anyhow::Context;
use domain::account::{AccountId, HALF_SIGNED_IN_S, Token};
use sqlx::{AnyConnection, Row};

use super::super::secret::{new_token, token_hash};
use crate::sql::{Sql, now_ms};

/// Remembers that the password of an account was right.
pub(in crate::account) async fn begin(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<Token> {
    let token = new_token();
    sqlx::query("INSERT INTO account_half_signed_in (token_hash, account_id, until_ms) VALUES ($1, $2, $3)")
        .bind(token_hash(&token))
        .bind(account.to_string())
        .bind(now_ms() + HALF_SIGNED_IN_S * 1000)
        .execute(connection)
        .await
        .context("keeping a right password")?;
    Ok(token)
}

/// Forgets all that were right for an account.
pub(in crate::account) async fn end_all(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM account_half_signed_in WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("forgetting right passwords")?;
    Ok(())
}

/// Whose password was right.
pub(super) async fn find(sql: &Sql, token: &Token) -> anyhow::Result<Option<AccountId>> {
    let row = sqlx::query("SELECT account_id FROM account_half_signed_in WHERE token_hash = $1 AND until_ms > $2")
        .bind(token_hash(token))
        .bind(now_ms())
        .fetch_optional(sql.readers())
        .await
        .context("looking for a right password")?;
    row.map(|row| Ok(row.try_get::<&str, _>("account_id")?.parse()?)).transpose()
}

/// Uses a right password up.
pub(super) async fn take(connection: &mut AnyConnection, token: &Token) -> anyhow::Result<bool> {
    let taken = sqlx::query("DELETE FROM account_half_signed_in WHERE token_hash = $1 AND until_ms > $2")
        .bind(token_hash(token))
        .bind(now_ms())
        .execute(connection)
        .await
        .context("using a right password")?;
    Ok(taken.rows_affected() == 1)
}
