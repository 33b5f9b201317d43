use std::collections::HashSet;
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

/// Records and edges of some orders, by table. Every id is made from the order's, so that writing
/// an order twice leaves it there once. The order itself comes last: who sees it sees all of it.
#[derive(Default)]
pub(super) struct Rows {
    customers: Vec<Value>,
    orders: Vec<Value>,
    placed: Vec<Value>,
    contains: Vec<Value>,
}

/// In one transaction, and so with one wait for the disk.
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
        let mut variables = rows_of(orders)?.variables();
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

    pub(super) async fn write(&self, rows: Rows) -> anyhow::Result<()> {
        self.graph.query(&format!("BEGIN; {} COMMIT;", *PUT_ORDERS), &rows.variables()).await.map(drop)
    }
}

fn rows_of(orders: &[Order]) -> anyhow::Result<Rows> {
    let mut rows = Rows::default();
    for order in orders {
        let id = order.id.to_string();
        let customer = customer_key(&order.contact.email);
        let bought = order.state.is_bought();
        let (placed_at, words) = (order.placed_at.to_string(), order.words());
        rows.push_order(&id, Some(&customer), (order.state.parameter(), bought), &placed_at, Some(words));
        for line in &order.lines {
            rows.push_line(&id, line.sku.as_str(), line.quantity.get(), to_value(&line.unit_price)?);
        }
    }
    Ok(rows)
}

impl Rows {
    fn variables(self) -> Vec<(&'static str, Value)> {
        vec![
            ("customers", self.customers.into_value()),
            ("orders", self.orders.into_value()),
            ("placed", self.placed.into_value()),
            ("contains", self.contains.into_value()),
        ]
    }

    /// `words` is what its shopper finds it by.
    pub(super) fn push_order(
        &mut self,
        id: &str,
        customer: Option<&str>,
        (state, bought): (&str, bool),
        placed_at: &str,
        words: Option<String>,
    ) {
        let text = |text: &str| text.to_owned().into_value();
        let learning = bought.then(|| WAITING.to_owned()).into_value();
        let order = [
            ("id", text(id)),
            ("state", text(state)),
            ("learning", learning),
            ("placed_at", text(placed_at)),
            ("words", words.into_value()),
        ];
        self.orders.push(object(order));
        if let Some(customer) = customer {
            self.customers.push(object([("id", text(customer))]));
            let edge = [("id", text(id)), ("in", record("customer", customer)), ("out", record("order", id))];
            self.placed.push(object(edge));
        }
    }

    pub(super) fn push_line(&mut self, order: &str, sku: &str, units: u32, unit_price: Value) {
        self.contains.push(object([
            ("id", format!("{order}/{sku}").into_value()),
            ("in", record("order", order)),
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
