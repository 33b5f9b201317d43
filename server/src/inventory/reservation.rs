//! Reservations, as statements inside the checkout's transactions.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::catalog::Sku;
use domain::checkout::saga::{Purchase, Shortage};
use domain::inventory::{Movement, Quantity, Remaining};
use domain::order::OrderId;
use domain::shipment::store_day;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::movement::{Left, Moved, apply};
use super::policy::{Limits, TERMS, on_sale_of};
use crate::sql::{Cell, bytewise, locking, rows};

/// Stock that went from some to none or back: what the catalog has to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StockTurn {
    pub(crate) sku: Sku,
}

/// What is left of the SKUs that some purchases want, for everybody and for each customer.
#[derive(Debug)]
pub(crate) struct Locked {
    remaining: Remaining,
    limits: Limits,
    /// The units of what is sold for later that are sold beyond those that are there: lists show whether any are.
    later: HashMap<Sku, u32>,
}

/// Locks the SKUs that some purchases want: nobody else takes of them until the transaction ends.
pub(crate) async fn lock(connection: &mut AnyConnection, purchases: &[Purchase]) -> anyhow::Result<Locked> {
    let skus: BTreeSet<&Sku> = purchases.iter().flat_map(|purchase| &purchase.lines).map(|line| &line.sku).collect();
    let found = lock_skus(connection, skus).await?;
    let today = store_day(Timestamp::now());
    let (mut units, mut limits, mut later) = (HashMap::with_capacity(found.len()), HashMap::new(), HashMap::new());
    for row in &found {
        let sku: Sku = row.try_get::<String, _>("sku")?.parse()?;
        let on_sale = on_sale_of(row, today).context("reading what is available")?;
        limits.extend(on_sale.terms.limit.map(|limit| (sku.clone(), limit)));
        later.extend(on_sale.terms.policy.later().map(|later| (sku.clone(), later.units.get())));
        units.insert(sku, on_sale.available);
    }
    let limits = Limits::read(connection, limits, purchases).await?;
    Ok(Locked { remaining: Remaining::new(units), limits, later })
}

/// Everybody locks SKUs in the same order, so that two checkouts never wait for each other.
pub(super) async fn lock_skus(connection: &mut AnyConnection, skus: BTreeSet<&Sku>) -> anyhow::Result<Vec<AnyRow>> {
    let skus: Vec<String> = skus.into_iter().map(Sku::to_string).collect();
    let after = format!("ORDER BY sku {} {}", bytewise(connection), locking(connection));
    let statement = format!("SELECT sku, on_hand - reserved - allocated AS free, {TERMS} FROM stock WHERE sku IN");
    rows::with_keys(connection, &statement, &skus, &after).await
}

/// Takes what a purchase wants, of what is left.
pub(crate) fn take(locked: &mut Locked, purchase: &Purchase) -> Result<Vec<StockTurn>, Vec<Shortage>> {
    let Locked { remaining, limits, later } = locked;
    let exceeded = limits.exceeded(purchase, |sku| remaining.of(sku));
    if !exceeded.is_empty() {
        return Err(exceeded);
    }
    let lines: Vec<(Sku, Quantity)> = purchase.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect();
    let lies_there =
        |remaining: &Remaining, sku: &Sku| later.get(sku).is_some_and(|beyond| remaining.of(sku).0 > *beyond);
    let lay_there: Vec<Sku> =
        lines.iter().map(|(sku, _)| sku).filter(|sku| lies_there(remaining, sku)).cloned().collect();
    match remaining.take(&lines) {
        Ok(gone) => {
            limits.count(purchase);
            let emptied = lay_there.into_iter().filter(|sku| !lies_there(remaining, sku));
            let turned: BTreeSet<Sku> = emptied.chain(gone).collect();
            Ok(turned.into_iter().map(|sku| StockTurn { sku }).collect())
        }
        Err(short) => {
            let shortage = |sku: Sku| Shortage { available: remaining.of(&sku), sku, limit: None };
            Err(short.into_iter().map(shortage).collect())
        }
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
    let left = apply(connection, &moved).await?;
    Ok(turns(&moved, &left))
}

/// The SKUs of which all that is available was given back just now; of what is sold for later it may be.
pub(super) fn turns(moved: &[Moved], left: &HashMap<Sku, Left>) -> Vec<StockTurn> {
    let mut given_back: HashMap<&Sku, i64> = HashMap::new();
    for Moved { sku, movement, .. } in moved {
        *given_back.entry(sku).or_default() += movement.change().available();
    }
    let is_turned = |left: &Left, units: i64| left.free == units || left.beyond > 0;
    let turned = given_back
        .into_iter()
        .filter(|(sku, units)| *units > 0 && left.get(*sku).is_some_and(|left| is_turned(left, *units)));
    turned.map(|(sku, _)| StockTurn { sku: sku.clone() }).collect()
}
