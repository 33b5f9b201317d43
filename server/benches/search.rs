//! The search engine over the demo catalog, beside bare Tantivy with one field over the same titles; both
//! have one segment. `CARTOGRAPH_BENCH_PRODUCTS` sets how many products there are; a million of them is what the
//! numbers that are wanted are for. Criterion tells means. Before that every number of theirs is printed: how
//! long indexing takes and how much memory, the median and what only one question in a hundred exceeds, the
//! share of bare Tantivy's rate, what a hundred times as many products cost, and of queries that are made to
//! take long, which takes longest.

// A benchmark that can't set up its data has nothing to measure.
#![allow(clippy::expect_used)]

use std::collections::HashMap;
use std::fmt::Debug;
use std::hint::black_box;
use std::ops::RangeBounds;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::DemoSearch;
use tantivy::collector::TopDocs;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, IndexWriter, Searcher, doc};

const DEFAULT_PRODUCTS: u32 = 10_000;
const QUERIES: usize = 500;
const WRITER_BYTES: usize = 256 * 1024 * 1024;
/// Words that many products have, of which queries are made that take long.
const BROAD_WORDS: usize = 40;
/// Queries that take longest of those, which are told.
const TOLD: usize = 5;
/// So often each of them is asked; the shortest time counts, which nothing else on the machine disturbed.
const ROUNDS: u32 = 3;

// What is wanted of a million products.
const INDEXED_WITHIN_S: f64 = 300.0;
const INDEXED_IN_MB: f64 = 1_500.0;
const PAGE_P50_MS: f64 = 3.0;
const PAGE_P99_MS: f64 = 15.0;
const SUGGESTIONS_P99_MS: f64 = 2.0;
const LONGEST_MS: f64 = 50.0;
const LEAST_SHARE_OF_BARE_PERCENT: f64 = 70.0;
/// The median of a page, compared with the one over [`DEFAULT_PRODUCTS`].
const GROWTH_TIMES: f64 = 4.0;

fn searches(criterion: &mut Criterion) {
    let products = std::env::var("CARTOGRAPH_BENCH_PRODUCTS").ok();
    let products = products.map_or(DEFAULT_PRODUCTS, |raw| raw.parse().expect("a number of products"));
    let folder = tempfile::tempdir().expect("a folder");
    let begun = Instant::now();
    let search = DemoSearch::new(&folder.path().join("ours"), products).expect("an index");
    tell(&format!("making and indexing {products} products"), begun.elapsed().as_secs_f64(), "s", ..=INDEXED_WITHIN_S);
    if let Some(peak_mb) = peak_mb() {
        tell("the most memory until then, files that are read included", peak_mb, "MB", ..=INDEXED_IN_MB);
    }
    let (bare, parser) = bare(&folder.path().join("bare"), products);
    let queries = queries();
    let best_ten_of_bare = |query: &str| {
        let (query, _) = parser.parse_query_lenient(query);
        bare.search(&query, &TopDocs::with_limit(10).order_by_score())
    };
    tell_typical(&search, &queries);
    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        ours += Spread::of(&queries, |query| drop(black_box(search.best_ten(query)))).mean();
        theirs += Spread::of(&queries, |query| drop(black_box(best_ten_of_bare(query)))).mean();
    }
    let [ours_s, theirs_s] = [ours, theirs].map(|sum| sum.as_secs_f64() / f64::from(ROUNDS));
    println!("the best ten: {:.0} queries a second, bare Tantivy {:.0}", 1.0 / ours_s, 1.0 / theirs_s);
    tell("of bare Tantivy's rate", 100.0 * theirs_s / ours_s, "%", LEAST_SHARE_OF_BARE_PERCENT..);
    if products > DEFAULT_PRODUCTS {
        let few = DemoSearch::new(&folder.path().join("few"), DEFAULT_PRODUCTS).expect("an index");
        let median = |search: &DemoSearch| {
            let ask = || Spread::of(&queries, |query| drop(black_box(search.page(query)))).at_ms(50);
            (0..ROUNDS).map(|_| ask()).fold(f64::INFINITY, f64::min)
        };
        let name = format!("the median of a page, compared with {DEFAULT_PRODUCTS} products");
        tell(&name, median(&search) / median(&few), "times", ..=GROWTH_TIMES);
    }
    let long = long_queries();
    tell_longest("a page with its facets", &long, |query| drop(black_box(search.page(query))));
    tell_longest("a narrowed page", &long, |query| drop(black_box(search.narrowed_page(query))));
    tell_longest("the best ten", &long, |query| drop(black_box(search.best_ten(query))));
    tell_longest("suggestions", &long, |query| drop(black_box(search.suggest(query))));
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

