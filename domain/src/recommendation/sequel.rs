use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::basket::{Basket, Faded, ItemNumber};
use super::counts::{CoBuying, Count, ordered};
use super::link::{Link, MIN_CUSTOMERS_TOLD};

/// A customer, by any number that is always theirs; a hash does best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerNumber(pub u64);

/// What customers bought after something else, in a later order. A customer counts once for two items, however
/// often they came, and orders may be taken in and out in any order: what is counted is always what the purchases
/// say that are kept.
#[derive(Debug, Clone, Default)]
pub struct Sequels {
    /// The newest purchases of each customer, in the order of time.
    customers: HashMap<CustomerNumber, Box<[Purchase]>>,
    /// The customers by their last purchase: who came least lately is forgotten first.
    by_last: BTreeSet<(i64, CustomerNumber)>,
    rows: Vec<Row>,
}

/// An item of one order; in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Purchase {
    at_ms: i64,
    item: ItemNumber,
}

/// When a customer bought an item for the first and for the last time, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first_ms: i64,
    last_ms: i64,
}

type Spans = BTreeMap<ItemNumber, Span>;

/// Everything that is known of one item.
#[derive(Debug, Clone, Default)]
struct Row {
    /// Customers who bought it.
    own: Count,
    /// Customers who bought it after another one, in the order of the other one's number.
    after: Vec<(ItemNumber, Count)>,
}

impl Sequels {
    /// Purchases that are kept for one customer, the newest.
    pub const MAX_PURCHASES: usize = 32;
    /// Larger orders are wholesale lists, whose sequels say little and are many.
    pub const MAX_BASKET_ITEMS: usize = 24;
    /// Customers whose purchases are kept: some hundred bytes each.
    pub const MAX_CUSTOMERS: usize = 200_000;
    /// Pairs that are kept for one item, the closest ones; twice as many before the others go.
    const MAX_PAIRS: usize = 128;
    /// So many customers have to have bought an item before half of what they bought next is believed.
    const RIDGE_CUSTOMERS: f32 = 10.0;

    /// Takes an order in, and answers to which items something changed. The work is bounded by what is kept.
    pub fn count(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber) -> BTreeSet<ItemNumber> {
        if basket.items().len() > Self::MAX_BASKET_ITEMS {
            return BTreeSet::new();
        }
        let at_ms = at.as_millisecond();
        let bought = basket.items().iter().map(|item| Purchase { at_ms, item: *item });
        let purchases: BTreeSet<Purchase> = self.purchases(customer).iter().copied().chain(bought).collect();
        let surplus = purchases.len().saturating_sub(Self::MAX_PURCHASES);
        let mut touched = self.keep(customer, purchases.into_iter().skip(surplus).collect());
        while self.customers.len() > Self::MAX_CUSTOMERS {
            let Some((_, least_lately)) = self.by_last.first().copied() else { break };
            touched.extend(self.keep(least_lately, Box::default()));
        }
        touched
    }

    /// Takes an order out that was taken in, and answers to which items something changed.
    pub fn uncount(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber) -> BTreeSet<ItemNumber> {
        let at_ms = at.as_millisecond();
        let is_left = |purchase: &Purchase| purchase.at_ms != at_ms || !basket.items().contains(&purchase.item);
        let left = self.purchases(customer).iter().copied().filter(is_left).collect();
        self.keep(customer, left)
    }

    /// The edges that lead to an item from those that were bought before it, the strongest first. What only a few
    /// customers did is no edge, and what they did no more often than others bought the item is none either.
    pub fn links(&self, into: ItemNumber) -> Vec<Link> {
        let Some(row) = self.rows.get(into.index()) else { return Vec::new() };
        let told = row.after.iter().filter(|(_, both)| both.times >= MIN_CUSTOMERS_TOLD);
        let mut links: Vec<Link> = told.filter_map(|(from, both)| self.link(*from, row, *both)).collect();
        links.sort_by_key(|link| Reverse(ordered(link.strength)));
        links.truncate(CoBuying::MAX_LINKS);
        links
    }

    /// The share of an item's customers who bought the other one later, by as much as that is above the share of
    /// all customers who bought the other one.
    fn link(&self, from: ItemNumber, into: &Row, both: Count) -> Option<Link> {
        let source = self.rows.get(from.index())?.own;
        // Counts of customers: `f32` is exact enough to be told.
        #[allow(clippy::cast_precision_loss)]
        let (both_times, times, own, all) =
            (both.times as f32, source.times as f32, into.own.times as f32, self.customers.len() as f32);
        let lift = both_times * all / (times * own).max(f32::MIN_POSITIVE);
        if lift <= 1.0 || source.weight <= 0.0 {
            return None;
        }
        let share = (both.weight / source.weight).min(1.0) * times / (times + Self::RIDGE_CUSTOMERS);
        let strength = share * (1.0 - lift.recip());
        (strength > 0.0).then_some(Link { from, strength, orders: both.times, lift })
    }

