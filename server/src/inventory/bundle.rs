//! Bundles in SQL: what SKUs are made of, and what was in the bundles of orders. Whether a SKU is one stands in its
//! row of `stock` as well, which is read and locked in any case.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::checkout::saga::Purchase;
use domain::inventory::{Bundle, BundleError, BundlePart, Bundling, OnSale, Quantity, Reference, StockLine, demand};
use domain::order::OrderId;
use domain::order::returns::ReturnLine;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::SqlInventory;
use super::count::{Locked, lock_one, move_total};
use crate::event::{Fact, publish};
use crate::import::BundleSink;
use crate::sql::{Cell, Sql, rows};

impl SqlInventory {
    pub(crate) async fn read_bundles(&self, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, Bundle>> {
        let mut reader = self.sql.readers().acquire().await.context("reading bundles")?;
        bundles_of(&mut reader, skus).await
    }

    /// The bundles that some SKUs are parts of.
    pub(crate) async fn bundles_with(&self, parts: &[Sku]) -> anyhow::Result<BTreeSet<Sku>> {
        let mut reader = self.sql.readers().acquire().await.context("looking for bundles")?;
        bundles_with(&mut reader, parts).await
    }

    /// Puts what can be bought of their parts in the place of bundles. Answers what these are made of, and what can be
    /// bought of the parts.
    pub(super) async fn put_together(
        &self,
        found: &mut HashMap<Sku, OnSale>,
    ) -> anyhow::Result<(HashMap<Sku, Bundle>, HashMap<Sku, OnSale>)> {
        let bundles: Vec<Sku> =
            found.iter().filter(|(_, on_sale)| on_sale.is_bundle).map(|(sku, _)| sku.clone()).collect();
        if bundles.is_empty() {
            return Ok((HashMap::new(), HashMap::new()));
        }
        let made_of = self.read_bundles(&bundles).await?;
        let parts: BTreeSet<Sku> = made_of.values().flat_map(Bundle::parts).map(|part| part.sku.clone()).collect();
        let of_parts = self.read_shelves(&parts.into_iter().collect::<Vec<_>>()).await?;
        for sku in bundles {
            let Some(on_sale) = found.get_mut(&sku) else { continue };
            let of = |part: &Sku| of_parts.get(part).copied().unwrap_or_default();
            let own = on_sale.terms;
            // One that was taken apart just now has nothing.
            *on_sale = made_of.get(&sku).map(|bundle| bundle.on_sale(own, of)).unwrap_or_default();
        }
        Ok((made_of, of_parts))
    }
}

/// What those of some SKUs are made of that are bundles.
pub(super) async fn bundles_of(connection: &mut AnyConnection, skus: &[Sku]) -> anyhow::Result<HashMap<Sku, Bundle>> {
    let keys: Vec<String> = skus.iter().map(Sku::to_string).collect();
    let statement = "SELECT bundle_sku, part_sku, quantity FROM bundle_parts WHERE bundle_sku IN";
    let mut parts: HashMap<Sku, Vec<BundlePart>> = HashMap::new();
    for row in rows::with_keys(connection, statement, &keys, "").await? {
        let part = BundlePart { sku: sku_in(&row, "part_sku")?, quantity: units_in(&row, "quantity")? };
        parts.entry(sku_in(&row, "bundle_sku")?).or_default().push(part);
    }
    let bundle = |(sku, parts): (Sku, Vec<BundlePart>)| {
        let bundle = Bundle::new(&sku, parts).with_context(|| format!("reading the bundle {sku}"))?;
        Ok((sku, bundle))
    };
    parts.into_iter().map(bundle).collect()
}

async fn bundles_with(connection: &mut AnyConnection, parts: &[Sku]) -> anyhow::Result<BTreeSet<Sku>> {
    let keys: Vec<String> = parts.iter().map(Sku::to_string).collect();
    let statement = "SELECT bundle_sku FROM bundle_parts WHERE part_sku IN";
    let found = rows::with_keys(connection, statement, &keys, "").await?;
    found.iter().map(|row| sku_in(row, "bundle_sku")).collect()
}

fn sku_in(row: &AnyRow, column: &str) -> anyhow::Result<Sku> {
    Ok(row.try_get::<String, _>(column)?.parse()?)
}

fn units_in(row: &AnyRow, column: &str) -> anyhow::Result<Quantity> {
    Ok(u32::try_from(row.try_get::<i64, _>(column)?)?.try_into()?)
}

/// What bundles have to do with a SKU.
pub(super) async fn bundling_of(sql: &Sql, sku: &Sku) -> anyhow::Result<Bundling> {
    let mut reader = sql.readers().acquire().await.context("reading a bundle")?;
    let bundle = bundles_of(&mut reader, std::slice::from_ref(sku)).await?.remove(sku);
    let part_of = bundles_with(&mut reader, std::slice::from_ref(sku)).await?;
    Ok(Bundling { bundle, part_of: part_of.into_iter().collect() })
}

/// Makes a SKU a bundle, another one, or none.
///
/// # Errors
/// A [`BundleError`] where it can't be.
pub(super) async fn set_bundle(
    sql: &Sql,
    sku: &Sku,
    bundle: Option<&Bundle>,
    by: Option<&Reference>,
) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    let before = bundles_of(&mut transaction, std::slice::from_ref(sku)).await?.remove(sku);
    if before.as_ref() == bundle {
        return exists(&mut transaction, sku).await;
    }
    // In the order in which checkouts lock them, so that neither waits for the other.
    let parts = before.iter().chain(bundle).flat_map(Bundle::parts).map(|part| &part.sku);
    let mut locked: HashMap<&Sku, Locked> = HashMap::new();
    for sku in std::iter::once(sku).chain(parts).collect::<BTreeSet<_>>() {
        locked.extend(lock_one(&mut transaction, sku).await?.map(|locked| (sku, locked)));
    }
    let now = bundles_of(&mut transaction, std::slice::from_ref(sku)).await?.remove(sku);
    ensure!(now == before, BundleError::Changed);
    let own = locked.get(sku).copied().ok_or(BundleError::NoSuchSku)?;
    if let Some(bundle) = bundle {
        ensure!(own.bundled == 0, BundleError::IsPart);
        check_parts(bundle, &locked)?;
        ensure!(own.stock.promised() == 0, BundleError::Promised { units: own.stock.promised() });
        if let Some(movement) = own.stock.count(0) {
            move_total(&mut transaction, sku, own, movement, by).await?;
        }
    }
    write_bundle(&mut transaction, sku, bundle).await?;
    let skus: Vec<String> = locked.keys().map(ToString::to_string).collect();
    let most = "UPDATE stock SET bundled_units = COALESCE(
                    (SELECT MAX(quantity) FROM bundle_parts WHERE part_sku = stock.sku), 0) WHERE sku IN";
    rows::with_keys(&mut transaction, most, &skus, "").await?;
    publish(&mut transaction, &[Fact::StockTurned { sku: sku.clone() }]).await?;
    transaction.commit().await.context("committing a bundle")
}

