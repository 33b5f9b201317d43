//! Where orders are sent from. What an order holds lies at the first location, but for what is written down in
//! `stock_allocations`. Only movements of SKUs that lie elsewhere as well ask for any of this.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;
use domain::catalog::Sku;
use domain::checkout::Address;
use domain::inventory::{Depot, Location, LocationId, MovementReason, Quantity, Sourced, StockChange, allocate};
use domain::order::OrderId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::location::{open_among, read_locations};
use super::movement::{Left, Moved};
use super::place::Shelves;
use crate::order;
use crate::sql::{Cell, Sql, rows};

/// What movements are at other locations than the first, by their orders and SKUs and by what becomes of those.
pub(super) type Parts = HashMap<(OrderId, Sku, Step), Vec<(LocationId, StockChange)>>;

/// What an order holds of a SKU at another location, in units.
#[derive(Debug, Clone, Copy)]
struct Held {
    location: LocationId,
    allocated: i64,
    /// Sent, and not come back.
    out: i64,
}

/// What changes of that.
#[derive(Debug, Clone, Copy, Default)]
struct HeldChange {
    allocated: i64,
    sent: i64,
    returned: i64,
}

/// What is held by orders, while it changes.
#[derive(Debug, Default)]
struct Ledger {
    held: HashMap<(OrderId, Sku), Vec<Held>>,
    changes: BTreeMap<(OrderId, Sku, LocationId), HeldChange>,
}

/// Lets other locations follow movements of stock, which has changed already. Answers what the movements are there.
pub(super) async fn follow(
    connection: &mut AnyConnection,
    moved: &[Moved],
    left: &HashMap<Sku, Left>,
) -> anyhow::Result<Parts> {
    let lies_elsewhere = |sku: &Sku| left.get(sku).is_some_and(|left| left.total.elsewhere > 0);
    let concerned: Vec<&Moved> = moved.iter().filter(|moved| concerns(moved, lies_elsewhere)).collect();
    if concerned.is_empty() {
        return Ok(Parts::new());
    }
    let (chosen, known): (Vec<&Moved>, Vec<&Moved>) =
        concerned.into_iter().partition(|moved| step_of(moved) == Some(Step::Allocate));
    let skus: BTreeSet<Sku> = chosen.iter().chain(&known).map(|moved| moved.sku.clone()).collect();
    let totals = skus.iter().filter_map(|sku| Some((sku.clone(), left.get(sku)?.total))).collect();
    let mut shelves = Shelves::read(connection, &skus).await?.with_totals(totals);
    let (mut ledger, mut parts) = (Ledger::default(), Parts::new());
    if !known.is_empty() {
        ledger = Ledger::read(connection, known.iter().map(|moved| moved.order)).await?;
        let comes_back = known.iter().any(|moved| step_of(moved) == Some(Step::Return));
        let open = if comes_back { open_among(connection, &ledger.locations()).await? } else { BTreeSet::new() };
        for moved in &known {
            if let Some(step) = step_of(moved) {
                let found = settle(moved, step, &mut shelves, &mut ledger, &open);
                parts.entry((moved.order, moved.sku.clone(), step)).or_default().extend(found);
            }
        }
    }
    if !chosen.is_empty() {
        let wanted = wanted_by(moved, lies_elsewhere);
        let orders: Vec<OrderId> = wanted.keys().copied().collect();
        let (locations, to) = (read_locations(connection).await?, order::destinations(connection, &orders).await?);
        let found = source(&wanted, &locations, &to, &shelves);
        for (order, Sourced { sku, location, quantity }) in found {
            let units = i64::from(quantity.get());
            let change = StockChange { allocated: units, ..StockChange::default() };
            shelves.change(&sku, location, change);
            ledger.change(order, &sku, location, HeldChange { allocated: units, ..HeldChange::default() });
            parts.entry((order, sku, Step::Allocate)).or_default().push((location, change));
        }
    }
    shelves.write(connection).await?;
    ledger.write(connection).await?;
    Ok(parts)
}

/// What becomes of units that lie at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Allocate,
    GiveBack,
    Dispatch,
    Return,
}

