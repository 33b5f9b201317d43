//! What a write forgets, and what it puts in the place of that.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::{CategoryId, ProductId, Sku, Slug};

use super::{Cache, Reading, Shelf};
use crate::catalog::changes::SearchedProduct;
use crate::catalog::read::{rank, top_of};

/// A shelf that has to change: the cards that belong there, and whether one comes, goes or is filed elsewhere.
struct Correction {
    top: CategoryId,
    cards: Vec<Arc<ProductCard>>,
    moves: bool,
}

impl Cache {
    /// Forgets a product: its card, its addresses, its SKUs and the shelves it stands or stood on.
    pub(in super::super) async fn forget_product(
        &self,
        id: &ProductId,
        slugs: &[Slug],
        skus: &[Sku],
        categories: &[CategoryId],
    ) {
        let mut forgotten = self.forgotten.write().await;
        forgotten.any += 1;
        forgotten.count += 1;
        for category in categories {
            *forgotten.shelves.entry(top_of(category)).or_default() += 1;
        }
        self.cards.invalidate(id).await;
        for slug in slugs {
            self.addresses.invalidate(slug).await;
        }
        for sku in skus {
            self.products.invalidate(sku).await;
            self.line_facts.remove(sku);
        }
    }

    /// Puts a product's new card in the place of its old one on its shelf, where that is in memory.
    /// The caller sees to it that nobody else writes at the same time.
    pub(in super::super) async fn replace_card(&self, card: &Arc<ProductCard>) {
        let top = top_of(&card.category);
        let replaced = self.known_shelf(&top).await.map(|shelf| {
            let others = shelf.iter().filter(|other| other.id != card.id).cloned();
            let mut cards: Vec<Arc<ProductCard>> = others.chain([card.clone()]).collect();
            cards.sort_by_cached_key(|card| rank(card));
            Shelf::from(cards)
        });
        let mut forgotten = self.forgotten.write().await;
        forgotten.any += 1;
        *forgotten.shelves.entry(top.clone()).or_default() += 1;
        self.cards.invalidate(&card.id).await;
        if let Some(value) = replaced {
            self.shelves.insert(top.clone(), Reading { forgotten: forgotten.shelf(&top), value }).await;
        }
    }

    /// Takes in what another process wrote: its cards stand on the shelves in memory, and what else was read of
    /// these products is forgotten. The caller sees to it that nobody here writes at the same time.
    pub(in super::super) async fn take_in(&self, products: &[SearchedProduct]) {
        let (corrections, looked_at) = self.corrections(products).await;
        let mut forgotten = self.forgotten.write().await;
        forgotten.any += 1;
        for SearchedProduct { product, .. } in products {
            // Who reads a shelf at this moment may have passed the product by: what they read does not stay.
            let top = top_of(&product.category);
            if !looked_at.contains(&top) {
                *forgotten.shelves.entry(top).or_default() += 1;
            }
            self.cards.invalidate(&product.id).await;
            self.addresses.invalidate(&product.slug).await;
            for variant in &product.variants {
                self.products.invalidate(&variant.sku).await;
                self.line_facts.remove(&variant.sku);
            }
        }
        for Correction { top, mut cards, moves } in corrections {
            if moves {
                forgotten.tree += 1;
                forgotten.count += 1;
            }
            *forgotten.shelves.entry(top.clone()).or_default() += 1;
            cards.sort_by_cached_key(|card| rank(card));
            let reading = Reading { forgotten: forgotten.shelf(&top), value: Shelf::from(cards) };
            self.shelves.insert(top, reading).await;
        }
    }

    /// What has to change on the shelves in memory for some products to stand there as they are now, and which
    /// shelves those are. What this process wrote itself stands there already.
    async fn corrections(&self, products: &[SearchedProduct]) -> (Vec<Correction>, HashSet<CategoryId>) {
        let now: HashMap<&ProductId, Option<Arc<ProductCard>>> = products
            .iter()
            .map(|searched| {
                let is_sold = !searched.product.withdrawn;
                (&searched.product.id, is_sold.then(|| Arc::new(searched.card.clone())))
            })
            .collect();
        let forgotten = self.forgotten.read().await;
        let (mut corrections, mut looked_at) = (Vec::new(), HashSet::new());
        for (top, known) in self.shelves.iter().filter(|(top, shelf)| shelf.forgotten >= forgotten.shelf(top)) {
            looked_at.insert(CategoryId::clone(&top));
            let shelf = &known.value;
            let (mut differs, mut moves) = (false, false);
            let mut belonging = Vec::new();
            for (id, card) in &now {
                let belongs = card.as_ref().filter(|card| top_of(&card.category) == *top);
                let stands = shelf.card(id);
                differs |= belongs != stands;
                moves |= belongs.map(|card| &card.category) != stands.map(|card| &card.category);
                belonging.extend(belongs.cloned());
            }
            if differs {
                let others = shelf.iter().filter(|card| !now.contains_key(&card.id)).cloned();
                let cards = others.chain(belonging).collect();
                corrections.push(Correction { top: CategoryId::clone(&top), cards, moves });
            }
        }
        (corrections, looked_at)
    }

    pub(in super::super) async fn forget_tree(&self) {
        self.forgotten.write().await.tree += 1;
    }
}
