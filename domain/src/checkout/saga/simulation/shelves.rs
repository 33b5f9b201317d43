use std::collections::BTreeMap;

use uuid::Uuid;

use super::Flaw;
use super::goods::{Goods, MAX_LOCATIONS, MAX_SKUS, PlacedUnits, Units, add, sums};
use super::plan::ShopperId;
use crate::catalog::Sku;
use crate::checkout::saga::Shortage;
use crate::checkout::{Address, ContactForm};
use crate::inventory::{
    Bundle, BundlePart, Depot, LocationId, Movement, Quantity, Stock, StockAt, StockLine, allocate, demand,
    left_for_each,
};
use crate::order::exchange::ExchangeState;
use crate::order::returns::Return;

/// Of each location and of whoever lives beside it.
const POSTCODES: [&str; MAX_LOCATIONS] = ["SW1Y 4JH", "LS1 6HD", "LS28 5AB"];

/// What the SQL database keeps of stock: how much there is and is promised of each SKU, and what of that lies where.
#[derive(Debug)]
pub(super) struct Shelves {
    flaw: Option<Flaw>,
    wares: Vec<Ware>,
    locations: Vec<(LocationId, Option<Address>)>,
    pub(super) totals: [Stock; MAX_SKUS],
    pub(super) places: [[Place; MAX_LOCATIONS]; MAX_SKUS],
}

/// What can be bought.
#[derive(Debug)]
struct Ware {
    sku: Sku,
    bundle: Option<Bundle>,
}

/// What lies of a SKU at a location, and what of that is to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) on_hand: i64,
    pub(super) allocated: i64,
}

impl Shelves {
    pub(super) fn new(goods: &Goods, flaw: Option<Flaw>) -> Self {
        let total = |on_hand: i64| Stock::new(count(on_hand), 0, 0).unwrap_or_default();
        let place = |on_hand: i64| Place { on_hand, allocated: 0 };
        let alone = (0..goods.skus).map(|number| (number, None));
        let bundles = (goods.skus..).zip(goods.bundles.iter().map(Some));
        let ware = |(number, parts): (usize, Option<&Units>)| {
            let sku = sku_of(number)?;
            let bundle = parts.and_then(|parts| bundle_of(&sku, parts));
            Some(Ware { sku, bundle })
        };
        Self {
            flaw,
            wares: alone.chain(bundles).filter_map(ware).collect(),
            locations: (0..goods.locations).map(|place| (location_of(place), address_at(place))).collect(),
            totals: sums(&goods.stock).map(total),
            places: goods.stock.map(|places| places.map(place)),
        }
    }

    /// What an order takes of each SKU, alone and in bundles.
    pub(super) fn taken_by(&self, wanted: &[i64]) -> Units {
        self.units(&demand(&self.lines(wanted)).unwrap_or_default())
    }

    /// What it takes of them alone.
    pub(super) fn taken_alone(&self, wanted: &[i64]) -> Units {
        let mut lines = self.lines(wanted);
        lines.retain(|line| line.parts.is_empty());
        self.units(&demand(&lines).unwrap_or_default())
    }

    /// What units of a SKU or of a bundle take of each SKU.
    pub(super) fn unpacked(&self, sku: &Sku, quantity: Quantity) -> Units {
        let of = |ware: &Ware| if ware.sku == *sku { i64::from(quantity.get()) } else { 0 };
        self.taken_by(&self.wares.iter().map(of).collect::<Vec<i64>>())
    }

    /// What the exchanges of a return take that are in a state.
    pub(super) fn exchanged(&self, found: &Return, state: ExchangeState) -> Units {
        found.exchanges_in(state).fold(Units::default(), |mut units, exchange| {
            add(&mut units, &self.unpacked(&exchange.sku, exchange.quantity));
            units
        })
    }

    fn units(&self, taken: &BTreeMap<&Sku, Quantity>) -> Units {
        let mut units = Units::default();
        for (units, ware) in units.iter_mut().zip(&self.wares) {
            *units = taken.get(&ware.sku).map_or(0, |quantity| quantity.get().into());
        }
        units
    }

