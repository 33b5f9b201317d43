//! Cart: keeps carts in the graph, one record under the cart's own id. Only this module writes
//! the table `cart`. A change is written only over the version that it was applied to, so that no
//! change is lost, whoever else changes the cart meanwhile.

use anyhow::Context;
use async_trait::async_trait;
use domain::cart::ports::Carts;
use domain::cart::{Cart, CartChange, CartError, CartId, CartVersion};
use surrealdb::types::{SurrealValue, Value};

use crate::fault::at_boundary;
use crate::graph::{Graph, from_value, record, to_value};

/// How often a change is applied again because somebody else was faster.
const MAX_ATTEMPTS: u32 = 16;

#[derive(Debug, Clone)]
pub(crate) struct GraphCarts {
    graph: Graph,
}

impl GraphCarts {
    pub(crate) const fn new(graph: Graph) -> Self {
        Self { graph }
    }

    async fn load(&self, id: CartId) -> anyhow::Result<Cart> {
        let statement = "SELECT VALUE document FROM ONLY $cart";
        let mut answer = self.graph.query(statement, &[("cart", record("cart", id))]).await?;
        match answer.one::<Value>(0)?.filter(|value| !value.is_nullish()) {
            Some(document) => from_value(document).with_context(|| format!("reading cart {id}")),
            None => Ok(Cart::default()),
        }
    }

    /// Writes a cart over the version it was made from; `false` when that version is gone.
    async fn keep(&self, id: CartId, from: CartVersion, cart: &Cart) -> anyhow::Result<bool> {
        let statement = "
            UPSERT $cart SET document = $document, version = $to WHERE (version ?? 0) = $from RETURN VALUE version;
        ";
        let variables = [
            ("cart", record("cart", id)),
            ("document", to_value(cart)?),
            ("from", i64::from(from.0).into_value()),
            ("to", i64::from(cart.version().0).into_value()),
        ];
        let mut answer = self.graph.query(statement, &variables).await?;
        Ok(!answer.rows::<i64>(0)?.is_empty())
    }
}

#[async_trait]
impl Carts for GraphCarts {
    async fn read(&self, id: CartId) -> Result<Cart, CartError> {
        at_boundary(self.load(id).await, CartError::Unavailable)
    }

    async fn change(&self, id: CartId, seen: Option<CartVersion>, change: &CartChange) -> Result<Cart, CartError> {
        for _ in 0..MAX_ATTEMPTS {
            let cart = self.read(id).await?;
            if seen.is_some_and(|seen| seen != cart.version()) {
                return Err(CartError::Changed);
            }
            let next = cart.apply(change)?;
            if at_boundary(self.keep(id, cart.version(), &next).await, CartError::Unavailable)? {
                return Ok(next);
            }
        }
        Err(CartError::Changed)
    }
}