async fn exists(connection: &mut AnyConnection, sku: &Sku) -> anyhow::Result<()> {
    lock_one(connection, sku).await?.ok_or(BundleError::NoSuchSku)?;
    Ok(())
}

/// All parts are stocked, and none is a bundle.
fn check_parts(bundle: &Bundle, locked: &HashMap<&Sku, Locked>) -> Result<(), BundleError> {
    for BundlePart { sku, .. } in bundle.parts() {
        let part = || sku.clone();
        let locked = locked.get(sku).ok_or_else(|| BundleError::NoSuchPart { part: part() })?;
        if locked.stock.is_bundle() {
            return Err(BundleError::Nested { part: part() });
        }
    }
    Ok(())
}

/// Writes what a SKU is made of, whose stock and that of all parts is locked.
async fn write_bundle(connection: &mut AnyConnection, sku: &Sku, bundle: Option<&Bundle>) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM bundle_parts WHERE bundle_sku = $1")
        .bind(sku.as_str())
        .execute(&mut *connection)
        .await
        .context("taking a bundle apart")?;
    let row = |part: &BundlePart| -> [Cell; 3] {
        [sku.as_str().into(), part.sku.as_str().into(), i64::from(part.quantity.get()).into()]
    };
    let parts = bundle.map_or(&[][..], Bundle::parts).iter().map(row).collect();
    rows::write(connection, "INSERT INTO bundle_parts (bundle_sku, part_sku, quantity) VALUES", parts, "").await?;
    sqlx::query("UPDATE stock SET is_bundle = $1 WHERE sku = $2")
        .bind(i64::from(bundle.is_some()))
        .bind(sku.as_str())
        .execute(connection)
        .await
        .context("marking a bundle")?;
    Ok(())
}

