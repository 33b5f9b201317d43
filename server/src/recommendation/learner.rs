//! Learns from the orders of the graph, in the background. Of several servers one does at a time, for
//! its counts are in memory: whoever takes over counts the orders anew.

use std::collections::HashMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use domain::catalog::{ProductId, Sku};
use domain::recommendation::{Basket, CoBuying, ItemNumber, Shoppers, Trend};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::Timestamp;

use super::counts::Counts;
use super::edges::{Edges, Relation};
use super::sequels::SequelCounts;
use super::{customer_number, shopper};
use crate::catalog::GraphCatalog;
use crate::order::{Bought, OrderGraph};
use crate::sql::Leases;

const LEASE: &str = "recommendation";
/// Orders that are read at once.
const PAGE_ORDERS: usize = 500;
/// Orders that are found at once.
const WAITING_ORDERS: u32 = 10_000;
/// Orders that are counted before what follows from them is written; each of their items is solved
/// once, however many orders it is in. Of a long history nearly every item is in each of these parts.
const MAX_COUNTED_ORDERS: u32 = 1_000_000;
/// How long nobody looks whether somebody bought.
const SHORTEST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long it is told what many buy while nobody does.
const TREND_PAUSE: Duration = Duration::from_hours(1);
/// An order touches the items that are in it; edges to all others fade as well, some of them in each hour of the day.
const FADING_TURNS: i64 = 24;
const HOUR_S: i64 = 3_600;
/// Products that many buy, of which some may be sold out.
const MAX_TRENDING: usize = 100;

pub(crate) struct Learner {
    orders: OrderGraph,
    catalog: GraphCatalog,
    edges: Edges,
    leases: Leases,
}

/// How learning treats whoever needs the machine as well: every piece of work is followed by a pause, so
/// that shoppers never meet a long one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// Nobody does.
    Full,
    /// Shoppers do: half the time of one processor at most, and a tenth while they order in crowds, for learning
    /// can wait while they can't.
    Beside,
}

impl Pace {
    /// Pages of orders that are read at once: where nobody else needs the machine, the next one is read while this one
    /// is counted and marked.
    const fn pages_at_once(self) -> usize {
        match self {
            Self::Full => 2,
            Self::Beside => 1,
        }
    }
}

/// What was counted.
pub(crate) struct Known {
    bought: Counts,
    sequels: SequelCounts,
    items: HashMap<Sku, ItemNumber>,
    sold_units: HashMap<ItemNumber, u32>,
    trend: Trend,
    /// When it was last written what many buy.
    trend_at: Option<Instant>,
    /// The hour since 1970 in which edges faded last.
    faded_hour: i64,
}

impl Learner {
    pub(crate) const fn new(orders: OrderGraph, catalog: GraphCatalog, edges: Edges, leases: Leases) -> Self {
        Self { orders, catalog, edges, leases }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        self.leases.work(LEASE, || self.learn_on()).await;
    }

    /// Learns for as long as nobody else does.
    async fn learn_on(&self) -> anyhow::Result<()> {
        let mut known = self.count_known().await?;
        // Orders from before this was learnt are counted like all others, but nothing of them was written.
        if self.edges.has_none(Relation::ThenBought).await? {
            known.sequels.touch_those(|_| true);
        }
        loop {
            self.learn(&mut known, Pace::Beside).await?;
            tokio::time::sleep(SHORTEST_PAUSE).await;
        }
    }

    /// Learns from all orders that wait.
    pub(crate) async fn learn(&self, known: &mut Known, pace: Pace) -> anyhow::Result<()> {
        loop {
            let waiting = self.count_waiting(known, pace).await?;
            if waiting > 0 || known.trend_at.is_none_or(|at| at.elapsed() >= TREND_PAUSE) {
                self.write_trend(known).await?;
            }
            known.fade_some(Timestamp::now());
            // What was counted before a crash is to be written as well, whether or not more waits.
            if waiting > 0 || !known.is_written() {
                self.write_touched(known, pace).await?;
                self.orders.mark_learnt().await?;
            }
            if waiting < MAX_COUNTED_ORDERS {
                return Ok(());
            }
        }
    }

