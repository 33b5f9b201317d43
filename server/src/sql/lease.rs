use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use sqlx::Row;
use uuid::Uuid;

use super::Sql;

/// What is not renewed that long is free: its owner is dead. The clocks of several servers have to
/// agree to a few seconds.
pub(crate) const LEASE_MS: i64 = 15_000;
/// A server that lives says so three times within a lease.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(5);

/// The leases of one server, which have its name as their owner. Only this module writes the table
/// `leases`; what is done under a lease must do no harm when it is done twice, for a server that was
/// stopped for longer than its lease learns of it late.
#[derive(Debug, Clone)]
pub(crate) struct Leases {
    sql: Sql,
    server: Arc<str>,
}

impl Leases {
    /// The leases of a server that starts. It has a new name each time, so that what it takes up after
    /// a crash is taken up by the same rule as by any other server.
    pub(crate) fn new(sql: Sql) -> Self {
        Self { sql, server: Uuid::new_v4().simple().to_string().into() }
    }

    /// The server's name, and that of the lease that says that it lives.
    pub(crate) fn server(&self) -> &str {
        &self.server
    }

    /// Takes a lease or renews it, and answers until when (milliseconds since 1970); `None` while it is
    /// another server's.
    pub(crate) async fn take(&self, name: &str) -> anyhow::Result<Option<i64>> {
        let now = now_ms();
        let mut transaction = self.sql.begin().await?;
        let taken = sqlx::query(
            "INSERT INTO leases (name, owner, until_ms) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
             WHERE leases.owner = excluded.owner OR leases.until_ms <= $4
             RETURNING until_ms",
        )
        .bind(name)
        .bind(self.server())
        .bind(now + LEASE_MS)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await
        .context("taking a lease")?;
        transaction.commit().await.context("committing a lease")?;
        Ok(taken.map(|row| row.try_get("until_ms")).transpose()?)
    }

    /// Whether any server lives.
    pub(crate) async fn is_anybody_there(sql: &Sql) -> anyhow::Result<bool> {
        let living = sqlx::query("SELECT owner FROM leases WHERE name = owner AND until_ms > $1").bind(now_ms());
        Ok(living.fetch_optional(sql.readers()).await.context("looking for open stores")?.is_some())
    }

    /// Leaves a lease to others; one that is another server's stays.
    pub(crate) async fn give_back(&self, name: &str) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM leases WHERE name = $1 AND owner = $2")
            .bind(name)
            .bind(self.server())
            .execute(&mut *transaction)
            .await
            .context("giving a lease back")?;
        transaction.commit().await.context("giving a lease back")
    }

    /// Says for the first time that the server lives, and clears up after those that are dead.
    pub(crate) async fn open(&self) -> anyhow::Result<()> {
        self.take(self.server()).await?;
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM leases WHERE until_ms <= $1").bind(now_ms()).execute(&mut *transaction).await?;
        transaction.commit().await.context("clearing up old leases")
    }

    /// Says that the server lives, until the task is dropped.
    pub(crate) async fn run(self) {
        loop {
            tokio::time::sleep(RENEWAL_INTERVAL).await;
            if let Err(fault) = self.take(self.server()).await {
                tracing::error!("saying that this server lives: {fault:#}");
            }
        }
    }

    /// Leaves everything to others at once.
    pub(crate) async fn close(&self) -> anyhow::Result<()> {
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM leases WHERE owner = $1").bind(self.server()).execute(&mut *transaction).await?;
        transaction.commit().await.context("giving all leases back")
    }
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}
