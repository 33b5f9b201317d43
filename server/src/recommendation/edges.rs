use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::browsing::{View, Viewer};
use domain::catalog::ProductId;
use domain::recommendation::{Link, Step};
use jiff::Timestamp;
use moka::future::Cache;
use surrealdb::types::{SurrealValue, Value};

use crate::graph::{Graph, from_value, object, record};

/// The edges of one kind that leave one product and are looked at, the strongest ones.
const MAX_EDGES: usize = 48;
/// Of what somebody has on their lists so much is looked at, the last.
const MAX_SAVED: i64 = 24;
/// Edges that are kept in memory, some 60 bytes each: a product's page asks for those of its neighbours as well.
const MAX_KNOWN_EDGES: u64 = 500_000;
/// How long edges that another server wrote, or that are no more, are believed to be as they were.
const BELIEVED: Duration = Duration::from_mins(5);
/// The record of what many buy now.
const TRENDING: &str = "now";

/// What an edge between two products says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// Both were in the same orders.
    BoughtWith,
    /// Both were looked at in the same visits.
    ViewedWith,
    /// One was bought in a later order than the other, by the same customers.
    ThenBought,
}

impl Relation {
    const fn table(self) -> &'static str {
        match self {
            Self::BoughtWith => "bought_with",
            Self::ViewedWith => "viewed_with",
            Self::ThenBought => "then_bought",
        }
    }
}

/// The edges that leave a product, the strongest first.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    pub(super) bought: Box<[Step]>,
    pub(super) viewed: Box<[Step]>,
    pub(super) next: Box<[Step]>,
}

impl Leaving {
    /// In edges; a product without any has its place as well.
    fn weight(&self) -> u32 {
        let edges = self.bought.len() + self.viewed.len() + self.next.len();
        u32::try_from(edges.max(1)).unwrap_or(u32::MAX)
    }
}

/// What many buy now: a product and in how many orders it was.
pub(super) type Trending = Arc<[(ProductId, u32)]>;

/// The edges between products: the learners write them, shelves are read from them.
#[derive(Clone)]
pub(crate) struct Edges {
    graph: Graph,
    known: Cache<ProductId, Arc<Leaving>>,
    trending: Cache<(), Trending>,
}

/// What stands on a list, as it is stored.
#[derive(serde::Deserialize)]
struct Saved {
    product: ProductId,
    at_ms: i64,
}

/// An edge that is there.
#[derive(serde::Deserialize)]
pub(super) struct Edge {
    pub(super) from: ProductId,
    pub(super) into: ProductId,
    pub(super) strength: f32,
    pub(super) orders: u32,
    pub(super) lift: f32,
}

/// What becomes of the edge from one product to another.
pub(super) struct Change<'a> {
    pub(super) into: &'a ProductId,
    pub(super) from: &'a ProductId,
    pub(super) turn: Turn,
}

pub(super) enum Turn {
    Added(Link),
    Updated(Link),
    Removed,
}

#[derive(serde::Deserialize)]
struct Row {
    from: ProductId,
    #[serde(flatten)]
    step: Step,
}

impl Edges {
    pub(crate) fn new(graph: Graph) -> Self {
        let known = Cache::builder()
            .weigher(|_, leaving: &Arc<Leaving>| leaving.weight())
            .max_capacity(MAX_KNOWN_EDGES)
            .time_to_live(BELIEVED)
            .build();
        let trending = Cache::builder().max_capacity(1).time_to_live(BELIEVED).build();
        Self { graph, known, trending }
    }

    #[cfg(test)]
    pub(super) fn graph(&self) -> Graph {
        self.graph.clone()
    }

    /// Writes what becomes of some edges.
    pub(super) async fn write(&self, relation: Relation, changes: Vec<Change<'_>>) -> anyhow::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let table = relation.table();
        let (mut added, mut updated, mut removed) = (Vec::new(), Vec::new(), Vec::new());
        for Change { into, from, turn } in &changes {
            let id = format!("{into}/{from}");
            match turn {
                Turn::Removed => removed.push(record(table, &id)),
                Turn::Updated(link) => {
                    updated.push(object([("edge", record(table, &id))].into_iter().chain(says(link))));
                }
                Turn::Added(link) => {
                    let ends =
                        [("id", id.into_value()), ("in", record("product", from)), ("out", record("product", into))];
                    added.push(object(ends.into_iter().chain(says(link))));
                }
            }
        }
        // To insert an edge that is there takes ten times as long as to update it.
        let statements = format!(
            "BEGIN;
            DELETE $removed;
            FOR $told IN $updated {{
                UPDATE $told.edge SET strength = $told.strength, orders = $told.orders, lift = $told.lift RETURN NONE
            }};
            INSERT RELATION INTO {table} $added ON DUPLICATE KEY UPDATE
                strength = $input.strength, orders = $input.orders, lift = $input.lift RETURN NONE;
            COMMIT;"
        );
        let variables =
            [("removed", removed.into_value()), ("updated", updated.into_value()), ("added", added.into_value())];
        self.graph.query(&statements, &variables).await?;
        for Change { from, .. } in changes {
            self.known.invalidate(from).await;
        }
        Ok(())
    }

