//! Forgets what shoppers left behind: carts, and what they typed in the checkout.

use std::time::Duration;

use super::SqlCheckout;

const PAUSE: Duration = Duration::from_hours(1);

impl SqlCheckout {
    /// Forgets at once and every hour, until the task is dropped.
    pub(crate) async fn forget_left(self) {
        loop {
            let forgotten = tokio::try_join!(self.parts.carts.forget_left(), self.parts.drafts.forget_left());
            if let Err(fault) = forgotten {
                tracing::error!("forgetting carts and what was typed in the checkout: {fault:#}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
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
            carts.change(cart_id(number), None, &change).await.unwrap();
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
        carts.change(cart_id(1), None, &change).await.unwrap();
        drafts.keep_contact(cart_id(1), &ContactForm::default()).await.unwrap();
        carts.forget_left().await.unwrap();
        drafts.forget_left().await.unwrap();
        let first = vec![ids[0].clone()];
        assert_eq!((left(graph, "cart").await, left(graph, "draft").await), (first.clone(), first));
        assert_eq!(carts.read(cart_id(1)).await.unwrap().units(), 2);
        databases.close().await;
    }
}
