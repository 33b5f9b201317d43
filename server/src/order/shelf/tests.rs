use std::time::Instant;

use domain::order::{OrderNumber, OrderState};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::context::Databases;
use crate::graph::Graph;
use crate::order::insert;

/// The order of a customer at a place in time.
fn order(place: u128, email: &str, title: &str, state: OrderState) -> Order {
    let id = OrderId::new(Uuid::from_u128(0x0197_b2c4_d5e6_7f80_91a2_0000_0000_0000 + place));
    let money = json!({ "minor_units": 1_000, "currency": "GBP" });
    serde_json::from_value(json!({
        "id": id, "number": OrderNumber::from(id), "state": state,
        "contact": {
            "email": email, "name": "Ada Lovelace", "phone": null,
            "address": {
                "line1": "1 High Street", "line2": null, "city": "York", "region": null, "postcode": "YO1 7HH",
                "country": "GB",
            },
        },
        "lines": [{
            "sku": format!("SKU-{place}"), "title": title, "slug": "a-thing", "choices": "Oak", "picture": null,
            "quantity": 1, "unit_price": money,
        }],
        "totals": { "items": money, "discount": null, "delivery": money, "total": money },
        "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
        "placed_at": "2026-11-25T12:00:00Z",
    }))
    .unwrap()
}

struct Kept {
    sql: Sql,
    graph: Graph,
    orders: OrderGraph,
    account: AccountId,
    _folder: tempfile::TempDir,
}

impl Kept {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let account = AccountId::new(Uuid::from_u128(7));
        Self { sql, orders: OrderGraph::new(graph.clone()), graph, account, _folder: folder }
    }

    async fn insert(&self, orders: &[Order], owner: AccountId) {
        let mut transaction = self.sql.begin().await.unwrap();
        let rows: Vec<_> = orders.iter().map(|order| (order.clone(), Some(owner))).collect();
        insert(&mut transaction, &rows).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// The places of all orders that a history has, page by page, with and without the graph.
    async fn places(&self, words: &str, progress: Option<OrderProgress>) -> Vec<u128> {
        let by_graph = self.pages(Some(&self.orders), words, progress).await;
        assert_eq!(by_graph, self.pages(None, words, progress).await, "the books have the same");
        by_graph
    }

    async fn pages(&self, graph: Option<&OrderGraph>, words: &str, progress: Option<OrderProgress>) -> Vec<u128> {
        let mut query = OrderQuery { words: words.into(), progress, older_than: None };
        let mut places = Vec::new();
        loop {
            let page = list(&self.sql, graph, self.account, &query).await.unwrap();
            assert!(page.orders.len() <= ORDERS_PER_PAGE);
            places.extend(page.orders.iter().map(|order| place_of(order.id)));
            query.older_than = page.next;
            if page.next.is_none() {
                return places;
            }
        }
    }

    /// Whether the graph tells the history, and not the books.
    async fn is_told_by_graph(&self) -> bool {
        let told = by_graph(&self.sql, &self.orders, self.account, &OrderQuery::default()).await;
        told.unwrap().is_some()
    }
}

fn place_of(id: OrderId) -> u128 {
    let id: Uuid = id.to_string().parse().unwrap();
    id.as_u128() & 0xffff
}

fn many(places: std::ops::Range<u128>) -> Vec<Order> {
    let title = |place: u128| if place.is_multiple_of(6) { "Oak stool, 100% oak" } else { "Walnut desk lamp" };
    let state = |place: u128| if place.is_multiple_of(5) { OrderState::Cancelled } else { OrderState::Confirmed };
    places.map(|place| order(place, "ada@example.com", title(place), state(place))).collect()
}

