//! What a learner counted of what is bought after what.

use std::collections::BTreeSet;

use domain::recommendation::{Basket, CustomerNumber, ItemNumber, Sequels};
use jiff::Timestamp;

use super::counts::{BATCH_ITEMS, Names};
use super::edges::{Edges, Relation};
use super::written::Written;

pub(super) struct SequelCounts {
    counted: Sequels,
    /// Items whose edges may have changed since they were written.
    touched: BTreeSet<ItemNumber>,
    written: Written,
}

impl SequelCounts {
    pub(super) fn new() -> Self {
        Self { counted: Sequels::default(), touched: BTreeSet::new(), written: Written::new(Relation::ThenBought) }
    }

    /// Counts an order of somebody; `touches` tells whether something new follows from it.
    pub(super) fn take_in(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber, touches: bool) {
        let touched = self.counted.count(basket, at, customer);
        if touches {
            self.touched.extend(touched);
        }
    }

    /// Takes out what was counted before.
    pub(super) fn take_out(&mut self, basket: &Basket, at: Timestamp, customer: CustomerNumber) {
        self.touched.extend(self.counted.uncount(basket, at, customer));
    }

    /// Has everything that follows from what was counted written anew.
    pub(super) fn touch_all(&mut self) {
        self.touched.extend(self.counted.items());
    }

    pub(super) fn is_written(&self) -> bool {
        self.touched.is_empty()
    }

    /// Writes the edges of some items that were touched.
    pub(super) async fn write_some(&mut self, names: &mut Names, edges: &Edges) -> anyhow::Result<()> {
        let batch: Vec<ItemNumber> = self.touched.iter().take(BATCH_ITEMS).copied().collect();
        let solved = batch.iter().map(|item| (*item, self.counted.links(*item))).collect();
        self.written.replace(edges, names, solved).await?;
        for item in &batch {
            self.touched.remove(item);
        }
        Ok(())
    }
}
