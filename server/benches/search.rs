//! The search engine over the demo catalog, beside bare Tantivy with one field over the same titles.
//! `CARTOGRAPH_BENCH_PRODUCTS` sets how many products there are. Criterion tells means; before that,
//! every query is asked once for the median and for what only one query in a hundred exceeds.

// A benchmark that can't set up its data has nothing to measure.
#![allow(clippy::expect_used)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::DemoSearch;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, IndexWriter, Searcher, doc};

const DEFAULT_PRODUCTS: u32 = 10_000;
const QUERIES: usize = 500;
const WRITER_BYTES: usize = 256 * 1024 * 1024;

fn searches(criterion: &mut Criterion) {
    let products = std::env::var("CARTOGRAPH_BENCH_PRODUCTS").ok();
    let products = products.map_or(DEFAULT_PRODUCTS, |raw| raw.parse().expect("a number of products"));
    let folder = tempfile::tempdir().expect("a folder");
    let search = DemoSearch::new(&folder.path().join("ours"), products).expect("an index");
    let (bare, parser) = bare(&folder.path().join("bare"), products);
    let queries = queries();
    let best_ten_of_bare = |query: &str| {
        let (query, _) = parser.parse_query_lenient(query);
        bare.search(&query, &TopDocs::with_limit(10).order_by_score())
    };
    for _warmed in [false, true] {
        tell_spread("a page with its facets", &queries, |query| drop(black_box(search.page(query))));
        tell_spread("the best ten", &queries, |query| drop(black_box(search.best_ten(query))));
        tell_spread("the best ten of bare Tantivy", &queries, |query| drop(black_box(best_ten_of_bare(query))));
        tell_spread("suggestions for a whole query", &queries, |query| drop(black_box(search.suggest(query))));
    }
    let mut group = criterion.benchmark_group(format!("search in {products} products"));
    let mut next = 0;
    let mut query = || {
        next = (next + 1) % queries.len();
        queries[next].as_str()
    };
    group.bench_function("a page with its facets", |b| b.iter(|| black_box(search.page(query()))));
    group.bench_function("the best ten", |b| b.iter(|| black_box(search.best_ten(query()))));
    group.bench_function("the best ten of bare Tantivy", |b| {
        b.iter(|| black_box(best_ten_of_bare(query())));
    });
    group.bench_function("suggestions for the letters typed so far", |b| {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        b.iter(|| {
            let query = query();
            let typed: String = query.chars().take(random.random_range(1..=query.len())).collect();
            black_box(search.suggest(&typed))
        });
    });
}

/// Asks every query once and prints how long that took, in milliseconds.
fn tell_spread(name: &str, queries: &[String], ask: impl Fn(&str)) {
    let once = |query: &String| {
        let begun = Instant::now();
        ask(query);
        begun.elapsed()
    };
    let mut times: Vec<_> = queries.iter().map(once).collect();
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    println!("{name}: p50 {:.3} ms, p99 {:.3} ms, most {:.3} ms", at(50), at(99), at(100));
}

/// One to three neighbours of a title, as shoppers type what they look for.
fn queries() -> Vec<String> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let titles: Vec<String> = DemoSearch::titles(DEFAULT_PRODUCTS).collect();
    let query = |_| {
        let words: Vec<&str> = titles[random.random_range(0..titles.len())].split_whitespace().collect();
        let count = random.random_range(1..=words.len().min(3));
        let first = random.random_range(0..=words.len() - count);
        words[first..first + count].join(" ").to_lowercase()
    };
    (0..QUERIES).map(query).collect()
}

fn bare(folder: &Path, products: u32) -> (Searcher, QueryParser) {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut schema = Schema::builder();
    let title: Field = schema.add_text_field("title", TEXT);
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer: IndexWriter = index.writer(WRITER_BYTES).expect("a writer");
    for words in DemoSearch::titles(products) {
        writer.add_document(doc!(title => words)).expect("an index that takes documents");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merged segments");
    let parser = QueryParser::for_index(&index, vec![title]);
    (index.reader().expect("a reader").searcher(), parser)
}

criterion_group!(search, searches);
criterion_main!(search);
