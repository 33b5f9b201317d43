use std::collections::HashMap;

use super::basket::{Basket, Faded, ItemNumber};

/// What one customer keeps buying.
#[derive(Debug, Clone, Default)]
pub struct Habit {
    weight: f32,
    items: HashMap<ItemNumber, f32>,
}

impl Habit {
    /// How strongly it speaks for an item that it was in every order, on the scale of
    /// [`super::Pull::strength`]. The pull of a good neighbour is between 0.2 and 0.5.
    const STRENGTH: f32 = 0.4;

    /// Takes one of the customer's orders in.
    pub fn count(&mut self, basket: &Basket, weight: Faded) {
        self.weight += weight.get();
        for item in basket.items() {
            *self.items.entry(*item).or_default() += weight.get();
        }
    }

    /// How strongly the habit speaks for each item now: by the share of the customer's orders
    /// that had it, one order of `now` without any being added so that a single order is no habit.
    pub fn strengths(&self, now: Faded) -> impl Iterator<Item = (ItemNumber, f32)> {
        let whole = self.weight + now.get();
        self.items.iter().map(move |(item, weight)| (*item, Self::STRENGTH * weight / whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_every_order_is_a_habit() {
        let mut habit = Habit::default();
        for items in [&[1, 2][..], &[1], &[1, 3]] {
            habit.count(&Basket::new(items.iter().copied().map(ItemNumber)).unwrap(), Faded::NEVER);
        }
        let strengths: HashMap<_, _> = habit.strengths(Faded::NEVER).collect();
        assert!((strengths[&ItemNumber(1)] - 0.3).abs() < 1e-6);
        assert!((strengths[&ItemNumber(2)] - 0.1).abs() < 1e-6);
        assert_eq!(Habit::default().strengths(Faded::NEVER).count(), 0);
    }
}
