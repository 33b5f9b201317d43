//! Stock of what comes back of orders and of what is sent for it, as statements inside the checkout's transactions.
//! Which exchange holds how much stands beside its return.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::catalog::Sku;
use domain::inventory::{Movement, Quantity};
use domain::order::OrderId;
use domain::order::exchange::ExchangeStep;
use domain::order::returns::ReturnLine;
use sqlx::{AnyConnection, Row};

use super::bundle::{bundles_of, unpacked};
use super::movement::{Moved, apply};
use super::reservation::{StockTurn, lock_skus, move_all};

/// What keeping units for an exchange led to.
pub(crate) enum Keeping {
    Kept(Vec<StockTurn>),
    /// Fewer of it are on hand and promised to nobody: nothing is kept.
    Short(Sku),
}

/// Reserves units that are on hand for the exchanges of an order: nothing that is only expected, whatever is sold
/// beyond.
pub(crate) async fn reserve_kept(
    connection: &mut AnyConnection,
    order: OrderId,
    units: &[(Sku, Quantity)],
) -> anyhow::Result<Keeping> {
    let found = lock_skus(connection, units.iter().map(|(sku, _)| sku).collect()).await?;
    let mut free: HashMap<Sku, i64> = HashMap::with_capacity(found.len());
    for row in &found {
        free.insert(row.try_get::<String, _>("sku")?.parse()?, row.try_get("free")?);
    }
    for (sku, quantity) in units {
        // Two lines may bring the same.
        let left = free.entry(sku.clone()).or_default();
        *left -= i64::from(quantity.get());
        if *left < 0 {
            return Ok(Keeping::Short(sku.clone()));
        }
    }
    let moved = moved(order, units, |units| Movement::reservation(units).of_exchange())?;
    let left = apply(connection, &moved).await?;
    let skus: BTreeSet<&Sku> = units.iter().map(|(sku, _)| sku).collect();
    // Lists show whether any are left; of what is sold for later they may say something else in any case.
    let is_turned =
        |sku: &&Sku| left.get(*sku).is_some_and(|left| left.free() < left.bundled.max(1) || left.beyond > 0);
    let turned = skus.into_iter().filter(is_turned).map(|sku| StockTurn { sku: sku.clone() });
    Ok(Keeping::Kept(turned.collect()))
}

/// Moves what the exchanges of an order hold as they take a step, as often as it is called.
pub(crate) async fn move_kept(
    connection: &mut AnyConnection,
    order: OrderId,
    kept: &[(Sku, Quantity)],
    step: ExchangeStep,
) -> anyhow::Result<Vec<StockTurn>> {
    move_all(connection, &moved(order, kept, movement_of(step))?).await
}

/// Puts units of an order that came back on the shelf again, and moves those that are kept for them as their exchanges
/// take a step, as often as it is called.
pub(crate) async fn take_back(
    connection: &mut AnyConnection,
    order: OrderId,
    back: &[ReturnLine],
    kept: &[(Sku, Quantity)],
    step: ExchangeStep,
) -> anyhow::Result<Vec<StockTurn>> {
    let mut back = if back.is_empty() { Vec::new() } else { unpacked(connection, order, back).await? };
    // What was made a bundle since it was sent has no stock of its own any more.
    let bundles = bundles_of(connection, &back.iter().map(|(sku, _)| sku.clone()).collect::<Vec<_>>()).await?;
    back.retain(|(sku, _)| !bundles.contains_key(sku));
    let mut all = moved(order, &back, Movement::returned)?;
    all.extend(moved(order, kept, movement_of(step))?);
    move_all(connection, &all).await
}

fn movement_of(step: ExchangeStep) -> fn(Quantity) -> Movement {
    match step {
        ExchangeStep::Allocate => |units| Movement::allocation(units).of_exchange(),
        ExchangeStep::Send => |units| Movement::dispatch(units).of_exchange(),
        ExchangeStep::Release => |units| Movement::release(units).of_exchange(),
        ExchangeStep::Lapse => |units| Movement::expiry(units).of_exchange(),
        ExchangeStep::GiveUp => |units| Movement::cancellation(units).of_exchange(),
    }
}

/// One movement for each SKU, of which several lines may be.
fn moved(order: OrderId, units: &[(Sku, Quantity)], movement: fn(Quantity) -> Movement) -> anyhow::Result<Vec<Moved>> {
    let mut sums: BTreeMap<&Sku, u32> = BTreeMap::new();
    for (sku, quantity) in units {
        let sum = sums.entry(sku).or_default();
        *sum = sum.saturating_add(quantity.get());
    }
    let moved =
        |(sku, units): (&Sku, u32)| Ok(Moved { sku: sku.clone(), order, movement: movement(units.try_into()?) });
    sums.into_iter().map(moved).collect()
}
