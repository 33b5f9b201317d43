use async_trait::async_trait;
use domain::order::{HistoricOrderKind, Order};
use surrealdb::types::{SurrealValue, Value};

use crate::graph::{Graph, object, record, to_value};
use crate::import::{HistoricOrder, OrderSink};

/// The reading side of orders: `customer->placed->order->contains->variant`.
#[derive(Debug, Clone)]
pub(crate) struct OrderGraph {
    graph: Graph,
}

/// Records and edges of some orders, by table. Every id is made from the order's, so that writing
/// an order twice leaves it there once.
#[derive(Default)]
struct Rows {
    customers: Vec<Value>,
    orders: Vec<Value>,
    placed: Vec<Value>,
    contains: Vec<Value>,
}

const PUT_ORDERS: &str = "
    INSERT IGNORE INTO customer $customers RETURN NONE;
    INSERT INTO `order` $orders ON DUPLICATE KEY UPDATE state = $input.state RETURN NONE;
    INSERT RELATION IGNORE INTO placed $placed RETURN NONE;
    INSERT RELATION IGNORE INTO contains $contains RETURN NONE;
";

impl OrderGraph {
    pub(crate) const fn new(graph: Graph) -> Self {
        Self { graph }
    }

    /// Takes an order in, or its new state.
    pub(crate) async fn put(&self, order: &Order) -> anyhow::Result<()> {
        let mut rows = Rows::default();
        let id = order.id.to_string();
        // Who bought is known to the graph by a hash: the e-mail address stays in SQL.
        let customer = blake3::hash(order.contact.email.as_str().to_lowercase().as_bytes()).to_hex().to_string();
        rows.push_order(&id, Some(&customer), order.state.parameter(), &order.placed_at.to_string());
        for line in &order.lines {
            rows.push_line(&id, line.sku.as_str(), line.quantity.get(), to_value(&line.unit_price)?);
        }
        self.write(rows).await
    }

    async fn write(&self, rows: Rows) -> anyhow::Result<()> {
        let variables = [
            ("customers", rows.customers.into_value()),
            ("orders", rows.orders.into_value()),
            ("placed", rows.placed.into_value()),
            ("contains", rows.contains.into_value()),
        ];
        self.graph.query(PUT_ORDERS, &variables).await.map(drop)
    }
}

impl Rows {
    fn push_order(&mut self, id: &str, customer: Option<&str>, state: &str, placed_at: &str) {
        let text = |text: &str| text.to_owned().into_value();
        self.orders.push(object([("id", text(id)), ("state", text(state)), ("placed_at", text(placed_at))]));
        if let Some(customer) = customer {
            self.customers.push(object([("id", text(customer))]));
            let edge = [("id", text(id)), ("in", record("customer", customer)), ("out", record("order", id))];
            self.placed.push(object(edge));
        }
    }

    fn push_line(&mut self, order: &str, sku: &str, units: u32, unit_price: Value) {
        self.contains.push(object([
            ("id", format!("{order}/{sku}").into_value()),
            ("in", record("order", order)),
            ("out", record("variant", sku)),
            ("quantity", i64::from(units).into_value()),
            ("unit_price", unit_price),
        ]));
    }
}

/// Where an imported order history goes.
#[derive(Debug)]
pub(crate) struct HistorySink(pub(crate) OrderGraph);

#[async_trait]
impl OrderSink for HistorySink {
    async fn write(&self, batch: Vec<HistoricOrder>) -> anyhow::Result<()> {
        let mut rows = Rows::default();
        for order in batch {
            let id = format!("history-{}", order.id);
            let customer = order.customer.as_ref().map(|customer| format!("history-{customer}"));
            let state = match order.kind {
                HistoricOrderKind::Purchase => "delivered",
                HistoricOrderKind::Cancellation => "cancelled",
            };
            rows.push_order(&id, customer.as_deref(), state, &order.placed_at.to_string());
            for (sku, quantity, unit_price) in &order.lines {
                rows.push_line(&id, sku.as_str(), quantity.get(), to_value(unit_price)?);
            }
        }
        self.0.write(rows).await
    }
}
