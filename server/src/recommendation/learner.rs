//! Learns from the orders of the graph, in the background. Of several servers one does at a time, for
//! its counts are in memory: whoever takes over counts the orders anew.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use anyhow::Context;
use domain::catalog::{ProductId, Sku};
use domain::recommendation::{Basket, CoBuying, Faded, ItemNumber, Link, Shoppers, Trend};
use jiff::Timestamp;

use super::edges::{Edges, Relation};
use super::shopper;
use crate::catalog::GraphCatalog;
use crate::order::{Bought, OrderGraph};
use crate::sql::Leases;

const LEASE: &str = "recommendation";
/// Orders that are read at once.
const PAGE_ORDERS: u32 = 500;
/// Orders that are counted before what follows from them is written; each of their items is solved
/// once, however many orders it is in.
const MAX_COUNTED_ORDERS: u32 = 50_000;
/// Items whose edges are solved and written at once.
const BATCH_ITEMS: usize = 100;
/// How long nobody looks whether somebody bought.
const SHORTEST_PAUSE: Duration = Duration::from_secs(2);
/// Learning takes a tenth of the time of one processor at most, for it can wait while shoppers can't.
const PAUSE_FOR_WORK: u32 = 9;
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
const FAULT_PAUSE: Duration = Duration::from_secs(30);
/// How long it is told what many buy while nobody does.
const TREND_PAUSE: Duration = Duration::from_hours(1);
/// Products that many buy, of which some may be sold out.
const MAX_TRENDING: usize = 100;

pub(crate) struct Learner {
    orders: OrderGraph,
    catalog: GraphCatalog,
    edges: Edges,
    leases: Leases,
}

/// What was counted, by numbers for the products.
#[derive(Default)]
pub(crate) struct Counts {
    bought: CoBuying,
    products: Vec<ProductId>,
    numbers: HashMap<ProductId, ItemNumber>,
    items: HashMap<Sku, ItemNumber>,
    /// Items whose edges may have changed since they were written.
    touched: BTreeSet<ItemNumber>,
    trend: Trend,
    /// When it was last written what many buy.
    trend_at: Option<Instant>,
}

impl Learner {
    pub(crate) const fn new(orders: OrderGraph, catalog: GraphCatalog, edges: Edges, leases: Leases) -> Self {
        Self { orders, catalog, edges, leases }
    }

