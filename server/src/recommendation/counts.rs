//! What a learner counted. Numbers stand for the products, which keeps the counts small.

use std::collections::HashMap;

use anyhow::Context;
use domain::catalog::ProductId;
use domain::recommendation::{Basket, CoBuying, Faded, ItemNumber, Link, Shoppers};
use jiff::Timestamp;

use super::edges::{Edges, Relation};
use super::written::Written;

pub(super) struct Counts {
    together: CoBuying,
    pub(super) names: Names,
    pub(super) written: Written,
}

/// Which product each number stands for.
#[derive(Default)]
pub(super) struct Names {
    products: Vec<ProductId>,
    numbers: HashMap<ProductId, ItemNumber>,
}

impl Names {
    pub(super) fn number(&mut self, product: &ProductId) -> ItemNumber {
        if let Some(number) = self.numbers.get(product) {
            return *number;
        }
        let next = ItemNumber(u32::try_from(self.products.len()).unwrap_or(u32::MAX));
        self.numbers.insert(product.clone(), next);
        self.products.push(product.clone());
        next
    }

    pub(super) fn product(&self, item: ItemNumber) -> &ProductId {
        &self.products[item.index()]
    }
}

impl Counts {
    /// Counts of what edges of one kind say, that keep so many pairs for one product.
    pub(super) fn new(relation: Relation, max_pairs: usize) -> Self {
        let (together, written) = (CoBuying::new(max_pairs), Written::new(relation));
        Self { together, names: Names::default(), written }
    }

    /// Counts what somebody chose together; `touches` tells whether something new follows from it.
    pub(super) fn take_in(&mut self, basket: &Basket, at: Timestamp, shopper: Shoppers, touches: bool) {
        self.together.count(basket, Faded::at(at).times(basket.evidence()), shopper);
        if touches {
            self.written.touch(basket.items().iter().copied());
        }
    }

    /// Takes out what was counted before.
    pub(super) fn take_out(&mut self, basket: &Basket, at: Timestamp, shopper: Shoppers) {
        self.together.uncount(basket, Faded::at(at).times(basket.evidence()), shopper);
        self.written.touch(basket.items().iter().copied());
    }

    /// Has what follows from what was counted written anew, for some items.
    pub(super) fn touch_those(&mut self, are_meant: impl Fn(ItemNumber) -> bool) {
        let items = (0..).map(ItemNumber).take(self.together.items());
        self.written.touch(items.filter(|item| are_meant(*item)));
    }

    pub(super) fn is_written(&self) -> bool {
        self.written.is_up_to_date()
    }

    /// Solves the edges of some items that were touched anew and writes them, and answers which ones.
    pub(super) async fn write_some(&mut self, edges: &Edges) -> anyhow::Result<Vec<ItemNumber>> {
        let batch = self.written.some_touched();
        // Solving keeps a processor busy; pages are served meanwhile.
        let owned = std::mem::take(&mut self.together);
        let items = batch.clone();
        let solving = tokio::task::spawn_blocking(move || {
            let solved: Vec<(ItemNumber, Vec<Link>)> =
                items.into_iter().map(|item| (item, owned.links(item))).collect();
            (owned, solved)
        });
        let (owned, solved) = solving.await.context("solving what goes with what")?;
        self.together = owned;
        self.written.replace(edges, &mut self.names, solved).await?;
        Ok(batch)
    }
}
