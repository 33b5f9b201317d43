//! The load driver: shoppers who walk from the front page through a category and a product to the
//! cart and, some of them, to a placed order; others who search, type with suggestions, filter, sort and read
//! on. Prints throughput, latency percentiles and errors, and how long people waited for suggestions.
//!
//! `load --host http://127.0.0.1:3000 --users 200 --increase-rate 50 --run-time 60s` against a
//! running store. `--scenarios lookers` leaves the others out, `--scenarios searchers` is the search mix.
//! Everything else is goose's own command line. Beside it, `orders` counts orders a second and `pages`
//! product pages beside a static file.

mod searcher;
mod shopper;
mod store;

use std::time::Duration;

use goose::prelude::*;

use searcher::{SUGGESTIONS, narrow, open_result, read_on, search, sort, type_words};
use shopper::{add_to_cart, cart, category, check_out, front_page, product, product_to_buy};
use store::explore;

/// Between two pages a person reads; the driver's people read fast.
const SHORTEST_READ: Duration = Duration::from_secs(1);
const LONGEST_READ: Duration = Duration::from_secs(3);
/// Of ten, six look, three search and one buys.
const LOOKERS: usize = 6;
const SEARCHERS: usize = 3;
const BUYERS: usize = 1;
/// What 99 of a hundred suggestions are wanted within; those that come later are of no use to who types.
const SUGGESTED_WITHIN: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    let lookers = scenario!("Lookers")
        .set_weight(LOOKERS)?
        .set_wait_time(SHORTEST_READ, LONGEST_READ)?
        .register_transaction(transaction!(front_page).set_name("front page"))
        .register_transaction(transaction!(category).set_name("category"))
        .register_transaction(transaction!(product).set_name("product"))
        .register_transaction(transaction!(product).set_name("another product"));
    let searchers = scenario!("Searchers")
        .set_weight(SEARCHERS)?
        .set_wait_time(SHORTEST_READ, LONGEST_READ)?
        .register_transaction(transaction!(type_words).set_name("type"))
        .register_transaction(transaction!(search).set_name("search"))
        .register_transaction(transaction!(narrow).set_name("narrow"))
        .register_transaction(transaction!(sort).set_name("sort"))
        .register_transaction(transaction!(read_on).set_name("read on"))
        .register_transaction(transaction!(open_result).set_name("open a result"));
    let buyers = scenario!("Buyers")
        .set_weight(BUYERS)?
        .set_wait_time(SHORTEST_READ, LONGEST_READ)?
        .register_transaction(transaction!(front_page).set_name("front page, to buy"))
        .register_transaction(transaction!(category).set_name("category, to buy"))
        .register_transaction(transaction!(product_to_buy).set_name("product to buy"))
        .register_transaction(transaction!(add_to_cart).set_name("add to cart"))
        .register_transaction(transaction!(cart).set_name("cart"))
        .register_transaction(transaction!(check_out).set_name("checkout"));
    let attack = GooseAttack::initialize()?
        .test_start(transaction!(explore))
        .register_scenario(lookers)
        .register_scenario(searchers)
        .register_scenario(buyers);
    let metrics = Box::pin(attack.execute()).await?;
    tell_suggestions(&metrics);
    Ok(())
}

/// Prints how long people waited for suggestions, where anybody did.
fn tell_suggestions(metrics: &GooseMetrics) {
    let Some(asked) = metrics.requests.values().find(|request| request.path == SUGGESTIONS) else { return };
    let times = &asked.raw_data;
    let [p50, p99] = [0.5, 0.99].map(|share| Duration::from_micros(times.percentile_us(share)));
    println!("{} suggestions: p50 {p50:?}, p99 {p99:?}, {SUGGESTED_WITHIN:?} wanted at p99", times.counter);
}
