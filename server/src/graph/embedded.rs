//! The embedded SurrealDB with limits on its memory. Left alone, its storage engine takes half of the
//! machine's memory for caches and 128 MiB for each of eight write buffers; an address can't say
//! otherwise, so the database is built by hand.
//!
//! It waits for the disk on the thread that asks. Threads of its own see to it that a slow disk keeps
//! only those waiting who need something from it.

use std::future::Future;
use std::sync::Arc;

use anyhow::Context;
use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb_cnf::ConfigMap;
use surrealdb_engine_local::Datastore;
use tokio::runtime::{Builder, Runtime};

/// A row is read with the whole block that it is in.
const BLOCK_BYTES: u32 = 16 * 1024;
/// Blocks and rows that were read lately share this many bytes.
const CACHE_BYTES: u32 = 32 * 1024 * 1024;
const WRITE_BUFFER_BYTES: u32 = 16 * 1024 * 1024;
const WRITE_BUFFERS: u32 = 3;
const LOG_FILES: u32 = 3;

/// Reads and writes that wait for the disk at once.
const THREADS: usize = 3;

/// The threads on which the database runs.
#[derive(Debug, Clone)]
pub(super) struct Threads(Arc<Running>);

#[derive(Debug)]
struct Running(Option<Runtime>);

impl Threads {
    fn start() -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(THREADS).thread_name("graph").enable_all().build();
        Ok(Self(Arc::new(Running(Some(runtime.context("starting the threads of the graph database")?)))))
    }

    /// Runs something to its end on these threads, also when nobody waits for it any more.
    pub(super) async fn run<F>(&self, work: F) -> anyhow::Result<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let runtime = self.0.0.as_ref().context("the graph database is closed")?;
        runtime.spawn(work).await.context("a thread of the graph database stopped")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The last one to let go may be a task, which may not wait for threads.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Opens an address such as `rocksdb://data/graph`, on threads of its own.
pub(super) async fn open(url: &str) -> anyhow::Result<(Surreal<Db>, Threads)> {
    let threads = Threads::start()?;
    let url = url.to_owned();
    let database = threads.run(async move { open_here(&url).await }).await??;
    Ok((database, threads))
}

async fn open_here(url: &str) -> anyhow::Result<Surreal<Db>> {
    let limits = ConfigMap::empty()
        .with_key_value("rocksdb_block_size", BLOCK_BYTES.to_string())
        .with_key_value("rocksdb_block_cache_size", CACHE_BYTES.to_string())
        .with_key_value("rocksdb_write_buffer_size", WRITE_BUFFER_BYTES.to_string())
        .with_key_value("rocksdb_max_write_buffer_number", WRITE_BUFFERS.to_string())
        .with_key_value("rocksdb_keep_log_file_num", LOG_FILES.to_string());
    // Its own tasks write, and a write before the version is set would make a new database look old.
    let datastore = Datastore::builder().with_config(limits).without_maintenance_tasks().build_with_path(url).await?;
    datastore.check_version().await?;
    datastore.bootstrap().await?;
    datastore.start_maintenance_tasks();
    Ok(Surreal::<Db>::unstable_from_datastore(datastore, None).await?)
}
