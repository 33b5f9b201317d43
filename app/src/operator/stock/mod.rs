//! The stock: what there is of each SKU, where it lies, how it came about, and counts of it.

pub mod bundle;
pub mod counts;
pub mod list;
pub mod locations;
pub mod movements;
pub mod places;
pub mod sku;
pub mod terms;

use domain::catalog::{Product, Sku};
use domain::inventory::{AvailableUnits, CountId, LocationId};
use domain::text::encoded;
use leptos::prelude::*;

pub(super) const STOCK: &str = "/operator/stock";
pub(super) const COUNTS: &str = "/operator/stock/counts";
pub(super) const LOCATIONS: &str = "/operator/stock/locations";
/// The name of the form that moves units, among those whose words are kept.
pub(super) const TRANSFER: &str = "transfer";
/// The field that a count is pasted into, and the name of its form.
pub(super) const SHEET: &str = "sheet";

/// The address of a SKU's stock.
pub(super) fn sku_path(sku: &Sku) -> String {
    format!("{STOCK}/skus/{}", encoded(sku.as_str()))
}

/// What stands in an address in the place of a location that is to be added.
pub(super) const NEW_LOCATION: &str = "new";

/// The address of a location, or of the form of one that is to be added.
pub(super) fn location_path(id: Option<LocationId>) -> String {
    id.map_or_else(|| format!("{LOCATIONS}/{NEW_LOCATION}"), |id| format!("{LOCATIONS}/{id}"))
}

/// The address of a count.
pub(super) fn count_path(id: CountId) -> String {
    format!("{COUNTS}/{id}")
}

/// What a SKU is called: the product's title, and what was chosen of it.
fn name_of(product: &Product, sku: &Sku) -> String {
    product.variant(sku).map_or_else(|| product.title.to_string(), |variant| product.name_of(variant))
}

/// Says when there is little or nothing left.
fn mark_of(AvailableUnits(units): AvailableUnits, low_units: u32) -> Option<impl IntoView + use<>> {
    let (class, words) = match units {
        0 => ("mark mark--bad", "Sold out"),
        units if units <= low_units => ("mark mark--warn", "Low"),
        _ => return None,
    };
    Some(view! { <span class=class>{words}</span> })
}
