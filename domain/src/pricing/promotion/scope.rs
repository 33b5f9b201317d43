use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Item;
use crate::catalog::{CategoryId, ProductId, Seller, Sku};

/// What a promotion is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Everything,
    Items(ScopedItems),
    /// A category with everything below it.
    Category(CategoryId),
    /// All that somebody sells, or the store itself.
    Seller(Seller),
}

/// SKUs, and products with all their variants: at least one, at most [`ScopedItems::MAX`] together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct ScopedItems(Parts);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    skus: BTreeSet<Sku>,
    products: BTreeSet<ProductId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must name at least one thing and at most {max}", max = ScopedItems::MAX)]
pub struct ScopeError;

impl ScopedItems {
    pub const MAX: usize = 500;

    /// # Errors
    /// [`ScopeError`] for nothing, and for too many.
    pub fn new(skus: BTreeSet<Sku>, products: BTreeSet<ProductId>) -> Result<Self, ScopeError> {
        Parts { skus, products }.try_into()
    }
}

impl TryFrom<Parts> for ScopedItems {
    type Error = ScopeError;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        let count = parts.skus.len() + parts.products.len();
        if (1..=Self::MAX).contains(&count) { Ok(Self(parts)) } else { Err(ScopeError) }
    }
}

impl From<ScopedItems> for Parts {
    fn from(items: ScopedItems) -> Self {
        items.0
    }
}

impl Scope {
    pub(super) fn covers(&self, item: &Item<'_>) -> bool {
        match self {
            Self::Everything => true,
            Self::Items(ScopedItems(parts)) => parts.skus.contains(item.sku) || parts.products.contains(item.product),
            Self::Category(category) => item.category.is_within(category),
            Self::Seller(seller) => item.seller == seller,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_keeps_its_limits() {
        let skus = |count: usize| (0..count).map(|n| format!("S{n}").parse().unwrap()).collect::<BTreeSet<Sku>>();
        assert!(ScopedItems::new(skus(1), BTreeSet::new()).is_ok());
        assert!(ScopedItems::new(skus(ScopedItems::MAX), BTreeSet::new()).is_ok());
        assert_eq!(ScopedItems::new(skus(0), BTreeSet::new()), Err(ScopeError));
        let product = BTreeSet::from(["P".parse().unwrap()]);
        assert_eq!(ScopedItems::new(skus(ScopedItems::MAX), product), Err(ScopeError));
    }

    #[test]
    fn a_scope_covers_what_it_names() {
        let (sku, product, category) =
            ("LAMP-RED".parse().unwrap(), "LAMP".parse().unwrap(), "home/lighting".parse().unwrap());
        let (price, seller): (_, Seller) = ("1 GBP".parse().unwrap(), "Fell & Co".parse().unwrap());
        let item = Item {
            sku: &sku,
            product: &product,
            category: &category,
            seller: &seller,
            price,
            quantity: crate::inventory::Quantity::ONE,
        };
        let items = |sku: Option<&str>, product: Option<&str>| {
            let (skus, products) = (sku.map(|s| s.parse().unwrap()), product.map(|p| p.parse().unwrap()));
            Scope::Items(ScopedItems::new(skus.into_iter().collect(), products.into_iter().collect()).unwrap())
        };
        assert!(Scope::Everything.covers(&item));
        assert!(items(Some("LAMP-RED"), None).covers(&item) && items(None, Some("LAMP")).covers(&item));
        assert!(!items(Some("LAMP-BLUE"), Some("STOOL")).covers(&item));
        assert!(Scope::Category("home".parse().unwrap()).covers(&item));
        assert!(!Scope::Category("garden".parse().unwrap()).covers(&item));
        assert!(Scope::Seller(seller.clone()).covers(&item) && !Scope::Seller(Seller::default()).covers(&item));
    }
}
