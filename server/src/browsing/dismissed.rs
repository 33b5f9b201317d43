//! What somebody does not want to see recommended.

use std::collections::HashSet;

use domain::browsing::Viewer;
use domain::catalog::ProductId;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use super::{GraphBrowsing, edge, edge_id};
use crate::graph::{object, record};

/// Products that somebody can dismiss; with more, those from longest ago may come back.
const MAX_DISMISSED: usize = 200;

fn dismissed(viewer: &str, product: &ProductId) -> Value {
    record("dismissed", edge_id(viewer, product))
}

impl GraphBrowsing {
    pub(super) async fn put_away(&self, viewer: Viewer, product: &ProductId, now: Timestamp) -> anyhow::Result<()> {
        let viewer = viewer.to_string();
        self.write_dismissed(
            &viewer,
            &[edge(&viewer, product, now.as_millisecond())],
            vec![dismissed(&viewer, product)],
        )
        .await?;
        let surplus: Vec<Value> = self
            .dismissals(&viewer)
            .await?
            .into_iter()
            .skip(MAX_DISMISSED)
            .map(|(product, _)| dismissed(&viewer, &product))
            .collect();
        if surplus.is_empty() {
            return Ok(());
        }
        self.graph.query("DELETE $surplus", &[("surplus", surplus.into_value())]).await.map(drop)
    }

    async fn write_dismissed(&self, viewer: &str, written: &[Value], replaced: Vec<Value>) -> anyhow::Result<()> {
        let statements = "BEGIN; INSERT IGNORE INTO customer $customer RETURN NONE; DELETE $replaced;
                          INSERT RELATION INTO dismissed $written RETURN NONE; COMMIT;";
        let variables = [
            ("customer", object([("id", viewer.to_owned().into_value())])),
            ("replaced", replaced.into_value()),
            ("written", written.to_vec().into_value()),
        ];
        self.graph.query(statements, &variables).await.map(drop)
    }

    pub(super) async fn take_back(&self, viewer: Viewer, product: &ProductId) -> anyhow::Result<()> {
        let edge = dismissed(&viewer.to_string(), product);
        self.graph.query("DELETE $edge", &[("edge", edge)]).await.map(drop)
    }

    pub(super) async fn read_dismissed(&self, viewer: &str) -> anyhow::Result<HashSet<ProductId>> {
        Ok(self.dismissals(viewer).await?.into_iter().map(|(product, _)| product).collect())
    }

    /// What was dismissed, the last first.
    async fn dismissals(&self, viewer: &str) -> anyhow::Result<Vec<(ProductId, Timestamp)>> {
        let statement = "SELECT VALUE { product: record::id(out), at_ms: at_ms } FROM $viewer->dismissed";
        let mut all: Vec<_> =
            self.read_edges(statement, viewer).await?.into_iter().map(|view| (view.product, view.at)).collect();
        all.sort_by(|(_, one), (_, other)| other.cmp(one));
        Ok(all)
    }

    /// Makes a guest's dismissals an account's.
    pub(super) async fn move_dismissed(&self, guest: Viewer, account: Viewer) -> anyhow::Result<()> {
        let (guest, account) = (guest.to_string(), account.to_string());
        let theirs = self.dismissals(&guest).await?;
        if theirs.is_empty() {
            return Ok(());
        }
        let (written, replaced): (Vec<Value>, Vec<Value>) = theirs
            .iter()
            .map(|(product, at)| (edge(&account, product, at.as_millisecond()), dismissed(&account, product)))
            .unzip();
        let gone = theirs.iter().map(|(product, _)| dismissed(&guest, product));
        self.write_dismissed(&account, &written, replaced.into_iter().chain(gone).collect()).await
    }
}
