//! The rows of alerts.

use anyhow::{Context, ensure};
use domain::account::{AccountId, Token};
use domain::alert::{Alert, AlertError, AlertId, Awaited, MAX_ALERTS, confirmed_by, ends_at};
use domain::catalog::Sku;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::key::Owner;
use crate::sql::{Sql, now_ms, rows};

/// Alerts of one SKU that are looked at together.
const BATCH: i64 = 256;

/// An alert with whose it is.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) alert: Alert,
    pub(super) owner: Owner,
}

fn alert_of(row: &AnyRow) -> anyhow::Result<Alert> {
    Ok(Alert {
        id: row.try_get::<&str, _>("id")?.parse()?,
        sku: row.try_get::<&str, _>("sku")?.parse()?,
        awaited: serde_json::from_str::<Awaited>(row.try_get("awaited")?).context("reading what is waited for")?,
        asked_at: row.try_get::<&str, _>("asked_at")?.parse().context("reading when an alert was asked for")?,
    })
}

fn kept_of(row: &AnyRow) -> anyhow::Result<Kept> {
    let account: Option<&str> = row.try_get("account_id")?;
    let owner = match account {
        Some(account) => Owner::Account(account.parse()?),
        None => Owner::Email(row.try_get::<&str, _>("email")?.parse()?),
    };
    Ok(Kept { alert: alert_of(row)?, owner })
}

/// Writes an alert down. One that waits for the same stays, and this one is not kept; `asked` has the hash of the
/// token that is to confirm it.
async fn insert(connection: &mut AnyConnection, kept: &Kept, asked: Option<String>) -> anyhow::Result<bool> {
    let Kept { alert: Alert { id, sku, awaited, asked_at }, owner } = kept;
    let (account, email) = match owner {
        Owner::Account(account) => (Some(account.to_string()), None),
        Owner::Email(email) => (None, Some(email.to_string())),
    };
    let (state, until) =
        if asked.is_some() { ("asked", confirmed_by(*asked_at)) } else { ("waiting", ends_at(*asked_at)) };
    let added = sqlx::query(
        "INSERT INTO alerts (id, owner, account_id, email, sku, kind, awaited, state, token_hash, asked_at, until_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
    )
    .bind(id.to_string())
    .bind(owner.hash().reveal())
    .bind(account)
    .bind(email)
    .bind(sku.as_str())
    .bind(awaited.kind().parameter())
    .bind(serde_json::to_string(awaited)?)
    .bind(state)
    .bind(asked)
    .bind(asked_at.to_string())
    .bind(until.as_millisecond())
    .execute(connection)
    .await
    .context("keeping an alert")?;
    Ok(added.rows_affected() == 1)
}

/// Keeps an alert that is to be confirmed.
pub(super) async fn keep_asked(connection: &mut AnyConnection, kept: &Kept, token_hash: String) -> anyhow::Result<()> {
    insert(connection, kept, Some(token_hash)).await.map(drop)
}

/// Keeps an alert that waits, unless its owner waits for the same already.
///
/// # Errors
/// [`AlertError::TooManyAlerts`]: the transaction is not to be committed.
pub(super) async fn keep(connection: &mut AnyConnection, kept: &Kept) -> anyhow::Result<()> {
    clear_away_of(connection, &kept.owner).await?;
    if insert(connection, kept, None).await? {
        let count = count_of(connection, &kept.owner.hash()).await?;
        ensure!(count <= i64::try_from(MAX_ALERTS)?, AlertError::TooManyAlerts);
    }
    Ok(())
}

/// Makes room for what somebody asks for where they asked before, too long ago.
async fn clear_away_of(connection: &mut AnyConnection, owner: &Owner) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM alerts WHERE owner = $1 AND until_ms <= $2")
        .bind(owner.hash().reveal())
        .bind(now_ms())
        .execute(connection)
        .await
        .context("clearing alerts of an owner away")?;
    Ok(())
}

/// How many alerts of an owner wait.
pub(super) async fn count_of(connection: &mut AnyConnection, owner: &Token) -> anyhow::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM alerts WHERE owner = $1 AND state <> 'asked' AND until_ms > $2")
        .bind(owner.reveal())
        .bind(now_ms())
        .fetch_one(connection)
        .await
        .context("counting alerts")
}

/// What a link confirms.
pub(super) async fn look_at_asked(sql: &Sql, token_hash: String) -> anyhow::Result<Option<Alert>> {
    let row = sqlx::query("SELECT id, sku, awaited, asked_at FROM alerts WHERE token_hash = $1 AND until_ms > $2")
        .bind(token_hash)
        .bind(now_ms())
        .fetch_optional(sql.readers())
        .await
        .context("looking at the link of an alert")?;
    row.as_ref().map(alert_of).transpose()
}

/// Takes what a link confirms: of several who come with it, one gets it.
pub(super) async fn take_asked(connection: &mut AnyConnection, token_hash: String) -> anyhow::Result<Option<Kept>> {
    let row = sqlx::query(
        "DELETE FROM alerts WHERE token_hash = $1 AND until_ms > $2
         RETURNING id, account_id, email, sku, awaited, asked_at",
    )
    .bind(token_hash)
    .bind(now_ms())
    .fetch_optional(connection)
    .await
    .context("using the link of an alert")?;
    row.as_ref().map(kept_of).transpose()
}

