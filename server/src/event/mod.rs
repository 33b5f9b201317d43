//! Events: facts that leave SQL. A transaction that changes something writes a row for each
//! consumer into the outbox; the relay hands the rows over, at least once, in order per key, and
//! tries again with a growing pause; of several servers one relays at a time. What fails too often is
//! set aside as dead until an operator revives it, and nothing that fails blocks another key. The post hears
//! of orders as well: it writes letters at a pace of its own and waits for no other consumer. What somebody waited for
//! goes to it alone.

mod dead;
mod post;
mod relay;
mod waiting;

use domain::account::AccountId;
use domain::alert::AlertId;
use domain::cart::CartId;
use domain::catalog::Sku;
use domain::order::OrderId;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::sql::{Cell, rows};

pub(crate) use dead::{
    count_dead, count_letters, count_of_key, count_on_their_way, drop_dead, list_dead, revive, revive_all,
};
pub(crate) use post::Post;
pub(crate) use relay::{Consumers, RELAYING, Relay};

/// A fact and who has to hear of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub(crate) enum Fact {
    /// The graph takes the order in, or its new state; its shopper may get a letter.
    OrderChanged { order: OrderId },
    /// The graph forgets who placed an order.
    ContactForgotten { order: OrderId },
    /// The graph's orders behind one are written anew.
    GraphRebuilt { after: Option<OrderId> },
    /// An order was cancelled or given back: who wrote about its products may have bought them no more.
    PurchaseUndone { order: OrderId },
    /// The catalog marks the product as (not) in stock, and who waits for it is told.
    StockTurned { sku: Sku },
    /// A SKU may be sold otherwise than before, or somebody began to wait for it: who waits for it is told.
    OfferChanged { sku: Sku },
    /// What somebody waited for has come: the post writes to them.
    AlertDue { alert: AlertId },
    /// What an account wrote and kept in the graph goes with it, and so does what its cart held.
    AccountClosed {
        account: AccountId,
        /// None in events from before the cart was named.
        #[serde(default)]
        cart: Option<CartId>,
    },
}

impl Fact {
    const fn consumers(&self) -> &'static [&'static str] {
        match self {
            Self::OrderChanged { .. } => &["graph", "mail"],
            Self::ContactForgotten { .. } | Self::GraphRebuilt { .. } => &["graph"],
            Self::PurchaseUndone { .. } => &["review"],
            Self::StockTurned { .. } => &["catalog"],
            Self::OfferChanged { .. } => &["alert"],
            Self::AlertDue { .. } => &["mail"],
            Self::AccountClosed { .. } => &["account"],
        }
    }

    fn key(&self) -> String {
        match self {
            Self::OrderChanged { order } | Self::ContactForgotten { order } | Self::PurchaseUndone { order } => {
                order.to_string()
            }
            Self::GraphRebuilt { .. } => REBUILDING.to_owned(),
            Self::StockTurned { sku } | Self::OfferChanged { sku } => sku.to_string(),
            Self::AlertDue { alert } => alert.to_string(),
            Self::AccountClosed { account, .. } => account.to_string(),
        }
    }
}

/// Pages of a rebuilding wait for each other.
pub(crate) const REBUILDING: &str = "rebuilding";

/// Writes facts into the outbox of the transaction at hand.
pub(crate) async fn publish(connection: &mut AnyConnection, facts: &[Fact]) -> anyhow::Result<()> {
    let row = |(fact, consumer): (&Fact, &&'static str)| -> anyhow::Result<[Cell; 4]> {
        let (id, payload) = (Uuid::now_v7().to_string(), serde_json::to_string(fact)?);
        Ok([id.into(), (*consumer).into(), fact.key().into(), payload.into()])
    };
    let told = facts.iter().flat_map(|fact| fact.consumers().iter().map(move |consumer| (fact, consumer)));
    let rows = told.map(row).collect::<Result<_, _>>()?;
    rows::write(connection, "INSERT INTO outbox (id, consumer, key, payload) VALUES", rows, "").await.map(drop)
}