/// The step that a movement is, if it is one of what lies at a location: what is only promised lies anywhere.
pub(super) fn step_of(moved: &Moved) -> Option<Step> {
    let change = moved.movement.change();
    match moved.movement.reason() {
        MovementReason::Return => Some(Step::Return),
        MovementReason::Allocation => Some(Step::Allocate),
        MovementReason::Cancellation | MovementReason::Refund => Some(Step::GiveBack),
        MovementReason::Dispatch => Some(Step::Dispatch),
        // What an exchange holds goes the way of what an order holds.
        MovementReason::Exchange if change.on_hand < 0 => Some(Step::Dispatch),
        MovementReason::Exchange if change.allocated > 0 => Some(Step::Allocate),
        MovementReason::Exchange if change.allocated < 0 => Some(Step::GiveBack),
        MovementReason::Exchange
        | MovementReason::Opening
        | MovementReason::Count
        | MovementReason::Reservation
        | MovementReason::Release
        | MovementReason::Expiry
        | MovementReason::Transfer => None,
    }
}

/// Whether a movement may be one of another location. What comes back may have been the last of it there.
fn concerns(moved: &Moved, lies_elsewhere: impl Fn(&Sku) -> bool) -> bool {
    step_of(moved).is_some_and(|step| step == Step::Return || lies_elsewhere(&moved.sku))
}

/// A line of an order that is allocated.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    units: u32,
    /// Whether some of it lies elsewhere.
    has_choice: bool,
}

/// All lines of the orders that there is a choice for.
fn wanted_by(moved: &[Moved], lies_elsewhere: impl Fn(&Sku) -> bool) -> BTreeMap<OrderId, BTreeMap<Sku, Wanted>> {
    let mut wanted: BTreeMap<OrderId, BTreeMap<Sku, Wanted>> = BTreeMap::new();
    for line in moved.iter().filter(|moved| step_of(moved) == Some(Step::Allocate)) {
        let Moved { sku, order, movement } = line;
        let units = u32::try_from(movement.change().allocated).unwrap_or_default();
        let line = Wanted { units: 0, has_choice: lies_elsewhere(sku) };
        wanted.entry(*order).or_default().entry(sku.clone()).or_insert(line).units += units;
    }
    wanted.retain(|_, lines| lines.values().any(|line| line.has_choice));
    wanted
}

/// Chooses where orders are sent from, one after the other, and answers what of them is not sent from the first
/// location.
fn source(
    wanted: &BTreeMap<OrderId, BTreeMap<Sku, Wanted>>,
    locations: &[Location],
    to: &HashMap<OrderId, Address>,
    shelves: &Shelves,
) -> Vec<(OrderId, Sourced)> {
    let mut free = FreeUnits::of(wanted, shelves);
    let mut found = Vec::new();
    for (order, lines) in wanted {
        let open = locations.iter().filter(|location| !location.is_closed);
        let depots: Vec<Depot> = open.map(|location| free.depot(location, lines)).collect();
        let covered = lines.iter().filter_map(|(sku, line)| Some((sku.clone(), free.covered(sku, *line)?))).collect();
        let sourced = to.get(order).map(|to| allocate(&covered, &depots, to)).unwrap_or_default();
        free.take(lines, &sourced);
        let elsewhere = sourced.into_iter().filter(|part| !part.location.is_first());
        found.extend(elsewhere.map(|part| (*order, part)));
    }
    found
}

/// What no order is sent yet, of SKUs that lie at several locations.
#[derive(Debug, Default)]
struct FreeUnits {
    /// At the first location; less than nothing where orders wait.
    at_first: HashMap<Sku, i64>,
    elsewhere: HashMap<(Sku, LocationId), i64>,
    /// What is promised beyond what is on hand: it is nowhere, and nobody takes what others wait for instead.
    owed: HashMap<Sku, i64>,
}

