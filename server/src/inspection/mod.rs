//! Inspection: reads what stands around a record of the graph, for the operators' page. It writes nothing.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::account::AccountId;
use domain::browsing::Viewer;
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{ProductId, Sku};
use domain::checkout::Email;
use domain::inspection::ports::{Inspection, InspectionUnavailable};
use domain::inspection::{
    Edge, MAX_EDGES_OF_KIND, Neighbourhood, Node, NodeKey, NodeKind, NodeLabel, Relation, Weight,
};
use domain::inventory::Quantity;
use domain::order::{OrderId, OrderNumber};
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

use crate::account::{email_of, id_of};
use crate::catalog::GraphCatalog;
use crate::fault::at_boundary;
use crate::graph::{Graph, from_value, record};
use crate::order::{SqlOrders, customer_key};
use crate::recommendation::GraphRecommendations;
use crate::sql::Sql;

/// Of a long key so many signs are enough to tell it from others.
const SHORT_KEY_CHARS: usize = 16;

pub(crate) struct GraphInspection {
    graph: Graph,
    sql: Sql,
    catalog: GraphCatalog,
    orders: SqlOrders,
    recommendations: GraphRecommendations,
}

/// Edges of one relation on one side of a record.
struct Side {
    relation: Relation,
    leaves: bool,
    other: NodeKind,
    /// What leads from the record to the edges.
    path: &'static str,
    order: &'static str,
}

/// An edge as it is stored.
#[derive(Default, serde::Deserialize)]
struct Row {
    other: String,
    strength: Option<f32>,
    orders: Option<u32>,
    lift: Option<f32>,
    likeness: Option<f32>,
    quantity: Option<Quantity>,
    at_ms: Option<i64>,
}

const fn side(relation: Relation, leaves: bool, other: NodeKind, path: &'static str, order: &'static str) -> Side {
    Side { relation, leaves, other, path, order }
}

const OF_PRODUCT: [Side; 8] = [
    side(Relation::BoughtWith, true, NodeKind::Product, "->bought_with", "strength"),
    side(Relation::BoughtWith, false, NodeKind::Product, "<-bought_with", "strength"),
    side(Relation::ViewedWith, true, NodeKind::Product, "->viewed_with", "strength"),
    side(Relation::ViewedWith, false, NodeKind::Product, "<-viewed_with", "strength"),
    side(Relation::ThenBought, true, NodeKind::Product, "->then_bought", "strength"),
    side(Relation::ThenBought, false, NodeKind::Product, "<-then_bought", "strength"),
    side(Relation::Viewed, false, NodeKind::Customer, "<-viewed", "at_ms"),
    side(Relation::Saved, false, NodeKind::Customer, "<-saved", "at_ms"),
];
const OF_CUSTOMER: [Side; 4] = [
    side(Relation::Placed, true, NodeKind::Order, "->placed", "key"),
    side(Relation::Viewed, true, NodeKind::Product, "->viewed", "at_ms"),
    side(Relation::Saved, true, NodeKind::Product, "->saved", "at_ms"),
    side(Relation::Dismissed, true, NodeKind::Product, "->dismissed", "at_ms"),
];
/// Orders hold variants of a product.
const HELD_BY: Side = side(Relation::Contains, false, NodeKind::Order, "<-contains", "key");
/// Asked of the cards of the catalog, for it is kept nowhere.
const SIMILAR: Side = side(Relation::SimilarTo, true, NodeKind::Product, "", "");
const OF_ORDER: [Side; 2] = [
    side(Relation::Placed, false, NodeKind::Customer, "<-placed", "key"),
    side(Relation::Contains, true, NodeKind::Product, "->contains", "quantity"),
];

impl GraphInspection {
    pub(crate) const fn new(
        graph: Graph,
        sql: Sql,
        catalog: GraphCatalog,
        orders: SqlOrders,
        recommendations: GraphRecommendations,
    ) -> Self {
        Self { graph, sql, catalog, orders, recommendations }
    }

