//! The best rated products, on the front page and where a page has nothing else to show.

use std::cmp::Reverse;
use std::sync::Arc;

use domain::catalog::Category;
use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use leptos::prelude::*;

use super::shelf::Shelf;
use crate::error::WireError;
use crate::page::part;
use crate::port::port;
use crate::recommendation::hidden;

/// Top categories that are looked at.
const AISLES: usize = 12;
/// Of each so many that a row stays full without what the page shows elsewhere.
const AISLE_CARDS: u32 = 16;
/// Cards of a row.
pub(super) const SHELF_CARDS: usize = 10;

/// A top category with the first cards of its shelf.
pub(super) struct Aisle {
    pub(super) category: Category,
    pub(super) cards: Vec<Arc<ProductCard>>,
}

/// The first top categories.
pub(super) async fn aisles(catalog: &dyn Catalog) -> Result<Vec<Aisle>, WireError> {
    let mut aisles = Vec::with_capacity(AISLES);
    for category in catalog.categories().await?.top().into_iter().take(AISLES) {
        let cards = catalog.shelf(&category.id, AISLE_CARDS).await?;
        aisles.push(Aisle { category, cards });
    }
    Ok(aisles)
}

/// The best rated of all aisles that are in stock. Each aisle starts with its own best ones.
pub(super) fn best_rated(aisles: &[Aisle]) -> Vec<Arc<ProductCard>> {
    let mut rated: Vec<(u32, Arc<ProductCard>)> = aisles
        .iter()
        .flat_map(|aisle| &aisle.cards)
        .filter(|card| card.in_stock)
        .filter_map(|card| Some((card.rating?.trusted_hundredths(), Arc::clone(card))))
        .collect();
    rated.sort_by_key(|(stars, _)| Reverse(*stars));
    rated.into_iter().map(|(_, card)| card).collect()
}

/// The front page's row by itself, as far as it can be read.
#[component]
pub fn BestRated() -> impl IntoView {
    part(async {
        let mut best = match port::<dyn Catalog>() {
            Ok(catalog) => best_rated(&aisles(&*catalog).await.unwrap_or_default()),
            Err(_) => Vec::new(),
        };
        let hidden = hidden().await;
        best.retain(|card| !hidden.contains(&card.id));
        best.truncate(SHELF_CARDS);
        view! { <BestRatedShelf cards=best /> }
    })
}

#[component]
pub(super) fn BestRatedShelf(cards: Vec<Arc<ProductCard>>) -> impl IntoView {
    view! { <Shelf id="shelf-rated" title="Best rated" cards /> }
}