impl FreeUnits {
    /// Before the orders that are allocated have any.
    fn of(wanted: &BTreeMap<OrderId, BTreeMap<Sku, Wanted>>, shelves: &Shelves) -> Self {
        let mut free = Self::default();
        for (sku, line) in wanted.values().flatten() {
            if !line.has_choice {
                continue;
            }
            let at_first = free.at_first.entry(sku.clone()).or_insert_with(|| {
                let (total, mut allocated) = (shelves.total(sku), 0);
                for (location, place) in shelves.places(sku) {
                    free.elsewhere.insert((sku.clone(), location), place.on_hand - place.allocated);
                    allocated += place.allocated;
                }
                free.owed.insert(sku.clone(), total.reserved + total.allocated - total.on_hand);
                (total.on_hand - total.elsewhere) - (total.allocated - allocated)
            });
            *at_first += i64::from(line.units);
        }
        free
    }

    /// What a location has of the lines of an order. Where there is no choice, the first one has it.
    fn depot(&self, location: &Location, lines: &BTreeMap<Sku, Wanted>) -> Depot {
        let free = lines.iter().map(|(sku, line)| {
            let units = match (line.has_choice, location.id.is_first()) {
                (true, true) => self.at_first.get(sku).copied().unwrap_or_default(),
                (true, false) => self.elsewhere.get(&(sku.clone(), location.id)).copied().unwrap_or_default(),
                (false, true) => i64::from(line.units),
                (false, false) => 0,
            };
            (sku.clone(), u32::try_from(units.max(0)).unwrap_or(u32::MAX))
        });
        Depot { location: location.id, address: location.address.clone(), free: free.collect() }
    }

    /// What of a line is there to be sent, if anything.
    fn covered(&self, sku: &Sku, line: Wanted) -> Option<Quantity> {
        let owed = self.owed.get(sku).copied().unwrap_or_default().max(0);
        let units = i64::from(line.units).saturating_sub(owed).max(0);
        Quantity::try_from(u32::try_from(units).ok()?).ok()
    }

    /// Takes an order: what is not taken elsewhere is left to the first location.
    fn take(&mut self, lines: &BTreeMap<Sku, Wanted>, sourced: &[Sourced]) {
        let at_first = |sku: &Sku, units: i64, free: &mut Self| {
            if let Some(at_first) = free.at_first.get_mut(sku) {
                *at_first -= units;
            }
        };
        for (sku, line) in lines {
            at_first(sku, line.units.into(), self);
        }
        for Sourced { sku, location, quantity } in sourced {
            let units = i64::from(quantity.get());
            if let Some(free) = self.elsewhere.get_mut(&(sku.clone(), *location)) {
                *free -= units;
                at_first(sku, -units, self);
            }
        }
    }
}

/// Follows a movement of what an order holds already. Answers what it is at other locations.
fn settle(
    moved: &Moved,
    step: Step,
    shelves: &mut Shelves,
    ledger: &mut Ledger,
    open: &BTreeSet<LocationId>,
) -> Vec<(LocationId, StockChange)> {
    let (change, sku) = (moved.movement.change(), &moved.sku);
    let mut left = change.on_hand.abs().max(change.allocated.abs());
    let mut parts = Vec::new();
    for held in ledger.of(moved.order, sku) {
        let units = left.min(if step == Step::Return { held.out } else { held.allocated });
        if units <= 0 {
            continue;
        }
        left -= units;
        let noted = match step {
            Step::Return => HeldChange { returned: units, ..HeldChange::default() },
            Step::Dispatch => HeldChange { allocated: -units, sent: units, ..HeldChange::default() },
            Step::Allocate | Step::GiveBack => HeldChange { allocated: -units, ..HeldChange::default() },
        };
        ledger.change(moved.order, sku, held.location, noted);
        // What comes back to a location that is closed by now lies at the first one.
        if step != Step::Return || open.contains(&held.location) {
            let part = change.of_units(u32::try_from(units).unwrap_or_default());
            shelves.change(sku, held.location, part);
            parts.push((held.location, part));
        }
    }
    if step == Step::Dispatch {
        // What was to come to the first location came to others instead.
        let total = shelves.total(sku);
        for (location, part) in shelves.take_free(sku, total.elsewhere - total.on_hand) {
            ledger.change(moved.order, sku, location, HeldChange { sent: -part.on_hand, ..HeldChange::default() });
            parts.push((location, part));
        }
    }
    parts
}

