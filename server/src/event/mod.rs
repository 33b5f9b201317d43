//! Events: facts that leave SQL. A transaction that changes something writes a row for each
//! consumer into the outbox; the relay hands the rows over, at least once, in order per key, and
//! tries again with a growing pause; of several servers one relays at a time. What fails too often is
//! set aside as dead until an operator revives it, and nothing that fails blocks another key.

mod dead;
mod relay;

use anyhow::Context;
use domain::catalog::Sku;
use domain::order::OrderId;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

pub(crate) use dead::{DeadEvent, list_dead, revive};
pub(crate) use relay::Relay;

/// A fact and who has to hear of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub(crate) enum Fact {
    /// The graph takes the order in, or its new state.
    OrderChanged { order: OrderId },
    /// The catalog marks the product as (not) in stock.
    StockTurned { sku: Sku },
}

impl Fact {
    const fn consumer(&self) -> &'static str {
        match self {
            Self::OrderChanged { .. } => "graph",
            Self::StockTurned { .. } => "catalog",
        }
    }

    fn key(&self) -> String {
        match self {
            Self::OrderChanged { order } => order.to_string(),
            Self::StockTurned { sku } => sku.to_string(),
        }
    }
}

/// Writes a fact into the outbox of the transaction at hand.
pub(crate) async fn publish(connection: &mut AnyConnection, fact: &Fact) -> anyhow::Result<()> {
    sqlx::query("INSERT INTO outbox (id, consumer, key, payload) VALUES ($1, $2, $3, $4)")
        .bind(Uuid::now_v7().to_string())
        .bind(fact.consumer())
        .bind(fact.key())
        .bind(serde_json::to_string(fact)?)
        .execute(connection)
        .await
        .context("writing to the outbox")?;
    Ok(())
}
