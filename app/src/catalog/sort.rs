//! The order of a list, taken as soon as it is chosen. Where scripts run nobody sees the button.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlFormElement};
use wasm_bindgen::JsCast;

use crate::dom::first;

/// Around the controls within a form: a choice sends the form, also one that was made before the script was there.
#[island]
pub fn SentOnChange(children: Children) -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(chosen) = first(&document(), ".sort__controls option:checked")
        && !chosen.has_attribute("selected")
    {
        send_form_of(&chosen);
    }
    let changed = |event: Event| {
        if let Some(control) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            send_form_of(&control);
        }
    };
    view! {
        <div class="sort__controls" on:change=changed>
            {children()}
        </div>
    }
}

fn send_form_of(control: &Element) {
    let form = control.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    if let Some(form) = form {
        // One that can't be sent stays as it is.
        let _ = form.request_submit();
    }
}
