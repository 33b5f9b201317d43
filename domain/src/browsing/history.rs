use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use crate::catalog::ProductId;

/// Products that a history holds, the ones looked at last.
pub const MAX_VIEWED_PRODUCTS: usize = 100;
/// Products that somebody can dismiss; with more, those from longest ago may come back.
pub const MAX_DISMISSED_PRODUCTS: usize = 200;
/// What was looked at longer ago is forgotten, and so is what a guest dismissed.
pub const MAX_VIEWED_DAYS: i64 = 90;

/// That somebody looked at a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub product: ProductId,
    /// The last time.
    pub at: Timestamp,
}

/// What somebody looked at, the last first; each product once, no more than [`MAX_VIEWED_PRODUCTS`] and
/// nothing from before [`oldest_kept`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(Vec<View>);

impl History {
    /// Keeps of some views what a history may hold now.
    pub fn of(views: impl IntoIterator<Item = View>, now: Timestamp) -> Self {
        let mut views: Vec<View> = views.into_iter().filter(|view| view.at >= oldest_kept(now)).collect();
        views.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.product.cmp(&other.product)));
        let mut seen = HashSet::new();
        views.retain(|view| seen.insert(view.product.clone()));
        views.truncate(MAX_VIEWED_PRODUCTS);
        Self(views)
    }

    /// Both histories as one: a product that is in both was looked at when it was last.
    #[must_use]
    pub fn joined(self, other: Self, now: Timestamp) -> Self {
        Self::of(self.0.into_iter().chain(other.0), now)
    }

    pub fn views(&self) -> &[View] {
        &self.0
    }

    pub fn has(&self, product: &ProductId) -> bool {
        self.0.iter().any(|view| view.product == *product)
    }
}

/// The moment before which nothing is kept.
pub fn oldest_kept(now: Timestamp) -> Timestamp {
    const DAY_HOURS: i64 = 24;
    // The beginning of time has nothing before it either.
    now.checked_sub(SignedDuration::from_hours(MAX_VIEWED_DAYS * DAY_HOURS)).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-25T12:00:00Z".parse().unwrap()
    }

    fn view((product, hours_ago): (u32, i64)) -> View {
        View { product: format!("p-{product}").parse().unwrap(), at: now() - hours_ago.hours() }
    }

    fn history(views: &[(u32, i64)]) -> History {
        History::of(views.iter().copied().map(view), now())
    }

    #[test]
    fn a_history_is_bounded_in_products_and_in_days() {
        let many: Vec<_> = (0..101).map(|product| (product, i64::from(product))).collect();
        assert_eq!(history(&many[..100]).views().len(), 100);
        assert_eq!(history(&many).views().len(), MAX_VIEWED_PRODUCTS);
        assert!(!history(&many).has(&view((100, 0)).product), "the oldest goes");
        assert_eq!(history(&[(1, 90 * 24), (2, 90 * 24 + 1)]).views(), [view((1, 90 * 24))]);
    }

    #[test]
    fn a_product_that_is_looked_at_again_moves_to_the_front() {
        assert_eq!(history(&[(1, 9), (2, 5), (1, 1)]).views(), [(1, 1), (2, 5)].map(view));
    }

    proptest! {
        #[test]
        fn joining_loses_nothing_that_fits_and_does_not_mind_the_order(
            mine in prop::collection::vec((0_u32..80, 0_i64..3_000), 0..90),
            theirs in prop::collection::vec((0_u32..80, 0_i64..3_000), 0..90),
        ) {
            let joined = history(&mine).joined(history(&theirs), now());
            prop_assert_eq!(&joined, &history(&theirs).joined(history(&mine), now()));
            prop_assert_eq!(&joined, &joined.clone().joined(history(&mine), now()), "a second time adds nothing");
            for (product, hours_ago) in mine.iter().chain(&theirs).copied() {
                let View { product, at } = view((product, hours_ago));
                let kept = joined.views().iter().find(|kept| kept.product == product);
                let fits = at >= oldest_kept(now());
                prop_assert!(!fits || kept.is_some_and(|kept| kept.at >= at));
            }
            prop_assert!(joined.views().is_sorted_by(|one, next| one.at >= next.at));
        }
    }
}
