//! Writes the graph's orders anew from SQL, in pages by their ids: every order with its edges, and what is
//! no order of the store is removed. What was learnt from an order stays with it. Whoever calls is the only
//! one who writes orders into the graph meanwhile: the relay, or who has its lease.

use std::collections::HashSet;

use domain::order::OrderId;

use super::{OrderGraph, SqlOrders};

/// Orders that are written at once.
const PAGE_ORDERS: u32 = 200;

/// How far a rebuilding came, and what it found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rebuilt {
    /// The last order of the page; none behind the last page.
    pub(crate) last: Option<OrderId>,
    pub(crate) orders: u64,
    /// Orders that the graph had and SQL does not have.
    pub(crate) removed: u64,
}

/// Rebuilds the page behind an order.
pub(crate) async fn rebuild_page(
    orders: &SqlOrders,
    graph: &OrderGraph,
    after: Option<OrderId>,
) -> anyhow::Result<Rebuilt> {
    let page = orders.load_after(after, PAGE_ORDERS).await?;
    let is_full = page.len() >= PAGE_ORDERS as usize;
    let last = page.last().map(|order| order.id).filter(|_| is_full);
    let known: HashSet<OrderId> = page.iter().map(|order| order.id).collect();
    let mut strangers = graph.ids_between(after, last).await?;
    strangers.retain(|id| !known.contains(id));
    // An order that was placed since the page was read is no stranger.
    let placed: HashSet<OrderId> = orders.load_all(&strangers).await?.into_iter().map(|order| order.id).collect();
    strangers.retain(|id| !placed.contains(id));
    if !strangers.is_empty() {
        graph.remove(&strangers).await?;
    }
    if !page.is_empty() {
        graph.put_anew(&page).await?;
    }
    Ok(Rebuilt { last, orders: page.len() as u64, removed: strangers.len() as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Databases;
    use crate::graph::Graph;
    use crate::order::{AccessKey, insert};
    use domain::order::{Order, OrderNumber};
    use uuid::Uuid;

    /// More than a page of orders by some customers, in any state.
    fn orders() -> Vec<Order> {
        let line = |sku: u128, quantity: u128| {
            serde_json::json!({
                "sku": format!("SKU-{sku}"), "title": "A thing", "slug": "a-thing", "choices": "", "picture": null,
                "quantity": quantity, "unit_price": { "minor_units": 1_000, "currency": "GBP" },
                "discounts": [],
            })
        };
        let order = |number: u128| {
            let id = OrderId::new(Uuid::from_u128(0x0197_b2c4_d5e6_7f80_91a2_0000_0000_0000 + number));
            let money = serde_json::json!({ "minor_units": 1_000, "currency": "GBP" });
            let states = ["confirmed", "pending", "cancelled"];
            let order = serde_json::json!({
                "id": id, "number": OrderNumber::from(id), "state": states[usize::try_from(number % 3).unwrap()],
                "contact": {
                    "email": format!("customer-{}@example.com", number % 7), "name": "Olga Orlova", "phone": null,
                    "address": {
                        "line1": "1 High Street", "line2": null, "city": "York", "region": null,
                        "postcode": "YO1 7HH", "country": "GB",
                    },
                },
                "lines": (0..=number % 3).map(|place| line(number + place, place + 1)).collect::<Vec<_>>(),
                "totals": { "items": money, "discount": null, "delivery": money, "total": money },
                "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
                "placed_at": "2026-11-25T12:00:00Z",
            });
            serde_json::from_value(order).unwrap()
        };
        (0..u128::from(PAGE_ORDERS) + 50).map(order).collect()
    }

    async fn dump(graph: &Graph) -> String {
        let statements = "SELECT * FROM customer ORDER BY id; SELECT * FROM `order` ORDER BY id;
                          SELECT * FROM placed ORDER BY id; SELECT * FROM contains ORDER BY id;";
        let mut answer = graph.query(statements, &[]).await.unwrap();
        let tables: Vec<_> = (0..4).map(|table| answer.rows::<surrealdb::types::Value>(table).unwrap()).collect();
        format!("{tables:#?}")
    }

    #[tokio::test]
    async fn the_graph_is_the_same_edge_by_edge_whatever_became_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let Databases { graph, sql } = Databases::open_embedded(folder.path()).await.unwrap();
        let placed = orders();
        let mut transaction = sql.begin().await.unwrap();
        let rows: Vec<_> = placed.iter().map(|order| (order.clone(), None)).collect();
        insert(&mut transaction, &rows).await.unwrap();
        transaction.commit().await.unwrap();
        let (orders, order_graph) = (SqlOrders::new(sql, AccessKey::derive(b"key")), OrderGraph::new(graph.clone()));
        order_graph.put(&placed).await.unwrap();
        // Of an imported history, which SQL knows nothing of.
        let history = "INSERT INTO `order` { id: 'history-1', state: 'delivered' };
                       INSERT RELATION INTO contains { id: 'history-1/SKU-1', in: `order`:`history-1`,
                                                       out: variant:`SKU-1`, quantity: 3 };
                       UPDATE `order` SET learning = 'learnt' WHERE state = 'confirmed';";
        graph.query(history, &[]).await.unwrap();
        let before = dump(&graph).await;
        let rebuild = async || {
            let (mut after, mut counted, mut removed) = (None, 0, 0);
            loop {
                let rebuilt = rebuild_page(&orders, &order_graph, after).await.unwrap();
                (counted, removed) = (counted + rebuilt.orders, removed + rebuilt.removed);
                after = rebuilt.last;
                if after.is_none() {
                    return (counted, removed);
                }
            }
        };
        let count = placed.len() as u64;
        assert_eq!(rebuild().await, (count, 0));
        assert_eq!(dump(&graph).await, before, "what was right stays as it was");

        let first = placed[0].id;
        let vandalize = format!(
            "UPDATE contains SET quantity = 77 WHERE string::starts_with(record::id(id), '{first}');
             DELETE placed WHERE record::id(id) = '{}';
             UPDATE `order` SET state = 'delivered', placed_at = 'never' WHERE record::id(id) = '{}';
             INSERT RELATION INTO contains {{ id: '{first}/NEVER', in: `order`:`{first}`, out: variant:NEVER }};
             INSERT INTO customer [{{ id: 'odd' }}, {{ id: 'stranger' }}];
             INSERT RELATION INTO placed {{ id: 'odd', in: customer:odd, out: `order`:`{first}` }};
             INSERT RELATION INTO placed {{ id: '0197b2c4d5e67f8091a2ffffffffffff',
                 in: customer:stranger, out: `order`:`0197b2c4d5e67f8091a2ffffffffffff` }};
             INSERT INTO `order` {{ id: '0197b2c4d5e67f8091a2ffffffffffff', state: 'confirmed' }};
             INSERT RELATION INTO contains {{ id: '0197b2c4d5e67f8091a2ffffffffffff/X',
                 in: `order`:`0197b2c4d5e67f8091a2ffffffffffff`, out: variant:X }};",
            placed[1].id, placed[205].id,
        );
        graph.query(&vandalize, &[]).await.unwrap();
        assert_ne!(dump(&graph).await, before);
        assert_eq!(rebuild().await, (count, 1));
        assert_eq!(dump(&graph).await, before);

        graph.query("DELETE placed; DELETE contains WHERE in != `order`:`history-1`;", &[]).await.unwrap();
        rebuild().await;
        assert_eq!(dump(&graph).await, before);
        graph.close().await;
    }
}
