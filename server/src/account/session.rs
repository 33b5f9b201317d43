//! Sessions: who is signed in where.

use anyhow::Context;
use domain::account::{
    Account, AccountId, Admitted, Client, MAX_SESSIONS, Opened, Session, SessionId, SignedIn, Token,
};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::secret::{new_token, token_hash};
use super::store::{COLUMNS, account_of};
use super::totp;
use crate::order;
use crate::sql::Sql;

fn session_of(row: &AnyRow) -> anyhow::Result<Session> {
    Ok(Session {
        id: row.try_get::<&str, _>("id")?.parse()?,
        device: row.try_get::<&str, _>("device")?.parse()?,
        opened_at: Timestamp::from_millisecond(row.try_get("opened_ms")?)?,
        seen_at: Timestamp::from_millisecond(row.try_get("seen_ms")?)?,
    })
}

/// Opens a session and answers its token; the quietest sessions above the limit end.
pub(super) async fn open(connection: &mut AnyConnection, account: &Account, client: &Client) -> anyhow::Result<Token> {
    let (token, now_ms) = (new_token(), Timestamp::now().as_millisecond());
    sqlx::query(
        "INSERT INTO account_sessions (id, token_hash, account_id, device, opened_ms, seen_ms)
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(Uuid::now_v7().simple().to_string())
    .bind(token_hash(&token))
    .bind(account.id.to_string())
    .bind(client.device.as_str())
    .bind(now_ms)
    .execute(&mut *connection)
    .await
    .context("opening a session")?;
    sqlx::query(
        "DELETE FROM account_sessions WHERE account_id = $1 AND id NOT IN (
             SELECT id FROM account_sessions WHERE account_id = $1 ORDER BY seen_ms DESC, id DESC LIMIT $2)",
    )
    .bind(account.id.to_string())
    .bind(i64::from(MAX_SESSIONS))
    .execute(connection)
    .await
    .context("ending old sessions")?;
    Ok(token)
}

/// Opens a session for somebody whose password was right, or asks for a code first.
pub(super) async fn admit(
    connection: &mut AnyConnection,
    account: Account,
    client: &Client,
) -> anyhow::Result<Admitted> {
    if totp::is_on(connection, account.id).await? {
        return Ok(Admitted::CodeNeeded(totp::begin_half(connection, account.id).await?));
    }
    Ok(Admitted::Opened(enter(connection, account, client).await?))
}

/// Opens a session for somebody who has proved who they are; what they ordered before is theirs.
pub(super) async fn enter(connection: &mut AnyConnection, account: Account, client: &Client) -> anyhow::Result<Opened> {
    order::claim_all(connection, account.id, &account.email).await?;
    let token = open(connection, &account, client).await?;
    Ok(Opened { account, token })
}

/// Who bears a token; notes now and then that the session is used.
pub(super) async fn find(sql: &Sql, token: &Token) -> anyhow::Result<Option<SignedIn>> {
    let statement = format!(
        "SELECT account_sessions.id, device, opened_ms, seen_ms, {COLUMNS}
         FROM account_sessions JOIN accounts ON accounts.id = account_sessions.account_id WHERE token_hash = $1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(token_hash(token)).fetch_optional(sql.readers()).await;
    let Some(row) = row.context("looking for a session")? else { return Ok(None) };
    let (session, account, now) = (session_of(&row)?, account_of(&row)?, Timestamp::now());
    if !session.is_alive(account.role, now) {
        return Ok(None);
    }
    if session.is_to_be_noted(now) {
        // Nobody is signed out because a disk is full.
        if let Err(fault) = note(sql, session.id, now).await {
            tracing::warn!("the use of a session is not noted: {fault:#}");
        }
    }
    Ok(Some(SignedIn { account, session: session.id }))
}

async fn note(sql: &Sql, session: SessionId, now: Timestamp) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("UPDATE account_sessions SET seen_ms = $1 WHERE id = $2")
        .bind(now.as_millisecond())
        .bind(session.to_string())
        .execute(&mut *transaction)
        .await
        .context("noting that a session is used")?;
    transaction.commit().await.context("noting that a session is used")
}

/// The sessions of an account that can be used, the one that was used last first.
pub(super) async fn list(sql: &Sql, account: AccountId) -> anyhow::Result<Vec<Session>> {
    let statement = format!(
        "SELECT account_sessions.id, device, opened_ms, seen_ms, {COLUMNS}
         FROM account_sessions JOIN accounts ON accounts.id = account_sessions.account_id
         WHERE account_sessions.account_id = $1 ORDER BY seen_ms DESC, account_sessions.id DESC"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(account.to_string()).fetch_all(sql.readers()).await;
    let mut alive = Vec::new();
    for row in &rows.context("listing sessions")? {
        let (session, role) = (session_of(row)?, account_of(row)?.role);
        if session.is_alive(role, Timestamp::now()) {
            alive.push(session);
        }
    }
    Ok(alive)
}

pub(super) async fn end(sql: &Sql, account: AccountId, session: SessionId) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("DELETE FROM account_sessions WHERE id = $1 AND account_id = $2")
        .bind(session.to_string())
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await
        .context("ending a session")?;
    transaction.commit().await.context("ending a session")
}

pub(super) async fn end_others(sql: &Sql, account: AccountId, keep: Option<SessionId>) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("DELETE FROM account_sessions WHERE account_id = $1 AND id <> $2")
        .bind(account.to_string())
        .bind(keep.map(|session| session.to_string()).unwrap_or_default())
        .execute(&mut *transaction)
        .await
        .context("ending sessions")?;
    transaction.commit().await.context("ending sessions")
}

/// Ends every session, and what would become one.
pub(super) async fn end_all(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM account_sessions WHERE account_id = $1")
        .bind(account.to_string())
        .execute(&mut *connection)
        .await
        .context("ending all sessions")?;
    totp::end_all_halves(connection, account).await
}
