//! Learns from visits what is looked at with what, in the background, in the same way as the other learner
//! does from orders. Of several servers one does at a time.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use anyhow::Context;
use domain::catalog::ProductId;
use domain::recommendation::{Basket, CoBuying, Faded, ItemNumber, Link};
use jiff::Timestamp;

use super::edges::{Edges, Relation};
use super::shopper;
use crate::browsing::{GraphBrowsing, Visited};
use crate::sql::Leases;

const LEASE: &str = "visits";
/// Pairs that are kept for one product: what is looked at is kept shorter than what is bought.
const MAX_PAIRS: usize = 96;
/// Edges of histories that are read at once.
const PAGE_EDGES: u32 = 1_000;
const BATCH_ITEMS: usize = 100;
/// Visits are over at certain moments, hours apart.
const PAUSE: Duration = Duration::from_mins(2);
const FORGETTING_PAUSE: Duration = Duration::from_hours(1);

pub(crate) struct VisitLearner {
    browsing: GraphBrowsing,
    edges: Edges,
    leases: Leases,
}

/// What was counted, by numbers for the products.
struct Counts {
    viewed: CoBuying,
    products: Vec<ProductId>,
    numbers: HashMap<ProductId, ItemNumber>,
    touched: BTreeSet<ItemNumber>,
}

