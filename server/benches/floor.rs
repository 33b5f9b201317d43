//! The floor under orders: the rows that orders with two lines leave in the books, written by bare sqlx
//! into an empty SQLite file with the store's schema, with as many waits for the disk. No store can take
//! orders faster on this machine and this schema.
//!
//! `cargo bench -p server --bench floor -- 66000 30`: so many orders, so many in a commit. Each order is
//! part of three commits, as in the store: placed, authorized by the sandbox, confirmed.

// It stops at the first fault, like a test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use uuid::Uuid;

const SKUS: u64 = 50_000;
const DEFAULT_ORDERS: u64 = 10_000;
const DEFAULT_ORDERS_PER_COMMIT: u64 = 30;
/// About as many bytes as an order's document has.
const DOCUMENT_BYTES: usize = 1_200;
const LINES: u64 = 2;

struct Order {
    id: String,
    key: String,
    number: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let orders = numbers.next().unwrap_or(DEFAULT_ORDERS);
    let per_commit = numbers.next().unwrap_or(DEFAULT_ORDERS_PER_COMMIT);
    let folder = tempfile::tempdir_in(".").expect("a folder on the same disk");
    let mut books = open(&folder.path().join("floor.sqlite")).await;
    let start = Instant::now();
    let mut commits = 0;
    for first in (0..orders).step_by(usize::try_from(per_commit).unwrap()) {
        let group: Vec<Order> = (first..orders.min(first + per_commit)).map(order).collect();
        for step in [placed, authorized, confirmed] {
            commit(&mut books, &group, step).await;
            commits += 1;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)]
    let per_second = orders as f64 / seconds;
    println!("{orders} orders, {commits} commits, {seconds:.1} s: {per_second:.0} orders a second");
}

async fn open(path: &std::path::Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "16384")
        .pragma("temp_store", "MEMORY");
    let mut books = options.connect().await.unwrap();
    sqlx::migrate!("./migrations").run_direct(None, &mut books, false).await.unwrap();
    let mut transaction = books.begin().await.unwrap();
    for sku in 0..SKUS {
        let statement = "INSERT INTO stock (sku, on_hand) VALUES ($1, 1000000)";
        sqlx::query(statement).bind(format!("SKU-{sku:06}")).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
    books
}

fn order(number: u64) -> Order {
    Order { id: Uuid::now_v7().to_string(), key: Uuid::new_v4().simple().to_string(), number }
}

