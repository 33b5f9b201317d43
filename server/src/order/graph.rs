use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use domain::checkout::Email;
use domain::order::{Order, OrderId};
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Value};

use super::learning::{Event, WAITING, after};
use crate::graph::{Graph, object, record, records_between, to_value};
use crate::sql::now_ms;

/// The reading side of orders: `customer->placed->order->contains->variant`.
#[derive(Debug, Clone)]
pub(crate) struct OrderGraph {
    graph: Graph,
    /// When orders came in a crowd last, in milliseconds since 1970.
    crowd_ms: Arc<AtomicI64>,
}

/// An order with its edges, under ids made from the order's, so that writing it twice leaves it there once.
pub(super) struct Row {
    id: String,
    customer: Option<String>,
    order: Value,
    contains: Vec<Value>,
}

/// What the graph has of some orders and of those who placed them, by their ids.
struct There {
    orders: HashSet<String>,
    customers: HashSet<String>,
}

/// Orders that are new and customers that are, in one transaction, and so with one wait for the disk. The order itself
/// comes last: who sees it sees all of it.
const ADD_ORDERS: &str = "
    BEGIN;
    INSERT INTO customer $customers RETURN NONE;
    INSERT RELATION INTO placed $placed RETURN NONE;
    INSERT RELATION INTO contains $contains RETURN NONE;
    INSERT INTO `order` $orders RETURN NONE;
    COMMIT;
";

/// The same where some of it is there, which takes half as long again.
static PUT_ORDERS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "
    INSERT IGNORE INTO customer $customers RETURN NONE;
    INSERT RELATION IGNORE INTO placed $placed RETURN NONE;
    INSERT RELATION IGNORE INTO contains $contains RETURN NONE;
    INSERT INTO `order` $orders ON DUPLICATE KEY UPDATE
        state = $input.state, placed_at = $input.placed_at, words = $input.words,
        learning = IF $input.learning != NONE {{ {} }} ELSE {{ {} }}
        RETURN NONE;
",
        after(Event::Bought),
        after(Event::GivenBack),
    )
});

/// Every edge to and from some orders, wherever it leads.
const DELETE_EDGES: &str = "
    LET $former = array::flatten($records.map(|$record| $record<-placed));
    LET $held = array::flatten($records.map(|$record| $record->contains));
    LET $customers_before = array::distinct((SELECT VALUE in FROM $former));
    DELETE $former;
    DELETE $held;
";

/// Whoever placed those orders and has placed no other one is forgotten, once it stands who placed which.
const DELETE_NOBODIES: &str = "
    LET $nobodies = (SELECT VALUE id FROM $customers_before WHERE array::is_empty(->placed));
    DELETE $nobodies;
";

/// The orders of some customers, by their edges: each has the key of its order.
const PLACED: &str = "RETURN array::flatten($customers.map(|$customer| $customer->placed))";

/// So many orders that are taken in at once tell of a crowd: alone, each would come by itself.
const CROWD_ORDERS: usize = 64;
/// How long it is taken to stay.
const CROWD_STAYS_MS: i64 = 5_000;

/// Ids are hexadecimal digits: every one of them comes before this.
const LAST_ID: &str = "g";

impl OrderGraph {
    pub(crate) fn new(graph: Graph) -> Self {
        Self { graph, crowd_ms: Arc::default() }
    }

    pub(super) const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Takes orders in, or their new states.
    pub(crate) async fn put(&self, orders: &[Order]) -> anyhow::Result<()> {
        if orders.len() >= CROWD_ORDERS {
            self.crowd_ms.store(now_ms(), Ordering::Relaxed);
        }
        self.write(rows_of(orders)?).await
    }

    /// Whether this process takes in orders in a crowd.
    pub(crate) fn is_crowded(&self) -> bool {
        now_ms() < self.crowd_ms.load(Ordering::Relaxed).saturating_add(CROWD_STAYS_MS)
    }

    /// Takes orders in as if they had never been, but for what was learnt from them.
    pub(crate) async fn put_anew(&self, orders: &[Order]) -> anyhow::Result<()> {
        let records: Vec<Value> = orders.iter().map(|order| record("order", order.id)).collect();
        let mut variables = variables(rows_of(orders)?, &HashSet::new());
        variables.push(("records", records.into_value()));
        let statements = format!("BEGIN; {DELETE_EDGES} {} {DELETE_NOBODIES} COMMIT;", *PUT_ORDERS);
        self.graph.query(&statements, &variables).await.map(drop)
    }