/// What shoppers ask for, for the first time and again.
fn tell_typical(search: &DemoSearch, queries: &[String]) {
    let typed = typed(queries);
    for _warmed in [false, true] {
        let pages = Spread::of(queries, |query| drop(black_box(search.page(query))));
        pages.print("a page with its facets");
        Spread::of(queries, |query| drop(black_box(search.narrowed_page(query)))).print("a narrowed page");
        let suggested = Spread::of(&typed, |typed| drop(black_box(search.suggest(typed))));
        suggested.print("suggestions at every keystroke");
        tell("a page, p50", pages.at_ms(50), "ms", ..=PAGE_P50_MS);
        tell("a page, p99", pages.at_ms(99), "ms", ..=PAGE_P99_MS);
        tell("suggestions, p99", suggested.at_ms(99), "ms", ..=SUGGESTIONS_P99_MS);
    }
}

/// Prints a number, and what is wanted of it.
fn tell(name: &str, number: f64, unit: &str, wanted: impl RangeBounds<f64> + Debug) {
    let missed = if wanted.contains(&number) { "" } else { ", MISSED" };
    println!("    {name}: {number:.3} {unit} ({wanted:?} wanted{missed})");
}

/// What this process had in memory at most so far, in megabytes, where the system tells.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak_kb = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    peak_kb.trim().parse::<f64>().ok().map(|peak_kb| peak_kb * 1_024.0 / 1e6)
}

/// How long each of many questions took, the shortest first.
struct Spread(Vec<Duration>);

impl Spread {
    /// Asks every query once.
    fn of(queries: &[String], ask: impl Fn(&str)) -> Self {
        let once = |query: &String| {
            let begun = Instant::now();
            ask(query);
            begun.elapsed()
        };
        let mut times: Vec<_> = queries.iter().map(once).collect();
        times.sort_unstable();
        Self(times)
    }

    fn at_ms(&self, percent: usize) -> f64 {
        self.0[(self.0.len() - 1) * percent / 100].as_secs_f64() * 1e3
    }

    fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / u32::try_from(self.0.len()).expect("some thousands of queries")
    }

    fn print(&self, name: &str) {
        println!("{name}: p50 {:.3} ms, p99 {:.3} ms, most {:.3} ms", self.at_ms(50), self.at_ms(99), self.at_ms(100));
    }
}

/// Asks queries and prints which took longest, with the time in milliseconds.
fn tell_longest(name: &str, queries: &[String], ask: impl Fn(&str)) {
    let shortest = |query: &String| {
        let once = |_| {
            let begun = Instant::now();
            ask(query);
            begun.elapsed()
        };
        (0..ROUNDS).map(once).min().unwrap_or_default()
    };
    let mut times: Vec<(Duration, &String)> = queries.iter().map(|query| (shortest(query), query)).collect();
    times.sort_unstable_by(|a, b| b.cmp(a));
    println!("{name}, longest of {} queries:", times.len());
    for (time, query) in times.iter().take(TOLD) {
        println!("    {:.3} ms: {query:?}", time.as_secs_f64() * 1e3);
    }
    let longest = times.first().map_or(Duration::ZERO, |(time, _)| *time);
    tell("the longest", longest.as_secs_f64() * 1e3, "ms", ..=LONGEST_MS);
}

