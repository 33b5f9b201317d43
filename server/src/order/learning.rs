//! Orders as the recommendations learn from them. Each one that was bought waits, is counted, and is
//! learnt once what follows from it is written: the states are kept with the order, so that a crash
//! between two of them loses nothing and counts nothing twice. One that is cancelled afterwards goes
//! back in the same way: it is undone, is being forgotten, and is forgotten.

use domain::catalog::Sku;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::graph::OrderGraph;
use crate::graph::{Walk, from_value, record};

/// What was bought together, when, and by whom as far as that is known.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Bought {
    id: String,
    pub(crate) placed_at: Timestamp,
    #[serde(rename = "customers")]
    customer: Vec<String>,
    pub(crate) skus: Vec<Sku>,
    learning: Learning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Learning {
    Waiting,
    Counted,
    Learnt,
    Undone,
    Forgetting,
}

impl Bought {
    pub(crate) fn customer(&self) -> Option<&str> {
        self.customer.first().map(String::as_str)
    }

    /// It was counted, but nobody knows whether what follows from it was written.
    pub(crate) fn is_counted_only(&self) -> bool {
        self.learning == Learning::Counted
    }

    /// It was counted, and is not bought any more.
    pub(crate) fn is_undone(&self) -> bool {
        self.learning == Learning::Undone
    }

    /// It was undone, but nobody knows whether what follows from that was written.
    pub(crate) fn is_being_forgotten(&self) -> bool {
        self.learning == Learning::Forgetting
    }
}

/// The state of an order that waits to be learnt from.
pub(super) const WAITING: &str = "waiting";

/// The fields of [`Bought`].
const FIELDS: &str = "
    id: record::id(id), placed_at: placed_at, learning: learning,
    customers: (<-placed.in).map(|$customer| record::id($customer)),
    skus: (->contains.out).map(|$variant| record::id($variant))";

impl OrderGraph {
    /// Some of the orders that wait to be learnt or are undone, at most `limit`.
    pub(crate) async fn waiting_to_be_learnt(&self, limit: u32) -> anyhow::Result<Vec<Bought>> {
        let waiting = "`order` WHERE learning IN ['waiting', 'undone'] LIMIT $limit";
        self.read_bought(waiting, &[("limit", i64::from(limit).into_value())]).await
    }

    /// All orders one after another; see [`OrderGraph::counted`].
    pub(crate) const fn walk(&self) -> Walk<'_> {
        Walk::through(self.graph(), "order")
    }

    /// Those of some orders, by their ids, that were counted, also where they are undone since.
    pub(crate) async fn counted(&self, ids: &[String]) -> anyhow::Result<Vec<Bought>> {
        let orders = ids.iter().map(|id| record("order", id)).collect::<Vec<_>>().into_value();
        let counted = "$orders WHERE learning IN ['undone', 'forgetting']
            OR learning IN ['counted', 'learnt'] AND state NOT IN ['cancelling', 'cancelled', 'refunded']";
        self.read_bought(counted, &[("orders", orders)]).await
    }

    async fn read_bought(&self, from: &str, variables: &[(&str, Value)]) -> anyhow::Result<Vec<Bought>> {
        let mut answer = self.graph().query(&format!("SELECT VALUE {{ {FIELDS} }} FROM {from}"), variables).await?;
        answer.rows::<Value>(0)?.into_iter().map(from_value).collect()
    }

    /// One that was cancelled while it was counted is undone next.
    pub(crate) async fn mark_counted(&self, orders: &[Bought]) -> anyhow::Result<()> {
        let orders = orders.iter().map(|order| record("order", &order.id)).collect::<Vec<_>>().into_value();
        let statement = "UPDATE $orders SET learning = IF learning = 'undone' { 'forgetting' }
            ELSE IF learning = NONE { 'undone' } ELSE { 'counted' } RETURN NONE";
        self.graph().query(statement, &[("orders", orders)]).await.map(drop)
    }

    /// What follows from all that were counted is written.
    pub(crate) async fn mark_learnt(&self) -> anyhow::Result<()> {
        let statements = "
            UPDATE `order` SET learning = 'learnt' WHERE learning = 'counted' RETURN NONE;
            UPDATE `order` SET learning = 'forgotten' WHERE learning = 'forgetting' RETURN NONE;";
        self.graph().query(statements, &[]).await.map(drop)
    }
}
