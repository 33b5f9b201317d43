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
    /// Of each SKU in its place.
    pub(crate) units: Vec<u32>,
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

/// What happens to an order, as far as it is learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// It is bought, also where that was so before.
    Bought,
    /// It is not bought, or no more.
    GivenBack,
    /// It was counted, or what was counted was taken back.
    Counted,
    /// What follows from all that was counted is written.
    Written,
}

impl Event {
    /// From which state to which one it leads; from any other it leads nowhere.
    const fn moves(self) -> &'static [(&'static str, &'static str)] {
        match self {
            // What is being forgotten was taken out already.
            Self::Bought => &[
                ("NONE", "'waiting'"),
                ("'undone'", "'learnt'"),
                ("'forgetting'", "'waiting'"),
                ("'forgotten'", "'waiting'"),
            ],
            Self::GivenBack => &[("'waiting'", "NONE"), ("'counted'", "'undone'"), ("'learnt'", "'undone'")],
            // One that was cancelled while it was counted is undone next, and one that is bought again while it was
            // taken out waits anew.
            Self::Counted => &[
                ("NONE", "'undone'"),
                ("'waiting'", "'counted'"),
                ("'undone'", "'forgetting'"),
                ("'learnt'", "'waiting'"),
            ],
            Self::Written => &[("'counted'", "'learnt'"), ("'forgetting'", "'forgotten'")],
        }
    }
}

/// An expression for the state of an order after something happened to it.
pub(super) fn after(event: Event) -> String {
    let moves = event.moves().iter().map(|(from, to)| format!("IF learning = {from} {{ {to} }} ELSE "));
    moves.collect::<String>() + "{ learning }"
}

/// Orders that are found at once, to be marked.
const FOUND_AT_ONCE: i64 = 10_000;
/// Orders that move in one transaction, which is kept in memory: each takes longer in a large one.
const MARKED_AT_ONCE: usize = 500;

/// The fields of [`Bought`].
const FIELDS: &str = "
    id: record::id(id), placed_at: placed_at, learning: learning,
    customers: (<-placed.in).map(|$customer| record::id($customer)),
    skus: (->contains.out).map(|$variant| record::id($variant)),
    units: ->contains.quantity";

impl OrderGraph {
    /// The ids of some of the orders that wait to be learnt or are undone, at most `limit`. Each time the index is
    /// read from where it began, past all that waited there before.
    pub(crate) async fn waiting_to_be_learnt(&self, limit: u32) -> anyhow::Result<Vec<String>> {
        let waiting = "SELECT VALUE record::id(id) FROM `order` WHERE learning IN ['waiting', 'undone'] LIMIT $limit";
        self.graph().query(waiting, &[("limit", i64::from(limit).into_value())]).await?.rows(0)
    }

    /// Those of some orders, by their ids, that still wait to be learnt or are undone.
    pub(crate) async fn waiting(&self, ids: &[String]) -> anyhow::Result<Vec<Bought>> {
        self.read_bought("$orders WHERE learning IN ['waiting', 'undone']", ids).await
    }

    /// All orders one after another; see [`OrderGraph::counted`].
    pub(crate) const fn walk(&self) -> Walk<'_> {
        Walk::through(self.graph(), "order")
    }

    /// Those of some orders, by their ids, that were counted, also where they are undone since.
    pub(crate) async fn counted(&self, ids: &[String]) -> anyhow::Result<Vec<Bought>> {
        let counted = "$orders WHERE learning IN ['undone', 'forgetting']
            OR learning IN ['counted', 'learnt'] AND state NOT IN ['cancelling', 'cancelled', 'refunded']";
        self.read_bought(counted, ids).await
    }

    async fn read_bought(&self, from: &str, ids: &[String]) -> anyhow::Result<Vec<Bought>> {
        let orders = ids.iter().map(|id| record("order", id)).collect::<Vec<_>>().into_value();
        let statement = format!("SELECT VALUE {{ {FIELDS} }} FROM {from}");
        let mut answer = self.graph().query(&statement, &[("orders", orders)]).await?;
        answer.rows::<Value>(0)?.into_iter().map(from_value).collect()
    }

    pub(crate) async fn mark_counted(&self, orders: &[Bought]) -> anyhow::Result<()> {
        self.mark(orders.iter().map(|order| record("order", &order.id)).collect(), Event::Counted).await
    }

    /// What follows from all that were counted is written.
    pub(crate) async fn mark_learnt(&self) -> anyhow::Result<()> {
        // Each state by itself, so that the index finds them.
        for (from, _) in Event::Written.moves() {
            let counted = format!("SELECT VALUE record::id(id) FROM `order` WHERE learning = {from} LIMIT $limit");
            loop {
                let mut answer = self.graph().query(&counted, &[("limit", FOUND_AT_ONCE.into_value())]).await?;
                let ids = answer.rows::<String>(0)?;
                if ids.is_empty() {
                    break;
                }
                for ids in ids.chunks(MARKED_AT_ONCE) {
                    self.mark(ids.iter().map(|id| record("order", id)).collect(), Event::Written).await?;
                }
            }
        }
        Ok(())
    }

    async fn mark(&self, orders: Vec<Value>, event: Event) -> anyhow::Result<()> {
        let statement = format!("UPDATE $orders SET learning = {} RETURN NONE", after(event));
        self.graph().query(&statement, &[("orders", orders.into_value())]).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The state after some events, by the same moves as in the graph.
    fn state_after(events: &[Event]) -> &'static str {
        events.iter().fold("NONE", |state, event| {
            event.moves().iter().find(|(from, _)| *from == state).map_or(state, |(_, to)| to)
        })
    }

    #[test]
    fn an_order_is_learnt_once_while_it_is_bought_and_forgotten_once_when_it_is_not() {
        use Event::{Bought, Counted, GivenBack, Written};
        assert_eq!(state_after(&[Bought, Bought, Counted, Written, Bought]), "'learnt'");
        assert_eq!(state_after(&[Bought, GivenBack]), "NONE", "nothing was learnt from it");
        assert_eq!(state_after(&[Bought, Counted, Written, GivenBack, Counted, Written]), "'forgotten'");
        assert_eq!(state_after(&[Bought, GivenBack, Counted]), "'undone'", "cancelled while it was counted");
        assert_eq!(state_after(&[Bought, Counted, GivenBack, Bought]), "'learnt'", "nothing was taken out");
        for taken_out in [&[GivenBack, Counted][..], &[GivenBack, Counted, Written]] {
            let events: Vec<Event> =
                [Bought, Counted, Written].iter().chain(taken_out).chain(&[Bought]).copied().collect();
            assert_eq!(state_after(&events), "'waiting'", "{taken_out:?}");
        }
        let while_taken_out = [Bought, Counted, Written, GivenBack, Bought, Counted];
        assert_eq!(state_after(&while_taken_out), "'waiting'", "bought again while it was taken out");
        assert!(after(Written).starts_with("IF learning = 'counted' { 'learnt' } ELSE IF learning = 'forgetting' {"));
    }
}
