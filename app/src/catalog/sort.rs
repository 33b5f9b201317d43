//! The order of a list, taken as soon as it is chosen. Where scripts run nobody sees the button.

use leptos::ev::Event;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlFormElement};
use wasm_bindgen::JsCast;

/// Around the controls within a form: a choice sends the form, also one that was made before the script was there.
#[island]
pub fn SentOnChange(children: Children) -> impl IntoView {
    let controls = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(controls) = controls.get()
            && let Ok(Some(chosen)) = controls.query_selector("option:checked")
            && !chosen.has_attribute("selected")
        {
            send_form_of(&chosen);
        }
    });
    let changed = |event: Event| {
        if let Some(control) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            send_form_of(&control);
        }
    };
    view! {
        <div class="sort__controls" node_ref=controls on:change=changed>
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
