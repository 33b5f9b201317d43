//! Locations, and units that move between them.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use domain::catalog::Sku;
use domain::inventory::ports::{InventoryUnavailable, Locations};
use domain::inventory::{
    Location, LocationDetails, LocationError, LocationId, MovementReason, Placed, Reference, Sourced, StockChange,
    Transfer, TransferId, check_room_for_location,
};
use domain::order::OrderId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use super::count::lock_one;
use super::movement::{Noted, note};
use super::place::Shelves;
use super::room::read_stock;
use super::sourcing::sources;
use crate::fault::{at_boundary, refused_or_told};
use crate::sql::{Sql, rows, sharing};

/// Where stock lies, as those who run the store see and change it.
#[derive(Debug, Clone)]
pub(crate) struct SqlLocations {
    sql: Sql,
}

impl SqlLocations {
    pub(crate) const fn new(sql: Sql) -> Self {
        Self { sql }
    }

    async fn read_list(&self) -> anyhow::Result<Vec<Location>> {
        let mut reader = self.sql.readers().acquire().await.context("reading locations")?;
        read_locations(&mut reader).await
    }

    async fn write_new(&self, LocationDetails { name, address }: &LocationDetails) -> anyhow::Result<LocationId> {
        let id = LocationId::new(Uuid::now_v7());
        let mut transaction = self.sql.begin().await?;
        // The first one is always there: who adds others waits for it.
        lock(&mut transaction, LocationId::FIRST).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM locations").fetch_one(&mut *transaction).await?;
        check_room_for_location(usize::try_from(count)?)?;
        let added = sqlx::query(
            "INSERT INTO locations (id, name, name_key, address) VALUES ($1, $2, $3, $4)
             ON CONFLICT (name_key) DO NOTHING",
        )
        .bind(id.to_string())
        .bind(name.as_str())
        .bind(name.key())
        .bind(serde_json::to_string(address)?)
        .execute(&mut *transaction)
        .await
        .context("adding a location")?;
        ensure!(added.rows_affected() == 1, LocationError::NameTaken);
        transaction.commit().await.context("committing a location")?;
        Ok(id)
    }

    async fn write_details(&self, id: LocationId, details: &LocationDetails) -> anyhow::Result<()> {
        let LocationDetails { name, address } = details;
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, LocationId::FIRST).await?;
        let namesakes: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM locations WHERE name_key = $1 AND id <> $2")
            .bind(name.key())
            .bind(id.to_string())
            .fetch_one(&mut *transaction)
            .await
            .context("looking for a location of the same name")?;
        ensure!(namesakes == 0, LocationError::NameTaken);
        let changed = sqlx::query("UPDATE locations SET name = $1, name_key = $2, address = $3 WHERE id = $4")
            .bind(name.as_str())
            .bind(name.key())
            .bind(serde_json::to_string(address)?)
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .context("changing a location")?;
        ensure!(changed.rows_affected() == 1, LocationError::NoSuchLocation);
        transaction.commit().await.context("committing a location")
    }

    async fn write_closed(&self, id: LocationId, is_closed: bool) -> anyhow::Result<()> {
        ensure!(!is_closed || !id.is_first(), LocationError::First);
        let mut transaction = self.sql.begin().await?;
        let changed = sqlx::query("UPDATE locations SET closed = $1 WHERE id = $2")
            .bind(i64::from(is_closed))
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .context("closing a location")?;
        ensure!(changed.rows_affected() == 1, LocationError::NoSuchLocation);
        // Whoever brought units there was waited for.
        let held: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM stock_places WHERE location_id = $1 AND on_hand > 0")
            .bind(id.to_string())
            .fetch_one(&mut *transaction)
            .await
            .context("looking whether a location is empty")?;
        ensure!(!is_closed || held == 0, LocationError::HoldsStock);
        transaction.commit().await.context("committing a location")
    }

    async fn read_places(&self, sku: &Sku) -> anyhow::Result<Vec<Placed>> {
        // What moves meanwhile must not lie at two locations.
        let mut snapshot = self.sql.snapshot().await?;
        let Some(stock) = read_stock(&mut snapshot, &[sku.to_string()]).await?.remove(sku) else {
            return Ok(Vec::new());
        };
        let open = read_locations(&mut snapshot).await?.into_iter().filter(|location| !location.is_closed);
        let shelves = Shelves::read(&mut snapshot, &BTreeSet::from([sku.clone()])).await?;
        open.map(|location| Ok(Placed { stock: shelves.at(sku, stock, location.id)?, location })).collect()
    }

    async fn move_units(&self, transfer: &Transfer, by: &Reference) -> anyhow::Result<()> {
        let Transfer { sku, from, to, units, .. } = transfer;
        ensure!(from != to, LocationError::SameLocation);
        let reference = transfer.id.reference(by);
        let mut transaction = self.sql.begin().await?;
        let locked = lock_one(&mut transaction, sku).await?.ok_or(LocationError::NoSuchSku)?;
        if is_done(&mut transaction, transfer).await? {
            return Ok(());
        }
        let others: BTreeSet<LocationId> = [*from, *to].into_iter().filter(|id| !id.is_first()).collect();
        let open = open_among(&mut transaction, &others).await?;
        if open.len() < others.len() {
            let known = read_locations(&mut transaction).await?;
            let is_known = others.iter().all(|id| known.iter().any(|location| location.id == *id));
            return Err(if is_known { LocationError::Closed } else { LocationError::NoSuchLocation }.into());
        }
        let mut shelves = Shelves::read(&mut transaction, &BTreeSet::from([sku.clone()])).await?;
        let free = shelves.at(sku, locked.stock, *from)?.free();
        ensure!(free >= units.get(), LocationError::Short { units: free });
        let moves = [(*from, -i64::from(units.get())), (*to, i64::from(units.get()))];
        for (at, on_hand) in moves {
            let change = StockChange { on_hand, ..StockChange::default() };
            if !at.is_first() {
                shelves.change(sku, at, change);
            }
            let noted = Noted { sku, at, reason: MovementReason::Transfer, change, by: Some(&reference) };
            note(&mut transaction, noted).await?;
        }
        shelves.write(&mut transaction).await?;
        transaction.commit().await.context("committing a transfer")
    }
}

