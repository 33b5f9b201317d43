//! The panel that shows what was just added. It stands in the header; for the keyboard it comes next
//! after the button that opened it.

use std::cell::{Cell, RefCell};

use leptos::ev::{self, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::web_sys::{Document, Element};
use wasm_bindgen::JsCast;

use super::amounts::items;
use super::shown;
use crate::dom::{elements, first, focus, set_flag, set_text, template};

thread_local! {
    /// The button that opened it.
    static OPENER: RefCell<Option<Element>> = const { RefCell::new(None) };
    /// Whether the focus came from there. Who walks through the header finds the panel in the header.
    static CAME_FROM_OPENER: Cell<bool> = const { Cell::new(false) };
}

/// Around what [`super::mini::CartLink`] draws. It stays on the page from the press on "Add to
/// cart" until it is closed, by its button or by Escape wherever the focus is.
#[island]
pub fn MiniCart(children: Children) -> impl IntoView {
    let pressed = |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("button").is_ok_and(|button| button.is_some())) {
            close();
        }
    };
    if cfg!(feature = "hydrate") {
        let _ = window_event_listener(ev::keydown, |event| key(&event));
    }
    view! {
        <section
            class="mini-cart"
            id="mini-cart"
            hidden
            aria-labelledby="mini-cart-title"
            on:click=pressed
        >
            {children()}
        </section>
    }
}

fn find() -> Option<Element> {
    document().get_element_by_id("mini-cart")
}

fn opener() -> Option<Element> {
    OPENER.with_borrow(Clone::clone).filter(|opener| opener.is_connected())
}

fn close() {
    let Some(panel) = find() else { return };
    let held_focus = document().active_element().is_some_and(|active| panel.contains(Some(&active)));
    set_flag(&panel, "hidden", true);
    if held_focus {
        focus(opener());
    }
}

fn key(event: &KeyboardEvent) {
    let Some(panel) = find().filter(|panel| !panel.has_attribute("hidden")) else { return };
    match event.key().as_str() {
        "Escape" => close(),
        "Tab" => pass_on(&panel, event),
        _ => {}
    }
}

/// Lets the panel come between its opener and what follows there.
fn pass_on(panel: &Element, event: &KeyboardEvent) {
    let (Some(opener), Some(active)) = (opener(), document().active_element()) else { return };
    let stops = panel.query_selector_all("a, button").map(|found| elements(&found)).unwrap_or_default();
    let Some(place) = stops.iter().position(|stop| *stop == active) else {
        let enters = active == opener && !event.shift_key();
        CAME_FROM_OPENER.set(enters);
        if enters {
            event.prevent_default();
            focus(stops.into_iter().next());
        }
        return;
    };
    if !CAME_FROM_OPENER.get() {
        return;
    }
    if place == 0 && event.shift_key() {
        event.prevent_default();
        focus(Some(opener));
    } else if place + 1 == stops.len() && !event.shift_key() {
        // The browser goes on from there.
        focus(Some(opener));
    }
}

/// Shows that something is being added, by a button.
pub(super) fn open(title: &str, units: i32, opener: Option<Element>) {
    if let Some(panel) = find() {
        OPENER.set(opener);
        set_flag(&panel, "hidden", false);
        fill("mini-cart-title", &template_html(&document(), "mini-cart-adding"));
        fill("mini-cart-content", &template_html(&document(), "mini-cart-line"));
        set_text(first(&document(), "#mini-cart h3"), title);
        // How many of them were added is said when they are.
        set_text(first(&document(), "#mini-cart .line__options"), &items(units.unsigned_abs()));
        say("");
    }
}

/// Shows what the server made of it; whether there was anything to show.
pub(super) fn settle(page: &Document) -> bool {
    if find().is_none_or(|panel| panel.has_attribute("hidden")) {
        return false;
    }
    match template(page, "added") {
        Some(added) => {
            fill("mini-cart-title", &template_html(&document(), "mini-cart-added"));
            fill("mini-cart-content", &added.inner_html());
            say(&added.get_attribute("data-said").unwrap_or_default());
        }
        None => refuse(&shown::notices(page)),
    }
    true
}

/// Shows why nothing was added.
pub(super) fn refuse(words: &str) {
    if find().is_some_and(|panel| !panel.has_attribute("hidden")) {
        fill("mini-cart-title", &template_html(&document(), "mini-cart-refused"));
        fill("mini-cart-content", words);
        let content = document().get_element_by_id("mini-cart-content");
        say(&content.and_then(|content| content.text_content()).unwrap_or_default());
    }
}

fn template_html(page: &Document, id: &str) -> String {
    template(page, id).map(|template| template.inner_html()).unwrap_or_default()
}

fn fill(id: &str, html: &str) {
    if let Some(place) = document().get_element_by_id(id) {
        place.set_inner_html(html);
    }
}

/// Says it to those who can't see the panel.
fn say(words: &str) {
    set_text(document().get_element_by_id("cart-said"), words);
}