/// A statement and its values: the numbers are the last ones.
type Statement = (&'static str, Vec<String>, Vec<i64>);

async fn commit(books: &mut SqliteConnection, group: &[Order], step: fn(&Order) -> Vec<Statement>) {
    let mut transaction = books.begin().await.unwrap();
    for (statement, texts, numbers) in group.iter().flat_map(step) {
        let query = texts.into_iter().fold(sqlx::query(AssertSqlSafe(statement)), Query::bind);
        let query = numbers.into_iter().fold(query, Query::bind);
        query.execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

fn skus(order: &Order) -> impl Iterator<Item = String> {
    // Spread over all of them, as shoppers' carts are.
    let first = order.number.wrapping_mul(7_919).wrapping_mul(LINES);
    (0..LINES).map(move |line| format!("SKU-{:06}", (first + line * 24_989) % SKUS))
}

fn movement(order: &Order, sku: &str, reason: &str, allocated: i64) -> Statement {
    (
        "INSERT INTO stock_movements (id, order_id, sku, reason, moved_at, on_hand, reserved, allocated)
         VALUES ($1, $2, $3, $4, '2026-01-01T00:00:00.000000000Z', 0, $5, $6)",
        vec![Uuid::now_v7().to_string(), order.id.clone(), sku.to_owned(), reason.to_owned()],
        vec![1 - 2 * allocated, allocated],
    )
}

fn event(order: &Order, position: i64) -> Statement {
    let event = r#"{"event":"authorized","authorization":"auth_0"}"#.to_owned();
    let statement = "INSERT INTO saga_events (order_id, event, position) VALUES ($1, $2, $3)";
    (statement, vec![order.id.clone(), event], vec![position])
}

fn placed(order: &Order) -> Vec<Statement> {
    let document = "x".repeat(DOCUMENT_BYTES);
    let number = format!("CG-{}", order.key.get(..10).unwrap());
    let mut statements: Vec<Statement> = vec![
        (
            "INSERT INTO orders (id, number, document, state, email, currency, total_minor_units, placed_at)
             VALUES ($1, $2, $3, 'pending', 'ada@example.com', 'GBP', 1, '2026-01-01T00:00:00Z')",
            vec![order.id.clone(), number, document.clone()],
            vec![],
        ),
        (
            "INSERT INTO idempotency_keys (key, order_id) VALUES ($1, $2)",
            vec![order.key.clone(), order.id.clone()],
            vec![],
        ),
        (
            "INSERT INTO sagas (order_id, purchase, taken_by) VALUES ($1, $2, 'floor')",
            vec![order.id.clone(), document],
            vec![],
        ),
        event(order, 0),
        event(order, 1),
    ];
    for sku in skus(order) {
        let reserving = "UPDATE stock SET reserved = reserved + 1 WHERE sku = $1";
        let reservation = "INSERT INTO reservations (order_id, sku, quantity, state) VALUES ($1, $2, 1, 'reserved')";
        statements.push((reserving, vec![sku.clone()], vec![]));
        statements.push((reservation, vec![order.id.clone(), sku.clone()], vec![]));
        statements.push(movement(order, &sku, "reservation", 0));
    }
    statements
}

fn authorized(order: &Order) -> Vec<Statement> {
    let statement = "INSERT INTO sandbox_intents
                         (id, idempotency_key, request_hash, order_reference, metadata, amount_minor_units, currency,
                          capture_method, payment_method, first_status, status, captured_minor_units,
                          refunded_minor_units, created_seconds)
                     VALUES ($1, $2, $1, $2, $3, 1, 'GBP', 'manual', 'pm_card_visa', 'requires_capture',
                         'requires_capture', 0, 0, 0)";
    let metadata = format!("{{\"order\":\"{}\"}}", order.id);
    vec![(statement, vec![format!("pi_{}", order.key), order.id.clone(), metadata], vec![])]
}

fn confirmed(order: &Order) -> Vec<Statement> {
    let posting = Uuid::now_v7().to_string();
    let outbox = Uuid::now_v7().to_string();
    let mut statements: Vec<Statement> = vec![
        event(order, 2),
        event(order, 3),
        ("UPDATE orders SET state = 'confirmed' WHERE id = $1", vec![order.id.clone()], vec![]),
        (
            "INSERT INTO order_steps (order_id, state, reached_at)
             VALUES ($1, 'confirmed', '2026-01-01T00:00:00.000000000Z')",
            vec![order.id.clone()],
            vec![],
        ),
        ("UPDATE reservations SET state = 'allocated' WHERE order_id = $1", vec![order.id.clone()], vec![]),
        (
            "INSERT INTO ledger_postings (id, order_id, kind, posted_at)
             VALUES ($1, $2, 'authorization', '2026-01-01T00:00:00.000000000Z')",
            vec![posting.clone(), order.id.clone()],
            vec![],
        ),
        (
            "INSERT INTO outbox (id, key, consumer, payload) VALUES ($1, $2, 'graph', $3)",
            vec![outbox.clone(), order.id.clone(), format!(r#"{{"fact":"order_changed","order":"{}"}}"#, order.id)],
            vec![],
        ),
    ];
    for (position, minor_units) in [(0, 1), (1, -1)] {
        let entry = "INSERT INTO ledger_entries (posting_id, account, layer, currency, position, minor_units)
                     VALUES ($1, 'gateway', 'pending', 'GBP', $2, $3)";
        statements.push((entry, vec![posting.clone()], vec![position, minor_units]));
    }
    for sku in skus(order) {
        let allocating = "UPDATE stock SET reserved = reserved - 1, allocated = allocated + 1 WHERE sku = $1";
        statements.push((allocating, vec![sku.clone()], vec![]));
        statements.push(movement(order, &sku, "allocation", 1));
    }
    // Once the cart was cleared up and the graph has heard of it.
    statements.push(("UPDATE sagas SET finished = 1 WHERE order_id = $1", vec![order.id.clone()], vec![]));
    statements.push(("DELETE FROM outbox WHERE id = $1", vec![outbox], vec![]));
    statements
}