    /// What an order wants, as the stock sees it.
    fn lines(&self, wanted: &[i64]) -> Vec<StockLine<'_>> {
        let lines = self.wares.iter().zip(wanted).filter_map(|(ware, units)| {
            let quantity = quantity_of(*units)?;
            let parts = ware.bundle.iter().flat_map(Bundle::parts).map(|part| (&part.sku, part.quantity)).collect();
            Some(StockLine { sku: &ware.sku, quantity, parts })
        });
        lines.collect()
    }

    /// The lines of which there is too little.
    pub(super) fn shortages(&self, wanted: &[i64]) -> Vec<Shortage> {
        let lines = self.lines(wanted);
        let total = |sku: &Sku| self.wares.iter().position(|ware| ware.sku == *sku).and_then(|at| self.totals.get(at));
        let left = left_for_each(&lines, |sku| total(sku).copied().map(Stock::available).unwrap_or_default());
        let short = lines.iter().zip(left).filter(|(line, left)| left.0 < line.quantity.get());
        short.map(|(line, available)| Shortage { sku: line.sku.clone(), available, limit: None }).collect()
    }

    /// Whether all of it is there.
    pub(super) fn has(&self, units: &Units) -> bool {
        self.after(units, Movement::reservation).is_some()
    }

    /// Moves units of each SKU, all of them or none.
    pub(super) fn apply(&mut self, units: &Units, movement: fn(Quantity) -> Movement) -> bool {
        let after = self.after(units, movement);
        self.totals = after.unwrap_or(self.totals);
        after.is_some()
    }

    fn after(&self, units: &Units, movement: fn(Quantity) -> Movement) -> Option<[Stock; MAX_SKUS]> {
        let mut totals = self.totals;
        for (total, units) in totals.iter_mut().zip(units) {
            if let Some(quantity) = quantity_of(*units) {
                *total = total.after(movement(quantity)).ok()?;
            }
        }
        Some(totals)
    }

    /// Allocates what is reserved, and chooses where it is sent from to a shopper.
    pub(super) fn allocate(&mut self, units: &Units, to: ShopperId) -> PlacedUnits {
        self.apply(units, Movement::allocation);
        let mut placed = PlacedUnits::default();
        if self.flaw == Some(Flaw::PlaceOverdrawn) {
            for (places, units) in placed.iter_mut().zip(units) {
                places[0] = *units;
            }
        } else if let Some(to) = address_at(home_of(to)) {
            let wanted = |(ware, units): (&Ware, &i64)| Some((ware.sku.clone(), quantity_of(*units)?));
            let wanted = self.wares.iter().zip(units).filter_map(wanted).collect();
            for part in allocate(&wanted, &self.depots(), &to) {
                let sku = self.wares.iter().position(|ware| ware.sku == part.sku);
                let location = self.locations.iter().position(|(id, _)| *id == part.location);
                if let (Some(sku), Some(location)) = (sku, location) {
                    placed[sku][location] += i64::from(part.quantity.get());
                }
            }
        }
        self.change(&placed, |place, units| place.allocated += units);
        placed
    }

    fn depots(&self) -> Vec<Depot> {
        let free = |at: usize| {
            let skus = self.wares.iter().zip(&self.places).zip(&self.totals);
            let free = skus.map(|((ware, places), total)| {
                let Place { on_hand, allocated } = places[at];
                (ware.sku.clone(), StockAt::new(*total, count(on_hand), count(allocated)).free())
            });
            free.collect()
        };
        let depot = |(at, (location, address)): (usize, &(LocationId, Option<Address>))| Depot {
            location: *location,
            address: address.clone(),
            free: free(at),
        };
        self.locations.iter().enumerate().map(depot).collect()
    }

    /// Units that were to be sent are not.
    pub(super) fn keep(&mut self, placed: &PlacedUnits, movement: fn(Quantity) -> Movement) {
        self.apply(&sums(placed), movement);
        if self.flaw != Some(Flaw::PlaceForgotten) {
            self.change(placed, |place, units| place.allocated -= units);
        }
    }

    /// Units leave.
    pub(super) fn send(&mut self, placed: &PlacedUnits) {
        self.apply(&sums(placed), Movement::dispatch);
        self.change(placed, |place, units| {
            place.on_hand -= units;
            place.allocated -= units;
        });
    }

    /// Units that were sent are there again.
    pub(super) fn take_back(&mut self, placed: &PlacedUnits) {
        self.apply(&sums(placed), Movement::returned);
        self.change(placed, |place, units| place.on_hand += units);
    }

    fn change(&mut self, placed: &PlacedUnits, change: impl Fn(&mut Place, i64)) {
        for (place, units) in self.places.iter_mut().flatten().zip(placed.iter().flatten()) {
            change(place, *units);
        }
    }
}

/// What is less than nothing is counted as nothing.
fn count(units: i64) -> u32 {
    u32::try_from(units).unwrap_or_default()
}

pub(super) fn quantity_of(units: i64) -> Option<Quantity> {
    count(units).try_into().ok()
}

pub(super) fn sku_of(number: usize) -> Option<Sku> {
    format!("sku-{number}").parse().ok()
}

/// The other way round.
pub(super) fn number_of(sku: &Sku) -> Option<usize> {
    sku.as_str().strip_prefix("sku-")?.parse().ok()
}

/// The location beside which a shopper lives.
pub(super) fn home_of(shopper: ShopperId) -> usize {
    usize::from(shopper.0) % MAX_LOCATIONS
}

fn bundle_of(sku: &Sku, parts: &Units) -> Option<Bundle> {
    let part =
        |(number, units): (usize, &i64)| Some(BundlePart { sku: sku_of(number)?, quantity: quantity_of(*units)? });
    Bundle::new(sku, parts.iter().enumerate().filter_map(part).collect()).ok()
}

const fn location_of(place: usize) -> LocationId {
    // The one that is always there is the first.
    LocationId::new(Uuid::from_u128(place as u128))
}

pub(super) fn address_at(place: usize) -> Option<Address> {
    let text = str::to_owned;
    let form = ContactForm {
        line1: text("1 High Street"),
        city: text("Town"),
        postcode: text(POSTCODES.get(place)?),
        country: text("GB"),
        ..ContactForm::default()
    };
    form.parse_address().ok()
}
