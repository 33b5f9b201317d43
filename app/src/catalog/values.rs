//! Many values of one facet, of which typing leaves those that fit. Without a script all of them stay.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlInputElement};
use wasm_bindgen::JsCast;

use crate::dom::{elements, set_flag, text};

/// Around a field and the list that it narrows.
#[island]
pub fn FoundByTyping(children: Children) -> impl IntoView {
    let typed = |event: Event| {
        // What can't be read narrows nothing.
        let _ = narrow(&event);
    };
    view! {
        <div class="values" on:input=typed>
            {children()}
        </div>
    }
}

/// Hides what does not have the letters that were typed.
fn narrow(event: &Event) -> Option<()> {
    let field = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let outer: Element = field.closest(".values").ok()??;
    let wanted = field.value().trim().to_lowercase();
    for item in elements(&outer.query_selector_all("li").ok()?) {
        set_flag(&item, "hidden", !text(&item).to_lowercase().contains(&wanted));
    }
    Some(())
}
