//! Reservations, as statements inside the checkout's transactions.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use domain::catalog::Sku;
use domain::checkout::saga::{Purchase, Shortage};
use domain::inventory::{Bundle, Movement, Quantity, Remaining, StockLine, demand, left_for_each};
use domain::order::{OrderId, OrderLine};
use domain::shipment::store_day;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::bundle::{are_as_seen, bundles_of, remember};
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
    /// What those are made of that are bundles.
    bundles: HashMap<Sku, Bundle>,
    /// The most units that one bundle takes, of those that are parts: with fewer left one is sold out.
    bundled: HashMap<Sku, u32>,
}

/// Why a purchase takes nothing.
#[derive(Debug)]
pub(crate) enum Refused {
    Short(Vec<Shortage>),
    /// A bundle is made of something else than its shopper saw.
    BundleChanged,
}

/// Locks the SKUs that some purchases want: nobody else takes of them until the transaction ends.
pub(crate) async fn lock(connection: &mut AnyConnection, purchases: &[Purchase]) -> anyhow::Result<Locked> {
    let lines = || purchases.iter().flat_map(|purchase| &purchase.lines);
    let parts = lines().flat_map(|line| &line.parts).map(|part| &part.sku);
    let skus: BTreeSet<&Sku> = lines().map(|line| &line.sku).chain(parts).collect();
    let found = lock_skus(connection, skus).await?;
    let today = store_day(Timestamp::now());
    let (mut units, mut limits, mut later) = (HashMap::with_capacity(found.len()), HashMap::new(), HashMap::new());
    let (mut bundles, mut bundled) = (Vec::new(), HashMap::new());
    for row in &found {
        let sku: Sku = row.try_get::<String, _>("sku")?.parse()?;
        let on_sale = on_sale_of(row, today).context("reading what is available")?;
        limits.extend(on_sale.terms.limit.map(|limit| (sku.clone(), limit)));
        later.extend(on_sale.terms.policy.later().map(|later| (sku.clone(), later.units.get())));
        bundles.extend(on_sale.is_bundle.then(|| sku.clone()));
        let taken_by_one = u32::try_from(row.try_get::<i64, _>("bundled_units")?)?;
        bundled.extend((taken_by_one > 0).then(|| (sku.clone(), taken_by_one)));
        units.insert(sku, on_sale.available);
    }
    let limits = Limits::read(connection, limits, purchases).await?;
    // Whoever changes a bundle locks it first.
    let bundles = bundles_of(connection, &bundles).await?;
    Ok(Locked { remaining: Remaining::new(units), limits, later, bundles, bundled })
}

/// Everybody locks SKUs in the same order, so that two checkouts never wait for each other.
pub(super) async fn lock_skus(connection: &mut AnyConnection, skus: BTreeSet<&Sku>) -> anyhow::Result<Vec<AnyRow>> {
    let skus: Vec<String> = skus.into_iter().map(Sku::to_string).collect();
    let after = format!("ORDER BY sku {} {}", bytewise(connection), locking(connection));
    let free = "on_hand - reserved - allocated AS free";
    let statement = format!("SELECT sku, {free}, is_bundle, bundled_units, {TERMS} FROM stock WHERE sku IN");
    rows::with_keys(connection, &statement, &skus, &after).await
}

