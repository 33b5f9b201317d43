//! What holds of every search, whatever the bytes of its address. The property test asks it of made-up
//! addresses, and the fuzz target (`fuzz/fuzz_targets/search.rs`) of those that libFuzzer comes upon.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use domain::search::SearchRequest;

use super::{Engine, Request};

const SUGGESTED: usize = 5;
/// Other work on the machine is no fault of the search: the quickest of so many tries counts.
const TRIES: usize = 5;

/// Asks for an address, and for suggestions: nothing fails, nothing takes longer than is said, and what is
/// answered fits together. The first line is what was typed, the others are further parts of the address, as
/// `seller=store`. Beside other tests no limit is fair.
pub(super) fn ask(engine: &Engine, bytes: &[u8], limit: Option<Duration>) {
    let text = String::from_utf8_lossy(bytes);
    let (typed, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let further = rest.lines().filter_map(|line| line.split_once('='));
    let pairs: Vec<(String, String)> =
        std::iter::once(("q", typed)).chain(further).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let request = Request { explain: true, ..Request::from(&SearchRequest::from_pairs(&pairs)) };

    let answer = in_time(limit, || engine.search(&request).unwrap());
    assert!(answer.complete <= answer.total && answer.reachable <= answer.total);
    let shown: HashSet<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(shown.len(), answer.hits.len(), "nothing is shown twice");
    assert!(shown.len() <= request.page_hits && shown.len() <= answer.total as usize);
    if answer.total > 0 && !request.filters.sellers.is_empty() {
        let chosen = answer.facets.sellers.iter().filter(|seller| seller.chosen);
        assert_eq!(chosen.map(|seller| seller.count).sum::<u32>(), answer.total);
    }
    if let Some(next) = answer.next {
        let next = Request { after: Some(next.to_string().parse().unwrap()), ..request };
        let behind = in_time(limit, || engine.search(&next).unwrap());
        assert!(!behind.hits.is_empty(), "another page was promised");
        assert!(behind.hits.iter().all(|hit| !shown.contains(hit.id.as_str())), "nothing is on two pages");
    }
    in_time(limit, || engine.suggest(typed, SUGGESTED).unwrap());
}

fn in_time<T>(limit: Option<Duration>, work: impl Fn() -> T) -> T {
    let Some(limit) = limit else { return work() };
    let mut quickest = Duration::MAX;
    for _ in 0..TRIES {
        let begun = Instant::now();
        let done = work();
        quickest = quickest.min(begun.elapsed());
        if quickest <= limit {
            return done;
        }
    }
    panic!("took {quickest:?}")
}
