use domain::catalog::Sku;
use domain::inventory::{AvailableUnits, MAX_WATCHES, Watch, told};
use domain::text::encoded;
use leptos::prelude::*;

use super::live::LiveStock;

/// Keeps the page around it up with the stock of some SKUs, each up to the units that the page
/// tells apart. A page that shows more of them keeps up with the first.
#[component]
pub fn KeepsUp(shown: Vec<(Sku, AvailableUnits, u32)>) -> impl IntoView {
    let shown: Vec<_> = shown.into_iter().take(MAX_WATCHES).collect();
    if shown.is_empty() {
        return ().into_any();
    }
    let watches: Vec<Watch> = shown.iter().map(|(sku, _, up_to_units)| Watch::new(sku.clone(), *up_to_units)).collect();
    let available = |sku: &Sku| {
        shown.iter().find(|(found, ..)| found == sku).map_or_else(AvailableUnits::default, |(_, units, _)| *units)
    };
    let told = told(&watches, available);
    let query: Vec<String> = watches.iter().map(|watch| format!("watch={}", encoded(&watch.to_string()))).collect();
    view! {
        <span id="live-stock" hidden data-address=format!("/live/stock?{}", query.join("&")) data-told=told></span>
        <LiveStock />
    }
    .into_any()
}
