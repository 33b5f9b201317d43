//! Cart: keeps carts in the graph, one record under the cart's own id. Only this module writes
//! the table `cart`, and with it what its owner has saved for later. A change is written only over
//! the version that it was applied to, so that no change is lost, whoever else changes the cart
//! meanwhile. A cart that nobody changed for long is forgotten.

mod saved;

use std::collections::HashMap;

use anyhow::Context;
use async_trait::async_trait;
use domain::account::AccountId;
use domain::cart::ports::Carts;
use domain::cart::{CART_DAYS, Cart, CartChange, CartError, CartId, CartVersion, Joined, MAX_CHANGE_ATTEMPTS};
use domain::checkout::IdempotencyKey;
use surrealdb::types::{SurrealValue, Value};

use crate::fault::at_boundary;
use crate::graph::{Graph, documents, from_value, object, record, to_value, today};
use crate::wish_list::{Holder, Turn, WRITE_SAVED};
use saved::turn;

/// A statement for each cart: to insert them over what is there takes four times as long.
const TAKE_OUT: &str = "
    FOR $row IN $rows {
        UPDATE $row.cart SET document = $row.document, written_day = $today
            WHERE document.version = $row.from RETURN NONE;
    };
";

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

    /// Writes carts without what was bought; `false` for one whose version is gone, which stays as it is.
    pub(crate) async fn take_out(&self, all: &[TakenOut]) -> anyhow::Result<Vec<bool>> {
        let row = |out: &TakenOut| {
            let (document, from) = (to_value(&out.next)?, i64::from(out.from.0).into_value());
            Ok(object([("cart", record("cart", out.cart)), ("document", document), ("from", from)]))
        };
        let rows = all.iter().map(row).collect::<anyhow::Result<Vec<Value>>>()?;
        let variables = [("rows", rows.into_value()), ("today", today().into_value())];
        self.graph.query(TAKE_OUT, &variables).await?;
        let kept = self.load_all(&all.iter().map(|out| out.cart).collect::<Vec<_>>()).await?;
        // A cart remembers the key of what was taken out of it last.
        Ok(all.iter().map(|out| kept.get(&out.cart).is_some_and(|cart| cart.was_bought_last(out.key))).collect())
    }

    /// Writes carts that are new.
    pub(crate) async fn add(&self, carts: &[(CartId, Cart)]) -> anyhow::Result<()> {
        let row = |(id, cart): &(CartId, Cart)| {
            let (id, written_day) = (id.to_string().into_value(), today().into_value());
            Ok(object([("id", id), ("document", to_value(cart)?), ("written_day", written_day)]))
        };
        let rows = carts.iter().map(row).collect::<anyhow::Result<Vec<Value>>>()?;
        self.graph.query("INSERT INTO cart $rows RETURN NONE", &[("rows", rows.into_value())]).await.map(drop)
    }

    /// The carts of some ids, as far as they were kept.
    pub(crate) async fn load_all(&self, ids: &[CartId]) -> anyhow::Result<HashMap<CartId, Cart>> {
        documents(&self.graph, ids.iter().map(|id| record("cart", id)).collect()).await
    }

    pub(crate) async fn forget(&self, cart: CartId) -> anyhow::Result<()> {
        self.graph.query("DELETE $cart RETURN NONE", &[("cart", record("cart", cart))]).await.map(drop)
    }

    /// Forgets the carts that nobody changed for long.
    pub(crate) async fn forget_left(&self) -> anyhow::Result<()> {
        self.clear_left().await?;
        self.graph.forget_unwritten("cart", CART_DAYS).await
    }

    /// Writes a cart over the version it was made from; `false` when that version is gone.
    async fn keep(&self, id: CartId, from: CartVersion, cart: &Cart) -> anyhow::Result<bool> {
        let statement = "
            UPSERT $cart SET document = $document, written_day = $today WHERE (document.version ?? 0) = $from
            RETURN VALUE document.version;
        ";
        let variables = [
            ("cart", record("cart", id)),
            ("document", to_value(cart)?),
            ("from", i64::from(from.0).into_value()),
            ("today", today().into_value()),
        ];
        let mut answer = self.graph.query(statement, &variables).await?;
        Ok(!answer.rows::<i64>(0)?.is_empty())
    }

    /// The same for a cart of an account, with what turns among what it has saved for later.
    async fn keep_owned(
        &self,
        (id, owner): (CartId, AccountId),
        from: CartVersion,
        cart: &Cart,
        turn: Turn,
    ) -> anyhow::Result<bool> {
        // One statement is one transaction.
        let statement = format!(
            "RETURN IF ((SELECT VALUE document.version FROM ONLY $cart) ?? 0) = $from {{
                UPSERT $cart SET document = $document, owner = $owner, written_day = $today RETURN NONE;
                {WRITE_SAVED}
                true
            }} ELSE {{ false }};"
        );
        let [customer, gone, wishes] = turn.variables();
        let variables = [
            ("cart", record("cart", id)),
            ("owner", owner.to_string().into_value()),
            ("document", to_value(cart)?),
            ("from", i64::from(from.0).into_value()),
            ("today", today().into_value()),
            customer,
            gone,
            wishes,
        ];
        let mut answer = self.graph.query(&statement, &variables).await?;
        answer.one(0)?.context("a cart was written without an answer")
    }

    /// Writes the cart of an account and a guest's over the versions that they were made from, both or none; `false`
    /// when one of the versions is gone.
    async fn keep_both(
        &self,
        changes: [(CartId, CartVersion, &Cart); 2],
        owner: AccountId,
        turn: Turn,
    ) -> anyhow::Result<bool> {
        // One statement is one transaction, and both records are written in it: whoever writes one of
        // them meanwhile makes it conflict, and it is run again.
        let saved = if turn.is_nothing() { "" } else { WRITE_SAVED };
        let statement = format!(
            "RETURN IF ((SELECT VALUE document.version FROM ONLY $cart) ?? 0) = $from
                AND ((SELECT VALUE document.version FROM ONLY $guest) ?? 0) = $guest_from {{
                UPSERT $cart SET document = $document, owner = $owner, written_day = $today;
                UPSERT $guest SET document = $guest_document, written_day = $today;
                {saved}
                true
            }} ELSE {{ false }};"
        );
        let [(cart, from, document), (guest, guest_from, guest_document)] = changes;
        let version = |version: CartVersion| i64::from(version.0).into_value();
        let [customer, gone, wishes] = turn.variables();
        let variables = [
            ("cart", record("cart", cart)),
            ("owner", owner.to_string().into_value()),
            ("from", version(from)),
            ("document", to_value(document)?),
            ("guest", record("cart", guest)),
            ("guest_from", version(guest_from)),
            ("guest_document", to_value(guest_document)?),
            ("today", today().into_value()),
            customer,
            gone,
            wishes,
        ];
        let mut answer = self.graph.query(&statement, &variables).await?;
        answer.one(0)?.context("two carts were written without an answer")
    }
}