impl VisitLearner {
    pub(crate) const fn new(browsing: GraphBrowsing, edges: Edges, leases: Leases) -> Self {
        Self { browsing, edges, leases }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let (mut known, mut forgot_at) = (None, None);
        loop {
            if let Err(fault) = self.turn(&mut known, &mut forgot_at).await {
                tracing::error!("learning what is looked at with what: {fault:#}");
                known = None;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Learns where nobody else does.
    async fn turn(&self, known: &mut Option<Counts>, forgot_at: &mut Option<Instant>) -> anyhow::Result<()> {
        if self.leases.take(LEASE).await?.is_none() {
            *known = None;
            return Ok(());
        }
        let now = Timestamp::now();
        if forgot_at.is_none_or(|at| at.elapsed() >= FORGETTING_PAUSE) {
            self.browsing.forget_old(now).await?;
            *forgot_at = Some(Instant::now());
        }
        let counts = known.take();
        *known = Some(self.learn(counts, now).await?);
        Ok(())
    }

    /// Learns from all visits that are over at a moment.
    async fn learn(&self, known: Option<Counts>, now: Timestamp) -> anyhow::Result<Counts> {
        let mut counts = match known {
            Some(counts) => counts,
            None => self.count_known().await?,
        };
        loop {
            let visits = self.browsing.visits_waiting(now, PAGE_EDGES).await?;
            if visits.is_empty() {
                break;
            }
            for visit in &visits {
                counts.take_in(visit, true);
            }
            self.browsing.mark_visits_counted(&visits).await?;
        }
        if !counts.touched.is_empty() {
            self.write_touched(&mut counts).await?;
            self.browsing.mark_visits_learnt().await?;
        }
        Ok(counts)
    }

    async fn count_known(&self) -> anyhow::Result<Counts> {
        let mut counts = Counts::new();
        let mut walk = self.browsing.walk();
        loop {
            let ids = walk.next(PAGE_EDGES as usize).await?;
            if ids.is_empty() {
                return Ok(counts);
            }
            for visit in self.browsing.visits_counted(&ids).await? {
                counts.take_in(&visit, visit.is_counted_only);
            }
        }
    }

    async fn write_touched(&self, counts: &mut Counts) -> anyhow::Result<()> {
        while !counts.touched.is_empty() {
            let batch: Vec<ItemNumber> = counts.touched.iter().take(BATCH_ITEMS).copied().collect();
            let owned = std::mem::replace(&mut counts.viewed, CoBuying::new(MAX_PAIRS));
            // Solving keeps a processor busy; pages are served meanwhile.
            let solving = tokio::task::spawn_blocking(move || {
                let solved: Vec<(ItemNumber, Vec<Link>)> =
                    batch.into_iter().map(|item| (item, owned.links(item))).collect();
                (owned, solved)
            });
            let (owned, solved) = solving.await.context("solving what is looked at with what")?;
            counts.viewed = owned;
            let sources = |links: &[Link]| links.iter().map(|link| (counts.product(link.from), *link)).collect();
            let rows: Vec<_> = solved.iter().map(|(into, links)| (counts.product(*into), sources(links))).collect();
            self.edges.write(Relation::ViewedWith, &rows).await?;
            for (item, _) in &solved {
                counts.touched.remove(item);
            }
        }
        Ok(())
    }
}

impl Counts {
    fn new() -> Self {
        let viewed = CoBuying::new(MAX_PAIRS);
        Self { viewed, products: Vec::new(), numbers: HashMap::new(), touched: BTreeSet::new() }
    }

    fn take_in(&mut self, visit: &Visited, touches: bool) {
        let items: Vec<ItemNumber> = visit.products.iter().map(|product| self.number(product)).collect();
        let Ok(basket) = Basket::new(items) else { return };
        let weight = Faded::at(visit.at).times(basket.evidence());
        self.viewed.count(&basket, weight, shopper(&visit.viewer));
        if touches {
            self.touched.extend(basket.items());
        }
    }

    fn number(&mut self, product: &ProductId) -> ItemNumber {
        if let Some(number) = self.numbers.get(product) {
            return *number;
        }
        let next = ItemNumber(u32::try_from(self.products.len()).unwrap_or(u32::MAX));
        self.numbers.insert(product.clone(), next);
        self.products.push(product.clone());
        next
    }

    fn product(&self, item: ItemNumber) -> &ProductId {
        &self.products[item.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Databases;
    use domain::browsing::ports::Browsing;
    use domain::browsing::{Viewer, Visit};
    use domain::cart::CartId;
    use jiff::ToSpan;
    use uuid::Uuid;

    fn id(name: &str) -> ProductId {
        name.parse().unwrap()
    }

    fn guest(number: u128) -> Viewer {
        Viewer::Guest(CartId::new(Uuid::from_u128(number)))
    }

    #[tokio::test]
    async fn what_some_looked_at_in_one_visit_goes_together_once_the_visit_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let (browsing, edges) = (GraphBrowsing::new(graph.clone()), Edges::new(graph));
        let learner = VisitLearner::new(browsing.clone(), edges.clone(), Leases::new(sql));
        let begin = Timestamp::from_millisecond(Visit::at("2026-11-25T12:00:00Z".parse().unwrap()).begin_ms()).unwrap();
        let look = async |viewer: Viewer, products: &[&str]| {
            for product in products {
                browsing.note(viewer, &id(product), begin + 5.minutes());
            }
            browsing.history(viewer, begin + 6.minutes()).await.unwrap();
        };
        let others = async |from: &str| {
            let leaving = Edges::new(edges.graph()).leaving(&[id(from)]).await.unwrap();
            leaving[&id(from)].viewed.iter().map(|step| (step.into.to_string(), step.orders)).collect::<Vec<_>>()
        };
        // Two customers may be counted as one: twelve are five at least.
        for number in 0..12 {
            look(guest(number), &["lamp", "shade"]).await;
        }
        for number in 12..16 {
            look(guest(number), &["lamp", "bulb"]).await;
        }
        for number in 16..60 {
            look(guest(number), &["candle"]).await;
        }
        let counts = learner.learn(None, begin + 119.minutes()).await.unwrap();
        assert_eq!(others("lamp").await, [], "the visits may go on");
        let counts = learner.learn(Some(counts), begin + 120.minutes()).await.unwrap();
        assert_eq!(others("lamp").await, [("shade".to_owned(), 12)], "four are too few to be told about");
        assert_eq!(others("shade").await, [("lamp".to_owned(), 12)]);
        assert!(browsing.visits_waiting(begin + 120.minutes(), 10).await.unwrap().is_empty());
        // Whoever takes over counts the same, and more who look at the bulb are told about.
        drop(counts);
        for number in 60..72 {
            look(guest(number), &["lamp", "bulb"]).await;
        }
        learner.learn(None, begin + 120.minutes()).await.unwrap();
        let mut after = others("lamp").await;
        after.sort();
        assert_eq!(after, [("bulb".to_owned(), 16), ("shade".to_owned(), 12)]);
        // A visit that is long past is forgotten with its history.
        browsing.forget_old(begin + (91 * 24).hours()).await.unwrap();
        assert!(browsing.walk().next(10).await.unwrap().is_empty());
        edges.graph().close().await;
    }
}