/// Whether units were moved already by a transfer of this key.
async fn is_done(connection: &mut AnyConnection, transfer: &Transfer) -> anyhow::Result<bool> {
    let key = transfer.id.to_string();
    // Keys begin with the time that they were made at: no movement of a transfer is older than its key.
    let since = key.get(..8).unwrap_or_default();
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM stock_movements WHERE sku = $1 AND id > $2 AND reason = $3 AND reference LIKE $4",
    )
    .bind(transfer.sku.as_str())
    .bind(since)
    .bind(MovementReason::Transfer.parameter())
    .bind(format!("%{key}%"))
    .fetch_one(connection)
    .await
    .context("looking for a transfer")?;
    Ok(count > 0)
}

/// All locations: the first one, those that are open by their names, those that are closed.
pub(super) async fn read_locations(connection: &mut AnyConnection) -> anyhow::Result<Vec<Location>> {
    let statement = "SELECT id, name, address, closed FROM locations";
    let found = sqlx::query(statement).fetch_all(connection).await.context("reading locations")?;
    let mut locations = found.iter().map(location_of).collect::<anyhow::Result<Vec<_>>>()?;
    locations.sort_by_key(|location| (location.is_closed, !location.id.is_first(), location.name.key()));
    Ok(locations)
}

fn location_of(row: &AnyRow) -> anyhow::Result<Location> {
    let address: Option<String> = row.try_get("address")?;
    Ok(Location {
        id: row.try_get::<String, _>("id")?.parse()?,
        name: row.try_get::<String, _>("name")?.parse()?,
        address: address.map(|address| serde_json::from_str(&address)).transpose().context("reading an address")?,
        is_closed: row.try_get::<i64, _>("closed")? == 1,
    })
}

/// Those of some locations that are open, which nobody closes until the transaction ends.
pub(super) async fn open_among(
    connection: &mut AnyConnection,
    ids: &BTreeSet<LocationId>,
) -> anyhow::Result<BTreeSet<LocationId>> {
    let keys: Vec<String> = ids.iter().map(LocationId::to_string).collect();
    let after = format!("AND closed = 0 ORDER BY id {}", sharing(connection));
    let found = rows::with_keys(connection, "SELECT id FROM locations WHERE id IN", &keys, &after).await?;
    found.iter().map(|row| Ok(row.try_get::<String, _>("id")?.parse()?)).collect()
}

async fn lock(connection: &mut AnyConnection, id: LocationId) -> anyhow::Result<()> {
    sqlx::query("UPDATE locations SET closed = closed WHERE id = $1")
        .bind(id.to_string())
        .execute(connection)
        .await
        .context("locking a location")?;
    Ok(())
}

fn told<T>(done: anyhow::Result<T>) -> Result<T, LocationError> {
    refused_or_told(done, LocationError::Unavailable)
}

#[async_trait]
impl Locations for SqlLocations {
    async fn list(&self) -> Result<Vec<Location>, InventoryUnavailable> {
        at_boundary(self.read_list().await, InventoryUnavailable)
    }

    async fn add(&self, details: &LocationDetails, by: &Reference) -> Result<LocationId, LocationError> {
        let added = told(self.write_new(details).await)?;
        tracing::info!(location = %added, name = %details.name, %by, "added a location");
        Ok(added)
    }

    async fn change(&self, id: LocationId, details: &LocationDetails, by: &Reference) -> Result<(), LocationError> {
        told(self.write_details(id, details).await)?;
        tracing::info!(location = %id, name = %details.name, %by, "changed a location");
        Ok(())
    }

    async fn set_closed(&self, id: LocationId, is_closed: bool, by: &Reference) -> Result<(), LocationError> {
        told(self.write_closed(id, is_closed).await)?;
        tracing::info!(location = %id, is_closed, %by, "closed a location, or opened it again");
        Ok(())
    }

    async fn places(&self, sku: &Sku) -> Result<Vec<Placed>, InventoryUnavailable> {
        at_boundary(self.read_places(sku).await, InventoryUnavailable)
    }

    fn next_transfer(&self) -> TransferId {
        TransferId::new(Uuid::now_v7())
    }

    async fn transfer(&self, transfer: &Transfer, by: &Reference) -> Result<(), LocationError> {
        told(self.move_units(transfer, by).await)
    }

    async fn sources(&self, order: OrderId) -> Result<Vec<Sourced>, InventoryUnavailable> {
        at_boundary(sources(&self.sql, order).await, InventoryUnavailable)
    }
}