    /// Runs until the task is dropped.
    pub(crate) async fn run(self) {
        let mut known = None;
        loop {
            let begun = Instant::now();
            let pause = match self.turn(&mut known).await {
                Ok(()) => (begun.elapsed() * PAUSE_FOR_WORK).clamp(SHORTEST_PAUSE, LONGEST_PAUSE),
                Err(fault) => {
                    tracing::error!("learning what goes with what: {fault:#}");
                    known = None;
                    FAULT_PAUSE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Learns from all orders that wait, where nobody else does.
    pub(crate) async fn turn(&self, known: &mut Option<Counts>) -> anyhow::Result<()> {
        if self.leases.take(LEASE).await?.is_none() {
            *known = None;
            return Ok(());
        }
        let mut counts = match known.take() {
            Some(counts) => counts,
            None => self.count_known().await?,
        };
        loop {
            let waiting = self.count_waiting(&mut counts).await?;
            if waiting > 0 || counts.trend_at.is_none_or(|at| at.elapsed() >= TREND_PAUSE) {
                self.write_trend(&mut counts).await?;
            }
            // What was counted before a crash is to be written as well, whether or not more waits.
            if waiting > 0 || !counts.touched.is_empty() {
                self.write_touched(&mut counts).await?;
                self.orders.mark_learnt().await?;
            }
            if waiting < MAX_COUNTED_ORDERS {
                break;
            }
        }
        *known = Some(counts);
        Ok(())
    }

    /// Counts what was counted before this server knew.
    async fn count_known(&self) -> anyhow::Result<Counts> {
        let mut counts = Counts::default();
        let mut walk = self.orders.walk();
        loop {
            let ids = walk.next(PAGE_ORDERS as usize).await?;
            if ids.is_empty() {
                return Ok(counts);
            }
            let page = self.orders.counted(&ids).await?;
            self.count(&mut counts, &page, Bought::is_counted_only).await?;
        }
    }

    /// Counts orders that wait, and answers how many.
    async fn count_waiting(&self, counts: &mut Counts) -> anyhow::Result<u32> {
        let mut orders = 0;
        while orders < MAX_COUNTED_ORDERS {
            let page = self.orders.waiting_to_be_learnt(PAGE_ORDERS).await?;
            self.count(counts, &page, |_| true).await?;
            self.orders.mark_counted(&page).await?;
            let read = u32::try_from(page.len()).unwrap_or(u32::MAX);
            orders = orders.saturating_add(read);
            if read < PAGE_ORDERS {
                break;
            }
        }
        Ok(orders)
    }

    /// Counts some orders; `touches` tells from which ones something new follows.
    async fn count(&self, counts: &mut Counts, orders: &[Bought], touches: fn(&Bought) -> bool) -> anyhow::Result<()> {
        let unknown: Vec<&Sku> =
            orders.iter().flat_map(|order| &order.skus).filter(|sku| !counts.items.contains_key(*sku)).collect();
        if !unknown.is_empty() {
            let owners = self.catalog.owners(unknown.into_iter()).await?;
            for (sku, product) in owners {
                counts.number(sku, product);
            }
        }
        for order in orders {
            counts.take_in(order, touches(order));
        }
        Ok(())
    }

    async fn write_trend(&self, counts: &mut Counts) -> anyhow::Result<()> {
        let top = counts.trend.top(Timestamp::now(), MAX_TRENDING);
        let rows: Vec<_> = top.into_iter().map(|trending| (counts.product(trending.item), trending.orders)).collect();
        self.edges.write_trending(&rows).await?;
        counts.trend_at = Some(Instant::now());
        Ok(())
    }

    /// Solves the edges of what was touched anew and writes them, and counts how much of it was sold.
    async fn write_touched(&self, known: &mut Counts) -> anyhow::Result<()> {
        while !known.touched.is_empty() {
            let batch: Vec<ItemNumber> = known.touched.iter().take(BATCH_ITEMS).copied().collect();
            // Solving keeps a processor busy; pages are served meanwhile.
            let owned = std::mem::take(&mut known.bought);
            let (owned, solved) = tokio::task::spawn_blocking(move || {
                let solved: Vec<(ItemNumber, Vec<Link>)> =
                    batch.into_iter().map(|item| (item, owned.links(item))).collect();
                (owned, solved)
            })
            .await
            .context("solving what goes with what")?;
            known.bought = owned;
            let rows: Vec<_> =
                solved.iter().map(|(into, links)| (known.product(*into), known.sources(links))).collect();
            self.edges.write(Relation::BoughtWith, &rows).await?;
            // A cancelled order is taken off with the next one of the same product.
            let sold: Vec<ProductId> = solved.iter().map(|(item, _)| known.product(*item).clone()).collect();
            self.catalog.count_sold(&sold).await?;
            for (item, _) in &solved {
                known.touched.remove(item);
            }
        }
        Ok(())
    }
}

impl Counts {
    fn number(&mut self, sku: Sku, product: ProductId) {
        let next = ItemNumber(u32::try_from(self.products.len()).unwrap_or(u32::MAX));
        let number = *self.numbers.entry(product).or_insert_with_key(|product| {
            self.products.push(product.clone());
            next
        });
        self.items.insert(sku, number);
    }

    fn take_in(&mut self, order: &Bought, touches: bool) {
        // What was never in the catalog goes with nothing in it.
        let items = order.skus.iter().filter_map(|sku| self.items.get(sku).copied());
        // A list that is too long to be learnt from, or of nothing that is known, is passed over.
        let Ok(basket) = Basket::new(items) else { return };
        let weight = Faded::at(order.placed_at).times(basket.evidence());
        let shopper = order.customer().map_or(Shoppers::UNKNOWN, shopper);
        self.bought.count(&basket, weight, shopper);
        self.trend.count(&basket, order.placed_at, shopper);
        if touches {
            self.touched.extend(basket.items());
        }
    }

    fn product(&self, item: ItemNumber) -> &ProductId {
        &self.products[item.index()]
    }

    fn sources(&self, links: &[Link]) -> Vec<(&ProductId, Link)> {
        links.iter().map(|link| (self.product(link.from), *link)).collect()
    }
}
