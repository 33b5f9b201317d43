//! What the server keeps of stock.

use std::collections::HashMap;

use async_trait::async_trait;

use super::{
    Bundle, BundleError, Bundling, CountError, CountId, Location, LocationDetails, LocationError, LocationId,
    MovementId, MovementPage, OnSale, Placed, Reference, SaleTerms, Sourced, Stock, StockCount, StockPage, StockQuery,
    StockTotals, Supply, TermsError, Transfer, TransferId, UnitsOnHand,
};
use crate::catalog::Sku;
use crate::order::OrderId;

/// The stock could not be read or changed now; the cause is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stock can't be read at the moment")]
pub struct InventoryUnavailable;

#[async_trait]
pub trait Inventory: Send + Sync {
    /// What can be bought now, and how. Of a SKU that was never stocked there is none.
    async fn on_sale(&self, skus: &[Sku]) -> Result<HashMap<Sku, OnSale>, InventoryUnavailable>;

    /// What those of some SKUs are made of that are bundles.
    async fn bundles(&self, skus: &[Sku]) -> Result<HashMap<Sku, Bundle>, InventoryUnavailable>;

    /// Takes in what a feed says of many SKUs at once.
    async fn supply(&self, supplies: &[(Sku, Supply)]) -> Result<(), InventoryUnavailable>;
}

/// What those who run the store see of its stock, and how they count it.
#[async_trait]
pub trait StockRoom: Send + Sync {
    async fn list(&self, query: &StockQuery) -> Result<StockPage, InventoryUnavailable>;

    async fn totals(&self) -> Result<StockTotals, InventoryUnavailable>;

    /// The stock of a SKU; `None` for one that was never stocked.
    async fn find(&self, sku: &Sku) -> Result<Option<Stock>, InventoryUnavailable>;

    /// How a SKU is sold, as it was set; nobody sets what is usual.
    async fn terms(&self, sku: &Sku) -> Result<SaleTerms, InventoryUnavailable>;

    /// Sets how a SKU is sold. What was promised stays promised.
    async fn set_terms(&self, sku: &Sku, terms: SaleTerms, by: &Reference) -> Result<(), TermsError>;

    /// What bundles have to do with a SKU.
    async fn bundling(&self, sku: &Sku) -> Result<Bundling, InventoryUnavailable>;

    /// Makes a SKU a bundle of these parts, or one like others without any. What it has on hand itself is written
    /// off. Orders keep the parts that they were placed with.
    async fn set_bundle(&self, sku: &Sku, bundle: Option<&Bundle>, by: &Reference) -> Result<(), BundleError>;

    /// A page of a SKU's movements: the newest, or those before one of them.
    async fn movements(&self, sku: &Sku, before: Option<&MovementId>) -> Result<MovementPage, InventoryUnavailable>;

    /// Takes in how many units of a SKU somebody found at a location.
    async fn count(&self, sku: &Sku, at: LocationId, on_hand: UnitsOnHand, by: &Reference) -> Result<(), CountError>;

    /// Reads a count of many SKUs, as text with a line for each, and compares it with the stock. Nothing
    /// changes.
    async fn open_count(&self, text: &str, by: &Reference) -> Result<CountId, CountError>;

    async fn read_count(&self, id: CountId) -> Result<Option<StockCount>, InventoryUnavailable>;

    /// Applies a count as it was looked at, wholly or not at all; answers how many SKUs it changed. Where
    /// stock has changed since, nothing is applied, and the count is compared anew.
    async fn apply_count(&self, id: CountId, by: &Reference) -> Result<u32, CountError>;

    /// Gives a count up that is open.
    async fn drop_count(&self, id: CountId) -> Result<(), CountError>;
}

/// Where stock lies, and where orders are sent from.
#[async_trait]
pub trait Locations: Send + Sync {
    /// All of them: the first one, those that are open by their names, those that are closed.
    async fn list(&self) -> Result<Vec<Location>, InventoryUnavailable>;

    async fn add(&self, details: &LocationDetails, by: &Reference) -> Result<LocationId, LocationError>;

    /// Changes what a location is called and where it is.
    async fn change(&self, id: LocationId, details: &LocationDetails, by: &Reference) -> Result<(), LocationError>;

    /// Closes a location where nothing lies, or opens it again.
    async fn set_closed(&self, id: LocationId, is_closed: bool, by: &Reference) -> Result<(), LocationError>;

    /// What lies of a SKU at each open location, in the order of [`Self::list`]; nothing of one that was never
    /// stocked.
    async fn places(&self, sku: &Sku) -> Result<Vec<Placed>, InventoryUnavailable>;

    /// The key of the next transfer.
    fn next_transfer(&self) -> TransferId;

    /// Moves units. Asking again under one id moves them once.
    async fn transfer(&self, transfer: &Transfer, by: &Reference) -> Result<(), LocationError>;

    /// Where an order is sent from, or was, as far as it is not all from the first location.
    async fn sources(&self, order: OrderId) -> Result<Vec<Sourced>, InventoryUnavailable>;
}
