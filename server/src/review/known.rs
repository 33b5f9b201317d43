//! What was read lately of products that somebody just looks at. A write forgets it; a read that was
//! under way meanwhile does not stay. In a shared database it is believed for a short time only.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::catalog::ProductId;
use domain::review::ports::About;
use moka::future::Cache;

use crate::fault::shared;

const MAX_PRODUCTS: u64 = 2_000;
const SHARED_AGE: Duration = Duration::from_secs(5);
const FOREVER: Duration = Duration::from_hours(100 * 365 * 24);

#[derive(Debug)]
pub(super) struct Known {
    about: Cache<ProductId, Arc<About>>,
    forgotten: AtomicU64,
}

impl Known {
    pub(super) fn new(is_shared: bool) -> Self {
        let age = if is_shared { SHARED_AGE } else { FOREVER };
        let about = Cache::builder().max_capacity(MAX_PRODUCTS).time_to_live(age).build();
        Self { about, forgotten: AtomicU64::new(0) }
    }

    pub(super) async fn about<F>(&self, product: &ProductId, read: F) -> anyhow::Result<Arc<About>>
    where
        F: Future<Output = anyhow::Result<Arc<About>>>,
    {
        let before = self.forgotten.load(Ordering::Acquire);
        let read = self.about.try_get_with_by_ref(product, read).await;
        if self.forgotten.load(Ordering::Acquire) != before {
            self.about.invalidate(product).await;
        }
        read.map_err(|fault: Arc<anyhow::Error>| shared(&fault))
    }

    pub(super) async fn forget(&self, product: &ProductId) {
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        self.about.invalidate(product).await;
    }
}