    /// Removes orders that never were.
    pub(super) async fn remove(&self, orders: &[OrderId]) -> anyhow::Result<()> {
        let records: Vec<Value> = orders.iter().map(|order| record("order", order)).collect();
        let statements = format!("BEGIN; {DELETE_EDGES} DELETE $records; {DELETE_NOBODIES} COMMIT;");
        self.graph.query(&statements, &[("records", records.into_value())]).await.map(drop)
    }

    /// The orders of this store behind one and up to another; those of an imported history have other keys.
    pub(super) async fn ids_between(
        &self,
        after: Option<OrderId>,
        until: Option<OrderId>,
    ) -> anyhow::Result<Vec<OrderId>> {
        let (after, until) = (after.map(|id| id.to_string()), until.map(|id| id.to_string()));
        let range = records_between("order", after.as_deref(), until.as_deref().unwrap_or(LAST_ID));
        let mut answer = self.graph.query("SELECT VALUE record::id(id) FROM $range", &[("range", range)]).await?;
        answer.rows::<String>(0)?.iter().map(|id| Ok(id.parse()?)).collect()
    }

    /// The orders of this store that some customers placed, in no order; those of an imported history have other
    /// keys, and customers of their own.
    pub(super) async fn placed_by(&self, customers: &[String]) -> anyhow::Result<Vec<OrderId>> {
        let records: Vec<Value> = customers.iter().map(|customer| record("customer", customer)).collect();
        let mut answer = self.graph.query(PLACED, &[("customers", records.into_value())]).await?;
        let edges = answer.rows::<RecordId>(0)?.into_iter().filter_map(|edge| match edge.key {
            RecordIdKey::String(key) => key.parse().ok(),
            _ => None,
        });
        Ok(edges.collect())
    }

    /// Those of some orders that the graph knows not to have each of some words, which are in lower case. Orders
    /// that it does not know, or whose words it does not know, are none of them.
    pub(super) async fn without_words(&self, orders: &[OrderId], words: &[String]) -> anyhow::Result<HashSet<OrderId>> {
        let records: Vec<Value> = orders.iter().map(|order| record("order", order)).collect();
        let names: Vec<String> = (0..words.len()).map(|place| format!("word{place}")).collect();
        let each: Vec<String> = names.iter().map(|name| format!("words CONTAINS ${name}")).collect();
        let statement =
            format!("SELECT VALUE record::id(id) FROM $records WHERE words != NONE AND !({})", each.join(" AND "));
        let mut variables = vec![("records", records.into_value())];
        variables.extend(names.iter().zip(words).map(|(name, word)| (name.as_str(), word.clone().into_value())));
        let mut answer = self.graph.query(&statement, &variables).await?;
        answer.rows::<String>(0)?.iter().map(|id| Ok(id.parse()?)).collect()
    }

    pub(super) async fn write(&self, rows: Vec<Row>) -> anyhow::Result<()> {
        let there = self.there(&rows).await?;
        let (known, new): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| there.orders.contains(&row.id));
        if !new.is_empty() {
            let variables = variables(new, &there.customers);
            // A history may say the same twice.
            if let Err(fault) = self.graph.query(ADD_ORDERS, &variables).await {
                tracing::debug!("orders are put in one by one: {fault:#}");
                self.put_rows(&variables).await?;
            }
        }
        if known.is_empty() { Ok(()) } else { self.put_rows(&variables(known, &there.customers)).await }
    }

    async fn put_rows(&self, variables: &[(&str, Value)]) -> anyhow::Result<()> {
        self.graph.query(&format!("BEGIN; {} COMMIT;", *PUT_ORDERS), variables).await.map(drop)
    }

    async fn there(&self, rows: &[Row]) -> anyhow::Result<There> {
        let orders: Vec<Value> = rows.iter().map(|row| record("order", &row.id)).collect();
        let customers: Vec<Value> =
            rows.iter().filter_map(|row| Some(record("customer", row.customer.as_ref()?))).collect();
        let statements = "SELECT VALUE record::id(id) FROM $orders; SELECT VALUE record::id(id) FROM $customers";
        let variables = [("orders", orders.into_value()), ("customers", customers.into_value())];
        let mut answer = self.graph.query(statements, &variables).await?;
        Ok(There { orders: answer.rows(0)?.into_iter().collect(), customers: answer.rows(1)?.into_iter().collect() })
    }
}

