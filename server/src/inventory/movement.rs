use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, ensure};
use domain::catalog::Sku;
use domain::inventory::{LocationId, Movement, MovementReason, Reference, StockChange};
use domain::order::OrderId;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::place::Total;
use super::sourcing::{Parts, follow, step_of};
use crate::sql::{Cell, rows};

/// A movement of a SKU's stock for an order.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    pub(super) sku: Sku,
    pub(super) order: OrderId,
    pub(super) movement: Movement,
}

/// What is left of a SKU.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    pub(super) total: Total,
    /// What may be promised beyond that is on hand.
    pub(super) beyond: i64,
    /// The most units of it that one bundle takes.
    pub(super) bundled: i64,
}

impl Left {
    /// On hand and promised to nobody; less than nothing where orders wait.
    pub(super) const fn free(self) -> i64 {
        self.total.on_hand - self.total.reserved - self.total.allocated
    }
}

/// Writes movements down, in the transaction that changes the stock, and their parts at other locations.
async fn write(connection: &mut AnyConnection, moved: &[Moved], mut parts: Parts) -> anyhow::Result<()> {
    let moved_at = Timestamp::now().to_string();
    let row = |Moved { sku, order, movement }: &Moved, change: StockChange, at: Option<LocationId>| -> [Cell; 9] {
        [
            Uuid::now_v7().to_string().into(),
            sku.as_str().into(),
            movement.reason().parameter().into(),
            order.to_string().into(),
            change.on_hand.into(),
            change.reserved.into(),
            change.allocated.into(),
            moved_at.as_str().into(),
            at.map(|at| at.to_string()).into(),
        ]
    };
    let mut written = Vec::with_capacity(moved.len());
    for moved in moved {
        let mut rest = moved.movement.change();
        let step = if parts.is_empty() { None } else { step_of(moved) };
        let parts = step.and_then(|step| parts.remove(&(moved.order, moved.sku.clone(), step)));
        for (location, part) in parts.into_iter().flatten() {
            rest = rest.minus(part);
            written.push(row(moved, part, Some(location)));
        }
        if rest != StockChange::default() {
            written.push(row(moved, rest, None));
        }
    }
    let into = "INSERT INTO stock_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at, \
                location_id) VALUES";
    rows::write(connection, into, written, "").await.map(drop)
}

/// What somebody changed of the stock of a SKU, where no order did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted<'a> {
    pub(super) sku: &'a Sku,
    pub(super) at: LocationId,
    pub(super) reason: MovementReason,
    pub(super) change: StockChange,
    /// Who did it; a feed has no name.
    pub(super) by: Option<&'a Reference>,
}

/// Writes down what somebody changed.
pub(super) async fn note(connection: &mut AnyConnection, noted: Noted<'_>) -> anyhow::Result<()> {
    let Noted { sku, at, reason, change, by } = noted;
    sqlx::query(
        "INSERT INTO stock_movements (id, sku, reason, reference, on_hand, reserved, allocated, moved_at, location_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(sku.as_str())
    .bind(reason.parameter())
    .bind(by.map(Reference::as_str))
    .bind(change.on_hand)
    .bind(change.reserved)
    .bind(change.allocated)
    .bind(Timestamp::now().to_string())
    .bind((!at.is_first()).then(|| at.to_string()))
    .execute(connection)
    .await
    .context("writing down what somebody changed")?;
    Ok(())
}

/// Moves stock that orders hold, take or are sent with, and writes it down. Answers what is left of each SKU then. The
/// stock is locked, or all movements are of one SKU.
pub(super) async fn apply(connection: &mut AnyConnection, moved: &[Moved]) -> anyhow::Result<HashMap<Sku, Left>> {
    let mut sums: BTreeMap<&Sku, StockChange> = BTreeMap::new();
    for Moved { sku, movement, .. } in moved {
        let sum = sums.entry(sku).or_default();
        *sum = sum.plus(movement.change());
    }
    let changed = sums.len();
    let row = |(sku, sum): (&Sku, StockChange)| {
        [sku.as_str().into(), sum.on_hand.into(), sum.reserved.into(), sum.allocated.into()]
    };
    let returned = rows::write_returning(
        connection,
        "UPDATE stock SET on_hand = on_hand + column2, reserved = reserved + column3, allocated = allocated + column4 \
         FROM (VALUES",
        sums.into_iter().map(row).collect(),
        ") AS moved WHERE stock.sku = column1
         RETURNING sku, on_hand, reserved, allocated, elsewhere, beyond, bundled_units",
    )
    .await?;
    ensure!(returned.len() == changed, "stock that an order moves is gone");
    let left = returned.iter().map(|row| {
        let total = Total {
            on_hand: row.try_get("on_hand")?,
            reserved: row.try_get("reserved")?,
            allocated: row.try_get("allocated")?,
            elsewhere: row.try_get("elsewhere")?,
        };
        let left = Left { total, beyond: row.try_get("beyond")?, bundled: row.try_get("bundled_units")? };
        Ok((row.try_get::<String, _>("sku")?.parse()?, left))
    });
    let left = left.collect::<anyhow::Result<HashMap<Sku, Left>>>().context("reading what is left")?;
    let parts = follow(connection, moved, &left).await?;
    write(connection, moved, parts).await?;
    Ok(left)
}
