//! Forgets what shoppers left behind: carts, what they typed in the checkout, and who placed orders that came to
//! nothing.

use std::time::Duration;

use anyhow::Context as _;
use domain::account::AccountId;
use domain::order::{FORGET_AFTER_DAYS, Order, OrderId};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, Row as _};

use super::SqlCheckout;
use super::saga_log::parse_purchase;
use crate::event::{Fact, publish};
use crate::order::{self, Whose};
use crate::sql::Sql;

const PAUSE: Duration = Duration::from_hours(1);
/// Orders that are forgotten in one go; others write in between.
const AT_ONCE: u32 = 100;

impl SqlCheckout {
    /// Forgets at once and every hour, until the task is dropped.
    pub(crate) async fn forget_left(self) {
        loop {
            let forgotten = tokio::try_join!(
                self.parts.carts.forget_left(),
                self.parts.drafts.forget_left(),
                forget_nobodys(&self.parts.sql)
            );
            match forgotten {
                Ok(((), (), true)) => self.parts.published.notify_one(),
                Ok(_) => {}
                Err(fault) => tracing::error!("forgetting what shoppers left behind: {fault:#}"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Forgets who placed the orders of an account that came to nothing.
pub(crate) async fn forget_contacts_of(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    while forget_some(connection, Whose::Account(account)).await? {}
    Ok(())
}

/// Forgets who placed the orders that came to nothing long ago and are nobody's; `false` when there were none.
async fn forget_nobodys(sql: &Sql) -> anyhow::Result<bool> {
    let long_ago = Timestamp::now().checked_sub(SignedDuration::from_hours(24 * FORGET_AFTER_DAYS))?;
    let whose = Whose::NobodysBefore(OrderId::before_all_since(long_ago));
    let mut forgets = false;
    loop {
        let mut transaction = sql.begin().await?;
        if !forget_some(&mut transaction, whose).await? {
            return Ok(forgets);
        }
        transaction.commit().await.context("committing that orders are nobody's any more")?;
        forgets = true;
    }
}

/// `false` when there was nothing to be forgotten.
async fn forget_some(connection: &mut AnyConnection, whose: Whose) -> anyhow::Result<bool> {
    let orders = order::forget_contacts(connection, whose, AT_ONCE).await?;
    for order in &orders {
        forget_in_saga(connection, order).await?;
    }
    let facts: Vec<Fact> = orders.iter().map(|order| Fact::ContactForgotten { order: order.id }).collect();
    publish(connection, &facts).await?;
    Ok(!orders.is_empty())
}

/// What the saga was begun with names its shopper as well.
async fn forget_in_saga(connection: &mut AnyConnection, order: &Order) -> anyhow::Result<()> {
    let found = sqlx::query("SELECT purchase FROM sagas WHERE order_id = $1")
        .bind(order.id.to_string())
        .fetch_optional(&mut *connection)
        .await
        .context("reading a saga")?;
    let Some(row) = found else { return Ok(()) };
    let mut purchase = parse_purchase(row.try_get("purchase")?)?;
    purchase.contact = order.contact.clone();
    sqlx::query("UPDATE sagas SET purchase = $1 WHERE order_id = $2")
        .bind(serde_json::to_string(&purchase)?)
        .bind(order.id.to_string())
        .execute(connection)
        .await
        .context("forgetting who began a saga")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::cart::ports::Carts as _;
    use domain::cart::{CART_DAYS, Cart, CartChange, CartId};
    use domain::checkout::{ContactForm, DRAFT_DAYS, Draft, IdempotencyKey};
    use uuid::Uuid;

    use crate::cart::GraphCarts;
    use crate::checkout::Drafts;
    use crate::context::Databases;
    use crate::graph::{Graph, record};

    fn cart_id(number: u128) -> CartId {
        CartId::new(Uuid::from_u128(number))
    }

    async fn age(graph: &Graph, table: &str, number: u128, days: i64) {
        let statement = format!("UPDATE $record SET written_day -= {days}");
        graph.query(&statement, &[("record", record(table, cart_id(number)))]).await.unwrap();
    }

    async fn left(graph: &Graph, table: &str) -> Vec<String> {
        let mut answer = graph.query(&format!("SELECT VALUE record::id(id) FROM {table}"), &[]).await.unwrap();
        answer.rows(0).unwrap()
    }

    #[tokio::test]
    async fn what_nobody_wrote_for_long_is_forgotten_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let databases = Databases::open_embedded(folder.path()).await.unwrap();
        let graph = &databases.graph;
        let (carts, drafts) = (GraphCarts::new(graph.clone()), Drafts::new(graph.clone()));
        let change = CartChange::Add { sku: "LAMP".parse().unwrap(), quantity: "1".parse().unwrap() };
        for number in 1..=2 {
            carts.change(cart_id(number), None, None, &change).await.unwrap();
            drafts.keep_contact(cart_id(number), &ContactForm::default()).await.unwrap();
        }
        carts.add(&[(cart_id(3), Cart::default())]).await.unwrap();
        drafts.add(&[(cart_id(3), Draft::new(IdempotencyKey::new(Uuid::from_u128(3))))]).await.unwrap();
        let ids = [1, 2, 3].map(|number| cart_id(number).to_string());

        for (table, days) in [("cart", CART_DAYS), ("draft", DRAFT_DAYS)] {
            for number in 1..=3 {
                age(graph, table, number, days).await;
            }
        }
        carts.forget_left().await.unwrap();
        drafts.forget_left().await.unwrap();
        assert_eq!((left(graph, "cart").await, left(graph, "draft").await), (ids.to_vec(), ids.to_vec()));

        for table in ["cart", "draft"] {
            for number in 1..=3 {
                age(graph, table, number, 1).await;
            }
        }
        carts.change(cart_id(1), None, None, &change).await.unwrap();
        drafts.keep_contact(cart_id(1), &ContactForm::default()).await.unwrap();
        carts.forget_left().await.unwrap();
        drafts.forget_left().await.unwrap();
        let first = vec![ids[0].clone()];
        assert_eq!((left(graph, "cart").await, left(graph, "draft").await), (first.clone(), first));
        assert_eq!(carts.read(cart_id(1)).await.unwrap().units(), 2);
        databases.close().await;
    }
}
