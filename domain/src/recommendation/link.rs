use super::basket::ItemNumber;
use super::counts::{CoBuying, ordered};

/// Fewer customers than this are never told about.
pub const MIN_CUSTOMERS_TOLD: u32 = 5;
/// Products of a cart that are asked what goes with them.
pub const MAX_ASKED_PRODUCTS: usize = 12;

/// An edge of the graph, `from->bought_with->into` or `from->then_bought->into`: what shoppers are shown, and
/// what they are told of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    pub from: ItemNumber,
    /// As of [`super::Pull`]; of what was bought later, as of [`super::Sequels`].
    pub strength: f32,
    /// Orders with both; of what was bought later, customers.
    pub orders: u32,
    /// How many times as often as chance would have it.
    pub lift: f32,
}

impl Link {
    /// What changed by this share of it at most is as good as unchanged.
    pub const MIN_CHANGE: f32 = 1.0 / 64.0;

    /// Whether an edge says nearly the same: as many orders, and the rest but for [`Link::MIN_CHANGE`].
    pub fn is_nearly(&self, strength: f32, orders: u32, lift: f32) -> bool {
        let is_near = |now: f32, then: f32| (now - then).abs() <= then.abs() * Self::MIN_CHANGE;
        self.orders == orders && is_near(self.strength, strength) && is_near(self.lift, lift)
    }
}

impl CoBuying {
    /// Edges that lead to one item.
    pub const MAX_LINKS: usize = 24;

    /// The edges that lead to an item, the strongest first. What only a few customers did is no edge,
    /// and what is bought together no more often than chance would have it is none either.
    pub fn links(&self, into: ItemNumber) -> Vec<Link> {
        let pulls = self.pulls(into);
        let told = self.neighbours(into).filter(|near| near.customers >= MIN_CUSTOMERS_TOLD && near.lift > 1.0);
        // Both stand in the order of the other item's number.
        let mut links: Vec<Link> = told
            .filter_map(|near| {
                let place = pulls.binary_search_by_key(&near.item, |pull| pull.from).ok()?;
                Some(Link { from: near.item, strength: pulls[place].strength, orders: near.orders, lift: near.lift })
            })
            .collect();
        links.sort_by_key(|link| std::cmp::Reverse(ordered(link.strength)));
        links.truncate(Self::MAX_LINKS);
        links
    }
}

#[cfg(test)]
mod tests {
    use super::super::basket::{Basket, Faded};
    use super::super::shoppers::Shoppers;
    use super::*;
    use proptest::prelude::*;

    fn learn<'a>(orders: impl IntoIterator<Item = (&'a [u32], u64)>) -> CoBuying {
        let mut counts = CoBuying::default();
        for (items, customer) in orders {
            let basket = Basket::new(items.iter().copied().map(ItemNumber)).unwrap();
            counts.count(&basket, Faded::NEVER, Shoppers::one(customer));
        }
        counts
    }

    /// A lamp with its shade, bought by some customers, among orders of a thing that has nothing to do
    /// with either.
    fn pair_of(customers: u64) -> CoBuying {
        let pairs = (0..customers).map(|customer| (&[0_u32, 1][..], customer));
        learn(pairs.chain((0..20).map(|customer| (&[2_u32][..], customer))))
    }

    #[test]
    fn few_customers_are_not_told_about() {
        let orders = |customers| pair_of(customers).links(ItemNumber(1)).first().map(|link| link.orders);
        assert_eq!(orders(u64::from(MIN_CUSTOMERS_TOLD) - 1), None);
        assert_eq!(orders(u64::from(MIN_CUSTOMERS_TOLD)), Some(MIN_CUSTOMERS_TOLD));
    }

    #[test]
    fn one_customer_who_comes_again_is_one() {
        let again = learn((0..200).map(|order| (&[0_u32, 1][..], order % 2)));
        assert_eq!(again.links(ItemNumber(1)), []);
    }

    #[test]
    fn an_item_has_a_bounded_number_of_edges_the_strongest_first() {
        let pairs: Vec<[u32; 2]> = (1..60).map(|other| [0, other]).collect();
        let orders = (0..10).flat_map(|customer| pairs.iter().map(move |pair| (&pair[..], customer)));
        let alone = (0..2_000).map(|customer| (&[99_u32][..], customer));
        let links = learn(orders.chain(alone)).links(ItemNumber(0));
        assert_eq!(links.len(), CoBuying::MAX_LINKS);
        assert!(links.is_sorted_by(|one, next| one.strength >= next.strength), "{links:?}");
    }

    #[test]
    fn a_small_change_is_none_unless_it_is_another_order() {
        let link = Link { from: ItemNumber(0), strength: 0.5, orders: 64, lift: 2.0 };
        let (small, large) = (1.0 + Link::MIN_CHANGE / 2.0, 1.0 + Link::MIN_CHANGE * 2.0);
        assert!(link.is_nearly(0.5, 64, 2.0));
        assert!(link.is_nearly(0.5 * small, 64, 2.0 / small));
        assert!(!link.is_nearly(0.5 * large, 64, 2.0));
        assert!(!link.is_nearly(0.5, 64, 2.0 / large));
        assert!(!link.is_nearly(0.5, 63, 2.0));
        assert!(!link.is_nearly(0.0, 64, 2.0));
    }

    proptest! {
        #[test]
        fn an_edge_never_leads_back_and_tells_what_happened(
            orders in prop::collection::vec((prop::collection::vec(0_u32..12, 1..6), 0_u64..9), 1..120),
        ) {
            let counts = learn(orders.iter().map(|(items, customer)| (&items[..], *customer)));
            for into in (0..12).map(ItemNumber) {
                for link in counts.links(into) {
                    prop_assert_ne!(link.from, into);
                    let both = orders.iter().filter(|(items, _)| items.contains(&into.0) && items.contains(&link.from.0));
                    prop_assert_eq!(both.count(), link.orders as usize);
                    prop_assert!(link.strength > 0.0 && link.strength.is_finite());
                }
            }
        }
    }
}
