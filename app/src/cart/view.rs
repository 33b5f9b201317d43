use std::collections::HashMap;

use domain::cart::{Cart, LineFacts, PricedCart, price};
use domain::catalog::ports::Catalog;
use domain::inventory::ports::Inventory;
use domain::pricing::ports::Promotions;
use domain::shipment::DeliveryOption;

use crate::error::WireError;
use crate::port::port;

/// Prices a cart by what the store knows now about everything in it, with standard delivery.
///
/// # Errors
/// [`WireError::Unavailable`] when catalog, stock or promotions don't answer.
pub(super) async fn look_up(cart: &Cart) -> Result<PricedCart, WireError> {
    let skus = cart.skus();
    let (catalog, inventory) = (port::<dyn Catalog>()?, port::<dyn Inventory>()?);
    let (products, available) = if skus.is_empty() {
        (HashMap::new(), HashMap::new())
    } else {
        (catalog.products_of(&skus).await?, inventory.available(&skus).await?)
    };
    // Nobody knows yet who buys: limits for each shopper are looked at when an order is placed.
    let terms = port::<dyn Promotions>()?.terms(cart.coupon(), None).await?;
    let facts = LineFacts::of_all(cart, &products, &available);
    // A full cart of the dearest things is far from the end of money's range.
    Ok(price(cart, &facts, &terms, DeliveryOption::Standard).unwrap_or_default())
}
