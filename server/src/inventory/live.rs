//! Live stock: tells open pages within a second that the stock of what they show has changed,
//! whoever changed it: another shopper, an import, another server. One task looks at the SKUs that
//! pages watch, all at once; without open pages it looks at nothing.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::catalog::Sku;
use domain::inventory::{AvailableUnits, MAX_WATCHES, Watch, told};
use futures::Stream;
use tokio::sync::watch;

use super::SqlInventory;
use crate::http::network_of;

/// How often the watched SKUs are looked at.
const LOOK_INTERVAL: Duration = Duration::from_millis(300);
/// SKUs that are watched at once; a page that comes later is not kept up to date.
const MAX_WATCHED_SKUS: usize = 20_000;
/// What the pages of one network watch together: many shoppers may share an address, and none may take it all.
const MAX_NETWORK_WATCHES: usize = 2_000;
/// Pages that are kept up to date at once; each holds a connection.
const MAX_WATCHING_PAGES: usize = 10_000;

type Units = HashMap<Sku, AvailableUnits>;

/// What the task saw last; `None` once the store closes.
type Seen = Option<Arc<Units>>;

#[derive(Debug, Clone)]
pub(crate) struct LiveStock {
    inventory: SqlInventory,
    seen: watch::Sender<Seen>,
    watched: Arc<Mutex<Watched>>,
}

#[derive(Debug, Default)]
struct Watched {
    /// How many pages watch a SKU.
    skus: HashMap<Sku, u32>,
    /// How much the pages of a network watch.
    networks: HashMap<IpAddr, usize>,
}

impl LiveStock {
    pub(crate) fn new(inventory: SqlInventory) -> Self {
        Self { inventory, seen: watch::Sender::new(Some(Arc::default())), watched: Arc::default() }
    }

    pub(crate) fn inventory(&self) -> SqlInventory {
        self.inventory.clone()
    }

    /// Looks at what pages watch until the task is dropped.
    pub(crate) async fn run(self) {
        loop {
            tokio::time::sleep(LOOK_INTERVAL).await;
            let skus = self.watched_skus();
            match self.inventory.read_available(&skus).await {
                Ok(units) => {
                    self.seen.send_if_modified(|seen| match seen {
                        Some(known) if **known != units => {
                            *known = Arc::new(units);
                            true
                        }
                        _ => false,
                    });
                }
                // The pages stay as they are; buying looks again.
                Err(fault) => tracing::warn!("looking at watched stock: {fault:#}"),
            }
        }
    }

    /// Lets go of every page.
    pub(crate) fn close(&self) {
        self.seen.send_replace(None);
    }

    fn watched_skus(&self) -> Vec<Sku> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).skus.keys().cloned().collect()
    }

    /// Watches for a page of a network until the answer is dropped; `None` when too much is watched already.
    fn watch(&self, watches: Vec<Watch>, network: Option<IpAddr>) -> Option<Watching> {
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        let of_network = network.and_then(|network| watched.networks.get(&network)).copied().unwrap_or_default();
        if watched.skus.len() + watches.len() > MAX_WATCHED_SKUS
            || of_network + watches.len() > MAX_NETWORK_WATCHES
            || self.seen.receiver_count() >= MAX_WATCHING_PAGES
        {
            return None;
        }
        for watch in &watches {
            *watched.skus.entry(watch.sku().clone()).or_default() += 1;
        }
        if let Some(network) = network {
            watched.networks.insert(network, of_network + watches.len());
        }
        Some(Watching { watches, network, told: None, seen: self.seen.subscribe(), watched: self.watched.clone() })
    }
}

/// What one open page watches.
struct Watching {
    watches: Vec<Watch>,
    network: Option<IpAddr>,
    told: Option<String>,
    seen: watch::Receiver<Seen>,
    watched: Arc<Mutex<Watched>>,
}

impl Watching {
    /// What the page has to hear next; `None` when the store closes.
    async fn next(&mut self) -> Option<String> {
        loop {
            let units = self.seen.borrow_and_update().clone()?;
            // Until the task has looked at all of them there is nothing to tell.
            if self.watches.iter().all(|watch| units.contains_key(watch.sku())) {
                let now = told(&self.watches, |sku| units.get(sku).copied().unwrap_or_default());
                if self.told.as_ref() != Some(&now) {
                    self.told = Some(now.clone());
                    return Some(now);
                }
            }
            self.seen.changed().await.ok()?;
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for watch in &self.watches {
            if let Some(pages) = watched.skus.get_mut(watch.sku()) {
                *pages -= 1;
                if *pages == 0 {
                    watched.skus.remove(watch.sku());
                }
            }
        }
        if let Some(network) = self.network
            && let Some(watches) = watched.networks.get_mut(&network)
        {
            *watches = watches.saturating_sub(self.watches.len());
            if *watches == 0 {
                watched.networks.remove(&network);
            }
        }
    }
}

/// `GET /live/stock?watch=5:LAMP&watch=5:STOOL`: an event now and whenever one of them changes.
pub(crate) async fn handle(State(live): State<LiveStock>, request: Request) -> Response {
    let Some(watches) = watches_of(request.uri().query().unwrap_or_default()) else {
        let words = format!("Ask for at least one and at most {MAX_WATCHES} SKUs, like ?watch=5:LAMP.");
        return (StatusCode::BAD_REQUEST, words).into_response();
    };
    match live.watch(watches, network_of(&request)) {
        Some(watching) => Sse::new(events(watching)).keep_alive(KeepAlive::default()).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; please reload later.").into_response(),
    }
}

fn events(watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold(watching, |mut watching| async move {
        let told = watching.next().await?;
        Some((Ok(Event::default().data(told)), watching))
    })
}

fn watches_of(query: &str) -> Option<Vec<Watch>> {
    let asked = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "watch");
    let watches: Vec<Watch> =
        asked.take(MAX_WATCHES + 1).map(|(_, watch)| watch.parse()).collect::<Result<_, _>>().ok()?;
    (1..=MAX_WATCHES).contains(&watches.len()).then_some(watches)
}
