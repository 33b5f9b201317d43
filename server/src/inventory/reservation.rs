//! Reservations, as statements inside the checkout's transactions.

use anyhow::Context;
use domain::catalog::Sku;
use domain::checkout::saga::Shortage;
use domain::inventory::{AvailableUnits, Movement, Quantity};
use domain::order::{OrderId, OrderLine};
use sqlx::{AnyConnection, Row};

use super::movement;

/// Stock that went from some to none or back: what the catalog has to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StockTurn {
    pub(crate) sku: Sku,
}

/// Reserves every line or answers what is short; the caller then rolls back.
pub(crate) async fn reserve(
    connection: &mut AnyConnection,
    order: OrderId,
    lines: &[OrderLine],
) -> anyhow::Result<Result<Vec<StockTurn>, Vec<Shortage>>> {
    let mut shortages = Vec::new();
    let mut turns = Vec::new();
    for line in in_sku_order(lines) {
        let units = i64::from(line.quantity.get());
        let row = sqlx::query(
            "UPDATE stock SET reserved = reserved + $1 WHERE sku = $2 AND on_hand - reserved - allocated >= $1
             RETURNING on_hand - reserved - allocated AS available",
        )
        .bind(units)
        .bind(line.sku.as_str())
        .fetch_optional(&mut *connection)
        .await
        .context("reserving stock")?;
        match row {
            Some(row) if row.try_get::<i64, _>("available")? == 0 => {
                turns.push(StockTurn { sku: line.sku.clone() });
            }
            Some(_) => {}
            None => shortages.push(shortage(connection, &line.sku).await?),
        }
        if shortages.is_empty() {
            sqlx::query("INSERT INTO reservations (order_id, sku, quantity, state) VALUES ($1, $2, $3, 'reserved')")
                .bind(order.to_string())
                .bind(line.sku.as_str())
                .bind(units)
                .execute(&mut *connection)
                .await
                .context("noting a reservation")?;
            movement::write(connection, &line.sku, Some(order), Movement::reservation(line.quantity)).await?;
        }
    }
    Ok(if shortages.is_empty() { Ok(turns) } else { Err(shortages) })
}

/// Turns an order's reservations into allocations. Nothing happens the second time.
pub(crate) async fn allocate(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<()> {
    for (sku, units) in settle(&mut *connection, order, "reserved", "allocated").await? {
        apply(&mut *connection, &sku, order, Movement::allocation(units)).await?;
    }
    Ok(())
}

/// Gives an order's reservations back. Nothing happens the second time.
pub(crate) async fn release(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<StockTurn>> {
    let units = settle(&mut *connection, order, "reserved", "released").await?;
    put_back(connection, order, units, Movement::release).await
}

/// Gives an order's allocations back. Nothing happens the second time.
pub(crate) async fn give_back(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<StockTurn>> {
    let units = settle(&mut *connection, order, "allocated", "released").await?;
    put_back(connection, order, units, Movement::cancellation).await
}

/// Makes units available again.
async fn put_back(
    connection: &mut AnyConnection,
    order: OrderId,
    units: Vec<(Sku, Quantity)>,
    movement: fn(Quantity) -> Movement,
) -> anyhow::Result<Vec<StockTurn>> {
    let mut turns = Vec::new();
    for (sku, quantity) in units {
        let available = apply(&mut *connection, &sku, order, movement(quantity)).await?;
        if available == i64::from(quantity.get()) {
            turns.push(StockTurn { sku });
        }
    }
    Ok(turns)
}

/// Moves stock that an order holds, and writes it down; answers how many units are available then.
async fn apply(connection: &mut AnyConnection, sku: &Sku, order: OrderId, moved: Movement) -> anyhow::Result<i64> {
    let change = moved.change();
    let statement = "UPDATE stock SET reserved = reserved + $1, allocated = allocated + $2 WHERE sku = $3
                     RETURNING on_hand - reserved - allocated AS available";
    let row = sqlx::query(statement)
        .bind(change.reserved)
        .bind(change.allocated)
        .bind(sku.as_str())
        .fetch_one(&mut *connection)
        .await
        .with_context(|| format!("moving stock of {sku}: {}", moved.reason().parameter()))?;
    movement::write(connection, sku, Some(order), moved).await?;
    Ok(row.try_get("available")?)
}

async fn settle(
    connection: &mut AnyConnection,
    order: OrderId,
    from: &'static str,
    to: &'static str,
) -> anyhow::Result<Vec<(Sku, Quantity)>> {
    let rows =
        sqlx::query("UPDATE reservations SET state = $1 WHERE order_id = $2 AND state = $3 RETURNING sku, quantity")
            .bind(to)
            .bind(order.to_string())
            .bind(from)
            .fetch_all(connection)
            .await
            .context("settling reservations")?;
    let mut settled = Vec::with_capacity(rows.len());
    for row in rows {
        let quantity = u32::try_from(row.try_get::<i64, _>("quantity")?)?;
        let sku: Sku = row.try_get::<String, _>("sku")?.parse()?;
        settled.push((sku, Quantity::try_from(quantity)?));
    }
    settled.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(settled)
}

/// Everybody locks SKUs in the same order, so that two checkouts never wait for each other.
fn in_sku_order(lines: &[OrderLine]) -> Vec<&OrderLine> {
    let mut ordered: Vec<&OrderLine> = lines.iter().collect();
    ordered.sort_by(|a, b| a.sku.cmp(&b.sku));
    ordered
}

async fn shortage(connection: &mut AnyConnection, sku: &Sku) -> anyhow::Result<Shortage> {
    let row = sqlx::query("SELECT on_hand - reserved - allocated AS available FROM stock WHERE sku = $1")
        .bind(sku.as_str())
        .fetch_optional(connection)
        .await?;
    let units: i64 = row.map(|row| row.try_get("available")).transpose()?.unwrap_or_default();
    Ok(Shortage { sku: sku.clone(), available: AvailableUnits(u32::try_from(units.max(0))?) })
}
