//! The grammar of queries: whatever the bytes, they are a bounded query that means what it says.

#![no_main]

use domain::search::SearchText;
use domain::search::query::{MAX_CLAUSES, Query};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let query = Query::parse(&String::from_utf8_lossy(bytes));
    assert!(query.clauses().len() <= MAX_CLAUSES);
    assert!(query.text().as_str().chars().count() <= SearchText::MAX_CHARS);
    let said = query.to_string();
    if said.chars().count() <= SearchText::MAX_CHARS {
        assert_eq!(Query::parse(&said).clauses(), query.clauses(), "{said}");
    }
    for clause in 0..query.clauses().len() {
        assert!(Query::from(query.without(clause)).clauses().len() <= MAX_CLAUSES);
    }
});
