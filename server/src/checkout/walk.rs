//! Looking through what waits in SQL again and again, a batch at a time in the order of its keys.

use std::time::Duration;

const INTERVAL: Duration = Duration::from_secs(5);
/// Before all keys.
const FIRST: &str = "";

/// Looks at once and ever after. A look is told after which key to go on, and answers that of the next one: each goes
/// on where the last one ended, so that what is held up keeps nothing else waiting.
pub(super) async fn walk<Look>(what: &str, look: impl Fn(String) -> Look)
where
    Look: Future<Output = anyhow::Result<String>>,
{
    let mut after = FIRST.to_owned();
    loop {
        after = look(after).await.unwrap_or_else(|fault| {
            tracing::error!("{what}: {fault:#}");
            FIRST.to_owned()
        });
        tokio::time::sleep(INTERVAL).await;
    }
}

/// After which key to go on when so much of a batch was found: from the beginning where it was the last one.
pub(super) fn next_after<T>(found: &[T], batch: i64, key: impl Fn(&T) -> String) -> anyhow::Result<String> {
    let is_last = i64::try_from(found.len())? < batch;
    Ok(found.last().filter(|_| !is_last).map_or_else(|| FIRST.to_owned(), key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_begins_anew_after_the_last_batch() {
        let next = |found: &[u32]| next_after(found, 2, u32::to_string).unwrap();
        assert_eq!((next(&[]), next(&[7]), next(&[7, 8])), (FIRST.to_owned(), FIRST.to_owned(), "8".to_owned()));
    }
}
