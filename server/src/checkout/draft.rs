use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Context;
use domain::cart::CartId;
use domain::checkout::{ContactForm, DRAFT_DAYS, Draft, IdempotencyKey};
use domain::payment::PaymentMethod;
use domain::payment::gift_card::GiftCardId;
use domain::shipment::DeliveryOption;
use surrealdb::types::{SurrealValue, Value};
use uuid::Uuid;

use crate::graph::{Graph, documents, from_value, object, record, to_value, today};

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
        match self.find(cart).await? {
            Some(draft) => Ok(draft),
            None => self.write(cart, []).await,
        }
    }

    /// The draft of a cart whose checkout was begun.
    pub(crate) async fn find(&self, cart: CartId) -> anyhow::Result<Option<Draft>> {
        let statement = "SELECT VALUE document FROM ONLY $draft";
        let mut answer = self.graph.query(statement, &[("draft", record("draft", cart))]).await?;
        let document = answer.one::<Value>(0)?.filter(|value| !value.is_nullish());
        document.map(from_value).transpose().with_context(|| format!("reading the draft of cart {cart}"))
    }

    /// The drafts of some carts, as far as there are any.
    pub(super) async fn find_all(&self, carts: &[CartId]) -> anyhow::Result<HashMap<CartId, Draft>> {
        documents(&self.graph, carts.iter().map(|cart| record("draft", cart)).collect()).await
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

    pub(super) async fn keep_gift_cards(&self, cart: CartId, gift_cards: &[GiftCardId]) -> anyhow::Result<Draft> {
        self.write(cart, [("gift_cards", to_value(&gift_cards)?)]).await
    }

    /// Writes drafts of carts that have none.
    pub(crate) async fn add(&self, drafts: &[(CartId, Draft)]) -> anyhow::Result<()> {
        let row = |(cart, draft): &(CartId, Draft)| {
            let (id, written_day) = (cart.to_string().into_value(), today().into_value());
            Ok(object([("id", id), ("document", to_value(draft)?), ("written_day", written_day)]))
        };
        let rows = drafts.iter().map(row).collect::<anyhow::Result<Vec<Value>>>()?;
        self.graph.query("INSERT INTO draft $rows RETURN NONE", &[("rows", rows.into_value())]).await.map(drop)
    }

    /// A card that was declined is not offered again; one that was chosen since is.
    pub(super) async fn forget_payment(&self, cart: CartId, declined: &PaymentMethod) -> anyhow::Result<()> {
        let statement = "
            UPDATE $draft SET document.payment = NULL, document.version = (document.version ?? 0) + 1
            WHERE document.payment = $declined RETURN NONE;
        ";
        let variables = [("draft", record("draft", cart)), ("declined", to_value(declined)?)];
        self.graph.query(statement, &variables).await.map(drop)
    }

    /// Takes a contact over to a cart that nobody typed one for yet.
    pub(super) async fn carry_over(&self, from: CartId, to: CartId) -> anyhow::Result<()> {
        let typed = self.find(from).await?.filter(|draft| draft.contact_posted);
        let is_taken = self.find(to).await?.is_some_and(|draft| draft.contact_posted);
        match typed.filter(|_| !is_taken) {
            Some(draft) => self.keep_contact(to, &draft.contact).await.map(drop),
            None => Ok(()),
        }
    }

    pub(crate) async fn forget(&self, cart: CartId) -> anyhow::Result<()> {
        self.graph.query("DELETE $draft RETURN NONE", &[("draft", record("draft", cart))]).await.map(drop)
    }

    /// Forgets the drafts that nobody wrote for long.
    pub(super) async fn forget_left(&self) -> anyhow::Result<()> {
        self.graph.forget_unwritten("draft", DRAFT_DAYS).await
    }

    /// After the order of a key: the address stays for the next one, the key, the card and gift cards go. A
    /// draft that has another key already is another checkout's, and stays as it is.
    pub(super) async fn start_over(&self, renewals: &[Renewal]) -> anyhow::Result<()> {
        let statement = "
            FOR $row IN $rows {
                UPDATE $row.draft SET
                    document.key = $row.key, document.delivery = NULL, document.payment = NULL, document.gift_cards = [],
                    written_day = $today
                    WHERE document.key = $row.bought RETURN NONE;
            };
        ";
        let row = |Renewal { cart, bought }: &Renewal| {
            let (draft, key) = (record("draft", cart), to_value(&fresh_key())?);
            Ok(object([("draft", draft), ("key", key), ("bought", to_value(bought)?)]))
        };
        let rows = renewals.iter().map(row).collect::<anyhow::Result<Vec<Value>>>()?;
        let variables = [("rows", rows.into_value()), ("today", today().into_value())];
        self.graph.query(statement, &variables).await.map(drop)
    }

    /// Writes some fields of the draft over what they are now, and answers all of it.
    async fn write<const N: usize>(&self, cart: CartId, fields: [(&'static str, Value); N]) -> anyhow::Result<Draft> {
        let mut statement = "UPSERT $draft SET written_day = $today, document.key = document.key ?? $key".to_owned();
        if N > 0 {
            statement.push_str(", document.version = (document.version ?? 0) + 1");
        }
        for (name, _) in &fields {
            write!(statement, ", document.{name} = ${name}")?;
        }
        statement.push_str(" RETURN VALUE document");
        let mut variables =
            vec![("draft", record("draft", cart)), ("key", to_value(&fresh_key())?), ("today", today().into_value())];
        variables.extend(fields);
        let mut answer = self.graph.query(&statement, &variables).await?;
        let document = answer.rows::<Value>(0)?.pop().context("a draft was written and is gone")?;
        from_value(document).with_context(|| format!("reading the draft of cart {cart}"))
    }
}

/// A draft whose key bought something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Renewal {
    pub(super) cart: CartId,
    pub(super) bought: IdempotencyKey,
}

fn fresh_key() -> IdempotencyKey {
    IdempotencyKey::new(Uuid::new_v4())
}