    /// Counts what was counted before this server knew.
    pub(crate) async fn count_known(&self) -> anyhow::Result<Known> {
        let mut known = Known::new();
        let mut walk = self.orders.walk();
        loop {
            let ids = walk.next(PAGE_ORDERS).await?;
            if ids.is_empty() {
                return Ok(known);
            }
            let page = self.orders.counted(&ids).await?;
            self.count(&mut known, &page, Known::take_back_in).await?;
        }
    }

    /// Counts orders that wait, and answers how many.
    async fn count_waiting(&self, known: &mut Known, pace: Pace) -> anyhow::Result<u32> {
        let mut orders = 0;
        while orders < MAX_COUNTED_ORDERS {
            let ids = self.orders.waiting_to_be_learnt(WAITING_ORDERS).await?;
            let pages: Vec<Vec<String>> = ids.chunks(PAGE_ORDERS).map(<[String]>::to_vec).collect();
            let pages = stream::iter(pages).map(async |page| self.orders.waiting(&page).await);
            let mut pages = pin!(pages.buffered(pace.pages_at_once()));
            loop {
                let begun = Instant::now();
                let Some(page) = pages.try_next().await? else { break };
                self.count(known, &page, Known::learn).await?;
                self.orders.mark_counted(&page).await?;
                self.rest(pace, begun).await;
            }
            let waited = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            orders = orders.saturating_add(waited);
            if waited < WAITING_ORDERS {
                break;
            }
        }
        Ok(orders)
    }

    /// Counts some orders in some way.
    async fn count(&self, known: &mut Known, orders: &[Bought], way: fn(&mut Known, &Bought)) -> anyhow::Result<()> {
        let unknown: Vec<&Sku> =
            orders.iter().flat_map(|order| &order.skus).filter(|sku| !known.items.contains_key(*sku)).collect();
        if !unknown.is_empty() {
            let owners = self.catalog.owners(unknown.into_iter()).await?;
            for (sku, product) in owners {
                let number = known.bought.names.number(&product);
                known.items.insert(sku, number);
            }
        }
        for order in orders {
            way(known, order);
        }
        Ok(())
    }

    async fn write_trend(&self, known: &mut Known) -> anyhow::Result<()> {
        let top = known.trend.top(Timestamp::now(), MAX_TRENDING);
        let rows: Vec<_> =
            top.into_iter().map(|trending| (known.bought.names.product(trending.item), trending.orders)).collect();
        self.edges.write_trending(&rows).await?;
        known.trend_at = Some(Instant::now());
        Ok(())
    }

    /// Writes the edges of what was touched, and counts how much of it was sold.
    async fn write_touched(&self, known: &mut Known, pace: Pace) -> anyhow::Result<()> {
        while !known.bought.is_written() {
            let begun = Instant::now();
            let written = known.bought.write_some(&self.edges).await?;
            self.catalog.note_sold(&known.sold_of(&written)).await?;
            self.rest(pace, begun).await;
        }
        while !known.sequels.is_written() {
            let begun = Instant::now();
            known.sequels.write_some(&mut known.bought.names, &self.edges).await?;
            self.rest(pace, begun).await;
        }
        Ok(())
    }

    async fn rest(&self, pace: Pace, since: Instant) {
        let pauses = match pace {
            Pace::Full => return,
            Pace::Beside if self.orders.is_crowded() => 9,
            Pace::Beside => 1,
        };
        tokio::time::sleep((since.elapsed() * pauses).min(LONGEST_PAUSE)).await;
    }
}

impl Known {
    fn new() -> Self {
        let bought = Counts::new(Relation::BoughtWith, CoBuying::MAX_PAIRS);
        let sequels = SequelCounts::new();
        let (items, sold_units) = (HashMap::new(), HashMap::new());
        let (trend, faded_hour) = (Trend::default(), hour_of(Timestamp::now()));
        Self { bought, sequels, items, sold_units, trend, trend_at: None, faded_hour }
    }

