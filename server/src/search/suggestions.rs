use std::sync::Arc;

use domain::search::insight::CountedQuery;
use domain::search::{
    Completion, MAX_SUGGESTED_PRODUCTS, MAX_SUGGESTED_QUERIES, MAX_SUGGESTED_SHELVES, SearchText, Suggestions,
};

use super::apart;
use super::engine::{Engine, are_same_words};
use crate::catalog::GraphCatalog;

/// What a few typed letters may become. Queries that led to purchases stand before those that the
/// catalog's own words make.
pub(super) async fn complete(
    engine: Arc<Engine>,
    catalog: &GraphCatalog,
    bought: Vec<CountedQuery>,
    typed: &SearchText,
) -> anyhow::Result<Suggestions> {
    if typed.is_empty() {
        return Ok(Suggestions::default());
    }
    let asked = typed.clone();
    let found = apart(move || Ok(engine.suggest(asked.as_str(), MAX_SUGGESTED_QUERIES)?)).await?;
    let tree = catalog.known_tree().await?;
    let mut products = catalog.cards_of(&found.products).await?;
    products.truncate(MAX_SUGGESTED_PRODUCTS);
    let typed_chars = u32::try_from(typed.as_str().to_lowercase().chars().count()).unwrap_or(u32::MAX);
    let mut queries: Vec<Completion> =
        bought.iter().map(|query| Completion { text: query.into(), typed_chars }).collect();
    for made in found.queries {
        if !queries.iter().any(|known| are_same_words(known.text.as_str(), made.text.as_str())) {
            let typed_chars = u32::try_from(made.typed_chars).unwrap_or(u32::MAX);
            queries.push(Completion { text: made.text, typed_chars });
        }
    }
    queries.truncate(MAX_SUGGESTED_QUERIES);
    let categories = found.categories.iter().map(|id| tree.trail(id)).filter(|trail| !trail.is_empty());
    Ok(Suggestions {
        queries,
        categories: categories.take(MAX_SUGGESTED_SHELVES).collect(),
        brands: found.brands.into_iter().take(MAX_SUGGESTED_SHELVES).collect(),
        products,
    })
}
