//! What lies of SKUs at other locations than the first, which holds the rest. What changes there is gathered and
//! written at once, in the transaction that has the stock of the SKUs locked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, ensure};
use domain::catalog::Sku;
use domain::inventory::{LocationId, Stock, StockAt, StockChange};
use sqlx::{AnyConnection, Row};

use crate::sql::{Cell, rows};

/// What lies of a SKU at a location, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) on_hand: i64,
    pub(super) allocated: i64,
}

/// What there is of a SKU at all locations together, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Total {
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
    pub(super) allocated: i64,
    /// Of those on hand, the ones that don't lie at the first location.
    pub(super) elsewhere: i64,
}

/// What lies where of some SKUs.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    totals: HashMap<Sku, Total>,
    places: BTreeMap<(Sku, LocationId), Place>,
    /// What is not written yet.
    changes: BTreeMap<(Sku, LocationId), StockChange>,
}

impl Shelves {
    pub(super) async fn read(connection: &mut AnyConnection, skus: &BTreeSet<Sku>) -> anyhow::Result<Self> {
        let mut shelves = Self::default();
        let keys: Vec<String> = skus.iter().map(Sku::to_string).collect();
        let statement = "SELECT sku, location_id, on_hand, allocated FROM stock_places WHERE sku IN";
        for row in rows::with_keys(connection, statement, &keys, "").await? {
            let key = (row.try_get::<String, _>("sku")?.parse()?, row.try_get::<String, _>("location_id")?.parse()?);
            let place = Place { on_hand: row.try_get("on_hand")?, allocated: row.try_get("allocated")? };
            shelves.places.insert(key, place);
        }
        Ok(shelves)
    }

    /// With what there is of the SKUs in all, for who chooses between locations.
    pub(super) fn with_totals(self, totals: HashMap<Sku, Total>) -> Self {
        Self { totals, ..self }
    }

    pub(super) fn total(&self, sku: &Sku) -> Total {
        self.totals.get(sku).copied().unwrap_or_default()
    }

    /// What lies at the other locations, where a SKU was ever put.
    pub(super) fn places(&self, sku: &Sku) -> impl Iterator<Item = (LocationId, Place)> {
        let from = (sku.clone(), LocationId::FIRST);
        let of_sku = self.places.range(from..).take_while(move |((found, _), _)| found == sku);
        of_sku.map(|((_, location), place)| (*location, *place))
    }

    /// What lies of a stock at a location.
    pub(super) fn at(&self, sku: &Sku, stock: Stock, location: LocationId) -> anyhow::Result<StockAt> {
        let place = if location.is_first() {
            let first = Place { on_hand: stock.on_hand().into(), allocated: stock.allocated().into() };
            self.places(sku).fold(first, |rest, (_, place)| Place {
                on_hand: rest.on_hand - place.on_hand,
                allocated: rest.allocated - place.allocated,
            })
        } else {
            self.places.get(&(sku.clone(), location)).copied().unwrap_or_default()
        };
        let part = |units: i64| u32::try_from(units).with_context(|| format!("{units} units of {sku} at a location"));
        Ok(StockAt::new(stock, part(place.on_hand)?, part(place.allocated)?))
    }

    /// Changes what lies at another location than the first.
    pub(super) fn change(&mut self, sku: &Sku, location: LocationId, change: StockChange) {
        let key = (sku.clone(), location);
        let place = self.places.entry(key.clone()).or_default();
        place.on_hand += change.on_hand;
        place.allocated += change.allocated;
        if let Some(total) = self.totals.get_mut(sku) {
            total.elsewhere += change.on_hand;
        }
        let sum = self.changes.entry(key).or_default();
        *sum = sum.plus(change);
    }

    /// Takes units away that no order is sent, from wherever most of them are. Answers what is taken where.
    pub(super) fn take_free(&mut self, sku: &Sku, units: i64) -> Vec<(LocationId, StockChange)> {
        let mut free: Vec<(LocationId, i64)> =
            self.places(sku).map(|(location, place)| (location, place.on_hand - place.allocated)).collect();
        free.sort_by_key(|(location, free)| (-free, *location));
        let (mut left, mut taken) = (units, Vec::new());
        for (location, free) in free {
            let units = left.min(free);
            if units > 0 {
                let change = StockChange { on_hand: -units, ..StockChange::default() };
                self.change(sku, location, change);
                taken.push((location, change));
                left -= units;
            }
        }
        taken
    }

    /// Writes what has changed, after the stock itself.
    ///
    /// # Errors
    /// Also when more would lie at other locations than there is, or fewer units than are sent from one: the caller
    /// rolls back.
    pub(super) async fn write(self, connection: &mut AnyConnection) -> anyhow::Result<()> {
        let (mut changed, mut added, mut sums) = (Vec::new(), Vec::new(), BTreeMap::<Sku, i64>::new());
        for ((sku, location), change) in self.changes {
            let (of, at) = (Cell::from(sku.as_str()), Cell::from(location.to_string()));
            if change.on_hand > 0 {
                added.push([of.clone(), at.clone()]);
            }
            changed.push([of, at, change.on_hand.into(), change.allocated.into()]);
            *sums.entry(sku).or_default() += change.on_hand;
        }
        let into = "INSERT INTO stock_places (sku, location_id) VALUES";
        rows::write(connection, into, added, "ON CONFLICT (sku, location_id) DO NOTHING").await?;
        let expected = changed.len() as u64;
        let written = rows::write(
            connection,
            "UPDATE stock_places SET on_hand = on_hand + column3, allocated = allocated + column4 FROM (VALUES",
            changed,
            ") AS moved WHERE sku = column1 AND location_id = column2",
        )
        .await?;
        ensure!(written == expected, "what lies at a location is gone");
        sums.retain(|_, units| *units != 0);
        let sums: Vec<[Cell; 2]> = sums.into_iter().map(|(sku, units)| [sku.as_str().into(), units.into()]).collect();
        let expected = sums.len() as u64;
        let written = rows::write(
            connection,
            "UPDATE stock SET elsewhere = elsewhere + column2 FROM (VALUES",
            sums,
            ") AS moved WHERE stock.sku = column1 AND elsewhere + column2 <= on_hand",
        )
        .await?;
        ensure!(written == expected, "more would lie at other locations than there is");
        Ok(())
    }
}