    /// Has some edges written anew as they are by now, once in an hour.
    fn fade_some(&mut self, now: Timestamp) {
        let hour = hour_of(now);
        if hour == self.faded_hour {
            return;
        }
        let turn = hour.rem_euclid(FADING_TURNS);
        let is_next = |item: ItemNumber| i64::from(item.0) % FADING_TURNS == turn;
        self.bought.touch_those(is_next);
        self.sequels.touch_those(is_next);
        self.faded_hour = hour;
    }

    fn sold_of(&self, items: &[ItemNumber]) -> Vec<(ProductId, u32)> {
        let units = |item: &ItemNumber| self.sold_units.get(item).copied().unwrap_or_default();
        items.iter().map(|item| (self.bought.names.product(*item).clone(), units(item))).collect()
    }

    /// Counts the units of an order by product, of what is in the catalog.
    fn count_units(&mut self, order: &Bought, way: fn(u32, u32) -> u32) {
        for (sku, units) in order.skus.iter().zip(&order.units) {
            let Some(item) = self.items.get(sku) else { continue };
            let sold = self.sold_units.entry(*item).or_default();
            *sold = way(*sold, *units);
        }
    }

    fn is_written(&self) -> bool {
        self.bought.is_written() && self.sequels.is_written()
    }

    /// Takes in what somebody bought, or out what they gave back.
    fn learn(&mut self, order: &Bought) {
        if order.is_undone() {
            self.take_out(order);
        } else {
            self.take_in(order, true);
        }
    }

    /// Takes in what was counted before. Of one that is being forgotten nothing is left but that something follows.
    fn take_back_in(&mut self, order: &Bought) {
        self.take_in(order, order.is_counted_only());
        if order.is_being_forgotten() {
            self.take_out(order);
        }
    }

    fn take_in(&mut self, order: &Bought, touches: bool) {
        self.count_units(order, u32::saturating_add);
        let Some((basket, shopper)) = self.basket_of(order) else { return };
        self.trend.count(&basket, order.placed_at, shopper);
        self.bought.take_in(&basket, order.placed_at, shopper, touches);
        if let Some(customer) = order.customer().map(customer_number) {
            self.sequels.take_in(&basket, order.placed_at, customer, touches);
        }
    }

    fn take_out(&mut self, order: &Bought) {
        self.count_units(order, u32::saturating_sub);
        let Some((basket, shopper)) = self.basket_of(order) else { return };
        self.trend.uncount(&basket, order.placed_at, shopper);
        self.bought.take_out(&basket, order.placed_at, shopper);
        if let Some(customer) = order.customer().map(customer_number) {
            self.sequels.take_out(&basket, order.placed_at, customer);
        }
    }

    /// What is learnt from of an order; nothing of a list that is too long, or of nothing that is known.
    fn basket_of(&self, order: &Bought) -> Option<(Basket, Shoppers)> {
        // What was never in the catalog goes with nothing in it.
        let items = order.skus.iter().filter_map(|sku| self.items.get(sku).copied());
        let basket = Basket::new(items).ok()?;
        Some((basket, order.customer().map_or(Shoppers::UNKNOWN, shopper)))
    }
}

fn hour_of(moment: Timestamp) -> i64 {
    moment.as_second().div_euclid(HOUR_S)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn all_edges_fade_within_a_day_whoever_buys() {
        let at: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let mut known = Known::new();
        let items: Vec<ItemNumber> = (0..90).map(ItemNumber).collect();
        known.bought.take_in(&Basket::new(items.iter().copied()).unwrap(), at, Shoppers::UNKNOWN, false);
        assert!(known.is_written());
        known.fade_some(at);
        let first = known.bought.written.some_touched().len();
        assert!((3..=4).contains(&first), "{first} of ninety in an hour");
        known.fade_some(at + 59.minutes());
        assert_eq!(known.bought.written.some_touched().len(), first);
        (1..24).for_each(|hours| known.fade_some(at + hours.hours()));
        assert_eq!(known.bought.written.some_touched(), items);
    }
}
