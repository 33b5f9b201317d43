//! Browsing: keeps `customer->viewed->product` and `customer->dismissed->product` in the graph. Only this
//! module writes these edges; recommendations learn from the former. What is noted waits in memory for a
//! moment and is written together, so that a page never waits for the disk; whoever reads a history here
//! has what waits written first. An edge's id is made of its two ends, so that writing it twice leaves it
//! there once.

mod dismissed;
mod pending;
mod visits;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::browsing::ports::{Browsing, BrowsingUnavailable};
use domain::browsing::{History, View, Viewer, oldest_kept};
use domain::catalog::ProductId;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};
use tokio::sync::{Mutex, MutexGuard};

use crate::fault::at_boundary;
use crate::graph::{Graph, from_value, object, record, records_between};
use pending::Pending;
pub(crate) use visits::Visited;

/// How long what was noted waits for more.
const GATHERING_PAUSE: Duration = Duration::from_millis(500);
const FAULT_PAUSE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone)]
pub(crate) struct GraphBrowsing {
    graph: Graph,
    pending: Arc<Pending>,
    /// Whoever writes or reads does so alone: what is forgotten is not written after that.
    writing: Arc<Mutex<()>>,
}

/// What was looked at long ago, what a guest dismissed long ago, and the guests of whom nothing is left.
const FORGET_OLD: &str = "
    DELETE viewed WHERE at_ms < $before RETURN NONE;
    DELETE dismissed WHERE at_ms < $before AND string::starts_with(record::id(in), 'guest-') RETURN NONE;
    LET $left = (SELECT VALUE id FROM $guests
        WHERE array::is_empty(->viewed) AND array::is_empty(->dismissed) AND history_off != true);
    DELETE $left RETURN NONE;
";
/// Keys of guests stand from this one on, and before the other one.
const GUESTS: (&str, &str) = ("guest-", "guest.");

/// An edge as it is stored.
#[derive(serde::Deserialize)]
struct Stored {
    product: ProductId,
    at_ms: i64,
}

fn edge_id(viewer: &str, product: &ProductId) -> String {
    format!("{viewer}/{product}")
}

fn edge(viewer: &str, product: &ProductId, at_ms: i64) -> Value {
    object([
        ("id", edge_id(viewer, product).into_value()),
        ("in", record("customer", viewer)),
        ("out", record("product", product)),
        ("at_ms", at_ms.into_value()),
        ("learning", "waiting".to_owned().into_value()),
    ])
}

impl GraphBrowsing {
    pub(crate) fn new(graph: Graph) -> Self {
        Self { graph, pending: Arc::default(), writing: Arc::default() }
    }

    /// Writes what is noted, until the task is dropped.
    pub(crate) async fn run(self) {
        loop {
            self.pending.wait().await;
            tokio::time::sleep(GATHERING_PAUSE).await;
            let lock = self.writing.lock().await;
            if let Err(fault) = self.flush(&lock).await {
                drop(lock);
                tracing::error!("noting what was looked at: {fault:#}");
                tokio::time::sleep(FAULT_PAUSE).await;
            }
        }
    }

    /// Writes what is noted. What can't be written is lost: it is a look at a product.
    async fn flush(&self, _lock: &MutexGuard<'_, ()>) -> anyhow::Result<()> {
        let noted = self.pending.take();
        if noted.is_empty() {
            return Ok(());
        }
        let off = self.switched_off(noted.keys()).await?;
        for (viewer, views) in noted.into_iter().filter(|(viewer, _)| !off.contains(viewer)) {
            self.write(&viewer, &views).await?;
        }
        Ok(())
    }

    /// Adds views to a history, and takes off what it has no room for.
    async fn write(&self, viewer: &str, views: &HashMap<ProductId, Timestamp>) -> anyhow::Result<()> {
        let stored = self.read(viewer).await?;
        let Some(now) = views.values().max().copied() else { return Ok(()) };
        let view = |(product, at): (&ProductId, &Timestamp)| View { product: product.clone(), at: *at };
        let history = History::of(stored.iter().cloned().chain(views.iter().map(view)), now);
        let gone = stored.iter().map(|view| &view.product).filter(|product| !history.has(product));
        let (replaced, written): (Vec<Value>, Vec<Value>) = history
            .views()
            .iter()
            .filter(|view| views.get(&view.product) == Some(&view.at))
            .map(|view| (viewed(viewer, &view.product), edge(viewer, &view.product, view.at.as_millisecond())))
            .unzip();
        let replaced: Vec<Value> = gone.map(|product| viewed(viewer, product)).chain(replaced).collect();
        let statements = "BEGIN; INSERT IGNORE INTO customer $customer RETURN NONE; DELETE $replaced;
                          INSERT RELATION INTO viewed $written RETURN NONE; COMMIT;";
        let customer = object([("id", viewer.to_owned().into_value())]);
        let variables =
            [("customer", customer), ("replaced", replaced.into_value()), ("written", written.into_value())];
        self.graph.query(statements, &variables).await.map(drop)
    }

    async fn read(&self, viewer: &str) -> anyhow::Result<Vec<View>> {
        let statement = "SELECT VALUE { product: record::id(out), at_ms: at_ms } FROM $viewer->viewed";
        self.read_edges(statement, viewer).await
    }

    async fn read_edges(&self, statement: &str, viewer: &str) -> anyhow::Result<Vec<View>> {
        let mut answer = self.graph.query(statement, &[("viewer", record("customer", viewer))]).await?;
        let stored = answer.rows::<Value>(0)?.into_iter().map(from_value::<Stored>);
        stored
            .map(|stored| {
                stored
                    .and_then(|Stored { product, at_ms }| Ok(View { product, at: Timestamp::from_millisecond(at_ms)? }))
            })
            .collect()
    }

