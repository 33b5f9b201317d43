//! What there is to visit: read once from the store's own site map.

use std::sync::OnceLock;

use goose::prelude::*;

static PRODUCTS: OnceLock<Vec<String>> = OnceLock::new();
static CATEGORIES: OnceLock<Vec<String>> = OnceLock::new();

/// Reads the addresses of products and categories before the shoppers start.
pub(crate) async fn explore(user: &mut GooseUser) -> TransactionResult {
    let categories = addresses(user, "/sitemaps/categories.xml", "/c/").await?;
    let products = addresses(user, "/sitemaps/products-1.xml", "/products/").await?;
    assert!(!products.is_empty() && !categories.is_empty(), "the store is empty: run `cartograph demo` first");
    let _ = CATEGORIES.set(categories);
    let _ = PRODUCTS.set(products);
    Ok(())
}

pub(crate) fn any_product() -> &'static str {
    any(&PRODUCTS)
}

pub(crate) fn any_category() -> &'static str {
    any(&CATEGORIES)
}

fn any(addresses: &'static OnceLock<Vec<String>>) -> &'static str {
    let addresses = addresses.get().map(Vec::as_slice).unwrap_or_default();
    let chosen = rand::random_range(0..addresses.len().max(1));
    addresses.get(chosen).map_or("/", String::as_str)
}

async fn addresses(user: &mut GooseUser, sitemap: &str, prefix: &str) -> Result<Vec<String>, Box<TransactionError>> {
    let xml = match user.get(sitemap).await?.response {
        Ok(response) => response.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    };
    let locations = xml.split("<loc>").filter_map(|part| part.split("</loc>").next());
    Ok(locations.filter_map(|url| url.find(prefix).map(|at| url[at..].to_owned())).collect())
}
