//! What holds of every query, whatever its bytes. The property tests ask it of made-up texts, and the fuzz target
//! (`fuzz/fuzz_targets/query.rs`) of those that libFuzzer comes upon.

use super::{MAX_CLAUSES, Query, SearchText};

/// A query is bounded and means what it says, and giving up a part of it leads to an end.
pub(super) fn means_what_it_says(raw: &str) {
    let query = Query::parse(raw);
    assert!(query.clauses().len() <= MAX_CLAUSES);
    assert!(query.text().as_str().chars().count() <= SearchText::MAX_CHARS);
    let said = query.to_string();
    if said.chars().count() <= SearchText::MAX_CHARS {
        assert_eq!(Query::parse(&said).clauses(), query.clauses(), "{said}");
    }
    for clause in 0..query.clauses().len() {
        assert!(Query::from(query.without(clause)).clauses().len() <= MAX_CLAUSES);
    }
    for relaxed in query.relaxed() {
        assert!(relaxed.query.clauses().len() <= query.clauses().len());
        assert!(relaxed.query.relaxed().len() < query.relaxed().len(), "each way leads to an end");
    }
}
