use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use domain::catalog::Sku;
use domain::order::{HistoricOrderId, HistoricOrderKind};
use domain::pricing::Currency;
use domain::recommendation::ItemNumber;
use jiff::Timestamp;

use crate::import::{self, HistoricOrder, OrderSink, Rejection};

/// A customer, numbered from zero.
pub(super) type CustomerNumber = u32;

/// An order as far as recommendations look at it.
#[derive(Debug, Clone)]
pub(super) struct PastOrder {
    pub(super) placed_at: Timestamp,
    pub(super) customer: Option<CustomerNumber>,
    /// Distinct, as they stand in the order.
    pub(super) items: Vec<ItemNumber>,
}

/// Purchases by their time; cancellations are left out.
#[derive(Debug, Default)]
pub(super) struct History {
    orders: Vec<PastOrder>,
    items: usize,
    /// Lines that could not be read.
    pub(super) rejected: u64,
    pub(super) first_rejected: Option<Rejection>,
}

impl History {
    pub(super) fn orders(&self) -> &[PastOrder] {
        &self.orders
    }

    pub(super) fn before(&self, moment: Timestamp) -> &[PastOrder] {
        &self.orders[..self.orders.partition_point(|order| order.placed_at < moment)]
    }

    /// How many different items there are.
    pub(super) const fn items(&self) -> usize {
        self.items
    }
}

pub(super) async fn read(file: &Path, currency: Currency) -> anyhow::Result<History> {
    let collector = Collector::default();
    let summary = import::orders(file, None, &collector, currency, false).await?;
    let collected = collector.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut orders = collected.orders;
    // Equal times keep the order of the file.
    orders.sort_by_key(|order| order.placed_at);
    Ok(History {
        orders,
        items: collected.skus.len(),
        rejected: summary.rejected,
        first_rejected: summary.first_rejected,
    })
}

#[derive(Debug, Default)]
struct Collected {
    orders: Vec<PastOrder>,
    /// Where an order stands whose lines may be scattered over the file.
    places: HashMap<HistoricOrderId, usize>,
    skus: HashMap<Sku, ItemNumber>,
    customers: HashMap<HistoricOrderId, CustomerNumber>,
}

#[derive(Debug, Default)]
struct Collector(Mutex<Collected>);

#[async_trait]
impl OrderSink for Collector {
    async fn write(&self, batch: Vec<HistoricOrder>) -> anyhow::Result<()> {
        let mut collected = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for order in batch.into_iter().filter(|order| order.kind == HistoricOrderKind::Purchase) {
            collected.add(order)?;
        }
        Ok(())
    }
}

impl Collected {
    fn add(&mut self, order: HistoricOrder) -> anyhow::Result<()> {
        let customer = match order.customer {
            Some(customer) => {
                let next = CustomerNumber::try_from(self.customers.len())?;
                Some(*self.customers.entry(customer).or_insert(next))
            }
            None => None,
        };
        let place = *self.places.entry(order.id).or_insert(self.orders.len());
        if place == self.orders.len() {
            self.orders.push(PastOrder { placed_at: order.placed_at, customer, items: Vec::new() });
        }
        for (sku, _, _) in order.lines {
            let next = ItemNumber(u32::try_from(self.skus.len())?);
            let item = *self.skus.entry(sku).or_insert(next);
            let items = &mut self.orders[place].items;
            if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(())
    }
}
