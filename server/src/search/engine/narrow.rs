//! Filters, made ready to be asked of many documents.

use domain::catalog::listing::FacetKind;

use super::Filters;
use super::columns::{Columns, Row};
use super::register::{Register, Value};

pub(super) const CATEGORY: u64 = 1;
pub(super) const BRAND: u64 = 1 << 1;
pub(super) const PRICE: u64 = 1 << 2;
pub(super) const RATING: u64 = 1 << 3;
pub(super) const AVAILABLE: u64 = 1 << 4;
pub(super) const SELLER: u64 = 1 << 5;
pub(super) const DELIVERY: u64 = 1 << 6;
const FIRST_FACT: u32 = 7;
/// Names of facts that one question may filter by.
const MAX_FACT_NAMES: usize = 50;

/// Filters in the numbers of the [`Register`].
#[derive(Debug, Default)]
pub(super) struct Narrowing {
    /// Whether a category is admitted, by number.
    category: Option<Vec<bool>>,
    brands: Option<Vec<u32>>,
    sellers: Option<Vec<u32>>,
    price: Option<(u64, u64)>,
    rating: Option<u64>,
    available: bool,
    free_delivery: bool,
    /// The name's index, and the numbers of the facts that are admitted.
    facts: Vec<(Option<usize>, Vec<u32>)>,
    whole: Option<FacetKind>,
}

impl Narrowing {
    pub(super) fn new(filters: &Filters, register: &Register) -> Self {
        let category = filters.category.as_ref().map(|wanted| {
            let within = |value: &Value| match value {
                Value::Category(lineage) => lineage.contains(wanted),
                _ => false,
            };
            register.values().iter().map(within).collect()
        });
        let brands = filters.brands.iter().filter_map(|brand| register.find_brand(brand));
        let sellers = filters.sellers.iter().filter_map(|seller| register.find_seller(seller));
        let facts = filters.facts.iter().filter(|(_, values)| !values.is_empty()).take(MAX_FACT_NAMES);
        let facts = facts.map(|(name, values)| {
            let admitted = values.iter().filter_map(|value| register.find_fact(name, value));
            (register.find_fact_name(name), admitted.collect())
        });
        let has_price = filters.price_from.is_some() || filters.price_to.is_some();
        Self {
            category,
            brands: (!filters.brands.is_empty()).then(|| brands.collect()),
            sellers: (!filters.sellers.is_empty()).then(|| sellers.collect()),
            price: has_price.then(|| {
                let from = filters.price_from.map_or(0, domain::pricing::PriceLimit::ten_thousandths);
                (from, filters.price_to.map_or(u64::MAX, domain::pricing::PriceLimit::ten_thousandths))
            }),
            rating: filters.rating_from_hundredths.map(u64::from),
            available: filters.available_only,
            free_delivery: filters.free_delivery_only,
            facts: facts.collect(),
            whole: filters.whole.clone(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let none = self.category.is_none() && self.brands.is_none() && self.sellers.is_none() && self.price.is_none();
        none && self.rating.is_none() && !self.available && !self.free_delivery && self.facts.is_empty()
    }

    /// The filters that a document fails, as bits; 0 when it passes all.
    pub(super) fn failed(&self, columns: &Columns, doc: u32, row: Row) -> u64 {
        let mut failed = 0;
        let mut fail = |bit: u64, fails: bool| failed |= if fails { bit } else { 0 };
        if let Some(within) = &self.category {
            fail(CATEGORY, !within.get(row.category() as usize).is_some_and(|is_within| *is_within));
        }
        if let Some(brands) = &self.brands {
            fail(BRAND, !brands.contains(&row.brand()));
        }
        if let Some(sellers) = &self.sellers {
            fail(SELLER, !sellers.contains(&row.seller()));
        }
        if let Some((from, to)) = self.price {
            let price = columns.price.get_val(doc);
            fail(PRICE, price == 0 || !(from..=to).contains(&price));
        }
        if let Some(least) = self.rating {
            fail(RATING, columns.rating.get_val(doc) < least);
        }
        fail(AVAILABLE, self.available && !row.shown().available);
        fail(DELIVERY, self.free_delivery && !row.shown().free_delivery);
        for (bit, (_, admitted)) in (FIRST_FACT..).zip(&self.facts) {
            fail(1 << bit, !row.facts().any(|fact| admitted.contains(&fact)));
        }
        failed
    }

    /// The name of the facts that a single failed bit filters by.
    pub(super) fn fact_name(&self, failed: u64) -> Option<usize> {
        let index = failed.trailing_zeros().checked_sub(FIRST_FACT)?;
        self.facts.get(index as usize).and_then(|(name, _)| *name)
    }

    /// The facet whose values are all wanted.
    pub(super) const fn whole(&self) -> Option<&FacetKind> {
        self.whole.as_ref()
    }

    /// The brands, sellers and facts that were chosen.
    pub(super) fn chosen(&self) -> Vec<u32> {
        let named = self.brands.iter().chain(&self.sellers).chain(self.facts.iter().map(|(_, admitted)| admitted));
        named.flatten().copied().collect()
    }

    pub(super) fn admits_brand(&self, brand: u32) -> bool {
        self.brands.as_ref().is_some_and(|brands| brands.contains(&brand))
    }

    pub(super) fn admits_seller(&self, seller: u32) -> bool {
        self.sellers.as_ref().is_some_and(|sellers| sellers.contains(&seller))
    }

    pub(super) fn admits_fact(&self, fact: u32) -> bool {
        self.facts.iter().any(|(_, admitted)| admitted.contains(&fact))
    }
}