/// Takes what a purchase wants, of what is left.
pub(crate) fn take(locked: &mut Locked, purchase: &Purchase) -> Result<Vec<StockTurn>, Refused> {
    let Locked { remaining, limits, later, bundles, bundled } = locked;
    if !are_as_seen(purchase, bundles) {
        return Err(Refused::BundleChanged);
    }
    let exceeded = limits.exceeded(purchase, |line| line.stock_line().most(|sku| remaining.of(sku)));
    if !exceeded.is_empty() {
        return Err(Refused::Short(exceeded));
    }
    // More of one SKU than anybody can order is more than there is.
    let Ok(lines) = taken_by(purchase) else { return Err(Refused::Short(shortages(remaining, purchase))) };
    let lies_there =
        |remaining: &Remaining, sku: &Sku| later.get(sku).is_some_and(|beyond| remaining.of(sku).0 > *beyond);
    let lay_there: Vec<Sku> =
        lines.iter().map(|(sku, _)| sku).filter(|sku| lies_there(remaining, sku)).cloned().collect();
    match remaining.take(&lines) {
        Ok(gone) => {
            limits.count(purchase);
            let emptied = lay_there.into_iter().filter(|sku| !lies_there(remaining, sku));
            // A bundle is sold out before its part is.
            let lack = |sku: &&Sku| {
                let on_shelf = remaining.of(sku).0.saturating_sub(later.get(*sku).copied().unwrap_or_default());
                bundled.get(*sku).is_some_and(|taken_by_one| on_shelf < *taken_by_one)
            };
            let scarce: Vec<Sku> = lines.iter().map(|(sku, _)| sku).filter(lack).cloned().collect();
            let turned: BTreeSet<Sku> = emptied.chain(gone).chain(scarce).collect();
            Ok(turned.into_iter().map(|sku| StockTurn { sku }).collect())
        }
        Err(_) => Err(Refused::Short(shortages(remaining, purchase))),
    }
}

/// What a purchase takes of each SKU, those of its bundles' parts with it.
fn taken_by(purchase: &Purchase) -> anyhow::Result<Vec<(Sku, Quantity)>> {
    let lines: Vec<StockLine<'_>> = purchase.lines.iter().map(OrderLine::stock_line).collect();
    Ok(demand(&lines)?.into_iter().map(|(sku, units)| (sku.clone(), units)).collect())
}

/// The lines of a purchase of which fewer are left than it wants, when those before them have taken theirs.
fn shortages(remaining: &Remaining, purchase: &Purchase) -> Vec<Shortage> {
    let lines: Vec<StockLine<'_>> = purchase.lines.iter().map(OrderLine::stock_line).collect();
    let left = left_for_each(&lines, |sku| remaining.of(sku));
    let short = lines.into_iter().zip(left).filter(|(line, left)| left.0 < line.quantity.get());
    short.map(|(line, available)| Shortage { sku: line.sku.clone(), available, limit: None }).collect()
}

/// Reserves every line of purchases that were counted before by [`take`], of bundles their parts.
pub(crate) async fn reserve(connection: &mut AnyConnection, purchases: &[&Purchase]) -> anyhow::Result<()> {
    let mut taken: Vec<(OrderId, Sku, Quantity)> = Vec::new();
    for purchase in purchases {
        taken.extend(taken_by(purchase)?.into_iter().map(|(sku, units)| (purchase.order, sku, units)));
    }
    let moved = taken.iter().map(|(order, sku, units)| Moved {
        sku: sku.clone(),
        order: *order,
        movement: Movement::reservation(*units),
    });
    apply(connection, &moved.collect::<Vec<_>>()).await?;
    remember(connection, purchases).await?;
    let rows = taken.iter().map(|(order, sku, units)| -> [Cell; 3] {
        [order.to_string().into(), sku.as_str().into(), i64::from(units.get()).into()]
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
    move_all(connection, &moved).await
}

/// Moves stock whose SKUs are locked together first, in the order in which everybody locks them. Answers of which there
/// are some again.
pub(super) async fn move_all(connection: &mut AnyConnection, moved: &[Moved]) -> anyhow::Result<Vec<StockTurn>> {
    if !locking(connection).is_empty() {
        lock_skus(connection, moved.iter().map(|moved| &moved.sku).collect()).await?;
    }
    let left = apply(connection, moved).await?;
    Ok(turns(moved, &left))
}

/// The SKUs of which all that is available was given back just now; of what is sold for later it may be, and of what
/// was too few for a bundle.
fn turns(moved: &[Moved], left: &HashMap<Sku, Left>) -> Vec<StockTurn> {
    let mut given_back: HashMap<&Sku, i64> = HashMap::new();
    for Moved { sku, movement, .. } in moved {
        *given_back.entry(sku).or_default() += movement.change().available();
    }
    let is_turned =
        |left: &Left, units: i64| left.free() == units || left.beyond > 0 || left.free() - units < left.bundled;
    let turned = given_back
        .into_iter()
        .filter(|(sku, units)| *units > 0 && left.get(*sku).is_some_and(|left| is_turned(left, *units)));
    turned.map(|(sku, _)| StockTurn { sku: sku.clone() }).collect()
}
