use super::{Order, OrderId, OrderState};
use crate::search::SearchText;

/// Orders on one page of a history.
pub const ORDERS_PER_PAGE: usize = 10;

/// The newest orders of an account that its history names beside those that the graph knows: an order takes a
/// moment to reach the graph.
pub const NEWEST_ORDERS: usize = 20;

/// E-mail addresses that the orders of one account are looked for under in the graph.
pub const MAX_CUSTOMERS: usize = 20;

/// Whether the graph can be asked for the orders of an account that were placed under so many addresses.
pub const fn are_few_customers(count: usize) -> bool {
    count <= MAX_CUSTOMERS
}

/// How far the orders are that somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderProgress {
    /// Something is still to happen.
    Open,
    Delivered,
    /// It ended without goods.
    Ended,
}

impl OrderProgress {
    pub const ALL: [Self; 3] = [Self::Open, Self::Delivered, Self::Ended];

    /// Its name in addresses.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Delivered => "delivered",
            Self::Ended => "ended",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|progress| progress.parameter() == raw)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "On their way",
            Self::Delivered => "Delivered",
            Self::Ended => "Cancelled or refunded",
        }
    }

    pub const fn of(state: OrderState) -> Self {
        match state {
            OrderState::Delivered => Self::Delivered,
            _ if state.is_final() => Self::Ended,
            _ => Self::Open,
        }
    }

    /// The states that an order has which is so far.
    pub fn states(self) -> impl Iterator<Item = OrderState> {
        OrderState::ALL.into_iter().filter(move |state| Self::of(*state) == self)
    }
}

/// What somebody wants to see of their orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// Words of titles, SKUs or a number; an order has to have all of them.
    pub words: SearchText,
    /// `None` is however far.
    pub progress: Option<OrderProgress>,
    /// The last order of the page before; only older ones follow.
    pub older_than: Option<OrderId>,
}

/// One page of a history, the newest order first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderPage {
    pub orders: Vec<Order>,
    /// Where the next page begins, if there is one.
    pub next: Option<OrderId>,
}

/// The orders that the graph and the books name of a history, the newest first, each once. `None` where these are
/// fewer than there have to be: then the graph is too far behind to be believed.
pub fn whole_history(of_graph: Vec<OrderId>, newest: Vec<OrderId>, count: usize) -> Option<Vec<OrderId>> {
    let mut orders = of_graph;
    orders.extend(newest);
    orders.sort_unstable_by(|one, other| other.cmp(one));
    orders.dedup();
    (orders.len() >= count).then_some(orders)
}

impl Order {
    /// What the order is found by, in lower case: its number with and without hyphens, and of each line
    /// title, choices and SKU.
    pub fn words(&self) -> String {
        let number = self.number.to_string().to_lowercase();
        let mut words = format!("{number} {}", number.replace('-', ""));
        for line in &self.lines {
            for text in [line.title.as_str(), &line.choices, line.sku.as_str()] {
                words.push(' ');
                words.push_str(&text.to_lowercase());
            }
        }
        words
    }

    /// Whether it is found by some words, each of which is in lower case.
    pub fn has_words(&self, words: &[String]) -> bool {
        let own = self.words();
        words.iter().all(|word| own.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn ids(numbers: &[u128]) -> Vec<OrderId> {
        numbers.iter().map(|number| OrderId::new(Uuid::from_u128(*number))).collect()
    }

    #[test]
    fn every_state_is_so_far_and_no_further() {
        for state in OrderState::ALL {
            let found: Vec<OrderProgress> =
                OrderProgress::ALL.into_iter().filter(|progress| progress.states().any(|one| one == state)).collect();
            assert_eq!(found, [OrderProgress::of(state)], "{state:?}");
        }
        for progress in OrderProgress::ALL {
            assert_eq!(OrderProgress::from_parameter(progress.parameter()), Some(progress));
        }
        assert_eq!(OrderProgress::from_parameter("lost"), None);
    }

    #[test]
    fn the_graph_is_asked_for_so_many_customers_and_no_more() {
        assert!(are_few_customers(MAX_CUSTOMERS));
        assert!(!are_few_customers(MAX_CUSTOMERS + 1));
    }

    #[test]
    fn a_history_that_lacks_an_order_is_not_believed() {
        assert_eq!(whole_history(ids(&[1, 2]), ids(&[4, 3, 2]), 4), Some(ids(&[4, 3, 2, 1])));
        assert_eq!(whole_history(ids(&[1, 2]), ids(&[4, 3, 2]), 5), None);
        assert_eq!(whole_history(Vec::new(), Vec::new(), 0), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn whatever_waits_for_the_graph_stands_in_the_history_as_long_as_it_is_among_the_newest(
            all in prop::collection::btree_set(any::<u128>(), 0..60).prop_map(|all| all.into_iter().rev().collect::<Vec<_>>()),
            late in 0_usize..40,
        ) {
            let newest: Vec<u128> = all.iter().copied().take(NEWEST_ORDERS).collect();
            let of_graph: Vec<u128> = all.iter().copied().skip(late).collect();
            let whole = whole_history(ids(&of_graph), ids(&newest), all.len());
            let is_known = late.min(all.len()) <= NEWEST_ORDERS;
            prop_assert_eq!(whole, is_known.then(|| ids(&all)));
        }
    }
}
