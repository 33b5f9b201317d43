use sqlx::{AnyConnection, Connection};

use super::Shop;

/// What the store knows of one SKU, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stock {
    pub(crate) on_hand: i64,
    pub(crate) reserved: i64,
    pub(crate) allocated: i64,
}

/// An order as its row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrderRow {
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) total_minor_units: i64,
}

/// The books of a store: what must add up, whatever the pages say.
impl Shop {
    async fn books(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(&self.sql_url()).await.unwrap()
    }

    pub(crate) async fn stock(&self, sku: &str) -> Stock {
        let (on_hand, reserved, allocated) =
            sqlx::query_as("SELECT on_hand, reserved, allocated FROM stock WHERE sku = $1")
                .bind(sku)
                .fetch_one(&mut self.books().await)
                .await
                .unwrap();
        Stock { on_hand, reserved, allocated }
    }

    /// SKUs whose stock is known; none before the first import.
    pub(crate) async fn stocked_skus(&self) -> i64 {
        sqlx::any::install_default_drivers();
        // Before the first import there may be no file.
        let Ok(mut books) = AnyConnection::connect(&self.sql_url()).await else { return 0 };
        let counted = sqlx::query_scalar("SELECT count(*) FROM stock").fetch_one(&mut books).await;
        counted.unwrap_or_default()
    }

    /// All orders, the oldest first.
    pub(crate) async fn orders(&self) -> Vec<OrderRow> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT number, state, total_minor_units FROM orders ORDER BY placed_at, id")
                .fetch_all(&mut self.books().await)
                .await
                .unwrap();
        rows.into_iter()
            .map(|(number, state, total_minor_units)| OrderRow { number, state, total_minor_units })
            .collect()
    }

    pub(crate) async fn order_states(&self) -> Vec<String> {
        self.orders().await.into_iter().map(|order| order.state).collect()
    }

    /// Payments that the gateway holds or declined.
    pub(crate) async fn payments(&self) -> i64 {
        let statement = "SELECT count(*) FROM sandbox_authorizations";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Facts that still wait for somebody to hear of them.
    pub(crate) async fn waiting_events(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(&mut self.books().await).await.unwrap()
    }
}
