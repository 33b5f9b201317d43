//! The SQL database: the truth for whatever must add up. SQLite in a file by default, PostgreSQL
//! by its address; the same statements run on both. Each noun writes its own tables and nobody
//! else's.

mod group;
mod lease;
pub(crate) mod rows;

use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use futures::future::{BoxFuture, FutureExt as _, ready};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Transaction};
use tokio::time::timeout;

pub(crate) use group::{GroupCommit, Queue, Write};
pub(crate) use lease::{LEASE_MS, Leases, MAX_CLOCK_SKEW_MS, latest_lease_ms, now_ms};
pub(crate) use rows::{Cell, pattern_of};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// What the driver calls it.
const SQLITE_NAME: &str = "SQLite";
/// Each reader is a thread with SQLite; a busy machine lets them wait for one another.
const READERS: u32 = 8;
/// Readers go on while one writes; a commit is on the disk when it returns.
const PRAGMAS: [&str; 4] = [
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
];
/// The writer keeps up to 16 MiB of pages in memory: keys are random, and what they touch is all over the
/// file. It moves what was written into the file after 64 MiB, for then a page that was written often
/// is moved once; meanwhile others wait for it.
/// A statement over many rows can be taken back alone; what that needs stays in memory too.
const WRITER_PRAGMAS: [&str; 3] =
    ["PRAGMA cache_size = -16384", "PRAGMA wal_autocheckpoint = 16384", "PRAGMA temp_store = MEMORY"];
/// A reader keeps half a MiB of pages: the system has the file in its own memory, once for all readers.
const READER_PRAGMAS: [&str; 1] = ["PRAGMA cache_size = -512"];
const POSTGRES_WRITERS: u32 = 8;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Longer than anybody writes for.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// Connections to read and to write with.
#[derive(Debug, Clone)]
pub(crate) struct Sql {
    readers: AnyPool,
    writers: AnyPool,
    dialect: &'static Dialect,
}

/// What the two databases say differently.
#[derive(Debug)]
struct Dialect {
    begin: &'static str,
    begin_snapshot: &'static str,
    has_one_writer: bool,
}

const SQLITE: Dialect = Dialect { begin: "BEGIN IMMEDIATE", begin_snapshot: "BEGIN", has_one_writer: true };
const POSTGRES: Dialect = Dialect {
    begin: "BEGIN",
    begin_snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    has_one_writer: false,
};

impl Sql {
    /// Opens the database of an address such as `sqlite://data/store.sqlite` or
    /// `postgres://user@host/store` and brings its schema up to date.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        let address = if is_sqlite { made_where_missing(url) } else { url.to_owned() };
        let options = AnyConnectOptions::from_str(&address).context("reading the address of the SQL database")?;
        // SQLite has one writer at a time: one connection makes the others wait in turn instead
        // of failing as busy.
        let writers = pool(is_sqlite, if is_sqlite { 1 } else { POSTGRES_WRITERS }, &WRITER_PRAGMAS);
        let writers = writers.connect_with(options.clone()).await;
        let writers = writers.context("opening the SQL database")?;
        MIGRATIONS.run(&writers).await.context("bringing the SQL database's schema up to date")?;
        let readers = pool(is_sqlite, READERS, &READER_PRAGMAS)
            .connect_with(options)
            .await
            .context("opening the SQL database")?;
        Ok(Self { readers, writers, dialect: if is_sqlite { &SQLITE } else { &POSTGRES } })
    }

    pub(crate) const fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(crate) async fn begin(&self) -> anyhow::Result<Transaction<'static, Any>> {
        self.writers.begin_with(self.dialect.begin).await.context("beginning a transaction")
    }

    /// A transaction that only reads, and sees the database as it is at its first statement.
    pub(crate) async fn snapshot(&self) -> anyhow::Result<Transaction<'static, Any>> {
        self.readers.begin_with(self.dialect.begin_snapshot).await.context("beginning to read")
    }

    /// Whether transactions that write wait for each other in turn.
    pub(crate) const fn has_one_writer(&self) -> bool {
        self.dialect.has_one_writer
    }

    /// Waits for those who still read or write, but never without end: a pool may count a connection as in use that
    /// came back while it was closing. What was committed is safe without it.
    pub(crate) async fn close(&self) {
        for pool in [&self.readers, &self.writers] {
            if timeout(CLOSE_TIMEOUT, pool.close()).await.is_err() {
                tracing::warn!("connections to the SQL database did not come back while it was closing");
            }
        }
    }
}

/// What a reading ends with whose rows nobody else may change until the transaction ends. With SQLite
/// nobody else writes meanwhile. Others may write rows that refer to them: whoever has one lock and writes what refers
/// to a row that somebody else has never waits, so that two who lock in different orders don't wait for each other.
pub(crate) fn locking(connection: &AnyConnection) -> &'static str {
    if connection.backend_name() == SQLITE_NAME { "" } else { "FOR NO KEY UPDATE" }
}

/// [`locking`], of rows that may be deleted then: nobody writes what refers to them meanwhile.
pub(crate) fn locking_to_delete(connection: &AnyConnection) -> &'static str {
    if connection.backend_name() == SQLITE_NAME { "" } else { "FOR UPDATE" }
}

/// What a reading ends with whose rows nobody may change until the transaction ends, while others read them like this
/// as well.
pub(crate) fn sharing(connection: &AnyConnection) -> &'static str {
    if connection.backend_name() == SQLITE_NAME { "" } else { "FOR SHARE" }
}

/// Sorts as Rust does, byte by byte, whatever language a database sorts for: everybody locks rows in the
/// same order.
pub(crate) fn bytewise(connection: &AnyConnection) -> &'static str {
    if connection.backend_name() == SQLITE_NAME { "COLLATE BINARY" } else { "COLLATE \"C\"" }
}

