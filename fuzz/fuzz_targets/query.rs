//! The grammar of queries: whatever the bytes, they are a bounded query that means what it says. What is asserted
//! is said where the property tests have it from, in `anything.rs`.

#![no_main]

#[path = "../../domain/src/search/query/tests/anything.rs"]
mod anything;

use domain::search::SearchText;
use domain::search::query::{MAX_CLAUSES, Query};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| anything::means_what_it_says(&String::from_utf8_lossy(bytes)));
