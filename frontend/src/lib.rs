//! The entry of the browser: hydrates the islands, nothing else.

// Its islands are what this module is made of; nothing here calls them by name.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the islands of the page ready; the page itself calls it when it has loaded this module.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
