use std::collections::HashMap;

use domain::cart::{Cart, CartChange, CartError, LineFacts, PricedCart, price};
use domain::catalog::Sku;
use serde::{Deserialize, Serialize};

/// A cart with what the store knows about its SKUs: all that it takes to change and price it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    pub cart: Cart,
    pub facts: HashMap<Sku, LineFacts>,
}

impl CartView {
    /// The view after a change, with the facts as they are.
    ///
    /// # Errors
    /// As [`Cart::apply`].
    pub fn after(&self, change: &CartChange) -> Result<Self, CartError> {
        Ok(Self { cart: self.cart.apply(change)?, facts: self.facts.clone() })
    }

    pub fn priced(&self) -> PricedCart {
        // A full cart of the dearest things is far from the end of money's range.
        price(&self.cart, &self.facts).unwrap_or_default()
    }
}

/// Looks up what the store knows now about everything in a cart.
///
/// # Errors
/// [`WireError::Unavailable`](crate::error::WireError::Unavailable) when catalog or stock don't
/// answer.
#[cfg(feature = "ssr")]
pub(super) async fn look_up(cart: Cart) -> Result<CartView, crate::error::WireError> {
    use domain::catalog::ports::Catalog;
    use domain::inventory::ports::Inventory;

    use crate::port::port;

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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::inventory::{AvailableUnits, Quantity};

    #[test]
    fn a_change_is_priced_with_the_facts_at_hand() {
        let sku: Sku = "lamp".parse().unwrap();
        let facts = LineFacts {
            slug: "lamp".parse().unwrap(),
            title: "Lamp".parse().unwrap(),
            choices: String::new(),
            picture: None,
            price: "2.50 GBP".parse().unwrap(),
            list_price: None,
            available: AvailableUnits(2),
        };
        let empty = CartView { cart: Cart::default(), facts: [(sku.clone(), facts)].into() };
        let one = empty.after(&CartChange::Add { sku: sku.clone(), quantity: Quantity::ONE }).unwrap();
        assert_eq!(one.priced().subtotal.map(|sum| sum.to_string()).as_deref(), Some("£2.50"));
        assert!(one.priced().is_ready());
        let three = one.after(&CartChange::SetQuantity { sku, quantity: 3.try_into().unwrap() }).unwrap();
        assert!(!three.priced().is_ready());
    }
}
