//! Catalog: keeps products, variants and categories in the graph, with a read cache in front.
//! Only this module writes the tables `product`, `variant`, `listing`, `address`, `category`, `demand` and
//! their edges; the import, the demo and the outbox write through it, pages read through it.
//!
//! A product is one record, read by one get. Beside it stand its variants (the nodes that orders
//! point at), its listing (what shelves and the search show of it), its addresses (every slug it
//! ever had) and the demand for it. `category->contains->product` and `category->child_of->category`
//! are the edges: what is no longer sold is in no category, and a category that holds nothing is
//! not shown.

mod cache;
mod card;
mod changes;
mod demand;
mod rated;
mod read;
mod shelving;
#[cfg(test)]
mod tests;
mod write;

use std::sync::Arc;

use tokio::sync::{Mutex, Notify};

use crate::graph::Graph;
use cache::Cache;

pub(crate) use changes::{Change, SearchedProduct};
pub(crate) use demand::Demand;
pub(crate) use shelving::Shelving;

#[derive(Debug, Clone)]
pub struct GraphCatalog {
    graph: Graph,
    cache: Arc<Cache>,
    /// One writer at a time decides who gets a slug.
    writing: Arc<Mutex<()>>,
    /// Told after every write.
    written: Arc<Notify>,
}

impl GraphCatalog {
    /// The same catalog with nothing in its cache.
    #[must_use]
    pub fn forgetful(&self) -> Self {
        Self::new(self.graph.clone())
    }

    pub(crate) fn new(graph: Graph) -> Self {
        let cache = Arc::new(Cache::new(graph.is_shared()));
        Self { graph, cache, writing: Arc::default(), written: Arc::default() }
    }
}
