//! Learns from visits what is looked at with what, in the background, in the same way as the other learner
//! does from orders. Of several servers one does at a time.

use std::time::{Duration, Instant};

use domain::recommendation::{Basket, ItemNumber};
use jiff::Timestamp;

use super::counts::Counts;
use super::edges::{Edges, Relation};
use super::shopper;
use crate::browsing::{GraphBrowsing, Visited};
use crate::sql::Leases;

const LEASE: &str = "visits";
/// Pairs that are kept for one product: what is looked at is kept shorter than what is bought.
const MAX_PAIRS: usize = 96;
/// Edges of histories that are read at once.
const PAGE_EDGES: u32 = 1_000;
/// Visits are over at certain moments, hours apart.
const PAUSE: Duration = Duration::from_mins(2);
const FORGETTING_PAUSE: Duration = Duration::from_hours(1);

pub(crate) struct VisitLearner {
    browsing: GraphBrowsing,
    edges: Edges,
    leases: Leases,
}

impl VisitLearner {
    pub(crate) const fn new(browsing: GraphBrowsing, edges: Edges, leases: Leases) -> Self {
        Self { browsing, edges, leases }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        self.leases.work(LEASE, || self.learn_on()).await;
    }

    /// Forgets and learns for as long as nobody else does.
    async fn learn_on(&self) -> anyhow::Result<()> {
        self.browsing.forget_old(Timestamp::now()).await?;
        let mut forgot_at = Instant::now();
        let mut counts = self.count_known().await?;
        loop {
            self.learn(&mut counts, Timestamp::now()).await?;
            tokio::time::sleep(PAUSE).await;
            if forgot_at.elapsed() >= FORGETTING_PAUSE {
                self.browsing.forget_old(Timestamp::now()).await?;
                forgot_at = Instant::now();
            }
        }
    }

    /// Learns from all visits that are over at a moment.
    async fn learn(&self, counts: &mut Counts, now: Timestamp) -> anyhow::Result<()> {
        loop {
            let visits = self.browsing.visits_waiting(now, PAGE_EDGES).await?;
            if visits.is_empty() {
                break;
            }
            for visit in &visits {
                take_in(counts, visit, true);
            }
            self.browsing.mark_visits_counted(&visits).await?;
        }
        if counts.is_written() {
            return Ok(());
        }
        while !counts.is_written() {
            counts.write_some(&self.edges).await?;
        }
        self.browsing.mark_visits_learnt().await
    }

    /// Counts what was counted before this server knew.
    async fn count_known(&self) -> anyhow::Result<Counts> {
        let mut counts = Counts::new(Relation::ViewedWith, MAX_PAIRS);
        let mut walk = self.browsing.walk();
        loop {
            let ids = walk.next(PAGE_EDGES as usize).await?;
            if ids.is_empty() {
                return Ok(counts);
            }
            for visit in self.browsing.visits_counted(&ids).await? {
                take_in(&mut counts, &visit, visit.is_counted_only);
            }
        }
    }
}

fn take_in(counts: &mut Counts, visit: &Visited, touches: bool) {
    let items: Vec<ItemNumber> = visit.products.iter().map(|product| counts.names.number(product)).collect();
    let Ok(basket) = Basket::new(items) else { return };
    counts.take_in(&basket, visit.at, shopper(&visit.viewer), touches);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Databases;
    use domain::browsing::ports::Browsing;
    use domain::browsing::{Viewer, Visit};
    use domain::cart::CartId;
    use domain::catalog::ProductId;
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
        let mut counts = learner.count_known().await.unwrap();
        learner.learn(&mut counts, begin + 119.minutes()).await.unwrap();
        assert_eq!(others("lamp").await, [], "the visits may go on");
        learner.learn(&mut counts, begin + 120.minutes()).await.unwrap();
        assert_eq!(others("lamp").await, [("shade".to_owned(), 12)], "four are too few to be told about");
        assert_eq!(others("shade").await, [("lamp".to_owned(), 12)]);
        assert!(browsing.visits_waiting(begin + 120.minutes(), 10).await.unwrap().is_empty());
        // Whoever takes over counts the same, and more who look at the bulb are told about.
        for number in 60..72 {
            look(guest(number), &["lamp", "bulb"]).await;
        }
        let mut counts = learner.count_known().await.unwrap();
        learner.learn(&mut counts, begin + 120.minutes()).await.unwrap();
        let mut after = others("lamp").await;
        after.sort();
        assert_eq!(after, [("bulb".to_owned(), 16), ("shade".to_owned(), 12)]);
        // A visit that is long past is forgotten with its history.
        browsing.forget_old(begin + (91 * 24).hours()).await.unwrap();
        assert!(browsing.walk().next(10).await.unwrap().is_empty());
        edges.graph().close().await;
    }
}
