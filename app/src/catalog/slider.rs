//! The price slider of a list: two handles under a histogram, which move the fields of the form.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlFormElement, HtmlInputElement};
use wasm_bindgen::JsCast;

use crate::dom::{elements, set_attribute, set_flag, within};

/// Around the histogram and the fields within a form. A handle that is let go of sends the form.
#[island]
pub fn PriceSlider(children: Children) -> impl IntoView {
    if cfg!(feature = "hydrate")
        && let Some(slider) = document().query_selector(".slider").ok().flatten()
    {
        set_flag(&slider, "hidden", false);
    }
    let moved = |event: Event| {
        if let Some((handle, outer)) = handle_of(&event) {
            follow(&handle, &outer);
        }
    };
    let released = |event: Event| {
        let form = handle_of(&event).and_then(|(handle, _)| handle.form());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            // A form that can't be sent still has its button.
            let _ = form.request_submit();
        }
    };
    view! {
        <div class="price-slider" on:input=moved on:change=released>
            {children()}
        </div>
    }
}

/// The handle that an event came from, with the slider and all around it.
fn handle_of(event: &Event) -> Option<(HtmlInputElement, Element)> {
    let handle = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let outer = handle.closest(".price-slider").ok()??;
    (handle.type_() == "range").then_some((handle, outer))
}

/// Keeps the handles apart, and says in the fields what they mean.
fn follow(moved: &HtmlInputElement, outer: &Element) -> Option<()> {
    let handles: Vec<HtmlInputElement> =
        all_within(outer, ".slider input").into_iter().filter_map(|handle| handle.dyn_into().ok()).collect();
    let [lower, upper] = <[HtmlInputElement; 2]>::try_from(handles).ok()?;
    let place = |handle: &HtmlInputElement| handle.value().parse::<usize>().unwrap_or_default();
    let (mut first, mut end) = (place(&lower), place(&upper));
    let bars = all_within(outer, ".histogram rect");
    if first >= end {
        // Who is moved stops before the other one.
        if *moved == lower {
            first = end.saturating_sub(1);
            lower.set_value(&first.to_string());
        } else {
            end = (first + 1).min(bars.len());
            upper.set_value(&end.to_string());
        }
    }
    for (at, bar) in bars.iter().enumerate() {
        set_attribute(bar, "class", if (first..end).contains(&at) { "" } else { "outside" });
    }
    let said = |bar: Option<&Element>, name: &str| bar.and_then(|bar| bar.get_attribute(name)).unwrap_or_default();
    let (lowest, highest) = (bars.get(first), end.checked_sub(1).and_then(|last| bars.get(last)));
    set_attribute(&lower, "aria-valuetext", &said(lowest, "data-from-words"));
    set_attribute(&upper, "aria-valuetext", &said(highest, "data-to-words"));
    // At its end a handle sets no limit.
    set_field(outer, "#price-from", &if first == 0 { String::new() } else { said(lowest, "data-from") });
    set_field(outer, "#price-to", &if end == bars.len() { String::new() } else { said(highest, "data-to") });
    Some(())
}

fn all_within(outer: &Element, selector: &str) -> Vec<Element> {
    outer.query_selector_all(selector).map(|found| elements(&found)).unwrap_or_default()
}

fn set_field(outer: &Element, selector: &str, value: &str) {
    if let Some(field) = within(outer, selector).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(value);
    }
}
