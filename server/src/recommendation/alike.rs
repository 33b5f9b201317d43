//! What is like a product by its content: of the products on its shelf, those with the same facts at a
//! near price. Found when it is asked for, among a bounded number of cards that are in memory.

use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::{AttributeText, ProductId};
use domain::recommendation::{likeness, shared_facts};

use super::GraphRecommendations;
use super::candidate::{Candidate, Why};

/// Cards of a shelf that are compared.
const MAX_COMPARED: u32 = 400;
/// A shelf with fewer cards than this is looked at together with its neighbours.
const FEW_CARDS: usize = 8;
const MAX_ALIKE: usize = 16;
/// Facts that the reason names.
const MAX_SHARED: usize = 3;

/// A product that is like another one.
#[derive(Debug)]
pub(crate) struct Alike {
    product: ProductId,
    shared: Vec<AttributeText>,
    /// As of [`likeness`].
    share: f32,
}

impl Alike {
    pub(super) fn candidate(&self, to: &ProductId) -> Candidate {
        let why = Why::Alike { to: to.clone(), shared: self.shared.clone() };
        Candidate { product: self.product.clone(), why }
    }
}

impl GraphRecommendations {
    /// What is like a product and how much, 0 to 1, the most alike first.
    pub(crate) async fn similar_to(&self, product: &ProductId) -> anyhow::Result<Vec<(ProductId, f32)>> {
        let alike = self.alike_to(product).await?;
        let alike = alike.iter().filter(|alike| alike.share > 0.0);
        Ok(alike.map(|alike| (alike.product.clone(), alike.share)).collect())
    }

    /// What is like a product, the most alike first; nothing for what is not sold.
    pub(super) async fn alike_to(&self, product: &ProductId) -> anyhow::Result<Arc<[Alike]>> {
        if let Some(known) = self.alike.get(product).await {
            return Ok(known);
        }
        let cards = self.catalog.cards(std::slice::from_ref(product)).await?;
        let Some(card) = cards.get(product) else { return Ok(Arc::default()) };
        let mut near = self.catalog.shelf(&card.category, MAX_COMPARED).await?;
        if near.len() < FEW_CARDS
            && let Some(above) = card.category.parent()
        {
            near = self.catalog.shelf(&above, MAX_COMPARED).await?;
        }
        let alike = most_alike(card, &near);
        self.alike.insert(product.clone(), alike.clone()).await;
        Ok(alike)
    }
}

fn most_alike(card: &ProductCard, near: &[Arc<ProductCard>]) -> Arc<[Alike]> {
    let others = near.iter().filter(|other| other.id != card.id && other.in_stock);
    let mut alike: Vec<(f32, &Arc<ProductCard>)> = others.map(|other| (likeness(card, other), other)).collect();
    alike.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.id.cmp(&b.id)));
    let alike = alike.into_iter().take(MAX_ALIKE).map(|(share, other)| {
        let shared = shared_facts(card, other).map(|(_, value)| value.clone());
        Alike { product: other.id.clone(), shared: shared.take(MAX_SHARED).collect(), share }
    });
    alike.collect()
}