    async fn read(&self, kind: NodeKind, key: &NodeKey) -> anyhow::Result<Option<Neighbourhood>> {
        let keys = match kind {
            NodeKind::Customer => self.keys_of_person(key).await?,
            NodeKind::Product | NodeKind::Order => vec![key.clone()],
        };
        let middles: Vec<Value> = keys.iter().map(|key| record(kind.parameter(), key)).collect();
        let known = [("middles", middles.into_value())];
        let mut answer = self.graph.query("SELECT VALUE record::id(id) FROM $middles", &known).await?;
        if answer.rows::<String>(0)?.is_empty() {
            return Ok(None);
        }
        let sides = match kind {
            NodeKind::Product => &OF_PRODUCT[..],
            NodeKind::Customer => &OF_CUSTOMER,
            NodeKind::Order => &OF_ORDER,
        };
        let mut found = Vec::new();
        for side in sides {
            for key in &keys {
                let rows = self.read_side(vec![record(kind.parameter(), key)], side).await?;
                found.extend(rows.into_iter().map(|row| (side, row)));
            }
        }
        if kind == NodeKind::Product {
            let orders = self.read_side(self.variants_of(key).await?, &HELD_BY).await?;
            found.extend(orders.into_iter().map(|row| (&HELD_BY, row)));
            found.extend(self.similar(key).await?.into_iter().map(|row| (&SIMILAR, row)));
        }
        let titles = self.titles(kind, key, &found).await?;
        let edges = found.into_iter().map(|(side, row)| {
            let other = node(side.other, row.other.parse()?, &titles)?;
            Ok(Edge { relation: side.relation, leaves: side.leaves, other, weight: weight_of(&row)? })
        });
        let edges = edges.collect::<anyhow::Result<Vec<Edge>>>()?;
        Ok(Some(Neighbourhood { middle: node(kind, key.clone(), &titles)?, edges }))
    }

    /// What one person is in the graph: their orders hang on the hash of an address, for guests place orders as well,
    /// and what they looked at on their account.
    async fn keys_of_person(&self, key: &NodeKey) -> anyhow::Result<Vec<NodeKey>> {
        let mut keys = vec![key.clone()];
        if let Some(account) = key.as_str().strip_prefix("account-").and_then(|id| id.parse().ok()) {
            if let Some(email) = email_of(&self.sql, account).await? {
                keys.push(customer_key(&email).parse()?);
            }
        } else if let Some(account) = self.account_behind(key).await? {
            keys.push(Viewer::Account(account).to_string().parse()?);
        }
        Ok(keys)
    }

    /// The account whose address has a hash, as far as one of its last orders tells.
    async fn account_behind(&self, hash: &NodeKey) -> anyhow::Result<Option<AccountId>> {
        let customer = vec![record(NodeKind::Customer.parameter(), hash)];
        let [placed, ..] = &OF_CUSTOMER;
        for order in self.read_side(customer, placed).await? {
            let Ok(order) = order.other.parse::<OrderId>() else { continue };
            let Some(account) = self.orders.owner_of(order).await? else { continue };
            // An account may order for somebody else's address.
            let email = email_of(&self.sql, account).await?;
            if email.is_some_and(|email| customer_key(&email) == hash.as_str()) {
                return Ok(Some(account));
            }
        }
        Ok(None)
    }

    async fn variants_of(&self, product: &NodeKey) -> anyhow::Result<Vec<Value>> {
        let product = [("product", record(NodeKind::Product.parameter(), product))];
        let mut answer = self.graph.query("SELECT VALUE document.variants.sku FROM $product", &product).await?;
        Ok(answer.rows::<Vec<String>>(0)?.into_iter().flatten().map(|sku| record("variant", sku)).collect())
    }

    async fn read_side(&self, middles: Vec<Value>, side: &Side) -> anyhow::Result<Vec<Row>> {
        let Side { relation, leaves, path, order, .. } = side;
        // An order holds variants; whoever walks goes on to their product.
        let other = match (relation, leaves) {
            (Relation::Contains, true) => "record::id(out.product ?? out)",
            (_, true) => "record::id(out)",
            (_, false) => "record::id(in)",
        };
        let statement = format!(
            "SELECT {other} AS other, strength, orders, lift, quantity, at_ms, record::id(id) AS key
             FROM array::flatten($middles.map(|$middle| $middle{path})) ORDER BY {order} DESC LIMIT $limit"
        );
        let variables = [("middles", middles.into_value()), ("limit", i64::from(MAX_EDGES_OF_KIND).into_value())];
        let mut answer = self.graph.query(&statement, &variables).await?;
        answer.rows::<Value>(0)?.into_iter().map(from_value).collect()
    }

