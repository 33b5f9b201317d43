//! The embedded SurrealDB with limits on its memory. Left alone, its storage engine takes half of the
//! machine's memory for caches and 128 MiB for each of eight write buffers; an address can't say
//! otherwise, so the database is built by hand.

use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb_cnf::ConfigMap;
use surrealdb_engine_local::Datastore;

/// A row is read with the whole block that it is in.
const BLOCK_BYTES: u32 = 16 * 1024;
/// Blocks and rows that were read lately share this many bytes.
const CACHE_BYTES: u32 = 32 * 1024 * 1024;
const WRITE_BUFFER_BYTES: u32 = 16 * 1024 * 1024;
const WRITE_BUFFERS: u32 = 3;
const LOG_FILES: u32 = 3;

/// Opens an address such as `rocksdb://data/graph`.
pub(super) async fn open(url: &str) -> anyhow::Result<Surreal<Db>> {
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