impl Ledger {
    async fn read(connection: &mut AnyConnection, orders: impl Iterator<Item = OrderId>) -> anyhow::Result<Self> {
        let orders: BTreeSet<OrderId> = orders.collect();
        let keys: Vec<String> = orders.iter().map(OrderId::to_string).collect();
        let statement = "SELECT order_id, sku, location_id, allocated, sent - returned AS sent_out
                         FROM stock_allocations WHERE order_id IN";
        let mut ledger = Self::default();
        for row in rows::with_keys(connection, statement, &keys, "ORDER BY location_id").await? {
            let key = (row.try_get::<String, _>("order_id")?.parse()?, row.try_get::<String, _>("sku")?.parse()?);
            let location = row.try_get::<String, _>("location_id")?.parse()?;
            let held = Held { location, allocated: row.try_get("allocated")?, out: row.try_get("sent_out")? };
            ledger.held.entry(key).or_default().push(held);
        }
        Ok(ledger)
    }

    fn of(&self, order: OrderId, sku: &Sku) -> Vec<Held> {
        self.held.get(&(order, sku.clone())).cloned().unwrap_or_default()
    }

    fn locations(&self) -> BTreeSet<LocationId> {
        self.held.values().flatten().map(|held| held.location).collect()
    }

    fn change(&mut self, order: OrderId, sku: &Sku, location: LocationId, change: HeldChange) {
        let sum = self.changes.entry((order, sku.clone(), location)).or_default();
        sum.allocated += change.allocated;
        sum.sent += change.sent;
        sum.returned += change.returned;
        let held = self.held.get_mut(&(order, sku.clone())).into_iter().flatten();
        for held in held.filter(|held| held.location == location) {
            held.allocated += change.allocated;
            held.out += change.sent - change.returned;
        }
    }

    async fn write(self, connection: &mut AnyConnection) -> anyhow::Result<()> {
        let row = |((order, sku, location), change): ((OrderId, Sku, LocationId), HeldChange)| -> [Cell; 6] {
            [
                order.to_string().into(),
                sku.as_str().into(),
                location.to_string().into(),
                change.allocated.into(),
                change.sent.into(),
                change.returned.into(),
            ]
        };
        let changes: Vec<[Cell; 6]> = self.changes.into_iter().map(row).collect();
        // What is taken back must not stand in a row that is only about to be added.
        let added: Vec<[Cell; 3]> =
            changes.iter().map(|[order, sku, location, ..]| [order.clone(), sku.clone(), location.clone()]).collect();
        let into = "INSERT INTO stock_allocations (order_id, sku, location_id) VALUES";
        rows::write(connection, into, added, "ON CONFLICT (order_id, sku, location_id) DO NOTHING").await?;
        rows::write(
            connection,
            "UPDATE stock_allocations SET allocated = allocated + column4, sent = sent + column5, \
             returned = returned + column6 FROM (VALUES",
            changes,
            ") AS moved WHERE order_id = column1 AND sku = column2 AND location_id = column3",
        )
        .await
        .map(drop)
    }
}

/// Where an order is sent from, or was, as far as it is not all from the first location.
pub(super) async fn sources(sql: &Sql, order: OrderId) -> anyhow::Result<Vec<Sourced>> {
    let found = sqlx::query(
        "SELECT sku, location_id, allocated + sent AS units FROM stock_allocations
         WHERE order_id = $1 AND allocated + sent > 0 ORDER BY sku, location_id",
    )
    .bind(order.to_string())
    .fetch_all(sql.readers())
    .await
    .context("reading where an order is sent from")?;
    found.iter().map(sourced_of).collect()
}

fn sourced_of(row: &AnyRow) -> anyhow::Result<Sourced> {
    Ok(Sourced {
        sku: row.try_get::<String, _>("sku")?.parse()?,
        location: row.try_get::<String, _>("location_id")?.parse()?,
        quantity: u32::try_from(row.try_get::<i64, _>("units")?)?.try_into()?,
    })
}
