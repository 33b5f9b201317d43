//! What the server keeps of stock.

use std::collections::HashMap;

use async_trait::async_trait;

use super::AvailableUnits;
use crate::catalog::Sku;

/// The stock could not be read or changed now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stock can't be read at the moment")]
pub struct InventoryUnavailable;

#[async_trait]
pub trait Inventory: Send + Sync {
    /// Units that can be bought now. A SKU that was never stocked has none.
    async fn available(&self, skus: &[Sku]) -> Result<HashMap<Sku, AvailableUnits>, InventoryUnavailable>;

    /// Sets the units on hand of many SKUs at once, as a feed or a count reports them.
    async fn set_on_hand(&self, counts: &[(Sku, u32)]) -> Result<(), InventoryUnavailable>;
}
