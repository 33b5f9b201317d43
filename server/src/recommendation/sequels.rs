//! What a learner counted of what is bought after what.

use domain::recommendation::{Basket, CustomerNumber, ItemNumber, Sequels};
use jiff::Timestamp;

use super::counts::Names;
use super::edges::{Edges, Relation};
use super::written::Written;

pub(super) struct SequelCounts {
    counted: Sequels,
    written: Written,
}

impl SequelCounts {
    pub(super) fn new() -> Self {
        Self { counted: Sequels::default(), written: Written::new(Relation::ThenBought) }
    }

    /// Counts an order of somebody; `touches` tells whether something new follows from it.
    pub(super) fn take_in(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber, touches: bool) {
        let touched = self.counted.count(basket, at, customer);
        if touches {
            self.written.touch(touched);
        }
    }

    /// Takes out what was counted before.
    pub(super) fn take_out(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber) {
        self.written.touch(self.counted.uncount(basket, at, customer));
    }

    /// Has what follows from what was counted written anew, for some items.
    pub(super) fn touch_those(&mut self, are_meant: impl Fn(ItemNumber) -> bool) {
        self.written.touch(self.counted.items().filter(|item| are_meant(*item)));
    }

    pub(super) fn is_written(&self) -> bool {
        self.written.is_up_to_date()
    }

    /// Writes the edges of some items that were touched.
    pub(super) async fn write_some(&mut self, names: &mut Names, edges: &Edges) -> anyhow::Result<()> {
        let solved = self.written.some_touched().into_iter().map(|item| (item, self.counted.links(item))).collect();
        self.written.replace(edges, names, solved).await
    }
}