    /// The items that were bought after something.
    pub fn items(&self) -> impl Iterator<Item = ItemNumber> {
        (0..).map(ItemNumber).zip(&self.rows).filter(|(_, row)| !row.after.is_empty()).map(|(item, _)| item)
    }

    fn purchases(&self, customer: CustomerNumber) -> &[Purchase] {
        self.customers.get(&customer).map_or(&[][..], |purchases| purchases)
    }

    /// Replaces the purchases of a customer, and counts what that changes.
    fn keep(&mut self, customer: CustomerNumber, purchases: Box<[Purchase]>) -> BTreeSet<ItemNumber> {
        let former = self.customers.remove(&customer).unwrap_or_default();
        if let Some(last) = former.last() {
            self.by_last.remove(&(last.at_ms, customer));
        }
        let (before, now) = (spans(&former), spans(&purchases));
        if let Some(last) = purchases.last() {
            self.by_last.insert((last.at_ms, customer));
            self.customers.insert(customer, purchases);
        }
        self.recount(&before, &now)
    }

    fn recount(&mut self, before: &Spans, now: &Spans) -> BTreeSet<ItemNumber> {
        let all: BTreeSet<ItemNumber> = before.keys().chain(now.keys()).copied().collect();
        let Some(last) = all.last() else { return all };
        if self.rows.len() <= last.index() {
            self.rows.resize_with(last.index() + 1, Row::default);
        }
        let is_changed = |item: &ItemNumber| before.get(item) != now.get(item);
        let mut touched = BTreeSet::new();
        for item in all.iter().filter(|item| is_changed(item)) {
            let bought_ms = |spans: &Spans| spans.get(item).map(|span| span.last_ms);
            replace(&mut self.rows[item.index()].own, bought_ms(before), bought_ms(now));
            // Of two that changed, the lesser one sees to both.
            for other in all.iter().filter(|other| *other != item && !(is_changed(other) && *other < item)) {
                for (from, into) in [(*item, *other), (*other, *item)] {
                    let (then, next) = (later_ms(before, from, into), later_ms(now, from, into));
                    if then != next {
                        self.replace_pair(from, into, then, next);
                        touched.insert(into);
                    }
                }
            }
        }
        touched
    }

    fn replace_pair(&mut self, from: ItemNumber, into: ItemNumber, then: Option<i64>, next: Option<i64>) {
        let after = &mut self.rows[into.index()].after;
        match (after.binary_search_by_key(&from, |(other, _)| *other), next) {
            (Ok(place), _) => {
                replace(&mut after[place].1, then, next);
                if after[place].1.times == 0 {
                    after.remove(place);
                }
            }
            (Err(place), Some(_)) => {
                let mut count = Count::default();
                replace(&mut count, None, next);
                after.insert(place, (from, count));
                if after.len() > 2 * Self::MAX_PAIRS {
                    self.prune(into);
                }
            }
            // It was forgotten.
            (Err(_), None) => {}
        }
    }

    /// Forgets what is the least close to an item.
    fn prune(&mut self, into: ItemNumber) {
        let mut after = std::mem::take(&mut self.rows[into.index()].after);
        let closeness = |(from, both): &(ItemNumber, Count)| {
            let own = self.rows.get(from.index()).map_or(0.0, |row| row.own.weight);
            ordered(both.weight / own.max(f32::MIN_POSITIVE).sqrt())
        };
        after.sort_by_cached_key(|pair| Reverse(closeness(pair)));
        after.truncate(Self::MAX_PAIRS);
        after.sort_unstable_by_key(|(from, _)| *from);
        self.rows[into.index()].after = after;
    }
}

fn spans(purchases: &[Purchase]) -> Spans {
    let mut spans = Spans::new();
    // In the order of time.
    for Purchase { at_ms, item } in purchases {
        spans.entry(*item).or_insert(Span { first_ms: *at_ms, last_ms: *at_ms }).last_ms = *at_ms;
    }
    spans
}

/// When an item was bought the last time, where that was after another one.
fn later_ms(spans: &Spans, from: ItemNumber, into: ItemNumber) -> Option<i64> {
    let (first, last) = (spans.get(&from)?.first_ms, spans.get(&into)?.last_ms);
    (first < last).then_some(last)
}

/// Counts a customer by another moment than before.
fn replace(count: &mut Count, then: Option<i64>, next: Option<i64>) {
    let weight = |at_ms: i64| Faded::at(Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH)).get();
    if let Some(next) = next {
        count.add(weight(next));
    }
    if let Some(then) = then {
        count.take(weight(then));
    }
}

#[cfg(test)]
mod tests;