    /// The edges that lead to some products.
    pub(super) async fn leading_to(
        &self,
        relation: Relation,
        products: impl Iterator<Item = &ProductId>,
    ) -> anyhow::Result<Vec<Edge>> {
        let products: Vec<Value> = products.map(|product| record("product", product)).collect();
        let statement = format!(
            "SELECT VALUE {{ from: record::id(in), into: record::id(out), strength: strength, orders: orders,
                             lift: lift ?? 0 }}
             FROM array::flatten($products.map(|$product| $product<-{}))",
            relation.table()
        );
        let rows = self.graph.query(&statement, &[("products", products.into_value())]).await?.rows::<Value>(0)?;
        rows.into_iter().map(from_value).collect()
    }

    /// Whether there is no edge of a kind at all.
    pub(super) async fn has_none(&self, relation: Relation) -> anyhow::Result<bool> {
        let statement = format!("SELECT VALUE id FROM {} LIMIT 1", relation.table());
        Ok(self.graph.query(&statement, &[]).await?.rows::<Value>(0)?.is_empty())
    }

    /// What somebody has on their lists, the last first.
    pub(super) async fn saved_by(&self, customer: Viewer) -> anyhow::Result<Vec<View>> {
        let statement = "SELECT VALUE { product: record::id(out), at_ms: at_ms } FROM $customer->saved
                         ORDER BY at_ms DESC LIMIT $limit";
        let variables = [("customer", record("customer", customer)), ("limit", MAX_SAVED.into_value())];
        let stored = self.graph.query(statement, &variables).await?.rows::<Value>(0)?;
        let view = |Saved { product, at_ms }| anyhow::Ok(View { product, at: Timestamp::from_millisecond(at_ms)? });
        stored.into_iter().map(|stored| from_value(stored).and_then(view)).collect()
    }

    /// The edges that leave some products.
    pub(super) async fn leaving(&self, products: &[ProductId]) -> anyhow::Result<HashMap<ProductId, Arc<Leaving>>> {
        let mut found = HashMap::with_capacity(products.len());
        let mut missing = Vec::new();
        for product in products {
            match self.known.get(product).await {
                Some(leaving) => drop(found.insert(product.clone(), leaving)),
                None => missing.push(product.clone()),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let records: Vec<Value> = missing.iter().map(|product| record("product", product)).collect();
        let edges = |relation: Relation| {
            let table = relation.table();
            format!(
                "SELECT VALUE {{ from: record::id(in), into: record::id(out), strength: strength, orders: orders }}
                 FROM array::flatten($products.map(|$product| $product->{table}));"
            )
        };
        let statements: String = [Relation::BoughtWith, Relation::ViewedWith, Relation::ThenBought].map(edges).concat();
        let mut answer = self.graph.query(&statements, &[("products", records.into_value())]).await?;
        let (mut bought, mut viewed) = (strongest(answer.rows(0)?)?, strongest(answer.rows(1)?)?);
        let mut next = strongest(answer.rows(2)?)?;
        for product in missing {
            let take = |from: &mut HashMap<ProductId, Box<[Step]>>| from.remove(&product).unwrap_or_default();
            let leaving =
                Arc::new(Leaving { bought: take(&mut bought), viewed: take(&mut viewed), next: take(&mut next) });
            self.known.insert(product.clone(), leaving.clone()).await;
            found.insert(product, leaving);
        }
        Ok(found)
    }

    pub(super) async fn write_trending(&self, trending: &[(&ProductId, u32)]) -> anyhow::Result<()> {
        let (products, orders): (Vec<Value>, Vec<Value>) = trending
            .iter()
            .map(|(product, orders)| (product.to_string().into_value(), i64::from(*orders).into_value()))
            .unzip();
        let statement = "UPSERT $trending CONTENT { products: $products, orders: $orders } RETURN NONE";
        let variables = [
            ("trending", record("trending", TRENDING)),
            ("products", products.into_value()),
            ("orders", orders.into_value()),
        ];
        self.graph.query(statement, &variables).await?;
        self.trending.invalidate(&()).await;
        Ok(())
    }

    pub(super) async fn trending(&self) -> anyhow::Result<Trending> {
        #[derive(serde::Deserialize)]
        struct Stored {
            products: Vec<ProductId>,
            orders: Vec<u32>,
        }
        if let Some(known) = self.trending.get(&()).await {
            return Ok(known);
        }
        let statement = "SELECT products, orders FROM $trending";
        let mut answer = self.graph.query(statement, &[("trending", record("trending", TRENDING))]).await?;
        let stored = answer.rows::<Value>(0)?.into_iter().next().map(from_value::<Stored>).transpose()?;
        let trending: Trending =
            stored.map_or_else(Arc::default, |stored| stored.products.into_iter().zip(stored.orders).collect());
        self.trending.insert((), trending.clone()).await;
        Ok(trending)
    }
}

/// What an edge says, by field.
fn says(link: &Link) -> [(&'static str, Value); 3] {
    [
        ("strength", f64::from(link.strength).into_value()),
        ("orders", i64::from(link.orders).into_value()),
        ("lift", f64::from(link.lift).into_value()),
    ]
}

/// The strongest edges that leave each product.
fn strongest(rows: Vec<Value>) -> anyhow::Result<HashMap<ProductId, Box<[Step]>>> {
    let mut leaving: HashMap<ProductId, Vec<Step>> = HashMap::new();
    for row in rows {
        let Row { from, step } = from_value(row)?;
        leaving.entry(from).or_default().push(step);
    }
    let strongest = |(from, mut steps): (ProductId, Vec<Step>)| {
        // Strengths are above zero: their bits stand in the same order.
        steps.sort_by_key(|step| Reverse(step.strength.to_bits()));
        steps.truncate(MAX_EDGES);
        (from, steps.into())
    };
    Ok(leaving.into_iter().map(strongest).collect())
}
