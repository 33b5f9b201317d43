//! What shoppers make of products: how many units were sold, and what they opened and bought lately. It changes
//! with every order, so it has records of its own, a small one for a product: a product's own is as long as all that
//! is said of it. Each write is stamped as that of a product is; see `changes`.

use std::collections::HashMap;

use domain::catalog::ProductId;
use surrealdb::types::{SurrealValue, Value};

use super::GraphCatalog;
use crate::graph::{Graph, from_value, object, record};
use crate::sql::now_ms;

/// In units sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Demand {
    /// Of all times, as far as orders are known.
    pub(crate) sold_units: u32,
    /// What was made of it lately; see [`domain::search::insight::Interest`].
    pub(crate) interest: u32,
}

#[derive(serde::Deserialize)]
struct Row {
    product: ProductId,
    #[serde(flatten)]
    demand: Demand,
}

/// A part of [`Demand`] that is noted by itself.
#[derive(Clone, Copy)]
enum Part {
    SoldUnits,
    Interest,
}

impl Part {
    const fn field(self) -> &'static str {
        match self {
            Self::SoldUnits => "sold_units",
            Self::Interest => "interest",
        }
    }

    const fn of(self, demand: Demand) -> u32 {
        match self {
            Self::SoldUnits => demand.sold_units,
            Self::Interest => demand.interest,
        }
    }
}

impl GraphCatalog {
    /// Notes what shoppers made lately of some products, in units sold.
    pub(crate) async fn note_interest(&self, noted: &[(ProductId, u32)]) -> anyhow::Result<()> {
        self.note(Part::Interest, noted).await
    }

    /// Notes how many units of some products were sold.
    pub(crate) async fn note_sold(&self, noted: &[(ProductId, u32)]) -> anyhow::Result<()> {
        self.note(Part::SoldUnits, noted).await
    }

    /// What stays as it was is not written, and so not taken into the index anew.
    async fn note(&self, part: Part, noted: &[(ProductId, u32)]) -> anyhow::Result<()> {
        let field = part.field();
        let _writing = self.writing.lock().await;
        let known = demand_for(&self.graph, noted.iter().map(|(product, _)| product)).await?;
        let turned =
            noted.iter().filter(|(product, units)| part.of(known.get(product).copied().unwrap_or_default()) != *units);
        let (there, new): (Vec<_>, Vec<_>) = turned.partition(|(product, _)| known.contains_key(product));
        if there.is_empty() && new.is_empty() {
            return Ok(());
        }
        let now_ms = now_ms();
        let there = there.into_iter().map(|(product, units)| {
            object([("demand", record("demand", product)), ("units", i64::from(*units).into_value())])
        });
        let new = new.into_iter().map(|(product, units)| {
            object([
                ("id", product.to_string().into_value()),
                (field, i64::from(*units).into_value()),
                ("changed_ms", now_ms.into_value()),
            ])
        });
        // Another server may insert the same ones at the same time. To insert what is there takes twice as long as to
        // update it.
        let statements = format!(
            "BEGIN;
            FOR $row IN $there {{ UPDATE $row.demand SET {field} = $row.units, changed_ms = $now RETURN NONE }};
            INSERT INTO demand $new
                ON DUPLICATE KEY UPDATE {field} = $input.{field}, changed_ms = $input.changed_ms RETURN NONE;
            COMMIT;"
        );
        let variables = [
            ("there", there.collect::<Vec<_>>().into_value()),
            ("new", new.collect::<Vec<_>>().into_value()),
            ("now", now_ms.into_value()),
        ];
        self.graph.query(&statements, &variables).await?;
        self.written.notify_one();
        Ok(())
    }
}

/// The demand for those of some products that there was any for.
pub(super) async fn demand_for(
    graph: &Graph,
    products: impl Iterator<Item = &ProductId>,
) -> anyhow::Result<HashMap<ProductId, Demand>> {
    let records: Vec<Value> = products.map(|product| record("demand", product)).collect();
    let statement = "SELECT VALUE { product: record::id(id), sold_units: sold_units ?? 0, interest: interest ?? 0 }
                     FROM $records";
    let rows = graph.query(statement, &[("records", records.into_value())]).await?.rows::<Value>(0)?;
    rows.into_iter().map(|row| from_value(row).map(|Row { product, demand }| (product, demand))).collect()
}
