use std::fmt;

use super::chance::Chance;

/// SKUs with stock of their own.
pub(super) const MOST_SKUS: u8 = 3;
pub(super) const MAX_SKUS: usize = MOST_SKUS as usize;
const MOST_LOCATIONS: u8 = 3;
pub(super) const MAX_LOCATIONS: usize = MOST_LOCATIONS as usize;
const MAX_BUNDLES: u8 = 2;
const MAX_PART_UNITS: u8 = 2;
const PART_PERCENT: u8 = 60;

/// Units of each SKU.
pub(super) type Units = [i64; MAX_SKUS];
/// Units of each SKU at each location.
pub(super) type PlacedUnits = [[i64; MAX_LOCATIONS]; MAX_SKUS];

/// What there is to be sold: SKUs, and after them bundles of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Goods {
    /// How many SKUs have stock of their own.
    pub(super) skus: usize,
    /// How many locations there are.
    pub(super) locations: usize,
    pub(super) stock: PlacedUnits,
    /// What each bundle takes.
    pub(super) bundles: Vec<Units>,
}

impl Goods {
    /// Spreads units over locations, and makes bundles of some.
    pub(super) fn by_chance(units: &[i64], chance: &mut Chance) -> Self {
        let locations = 1 + chance.below(MOST_LOCATIONS);
        let mut stock = PlacedUnits::default();
        for (places, units) in stock.iter_mut().zip(units) {
            for _ in 0..*units {
                places[usize::from(chance.below(locations))] += 1;
            }
        }
        let bundles = (0..chance.below(MAX_BUNDLES + 1)).map(|_| bundle(units.len(), chance)).collect();
        Self { skus: units.len(), locations: locations.into(), stock, bundles }
    }

    /// What lines take of each SKU, each line of a SKU or of a bundle.
    pub(super) fn taken_by(&self, wanted: &[i64]) -> Units {
        let (alone, bundled) = wanted.split_at(self.skus.min(wanted.len()));
        let mut units = Units::default();
        add(&mut units, alone);
        for (bundle, bundles) in self.bundles.iter().zip(bundled) {
            add(&mut units, &bundle.map(|each| each * bundles));
        }
        units
    }
}

fn bundle(skus: usize, chance: &mut Chance) -> Units {
    let mut parts = Units::default();
    for units in parts.iter_mut().take(skus) {
        if chance.percent(PART_PERCENT) {
            *units = i64::from(1 + chance.below(MAX_PART_UNITS));
        }
    }
    if parts == Units::default() {
        parts[0] = 1;
    }
    parts
}

/// Units at all locations.
pub(super) fn sums(placed: &PlacedUnits) -> Units {
    placed.map(|places| places.iter().sum())
}

pub(super) fn add(to: &mut [i64], units: &[i64]) {
    for (to, units) in to.iter_mut().zip(units) {
        *to += units;
    }
}

pub(super) fn subtract(from: &mut [i64], units: &[i64]) {
    for (from, units) in from.iter_mut().zip(units) {
        *from -= units;
    }
}

impl fmt::Display for Goods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stock: Vec<_> = self.stock.iter().take(self.skus).map(|places| &places[..self.locations]).collect();
        let bundles: Vec<_> = self.bundles.iter().map(|parts| &parts[..self.skus]).collect();
        write!(f, "units in stock at each location {stock:?}, in bundles {bundles:?}")
    }
}
