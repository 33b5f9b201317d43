//! What no shelf shows to somebody.

use domain::browsing::ports::Browsing;
use domain::cart::ports::Carts;
use domain::catalog::ports::Catalog;
use domain::catalog::{ProductId, Sku};

use crate::browsing::somebody;
use crate::port::port;
use crate::visitor::Visitor;

/// What is in the cart.
async fn in_cart() -> Vec<ProductId> {
    read_cart().await.unwrap_or_default()
}

async fn read_cart() -> Option<Vec<ProductId>> {
    let visitor = Visitor::current().ok().filter(|visitor| visitor.cart_units > 0)?;
    let cart = port::<dyn Carts>().ok()?.read(visitor.cart?).await.ok()?;
    let skus: Vec<Sku> = cart.lines().iter().map(|line| line.sku.clone()).collect();
    let products = port::<dyn Catalog>().ok()?.products_of(&skus).await.ok()?;
    Some(products.into_values().map(|product| product.id.clone()).collect())
}

/// What somebody does not want to see recommended.
pub(super) async fn dismissed() -> Vec<ProductId> {
    let (Some(somebody), Ok(browsing)) = (somebody(), port::<dyn Browsing>()) else { return Vec::new() };
    browsing.dismissed(somebody).await.unwrap_or_default().into_iter().collect()
}

/// Both.
pub(crate) async fn hidden() -> Vec<ProductId> {
    let mut hidden = in_cart().await;
    hidden.extend(dismissed().await);
    hidden
}
