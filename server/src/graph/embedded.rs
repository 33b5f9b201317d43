//! The embedded SurrealDB with limits on its memory. Left alone, its storage engine takes half of the
//! machine's memory for caches and 128 MiB for each of eight write buffers; an address can't say
//! otherwise, so the database is built by hand.
//!
//! It waits for the disk on the thread that asks. Threads of its own see to it that a slow disk keeps
//! only those waiting who need something from it. Before the program ends it is closed: its storage
//! engine may not be at work while the program's own memory is taken down.
//!
//! Where the disk was full, its storage engine can't know what of its log is there, and writes nothing more
//! until it is opened anew, whatever room there is again. Whoever serves the store waits for that here.

use std::fmt;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use futures::future::{BoxFuture, FutureExt as _};
use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb_cnf::ConfigMap;
use surrealdb_engine_local::Datastore;
use tokio::runtime::{Builder, Handle, Runtime};

/// A row is read, and what is not in the cache unpacked, with the whole block that it is in.
const BLOCK_BYTES: u32 = 8 * 1024;
/// Blocks and rows that were read lately share this many bytes, with the indexes of the blocks and what tells that a
/// row is not there: where those don't stay, each row that is new unpacks them again.
const CACHE_BYTES: u32 = 24 * 1024 * 1024;
const WRITE_BUFFER_BYTES: u32 = 8 * 1024 * 1024;
const WRITE_BUFFERS: u32 = 2;
/// So many buffers that were written out are merged into all that was there before, which is packed anew with every
/// merge. Those that wait are not packed at all.
const FILES_PER_MERGE: u32 = 8;
/// A buffer with as many rows removed among five hundred would be merged at once: never, for every cart and draft
/// that is bought leaves one. One of which half was removed still is.
const REMOVED_ROWS_THAT_MERGE: u32 = 501;
/// Writes are slowed down, and stopped, where merging falls behind: what the storage engine itself takes for right.
const FILES_THAT_SLOW: u32 = 20;
const FILES_THAT_STOP: u32 = 36;
const LOG_FILES: u32 = 3;
/// How long the tidying that was under way may hold up a closing store; the rest is done after the next start.
const LAST_TIDYING_S: u32 = 5;
const CLOSE_TIMEOUT: Duration = Duration::from_secs(20);

/// What the storage engine says where the disk is full, and what it begins with: words that somebody typed may be quoted
/// by other errors.
const NO_ROOM: &str = "IO error: No space left on device";
/// How often a disk that was full is looked at.
const ROOM_INTERVAL: Duration = Duration::from_secs(5);
/// There is room again when so much can be written: twice what is in memory at most.
const ROOM_BYTES: usize = 2 * (WRITE_BUFFERS * WRITE_BUFFER_BYTES) as usize;

/// Reads and writes that wait for the disk at once.
const THREADS: usize = 3;

/// The threads on which the database runs.
#[derive(Debug, Clone)]
pub(super) struct Threads(Arc<Running>);

#[derive(Debug)]
struct Running {
    handle: Handle,
    /// Taken when they end.
    runtime: Mutex<Option<Runtime>>,
}

impl Threads {
    fn start() -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("graph")
            .enable_all()
            .build()
            .context("starting the threads of the graph database")?;
        Ok(Self(Arc::new(Running { handle: runtime.handle().clone(), runtime: Mutex::new(Some(runtime)) })))
    }

    /// Runs something to its end on these threads, also when nobody waits for it any more.
    pub(super) async fn run<F>(&self, work: F) -> anyhow::Result<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.0.handle.spawn(work).await.context("a thread of the graph database stopped")
    }

    /// Waits until nothing runs on these threads any more.
    async fn end(&self) -> anyhow::Result<()> {
        let Some(runtime) = self.0.take() else { return Ok(()) };
        Ok(tokio::task::spawn_blocking(move || runtime.shutdown_timeout(CLOSE_TIMEOUT)).await?)
    }
}

impl Running {
    fn take(&self) -> Option<Runtime> {
        self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The last one to let go may be a task, which may not wait for threads.
        if let Some(runtime) = self.take() {
            runtime.shutdown_background();
        }
    }
}

/// Ends what the database keeps its rows in. Its type is not named: nearly every future of the server
/// holds the graph, and the compiler would prove of each that all parts of a datastore may be shared.
type Shutdown = Arc<dyn Fn() -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync>;

