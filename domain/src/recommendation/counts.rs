use super::basket::{Basket, Faded, ItemNumber};
use super::shoppers::Shoppers;

/// How often something happened: an item was bought, or two items together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Count {
    pub(super) times: u32,
    /// The times with their fading and their evidence.
    pub(super) weight: f32,
}

impl Count {
    pub(super) fn add(&mut self, weight: f32) {
        self.times = self.times.saturating_add(1);
        self.weight += weight;
    }

    pub(super) fn take(&mut self, weight: f32) {
        self.times = self.times.saturating_sub(1);
        self.weight = if self.times == 0 { 0.0 } else { (self.weight - weight).max(0.0) };
    }
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    other: ItemNumber,
    count: Count,
    shoppers: Shoppers,
}

/// Everything that is known of one item.
#[derive(Debug, Clone, Default)]
struct Row {
    own: Count,
    /// In the order of the other item's number.
    pairs: Vec<Pair>,
}

impl Row {
    fn find(&self, other: ItemNumber) -> Option<Count> {
        let place = self.pairs.binary_search_by_key(&other, |pair| pair.other).ok()?;
        Some(self.pairs[place].count)
    }
}

/// An item that was bought together with another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    pub item: ItemNumber,
    /// Orders with both.
    pub orders: u32,
    /// At least so many different customers placed them.
    pub customers: u32,
    /// The cosine of the angle between the two items' orders, 0 to 1 (Linden, Smith, York,
    /// "Amazon.com Recommendations: Item-to-Item Collaborative Filtering", 2003).
    pub cosine: f32,
    /// How many times as often as chance would have it; above 1 they attract each other.
    pub lift: f32,
}

/// Counts of what was bought, alone and together, up to a bounded number of pairs for each item.
#[derive(Debug, Clone)]
pub struct CoBuying {
    rows: Vec<Row>,
    max_pairs: usize,
    /// The sum of all weights, and of their squares.
    weight: f64,
    squared_weight: f64,
    orders: u32,
}

impl Default for CoBuying {
    fn default() -> Self {
        Self::new(Self::MAX_PAIRS)
    }
}

impl CoBuying {
    /// Pairs that are kept for one item, the closest ones; twice as many before the others go.
    pub const MAX_PAIRS: usize = 512;

    /// `max_pairs` bounds the memory: an item keeps at most twice as many, of 16 bytes each.
    pub const fn new(max_pairs: usize) -> Self {
        Self { rows: Vec::new(), max_pairs, weight: 0.0, squared_weight: 0.0, orders: 0 }
    }

    /// Takes an order of somebody in. The work is bounded by [`super::MAX_BASKET_ITEMS`] and by the pairs kept.
    pub fn count(&mut self, basket: &Basket, weight: Faded, shopper: Shoppers) {
        let weight = weight.get();
        let items = basket.items();
        let Some(last) = items.last() else { return };
        if self.rows.len() <= last.index() {
            self.rows.resize_with(last.index() + 1, Row::default);
        }
        self.orders = self.orders.saturating_add(1);
        for item in items {
            self.weight += f64::from(weight);
            self.squared_weight += f64::from(weight) * f64::from(weight);
            self.rows[item.index()].own.add(weight);
        }
        for item in items {
            self.count_row(*item, items, weight, shopper);
        }
    }

    /// Takes an order of somebody out that was taken in with the same weight.
    pub fn uncount(&mut self, basket: &Basket, weight: Faded, shopper: Shoppers) {
        let weight = weight.get();
        let items = basket.items();
        self.orders = self.orders.saturating_sub(1);
        for item in items {
            let Some(row) = self.rows.get_mut(item.index()) else { continue };
            self.weight = (self.weight - f64::from(weight)).max(0.0);
            self.squared_weight = (self.squared_weight - f64::from(weight) * f64::from(weight)).max(0.0);
            row.own.take(weight);
            for other in items.iter().filter(|other| *other != item) {
                if let Ok(place) = row.pairs.binary_search_by_key(other, |pair| pair.other) {
                    let pair = &mut row.pairs[place];
                    pair.count.take(weight);
                    pair.shoppers = pair.shoppers.without(shopper);
                    if pair.count.times == 0 {
                        row.pairs.remove(place);
                    }
                }
            }
        }
    }

