//! How fast recommendations are with a long history: made-up orders are put into the graph of a store, are
//! learnt from, and the shelves of products are read. For those who develop the store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Args;
use domain::catalog::{ProductId, Sku};
use domain::inventory::Quantity;
use domain::order::{HistoricOrderId, HistoricOrderKind};
use domain::pricing::{Currency, Money};
use domain::recommendation::ports::Recommendations as _;
use jiff::Timestamp;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::browsing::GraphBrowsing;
use crate::catalog::GraphCatalog;
use crate::config::DataSettings;
use crate::context::Databases;
use crate::import::{HistoricOrder, OrderSink as _};
use crate::order::{AccessKey, HistorySink, OrderGraph, SqlOrders};
use crate::recommendation::{Edges, GraphRecommendations, Learner, Pace};
use crate::sql::Leases;

const BATCH_ORDERS: u32 = 500;
const MAX_SKUS: u32 = 200_000;
/// Orders that are placed one after the other when all others are learnt.
const LATE_ORDERS: u32 = 1_000;
/// A product is bought with one of so many others, the same ones by everybody.
const COMPANIONS: u32 = 3;
const COMPANION_PERCENT: u32 = 45;
const CUSTOMERS: u32 = 200_000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    /// How many orders are put into the graph first; none measures what is there
    #[arg(long, default_value_t = 0)]
    orders: u32,
    /// How many products' shelves are read
    #[arg(long, default_value_t = 5_000)]
    reads: u32,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let databases = Databases::open(&arguments.data).await?;
    let measured = measure(&databases, &arguments).await;
    databases.close().await;
    measured
}

async fn measure(Databases { graph, sql }: &Databases, arguments: &Arguments) -> anyhow::Result<()> {
    let catalog = GraphCatalog::new(graph.clone());
    let mut buyers = Buyers::new(catalog.some_skus(MAX_SKUS).await?)?;
    let (orders, edges) = (OrderGraph::new(graph.clone()), Edges::new(graph.clone()));
    let sink = HistorySink(orders.clone());
    let begun = Instant::now();
    buyers.buy(&sink, arguments.orders).await?;
    println!("{} orders put into the graph in {:.1} s", arguments.orders, begun.elapsed().as_secs_f64());

    let learner = Learner::new(orders, catalog.clone(), edges.clone(), Leases::new(sql.clone()));
    let begun = Instant::now();
    let mut known = learner.count_known().await?;
    learner.learn(&mut known, Pace::Full).await?;
    println!("learnt from all orders in {:.1} s", begun.elapsed().as_secs_f64());
    if arguments.orders > 0 {
        buyers.buy(&sink, LATE_ORDERS).await?;
        let begun = Instant::now();
        learner.learn(&mut known, Pace::Full).await?;
        let each = begun.elapsed().as_secs_f64() * 1_000.0 / f64::from(LATE_ORDERS);
        println!("learnt from {LATE_ORDERS} more orders, {each:.2} ms each");
    }
    drop(known);

    let browsing = Arc::new(GraphBrowsing::new(graph.clone()));
    let history = Arc::new(SqlOrders::new(sql.clone(), AccessKey::derive(&[])));
    let shelves = GraphRecommendations::new(edges, Arc::new(catalog.clone()), browsing, history);
    let products = buyers.products(&catalog, arguments.reads).await?;
    for round in ["read for the first time", "read again"] {
        let mut times = Vec::with_capacity(products.len());
        let mut cards = 0;
        for product in &products {
            let begun = Instant::now();
            let around = shelves.around(product, &[]).await?;
            times.push(begun.elapsed());
            cards += around.together.len() + around.also_bought.len() + around.similar.len();
        }
        println!("shelves of {} products, {round}, {cards} cards: {}", products.len(), Percentiles(times));
    }
    Ok(())
}

/// Makes orders, the same ones each time.
struct Buyers {
    chance: ChaCha8Rng,
    skus: Vec<Sku>,
    next: u32,
}

impl Buyers {
    fn new(skus: Vec<Sku>) -> anyhow::Result<Self> {
        ensure!(skus.len() > 1, "a store without products has no orders: run `cartograph demo` first");
        Ok(Self { chance: ChaCha8Rng::seed_from_u64(1), skus, next: 0 })
    }

    async fn buy(&mut self, sink: &HistorySink, orders: u32) -> anyhow::Result<()> {
        for done in (0..orders).step_by(BATCH_ORDERS as usize) {
            let batch = (0..BATCH_ORDERS.min(orders - done)).map(|_| self.order()).collect::<anyhow::Result<_>>()?;
            sink.write(batch).await?;
        }
        Ok(())
    }

    /// A few products are bought very often, most of them seldom.
    fn popular(&mut self) -> usize {
        let place: f64 = self.chance.random_range(0.0..1.0);
        // A place in a list of less than a million.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = (place.powi(3) * self.skus.len() as f64) as usize;
        place.min(self.skus.len() - 1)
    }

    fn order(&mut self) -> anyhow::Result<HistoricOrder> {
        let first = self.popular();
        let mut places = vec![first, self.popular()];
        for companion in 1..=COMPANIONS {
            if self.chance.random_range(0..100) < COMPANION_PERCENT {
                places.push((first * 31 + companion as usize * 977) % self.skus.len());
            }
        }
        places.sort_unstable();
        places.dedup();
        self.next += 1;
        let lines =
            places.into_iter().map(|place| (self.skus[place].clone(), Quantity::ONE, Money::zero(Currency::GBP)));
        Ok(HistoricOrder {
            lines: lines.collect(),
            id: format!("measured-{}", self.next).parse::<HistoricOrderId>()?,
            kind: HistoricOrderKind::Purchase,
            placed_at: Timestamp::from_second(1_760_000_000 + i64::from(self.next))?,
            customer: Some(format!("measured-{}", self.chance.random_range(0..CUSTOMERS)).parse()?),
            country: None,
        })
    }

    /// Products that are looked at as often as they are bought.
    async fn products(&mut self, catalog: &GraphCatalog, count: u32) -> anyhow::Result<Vec<ProductId>> {
        let places: Vec<usize> = (0..count).map(|_| self.popular()).collect();
        let skus: Vec<Sku> = places.into_iter().map(|place| self.skus[place].clone()).collect();
        let owners = catalog.owners(skus.iter()).await?;
        Ok(skus.iter().filter_map(|sku| owners.get(sku).cloned()).collect())
    }
}

struct Percentiles(Vec<Duration>);

impl std::fmt::Display for Percentiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = |per_mille: usize| {
            let place = (sorted.len() * per_mille / 1_000).min(sorted.len().saturating_sub(1));
            sorted.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
        };
        write!(f, "p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms", at(500), at(990), at(1_000))
    }
}