/// The database, how what it keeps its rows in is ended, and the threads that both run on.
#[derive(Clone)]
pub(super) struct Embedded {
    /// Shared: a copy of the handle would be a session of its own.
    pub(super) database: Arc<Surreal<Db>>,
    shutdown: Shutdown,
    pub(super) threads: Threads,
    room: Arc<Room>,
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("threads", &self.threads).finish_non_exhaustive()
    }
}

impl Embedded {
    /// Takes in why a query failed.
    pub(super) fn note(&self, error: &anyhow::Error) {
        if format!("{error:#}").contains(NO_ROOM) {
            self.room.was_missing.store(true, Ordering::Relaxed);
        }
    }

    /// Waits until the disk was full and is not any more.
    pub(super) async fn has_room_again(&self) {
        loop {
            tokio::time::sleep(ROOM_INTERVAL).await;
            if self.room.was_missing.load(Ordering::Relaxed) && self.room.is_there().await {
                return;
            }
        }
    }

    /// Writes what waits to be written and stops everything that runs. Nothing can be asked afterwards.
    pub(super) async fn close(&self) -> anyhow::Result<()> {
        let closed = self.threads.run((self.shutdown)()).await;
        self.threads.end().await?;
        closed?
    }
}

/// What is left on the disk.
#[derive(Debug)]
struct Room {
    was_missing: AtomicBool,
    /// What is written to see whether there is any, beside the database.
    sample: PathBuf,
}

impl Room {
    fn beside(database: &str) -> Self {
        Self { was_missing: AtomicBool::new(false), sample: Path::new(database).with_extension("room") }
    }

    async fn is_there(&self) -> bool {
        let sample = self.sample.clone();
        let trying = tokio::task::spawn_blocking(move || {
            let written = fs::write(&sample, vec![1; ROOM_BYTES]);
            let removed = fs::remove_file(&sample);
            written.is_ok() && removed.is_ok()
        });
        trying.await.unwrap_or_default()
    }
}

/// Opens an address such as `rocksdb://data/graph`, on threads of its own.
pub(super) async fn open(url: &str) -> anyhow::Result<Embedded> {
    let threads = Threads::start()?;
    let room = Arc::new(Room::beside(url.trim_start_matches("rocksdb://")));
    let url = url.to_owned();
    let (database, shutdown) = threads.run(async move { open_here(&url).await }).await??;
    Ok(Embedded { database, shutdown, threads, room })
}

async fn open_here(url: &str) -> anyhow::Result<(Arc<Surreal<Db>>, Shutdown)> {
    let limits = ConfigMap::empty()
        .with_key_value("rocksdb_block_size", BLOCK_BYTES.to_string())
        .with_key_value("rocksdb_block_cache_size", CACHE_BYTES.to_string())
        .with_key_value("rocksdb_write_buffer_size", WRITE_BUFFER_BYTES.to_string())
        .with_key_value("rocksdb_max_write_buffer_number", WRITE_BUFFERS.to_string())
        .with_key_value("rocksdb_file_compaction_trigger", FILES_PER_MERGE.to_string())
        .with_key_value("rocksdb_level0_slowdown_writes_trigger", FILES_THAT_SLOW.to_string())
        .with_key_value("rocksdb_level0_stop_writes_trigger", FILES_THAT_STOP.to_string())
        .with_key_value("rocksdb_deletion_factory_delete_count", REMOVED_ROWS_THAT_MERGE.to_string())
        .with_key_value("rocksdb_keep_log_file_num", LOG_FILES.to_string())
        .with_key_value("rocksdb_shutdown_wait_for_compact_seconds", LAST_TIDYING_S.to_string());
    // Its own tasks write, and a write before the version is set would make a new database look old.
    let datastore = Datastore::builder().with_config(limits).without_maintenance_tasks().build_with_path(url).await?;
    datastore.check_version().await?;
    datastore.bootstrap().await?;
    datastore.start_maintenance_tasks();
    let database = Surreal::<Db>::unstable_from_datastore(datastore.clone(), None).await?;
    let shutdown = move || {
        let datastore = datastore.clone();
        async move { datastore.shutdown().await }.boxed()
    };
    Ok((Arc::new(database), Arc::new(shutdown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn room_is_looked_for_beside_the_database_and_leaves_nothing_there() {
        let folder = tempfile::tempdir().unwrap();
        let room = |path: &str| Room::beside(&folder.path().join(path).display().to_string());
        assert!(room("graph").is_there().await);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(!room("missing/graph").is_there().await);
    }
}
