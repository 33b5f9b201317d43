use anyhow::Context;
use domain::cart::CartId;
use domain::checkout::{Draft, IdempotencyKey};
use surrealdb::types::Value;
use uuid::Uuid;

use crate::graph::{Graph, from_value, record, to_value};

/// What shoppers typed so far, one record under the cart's id.
#[derive(Debug, Clone)]
pub(crate) struct Drafts {
    graph: Graph,
}

impl Drafts {
    pub(crate) const fn new(graph: Graph) -> Self {
        Self { graph }
    }

    /// The draft of a cart. A cart without one gets one that is kept, so that its key stays the same
    /// until an order is placed.
    pub(super) async fn read(&self, cart: CartId) -> anyhow::Result<Draft> {
        match self.find(cart).await? {
            Some(draft) => Ok(draft),
            None => self.change(cart, |_| ()).await,
        }
    }

    pub(super) async fn change(&self, cart: CartId, change: impl FnOnce(&mut Draft) + Send) -> anyhow::Result<Draft> {
        let mut draft = self.find(cart).await?.unwrap_or_else(|| Draft::new(IdempotencyKey::new(Uuid::new_v4())));
        change(&mut draft);
        let variables = [("draft", record("draft", cart)), ("document", to_value(&draft)?)];
        self.graph.query("UPSERT $draft SET document = $document RETURN NONE", &variables).await?;
        Ok(draft)
    }

    /// After an order: the address stays for the next one, the key and the card go.
    pub(super) async fn start_over(&self, cart: CartId) -> anyhow::Result<()> {
        let fresh = |draft: &mut Draft| {
            draft.key = IdempotencyKey::new(Uuid::new_v4());
            draft.payment = None;
            draft.delivery = None;
        };
        self.change(cart, fresh).await.map(drop)
    }

    async fn find(&self, cart: CartId) -> anyhow::Result<Option<Draft>> {
        let statement = "SELECT VALUE document FROM ONLY $draft";
        let mut answer = self.graph.query(statement, &[("draft", record("draft", cart))]).await?;
        answer
            .one::<Value>(0)?
            .filter(|value| !value.is_nullish())
            .map(from_value)
            .transpose()
            .with_context(|| format!("reading the draft of cart {cart}"))
    }
}
