use std::collections::HashMap;

use domain::cart::{Cart, LineFacts, PricedCart, price};
use domain::catalog::Sku;
use domain::catalog::ports::Catalog;
use domain::inventory::ports::Inventory;
use serde::{Deserialize, Serialize};

use crate::error::WireError;
use crate::port::port;

/// A cart with what the store knows about its SKUs: all that it takes to price it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    pub cart: Cart,
    pub facts: HashMap<Sku, LineFacts>,
}

impl CartView {
    pub fn priced(&self) -> PricedCart {
        // A full cart of the dearest things is far from the end of money's range.
        price(&self.cart, &self.facts).unwrap_or_default()
    }
}

/// Looks up what the store knows now about everything in a cart.
///
/// # Errors
/// [`WireError::Unavailable`] when catalog or stock don't answer.
pub(super) async fn look_up(cart: Cart) -> Result<CartView, WireError> {
    let skus = cart.skus();
    if skus.is_empty() {
        return Ok(CartView { cart, facts: HashMap::new() });
    }
    let (catalog, inventory) = (port::<dyn Catalog>()?, port::<dyn Inventory>()?);
    let products = catalog.products_of(&skus).await?;
    let available = inventory.available(&skus).await?;
    let facts = skus.into_iter().filter_map(|sku| {
        let units = available.get(&sku).copied().unwrap_or_default();
        let facts = LineFacts::of(products.get(&sku)?, &sku, units)?;
        Some((sku, facts))
    });
    Ok(CartView { facts: facts.collect(), cart })
}
