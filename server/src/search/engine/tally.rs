//! Counting the facets of a set of results.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::catalog::listing::{FacetKind, MAX_ATTRIBUTE_FACETS, MAX_FACET_VALUES, MAX_WHOLE_FACET_VALUES};
use domain::catalog::{AttributeName, AttributeText, CategoryId};

use super::answer::{Bar, CategoryCount, Facets, FactFacet, Histogram, ValueCount};
use super::columns::{Columns, Row};
use super::narrow::{self, Narrowing};
use super::register::{Register, Value};
use super::schema::{BARS, Shown, bar_from};

/// Counts that grow document by document.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    narrowing: &'a Narrowing,
    /// By number in the register.
    values: Vec<u32>,
    /// Documents that pass all filters, by what [`Shown`] packs.
    shown: Vec<u32>,
    /// Those that only the filter by price or by rating stops, by bar and by stars.
    failed_bars: [u32; BARS + 1],
    failed_stars: [u32; MAX_STARS + 1],
    lowest_bar: u8,
    highest_bar: u8,
    lowest: u64,
    highest: u64,
}

/// What the bits of [`Shown`] have room for.
const MAX_STARS: usize = 7;

/// A value that was found: its count, its number, and whether it was chosen.
struct Counted<'a, T> {
    value: &'a T,
    number: u32,
    count: u32,
    chosen: bool,
}

impl<'a> Tally<'a> {
    pub(super) fn new(narrowing: &'a Narrowing, register: &Register) -> Self {
        Self {
            narrowing,
            values: vec![0; register.values().len()],
            shown: vec![0; Shown::PACKED],
            failed_bars: [0; BARS + 1],
            failed_stars: [0; MAX_STARS + 1],
            lowest_bar: u8::MAX,
            highest_bar: 0,
            lowest: u64::MAX,
            highest: 0,
        }
    }

    /// Counts a document that passes all filters.
    #[inline]
    pub(super) fn add(&mut self, columns: &Columns, doc: u32, row: Row) {
        let values = self.values.as_mut_slice();
        row.each_number(|number| count(values, number));
        count(&mut self.shown, usize::from(row.packed()));
        self.see_price(row.shown().bar, doc, columns);
    }

    /// Counts a document that fails these filters: a single one in that filter's own facet.
    pub(super) fn add_failed(&mut self, columns: &Columns, doc: u32, row: Row, failed: u64, register: &Register) {
        let shown = row.shown();
        match failed {
            narrow::CATEGORY => count(&mut self.values, row.category() as usize),
            narrow::BRAND => count(&mut self.values, row.brand() as usize),
            narrow::SELLER => count(&mut self.values, row.seller() as usize),
            narrow::PRICE => {
                count(&mut self.failed_bars, usize::from(shown.bar));
                self.see_price(shown.bar, doc, columns);
            }
            narrow::RATING => count(&mut self.failed_stars, usize::from(shown.stars)),
            // What is not available is not counted as available, filter or not.
            narrow::AVAILABLE | narrow::DELIVERY => {}
            one if one.is_power_of_two() => {
                let wanted = self.narrowing.fact_name(one);
                let is_of_name = |fact: &u32| match register.value(*fact) {
                    Value::Fact { name, .. } => Some(*name) == wanted,
                    _ => false,
                };
                row.facts().filter(is_of_name).for_each(|fact| count(&mut self.values, fact as usize));
            }
            _ => {}
        }
    }

    /// Only what may be the lowest or the highest is looked at exactly.
    #[inline]
    fn see_price(&mut self, bar: u8, doc: u32, columns: &Columns) {
        if (bar <= self.lowest_bar || bar >= self.highest_bar) && bar > 0 {
            let price = columns.price.get_val(doc);
            self.lowest = self.lowest.min(price);
            self.highest = self.highest.max(price);
            self.lowest_bar = self.lowest_bar.min(bar);
            self.highest_bar = self.highest_bar.max(bar);
        }
    }