/// Bundles that come in a file.
pub(crate) struct BundleFile {
    pub(crate) sql: Sql,
    /// The file, if it has a name.
    pub(crate) by: Option<Reference>,
}

#[async_trait]
impl BundleSink for BundleFile {
    async fn write(&self, bundles: Vec<(Sku, Bundle)>) -> anyhow::Result<Vec<(Sku, BundleError)>> {
        let mut refused = Vec::new();
        for (sku, bundle) in bundles {
            match set_bundle(&self.sql, &sku, Some(&bundle), self.by.as_ref())
                .await
                .map_err(anyhow::Error::downcast::<BundleError>)
            {
                Ok(()) => {}
                Err(Ok(why)) => refused.push((sku, why)),
                Err(Err(fault)) => return Err(fault.context(format!("making a bundle of {sku}"))),
            }
        }
        Ok(refused)
    }
}

/// Whether the bundles of a purchase are made of what its shopper saw in them.
pub(super) fn are_as_seen(purchase: &Purchase, bundles: &HashMap<Sku, Bundle>) -> bool {
    purchase.lines.iter().all(|line| {
        let now = bundles.get(&line.sku).map_or(&[][..], Bundle::parts).iter().map(|part| (&part.sku, part.quantity));
        now.eq(line.parts.iter().map(|part| (&part.sku, part.quantity)))
    })
}

/// Remembers what is in the bundles of purchases; nothing is written where there are none.
pub(super) async fn remember(connection: &mut AnyConnection, purchases: &[&Purchase]) -> anyhow::Result<()> {
    let mut remembered: Vec<[Cell; 5]> = Vec::new();
    for purchase in purchases {
        for line in &purchase.lines {
            let (order, bundles) = (purchase.order.to_string(), i64::from(line.quantity.get()));
            remembered.extend(line.parts.iter().map(|part| {
                let (bundle, part_sku, each) = (line.sku.as_str(), part.sku.as_str(), i64::from(part.quantity.get()));
                [order.as_str().into(), bundle.into(), bundles.into(), part_sku.into(), each.into()]
            }));
        }
    }
    let into = "INSERT INTO order_bundle_parts (order_id, bundle_sku, bundles, part_sku, units_each) VALUES";
    rows::write(connection, into, remembered, "").await.map(drop)
}

/// What comes back of an order, in units of what was taken off the shelf for it: of bundles their parts, as they were
/// when it was placed.
pub(super) async fn unpacked(
    connection: &mut AnyConnection,
    order: OrderId,
    lines: &[ReturnLine],
) -> anyhow::Result<Vec<(Sku, Quantity)>> {
    let found = sqlx::query("SELECT bundle_sku, part_sku, units_each FROM order_bundle_parts WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_all(connection)
        .await
        .context("reading what was in bundles")?;
    let mut parts: HashMap<Sku, Vec<(Sku, Quantity)>> = HashMap::new();
    for row in &found {
        let part = (sku_in(row, "part_sku")?, units_in(row, "units_each")?);
        parts.entry(sku_in(row, "bundle_sku")?).or_default().push(part);
    }
    let lines: Vec<StockLine<'_>> = lines
        .iter()
        .map(|line| {
            let parts = parts.get(&line.sku).into_iter().flatten().map(|(sku, each)| (sku, *each)).collect();
            StockLine { sku: &line.sku, quantity: line.quantity, parts }
        })
        .collect();
    Ok(demand(&lines)?.into_iter().map(|(sku, units)| (sku.clone(), units)).collect())
}