/// What was bought under a key, taken out of a cart that had a version.
#[derive(Debug, Clone)]
pub(crate) struct TakenOut {
    pub(crate) cart: CartId,
    pub(crate) key: IdempotencyKey,
    pub(crate) from: CartVersion,
    /// The cart without it.
    pub(crate) next: Cart,
}

#[async_trait]
impl Carts for GraphCarts {
    async fn read(&self, id: CartId) -> Result<Cart, CartError> {
        at_boundary(self.load(id).await, CartError::Unavailable)
    }

    async fn change(
        &self,
        id: CartId,
        owner: Option<AccountId>,
        seen: Option<CartVersion>,
        change: &CartChange,
    ) -> Result<Cart, CartError> {
        for _ in 0..MAX_CHANGE_ATTEMPTS {
            let cart = self.read(id).await?;
            if seen.is_some_and(|seen| seen != cart.version()) {
                return Err(CartError::Changed);
            }
            let next = cart.apply(change)?;
            let turn = owner.map(|owner| (owner, turn(&Holder::cart(id, owner), &cart, &next)));
            let kept = match turn.filter(|(_, turn)| !turn.is_nothing()) {
                Some((owner, turn)) => self.keep_owned((id, owner), cart.version(), &next, turn).await,
                None => self.keep(id, cart.version(), &next).await,
            };
            if at_boundary(kept, CartError::Unavailable)? {
                return Ok(next);
            }
        }
        Err(CartError::Changed)
    }

    async fn join(&self, guest: CartId, account: CartId, owner: AccountId) -> Result<Cart, CartError> {
        for _ in 0..MAX_CHANGE_ATTEMPTS {
            let (mine, theirs) = (self.read(account).await?, self.read(guest).await?);
            if guest == account || theirs.holds_nothing() {
                return Ok(mine);
            }
            let Joined { cart, guest: left } = mine.take_in(&theirs);
            let turn = turn(&Holder::cart(account, owner), &mine, &cart);
            let changes = [(account, mine.version(), &cart), (guest, theirs.version(), &left)];
            if at_boundary(self.keep_both(changes, owner, turn).await, CartError::Unavailable)? {
                return Ok(cart);
            }
        }
        Err(CartError::Changed)
    }
}
