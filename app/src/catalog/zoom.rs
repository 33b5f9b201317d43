//! The pictures of a product over the whole window. Style and the browser show, swipe, magnify and
//! close them; a script opens them at the picture that was pressed, magnifies where it was pressed,
//! and lets the arrow keys lead from one to the next.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use wasm_bindgen::JsCast;

use crate::dom::{first, focus, within};

/// The row of pictures.
const SLIDES: &str = "#zoom .zoomed__slides";

/// Answers a press on anything of the product's page.
pub(super) fn press(event: &MouseEvent) {
    let Some(target) = target(event) else { return };
    if let Some(opener) = closest(&target, "button[data-slide]") {
        // The browser opens it once this press is answered.
        request_animation_frame(move || show(opener.get_attribute("data-slide")));
    } else if let Some(step) = closest(&target, ".zoomed__step") {
        event.prevent_default();
        show(step.get_attribute("href").map(|to| to.replace('#', "")));
        focus(first(&document(), SLIDES));
    } else if let Some(frame) = closest(&target, "img").and_then(|_| closest(&target, ".zoomed__picture")) {
        let at = (event.offset_x(), event.offset_y());
        let was = (target.client_width(), target.client_height());
        request_animation_frame(move || bring_to_middle(&frame, at, was));
    }
}

/// Lets the arrow keys lead to the next picture. In a magnified one they move the picture.
pub(super) fn key(event: &KeyboardEvent) {
    let side = match event.key().as_str() {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        _ => return,
    };
    let Some(target) = target(event).filter(|target| closest(target, "#zoom").is_some()) else { return };
    if closest(&target, ".zoomed__picture:has(:checked)").is_some() {
        return;
    }
    if let Some(slides) = first(&document(), SLIDES) {
        event.prevent_default();
        slides.scroll_by_with_x_and_y(f64::from(side * slides.client_width()), 0.0);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// Scrolls to the slide with an id.
fn show(id: Option<String>) {
    let slide = id.and_then(|id| document().get_element_by_id(&id)).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let (Some(slides), Some(slide)) = (first(&document(), SLIDES), slide) {
        slides.set_scroll_left(slide.offset_left());
    }
}

/// Brings the point of a picture that was pressed to the middle, if the press has magnified it. `at`
/// and `was` are in pixels of the picture as it was before.
fn bring_to_middle(frame: &Element, at: (i32, i32), was: (i32, i32)) {
    let toggle = within(frame, "input").and_then(|toggle| toggle.dyn_into::<HtmlInputElement>().ok());
    if toggle.is_some_and(|toggle| toggle.checked()) && was.0 > 0 && was.1 > 0 {
        frame.set_scroll_left(at.0 * frame.scroll_width() / was.0 - frame.client_width() / 2);
        frame.set_scroll_top(at.1 * frame.scroll_height() / was.1 - frame.client_height() / 2);
    }
}