    /// Which of some viewers have switched their history off.
    async fn switched_off(&self, viewers: impl Iterator<Item = &String>) -> anyhow::Result<HashSet<String>> {
        let viewers: Vec<Value> = viewers.map(|viewer| record("customer", viewer)).collect();
        let statement = "SELECT VALUE record::id(id) FROM $viewers WHERE history_off = true";
        let mut answer = self.graph.query(statement, &[("viewers", viewers.into_value())]).await?;
        Ok(answer.rows::<String>(0)?.into_iter().collect())
    }

    async fn load(&self, viewer: Viewer, now: Timestamp) -> anyhow::Result<History> {
        let lock = self.writing.lock().await;
        if self.pending.has(&viewer.to_string()) {
            self.flush(&lock).await?;
        }
        drop(lock);
        Ok(History::of(self.read(&viewer.to_string()).await?, now))
    }

    async fn remove(&self, viewer: Viewer, product: Option<&ProductId>) -> anyhow::Result<()> {
        let viewer = viewer.to_string();
        let _lock = self.writing.lock().await;
        self.pending.forget(&viewer, product);
        let (statements, variable) = match product {
            Some(product) => ("DELETE $edge;", ("edge", viewed(&viewer, product))),
            None => (
                "LET $edges = (SELECT VALUE id FROM $viewer->viewed); DELETE $edges;",
                ("viewer", record("customer", viewer)),
            ),
        };
        self.graph.query(statements, &[variable]).await.map(drop)
    }

    async fn switch(&self, viewer: Viewer, kept: bool) -> anyhow::Result<()> {
        let statement = "UPSERT $viewer SET history_off = $off RETURN NONE";
        let variables = [("viewer", record("customer", viewer)), ("off", (!kept).into_value())];
        self.graph.query(statement, &variables).await?;
        if kept { Ok(()) } else { self.remove(viewer, None).await }
    }

    pub(crate) async fn remove_all(&self, viewer: Viewer) -> anyhow::Result<()> {
        self.remove(viewer, None).await?;
        let statements = "LET $edges = (SELECT VALUE id FROM $viewer->dismissed); DELETE $edges; DELETE $viewer;";
        self.graph.query(statements, &[("viewer", record("customer", viewer))]).await.map(drop)
    }

    async fn take_in(&self, guest: Viewer, account: Viewer, now: Timestamp) -> anyhow::Result<()> {
        self.move_dismissed(guest, account).await?;
        if !self.is_on(account).await? {
            return Ok(());
        }
        let views = self.load(guest, now).await?;
        if views.views().is_empty() {
            return Ok(());
        }
        let lock = self.writing.lock().await;
        self.flush(&lock).await?;
        let views = views.views().iter().map(|view| (view.product.clone(), view.at)).collect();
        self.write(&account.to_string(), &views).await?;
        drop(lock);
        self.remove(guest, None).await
    }

    async fn is_on(&self, viewer: Viewer) -> anyhow::Result<bool> {
        Ok(self.switched_off([viewer.to_string()].iter()).await?.is_empty())
    }

    /// Takes off what is older than anybody's history.
    pub(crate) async fn forget_old(&self, now: Timestamp) -> anyhow::Result<()> {
        let before = oldest_kept(now).as_millisecond().into_value();
        let guests = records_between("customer", Some(GUESTS.0), GUESTS.1);
        let _lock = self.writing.lock().await;
        self.graph.query(FORGET_OLD, &[("before", before), ("guests", guests)]).await.map(drop)
    }
}

fn viewed(viewer: &str, product: &ProductId) -> Value {
    record("viewed", edge_id(viewer, product))
}

#[async_trait]
impl Browsing for GraphBrowsing {
    fn note(&self, viewer: Viewer, product: &ProductId, now: Timestamp) {
        self.pending.add(viewer.to_string(), product.clone(), now);
    }

    async fn history(&self, viewer: Viewer, now: Timestamp) -> Result<History, BrowsingUnavailable> {
        at_boundary(self.load(viewer, now).await, BrowsingUnavailable)
    }

    async fn forget(&self, viewer: Viewer, product: &ProductId) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.remove(viewer, Some(product)).await, BrowsingUnavailable)
    }

    async fn clear(&self, viewer: Viewer) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.remove(viewer, None).await, BrowsingUnavailable)
    }

    async fn is_kept(&self, viewer: Viewer) -> Result<bool, BrowsingUnavailable> {
        at_boundary(self.is_on(viewer).await, BrowsingUnavailable)
    }

    async fn keep(&self, viewer: Viewer, kept: bool) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.switch(viewer, kept).await, BrowsingUnavailable)
    }

    async fn erase(&self, viewer: Viewer) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.remove_all(viewer).await, BrowsingUnavailable)
    }

    async fn join(&self, guest: Viewer, account: Viewer, now: Timestamp) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.take_in(guest, account, now).await, BrowsingUnavailable)
    }

    async fn dismiss(&self, viewer: Viewer, product: &ProductId, now: Timestamp) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.put_away(viewer, product, now).await, BrowsingUnavailable)
    }

    async fn admit(&self, viewer: Viewer, product: &ProductId) -> Result<(), BrowsingUnavailable> {
        at_boundary(self.take_back(viewer, product).await, BrowsingUnavailable)
    }

    async fn dismissed(&self, viewer: Viewer) -> Result<HashSet<ProductId>, BrowsingUnavailable> {
        at_boundary(self.read_dismissed(&viewer.to_string()).await, BrowsingUnavailable)
    }
}
