use std::time::Duration;

use sqlx::{AnyConnection, Connection};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::{Ran, Shop, now_ms};

/// How long a lease lasts that nobody renews.
const LEASE_MS: i64 = 15_000;

/// A server that is not there, and renews its lease as one that lives does until this is dropped.
#[derive(Debug)]
pub(crate) struct Elsewhere(JoinHandle<()>);

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn open(sql_url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(sql_url).await.unwrap()
}

async fn lease(sql_url: &str, name: &str, until_ms: i64) {
    let statement = "INSERT INTO leases (name, owner, until_ms) VALUES ($1, 'another server', $2)
                     ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms";
    sqlx::query(statement).bind(name).bind(until_ms).execute(&mut open(sql_url).await).await.unwrap();
}

/// What the store knows of one SKU, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stock {
    pub(crate) on_hand: i64,
    pub(crate) reserved: i64,
    pub(crate) allocated: i64,
}

/// What lies of a SKU at another location than the first, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) on_hand: i64,
    pub(crate) allocated: i64,
}

/// A change of a SKU's stock, in units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) reason: String,
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
    pub(super) async fn books(&self) -> AnyConnection {
        open(&self.sql_url()).await
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

    /// What lies of a SKU at another location than the first.
    pub(crate) async fn place(&self, sku: &str, location: &str) -> Place {
        let statement = "SELECT on_hand, allocated FROM stock_places WHERE sku = $1 AND location_id = $2";
        let (on_hand, allocated) =
            sqlx::query_as(statement).bind(sku).bind(location).fetch_one(&mut self.books().await).await.unwrap();
        Place { on_hand, allocated }
    }

    /// What the transfers of a SKU belong to, each once.
    pub(crate) async fn transfer_references(&self, sku: &str) -> Vec<String> {
        let statement = "SELECT DISTINCT reference FROM stock_movements WHERE sku = $1 AND reason = 'transfer'";
        sqlx::query_scalar(statement).bind(sku).fetch_all(&mut self.books().await).await.unwrap()
    }

    /// What shoppers lately made of a product that they had searched for, in thousandths of a unit sold, and how
    /// much of it the ranking counts.
    pub(crate) async fn interest(&self, product: &str) -> Option<(i64, i64)> {
        sqlx::query_as("SELECT thousandths, noted_from FROM search_interest WHERE product = $1")
            .bind(product)
            .fetch_optional(&mut self.books().await)
            .await
            .unwrap()
    }

    /// All movements of a SKU, the oldest first.
    pub(crate) async fn movements(&self, sku: &str) -> Vec<Movement> {
        let statement = "SELECT reason, on_hand, reserved, allocated FROM stock_movements WHERE sku = $1 ORDER BY id";
        let rows: Vec<(String, i64, i64, i64)> =
            sqlx::query_as(statement).bind(sku).fetch_all(&mut self.books().await).await.unwrap();
        rows.into_iter()
            .map(|(reason, on_hand, reserved, allocated)| Movement { reason, on_hand, reserved, allocated })
            .collect()
    }

    /// How many rows there are of what belongs to an account, by their table.
    pub(crate) async fn account_rows(&self) -> Vec<(&'static str, i64)> {
        let mut books = self.books().await;
        let mut found = Vec::new();
        for (table, statement) in [
            ("accounts", "SELECT COUNT(*) FROM accounts"),
            ("account_sessions", "SELECT COUNT(*) FROM account_sessions"),
            ("account_links", "SELECT COUNT(*) FROM account_links"),
            ("account_passkeys", "SELECT COUNT(*) FROM account_passkeys"),
            ("account_ceremonies", "SELECT COUNT(*) FROM account_ceremonies"),
            ("account_totp", "SELECT COUNT(*) FROM account_totp"),
            ("account_recovery_codes", "SELECT COUNT(*) FROM account_recovery_codes"),
            ("account_half_signed_in", "SELECT COUNT(*) FROM account_half_signed_in"),
            ("saved_addresses", "SELECT COUNT(*) FROM saved_addresses"),
            ("orders", "SELECT COUNT(*) FROM orders WHERE account_id IS NOT NULL"),
        ] {
            let (rows,): (i64,) = sqlx::query_as(statement).fetch_one(&mut books).await.unwrap();
            found.push((table, rows));
        }
        found
    }

    /// Changes the books behind the store's back.
    pub(crate) async fn change_books(&self, statement: &'static str) {
        let mut books = self.books().await;
        sqlx::query(statement).execute(&mut books).await.unwrap();
        // The last connection to close writes everything into the one file.
        books.close().await.unwrap();
    }

    /// Changes the books behind the store's back with a value.
    pub(crate) async fn change_books_with(&self, statement: &'static str, value: &str) {
        let mut books = self.books().await;
        sqlx::query(statement).bind(value.to_owned()).execute(&mut books).await.unwrap();
        books.close().await.unwrap();
    }

    /// Lets whoever wants something of gift cards and store credit wait until this is closed; on PostgreSQL alone.
    pub(crate) async fn hold_gift_cards(&self) -> AnyConnection {
        let mut books = self.books().await;
        for statement in ["BEGIN", "SELECT id FROM gift_cards FOR UPDATE"] {
            sqlx::query(statement).execute(&mut books).await.unwrap();
        }
        books
    }

    /// How many transactions wait for another one; on PostgreSQL alone.
    pub(crate) async fn waiting_transactions(&self) -> i64 {
        let statement = "SELECT COUNT(*) FROM pg_stat_activity
                         WHERE datname = current_database() AND wait_event_type = 'Lock'";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Gives a lease to a server that is not there, until a moment (milliseconds since 1970).
    pub(crate) async fn lease_elsewhere(&self, name: &str, until_ms: i64) {
        lease(&self.sql_url(), name, until_ms).await;
    }

    /// Gives a lease to a server that is not there and goes on renewing it.
    pub(crate) async fn live_elsewhere(&self, name: &str) -> Elsewhere {
        let (sql_url, name) = (self.sql_url(), name.to_owned());
        lease(&sql_url, &name, now_ms() + LEASE_MS).await;
        Elsewhere(tokio::spawn(async move {
            loop {
                sleep(Duration::from_secs(1)).await;
                lease(&sql_url, &name, now_ms() + LEASE_MS).await;
            }
        }))
    }

    /// Asks whether the books agree.
    pub(crate) async fn check_ledger(&self) -> Ran {
        self.run_on_data(&["ledger".as_ref(), "check".as_ref()]).await
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

    /// The ids of all orders, the oldest first.
    pub(crate) async fn order_ids(&self) -> Vec<String> {
        let statement = "SELECT id FROM orders ORDER BY placed_at, id";
        sqlx::query_scalar(statement).fetch_all(&mut self.books().await).await.unwrap()
    }

    /// The numbers of all orders, in the order of their ids.
    pub(crate) async fn numbers_by_id(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT number FROM orders ORDER BY id").fetch_all(&mut self.books().await).await.unwrap()
    }

    /// What the accounts of the ledger have together in a layer, by their names, before fees: those are asked for after
    /// each capture.
    pub(crate) async fn ledger_sums(&self, layer: &str) -> Vec<(String, i64)> {
        let statement = "SELECT account, CAST(SUM(minor_units) AS BIGINT)
                         FROM ledger_entries JOIN ledger_postings ON ledger_postings.id = posting_id
                         WHERE layer = $1 AND kind <> 'fee' GROUP BY account ORDER BY account";
        sqlx::query_as(statement).bind(layer).fetch_all(&mut self.books().await).await.unwrap()
    }

    /// What the gateway has kept in all, in minor units, as the ledger says.
    pub(crate) async fn fees(&self) -> i64 {
        let statement =
            "SELECT CAST(COALESCE(SUM(minor_units), 0) AS BIGINT) FROM ledger_entries WHERE account = 'fees'";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Whether the gateway is to be asked of no payment how it stands.
    pub(crate) async fn follows_nothing(&self) -> bool {
        let waiting: i64 =
            sqlx::query_scalar("SELECT count(*) FROM heard_payments").fetch_one(&mut self.books().await).await.unwrap();
        waiting == 0
    }

    /// Payments that the gateway holds or declined.
    pub(crate) async fn payments(&self) -> i64 {
        let statement = "SELECT count(*) FROM sandbox_intents";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Payments that the gateway holds: neither declined nor let go of.
    pub(crate) async fn holds(&self) -> i64 {
        let statement = "SELECT count(*) FROM sandbox_intents WHERE status = 'requires_capture'";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// What the gateway has captured and given back, in minor units.
    pub(crate) async fn moved_at_gateway(&self) -> (i64, i64) {
        let statement = "SELECT CAST(SUM(captured_minor_units) AS BIGINT), CAST(SUM(refunded_minor_units) AS BIGINT)
                         FROM sandbox_intents";
        sqlx::query_as(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Payments that are still to be looked at after they were captured.
    pub(crate) async fn heard_payments(&self) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM heard_payments").fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Sagas that are not at their end: somebody drives them, or takes them up again.
    pub(crate) async fn unfinished_sagas(&self) -> i64 {
        let statement = "SELECT count(*) FROM sagas WHERE finished = 0";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Sagas that wait for an operator.
    pub(crate) async fn sagas_set_aside(&self) -> i64 {
        let statement = "SELECT count(*) FROM sagas WHERE set_aside = 1";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// How often a promotion was used.
    pub(crate) async fn uses(&self, promotion: &str) -> i64 {
        let statement = "SELECT used FROM promotions WHERE id = $1";
        sqlx::query_scalar(statement).bind(promotion).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// What a promotion has spent of its budget, in minor units.
    pub(crate) async fn spent(&self, promotion: &str) -> i64 {
        let statement = "SELECT spent_minor_units FROM promotions WHERE id = $1";
        sqlx::query_scalar(statement).bind(promotion).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// The states of all redemptions of a promotion, in order.
    pub(crate) async fn redemptions(&self, promotion: &str) -> Vec<String> {
        let statement = "SELECT state FROM redemptions WHERE promotion_id = $1 ORDER BY state";
        sqlx::query_scalar(statement).bind(promotion).fetch_all(&mut self.books().await).await.unwrap()
    }

    /// Whether some server delivers what others have to hear of, or did a moment ago.
    pub(crate) async fn relays(&self) -> bool {
        let statement = "SELECT count(*) FROM leases WHERE name = 'outbox'";
        let leases: i64 = sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap();
        leases > 0
    }

    /// How often letters about orders that wait were tried.
    pub(crate) async fn letters_tried(&self) -> i64 {
        let statement = "SELECT COALESCE(SUM(attempts), 0) FROM outbox WHERE consumer = 'mail'";
        sqlx::query_scalar(statement).fetch_one(&mut self.books().await).await.unwrap()
    }

    /// Facts that still wait for somebody to hear of them.
    pub(crate) async fn waiting_events(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(&mut self.books().await).await.unwrap()
    }
}