/// The address of a file that is made where there is none, unless the address says otherwise itself.
fn made_where_missing(url: &str) -> String {
    match url.split_once('?') {
        None => format!("{url}?mode=rwc"),
        Some((_, parameters)) if parameters.split('&').any(|parameter| parameter.starts_with("mode=")) => {
            url.to_owned()
        }
        Some(_) => format!("{url}&mode=rwc"),
    }
}

fn pool(is_sqlite: bool, connections: u32, pragmas: &'static [&'static str]) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE_TIMEOUT);
    if !is_sqlite {
        return options;
    }
    // A file does not hang up, and asking whether it did would double the work of each read.
    options.test_before_acquire(false).before_acquire(|connection, _| has_no_transaction(connection)).after_connect(
        move |connection, _| {
            Box::pin(async move {
                for pragma in PRAGMAS.iter().chain(pragmas) {
                    sqlx::query(*pragma).execute(&mut *connection).await?;
                }
                Ok(())
            })
        },
    )
}

/// Whether a connection can begin a transaction. Where the disk is full SQLite ends one by itself, and the driver
/// takes it for open ever after.
fn has_no_transaction(connection: &AnyConnection) -> BoxFuture<'static, sqlx::Result<bool>> {
    ready(Ok(!connection.is_in_transaction())).boxed()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use sqlx::migrate::{Migration, Migrator};

    use super::*;

    /// A store with orders in every state, as it stood before returns, letters and policies of stock.
    const OLD_ROWS: &str = include_str!("old_rows.sql");

    /// The schema of a file up to a version, and what is written into it then.
    async fn as_of(url: &str, version: i64, rows: &'static str) {
        sqlx::any::install_default_drivers();
        let options = AnyConnectOptions::from_str(&made_where_missing(url)).unwrap();
        let pool = pool(true, 1, &WRITER_PRAGMAS).connect_with(options).await.unwrap();
        let older: Vec<Migration> = MIGRATIONS.iter().filter(|one| one.version <= version).cloned().collect();
        Migrator { migrations: Cow::Owned(older), ..Migrator::DEFAULT }.run(&pool).await.unwrap();
        sqlx::raw_sql(rows).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// The first column of what a statement finds, which is text.
    async fn all(sql: &Sql, statement: &'static str) -> Vec<String> {
        sqlx::query_scalar(statement).fetch_all(sql.readers()).await.unwrap()
    }

    #[tokio::test]
    async fn a_store_from_before_returns_letters_and_policies_keeps_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("store.sqlite").display());
        as_of(&url, 31, OLD_ROWS).await;
        let sql = Sql::open(&url).await.unwrap();
        let stock =
            "SELECT sku || ' ' || on_hand || ' ' || reserved || ' ' || allocated || ' ' || policy || ' ' || beyond
                     FROM stock ORDER BY sku";
        assert_eq!(all(&sql, stock).await, ["LAMP 9 1 2 stop 0", "MUG 0 0 0 stop 0"]);
        let reservations = "SELECT order_id || ' ' || quantity || ' ' || state FROM reservations ORDER BY order_id";
        assert_eq!(all(&sql, reservations).await, ["c 2 allocated", "p 1 reserved", "s 1 sent", "x 1 released"]);
        let movements = "SELECT id || ' ' || COALESCE(order_id, reference) FROM stock_movements ORDER BY id";
        assert_eq!(all(&sql, movements).await, ["1 olga@example.com", "2 p"]);
        // Nobody is told of the past, and what was on its way to a letter still is.
        let letters = "SELECT order_id || ' ' || kind FROM order_letters WHERE written_at IS NULL ORDER BY 1";
        let silent = ["c confirmed", "d confirmed", "s confirmed", "s refunded-500", "s sent", "x cancelled"];
        assert_eq!(all(&sql, letters).await, silent);
        let told = "SELECT id || ' ' || consumer || ' ' || key FROM outbox ORDER BY id";
        assert_eq!(all(&sql, told).await, ["1 graph c", "1-mail mail c", "2 graph s", "3 catalog LAMP"]);
        // What gift cards were made over before is owed in the ledger.
        let entries = "SELECT account || ' ' || layer || ' ' || minor_units FROM ledger_entries
                       ORDER BY posting_id, position";
        let owed = ["issued posted 5000", "gift_card posted -5000"];
        assert_eq!(all(&sql, entries).await, [["gateway pending 2450", "customer pending -2450"], owed].concat());
        let sums = "SELECT account || ' ' || layer || ' ' || minor_units FROM ledger_sums ORDER BY account DESC";
        assert_eq!(all(&sql, sums).await, owed);
        sql.close().await;
    }

    #[tokio::test]
    async fn a_transaction_that_the_database_ended_by_itself_keeps_nobody_from_writing() {
        let folder = tempfile::tempdir().unwrap();
        let sql = Sql::open(&format!("sqlite://{}/store.sqlite", folder.path().display())).await.unwrap();
        for _ in 0..2 {
            let mut transaction = sql.begin().await.unwrap();
            sqlx::raw_sql("ROLLBACK").execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap_err();
        }
        sql.begin().await.unwrap().commit().await.unwrap();
        sql.close().await;
    }

    #[test]
    fn a_file_is_made_unless_its_address_says_otherwise() {
        for (url, address) in [
            ("sqlite://data/store.sqlite", "sqlite://data/store.sqlite?mode=rwc"),
            ("sqlite://store.sqlite?cache=private", "sqlite://store.sqlite?cache=private&mode=rwc"),
            ("sqlite://store.sqlite?mode=rw", "sqlite://store.sqlite?mode=rw"),
        ] {
            assert_eq!(made_where_missing(url), address);
        }
    }
}
