//! Reservations, as statements inside the checkout's transactions.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::catalog::Sku;
use domain::checkout::saga::{Purchase, Shortage};
use domain::inventory::{AvailableUnits, Movement, Quantity, Remaining};
use domain::order::OrderId;
use domain::order::returns::ReturnLine;
use sqlx::{AnyConnection, Row};

use super::movement::{Moved, apply};
use crate::sql::{Cell, bytewise, locking, rows};

/// Stock that went from some to none or back: what the catalog has to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StockTurn {
    pub(crate) sku: Sku,
}

/// What is left of the SKUs that some purchases want. Nobody else takes of them until the transaction
/// ends.
pub(crate) async fn lock(connection: &mut AnyConnection, purchases: &[Purchase]) -> anyhow::Result<Remaining> {
    let skus: BTreeSet<&Sku> = purchases.iter().flat_map(|purchase| &purchase.lines).map(|line| &line.sku).collect();
    lock_skus(connection, skus).await.map(Remaining::new)
}

/// Everybody locks SKUs in the same order, so that two checkouts never wait for each other.
async fn lock_skus(
    connection: &mut AnyConnection,
    skus: BTreeSet<&Sku>,
) -> anyhow::Result<HashMap<Sku, AvailableUnits>> {
    let skus: Vec<String> = skus.into_iter().map(Sku::to_string).collect();
    let after = format!("ORDER BY sku {} {}", bytewise(connection), locking(connection));
    let statement = "SELECT sku, on_hand - reserved - allocated AS available FROM stock WHERE sku IN";
    let found = rows::with_keys(connection, statement, &skus, &after).await?;
    let units = found.iter().map(|row| {
        let units: i64 = row.try_get("available")?;
        Ok((row.try_get::<String, _>("sku")?.parse()?, AvailableUnits(u32::try_from(units.max(0))?)))
    });
    units.collect::<anyhow::Result<_>>().context("reading what is available")
}

/// Takes what a purchase wants, of what is left.
pub(crate) fn take(remaining: &mut Remaining, purchase: &Purchase) -> Result<Vec<StockTurn>, Vec<Shortage>> {
    let lines: Vec<(Sku, Quantity)> = purchase.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect();
    match remaining.take(&lines) {
        Ok(gone) => Ok(gone.into_iter().map(|sku| StockTurn { sku }).collect()),
        Err(short) => Err(short.into_iter().map(|sku| Shortage { available: remaining.of(&sku), sku }).collect()),
    }
}

/// Reserves every line of purchases that were counted before by [`take`].
pub(crate) async fn reserve(connection: &mut AnyConnection, purchases: &[&Purchase]) -> anyhow::Result<()> {
    let lines = || purchases.iter().flat_map(|purchase| purchase.lines.iter().map(|line| (purchase.order, line)));
    let moved = lines().map(|(order, line)| Moved {
        sku: line.sku.clone(),
        order,
        movement: Movement::reservation(line.quantity),
    });
    apply(connection, &moved.collect::<Vec<_>>()).await?;
    let rows = lines().map(|(order, line)| -> [Cell; 3] {
        [order.to_string().into(), line.sku.as_str().into(), i64::from(line.quantity.get()).into()]
    });
    // The statement says the state of each row, which is no value of it.
    let into = "INSERT INTO reservations (order_id, sku, quantity, state) SELECT column1, column2, column3, 'reserved' \
                FROM (VALUES";
    rows::write(connection, into, rows.collect(), ") AS reserved").await.map(drop)
}

/// Turns the reservations of orders into allocations. Nothing happens the second time.
pub(crate) async fn allocate(connection: &mut AnyConnection, orders: &[OrderId]) -> anyhow::Result<()> {
    settle(connection, orders, "reserved", "allocated", Movement::allocation).await.map(drop)
}

/// Gives an order's reservations back. Nothing happens the second time.
pub(crate) async fn release(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<StockTurn>> {
    settle(connection, &[order], "reserved", "released", Movement::release).await
}

/// Gives an order's reservations back whose time is over. Nothing happens the second time.
pub(crate) async fn expire(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<StockTurn>> {
    settle(connection, &[order], "reserved", "released", Movement::expiry).await
}

/// Gives an order's allocations back. Nothing happens the second time.
pub(crate) async fn give_back(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<Vec<StockTurn>> {
    settle(connection, &[order], "allocated", "released", Movement::cancellation).await
}

/// Gives the allocations of an order back that was refunded in full. Nothing happens the second time.
pub(crate) async fn give_back_refunded(
    connection: &mut AnyConnection,
    order: OrderId,
) -> anyhow::Result<Vec<StockTurn>> {
    settle(connection, &[order], "allocated", "released", Movement::refund).await
}

/// Takes what an order holds off the shelf: it is sent. Nothing happens the second time.
pub(crate) async fn dispatch(connection: &mut AnyConnection, order: OrderId) -> anyhow::Result<()> {
    settle(connection, &[order], "allocated", "sent", Movement::dispatch).await.map(drop)
}

/// Puts units of an order that came back on the shelf again, as often as it is called.
pub(crate) async fn take_back(
    connection: &mut AnyConnection,
    order: OrderId,
    lines: &[ReturnLine],
) -> anyhow::Result<Vec<StockTurn>> {
    let moved: Vec<Moved> = lines
        .iter()
        .map(|line| Moved { sku: line.sku.clone(), order, movement: Movement::returned(line.quantity) })
        .collect();
    if !locking(connection).is_empty() {
        lock_skus(connection, moved.iter().map(|moved| &moved.sku).collect()).await?;
    }
    let available = apply(connection, &moved).await?;
    Ok(turns(&moved, &available))
}

/// Takes what orders hold from one state to the next. Answers of which SKUs there are some again.
async fn settle(
    connection: &mut AnyConnection,
    orders: &[OrderId],
    from: &'static str,
    to: &'static str,
    movement: fn(Quantity) -> Movement,
) -> anyhow::Result<Vec<StockTurn>> {
    let orders: Vec<String> = orders.iter().map(OrderId::to_string).collect();
    let statement = format!("UPDATE reservations SET state = '{to}' WHERE state = '{from}' AND order_id IN");
    let settled = rows::with_keys(connection, &statement, &orders, "RETURNING order_id, sku, quantity").await?;
    let mut moved = Vec::with_capacity(settled.len());
    for row in settled {
        let quantity = Quantity::try_from(u32::try_from(row.try_get::<i64, _>("quantity")?)?)?;
        moved.push(Moved {
            sku: row.try_get::<String, _>("sku")?.parse()?,
            order: row.try_get::<String, _>("order_id")?.parse()?,
            movement: movement(quantity),
        });
    }
    if !locking(connection).is_empty() {
        lock_skus(connection, moved.iter().map(|moved| &moved.sku).collect()).await?;
    }
    let available = apply(connection, &moved).await?;
    Ok(turns(&moved, &available))
}

/// The SKUs of which all that is available was given back just now.
fn turns(moved: &[Moved], available: &HashMap<Sku, i64>) -> Vec<StockTurn> {
    let mut given_back: HashMap<&Sku, i64> = HashMap::new();
    for Moved { sku, movement, .. } in moved {
        *given_back.entry(sku).or_default() += movement.change().available();
    }
    let turned = given_back.into_iter().filter(|(sku, units)| *units > 0 && available.get(sku) == Some(units));
    turned.map(|(sku, _)| StockTurn { sku: sku.clone() }).collect()
}
