//! Alert: asking for a letter, confirming the address that it goes to, and taking it back. A product's page and a
//! wish list lead here. Who is signed in presses a button; a guest's address is confirmed by the link of a letter,
//! and the answer to a guest is the same whoever they are. Everything is a form and works without a script.

pub mod api;
pub mod ask;
pub mod confirm;
pub mod list;
pub mod stop;

use std::sync::Arc;

use domain::alert::AlertKind;
use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku, Variant};
use domain::text::encoded;

use crate::error::WireError;
use crate::port::port;

/// Asks for a letter.
pub const NEW: &str = "/alerts/new";
/// Where the link of a letter confirms an alert.
const CONFIRM: &str = "/alerts/confirm";
/// Where the link of a letter removes alerts.
const STOP: &str = "/alerts/stop";
/// The alerts of who is signed in.
const ALERTS: &str = "/account/alerts";
/// The pages that what was typed is kept for.
const PATH: &str = "/alerts";

/// Where somebody asks to hear of a SKU.
pub fn alert_path(sku: &Sku, kind: AlertKind) -> String {
    format!("{NEW}?sku={}&about={}", encoded(sku.as_str()), kind.parameter())
}

/// What the link to [`alert_path`] says.
pub const fn alert_words(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Stock => "Tell me when it is back",
        AlertKind::Price => "Tell me when the price falls",
    }
}

/// The product of a SKU that is sold, with its variant.
async fn sold(sku: &Sku) -> Result<Option<(Arc<Product>, Variant)>, WireError> {
    let mut products = port::<dyn Catalog>()?.products_of(std::slice::from_ref(sku)).await?;
    let product = products.remove(sku);
    Ok(product.and_then(|product| product.variant(sku).cloned().map(|variant| (product, variant))))
}