fn rows_of(orders: &[Order]) -> anyhow::Result<Vec<Row>> {
    let row = |order: &Order| {
        let customer = Some(customer_key(&order.contact.email));
        let state = (order.state.parameter(), order.state.is_bought());
        let mut row = Row::new(order.id.to_string(), customer, state, order.placed_at.to_string(), Some(order.words()));
        for line in &order.lines {
            row.push_line(line.sku.as_str(), line.quantity.get(), to_value(&line.unit_price)?);
        }
        Ok(row)
    };
    orders.iter().map(row).collect()
}

/// The records and edges of some orders, by table, without those customers that are there.
fn variables(rows: Vec<Row>, there: &HashSet<String>) -> Vec<(&'static str, Value)> {
    let text = |text: &str| text.to_owned().into_value();
    let (mut orders, mut placed, mut contains) = (Vec::with_capacity(rows.len()), Vec::new(), Vec::new());
    let mut customers = BTreeSet::new();
    for row in rows {
        if let Some(customer) = row.customer {
            placed.push(object([
                ("id", text(&row.id)),
                ("in", record("customer", &customer)),
                ("out", record("order", &row.id)),
            ]));
            customers.insert(customer);
        }
        contains.extend(row.contains);
        orders.push(row.order);
    }
    let customers: Vec<Value> =
        customers.iter().filter(|id| !there.contains(*id)).map(|id| object([("id", text(id))])).collect();
    vec![
        ("customers", customers.into_value()),
        ("orders", orders.into_value()),
        ("placed", placed.into_value()),
        ("contains", contains.into_value()),
    ]
}

impl Row {
    /// `words` is what its shopper finds it by.
    pub(super) fn new(
        id: String,
        customer: Option<String>,
        (state, bought): (&str, bool),
        placed_at: String,
        words: Option<String>,
    ) -> Self {
        let learning = bought.then(|| WAITING.to_owned()).into_value();
        let order = object([
            ("id", id.clone().into_value()),
            ("state", state.to_owned().into_value()),
            ("learning", learning),
            ("placed_at", placed_at.into_value()),
            ("words", words.into_value()),
        ]);
        Self { id, customer, order, contains: Vec::new() }
    }

    pub(super) fn push_line(&mut self, sku: &str, units: u32, unit_price: Value) {
        self.contains.push(object([
            ("id", format!("{}/{sku}", self.id).into_value()),
            ("in", record("order", &self.id)),
            ("out", record("variant", sku)),
            ("quantity", i64::from(units).into_value()),
            ("unit_price", unit_price),
        ]));
    }
}

/// Who bought is known to the graph by a hash: the e-mail address stays in SQL.
pub(crate) fn customer_key(email: &Email) -> String {
    blake3::hash(email.key().as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, state: &str) -> Row {
        let mut row = Row::new(id.to_owned(), Some("olga".to_owned()), (state, true), "2026-12-03".to_owned(), None);
        row.push_line("LAMP", 2, Value::None);
        row
    }

    #[tokio::test]
    async fn new_orders_and_known_ones_stand_once_in_their_last_state_however_they_come() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().display()), None).await.unwrap();
        let orders = OrderGraph::new(graph.clone());
        let stands = async |expected: [&[&str]; 4]| {
            let statements = "SELECT VALUE record::id(id) + ' ' + state FROM `order`;
                              SELECT VALUE record::id(id) FROM customer;
                              SELECT VALUE record::id(in) + ' -> ' + record::id(out) FROM placed;
                              SELECT VALUE record::id(id) FROM contains;";
            let mut answer = graph.query(statements, &[]).await.unwrap();
            for (table, expected) in expected.iter().enumerate() {
                assert_eq!(answer.rows::<String>(table).unwrap(), *expected);
            }
        };
        orders.write(vec![row("1", "confirmed"), row("1", "confirmed")]).await.unwrap();
        stands([&["1 confirmed"], &["olga"], &["olga -> 1"], &["1/LAMP"]]).await;
        orders.write(vec![row("2", "confirmed"), row("1", "dispatched")]).await.unwrap();
        stands([&["1 dispatched", "2 confirmed"], &["olga"], &["olga -> 1", "olga -> 2"], &["1/LAMP", "2/LAMP"]]).await;
        graph.close().await;
    }
}