/// Queries that are made to take long: broad words in every combination, what stands for all products,
/// slips in long words, and bytes that mean nothing.
fn long_queries() -> Vec<String> {
    let broad = broad_words();
    let all = broad.join(" ");
    let without_all = format!("-{}", broad.join(" -"));
    let mut queries: Vec<String> = broad.clone();
    for pair in broad.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        queries.push(format!("\"{one} {other}\""));
        queries.push(format!("\"{other} {one}\""));
        queries.push(format!("-\"{one} {other}\""));
        queries.push(format!("{one} {other}"));
        queries.push(format!("{one} -{other}"));
        queries.push(format!("{one} zzzzqq"));
        queries.push(format!("{one}s{other} {other}x{one}"));
    }
    for count in 3..broad.len().min(12) {
        queries.push(broad[..count].join(" "));
        queries.push(format!("\"{}\"", broad[..count].join(" ")));
    }
    for letter in ('a'..='z').chain('0'..='9') {
        queries.push(letter.to_string());
        queries.push(format!("{letter} {}", broad[0]));
    }
    let phrases: Vec<String> = broad.windows(2).map(|pair| format!("\"{}\"", pair.join(" "))).collect();
    queries.extend([
        all.clone(),
        without_all.clone(),
        format!("{} {without_all}", broad[0]),
        format!("zzzzqq {all}"),
        phrases.join(" "),
        format!("-{}", phrases.join(" -")),
        "\"of the\"".to_owned(),
        "\"and a\" \"with a\" \"for the\"".to_owned(),
        "-\"of the\" -\"and a\" -\"with a\" -\"for the\"".to_owned(),
        "under 1000000".to_owned(),
        "over 0.01".to_owned(),
        format!("between 1 and 1000000 {without_all}"),
        format!("under 1000000 {all}"),
        "the of and a in on with for to by".to_owned(),
        ('a'..='z').cycle().take(100).map(String::from).collect::<Vec<_>>().join("-"),
        ('a'..='z').cycle().take(100).map(String::from).collect::<Vec<_>>().join(" "),
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32".to_owned(),
        "0000001 0000002x 0000003-x 00000004 sku0000001x demo-000001x".to_owned(),
        "aluminiumm stainlesss wirelesss rechargeablee waterprooff portablee adjustablee".to_owned(),
        "x".repeat(200),
        "ab1".repeat(66),
        "\"".repeat(200),
        "-".repeat(200),
        "- \" -\" \" -".repeat(20),
        "\u{0301}".repeat(200),
        "日本語".repeat(66),
        "😀 ".repeat(100),
        "é".repeat(40),
    ]);
    queries
}

/// The words that most titles have, the broadest first.
fn broad_words() -> Vec<String> {
    let mut counted: HashMap<String, u32> = HashMap::new();
    for title in DemoSearch::titles(DEFAULT_PRODUCTS) {
        for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counted.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<(u32, String)> = counted.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_unstable_by(|a, b| b.cmp(a));
    words.into_iter().take(BROAD_WORDS).map(|(_, word)| word).collect()
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

/// What stands in the box at every keystroke of every query.
fn typed(queries: &[String]) -> Vec<String> {
    let beginnings = |query: &String| -> Vec<String> {
        let ends = query.char_indices().map(|(start, letter)| start + letter.len_utf8());
        ends.map(|end| query[..end].to_owned()).collect()
    };
    queries.iter().flat_map(beginnings).collect()
}

fn bare(folder: &Path, products: u32) -> (Searcher, QueryParser) {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut schema = Schema::builder();
    let title: Field = schema.add_text_field("title", TEXT);
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer: IndexWriter = index.writer(WRITER_BYTES).expect("a writer");
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for words in DemoSearch::titles(products) {
        writer.add_document(doc!(title => words)).expect("an index that takes documents");
    }
    writer.commit().expect("a commit");
    let segments = index.searchable_segment_ids().expect("segments");
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("one segment");
    }
    writer.wait_merging_threads().expect("merged segments");
    let parser = QueryParser::for_index(&index, vec![title]);
    (index.reader().expect("a reader").searcher(), parser)
}

criterion_group!(search, searches);
criterion_main!(search);
