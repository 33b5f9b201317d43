use anyhow::Context;
use sqlx::Row;

use crate::sql::Sql;

/// An event that failed too often and waits for an operator.
#[derive(Debug)]
pub(crate) struct DeadEvent {
    pub(crate) consumer: String,
    pub(crate) key: String,
    pub(crate) last_error: Option<String>,
}

/// The events that wait for an operator, the oldest first.
pub(crate) async fn list_dead(sql: &Sql) -> anyhow::Result<Vec<DeadEvent>> {
    let rows = sqlx::query("SELECT consumer, key, last_error FROM outbox WHERE dead = 1 ORDER BY id")
        .fetch_all(sql.readers())
        .await
        .context("looking for dead events")?;
    let event = |row: sqlx::any::AnyRow| {
        anyhow::Ok(DeadEvent {
            consumer: row.try_get("consumer")?,
            key: row.try_get("key")?,
            last_error: row.try_get("last_error")?,
        })
    };
    rows.into_iter().map(event).collect()
}

/// Lets dead events be delivered again, as if they had never failed; answers how many.
pub(crate) async fn revive(sql: &Sql) -> anyhow::Result<u64> {
    let mut transaction = sql.begin().await?;
    let revived = sqlx::query("UPDATE outbox SET dead = 0, attempts = 0, not_before_ms = 0 WHERE dead = 1")
        .execute(&mut *transaction)
        .await
        .context("reviving dead events")?;
    transaction.commit().await.context("reviving dead events")?;
    Ok(revived.rows_affected())
}
