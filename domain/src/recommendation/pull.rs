use super::basket::ItemNumber;
use super::counts::{CoBuying, ordered};

/// How strongly one item in a basket speaks for another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pull {
    pub from: ItemNumber,
    /// Above zero; sums over a basket to the score of the item that is pulled.
    pub strength: f32,
}

impl CoBuying {
    /// Neighbours that share the explanation of one item, the closest ones by cosine.
    pub const MAX_PULLS: usize = 64;
    /// How many purchases each neighbour must outweigh before it is believed.
    const RIDGE_PURCHASES: f32 = 10.0;

    /// How strongly its neighbours pull an item into a basket, the numbers ascending.
    ///
    /// The weights of the ridge regression of the item's orders on those of its neighbours: the
    /// closed form of EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019),
    /// solved among the closest neighbours of each item alone, so that no matrix of all items is
    /// ever inverted and an order changes the weights of its own items only. Negative weights are
    /// left out: "not with this" is no reason to show a shopper.
    pub fn pulls(&self, item: ItemNumber) -> Vec<Pull> {
        let mut closest: Vec<_> = self.neighbours(item).collect();
        if closest.len() > Self::MAX_PULLS {
            closest.select_nth_unstable_by_key(Self::MAX_PULLS, |near| std::cmp::Reverse(ordered(near.cosine)));
            closest.truncate(Self::MAX_PULLS);
        }
        closest.sort_unstable_by_key(|near| near.item);
        let size = closest.len();
        let typical = self.typical_weight();
        if typical <= 0.0 {
            return Vec::new();
        }
        // In units of one purchase, whatever fading made of it.
        let scaled = |weight: f32| f64::from(weight) / f64::from(typical);
        let mut gram = vec![0.0; size * size];
        for (row, near) in closest.iter().enumerate() {
            for (column, other) in closest[..row].iter().enumerate() {
                gram[row * size + column] = scaled(self.weight_of_both(near.item, other.item));
            }
            gram[row * size + row] = scaled(self.weight_of(near.item));
        }
        let mut solved: Vec<f64> = closest.iter().map(|near| scaled(self.weight_of_both(item, near.item))).collect();
        super::ridge::solve(&mut gram, f64::from(Self::RIDGE_PURCHASES), &mut solved);
        let pulls = closest.iter().zip(solved).filter(|(_, strength)| *strength > 0.0);
        // Weights of a regression on counts are small numbers.
        #[allow(clippy::cast_possible_truncation)]
        pulls.map(|(near, strength)| Pull { from: near.item, strength: strength as f32 }).collect()
    }
}

/// The pulls into every item, kept beside the counts.
#[derive(Debug, Clone, Default)]
pub struct PullTable(Vec<Box<[Pull]>>);

impl PullTable {
    /// Solves every item anew.
    pub fn of(counts: &CoBuying) -> Self {
        let items = u32::try_from(counts.items()).unwrap_or(u32::MAX);
        Self((0..items).map(|item| counts.pulls(ItemNumber(item)).into()).collect())
    }

    /// How strongly one item pulls another; 0 where it does not.
    pub fn strength(&self, from: ItemNumber, into: ItemNumber) -> f32 {
        let pulls = self.0.get(into.index()).map_or(&[][..], |pulls| pulls);
        pulls.binary_search_by_key(&from, |pull| pull.from).map_or(0.0, |place| pulls[place].strength)
    }

    pub fn into_item(&self, item: ItemNumber) -> &[Pull] {
        self.0.get(item.index()).map_or(&[][..], |pulls| pulls)
    }
}

#[cfg(test)]
mod tests {
    use super::super::basket::{Basket, Faded};
    use super::super::shoppers::Shoppers;
    use super::*;
    use proptest::prelude::*;

    fn counts(orders: &[(&[u32], u32)]) -> CoBuying {
        let mut counts = CoBuying::default();
        for (items, times) in orders {
            let basket = Basket::new(items.iter().copied().map(ItemNumber)).unwrap();
            (0..*times).for_each(|_| counts.count(&basket, Faded::NEVER, Shoppers::UNKNOWN));
        }
        counts
    }

    #[test]
    fn the_neighbour_that_explains_keeps_the_pull() {
        // Shade 2 goes with lamp 0; bulb 1 is bought with every lamp, so it meets the shade as well.
        let counts = counts(&[(&[0, 1, 2], 60), (&[0, 2], 40), (&[0, 1], 20), (&[1], 200), (&[3], 100)]);
        let table = PullTable::of(&counts);
        let (lamp, bulb, shade) = (ItemNumber(0), ItemNumber(1), ItemNumber(2));
        assert!(table.strength(lamp, shade) > 0.5);
        assert!(table.strength(bulb, shade) < 0.1 * table.strength(lamp, shade));
        assert!(table.strength(ItemNumber(3), shade) <= 0.0);
        assert!(table.strength(ItemNumber(9), ItemNumber(9)) <= 0.0);
    }

    #[test]
    fn what_nobody_buys_any_more_pulls_less() {
        let at = |moment: &str| Faded::at(moment.parse().unwrap());
        let basket = |items: &[u32]| Basket::new(items.iter().copied().map(ItemNumber)).unwrap();
        let mut counts = CoBuying::default();
        let mut buy = |items: &[u32], moment: &str| {
            (0..40).for_each(|_| counts.count(&basket(items), at(moment), Shoppers::UNKNOWN));
            PullTable::of(&counts).strength(ItemNumber(0), ItemNumber(1))
        };
        let in_fashion = buy(&[0, 1], "2024-01-01T12:00:00Z");
        let out_of_it = buy(&[2], "2026-01-01T12:00:00Z");
        assert!(out_of_it < in_fashion / 2.0, "{out_of_it} {in_fashion}");
    }

    proptest! {
        #[test]
        fn pulls_are_positive_finite_and_do_not_depend_on_the_year(
            orders in prop::collection::vec(prop::collection::vec(0_u32..30, 1..10), 1..80),
            year in 1990_i16..2060,
        ) {
            let at = |year: i16| Faded::at(format!("{year}-06-01T00:00:00Z").parse().unwrap());
            let learn = |weight: Faded| {
                let mut counts = CoBuying::default();
                for order in &orders {
                    let basket = Basket::new(order.iter().copied().map(ItemNumber)).unwrap();
                    counts.count(&basket, weight.times(basket.evidence()), Shoppers::UNKNOWN);
                }
                PullTable::of(&counts)
            };
            let (one, other) = (learn(at(2020)), learn(at(year)));
            for item in (0..30).map(ItemNumber) {
                for pull in one.into_item(item) {
                    prop_assert!(pull.strength > 0.0 && pull.strength.is_finite() && pull.from != item);
                    let later = other.strength(pull.from, item);
                    prop_assert!((later - pull.strength).abs() < 1e-3 * (1.0 + pull.strength), "{} {}", later, pull.strength);
                }
            }
        }
    }
}