/// What a customer waits for, the newest first.
pub(super) async fn list(sql: &Sql, account: AccountId) -> anyhow::Result<Vec<Alert>> {
    // Keys grow with time.
    let rows = sqlx::query(
        "SELECT id, sku, awaited, asked_at FROM alerts
         WHERE account_id = $1 AND state <> 'asked' AND until_ms > $2 ORDER BY id DESC",
    )
    .bind(account.to_string())
    .bind(now_ms())
    .fetch_all(sql.readers())
    .await
    .context("listing alerts")?;
    rows.iter().map(alert_of).collect()
}

pub(super) async fn remove(sql: &Sql, account: AccountId, id: AlertId) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("DELETE FROM alerts WHERE id = $1 AND account_id = $2")
        .bind(id.to_string())
        .bind(account.to_string())
        .execute(&mut *transaction)
        .await
        .context("removing an alert")?;
    transaction.commit().await.context("removing an alert")
}

/// Removes all that an owner asked for.
pub(super) async fn remove_all(sql: &Sql, owner: &Token) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("DELETE FROM alerts WHERE owner = $1")
        .bind(owner.reveal())
        .execute(&mut *transaction)
        .await
        .context("removing alerts")?;
    transaction.commit().await.context("removing alerts")
}

/// Removes what a customer waits for whose account ends.
pub(crate) async fn forget(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM alerts WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("removing the alerts of an account")?;
    Ok(())
}

/// Ends alerts whose letters were handed over.
pub(crate) async fn end(connection: &mut AnyConnection, ended: &[AlertId]) -> anyhow::Result<()> {
    rows::with_keys(connection, "DELETE FROM alerts WHERE id IN", &texts(ended), "").await.map(drop)
}

pub(super) async fn clear_away(sql: &Sql) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    sqlx::query("DELETE FROM alerts WHERE until_ms <= $1")
        .bind(now_ms())
        .execute(&mut *transaction)
        .await
        .context("clearing alerts away")?;
    transaction.commit().await.context("clearing alerts away")
}

/// Those of some SKUs that anybody waits for.
pub(super) async fn awaited_of(sql: &Sql, skus: &[Sku]) -> anyhow::Result<Vec<Sku>> {
    let mut reader = sql.readers().acquire().await.context("looking for alerts")?;
    // Whoever imports a catalog into a store where nobody waits asks nothing more.
    let any = sqlx::query("SELECT id FROM alerts WHERE state = 'waiting' LIMIT 1").fetch_optional(&mut *reader);
    if any.await.context("looking for alerts")?.is_none() {
        return Ok(Vec::new());
    }
    let skus: Vec<String> = skus.iter().map(Sku::to_string).collect();
    let statement = "SELECT DISTINCT sku FROM alerts WHERE state = 'waiting' AND sku IN";
    let found = rows::with_keys(&mut reader, statement, &skus, "").await?;
    found.iter().map(|row| Ok(row.try_get::<&str, _>("sku")?.parse()?)).collect()
}

/// Alerts of a SKU that wait, those behind one, not all at once.
pub(super) async fn waiting_for(sql: &Sql, sku: &Sku, after: Option<AlertId>) -> anyhow::Result<Vec<Alert>> {
    let rows = sqlx::query(
        "SELECT id, sku, awaited, asked_at FROM alerts
         WHERE sku = $1 AND state = 'waiting' AND id > $2 AND until_ms > $3 ORDER BY id LIMIT $4",
    )
    .bind(sku.as_str())
    .bind(after.map(|id| id.to_string()).unwrap_or_default())
    .bind(now_ms())
    .bind(BATCH)
    .fetch_all(sql.readers())
    .await
    .context("looking who waits")?;
    rows.iter().map(alert_of).collect()
}

/// Takes alerts out of those that wait. Answers which: of two that try, one gets an alert.
pub(super) async fn claim(connection: &mut AnyConnection, due: &[AlertId]) -> anyhow::Result<Vec<AlertId>> {
    let statement = "UPDATE alerts SET state = 'due' WHERE state = 'waiting' AND id IN";
    let claimed = rows::with_keys(connection, statement, &texts(due), "RETURNING id").await?;
    claimed.iter().map(|row| Ok(row.try_get::<&str, _>("id")?.parse()?)).collect()
}

/// Lets alerts wait again that were due.
pub(super) async fn wait_again(connection: &mut AnyConnection, ids: &[AlertId]) -> anyhow::Result<()> {
    let statement = "UPDATE alerts SET state = 'waiting' WHERE state = 'due' AND id IN";
    rows::with_keys(connection, statement, &texts(ids), "").await.map(drop)
}

/// Those of some alerts that are due still.
pub(super) async fn due(sql: &Sql, ids: &[AlertId]) -> anyhow::Result<Vec<Kept>> {
    let mut reader = sql.readers().acquire().await.context("reading alerts that are due")?;
    let statement = "SELECT id, account_id, email, sku, awaited, asked_at FROM alerts WHERE state = 'due' AND id IN";
    rows::with_keys(&mut reader, statement, &texts(ids), "").await?.iter().map(kept_of).collect()
}

fn texts(ids: &[AlertId]) -> Vec<String> {
    ids.iter().map(AlertId::to_string).collect()
}
