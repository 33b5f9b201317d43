use anyhow::{Context, bail};
use domain::alert::AlertId;
use domain::mail::LetterKey;
use domain::order::OrderId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::Fact;
use crate::sql::{MAX_CLOCK_SKEW_MS, Sql, now_ms};

/// A row that failed waits this long, twice as long the next time, and so on.
const SHORTEST_PAUSE_MS: i64 = 250;

/// A row of the outbox that is to be delivered.
pub(super) struct WaitingRow {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) payload: String,
    pub(super) attempts: i64,
}

impl WaitingRow {
    pub(super) fn read(row: &AnyRow) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            key: row.try_get("key")?,
            payload: row.try_get("payload")?,
            attempts: row.try_get("attempts")?,
        })
    }

    /// What the post is to write about.
    pub(super) fn told(&self) -> anyhow::Result<Told> {
        match serde_json::from_str(&self.payload).context("reading an event")? {
            Fact::OrderChanged { order } => Ok(Told::Order(order)),
            Fact::AlertDue { alert } => Ok(Told::Alert(alert)),
            other => bail!("the post writes nothing about {other:?}"),
        }
    }

    /// The order that it says changed.
    pub(super) fn order(&self) -> Option<OrderId> {
        match serde_json::from_str(&self.payload) {
            Ok(Fact::OrderChanged { order }) => Some(order),
            _ => None,
        }
    }
}

/// The part of the outbox that somebody carries.
pub(super) struct Share {
    /// What its rows have in common, in SQL.
    pub(super) condition: &'static str,
    /// When one of them may be tried that is due, in SQL; `$1` is now, `$3` the end of the longest pause.
    pub(super) when: &'static str,
    pub(super) longest_pause_ms: i64,
}

impl Share {
    /// The oldest rows that may be tried now; none waits longer than the longest pause, whatever a clock noted that
    /// was set back since.
    pub(super) async fn due(&self, sql: &Sql, limit: i64) -> anyhow::Result<Vec<WaitingRow>> {
        let (condition, when, now) = (self.condition, self.when, now_ms());
        // Constants alone; nothing that anybody typed is part of it.
        let statement = format!(
            "SELECT id, key, payload, attempts FROM outbox
             WHERE dead = 0 AND {condition} AND (not_before_ms <= $1 OR not_before_ms > $3) AND {when}
             ORDER BY id LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(now)
            .bind(limit)
            .bind(now + self.longest_pause_ms + MAX_CLOCK_SKEW_MS)
            .fetch_all(sql.readers())
            .await
            .context("looking for events that are due")?;
        rows.iter().map(WaitingRow::read).collect()
    }

    /// Whether rows wait that were tried so often or more.
    pub(super) async fn waits(&self, sql: &Sql, attempts: i64) -> anyhow::Result<bool> {
        let condition = self.condition;
        let statement = format!("SELECT id FROM outbox WHERE dead = 0 AND {condition} AND attempts >= $1 LIMIT 1");
        let asking = sqlx::query(AssertSqlSafe(statement)).bind(attempts).fetch_optional(sql.readers());
        Ok(asking.await.context("looking for events that wait")?.is_some())
    }
}

/// What letters are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Told {
    Order(OrderId),
    Alert(AlertId),
}

impl From<LetterKey> for Told {
    fn from(key: LetterKey) -> Self {
        match key {
            LetterKey::Order(id) => Self::Order(id.order),
            LetterKey::Alert(alert) => Self::Alert(alert),
        }
    }
}

/// What is noted of a row that was not delivered.
pub(super) struct Failure {
    pub(super) attempts: i64,
    /// It is left to an operator.
    pub(super) dead: bool,
    pub(super) pause_ms: i64,
    pub(super) why: String,
}

impl Failure {
    pub(super) async fn note(self, connection: &mut AnyConnection, id: &str) -> anyhow::Result<()> {
        if self.dead {
            tracing::error!(id, "an event is dead; an operator has to look at it");
        }
        sqlx::query("UPDATE outbox SET attempts = $1, dead = $2, not_before_ms = $3, last_error = $4 WHERE id = $5")
            .bind(self.attempts)
            .bind(i64::from(self.dead))
            .bind(now_ms() + self.pause_ms)
            .bind(self.why)
            .bind(id)
            .execute(connection)
            .await
            .context("noting a failed event")?;
        Ok(())
    }
}

/// How long a row waits after so many attempts, in milliseconds, and at most.
pub(super) fn pause_ms(attempts: i64, longest_ms: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or_default();
    (SHORTEST_PAUSE_MS << doublings).min(longest_ms)
}