    fn count_row(&mut self, item: ItemNumber, items: &[ItemNumber], weight: f32, shopper: Shoppers) {
        let pairs = &mut self.rows[item.index()].pairs;
        for other in items.iter().filter(|other| **other != item) {
            let place = match pairs.binary_search_by_key(other, |pair| pair.other) {
                Ok(place) => place,
                Err(place) => {
                    pairs.insert(place, Pair { other: *other, count: Count::default(), shoppers: Shoppers::UNKNOWN });
                    place
                }
            };
            pairs[place].count.add(weight);
            pairs[place].shoppers = pairs[place].shoppers.and(shopper);
        }
        if pairs.len() > 2 * self.max_pairs {
            self.prune(item);
        }
    }

    /// Forgets the pairs of an item that are the least close.
    fn prune(&mut self, item: ItemNumber) {
        let mut pairs = std::mem::take(&mut self.rows[item.index()].pairs);
        pairs.sort_by_cached_key(|pair| std::cmp::Reverse(ordered(self.closeness(item, pair))));
        pairs.truncate(self.max_pairs);
        pairs.sort_unstable_by_key(|pair| pair.other);
        self.rows[item.index()].pairs = pairs;
    }

    /// One more than the greatest number that was counted.
    pub fn items(&self) -> usize {
        self.rows.len()
    }

    /// Orders that were counted.
    pub const fn orders(&self) -> u32 {
        self.orders
    }

    /// Orders with the item.
    pub fn orders_of(&self, item: ItemNumber) -> u32 {
        self.rows.get(item.index()).map_or(0, |row| row.own.times)
    }

    /// The items bought together with one, without an order.
    pub fn neighbours(&self, item: ItemNumber) -> impl Iterator<Item = Neighbour> {
        let row = self.rows.get(item.index());
        row.into_iter().flat_map(move |row| row.pairs.iter().map(move |pair| self.neighbour(item, pair)))
    }

    fn neighbour(&self, item: ItemNumber, pair: &Pair) -> Neighbour {
        let chance =
            f64::from(self.orders_of(item)) * f64::from(self.orders_of(pair.other)) / f64::from(self.orders.max(1));
        // A ratio of counts of orders: `f32` is exact enough to be told.
        #[allow(clippy::cast_possible_truncation)]
        let lift = (f64::from(pair.count.times) / chance.max(f64::MIN_POSITIVE)) as f32;
        Neighbour {
            item: pair.other,
            orders: pair.count.times,
            // What was forgotten of a pair, or whose an order is, is not known when it is taken out.
            customers: pair.shoppers.at_least().min(pair.count.times),
            cosine: self.closeness(item, pair),
            lift,
        }
    }

    fn closeness(&self, item: ItemNumber, pair: &Pair) -> f32 {
        let own = |item: ItemNumber| self.rows[item.index()].own.weight;
        // The roots apart: the product of two weights may leave the range.
        let length = own(item).sqrt() * own(pair.other).sqrt();
        if length > 0.0 { (pair.count.weight / length).min(1.0) } else { 0.0 }
    }

    /// Weight of the orders with one item.
    pub(super) fn weight_of(&self, item: ItemNumber) -> f32 {
        self.rows.get(item.index()).map_or(0.0, |row| row.own.weight)
    }

    /// Weight of the orders with both items; a pair that one of them forgot may be known to the other.
    pub(super) fn weight_of_both(&self, one: ItemNumber, other: ItemNumber) -> f32 {
        let count = self.rows.get(one.index()).and_then(|row| row.find(other));
        let count = count.or_else(|| self.rows.get(other.index()).and_then(|row| row.find(one)));
        count.unwrap_or_default().weight
    }

    /// What one purchase of an item weighs, seen from the orders that weigh most: an average in
    /// which each weight counts by itself, so that it keeps up with fading.
    pub(super) fn typical_weight(&self) -> f32 {
        // Between the smallest and the largest weight, which are `f32`.
        #[allow(clippy::cast_possible_truncation)]
        let typical = (self.squared_weight / self.weight.max(f64::MIN_POSITIVE)) as f32;
        typical
    }
}

