//! Catalog reads: from the cache, and from the graph when the cache has forgotten.

// A benchmark that can't set up its data has nothing to measure.
#![allow(clippy::expect_used, clippy::panic)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::catalog::listing::ListRequest;
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{Sku, Slug};
use tokio::runtime::Runtime;

const PRODUCTS: u32 = 5_000;

fn reads(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = runtime.block_on(server::demo_catalog(folder.path(), PRODUCTS)).expect("a demo catalog");
    let slugs: Vec<Slug> = runtime
        .block_on(catalog.sitemap(0, PRODUCTS))
        .expect("a site map")
        .into_iter()
        .map(|entry| entry.slug)
        .collect();
    let skus: Vec<Sku> = slugs
        .iter()
        .take(20)
        .map(|slug| match runtime.block_on(catalog.product(slug)).expect("an answer") {
            Found::Product(product) => product.first_variant().sku.clone(),
            other => panic!("{slug} is {other:?}"),
        })
        .collect();
    let tree = runtime.block_on(catalog.categories()).expect("categories");
    let top = tree.top().first().expect("a category").id.clone();

    let mut next = 0;
    criterion.bench_function("read a product", |b| {
        b.to_async(&runtime).iter(|| {
            next = (next + 1) % slugs.len();
            let slug = slugs[next].clone();
            let catalog = catalog.clone();
            async move { black_box(catalog.product(&slug).await) }
        });
    });
    criterion.bench_function("read a product from the graph", |b| {
        b.to_async(&runtime).iter(|| {
            next = (next + 1) % slugs.len();
            let slug = slugs[next].clone();
            let catalog = catalog.forgetful();
            async move { black_box(catalog.product(&slug).await) }
        });
    });
    criterion.bench_function("read the products of a cart of 20 lines", |b| {
        b.to_async(&runtime).iter(|| catalog.products_of(&skus));
    });
    criterion.bench_function("read the first page of a top category", |b| {
        let request = ListRequest::default();
        b.to_async(&runtime).iter(|| {
            let (catalog, top, request) = (catalog.clone(), top.clone(), request.clone());
            async move { black_box(catalog.list(&top, &request).await) }
        });
    });
    criterion.bench_function("read it from the graph", |b| {
        let request = ListRequest::default();
        b.to_async(&runtime).iter(|| {
            let (catalog, top, request) = (catalog.forgetful(), top.clone(), request.clone());
            async move { black_box(catalog.list(&top, &request).await) }
        });
    });
}

criterion_group!(catalog, reads);
criterion_main!(catalog);
