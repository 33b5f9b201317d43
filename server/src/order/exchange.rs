//! What is sent for returns instead of their money, in SQL. Only this module writes the table `order_exchanges`; the
//! checkout's transactions call its statements, and move the stock of what changes.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::catalog::Sku;
use domain::inventory::Quantity;
use domain::order::OrderId;
use domain::order::exchange::{EXCHANGE_DAYS, Exchange, ExchangeState, ExchangeStep};
use domain::order::returns::ReturnId;
use domain::pricing::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::sql::{Cell, Sql, locking, rows};

/// The exchanges of an order's returns, in the order of their lines' SKUs.
pub(super) async fn exchanges_of(
    connection: &mut AnyConnection,
    order: OrderId,
) -> anyhow::Result<HashMap<ReturnId, Vec<Exchange>>> {
    let found = sqlx::query(
        "SELECT return_id, line_sku, order_exchanges.sku, quantity, choices, unit_minor_units, order_exchanges.state,
             currency
         FROM order_exchanges JOIN order_returns ON order_returns.id = return_id JOIN orders ON orders.id = order_id
         WHERE order_id = $1 ORDER BY line_sku",
    )
    .bind(order.to_string())
    .fetch_all(connection)
    .await
    .context("reading exchanges")?;
    let mut exchanges: HashMap<ReturnId, Vec<Exchange>> = HashMap::new();
    for row in &found {
        exchanges.entry(row.try_get::<String, _>("return_id")?.parse()?).or_default().push(exchange_of(row)?);
    }
    Ok(exchanges)
}

fn exchange_of(row: &AnyRow) -> anyhow::Result<Exchange> {
    let currency: Currency = row.try_get::<String, _>("currency")?.parse()?;
    let state: String = row.try_get("state")?;
    Ok(Exchange {
        line: row.try_get::<String, _>("line_sku")?.parse()?,
        sku: row.try_get::<String, _>("sku")?.parse()?,
        choices: row.try_get("choices")?,
        quantity: Quantity::try_from(u32::try_from(row.try_get::<i64, _>("quantity")?)?)?,
        unit_price: Money::new(row.try_get("unit_minor_units")?, currency).try_into()?,
        state: ExchangeState::from_parameter(&state).with_context(|| format!("an exchange can't be {state}"))?,
    })
}

/// Stores the exchanges of a return.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    of: ReturnId,
    exchanges: &[Exchange],
    now: Timestamp,
) -> anyhow::Result<()> {
    let row = |exchange: &Exchange| -> [Cell; 8] {
        [
            of.to_string().into(),
            exchange.line.as_str().into(),
            exchange.sku.as_str().into(),
            i64::from(exchange.quantity.get()).into(),
            exchange.choices.as_str().into(),
            exchange.unit_price.minor_units().into(),
            exchange.state.parameter().into(),
            now.to_string().into(),
        ]
    };
    let into = "INSERT INTO order_exchanges
                    (return_id, line_sku, sku, quantity, choices, unit_minor_units, state, since) VALUES";
    rows::write(connection, into, exchanges.iter().map(row).collect(), "").await.map(drop)
}

/// Takes those exchanges of a return one step on that can take it. Answers which units they are: the caller moves
/// their stock. Nothing happens the second time.
pub(crate) async fn settle_exchanges(
    connection: &mut AnyConnection,
    of: ReturnId,
    step: ExchangeStep,
) -> anyhow::Result<Vec<(Sku, Quantity)>> {
    let (from, to) = step.ends();
    let settled = sqlx::query(
        "UPDATE order_exchanges SET state = $1, since = $2 WHERE return_id = $3 AND state = $4 RETURNING sku, quantity",
    )
    .bind(to.parameter())
    .bind(Timestamp::now().to_string())
    .bind(of.to_string())
    .bind(from.parameter())
    .fetch_all(connection)
    .await
    .context("settling exchanges")?;
    let units = |row: &AnyRow| {
        let quantity = Quantity::try_from(u32::try_from(row.try_get::<i64, _>("quantity")?)?)?;
        anyhow::Ok((row.try_get::<String, _>("sku")?.parse()?, quantity))
    };
    settled.iter().map(units).collect()
}

/// The next returns after one that keep something and were asked for so long ago that it may be over, each with its
/// order and the moment it was asked for. A day too many is asked for, since texts of moments are compared.
pub(crate) async fn kept_long(
    sql: &Sql,
    now: Timestamp,
    after: &str,
    most: i64,
) -> anyhow::Result<Vec<(ReturnId, OrderId, Timestamp)>> {
    let latest = now - SignedDuration::from_hours(24 * (i64::from(EXCHANGE_DAYS) - 1));
    let found = sqlx::query(
        "SELECT id, order_id, asked_at FROM order_returns
         WHERE state = 'requested' AND asked_at < $1 AND id > $2 AND EXISTS (
             SELECT 1 FROM order_exchanges WHERE return_id = order_returns.id AND order_exchanges.state = 'reserved')
         ORDER BY id LIMIT $3",
    )
    .bind(latest.to_string())
    .bind(after)
    .bind(most)
    .fetch_all(sql.readers())
    .await
    .context("looking for exchanges that are over")?;
    let kept = |row: &AnyRow| {
        let (id, order): (String, String) = (row.try_get("id")?, row.try_get("order_id")?);
        anyhow::Ok((id.parse()?, order.parse()?, row.try_get::<String, _>("asked_at")?.parse()?))
    };
    found.iter().map(kept).collect()
}

/// Keeps a return as it is until the transaction ends; `false` where it is decided.
pub(crate) async fn lock_asked(connection: &mut AnyConnection, id: ReturnId) -> anyhow::Result<bool> {
    let statement =
        format!("SELECT id FROM order_returns WHERE id = $1 AND state = 'requested' {}", locking(connection));
    let found = sqlx::query(AssertSqlSafe(statement)).bind(id.to_string()).fetch_optional(connection).await;
    Ok(found.context("locking a return")?.is_some())
}

/// Those of some orders for which something waits to be sent instead of what came back.
pub(crate) async fn to_replace_among(sql: &Sql, orders: &[OrderId]) -> anyhow::Result<BTreeSet<OrderId>> {
    exchanging(sql, orders, "AND order_exchanges.state = 'allocated'").await
}

/// Those of some orders that have exchanges, whatever became of them.
pub(super) async fn exchanged_among(sql: &Sql, orders: &[OrderId]) -> anyhow::Result<BTreeSet<OrderId>> {
    exchanging(sql, orders, "").await
}

async fn exchanging(sql: &Sql, orders: &[OrderId], state: &'static str) -> anyhow::Result<BTreeSet<OrderId>> {
    let keys: Vec<String> = orders.iter().map(OrderId::to_string).collect();
    let mut reader = sql.readers().acquire().await.context("looking for exchanges")?;
    let statement = "SELECT DISTINCT order_id FROM order_returns JOIN order_exchanges ON return_id = order_returns.id
                     WHERE order_id IN";
    let found = rows::with_keys(&mut reader, statement, &keys, state).await?;
    found.iter().map(|row| Ok(row.try_get::<String, _>("order_id")?.parse()?)).collect()
}