    async fn similar(&self, key: &NodeKey) -> anyhow::Result<Vec<Row>> {
        let Ok(product) = key.as_str().parse::<ProductId>() else { return Ok(Vec::new()) };
        let similar = self.recommendations.similar_to(&product).await?.into_iter();
        let row = |(other, likeness): (ProductId, f32)| Row {
            other: other.to_string(),
            likeness: Some(likeness),
            ..Row::default()
        };
        Ok(similar.take(MAX_EDGES_OF_KIND as usize).map(row).collect())
    }

    /// The titles of the products that are in the picture and sold.
    async fn titles(
        &self,
        kind: NodeKind,
        key: &NodeKey,
        found: &[(&Side, Row)],
    ) -> anyhow::Result<HashMap<ProductId, NodeLabel>> {
        let others =
            found.iter().filter(|(side, _)| side.other == NodeKind::Product).map(|(_, row)| row.other.as_str());
        let middle = Some(key.as_str()).filter(|_| kind == NodeKind::Product);
        let ids: Vec<ProductId> = others.chain(middle).filter_map(|id| id.parse().ok()).collect();
        let cards = self.catalog.cards(&ids).await?;
        let title = |(id, card): (ProductId, std::sync::Arc<domain::catalog::listing::ProductCard>)| {
            Some((id, card.title.as_str().parse().ok()?))
        };
        Ok(cards.into_iter().filter_map(title).collect())
    }

    async fn look_for(&self, kind: NodeKind, asked: &str) -> anyhow::Result<Option<NodeKey>> {
        let asked = asked.trim();
        Ok(match kind {
            NodeKind::Product => {
                let by_sku = async |sku: Sku| self.catalog.product_of(&sku).await;
                let slug = asked.rsplit('/').next().unwrap_or_default().parse();
                let found = match slug {
                    Ok(slug) => self.catalog.product(&slug).await?,
                    Err(_) => Found::Nothing,
                };
                if let Found::Product(product) = found {
                    Some(product.id.as_str().parse()?)
                } else if let Ok(sku) = asked.parse() {
                    by_sku(sku)
                        .await?
                        .map(|product| product.id.as_str().parse())
                        .transpose()?
                        .or_else(|| asked.parse().ok())
                } else {
                    asked.parse().ok()
                }
            }
            NodeKind::Customer => match asked.parse::<Email>() {
                Ok(email) => Some(match id_of(&self.sql, &email).await? {
                    Some(account) => Viewer::Account(account).to_string().parse()?,
                    None => customer_key(&email).parse()?,
                }),
                Err(_) => asked.parse().ok(),
            },
            NodeKind::Order => match asked.parse::<OrderNumber>() {
                Ok(number) => self.orders.id_of(number).await?.map(|id| id.to_string().parse()).transpose()?,
                Err(_) => asked.parse().ok(),
            },
        })
    }
}

fn node(kind: NodeKind, key: NodeKey, titles: &HashMap<ProductId, NodeLabel>) -> anyhow::Result<Node> {
    let title = || titles.get(&key.as_str().parse::<ProductId>().ok()?).cloned();
    let label = match kind {
        NodeKind::Product => title(),
        NodeKind::Order => {
            key.as_str().parse::<OrderId>().ok().map(|id| OrderNumber::from(id).to_string().parse()).transpose()?
        }
        NodeKind::Customer => None,
    };
    let short = || key.as_str().chars().take(SHORT_KEY_CHARS).collect::<String>().parse();
    let label = match label {
        Some(label) => label,
        None => short()?,
    };
    Ok(Node { kind, key, label })
}

fn weight_of(row: &Row) -> anyhow::Result<Weight> {
    Ok(match *row {
        Row { strength: Some(strength), orders: Some(times), lift, .. } => Weight::Pull { strength, times, lift },
        Row { likeness: Some(share), .. } => Weight::Likeness(share),
        Row { quantity: Some(units), .. } => Weight::Units(units),
        Row { at_ms: Some(at_ms), .. } => Weight::At(Timestamp::from_millisecond(at_ms)?),
        _ => Weight::Nothing,
    })
}

#[async_trait]
impl Inspection for GraphInspection {
    async fn neighbourhood(
        &self,
        kind: NodeKind,
        key: &NodeKey,
    ) -> Result<Option<Neighbourhood>, InspectionUnavailable> {
        at_boundary(self.read(kind, key).await, InspectionUnavailable)
    }

    async fn find(&self, kind: NodeKind, asked: &str) -> Result<Option<NodeKey>, InspectionUnavailable> {
        at_boundary(self.look_for(kind, asked).await, InspectionUnavailable)
    }
}
