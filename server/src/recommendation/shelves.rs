use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::browsing::ports::Browsing;
use domain::catalog::ProductId;
use domain::catalog::ports::Catalog;
use domain::order::ports::Orders;
use domain::recommendation::MAX_ASKED_PRODUCTS;
use domain::recommendation::ports::{
    Around, Known, PersonalShelf, Recommendations, RecommendationsUnavailable, Recommended,
};
use moka::future::Cache;

use super::alike::Alike;
use super::candidate::{Candidate, Why, pick};
use super::edges::Edges;
use crate::fault::at_boundary;

const TOGETHER_CARDS: usize = 3;
/// Cards of a row on a product's page.
const AROUND_CARDS: usize = 8;
/// Of the strongest neighbours of a product so many are asked for theirs, where its own don't fill a row.
const MIDDLES: usize = 6;
const MAX_KNOWN_ALIKE: u64 = 5_000;
/// How long it is believed what is like a product: stock and prices are looked up anew.
const BELIEVED: Duration = Duration::from_mins(10);

/// Reads shelves from the edges between products.
#[derive(Clone)]
pub(crate) struct GraphRecommendations {
    pub(super) edges: Edges,
    pub(super) catalog: Arc<dyn Catalog>,
    pub(super) browsing: Arc<dyn Browsing>,
    pub(super) orders: Arc<dyn Orders>,
    pub(super) alike: Cache<ProductId, Arc<[Alike]>>,
}

impl GraphRecommendations {
    pub(crate) fn new(
        edges: Edges,
        catalog: Arc<dyn Catalog>,
        browsing: Arc<dyn Browsing>,
        orders: Arc<dyn Orders>,
    ) -> Self {
        let alike = Cache::builder().max_capacity(MAX_KNOWN_ALIKE).time_to_live(BELIEVED).build();
        Self { edges, catalog, browsing, orders, alike }
    }

    async fn find(&self, products: &[ProductId], limit: usize) -> anyhow::Result<Vec<Recommended>> {
        let asked = &products[products.len().saturating_sub(MAX_ASKED_PRODUCTS)..];
        let leaving = self.edges.leaving(asked).await?;
        let mut sums: HashMap<ProductId, (f32, f32, Candidate)> = HashMap::new();
        for from in asked {
            for step in leaving.get(from).iter().flat_map(|leaving| &leaving.bought) {
                let known =
                    sums.entry(step.into.clone()).or_insert_with(|| (0.0, 0.0, Candidate::bought_with(from, step)));
                known.0 += step.strength;
                // The strongest edge is the reason that is told.
                if step.strength > known.1 {
                    (known.1, known.2) = (step.strength, Candidate::bought_with(from, step));
                }
            }
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|(one, a), (other, b)| b.0.total_cmp(&a.0).then_with(|| one.cmp(other)));
        let mut seen = products.iter().cloned().collect();
        pick(&*self.catalog, sums.into_iter().map(|(_, (_, _, candidate))| candidate), &mut seen, limit).await
    }

    async fn find_around(&self, product: &ProductId, hidden: &[ProductId]) -> anyhow::Result<Around> {
        let leaving = self.edges.leaving(std::slice::from_ref(product)).await?;
        let Some(leaving) = leaving.get(product) else { return Ok(Around::default()) };
        let mut seen: HashSet<ProductId> = hidden.iter().chain([product]).cloned().collect();
        let bought = || leaving.bought.iter().map(|step| Candidate::bought_with(product, step));
        let together = pick(&*self.catalog, bought(), &mut seen, TOGETHER_CARDS).await?;
        let mut also_bought = pick(&*self.catalog, bought(), &mut seen, AROUND_CARDS).await?;
        if also_bought.len() < AROUND_CARDS && !leaving.bought.is_empty() {
            let middles: Vec<ProductId> = leaving.bought.iter().take(MIDDLES).map(|step| step.into.clone()).collect();
            let further = self.further(&middles).await?;
            also_bought.extend(pick(&*self.catalog, further, &mut seen, AROUND_CARDS - also_bought.len()).await?);
        }
        let viewed = leaving.viewed.iter().map(|step| Candidate::viewed_with(product, step));
        let also_viewed = pick(&*self.catalog, viewed, &mut seen, AROUND_CARDS).await?;
        let alike = self.alike_to(product).await?;
        let alike = alike.iter().map(|alike| alike.candidate(product));
        let similar = pick(&*self.catalog, alike, &mut seen, AROUND_CARDS).await?;
        Ok(Around { together, also_bought, also_viewed, similar })
    }

    /// What goes with the neighbours of a product, each with the neighbour as its reason, the strongest
    /// edges first.
    async fn further(&self, middles: &[ProductId]) -> anyhow::Result<Vec<Candidate>> {
        let leaving = self.edges.leaving(middles).await?;
        let steps = |middle: &ProductId| leaving.get(middle).cloned();
        let mut further: Vec<(f32, Candidate)> = middles
            .iter()
            .filter_map(|middle| Some((middle, steps(middle)?)))
            .flat_map(|(middle, leaving)| {
                let candidate = |step| Candidate::bought_with(middle, step);
                leaving.bought.iter().map(|step| (step.strength, candidate(step))).collect::<Vec<_>>()
            })
            .collect();
        further.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.product.cmp(&b.product)));
        Ok(distinct(further.into_iter().map(|(_, candidate)| candidate), |candidate| candidate.product.clone()))
    }

    async fn find_trending(&self, hidden: &[ProductId], limit: usize) -> anyhow::Result<Vec<Recommended>> {
        let trending = self.edges.trending().await?;
        let candidates = trending
            .iter()
            .map(|(product, orders)| Candidate { product: product.clone(), why: Why::Trending { orders: *orders } });
        let mut seen = hidden.iter().cloned().collect();
        pick(&*self.catalog, candidates, &mut seen, limit).await
    }
}

/// The first of each key.
pub(super) fn distinct<T, K: Eq + Hash>(all: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = HashSet::new();
    all.filter(|one| seen.insert(key(one))).collect()
}

#[async_trait]
impl Recommendations for GraphRecommendations {
    async fn goes_with(
        &self,
        products: &[ProductId],
        limit: u32,
    ) -> Result<Vec<Recommended>, RecommendationsUnavailable> {
        at_boundary(self.find(products, limit as usize).await, RecommendationsUnavailable)
    }

    async fn around(&self, product: &ProductId, hidden: &[ProductId]) -> Result<Around, RecommendationsUnavailable> {
        at_boundary(self.find_around(product, hidden).await, RecommendationsUnavailable)
    }

    async fn personal(
        &self,
        known: &Known,
        hidden: &[ProductId],
    ) -> Result<Vec<PersonalShelf>, RecommendationsUnavailable> {
        at_boundary(self.find_personal(known, hidden).await, RecommendationsUnavailable)
    }

    async fn trending(&self, hidden: &[ProductId], limit: u32) -> Result<Vec<Recommended>, RecommendationsUnavailable> {
        at_boundary(self.find_trending(hidden, limit as usize).await, RecommendationsUnavailable)
    }
}
