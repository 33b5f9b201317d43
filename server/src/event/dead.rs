use anyhow::Context;
use domain::operator::{DeadEvent, EventId, Why};
use sqlx::{AnyConnection, Row};

use super::Fact;
use crate::alert;
use crate::sql::Sql;

/// The events that wait for an operator, the oldest first, at most so many; [`DeadEvent::MAX_SHOWN`] are shown.
pub(crate) async fn list_dead(sql: &Sql, most: u32) -> anyhow::Result<Vec<DeadEvent>> {
    let statement = "SELECT id, consumer, key, attempts, last_error FROM outbox WHERE dead = 1 ORDER BY id LIMIT $1";
    let listing = sqlx::query(statement).bind(i64::from(most)).fetch_all(sql.readers());
    let rows = listing.await.context("looking for dead events")?;
    let event = |row: sqlx::any::AnyRow| {
        anyhow::Ok(DeadEvent {
            id: row.try_get::<String, _>("id")?.parse()?,
            consumer: row.try_get::<String, _>("consumer")?.into(),
            key: row.try_get::<String, _>("key")?.into(),
            attempts: u32::try_from(row.try_get::<i64, _>("attempts")?)?,
            why: Why::noted(row.try_get::<Option<String>, _>("last_error")?.as_deref()),
        })
    };
    rows.into_iter().map(event).collect()
}

/// How many events wait for an operator.
pub(crate) async fn count_dead(sql: &Sql) -> anyhow::Result<u64> {
    count(sql, "SELECT COUNT(*) FROM outbox WHERE dead = 1").await
}

/// Events that everybody is still to hear of.
pub(crate) async fn count_on_their_way(sql: &Sql) -> anyhow::Result<u64> {
    count(sql, "SELECT COUNT(*) FROM outbox WHERE dead = 0").await
}

/// Those of them that the post takes, at a pace of its own.
pub(crate) async fn count_letters(sql: &Sql) -> anyhow::Result<u64> {
    count(sql, "SELECT COUNT(*) FROM outbox WHERE dead = 0 AND consumer = 'mail'").await
}

async fn count(sql: &Sql, statement: &'static str) -> anyhow::Result<u64> {
    let counting = sqlx::query_scalar(statement).fetch_one(sql.readers());
    let count: i64 = counting.await.context("counting the outbox")?;
    Ok(u64::try_from(count)?)
}

/// Events of one key that are still to be delivered.
pub(crate) async fn count_of_key(sql: &Sql, key: &str) -> anyhow::Result<i64> {
    let counting = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE key = $1 AND dead = 0").bind(key);
    counting.fetch_one(sql.readers()).await.context("counting the events of a key")
}

/// Lets dead events be delivered again, as if they had never failed; answers how many.
pub(crate) async fn revive_all(sql: &Sql) -> anyhow::Result<u64> {
    let mut transaction = sql.begin().await?;
    let revived = sqlx::query("UPDATE outbox SET dead = 0, attempts = 0, not_before_ms = 0 WHERE dead = 1")
        .execute(&mut *transaction)
        .await
        .context("reviving dead events")?;
    transaction.commit().await.context("reviving dead events")?;
    Ok(revived.rows_affected())
}

/// Lets a dead event be delivered again, as if it had never failed; `false` when there is none.
pub(crate) async fn revive(connection: &mut AnyConnection, event: &EventId) -> anyhow::Result<bool> {
    let revived = sqlx::query("UPDATE outbox SET dead = 0, attempts = 0, not_before_ms = 0 WHERE id = $1 AND dead = 1")
        .bind(event.as_str())
        .execute(connection)
        .await
        .context("reviving a dead event")?;
    Ok(revived.rows_affected() == 1)
}

/// Gives a dead event up, and with the letter of an alert the alert: who asks again waits anew. `false` when there is
/// none.
pub(crate) async fn drop_dead(connection: &mut AnyConnection, event: &EventId) -> anyhow::Result<bool> {
    let dropped = sqlx::query_scalar("DELETE FROM outbox WHERE id = $1 AND dead = 1 RETURNING payload")
        .bind(event.as_str())
        .fetch_optional(&mut *connection)
        .await
        .context("giving a dead event up")?;
    let Some(payload): Option<String> = dropped else { return Ok(false) };
    // What can't be read can be given up as well.
    if let Ok(Fact::AlertDue { alert }) = serde_json::from_str(&payload) {
        alert::end(connection, &[alert]).await?;
    }
    Ok(true)
}