    pub(super) fn finish(&self, register: &Register) -> Facets {
        let (mut bars, mut stars) = (self.failed_bars, self.failed_stars);
        let (mut available, mut free_delivery) = (0, 0);
        for (packed, found) in (0..).zip(&self.shown).filter(|(_, found)| **found > 0) {
            let shown = Shown::unpacked(packed);
            bars[usize::from(shown.bar).min(BARS)] += found;
            stars[usize::from(shown.stars)] += found;
            available += if shown.available { *found } else { 0 };
            free_delivery += if shown.free_delivery { *found } else { 0 };
        }
        let (mut categories, mut facts) = (BTreeMap::new(), Vec::new());
        let (mut brands, mut sellers) = (Vec::new(), Vec::new());
        facts.resize_with(register.fact_names(), Vec::new);
        // What was chosen stays, also where the other filters leave nothing of it.
        let chosen = self.narrowing.chosen();
        let is_shown = |number: u32, found: u32| found > 0 || chosen.contains(&number);
        for (number, found) in (0..).zip(&self.values).filter(|(number, found)| is_shown(*number, **found)) {
            match register.value(number) {
                // Each category counts what is below it too.
                Value::Category(lineage) => {
                    for category in lineage {
                        *categories.entry(category).or_default() += found;
                    }
                }
                Value::Brand(value) => {
                    let chosen = self.narrowing.admits_brand(number);
                    brands.push(Counted { value, number, count: *found, chosen });
                }
                Value::Seller(value) => {
                    let chosen = self.narrowing.admits_seller(number);
                    sellers.push(Counted { value, number, count: *found, chosen });
                }
                Value::Fact { name, text } => {
                    let chosen = self.narrowing.admits_fact(number);
                    facts[*name].push(Counted { value: text, number, count: *found, chosen });
                }
                Value::Nothing => {}
            }
        }
        let whole = self.narrowing.whole();
        let (brands, more_brands) = most(brands, whole == Some(&FacetKind::Brand));
        let (sellers, more_sellers) = most(sellers, whole == Some(&FacetKind::Seller));
        Facets {
            categories: category_counts(categories),
            brands,
            more_brands,
            sellers,
            more_sellers,
            facts: fact_facets(facts, register, whole),
            prices: (self.lowest <= self.highest).then(|| Histogram {
                lowest_ten_thousandths: self.lowest,
                highest_ten_thousandths: self.highest,
                bars: (1..)
                    .zip(&bars[1..])
                    .filter(|(_, count)| **count > 0)
                    .map(|(bar, count): (usize, _)| Bar { from_ten_thousandths: bar_from(bar - 1), count: *count })
                    .collect(),
            }),
            // At least 1, 2, 3 and 4 stars.
            ratings: [1, 2, 3, 4].map(|least: usize| stars[least..].iter().sum()),
            available,
            free_delivery,
        }
    }
}

#[inline]
fn count(counts: &mut [u32], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}

fn category_counts(counts: BTreeMap<&CategoryId, u32>) -> Vec<CategoryCount> {
    counts.into_iter().map(|(id, count)| CategoryCount { id: id.clone(), count }).collect()
}

/// The facts that reach most of the results, each with its values; one that all share tells nothing.
fn fact_facets(
    facts: Vec<Vec<Counted<AttributeText>>>,
    register: &Register,
    whole: Option<&FacetKind>,
) -> Vec<FactFacet> {
    let is_whole = |name: &AttributeName| matches!(whole, Some(FacetKind::Attribute { name: whole }) if whole == name);
    let mut named: Vec<_> = facts
        .into_iter()
        .enumerate()
        .filter_map(|(index, values)| {
            let chosen = values.iter().any(|value| value.chosen);
            let reached: u64 = values.iter().map(|value| u64::from(value.count)).sum();
            let name = register.fact_name(index)?;
            (values.len() > 1 || chosen).then_some((Reverse((chosen || is_whole(name), reached)), name, values))
        })
        .collect();
    named.sort_by_key(|(reach, name, _)| (*reach, *name));
    named.truncate(MAX_ATTRIBUTE_FACETS);
    let facet = |(_, name, values): (_, &AttributeName, _)| {
        let (values, more) = most(values, is_whole(name));
        FactFacet { name: name.clone(), values, more }
    };
    named.into_iter().map(facet).collect()
}

/// The chosen values and the most frequent others, and how many are left out.
fn most<T: Clone>(mut found: Vec<Counted<T>>, is_whole: bool) -> (Vec<ValueCount<T>>, u32) {
    let order = |value: &Counted<T>| (Reverse(value.chosen), Reverse(value.count), value.number);
    let room = if is_whole { MAX_WHOLE_FACET_VALUES } else { MAX_FACET_VALUES };
    let kept = room.max(found.iter().filter(|value| value.chosen).count());
    let more = u32::try_from(found.len().saturating_sub(kept)).unwrap_or(u32::MAX);
    if found.len() > kept {
        found.select_nth_unstable_by_key(kept, order);
        found.truncate(kept);
    }
    found.sort_unstable_by_key(order);
    let shown = |Counted { value, count, chosen, .. }: Counted<T>| ValueCount { value: value.clone(), count, chosen };
    (found.into_iter().map(shown).collect(), more)
}
