//! The SQL database: the truth for whatever must add up. SQLite in a file by default, PostgreSQL
//! by its address; the same statements run on both. Each noun writes its own tables and nobody
//! else's.

mod lease;

use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, Transaction};

pub(crate) use lease::{LEASE_MS, Leases, now_ms};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// Each reader is a thread with SQLite; a busy machine lets them wait for one another.
const READERS: u32 = 8;
const POSTGRES_WRITERS: u32 = 8;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Connections to read and to write with.
#[derive(Debug, Clone)]
pub(crate) struct Sql {
    readers: AnyPool,
    writers: AnyPool,
    begin: &'static str,
    begin_snapshot: &'static str,
}

impl Sql {
    /// Opens the database of an address such as `sqlite://data/store.sqlite` or
    /// `postgres://user@host/store` and brings its schema up to date.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        let address = if is_sqlite { format!("{url}?mode=rwc") } else { url.to_owned() };
        let options = AnyConnectOptions::from_str(&address).context("reading the address of the SQL database")?;
        // SQLite has one writer at a time: one connection makes the others wait in turn instead
        // of failing as busy.
        let writers = pool(is_sqlite, if is_sqlite { 1 } else { POSTGRES_WRITERS }).connect_with(options.clone()).await;
        let writers = writers.context("opening the SQL database")?;
        MIGRATIONS.run(&writers).await.context("bringing the SQL database's schema up to date")?;
        let readers = pool(is_sqlite, READERS).connect_with(options).await.context("opening the SQL database")?;
        let (begin, begin_snapshot) = if is_sqlite {
            ("BEGIN IMMEDIATE", "BEGIN")
        } else {
            ("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        };
        Ok(Self { readers, writers, begin, begin_snapshot })
    }

    pub(crate) const fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(crate) async fn begin(&self) -> anyhow::Result<Transaction<'static, Any>> {
        self.writers.begin_with(self.begin).await.context("beginning a transaction")
    }

    /// A transaction that only reads, and sees the database as it is at its first statement.
    pub(crate) async fn snapshot(&self) -> anyhow::Result<Transaction<'static, Any>> {
        self.readers.begin_with(self.begin_snapshot).await.context("beginning to read")
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

fn pool(is_sqlite: bool, connections: u32) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE_TIMEOUT);
    if !is_sqlite {
        return options;
    }
    // A file does not hang up, and asking whether it did would double the work of each read.
    options.test_before_acquire(false).after_connect(|connection, _| {
        Box::pin(async move {
            // Readers go on while one writes; a commit is on the disk when it returns.
            for pragma in [
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA busy_timeout = 5000",
                "PRAGMA foreign_keys = ON",
            ] {
                sqlx::query(pragma).execute(&mut *connection).await?;
            }
            Ok(())
        })
    })
}
