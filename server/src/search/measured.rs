use std::path::Path;
use std::sync::Arc;

use domain::inventory::Supply;
use domain::search::query::Query;

use super::engine::{Document, Engine, Filters, Order, Request};
use crate::demo;

/// What the engine may hold in memory while it indexes.
const WRITER_BYTES: usize = 256 * 1024 * 1024;
const SEED: u64 = 7;
const SUGGESTED: usize = 5;

/// The engine with an index of the demo catalog, as the benches ask it.
#[derive(Debug)]
pub struct DemoSearch(Arc<Engine>);

impl DemoSearch {
    /// Indexes so many demo products in a folder; what was there goes.
    pub fn new(folder: &Path, products: u32) -> anyhow::Result<Self> {
        let engine = Arc::new(Engine::create(folder, None)?);
        let mut writer = engine.builder(WRITER_BYTES)?;
        for made in demo::products(SEED, products) {
            let is_available = made.supplies.iter().any(|(_, supply)| *supply != Supply::Units(0));
            writer.add(&Document::new(&made.product, made.path.steps().to_vec(), is_available, 0))?;
        }
        writer.finish("")?;
        Ok(Self(engine))
    }

    /// The titles of the products, in the order that they are made in.
    pub fn titles(products: u32) -> impl Iterator<Item = String> {
        demo::products(SEED, products).map(|made| made.product.title.to_string())
    }

    /// A first page with its facets, as the results page asks for it. Answers how many products match.
    pub fn page(&self, query: &str) -> anyhow::Result<u32> {
        let request = Request { query: Query::parse(query), page_hits: 24, count: true, ..Request::default() };
        Ok(self.0.search(&request)?.total)
    }

    /// The same of what can be bought for up to 50 of the catalog's currency, the cheapest first.
    pub fn narrowed_page(&self, query: &str) -> anyhow::Result<u32> {
        let filters = Filters { price_to: Some("50".parse()?), available_only: true, ..Filters::default() };
        let (query, order) = (Query::parse(query), Order::PriceAscending);
        let request = Request { query, filters, order, page_hits: 24, count: true, ..Request::default() };
        Ok(self.0.search(&request)?.total)
    }

    /// The best ten, without facets. Answers how many there are.
    pub fn best_ten(&self, query: &str) -> anyhow::Result<usize> {
        let request = Request { query: Query::parse(query), page_hits: 10, ..Request::default() };
        Ok(self.0.search(&request)?.hits.len())
    }

    /// What a few letters may become. Answers how many suggestions there are.
    pub fn suggest(&self, typed: &str) -> anyhow::Result<usize> {
        let found = self.0.suggest(typed, SUGGESTED)?;
        Ok(found.queries.len() + found.categories.len() + found.brands.len() + found.products.len())
    }
}
