use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, ensure};
use domain::catalog::Sku;
use domain::inventory::{Movement, Reference, StockChange};
use domain::order::OrderId;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

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
    /// On hand and promised to nobody; less than nothing where orders wait.
    pub(super) free: i64,
    /// What may be promised beyond that is on hand.
    pub(super) beyond: i64,
    /// The most units of it that one bundle takes.
    pub(super) bundled: i64,
}

/// Writes movements down, in the transaction that changes the stock.
pub(super) async fn write(connection: &mut AnyConnection, moved: &[Moved]) -> anyhow::Result<()> {
    let moved_at = Timestamp::now().to_string();
    let row = |Moved { sku, order, movement }: &Moved| -> [Cell; 8] {
        let change = movement.change();
        [
            Uuid::now_v7().to_string().into(),
            sku.as_str().into(),
            movement.reason().parameter().into(),
            order.to_string().into(),
            change.on_hand.into(),
            change.reserved.into(),
            change.allocated.into(),
            moved_at.as_str().into(),
        ]
    };
    let into = "INSERT INTO stock_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at) VALUES";
    rows::write(connection, into, moved.iter().map(row).collect(), "").await.map(drop)
}

/// Writes down what a count changed, and who counted; a feed has no name.
pub(super) async fn write_count(
    connection: &mut AnyConnection,
    sku: &Sku,
    movement: Movement,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    let change = movement.change();
    sqlx::query(
        "INSERT INTO stock_movements (id, sku, reason, reference, on_hand, reserved, allocated, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(sku.as_str())
    .bind(movement.reason().parameter())
    .bind(by.map(Reference::as_str))
    .bind(change.on_hand)
    .bind(change.reserved)
    .bind(change.allocated)
    .bind(Timestamp::now().to_string())
    .execute(connection)
    .await
    .context("writing a count down")?;
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
        ") AS moved WHERE stock.sku = column1 RETURNING sku, on_hand - reserved - allocated AS free, beyond, bundled_units",
    )
    .await?;
    ensure!(returned.len() == changed, "stock that an order moves is gone");
    write(connection, moved).await?;
    let left = returned.iter().map(|row| {
        let (free, beyond, bundled) = (row.try_get("free")?, row.try_get("beyond")?, row.try_get("bundled_units")?);
        let left = Left { free, beyond, bundled };
        Ok((row.try_get::<String, _>("sku")?.parse()?, left))
    });
    left.collect::<anyhow::Result<_>>().context("reading what is left")
}
