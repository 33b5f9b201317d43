//! What the server keeps of the catalog.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use super::listing::{ListPage, ListRequest, ProductCard};
use super::{Category, CategoryId, CategoryTree, Product, ProductId, Sku, Slug, Title};

/// The catalog could not be read or written now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the catalog can't be read at the moment")]
pub struct CatalogUnavailable;

/// What stands at the address of a product.
#[derive(Debug, Clone)]
pub enum Found {
    Product(Arc<Product>),
    /// It was renamed; its page is there for good.
    Moved(Slug),
    /// It was sold here once; its page says so and shows the shelf where it stood.
    Withdrawn {
        title: Title,
        category: CategoryId,
    },
    Nothing,
}

/// A page of the site map's product addresses.
#[derive(Debug, Clone)]
pub struct SitemapEntry {
    pub slug: Slug,
    pub changed_at: Timestamp,
}

#[async_trait]
pub trait Catalog: Send + Sync {
    async fn product(&self, slug: &Slug) -> Result<Found, CatalogUnavailable>;

    /// The products of the SKUs that are still sold; the others are missing from the answer.
    async fn products_of(&self, skus: &[Sku]) -> Result<HashMap<Sku, Arc<Product>>, CatalogUnavailable>;

    /// What lists show of some products, as far as they are sold.
    async fn cards(&self, ids: &[ProductId]) -> Result<HashMap<ProductId, Arc<ProductCard>>, CatalogUnavailable>;

    /// The categories that hold products, and those above them: what stands empty is not shown.
    async fn categories(&self) -> Result<Arc<CategoryTree>, CatalogUnavailable>;

    /// A page of a category's shelf, everything below it included.
    async fn list(&self, category: &CategoryId, request: &ListRequest) -> Result<ListPage, CatalogUnavailable>;

    /// The first cards of a category's shelf in its featured order, at most `limit`.
    async fn shelf(&self, category: &CategoryId, limit: u32) -> Result<Vec<Arc<ProductCard>>, CatalogUnavailable>;

    /// Products in the order of their ids, for the site map: page 0 holds the first
    /// `entries_per_page`.
    async fn sitemap(&self, page: u32, entries_per_page: u32) -> Result<Vec<SitemapEntry>, CatalogUnavailable>;

    /// How many products are sold.
    async fn count(&self) -> Result<u32, CatalogUnavailable>;
}

/// The writing side of the category tree, for imports and the demo.
#[async_trait]
pub trait CatalogWriter: Send + Sync {
    async fn put_categories(&self, categories: &[Category]) -> Result<(), CatalogUnavailable>;
}
