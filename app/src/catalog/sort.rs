//! The order of a list, taken as soon as it is chosen.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlFormElement};
use wasm_bindgen::JsCast;

/// Around the controls within a form: a choice sends the form. Its button stays, for who has no
/// script yet.
#[island]
pub fn SentOnChange(children: Children) -> impl IntoView {
    let changed = |event: Event| {
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = control.and_then(|control| control.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            // A form that can't be sent still has its button.
            let _ = form.request_submit();
        }
    };
    view! {
        <div class="sort__controls" on:change=changed>
            {children()}
        </div>
    }
}
