use std::fmt::Write as _;

use anyhow::Context;
use domain::cart::CartId;
use domain::checkout::{ContactForm, Draft, IdempotencyKey};
use domain::payment::PaymentMethod;
use domain::shipment::DeliveryOption;
use surrealdb::types::{SurrealValue, Value};
use uuid::Uuid;

use crate::graph::{Graph, from_value, record, to_value};

/// What shoppers typed so far, one record under the cart's id. A write is one statement that names
/// only the fields it means, so that two windows of one shopper don't overwrite each other.
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
        let statement = "SELECT VALUE document FROM ONLY $draft";
        let mut answer = self.graph.query(statement, &[("draft", record("draft", cart))]).await?;
        match answer.one::<Value>(0)?.filter(|value| !value.is_nullish()) {
            Some(document) => from_value(document).with_context(|| format!("reading the draft of cart {cart}")),
            None => self.write(cart, []).await,
        }
    }

    pub(super) async fn keep_contact(&self, cart: CartId, form: &ContactForm) -> anyhow::Result<Draft> {
        self.write(cart, [("contact", to_value(form)?), ("contact_posted", true.into_value())]).await
    }

    pub(super) async fn keep_delivery(&self, cart: CartId, option: DeliveryOption) -> anyhow::Result<Draft> {
        self.write(cart, [("delivery", to_value(&option)?)]).await
    }

    pub(super) async fn keep_payment(&self, cart: CartId, method: &PaymentMethod) -> anyhow::Result<Draft> {
        self.write(cart, [("payment", to_value(method)?)]).await
    }

    /// A card that was declined is not offered again.
    pub(super) async fn forget_payment(&self, cart: CartId) -> anyhow::Result<()> {
        self.write(cart, [("payment", Value::Null)]).await.map(drop)
    }

    /// After the order of a key: the address stays for the next one, the key and the card go. A
    /// draft that has another key already is another checkout's, and stays as it is.
    pub(super) async fn start_over(&self, cart: CartId, bought: IdempotencyKey) -> anyhow::Result<()> {
        let statement = "UPDATE $draft SET document.key = $fresh, document.delivery = NULL, document.payment = NULL
                         WHERE document.key = $bought RETURN NONE";
        let variables =
            [("draft", record("draft", cart)), ("fresh", to_value(&fresh_key())?), ("bought", to_value(&bought)?)];
        self.graph.query(statement, &variables).await.map(drop)
    }

    /// Writes some fields of the draft over what they are now, and answers all of it.
    async fn write<const N: usize>(&self, cart: CartId, fields: [(&'static str, Value); N]) -> anyhow::Result<Draft> {
        let mut statement = "UPSERT $draft SET document.key = document.key ?? $key".to_owned();
        if N > 0 {
            statement.push_str(", document.version = (document.version ?? 0) + 1");
        }
        for (name, _) in &fields {
            write!(statement, ", document.{name} = ${name}")?;
        }
        statement.push_str(" RETURN VALUE document");
        let mut variables = vec![("draft", record("draft", cart)), ("key", to_value(&fresh_key())?)];
        variables.extend(fields);
        let mut answer = self.graph.query(&statement, &variables).await?;
        let document = answer.rows::<Value>(0)?.pop().context("a draft was written and is gone")?;
        from_value(document).with_context(|| format!("reading the draft of cart {cart}"))
    }
}

fn fresh_key() -> IdempotencyKey {
    IdempotencyKey::new(Uuid::new_v4())
}
