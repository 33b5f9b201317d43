//! Nothing stands on two pages and nothing is left out, whatever comes and goes between them.

use super::super::best::MAX_WINDOW;
use super::super::request::CursorError;
use super::*;

const ORDERS: [Order; 6] =
    [Order::Relevance, Order::PriceAscending, Order::PriceDescending, Order::Rating, Order::Newest, Order::BestSelling];

/// All hits from page to page. After each page but the last, `meanwhile` hears its number and what was seen.
fn read_on(engine: &Engine, mut request: Request, mut meanwhile: impl FnMut(usize, &[String])) -> Vec<String> {
    let mut seen = Vec::new();
    for page in 0.. {
        let answer = engine.search(&request).unwrap();
        seen.extend(answer.hits.iter().map(|hit| hit.id.to_string()));
        let Some(next) = answer.next else { break };
        request.after = Some(next.to_string().parse().unwrap());
        meanwhile(page, &seen);
    }
    seen
}

/// Asserts that everything with such an id was seen once.
#[track_caller]
fn all_once(seen: &[String], prefix: char, count: usize, what: &str) {
    let old: Vec<&String> = seen.iter().filter(|id| id.starts_with(prefix)).collect();
    let unique: BTreeSet<&String> = old.iter().copied().collect();
    assert_eq!((old.len(), unique.len()), (count, count), "{what}: {seen:?}");
}

#[test]
fn pages_go_on_behind_their_place_while_products_come_and_go() {
    for order in ORDERS {
        let (_folder, engine, mut writer) = engine_with(&shelf());
        let seen = read_on(&engine, Request { order, page_hits: 25, ..request("lamp") }, |page, seen| {
            // Two that were shown go, one of them the last of the page, and a new one comes.
            writer.remove(&seen[page].parse().unwrap());
            writer.remove(&seen[seen.len() - 1].parse().unwrap());
            writer.put(&Document { popularity: 5_000, ..document(&format!("new{page}"), "Lamp red") }).unwrap();
            writer.commit("").unwrap();
        });
        all_once(&seen, 'p', 120, &format!("{order:?}"));
    }
}

#[test]
fn a_ranking_goes_on_where_all_that_its_place_names_are_gone() {
    let (_folder, engine, mut writer) = engine_with(&shelf());
    let seen = read_on(&engine, Request { page_hits: 25, ..request("lamp") }, |_, seen| {
        for id in &seen[seen.len() - 3..] {
            writer.remove(&id.parse().unwrap());
        }
        writer.commit("").unwrap();
    });
    all_once(&seen, 'p', 120, "the last three of each page go");
}

#[test]
fn the_nearest_go_on_behind_their_place_in_every_order() {
    let mut documents = Vec::new();
    for n in 0..40_u32 {
        // A few have all words; there are other things, so that each word tells something.
        let title = if n < 15 { "Red lamp zeppelin" } else { "Red lamp" };
        let price = Some(format!("{}.00 GBP", 1 + n % 7).parse().unwrap());
        documents.push(Document { price, popularity: n * 37 % 100, ..document(&format!("p{n}"), title) });
        documents.push(document(&format!("c{n}"), "Oak chair"));
    }
    for order in ORDERS {
        let (_folder, engine, mut writer) = engine_with(&documents);
        let request = Request { order, page_hits: 16, ..request("red lamp zeppelin") };
        let answer = engine.search(&request).unwrap();
        assert_eq!((answer.complete, answer.total), (15, 40), "{order:?}");
        let seen = read_on(&engine, request, |_, seen| {
            writer.remove(&seen[seen.len() - 1].parse().unwrap());
            writer.commit("").unwrap();
        });
        all_once(&seen, 'p', 40, &format!("{order:?}"));
    }
}

#[test]
fn a_ranking_ends_after_a_thousand_and_says_so() {
    for (more, order, expected) in [
        (0, Order::Relevance, MAX_WINDOW),
        (1, Order::Relevance, MAX_WINDOW),
        (1, Order::PriceAscending, MAX_WINDOW + 1),
    ] {
        let all = MAX_WINDOW + more;
        let lamps: Vec<Document> = (0..all).map(|n| document(&format!("p{n}"), "Desk lamp")).collect();
        let (_folder, engine, _writer) = engine_with(&lamps);
        let request = Request { order, page_hits: Request::MAX_PAGE_HITS, ..request("lamp") };
        let answer = engine.search(&request).unwrap();
        assert_eq!((answer.total as usize, answer.reachable as usize), (all, expected), "{order:?}");
        all_once(&read_on(&engine, request, |_, _| {}), 'p', expected, &format!("{order:?} of {all}"));
    }
}

#[test]
fn a_ranking_does_not_end_where_many_new_products_came_before_its_place() {
    let (_folder, engine, mut writer) = engine_with(&shelf());
    let seen = read_on(&engine, Request { page_hits: 25, ..request("lamp") }, |page, _| {
        if page > 0 {
            return;
        }
        for n in 0..40 {
            writer.put(&Document { popularity: 5_000, ..document(&format!("new{n}"), "Lamp") }).unwrap();
        }
        writer.commit("").unwrap();
    });
    all_once(&seen, 'p', 120, "forty come before the second page");
}

proptest! {
    #[test]
    fn a_place_is_read_as_it_was_written_and_has_room_in_an_address(
        before in 1..=u32::try_from(MAX_WINDOW).unwrap(),
        last: [u64; 3],
        is_complete: bool,
        value: u64,
        key: u64,
    ) {
        for place in [Cursor::Ranked { before, last }, Cursor::Listed { is_complete, value, key }] {
            let text = place.to_string();
            prop_assert_eq!(text.parse::<Cursor>(), Ok(place));
            prop_assert!(domain::search::Cursor::new(before, &text).is_ok(), "{}", text);
        }
    }
}

#[test]
fn what_is_no_place_is_refused() {
    for wrong in
        ["", "r", "c", "r1", "r1-2-3", "r1-2-3-4-5", "r1ffffffff-2-3-4", "c1", "n1-2-3", "x1-2", "c1-g", "1f-2"]
    {
        assert_eq!(wrong.parse::<Cursor>(), Err(CursorError), "{wrong}");
    }
}
