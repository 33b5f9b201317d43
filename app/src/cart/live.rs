//! What a press or a typed number does to the cart: the page shows it at once, and the form is
//! posted as the browser itself would post it.

use domain::cart::MAX_LINE_QUANTITY;
use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlFormElement, HtmlInputElement};
use wasm_bindgen::JsCast;

use super::posts::{self, Post};
use super::{panel, shown};
use crate::catalog::variant;
use crate::dom::within;

/// Around forms that change the cart. A form within a line (`.line`) with a quantity sets it, one
/// without takes the line away; every other form adds.
#[island]
pub fn CartChanges(children: Children) -> impl IntoView {
    let submitted = |event: SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        // A card on the cart page stands in two of these.
        if let Some(form) = form.filter(|_| !event.default_prevented()) {
            event.prevent_default();
            let step = event.submitter().and_then(|button| button.get_attribute("value")?.parse().ok());
            change(&form, step.unwrap_or_default());
        }
    };
    let typed = |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(form) = field.and_then(|field| field.form()).filter(|form| line_of(form).is_some()) {
            change(&form, 0);
        }
    };
    view! {
        <div on:submit=submitted on:change=typed>
            {children()}
        </div>
    }
}

fn line_of(form: &HtmlFormElement) -> Option<Element> {
    form.closest(".line").ok().flatten()
}

/// Shows what a form does to the cart, and posts it. `step` is what the pressed button adds to the
/// quantity.
fn change(form: &HtmlFormElement, step: i32) {
    let Some(post) = Post::of(form) else { return };
    if post.lacks_choice() {
        variant::ask(&document());
        return;
    }
    posts::remember_page();
    match line_of(form) {
        None => add(form, &post),
        Some(line) if post.quantity().is_some() => {
            if !set_quantity(form, &line, &post, step) {
                return;
            }
        }
        Some(line) => shown::take_away(&line),
    }
    posts::send(post);
}

fn add(form: &HtmlFormElement, post: &Post) {
    // What is no number is refused by the server, in words.
    let units = post.quantity().and_then(|quantity| quantity.parse().ok()).unwrap_or_default();
    shown::clear_notices();
    shown::count(units);
    if let Some(title) = form.get_attribute("data-title") {
        panel::open(&title, units, within(form, "button[type=submit]"));
    }
}

/// Whether there is anything to post.
fn set_quantity(form: &HtmlFormElement, line: &Element, post: &Post, step: i32) -> bool {
    let field = shown::quantity_field(line);
    let typed = post.quantity().unwrap_or_default();
    let is_own = field.as_ref().is_some_and(|field| field.form().as_ref() == Some(form));
    // Enter tells of a number twice: that it was typed, and that it was sent.
    if is_own && step == 0 && field.as_ref().is_some_and(|field| field.default_value() == typed) {
        return false;
    }
    let wanted = typed.parse::<u32>().ok().map(|units| units.saturating_add_signed(step));
    if let Some(wanted) = wanted {
        post.set_quantity(wanted);
    }
    match wanted {
        Some(0) => {
            if let Some(field) = field.filter(|_| step == 0) {
                field.set_default_value(&typed);
            }
            shown::take_away(line);
        }
        Some(units) if units <= MAX_LINE_QUANTITY => shown::set_quantity(line, units),
        // The server refuses it, in words.
        _ => shown::keep_typed(line),
    }
    true
}
