//! The panel that shows what was just added.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::web_sys::{Document, Element};
use wasm_bindgen::JsCast;

use super::shown;
use crate::dom::{first, set_flag, set_text, template};

/// Around what [`super::mini::CartLink`] draws. It stays on the page from the press on "Add to
/// cart" until it is closed.
#[island]
pub fn MiniCart(children: Children) -> impl IntoView {
    let pressed = |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("button").is_ok_and(|button| button.is_some())) {
            close();
        }
    };
    let key = |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <section
            class="mini-cart"
            id="mini-cart"
            hidden
            aria-labelledby="mini-cart-title"
            on:click=pressed
            on:keydown=key
        >
            {children()}
        </section>
    }
}

fn find() -> Option<Element> {
    document().get_element_by_id("mini-cart")
}

fn close() {
    if let Some(panel) = find() {
        set_flag(&panel, "hidden", true);
    }
}

/// Shows that something is being added.
pub(super) fn open(title: &str, units: i32) {
    if let Some(panel) = find() {
        set_flag(&panel, "hidden", false);
        fill("mini-cart-title", &template_html(&document(), "mini-cart-adding"));
        fill("mini-cart-content", &template_html(&document(), "mini-cart-line"));
        set_text(first(&document(), "#mini-cart h3"), title);
        set_text(first(&document(), "#mini-cart .line__options"), &[&units.to_string(), " added"].concat());
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
