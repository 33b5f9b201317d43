//! What crawlers read: the index of site maps, its pages and `robots.txt`.

use std::fmt::Write;
use std::sync::Arc;

use app::store::Store;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::catalog::ports::{Catalog, CatalogUnavailable};

/// The protocol allows 50,000 addresses in one file (sitemaps.org).
const ENTRIES_PER_PAGE: u32 = 50_000;
/// What is somebody's own, or has no end.
const PRIVATE: [&str; 11] = [
    "/account",
    "/alerts/",
    "/api/",
    "/cart",
    "/checkout",
    "/history",
    "/lists/",
    "/operator",
    "/orders",
    "/sandbox/",
    "/search",
];
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

#[derive(Clone)]
struct Crawled {
    catalog: Arc<dyn Catalog>,
    store: Store,
}

pub(crate) fn router(catalog: Arc<dyn Catalog>, store: Store) -> Router {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemaps/categories.xml", get(categories))
        .route("/sitemaps/help.xml", get(help))
        .route("/sitemaps/{page}", get(products))
        .with_state(Crawled { catalog, store })
}

async fn robots(State(Crawled { store, .. }): State<Crawled>) -> String {
    let private = PRIVATE.map(|path| format!("Disallow: {path}\n")).concat();
    format!("User-agent: *\n{private}\nSitemap: {}\n", store.url("/sitemap.xml"))
}

async fn index(State(Crawled { catalog, store }): State<Crawled>) -> Response {
    let Ok(count) = catalog.count().await else { return unavailable(CatalogUnavailable) };
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let mut add = |path: &str| {
        let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", store.url(path));
    };
    add("/sitemaps/categories.xml");
    add("/sitemaps/help.xml");
    for page in 0..count.div_ceil(ENTRIES_PER_PAGE) {
        add(&format!("/sitemaps/products-{}.xml", page + 1));
    }
    xml.push_str("</sitemapindex>\n");
    answer(xml)
}

async fn categories(State(Crawled { catalog, store }): State<Crawled>) -> Response {
    let Ok(tree) = catalog.categories().await else { return unavailable(CatalogUnavailable) };
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n<url><loc>{}</loc></url>\n", store.url("/"));
    for (id, _) in tree.iter() {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", store.url(&format!("/c/{id}")));
    }
    xml.push_str("</urlset>\n");
    answer(xml)
}

async fn help(State(Crawled { store, .. }): State<Crawled>) -> Response {
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for path in app::help::paths() {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", store.url(&path));
    }
    xml.push_str("</urlset>\n");
    answer(xml)
}

async fn products(State(Crawled { catalog, store }): State<Crawled>, Path(page): Path<String>) -> Response {
    let number = page.strip_prefix("products-").and_then(|rest| rest.strip_suffix(".xml")?.parse::<u32>().ok());
    let Some(number) = number.filter(|number| *number > 0) else { return StatusCode::NOT_FOUND.into_response() };
    let Ok(entries) = catalog.sitemap(number - 1, ENTRIES_PER_PAGE).await else {
        return unavailable(CatalogUnavailable);
    };
    if entries.is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for entry in entries {
        let address = store.url(&format!("/products/{}", entry.slug));
        let _ = writeln!(xml, "<url><loc>{address}</loc><lastmod>{}</lastmod></url>", entry.changed_at);
    }
    xml.push_str("</urlset>\n");
    answer(xml)
}

fn answer(xml: String) -> Response {
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response()
}

fn unavailable(_: CatalogUnavailable) -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
