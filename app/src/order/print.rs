//! Printing is the browser's: a button for it stands only where a script can press it.

use leptos::prelude::*;

/// Opens the browser's dialog to print the page.
#[island]
pub fn PrintButton() -> impl IntoView {
    let runs = RwSignal::new(false);
    Effect::new(move |_| runs.set(true));
    let print = |_| {
        // A browser that does not print is no harm.
        let _ = window().print();
    };
    view! {
        <button class="button" type="button" hidden=move || !runs.get() on:click=print>
            "Print"
        </button>
    }
}
