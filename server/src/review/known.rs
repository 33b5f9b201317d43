//! What was read lately of products that somebody just looks at. A write forgets it. Whoever asks after a write is
//! told nothing from before it: a read that was under way meanwhile does not stay, and is not shared with those who
//! came later. In a shared database it is believed for a short time only.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::catalog::ProductId;
use domain::review::ports::About;
use moka::future::Cache;

use crate::reading::{Reading, read_after};

const MAX_PRODUCTS: u64 = 2_000;
const SHARED_AGE: Duration = Duration::from_secs(5);
const FOREVER: Duration = Duration::from_hours(100 * 365 * 24);
/// Longer than any read is under way.
const LONGEST_READ: Duration = Duration::from_mins(10);

#[derive(Debug)]
pub(super) struct Known {
    /// A reading knows the number of the write that was the product's last when it began; 0 where nobody knew of one.
    about: Cache<ProductId, Reading<Arc<About>>>,
    /// The number of the last write of each product that was written lately.
    forgotten: Cache<ProductId, u64>,
    writes: AtomicU64,
}

impl Known {
    pub(super) fn new(is_shared: bool) -> Self {
        let age = if is_shared { SHARED_AGE } else { FOREVER };
        let about = Cache::builder().max_capacity(MAX_PRODUCTS).time_to_live(age).build();
        let forgotten = Cache::builder().time_to_live(LONGEST_READ).build();
        Self { about, forgotten, writes: AtomicU64::new(0) }
    }

    /// What is kept of a product, or what is read now. Those who ask at once share one reading.
    pub(super) async fn about<F, R>(&self, product: &ProductId, read: F) -> anyhow::Result<Arc<About>>
    where
        F: Fn() -> R,
        R: Future<Output = anyhow::Result<Arc<About>>>,
    {
        let asked = self.last_write(product).await;
        let about = read_after(asked, &self.about, product, read).await;
        if self.last_write(product).await != asked {
            self.about.invalidate(product).await;
        }
        about
    }

    pub(super) async fn forget(&self, product: &ProductId) {
        let write = self.writes.fetch_add(1, Ordering::AcqRel) + 1;
        self.forgotten.insert(product.clone(), write).await;
        self.about.invalidate(product).await;
    }

    async fn last_write(&self, product: &ProductId) -> u64 {
        self.forgotten.get(product).await.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures::poll;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn whoever_asks_after_a_write_is_told_nothing_from_before_it() {
        let (known, product) = (Known::new(false), "lamp".parse().unwrap());
        let [before, after] = [(); 2].map(|()| Arc::new(About::default()));
        let written = Notify::new();
        let slow = || async {
            written.notified().await;
            Ok(before.clone())
        };
        let mut early = pin!(known.about(&product, slow));
        assert!(poll!(early.as_mut()).is_pending());
        known.forget(&product).await;
        let mut late = pin!(known.about(&product, async || Ok(after.clone())));
        assert!(poll!(late.as_mut()).is_pending(), "it waits for the reading that is under way");
        written.notify_one();
        let (early, late) = futures::join!(early, late);
        assert!(Arc::ptr_eq(&early.unwrap(), &before));
        assert!(Arc::ptr_eq(&late.unwrap(), &after));

        let read = known.about(&product, async || Ok(after.clone())).await.unwrap();
        assert!(Arc::ptr_eq(&read, &after), "what was read before the write does not stay");
    }
}
