//! Histories as the recommendations learn from them: what one viewer looked at in one visit. Each edge
//! waits until its visit is over, is counted, and is learnt once what follows from it is written; an edge
//! that is written anew waits anew.

use std::collections::BTreeMap;

use domain::browsing::Visit;
use domain::catalog::ProductId;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::{GraphBrowsing, viewed};
use crate::graph::{Walk, from_value, record};

/// What one viewer looked at in one visit that is over.
#[derive(Debug, Clone)]
pub(crate) struct Visited {
    pub(crate) viewer: String,
    pub(crate) products: Vec<ProductId>,
    pub(crate) at: Timestamp,
    /// Some of it was counted, but nobody knows whether what follows from it was written.
    pub(crate) is_counted_only: bool,
}

#[derive(serde::Deserialize)]
struct Row {
    viewer: String,
    product: ProductId,
    at_ms: i64,
    learning: String,
}

const FIELDS: &str = "{ viewer: record::id(in), product: record::id(out), at_ms: at_ms,
                        learning: learning }";

impl GraphBrowsing {
    /// Visits that are over at a moment and wait, those of at most `limit` edges.
    pub(crate) async fn visits_waiting(&self, now: Timestamp, limit: u32) -> anyhow::Result<Vec<Visited>> {
        let statement = "SELECT VALUE `in` FROM viewed WHERE learning = 'waiting' AND at_ms < $over LIMIT $limit";
        let over = Visit::at(now).begin_ms();
        let variables = [("over", over.into_value()), ("limit", i64::from(limit).into_value())];
        let mut viewers = self.graph.query(statement, &variables).await?.rows::<Value>(0)?;
        viewers.sort();
        viewers.dedup();
        let edges = "array::flatten($viewers.map(|$viewer| $viewer->viewed))";
        let statement = format!("SELECT VALUE {FIELDS} FROM {edges} WHERE at_ms < $over");
        let variables = [("viewers", viewers.into_value()), ("over", over.into_value())];
        let mut answer = self.graph.query(&statement, &variables).await?;
        let rows: Vec<Row> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect::<Result<_, _>>()?;
        let waiting = visits(rows).into_iter().filter(|(_, rows)| rows.iter().any(|row| row.learning == "waiting"));
        waiting.map(|(_, rows)| visited(&rows)).collect()
    }

    /// The edges of all histories one after another; see [`GraphBrowsing::visits_counted`].
    pub(crate) const fn walk(&self) -> Walk<'_> {
        Walk::through(&self.graph, "viewed")
    }

    /// The visits of some edges, by their ids, that were counted. A visit whose edges are asked for in two
    /// parts is counted as two.
    pub(crate) async fn visits_counted(&self, ids: &[String]) -> anyhow::Result<Vec<Visited>> {
        let edges = ids.iter().map(|id| record("viewed", id)).collect::<Vec<_>>().into_value();
        let statement = format!("SELECT VALUE {FIELDS} FROM $edges WHERE learning != 'waiting'");
        let mut answer = self.graph.query(&statement, &[("edges", edges)]).await?;
        let rows: Vec<Row> = answer.rows::<Value>(0)?.into_iter().map(from_value).collect::<Result<_, _>>()?;
        visits(rows).into_values().map(|rows| visited(&rows)).collect()
    }

    /// What was looked at again meanwhile waits for its next visit.
    pub(crate) async fn mark_visits_counted(&self, visits: &[Visited]) -> anyhow::Result<()> {
        let edge = |visit: &Visited, product: &ProductId| viewed(&visit.viewer, product);
        let edges = visits.iter().flat_map(|visit| visit.products.iter().map(move |product| edge(visit, product)));
        let before_ms = visits.iter().map(|visit| visit.at.as_millisecond() + 1).max().unwrap_or_default();
        let statement = "UPDATE $edges SET learning = 'counted' WHERE at_ms < $before RETURN NONE";
        let variables = [("edges", edges.collect::<Vec<_>>().into_value()), ("before", before_ms.into_value())];
        let _lock = self.writing.lock().await;
        self.graph.query(statement, &variables).await.map(drop)
    }

    pub(crate) async fn mark_visits_learnt(&self) -> anyhow::Result<()> {
        let statement = "UPDATE viewed SET learning = 'learnt' WHERE learning = 'counted' RETURN NONE";
        self.graph.query(statement, &[]).await.map(drop)
    }
}

fn visits(rows: Vec<Row>) -> BTreeMap<(String, i64), Vec<Row>> {
    let mut visits: BTreeMap<(String, i64), Vec<Row>> = BTreeMap::new();
    for row in rows {
        let begin_ms = Timestamp::from_millisecond(row.at_ms).map_or(row.at_ms, |at| Visit::at(at).begin_ms());
        visits.entry((row.viewer.clone(), begin_ms)).or_default().push(row);
    }
    visits
}

fn visited(rows: &[Row]) -> anyhow::Result<Visited> {
    let last_ms = rows.iter().map(|row| row.at_ms).max().unwrap_or_default();
    Ok(Visited {
        viewer: rows.first().map(|row| row.viewer.clone()).unwrap_or_default(),
        products: rows.iter().map(|row| row.product.clone()).collect(),
        at: Timestamp::from_millisecond(last_ms)?,
        is_counted_only: rows.iter().any(|row| row.learning == "counted"),
    })
}
