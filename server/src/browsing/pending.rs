use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::catalog::ProductId;
use jiff::Timestamp;
use tokio::sync::Notify;

/// Looks that wait to be written; with more, new ones are lost.
const MAX_WAITING: usize = 20_000;

/// What viewers looked at, and when they did last.
type Noted = HashMap<String, HashMap<ProductId, Timestamp>>;

/// Looks at products that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Pending {
    noted: Mutex<(Noted, usize)>,
    wake: Notify,
}

impl Pending {
    pub(super) fn add(&self, viewer: String, product: ProductId, at: Timestamp) {
        let mut noted = self.open();
        let (viewers, count) = &mut *noted;
        if *count >= MAX_WAITING {
            return;
        }
        let before = viewers.entry(viewer).or_default().insert(product, at);
        *count += usize::from(before.is_none());
        drop(noted);
        self.wake.notify_one();
    }

    /// Waits until something is noted.
    pub(super) async fn wait(&self) {
        self.wake.notified().await;
    }

    pub(super) fn take(&self) -> Noted {
        std::mem::take(&mut *self.open()).0
    }

    pub(super) fn has(&self, viewer: &str) -> bool {
        self.open().0.contains_key(viewer)
    }

    /// Forgets that somebody looked at a product, or at anything.
    pub(super) fn forget(&self, viewer: &str, product: Option<&ProductId>) {
        let mut noted = self.open();
        let (viewers, count) = &mut *noted;
        let gone = match product {
            Some(product) => usize::from(viewers.get_mut(viewer).and_then(|views| views.remove(product)).is_some()),
            None => viewers.remove(viewer).map_or(0, |views| views.len()),
        };
        *count -= gone;
    }

    fn open(&self) -> MutexGuard<'_, (Noted, usize)> {
        // Whoever panicked while holding it left it whole but for a count.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_bounded_and_can_be_forgotten() {
        let pending = Pending::default();
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let id = |number: usize| -> ProductId { format!("p-{number}").parse().unwrap() };
        (0..MAX_WAITING).for_each(|number| pending.add("a".to_owned(), id(number), now));
        pending.add("b".to_owned(), id(0), now);
        assert!(pending.has("a") && !pending.has("b"));
        pending.forget("a", Some(&id(7)));
        pending.add("b".to_owned(), id(0), now);
        assert!(pending.has("b"), "there is room again");
        pending.forget("a", None);
        assert_eq!(pending.take().into_keys().collect::<Vec<_>>(), ["b"]);
        assert!(pending.take().is_empty());
    }
}