/// Orders floats; none here is not a number.
pub(super) fn ordered(value: f32) -> u32 {
    // For floats that are not negative the bits stand in the same order.
    value.max(0.0).to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn basket(items: &[u32]) -> Basket {
        Basket::new(items.iter().copied().map(ItemNumber)).unwrap()
    }

    fn find(counts: &CoBuying, one: u32, other: u32) -> Option<Neighbour> {
        counts.neighbours(ItemNumber(one)).find(|neighbour| neighbour.item == ItemNumber(other))
    }

    #[test]
    fn a_neighbour_tells_orders_cosine_and_lift() {
        let mut counts = CoBuying::default();
        for items in [&[0, 1][..], &[0, 1], &[0], &[2], &[2], &[2]] {
            counts.count(&basket(items), Faded::NEVER, Shoppers::UNKNOWN);
        }
        let found = find(&counts, 0, 1).unwrap();
        assert_eq!(found.orders, 2);
        assert!((found.cosine - 2.0 / 6_f32.sqrt()).abs() < 1e-6);
        // 2 orders where 3 × 2 ÷ 6 = 1 was to be expected.
        assert!((found.lift - 2.0).abs() < 1e-6);
        assert_eq!(find(&counts, 0, 2), None);
        assert_eq!(counts.neighbours(ItemNumber(77)).count(), 0);
    }

    #[test]
    fn an_item_keeps_its_closest_pairs() {
        let mut counts = CoBuying::new(2);
        for other in [1, 1, 2, 2, 3, 4, 5] {
            counts.count(&basket(&[0, other]), Faded::NEVER, Shoppers::UNKNOWN);
        }
        let kept: Vec<u32> = counts.neighbours(ItemNumber(0)).map(|neighbour| neighbour.item.0).collect();
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept.contains(&1) && kept.contains(&2), "{kept:?}");
        // What the popular one forgot, the other one still knows.
        assert!(counts.weight_of_both(ItemNumber(0), ItemNumber(3)) > 0.0);
    }

    proptest! {
        #[test]
        fn what_is_taken_out_leaves_what_was_there_before_and_nobody_who_left(
            kept in prop::collection::vec((prop::collection::vec(0_u32..5, 1..5), 0_u64..12), 1..20),
            undone in prop::collection::vec((prop::collection::vec(0_u32..5, 1..5), 0_u64..12), 1..20),
        ) {
            let mut counts = CoBuying::default();
            let mut expected = CoBuying::default();
            for (items, customer) in &kept {
                expected.count(&basket(items), Faded::NEVER, Shoppers::one(*customer));
            }
            for (items, customer) in kept.iter().chain(&undone) {
                counts.count(&basket(items), Faded::NEVER, Shoppers::one(*customer));
            }
            for (items, customer) in &undone {
                counts.uncount(&basket(items), Faded::NEVER, Shoppers::one(*customer));
            }
            prop_assert_eq!(counts.orders(), expected.orders());
            for item in (0..5).map(ItemNumber) {
                let found: Vec<Neighbour> = counts.neighbours(item).collect();
                let expected: Vec<Neighbour> = expected.neighbours(item).collect();
                prop_assert_eq!(found.len(), expected.len());
                for (found, expected) in found.into_iter().zip(expected) {
                    prop_assert!(found.customers <= expected.customers, "{:?} {:?}", found, expected);
                    prop_assert_eq!(Neighbour { customers: expected.customers, ..found }, expected);
                }
            }
        }

        #[test]
        fn counts_are_symmetric_and_bounded(orders in prop::collection::vec(prop::collection::vec(0_u32..20, 1..8), 1..60)) {
            let mut counts = CoBuying::default();
            for order in &orders {
                counts.count(&basket(order), Faded::NEVER, Shoppers::UNKNOWN);
            }
            for item in (0..20).map(ItemNumber) {
                for neighbour in counts.neighbours(item) {
                    let back = find(&counts, neighbour.item.0, item.0).unwrap();
                    prop_assert_eq!(back.orders, neighbour.orders);
                    prop_assert!(neighbour.cosine > 0.0 && neighbour.cosine <= 1.0);
                    prop_assert!(neighbour.orders <= counts.orders_of(item).min(counts.orders_of(neighbour.item)));
                }
            }
        }
    }
}
