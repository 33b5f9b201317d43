//! What is read once for all who ask at the same time, and kept until somebody writes. Whoever asks after a write is
//! told nothing from before it: each reading knows after which write it was begun.

use std::future::Future;
use std::hash::Hash;

use moka::future::Cache;

use crate::fault::shared;

/// What was read, and how often it had been forgotten when somebody began to read it.
#[derive(Debug, Clone)]
pub(crate) struct Reading<T> {
    pub(crate) forgotten: u64,
    pub(crate) value: T,
}

/// What is kept under a key and was not read before it was forgotten as often as is asked, or what is
/// read now. Reading is dear: those who ask at once share one reading.
pub(crate) async fn read_after<K, T, F, R>(
    asked: u64,
    cache: &Cache<K, Reading<T>>,
    key: &K,
    read: F,
) -> anyhow::Result<T>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Fn() -> R,
    R: Future<Output = anyhow::Result<T>>,
{
    let begin = || async { anyhow::Ok(Reading { forgotten: asked, value: read().await? }) };
    let found = cache.try_get_with_by_ref(key, begin()).await.map_err(|fault| shared(&fault))?;
    if found.forgotten >= asked {
        return Ok(found.value);
    }
    // Somebody had begun it before the last write. Every reading that begins from here on is after it.
    cache.invalidate(key).await;
    let found = cache.try_get_with_by_ref(key, begin()).await.map_err(|fault| shared(&fault))?;
    Ok(found.value)
}