#[tokio::test]
async fn the_graph_tells_a_history_and_the_books_whose_it_is() {
    let kept = Kept::new().await;
    let (orders, elsewhere) = (many(0..33), order(40, "office@example.com", "Green sofa", OrderState::Delivered));
    kept.insert(&orders, kept.account).await;
    kept.insert(std::slice::from_ref(&elsewhere), kept.account).await;
    // Somebody else's, placed with the same address.
    let theirs = order(50, "ada@example.com", "Walnut desk lamp", OrderState::Confirmed);
    kept.insert(std::slice::from_ref(&theirs), AccountId::new(Uuid::from_u128(8))).await;
    kept.orders.put(&orders).await.unwrap();
    kept.orders.put(&[elsewhere, theirs]).await.unwrap();
    assert!(kept.is_told_by_graph().await);
    let all: Vec<u128> = std::iter::once(40).chain((0..33).rev()).collect();
    assert_eq!(kept.places("", None).await, all);
    assert_eq!(kept.places("stool 100%", None).await, [30, 24, 18, 12, 6, 0]);
    assert_eq!(kept.places("SOFA", None).await, [40]);
    assert_eq!(kept.places("sku-17", None).await, [17]);
    assert_eq!(kept.places(&orders[3].number.to_string().to_lowercase(), None).await, [3]);
    assert_eq!(kept.places("rug", None).await, Vec::<u128>::new());
    assert_eq!(kept.places("", Some(OrderProgress::Delivered)).await, [40]);
    assert_eq!(kept.places("oak", Some(OrderProgress::Ended)).await, [30, 25, 20, 15, 10, 5, 0]);
    kept.graph.close().await;
}

#[tokio::test]
async fn what_has_not_reached_the_graph_is_not_missing() {
    let kept = Kept::new().await;
    let orders = many(0..60);
    kept.insert(&orders, kept.account).await;
    let all: Vec<u128> = (0..60).rev().collect();
    // As many as the books are asked for, and one more.
    for (late, is_told) in [(NEWEST_ORDERS + 1, false), (NEWEST_ORDERS, true), (0, true)] {
        kept.orders.put(&orders[..60 - late]).await.unwrap();
        assert_eq!(kept.is_told_by_graph().await, is_told, "{late} are late");
        assert_eq!(kept.places("", None).await, all, "{late} are late");
        assert_eq!(kept.places("stool", None).await.len(), 10, "{late} are late");
    }
    // One that never reached it.
    kept.orders.remove(&[orders[2].id]).await.unwrap();
    assert!(!kept.is_told_by_graph().await);
    assert_eq!(kept.places("", None).await, all);
    kept.graph.close().await;
}

#[tokio::test]
async fn orders_whose_words_the_graph_does_not_know_yet_are_found() {
    let kept = Kept::new().await;
    let orders = many(0..30);
    kept.insert(&orders, kept.account).await;
    kept.orders.put(&orders).await.unwrap();
    kept.graph.query("UPDATE `order` SET words = NONE RETURN NONE", &[]).await.unwrap();
    assert_eq!(kept.places("stool", None).await, [24, 18, 12, 6, 0]);
    kept.graph.close().await;
}

/// `cargo test --release -p server --lib shelf -- --ignored --nocapture` says how long the pages of a customer of
/// 1,000 orders take at the port.
#[tokio::test]
#[ignore = "measures"]
async fn a_history_of_a_thousand_orders() {
    let kept = Kept::new().await;
    let orders = many(0..1_000);
    kept.insert(&orders, kept.account).await;
    for some in orders.chunks(200) {
        kept.orders.put(some).await.unwrap();
    }
    for words in ["", "stool", "nothing like it"] {
        let query = OrderQuery { words: words.into(), ..OrderQuery::default() };
        for graph in [Some(&kept.orders), None] {
            let mut times = Vec::new();
            for _ in 0..50 {
                let started = Instant::now();
                list(&kept.sql, graph, kept.account, &query).await.unwrap();
                times.push(started.elapsed());
            }
            times.sort();
            println!("{words:?}, by the graph: {}: median {:?}, slowest {:?}", graph.is_some(), times[25], times[49]);
        }
    }
    kept.graph.close().await;
}
