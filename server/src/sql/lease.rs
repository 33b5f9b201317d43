use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use sqlx::Row;
use uuid::Uuid;

use super::Sql;

/// What is not renewed that long is free: its owner is dead.
pub(crate) const LEASE_MS: i64 = 15_000;
/// The clocks of several servers may be that far apart.
pub(crate) const MAX_CLOCK_SKEW_MS: i64 = 5_000;
/// A server that lives says so three times within a lease.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(5);
/// How long work that failed under a lease is let be.
const FAULT_PAUSE: Duration = Duration::from_secs(30);

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
             WHERE leases.owner = excluded.owner OR leases.until_ms <= $4 OR leases.until_ms > $5
             RETURNING until_ms",
        )
        .bind(name)
        .bind(self.server())
        .bind(now + LEASE_MS)
        .bind(now)
        .bind(latest_lease_ms(now))
        .fetch_optional(&mut *transaction)
        .await
        .context("taking a lease")?;
        transaction.commit().await.context("committing a lease")?;
        Ok(taken.map(|row| row.try_get("until_ms")).transpose()?)
    }

    /// Whether any server lives.
    pub(crate) async fn is_anybody_there(sql: &Sql) -> anyhow::Result<bool> {
        let now = now_ms();
        let living = sqlx::query("SELECT owner FROM leases WHERE name = owner AND until_ms > $1 AND until_ms <= $2")
            .bind(now)
            .bind(latest_lease_ms(now));
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
        let now = now_ms();
        let mut transaction = self.sql.begin().await?;
        sqlx::query("DELETE FROM leases WHERE until_ms <= $1 OR until_ms > $2")
            .bind(now)
            .bind(latest_lease_ms(now))
            .execute(&mut *transaction)
            .await?;
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

    /// Does work that has no end on one server at a time, until the task is dropped: where a lease is free,
    /// and anew after a fault. What the work knows it has from the moment on when it took the lease.
    pub(crate) async fn work<F>(&self, name: &str, work: impl Fn() -> F)
    where
        F: Future<Output = anyhow::Result<()>>,
    {
        loop {
            let pause = match self.hold(name, work()).await {
                Ok(()) => RENEWAL_INTERVAL,
                Err(fault) => {
                    tracing::error!("working under the lease {name}: {fault:#}");
                    FAULT_PAUSE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Does work while a lease is kept, and drops it as soon as the lease is lost; does nothing while it is
    /// another server's.
    async fn hold(&self, name: &str, work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
        let Some(until_ms) = self.take(name).await? else { return Ok(()) };
        tokio::select! {
            // A server that was stopped for long looks at the lease before it goes on with the work.
            biased;
            () = self.keep(name, until_ms) => Ok(()),
            done = work => done,
        }
    }

    /// Renews a lease until it is lost. One that lapsed counts as lost, whoever has it now: another server
    /// may have had it meanwhile.
    async fn keep(&self, name: &str, mut until_ms: i64) {
        loop {
            tokio::time::sleep(RENEWAL_INTERVAL).await;
            if !lasts(until_ms, now_ms()) {
                return;
            }
            match self.take(name).await {
                Ok(Some(renewed_ms)) if lasts(until_ms, now_ms()) => until_ms = renewed_ms,
                Ok(_) => return,
                Err(fault) => tracing::error!("renewing the lease {name}: {fault:#}"),
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

/// Until when a lease that was taken by now lasts at most. One that is to last longer was taken by a clock
/// that was set back since: it has lapsed, for nobody knows how long its owner is dead.
pub(crate) const fn latest_lease_ms(now_ms: i64) -> i64 {
    now_ms + LEASE_MS + MAX_CLOCK_SKEW_MS
}

/// Whether a lease until a moment is somebody's now.
const fn lasts(until_ms: i64, now_ms: i64) -> bool {
    now_ms < until_ms && until_ms <= latest_lease_ms(now_ms)
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const LEASE: &str = "learning";
    const DEADLINE: Duration = Duration::from_mins(1);

    /// Work that says how often it was begun, and never ends.
    async fn begin(begun: &AtomicU32) -> anyhow::Result<()> {
        begun.fetch_add(1, Ordering::SeqCst);
        std::future::pending().await
    }

    async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
        let waited = tokio::time::timeout(DEADLINE, async {
            while !is_so().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("{what}"));
    }

    async fn until_ms(sql: &Sql) -> i64 {
        let statement = "SELECT until_ms FROM leases WHERE name = $1";
        sqlx::query_scalar(statement).bind(LEASE).fetch_one(sql.readers()).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn work_is_done_on_one_server_and_begun_anew_when_its_lease_lapsed() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Sql::open(&format!("sqlite://{}/store.sqlite", folder.path().display())).await.unwrap();
        let (one, two) = (Leases::new(sql.clone()), Leases::new(sql.clone()));
        let begun = Arc::new(AtomicU32::new(0));
        let (leases, counted) = (one.clone(), begun.clone());
        let working = tokio::spawn(async move { leases.work(LEASE, || begin(&counted)).await });
        until("it begins", async || begun.load(Ordering::SeqCst) == 1).await;
        let first_ms = until_ms(&sql).await;
        until("the lease is renewed", async || until_ms(&sql).await > first_ms).await;
        assert_eq!(two.take(LEASE).await.unwrap(), None);

        // The first server is stopped for longer than its lease, and the second one works meanwhile.
        let mut transaction = sql.begin().await.unwrap();
        sqlx::query("UPDATE leases SET until_ms = 0").execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(two.take(LEASE).await.unwrap().is_some());
        tokio::time::sleep(RENEWAL_INTERVAL * 2).await;
        assert_eq!(begun.load(Ordering::SeqCst), 1, "the lease is another server's");
        two.give_back(LEASE).await.unwrap();
        until("it begins anew", async || begun.load(Ordering::SeqCst) == 2).await;
        working.abort();
        sql.close().await;
    }

    #[test]
    fn a_lease_lasts_until_its_end_and_no_longer_than_any_lease() {
        let now = now_ms();
        assert!(lasts(now + 1, now) && !lasts(now, now));
        let latest = latest_lease_ms(now);
        assert!(lasts(latest, now) && !lasts(latest + 1, now));
    }

    #[tokio::test]
    async fn a_lease_that_was_taken_by_a_clock_that_was_set_back_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Sql::open(&format!("sqlite://{}/store.sqlite", folder.path().display())).await.unwrap();
        let (one, two) = (Leases::new(sql.clone()), Leases::new(sql.clone()));
        one.take(one.server()).await.unwrap();
        one.take(LEASE).await.unwrap();
        assert!(Leases::is_anybody_there(&sql).await.unwrap());
        let mut transaction = sql.begin().await.unwrap();
        let statement = "UPDATE leases SET until_ms = until_ms + 3600000";
        sqlx::query(statement).execute(&mut *transaction).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(!Leases::is_anybody_there(&sql).await.unwrap());
        assert!(two.take(LEASE).await.unwrap().is_some());
        assert_eq!(one.take(LEASE).await.unwrap(), None, "it is another server's");
        sql.close().await;
    }

    #[tokio::test]
    async fn a_lease_that_lapsed_is_lost_even_where_nobody_took_it() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Sql::open(&format!("sqlite://{}/store.sqlite", folder.path().display())).await.unwrap();
        let leases = Leases::new(sql.clone());
        tokio::time::timeout(DEADLINE, leases.keep(LEASE, now_ms())).await.unwrap();
        let fault = leases.hold(LEASE, async { Err(anyhow::anyhow!("no")) }).await.unwrap_err();
        assert_eq!(fault.to_string(), "no");
        sql.close().await;
    }
}
